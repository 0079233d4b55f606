"""What people overruled: made, listed, undone, taken away as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import Response

from riwaya.archive.entity_pages import around
from riwaya.errors import NotFoundError, UsageError
from riwaya.model import Correction, Span
from riwaya.serial.corrections import ACTIONS, FIGURE_KINDS, corrections_csv, in_order, make_correction, takes_value
from riwaya.settings.web import WEB
from riwaya.web.choosing import Choices, choices, speakers, understood
from riwaya.web.render import render
from riwaya.web.request import Nav, archive, back, changed, flash, viewer, writable
from riwaya.web.security import inside
from riwaya.web.spans import place_of, plain, spans_of, written

if TYPE_CHECKING:
    from riwaya.archive import Archive

router = APIRouter()
NAV = Nav("nav.corrections", "/corrections", order=50)
Show = Literal["standing", "all"]
_MOST = WEB.correction_spans


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that a correction cites, with what stands around them. `missing`: the report is not in the archive."""

    span: Span
    before: str
    words: str
    after: str
    title: str
    outlet: str | None
    missing: bool = False

    @property
    def href(self) -> str:
        """Where they stand in the report."""
        return place_of(self.span)

    @property
    def field(self) -> str:
        """The span as forms hold it."""
        return written(self.span)


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction with the words that it cites."""

    correction: Correction
    cited: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """The list of corrections.

    entries: those on this page of the list, the latest first.
    total: how many there are; show: "standing" leaves out those that were undone.
    number, pages: which page of the list this is, and of how many.
    """

    entries: tuple[Entry, ...]
    total: int
    show: Show
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """The form for one: what is to be overruled, and the words in question.

    choices: what is to be chosen before it can be made: the other name, the spelling, the other story; None where nothing is.
    takes_value: whether the action needs a value; kinds: those that a figure may count; speakers: names to choose from.
    now: what is taken to be so at present, as a value says it; "" where that is nothing.
    where: the page to go back to.
    fault: what was wrong with the last attempt.
    """

    action: str
    cited: tuple[Cited, ...]
    value: str
    reason: str
    where: str
    takes_value: bool
    now: str = ""
    choices: Choices | None = None
    speakers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = FIGURE_KINDS
    fault: str | None = None


def cited(held: Archive, spans: Sequence[Span]) -> tuple[Cited, ...]:
    """The words at some spans, with what stands around them."""
    return tuple(_cited(held, span) for span in spans)


def _cited(held: Archive, span: Span) -> Cited:
    try:
        article = held.article(span.article_id).article
    except NotFoundError:
        return Cited(span, "", "", "", span.article_id, None, missing=True)
    text, title = article.text, " ".join((article.title or article.text[: WEB.shown_name]).split())
    before, after = around(text, span)
    return Cited(span, before, text[span.start : span.end], after, title, article.outlet)


def corrections_page(held: Archive, show: Show, number: int) -> CorrectionsPage:
    """The list."""
    every = list(reversed(in_order(held.corrections(active_only=show == "standing"))))
    pages = max(1, -(-len(every) // WEB.page_items))
    number = min(max(1, number), pages)
    shown = every[(number - 1) * WEB.page_items : number * WEB.page_items]
    return CorrectionsPage(tuple(Entry(c, cited(held, c.spans)) for c in shown), len(every), show, number, pages)


def new_correction(
    held: Archive, action: str, spans: Sequence[Span], *, value: str = "", reason: str = "", where: str = "", typed: str = ""
) -> NewCorrection:
    """The form for a correction.

    Args:
        held: the archive.
        action: what is to be done.
        spans: what it cites so far.
        value, reason: as filled in.
        where: the page to go back to; "" means the words.
        typed: what the reader looks for, where something is to be chosen.

    Raises:
        UsageError: no correction is called so, or nothing is cited.
    """
    if action not in ACTIONS:
        raise UsageError(f"no correction is called {action[:40]!r}; there are {', '.join(ACTIONS)}")
    if not spans:
        raise UsageError(f"{action}: cite the words that are meant: ?span=ARTICLE:START-END")
    now = understood(held, action, spans[0]) if takes_value(action) else ""
    return NewCorrection(
        action, cited(held, spans), value or ("" if action == "speaker" else now), reason,
        inside(where) if where else _home(action, spans[0]), takes_value(action), now,
        choices(held, action, spans, typed), speakers(held, spans[0]) if action == "speaker" else (),
    )  # fmt: skip


def _home(action: str, span: Span) -> str:
    """The page on which the result is seen."""
    if action in ("merge", "split"):
        return f"/name/at/{written(span)}"
    return place_of(span) if span.start < span.end else f"/report/{span.article_id}"


# ------------------------------------------------------------------------------------------------------------------ routes


@router.get("/corrections", include_in_schema=False)
def show_all(request: Request, show: Show = "standing", page: int = 1) -> Response:
    """The list."""
    return render(request, "corrections.html.j2", corrections_page(archive(request), show, page))


@router.get("/corrections.csv", include_in_schema=False)
def table(request: Request) -> Response:
    """All of them as a table: labelled data."""
    held = archive(request)

    def text_of(article_id: str) -> str | None:
        try:
            return held.article(article_id).article.text
        except NotFoundError:
            return None

    body = corrections_csv(held.corrections(), text_of)
    headers = {"content-disposition": 'attachment; filename="corrections.csv"'}
    return Response(body.encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/corrections/new", include_in_schema=False)
def form(
    request: Request,
    action: str,
    span: Annotated[list[str], Query(max_length=_MOST)] = [],  # noqa: B006 - FastAPI copies it
    value: str = "",
    where: str = "",
    q: str = "",
) -> Response:
    """The form."""
    page = new_correction(archive(request), action, spans_of(span), value=value, where=where, typed=q)
    return _shown(request, page)


def _shown(request: Request, page: NewCorrection, status: int = 200) -> Response:
    return render(request, "correction_new.html.j2", page, status=status, written=written)


@router.post("/corrections", include_in_schema=False)
def make(
    request: Request,
    action: Annotated[str, Form()],
    span: Annotated[list[str], Form(max_length=_MOST)],
    value: Annotated[str, Form()] = "",
    counted: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    where: Annotated[str, Form()] = "/corrections",
) -> Response:
    """Make one."""
    spans = spans_of(span)
    whole = f"{value}:{counted.strip()}" if counted.strip() else value
    try:
        made_id = enter(request, action, spans, whole or None, reason)
    except NotFoundError:
        raise
    except UsageError as error:
        page = new_correction(archive(request), action, spans, value=value, reason=reason, where=where)
        return _shown(request, replace(page, fault=str(error)), status=422)
    flash(request, "corrections.made", undo=made_id)
    return back(request, where)


def enter(request: Request, action: str, spans: Sequence[Span], value: str | None, reason: str) -> str:
    """Make a correction in the reader's name, and wait a little until its stories are woven; its id.

    Raises:
        UsageError: one line that says what is wrong with it.
        NotFoundError: a report that it cites is not there.
    """
    made = datetime.now(UTC)
    value = plain(value) if value else value
    one = make_correction(action, spans, value, author=viewer(request).name, made=made, reason=plain(reason))
    before = stories_of(archive(request), one.spans)
    writable(request).correct(one)
    changed(request, *before, *stories_of(archive(request), one.spans))
    return one.id


def take_back(request: Request, correction_id: str) -> None:
    """Undo a correction in the reader's name, and wait a little until its stories are woven.

    Raises:
        NotFoundError: none has this id.
    """
    held = archive(request)
    one = next((c for c in held.corrections() if c.id == correction_id), None)
    before = stories_of(held, one.spans) if one is not None else []
    writable(request).undo(correction_id, viewer(request).name)
    changed(request, *before, *(stories_of(held, one.spans) if one is not None else ()))


def stories_of(held: Archive, spans: Sequence[Span]) -> list[str]:
    """The stories that the reports of these spans are of."""
    found = []
    for article_id in dict.fromkeys(s.article_id for s in spans):
        try:
            story_id = held.article(article_id).story_id
        except NotFoundError:
            continue
        if story_id is not None and story_id not in found:
            found.append(story_id)
    return found


@router.post("/corrections/{correction_id}/undo", include_in_schema=False)
def undo(request: Request, correction_id: str, where: Annotated[str, Form()] = "/corrections") -> Response:
    """Take one back; it stays on record."""
    take_back(request, correction_id)
    flash(request, "corrections.undone")
    return back(request, where)
