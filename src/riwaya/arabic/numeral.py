"""A number as written, the bare reading of one, and what a bound makes of it: what `numerals` and `ranks` build on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from riwaya.arabic.cardinals import DOZENS, FEW, FRACTION, SCALE_MANY, Cardinals, NumberWord, number_word, tidy
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import numerals as lexicon
from riwaya.arabic.notation import dozens, whole
from riwaya.arabic.words import NUMBER, WORD, Words

_SEVERAL = frozenset(lexicon.SEVERAL)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as written. Tokens [first:last) hold it with its modifiers, [core_first:core_last) without them.

    `start` and `end` are code-point offsets of the whole (after a fused و ب ل ك), `core_start` of the bare number. `low` and
    `high` are inclusive, None where open. `definite`: written with ال (السبعة، العشرات). `vague`: عشرات، بضع. `prefix`: the
    particle fused before it, which `start` leaves out. `scaled`: with a scale word (مليون). `bound`: what the modifier makes
    of it (more, at_least, less, at_most, about, between, odd).
    """

    first: int
    last: int
    start: int
    end: int
    core_first: int
    core_last: int
    core_start: int
    low: float | None
    high: float | None
    approximate: bool = False
    ordinal: bool = False
    vague: bool = False
    percent: bool = False
    fraction: bool = False
    definite: bool = False
    digits: bool = False
    scaled: bool = False
    prefix: str = ""
    bound: str = ""


def plain(words: Words, reader: Cardinals, token: int) -> Numeral | None:
    """The number that begins at this token, with no modifier. Times and figures ask for the same ones several times."""
    known: dict[int, Numeral | None] = words.memo.setdefault(plain, {})
    if token not in known:
        known[token] = _plain(words, reader, token)
    return known[token]


def _plain(words: Words, reader: Cardinals, token: int) -> Numeral | None:
    if words.kind[token] == NUMBER:
        part = reader.exact(token)
        if part is None:
            return None
        article = words.norm[token - 1] if token else ""  # الـ 4, الـ4
        definite = article == "ال" or (article.endswith("ال") and words.end[token - 1] == words.start[token])
        return made(words, token, part.last, part.value, part.value, digits=True, definite=definite, scaled=part.scale > 1)
    entry = number_word(words.norm[token])
    first = token
    if entry is None and (twelve := dozens(words.norm[token])):
        return made(words, token, token + 1, twelve[0], twelve[0], prefix=twelve[1])
    if entry is None:
        if not is_several(words.norm[token]):
            return None
        token += 1  # عدة مئات
    elif entry.category == FEW and (after := reader.entry(token + 1)) and not after.prefix and _is_vague(after):
        token += 1  # بضع عشرات
    if token != first:
        entry = reader.entry(token)
        if entry is None or entry.prefix or not _is_vague(entry):
            return None
    assert entry is not None
    prefix = entry.prefix if token == first else _several_prefix(words.norm[first])
    several = reader.vague(token, entry) if _is_vague(entry) or entry.category == FEW else None
    if several is not None:
        low, high, last = several
        end = number_word(words.norm[last - 1])  # عشرات الآلاف is as definite as العشرات
        definite = entry.definite or (end is not None and end.definite)
        return made(words, first, last, low, high, vague=True, definite=definite, prefix=prefix, scaled=last - token > 1)
    exact = whole(reader, token)
    if exact is None:
        return None
    fraction = entry.category == FRACTION and exact.scale == 1
    return made(words, first, exact.last, exact.value, exact.value, definite=entry.definite, prefix=prefix, fraction=fraction,
                 scaled=exact.scale > 1)


def _is_vague(entry: NumberWord) -> bool:
    return entry.category in (DOZENS, SCALE_MANY)


@lru_cache(maxsize=1 << 15)
def is_several(norm: str) -> bool:
    """Whether a folded word is عدة or بضع, with or without a particle before it."""
    return any(cut.rest in _SEVERAL for cut in cuts(norm))


def _several_prefix(norm: str) -> str:
    return next((cut.prefix for cut in cuts(norm) if cut.rest in _SEVERAL), "")


def made(words: Words, first: int, last: int, low: float, high: float, *, prefix: str = "", vague: bool = False,
          definite: bool = False, digits: bool = False, fraction: bool = False, scaled: bool = False) -> Numeral:
    """A numeral of the tokens [first:last) without modifiers."""
    start = words.offset(first, len(prefix)) if prefix else words.start[first]
    return Numeral(first, last, start, words.end[last - 1], first, last, start, tidy(low), tidy(high), vague=vague,
                   definite=definite, digits=digits, fraction=fraction, prefix=prefix, scaled=scaled)


def bounded(numeral: Numeral, bound: str) -> Numeral:
    """The numeral as a modifier makes it: "more" 100 -> 101..None, "less" 50 -> 0..49, "about" approximate."""
    low, high = numeral.low, numeral.high
    if bound == "about":
        return replace(numeral, approximate=True, bound=numeral.bound or bound)
    if bound == "more":
        low = low + 1 if low is not None and not numeral.vague and low == int(low) else low
        return replace(numeral, low=low, high=None, bound=bound)
    if bound == "at_least":
        return replace(numeral, high=None, bound=bound)
    if bound == "less":
        high = high - 1 if high is not None and high == int(high) and high > 0 else high
        return replace(numeral, low=_least(high), high=high, bound=bound)
    if bound == "at_most":
        return replace(numeral, low=_least(high), bound=bound)
    if bound == "or_equal":  # أكثر من 50 أو يساوي
        if numeral.bound == "more" and low is not None:
            return replace(numeral, low=low - 1 if low == int(low) else low, bound="at_least")
        return replace(numeral, high=high + 1, bound="at_most") if numeral.bound == "less" and high is not None else numeral
    if bound == "odd" and low is not None and not numeral.vague:  # عشرون ونيف: up to the next ten
        return replace(numeral, low=low + 1, high=low + 9, bound=bound)
    return numeral


def _least(high: float | None) -> int | None:
    """Where a bound above ends below: nothing that is counted is less than none."""
    return None if high is not None and high < 0 else 0


_AFTER_COUNT = frozenset(("من", "في", "عن", "علي", "الي", "خلال", "مقارنه", "بعد", "منذ", "حتي", "او", "ل",
                          "غير", "ليس", "هو", "هي"))  # fmt: skip


def counts_noun(words: Words, token: int) -> bool:
    """Whether a noun follows that a number before it may count."""
    return token < len(words) and words.kind[token] == WORD and not words.newline[token] and words.norm[token] not in _AFTER_COUNT
