"""Cardinal numbers in words and digits, with no bounds or ranges: the grammar that `numerals` builds on.

The grammar of compound numerals follows Ryding, A Reference Grammar of Modern Standard Arabic (2005), chapter 15: hundreds before
units before tens, each joined by و, a scale word (ألف، مليون) after its multiplier, the teens as two words with no و.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import numerals as lexicon
from riwaya.arabic.words import NUMBER, Words

_RIGHT_TO_LEFT = chr(0x200F)  # the mark of direction that dpa sets into decimals: the text has 5 . mark 17 for 17.5
_LONGEST_NUMBER = 15  # digits; what is longer is a telephone, card or account number
_LARGEST = 10**18  # a chain of scale words ends here; nothing that news counts is larger
_GROUP = 3  # digits between thousands separators
_HUNDRED, _MILLION = 100, 10**6
_LARGEST_OF_HUNDREDS = 1000  # that may count hundreds in digits (322 مئة)
_TANWIN = chr(0x064B)
_ONE_CHARACTER_FRACTIONS = frozenset("½¼¾⅓⅔⅕⅛")

# Categories of number words.
ONE, BEFORE_TEN, TEN, TEEN, TENS = "one", "before_ten", "ten", "teen", "tens"
HUNDRED_WORD, HUNDREDS = "hundred", "hundreds"
SCALE, SCALE_OR_TWO, SCALE_TWO, SCALE_MANY = "scale", "scale_or_two", "scale_two", "scale_many"
DOZENS, FEW, FRACTION, PARTS, ORDINAL = "dozens", "few", "fraction", "parts", "ordinal"
SCALES = (SCALE, SCALE_OR_TWO, SCALE_MANY)

_TABLE: dict[str, tuple[str, float]] = {
    word: (category, value)
    for category, section in (
        (ONE, lexicon.ONES),
        (BEFORE_TEN, lexicon.BEFORE_TEN),
        (TEN, lexicon.TEN),
        (TEEN, lexicon.TEENS),
        (TENS, lexicon.TENS),
        (HUNDRED_WORD, lexicon.HUNDRED),
        (HUNDREDS, lexicon.HUNDREDS),
        (SCALE, lexicon.SCALES),
        (SCALE_OR_TWO, lexicon.SCALES_OR_TWO),
        (SCALE_TWO, lexicon.SCALES_TWO),
        (SCALE_MANY, lexicon.SCALES_MANY),
        (DOZENS, lexicon.DOZENS),
        (FEW, lexicon.FEW),
        (FRACTION, lexicon.FRACTIONS),
        (PARTS, lexicon.FRACTION_PARTS),
    )
    for word, value in section.items()
}
_NOT_NUMBERS = frozenset(lexicon.NOT_NUMBERS)
AND = "و"
_DECIMAL_MARKS = frozenset("ر،")
_PERCENT = frozenset(("%", "٪", *(phrase for phrase in lexicon.PERCENT_AFTER if " " not in phrase)))


class NumberWord(NamedTuple):
    """A number word: its proclitic, whether ال stands before it, its category and its value."""

    prefix: str
    definite: bool
    category: str
    value: float


class Part(NamedTuple):
    """A stretch of a number already read: its value, the token after it, and its scale (1 where it has none)."""

    value: float
    last: int
    scale: float


@lru_cache(maxsize=1 << 16)  # the word types of a large run; nearly all are None
def number_word(norm: str) -> NumberWord | None:
    """What a folded word says as part of a number, proclitics and ال set apart; None for any other word."""
    if norm in _NOT_NUMBERS:
        return None
    for cut in cuts(norm):
        if cut.prefix.endswith("ك"):  # كميات is "quantities", كعشر is not written
            continue
        for rest, definite in ((cut.rest, False), (cut.rest[2:] if cut.rest.startswith("ال") else "", True)):
            if rest in _TABLE:
                return NumberWord(cut.prefix, definite, *_TABLE[rest])
    return None


@lru_cache(maxsize=1 << 16)
def ordinal_word(norm: str) -> NumberWord | None:
    """The same for an ordinal of one word: الخامس, وثالث."""
    for cut in cuts(norm):
        for rest, definite in ((cut.rest, False), (cut.rest[2:] if cut.rest.startswith("ال") else "", True)):
            if rest in lexicon.ORDINALS:
                return NumberWord(cut.prefix, definite, ORDINAL, lexicon.ORDINALS[rest])
    return None


def tidy(value: float) -> float:
    """The value without the noise of binary fractions, an int where it is whole: 2299999.9999999995 -> 2300000."""
    if value == int(value):
        return int(value)
    rounded = float(f"{value:.15g}")
    return int(rounded) if rounded == int(rounded) else rounded


def digits_value(norm: str, *, before_scale: bool = False) -> float | None:
    """The value of a folded number token, or None where it is no quantity (too long, a dotted address).

    A comma, ٬ or full stop before groups of exactly three digits separates thousands ("1,234", "20.000"), except a full stop
    before a scale word ("1.234 مليون") or after 0; any other separates the fraction ("12.5", "12,5", "12٫5").
    """
    parts = norm.replace("٬", ",").replace("٫", ".").replace(",", " , ").replace(".", " . ").split()
    numbers, marks = parts[::2], parts[1::2]
    if sum(map(len, numbers)) > _LONGEST_NUMBER:
        return None
    if not marks:
        return int(norm)
    grouped = [len(n) == _GROUP for n in numbers[1:]]
    head = len(numbers[0]) <= _GROUP and not (numbers[0].startswith("0") and len(marks) == 1)
    decimal_point = len(marks) == 1 and ("٫" in norm or ("." in norm and before_scale))
    if head and all(grouped) and len(set(marks)) == 1 and not decimal_point:
        return int("".join(numbers))
    if len(marks) == 1:
        return float(f"{numbers[0]}.{numbers[1]}")
    if head and all(grouped[:-1]) and len(set(marks[:-1])) == 1 and (marks[-1] != marks[0] or before_scale):
        return float("".join(numbers[:-1]) + "." + numbers[-1])
    return None


class Cardinals:
    """Reads number words of one text. Made per text; holds nothing but the text's words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.size = len(words)

    def entry(self, token: int) -> NumberWord | None:
        """The number word at a token on the same line as the one before it."""
        if token >= self.size or self.words.newline[token]:
            return None
        return number_word(self.words.norm[token])

    def adjacent(self, token: int) -> bool:
        """Whether nothing stands between this token and the next."""
        return token + 1 < self.size and self.words.start[token + 1] == self.words.end[token]

    def joined(self, token: int) -> int | None:
        """The token where a number goes on after و: the same token (وعشرون), or the next (و 20)."""
        if token >= self.size or self.words.newline[token]:
            return None
        norm = self.words.norm[token]
        if norm == AND:
            following = token + 1
            if following < self.size and not self.words.newline[following]:
                entry = self.entry(following)
                if self.words.kind[following] == NUMBER or (entry and not entry.prefix):
                    return following
            return None
        entry = number_word(norm)
        if norm == "واحد":  # وأحد عشر folds like واحد
            after = self.entry(token + 1)
            return token if after and after.category == TEN else None
        return token if entry and entry.prefix == AND else None

    def digits(self, token: int) -> Part | None:
        """A number in digits, groups separated by ، or a space joined: ١،٢٣٤ and 10 000."""
        words = self.words
        last = token + 1
        text = words.norm[token]
        if (fraction := self._fraction_after(token)) is not None:
            return fraction
        if len(text) <= _GROUP and text.isdigit() and not text.startswith("0"):
            while text.isdigit() and (group := self._group_after(last)) is not None:
                text += words.norm[group]
                last = group + 1
        following = self.entry(last)
        value = digits_value(text, before_scale=following is not None and following.category in SCALES)
        if value is not None and following is not None and words.norm[last] in _ONE_CHARACTER_FRACTIONS:  # 2½
            return Part(value + following.value, last + 1, 1)
        return None if value is None else Part(value, last, 1)

    def _fraction_after(self, token: int) -> Part | None:
        """A decimal comma of Arabic before a scale or percent (45،5 مليون), or the ر of Gulf agencies, where the fraction stands
        first in the text because the line is read from the right (3ر239 is 239.3); so does a point with a mark of direction."""
        words, last = self.words, token + 3
        if last <= self.size and words.norm[token + 1] == "." and self._turned(token + 1):
            return self._turned_fraction(token)
        if last > self.size or words.norm[token + 1] not in _DECIMAL_MARKS or words.kind[token + 2] != NUMBER:
            return None
        if not (self.adjacent(token) and self.adjacent(token + 1)):
            return None
        mark, one, two = words.norm[token + 1], words.norm[token], words.norm[token + 2]
        if not one.isdigit() or len(one) + len(two) > _LONGEST_NUMBER:
            return None
        if mark == "ر":
            whole = digits_value(two)
            return None if whole is None or whole != int(whole) else Part(float(f"{int(whole)}.{one}"), last, 1)
        following = self.entry(last)
        scaled = following is not None and following.category in SCALES and not following.prefix
        if not two.isdigit() or len(two) == _GROUP or not (scaled or (last < self.size and words.norm[last] in _PERCENT)):
            return None
        return Part(float(f"{one}.{two}"), last, 1)

    def _turned(self, point: int) -> bool:
        """Whether nothing but a mark of direction from right to left stands between a point and the number after it."""
        words = self.words
        between = words.text[words.end[point] : words.start[point + 1]]
        return words.kind[point + 1] == NUMBER and self.adjacent(point - 1) and between == _RIGHT_TO_LEFT

    def _turned_fraction(self, token: int) -> Part | None:
        one, whole = self.words.norm[token], digits_value(self.words.norm[token + 2])
        if whole is None or whole != int(whole) or not one.isdigit() or len(one) + len(str(int(whole))) > _LONGEST_NUMBER:
            return None
        return Part(float(f"{int(whole)}.{one}"), token + 3, 1)

    def _group_after(self, token: int) -> int | None:
        words = self.words
        at = token
        if at < self.size and words.norm[at] == "،" and words.start[at] == words.end[at - 1] and self.adjacent(at):
            at += 1
        elif not (at < self.size and words.start[at] == words.end[at - 1] + 1 and not words.newline[at]):
            return None
        if at >= self.size or words.kind[at] != NUMBER:
            return None
        group, mark, fraction = words.norm[at][:_GROUP], words.norm[at][_GROUP : _GROUP + 1], words.norm[at][_GROUP + 1 :]
        last = not mark or (mark in ".٫" and fraction.isdigit() and len(fraction) != _GROUP)  # 1 234 567.89
        return at if len(group) == _GROUP and group.isdigit() and last else None

    def below_hundred(self, token: int, entry: NumberWord) -> Part | None:
        """One to ninety-nine in words, from this token on."""
        category, value = entry.category, entry.value
        after = self.entry(token + 1)
        if category in (ONE, BEFORE_TEN) and after and after.category == TEN and not after.prefix and not after.definite:
            return Part(value + 10, token + 2, 1)
        if category in (ONE, BEFORE_TEN):
            joined = self.joined(token + 1)
            tens = self.entry(joined) if joined is not None else None
            if joined is not None and tens and tens.category == TENS:
                return Part(value + tens.value, joined + 1, 1)
            return Part(value, token + 1, 1) if category == ONE else None  # إحدى alone is "one of"
        if category in (TEN, TEEN, TENS):
            return Part(value, token + 1, 1)
        return None

    def below_thousand(self, token: int, entry: NumberWord) -> Part | None:
        """One to 999 in words, from this token on."""
        after = self.entry(token + 1)
        if entry.category == ONE and after and not after.prefix and after.value == _HUNDRED:  # ثلاث مئة، ثلاث مئات
            value, last = entry.value * _HUNDRED, token + 2
        elif entry.category in (HUNDRED_WORD, HUNDREDS):
            value, last = entry.value, token + 1
        else:
            return self.below_hundred(token, entry)
        return self._and_rest(Part(value, last, 1))

    def _and_rest(self, hundreds: Part) -> Part:
        """Hundreds with what is below a hundred after them: ثلاث مئة وواحد, 3 مئة و21."""
        joined = self.joined(hundreds.last)
        rest = self._rest_of_hundred(joined) if joined is not None else None
        return Part(hundreds.value + rest.value, rest.last, 1) if rest is not None else hundreds

    def _rest_of_hundred(self, token: int) -> Part | None:
        if self.words.kind[token] == NUMBER:
            part = self.digits(token)
            return part if part and part.value < _HUNDRED else None
        entry = self.entry(token)
        return self.below_hundred(token, entry) if entry else None

    def scaled(self, token: int) -> Part | None:
        """A number with the scale words after it, from this token on: 12 ألفا, ألفين, نصف مليون, مئة وخمسة آلاف."""
        entry = number_word(self.words.norm[token])
        part: Part | None
        if self.words.kind[token] == NUMBER:
            part = self.digits(token)
            after = self.entry(part.last) if part else None
            hundreds = after and after.category == HUNDRED_WORD and not after.prefix and not after.definite
            if part and hundreds and part.value < _LARGEST_OF_HUNDREDS and part.value == int(part.value):  # 3 مئة
                part = self._and_rest(Part(part.value * _HUNDRED, part.last + 1, 1))
        elif entry is None:
            return None
        elif entry.category in (SCALE, SCALE_OR_TWO, SCALE_TWO):
            one = entry.category == SCALE or (entry.category == SCALE_OR_TWO and self._accusative(token))
            times = 1 if one else 2
            part = Part(times * entry.value, token + 1, entry.value)
        elif entry.category == FRACTION:
            part = Part(entry.value, token + 1, 1)
        else:
            part = self._with_parts(token, entry)
        return self._times_scales(part) if part else None

    def _accusative(self, token: int) -> bool:
        """Whether ألفا is one thousand: ألفًا by its marks, or with no noun after it that it could be two of (ألفا وخمسمئة)."""
        surface = self.words.text[self.words.start[token] : self.words.end[token]]
        last = token + 1
        return _TANWIN in surface or self.joined(last) is not None or last >= self.size or self.words.newline[last]

    def _with_parts(self, token: int, entry: NumberWord) -> Part | None:
        """Units in words, or a fraction such as ثلاثة أرباع."""
        part = self.below_thousand(token, entry)
        after = self.entry(part.last) if part else None
        bare_hundred = after and after.category == HUNDRED_WORD and not after.prefix and not after.definite
        if part and bare_hundred and part.value < _HUNDRED:  # خمسة عشر مئة
            return self._and_rest(Part(part.value * _HUNDRED, part.last + 1, 1))
        if part and after and after.category == PARTS and not after.prefix and part.value < after.value:
            return Part(part.value / after.value, part.last + 1, 1)
        return part

    def _times_scales(self, part: Part) -> Part:
        value, last, scale = part
        while value < _LARGEST:
            after = self.entry(last)
            if not after or after.prefix or after.category not in SCALES or (after.value < scale and scale > 1):
                break
            if after.value == scale and (after.category != SCALE or after.definite):  # ألف ألف، مليون مليون
                break
            value, last, scale = value * after.value, last + 1, scale * after.value
        return Part(value, last, scale)

    def exact(self, token: int) -> Part | None:
        """A whole number from this token on: parts of falling scale joined by و, and a fraction at the end (مليون ونصف)."""
        part = self.scaled(token)
        if part is None:
            return None
        value, last, scale = part
        while (joined := self.joined(last)) is not None:
            entry = self.entry(joined)
            if self.words.kind[joined] != NUMBER and entry and entry.category == FRACTION:
                if value < 1:  # ثلث وربع
                    break
                return self._with_fraction(value, scale, joined, entry)
            more = self.scaled(joined) if scale > 1 else None
            if more is None or more.value >= scale or more.value != int(more.value):
                break
            value, last, scale = value + more.value, more.last, more.scale
        return Part(value, last, scale)

    def _with_fraction(self, value: float, scale: float, token: int, entry: NumberWord) -> Part:
        last = token + 1
        after = self.entry(last)
        if after and after.category == SCALE and not after.definite and not after.prefix and scale == 1:  # ثلاثة ونصف مليون
            return Part((value + entry.value) * after.value, last + 1, after.value)
        if after and after.definite and after.category in SCALES:  # مليون ونصف المليون
            last += 1
        return Part(value + entry.value * scale, last, scale)

    def vague(self, token: int, entry: NumberWord) -> tuple[float, float, int] | None:
        """عشرات، مئات الآلاف، ملايين، بضعة: (low, high, token after)."""
        after = self.entry(token + 1)
        if entry.category == FEW:
            if after and not after.prefix and after.category == TEN:
                return 13, 19, token + 2  # بضعة عشر
            return 3, 9, token + 1
        if entry.category not in (DOZENS, SCALE_MANY):
            return None
        unit, last = entry.value, token + 1
        if after and not after.prefix and after.category in SCALES and after.value > unit:
            last += 1
            if after.value >= _MILLION:  # مئات ملايين الدولارات: the gold reading is 200 to 999 of them
                return 2 * unit * after.value, (10 * unit - 1) * after.value, last
            unit = unit * after.value
        return 2 * unit, 10 * unit - 1, last
