"""Ordinals: of one word (الخامس), of several (الخامس والعشرون بعد المئة), and definite cardinals that rank (الكتاب المئة)."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.cardinals import HUNDRED_WORD, HUNDREDS, SCALE, TEN, TENS, Cardinals, number_word, ordinal_word
from riwaya.arabic.numeral import Numeral, counts_noun, made
from riwaya.arabic.words import Words


def ordinal_at(words: Words, token: int) -> Numeral | None:
    """The ordinal that begins at this token: الخامس 5, الحادي عشر 11, الخامس والعشرين 25; None where none does.

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
    return replace(made(words, token, last, value, value, prefix=entry.prefix, definite=entry.definite), ordinal=True)


def ranked(words: Words, reader: Cardinals, token: int) -> Numeral | None:
    """A definite cardinal that ranks what stands before it: الكتاب الثلاثون, المئة والخامسة والعشرون."""
    entry = number_word(words.norm[token])
    if entry is None or not entry.definite or entry.prefix or entry.category not in _RANKING:
        return None
    joined = reader.joined(token + 1) or token + 1
    after = ordinal_at(words, joined) if joined < len(words) and words.norm[joined].startswith("وال") else None
    if after is not None and after.low is not None and after.low < entry.value:
        value = entry.value + after.low
        return replace(made(words, token, after.last, value, value, definite=True), ordinal=True)
    before = words.norm[token - 1] if token and not words.newline[token] else ""
    if (before and not before.startswith(("ال", "لل"))) or counts_noun(words, token + 1) or reader.joined(token + 1) is not None:
        return None
    return replace(made(words, token, token + 1, entry.value, entry.value, definite=True), ordinal=True)


_RANKING = (TENS, HUNDRED_WORD, HUNDREDS, SCALE)
