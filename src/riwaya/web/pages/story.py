"""A story: all of its dossier, a section a page, so that each request makes only what it shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from riwaya.model import Alert
from riwaya.settings.tell import TELL
from riwaya.settings.web import WEB
from riwaya.tell.html.carried import carried
from riwaya.tell.html.disputes import disputes
from riwaya.tell.html.figures import figures
from riwaya.tell.html.head import head, short, timeline
from riwaya.tell.html.isnad import isnad
from riwaya.tell.html.reports import Reports
from riwaya.tell.html.shared import shared
from riwaya.tell.html.stands import Line, line
from riwaya.tell.html.who import who
from riwaya.web.keep import named, tag, unchanged
from riwaya.web.live import LiveDesk, Part, part
from riwaya.web.render import render
from riwaya.web.request import archive, guarded
from riwaya.web.shelf import State, shelf, state_of
from riwaya.web.visits import note

if TYPE_CHECKING:
    from riwaya.archive import Archive

router = APIRouter()
Section = Literal[
    "overview", "statements", "disputes", "figures", "timeline", "transmission", "coverage", "names", "reports"
]
SECTIONS: tuple[Section, ...] = get_args(Section)
Standing = Literal["corroborated", "repeated", "disputed", "single"]
_PERMANENT = 308
_SEE_OTHER = 303
_AGING = 600  # seconds after which "5 minutes ago" is wrong in a page that a browser keeps


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One section of a story.

    id, title: of the story.
    section: which one is shown; None on the page of one statement.
    top: the head of the page.
    body: the section.
    stale: reports came that the dossier does not know yet; it is being woven.
    fresh: how many reports came since the reader's last visit.
    changed: what changed last, the newest first: in words, and when, in seconds since 1970.
    standing, number, pages: of the list of statements: which of them, which page of how many.
    """

    id: str
    title: str
    section: Section | None
    top: Part
    body: Part
    stale: bool
    fresh: int
    changed: tuple[tuple[str, int], ...] = ()
    standing: Standing | None = None
    number: int = 1
    pages: int = 1

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return self.top.size + self.body.size

    @property
    def style(self) -> str:
        """The rules for what is drawn on the page."""
        return self.top.style + self.body.style


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a story is asked for: a section with its choices, or one statement."""

    section: Section | None = "overview"
    standing: Standing | None = None
    number: int = 1
    statement: str | None = None


def story_page(desk: LiveDesk, state: State, asked: Asked, alerts: Sequence[Alert] = ()) -> StoryPage:
    """A page of a story.

    Args:
        desk: the story's dossier, for the reader.
        state: of the story.
        asked: which page.
        alerts: what changed last, the newest first.

    Raises:
        HTTPException: 404, if the story has no such statement.
    """
    top = part("head.html.j2" if asked.section == "overview" else "brief.html.j2", desk.lang, desk=desk, head=head(desk))
    pages = -(-len(_lines(desk, asked.standing)) // WEB.list_statements) if asked.section == "statements" else 1
    title = " ".join(desk.story.title.split())
    return StoryPage(
        state.story_id, title, asked.section, top, _body(desk, asked), state.stale, len(desk.fresh),
        tuple((alert.ar if desk.lang == "ar" else alert.en, alert.made) for alert in alerts),
        asked.standing, asked.number, max(1, pages),
    )  # fmt: skip


def _body(desk: LiveDesk, asked: Asked) -> Part:
    if asked.section is None:
        return _statement(desk, asked.statement or "")
    return _MAKERS[asked.section](desk, asked)


def _overview(desk: LiveDesk, _: Asked) -> Part:
    return part("overview.html.j2", desk.lang, desk=desk, stands=desk.stands, short=short(desk))


def _statements(desk: LiveDesk, asked: Asked) -> Part:
    first = (asked.number - 1) * WEB.list_statements
    lines = _lines(desk, asked.standing)[first : first + WEB.list_statements]
    return part("statements.html.j2", desk.lang, desk=desk, lines=lines, standing=asked.standing)


def _lines(desk: LiveDesk, standing: Standing | None) -> Sequence[Line]:
    """The statements of a standing, as "what stands" orders them."""
    found = sorted(desk.stands.lines.values(), key=_weight)
    if standing is None:
        return found
    return [x for x in found if ("disputed" if x.disputed else x.standing) == standing]


def _weight(one: Line) -> tuple[float, ...]:
    return one.weight


def _statement(desk: LiveDesk, statement_id: str) -> Part:
    statement = desk.statements.get(statement_id)
    if statement is None or not desk.known(statement.spans):
        raise HTTPException(404)
    sides = disputes(desk, len(desk.dossier.disputes))
    about = [d for d in sides.shown if statement_id in d.statement_ids]
    return part("statement.html.j2", desk.lang, desk=desk, x=line(desk, statement), disputes=about)


def _disputes(desk: LiveDesk, _: Asked) -> Part:
    found = disputes(desk, TELL.shown_disputes)
    return _or_nothing(bool(found.shown), "disputes", desk, disputes=found)


def _figures(desk: LiveDesk, _: Asked) -> Part:
    found = figures(desk, TELL.charts)
    return _or_nothing(bool(found.charts or found.rest), "figures", desk, figures=found)


def _timeline(desk: LiveDesk, _: Asked) -> Part:
    found = timeline(desk, TELL.shown_events)
    return _or_nothing(bool(found), "timeline", desk, timeline=found)


def _transmission(desk: LiveDesk, _: Asked) -> Part:
    found = isnad(desk, desk.stands.lines, TELL.graph_boxes)
    return _or_nothing(found is not None, "isnad", desk, isnad=found)


def _coverage(desk: LiveDesk, _: Asked) -> Part:
    found = carried(
        desk, desk.stands.lines.values(), rows=TELL.carried_rows, most=TELL.carried_most, columns=TELL.carried_columns
    )
    return _or_nothing(bool(found and found.shown), "carried", desk, carried=found)


def _names(desk: LiveDesk, _: Asked) -> Part:
    found = who(desk, shown=TELL.shown_names, quotes=TELL.shown_quotes, places=TELL.map_places)
    return _or_nothing(bool(found.kinds), "who", desk, who=found)


def _reports(desk: LiveDesk, _: Asked) -> Part:
    briefly = Reports(desk, TELL.shared_twins)
    together = shared(desk, pairs=TELL.shared_pairs, passages=1)
    return part(
        "reports.html.j2", desk.lang, desk=desk, reports=[briefly.brief(r) for r in desk.reports], shared=together
    )


def _or_nothing(found: bool, name: str, desk: LiveDesk, **view: Any) -> Part:
    if found:
        return part(f"{name}.html.j2", desk.lang, desk=desk, **view)
    return part("nothing.html.j2", desk.lang, title=f"{name}.title")


_MAKERS: dict[Section, Callable[[LiveDesk, Asked], Part]] = {
    "overview": _overview,
    "statements": _statements,
    "disputes": _disputes,
    "figures": _figures,
    "timeline": _timeline,
    "transmission": _transmission,
    "coverage": _coverage,
    "names": _names,
    "reports": _reports,
}


# ------------------------------------------------------------------------------------------------------------------ routes


@router.get("/story/{story_id}", include_in_schema=False)
def overview(request: Request, story_id: str) -> Response:
    """Show what stands."""
    return _answer(request, story_id, Asked())


@router.get("/story/{story_id}/statement/{statement_id}", include_in_schema=False)
def statement(request: Request, story_id: str, statement_id: str) -> Response:
    """Show one statement with its isnad and its words everywhere."""
    return _answer(request, story_id, Asked(None, statement=statement_id))


@router.get("/story/{story_id}/name/{entity_id}", include_in_schema=False)
def name(request: Request, story_id: str, entity_id: str) -> Response:
    """Lead to the page of a name across all stories.

    Raises:
        HTTPException: 404, if the story names nobody of this id.
    """
    key = archive(request).entity_key(story_id, entity_id)
    if key is None:
        raise HTTPException(404)
    return RedirectResponse(f"/name/{key}", status_code=_SEE_OTHER)


@router.get("/story/{story_id}/{section}", include_in_schema=False)
def section(
    request: Request, story_id: str, section: Section, standing: Standing | Literal[""] = "", page: int = 1
) -> Response:
    """Show another section."""
    if section == "overview":
        return RedirectResponse(f"/story/{story_id}", status_code=_PERMANENT)
    if section != "statements":
        return _answer(request, story_id, Asked(section))
    return _answer(request, story_id, Asked(section, standing or None, max(1, page)))


def _answer(request: Request, story_id: str, asked: Asked) -> Response:
    held = archive(request)
    moved = _moved(request, held, story_id)
    if moved is not None:
        return moved
    shelved = shelf(request)
    state = state_of(request, story_id)
    arrived = held.arrived(story_id)
    before = note(request, story_id, max(arrived.values(), default=0))
    fresh = frozenset(i for i, number in arrived.items() if before is not None and number > before)
    alerts = held.alerts(story_id=story_id, limit=WEB.story_alerts) if asked.section == "overview" else []
    told = tuple(alert.id for alert in alerts)
    etag = tag(request, state, sorted(fresh), told, int(time.time()) // _AGING if told else 0)
    same = unchanged(request, etag)
    if same is not None:
        return same
    lang = guarded(request).lang
    page = shelved.page(
        ("story", state, lang, fresh, asked, told),
        lambda: story_page(shelved.desk(request, state, fresh), state, asked, alerts),
    )
    return named(render(request, "story.html.j2", page, style=page.style, sections=SECTIONS), etag)


def _moved(request: Request, held: Archive, story_id: str) -> Response | None:
    """A redirect, if the story has another id now.

    Raises:
        HTTPException: 404, if it never stood here.
    """
    now = held.resolve(story_id)
    if now is None:
        raise HTTPException(404)
    if now == story_id:
        return None
    path = request.url.path.replace(story_id, now, 1)
    return RedirectResponse(path + (f"?{request.url.query}" if request.url.query else ""), status_code=_PERMANENT)
