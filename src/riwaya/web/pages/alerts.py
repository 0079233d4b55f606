"""What happened that an editor wants to know at once, and the sources that reports come from."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from riwaya.errors import NotFoundError
from riwaya.model import Alert, Span
from riwaya.settings.web import WEB
from riwaya.watch.state import SourceState
from riwaya.watch.store import ArchiveStore
from riwaya.web.render import render
from riwaya.web.request import Nav, archive
from riwaya.web.spans import place_of
from riwaya.web.visits import ALERTS, note

if TYPE_CHECKING:
    from riwaya.archive import Archive

router = APIRouter()
NAV = Nav("nav.alerts", "/alerts", order=40)
Health = Literal["good", "failing", "waiting"]


@dataclass(frozen=True, slots=True)
class Word:
    """Words that an alert rests on, where they stand, and the outlet that wrote them."""

    span: Span
    text: str
    outlet: str | None


@dataclass(frozen=True, slots=True)
class AlertLine:
    """An alert with its words. `unread`: it came since the reader's last visit."""

    alert: Alert
    words: tuple[Word, ...]
    unread: bool


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A watched source. `health`: its last visit went well, failed, or is still to come; `due`: seconds until the next."""

    state: SourceState
    health: Health
    due: int


@dataclass(frozen=True, slots=True)
class AlertsPage:
    """The page of alerts.

    lines: the alerts on this page, the newest first.
    unread: how many came since the reader's last visit.
    total: how many there are; number, pages: which page of the list this is, and of how many.
    sources: what is or was watched.
    watching: whether this server watches them.
    """

    lines: tuple[AlertLine, ...]
    unread: int
    total: int
    number: int
    pages: int
    sources: tuple[SourceLine, ...]
    watching: bool


def alerts_page(held: Archive, number: int, seen: int | None, *, watching: bool) -> AlertsPage:
    """The page.

    Args:
        held: the archive.
        number: which page of the list.
        seen: the number of the last alert that the reader had seen; None: it is the first visit, and nothing is called unread.
        watching: whether this server watches.
    """
    total = held.alert_count()
    pages = max(1, -(-total // WEB.page_items))
    number = min(max(1, number), pages)
    found = held.alerts(limit=WEB.page_items, offset=(number - 1) * WEB.page_items)
    lines = tuple(AlertLine(a, _words(held, a), seen is not None and a.number > seen) for a in found)
    unread = 0 if seen is None else held.alert_count(after=seen)
    return AlertsPage(lines, unread, total, number, pages, sources(held), watching)


def _words(held: Archive, alert: Alert) -> tuple[Word, ...]:
    found = []
    for span in alert.spans[: WEB.alert_words]:
        try:
            article = held.article(span.article_id).article
        except NotFoundError:
            continue
        text = " ".join(article.text[span.start : span.end].split()) or " ".join((article.title or "").split())
        found.append(Word(span, text, article.outlet))
    return tuple(found)


def sources(held: Archive) -> tuple[SourceLine, ...]:
    """What is or was watched, those that fail first."""
    lines = [_line(state) for state in ArchiveStore(held).sources()]
    return tuple(sorted(lines, key=lambda x: (x.health != "failing", x.state.source)))


def _line(state: SourceState) -> SourceLine:
    health: Health = "failing" if state.error else "good" if state.last_success else "waiting"
    return SourceLine(state, health, max(0, int(state.next_due - time.time())))


@router.get("/alerts", include_in_schema=False)
def show(request: Request, page: int = 1) -> Response:
    """Show them."""
    held = archive(request)
    newest = next((a.number for a in held.alerts(limit=1)), 0)
    seen = note(request, ALERTS, newest)
    return render(request, "alerts.html.j2", alerts_page(held, page, seen, watching=watching(request)), place_of=place_of)


def watching(request: Request) -> bool:
    """Whether this server watches sources."""
    background = request.app.state.background
    return background is not None and bool(background.watching)
