"""The front page: stories now, by movement, size or disputes, filtered, with what is new to the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response

from riwaya.archive.listing import Order, StoryQuery
from riwaya.errors import UsageError
from riwaya.settings.web import WEB
from riwaya.web.render import render
from riwaya.web.request import Nav, archive, guarded
from riwaya.web.visits import LISTS, Visits, note, visits

if TYPE_CHECKING:
    from riwaya.archive import Archive, StoryCard

router = APIRouter()
NAV = Nav("nav.stories", "/", order=10)
ORDERS: tuple[Order, ...] = get_args(Order)
LEAST = (1, 2, 3, 5, 10, 20)  # how many reports at least: what the form offers
Standing = Literal["corroborated", "repeated", "single"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A story on the list.

    card: what the archive knows of it.
    news: "new" if it came since the reader's last visit, "more" if reports came to it since, else None.
    changed: what changed last, in the reader's language; None if nothing that is worth an alert.
    """

    card: StoryCard
    news: Literal["new", "more"] | None
    changed: str | None


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """The front page.

    query: what was asked.
    stories: those on this page of the list.
    total: how many stories fit in all.
    number, pages: which page of the list this is, from 1, and of how many.
    outlets: those that have reports, for the filter.
    filtered: something was asked that leaves stories out.
    empty: the archive holds no report yet.
    """

    query: StoryQuery
    stories: tuple[Listed, ...]
    total: int
    number: int
    pages: int
    outlets: tuple[str, ...]
    filtered: bool
    empty: bool


def stories_page(
    held: Archive, query: StoryQuery, lang: str, seen: Visits | None = None, since: int | None = None
) -> StoriesPage:
    """The stories that answer a query.

    Args:
        held: the archive.
        query: what is asked; a text that is no search finds nothing.
        lang: of the reader.
        seen: how far the reader has seen each story.
        since: up to which report the reader had seen the list before; None if never.
    """
    try:
        found = held.stories(query)
    except UsageError:  # only words to leave out
        found = held.stories(replace(query, text="", least_reports=1 << 30))
    last = {alert.story_id: alert.ar if lang == "ar" else alert.en for alert in reversed(held.alerts(limit=WEB.list_alerts))}
    arrivals = held.arrivals([card.id for card in found.items])
    listed = tuple(Listed(card, _news(card, arrivals, seen, since), last.get(card.id)) for card in found.items)
    number, pages = query.offset // query.limit + 1, max(1, -(-found.total // query.limit))
    filtered = replace(query, order="movement", offset=0, limit=1) != StoryQuery(limit=1)
    return StoriesPage(
        query, listed, found.total, number, pages, tuple(held.outlets()), filtered, not found.total and not held.newest
    )


def _news(
    card: StoryCard, arrivals: Mapping[str, tuple[int, int]], seen: Visits | None, since: int | None
) -> Literal["new", "more"] | None:
    first, last = arrivals.get(card.id, (0, 0))
    mark = seen.seen(card.id) if seen else None
    if mark is not None:
        return "more" if last > mark.now else None
    if since is None or last <= since:
        return None
    return "new" if first > since else "more"


@router.get("/", include_in_schema=False)
def stories(
    request: Request,
    q: str = "",
    outlet: str = "",
    since: str = "",
    until: str = "",
    disputed: str = "",
    standing: str = "",
    least: str = "",
    order: Order = "movement",
    page: int = 1,
) -> Response:
    """Show them. What is no day, no number and no standing is passed over, as forms send empty fields."""
    held = archive(request)
    query = StoryQuery(
        text=" ".join(q.split()),
        outlet=outlet or None,
        since=iso_day(since),
        until=iso_day(until),
        disputed=bool(disputed),
        standing=_standing(standing),
        least_reports=int(least) if least.isdecimal() and len(least) < len(str(WEB.offset_most)) else 1,
        order=order,
        offset=min((max(1, page) - 1) * WEB.page_items, WEB.offset_most),
        limit=WEB.page_items,
    )
    seen = visits(request).moved(held.resolve)
    before = note(request, LISTS, held.newest)
    shown = stories_page(held, query, guarded(request).lang, seen, before)
    return render(request, "stories.html.j2", shown, orders=ORDERS, least=LEAST, standings=get_args(Standing))


def iso_day(text: str) -> str | None:
    """A day as forms send it; None for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


def _standing(text: str) -> Standing | None:
    return next((one for one in get_args(Standing) if one == text), None)
