"""This machine: worker processes, or this one when there is little to do."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from riwaya.engines.base import Engine, Item, Result
from riwaya.settings.engine import ENGINE


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


# New objects between two looks for cycles: Python's 700 costs a tenth of a run's time; a million takes 0.4 GiB more for no gain.
_YOUNG = 100_000


def _begin() -> None:
    # Ctrl-C reaches the whole process group; only the parent answers it, so that one clear line is printed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(_YOUNG)


class LocalEngine(Engine):
    """Worker processes on this machine.

    Args:
        jobs: how many; None means one a core. One job runs in this process.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self.jobs = jobs or _cores()
        self._pool: ProcessPoolExecutor | None = None

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, parallel: bool = True
    ) -> Iterator[Result]:
        """See `Engine.map`."""
        if not parallel or self.jobs == 1:
            yield from map(function, items)
            return
        pool = self._workers()
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(pool.submit(function, item))
            if len(waiting) >= self.jobs * ENGINE.in_flight:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _workers(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self.jobs, initializer=_begin)
        return self._pool

    def close(self) -> None:
        """End the workers; what they have not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
