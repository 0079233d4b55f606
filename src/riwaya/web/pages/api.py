"""The JSON API for reading: stories, reports, search, names, and its own description."""

from __future__ import annotations

import dataclasses
from hashlib import blake2b
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import RedirectResponse, Response

from riwaya.archive import StoryQuery
from riwaya.errors import NotFoundError
from riwaya.model import Name
from riwaya.serial import json_
from riwaya.settings.web import WEB
from riwaya.version import __version__
from riwaya.web import schemas
from riwaya.web.request import archive, dossier

PREFIX = "/api/v1"
_TAG = 12  # bytes of a hash that name a state of an answer
ERRORS: dict[int | str, dict[str, Any]] = {304: {"description": "as the reader has it already (If-None-Match)"}}
ERRORS |= {
    code: {"model": schemas.ErrorJson, "description": what}
    for code, what in {
        400: "the request cannot be understood",
        401: "log in, or send a token",
        403: "the request comes from another site, or lacks its token",
        404: "nothing has this id",
        405: "this address is not used in this way",
        413: "the body is larger than allowed",
        422: "a value is not what it must be",
        429: "too many requests",
        503: "the archive is busy",
    }.items()
}
router = APIRouter(prefix=PREFIX, responses=ERRORS)

StoryId = Annotated[str, Path(description="a story's id, present or former", pattern="^s-[0-9a-f]{16}$")]
ArticleId = Annotated[str, Path(description="a report's id", pattern="^a-[0-9a-f]{16}$")]
Day = Annotated[str | None, Query(description="an ISO day", pattern=r"^\d{4}-\d\d-\d\d$")]
Offset = Annotated[int, Query(ge=0, le=WEB.offset_most)]
Limit = Annotated[int, Query(ge=1, le=WEB.page_most)]


def respond(request: Request, value: Any, status: int = 200) -> Response:
    """A value as JSON, named by its content: 304 where the reader has it already."""
    body = value if isinstance(value, bytes) else json_.dumps(value)
    headers = {"cache-control": "private, no-cache", "etag": f'"{blake2b(body, digest_size=_TAG).hexdigest()}"'}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if request.method in ("GET", "HEAD") and (headers["etag"] in known or "*" in known):
        return Response(status_code=304, headers=headers)
    return Response(body, status_code=status, media_type="application/json", headers=headers)


def listed(request: Request, items: list[Any], total: int, offset: int, limit: int) -> dict[str, Any]:
    """A page of a list, with the address of the next."""
    following = None
    if offset + limit < total and offset + limit <= WEB.offset_most:
        query = {**dict(request.query_params), "offset": str(offset + limit), "limit": str(limit)}
        following = f"{request.url.path}?{urlencode(query)}"
    return {"items": items, "total": total, "offset": offset, "limit": limit, "next": following}


def plain(thing: Any) -> Any:
    """A dataclass of the archive as JSON holds it."""
    return dataclasses.asdict(thing)


@router.get("/info", response_model=schemas.InfoJson)
def info(request: Request) -> Response:
    """The archive in numbers."""
    known = plain(archive(request).info())
    return respond(request, {name: known[name] for name in schemas.InfoJson.__annotations__})


@router.get("/stories", response_model=schemas.ListOfStories)
def stories(
    request: Request,
    q: Annotated[str, Query(max_length=1000, description="words that stand in one of the story's reports")] = "",
    outlet: Annotated[str | None, Query(max_length=200, description="only stories with a report of this outlet")] = None,
    since: Day = None,
    until: Day = None,
    disputed: Annotated[bool, Query(description="only stories with disputes")] = False,
    standing: Literal["corroborated", "repeated", "single"] | None = None,
    least_reports: Annotated[int, Query(ge=1, le=WEB.offset_most)] = 1,
    order: Literal["movement", "size", "disputes", "newest"] = "movement",
    offset: Offset = 0,
    limit: Limit = WEB.page_items,
) -> Response:
    """The stories, a page at a time."""
    page = archive(request).stories(
        StoryQuery(
            text=q, outlet=outlet, since=since, until=until, disputed=disputed, standing=standing, least_reports=least_reports,
            order=order, offset=offset, limit=limit,
        )
    )  # fmt: skip
    value = listed(request, [plain(card) for card in page.items], page.total, offset, limit)
    return respond(request, value)


_MOVED: dict[int | str, dict[str, Any]] = {308: {"description": "a former id: `Location` is that of the present one"}}


@router.get("/stories/{story_id}", response_model=schemas.DossierJson, responses=_MOVED)
def story(request: Request, story_id: StoryId) -> Response:
    """A story's dossier. A former id leads to the present one."""
    held = archive(request)
    now = held.resolve(story_id)
    if now is None:
        raise NotFoundError(f"no story has the id {story_id!r}")
    if now != story_id:
        return RedirectResponse(f"{PREFIX}/stories/{now}", status_code=308)
    return respond(request, json_.dumps(dossier(request, now).to_dict()))


@router.get("/articles/{article_id}", response_model=schemas.ReportJson)
def article(request: Request, article_id: ArticleId) -> Response:
    """A report as published, with what was found in it."""
    archived = archive(request)
    held = archived.article(article_id)
    marks = held.marks
    value = {
        "article": json_.article_dict(held.article),
        "story_id": held.story_id,
        "added": held.added,
        "times": [json_.time_dict(t) for t in marks.times],
        "figures": [json_.figure_dict(f) for f in marks.figures],
        "names": [_name(n) for n in marks.names],
        "quotes": [json_.quote_dict(q) for q in marks.quotes],
        "versions": archived.versions(article_id),
    }
    return respond(request, value)


def _name(name: Name) -> dict[str, Any]:
    return {"span": json_.span_dict(name.span), "text": name.text, "kind": name.kind}


@router.get("/openapi.json", include_in_schema=False)
def description(request: Request) -> Response:
    """This API, described."""
    return respond(request, describe(request.app))


def describe(app: Any) -> dict[str, Any]:
    """OpenAPI of what stands under `PREFIX`; the pages for people are in no schema."""
    found = get_openapi(
        title="Riwaya", version=__version__, routes=app.routes,
        summary="What many outlets published about an event, in Arabic, and what can be known from it",
        description=schemas.__doc__,
    )  # fmt: skip
    for item in found["paths"].values():
        for method, operation in item.items():
            if method != "get":
                operation["responses"].pop("304", None)  # only what is asked for by GET is known already
    return found
