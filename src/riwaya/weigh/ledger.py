"""The ledger of figures: quantities of one kind over reports and days; which conflict, replace or refine another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from riwaya.model import DisputeKind, Place, Related
from riwaya.relate.versions import reports
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.claims import Cut
from riwaya.weigh.findings import Finding, side_key
from riwaya.weigh.terms import ENTITY, FIGURE
from riwaya.weigh.tolls import AGE, THINGS, Range, Row, read_rows, size
from riwaya.weigh.units import PEOPLE, Unit
from riwaya.weigh.when import apart

EARTH_RADIUS = 6371.0  # km
_DAY = 10  # characters of an ISO value that name the day
_Values = dict[tuple[Range, bool], list[Row]]  # the rows of each value, those that tell an earlier toll apart
_WHY = {
    "contradiction": "no number fits both",
    "revision": "a later report gives more",
    "precision": "one is vaguer",
}


def _far(places: dict[str, Place], a: Row, b: Row) -> bool:
    """Whether the two figures are of places far from each other; a town and its country are far too."""
    one, other = places.get(a.figure.place_id or ""), places.get(b.figure.place_id or "")
    if one is None or other is None or a.figure.place_id == b.figure.place_id:
        return False
    if any(ENTITY + (x.figure.place_id or "") in y.weights for x, y in ((a, b), (b, a))):
        return False  # the one sentence names the other's place too
    return _distance(one, other) > WEIGH.figure_distance


def _abroad(places: dict[str, Place], a: Row, b: Row) -> bool:
    """Whether the sentences of both name countries or places in them, and no country in common."""
    one, other = ({p.country for t in r.weights if t[0] == ENTITY and (p := places.get(t[1:])) and p.country} for r in (a, b))
    return bool(one and other) and one.isdisjoint(other)


def _others(a: Row, b: Row) -> bool:
    """Whether both sentences name somebody or some place, and none of them is in both."""
    one, other = ({t for t in r.weights if t[0] == ENTITY} for r in (a, b))
    return bool(one and other) and one.isdisjoint(other)


def _distance(one: Place, other: Place) -> float:
    """Between two places, in km."""
    north = math.radians(one.lat - other.lat)
    east = math.radians(one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(north, east) * EARTH_RADIUS


class _Tolls:
    """Which sentences agree on another toll: two that both count 2 dead count the same injured."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._of: dict[tuple[int, int], set[tuple[str, Range]]] = {}
        for row in rows:
            if row.figure.kind in PEOPLE and not row.era:
                self._of.setdefault((row.unit.article, row.unit.sentence), set()).add((row.figure.kind, row.range))

    def agree(self, a: Row, b: Row) -> bool:
        """Whether both sentences give one toll of another kind alike."""
        if a.era or b.era or a.figure.kind not in PEOPLE:
            return False
        one, other = (self._of.get((r.unit.article, r.unit.sentence), set()) for r in (a, b))
        return any(kind != a.figure.kind for kind, _ in one & other)


def _comparable(a: Row, b: Row, places: dict[str, Place], tolls: _Tolls) -> bool:
    """Whether both count the same thing of the same happening."""
    small, large = sorted((size(a), size(b)))
    if a.figure.kind == AGE:
        gap = max(a.range[0] - b.range[1], b.range[0] - a.range[1])  # below 0 where a decade holds the year
        return a.unit.article != b.unit.article and gap <= WEIGH.age_gap
    if a.unit.article == b.unit.article:
        rivals = a.rival != b.rival and a.unit.sentence == b.unit.sentence
        return (rivals or a.former != b.former) and large <= WEIGH.figure_ratio * max(1.0, small)
    exact = all(r.range[0] == r.range[1] for r in (a, b))
    if large > (WEIGH.exact_ratio if exact else WEIGH.figure_ratio) * max(1.0, small):
        return False
    if size(b) in a.beside or size(a) in b.beside:
        return False  # a report that gives both counts two things
    if _far(places, a, b) or _abroad(places, a, b) or _others(a, b) or (not a.era and apart(a.days, b.days)):
        return False
    if a.figure.kind in THINGS:
        # Things do not grow as tolls do: another day's number is most likely of another happening.
        one_day = bool(a.reported) and a.reported[:_DAY] == b.reported[:_DAY]
        return one_day and large <= WEIGH.exact_ratio * max(1.0, small) and _same_thing(a, b)
    shared = _context(a, b)
    share = shared / (min(sum(a.weights.values()), sum(b.weights.values())) or 1.0)
    near = large <= WEIGH.agreed_ratio * small or not exact
    if near and tolls.agree(a, b) and shared >= WEIGH.agreed_context and share >= WEIGH.agreed_share:
        return True
    return shared >= WEIGH.figure_context and share >= WEIGH.figure_share


