"""Exact local alignment of two word sequences (Smith and Waterman 1981), inside windows that shared runs of words open.

A word that stands in both, in order, earns 2; a word on one side only, or one word in place of another, costs 1. The best-
scoring stretch is one alignment; where it leaves out more than `passage_hole` words on a side it is two. Shared runs of words
say where to look, so that only small windows are aligned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from riwaya.settings.passages import PASSAGES

_MATCH, _MISS = 2, -1  # the scores of Smith and Waterman's scheme as text-reuse tools use them (passim: 2, -1, gap -1)

Pair = tuple[int, int]
Window = tuple[int, int, int, int]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words [a_first:a_last) of one text laid against [b_first:b_last) of another; `pairs` are the words that match, in order."""

    a_first: int
    a_last: int
    b_first: int
    b_last: int
    pairs: tuple[Pair, ...]

    @property
    def score(self) -> int:
        """The alignment's score under the scheme above."""
        first, last = self.a_last - self.a_first, self.b_last - self.b_first
        return score(self.pairs) if first and last else 0

    @property
    def similarity(self) -> float:
        """The share of the words of both sides that match: 1 for the same words."""
        return 2 * len(self.pairs) / (self.a_last - self.a_first + self.b_last - self.b_first)


def score(pairs: Sequence[Pair]) -> int:
    """The score of matched words in order: what they earn, less what lies between them."""
    total = _MATCH * len(pairs)
    for (a, b), (c, d) in pairwise(pairs):
        total += _MISS * max(c - a - 1, d - b - 1)
    return total


def windows(anchors: Sequence[Pair], weights: Sequence[int]) -> list[Window]:
    """Where to align: shared runs of words (their first places in both texts) that lie near each other make one window.

    Returns (a_first, a_last, b_first, b_last) with `window_margin` words around, ascending; a cluster that covers fewer than
    `window_words` words of a, or words of too little weight (thousandths), opens none.
    """
    clusters: list[list[Pair]] = []
    for a, b in sorted(anchors):
        for cluster in reversed(clusters):
            last_a, last_b = cluster[-1]
            if a - last_a <= PASSAGES.window_gap and -PASSAGES.window_slack <= b - last_b <= PASSAGES.window_gap:
                cluster.append((a, b))
                break
            if a - last_a > PASSAGES.window_gap:
                continue
        else:
            clusters.append([(a, b)])
    found = []
    for cluster in clusters:
        covered = {a + k for a, _ in cluster for k in range(PASSAGES.passage_gram)}
        if len(covered) >= PASSAGES.window_words and sum(weights[w] for w in covered) >= 1000 * PASSAGES.window_weight:
            margin = PASSAGES.window_margin
            size = PASSAGES.passage_gram
            lows = [min(p[side] for p in cluster) - margin for side in (0, 1)]
            highs = [max(p[side] for p in cluster) + size + margin for side in (0, 1)]
            found.append((max(0, lows[0]), highs[0], max(0, lows[1]), highs[1]))
    return _merged(found)


def _merged(found: list[Window]) -> list[Window]:
    """Windows that overlap in both texts as one, so that an alignment is not cut at the edge between them."""
    kept: list[Window] = []
    for window in sorted(found):
        one = window
        while True:
            other = next((w for w in kept if w[0] < one[1] and one[0] < w[1] and w[2] < one[3] and one[2] < w[3]), None)
            if other is None:
                break
            kept.remove(other)
            one = (min(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), max(one[3], other[3]))
        kept.append(one)
    return sorted(kept)


