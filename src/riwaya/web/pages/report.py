"""The reader: a report as it was published, with its marks, what they mean, and the ways to correct them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from riwaya.model import Article, CorrectionAction, Quote, Span, Time
from riwaya.relate.versions import Difference, differences
from riwaya.settings.tell import TELL
from riwaya.tell.html.desk import Report
from riwaya.tell.html.figures import value_of
from riwaya.tell.html.reports import Full, Paragraph, Reports
from riwaya.tell.html.stands import Chain, quote_chain
from riwaya.tell.html.words import Pair, day
from riwaya.web.keep import named, tag, unchanged
from riwaya.web.live import LiveDesk, Part, part
from riwaya.web.render import render
from riwaya.web.request import archive, guarded
from riwaya.web.shelf import State, shelf, state_of
from riwaya.web.spans import place_of

if TYPE_CHECKING:
    from riwaya.archive import Archive

router = APIRouter()
_STRETCH = re.compile(r"(\d{1,8})-(\d{1,8})", re.ASCII)
_SHORT = 60  # characters of the words that a note cites


@dataclass(frozen=True, slots=True)
class Action:
    """A way to correct a mark: the key of its words, and the address of the form."""

    key: str
    href: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a mark in the text means. `layer`: quotes, figures, times, or names; `value` what was read from the words."""

    layer: str
    words: str
    href: str
    value: str | Pair | None = None
    kind: str | None = None  # key of a string
    detail: str | None = None
    chain: Chain | None = None
    to: str | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A statement that the report makes in a paragraph."""

    id: str
    standing: str
    text: str
    reports: int


@dataclass(frozen=True, slots=True)
class Noted:
    """A paragraph of the text with the notes to its marks and the statements that it makes."""

    paragraph: Paragraph
    notes: tuple[Note, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paragraphs in a row that are of the report (kind ""), furniture or background; `open`: something in it is pointed out."""

    kind: str
    open: bool
    paragraphs: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one version of the report changed against the one before it. `old` and `new` are the words of either."""

    kind: str
    old: str
    new: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """One of the report's versions, with what it changed; `current`: it is the one on the page."""

    article_id: str
    title: str
    published: str | None
    current: bool
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report.

    id, title, outlet: of the report.
    story_id, story_title: of the story that it is of.
    body: the report as it is shown.
    previous, following: ids of the reports of the story before and after it.
    stale: reports came to its story that this page does not know yet.
    """

    id: str
    title: str
    outlet: str | Pair
    story_id: str
    story_title: str
    body: Part
    previous: str | None
    following: str | None
    stale: bool

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return self.body.size


def report_page(desk: LiveDesk, state: State, versions: tuple[Version, ...], article_id: str, at: str) -> ReportPage:
    """A report of a story.

    Args:
        desk: the story.
        state: of the story.
        versions: of the report.
        article_id: which report.
        at: a stretch of its text to be pointed out, "START-END"; what is none is passed over.
    """
    report = desk.by_id[article_id]
    desk.mark_all(article_id)
    lit = _stretch(report.article, at)
    full = Reports(desk, TELL.shared_twins).full(report, lit)
    body = part(
        "report.html.j2", desk.lang, desk=desk, f=full, stretches=_stretches(desk, full, lit), versions=versions,
        actions=_actions(desk, report), fits=_fits(desk, report),
    )  # fmt: skip
    around = {r.number: r.article.id for r in desk.reports}
    return ReportPage(
        article_id, _title(report.article), report.name, desk.story.id, " ".join(desk.story.title.split()), body,
        around.get(report.number - 1), around.get(report.number + 1), state.stale,
    )  # fmt: skip


def _title(article: Article) -> str:
    return " ".join((article.title or article.path).split())


def _stretch(article: Article, at: str) -> tuple[int, int] | None:
    match = _STRETCH.fullmatch(at)
    if match is None:
        return None
    start, end = int(match[1]), int(match[2])
    return (start, end) if 0 <= start < end <= len(article.text) else None


def _actions(desk: LiveDesk, report: Report) -> list[Action]:
    here = Span(report.article.id, 0, 0)
    found = [Action("correct.date", desk.correct("date", here, value=report.article.published.value))]
    other = next((r for r in desk.reports if r is not report), None)
    if other is not None:
        found.append(Action("correct.not-story", desk.correct("not-story", here, Span(other.article.id, 0, 0))))
    found.append(Action("correct.same-story", desk.correct("same-story", here)))
    return found


def _fits(desk: LiveDesk, report: Report) -> list[tuple[str, int]]:
    """What is marked in the report, by layer."""
    marks = next((m for m in desk.dossier.marks if m.article_id == report.article.id), None)
    names = sum(s.article_id == report.article.id for e in desk.dossier.entities for s in e.mentions)
    if marks is None:
        return [("names", names)]
    return [("names", names), ("quotes", len(marks.quotes)), ("times", len(marks.times)), ("figures", len(marks.figures))]


# ------------------------------------------------------------------------------------------------------------------- notes


def _stretches(desk: LiveDesk, full: Full, lit: tuple[int, int] | None) -> list[Stretch]:
    notes = sorted(_notes(desk, full.report), key=_place)
    told = _told(desk, full.report)
    found = []
    for block in full.blocks:
        paragraphs = []
        for one in block.paragraphs:
            own = tuple(note for start, note in notes if one.start <= start < one.end)
            said = tuple(t for start, t in told if one.start <= start < one.end)
            paragraphs.append(Noted(one, own, said))
        open_ = lit is not None and any(p.start < lit[1] and lit[0] < p.end for p in block.paragraphs)
        found.append(Stretch(block.kind, open_, tuple(paragraphs)))
    return found


def _place(placed: tuple[int, Note]) -> int:
    return placed[0]


def _told(desk: LiveDesk, report: Report) -> list[tuple[int, Told]]:
    """The statements that the report makes, each where it makes it first."""
    found = []
    for statement in desk.dossier.statements:
        own = [s.start for s in statement.spans if s.article_id == report.article.id]
        if own:
            standing = "disputed" if statement.disputed else statement.standing
            text = " ".join(statement.text.split())
            found.append((min(own), Told(statement.id, standing, text, len(statement.article_ids))))
    return sorted(found, key=lambda x: (x[0], x[1].id))


def _notes(desk: LiveDesk, report: Report) -> list[tuple[int, Note]]:
    marks = next((m for m in desk.dossier.marks if m.article_id == report.article.id), None)
    found = _name_notes(desk, report)
    if marks is not None:
        found += [(q.content.start, _quote_note(desk, report, q)) for q in marks.quotes]
        found += [(t.span.start, _time_note(desk, t)) for t in marks.times]
        for f in marks.figures:
            counted = " ".join(f.counted.split()) or None
            fix = _one(desk, "counts", "correct.counts", f.span)
            note = Note("figures", _cut(desk, f.span), desk.link(f.span), value_of(f), f"kind.{f.kind}", counted, actions=fix)
            found.append((f.span.start, note))
    return found


def _name_notes(desk: LiveDesk, report: Report) -> list[tuple[int, Note]]:
    found = []
    for entity in desk.dossier.entities:
        own = [s for s in entity.mentions if s.article_id == report.article.id]
        if own:
            fix = _one(desk, "merge", "correct.merge", own[0]) + _one(desk, "split", "correct.split", own[0])
            words = _cut(desk, own[0])
            value = entity.name if entity.name != words else None
            note = Note(
                "names", words, desk.link(own[0]), value, f"name.{entity.kind}", entity.description,
                to=desk.to_name(entity.id), actions=fix,
            )  # fmt: skip
            found.append((own[0].start, note))
    return found


def _quote_note(desk: LiveDesk, report: Report, quote: Quote) -> Note:
    who = quote.speaker.text if quote.speaker else None
    chain = quote_chain(desk, report, quote)
    fix = _one(desk, "speaker", "correct.speaker", quote.content)
    return Note(
        "quotes", _cut(desk, quote.content), desk.link(quote.content), who, f"stance.{quote.stance}",
        chain=chain if chain.steps else None, actions=fix,
    )  # fmt: skip


def _time_note(desk: LiveDesk, time: Time) -> Note:
    read: str | Pair | None = None
    if time.value and time.value[:1].isdigit():
        read = day(time.value) or time.value
    elif time.value:
        read = time.value
    return Note("times", _cut(desk, time.span), desk.link(time.span), read, f"time.{time.type}")


def _one(desk: LiveDesk, action: CorrectionAction, key: str, span: Span) -> tuple[Action, ...]:
    return (Action(key, desk.correct(action, span)),)


def _cut(desk: LiveDesk, span: Span) -> str:
    text = desk.text(span)
    return text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0] + " …"


# ---------------------------------------------------------------------------------------------------------------- versions


def report_versions(held: Archive, article_id: str) -> tuple[Version, ...]:
    """The versions of a report, the earliest first, each with what it changed; none if there is one only."""
    ids = held.versions(article_id)
    if len(ids) < 2:  # noqa: PLR2004 - a report that was published once
        return ()
    found: list[Version] = []
    before: Article | None = None
    for one in ids:
        article = held.article(one).article
        changes = tuple(_change(before, article, d) for d in differences(before, article)) if before else ()
        found.append(Version(one, _title(article), article.published.value, one == article_id, changes))
        before = article
    return tuple(found)


def _change(old: Article, new: Article, one: Difference) -> Change:
    words = [" ".join(a.text[s.start : s.end].split()) for a, s in ((old, one.old), (new, one.new))]
    return Change(one.kind, words[0], words[1], place_of(one.new) if one.new.start < one.new.end else None)


# ------------------------------------------------------------------------------------------------------------------- route


@router.get("/report/{article_id}", include_in_schema=False)
def report(request: Request, article_id: str, at: str = "") -> Response:
    """Show a report."""
    held = archive(request)
    state = state_of(request, held.reader.story_of(article_id))
    versions = held.versions(article_id)
    etag = tag(request, state, versions)
    same = unchanged(request, etag)
    if same is not None:
        return same
    lang, shelved = guarded(request).lang, shelf(request)

    def make() -> ReportPage:
        desk = shelved.desk(request, state)
        if article_id not in desk.by_id:  # it came after the story was woven
            raise HTTPException(404)
        return report_page(desk, state, report_versions(held, article_id), article_id, at)

    page = shelved.page(("report", state, lang, article_id, tuple(versions), at), make)
    return named(render(request, "report.html.j2", page, style=page.body.style), etag)
