"""Smith and Waterman over all words, in plain Python: what the oracle of the measurements is checked with."""

from __future__ import annotations

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
