"""Export: stories chosen from a list, and every format in which they can be taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from riwaya.archive.listing import StoryCard
from riwaya.errors import UsageError
from riwaya.settings.web import WEB
from riwaya.tell.exports import DOWNLOADS
from riwaya.web.exporting import Format, chosen, formats, offered, written
from riwaya.web.render import render
from riwaya.web.request import Nav, archive, guarded

if TYPE_CHECKING:
    from riwaya.archive import Archive

router = APIRouter()
NAV = Nav("nav.export", "/export", order=70)
Ids = Annotated[list[str], Query(max_length=WEB.export_stories * 2)]


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The page of export.

    chosen: the stories that go into the file; reports: how many they have together.
    fits: whether one file holds them; most_stories, most_reports: what one holds.
    formats: every format.
    offered: stories to choose from, without those chosen.
    typed: the words that they were asked for by.
    number, pages: which page of that list this is, and of how many.
    """

    chosen: tuple[StoryCard, ...]
    reports: int
    fits: bool
    most_stories: int
    most_reports: int
    formats: tuple[Format, ...]
    offered: tuple[StoryCard, ...]
    typed: str
    number: int
    pages: int

    @property
    def query(self) -> str:
        """The chosen stories as addresses hold them."""
        return urlencode([("story", card.id) for card in self.chosen])

    def without(self, story_id: str) -> str:
        """The same without one of them."""
        return urlencode([("story", card.id) for card in self.chosen if card.id != story_id])


def export_page(held: Archive, story_ids: Sequence[str], typed: str, number: int) -> ExportPage:
    """The page.

    Raises:
        NotFoundError: no story has one of the ids.
    """
    cards = chosen(held, story_ids)
    number = max(1, min(number, WEB.offset_most // WEB.page_items))
    try:
        items, total = offered(held, typed, number)
    except UsageError:  # only words to leave out
        items, total = [], 0
    taken, reports = {card.id for card in cards}, sum(card.articles for card in cards)
    fits = reports <= WEB.export_reports and len(cards) <= WEB.export_stories
    return ExportPage(
        cards, reports, fits, WEB.export_stories, WEB.export_reports, formats(),
        tuple(card for card in items if card.id not in taken), typed, number, max(1, -(-total // WEB.page_items)),
    )  # fmt: skip


@router.get("/export", include_in_schema=False)
def show(request: Request, story: Ids = [], q: str = "", page: int = 1) -> Response:  # noqa: B006 - FastAPI copies it
    """Show it."""
    return render(request, "export.html.j2", export_page(archive(request), story, q, page))


@router.get("/export/{name}", include_in_schema=False)
def download(
    request: Request, name: str, story: Ids = [], language: Literal["ar", "en", ""] = "",  # noqa: B006 - FastAPI copies it
) -> Response:  # fmt: skip
    """A file; or the printable page."""
    if name not in DOWNLOADS:
        raise HTTPException(404)
    return written(request, story, name, language or guarded(request).lang)
