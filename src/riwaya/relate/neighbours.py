"""The fixed graph of reports that may belong together: an edge depends on its two reports and on nothing else."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riwaya.relate.fingerprints import SCALE, UNIT, Fingerprint
from riwaya.settings.stories import STORIES

Ints = NDArray[np.int64]
_UNDATED = 1 << 40  # sorts after every day


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of places in the sorted list of fingerprints, first > second, with the likeness of each (UNIT = the same).

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

    Takes the fingerprints `in_order`. A pair is looked at if it shares several terms and the cosine of the weighted terms, or the
    share of copied runs of words, is above a threshold that rises with the days between; no pair that shares neither. It is an
    edge if its likeness (`_Views.likeness`) is enough. A pair with an undated report is judged by its text alone.
    """
    vectors = _Rows([f.terms.split(" ") if f.terms else [] for f in prints], [array("H", f.weights) for f in prints])
    runs = [array("Q", f.grams) for f in prints]
    copies = _Rows(runs, [[1] * len(r) for r in runs])
    days = np.array([_UNDATED if f.day is None else f.day for f in prints], np.int64)
    sizes = np.array([max(len(r), STORIES.copied_least) for r in runs], np.int64)
    reach = np.searchsorted(days, days - STORIES.days)
    least = int(UNIT * STORIES.edge)  # of any edge, whatever the days between
    views = _Views(prints)
    found: list[tuple[int, int, int, int]] = []
    for row in range(1, len(prints)):
        low = 0 if days[row] == _UNDATED else int(reach[row])
        views.forget(low)
        if low == row:
            continue
        runs_shared, product = copies.products(row, low), vectors.products(row, low)
        near = np.flatnonzero((product >= least) | (runs_shared >= STORIES.copied_least))
        both = runs_shared[near]
        shorter = np.minimum(sizes[low + near], sizes[row])
        copied = np.where(both >= STORIES.copied_least, both * UNIT // shorter, 0)
        weight = np.maximum(product[near], copied)
        apart = _apart(days, row, low + near)
        enough = weight >= (UNIT * (STORIES.edge + STORIES.edge_per_day * apart)).astype(np.int64)
        near, weight, copied, apart = near[enough] + low, weight[enough], copied[enough], apart[enough]
        for other, alike, copy, between in zip(near.tolist(), weight.tolist(), copied.tolist(), apart.tolist(), strict=True):
            likeness = views.likeness(row, other, alike, copy, between)
            if likeness:
                found.append((row, other, likeness, copy))
    table = np.array(found, np.int64).reshape(-1, 4)
    return Edges(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _apart(days: Ints, row: int, others: Ints) -> NDArray[np.float64]:
    """The days between a row and each of some earlier ones."""
    if days[row] == _UNDATED:  # these come last, so that a dated row meets none
        return np.full(len(others), STORIES.undated_days)
    between: NDArray[np.float64] = (days[row] - days[others]).astype(np.float64)
    return between


class _View:
    """A fingerprint laid open for comparing."""

    __slots__ = ("dated", "headline", "label", "names", "stems", "terms")

    def __init__(self, one: Fingerprint) -> None:
        self.dated = one.day is not None
        self.label = one.label
        self.terms = frozenset(one.terms.split(" "))
        self.headline = list(zip(array("I", one.headline), array("H", one.shares), strict=True))
        self.names = dict(zip(array("I", one.names), array("H", one.sizes), strict=True))
        self.stems = frozenset(array("I", one.stems))


class _Views:
    """The fingerprints within reach laid open, each when first looked at."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        self._prints = prints
        self._open: dict[int, _View] = {}
        self._low = 0
        self._of_names, self._of_headline = STORIES.tie_names, STORIES.tie_headline
        self._of_terms = 1.0 - self._of_names - self._of_headline
        self._least = STORIES.tie

    def forget(self, low: int) -> None:
        """Nothing before `low` is asked for next."""
        for row in range(self._low, low):
            self._open.pop(row, None)
        self._low = low

    def _at(self, row: int) -> _View:
        view = self._open.get(row)
        if view is None:
            view = self._open[row] = _View(self._prints[row])
        return view

    def likeness(self, first: int, second: int, alike: int, copied: int, apart: float) -> int:
        """How alike two reports are, UNIT the most; 0 where they are not tied.

        The mean of three: how alike their terms are (or how much is copied), the cosine of the names in headline and lead, and
        how much of each headline the other report holds. Reports of one kind of event in two places are alike in their terms and
        differ in the others. Where a report names nobody, the names are left out. What is copied is the same however retold. One
        label before both headlines' colons speaks for one story, days between them against it.
        """
        a, b = self._at(first), self._at(second)
        here, there = a.stems, b.stems
        held = sum([w for n, w in a.headline if n in there]) + sum([w for n, w in b.headline if n in here])
        told = self._of_terms * alike / UNIT + self._of_headline * held / (2 * SCALE)
        if a.names and b.names:
            few, many = (a.names, b.names) if len(a.names) <= len(b.names) else (b.names, a.names)
            named = sum([w * many[n] for n, w in few.items() if n in many])
            told += self._of_names * named / UNIT
        else:
            told /= 1.0 - self._of_names
        if a.label and a.label == b.label:
            told += STORIES.tie_label
        if copied:
            told = max(told, copied / UNIT if copied >= STORIES.near_copy * UNIT else 0.0)
        told += -STORIES.tie_per_day * apart if a.dated and b.dated else STORIES.tie_undated
        if told < self._least or (not copied and len(a.terms & b.terms) < STORIES.shared_terms):
            return 0
        return round(UNIT * told)


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
