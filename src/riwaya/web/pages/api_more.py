"""The JSON API: corrections, alerts, sources, versions, two reports beside each other, export."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from riwaya.archive import Archive
from riwaya.errors import NotFoundError
from riwaya.model import Article, Span
from riwaya.relate.versions import differences
from riwaya.serial import json_
from riwaya.serial.corrections import correction_dict, in_order
from riwaya.settings.web import WEB
from riwaya.tell.exports import DOWNLOADS
from riwaya.web import answers, schemas
from riwaya.web.exporting import written
from riwaya.web.pages import corrections as pages
from riwaya.web.pages.alerts import sources as source_lines
from riwaya.web.pages.api import ERRORS, PREFIX, ArticleId, Limit, Offset, StoryId, listed, respond
from riwaya.web.request import archive, dossier

router = APIRouter(prefix=PREFIX, responses=ERRORS)
CorrectionId = Annotated[str, Path(description="a correction's id", pattern="^c-[0-9a-f]{16}$")]
Format = Literal[
    "json", "csv", "parquet", "print", "timelinejs", "geojson", "graphml", "gexf", "annotations", "schemaorg", "ftm"
]
Language = Annotated[Literal["ar", "en"], Query(description="of what the file itself says")]
_TYPES = sorted({one.media_type for one in DOWNLOADS.values()})
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "the file",
        "content": {
            kind: {"schema": {} if kind.partition(";")[0].endswith("json") else {"type": "string", "format": "binary"}}
            for kind in _TYPES
        },
    }
}


# ------------------------------------------------------------------------------------------------------------- corrections


@router.get("/corrections", response_model=schemas.ListOfCorrections)
def corrections(
    request: Request,
    standing: Annotated[bool, Query(description="only those that were not undone")] = False,
    offset: Offset = 0,
    limit: Limit = WEB.page_items,
) -> Response:
    """What people overruled, the latest first."""
    every = list(reversed(in_order(archive(request).corrections(active_only=standing))))
    shown = [correction_dict(c) for c in every[offset : offset + limit]]
    return respond(request, listed(request, shown, len(every), offset, limit))


@router.post("/corrections", response_model=schemas.CorrectionJson, status_code=201)
def correct(request: Request, given: answers.NewCorrection) -> Response:
    """Make a correction, in the name of whoever asks. The stories that it touches are woven anew at once."""
    spans = [Span(s["article_id"], s["start"], s["end"]) for s in given["spans"]]
    made = pages.enter(request, given["action"], spans, given.get("value") or None, given.get("reason") or "")
    return respond(request, _one(archive(request), made), status=201)


@router.get("/corrections/{correction_id}", response_model=schemas.CorrectionJson)
def correction(request: Request, correction_id: CorrectionId) -> Response:
    """One correction."""
    return respond(request, _one(archive(request), correction_id))


@router.post("/corrections/{correction_id}/undo", response_model=schemas.CorrectionJson)
def undo(request: Request, correction_id: CorrectionId, given: answers.Nothing) -> Response:
    """Take a correction back; it stays on record. One that was taken back before stays as it is."""
    pages.take_back(request, correction_id)
    return respond(request, _one(archive(request), correction_id))


def _one(held: Archive, correction_id: str) -> dict[str, Any]:
    found = next((c for c in held.corrections() if c.id == correction_id), None)
    if found is None:
        raise NotFoundError(f"no correction has the id {correction_id!r}")
    return correction_dict(found)


# ------------------------------------------------------------------------------------------------------ alerts and sources


@router.get("/alerts", response_model=answers.ListOfAlerts)
def alerts(
    request: Request,
    after: Annotated[int, Query(ge=0, le=1 << 53, description="only alerts with a greater number")] = 0,
    story: Annotated[str | None, Query(pattern="^s-[0-9a-f]{16}$", description="only alerts of this story")] = None,
    offset: Offset = 0,
    limit: Limit = WEB.page_items,
) -> Response:
    """What happened, the newest first; `number` rises, so that the last one seen says where to go on."""
    held = archive(request)
    found = held.alerts(after=after, story_id=story, limit=limit, offset=offset)
    items = [{**asdict(a), "spans": [json_.span_dict(s) for s in a.spans]} for a in found]
    return respond(request, listed(request, items, held.alert_count(after=after, story_id=story), offset, limit))


@router.get("/sources", response_model=answers.ListOfSources)
def sources(request: Request, offset: Offset = 0, limit: Limit = WEB.page_items) -> Response:
    """What is or was watched, those that fail first."""
    every = source_lines(archive(request))
    names = answers.SourceJson.__annotations__.keys() - {"health"}
    items = [{"health": x.health, **{n: getattr(x.state, n) for n in names}} for x in every[offset : offset + limit]]
    return respond(request, listed(request, items, len(every), offset, limit))


# ------------------------------------------------------------------------------------------------------- reports compared


@router.get("/articles/{article_id}/versions", response_model=answers.VersionsJson)
def versions(request: Request, article_id: ArticleId) -> Response:
    """The versions of a report, the earliest first, each with what it changed in the one before."""
    held = archive(request)
    before: Article | None = None
    items: list[dict[str, Any]] = []
    for one in held.versions(article_id):
        article = held.article(one).article
        changed = [asdict(d) for d in differences(before, article)] if before is not None else []
        items.append({"article_id": one, "title": article.title, "published": article.published.value, "changes": changed})
        before = article
    return respond(request, {"versions": items})


@router.get("/compare/{article_id}/{other_id}", response_model=answers.ComparedJson)
def compare(
    request: Request, article_id: ArticleId, other_id: Annotated[str, Path(pattern="^a-[0-9a-f]{16}$")]
) -> Response:
    """Two reports: the passages that they share, where they are of one story, and what differs word by word."""
    held = archive(request)
    one, other = held.article(article_id), held.article(other_id)
    shared = []
    if one.story_id is not None and one.story_id == other.story_id:
        pair = {article_id, other_id}
        shared = [p for p in dossier(request, one.story_id).passages if {p.a.article_id, p.b.article_id} == pair]
    value = {
        "passages": [json_.passage_dict(p) for p in shared],
        "differences": [asdict(d) for d in differences(one.article, other.article)],
    }
    return respond(request, value)


# ------------------------------------------------------------------------------------------------------------------ export


@router.get("/stories/{story_id}/export", responses=_FILE, response_class=Response)
def export_story(
    request: Request,
    story_id: StoryId,
    format: Format = "json",  # noqa: A002 - the name in the address
    language: Language = "ar",
) -> Response:
    """A story as a file, in any of the formats."""
    return written(request, [story_id], format, language, attach=False)


@router.get("/export", responses=_FILE, response_class=Response)
def export_stories(
    request: Request,
    story: Annotated[list[str], Query(min_length=1, max_length=WEB.export_stories, description="ids of stories")],
    format: Format = "json",  # noqa: A002 - the name in the address
    language: Language = "ar",
) -> Response:
    """Several stories, merged, as one file."""
    return written(request, story, format, language, attach=False)
