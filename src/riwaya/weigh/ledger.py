"""The ledger of figures: quantities of one kind over reports and days; which conflict, replace or refine another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from riwaya.arabic.lexicon.weigh import PERSONS
from riwaya.arabic.stems import stem
from riwaya.arabic.words import iter_norms
from riwaya.model import DisputeKind, Figure, Related
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.findings import Finding, Stance, side_key
from riwaya.weigh.similar import disjoint
from riwaya.weigh.terms import FIGURE
from riwaya.weigh.units import PEOPLE, Unit
from riwaya.weigh.when import day_of

_TOLLS = PEOPLE | {"participants", "troops"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One quantity in the ledger, with the clause that holds it and the terms of its whole sentence."""

    figure: Figure
    unit: Unit
    day: date | None
    context: frozenset[str]
    weights: dict[str, float]
    counted: str


def _counted(figure: Figure) -> str:
    """What is counted, as a stem; "" for people in general (أشخاص، قتلى، ضحايا)."""
    for norm in iter_norms(figure.counted):
        cut = stem(norm)
        if cut in _persons():
            return ""
        if not cut[:1].isdigit():
            return cut
    return ""


def _persons() -> frozenset[str]:
    return frozenset(stem(w) for w in PERSONS)


def _rows(related: Related, units: Sequence[Unit]) -> list[_Row]:
    by_sentence: dict[tuple[int, int], list[Unit]] = {}
    for unit in units:
        by_sentence.setdefault((unit.article, unit.sentence), []).append(unit)
    rows = []
    for unit in units:
        if not unit.is_figure:
            continue
        clauses = [u for u in by_sentence[unit.article, unit.sentence] if not u.is_figure]
        weights = {t: w for u in clauses for t, w in u.terms.items() if not t.startswith(FIGURE)}
        for figure in unit.figures[-1:]:
            if figure.kind in _TOLLS and figure.scope != "part":
                article = related.articles[unit.article]
                stated = date.fromisoformat(figure.as_of[:10]) if figure.as_of and len(figure.as_of) >= 10 else None  # noqa: PLR2004
                day = stated or day_of(article)
                rows.append(_Row(figure, unit, day, frozenset(weights), weights, _counted(figure)))
    return rows


def _comparable(a: _Row, b: _Row) -> bool:
    """Whether both count the same thing of the same happening."""
    if a.figure.kind != b.figure.kind or a.unit.article == b.unit.article or a.counted != b.counted:
        return False
    places = {a.figure.place_id, b.figure.place_id} - {None}
    if len(places) > 1:
        return False
    shared = sum(min(a.weights[t], b.weights[t]) for t in a.context & b.context)
    return shared >= WEIGH.figure_context


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
    for _, held in sorted(by_kind.items()):
        ranges: dict[tuple[float, float], list[_Row]] = {}
        for row in held:
            ranges.setdefault(_key(row.figure), []).append(row)
        keys = sorted(ranges)[: WEIGH.figure_values]
        for i, low in enumerate(keys):
            for high in keys[i + 1 :]:
                finding = _judge(related, ranges[low], ranges[high])
                if finding is not None:
                    found.append(finding)
    return found


def _judge(related: Related, ones: Sequence[_Row], others: Sequence[_Row]) -> Finding | None:
    pairs = [(a, b) for a in ones for b in others if _comparable(a, b)]
    if not pairs:
        return None
    left = sorted({a.unit.index: a for a, _ in pairs}.values(), key=lambda r: r.unit.span)
    right = sorted({b.unit.index: b for _, b in pairs}.values(), key=lambda r: r.unit.span)
    a, b = left[0].figure, right[0].figure
    small, large = (left, right) if _size(a) <= _size(b) else (right, left)
    last_small, first_large = _days(small)[1], _days(large)[0]
    later = last_small is not None and first_large is not None and first_large > last_small
    grown = _size(small[0].figure) < _size(large[0].figure)
    kind_of = small[0].figure.kind
    kind: DisputeKind
    if later and grown:
        kind, why = "revision", "a later report gives more"
    elif disjoint(a, b):
        kind, why = "contradiction", "no number fits both"
    else:
        kind, why = "precision", "one is vaguer"
    weight = max(sum(min(x.weights[t], y.weights[t]) for t in x.context & y.context) for x, y in pairs)
    stances = [_stance(related, small), _stance(related, large)]
    about = f"{kind_of}: {small[0].figure.text} / {large[0].figure.text}"
    return Finding(kind, about, tuple(stances), weight, f"figures of {kind_of}: {why}")


def _days(rows: Sequence[_Row]) -> tuple[date | None, date | None]:
    days = [r.day for r in rows if r.day is not None]
    return (min(days), max(days)) if days else (None, None)


def _stance(related: Related, rows: Sequence[_Row]) -> Stance:
    days = _days(rows)
    return side_key(related, [r.unit for r in rows], as_of=days[0].isoformat() if days[0] else None)
