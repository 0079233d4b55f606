"""The ledger of figures: quantities of one kind over reports and days; which conflict, replace or refine another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from riwaya.arabic.lexicon.weigh import PERSONS
from riwaya.arabic.stems import stem
from riwaya.arabic.words import iter_norms
from riwaya.model import DisputeKind, Figure, Place, Related
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.findings import Finding, Stance, side_key
from riwaya.weigh.similar import disjoint
from riwaya.weigh.terms import FIGURE, term
from riwaya.weigh.units import PEOPLE, Unit
from riwaya.weigh.when import day_in, day_of

_BEFALLS = {"killed": "kill", "injured": "injure", "arrested": "arrest", "evacuated": "evacuate", "displaced": "flee"}
EARTH_RADIUS = 6371.0  # km
_TOLLS = PEOPLE | {"participants", "troops"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One quantity in the ledger, with the clause that holds it and the terms of its whole sentence."""

    figure: Figure
    unit: Unit
    day: date | None  # as of which it holds
    reported: str  # when the report appeared, as far as known; of two for one day, the later report is the better informed
    weights: dict[str, float]
    counted: str


def _counted(figure: Figure) -> str:
    """What is counted, as stems; "" for people in general (أشخاص، قتلى، ضحايا), which "أفراد حمايته" are not."""
    norms = [norm for norm in iter_norms(figure.counted) if not norm[:1].isdigit()]
    head = norms[: norms.index("من")] if "من" in norms[1:] else norms  # "عشرات الأشخاص من المدنيين" counts people
    stems = {stem(norm) for norm in head}
    return " ".join(sorted(s for s in stems - _persons() if term(s) is not None))


@cache
def _persons() -> frozenset[str]:
    return frozenset(stem(w) for w in PERSONS)


def _own(figure: Figure) -> tuple[str, ...]:
    """Terms that every sentence with such a figure holds: they say nothing of which happening it is."""
    return _BEFALLS.get(figure.kind, ""), "people", "cause"


def _rows(related: Related, units: Sequence[Unit]) -> list[_Row]:
    by_sentence: dict[tuple[int, int], list[Unit]] = {}
    for unit in units:
        by_sentence.setdefault((unit.article, unit.sentence), []).append(unit)
    rows = []
    for unit in units:
        if not unit.is_figure:
            continue
        clauses = [u for u in by_sentence[unit.article, unit.sentence] if not u.is_figure]
        for figure in unit.figures[-1:]:
            weights = {t: w for u in clauses for t, w in u.rarities.items() if not t.startswith(FIGURE) and t not in _own(figure)}
            if figure.kind in _TOLLS and figure.scope != "part":
                article = related.articles[unit.article]
                day = day_in(figure.as_of) or day_of(article)
                rows.append(_Row(figure, unit, day, article.published.value or "", weights, _counted(figure)))
    return _largest(rows)


def _largest(rows: Sequence[_Row]) -> list[_Row]:
    """Of several different values of one thing in one report, the largest: the others are parts of it or stages before it."""
    best: dict[tuple[int, str, str], float] = {}
    for row in rows:
        key = (row.unit.article, row.figure.kind, row.counted)
        best[key] = max(best.get(key, 0.0), _size(row.figure))
    return [r for r in rows if _size(r.figure) >= best[r.unit.article, r.figure.kind, r.counted]]


