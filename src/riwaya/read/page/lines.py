"""The lines of a page, measured once."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from riwaya.arabic.words import PUNCTUATION, Words, words
from riwaya.settings.page import PAGE

_SENTENCE_END = frozenset(".!?؟…۔")
_CLOSERS = "\"”“»’')]›"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: where it stands (without the white space around it) and its folded words and numbers."""

    start: int
    end: int
    text: str
    norms: tuple[str, ...]
    ends_sentence: bool

    @property
    def prose(self) -> bool:
        """Whether it reads like a paragraph of the report."""
        size = len(self.norms)
        return size >= PAGE.prose_words or (size >= PAGE.sentence_words and self.ends_sentence)


def lines(text: str, start: int = 0) -> list[Line]:
    """The lines of text[start:] that hold more than white space; offsets count from the text's own beginning."""
    found: list[Line] = []
    # No token goes over white space, so that those of a line can be taken from those of the text.
    whole = words(text) if not start or text[start - 1].isspace() else None
    at = start
    for raw in text[start:].splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            first = at + raw.index(stripped[0])
            found.append(_line(stripped, first, whole))
        at += len(raw)
    return found


def _line(text: str, start: int, whole: Words | None) -> Line:
    end = start + len(text)
    tokens = words(text) if whole is None else whole
    first, last = (bisect_left(tokens.start, start), bisect_left(tokens.start, end)) if whole is not None else (0, len(tokens))
    pairs = zip(tokens.norm[first:last], tokens.kind[first:last], strict=True)
    norms = tuple([norm for norm, kind in pairs if kind != PUNCTUATION])
    return Line(start, end, text, norms, text.rstrip(_CLOSERS + " ")[-1:] in _SENTENCE_END)
