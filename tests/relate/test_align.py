"""The fast aligner against the slow exact one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from riwaya.evaluate import oracle
from riwaya.relate.align import align, alignments, score, split, windows

words = st.lists(st.sampled_from("abcdefgh"), max_size=30)


def codes(sequence: list[str]) -> np.ndarray:
    return np.array([ord(c) for c in sequence], np.int32)


@given(words, words)
def test_best_alignment_is_exact(a: list[str], b: list[str]) -> None:
    top, pairs = oracle.best(codes(a).tolist(), codes(b).tolist())
    found = align(codes(a), codes(b))
    assert score(found) == top
    assert found == pairs


@given(words, words)
def test_pairs_match_and_rise(a: list[str], b: list[str]) -> None:
    found = align(codes(a), codes(b))
    assert all(a[x] == b[y] for x, y in found)
    assert all(x < z and y < w for (x, y), (z, w) in pairwise(found))


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=25))
def test_windows_hold_the_runs_that_opened_them(anchors: list[tuple[int, int]]) -> None:
    found = windows(anchors, [10_000] * 100)
    for low, high, b_low, b_high in found:
        assert any(low <= a < high and b_low <= b < b_high for a, b in anchors)
    for one in found:
        others = [w for w in found if w != one]
        assert not any(w[0] < one[1] and one[0] < w[1] and w[2] < one[3] and one[2] < w[3] for w in others)


def test_a_long_hole_makes_two() -> None:
    pairs = [(0, 0), (1, 1), (40, 2), (41, 3)]
    assert split(pairs, 15) == [[(0, 0), (1, 1)], [(40, 2), (41, 3)]]
    assert split(pairs, 50) == [pairs]


def test_moved_paragraphs_are_both_found() -> None:
    first, second = list("abcdefghijklmno"), list("ABCDEFGHIJKLMNO")
    a, b = first + second, second + first
    anchors = [(i, b.index(a[i])) for i in range(len(a) - 2) if a[i + 2] == b[(b.index(a[i]) + 2) % len(b)]]
    found = alignments(codes(a), codes(b), anchors, [1000] * len(a))
    assert sorted((x.a_first, x.a_last, x.b_first, x.b_last) for x in found) == [(0, 15, 15, 30), (15, 30, 0, 15)]
