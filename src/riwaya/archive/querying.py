"""What a person typed into the search, as words, phrases and what joins them. No text is an error.

    words            all of them
    "a phrase"       these words in this order, in any form («…» and “…” too)
    one OR two       either; `|` too
    -word            without it; -"a phrase" too
    begin*           words that begin so
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from riwaya.arabic.words import PUNCTUATION, words
from riwaya.settings.search import SEARCH

_PIECE = re.compile(r'([-−–]?)"([^"]*)"?|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟", '"'))
_EITHER = {"OR", "|", "||"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One word, or several in a row, as they were typed. `begins`: the last one is only the beginning of a word."""

    words: tuple[str, ...]
    begins: bool = False

    @property
    def text(self) -> str:
        """As it was asked for."""
        return " ".join(self.words)


@dataclass(slots=True)
class Parsed:
    """A query: every one of `wanted` must be met by one of its alternatives, none of `unwanted` may stand in the report."""

    wanted: list[list[Asked]] = field(default_factory=list)
    unwanted: list[Asked] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)  # words passed over


def parse(text: str, *, typing: bool = False) -> Parsed:
    """Read a query.

    Args:
        text: as typed; anything.
        typing: it is being typed: its last word may be only the beginning of one.
    """
    parsed, either, count = Parsed(), False, 0
    text = cleaned(text)[: SEARCH.longest_query].translate(_QUOTES)
    pieces = list(_PIECE.finditer(text))
    for number, piece in enumerate(pieces):
        minus, phrase, bare = piece.groups()
        if bare in _EITHER:
            either = bool(parsed.wanted)
            continue
        if bare is not None and len(bare) > 1 and bare[0] in "-−–":
            minus, bare = bare[0], bare[1:]
        last = typing and number == len(pieces) - 1 and piece.end() == len(text) and bare is not None
        asked = _asked(bare if phrase is None else phrase, last or (bare or "").endswith("*"))
        if asked is None:
            continue
        count += len(asked.words)
        if count > SEARCH.most_words:
            parsed.ignored += asked.words
        elif minus:
            parsed.unwanted.append(asked)
        elif either:
            parsed.wanted[-1].append(asked)
        else:
            parsed.wanted.append([asked])
        either = False
    return parsed


def cleaned(text: str) -> str:
    """A text that a database takes: lone surrogates replaced, NUL gone."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")


def _asked(text: str, begins: bool) -> Asked | None:
    found = words(text)
    kept = tuple(found.surface(i, i + 1) for i in range(len(found)) if found.kind[i] != PUNCTUATION)
    return Asked(kept, begins) if kept else None
