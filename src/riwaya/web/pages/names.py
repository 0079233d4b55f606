"""People, organizations and places across all stories: the lists of them, and one name with all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from riwaya.archive.entity_pages import EntityAccount, MentionedIn, Saying
from riwaya.archive.listing import StoryCard
from riwaya.archive.names import EntityCard
from riwaya.errors import NotFoundError
from riwaya.model import Entity, NameKind, Place, Span
from riwaya.settings.web import WEB
from riwaya.tell.html.map import Map, draw
from riwaya.web.choosing import entity_at
from riwaya.web.keep import named, tag, unchanged
from riwaya.web.live import correction_form
from riwaya.web.pages.corrections import Entry, cited
from riwaya.web.render import render
from riwaya.web.request import Nav, PageError, archive, dossier
from riwaya.web.spans import place_of, spans_of, written

if TYPE_CHECKING:
    from riwaya.archive import Archive

router = APIRouter()
NAV = Nav("nav.names", "/names/people", order=30)
List = Literal["people", "organizations", "places"]
LISTS: tuple[List, ...] = get_args(List)
KINDS: dict[str, NameKind] = {"people": "person", "organizations": "organization", "places": "place"}
Part = Literal["account", "mentions", "sayings", "stories"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True)
class NamesPage:
    """A list of names.

    kind: which list.
    typed: what the reader looks for, in any spelling.
    names: those on this page of the list, those with most mentions first.
    total: how many there are.
    number, pages: which page of the list this is, and of how many.
    """

    kind: List
    typed: str
    names: tuple[EntityCard, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class NamePage:
    """One name.

    account: the name in numbers, its titles and companions.
    part: which part of it is shown; "account" shows the beginning of each.
    mentions, sayings, stories: those on this page, of `count` in all.
    number, pages: which page of the part this is, and of how many.
    map: where the place lies, if it is one.
    same: what the reader looks for as another spelling of it; others: what was found.
    corrections: the merges and splits that made it what it is, the latest first.
    """

    account: EntityAccount
    part: Part
    mentions: tuple[MentionedIn, ...]
    sayings: tuple[Saying, ...]
    stories: tuple[StoryCard, ...]
    count: int
    number: int
    pages: int
    map: Map | None
    same: str
    others: tuple[EntityCard, ...]
    corrections: tuple[Entry, ...]

    @property
    def list(self) -> List:
        """The list that it stands in."""
        return next(name for name in LISTS if KINDS[name] == self.account.card.kind)

    @property
    def style(self) -> str:
        """The rules that place the dot on the map."""
        if self.map is None:
            return ""
        return "".join(f".world .dot{{left:{d.x:f}%;top:{d.y:f}%;--w:{d.weight:f}}}" for d in self.map.dots)


def names_page(held: Archive, kind: List, typed: str, number: int) -> NamesPage:
    """A list of names."""
    number = max(1, min(number, WEB.offset_most // WEB.page_items))
    found = held.entities(KINDS[kind], typed, (number - 1) * WEB.page_items, WEB.page_items)
    return NamesPage(kind, typed, tuple(found.items), found.total, number, _pages(found.total, WEB.page_items))


def _pages(total: int, each: int) -> int:
    return max(1, -(-total // each))


def name_page(held: Archive, key: str, part: Part, number: int, same: str) -> NamePage:
    """One name.

    Raises:
        NotFoundError: no name has this key.
    """
    account = held.entity(key)
    each = WEB.name_items if part == "account" else WEB.page_items
    number = max(1, min(number, WEB.offset_most // each)) if part != "account" else 1
    offset = (number - 1) * each
    mentions = held.entity_mentions(key, offset, each) if part in ("account", "mentions") else None
    sayings = held.entity_sayings(key, offset, each) if part in ("account", "sayings") and account.quotes else None
    stories = held.entity_stories(key, offset, each) if part in ("account", "stories") else None
    listed = {"mentions": mentions, "sayings": sayings, "stories": stories}.get(part)
    count = listed.total if listed else 0
    return NamePage(
        account, part, tuple(mentions.items if mentions else ()),
        tuple(sayings.items if sayings else ()), tuple(stories.items if stories else ()), count, number, _pages(count, each),
        _map(account) if part == "account" else None, same, _others(held, account, same) if part == "account" else (),
        _corrections(held, key) if part == "account" else (),
    )  # fmt: skip


def _others(held: Archive, account: EntityAccount, same: str) -> tuple[EntityCard, ...]:
    if not same.strip():
        return ()
    found = held.entities(account.card.kind, same, 0, WEB.name_others + 1).items
    return tuple(card for card in found if card.key != account.card.key)[: WEB.name_others]


def _corrections(held: Archive, key: str) -> tuple[Entry, ...]:
    spans = held.entity_corrected(key)
    if not spans:
        return ()
    made = [c for c in held.corrections(active_only=True) if c.action in ("merge", "split") and not spans.isdisjoint(c.spans)]
    return tuple(Entry(c, cited(held, c.spans)) for c in reversed(made))


def _map(account: EntityAccount) -> Map | None:
    if account.place is None:
        return None
    card = account.card
    return draw([Entity(card.key, "place", card.name, (), (Span("", 0, 0),), place=account.place)])


# ------------------------------------------------------------------------------------------------------- a name by its words


def key_at(request: Request, span: Span) -> str | None:
    """The key of the name that stands somewhere in a report; None where none does.

    Raises:
        NotFoundError: the report is not in the archive.
        PageError: its story is being prepared.
    """
    held = archive(request)
    story_id = held.article(span.article_id).story_id
    entity = entity_at(dossier(request, story_id), span) if story_id is not None else None
    return held.entity_key(story_id, entity.id) if story_id is not None and entity is not None else None


def place_note(place: Place) -> str:
    """A place's position in figures: "26.06 N, 32.24 E"."""
    ns, ew = "NS"[place.lat < 0], "EW"[place.lon < 0]
    return f"{abs(place.lat):.2f} {ns}, {abs(place.lon):.2f} {ew}"


