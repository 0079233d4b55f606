"""The front page: stories now, by movement, size or disputes, filtered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response

from riwaya.archive.listing import Order, StoryQuery
from riwaya.settings.web import WEB
from riwaya.web.render import render
from riwaya.web.request import Nav, archive

if TYPE_CHECKING:
    from riwaya.archive import Archive, StoryCard

router = APIRouter()
NAV = Nav("nav.stories", "/", order=10)
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """The front page.

    query: what was asked.
    stories: the cards on this page of the list.
    total: how many stories there are in all.
    number, pages: which page of the list this is, from 1, and of how many.
    """

    query: StoryQuery
    stories: tuple[StoryCard, ...]
    total: int
    number: int
    pages: int


def stories_page(archive: Archive, query: StoryQuery) -> StoriesPage:
    """The stories that answer a query."""
    found = archive.stories(query)
    number, pages = query.offset // query.limit + 1, max(1, -(-found.total // query.limit))
    return StoriesPage(query, tuple(found.items), found.total, number, pages)


@router.get("/", include_in_schema=False)
def stories(request: Request, order: Order = "movement", page: int = 1) -> Response:
    """Show them."""
    query = StoryQuery(order=order, offset=(max(1, page) - 1) * WEB.page_items, limit=WEB.page_items)
    return render(request, "stories.html.j2", stories_page(archive(request), query), orders=ORDERS)
