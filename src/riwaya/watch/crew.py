"""Requests to many hosts at once, one at a time to each, in a bounded number of threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from riwaya.watch.fetch import Fetcher


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be fetched. `run` is called in a thread; `done`, with what it gave or raised, where the crew is stepped."""

    url: str
    run: Callable[[], Any]
    done: Callable[[Any], None]


class Crew:
    """Does jobs as their hosts' turns come. Used from one thread.

    Args:
        fetcher: knows when each host may be asked.
        threads: how many.
    """

    def __init__(self, fetcher: Fetcher, threads: int) -> None:
        self._fetcher = fetcher
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="riwaya fetch")
        self._waiting: dict[str, deque[Job]] = {}
        self._running: dict[Future[Any], tuple[str, Job]] = {}

    @property
    def idle(self) -> bool:
        """Whether nothing waits or runs."""
        return not self._waiting and not self._running

    def give(self, job: Job, *, first: bool = False) -> None:
        """Take a job; `first` puts it before the others of its host."""
        queue = self._waiting.setdefault(_host(job.url), deque())
        (queue.appendleft if first else queue.append)(job)

    def step(self, timeout: float) -> None:
        """Start what can be started, wait for something to end (at most `timeout` seconds), and hand on what did."""
        soonest = self._start()
        if not self._running:
            if self._waiting:
                self._fetcher.stop.wait(min(timeout, soonest))
            return
        ended, _ = wait(self._running, min(timeout, soonest) if soonest else timeout, FIRST_COMPLETED)
        for future in ended:
            _, job = self._running.pop(future)
            error = future.exception()
            job.done(error if error is not None else future.result())

    def _start(self) -> float:
        """Start the jobs of hosts whose turn it is; seconds until the next turn of another."""
        busy = {host for host, _ in self._running.values()}
        soonest = float("inf")
        for host in [h for h in self._waiting if h not in busy]:
            if len(self._running) >= self._threads:
                break
            turn = self._fetcher.host_wait(self._waiting[host][0].url)
            if turn > 0:
                soonest = min(soonest, turn)
                continue
            queue = self._waiting.pop(host)
            job = queue.popleft()
            if queue:
                self._waiting[host] = queue  # behind the other hosts
            self._running[self._pool.submit(job.run)] = (host, job)
        return soonest

    def close(self) -> None:
        """Give up what waits; what runs ends by the fetcher's stop."""
        self._waiting.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
