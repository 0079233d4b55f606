"""A mention while it is being made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from riwaya.arabic.words import Words
from riwaya.model import NameKind

# Which reading wins when two claim the same words: lists and grammar over the tagger alone.
# NAMED is a head or facility called after a person (جامعة الملك سعود), which wins over the person.
TAGGER, GUESS, GAZETTEER, GRAMMAR, LIST, NAMED = 1, 2, 3, 4, 5, 6


NameConvention = Literal["news", "conll"]
"""What counts as a name and where it ends: "news" as the contract has it, "conll" as tagged newswire has it (`flat.py`)."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [first:last) that name something; `start` is a text offset, after a proclitic if there is one.

    `weight` ranks readings of the same words; `score` is 0..1.
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


def offset_after(words: Words, token: int, prefix: str) -> int:
    """Where a name begins whose first word has this proclitic; with a fused لل ("للكرملين") the word stays whole."""
    if not prefix or (prefix.endswith("ل") and words.norm[token][len(prefix) - 1 : len(prefix) + 1] == "لل"):
        return words.start[token]
    return words.offset(token, len(prefix))
