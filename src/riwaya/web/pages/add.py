"""Handing in reports: files, a pasted text, links; and how far they are on their way into the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from riwaya.settings.web import WEB
from riwaya.web.adding import Adding, BusyError, Handed, Job, split_links
from riwaya.web.reasons import told
from riwaya.web.render import render
from riwaya.web.request import Nav, PageError, back, flash

router = APIRouter()
NAV = Nav("nav.add", "/add", order=60)
Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True)
class AddPage:
    """The page on which reports are handed in.

    jobs: the last things that were, the newest first.
    most: how many bytes may come at once.
    """

    jobs: tuple[Job, ...]
    most: int


@dataclass(frozen=True, slots=True)
class JobPage:
    """One thing that was handed in, and how far it is.

    skipped: path and reason of what could not be used, the first of them; more: how many further there are.
    """

    job: Job
    skipped: tuple[tuple[str, str], ...]
    more: int

    @property
    def percent(self) -> int | None:
        """How far the present stage is; None while its end is not known."""
        return None if not self.job.total else min(100, 100 * self.job.done // self.job.total)


def adding(request: Request) -> Adding:
    """The jobs of this server."""
    return cast(Adding, request.app.state.adding)


def add_page(jobs: Adding) -> AddPage:
    """What stands on the page."""
    return AddPage(tuple(jobs.jobs()), WEB.upload_bytes)


def job_page(jobs: Adding, job_id: str) -> JobPage:
    """A job and how far it is.

    Raises:
        HTTPException: 404, none has this id.
    """
    job = jobs.job(job_id)
    if job is None:
        raise HTTPException(404)
    return JobPage(job, job.skipped[: WEB.jobs_skipped], max(0, len(job.skipped) - WEB.jobs_skipped))


@router.get("/add", include_in_schema=False)
def show(request: Request) -> Response:
    """The forms."""
    return render(request, "add.html.j2", add_page(adding(request)))


@router.get("/add/{job_id}", include_in_schema=False)
def progress(request: Request, job_id: str) -> Response:
    """How far one is."""
    return render(request, "add_job.html.j2", job_page(adding(request), job_id), told=told)


@router.post("/add", include_in_schema=False)
def hand_in(
    request: Request,
    files: Annotated[list[UploadFile] | None, File()] = None,
    text: Text = "",
    title: Text = "",
    url: Text = "",
    links: Text = "",
    outlet: Text = "",
    published: Text = "",
) -> Response:
    """Take what was handed in."""
    handed = Handed(outlet=outlet.strip() or None, published=published.strip() or None)
    handed.files = [(f.filename, f.file) for f in files or () if f.filename]
    if text.strip():
        given = {"title": title.strip(), "text": text, "url": url.strip()}
        handed.texts = [{name: value for name, value in given.items() if value}]
    handed.links = list(split_links(links))
    if not handed:
        flash(request, "add.links.none" if links.strip() else "add.nothing", "warn")
        return back(request, "/add")
    return back(request, f"/add/{take(adding(request), handed).id}")


def take(jobs: Adding, handed: Handed) -> Job:
    """Hand it on.

    Raises:
        PageError: too much waits, there is no room, or too many links.
    """
    if len(handed.links) > WEB.links_most:
        raise PageError(422, "invalid", "add.links.many", most=WEB.links_most)
    try:
        return jobs.take(handed)
    except BusyError:
        raise PageError(503, "busy", "add.busy") from None
    except OSError as error:
        raise PageError(507, "no_room", "add.no_room", why=error.strerror or str(error)) from None
