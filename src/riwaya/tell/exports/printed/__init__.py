"""The printable page: a dossier on paper, self-contained, its sources as numbered notes; browsers make PDF of it.

`views` turns the dossier into small objects, in one language; `page.html.j2` lays them out, `page.css` is for A4 or any paper.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup

from riwaya.model import Dossier
from riwaya.serial.json_ import clean, generator
from riwaya.tell.exports.printed.views import Told, story
from riwaya.tell.html.engine import PageEnvironment
from riwaya.tell.html.words import LANGUAGES
from riwaya.tell.parts import split

_HERE = Path(__file__).parent


def write(dossier: Dossier, lang: str) -> bytes:
    """The page of a dossier.

    Args:
        dossier: one story, or several merged: then each begins on a sheet of its own, after a list of them.
        lang: "ar" or "en": the language of all that the page itself says.
    """
    told = Told(lang if lang in LANGUAGES else "ar")
    stories = [story(part, told) for part in split(dossier) if part.stories]
    page = _environment().get_template("page.html.j2").render(
        told=told,
        direction="rtl" if told.lang == "ar" else "ltr",
        stories=stories,
        generator=dossier.generator or generator(),
        style=Markup(_style()),
        policy=policy(),
    )
    return str(clean(page)).encode()


@cache
def policy() -> str:
    """The Content-Security-Policy under which the page shows as it should: its own style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    return (_HERE / "page.css").read_text(encoding="utf-8")


@cache
def _environment() -> PageEnvironment:
    return PageEnvironment(_HERE)
