"""Finding the phrases of a lexicon in a text, proclitics allowed before the first word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from riwaya.arabic.clitics import cuts, written
from riwaya.arabic.words import Words

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    """A phrase found: tokens [first:last), where it starts in the text (after a clitic, if any), and its value."""

    first: int
    last: int
    start: int
    end: int
    prefix: str
    value: T


class Phrases(Generic[T]):
    """A set of phrases, each with a value, found by their first word and then the longest that fits.

    Args:
        entries: folded phrase (words separated by one space, as the generated lexicons have them) -> value.
        clitics: whether و ف ب ل ك may stand before the first word.
    """

    def __init__(self, entries: Mapping[str, T], *, clitics: bool = True) -> None:
        self._clitics = clitics
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in entries.items():
            parts = tuple(phrase.split(" "))
            self._by_first.setdefault(parts[0], []).append((parts, value))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda c: -len(c[0]))
        # Every written word with which a phrase may begin: nearly all words of a text are ruled out by one look.
        self.written = frozenset(w for first in self._by_first for w in (written(first) if clitics else (first,)))

    def __contains__(self, first_word: str) -> bool:
        return first_word in self._by_first

    def match_at(self, words: Words, token: int) -> Match[T] | None:
        """The longest phrase that begins at this token, the reading with the fewest clitics first."""
        norm = words.norm
        if norm[token] not in self.written:
            return None
        for cut in cuts(norm[token]) if self._clitics else (None,):
            candidates = self._by_first.get(norm[token] if cut is None else cut.rest)
            if not candidates:
                continue
            for parts, value in candidates:
                last = token + len(parts)
                if len(parts) == 1 or tuple(norm[token + 1 : last]) == parts[1:]:
                    prefix = cut.prefix if cut else ""
                    start = words.offset(token, len(prefix)) if prefix else words.start[token]
                    return Match(token, last, start, words.end[last - 1], prefix, value)
        return None

    def find(self, words: Words) -> Iterator[Match[T]]:
        """Every phrase in the text, leftmost and longest, none overlapping another."""
        begins, end = self.written, 0
        for token, norm in enumerate(words.norm):
            if norm in begins and token >= end:
                match = self.match_at(words, token)
                if match is not None:
                    yield match
                    end = match.last
