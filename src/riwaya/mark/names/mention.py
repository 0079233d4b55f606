"""A mention while it is being made."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.model import NameKind


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [first:last) that name something; `start` is a text offset, after a proclitic if there is one.

    `weight` ranks readings of the same words (lists and grammar over the tagger alone); `score` is 0..1.
    """

    first: int
    last: int
    start: int
    end: int
    kind: NameKind
    weight: int
    score: float
    reasons: tuple[str, ...]
    role: tuple[int, int] | None = None

    def overlaps(self, other: Mention) -> bool:
        """Whether a word belongs to both."""
        return self.first < other.last and other.first < self.last

    def inside(self, other: Mention) -> bool:
        """Whether every word of this one belongs to the other."""
        return other.first <= self.first and self.last <= other.last