def _same_thing(a: Row, b: Row) -> bool:
    """Whether two clauses say most of the same about their quantities: "تضررت 1200 مدرسة في المدينة"."""
    one, other = ({t: w for t, w in r.unit.rarities.items() if not t.startswith(FIGURE)} for r in (a, b))
    shared = sum(min(w, other[t]) for t, w in one.items() if t in other)
    return shared >= WEIGH.thing_context and shared >= WEIGH.thing_share * min(sum(one.values()), sum(other.values()))


def _context(a: Row, b: Row) -> float:
    """The weight of what the sentences of two figures share beside the figures."""
    return sum(min(a.weights[t], b.weights[t]) for t in a.weights if t in b.weights)


def figure_findings(related: Related, units: Sequence[Unit], cut: Cut) -> list[Finding]:
    """Different quantities of the same thing: the values that contradict, that replace and that refine each other."""
    rows = read_rows(related, units, cut)
    report = reports(related.articles)
    tolls = _Tolls(rows)
    places = {e.id: e.place for e in related.entities if e.place is not None}
    by_key: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    found: list[Finding] = []
    for _, held in sorted(by_key.items()):
        values: _Values = {}
        for row in held:
            values.setdefault((row.range, row.former), []).append(row)
        links: dict[DisputeKind, list[_Link]] = {"contradiction": [], "revision": [], "precision": []}
        for low, high in combinations(sorted(values)[: WEIGH.figure_values], 2):
            if low[0] == high[0]:
                continue
            pairs = [(a, b) for a in values[low] for b in values[high] if _comparable(a, b, places, tolls)]
            own = [(a, b) for a, b in pairs if _rewritten(a, b, report)]
            others = [pair for pair in pairs if pair not in own]
            for link in (_replaced(own) if own else None, _judge(others, values) if others else None):
                if link is not None:
                    links[link.kind].append(link)
        for kind, joined in links.items():
            found += _findings(related, kind, joined)
    return found


@dataclass(frozen=True, slots=True)
class _Link:
    """Two values that differ: the rows of either, and how much their sentences share."""

    kind: DisputeKind
    small: tuple[Row, ...]
    large: tuple[Row, ...]
    weight: float


def _rewritten(a: Row, b: Row, report: Mapping[str, str]) -> bool:
    """Whether the two are of two versions of one report."""
    one, other = a.figure.span.article_id, b.figure.span.article_id
    return one != other and report[one] == report[other]


def _replaced(pairs: Sequence[tuple[Row, Row]]) -> _Link:
    """A number that an outlet changed in its own report replaces the former one, be it larger or smaller."""
    sides = zip(*pairs, strict=True)
    left, right = (tuple(sorted({r.unit.index: r for r in side}.values(), key=lambda r: r.unit.span)) for side in sides)
    small, large = (left, right) if size(left[0]) <= size(right[0]) else (right, left)
    return _Link("revision", small, large, max(_context(a, b) for a, b in pairs))


def _judge(pairs: Sequence[tuple[Row, Row]], values: _Values) -> _Link | None:
    left = _told([a for a, _ in pairs], values)
    right = _told([b for _, b in pairs], values)
    small, large = (left, right) if size(left[0]) <= size(right[0]) else (right, left)
    weight = max(_context(x, y) for x, y in pairs)
    one, other = small[0].range, large[0].range
    if small[0].former != large[0].former:
        # An earlier toll that is the larger one belongs to something else: tolls are seldom taken back.
        return _Link("revision", small, large, weight) if small[0].former and size(small[0]) < size(large[0]) else None
    if small[0].former:
        return None  # two earlier tolls: the later ones tell more
    falls = size(small[0]) * WEIGH.falling_ratio < size(large[0]) or weight < WEIGH.falling_context
    aged = small[0].figure.kind == AGE or small[0].figure.kind in THINGS  # an age or a length does not grow with the reports
    if _follows(small, large) and falls and not aged:
        return None  # fewer on a later day: most likely a part or that day's own, unless the sentences say much the same
    apart = one[1] < other[0] or other[1] < one[0]
    grew = _grew(small, large) and not aged
    if grew and size(small[0]) < size(large[0]) and small[0].era != "past" and (apart or not _same(one, other)):
        return _Link("revision", small, large, weight)
    if apart:
        return None if _more_than(one, other) or _more_than(other, one) else _Link("contradiction", small, large, weight)
    if size(small[0]) == size(large[0]) or _same(one, other) or _loose(one, other):
        return None
    return _Link("precision", small, large, weight)


