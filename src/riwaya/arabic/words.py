"""Words of a text with their places, made once per article and shared by everything that reads it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate
from typing import Any

from riwaya.arabic.memo import Memo
from riwaya.arabic.normalize import IGNORED, fold

WORD, NUMBER, PUNCTUATION = "w", "n", "p"

# Marks and invisible controls may stand inside a word, never at its start. The classes are disjoint, so matching is linear.
_TATWEEL = 0x0640  # a letter to the regular expression engine
_INSIDE = "".join(chr(code) for code in sorted(IGNORED - {_TATWEEL}))
_PIECE = (
    rf"[^\W\d_]+(?:[{_INSIDE}]+[^\W\d_]+)*[\u064b-\u0652\u0670]*"  # a word
    r"|\d+(?:[.,٫٬]\d+)*"  # a number
    rf"|[^\s\w{_INSIDE}]|_"  # a punctuation mark
)
_TOKEN = re.compile(_PIECE)
_CUT = re.compile(f"({_PIECE})")
_CACHED_TEXTS = 256  # reports of a story and their lines; about 30 kB each


def _kind(token: str) -> str:
    return NUMBER if token[0].isdecimal() else WORD if token[0].isalnum() else PUNCTUATION


_TYPES = 1 << 18  # about the word types of 20,000 reports
_READ: Memo[str, tuple[str, str]] = Memo(lambda token: (fold(token), _kind(token)), _TYPES)
_BROKEN: Memo[str, bool] = Memo(lambda gap: "\n" in gap or "\r" in gap, 1 << 10)  # gaps: nearly all are none or one space


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text, as parallel lists.

    `norm[i]` is the folded form of `text[start[i]:end[i]]` (offsets in code points, end exclusive); `kind[i]` is WORD, NUMBER or
    PUNCTUATION; `newline[i]` is True where a line break stands between token i - 1 and token i (and for the first). `memo` keeps
    what readers of the whole text have worked out, each under a key of its own.
    """

    text: str
    start: list[int]
    end: list[int]
    norm: list[str]
    kind: list[str]
    newline: list[bool]
    memo: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.start)

    def surface(self, first: int, last: int) -> str:
        """The untouched text from token `first` to token `last`, exclusive."""
        return self.text[self.start[first] : self.end[last - 1]] if first < last else ""

    def at(self, offset: int) -> int:
        """The index of the first token that ends after `offset`."""
        return bisect_left(self.end, offset + 1)

    def within(self, start: int, end: int) -> range:
        """The indices of the tokens that lie wholly in text[start:end]."""
        first = bisect_left(self.start, start)
        last = bisect_left(self.start, end)
        while last > first and self.end[last - 1] > end:
            last -= 1
        return range(first, last)

    def offset(self, token: int, letters: int) -> int:
        """The text offset just after the first `letters` visible letters of a token (for the end of a clitic)."""
        at = self.start[token]
        while letters and at < self.end[token]:
            letters -= ord(self.text[at]) not in IGNORED
            at += 1
        while at < self.end[token] and ord(self.text[at]) in IGNORED:
            at += 1
        return at


@lru_cache(maxsize=_CACHED_TEXTS)
def words(text: str) -> Words:
    """Cut a text into words, numbers and single punctuation marks. The same text gives the same object: do not change it.

    >>> w = words("قُتل ٧ أشخاص.")
    >>> w.norm, "".join(w.kind)
    (['قتل', '7', 'اشخاص', '.'], 'wnwp')
    """
    pieces = _CUT.split(text)  # what lies before, between and after the tokens at even places, the tokens at odd ones
    pieces.pop()
    if not pieces:
        return Words(text, [], [], [], [], [])
    edges = list(accumulate(map(len, pieces)))
    newline = list(map(_BROKEN.__getitem__, pieces[::2]))
    newline[0] = True
    norm, kind = zip(*map(_READ.__getitem__, pieces[1::2]), strict=True)
    return Words(text, edges[::2], edges[1::2], list(norm), list(kind), newline)


def iter_norms(text: str) -> Iterator[str]:
    """Only the folded words and numbers of a text, without places."""
    for norm, kind in map(_READ.__getitem__, _TOKEN.findall(text)):
        if kind != PUNCTUATION:
            yield norm
