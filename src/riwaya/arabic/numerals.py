"""Numbers as Arabic news writes them: digits of both systems, number words, duals, vague plurals, bounds and ranges.

Vague plurals are read as intervals: عشرات 20 to 99, مئات 200 to 999, آلاف 2000 to 9999, مئات الآلاف 200000 to 999999.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from riwaya.arabic.bounds import AFTER, BEFORE, PERCENT, bound_after
from riwaya.arabic.cardinals import AND, Cardinals, number_word, ordinal_word
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import numerals as lexicon
from riwaya.arabic.notation import OPENERS, dozens, noted
from riwaya.arabic.numeral import Numeral, bounded, counts_noun, is_several, made, plain
from riwaya.arabic.openers import opener, where
from riwaya.arabic.ranks import ordinal_at, ranked
from riwaya.arabic.words import NUMBER, WORD, Words

__all__ = ["Numeral", "bound_after", "bounded", "cardinal_at", "find_numbers", "numerals", "one_at", "ordinal_at"]

_THOUSAND = 1000
_CHANGE_WINDOW = 10  # tokens before "من X إلى Y" in which a verb of rising or falling makes it a change, not a range
_CHANGES = frozenset(lexicon.CHANGES)
_CLITIC_TOKENS = frozenset(("ال", "ب", "بال", "ل", "لل", "و", "ك", "وال", "ف"))  # a particle written apart: بـ20، الـ100
_TO, _UNTIL, _OR, _FROM, _BETWEEN = "الي", "حتي", "او", "من", "بين"
_DASHES = frozenset("-–—~")
_PERCENT_SIGNS = frozenset("%٪")


def _percent(words: Words, numeral: Numeral, floor: int) -> Numeral:
    """With the sign or words of percent around it: 5%, %5, ٥٪, 5 في المئة."""
    last, first = numeral.last, numeral.first
    if last < len(words) and words.norm[last] in _PERCENT_SIGNS:
        if last + 1 < len(words) and words.kind[last + 1] == NUMBER and words.start[last + 1] == words.end[last]:
            return numeral  # 30%25
        return replace(numeral, percent=True, last=last + 1, end=words.end[last])
    found = PERCENT.after(words, last)
    if found:
        return replace(numeral, percent=True, last=found[0], end=words.end[found[0] - 1])
    if first > floor and words.norm[first - 1] in _PERCENT_SIGNS and words.end[first - 1] == words.start[first]:
        start = words.start[first - 1]
        return replace(numeral, percent=True, first=first - 1, start=start, core_first=first - 1, core_start=start, prefix="")
    if first > floor and not numeral.prefix and not words.newline[first]:
        before = words.norm[first - 1]
        if before in _PERCENT_WORDS and (first < 2 or words.kind[first - 2] != NUMBER):  # noqa: PLR2004 - بالمئة 10
            return replace(numeral, percent=True, first=first - 1, start=words.start[first - 1], prefix="")
        if before in _RATIOS and numeral.digits and not counts_noun(words, last):
            return replace(numeral, percent=True)
    return numeral


_PERCENT_WORDS = frozenset(phrase for phrase in lexicon.PERCENT_AFTER if " " not in phrase)
_RATIOS = frozenset(("نسبه", "بنسبه", "النسبه"))
def _negative(words: Words, numeral: Numeral, floor: int) -> Numeral:
    """سالب خمسة; a dash is a sign only before a percentage (-0.5%) or after a comparison (< -30), else it opens a line."""
    at = numeral.first - 1
    if at < floor or numeral.prefix or numeral.low is None or numeral.high is None or words.newline[numeral.first]:
        return numeral
    word, glued = words.norm[at], words.end[at] == words.start[numeral.first]
    free = at == 0 or words.end[at - 1] < words.start[at] or words.norm[at - 1] in _COMPARED
    sign = word in _MINUS_SIGNS and glued and free and (numeral.percent or (at > 0 and words.norm[at - 1] in _COMPARED))
    if not (sign or word == _BELOW_ZERO):
        return numeral
    return replace(numeral, first=at, start=words.start[at], low=-numeral.high, high=-numeral.low)


_BELOW_ZERO = "سالب"
_MINUS_SIGNS, _COMPARED = frozenset("-−"), frozenset("<>=")


def _range(words: Words, reader: Cardinals, a: Numeral, floor: int) -> Numeral:
    """`a`, or the range that it begins: بين X وY، من X إلى Y، X-Y، X أو Y."""
    before = words.norm[a.first - 1] if a.first > floor else ""
    between, from_ = before in (_BETWEEN, "وبين"), before in (_FROM, "ومن")
    at = a.last
    if at >= len(words) or words.newline[at]:
        return a
    word = words.norm[at]
    if between:
        to = word == _TO or (word in _DASHES and a.digits)  # بين 15-25 في المائة
        joined = at + 1 if to and at + 1 < len(words) else reader.joined(at)
        second = plain(words, reader, joined) if joined is not None and not words.newline[joined] else None
    elif (word == _TO and not _is_change(words, a.first, floor)) or word == _OR or (word == _UNTIL and from_) or (
        word in _DASHES and a.digits
    ):
        second = plain(words, reader, at + 1) if at + 1 < len(words) and not words.newline[at + 1] else None
        if second is not None and word in _DASHES and not second.digits:
            return a
    else:
        return a
    if second is None or second.vague != a.vague or (second.prefix not in ("", AND)):
        return a
    if word in _DASHES and _goes_on(words, second.last):
        return a
    second = _percent(words, second, second.first)
    if a.percent and not second.percent:  # ارتفع 3 في المئة إلى 20 مليونا
        return a
    low, high = a.low, second.high
    if low is None or high is None:
        return a
    if second.scaled and not a.scaled and low < _THOUSAND:
        low = _shared_scale(low, high)
    if low >= high:
        return a
    first = a.first - 1 if between or from_ else a.first
    start = words.start[first] if between or from_ else a.start
    if before in ("وبين", "ومن"):
        start = words.offset(first, 1)
    return replace(a, first=first, start=start, last=second.last, end=second.end, core_last=second.core_last, low=low, high=high,
                   percent=a.percent or second.percent, scaled=second.scaled, bound="between")


def _goes_on(words: Words, token: int) -> bool:
    """Whether a dash touches what is before it: 222-2222-333 is a telephone."""
    return token < len(words) and words.norm[token] in _DASHES and words.end[token - 1] == words.start[token]


def _shared_scale(low: float, high: float) -> float:
    """3 in "3 إلى 5 ملايين" counts millions: the largest scale that keeps it below the upper end."""
    scale = 10**12
    while scale > 1 and low * scale >= high:
        scale //= 1000
    return low * scale


def _is_change(words: Words, token: int, floor: int) -> bool:
    return any(_changes(words.norm[i]) for i in range(max(floor, token - _CHANGE_WINDOW), token))


@lru_cache(maxsize=1 << 15)
def _changes(norm: str) -> bool:
    return any(cut.rest in _CHANGES for cut in cuts(norm))


def _modified(words: Words, numeral: Numeral, floor: int) -> Numeral:
    """With the bounds before and right after it."""
    prefix = numeral.prefix
    for _ in range(2):  # two at most: ما يزيد على نحو 100
        at = numeral.first - 1
        if at >= floor and words.norm[at] in _CLITIC_TOKENS and words.end[at] == words.start[numeral.first]:
            at -= 1
        if at < floor or prefix or words.newline[numeral.first]:
            break
        found = BEFORE.before(words, at, floor)
        if not found:
            break
        first, start, bound = found
        if words.norm[first] in _COMPARED and first > 0 and words.norm[first - 1] in _COMPARED:
            break  # <>30
        numeral = replace(bounded(numeral, bound), first=first, start=start)
    after = AFTER.after(words, numeral.last)
    if after and not _opens_bound(words, after[0]):
        last, bound = after
        numeral = replace(bounded(numeral, bound), last=last, end=words.end[last - 1])
    return numeral


def _opens_bound(words: Words, token: int) -> bool:
    """Whether "more" belongs to the number after it: أقل من 10 وأكثر من 40."""
    if token + 1 >= len(words) or words.norm[token] != "من":
        return False
    return words.kind[token + 1] == NUMBER or number_word(words.norm[token + 1]) is not None


def _complete(words: Words, reader: Cardinals, token: int, floor: int) -> Numeral | None:
    numeral = plain(words, reader, token)
    if numeral is None:
        return None
    if numeral.digits and numeral.last < len(words) and words.norm[numeral.last] == "/":
        numeral = _fraction_bounded(words, reader, numeral, floor)
    numeral = _negative(words, _percent(words, numeral, floor), floor)
    return _both_bounds(words, reader, _modified(words, _range(words, reader, numeral, floor), floor))


def _fraction_bounded(words: Words, reader: Cardinals, numeral: Numeral, floor: int) -> Numeral:
    """أكثر من 1/2: with a bound before it, two numbers and a stroke are a fraction, not a date or a score."""
    part = noted(reader, numeral.first)
    at = numeral.first - 1
    if part is None or part.value >= 1 or at < floor or words.newline[numeral.first] or not BEFORE.before(words, at, floor):
        return numeral
    return made(words, numeral.first, part.last, part.value, part.value, digits=True, fraction=True)


def _both_bounds(words: Words, reader: Cardinals, lower: Numeral) -> Numeral:
    """أكبر من عشرة وأقل من خمسة عشر: one range, where the second bound lies above the first."""
    at = lower.last
    if lower.bound not in _BOTH or at >= len(words) or not words.norm[at].startswith(AND) or words.newline[at]:
        return lower
    for token in range(at + 1, min(len(words), at + _BOUND_LENGTH)):
        if words.newline[token]:
            break
        upper = plain(words, reader, token)
        if upper is None:
            continue
        upper = _modified(words, _percent(words, upper, at), at)
        near = upper.first <= at + (words.norm[at] == AND)
        low, high = (lower.low, upper.high) if lower.bound in _LOWER else (upper.low, lower.high)
        if near and upper.bound in _BOTH[lower.bound] and low is not None and high is not None and low < high:
            return replace(lower, last=upper.last, end=upper.end, low=low, high=high, bound="between")
        break
    return lower


_LOWER, _UPPER = ("more", "at_least"), ("less", "at_most")
_BOTH = {**dict.fromkeys(_LOWER, _UPPER), **dict.fromkeys(_UPPER, _LOWER)}
_BOUND_LENGTH = 7  # tokens of "و أقل من أو" before the number


def one_at(words: Words, token: int, floor: int) -> Numeral | None:
    """The one that a bare noun of measure stands for after a bound: نحو طن, أقل من دولار; None with no bound before it.

    The numeral covers the bound only: `last` is the noun's token.

    >>> from riwaya.arabic.words import words
    >>> (one := one_at(words("نحو طن من القمح"), 1, 0)) and (one.low, one.first, one.last)
    (1, 0, 1)
    """
    start = words.start[token]
    bare = Numeral(token, token, start, start, token, token, start, 1, 1)
    found = BEFORE.before(words, token - 1, floor) if token > floor and not words.newline[token] else None
    if found is None:
        return None
    first, start, bound = found
    numeral = replace(bounded(bare, bound), first=first, start=start, end=words.end[token - 1])
    if bound in ("more", "less"):  # a measure is no count of whole things: أقل من كيلومتر is anything up to one
        numeral = replace(numeral, low=1 if bound == "more" else 0, high=None if bound == "more" else 1)
    return numeral


def cardinal_at(words: Words, token: int) -> Numeral | None:
    """The bare number that begins at this token, with no bounds, ranges or percent; None where none does.

    >>> from riwaya.arabic.words import words
    >>> cardinal_at(words("مئة وخمسة وعشرون ألفا"), 0).low
    125000
    """
    return plain(words, Cardinals(words), token)


def _may_count(norm: str) -> bool:
    if norm[:1].isdecimal() or norm in _SCHEMES:
        return True
    return bool(ordinal_word(norm) or number_word(norm) or is_several(norm) or dozens(norm))


_COUNT, _NOTED = opener(_may_count), opener(OPENERS.__contains__)


def numerals(words: Words) -> Iterator[Numeral]:
    """Every number of a text, left to right, none overlapping another, ordinals among them (`ordinal`).

    >>> from riwaya.arabic.words import words
    >>> [(n.low, n.high) for n in numerals(words("قتل أكثر من 100 شخص وجرح عشرات"))]
    [(101, None), (20, 99)]
    """
    return _read(words, _complete, _COUNT)


def find_numbers(words: Words) -> Iterator[Numeral]:
    """The same numbers bare, with no bounds, ranges or percent; also those below zero, fractions, powers, decimals in words.

    >>> from riwaya.arabic.words import words
    >>> [n.low for n in find_numbers(words("أكثر من 100 شخص، بين 3 و5 في المئة، سالب خمسة، ٣/٤"))]
    [100, 3, 5, -5, 0.75]
    """
    return _read(words, _noted, _COUNT | _NOTED)


def _letters_touch(words: Words, token: int) -> bool:
    return token < len(words) and words.kind[token] == WORD and words.start[token] == words.end[token - 1]


def _noted(words: Words, reader: Cardinals, token: int, floor: int) -> Numeral | None:
    if words.kind[token] == WORD and (rank := ranked(words, reader, token)):
        return rank
    bare = plain(words, reader, token)
    part = noted(reader, token)
    if bare is not None and bare.digits and part is not None and part.last == bare.last and _letters_touch(words, bare.last):
        return None  # 29ك.ل.م
    if part is None or (bare is not None and part.last <= bare.last):
        return bare
    found = made(words, token, part.last, part.value, part.value, prefix=bare.prefix if bare else "")
    return replace(found, low=part.value, high=part.value)  # a billionth stays one


_SCHEMES = frozenset(("http", "https", "www"))


def _end_of_address(words: Words, token: int) -> int:
    """The token after a web address that begins here."""
    while token + 1 < len(words) and words.start[token + 1] == words.end[token]:
        token += 1
    return token + 1


def _read(words: Words, cardinal: Callable[[Words, Cardinals, int, int], Numeral | None],
          openers: int) -> Iterator[Numeral]:  # fmt: skip
    reader = Cardinals(words)
    floor = 0
    for token in where(words, openers):
        kind, word = words.kind[token], words.norm[token]
        if token < floor:
            continue
        if word in _PERCENT_WORDS:  # بالمئة is said of a number and is none
            continue
        if word in _SCHEMES:  # what looks like numbers in a web address is none
            floor = _end_of_address(words, token)
            continue
        found = ordinal_at(words, token) if kind != NUMBER and ordinal_word(word) else None
        if found is None:
            found = cardinal(words, reader, token, floor)
        if found is not None:
            floor = found.last
            yield found
