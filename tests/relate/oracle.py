"""A slow exact aligner, against which the fast one is measured: Smith and Waterman over all words, in plain Python."""

from __future__ import annotations

from riwaya.relate.align import split
from riwaya.relate.reading import Reading
from riwaya.settings.relate import RELATE

Pair = tuple[int, int]
_MATCH, _MISS = 2, -1


def best(a: list[str], b: list[str]) -> tuple[int, list[Pair]]:
    """The score and the matching places of the best local alignment."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    top, at = 0, (0, 0)
    for i, word in enumerate(a, 1):
        for j, other in enumerate(b, 1):
            gain = _MATCH if word == other else _MISS
            here = max(0, table[i - 1][j - 1] + gain, table[i - 1][j] + _MISS, table[i][j - 1] + _MISS)
            table[i][j] = here
            if here > top:
                top, at = here, (i, j)
    pairs: list[Pair] = []
    i, j = at
    while i and j and table[i][j] > 0:
        same = a[i - 1] == b[j - 1]
        if table[i][j] == table[i - 1][j - 1] + (_MATCH if same else _MISS):
            i, j = i - 1, j - 1
            if same:
                pairs.append((i, j))
        elif table[i][j] == table[i - 1][j] + _MISS:
            i -= 1
        else:
            j -= 1
    return top, pairs[::-1]


def passages(a: Reading, b: Reading, least: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Every alignment of `least` equal words or more, as character spans of both texts; each word of a is used once."""
    left = list(a.stems)
    found = []
    while True:
        score, pairs = best(left, b.stems)
        if score < _MATCH * least // 2:
            return found
        for part in split(pairs, RELATE.passage_hole):
            (first_a, first_b), (last_a, last_b) = part[0], part[-1]
            similarity = 2 * len(part) / (last_a - first_a + last_b - first_b + 2)
            if len(part) >= least and similarity >= RELATE.copy_similarity:
                found.append(((a.start[first_a], a.end[last_a]), (b.start[first_b], b.end[last_b])))
        for at in range(pairs[0][0], pairs[-1][0] + 1):
            left[at] = f"\x00{at}"  # equal to nothing
