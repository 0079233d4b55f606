"""Quotation marks of every kind, paired.

News text mixes «…», “…”, ”…“, "…" and '…', closes what it opened with another mark, or never closes it. So what a mark does is
read from the white space around it first (a mark before a word and after a space opens), and from its shape only where that says
nothing.
"""

from __future__ import annotations

from typing import NamedTuple

from riwaya.arabic.words import PUNCTUATION, WORD, Words

_OPENING = frozenset("«“„‹‘❝")
_CLOSING = frozenset("»”›’❞")
_EITHER = frozenset("\"'‟″")
MARKS = _OPENING | _CLOSING | _EITHER
_SINGLE = frozenset("'’‘")
_CONJUNCTIONS = frozenset(("و", "ف", "ب", "ل", "ك", "بـ", "لـ"))


class Pair(NamedTuple):
    """A stretch in quotation marks: the tokens [first:last) inside, and those of the marks. `closed`: it has its own end."""

    first: int
    last: int
    opening: int
    closing: int
    closed: bool


def _role(words: Words, token: int, is_open: bool) -> int:
    """1 where the mark opens, -1 where it closes."""
    text = words.text
    start, end = words.start[token], words.end[token]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    space_before = before.isspace() or before in "([{ـ"
    space_after = after.isspace() or after in ".,،؛;:!?؟)]}"
    if space_before and not space_after:
        return 1
    if space_after and not space_before:
        return -1
    if not is_open and token and words.end[token - 1] == start and words.norm[token - 1] in _CONJUNCTIONS:
        return 1
    mark = text[start]
    if mark in _OPENING and not is_open:
        return 1
    if mark in _CLOSING and is_open:
        return -1
    return -1 if is_open else 1


def _is_apostrophe(words: Words, token: int) -> bool:
    """Whether a single mark stands between two letters of one (foreign) word, or is not at a word at all."""
    start, end = words.start[token], words.end[token]
    text = words.text
    return text[start] in _SINGLE and start > 0 and end < len(text) and text[start - 1].isalpha() and text[end].isalpha()


def pairs(words: Words) -> list[Pair]:
    """Every quoted stretch, in order of its opening; inner ones come after the one that holds them.

    A stretch ends at the latest with its paragraph. One that another of the same kind interrupts ends there, unclosed.
    """
    found: list[Pair] = []
    stack: list[int] = []
    norm, kind, newline = words.norm, words.kind, words.newline

    def settle(end: int, keep: int) -> None:
        while len(stack) > keep:
            opening = stack.pop()
            if end > opening + 1:
                found.append(Pair(opening + 1, end, opening, end, False))

    tokens = [i for i, mark in enumerate(norm) if kind[i] == PUNCTUATION and mark in MARKS]
    if not tokens:
        return found
    previous = 0
    for token in tokens:
        for line in range(previous + 1, token + 1):
            if newline[line] and stack:
                settle(line, 0)
                break
        previous = token
        if _is_apostrophe(words, token) or _doubled(words, token):
            continue
        if _role(words, token, bool(stack)) == 1:
            if stack and norm[stack[-1]] == norm[token]:
                settle(token, len(stack) - 1)
            stack.append(token)
        elif stack:
            opening = stack.pop()
            if token > opening + 1:
                found.append(Pair(opening + 1, token, opening, token, True))
    if stack:
        end = next((i for i in range(stack[-1] + 1, len(words)) if newline[i]), len(words))
        settle(end, 0)
    found.sort(key=lambda pair: (pair.opening, -pair.closing))
    return found


def _doubled(words: Words, token: int) -> bool:
    """Whether this is the outer of two single marks side by side (''…''), which count as one mark: the inner one."""
    text, start, end = words.text, words.start[token], words.end[token]
    if text[start] not in _SINGLE:
        return False
    if token + 1 < len(words) and words.start[token + 1] == end and text[end] == text[start]:
        return token + 2 < len(words) and words.kind[token + 2] == WORD and words.start[token + 2] == end + 1
    return start > 0 and text[start - 1] == text[start] and (end == len(text) or not text[end].isalpha())
