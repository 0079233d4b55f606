"""The next thing is made while the last one is being used."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from typing import TypeVar

T = TypeVar("T")

_AHEAD = 1  # things that wait, beside the one in the making
_LOOK = 0.2  # seconds between two looks whether the taker has gone


def ahead(items: Iterator[T]) -> Generator[T]:
    """The same items, each made by a thread while the one before is in use; the first in the caller's own thread.

    What the making raises is raised here, in its place. Close it, and the making ends after the item that it is at.
    """
    try:
        first = next(items)
    except StopIteration:
        return
    ready: queue.Queue[tuple[T | None, BaseException | None, bool]] = queue.Queue(_AHEAD)
    gone = threading.Event()

    def put(one: tuple[T | None, BaseException | None, bool]) -> bool:
        while not gone.is_set():
            try:
                ready.put(one, timeout=_LOOK)
            except queue.Full:
                continue
            return True
        return False

    def make() -> None:
        try:
            for item in items:
                if not put((item, None, False)):
                    break
        except BaseException as error:  # it is the taker's to answer
            put((None, error, True))
        else:
            put((None, None, True))
        finally:
            close = getattr(items, "close", None)
            if close is not None:
                close()

    maker = threading.Thread(target=make, name="riwaya-ahead", daemon=True)
    maker.start()
    try:
        yield first
        while True:
            item, error, last = ready.get()
            if error is not None:
                raise error
            if last:
                return
            yield item  # type: ignore[misc] # only the last one is none
    finally:
        gone.set()
        maker.join()
