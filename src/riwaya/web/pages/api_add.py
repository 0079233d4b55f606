"""The JSON API for handing in reports."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from riwaya.web import schemas
from riwaya.web.adding import Handed, Job
from riwaya.web.pages.add import adding, take
from riwaya.web.pages.api import ERRORS, PREFIX, respond
from riwaya.web.request import PageError

router = APIRouter(prefix=PREFIX, responses=ERRORS)
_FIELDS = tuple(schemas.NewReport.__annotations__)


@router.post("/add", response_model=schemas.JobJson, status_code=202)
def hand_in(request: Request, given: schemas.NewReports) -> Response:
    """Hand in reports or links. They are added one batch after another; the answer's `id` leads to how far they are."""
    reports: list[Any] = given.get("reports") or []
    texts = [{name: one[name] for name in _FIELDS if one.get(name)} for one in reports]
    handed = Handed(texts=[text for text in texts if text.get("text", "").strip()], links=list(given.get("links") or []))
    if not handed:
        raise PageError(422, "invalid", "add.nothing")
    return respond(request, as_json(take(adding(request), handed)), status=202)


@router.get("/add/{job_id}", response_model=schemas.JobJson)
def progress(request: Request, job_id: Annotated[str, Path(max_length=40)]) -> Response:
    """How far something is that was handed in."""
    job = adding(request).job(job_id)
    if job is None:
        raise HTTPException(404)
    return respond(request, as_json(job))


def as_json(job: Job) -> dict[str, Any]:
    """A job as JSON holds it."""
    return {
        **dataclasses.asdict(job),
        "skipped": [{"path": path, "reason": reason} for path, reason in job.skipped],
        "stories": [{"id": story, "title": title} for story, title in job.stories],
    }
