"""An article as the comparisons of this room read it: its visible words as stems, with the way back to the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from riwaya.arabic.memo import Memo
from riwaya.arabic.stems import STEMS
from riwaya.arabic.words import PUNCTUATION, Words, words
from riwaya.model import Article

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CACHED_READINGS = 256  # the reports of a story; about 30 kB each
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2^64 / golden ratio, odd: spreads sums over the word (Knuth, Fibonacci hashing)


@dataclass(frozen=True, slots=True)
class Reading:
    """The words and numbers of an article that are neither furniture nor punctuation.

    `stems[i]` stands for `text[start[i]:end[i]]`; `head` is how many of them belong to the headline; `words` are all its words,
    furniture and punctuation included.
    """

    article_id: str
    words: Words
    text: str
    stems: list[str]
    start: list[int]
    end: list[int]
    head: int

    def __len__(self) -> int:
        return len(self.stems)

    def within(self, start: int, end: int) -> range:
        """The indices of the words that begin in text[start:end]."""
        return range(bisect_left(self.start, start), bisect_left(self.start, end))


def read(article: Article) -> Reading:
    """Cut an article into stems, furniture left out. The same article gives the same object: do not change it."""
    hidden = tuple(sorted((f.start, f.end) for f in article.furniture if f.kind != "background"))
    return _read(article.id, article.text, hidden, _headline_end(article))


@lru_cache(maxsize=_CACHED_READINGS)
def _read(article_id: str, text: str, hidden: tuple[tuple[int, int], ...], headline_end: int) -> Reading:
    w = words(text)
    seen = [at for at, (norm, kind) in enumerate(zip(w.norm, w.kind, strict=True)) if kind != PUNCTUATION and norm]
    if hidden:
        seen = list(_outside(hidden, w, seen))
    stems = list(map(STEMS.__getitem__, [w.norm[at] for at in seen]))
    start = [w.start[at] for at in seen]
    end = [w.end[at] for at in seen]
    return Reading(article_id, w, text, stems, start, end, bisect_left(start, headline_end))


def _outside(hidden: Sequence[tuple[int, int]], w: Words, tokens: Sequence[int]) -> Iterator[int]:
    """Those of the tokens that lie outside the hidden stretches, which are sorted by place."""
    cover, covers = 0, len(hidden)
    for at in tokens:
        while cover < covers and hidden[cover][1] <= w.start[at]:
            cover += 1
        if cover == covers or hidden[cover][0] >= w.end[at]:
            yield at


def _headline_end(article: Article) -> int:
    """Where the headline ends: where the body begins, or, in plain text, where the line that is the title does."""
    if article.body_start or not article.title:
        return article.body_start
    at = article.text.find(article.title)
    return at + len(article.title) if at >= 0 else 0


def _hash(stem: str) -> int:
    return int.from_bytes(blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


KEYS = Memo(_hash, 1 << 18)
"""Stem -> `key`, for loops over whole texts."""


@lru_cache(maxsize=1 << 15)
def key(stem: str) -> int:
    """A 64-bit number for a stem, the same on every machine."""
    return KEYS[stem]


def grams(stems: Sequence[str], size: int) -> NDArray[np.uint64]:
    """A 64-bit number for every run of `size` stems: grams(s, n)[i] stands for s[i : i + n]."""
    import numpy as np

    keys = np.fromiter(map(KEYS.__getitem__, stems), np.uint64, len(stems))
    count = max(0, len(keys) - size + 1)
    found = keys[:count].copy()
    for shift in range(1, size):
        found *= np.uint64(_MULTIPLIER)  # overflow is the remainder by 2^64 that is meant
        found += keys[shift : shift + count]
    return found