def _far(places: dict[str, Place], a: _Row, b: _Row) -> bool:
    """Whether the two figures are of places far from each other; a town and its country are far too."""
    one, other = places.get(a.figure.place_id or ""), places.get(b.figure.place_id or "")
    if one is None or other is None or a.figure.place_id == b.figure.place_id:
        return False
    north = math.radians(one.lat - other.lat)
    east = math.radians(one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(north, east) * EARTH_RADIUS > WEIGH.figure_distance


def _comparable(a: _Row, b: _Row, places: dict[str, Place]) -> bool:
    """Whether both count the same thing of the same happening."""
    small, large = sorted((_size(a.figure), _size(b.figure)))
    if large > WEIGH.figure_ratio * max(1.0, small):
        return False
    if a.figure.kind != b.figure.kind or a.unit.article == b.unit.article or a.counted != b.counted:
        return False
    if _far(places, a, b):
        return False
    shared = _context(a, b)
    return shared >= WEIGH.figure_context and shared >= WEIGH.figure_share * min(sum(a.weights.values()), sum(b.weights.values()))


def _context(a: _Row, b: _Row) -> float:
    """The weight of what the sentences of two figures share beside the figures."""
    return sum(min(a.weights[t], b.weights[t]) for t in a.weights if t in b.weights)


def _size(figure: Figure) -> float:
    """A quantity as one number: its lower bound, which is what a report asserts ("أكثر من ألف" asserts a thousand)."""
    return figure.low if figure.low is not None else figure.high if figure.high is not None else 0.0


def _key(figure: Figure) -> tuple[float, float]:
    return (
        -math.inf if figure.low is None else figure.low,
        math.inf if figure.high is None else figure.high,
    )


def figure_findings(related: Related, units: Sequence[Unit]) -> list[Finding]:
    """Every pair of different quantities of the same thing, as contradiction, revision or precision."""
    rows = _rows(related, units)
    by_kind: dict[tuple[str, str], list[_Row]] = {}
    for row in rows:
        by_kind.setdefault((row.figure.kind, row.counted), []).append(row)
    found: list[Finding] = []
    places = {e.id: e.place for e in related.entities if e.place is not None}
    for _, held in sorted(by_kind.items()):
        mine: list[Finding] = []
        ranges: dict[tuple[float, float], list[_Row]] = {}
        for row in held:
            ranges.setdefault(_key(row.figure), []).append(row)
        keys = sorted(ranges)[: WEIGH.figure_values]
        for i, low in enumerate(keys):
            for high in keys[i + 1 :]:
                finding = _judge(related, ranges[low], ranges[high], places)
                if finding is not None:
                    mine.append(finding)
        # Of a toll that every report gives otherwise, the pairs that surely count one thing.
        found += sorted(mine, key=lambda f: -f.weight)[: WEIGH.figure_pairs]
    return found


def _judge(related: Related, ones: Sequence[_Row], others: Sequence[_Row], places: dict[str, Place]) -> Finding | None:
    pairs = [(a, b) for a in ones for b in others if _comparable(a, b, places)]
    if not pairs:
        return None
    left = sorted({a.unit.index: a for a, _ in pairs}.values(), key=lambda r: r.unit.span)
    right = sorted({b.unit.index: b for _, b in pairs}.values(), key=lambda r: r.unit.span)
    a, b = left[0].figure, right[0].figure
    small, large = (left, right) if _size(a) <= _size(b) else (right, left)
    later = _follows(large, small)
    grown = _size(small[0].figure) < _size(large[0].figure)
    weight = max(_context(x, y) for x, y in pairs)
    if _follows(small, large) and weight < WEIGH.falling_context:
        return None  # fewer on a later day: most likely that day's own, unless the sentences say much the same
    kind_of = small[0].figure.kind
    kind: DisputeKind
    if later and grown:
        kind, why = "revision", "a later report gives more"
    elif disjoint(a, b):
        kind, why = "contradiction", "no number fits both"
    else:
        kind, why = "precision", "one is vaguer"
    stances = [_stance(related, small), _stance(related, large)]
    about = f"{kind_of}: {small[0].figure.text} / {large[0].figure.text}"
    return Finding(kind, about, tuple(stances), weight, f"figures of {kind_of}: {why}")


def _follows(rows: Sequence[_Row], others: Sequence[_Row]) -> bool:
    """Whether all of `rows` are later than all of `others`, by the day they hold for, then by the day of their reports."""
    first, last = _days(rows)[0], _days(others)[1]
    if first is None or last is None or first < last:
        return False
    return first > last or min(r.reported for r in rows) > max(r.reported for r in others)


def _days(rows: Sequence[_Row]) -> tuple[date | None, date | None]:
    days = [r.day for r in rows if r.day is not None]
    return (min(days), max(days)) if days else (None, None)


def _stance(related: Related, rows: Sequence[_Row]) -> Stance:
    days = _days(rows)
    return side_key(related, [r.unit for r in rows], as_of=days[0].isoformat() if days[0] else None)
