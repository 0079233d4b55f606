"""A slow exact aligner, against which the fast one is measured: Smith and Waterman (1981) over all words of two reports.

Every cell of the table is filled; no index, no band, no anchors. Only the rows are computed at once, by numpy.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from riwaya.relate.align import split
from riwaya.relate.reading import Reading
from riwaya.settings.passages import PASSAGES

Pair = tuple[int, int]
Place = tuple[int, int]
_MATCH, _MISS = 2, -1


def best(a: Sequence[int], b: Sequence[int]) -> tuple[int, list[Pair]]:
    """The score and the matching places of the best local alignment of two rows of numbers (equal words: equal numbers).

    A match counts 2, a word left out or replaced -1.
    """
    table = _table(a, b)
    at = int(table.argmax())
    i, j = divmod(at, len(b) + 1)
    top = int(table[i, j])
    pairs: list[Pair] = []
    while i and j and table[i, j] > 0:
        same = a[i - 1] == b[j - 1]
        if table[i, j] == table[i - 1, j - 1] + (_MATCH if same else _MISS):
            i, j = i - 1, j - 1
            if same:
                pairs.append((i, j))
        elif table[i, j] == table[i - 1, j] + _MISS:
            i -= 1
        else:
            j -= 1
    return top, pairs[::-1]


def _table(a: Sequence[int], b: Sequence[int]) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    width = len(b) + 1
    table = np.zeros((len(a) + 1, width), np.int32)
    steps = np.arange(width, dtype=np.int32)
    words = np.array(b, np.int64)
    for i, word in enumerate(a, 1):
        above = table[i - 1]
        row = above + _MISS
        row[1:] = np.maximum(row[1:], above[:-1] + np.where(words == word, _MATCH, _MISS))
        row = np.maximum(row, 0)
        # Words of b left out: each step to the right costs one, so the best start is a running maximum of value plus place.
        table[i] = np.maximum.accumulate(row + steps) - steps
    return table


def passages(a: Reading, b: Reading, least: int) -> list[tuple[Place, Place]]:
    """Every alignment of `least` equal words or more, as character spans of both texts; each word of a is used once."""
    numbers: dict[str, int] = {}
    left = [numbers.setdefault(s, len(numbers)) for s in a.stems]
    right = [numbers.setdefault(s, len(numbers)) for s in b.stems]
    found: list[tuple[Place, Place]] = []
    while True:
        score, pairs = best(left, right)
        if score < _MATCH * least // 2:
            return found
        for part in split(pairs, PASSAGES.passage_hole):
            (first_a, first_b), (last_a, last_b) = part[0], part[-1]
            similarity = 2 * len(part) / (last_a - first_a + last_b - first_b + 2)
            if len(part) >= least and similarity >= PASSAGES.copy_similarity:
                found.append(((a.start[first_a], a.end[last_a]), (b.start[first_b], b.end[last_b])))
        for at in range(pairs[0][0], pairs[-1][0] + 1):
            left[at] = -1 - at  # equal to nothing
