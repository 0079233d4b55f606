"""What every request passes before a page sees it, and every answer before a browser does."""

from __future__ import annotations

import base64
import json
import logging
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from riwaya.settings.web import WEB
from riwaya.web import security
from riwaya.web.limits import Limit, holder
from riwaya.web.words import LANGUAGES, speak

if TYPE_CHECKING:
    from riwaya.web.accounts import Accounts

LOG = logging.getLogger("riwaya.web")
Theme = Literal["auto", "light", "dark"]
THEMES: tuple[Theme, ...] = ("auto", "light", "dark")
_CORRECTION = re.compile(r"c-[0-9a-f]{16}")
_QUOTED = re.compile(r'["\\]')
_NOT_MODIFIED = 304
_YEAR = 365 * 24 * 3600  # seconds that a browser keeps language and theme
_FLASH = 60  # seconds that it keeps a message for the next page
_FLASH_LENGTH = 1500  # characters: browsers take cookies of 4096


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who reads. `known`: has logged in; on loopback without accounts the name is that of the system's login."""

    name: str
    known: bool


@dataclass(frozen=True, slots=True)
class Flash:
    """A message on the page after something was done: a key of the words, and the values in it.

    A value `undo` is the id of a correction: the message then stands beside a button that takes it back.
    """

    kind: Literal["done", "warn"]
    key: str
    values: dict[str, str | int]

    @property
    def undo(self) -> str | None:
        """The id of a correction to be taken back; None if there is none."""
        given = self.values.get("undo")
        return given if isinstance(given, str) and _CORRECTION.fullmatch(given) else None


@dataclass(slots=True)
class Guarded:
    """What the guard knows about one request, and what it is to set on the answer."""

    lang: str
    theme: Theme
    viewer: Viewer
    key: bytes
    secure: bool
    secret: str  # of this browser, for the tokens of forms
    session: str = ""
    flashes: tuple[Flash, ...] = ()
    style: str | None = None
    set_cookies: dict[str, tuple[str, int | None]] = field(default_factory=dict)  # name -> value, seconds (None: session)
    _left: list[Flash] = field(default_factory=list)

    def token(self) -> str:
        """The token for a form on this page."""
        return security.form_token(self.key, self.secret, self.session)

    def leave(self, kind: Literal["done", "warn"], key: str, values: dict[str, str | int]) -> None:
        """Keep a message for the next page."""
        self._left.append(Flash(kind, key, values))
        packed = base64.urlsafe_b64encode(json.dumps([[f.kind, f.key, f.values] for f in self._left]).encode()).decode()
        if len(packed) <= _FLASH_LENGTH:
            self.set_cookies["riwaya_flash"] = (packed, _FLASH)

    def shown(self) -> tuple[Flash, ...]:
        """The messages for this page; they are shown once."""
        if self.flashes and "riwaya_flash" not in self.set_cookies:
            self.set_cookies["riwaya_flash"] = ("", 0)
        return self.flashes


