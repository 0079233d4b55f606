"""The lines of a page, measured once."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.arabic.words import PUNCTUATION, words
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
    at = start
    for raw in text[start:].splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            first = at + raw.index(stripped[0])
            found.append(_line(stripped, first))
        at += len(raw)
    return found


def _line(text: str, start: int) -> Line:
    tokens = words(text)
    norms = tuple(n for n, kind in zip(tokens.norm, tokens.kind, strict=True) if kind != PUNCTUATION)
    last = text.rstrip(_CLOSERS + " ")[-1:]
    return Line(start, start + len(text), text, norms, last in _SENTENCE_END)
