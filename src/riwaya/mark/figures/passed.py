"""Numbers that are passed over: of lists, dates and addresses, names (قناة خبر 24), years, results of matches."""

from __future__ import annotations

from riwaya.arabic.lexicon import figures as lexicon
from riwaya.arabic.numerals import Numeral
from riwaya.arabic.words import NUMBER, PUNCTUATION, WORD, Words
from riwaya.mark.figures.events import Ground, any_cut, has_amount
from riwaya.mark.figures.nouns import NAMED_KIND, PERSON, SOLDIER, Counted

_LABELS = frozenset(lexicon.LABELS)
_AGAINST = frozenset(("لهدف", "لهدفين", "لواحد", "لاثنين", "لثلاثه", "لاربعه", "لصفر", "نظيفه", "نظيفين"))
_RESULTS = frozenset(("نتيجه", "النتيجه"))
_GOALS = frozenset(lexicon.GOALS)
_QUOTES = frozenset("\"'“”«»‘’()[]")
_BEFORE_LABELLED = _QUOTES | {":", "ال", "-"}  # between a label and its number: طائرات اف- 16
_ADJACENT_MARKS = frozenset("/:@_#+=×")  # a number beside one of these is a date, a clock time, a ratio or an address
_YEARS = range(1900, 2100)
_IN_A_YEAR = frozenset(("في", "منذ", "حتي", "خلال"))
_MONEY_WORDS = frozenset(lexicon.MONEY_WORDS)
_MONEY_REACH = 3  # words from مبلغ, قيمة to the number
_LIST_MARKS = frozenset("-.)–")


def only_names(words: Words, numeral: Numeral) -> bool:
    """Numbers of lists, clock times, dates, addresses, Latin names (G20), scores."""
    first, last = numeral.core_first, numeral.core_last
    if words.kind[first] != NUMBER:
        return False
    before, after = first - 1, last
    if before >= 0 and words.norm[before] == "×":  # 7.62 × 39
        return True
    if before >= 0 and words.end[before] == words.start[first]:
        norm = words.norm[before]
        if norm in _ADJACENT_MARKS or (norm.isascii() and words.kind[before] == WORD):
            return True
        if norm == "-" and before and words.end[before - 1] == words.start[before] and words.kind[before - 1] != PUNCTUATION:
            return True
    if after < len(words) and words.start[after] == words.end[after - 1]:
        norm = words.norm[after]
        if norm in _ADJACENT_MARKS or (norm.isascii() and words.kind[after] == WORD):
            return True
        if norm == "-" and after + 1 < len(words) and words.start[after + 1] == words.end[after]:
            return True
    return words.newline[first] and after < len(words) and words.norm[after] in _LIST_MARKS


def is_label(words: Words, numeral: Numeral, counted: Counted | None) -> bool:
    """Whether a word before the number makes it a name: القرار 2254، قناة خبر 24، رقم «300»."""
    if numeral.core_first != numeral.first or numeral.vague or numeral.scaled:
        return False
    if counted is not None and counted.category in (PERSON, SOLDIER, NAMED_KIND):
        return False
    token = numeral.first - 1
    if token >= 0 and words.kind[token] == WORD and words.norm[token].isascii():
        return not (counted and counted.category)  # France 2
    while token >= 0 and words.norm[token] in _BEFORE_LABELLED and token >= numeral.first - 3:
        token -= 1
    if token > 0 and words.norm[token] == "مجموعه" and words.norm[token - 1] in ("ما", "بما"):  # ضبط ما مجموعه 943 ثلاجة
        return False
    return token >= 0 and not words.newline[token + 1] and any_cut(words.norm[token], _LABELS)


def is_year(words: Words, ground: Ground, numeral: Numeral, counted: Counted | None) -> bool:
    """A number like 2013 before a word that it need not count: only the accusative (1959 فرعا) or an amount makes it one."""
    if counted is None or not is_year_number(numeral):
        return False
    accusative = counted.noun.endswith("ا") and not counted.noun.startswith("م")  # في 2013 مشيرا إلى
    if counted.category and not (numeral.first and words.norm[numeral.first - 1] in _IN_A_YEAR):
        return False
    return not (accusative or numeral.bound or has_amount(ground, numeral.first))


def is_score(words: Words, numeral: Numeral, counted: Counted | None) -> bool:
    """بهدفين, ثلاثة أهداف لهدف, نتيجة هدفين مقابل هدف: the result of a match."""
    if counted is None or counted.noun not in _GOALS:
        return False
    after = words.norm[counted.last] if counted.last < len(words) else ""
    against = after in ("مقابل", "دون") or after in _AGAINST
    return bool(numeral.prefix.strip("و")) or against or (numeral.first > 0 and any_cut(words.norm[numeral.first - 1], _RESULTS))


def after_money_word(words: Words, numeral: Numeral, floor: int) -> bool:
    """Whether a word of money stands right before, a word or two between: بمبلغ 1.4 مليار, بفارق سعر بلغ 2 مليون."""
    near = range(max(floor, numeral.first - _MONEY_REACH), numeral.first)
    return any(any_cut(words.norm[t].removeprefix("ال"), _MONEY_WORDS) or any_cut(words.norm[t], _MONEY_WORDS) for t in near)


def after_whole(words: Words, numeral: Numeral) -> bool:
    """Whether the number is a whole of which another counts a part: 7 دول من أصل 10."""
    before = numeral.first - 1
    return before > 0 and words.norm[before] == "اصل" and words.norm[before - 1] == "من"


def is_year_number(numeral: Numeral) -> bool:
    """Whether it may be a year of our time by its size."""
    return numeral.digits and numeral.low == numeral.high and numeral.low in _YEARS
