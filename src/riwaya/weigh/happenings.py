"""What the reports are about, told in other words by each: one kind of happening at one place on one day."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from riwaya.arabic.lexicon.weigh import HAPPENINGS
from riwaya.model import Reason, Related
from riwaya.weigh.clusters import Cluster
from riwaya.weigh.terms import ENTITY
from riwaya.weigh.units import Unit
from riwaya.weigh.when import interval

_REPORTS = 2  # at least, that tell of a happening

Key = tuple[str, str, str]  # family, place, day


def happenings(related: Related, units: Sequence[Unit]) -> list[Cluster]:
    """For each happening told by two reports or more the clauses that name it with its place and its day, one of each report.

    "الانفجار الذي استهدف سوقا في كويتا أمس" and "هجوم السبت في كويتا" are one; "انفجار في كويتا" without a day is not.
    """
    places = {ENTITY + e.id for e in related.entities if e.kind == "place" and e.place is not None}
    told: dict[Key, dict[int, tuple[Unit, ...]]] = {}
    for unit, after in zip_longest(units, units[1:]):
        if unit.is_figure or unit.negated or unit.denial:
            continue
        families = {f for t in unit.rarities if (f := HAPPENINGS.get(t))}
        if not families:
            continue
        clauses: tuple[Unit, ...] = (unit,)
        days = _days(related, unit)
        if not days and after is not None and _goes_on(unit, after):
            clauses, days = (unit, after), _days(related, after)
        where = _nearest(unit, places)
        if len(days) == 1 and where:
            for family in sorted(families):
                home = told.setdefault((family, where, min(days)), {})
                best = home.setdefault(unit.article, clauses)
                if best[0].headline and not unit.headline:
                    home[unit.article] = clauses
    many = [(key, of) for key, of in sorted(told.items()) if len(of) >= _REPORTS]
    return [_cluster(key, [u for clauses in of.values() for u in clauses]) for key, of in many]


def _days(related: Related, unit: Unit) -> set[str]:
    """The days that the clause names; those of the words that say who speaks are not its own."""
    spans = [interval(t, related.articles[unit.article]) for t in unit.times]
    return {w.start.isoformat() for w in spans if w is not None and w.days == 1 and not (w.deadline or w.lasting)}


def _goes_on(unit: Unit, after: Unit) -> bool:
    """Whether a clause carries this one on: "الانفجار الذي هز كويتا، في جنوب غربي البلاد، مساء السبت"."""
    if (after.article, after.sentence) != (unit.article, unit.sentence) or after.is_figure:
        return False
    return not unit.times and after.lead is None and HAPPENINGS.keys().isdisjoint(after.rarities)


def _nearest(unit: Unit, places: set[str]) -> str:
    """The place after the word for the happening, or the last before it."""
    terms = list(unit.rarities)
    at = next(i for i, t in enumerate(terms) if t in HAPPENINGS)
    after = [t for t in terms[at:] if t in places]
    before = [t for t in terms[:at] if t in places]
    return after[0] if after else before[-1] if before else ""


def _cluster(key: Key, units: list[Unit]) -> Cluster:
    return Cluster(sorted(units, key=lambda u: u.span), [Reason("one happening, place and day", 1.0, f"{key[0]} {key[2]}")])
