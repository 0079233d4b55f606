"""Templates filled for a request: one environment a language, so that every word on a page is in the reader's."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from riwaya.tell.html.engine import PageEnvironment
from riwaya.tell.html.words import grouped
from riwaya.web.request import THEMES, Nav, guarded
from riwaya.web.words import LANGUAGES, speak

_HERE = Path(__file__).parent
_TELL = _HERE.parent / "tell" / "html"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}


@cache
def statics() -> dict[str, tuple[bytes, str, str]]:
    """The files of web/static and the styles shared with the dossier page: name -> content, type, fingerprint."""
    found = {}
    for path in [*_TELL.glob("*.css"), *(_HERE / "static").iterdir()]:
        if path.suffix in _TYPES:
            content = path.read_bytes()
            found[path.name] = (content, _TYPES[path.suffix], hashlib.sha256(content).hexdigest()[:16])
    return found


def static(name: str) -> str:
    """The address of a static file; it changes with the content, so that browsers may keep it for ever."""
    return f"/static/{name}?v={statics()[name][2]}"


def outward(url: str | None) -> str | None:
    """The address of another site if it is http or https, else None: what reports say of themselves is not to be trusted."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@cache
def environment(lang: str) -> PageEnvironment:
    """The templates in one language."""
    env = PageEnvironment(_HERE / "templates")
    said = speak(lang)
    env.globals.update(
        t=said.t, attr=said.attr, n=said.n, day=said.day, ago=said.ago, grouped=grouped, static=static, outward=outward,
        lang=lang, direction="rtl" if lang == "ar" else "ltr", languages=LANGUAGES, themes=THEMES,
    )  # fmt: skip
    return env


def render(
    request: Request, template: str, page: object = None, *, status: int = 200, style: str | None = None, **more: Any
) -> HTMLResponse:
    """A page.

    Args:
        request: whose language, theme and name the page takes.
        template: file in web/templates.
        page: the dataclass that it shows, known to the template as `page`.
        status: of the answer.
        style: rules that the page makes for itself (positions in drawings); no text of a report may stand in them.
        more: further names for the template.
    """
    mine = guarded(request)
    mine.style = style

    def url(**query: object) -> str:
        """This page's address with some parameters of its query changed."""
        changed = {"page": None, **query}
        kept = [(k, v) for k, v in request.query_params.multi_items() if k not in changed]
        pairs = kept + [(k, str(v)) for k, v in changed.items() if v is not None and v != ""]
        path = "/" + request.url.path.lstrip("/")  # "//host/" would be the address of another site
        return path + (f"?{urlencode(pairs)}" if pairs else "")

    def csrf() -> Markup:
        """The hidden field of a form that posts."""
        return Markup('<input type="hidden" name="form_token" value="{}">').format(mine.token())

    text = environment(mine.lang).get_template(template).render(
        page=page, url=url, csrf=csrf, theme=mine.theme, viewer=mine.viewer, flashes=mine.shown(), style=Markup(style or ""),
        here=request.url.path, asked=_asked(request), nav=_nav(request),
        accounts=getattr(request.app.state, "accounts", None), **more,
    )  # fmt: skip
    return HTMLResponse(text, status_code=status, headers={"content-language": mine.lang, "vary": "Cookie"})


def _asked(request: Request) -> str:
    """What was searched for, to stand in the field that asked."""
    return request.query_params.get("q", "") if request.url.path == "/search" else ""


def _nav(request: Request) -> list[Nav]:
    found: list[Nav] = getattr(request.app.state, "nav", [])
    return found
