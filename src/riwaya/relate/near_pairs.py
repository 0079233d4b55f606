"""Pairs of reports that may be of one story: found a matrix at a time.

Reports are laid out as sparse rows of numbers, in segments of some days each, and two segments are compared by the products of
their rows. All sums are of whole numbers, and each pair depends on its two reports alone: how reports are cut into segments and
in which order they are compared changes nothing.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from riwaya.relate.fingerprints import SCALE, UNIT, Fingerprint
from riwaya.relate.reading import KEYS
from riwaya.settings.stories import STORIES

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
UNDATED = 1 << 40  # sorts after every day
_CELLS = 1 << 17  # of a matrix of products at a time: larger ones leave the processor's cache
_HEIGHT = 8  # rows of such a matrix at least
ROWS = 512  # a segment of fewer rows is small; larger ones are cut where the day changes
_COUNT = 1 << 12  # products of terms are counted in these, and the terms shared in ones: one sum tells both


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of reports, each pair once, with the likeness of each (UNIT = the same).

    `copied` is the share of the shorter report's selected runs of words that the other has too, in the same unit.
    """

    first: Ints
    second: Ints
    weight: Ints
    copied: Ints

    @classmethod
    def of(cls, parts: Iterable[Edges]) -> Edges:
        """Several as one."""
        given = [cls(*[np.zeros(0, np.int64)] * 4), *parts]
        return cls(*[np.concatenate([getattr(part, f.name) for part in given]) for f in fields(cls)])


class _Sparse:
    """Rows of features (numbers) with whole-number weights (1 where none are given), and which rows have each feature."""

    __slots__ = ("ends", "features", "keys", "rows", "starts", "stops", "values", "weights")

    def __init__(self, features: NDArray[np.uint64], weights: Floats | None, counts: Ints) -> None:
        self.features, self.weights = features, weights
        self.ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])  # of each row, after a 0
        order = np.argsort(features)
        ordered = features[order]
        self.starts = np.flatnonzero(np.concatenate([np.ones(min(1, len(ordered)), bool), ordered[1:] != ordered[:-1]]))
        self.stops = np.append(self.starts[1:], len(ordered))
        self.keys = ordered[self.starts]
        self.rows = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[order]
        self.values = None if weights is None else weights[order]


class Segment:
    """Some reports as rows, by day."""

    def __init__(self, nodes: Sequence[int], prints: Sequence[Fingerprint]) -> None:
        self.prints = prints
        self.nodes = np.array(nodes, np.int64)
        self.alive = np.ones(len(nodes), bool)
        self.days = np.array([day_of(f) for f in prints], np.int64)
        self.label = np.array([f.label for f in prints], np.int64)
        self.named = np.array([bool(f.names) for f in prints], bool)
        terms = [f.terms.split(" ") if f.terms else [] for f in prints]
        keys = np.fromiter(map(KEYS.__getitem__, chain.from_iterable(terms)), np.uint64)
        weights = np.frombuffer(b"".join(f.weights for f in prints), "H").astype(np.float64)
        self.terms = _Sparse(keys, weights, _lengths(terms))
        self.grams = _sparse([f.grams for f in prints], "Q")
        self.headline = _sparse([f.headline for f in prints], "I", [f.shares for f in prints])
        self.names = _sparse([f.names for f in prints], "I", [f.sizes for f in prints])
        self.stems = _sparse([f.stems for f in prints], "I")
        self.sizes = np.maximum(np.diff(self.grams.ends), STORIES.copied_least)

    def settle(self) -> None:
        """From now on it is only what others are compared with, as the right one of two: forget what that does not need."""
        for rows in (self.terms, self.grams, self.headline, self.names, self.stems):
            rows.features, rows.weights = rows.features[:0], None

    def __len__(self) -> int:
        return len(self.nodes)

    def within(self, first: int, last: int) -> slice:
        """The rows of these days, both included."""
        return slice(int(np.searchsorted(self.days, first)), int(np.searchsorted(self.days, last, "right")))


