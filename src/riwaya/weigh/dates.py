"""Clauses of one statement that give its event, or the speech that tells it, different days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import combinations

from riwaya.arabic.lexicon.weigh import AFTER
from riwaya.arabic.words import iter_norms
from riwaya.model import Article, DisputeKind, Related, Time
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.findings import Finding, side_key
from riwaya.weigh.positions import speaker
from riwaya.weigh.similar import Aligned, likeness, shared_weight
from riwaya.weigh.statements import Weighed
from riwaya.weigh.terms import ENTITY, TIME, term
from riwaya.weigh.units import Unit
from riwaya.weigh.when import When, day_of, interval

_LENGTH = re.compile(r"PT(\d+)([HM])")  # days after something pass between two reports; minutes and hours do not
_REACH = 24  # characters before a duration in which "after" stands
_HOUR = slice(11, 13)  # of an ISO value; "" where it has none
_MORNING = "06"  # a report of an earlier hour was written the day before
_WEEK = 7  # days; a week apart, a weekday may be read as the last or the next
SPEECH, EVENT = "day of the statement", "day of the event"


def date_findings(related: Related, weighed: Sequence[Weighed], aligned: Aligned) -> list[Finding]:
    """Days of the speech and days of the event, compared inside each statement."""
    found: list[Finding] = []
    for one in weighed:
        if len(one.units) < 2:  # noqa: PLR2004 - a lone clause cannot differ from another
            continue
        for what, reader, whole in ((SPEECH, _said, True), (EVENT, _own, False)):
            found += _compare(related, one, what, reader, aligned, whole=whole)
    return found


def _said(related: Related, unit: Unit) -> When | None:
    if unit.lead is None:
        return None  # a clause further on in the speech: its first clause has the day already
    article = related.articles[unit.article]
    days = [w for t in unit.lead_times if (w := interval(t, article)) is not None and w.precision in ("day", "hour")]
    return days[0] if len(days) == 1 else None


def _own(related: Related, unit: Unit) -> When | None:
    article = related.articles[unit.article]
    said = _said(related, unit)
    anchor = said.start if said is not None and said.days == 1 else day_of(article)
    days = [w for t in unit.times if (w := interval(t, article, anchor)) is not None and w.precision != "year" and not w.lasting]
    # With two times in one clause it is open which is the event's, unless they begin together (يومين ... عشرة أيام).
    return min(days, key=lambda w: w.days) if days and len({w.start for w in days}) == 1 else None


def _one_event(what: str, left: Sequence[Unit], right: Sequence[Unit], aligned: Aligned) -> bool:
    """Whether some clause of the one side tells surely the same as one of the other; of speeches, by the same speaker."""
    for a in left:
        for b in right:
            if what == SPEECH and speaker(a.quote) != speaker(b.quote):
                continue
            if what == EVENT and _others_meet(a, b):
                continue
            if likeness(_timeless(a), _timeless(b), aligned) >= WEIGH.date_likeness:
                return True
    return False


def _others_meet(a: Unit, b: Unit) -> bool:
    """Whether each names somebody whom the other does not: the same man received two guests on two days."""
    left = {t for t in a.terms if t.startswith(ENTITY)}
    right = {t for t in b.terms if t.startswith(ENTITY)}
    return bool(left - right) and bool(right - left)


def _timeless(unit: Unit) -> Unit:
    """The clause without its times, so that their difference does not hide that it is one event."""
    terms = {t: w for t, w in unit.terms.items() if not t.startswith(TIME)}
    return replace(unit, terms=terms, weight=sum(terms.values()))


def elapsed_findings(related: Related, units: Sequence[Unit]) -> list[Finding]:
    """How long after something a thing happened, where two reports differ: بعد عشرين دقيقة / بعد نحو 30 دقيقة."""
    by_length: dict[tuple[str, int], list[Unit]] = {}
    for unit in units:
        lengths = {v for t in unit.times if (v := _elapsed(related, t)) is not None}
        if len(lengths) == 1 and not unit.is_figure:
            by_length.setdefault(lengths.pop(), []).append(unit)
    found = []
    for (a, ones), (b, others) in combinations(sorted(by_length.items()), 2):
        pairs = [(x, y) for x in ones for y in others if a[0] == b[0] and x.article != y.article and _one_course(x, y)]
        if not pairs:
            continue
        left = sorted({x.index: x for x, _ in pairs}.values(), key=lambda u: u.index)
        right = sorted({y.index: y for _, y in pairs}.values(), key=lambda u: u.index)
        if {u.article for u in left} & {u.article for u in right}:
            continue  # one report gives both: two happenings
        about = f"{left[0].times[0].text} / {right[0].times[0].text}"
        stances = (side_key(related, left), side_key(related, right))
        found.append(Finding("contradiction", about, stances, WEIGH.date_weight, "time elapsed"))
    return found


def _one_course(a: Unit, b: Unit) -> bool:
    """Whether two clauses share most of what the shorter says beside names."""
    content = shared_weight(a, b)[1]
    return content >= WEIGH.elapsed_content and content >= WEIGH.event_share * min(a.content, b.content)


def _elapsed(related: Related, time: Time) -> tuple[str, int] | None:
    """The unit and the number of a duration that "after" stands before."""
    length = _LENGTH.fullmatch(time.value or "")
    if length is None or time.type != "DURATION":
        return None
    text = next(a.text for a in related.articles if a.id == time.span.article_id)
    before = list(iter_norms(text[max(0, time.span.start - _REACH) : time.span.start]))[-2:]
    return (length[2], int(length[1])) if any(w in AFTER for w in before) else None


def _each_day(related: Related, side: Sequence[tuple[When, Unit]]) -> bool:
    """Whether every report of a side tells of the day on which it appeared: what happens daily, or what "today" makes of a report
    that goes online after midnight.
    """
    return all(_fresh(when, related.articles[unit.article]) for when, unit in side)


def _fresh(when: When, article: Article) -> bool:
    day = day_of(article)
    return day is not None and (when.start == day or (_is_night(article) and when.start == day - timedelta(days=1)))


def _is_night(article: Article) -> bool:
    return "" < (article.published.value or "")[_HOUR] < _MORNING


def _at_night(related: Related, left: Sequence[tuple[When, Unit]], right: Sequence[tuple[When, Unit]]) -> bool:
    """Whether two days next to each other differ only by reports of the night, whose "today" may be the day before."""
    if abs((left[0][0].start - right[0][0].start).days) > 1:
        return False
    sides = ((related.articles[u.article] for _, u in side) for side in (left, right))
    return any(all(_is_night(a) for a in side) for side in sides)


@cache
def _toll() -> str:
    one = term("حصيله")  # folded
    return one[0] if one is not None else ""


def _tolls_differ(left: Sequence[Unit], right: Sequence[Unit]) -> bool:
    """Whether the clauses tell different quantities of one kind: each of them has its own day."""
    if any(_toll() in u.terms for u in (*left, *right)):
        return True
    values: list[dict[str, set[float | None]]] = [{}, {}]
    for of, side in zip(values, (left, right), strict=True):
        for figure in (f for u in side for f in u.figures if f.kind != "age"):
            of.setdefault(figure.kind, set()).add(figure.low)
    return any(values[0][kind].isdisjoint(values[1][kind]) for kind in values[0].keys() & values[1].keys())


def _firm(related: Related, side: Sequence[tuple[When, Unit]]) -> bool:
    """Whether some clause names its day: "today" and "yesterday" move with the hour at which a report is put online."""
    return any(
        (t.expression is None or t.expression.form != "deictic")
        and (other := interval(t, related.articles[u.article])) is not None
        and other.start == when.start
        for when, u in side
        for t in u.times
    )


def _compare(
    related: Related,
    one: Weighed,
    what: str,
    reader: Callable[[Related, Unit], When | None],
    aligned: Aligned,
    *,
    whole: bool,
) -> list[Finding]:
    by_when: dict[tuple[object, object], list[tuple[When, Unit]]] = {}
    for unit in one.units:
        when = reader(related, unit)
        if when is not None and when.days <= WEIGH.longest_event:
            by_when.setdefault((when.start, when.end), []).append((when, unit))
    sides = sorted(by_when.values(), key=lambda s: (s[0][0].days, s[0][0].start))
    found = []
    for i, left in enumerate(sides):
        for right in sides[i + 1 :]:
            if {u.article for _, u in left} == {u.article for _, u in right}:
                continue
            a, b = left[0][0], right[0][0]
            if _each_day(related, left) and _each_day(related, right):
                continue
            if _at_night(related, left, right) or _tolls_differ([u for _, u in left], [u for _, u in right]):
                continue
            if a.gap(b) > WEIGH.date_gap or not _one_event(what, [u for _, u in left], [u for _, u in right], aligned):
                continue
            kind: DisputeKind = "contradiction" if a.apart(b) else "precision"
            firm = _firm(related, left) and _firm(related, right) and (b.start - a.start).days % _WEEK
            both = {u.article for _, u in left} & {u.article for _, u in right}  # one that gives both days tells of two events
            if what == EVENT and kind == "contradiction" and (both or not firm):
                continue
            if a.clock and b.clock and a.clock != b.clock and kind == "contradiction":
                continue  # another day and another hour: it happened twice
            stances = tuple(side_key(related, [u for _, u in s], whole=whole, as_of=None) for s in (left, right))
            found.append(
                Finding(
                    kind,
                    f"{what}: {a.start}{'' if a.days == 1 else f'/{a.end}'} / {b.start}{'' if b.days == 1 else f'/{b.end}'}",
                    stances,
                    WEIGH.date_weight * (1.0 if kind == "contradiction" else 0.5),
                    what,
                )
            )
    return found
