"""What was made once is kept for the next reader: a bounded cache, and the names of states by which browsers keep pages."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import Generic, TypeVar

from fastapi import Request
from fastapi.responses import Response

from riwaya.version import __version__
from riwaya.web.request import guarded

V = TypeVar("V")
_TAG = 12  # bytes of a hash that name a state of a page


class Keep(Generic[V]):
    """Values by key, those unused longest going first when all together grow larger than allowed.

    Of several threads that miss the same key one makes the value, and the others wait for it.

    Args:
        most: the sum of the sizes, in whatever unit the sizes are.
    """

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[Hashable, tuple[V, int]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], V], size: Callable[[V], int]) -> V:
        """The value of a key, made now if it is not kept."""
        with self._lock:
            found = self._found(key)
            if found is not None:
                return found[0]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                found = self._found(key)
            if found is not None:
                return found[0]
            try:
                value = make()
                self._put(key, value, size(value))
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value

    def _found(self, key: Hashable) -> tuple[V, int] | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def _put(self, key: Hashable, value: V, size: int) -> None:
        with self._lock:
            if size > self._most:
                return
            self._kept[key] = (value, size)
            self._size += size
            while self._size > self._most:
                _, (_, gone) = self._kept.popitem(last=False)
                self._size -= gone

    def __len__(self) -> int:
        return len(self._kept)


def tag(request: Request, *state: object) -> str | None:
    """The name of the state of a page that this reader is to see, for the ETag; None while it carries a message shown once.

    Args:
        request: of which the address, the language, the theme, and who reads count.
        state: all else that the page follows from.
    """
    mine = guarded(request)
    if mine.flashes:
        return None
    everything = (
        __version__, request.url.path, request.url.query, mine.lang, mine.theme, mine.viewer, mine.token(), *state,
    )  # fmt: skip
    return f'W/"{blake2b(repr(everything).encode("utf-8", "surrogatepass"), digest_size=_TAG).hexdigest()}"'


def unchanged(request: Request, etag: str | None) -> Response | None:
    """304, if the reader's browser has the page in this state; else None."""
    if etag is None:
        return None
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers={"etag": etag, "vary": "Cookie"}) if etag in known else None


def named(response: Response, etag: str | None) -> Response:
    """The response, with the name of its state."""
    if etag is not None:
        response.headers["etag"] = etag
    return response
