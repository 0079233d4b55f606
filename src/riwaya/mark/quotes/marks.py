"""Quotation marks of every kind, paired.

News text mixes «…», “…”, ”…“, "…" and '…', closes what it opened with another mark, or never closes it. So what a mark does is
read from the white space around it first (a mark before a word and after a space opens), and from its shape only where that says
nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from riwaya.arabic.words import PUNCTUATION, Words

_OPENING = frozenset("«“„‹‘❝﴿")
_CLOSING = frozenset("»”›’❞﴾")
_EITHER = frozenset("\"'‟″")
MARKS = _OPENING | _CLOSING | _EITHER
_SINGLE = frozenset("'’‘")
_BEFORE_BRACKETS = frozenset((":", "وسلم", "تعالي"))  # "يقول صلى الله عليه وسلم (...)"
_SHORTEST_BRACKETS = 3  # words in round brackets that may be speech
_CONJUNCTIONS = frozenset(("و", "ف", "ب", "ل", "ك", "بـ", "لـ"))


class Pair(NamedTuple):
    """A stretch in quotation marks: the tokens [first:last) inside, and those of the marks. `closed`: it has its own end."""

    first: int
    last: int
    opening: int
    closing: int
    closed: bool


def _role(words: Words, first: int, last: int, is_open: bool) -> int:
    """1 where the mark (tokens first to last, inclusive) opens, -1 where it closes."""
    text = words.text
    start, end = words.start[first], words.end[last]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    space_before = before.isspace() or before in "([{ـ"
    space_after = after.isspace() or after in ".,،؛;:!?؟)]}"
    if space_before and not space_after:
        return 1
    if space_after and not space_before:
        return -1
    if not is_open and first and words.end[first - 1] == start and words.norm[first - 1] in _CONJUNCTIONS:
        return 1
    mark = text[start]
    if mark in _OPENING and not is_open:
        return 1
    if mark in _CLOSING and is_open:
        return -1
    return -1 if is_open else 1


def _is_apostrophe(words: Words, token: int) -> bool:
    """Whether a single mark stands between two letters of one (foreign) word."""
    start, end = words.start[token], words.end[token]
    text = words.text
    return text[start] in _SINGLE and start > 0 and end < len(text) and text[start - 1].isalpha() and text[end].isalpha()


def _marks(words: Words) -> list[tuple[int, int]]:
    """The quotation marks as their first and last token: two single marks side by side (''…'') are one."""
    found: list[tuple[int, int]] = []
    norm, kind = words.norm, words.kind
    for token, mark in enumerate(norm):
        if kind[token] != PUNCTUATION or mark not in MARKS or (found and found[-1][1] == token):
            continue
        double = token + 1 < len(norm) and norm[token + 1] == mark and words.start[token + 1] == words.end[token]
        if mark in _SINGLE and double:
            found.append((token, token + 1))
        elif not _is_apostrophe(words, token):
            found.append((token, token))
    return found


def pairs(words: Words) -> list[Pair]:
    """Every quoted stretch, in order of its opening; inner ones come after the one that holds them.

    A stretch ends at the latest with its paragraph. One that another of the same kind interrupts ends there, unclosed.
    """
    found: list[Pair] = []
    stack: list[tuple[int, int]] = []
    norm, newline = words.norm, words.newline

    def settle(end: int, keep: int) -> None:
        while len(stack) > keep:
            first, last = stack.pop()
            if end > last + 1:
                found.append(Pair(last + 1, end, first, end, False))

    previous = 0
    for first, last in _marks(words):
        line = next((k for k in range(previous + 1, first + 1) if newline[k]), None) if stack else None
        if line is not None:
            settle(line, 0)
        previous = last
        if _role(words, first, last, bool(stack)) == 1:
            if stack and norm[stack[-1][0]] == norm[first]:
                settle(first, len(stack) - 1)
            stack.append((first, last))
        elif stack:
            opening = stack.pop()
            if first > opening[1] + 1:
                found.append(Pair(opening[1] + 1, first, opening[0], last, True))
    if stack:
        settle(next((k for k in range(stack[-1][1] + 1, len(words)) if newline[k]), len(words)), 0)
    found += _brackets(words, found)
    found.sort(key=lambda pair: (pair.opening, -pair.closing))
    return found


def _brackets(words: Words, found: list[Pair]) -> list[Pair]:
    """Round brackets that a colon or a formula opens, as some papers set speech in them: "قال: (لن نعود)"."""
    norm, newline = words.norm, words.newline
    made: list[Pair] = []
    for opening in range(1, len(norm)):
        if norm[opening] != "(" or norm[opening - 1] not in _BEFORE_BRACKETS:
            continue
        closing = opening + 1
        while closing < len(norm) and norm[closing] not in "()" and not newline[closing]:
            closing += 1
        if closing == len(norm) or norm[closing] != ")" or closing - opening <= _SHORTEST_BRACKETS:
            continue
        if all(p.closing <= opening or closing <= p.opening or p.opening < opening <= closing < p.closing for p in found):
            made.append(Pair(opening + 1, closing, opening, closing, True))
    return made