@dataclass(frozen=True, slots=True)
class Rules:
    """What the guard holds a request to.

    `hosts`: names of this server in small letters; `any_address`: numbers are names too; `open_name`: the reader's name where
    there are no accounts.
    """

    hosts: frozenset[str]
    any_address: bool
    accounts: Accounts | None
    open_name: str
    key: bytes


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app, self.rules = app, rules
        self.writes = Limit(WEB.writes, WEB.writes_window, WEB.limited_keys)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: D102 - ASGI's
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        else:  # there are no web sockets here
            await send({"type": "websocket.close", "code": 1000})

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope = {**scope, "headers": [*_own_cookies(scope["headers"])]}
        headers = Headers(scope=scope)
        guarded = scope["riwaya"] = self._look(scope, headers)
        body = _Body(receive, _room(scope["path"], headers.get("content-type", "")))
        out = _Out(send, guarded)
        refusal = self._refuse(scope, headers, guarded, body)
        if refusal is not None:
            await refusal(scope, receive, out)
            return
        if scope["method"] == "HEAD":  # as GET; the server sends no body
            scope = {**scope, "method": "GET"}
        try:
            await self.app(scope, body, out.unless(body))
        except Exception:
            if not body.over:
                LOG.exception("%s %r failed", scope["method"], scope["path"])
            if out.started:
                raise
            answer = _failure(scope, 413, "too_large") if body.over else _failure(scope, 500, "internal")
            await answer(scope, receive, out)

    def _look(self, scope: Scope, headers: Headers) -> Guarded:
        cookies = _cookies(headers.get("cookie", ""))
        query = parse_qs(scope.get("query_string", b"").decode("latin-1")[:4096])
        secure = scope["scheme"] == "https"
        session = cookies.get(cookie_name("session", secure), "")
        name = self._who(headers, session)
        guarded = Guarded(
            lang=_one_of(LANGUAGES, _last(query, "lang"), cookies.get("riwaya_lang"), default="ar"),
            theme=cast(Theme, _one_of(THEMES, _last(query, "theme"), cookies.get("riwaya_theme"), default="auto")),
            viewer=Viewer(name or self.rules.open_name, name is not None),
            key=self.rules.key,
            secure=secure,
            secret=cookies.get(cookie_name("form", secure), ""),
            session=session,
            flashes=_flashes(cookies.get("riwaya_flash", "")),
        )
        for key, value in (("lang", guarded.lang), ("theme", guarded.theme)):
            if key in query and cookies.get(f"riwaya_{key}") != value:
                guarded.set_cookies[f"riwaya_{key}"] = (value, _YEAR)
        if not guarded.secret:
            guarded.secret = secrets.token_urlsafe(32)
            if not scope["path"].startswith(("/api/", "/static/")):
                guarded.set_cookies[cookie_name("form", secure)] = (guarded.secret, None)
        return guarded

    def _who(self, headers: Headers, session: str) -> str | None:
        accounts = self.rules.accounts
        if accounts is None:
            return None
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return accounts.bearer(given.strip())
        return accounts.session(session) if session else None

    def _refuse(self, scope: Scope, headers: Headers, guarded: Guarded, body: _Body) -> Response | None:
        host = headers.get("host", "")
        if not security.host_allowed(host, self.rules.hosts, any_address=self.rules.any_address):
            return _failure(scope, 421, "host")
        if not self.rules.any_address and security.taken_from_outside(headers.get):
            return _failure(scope, 403, "cross_site")
        if "\0" in scope["path"] or not scope["path"].startswith("/"):
            return _failure(scope, 404, "not_found")
        if not security.plain_letters(headers.get("content-type", "")):
            return _failure(scope, 400, "bad_request")
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > body.room:
            return _failure(scope, 413, "too_large")
        if scope["method"] not in security.SAFE_METHODS:
            if not security.same_site(host, headers.get("origin"), headers.get("sec-fetch-site")):
                return _failure(scope, 403, "cross_site")
            address = holder((scope.get("client") or ("", 0))[0])
            if wait := self.writes.wait(address):
                return _failure(scope, 429, "too_many", wait)
            self.writes.count(address)
        if self.rules.accounts is not None and not guarded.viewer.known and not _open_to_all(scope["path"]):
            return _please_log_in(scope, headers)
        return None


class _Body:
    """The body of a request, counted while it arrives: what it declares may be a lie, or absent."""

    def __init__(self, receive: Receive, room: int) -> None:
        self._receive, self.room, self.over = receive, room, False
        self._taken = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > self.room:
            self.over = True
            raise OverflowError("the body is larger than allowed")
        return message


class _Out:
    """Sends an answer with the headers that all have."""

    def __init__(self, send: Send, guarded: Guarded) -> None:
        self._send, self._guarded, self.started = send, guarded, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            _dress(MutableHeaders(scope=message), self._guarded, kept=message["status"] == _NOT_MODIFIED)
        await self._send(message)

    def unless(self, body: _Body) -> Send:
        """The same, but with nothing sent of an answer that was made when the body had grown too large: 413 takes its place."""

        async def send(message: Message) -> None:
            if body.over and not self.started:
                raise OverflowError("the body is larger than allowed")
            await self(message)

        return send


