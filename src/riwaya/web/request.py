"""What a route asks about its request: the archive, who reads, in which language and theme; and messages to the next page."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from fastapi import Request
from fastapi.responses import RedirectResponse

from riwaya.web.guard import THEMES, Guarded, Viewer
from riwaya.web.security import inside

if TYPE_CHECKING:
    from riwaya.archive import Archive

__all__ = ["THEMES", "Archives", "Nav", "Opener", "PageError", "archive", "back", "flash", "guarded", "viewer"]

Opener = Callable[[], "Archive"]


@dataclass(frozen=True, slots=True)
class Nav:
    """A page's place in the main navigation: the key of its name, its address, and its rank (small first)."""

    key: str
    href: str
    order: int


class PageError(Exception):
    """A request that cannot be answered. `key` names a string of the pages' words; `code` is what programs read."""

    def __init__(self, status: int, code: str, key: str, **values: object) -> None:
        super().__init__(code)
        self.status, self.code, self.key, self.values = status, code, key, values


class _Held:
    """One thread's archive, closed when the thread ends."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def __del__(self) -> None:
        self.archive.close()


class Archives:
    """Opens the archive once a thread."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._local = threading.local()

    def mine(self) -> Archive:
        """The archive of the thread that asks."""
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            held = self._local.held = _Held(self._opener())
        return held.archive


def archive(request: Request) -> Archive:
    """The archive, for this thread and this request alone.

    Raises:
        ArchiveError: it cannot be opened.
    """
    return cast(Archives, request.app.state.archives).mine()


def viewer(request: Request) -> Viewer:
    """Who reads: `.name` (author of corrections) and `.known` (has logged in)."""
    return guarded(request).viewer


def guarded(request: Request) -> Guarded:
    """What the guard found out about this request."""
    return cast(Guarded, request.scope["riwaya"])


def flash(request: Request, key: str, kind: Literal["done", "warn"] = "done", **values: str | int) -> None:
    """Leave a message for the page that this reader sees next."""
    guarded(request).leave(kind, key, values)


def back(request: Request, where: str) -> RedirectResponse:
    """Send the reader to a page of this application after something was changed."""
    return RedirectResponse(inside(where), status_code=303)
