"""The fixed graph of reports that may belong together: an edge depends on its two reports and on nothing else."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riwaya.relate.fingerprints import SCALE, Fingerprint
from riwaya.settings.relate import RELATE

Ints = NDArray[np.int64]
UNIT = SCALE * SCALE  # the product of a term vector with itself: what weighs this much is the same report
_UNDATED = 1 << 40  # sorts after every day


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of places in the sorted list of fingerprints, first > second, with the weight of what ties each (UNIT = the same).

    `copied` is the share of the shorter report's selected runs of words that the other has too, in the same unit.
    """

    first: Ints
    second: Ints
    weight: Ints
    copied: Ints


def in_order(prints: Sequence[Fingerprint]) -> list[Fingerprint]:
    """By day, the undated last, then by id: the order that `edges` and its places speak of."""
    return sorted(prints, key=lambda f: (_UNDATED if f.day is None else f.day, f.article_id))


def edges(prints: Sequence[Fingerprint]) -> Edges:
    """Every pair of reports that may be of one story.

    Takes the fingerprints `in_order`. An edge needs several shared terms and a cosine of the weighted terms, or a share of copied
    runs of words, above a threshold that rises with the days between; a pair with an undated report is judged by its text alone.
    No pair is looked at that shares no term and no run of words.
    """
    vectors = _Rows([f.terms.split(" ") if f.terms else [] for f in prints], [array("H", f.weights) for f in prints])
    terms = [frozenset(f.terms.split(" ")) for f in prints]
    runs = [array("Q", f.grams) for f in prints]
    copies = _Rows(runs, [[1] * len(r) for r in runs])
    days = np.array([_UNDATED if f.day is None else f.day for f in prints], np.int64)
    sizes = np.array([max(len(r), RELATE.story_copied_least) for r in runs], np.int64)
    reach = np.searchsorted(days, days - RELATE.story_days)
    least = int(UNIT * RELATE.story_edge)  # of any edge, whatever the days between
    found: list[tuple[Ints, Ints, Ints, Ints]] = []
    for row in range(1, len(prints)):
        low = 0 if days[row] == _UNDATED else int(reach[row])
        if low == row:
            continue
        runs_shared, product = copies.products(row, low), vectors.products(row, low)
        near = np.flatnonzero((product >= least) | (runs_shared >= RELATE.story_copied_least))
        both = runs_shared[near]
        shorter = np.minimum(sizes[low + near], sizes[row])
        copied = np.where(both >= RELATE.story_copied_least, both * UNIT // shorter, 0)
        weight = np.maximum(product[near], copied)
        enough = weight >= _thresholds(days, row, low + near)
        near, weight, copied = near[enough], weight[enough], copied[enough]
        mine = terms[row]
        pairs = zip((near + low).tolist(), copied.tolist(), strict=True)
        tied = np.array([bool(c) or len(mine & terms[n]) >= RELATE.story_shared_terms for n, c in pairs], np.bool_)
        near, weight, copied = near[tied], weight[tied], copied[tied]
        if len(near):
            found.append((np.full(len(near), row, np.int64), near + low, weight, copied))
    if not found:
        empty = np.zeros(0, np.int64)
        return Edges(empty, empty, empty, empty)
    return Edges(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _thresholds(days: Ints, row: int, others: Ints) -> Ints:
    """The least weight of an edge from a row to each of some earlier ones."""
    if days[row] == _UNDATED:  # these come last, so that a dated row meets none
        apart = np.full(len(others), RELATE.story_undated_days)
    else:
        apart = (days[row] - days[others]).astype(np.float64)
    least: Ints = (UNIT * (RELATE.story_edge + RELATE.story_edge_per_day * apart)).astype(np.int64)
    return least


class _Rows:
    """Sparse rows of whole-number weights with an index from each feature to the rows that hold it."""

    def __init__(self, features: Sequence[Sequence[Hashable]], weights: Sequence[Sequence[int]]) -> None:
        numbers: dict[Hashable, int] = {}
        self._features = [[numbers.setdefault(f, len(numbers)) for f in row] for row in features]
        self._weights = weights
        flat = np.fromiter((f for row in self._features for f in row), np.int64)
        order = np.argsort(flat, kind="stable")
        sizes = np.bincount(flat, minlength=len(numbers))
        self._rows = np.repeat(np.arange(len(features)), [len(row) for row in features])[order]
        self._places = self._rows.tolist()  # the same for bisection, which is faster in a list
        self._values = np.fromiter((w for row in weights for w in row), np.int64)[order]
        self._ends = np.cumsum(sizes).tolist()
        self._starts = [0, *self._ends[:-1]]

    def products(self, row: int, low: int) -> Ints:
        """The product of a row with each of the rows from `low` to itself, exclusive."""
        stretches: list[slice] = []
        weights: list[int] = []
        for feature, weight in zip(self._features[row], self._weights[row], strict=True):
            start, end = self._starts[feature], self._ends[feature]
            if start + 1 == end:  # nobody else has it
                continue
            first = bisect_left(self._places, low, start, end)
            last = bisect_left(self._places, row, first, end)
            if first < last:
                stretches.append(slice(first, last))
                weights.append(weight)
        if not stretches:
            return np.zeros(row - low, np.int64)
        at = np.concatenate([self._rows[s] for s in stretches]) - low
        values = np.concatenate([self._values[s] for s in stretches])
        values *= np.repeat(weights, [s.stop - s.start for s in stretches])
        total: Ints = np.bincount(at, values, row - low).astype(np.int64)  # exact: whole numbers below 2^53
        return total
