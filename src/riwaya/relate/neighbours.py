"""The fixed graph of reports that may belong together: an edge depends on its two reports and on nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from riwaya.relate.fingerprints import Fingerprint
from riwaya.relate.near_pairs import ROWS, UNDATED, Edges, Segment, cut, day_of, edges_between

_SMALL = 16  # so many small segments of an index are joined

__all__ = ["Edges", "NearIndex", "edges", "in_order"]


def in_order(prints: Iterable[Fingerprint]) -> list[Fingerprint]:
    """By day, the undated last, then by id: the order that `edges` and its places speak of."""
    return sorted(prints, key=lambda f: (day_of(f), f.article_id))


def edges(prints: Sequence[Fingerprint]) -> Edges:
    """Every pair of reports that may be of one story.

    Takes the fingerprints `in_order`, gives their places, the later first, sorted. A pair is looked at if it shares several terms
    and the cosine of the weighted terms, or the share of copied runs of words, is above a threshold that rises with the days
    between; no pair that shares neither. It is an edge if its likeness is enough. A pair with an undated report is judged by its
    text alone.
    """
    found = Edges.of(_among(list(cut(range(len(prints)), prints))))
    order = np.lexsort((found.second, found.first))
    return Edges(found.first[order], found.second[order], found.weight[order], found.copied[order])


class NearIndex:
    """Reports and which of them have edges (see `edges`), for reports that come a batch at a time.

    A report goes by a number of the caller's choice. Dated reports have edges only within `STORIES.days` days, so it is enough to
    hold the days within reach of those that come, and all undated ones. A report with no date may have an edge with any other: to
    add one, all must be held, or met (`meet`) in portions.
    """

    def __init__(self) -> None:
        self._segments: list[Segment] = []
        self._where: dict[int, tuple[Segment, int]] = {}

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, number: int) -> bool:
        return number in self._where

    def load(self, numbers: Sequence[int], prints: Sequence[Fingerprint]) -> None:
        """Hold reports whose edges are known already."""
        self._hold(cut(numbers, prints))

    def add(self, numbers: Sequence[int], prints: Sequence[Fingerprint]) -> Edges:
        """Hold further reports; returns their edges with those held and among themselves.

        A number that is held already is replaced.
        """
        self.remove(numbers)
        new = list(cut(numbers, prints))
        parts = list(_among(new))
        parts += _between(new, self._segments)
        self._hold(new)
        return Edges.of(parts)

    def meet(self, numbers: Sequence[int], prints: Sequence[Fingerprint]) -> Edges:
        """The edges that reports have with those held; nothing is kept of them."""
        return Edges.of(_between(list(cut(numbers, prints)), self._segments))

    def remove(self, numbers: Iterable[int]) -> None:
        """Forget these reports; numbers that are not held are passed over."""
        for number in numbers:
            segment, row = self._where.pop(number, (None, 0))
            if segment is not None:
                segment.alive[row] = False

    def keep(self, days: set[int]) -> None:
        """Forget what lies outside these days (of `Fingerprint.day`), as far as it stands together; the undated stay."""
        gone = [s for s in self._segments if s.days[0] != UNDATED and days.isdisjoint(s.days.tolist())]
        for segment in gone:
            self.remove(segment.nodes[segment.alive].tolist())
        self._segments = [s for s in self._segments if s not in gone]

    def _hold(self, new: Iterable[Segment]) -> None:
        self._enter(new)
        small = [s for s in self._segments if len(s) < ROWS]
        if len(small) > _SMALL:
            self._join(small)
        if len(self._segments) > _SMALL + 2 * len(self._where) // ROWS:
            self._join(self._segments)

    def _join(self, segments: list[Segment]) -> None:
        """Cut the reports of some segments anew, so that they are fewer; those forgotten are left out."""
        joined = {id(s) for s in segments}
        rows = [(s, at) for s in segments for at in np.flatnonzero(s.alive).tolist()]
        self._segments = [s for s in self._segments if id(s) not in joined]
        self._enter(cut([int(s.nodes[at]) for s, at in rows], [s.prints[at] for s, at in rows]))

    def _enter(self, segments: Iterable[Segment]) -> None:
        for segment in segments:
            segment.settle()
            self._where.update({node: (segment, row) for row, node in enumerate(segment.nodes.tolist())})
            self._segments.append(segment)


def _among(segments: Sequence[Segment]) -> Iterator[Edges]:
    """The edges among the reports of some segments, the report of the later segment or row first."""
    for at, one in enumerate(segments):
        for other in segments[: at + 1]:
            yield from edges_between(one, other)


def _between(segments: Sequence[Segment], others: Sequence[Segment]) -> Iterator[Edges]:
    """The edges between reports of some segments and reports of some others."""
    for one in segments:
        for other in others:
            yield from edges_between(one, other)
