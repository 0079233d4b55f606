"""The next thing is made while the last one is being used."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from itertools import chain, islice
from typing import Generic, TypeVar

T = TypeVar("T")

_WAITING = 2  # things that wait, beside the one in the making
_LOOK = 0.2  # seconds between two looks whether the taker has gone


class _End:
    """After the last item: what went wrong, if anything."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class Ahead(Generic[T]):
    """The same items, made by a thread while those before are in use. What the making raises is raised here, in its place.

    Args:
        items: what makes them; it is closed in the end, if it can be.
        here: the first is made in the caller's own thread, before anything else happens.
    """

    def __init__(self, items: Iterator[T], *, here: bool = False) -> None:
        self._items = items
        self._ready: queue.Queue[T | _End] = queue.Queue(_WAITING)
        self._gone = threading.Event()
        first = list(islice(items, 1)) if here else []
        self._maker = threading.Thread(target=self._make, args=(first,), name="riwaya-ahead", daemon=True)
        self._maker.start()

    def _make(self, first: list[T]) -> None:
        last: _End = _End(None)
        try:
            for item in chain(first, self._items):
                if not self._put(item):
                    break
        except BaseException as error:  # it is the taker's to answer
            last = _End(error)
        finally:
            close = getattr(self._items, "close", None)
            if close is not None:
                close()
            self._put(last)

    def _put(self, item: T | _End) -> bool:
        while not self._gone.is_set():
            try:
                self._ready.put(item, timeout=_LOOK)
            except queue.Full:
                continue
            return True
        return False

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        if self._gone.is_set():
            raise StopIteration
        item = self._ready.get()
        if not isinstance(item, _End):
            return item
        self._gone.set()
        if item.error is not None:
            raise item.error
        raise StopIteration

    def close(self) -> None:
        """No more is wanted: the making ends after the item that it is at."""
        self._gone.set()
        self._maker.join()
