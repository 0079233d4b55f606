"""The ledger of figures: quantities of one kind over reports and days; which conflict, replace or refine another."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import combinations

from riwaya.arabic.lexicon.weigh import PERSONS, TRADES
from riwaya.arabic.stems import stem
from riwaya.arabic.words import iter_norms
from riwaya.model import Article, DisputeKind, Figure, Place, Related
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.findings import Finding, side_key
from riwaya.weigh.terms import ENTITY, FIGURE, term
from riwaya.weigh.units import PEOPLE, Unit
from riwaya.weigh.when import day_in, day_of, interval

_BEFALLS = {"killed": "kill", "injured": "injure", "arrested": "arrest", "evacuated": "evacuate", "displaced": "flee"}
EARTH_RADIUS = 6371.0  # km
_TOLLS = PEOPLE | {"participants", "troops"}
_AGE = "age"
_WHY = {
    "contradiction": "no number fits both",
    "revision": "a later report gives more",
    "precision": "one is vaguer",
}

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,])")  # a year that no mark of time covers: "في 2012 داخل صالة"
_ADJECTIVES = ("يا", "يين", "يون")  # of a nation, a town or a faith, in a count of people
Range = tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """One quantity in the ledger, with the clause that holds it and the terms of its whole sentence."""

    figure: Figure
    unit: Unit
    range: Range
    day: date | None  # on which it was told: a toll grows with the reports, whatever day the happening had
    reported: str  # when the report appeared, as far as known; of two for one day, the later report is the better informed
    weights: dict[str, float]
    counted: str
    past: bool  # of a happening long before the report
    clause: Unit  # the clause that holds it, where that is short enough to show


def _counted(figure: Figure) -> str:
    """What is counted, as stems; "" for people in general (أشخاص، قتلى، شيعيا), which "أفراد حمايته" are not."""
    norms = [norm for norm in iter_norms(figure.counted) if not norm[:1].isdigit()]
    head = norms[: norms.index("من")] if "من" in norms[1:] else norms  # "عشرات الأشخاص من المدنيين" counts people
    head = head[:1] if head and stem(head[0]) in _persons() else head  # "أشخاص يشتبه بأنهم": people, whoever
    # A group that is named by an adjective (89 شيعيا، 5 مصريين) is the people who were there.
    groups = (n for n in head if stem(n) not in _persons() and not (n.endswith(_ADJECTIVES) and n not in _trades()))
    return " ".join(sorted({stem(n) for n in groups if term(n) is not None}))


@cache
def _trades() -> frozenset[str]:
    return frozenset(TRADES)


@cache
def _persons() -> frozenset[str]:
    return frozenset(stem(w) for w in PERSONS)


def _own(figure: Figure) -> tuple[str, ...]:
    """Terms that every sentence with such a figure holds: they say nothing of which happening it is."""
    return _BEFALLS.get(figure.kind, ""), "people", "cause"


def _range(figure: Figure) -> Range:
    """What a quantity allows; "about" gives it some room."""
    room = WEIGH.about_share if figure.approximate else 0.0
    low = -math.inf if figure.low is None else math.floor(figure.low * (1 - room)) if room else figure.low
    high = math.inf if figure.high is None else math.ceil(figure.high * (1 + room)) if room else figure.high
    return low, high


def _rows(related: Related, units: Sequence[Unit]) -> list[_Row]:
    by_sentence: dict[tuple[int, int], list[Unit]] = {}
    for unit in units:
        by_sentence.setdefault((unit.article, unit.sentence), []).append(unit)
    rows = []
    for unit in units:
        clauses = [u for u in by_sentence[unit.article, unit.sentence] if not u.is_figure]
        ages = [] if unit.is_figure else [f for f in unit.figures if f.kind == _AGE]
        for figure in unit.figures[-1:] if unit.is_figure else ages:
            if figure.kind not in _TOLLS | {_AGE} or (figure.scope == "part" and figure.kind != _AGE):
                continue
            held = ((t, w) for u in clauses for t, w in u.rarities.items())
            weights = {t: w for t, w in held if not t.startswith(FIGURE) and t not in _own(figure)}
            article = related.articles[unit.article]
            day = day_of(article) or day_in(figure.as_of)
            home = [u for u in clauses if u.span.start <= unit.span.start and unit.span.end <= u.span.end]
            past = _is_past(article, home, clauses)
            short = [u for u in home if u.span.end - u.span.start <= WEIGH.figure_clause]
            counted = "" if figure.kind == _AGE else _counted(figure)
            shown = (short or [unit])[0]
            rows.append(_Row(figure, unit, _range(figure), day, article.published.value or "", weights, counted, past, shown))
    return _largest(_as_round(rows))


def _as_round(rows: Sequence[_Row]) -> list[_Row]:
    """A number that the same report calls rounded elsewhere (180, about 180) is rounded here too."""
    about = {(r.unit.article, r.figure.kind, r.figure.low): r.range for r in rows if r.figure.approximate}
    return [replace(r, range=about.get((r.unit.article, r.figure.kind, r.figure.low), r.range)) for r in rows]


def _is_past(article: Article, home: Sequence[Unit], clauses: Sequence[Unit]) -> bool:
    """Whether its clause, or else its sentence, tells of a happening long before the report."""
    published = day_of(article)
    if published is None:
        return False
    for held in (home, clauses):
        if any(int(y) < published.year for u in held for y in _YEAR.findall(article.text, u.span.start, u.span.end)):
            return True
        times = [w for u in held for t in u.times if (w := interval(t, article)) is not None]
        if times:
            return all(w.start < published - timedelta(days=WEIGH.past_days) for w in times)
    return False


def _largest(rows: Sequence[_Row]) -> list[_Row]:
    """Of several different values of one thing in one report, the largest: the others are parts of it or stages before it.

    Of ages, those that no other age of the report comes near: near ones are of two people.
    """
    best: dict[tuple[object, ...], float] = {}
    ages: dict[int, list[Range]] = {}
    for row in rows:
        key = (row.unit.article, row.figure.kind, row.counted, row.past)
        best[key] = max(best.get(key, 0.0), _size(row))
        if row.figure.kind == _AGE:
            ages.setdefault(row.unit.article, []).append(row.range)

    def kept(row: _Row) -> bool:
        if row.figure.kind == _AGE:
            near = (r for r in ages[row.unit.article] if r != row.range)
            return all(abs(r[0] - row.range[0]) > WEIGH.age_gap for r in near)
        return _size(row) >= best[row.unit.article, row.figure.kind, row.counted, row.past]

    return [r for r in rows if kept(r)]


def _far(places: dict[str, Place], a: _Row, b: _Row) -> bool:
    """Whether the two figures are of places far from each other; a town and its country are far too."""
    one, other = places.get(a.figure.place_id or ""), places.get(b.figure.place_id or "")
    if one is None or other is None or a.figure.place_id == b.figure.place_id:
        return False
    if any(ENTITY + (x.figure.place_id or "") in y.weights for x, y in ((a, b), (b, a))):
        return False  # the one sentence names the other's place too
    north = math.radians(one.lat - other.lat)
    east = math.radians(one.lon - other.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(north, east) * EARTH_RADIUS > WEIGH.figure_distance


class _Tolls:
    """Which reports agree on another toll: two that both count 2 dead count the same injured."""

    def __init__(self, rows: Iterable[_Row]) -> None:
        self._of: dict[int, set[tuple[str, Range]]] = {}
        for row in rows:
            if row.figure.kind in PEOPLE and not row.past:
                self._of.setdefault(row.unit.article, set()).add((row.figure.kind, row.range))

    def agree(self, a: _Row, b: _Row) -> bool:
        """Whether both reports give one toll of another kind alike."""
        if a.past or b.past or a.figure.kind not in PEOPLE:
            return False
        both = self._of.get(a.unit.article, set()) & self._of.get(b.unit.article, set())
        return any(kind != a.figure.kind for kind, _ in both)


def _comparable(a: _Row, b: _Row, places: dict[str, Place], tolls: _Tolls) -> bool:
    """Whether both count the same thing of the same happening."""
    if a.unit.article == b.unit.article:
        return False
    small, large = sorted((_size(a), _size(b)))
    if large > WEIGH.figure_ratio * max(1.0, small):
        return False
    if a.figure.kind == _AGE:
        # Two reports often name people of like age: the person must be named in both.
        return large - small <= WEIGH.age_gap and any(t.startswith(ENTITY) and t in b.unit.terms for t in a.unit.terms)
    if large <= WEIGH.agreed_ratio * small and tolls.agree(a, b):
        return True
    if _far(places, a, b):
        return False
    shared = _context(a, b)
    return shared >= WEIGH.figure_context and shared >= WEIGH.figure_share * min(sum(a.weights.values()), sum(b.weights.values()))


def _context(a: _Row, b: _Row) -> float:
    """The weight of what the sentences of two figures share beside the figures."""
    return sum(min(a.weights[t], b.weights[t]) for t in a.weights if t in b.weights)


def _size(row: _Row) -> float:
    """A quantity as one number: its lower bound, which is what a report asserts ("أكثر من ألف" asserts a thousand)."""
    figure = row.figure
    return figure.low if figure.low is not None else figure.high if figure.high is not None else 0.0


def figure_findings(related: Related, units: Sequence[Unit]) -> list[Finding]:
    """Different quantities of the same thing: the values that contradict, that replace and that refine each other."""
    rows = _rows(related, units)
    tolls = _Tolls(rows)
    places = {e.id: e.place for e in related.entities if e.place is not None}
    by_kind: dict[tuple[str, str, bool], list[_Row]] = {}
    for row in rows:
        by_kind.setdefault((row.figure.kind, row.counted, row.past), []).append(row)
    found: list[Finding] = []
    for _, held in sorted(by_kind.items()):
        values: dict[Range, list[_Row]] = {}
        for row in held:
            values.setdefault(row.range, []).append(row)
        links: dict[DisputeKind, list[_Link]] = {"contradiction": [], "revision": [], "precision": []}
        for low, high in combinations(sorted(values)[: WEIGH.figure_values], 2):
            pairs = [(a, b) for a in values[low] for b in values[high] if _comparable(a, b, places, tolls)]
            link = _judge(pairs) if pairs else None
            if link is not None:
                links[link.kind].append(link)
        for kind, joined in links.items():
            found += _findings(related, kind, joined)
    return found


@dataclass(frozen=True, slots=True)
class _Link:
    """Two values that differ: the rows of either, and how much their sentences share."""

    kind: DisputeKind
    small: tuple[_Row, ...]
    large: tuple[_Row, ...]
    weight: float


def _judge(pairs: Sequence[tuple[_Row, _Row]]) -> _Link | None:
    left = tuple(sorted({a.unit.index: a for a, _ in pairs}.values(), key=lambda r: r.unit.span))
    right = tuple(sorted({b.unit.index: b for _, b in pairs}.values(), key=lambda r: r.unit.span))
    small, large = (left, right) if _size(left[0]) <= _size(right[0]) else (right, left)
    weight = max(_context(x, y) for x, y in pairs)
    falls = _size(small[0]) * WEIGH.falling_ratio < _size(large[0]) or weight < WEIGH.falling_context
    if _follows(small, large) and falls:
        return None  # fewer on a later day: most likely a part or that day's own, unless the sentences say much the same
    one, other = small[0].range, large[0].range
    apart = one[1] < other[0] or other[1] < one[0]
    if _follows(large, small) and _size(small[0]) < _size(large[0]) and not small[0].past and (apart or not _same(one, other)):
        return _Link("revision", small, large, weight)
    if apart:
        return None if _more_than(one, other) or _more_than(other, one) else _Link("contradiction", small, large, weight)
    return None if _same(one, other) or _loose(one, other) else _Link("precision", small, large, weight)


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
    """One dispute for values that hang together; a revision goes by days, the others by values."""
    found = []
    for group in _connected(links):
        rows = sorted({r.unit.index: r for link in group for r in (*link.small, *link.large)}.values(), key=lambda r: r.unit.span)
        order: Callable[[_Row], tuple[object, ...]] = _by_day if kind == "revision" else _by_value
        sides: dict[tuple[object, ...], list[_Row]] = {}
        for row in sorted(rows, key=lambda r: (order(r), r.unit.span)):
            sides.setdefault(order(row), []).append(row)
        if kind == "revision":
            sides = _steps(sides)
        if len(sides) < 2:  # noqa: PLR2004 - a dispute has two sides
            continue
        counted = rows[0].figure.kind
        stances = tuple(side_key(related, [r.clause for r in s], as_of=_as_of(s)) for s in sides.values())
        told = dict.fromkeys(min(s, key=lambda r: (len(r.figure.text), r.unit.span)).figure.text for s in sides.values())
        about = f"{counted}: {' / '.join(' '.join(t.split()) for t in told)}"
        found.append(Finding(kind, about, stances, max(x.weight for x in group), f"figures of {counted}: {_WHY[kind]}"))
    return found


def _steps(sides: dict[tuple[object, ...], list[_Row]]) -> dict[tuple[object, ...], list[_Row]]:
    """The days on which the toll changed; a day that only repeats the values of the one before it is no step."""
    steps: dict[tuple[object, ...], list[_Row]] = {}
    last: tuple[tuple[object, ...], set[Range]] | None = None
    for day, rows in sides.items():
        values = {r.range for r in rows}
        if last is not None and values <= last[1]:
            steps[last[0]] += rows
        else:
            steps[day] = list(rows)
            last = (day, values)
    return steps


def _by_day(row: _Row) -> tuple[object, ...]:
    return row.day or date.min, ""


def _by_value(row: _Row) -> tuple[object, ...]:
    return row.range


def _connected(links: Sequence[_Link]) -> list[list[_Link]]:
    """Links that share a value."""
    groups: list[tuple[set[Range], list[_Link]]] = []
    for link in links:
        ends = {link.small[0].range, link.large[0].range}
        touching = [g for g in groups if g[0] & ends]
        groups = [g for g in groups if not g[0] & ends]
        groups.append((ends.union(*(g[0] for g in touching)), [x for g in touching for x in g[1]] + [link]))
    return [g[1] for g in groups]


def _follows(rows: Sequence[_Row], others: Sequence[_Row]) -> bool:
    """Whether all of `rows` are later than all of `others`: by the day they hold for, then by the hour of their reports."""
    first, last = _days(rows)[0], _days(others)[1]
    if first is None or last is None or first < last:
        return False
    if first > last:
        return True
    hours = [r.reported for r in rows], [r.reported for r in others]
    return all("T" in h for side in hours for h in side) and min(hours[0]) > max(hours[1])


def _days(rows: Sequence[_Row]) -> tuple[date | None, date | None]:
    days = [r.day for r in rows if r.day is not None]
    return (min(days), max(days)) if days else (None, None)


def _as_of(rows: Sequence[_Row]) -> str | None:
    first = _days(rows)[0]
    return first.isoformat() if first else None
