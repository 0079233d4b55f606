"""Dossiers, and pages made of them, kept by the state of the story that they show. One shelf for all threads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple, Protocol, TypeVar, cast

from fastapi import Request

from riwaya.model import Dossier
from riwaya.settings.web import WEB
from riwaya.web.keep import Keep
from riwaya.web.live import LiveDesk
from riwaya.web.request import archive, dossier, guarded


class Sized(Protocol):
    """Something that knows how many bytes it takes."""

    @property
    def size(self) -> int:
        """Bytes, about."""


P = TypeVar("P", bound=Sized)


class State(NamedTuple):
    """A story as it was woven at one generation. `stale`: it has changed since, and is being woven anew."""

    story_id: str
    revision: int
    stale: bool


class Shelf:
    """What the application keeps of stories for the next reader.

    Args:
        reports: of how many reports the dossiers are kept unpacked.
        pages: how many bytes of pages are kept.
    """

    def __init__(self, reports: int = WEB.kept_dossiers, pages: int = WEB.kept_parts) -> None:
        self._dossiers: Keep[Dossier] = Keep(reports)
        self._desks: Keep[LiveDesk] = Keep(reports)
        self._pages: Keep[Sized] = Keep(pages)

    def desk(self, request: Request, state: State, fresh: frozenset[str] = frozenset()) -> LiveDesk:
        """The dossier of a state in the reader's language, ready to be shown."""
        at, lang = (state.story_id, state.revision), guarded(request).lang

        def read() -> Dossier:
            return dossier(request, state.story_id)

        def make() -> LiveDesk:
            return LiveDesk(self._dossiers.get(at, read, _reports), lang, fresh)

        return self._desks.get((at, lang, fresh), make, _reports_of)

    def page(self, key: Hashable, make: Callable[[], P]) -> P:
        """A page, or a part of one; the key tells the state, and all else that it follows from, and what kind it is."""
        return cast(P, self._pages.get(key, make, _size))


def state_of(request: Request, story_id: str) -> State:
    """The state of a story now; nobody waits for a newer one, unless there is none.

    Raises:
        NotFoundError: no story has this id.
        PageError: it is being prepared.
    """
    kept = archive(request)
    stale = kept.stale(story_id)
    if stale:
        dossier(request, story_id)  # has it woven, beside us if somebody weaves there
        stale = kept.stale(story_id)
    return State(story_id, kept.revision(story_id), stale)


def _reports(found: Dossier) -> int:
    return max(1, len(found.articles))


def _reports_of(desk: LiveDesk) -> int:
    return max(1, len(desk.reports))


def _size(page: Sized) -> int:
    return page.size


def shelf(request: Request) -> Shelf:
    """The application's shelf."""
    state = request.app.state
    if not hasattr(state, "shelf"):
        state.shelf = Shelf()  # two first requests at once each make one; the later stays
    return cast(Shelf, state.shelf)
