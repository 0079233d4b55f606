"""Two stretches that belong together, before they become a passage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """Stretches of the readings numbered `a` < `b`, as word ranges (end exclusive). `similarity` is 0..1."""

    a: int
    b: int
    a_words: Place
    b_words: Place
    kind: Literal["copy", "paraphrase"]
    similarity: float


def overlap(x: Place, y: Place) -> float:
    """The share of the shorter of two ranges that lies in the other."""
    shared = min(x[1], y[1]) - max(x[0], y[0])
    return max(0, shared) / min(x[1] - x[0], y[1] - y[0])


def same_place(x: Match, y: Match) -> bool:
    """Whether two matches of one pair of reports are mostly the same stretches on both sides."""
    half = 0.5  # by definition: mostly
    return overlap(x.a_words, y.a_words) > half and overlap(x.b_words, y.b_words) > half