def day_of(one: Fingerprint) -> int:
    """The day of a report; of an undated one, what sorts after every day."""
    return UNDATED if one.day is None else one.day


def _lengths(rows: Sequence[Sequence[object] | bytes], size: int = 1) -> Ints:
    return np.fromiter((len(row) // size for row in rows), np.int64, len(rows))


def _sparse(rows: Sequence[bytes], kind: str, weights: Sequence[bytes] | None = None) -> _Sparse:
    values = None if weights is None else np.frombuffer(b"".join(weights), "H").astype(np.float64)
    features = np.frombuffer(b"".join(rows), kind).astype(np.uint64)
    return _Sparse(features, values, _lengths(rows, array(kind).itemsize))


def cut(nodes: Sequence[int], prints: Sequence[Fingerprint]) -> Iterator[Segment]:
    """Segments of some reports: whole days, as many as give enough rows; the undated in one of their own."""
    order = sorted(range(len(prints)), key=lambda at: (day_of(prints[at]), prints[at].article_id))
    start = 0
    for at in range(1, len(order) + 1):
        before, day = day_of(prints[order[at - 1]]), day_of(prints[order[at]]) if at < len(order) else None
        if day is None or (day != before and (at - start >= ROWS or day == UNDATED)):
            yield Segment([nodes[n] for n in order[start:at]], [prints[n] for n in order[start:at]])
            start = at


class _Product:
    """The products of the rows of one matrix with those of another, a block of rows at a time."""

    def __init__(self, left: _Sparse, right: _Sparse, width: int) -> None:
        self._left, self._right, self._width = left, right, width
        at = np.searchsorted(right.keys, left.features)
        at[at == len(right.keys)] = 0
        known = right.keys[at] == left.features if len(right.keys) else np.zeros(len(at), bool)
        self._known = np.flatnonzero(known)  # places in the left matrix
        self._starts = right.starts[at[self._known]]
        self._lengths = right.stops[at[self._known]] - self._starts
        self._row = np.repeat(np.arange(len(left.ends) - 1), np.diff(left.ends))[self._known]

    def block(self, first: int, last: int, unit: int = 1, count: int = 0) -> Floats:
        """The rows `first` to `last` of the product as one row, times `unit`, plus `count` for every feature shared."""
        few = slice(*np.searchsorted(self._known, self._left.ends[[first, last]]))
        lengths, starts = self._lengths[few], self._starts[few]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        at = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
        cell = self._right.rows[at] + np.repeat((self._row[few] - first) * self._width, lengths)
        weights: Floats | None = None
        if self._left.weights is not None:
            weights = np.repeat(self._left.weights[self._known[few]] * unit, lengths)
        if self._right.values is not None:
            weights = self._right.values[at] if weights is None else weights * self._right.values[at]
        if weights is not None and count:
            weights += count
        return np.bincount(cell, weights, (last - first) * self._width).astype(np.float64, copy=False)


def edges_between(left: Segment, right: Segment) -> Iterator[Edges]:
    """The edges between the reports of two segments, those of the left one first; within one segment the later row first."""
    if _reach(left, right):
        yield from _Pair(left, right).edges()


def _reach(left: Segment, right: Segment) -> bool:
    """Whether a report of one may have an edge with a report of the other."""
    if left.days[-1] == UNDATED or right.days[-1] == UNDATED:
        return True
    return bool(left.days[0] - right.days[-1] <= STORIES.days and right.days[0] - left.days[-1] <= STORIES.days)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Some cells of a block of rows, as places in the block and as rows and columns."""

    first: int
    last: int
    cell: Ints
    row: Ints
    column: Ints


class _Pair:
    """Two segments (or one, with itself) between which edges are looked for."""

    def __init__(self, left: Segment, right: Segment) -> None:
        self._left, self._right = left, right
        self._width = width = len(right)
        self._terms = _Product(left.terms, right.terms, width)
        self._grams = _Product(left.grams, right.grams, width)
        self._names = _Product(left.names, right.names, width)
        self._told = _Product(left.headline, right.stems, width)
        self._heard = _Product(left.stems, right.headline, width)

    def edges(self) -> Iterator[Edges]:
        """The edges, the row of the left segment first; within one segment the later row first."""
        left, right = self._left, self._right
        rows = range(len(left))
        if right.days[0] != UNDATED and left.days[0] != UNDATED:
            within = left.within(right.days[0] - STORIES.days, right.days[-1] + STORIES.days)
            rows = rows[within]
        height = max(_HEIGHT, _CELLS // self._width)
        for first in range(rows.start, rows.stop, height):
            yield self._block(first, min(first + height, rows.stop))

    def _block(self, first: int, last: int) -> Edges:
        left, right = self._left, self._right
        shared, runs = self._terms.block(first, last, _COUNT, 1), self._grams.block(first, last)
        cell = np.flatnonzero((shared >= int(UNIT * STORIES.edge) * _COUNT) | (runs >= STORIES.copied_least))
        row, column = np.divmod(cell, self._width)
        row += first
        keep = left.alive[row] & right.alive[column]
        if left is right:
            keep &= row > column
        dated = (left.days[row] != UNDATED) & (right.days[column] != UNDATED)
        apart = np.abs(left.days[row] - right.days[column])
        keep &= ~dated | (apart <= STORIES.days)
        between = np.where(dated, apart, STORIES.undated_days)
        both = runs[cell].astype(np.int64)
        copied = np.where(both >= STORIES.copied_least, both * UNIT // np.minimum(left.sizes[row], right.sizes[column]), 0)
        alike, terms = np.divmod(shared[cell].astype(np.int64), _COUNT)
        alike = np.maximum(alike, copied)
        keep &= alike >= (UNIT * (STORIES.edge + STORIES.edge_per_day * between)).astype(np.int64)
        keep &= (copied > 0) | (terms >= STORIES.shared_terms)
        kept = np.flatnonzero(keep)
        at = _Cells(first, last, cell[kept], row[kept], column[kept])
        weight = self._likeness(at, alike[kept], copied[kept], between[kept], dated[kept])
        tied = np.flatnonzero(weight)
        return Edges(left.nodes[at.row[tied]], right.nodes[at.column[tied]], weight[tied], copied[kept][tied])

    def _likeness(self, at: _Cells, alike: Ints, copied: Ints, between: Floats, dated: NDArray[np.bool_]) -> Ints:
        """How alike pairs of reports are, UNIT the most; 0 where they are not tied.

        The mean of three: how alike their terms are (or how much is copied), the cosine of the names in headline and lead, and
        how much of each headline the other report holds. Reports of one kind of event in two places are alike in their terms and
        differ in the others. Where a report names nobody, the names are left out. What is copied is the same however retold. One
        label before both headlines' colons speaks for one story, days between them against it.
        """
        left, right = self._left, self._right
        of_names, of_headline = STORIES.tie_names, STORIES.tie_headline
        held = self._told.block(at.first, at.last)[at.cell] + self._heard.block(at.first, at.last)[at.cell]
        told = (1.0 - of_names - of_headline) * alike / UNIT + of_headline * held / (2 * SCALE)
        named = left.named[at.row] & right.named[at.column]
        names = self._names.block(at.first, at.last)[at.cell]
        told = np.where(named, told + of_names * names / UNIT, told / (1.0 - of_names))
        labelled = (left.label[at.row] != 0) & (left.label[at.row] == right.label[at.column])
        told = np.where(labelled, told + STORIES.tie_label, told)
        told = np.where(copied >= STORIES.near_copy * UNIT, np.maximum(told, copied / UNIT), told)
        told = told + np.where(dated, -STORIES.tie_per_day * between, STORIES.tie_undated)
        return np.where(told < STORIES.tie, 0, np.rint(UNIT * told)).astype(np.int64)
