"""Words of a text with their places, made once per article and shared by everything that reads it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from riwaya.arabic.normalize import IGNORED, fold

WORD, NUMBER, PUNCTUATION = "w", "n", "p"

# Marks and invisible controls may stand inside a word, never at its start. The classes are disjoint, so matching is linear.
_TATWEEL = 0x0640  # a letter to the regular expression engine
_INSIDE = "".join(chr(code) for code in sorted(IGNORED - {_TATWEEL}))
_TOKEN = re.compile(
    rf"(?P<w>[^\W\d_](?:[{_INSIDE}]*[^\W\d_])*[\u064b-\u0652\u0670]*)"
    r"|(?P<n>\d+(?:[.,٫٬]\d+)*)"
    rf"|(?P<p>[^\s\w{_INSIDE}]|_)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text, as parallel lists.

    `norm[i]` is the folded form of `text[start[i]:end[i]]` (offsets in code points, end exclusive); `kind[i]` is WORD, NUMBER or
    PUNCTUATION; `newline[i]` is True where a line break stands between token i - 1 and token i (and for the first).
    """

    text: str
    start: list[int]
    end: list[int]
    norm: list[str]
    kind: list[str]
    newline: list[bool]

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


def words(text: str) -> Words:
    """Cut a text into words, numbers and single punctuation marks.

    >>> w = words("قُتل ٧ أشخاص.")
    >>> w.norm, "".join(w.kind)
    (['قتل', '7', 'اشخاص', '.'], 'wnwp')
    """
    start: list[int] = []
    end: list[int] = []
    norm: list[str] = []
    kind: list[str] = []
    newline: list[bool] = []
    last = 0
    first = True
    for match in _TOKEN.finditer(text):
        a, b = match.span()
        start.append(a)
        end.append(b)
        norm.append(fold(match.group()))
        kind.append(match.lastgroup or PUNCTUATION)
        # Two neighbours with nothing or one space between cannot be on two lines, which is nearly always so.
        newline.append(first or (a > last and ("\n" in (gap := text[last:a]) or "\r" in gap)))
        first = False
        last = b
    return Words(text, start, end, norm, kind, newline)


def iter_norms(text: str) -> Iterator[str]:
    """Only the folded words and numbers of a text, without places."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup != PUNCTUATION:
            yield fold(match.group())
