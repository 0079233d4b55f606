"""Spans as addresses and forms hold them, ARTICLE:START-END, and words as they may be kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from riwaya.errors import UsageError
from riwaya.model import Span

_SPAN = re.compile(r"(a-[0-9a-f]{16}):(\d{1,9})-(\d{1,9})", re.ASCII)
_TURNS = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))  # bidi classes of what turns a line around
_MARKS = frozenset("\u200e\u200f\u061c")  # the same, of what only stands for a letter of a direction
_SHOWN = 60  # characters of what is no span, in the error


def spans_of(given: Sequence[str]) -> tuple[Span, ...]:
    """Spans as addresses and forms hold them.

    Raises:
        UsageError: one is none.
    """
    found = []
    for one in given:
        match = _SPAN.fullmatch(one)
        if match is None:
            raise UsageError(f"{one[:_SHOWN]!r} is no span; it is written ARTICLE:START-END")
        found.append(Span(match[1], int(match[2]), int(match[3])))
    return tuple(found)


def written(span: Span) -> str:
    """A span in that form."""
    return f"{span.article_id}:{span.start}-{span.end}"


def place_of(span: Span) -> str:
    """The address of these words in their report, whether or not the dossier of its story cites them."""
    return f"/report/{span.article_id}?at={span.start}-{span.end}#c{span.start}-{span.end}"


def plain(words: str) -> str:
    """What somebody typed, without control characters and what turns the direction of the words around it.

    >>> plain("ab\\0c\\u202e\\n\\u200fd")
    'abc\\nd'
    """
    return "".join(letter for letter in words if letter in "\n\t" or not _acts(letter))


def _acts(letter: str) -> bool:
    """Whether a character does something to the words around it instead of being one of them."""
    return unicodedata.category(letter) == "Cc" or unicodedata.bidirectional(letter) in _TURNS or letter in _MARKS