# ------------------------------------------------------------------------------------------------------------------ routes


@router.get("/names", include_in_schema=False)
def to_people(request: Request) -> Response:
    """The first of the lists."""
    return RedirectResponse("/names/people", status_code=308)


@router.get("/names/{kind}", include_in_schema=False)
def show_list(request: Request, kind: List, q: str = "", page: int = 1) -> Response:
    """Show a list."""
    return render(request, "names.html.j2", names_page(archive(request), kind, q, page), lists=LISTS)


@router.get("/name/at/{place}", include_in_schema=False)
def show_at(request: Request, place: str) -> Response:
    """Lead to the name that stands at a span, ARTICLE:START-END, whatever its key is now."""
    (span,) = spans_of([place])
    key = key_at(request, span)
    if key is None:
        raise PageError(404, "not_found", "names.nobody", words=written(span))
    return RedirectResponse(f"/name/{key}", status_code=303)


@router.get("/name/{key}", include_in_schema=False)
def show_name(request: Request, key: str, same: str = "") -> Response:
    """Show a name."""
    return _show(request, key, "account", 1, same)


@router.get("/name/{key}/merge", include_in_schema=False)
def merge(request: Request, key: str, other: str) -> Response:
    """Lead to the form that makes this name and another one."""
    held = archive(request)
    own, its = held.entity_standing_for(key), held.entity_standing_for(other)
    return _to_form("merge", (*own, *its) if own and its else ())


@router.get("/name/{key}/split", include_in_schema=False)
def split(request: Request, key: str, spelling: str) -> Response:
    """Lead to the form that makes a spelling of this name another name."""
    return _to_form("split", archive(request).entity_apart(key, spelling))


def _to_form(action: Literal["merge", "split"], spans: tuple[Span, ...]) -> Response:
    if not spans:
        raise PageError(409, "not_ready", "names.unwoven", retry_after=2)
    where = urlencode({"where": f"/name/at/{written(spans[0])}"}, safe="/:")
    return RedirectResponse(f"{correction_form(action, spans)}&{where}", status_code=303)


@router.get("/name/{key}/{part}", include_in_schema=False)
def show_part(request: Request, key: str, part: Part, page: int = 1) -> Response:
    """Show all of one kind that there is of a name."""
    if part == "account":
        return RedirectResponse(f"/name/{key}", status_code=308)
    return _show(request, key, part, page, "")


def _show(request: Request, key: str, part: Part, number: int, same: str) -> Response:
    held = archive(request)
    etag = tag(request, held.generation)  # whatever is written, a name may be in it
    same_page = unchanged(request, etag)
    if same_page is not None:
        return same_page
    try:
        page = name_page(held, key, part, number, same)
    except NotFoundError:
        raise HTTPException(404) from None
    answer = render(request, "name.html.j2", page, style=page.style, place_note=place_note, place_of=place_of)
    return named(answer, etag)
