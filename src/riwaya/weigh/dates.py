"""Clauses of one statement that give its event, or the speech that tells it, different days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from riwaya.model import DisputeKind, Related
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.findings import Finding, side_key
from riwaya.weigh.positions import speaker
from riwaya.weigh.similar import Aligned, likeness
from riwaya.weigh.statements import Weighed
from riwaya.weigh.terms import ENTITY, TIME
from riwaya.weigh.units import Unit
from riwaya.weigh.when import When, day_of, interval

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
            if a.gap(b) > WEIGH.date_gap or not _one_event(what, [u for _, u in left], [u for _, u in right], aligned):
                continue
            kind: DisputeKind = "contradiction" if a.apart(b) else "precision"
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
