"""The application, put together."""

from __future__ import annotations

import getpass
import hmac
import importlib
import pkgutil
import secrets
import threading
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import anyio.to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from riwaya.settings.web import WEB
from riwaya.version import __version__
from riwaya.web import errors, live, pages, render, security
from riwaya.web.adding import Adding, clear_left
from riwaya.web.guard import Guard, Rules
from riwaya.web.render import statics
from riwaya.web.request import Archives, Nav, Opener, PageError, guarded
from riwaya.web.words import LANGUAGES

if TYPE_CHECKING:
    from riwaya.archive import Archive
    from riwaya.web.accounts import Accounts
    from riwaya.web.background import Background

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "")  # what any page may send
_FOR_EVER = "public, max-age=31536000, immutable"


def create_app(
    archive_path: str | Path,
    *,
    accounts: Accounts | None = None,
    background: Background | None = None,
    host: str = "127.0.0.1",
    names: Collection[str] = (),
    opener: Opener | None = None,
    allow_private: bool = False,
) -> FastAPI:
    """The web application over one archive.

    Args:
        archive_path: the archive; each thread opens it for itself.
        accounts: who may come in; None lets everybody in, which is for loopback only (`riwaya serve` sees to it).
        background: what weaves beside the pages; None: a story is woven when its page is asked for.
        host: what the server is bound to; decides which names it answers to.
        names: further names that lead here, as a proxy passes them on.
        opener: how a thread opens the archive, if not from `archive_path`; it is told whether for reading only.
        allow_private: links that are handed in may lead to private addresses.
    """
    path = Path(archive_path)
    app = FastAPI(
        title="Riwaya",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
        dependencies=[Depends(check_form)],
    )
    app.state.archive_path = path
    app.state.archives = Archives(opener or (lambda read_only: _open(path, read_only)))
    app.state.accounts = accounts
    app.state.background = background
    app.state.adding = Adding(path, allow_private=allow_private, added=background.wake if background else lambda: None)
    app.state.nav = []
    for page in page_modules():
        app.include_router(page.router)
        if hasattr(page, "NAV"):
            app.state.nav.append(page.NAV)
    app.state.nav.sort(key=_rank)
    app.add_api_route("/static/{name}", _static, methods=["GET"], include_in_schema=False)
    errors.handle(app)
    app.add_middleware(Guard, rules=_rules(accounts, host, names))
    return app


def page_modules() -> Iterator[ModuleType]:
    """The modules of `web/pages` that have a router, by name."""
    for info in sorted(pkgutil.iter_modules(pages.__path__), key=lambda i: i.name):
        module = importlib.import_module(f"{pages.__name__}.{info.name}")
        if hasattr(module, "router"):
            yield module


def _rank(nav: Nav) -> int:
    return nav.order


def _open(path: Path, read_only: bool) -> Archive:
    from riwaya.archive import Archive

    return Archive.open(path, read_only=read_only)


def _rules(accounts: Accounts | None, host: str, names: Collection[str]) -> Rules:
    local = security.is_loopback(host)
    own = {name.lower() for name in (host, f"[{host}]", *names)} | security.LOOPBACK
    if not local:
        import socket

        own |= {socket.gethostname().lower(), socket.getfqdn().lower()}
    return Rules(
        hosts=frozenset(own),
        any_address=not local,
        accounts=accounts,
        open_name=_login_name(),
        key=accounts.key if accounts else secrets.token_bytes(32),
    )


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as containers have
        return "riwaya"


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = WEB.threads
    await anyio.to_thread.run_sync(clear_left)
    threading.Thread(target=_compile_templates, name="templates", daemon=True).start()
    yield
    await anyio.to_thread.run_sync(app.state.adding.close)


def _compile_templates() -> None:
    """The first readers of each page would wait for it."""
    for lang in LANGUAGES:
        for env in (render.environment(lang), live.environment(lang)):
            env.compile_now()


async def check_form(request: Request) -> None:
    """Refuse what changes something unless the form is one of ours.

    A program that names itself by a bearer token, or sends JSON, which a browser sends to another site only with that site's
    leave, needs no token of a form.

    Raises:
        PageError: it is not.
    """
    if request.method in security.SAFE_METHODS:
        return
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    bearer = request.headers.get("authorization", "").lower().startswith("bearer ")
    if request.url.path.startswith("/api/") and (kind not in _FORMS or bearer):
        return
    given = (await request.form()).get("form_token", "") if kind in _FORMS[:2] else ""
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), guarded(request).token().encode()):
        raise PageError(403, "form_token", "error.form_token")


def _static(name: str, request: Request) -> Response:
    found = statics().get(name)
    if found is None:
        raise HTTPException(404)
    content, kind, fingerprint = found
    headers = {"etag": f'"{fingerprint}"'}
    if request.query_params.get("v") == fingerprint:
        headers["cache-control"] = _FOR_EVER
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=kind, headers=headers)
