"""Search: reports by their words in any spelling, each hit leading to the exact characters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response

from riwaya.archive import Found, Hit, SearchQuery
from riwaya.errors import NotFoundError, UsageError
from riwaya.settings.web import WEB
from riwaya.web.pages.stories import iso_day
from riwaya.web.render import render
from riwaya.web.request import archive
from riwaya.web.spans import place_of

if TYPE_CHECKING:
    from riwaya.archive import Archive

router = APIRouter()
Standing = Literal["corroborated", "repeated", "single"]
_LONGEST = 200  # characters of a query; the form takes no more
_SUGGESTED = 3  # names offered for a word that no report has


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of text; `href` is where it stands in its report, if it was asked for; `hit` whether it was."""

    text: str
    hit: bool
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A statement in which words were found: id, standing, its words, and where it stands in the report."""

    id: str
    standing: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A report that was found.

    hit: as the archive gives it.
    href: of the first word in it that was asked for.
    title, extract: in pieces; `before`, `after`: the report goes on there.
    statements: it makes these where the words stand.
    more: how many other places the words have in the report.
    """

    hit: Hit
    href: str
    title: tuple[Bit, ...]
    extract: tuple[Bit, ...]
    before: bool
    after: bool
    statements: tuple[Made, ...]
    more: int


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The page of a search.

    query: what was asked.
    hits: those on this page.
    total: how many reports fit.
    number, pages: which page of the list, of how many.
    also: words, and other spellings of them that were searched for beside them.
    unknown: words that no report has.
    suggested: queries with names of the archive in place of those words.
    ignored: parts of the query that the search passed over.
    outlets: for the filter.
    fault: key of what is wrong with the query, or None.
    """

    query: SearchQuery
    hits: tuple[HitView, ...] = ()
    total: int = 0
    number: int = 1
    pages: int = 1
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unknown: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    fault: str | None = None


def search_page(held: Archive, query: SearchQuery) -> SearchPage:
    """What a search finds. A query that is empty finds nothing: the newest reports stand on the front page."""
    outlets = tuple(held.outlets())
    if not (query.text or query.outlet or query.person or query.place or query.since or query.until or query.standing):
        return SearchPage(query, outlets=outlets)
    try:
        found: Found = held.search(query)
    except UsageError:
        return SearchPage(query, outlets=outlets, fault="search.only_without")
    except NotFoundError:
        return SearchPage(query, outlets=outlets)
    return SearchPage(
        query,
        tuple(_view(hit) for hit in found.items),
        found.total,
        query.offset // query.limit + 1,
        max(1, -(-found.total // query.limit)),
        tuple((a.word, a.spellings) for a in found.also),
        found.unknown,
        tuple(_suggested(held, query.text, found.unknown)),
        found.ignored,
        outlets,
    )


def _suggested(held: Archive, text: str, unknown: Iterable[str]) -> Iterable[str]:
    """The query with names that sound like the words that no report has."""
    for word in unknown:
        for card in held.entities(prefix=word, limit=_SUGGESTED).items:
            changed = " ".join(card.name if part == word else part for part in text.split())
            if changed != text:
                yield changed


def _view(hit: Hit) -> HitView:
    extract = hit.extract
    first = (extract.matches or hit.matches or (extract.span,))[0]
    inside = [(s.start - extract.span.start, s.end - extract.span.start, place_of(s)) for s in extract.matches]
    title = [(start, end, None) for start, end in hit.title_matches]
    made = tuple(
        Made(s.id, "disputed" if s.disputed else s.standing, " ".join(s.text.split()), place_of(s.span)) for s in hit.statements
    )
    return HitView(
        hit, place_of(first) if first.start < first.end else f"/report/{hit.article_id}", _bits(hit.title, title),
        _bits(extract.text, inside), extract.before, extract.after, made, len(hit.matches) - len(extract.matches),
    )  # fmt: skip


def _bits(text: str, hits: Iterable[tuple[int, int, str | None]]) -> tuple[Bit, ...]:
    bits = []
    at = 0
    for start, end, href in hits:
        if start > at:
            bits.append(Bit(text[at:start], False))
        bits.append(Bit(text[start:end], True, href))
        at = end
    if at < len(text):
        bits.append(Bit(text[at:], False))
    return tuple(bits)


@router.get("/search", include_in_schema=False)
def search(
    request: Request,
    q: str = "",
    outlet: str = "",
    since: str = "",
    until: str = "",
    person: str = "",
    place: str = "",
    standing: str = "",
    page: int = 1,
) -> Response:
    """Show what was found. While the reader types, the last word may be only begun."""
    query = SearchQuery(
        text=" ".join(q.split())[:_LONGEST],
        outlet=outlet or None,
        since=iso_day(since),
        until=iso_day(until),
        person=person.strip()[:_LONGEST] or None,
        place=place.strip()[:_LONGEST] or None,
        standing=next((one for one in get_args(Standing) if one == standing), None),
        typing="x-requested-with" in request.headers,
        offset=min((max(1, page) - 1) * WEB.page_hits, WEB.offset_most),
        limit=WEB.page_hits,
    )
    found = search_page(archive(request), query)
    return render(request, "search.html.j2", found, standings=get_args(Standing))
