"""Regrouping after each change gives what grouping all anew gives."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_prints import invented

from riwaya.relate.fingerprints import Fingerprint
from riwaya.relate.neighbours import NearIndex
from riwaya.relate.regroup import Held, Merge, Regrouped, merges_of, regroup
from riwaya.relate.stories import StoryGroup, average_link, group_stories, grouped, least_tie, tie_of
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


def joins(memory: Memory) -> list[Merge]:
    """The joins of a run over all, every tie looked at before each."""
    groups = [[r] for r in sorted(memory.edges, key=lambda r: memory.names[r])]
    made: list[Merge] = []
    while True:
        best: tuple[float, str, str, int, int] | None = None
        for at, one in enumerate(groups):
            for n, other in enumerate(groups[:at]):
                weights = [memory.edges[a][b][0] for a in one for b in other if b in memory.edges[a]]
                if max(weights, default=0) >= LEAST:
                    score = tie_of((sum(weights), max(weights)), len(one) * len(other), STORIES.best_pair)
                    level = (-score, memory.names[other[0]], memory.names[one[0]], n, at)
                    if score >= LEAST and (best is None or level < best):
                        best = level
        if best is None:
            return made
        n, at = best[3:]
        made.append((-best[0], groups[n][0], groups[at][0]))
        groups[n] += groups.pop(at)


def grow(edges: dict[tuple[int, int], int], ids: Sequence[str], rng: random.Random) -> None:
    """Let reports come, change and go at random, and check the stories after each batch."""
    memory = Memory()
    for _ in range(8):
        there = set(memory.edges)
        removed = set(rng.sample(sorted(there), min(len(there), rng.choice([0, 0, 1, 2]))))
        changed = set(rng.sample(range(len(ids)), rng.choice([1, 1, 2, len(ids) // 2]))) - removed
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
    made = joins(memory)
    for story in memory.held.values():
        assert merges_of(story) == [merge for merge in made if merge[1] in story.members]


Weights = st.one_of(st.integers(LEAST // 4, LEAST * 2), st.sampled_from([LEAST, LEAST - 1, LEAST + 1, LEAST * 3 // 2, LEAST * 2]))
Graph = st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), Weights), max_size=50)


@settings(max_examples=200)
@given(Graph, st.permutations([f"a-{n:02}" for n in range(14)]), st.randoms(use_true_random=False))
def test_any_order_of_coming_changing_and_going(graph: list[tuple[int, int, int]], ids: list[str], rng: random.Random) -> None:
    grow({(max(a, b), min(a, b)): w for a, b, w in graph if a != b}, ids, rng)


@settings(max_examples=200)
@given(st.lists(st.integers(1, 6), min_size=3, max_size=6), st.randoms(use_true_random=False))
def test_any_order_where_ties_rise(sizes: list[int], rng: random.Random) -> None:
    """Tight blocks with weak links between all their reports and one strong link: a join often makes a tie higher than it was."""
    block = [n for n, size in enumerate(sizes) for _ in range(size)]
    base = {(a, b): rng.choice([0, 0.5, 0.8, 0.95, 1.1, 1.2]) for a in range(len(sizes)) for b in range(a)}
    edges = {
        (a, b): int(LEAST * (2.8 if block[a] == block[b] else base[block[a], block[b]] * rng.uniform(0.95, 1.05)))
        for a in range(len(block))
        for b in range(a)
    }
    for one, other in base:
        if rng.random() < 0.7:
            edges[block.index(one), block.index(other)] = int(LEAST * rng.uniform(1.5, 2.7))
    ids = [f"a-{n:02}" for n in range(len(block))]
    rng.shuffle(ids)
    grow({pair: weight for pair, weight in edges.items() if weight}, ids, rng)


def test_a_story_that_comes_within_reach_late_is_where_it_was_then() -> None:
    """When the new report has joined the six, the two have long been one; one of them alone would be tied enough."""
    six, two, new = range(6), (6, 7), 8
    memory = Memory()
    for report in (*six, *two):
        memory.put(f"a-{report}", report)
    for a in six:
        for b in range(a):
            memory.connect(a, b, 1_000_000)
    memory.connect(7, 6, 385_000)
    memory.connect(0, 6, 900_000)
    memory.regroup((*six, *two))
    assert {frozenset(s.members) for s in memory.held.values()} == {frozenset(six), frozenset(two)}
    memory.put("a-8", new)
    for a in six:
        memory.connect(new, a, 380_000)
    memory.connect(new, 6, LEAST - 1)
    memory.regroup([new])
    assert {frozenset(s.members) for s in memory.held.values()} == {frozenset({*six, new}), frozenset(two)}
    check(memory)


def test_a_group_that_loses_its_partner_late_finds_the_others_as_they_were_then() -> None:
    """One and six become tied to a single one of the two when they join, but by then the two have long been one."""
    one, six, two, partner = 0, range(1, 7), (7, 8), 9
    memory = Memory()
    for report in range(10):
        memory.put(f"a-{report}", report)
    for a in six:
        for b in range(1, a):
            memory.connect(a, b, 1_000_000)
        memory.connect(a, one, 380_000)
    memory.connect(8, 7, 385_000)
    memory.connect(1, 7, 900_000)
    memory.connect(one, 7, 377_000)
    for report in (one, *six):
        memory.connect(partner, report, 370_000)
    memory.regroup(range(10))
    assert {frozenset(s.members) for s in memory.held.values()} == {frozenset({one, *six, partner}), frozenset(two)}
    memory.drop(partner)
    memory.regroup([], [partner])
    assert {frozenset(s.members) for s in memory.held.values()} == {frozenset({one, *six}), frozenset(two)}
    check(memory)


class Archive:
    """Reports that come a batch at a time, with their edges and stories."""

    def __init__(self) -> None:
        self.memory = Memory()
        self.index = NearIndex()
        self.prints: dict[int, Fingerprint] = {}
        self.groups: dict[int, StoryGroup] = {}
        self.looked_at = 0

    def add(self, prints: Mapping[int, Fingerprint], removed: Iterable[int] = ()) -> None:
        removed = list(removed)
        self.index.remove(removed)
        for number in [*removed, *(prints.keys() & self.prints.keys())]:
            self.memory.drop(number)
            del self.prints[number]
        self.prints |= prints
        for number, one in prints.items():
            self.memory.put(one.article_id, number)
        new = self.index.add(list(prints), list(prints.values()))
        for edge in zip(new.first.tolist(), new.second.tolist(), new.weight.tolist(), new.copied.tolist(), strict=True):
            self.memory.connect(*edge)
        before = self.memory.next
        found = self.memory.regroup(prints, removed)
        for story in found.gone:
            del self.groups[story]
        for story, one in enumerate(found.made, before + 1):
            self.groups[story] = grouped([self.prints[n] for n in one.members], one.weight, one.copies)
        self.looked_at += found.looked_at

    def check(self) -> None:
        assert sorted(self.groups.values(), key=lambda g: g.id) == group_stories(self.prints.values())


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_stories_ids_and_reasons_are_those_of_all_at_once(rng: random.Random) -> None:
    archive = Archive()
    for batch in range(6):
        held = sorted(archive.prints)
        removed = rng.sample(held, min(len(held), rng.choice([0, 0, 3])))
        again = rng.sample(sorted(set(held) - set(removed)), min(len(held) - len(removed), rng.choice([0, 2])))
        prints = {n: replace(invented(rng, n), article_id=archive.prints[n].article_id) for n in again}
        prints |= {100 * batch + n: invented(rng, 100 * batch + n) for n in range(rng.choice([1, 5, 25]))}
        archive.add(prints, removed)
        archive.check()


def real_reports(shared: Path, count: int) -> list[tuple[Fingerprint, Fingerprint]]:
    """Of the first reports of a day the fingerprint, and the one before the page's furniture was known."""
    from itertools import islice

    import riwaya
    from riwaya.model import Marks
    from riwaya.read.page import settle_page
    from riwaya.relate.fingerprints import fingerprint

    found = {a.id: a for a in islice(riwaya.read(shared / "data" / "egypt2013" / "2013-02-04.jsonl.gz"), count)}
    return [(fingerprint(settle_page(a), Marks(a.id)), fingerprint(a, Marks(a.id))) for a in found.values()]


@pytest.mark.shared
def test_real_reports_in_any_order_and_batches(shared: Path) -> None:
    reports = real_reports(shared, 2000)
    assert len(reports) > 1900
    for seed, size in enumerate((1000, 150, 40)):
        order = list(range(len(reports)))
        random.Random(seed).shuffle(order)
        archive = Archive()
        late: list[int] = []  # their furniture is found when others of the site have come
        for start in range(0, len(order), size):
            batch = order[start : start + size]
            prints = {n: reports[n][n % 20 == seed] for n in batch} | {n: reports[n][0] for n in late}
            archive.add(prints)
            late = [n for n in batch if n % 20 == seed]
            if start // size % 10 == 0:
                archive.check()
        archive.add({n: reports[n][0] for n in late})
        archive.check()
        assert sorted(archive.prints.values(), key=lambda f: f.article_id) == sorted(
            (settled for settled, _ in reports), key=lambda f: f.article_id
        )
