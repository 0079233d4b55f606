"""Ordinals: of one word (الخامس), of several (الخامس والعشرون بعد المئة), and definite cardinals that rank (الكتاب المئة)."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.cardinals import (
    AND,
    HUNDRED_WORD,
    HUNDREDS,
    ONE,
    SCALE,
    SCALE_TWO,
    TEN,
    TENS,
    Cardinals,
    number_word,
    ordinal_word,
)
from riwaya.arabic.numeral import Numeral, counts_noun, made
from riwaya.arabic.words import Words

_AFTER, _BASES = "بعد", (HUNDRED_WORD, HUNDREDS, SCALE, SCALE_TWO)


def ordinal_at(words: Words, token: int) -> Numeral | None:
    """The ordinal that begins at this token: الخامس 5, الحادي عشر 11, الأول بعد المئة 101; None where none does.

    A definite ten alone (العشرين، الثلاثون) is read as an ordinal too: whether it counts or ranks is the caller's to know.
    """
    entry = ordinal_word(words.norm[token])
    reader = Cardinals(words)
    if entry is None:
        tens = number_word(words.norm[token])
        if tens is None or not tens.definite or tens.category != TENS:
            return None
        return replace(made(words, token, token + 1, tens.value, tens.value, prefix=tens.prefix, definite=True), ordinal=True)
    value, last = entry.value, token + 1
    after = reader.entry(last)
    joined = reader.joined(last)
    tens = reader.entry(joined) if joined is not None else None
    is_one = words.norm[token].removeprefix("ال").startswith("او")  # أول عشرة is "the first ten"
    if after and after.category == TEN and not after.prefix and not after.definite and not is_one:
        value, last = value + 10, last + 1
    elif joined is not None and tens and tens.category == TENS:
        value, last = value + tens.value, joined + 1
    if last + 1 < len(words) and words.norm[last] == _AFTER and (base := reader.entry(last + 1)) is not None:
        hundreds = reader.scaled(last + 1) if base.definite and base.category in _BASES else None
        if hundreds is not None and hundreds.value > value:  # الخامس والعشرون بعد المئة
            value, last = value + hundreds.value, hundreds.last
    return replace(made(words, token, last, value, value, prefix=entry.prefix, definite=entry.definite), ordinal=True)


def ranked(words: Words, reader: Cardinals, token: int) -> Numeral | None:
    """A definite cardinal that ranks what stands before it: الكتاب الثلاثون, المئة والخامسة والعشرون, الواحد والعشرون."""
    entry = number_word(words.norm[token])
    if entry is None or not entry.definite or entry.prefix or entry.category not in _RANKING:
        return None
    part = reader.scaled(token)
    if part is None or part.value != int(part.value):
        return None
    value, last, unit = part.value, part.last, max(part.scale, _HUNDRED)
    while (joined := reader.joined(last)) is not None:
        more = reader.scaled(joined)
        if more is None or more.value >= unit or value < unit:
            break
        value, last, unit = value + more.value, more.last, more.scale
    after = _rank_after(words, last)
    if after is not None and after.low is not None and after.low < _HUNDRED <= value:
        value += after.low
        return replace(made(words, token, after.last, value, value, definite=True), ordinal=True)
    before = words.norm[token - 1] if token and not words.newline[token] else ""
    counted = counts_noun(words, last) and not words.norm[last].startswith(("وال", "بال", "لل"))
    if (before and not before.startswith(("ال", "لل"))) or counted or reader.joined(last) is not None:
        return None
    if entry.category == ONE and part.value < _HUNDRED and (entry.value != 1 or part.value == 1):  # الخمسة والعشرون رجلا
        return None
    return replace(made(words, token, last, value, value, definite=True), ordinal=True)


_RANKING = (ONE, TENS, HUNDRED_WORD, HUNDREDS, SCALE, SCALE_TWO)
_HUNDRED = 100


def _rank_after(words: Words, token: int) -> Numeral | None:
    """The ordinal with which a chain ends: والخامسة والعشرون."""
    if token >= len(words) or words.newline[token]:
        return None
    at = token + (words.norm[token] == AND)
    definite = at < len(words) and words.norm[at].startswith("ال" if at > token else "وال")
    return ordinal_at(words, at) if definite and ordinal_word(words.norm[at]) else None
