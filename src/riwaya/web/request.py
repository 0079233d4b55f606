"""What a route asks about its request: the archive, who reads, in which language and theme; and messages to the next page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from fastapi import Request
from fastapi.responses import RedirectResponse

from riwaya.errors import NotFoundError
from riwaya.settings.web import WEB
from riwaya.web.guard import THEMES, Guarded, Viewer
from riwaya.web.security import inside

if TYPE_CHECKING:
    from riwaya.archive import Archive
    from riwaya.model import Dossier
    from riwaya.web.background import Background

__all__ = [
    "THEMES", "Archives", "Nav", "Opener", "PageError", "archive", "back", "changed", "dossier", "flash", "guarded", "viewer",
    "writable",
]  # fmt: skip

Opener = Callable[[bool], "Archive"]  # told whether it is for reading only
_LOOK = 0.05  # seconds between two looks whether a story is woven


@dataclass(frozen=True, slots=True)
class Nav:
    """A page's place in the main navigation: the key of its name, its address, and its rank (small first)."""

    key: str
    href: str
    order: int


class PageError(Exception):
    """A request that cannot be answered. `key` names a string of the pages' words; `code` is what programs read."""

    def __init__(self, status: int, code: str, key: str, *, retry_after: int | None = None, **values: object) -> None:
        super().__init__(code)
        self.status, self.code, self.key, self.retry_after, self.values = status, code, key, retry_after, values


class _Held:
    """One thread's archive, closed when the thread ends."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def __del__(self) -> None:
        self.archive.close()


class Archives:
    """Opens the archive once a thread for reading, and once more for writing in threads that write."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._local = threading.local()

    def mine(self, *, read_only: bool) -> Archive:
        """The archive of the thread that asks."""
        name = "reading" if read_only else "writing"
        held: _Held | None = getattr(self._local, name, None)
        if held is None:
            held = _Held(self._opener(read_only))
            setattr(self._local, name, held)
        return held.archive


def archive(request: Request) -> Archive:
    """The archive to read from, for this thread and this request alone.

    Raises:
        ArchiveError: it cannot be opened.
    """
    return cast(Archives, request.app.state.archives).mine(read_only=True)


def writable(request: Request) -> Archive:
    """The archive to write to, for this thread and this request alone; others that write wait meanwhile.

    Raises:
        ArchiveError: it cannot be opened.
    """
    return cast(Archives, request.app.state.archives).mine(read_only=False)


def dossier(request: Request, story_id: str) -> Dossier:
    """A story's dossier as it was last woven; the weaver is told when there is something newer.

    A page does not wait for weaving, which takes the interpreter for itself. Only a story that never was woven is waited for,
    some seconds.

    Raises:
        NotFoundError: no story has this id.
        PageError: the story is being prepared.
    """
    background: Background | None = request.app.state.background
    if background is None:  # nobody weaves beside us
        return writable(request).dossier(story_id)
    kept = archive(request)
    if kept.resolve(story_id) is None:
        raise NotFoundError(f"no story has the id {story_id!r}")
    until = time.monotonic() + WEB.fresh_seconds
    while True:
        try:
            return kept.dossier(story_id)
        except NotFoundError:  # never woven
            if time.monotonic() > until:
                raise PageError(503, "preparing", "error.preparing", retry_after=2) from None
        background.wake(story_id)
        time.sleep(_LOOK)


def changed(request: Request, *story_ids: str) -> None:
    """Have these stories woven before others, and wait for it a little: after a correction its author wants to see it."""
    background: Background | None = request.app.state.background
    for story_id in story_ids:
        if background is None:  # nobody weaves beside us
            writable(request).refresh(story_id=story_id, jobs=1)
        else:
            background.wake(story_id)
    kept, until = archive(request), time.monotonic() + WEB.fresh_seconds
    while any(kept.stale(story_id) for story_id in story_ids) and time.monotonic() < until:
        time.sleep(_LOOK)


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
