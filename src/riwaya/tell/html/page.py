"""The page of a story, and the index of several: views put into templates, styles and script inlined."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from riwaya.model import Dossier, Duplicate, Skipped
from riwaya.serial.json_ import generator
from riwaya.settings.tell import TELL
from riwaya.tell.html import words
from riwaya.tell.html.carried import carried
from riwaya.tell.html.desk import Desk
from riwaya.tell.html.disputes import disputes
from riwaya.tell.html.engine import PageEnvironment
from riwaya.tell.html.figures import figures
from riwaya.tell.html.head import head, short, timeline
from riwaya.tell.html.isnad import isnad
from riwaya.tell.html.reports import reports
from riwaya.tell.html.shared import shared
from riwaya.tell.html.stands import stands
from riwaya.tell.html.who import who

if TYPE_CHECKING:
    from riwaya.tell.write import Card

_HERE = Path(__file__).parent
_LONE = 300  # titles of reports that stand alone, on the index; the files hold all


@cache
def _environment() -> PageEnvironment:
    env = PageEnvironment(_HERE / "templates")
    env.globals.update(
        t=words.t, plain=words.plain, n=words.n, plural=words.plural, day=words.day, grouped=words.grouped, at=_at
    )
    return env


def _at(rules: str, *numbers: float) -> Markup:
    """Where a template puts a piece of a drawing."""
    return Markup(f' style="{rules % numbers}"')


@cache
def _inlined() -> dict[str, Any]:
    """Style and script as they go into the page, and the policy that lets nothing else run."""
    style = "".join((_HERE / name).read_text(encoding="utf-8") for name in ("tokens.css", "page.css", "dossier.css"))
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"style": Markup(style), "script": Markup(script), "policy": policy}


def render(dossier: Dossier, lang: str = "ar", *, index: str | None = None) -> str:
    """The page of one story: one file, all in it.

    Args:
        dossier: of one story.
        lang: "ar" or "en": the language in which the page opens.
        index: address of the index of all stories, if there is one.
    """
    desk = Desk(dossier)
    stand = stands(desk, TELL.shown_statements)
    view: dict[str, Any] = {
        "desk": desk,
        "head": head(desk),
        "stands": stand,
        "short": short(desk),
        "disputes": disputes(desk, TELL.shown_disputes),
        "figures": figures(desk, TELL.charts),
        "timeline": timeline(desk, TELL.shown_events),
        "isnad": isnad(desk, stand.lines, TELL.graph_boxes),
        "carried": carried(
            desk, stand.lines.values(), rows=TELL.carried_rows, most=TELL.carried_most, columns=TELL.carried_columns
        ),
        "who": who(desk, shown=TELL.shown_names, quotes=TELL.shown_quotes, places=TELL.map_places),
        "shared": shared(desk, pairs=TELL.shared_pairs, passages=TELL.shared_passages),
    }
    # Last, when all sections have asked for their links.
    view["reports"] = reports(desk, TELL.shared_twins)
    view["open_reports"] = TELL.open_reports
    view["skipped"], view["duplicates"] = sorted(dossier.skipped), sorted(dossier.duplicates)
    return _page("story.html.j2", lang, dossier.generator, index=index, **view)


def render_index(
    cards: Sequence[Card], skipped: Iterable[Skipped], duplicates: Iterable[Duplicate], articles: int, lang: str = "ar"
) -> str:
    """The index of several stories, the most covered first."""
    ordered = sorted(cards, key=lambda c: (-c.articles, -c.corroborated, c.story.id))
    several = [c for c in ordered if c.articles > 1]
    lone = [c for c in ordered if c.articles == 1]
    return _page(
        "index.html.j2",
        lang,
        "",
        index=None,
        several=several,
        lone=lone[:_LONE],
        lone_more=max(0, len(lone) - _LONE),
        articles=articles,
        skipped=sorted(skipped),
        duplicates=sorted(duplicates),
    )


def _page(template: str, lang: str, made_by: str, **view: Any) -> str:
    return _environment().get_template(template).render(
        lang=lang, direction="rtl" if lang == "ar" else "ltr", generator=made_by or generator(), **_inlined(), **view
    )
