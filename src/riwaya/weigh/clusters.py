"""Clauses that assert the same thing, joined across reports and inside them.

First near-equal clauses are taken together (copies of one agency text are many and alike), then what remains is joined by
average link: two groups meet only where their clauses are alike on the whole, so that a chain of half-alike clauses does not join
its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from riwaya.model import Reason
from riwaya.settings.confidence import CONFIDENCE
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.confidence import Evidence
from riwaya.weigh.similar import Aligned, explain, likeness
from riwaya.weigh.units import Unit


@dataclass(slots=True)
class Cluster:
    """Clauses that are one statement; `reasons` say why the closest of them were joined."""

    units: list[Unit]
    reasons: list[Reason] = field(default_factory=list)


class Index:
    """Finds clauses that share rare terms. A term that very many hold proposes nobody.

    Args:
        keys: a clause's number -> its weightiest terms; filled as clauses come, for indexes of the same clauses to share.
    """

    def __init__(self, keys: dict[int, list[str]] | None = None) -> None:
        self._postings: dict[str, list[int]] = {}
        self._keys = {} if keys is None else keys

    def _weightiest(self, unit: Unit) -> list[str]:
        found = self._keys.get(unit.index)
        if found is None:
            # Of equals the first in the alphabet, as they lie in the clause.
            heaviest = sorted(unit.terms, key=unit.terms.__getitem__, reverse=True)
            found = self._keys[unit.index] = heaviest[: WEIGH.index_terms]
        return found

    def near(self, unit: Unit) -> list[int]:
        """Those that share enough weight, the heaviest first."""
        shared: dict[int, float] = {}
        known = shared.get
        longest = WEIGH.longest_posting
        for name in self._weightiest(unit):
            held = self._postings.get(name)
            if held and len(held) <= longest:
                weight = unit.terms[name]
                for other in held:
                    shared[other] = known(other, 0.0) + weight
        found = sorted(shared)
        found.sort(key=shared.__getitem__, reverse=True)  # of equals the first: a reversed sort keeps their order
        return found[: WEIGH.candidates]

    def add(self, unit: Unit, place: int) -> None:
        """Let this clause be found; `place` is what `near` gives for it."""
        for name in self._weightiest(unit):
            self._postings.setdefault(name, []).append(place)


def join(units: Sequence[Unit], aligned: Aligned, evidence: Evidence) -> list[Cluster]:
    """Partition the clauses into statements. The result does not depend on the order of the reports."""
    compare = _Compare(aligned, evidence)
    groups, known = _near_equal(units, compare)
    return _average_link(groups, known, compare)


class _Compare:
    """How much two clauses are one statement, 0..1; nothing where what stands around them speaks against it."""

    def __init__(self, aligned: Aligned, evidence: Evidence) -> None:
        self.aligned = aligned
        self._evidence = evidence

    def __call__(self, a: Unit, b: Unit) -> float:
        # A quantity ("وإصابة الآلاف") meets quantities only; its clause is a statement of its own.
        if a.is_figure or b.is_figure:
            return float(a.is_figure and b.is_figure and a.terms.keys() == b.terms.keys())
        alike = likeness(a, b, self.aligned)
        if alike < WEIGH.same_statement or alike >= WEIGH.same_clause or a.article == b.article:
            return alike
        return alike if self._evidence.traits(a, b).sure >= CONFIDENCE.joined else 0.0


Known = dict[tuple[int, int], float]  # two groups, the smaller number first -> how alike their first clauses are


def _near_equal(units: Sequence[Unit], compare: _Compare) -> tuple[list[Cluster], Known]:
    """Each clause goes to the first clause that it all but equals, the longest clauses first.

    Gives the groups, and how alike those first clauses are that are half alike.
    """
    index = Index()
    groups: list[Cluster] = []
    known: Known = {}
    exact: dict[tuple[object, ...], int] = {}
    for unit in sorted(units, key=lambda u: (-len(u.terms), u.span)):
        key = (*sorted(unit.terms), unit.is_figure, unit.negated)
        home = exact.get(key)
        half: list[tuple[int, float]] = []
        if home is None:
            for other in index.near(unit):
                first = groups[other].units[0]
                alike = compare(unit, first)
                if alike >= WEIGH.same_clause:
                    home = other
                    groups[other].reasons = groups[other].reasons or list(explain(first, unit, compare.aligned))
                    break
                if alike >= WEIGH.same_statement:
                    half.append((other, alike))
        if home is None:
            home = len(groups)
            groups.append(Cluster([]))
            index.add(unit, home)
            known.update(((other, home), alike) for other, alike in half)
        exact.setdefault(key, home)
        groups[home].units.append(unit)
    return groups, known


def _average_link(groups: list[Cluster], known: Known, compare: _Compare) -> list[Cluster]:
    _add_passage_pairs(groups, known, compare)
    home = list(range(len(groups)))
    members = [[i] for i in range(len(groups))]

    def score(i: int, j: int) -> float:
        pair = (i, j) if i < j else (j, i)
        if pair not in known:
            known[pair] = compare(groups[i].units[0], groups[j].units[0])
        return known[pair]

    # Group numbers follow the fixed order of `_near_equal`, so they break ties the same way in every run.
    for (i, j), alike in sorted(known.items(), key=lambda p: (-p[1], p[0])):
        a, b = home[i], home[j]
        if a == b or alike < WEIGH.same_statement:
            continue
        left, right = members[a][: WEIGH.linked_members], members[b][: WEIGH.linked_members]
        if sum(score(x, y) for x in left for y in right) < WEIGH.average_link * len(left) * len(right):
            continue
        groups[a].reasons.extend(explain(groups[i].units[0], groups[j].units[0], compare.aligned))
        for x in members[b]:
            home[x] = a
        members[a] += members[b]
        members[b] = []
    return [_whole(groups, member) for member in members if member]


def _add_passage_pairs(groups: Sequence[Cluster], known: Known, compare: _Compare) -> None:
    """Clauses of one shared passage are compared even where they share no rare term."""
    by_article: dict[str, list[tuple[int, int, int]]] = {}
    for i, group in enumerate(groups):
        unit = group.units[0]
        by_article.setdefault(unit.span.article_id, []).append((unit.span.start, unit.span.end, i))
    for held in by_article.values():
        held.sort()
    for passage in compare.aligned.pairs():
        ones = _inside(by_article.get(passage.a.article_id, ()), passage.a.start, passage.a.end)
        others = _inside(by_article.get(passage.b.article_id, ()), passage.b.start, passage.b.end)
        for i in ones:
            for j in others:
                pair = (i, j) if i < j else (j, i)
                if pair not in known:
                    alike = compare(groups[i].units[0], groups[j].units[0])
                    if alike >= WEIGH.same_statement:
                        known[pair] = alike


def _inside(held: Iterable[tuple[int, int, int]], start: int, end: int) -> list[int]:
    return [i for a, b, i in held if 2 * (min(b, end) - max(a, start)) > b - a]


def _whole(groups: Sequence[Cluster], member: Sequence[int]) -> Cluster:
    units = sorted((u for i in member for u in groups[i].units), key=lambda u: u.span)
    reasons = list(groups[member[0]].reasons)
    for i in member[1:]:
        reasons += groups[i].reasons
    return Cluster(units, reasons[: WEIGH.reasons])
