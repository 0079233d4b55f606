"""This machine: worker processes, or this one when there is little to do."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
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


_WATCH = 2.0  # seconds between two looks of a worker whether its parent is there


def _begin(parent: int) -> None:
    if os.getppid() == parent:  # not where a server of forks stands between
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    # Ctrl-C reaches the whole process group; only the parent answers it, so that one clear line is printed.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(_YOUNG)


def _end_with(parent: int) -> None:
    """End this worker when its parent is gone: one that was killed could not say so, and its workers would wait for ever."""
    while os.getppid() == parent:
        time.sleep(_WATCH)
    os._exit(1)


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
            self._pool = ProcessPoolExecutor(self.jobs, initializer=_begin, initargs=(os.getpid(),))
        return self._pool

    def close(self) -> None:
        """End the workers; what they have not begun is dropped."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None
