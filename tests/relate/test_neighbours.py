"""The edges between reports: as their definition says pair by pair, and the same a batch at a time."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from invented_prints import FIRST, invented

from riwaya.relate.fingerprints import SCALE, UNIT, Fingerprint
from riwaya.relate.neighbours import Edges, NearIndex, edges, in_order
from riwaya.settings.stories import STORIES

Pair = tuple[str, str]


def expected(a: Fingerprint, b: Fingerprint) -> tuple[int, int] | None:
    """Weight and share copied of a pair, or None, as the definition reads."""
    apart = STORIES.undated_days if a.day is None or b.day is None else abs(a.day - b.day)
    if a.day is not None and b.day is not None and apart > STORIES.days:
        return None
    mine, others = (dict(zip(f.terms.split(), array("H", f.weights), strict=True)) for f in (a, b))
    alike = sum(w * others[t] for t, w in mine.items() if t in others)
    runs = [set(array("Q", f.grams)) for f in (a, b)]
    both = len(runs[0] & runs[1])
    copied = both * UNIT // max(STORIES.copied_least, min(map(len, runs))) if both >= STORIES.copied_least else 0
    alike = max(alike, copied)
    if alike < int(UNIT * (STORIES.edge + STORIES.edge_per_day * apart)):
        return None
    if not copied and len(mine.keys() & others.keys()) < STORIES.shared_terms:
        return None
    held = 0
    for one, other in ((a, b), (b, a)):
        stems = set(array("I", other.stems))
        held += sum(w for n, w in zip(array("I", one.headline), array("H", one.shares), strict=True) if n in stems)
    told = (1.0 - STORIES.tie_names - STORIES.tie_headline) * alike / UNIT + STORIES.tie_headline * held / (2 * SCALE)
    if a.names and b.names:
        there = dict(zip(array("I", b.names), array("H", b.sizes), strict=True))
        named = sum(w * there.get(n, 0) for n, w in zip(array("I", a.names), array("H", a.sizes), strict=True))
        told += STORIES.tie_names * named / UNIT
    else:
        told /= 1.0 - STORIES.tie_names
    if a.label and a.label == b.label:
        told += STORIES.tie_label
    if copied >= STORIES.near_copy * UNIT:
        told = max(told, copied / UNIT)
    told += STORIES.tie_undated if a.day is None or b.day is None else -STORIES.tie_per_day * apart
    return (round(UNIT * told), copied) if told >= STORIES.tie else None


def by_pair(found: Iterable[Edges], names: list[str] | dict[int, str]) -> dict[Pair, tuple[int, int]]:
    table: dict[Pair, tuple[int, int]] = {}
    for one in found:
        columns = (one.first.tolist(), one.second.tolist(), one.weight.tolist(), one.copied.tolist())
        for a, b, weight, copied in zip(*columns, strict=True):
            low, high = sorted((names[a], names[b]))
            assert (low, high) not in table, "a pair is given once"
            table[low, high] = (weight, copied)
    return table


def expected_of(prints: list[Fingerprint]) -> dict[Pair, tuple[int, int]]:
    pairs = [sorted((a, b), key=lambda f: f.article_id) for n, a in enumerate(prints) for b in prints[:n]]
    return {(a.article_id, b.article_id): edge for a, b in pairs if (edge := expected(a, b))}


@given(st.randoms(use_true_random=False), st.integers(0, 40))
def test_edges_are_what_the_definition_says(rng: random.Random, count: int) -> None:
    prints = in_order([invented(rng, n) for n in range(count)])
    found = edges(prints)
    assert by_pair([found], [f.article_id for f in prints]) == expected_of(prints)
    places = list(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert places == sorted(places)
    assert all(first > second for first, second in places)


def test_the_definition_is_put_to_the_test() -> None:
    rng = random.Random(5)
    prints = [invented(rng, n) for n in range(60)]
    found = expected_of(prints)
    assert len(found) > 100
    assert 0 < sum(copied > 0 for _, copied in found.values()) < len(found)


@settings(max_examples=12)
@given(st.randoms(use_true_random=False))
def test_batches_give_the_same_edges(rng: random.Random) -> None:
    index, held, table = NearIndex(), dict[int, Fingerprint](), dict[Pair, tuple[int, int]]()
    for batch in range(9):
        gone = rng.sample(sorted(held), min(len(held), rng.choice([0, 0, 2])))
        again = rng.sample(sorted(held.keys() - set(gone)), min(len(held) - len(gone), rng.choice([0, 3])))
        index.remove(gone)
        leaving = {held.pop(number).article_id for number in gone} | {held[number].article_id for number in again}
        table = {pair: edge for pair, edge in table.items() if leaving.isdisjoint(pair)}
        new = {number: replace(invented(rng, number), article_id=held[number].article_id) for number in again}
        new |= {100 * batch + n: invented(rng, 100 * batch + n) for n in range(rng.choice([1, 2, 12]))}
        held |= new
        names = {number: f.article_id for number, f in held.items()}
        table |= by_pair([index.add(list(new), list(new.values()))], names)
        assert table == expected_of(list(held.values()))
        assert len(index) == len(held)


def test_an_index_may_start_from_what_is_kept_and_let_days_go() -> None:
    rng = random.Random(1)
    prints = in_order([invented(rng, n) for n in range(300)])
    names = dict(enumerate(f.article_id for f in prints))
    new = [n for n, f in enumerate(prints) if f.day == FIRST + 8]
    index = NearIndex()
    for start in range(0, 300, 10):  # more segments than are kept apart
        old = [n for n in range(start, start + 10) if n not in new]
        index.load(old, [prints[n] for n in old])
    whole = by_pair([index.meet(new, [prints[n] for n in new])], names)
    index.keep(set(range(FIRST + 8 - STORIES.days, FIRST + 9 + STORIES.days)))
    assert by_pair([index.meet(new, [prints[n] for n in new])], names) == whole != {}
    assert set(new).isdisjoint(n for n in range(300) if n in index)
    among = {names[n] for n in new}
    expected_pairs = {pair: edge for pair, edge in expected_of(prints).items() if len(among.intersection(pair)) == 1}
    assert whole == expected_pairs
