"""Stories taken away: one, or a selection merged, as a file of another tool."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.responses import Response

from riwaya.archive.listing import StoryCard, StoryQuery
from riwaya.errors import NotFoundError
from riwaya.settings.web import WEB
from riwaya.tell import merge
from riwaya.tell.exports import DOWNLOADS, export, file_name
from riwaya.tell.html.words import plural
from riwaya.web.keep import named, tag, unchanged
from riwaya.web.request import PageError, archive, dossier, guarded

if TYPE_CHECKING:
    from riwaya.archive import Archive

PRINT = "print"  # the format that a browser shows; the others are downloads
_STYLE = re.compile(rb"<style>(.*?)</style>", re.S)
_TURN = threading.Semaphore(2)  # files are written so many at a time: each holds its stories in memory


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, the file it gives, and whether this installation can write it."""

    name: str
    file: str
    available: bool


def formats() -> tuple[Format, ...]:
    """Every format, in the order in which they are offered."""
    return tuple(Format(name, one.file, name != "parquet" or find_spec("pyarrow") is not None) for name, one in DOWNLOADS.items())


def chosen(held: Archive, story_ids: Sequence[str]) -> tuple[StoryCard, ...]:
    """The cards of these stories, each once, former ids under the present ones.

    Raises:
        NotFoundError: no story has one of the ids.
    """
    found: dict[str, StoryCard] = {}
    for story_id in story_ids:
        now = held.resolve(story_id)
        if now is None:
            raise NotFoundError(f"no story has the id {story_id[:40]!r}")
        if now not in found:
            found[now] = held.card(now)
    return tuple(found.values())


def written(request: Request, story_ids: Sequence[str], name: str, lang: str, *, attach: bool = True) -> Response:
    """Stories in a format.

    Args:
        request: who asks; a browser that has the file in this state is told so.
        story_ids: of at least one story.
        name: of the format.
        lang: "ar" or "en": the language of what the file itself says.
        attach: whether a browser saves it; the printable page is shown.

    Raises:
        NotFoundError: no story has one of the ids.
        PageError: nothing is chosen, or more than one file holds; no such format; too many files are being written.
        MissingExtraError: the format needs an extra that is not installed.
    """
    held = archive(request)
    if name not in DOWNLOADS:
        raise PageError(422, "invalid", "export.format", name=name[:40], known=", ".join(DOWNLOADS))
    cards = chosen(held, story_ids)
    check(cards)
    etag = tag(request, "export", name, lang, [(card.id, held.revision(card.id)) for card in cards])
    same = unchanged(request, etag)
    if same is not None:
        return same
    if not _TURN.acquire(timeout=WEB.export_wait):  # whoever waits takes a thread from those who read
        raise PageError(503, "busy", "export.busy", retry_after=WEB.export_again)
    try:
        found = [dossier(request, card.id) for card in cards]
        whole = found[0] if len(found) == 1 else merge(found)
        body = export(whole, name, lang)
    finally:
        _TURN.release()
    headers = {"x-riwaya-stories": str(len(cards))}
    if attach and name != PRINT:
        headers["content-disposition"] = f'attachment; filename="{file_name(whole, name)}"'
    elif style := _STYLE.search(body):
        guarded(request).style = style[1].decode()
    return named(Response(body, media_type=DOWNLOADS[name].media_type, headers=headers), etag)


def check(cards: Sequence[StoryCard]) -> None:
    """Whether these stories go into one file.

    Raises:
        PageError: nothing is chosen, or more than one file holds.
    """
    if not cards:
        raise PageError(422, "invalid", "export.nothing")
    reports = sum(card.articles for card in cards)
    if reports > WEB.export_reports or len(cards) > WEB.export_stories:
        raise PageError(
            422, "too_large", "export.too_large", reports=plural("reports", reports), stories=plural("stories", len(cards)),
            most=plural("reports", WEB.export_reports), most_stories=plural("stories", WEB.export_stories),
        )  # fmt: skip


def offered(held: Archive, text: str, number: int) -> tuple[list[StoryCard], int]:
    """Stories to choose from, those that hold some words, or those that moved last; and how many there are."""
    query = StoryQuery(text=text, offset=(number - 1) * WEB.page_items, limit=WEB.page_items)
    page = held.stories(query)
    return page.items, page.total
