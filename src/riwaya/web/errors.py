"""What is answered when something cannot be: a page to people, one shape of JSON to programs; never where in the code it was."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from riwaya.errors import ArchiveError, InputError, NotFoundError, RiwayaError
from riwaya.web import security
from riwaya.web.render import render
from riwaya.web.request import PageError, guarded
from riwaya.web.words import speak, tables

LOG = logging.getLogger("riwaya.web")
_STATUS = {NotFoundError: 404, InputError: 422, ArchiveError: 503}  # of the errors of Riwaya; others are the request's: 400
_NONE: Mapping[str, object] = MappingProxyType({})
_CODES = {
    400: "bad_request",
    401: "unknown_viewer",
    403: "forbidden",
    404: "not_found",
    405: "method",
    413: "too_large",
    422: "invalid",
    429: "too_many",
    503: "archive",
}


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the page of an error shows: the status, what happened in a line, and, if it helps, the detail."""

    status: int
    message: str
    detail: str | None


def answer(
    request: Request, status: int, code: str, key: str, detail: str | None = None, values: Mapping[str, object] = _NONE
) -> Response:
    """An error, as those who asked understand it.

    Args:
        request: what was asked.
        status: of HTTP.
        code: for programs, a word of small letters.
        key: of the words that tell people.
        detail: one line more, as it is: it comes from Riwaya's own errors, which name no code.
        values: in the words.
    """
    if security.for_programs(request.url.path):
        message = detail or speak("en").attr(key, **values)
        return JSONResponse({"error": {"code": code, "message": message}}, status_code=status)
    message = speak(guarded(request).lang).attr(key, **values)
    return render(request, "error.html.j2", ErrorPage(status, message, detail), status=status)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "error")
    key = f"error.{code}" if f"error.{code}" in tables()["text"] else "error.error"
    own = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    response = answer(request, error.status_code, code, key, own)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if not security.for_programs(request.url.path) and any(fault["loc"][0] == "path" for fault in faults):
        return answer(request, 404, "not_found", "error.not_found")  # a mistyped address, to whoever reads
    return answer(request, 422, "invalid", "error.invalid", "; ".join(_fault(fault) for fault in faults[:3]))


def _fault(fault: Any) -> str:
    return f"{'.'.join(str(part) for part in fault['loc'][1:])}: {fault['msg']}"


def _failure(request: Request, error: Exception) -> Response:
    assert isinstance(error, PageError)
    response = answer(request, error.status, error.code, error.key, values=error.values)
    if error.retry_after is not None:
        response.headers["retry-after"] = str(error.retry_after)
    return response


def _riwaya(request: Request, error: Exception) -> Response:
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)
    code = _CODES[status]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:  # the line names the file, which is for whoever runs the server
        LOG.error("%s %s: %s", request.method, request.url.path, error)
        return answer(request, status, code, f"error.{code}")
    return answer(request, status, code, f"error.{code}", " ".join(str(error).split()))


def _database(request: Request, error: Exception) -> Response:
    LOG.error("%s %s: the archive: %s", request.method, request.url.path, error)
    return answer(request, 503, "archive", "error.archive")


def handle(app: FastAPI) -> None:
    """Teach the application these answers."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(PageError, _failure)
    app.add_exception_handler(RiwayaError, _riwaya)
    app.add_exception_handler(sqlite3.Error, _database)