def align(a: Codes, b: Codes) -> list[Pair]:
    """The best local alignment of two sequences of word numbers: the matching places, in order."""
    size = len(b)
    if not len(a) or not size:
        return []
    if np.array_equal(a, b):  # nothing scores higher than all words of both
        return [(at, at) for at in range(size)]
    # The table holds score plus row plus column, so that a word skipped in a, which costs one, keeps its value, and words skipped
    # in b are a running maximum. At first it holds the score 0 everywhere, of an alignment that begins there.
    gains = np.where(a[:, None] == b[None, :], np.int32(_MATCH + 2), np.int32(_MISS + 2))
    ramp: Codes = np.add.outer(np.arange(len(a) + 1, dtype=np.int32), np.arange(size + 1, dtype=np.int32))
    table: Codes = ramp.copy()
    larger, running = np.maximum, np.maximum.accumulate
    for corner, above, best, gain in zip(table[:-1, :-1], table[:-1, 1:], table[1:, 1:], gains, strict=True):
        np.add(corner, gain, out=gain)
        larger(best, gain, out=best)
        larger(best, above, out=best)
        running(best, out=best)
    table -= ramp
    end = int(np.argmax(table))
    return _trace(table, a, b, *divmod(end, size + 1))


def _trace(table: Codes, a: Codes, b: Codes, row: int, column: int) -> list[Pair]:
    """From the best cell back to where its alignment begins; a match is preferred to a skip."""
    pairs: list[Pair] = []
    value, ones, others = table.item, a.tolist(), b.tolist()
    here = value(row, column)
    while row and column and here > 0:
        same = ones[row - 1] == others[column - 1]
        before = value(row - 1, column - 1)
        if here == before + (_MATCH if same else _MISS):
            row, column, here = row - 1, column - 1, before
            if same:
                pairs.append((row, column))
        elif here == value(row - 1, column) + _MISS:
            row, here = row - 1, here - _MISS
        else:
            column -= 1
            here = value(row, column)
    return pairs[::-1]


def split(pairs: Sequence[Pair], hole: int) -> list[list[Pair]]:
    """Cut an alignment where it leaves out more than `hole` words on a side."""
    parts: list[list[Pair]] = []
    for pair in pairs:
        if parts and max(pair[0] - parts[-1][-1][0], pair[1] - parts[-1][-1][1]) - 1 <= hole:
            parts[-1].append(pair)
        else:
            parts.append([pair])
    return parts


def alignments(a: Codes, b: Codes, anchors: Sequence[Pair], weights: Sequence[int]) -> list[Alignment]:
    """The local alignments of two texts that the shared runs of words lead to, best first, none inside another.

    Takes the texts as numbers of words, the places (in a, in b) of shared runs of `passage_gram` words, and the weight of each
    word of a in thousandths.
    """
    found: list[Alignment] = []
    left = list(anchors)
    while left:
        fresh: list[Alignment] = []
        for a_low, a_high, b_low, b_high in windows(left, weights):
            pairs = [(x + a_low, y + b_low) for x, y in align(a[a_low:a_high], b[b_low:b_high])]
            for part in split(pairs, PASSAGES.passage_hole):
                fresh.append(Alignment(part[0][0], part[-1][0] + 1, part[0][1], part[-1][1] + 1, tuple(part)))
        fresh = [x for x in fresh if x.score >= PASSAGES.window_words]
        rest = [p for p in left if not any(_holds(x, p) for x in fresh)]
        found += fresh
        if len(rest) == len(left):
            break
        left = rest
        a = a.copy()
        for one in fresh:
            a[one.a_first : one.a_last] = -1  # so that the next round finds what lies beside it
    found.sort(key=lambda x: (-x.score, x.a_first, x.b_first))
    kept: list[Alignment] = []
    for one in found:
        if not any(_inside(one, other) for other in kept):
            kept.append(one)
    return kept


def _holds(one: Alignment, anchor: Pair) -> bool:
    return one.a_first <= anchor[0] < one.a_last and one.b_first <= anchor[1] < one.b_last


def _inside(one: Alignment, other: Alignment) -> bool:
    """Whether half of one lies in the other on both sides."""
    shared_a = min(one.a_last, other.a_last) - max(one.a_first, other.a_first)
    shared_b = min(one.b_last, other.b_last) - max(one.b_first, other.b_first)
    return 2 * shared_a > one.a_last - one.a_first and 2 * shared_b > one.b_last - one.b_first
