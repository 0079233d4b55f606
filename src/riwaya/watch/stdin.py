"""Standard input as a source: a report a line, as JSON, for as long as there are any."""

from __future__ import annotations

import io
import os
import queue
import select
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from riwaya.model import Article, Skipped
from riwaya.read.formats import articles_of
from riwaya.read.records import Desk
from riwaya.read.sources import STDIN, Source

_TICK = 0.2  # seconds of waiting between two looks at whether to stop
_CANNOT_WAIT = os.name == "nt"  # Windows waits for sockets only
_HELD = 500  # reports that are held before they are taken


class _Waiting(io.RawIOBase):
    """The bytes of a descriptor, waited for in slices: a plain read cannot be ended; a program that ends in one is aborted."""

    def __init__(self, descriptor: int, stop: threading.Event) -> None:
        self._descriptor = descriptor
        self._stop = stop

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._stop.is_set():
            if _CANNOT_WAIT or select.select([self._descriptor], [], [], _TICK)[0]:
                data = os.read(self._descriptor, len(buffer))
                buffer[: len(data)] = data
                return len(data)
        return 0


class Lines:
    """Reads standard input in a thread of its own.

    Args:
        stop: ends it.
        descriptor: of what is read.
    """

    def __init__(self, stop: threading.Event, descriptor: int = 0) -> None:
        self._stop = stop
        self._descriptor = descriptor
        self._queue: queue.Queue[Article | Skipped] = queue.Queue(_HELD)
        self._thread = threading.Thread(target=self._run, name="riwaya stdin", daemon=True)
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether all that came has been taken, and no more comes."""
        return not self._thread.is_alive() and self._queue.empty()

    def take(self, most: int) -> Iterator[Article | Skipped]:
        """What has come and was not taken before, without waiting for more."""
        with suppress(queue.Empty):
            for _ in range(most):
                yield self._queue.get_nowait()

    def close(self) -> None:
        """Wait for the thread to end, which it does soon after `stop` is set."""
        self._thread.join()

    def _run(self) -> None:
        desk, told = Desk(), 0
        source = Source(STDIN, "-.jsonl", lambda: io.BufferedReader(_Waiting(self._descriptor, self._stop)))
        for article in articles_of(source, desk):
            self._put(article)
            for one in desk.skipped[told:]:
                self._put(one)
            told = len(desk.skipped)
        for one in desk.skipped[told:]:
            self._put(one)

    def _put(self, one: Article | Skipped) -> None:
        """Wait for room; after a stop nothing more is taken, a line that it cut in two least of all."""
        while not self._stop.is_set():
            try:
                self._queue.put(one, timeout=_TICK)
            except queue.Full:
                continue
            return
