"""Disputes: a card each. A revision goes in steps, a contradiction has poles, a precision is a band inside a band."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.model import Dispute, Side
from riwaya.tell.html.desk import Chip, Desk, SameWords
from riwaya.tell.html.words import Pair, day, tables

_TOPICS = {"day of the statement": "topic.said", "day of the event": "topic.happened"}
_ORDER = ("contradiction", "revision", "precision")


@dataclass(frozen=True, slots=True)
class SideView:
    """One side, with its words."""

    says: str
    lang: str
    href: str | None
    chips: list[Chip]
    as_of: Pair | None
    words: list[SameWords]
    width: float  # how much the side leaves open; the widest is the vaguest


@dataclass(frozen=True, slots=True)
class Card:
    """One dispute."""

    id: str
    kind: str
    topic: str | None  # key of the string that says what kind of thing it is about
    about: str | Pair
    sides: list[SideView]
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disputes:
    """The section."""

    shown: list[Card]
    folded: list[Card]
    counts: list[tuple[str, int]]


def disputes(desk: Desk, shown: int) -> Disputes:
    """The section; contradictions first."""
    cards = [card for card in (_card(desk, d) for d in desk.dossier.disputes) if len(card.sides) > 1]
    cards.sort(key=lambda c: (_ORDER.index(c.kind), -sum(len(s.chips) for s in c.sides), c.id))
    counts = [(kind, sum(c.kind == kind for c in cards)) for kind in _ORDER]
    return Disputes(cards[:shown], cards[shown:], [(k, c) for k, c in counts if c])


def _card(desk: Desk, dispute: Dispute) -> Card:
    given = [s for s in dispute.sides if desk.known(s.spans)]
    if dispute.kind == "revision":
        given.sort(key=lambda s: s.as_of or "")
    sides = [_side(desk, s) for s in given]
    if dispute.kind == "precision":
        sides.sort(key=lambda s: -s.width)
    known = tuple(i for i in dispute.statement_ids if i in desk.statements)
    topic, about = _about(" ".join(dispute.about.split()))
    return Card(dispute.id, dispute.kind, topic, about, sides, known)


def _about(text: str) -> tuple[str | None, str | Pair]:
    """What it is about, for a reader: a leading kind of figure ("injured: ...") or of date in words, dates as dates."""
    before, colon, rest = text.partition(": ")
    key = _TOPICS.get(before, f"kind.{before}")
    if not colon or key not in tables()["text"]:
        return None, text
    dates = [day(part) for part in rest.split(" / ")]
    if before in _TOPICS and all(dates):
        return key, Pair((" / ".join(d.ar for d in dates if d), " / ".join(d.en for d in dates if d)))
    return key, rest


def _side(desk: Desk, side: Side) -> SideView:
    spans = desk.known(side.spans)
    says = " ".join(side.says.split())
    return SideView(
        says=says,
        lang=desk.by_id[spans[0].article_id].article.language,
        href=desk.link(spans[0]),
        chips=desk.chips(spans),
        as_of=day(side.as_of),
        words=[w for w in desk.same_words(spans) if w.text != says],
        width=_width(desk, side),
    )


def _width(desk: Desk, side: Side) -> float:
    """How much a side leaves open: the widest of its figures; else of its dates (a month is wider than a day)."""
    widths = [0.0]
    for marks in desk.dossier.marks:
        for span in side.spans:
            if span.article_id != marks.article_id:
                continue
            for figure in marks.figures:
                if span.start <= figure.span.start and figure.span.end <= span.end:
                    is_open = figure.low is None or figure.high is None
                    widths.append(float("inf") if is_open else (figure.high or 0) - (figure.low or 0))
            for time in marks.times:
                if span.start <= time.span.start and time.span.end <= span.end and time.value:
                    widths.append(1 / len(time.value))
    return max(widths)
