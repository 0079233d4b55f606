"""Regrouping after each change gives what grouping all anew gives."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.relate.regroup import Held, Regrouped, regroup
from riwaya.relate.stories import average_link, least_tie
from riwaya.settings.stories import STORIES

LEAST = least_tie()


class Memory:
    """A keeper in memory."""

    def __init__(self) -> None:
        self.edges: dict[int, dict[int, tuple[int, int]]] = {}
        self.names: dict[int, str] = {}
        self.held: dict[int, Held] = {}
        self.story: dict[int, int] = {}
        self.next = 0

    def neighbours(self, reports: Sequence[int]) -> Iterable[tuple[int, int, int, int]]:
        return [(r, other, *edge) for r in reports for other, edge in self.edges[r].items()]

    def stories_of(self, reports: Sequence[int]) -> Mapping[int, int]:
        return {r: self.story[r] for r in reports if r in self.story}

    def stories(self, numbers: Sequence[int]) -> Mapping[int, Held]:
        return {n: self.held[n] for n in numbers}

    def connect(self, one: int, other: int, weight: int, copied: int = 0) -> None:
        self.edges[one][other] = self.edges[other][one] = (weight, copied)

    def drop(self, report: int) -> None:
        for other in self.edges.pop(report):
            del self.edges[other][report]

    def put(self, name: str, report: int) -> None:
        self.names[report] = name
        self.edges[report] = {}

    def regroup(self, changed: Iterable[int], removed: Iterable[int] = ()) -> Regrouped:
        removed = set(removed)
        found = regroup(self, {r: self.names[r] for r in changed}, removed)
        for number in found.gone:
            del self.held[number]
        for report in removed:
            self.story.pop(report, None)
        for one in found.made:
            self.next += 1
            self.held[self.next] = Held(one.members, one.merges)
            self.story.update(dict.fromkeys(one.members, self.next))
        return found


def check(memory: Memory) -> None:
    """The memory's stories are those of one run over all, and so are the joins that made them."""
    reports = sorted(memory.edges, key=lambda r: memory.names[r])
    place = {r: n for n, r in enumerate(reports)}
    links = [(place[a], place[b], w) for a in reports for b, (w, _) in memory.edges[a].items() if place[a] > place[b]]
    whole = {frozenset(reports[p] for p in group) for group in average_link(len(reports), links, LEAST, STORIES.best_pair)}
    assert {frozenset(s.members) for s in memory.held.values()} == whole
    afresh = Memory()
    afresh.names, afresh.edges = memory.names, memory.edges
    afresh.regroup(reports)
    assert {frozenset(s.members): s.merges for s in afresh.held.values()} == {
        frozenset(s.members): s.merges for s in memory.held.values()
    }
    assert {r: frozenset(memory.held[n].members) for r, n in memory.story.items()} == {r: g for g in whole for r in g}


Weights = st.one_of(st.integers(LEAST // 4, LEAST * 2), st.sampled_from([LEAST, LEAST - 1, LEAST + 1, LEAST * 3 // 2, LEAST * 2]))
Graph = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), Weights), max_size=50)


@settings(max_examples=300)
@given(Graph, st.randoms(use_true_random=False))
def test_any_order_of_coming_changing_and_going(graph: list[tuple[int, int, int]], rng: random.Random) -> None:
    edges = {(max(a, b), min(a, b)): w for a, b, w in graph if a != b}
    memory = Memory()
    ids = [f"a-{n:02}" for n in range(14)]
    rng.shuffle(ids)
    for _ in range(8):
        there = set(memory.edges)
        removed = set(rng.sample(sorted(there), min(len(there), rng.choice([0, 0, 1, 2]))))
        changed = set(rng.sample(range(14), rng.choice([1, 1, 2, 4]))) - removed
        if rng.random() < 0.3:
            edges.update({pair: rng.randint(LEAST // 3, 2 * LEAST) for pair in edges if changed.intersection(pair)})
        for report in removed | (changed & there):
            memory.drop(report)
        for report in changed:
            memory.put(ids[report], report)
        for (a, b), weight in edges.items():
            if a in memory.edges and b in memory.edges and (a in changed or b in changed):
                memory.connect(a, b, weight)
        memory.regroup(changed, removed)
        check(memory)
