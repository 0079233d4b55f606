"""A browser's manners, for tests: it keeps cookies, takes the token from a form, and says where it comes from."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Form, Request, UploadFile
from fastapi.responses import Response
from starlette.testclient import TestClient

from riwaya.archive import Archive
from riwaya.web.accounts import Accounts
from riwaya.web.app import create_app
from riwaya.web.request import back, flash, guarded, viewer

BASE = "http://127.0.0.1:8000"
TOKEN = "a-token-of-enough-letters"
_FIELD = re.compile(r'name="form_token" value="([0-9a-f]+)"')

probe = APIRouter()


@probe.get("/probe/form")
def form(request: Request) -> Response:
    """A form."""
    return Response(f'<input name="form_token" value="{guarded(request).token()}">', media_type="text/html")


@probe.post("/probe")
def change(request: Request, note: Annotated[str, Form()] = "") -> Response:
    """Something that a form changes."""
    flash(request, "pager.at", number=note, pages=viewer(request).name)
    return back(request, "/")


@probe.post("/add/probe")
def take(file: UploadFile) -> dict[str, int]:
    """Something that takes files."""
    return {"bytes": len(file.file.read())}


@probe.post("/api/v1/probe")
async def change_by_program(request: Request) -> dict[str, Any]:
    """Something that a program changes."""
    return {"author": viewer(request).name, "got": await request.json()}


@probe.get("/probe/fails")
def fail() -> None:
    """Something that breaks."""
    raise ZeroDivisionError("the secret of the vault")


@cache
def empty_archive() -> Path:
    """An archive with nothing in it."""
    path = Path(tempfile.mkdtemp(prefix="riwaya-test-")) / "empty.riwaya"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    Archive.open(path, create=True).close()
    return path


def empty_app(accounts: Accounts | None = None, **options: Any) -> FastAPI:
    """The application over nothing, with the probes."""
    app = create_app(empty_archive(), accounts=accounts, **options)
    app.include_router(probe)
    return app


def browser(app: FastAPI, base: str = BASE, address: str = "127.0.0.1") -> TestClient:
    """One browser."""
    return TestClient(app, base_url=base, client=(address, 50000), follow_redirects=False, raise_server_exceptions=False)


def form_token(client: TestClient, page: str = "/probe/form") -> str:
    """The token that a form on a page holds."""
    found = _FIELD.search(client.get(page).text)
    assert found, f"no form on {page}"
    return found[1]


def login(client: TestClient, name: str, password: str, **fields: str) -> Any:
    """Log in by the form."""
    return client.post("/login", data={"name": name, "password": password, "form_token": form_token(client, "/login"), **fields})