def _dress(headers: MutableHeaders, guarded: Guarded, kept: bool) -> None:
    for name, value in security.HEADERS:
        headers[name] = value
    if not kept:  # the browser has the page with a policy that names its style; a policy sent now would take that one's place
        headers["content-security-policy"] = security.policy(guarded.style)
    headers.setdefault("cache-control", "private, no-cache")
    for name, (value, seconds) in guarded.set_cookies.items():
        flags = "; Secure" if guarded.secure else ""
        age = "" if seconds is None else f"; Max-Age={seconds}"
        headers.append("set-cookie", f"{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{flags}")


def cookie_name(name: str, secure: bool) -> str:
    """The name of a cookie that must be ours: with TLS the browser itself holds others off by the prefix."""
    return f"__Host-riwaya_{name}" if secure else f"riwaya_{name}"


def _cookies(header: str) -> dict[str, str]:
    """Cookies as they stand: ours need no quotes, and taking quotes off takes the library quadratic time."""
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return {name: value for name, _, value in pairs if "riwaya_" in name and not _QUOTED.search(value)}


def _own_cookies(headers: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """The headers of a request, its cookies cut down to ours, so that no library takes apart what others have set."""
    for name, value in headers:
        if name == b"cookie":
            kept = _cookies(value.decode("latin-1"))
            yield name, "; ".join(f"{key}={one}" for key, one in kept.items()).encode("latin-1")
        else:
            yield name, value


def _flashes(packed: str) -> tuple[Flash, ...]:
    if not packed or len(packed) > _FLASH_LENGTH:
        return ()
    try:
        rows = json.loads(base64.urlsafe_b64decode(packed.encode()))
        flashes = tuple(Flash("warn" if kind == "warn" else "done", key, dict(values)) for kind, key, values in rows)
    except (ValueError, TypeError, RecursionError):
        return ()
    return tuple(f for f in flashes if _says_something(f))


def _says_something(flash: Flash) -> bool:
    """Whether a message is one that a page can show: the cookie may be forged."""
    if not all(isinstance(value, str | int) for value in flash.values.values()):
        return False
    try:
        speak("ar").attr(flash.key, **flash.values)
    except (KeyError, TypeError):
        return False
    return True


def _last(query: dict[str, list[str]], key: str) -> str | None:
    return query[key][-1] if key in query else None


def _one_of(known: tuple[str, ...], *given: str | None, default: str) -> str:
    return next((value for value in given if value in known), default)


def _open_to_all(path: str) -> bool:
    """What is shown to those who have not logged in."""
    return path == "/login" or path.startswith("/static/")


def _room(path: str, content_type: str) -> int:
    """Bytes that a body may have. Only files go to the disk as they arrive; all else stands in memory and holds up everybody."""
    if path == "/login":
        return WEB.login_bytes
    if path == "/add" or path.startswith("/add/"):
        return WEB.upload_bytes if content_type.lower().startswith("multipart/form-data") else WEB.body_bytes
    return WEB.json_bytes if path.startswith("/api/v1/add") else WEB.body_bytes


def _failure(scope: Scope, status: int, code: str, wait: float = 0.0) -> Response:
    from riwaya.web.errors import answer  # templates are loaded when the first page is asked for

    try:
        response = answer(Request(scope), status, code, f"error.{code}")
    except Exception:  # what breaks every page breaks the page of an error too
        LOG.exception("the page of an error failed")
        return PlainTextResponse(code, status)
    if wait:
        response.headers["retry-after"] = str(int(wait) + 1)
    return response


def _please_log_in(scope: Scope, headers: Headers) -> Response:
    if security.for_programs(scope["path"]) or scope["method"] not in ("GET", "HEAD"):
        response = _failure(scope, 401, "unknown_viewer")
        response.headers["www-authenticate"] = 'Bearer realm="riwaya"'
        return response
    query = scope.get("query_string", b"").decode("latin-1")
    where = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/login?next={quote(where, safe='')}", status_code=303)
