"""Numbers as Arabic news writes them: digits of both systems, number words, duals, vague plurals, bounds and ranges.

Vague plurals are read as intervals: عشرات 20 to 99, مئات 200 to 999, آلاف 2000 to 9999, مئات الآلاف 200000 to 999999.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache, partial

from riwaya.arabic.bounds import AFTER, BEFORE, LOOSE, PERCENT, PERCENT_BEFORE, Around, bound_after
from riwaya.arabic.cardinals import AND, ONE, Cardinals, Part, number_word, ordinal_word
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import numerals as lexicon
from riwaya.arabic.notation import OPENERS, dozens, noted
from riwaya.arabic.numeral import Numeral, bounded, counts_noun, is_several, made, plain
from riwaya.arabic.openers import opener, where
from riwaya.arabic.ranks import ordinal_at, ranked
from riwaya.arabic.words import NUMBER, WORD, Words

__all__ = [
    "Numeral", "bound_after", "bounded", "cardinal_at", "find_numbers", "find_ordinals", "find_percents", "find_ranges",
    "numerals", "one_at", "ordinal_at",
]  # fmt: skip

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
        if (said := PERCENT_BEFORE.before(words, first - 1, floor)) and not _said_of(words, said[0]):  # بالمئة 10
            return replace(numeral, percent=True, first=said[0], start=said[1], prefix="")
        if before in _RATIOS and not numeral.vague and not (counts_noun if numeral.digits else _word_follows)(words, last):
            return replace(numeral, percent=True)
    return numeral


_PERCENT_WORDS = frozenset(phrase for phrase in lexicon.PERCENT_AFTER if " " not in phrase)
_OF_HUNDRED = frozenset(("المئه", "المايه", "الميه"))
_RATIOS = frozenset(("نسبه", "بنسبه", "النسبه"))


def _said_of(words: Words, token: int) -> bool:
    """Whether a number stands right before the words of percent that begin here: of it they are said."""
    return token > 0 and (words.kind[token - 1] == NUMBER or number_word(words.norm[token - 1]) is not None)


def _opens_percent(words: Words, token: int) -> bool:
    """Whether في المئة ends here, said of the number before it or of digits after it (في المئة 20)."""
    said = PERCENT_BEFORE.before(words, token, 0)
    follows = token + 1 < len(words) and words.kind[token + 1] == NUMBER
    return said is not None and (_said_of(words, said[0]) or follows)


def _word_follows(words: Words, token: int) -> bool:
    return token < len(words) and words.kind[token] == WORD and not words.newline[token]


def _negative(words: Words, numeral: Numeral, floor: int) -> Numeral:
    """سالب خمسة; a dash is a sign before a percentage (-0.5%) or after a comparison or preposition (< -30), else a bullet."""
    at = numeral.first - 1
    if at < floor or numeral.prefix or numeral.low is None or numeral.high is None or words.newline[numeral.first]:
        return numeral
    word, glued = words.norm[at], words.end[at] == words.start[numeral.first]
    before = words.norm[at - 1] if at and not words.newline[at] else ""
    free = not before or words.end[at - 1] < words.start[at] or before in _COMPARED
    signed = numeral.percent or before in _BEFORE_SIGN or _dash_to(words, numeral)
    sign = word in _MINUS_SIGNS and glued and free and signed
    if not (sign or word in _BELOW_ZERO or (word == _LESS and (numeral.percent or before in _BEFORE_SIGN))):
        return numeral
    return replace(numeral, first=at, start=words.start[at], low=-numeral.high, high=-numeral.low)


def _dash_to(words: Words, numeral: Numeral) -> bool:
    """-5000--1000: a range of two signs."""
    at = numeral.last
    return at + 1 < len(words) and words.norm[at] in _MINUS_SIGNS and words.norm[at + 1] in _MINUS_SIGNS


_BELOW_ZERO, _LESS = ("سالب", "وسالب"), "ناقص"
_MINUS_SIGNS, _COMPARED = frozenset("-−"), frozenset("<>=≥≤")
_BEFORE_SIGN = _COMPARED | {_FROM, _TO, _BETWEEN, AND, "عن", "علي", "يساوي", "تساوي"}


def _second(words: Words, reader: Cardinals, token: int) -> Numeral | None:
    """The number that may end a range, below zero too: من 5 إلى -10."""
    if token >= len(words) or words.newline[token]:
        return None
    first = token + (words.norm[token] in _MINUS_SIGNS or words.norm[token] in _BELOW_ZERO)
    if first >= len(words) or words.newline[first]:
        return None
    number = plain(words, reader, first)
    if number is None or first == token or number.low is None or number.high is None:
        return number
    return replace(number, first=token, start=words.start[token], low=-number.high, high=-number.low, prefix="")


def _range(words: Words, reader: Cardinals, a: Numeral, floor: int, *, changes: bool) -> Numeral:
    """`a`, or the range that it begins: بين X وY، من X إلى Y، X-Y، X أو Y."""
    before = words.norm[a.first - 1] if a.first > floor else ""
    between, from_ = before in _BETWEENS, before in (_FROM, "ومن")
    if between and reader.joined(a.last) is None:
        a = _split(words, reader, a)
    at = a.last
    if at >= len(words) or words.newline[at]:
        return a
    word = words.norm[at]
    if between:
        to = word == _TO or (word in _DASHES and a.digits)  # بين 15-25 في المائة
        joined = at + 1 if to or word == AND else at if word == "وسالب" else reader.joined(at)
        second = _second(words, reader, joined) if joined is not None else None
    elif (word == _TO and not (changes and _is_change(words, a.first, floor))) or word in (_OR, "لغايه") or (
        word in (_UNTIL, "وحتي") and from_) or (
        word in _DASHES and a.digits
    ):
        second = _second(words, reader, at + 1)
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


_BETWEENS = frozenset((_BETWEEN, "وبين", "مابين", "ومابين"))


def _split(words: Words, reader: Cardinals, a: Numeral) -> Numeral:
    """بين خمسة وعشرين, with no other number after it, is from 5 to 20, not 25."""
    entry, joined = number_word(words.norm[a.first]), reader.joined(a.first + 1)
    if entry is None or entry.category != ONE or joined is None or joined >= a.last:
        return a
    return made(words, a.first, a.first + 1, entry.value, entry.value, definite=entry.definite, prefix=entry.prefix)


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


def _modified(words: Words, numeral: Numeral, floor: int, bounds: Around = BEFORE) -> Numeral:
    """With the bounds before and right after it."""
    prefix = numeral.prefix
    for _ in range(2):  # two at most: ما يزيد على نحو 100
        at = numeral.first - 1
        if at >= floor and words.norm[at] in _CLITIC_TOKENS and words.end[at] == words.start[numeral.first]:
            at -= 1
        if at < floor or prefix or words.newline[numeral.first]:
            break
        found = bounds.before(words, at, floor) or _bound_of(words, at, floor)
        if not found:
            break
        first, start, bound = found
        if bound == _NO_BOUND:  # من دون
            break
        if words.norm[first] in _COMPARED and first > 0 and words.norm[first - 1] in _COMPARED:
            break  # <>30
        numeral = replace(bounded(numeral, bound), first=first, start=start)
    after = AFTER.after(words, numeral.last)
    if after and not _opens_bound(words, after[0]):
        last, bound = after
        numeral = replace(bounded(numeral, bound), last=last, end=words.end[last - 1])
    return numeral


def _bound_of(words: Words, at: int, floor: int) -> tuple[int, int, str] | None:
    """لا يقل عمره عن 30: a bound with its subject inside."""
    if at - _BOUND_OF < floor or words.norm[at] not in ("عن", "علي") or any(words.newline[at - 2 : at + 1]):
        return None
    bound = _NOT_VERB.get(words.norm[at - 2]) if words.norm[at - 3] in _NOT else None
    return (at - 3, words.start[at - 3], bound) if bound else None


_BOUND_OF = 3  # tokens before its preposition: لا يقل عمره
_NOT = frozenset(("لا", "لم", "لن", "الا"))
_NOT_VERB = {"يقل": "at_least", "تقل": "at_least", "يزيد": "at_most", "تزيد": "at_most", "يزد": "at_most", "تزد": "at_most"}


def _opens_bound(words: Words, token: int) -> bool:
    """Whether the bound that ends before this token belongs to the number after it: أقل من 10 وأكثر من 40."""
    if token + 1 < len(words) and words.norm[token] == _FROM:
        token += 1
    return token < len(words) and (words.kind[token] == NUMBER or number_word(words.norm[token]) is not None)


def _complete(words: Words, reader: Cardinals, token: int, floor: int, bounds: Around = BEFORE) -> Numeral | None:
    numeral = plain(words, reader, token)
    if numeral is None:
        return None
    if numeral.last < len(words) and words.norm[numeral.last] in _OVER:
        numeral = _fraction_bounded(words, reader, numeral, floor)
    numeral = _negative(words, _percent(words, numeral, floor), floor)
    ranged = _range(words, reader, numeral, floor, changes=bounds is BEFORE)
    return _both_bounds(words, reader, _modified(words, ranged, floor, bounds))


def _fraction_bounded(words: Words, reader: Cardinals, numeral: Numeral, floor: int) -> Numeral:
    """أكثر من 1/2, 2 من 5 أو أكثر: with a bound around them two numbers are a fraction, no date, score or one out of many."""
    part, at = noted(reader, numeral.first), numeral.first - 1
    if words.norm[numeral.last] == "في" and numeral.last + 1 < len(words) and (below := plain(words, reader, numeral.last + 1)):
        part = Part((numeral.low or 0) / below.low, below.last, 1) if below.low else None
    if part is None or part.value >= 1 or part.last <= numeral.last:
        return numeral
    before = at >= floor and not words.newline[numeral.first] and BEFORE.before(words, at, floor)
    after = AFTER.after(words, part.last)
    strict = words.norm[numeral.last] in _OVER_AMONG  # أكثر من 3 من 10 لاعبين are more than three
    if (before and not strict) or (after and after[1] in _BOTH and not _opens_bound(words, after[0])):
        return made(words, numeral.first, part.last, part.value, part.value, digits=numeral.digits, fraction=True)
    return numeral


_OVER_AMONG = frozenset((_FROM, "في"))
_OVER = _OVER_AMONG | {"/", "علي"}


def _both_bounds(words: Words, reader: Cardinals, lower: Numeral) -> Numeral:
    """أكبر من عشرة وأقل من خمسة عشر: one range, where the second bound lies above the first."""
    at = lower.last
    if lower.bound not in _BOTH or at >= len(words) or not words.norm[at].startswith((AND, "لكن")) or words.newline[at]:
        return lower
    for token in range(at + 1, min(len(words), at + _BOUND_LENGTH)):
        if words.newline[token]:
            break
        upper = plain(words, reader, token)
        if upper is None:
            continue
        if upper.last < len(words) and words.norm[upper.last] == "/":
            upper = _fraction_bounded(words, reader, upper, at)
        upper = _modified(words, _negative(words, _percent(words, upper, at), at), at)
        near = upper.first <= at + (words.norm[at] in _BUT)
        low, high = (lower.low, upper.high) if lower.bound in _LOWER else (upper.low, lower.high)
        if near and upper.bound in _BOTH[lower.bound] and low is not None and high is not None and low < high:
            return replace(lower, last=upper.last, end=upper.end, low=low, high=high, bound="between")
        break
    return lower


_BUT = frozenset((AND, "لكن", "ولكن"))
_NO_BOUND = "none"
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


def find_ranges(words: Words) -> Iterator[Numeral]:
    """The numbers with a bound or a range, where the text is a phrase by itself: يصل إلى 700 is up to 700, دون 30 below it.

    >>> from riwaya.arabic.words import words
    >>> [(n.low, n.high) for n in find_ranges(words("يصل إلى 700، بين 5 و10، 12"))]
    [(0, 700), (5, 10)]
    """
    found = _read(words, partial(_complete, bounds=LOOSE), _COUNT)
    return (number for number in found if number.bound and number.bound != "about" and not number.ordinal)


def find_ordinals(words: Words) -> Iterator[Numeral]:
    """The ordinals, in digits too after what they rank: القرن الـ21, not المصابين الـ20; none from the end (الثاني قبل الأخير).

    >>> from riwaya.arabic.words import words
    >>> [n.low for n in find_ordinals(words("القرن الـ21 والدورة الخامسة والسبعين بعد المئة"))]
    [21, 175]
    """
    for number in find_numbers(words):
        if tuple(words.norm[number.last : number.last + 2]) in _FROM_THE_END:
            continue
        if number.ordinal or (number.digits and number.definite and _ranks(words, number)):
            yield replace(number, ordinal=True)


def _ranks(words: Words, number: Numeral) -> bool:
    at = number.first - 1 - (words.norm[number.first - 1] == "ال")
    before = words.norm[at].removesuffix("ال") if at >= 0 else ""
    counted = counts_noun(words, number.last) and not words.norm[number.last].startswith(("وال", "بال", "لل"))
    return before.startswith(("ال", "لل")) and not before.endswith(_PLURALS) and not counted


_ENDS = ("الاخير", "الاخيره", "الاخر", "الاخره", "النهايه")
_FROM_THE_END = frozenset((before, end) for before in ("قبل", _FROM) for end in _ENDS)
_PLURALS = ("ات", "ون", "ين", "ي")


def find_percents(words: Words) -> Iterator[Numeral]:
    """Percentages alone, each for itself with no bounds or ranges: of "بين 5% و7%" both.

    >>> from riwaya.arabic.words import words
    >>> [n.low for n in find_percents(words("بين 5% و7%، سالب ثلاثة بالمئة من 100"))]
    [5, 7, -3]
    """
    return (number for number in _read(words, _percentage, _COUNT) if number.percent)


def _percentage(words: Words, reader: Cardinals, token: int, floor: int) -> Numeral | None:
    number = plain(words, reader, token)
    return number and _negative(words, _percent(words, number, floor), floor)


def _letters_touch(words: Words, token: int) -> bool:
    return token < len(words) and words.kind[token] == WORD and words.start[token] == words.end[token - 1]


def _noted(words: Words, reader: Cardinals, token: int, floor: int) -> Numeral | None:
    if words.norm[token] == _MONDAY:
        return None
    if words.kind[token] == WORD and (rank := ranked(words, reader, token)):
        return rank
    bare = plain(words, reader, token)
    part = noted(reader, token)
    if bare is not None and bare.digits and part is not None and part.last == bare.last and _letters_touch(words, bare.last):
        return None  # 29ك.ل.م
    if part is None or (bare is not None and part.last < bare.last):
        return bare
    if bare is not None and part.last == bare.last:
        return bare if bare.vague else replace(bare, low=part.value, high=part.value)
    prefix = bare.prefix if bare else AND if words.norm[token][1:] in OPENERS and words.norm[token].startswith(AND) else ""
    found = made(words, token, part.last, part.value, part.value, prefix=prefix)
    return replace(found, low=part.value, high=part.value)  # a billionth stays one


_MONDAY = "الاثنين"
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
        if word in _PERCENT_WORDS or (word in _OF_HUNDRED and _opens_percent(words, token)):
            continue  # بالمئة is said of a number and is none
        if word in _SCHEMES:  # what looks like numbers in a web address is none
            floor = _end_of_address(words, token)
            continue
        found = ordinal_at(words, token) if kind != NUMBER and ordinal_word(word) else None
        if found is None:
            found = cardinal(words, reader, token, floor)
        if found is not None:
            floor = found.last
            yield found
