"""The JSON API: search, and people, organizations and places."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from riwaya.archive import SearchQuery
from riwaya.archive.entity_pages import MentionedIn, Saying
from riwaya.archive.found_json import as_dict
from riwaya.errors import NotFoundError
from riwaya.model import NameKind
from riwaya.serial import json_
from riwaya.settings.web import WEB
from riwaya.web import answers, schemas
from riwaya.web.pages.api import ERRORS, PREFIX, Day, Limit, Offset, StoryId, listed, plain, respond
from riwaya.web.pages.names import key_at
from riwaya.web.request import PageError, archive, dossier
from riwaya.web.spans import spans_of

router = APIRouter(prefix=PREFIX, responses=ERRORS)
_LONGEST = 1000  # characters of a query that are taken; what a search reads of it is a setting of the search
Key = Annotated[str, Path(description="a name's key", pattern="^[0-9a-f]{16}$")]
Words = Annotated[str, Query(max_length=_LONGEST)]
Name = Annotated[str | None, Query(max_length=200, description="a name in any spelling, or its key")]


@router.get("/search", response_model=answers.FoundJson)
def search(
    request: Request,
    q: Annotated[str, Query(max_length=_LONGEST, description='words, "phrases", -word, one OR two, begin*')] = "",
    outlet: Annotated[str | None, Query(max_length=200)] = None,
    since: Day = None,
    until: Day = None,
    place: Name = None,
    person: Name = None,
    standing: Literal["corroborated", "repeated", "single"] | None = None,
    story: Annotated[str | None, Query(pattern="^s-[0-9a-f]{16}$")] = None,
    offset: Offset = 0,
    limit: Limit = WEB.page_items,
) -> Response:
    """Reports by their words in any spelling, the best first; without words those that fit the rest, the newest first."""
    query = SearchQuery(
        text=q, outlet=outlet or None, since=since, until=until, place=place or None, person=person or None, standing=standing,
        story=story, offset=offset, limit=limit,
    )  # fmt: skip
    found = as_dict(archive(request).search(query))
    page = listed(request, found["items"], found["total"], offset, limit)
    return respond(request, page | {name: found[name] for name in ("also", "ignored", "unknown")})


@router.get("/names", response_model=answers.ListOfNames)
def names(
    request: Request, q: Words = "", kind: NameKind | None = None, offset: Offset = 0, limit: Limit = WEB.page_items
) -> Response:
    """People, organizations and places, those with most mentions first; `q` is a name in any spelling."""
    page = archive(request).entities(kind, q, offset, limit)
    return respond(request, listed(request, [plain(card) for card in page.items], page.total, offset, limit))


@router.get("/names/at/{place}", response_model=answers.NameAtJson)
def name_at(
    request: Request,
    place: Annotated[str, Path(description="ARTICLE:START-END", pattern="^a-[0-9a-f]{16}:[0-9]{1,9}-[0-9]{1,9}$")],
) -> Response:
    """The key of the name that stands somewhere in a report."""
    (span,) = spans_of([place])
    key = key_at(request, span)
    if key is None:
        raise PageError(404, "not_found", "names.nobody", words=place)
    return respond(request, {"key": key})


@router.get("/names/{key}", response_model=answers.NameAccountJson)
def name(request: Request, key: Key) -> Response:
    """One name: spellings, titles, where it lies, with whom it appears."""
    return respond(request, plain(archive(request).entity(key)))


@router.get("/names/{key}/mentions", response_model=answers.ListOfMentions)
def mentions(request: Request, key: Key, offset: Offset = 0, limit: Limit = WEB.page_items) -> Response:
    """The reports that mention a name, each with every mention, the newest first."""
    page = archive(request).entity_mentions(key, offset, limit)
    return respond(request, listed(request, [_mention(m) for m in page.items], page.total, offset, limit))


def _mention(one: MentionedIn) -> dict[str, Any]:
    return {**plain(one), "spans": [json_.span_dict(s) for s in one.spans]}


@router.get("/names/{key}/sayings", response_model=answers.ListOfSayings)
def sayings(request: Request, key: Key, offset: Offset = 0, limit: Limit = WEB.page_items) -> Response:
    """What a name said, with the statements that it belongs to."""
    page = archive(request).entity_sayings(key, offset, limit)
    return respond(request, listed(request, [_saying(s) for s in page.items], page.total, offset, limit))


def _saying(one: Saying) -> dict[str, Any]:
    return {
        "quote": json_.quote_dict(one.quote), "text": one.text, "article_id": one.article_id, "story_id": one.story_id,
        "title": one.title, "outlet": one.outlet, "day": one.day,
        "statements": [{"id": s.id, "standing": s.standing, "disputed": s.disputed} for s in one.statements],
    }  # fmt: skip


@router.get("/names/{key}/stories", response_model=schemas.ListOfStories)
def stories(request: Request, key: Key, offset: Offset = 0, limit: Limit = WEB.page_items) -> Response:
    """The stories that a name stands in, the newest first."""
    page = archive(request).entity_stories(key, offset, limit)
    return respond(request, listed(request, [plain(card) for card in page.items], page.total, offset, limit))


@router.get("/stories/{story_id}/names", response_model=answers.KeysJson)
def names_of_story(request: Request, story_id: StoryId) -> Response:
    """The keys of the names of a story's entities: entity id -> key."""
    held = archive(request)
    now = held.resolve(story_id)
    if now is None:
        raise NotFoundError(f"no story has the id {story_id!r}")
    entities = dossier(request, now).entities
    keys = {e.id: key for e in entities if (key := held.entity_key(now, e.id)) is not None}
    return respond(request, {"story_id": now, "keys": keys})