def _told(rows: Sequence[Row], values: _Values) -> tuple[Row, ...]:
    """Every place that gives the value of these rows: again in one of their reports, or in another that tells of the same."""
    reports = {r.unit.article for r in rows}
    others = values[rows[0].range, rows[0].former]
    held = (r for r in others if r.unit.article in reports or any(_same_toll(r, own) for own in rows))
    return tuple(sorted(held, key=lambda r: r.unit.span))


def _same_toll(a: Row, b: Row) -> bool:
    """Whether two equal values count one thing: the number itself is a part of what their sentences share."""
    shared = _context(a, b) + WEIGH.figure_weight
    least = min(sum(a.weights.values()), sum(b.weights.values())) + WEIGH.figure_weight
    return shared >= WEIGH.figure_context and shared >= WEIGH.figure_share * least


def _same(one: Range, other: Range) -> bool:
    """Whether the two say as good as the same: about 180, more than 180."""
    return abs(one[0] - other[0]) <= 2 * WEIGH.about_share * max(one[0], other[0]) and math.isinf(max(one[1], other[1]))


def _more_than(one: Range, other: Range) -> bool:
    """Whether one is N and the other "more than N"."""
    return one[0] == one[1] == other[0] - 1 and math.isinf(other[1])


def _loose(one: Range, other: Range) -> bool:
    """Whether a quantity without an upper bound lies so far below the other that it hardly means it."""
    small, large = sorted((one, other))
    return math.isinf(small[1]) and large[0] > WEIGH.open_ratio * small[0]


def _findings(related: Related, kind: DisputeKind, links: Sequence[_Link]) -> list[Finding]:
    """One dispute for values that hang together, a side for each; those of a revision in the order in which they were told."""
    found = []
    for group in _connected(links):
        rows = sorted({r.unit.index: r for link in group for r in (*link.small, *link.large)}.values(), key=lambda r: r.unit.span)
        sides: dict[tuple[object, ...], list[Row]] = {}
        for row in rows:
            sides.setdefault((size(row),) if kind == "revision" else row.range, []).append(row)
        if len(sides) < 2:  # noqa: PLR2004 - a dispute has two sides
            continue
        told = sorted(sides.values(), key=_first) if kind == "revision" else [sides[k] for k in sorted(sides)]
        counted = rows[0].figure.kind
        stances = tuple(side_key(related, [r.clause for r in s], as_of=_as_of(s)) for s in told)
        texts = dict.fromkeys(min(s, key=lambda r: (len(r.figure.text), r.unit.span)).figure.text for s in told)
        about = f"{counted}: {' / '.join(' '.join(t.split()) for t in texts)}"
        found.append(Finding(kind, about, stances, max(x.weight for x in group), f"figures of {counted}: {_WHY[kind]}"))
    return found


def _first(rows: Sequence[Row]) -> tuple[bool, str, float]:
    """Where a value stands in the order of telling: one only told as an earlier toll comes first, then by the first report."""
    own = [r.reported or "9" for r in rows if not r.former]
    return bool(own), min(own, default=""), size(rows[0])


def _connected(links: Sequence[_Link]) -> list[list[_Link]]:
    """Links that share a value."""
    groups: list[tuple[set[Range], list[_Link]]] = []
    for link in links:
        ends = {link.small[0].range, link.large[0].range}
        touching = [g for g in groups if g[0] & ends]
        groups = [g for g in groups if not g[0] & ends]
        groups.append((ends.union(*(g[0] for g in touching)), [x for g in touching for x in g[1]] + [link]))
    return [g[1] for g in groups]


def _follows(rows: Sequence[Row], others: Sequence[Row]) -> bool:
    """Whether all of `rows` are later than all of `others`."""
    return all(_later(a.reported, b.reported) for a in rows for b in others)


def _grew(small: Sequence[Row], large: Sequence[Row]) -> bool:
    """Whether the larger toll came up later than the smaller one and outlived it, though a slow report may repeat the smaller."""
    firsts, lasts = ([f(r.reported for r in side) for side in (small, large)] for f in (min, max))
    return _later(firsts[1], firsts[0]) and _later(lasts[1], lasts[0])


def _later(one: str, other: str) -> bool:
    """Whether a report is surely later than another: by the hour if both have one, else by the day."""
    if not one or not other:
        return False
    return one > other if "T" in one and "T" in other else one[:_DAY] > other[:_DAY]


def _as_of(rows: Sequence[Row]) -> str | None:
    days = [r.day for r in rows if r.day is not None]
    return min(days).isoformat() if days else None
