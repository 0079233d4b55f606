"""The head of the page, what stands in short, and the timeline."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from riwaya.model import TimelineEntry
from riwaya.tell.html.desk import Chip, Desk, Report, Words
from riwaya.tell.html.words import Pair, calendar_leaf, day

_DAY = 10  # characters of YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the bar of how solid it all is."""

    key: str
    count: int
    percent: float


@dataclass(frozen=True, slots=True)
class Head:
    """The first thing an editor reads."""

    title: str
    title_from: Report | None
    first: Pair | None
    last: Pair | None
    reports: int
    outlets: int
    origins: int
    parties: int
    statements: int
    disputes: int
    leading_origin: str | None  # the origin on which most statements rest alone
    leading_count: int
    shares: list[Share]


def head(desk: Desk) -> Head:
    """The head."""
    story, statements = desk.story, desk.dossier.statements
    alone: Counter[str] = Counter()
    for statement in statements:
        if len(statement.origins) == 1 and statement.origins[0].kind != "outlet" and statement.origins[0].named:
            alone[statement.origins[0].name] += 1
    leading, count = min(alone.items(), key=lambda x: (-x[1], x[0])) if alone else (None, 0)
    kinds = Counter("disputed" if s.disputed else s.standing for s in statements)
    total = max(1, len(statements))
    title = " ".join(story.title.split())
    first, last = story.first, story.last
    return Head(
        title=title,
        title_from=next((r for r in desk.reports if " ".join((r.article.title or "").split()) == title), None),
        first=day(first and first[:_DAY]),
        last=day(last[:_DAY]) if last and (last[:_DAY] != (first or "")[:_DAY]) else None,
        reports=len(desk.reports),
        outlets=len(desk.outlets),
        origins=story.origins,
        parties=story.parties,
        statements=len(statements),
        disputes=len(desk.dossier.disputes),
        leading_origin=leading,
        leading_count=count,
        shares=[
            Share(key, kinds[key], round(100 * kinds[key] / total, 2))
            for key in ("corroborated", "repeated", "disputed", "single")
            if kinds[key]
        ],
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the short account."""

    words: Words
    chips: list[Chip]


def short(desk: Desk) -> list[Sentence]:
    """The short account: quoted sentences, each with all reports that carry it."""
    sentences = []
    for one in desk.story.summary:
        spans = desk.known(one.spans)
        if spans:
            exact = next((s for s in spans if desk.text(s) == " ".join(one.text.split())), spans[0])
            sentences.append(Sentence(desk.words(exact), desk.chips(spans)))
    return sentences


@dataclass(frozen=True, slots=True)
class Event:
    """An entry of the timeline."""

    clock: str | None
    until: Pair | None
    words: Words
    chips: list[Chip]
    standing: str | None
    statement_id: str | None


@dataclass(frozen=True, slots=True)
class Day:
    """One day, month or year of the timeline."""

    key: str
    name: Pair
    weekday: Pair | None  # these three only where it is a day
    number: str | None
    month: Pair | None
    shown: list[Event]
    folded: list[Event]
    published: list[Report]


def timeline(desk: Desk, shown: int) -> list[Day]:
    """The timeline by day of the event; days on which reports appeared are noted beside them."""
    by_day: dict[str, list[Event]] = {}
    for entry in sorted(desk.dossier.timeline, key=lambda e: (e.start, e.end or "", e.spans)):
        spans = desk.known(entry.spans)
        if spans:
            by_day.setdefault(_key(entry), []).append(_event(desk, entry))
    published: dict[str, list[Report]] = {}
    for report in desk.reports:
        if report.article.published.value:
            published.setdefault(report.article.published.value[:_DAY], []).append(report)
    days = []
    for key in sorted({*by_day, *published}):
        events = by_day.get(key, [])
        name, weekday, number, month = calendar_leaf(key)
        days.append(Day(key, name, weekday, number, month, events[:shown], events[shown:], published.get(key, [])))
    return days


def _key(entry: TimelineEntry) -> str:
    length = {"year": 4, "month": 7}.get(entry.precision, _DAY)
    return entry.start[:length]


def _event(desk: Desk, entry: TimelineEntry) -> Event:
    spans = desk.known(entry.spans)
    statement = next((desk.statements[i] for i in entry.statement_ids if i in desk.statements), None)
    clock = entry.start[_DAY + 1 : _DAY + 6] if entry.precision == "hour" else None
    end = entry.end if entry.end and entry.end[:_DAY] != entry.start[:_DAY] else None
    month = entry.precision in ("month", "year")
    return Event(
        clock=clock or None,
        until=None if month else day(end),
        words=desk.words(min(spans, key=lambda s: (s.end - s.start, desk.place(s)))),
        chips=desk.chips(spans),
        standing=("disputed" if statement.disputed else statement.standing) if statement else None,
        statement_id=statement.id if statement else None,
    )
