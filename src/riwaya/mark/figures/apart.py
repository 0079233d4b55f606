"""Words of a number that stand apart from it: يقل عدد سكانها عن 100, بين 60 ريالا و120 ريالا, 25 مقاتلا من الجيش على الأقل."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.lexicon import figures as lexicon
from riwaya.arabic.numerals import Numeral, bound_after, bounded, cardinal_at
from riwaya.arabic.words import NUMBER, PUNCTUATION, Words
from riwaya.mark.figures.events import any_cut, event
from riwaya.mark.figures.nouns import Counted, lemma

_FEWER, _FURTHER = frozenset(lexicon.FEWER), frozenset(lexicon.FURTHER)
_NEGATIONS = frozenset(lexicon.NEGATIONS)
_RANGES = frozenset(lexicon.RANGES)
_THAN = frozenset(("عن", "علي"))
_TO = frozenset(("الي", "حتي"))
_SLIGHTLY = frozenset(("قليلا", "بقليل", "بكثير"))
_COMPARED = {"اقل": "less", "اكثر": "more", "اعلي": "more"}
_VERB_REACH = 6  # words from يقل to عن: يقل عدد سكانها المسجلين عن
_LEAST_REACH = 5  # words from the counted noun to على الأقل: مقاتلا من المعارضة السورية على الأقل
_LEAST = frozenset(("at_least", "at_most"))


def bound_apart(words: Words, numeral: Numeral, floor: int) -> Numeral:
    """The numeral as a verb of less or more before its subject makes it; unchanged where none does."""
    before = numeral.first - 1
    if numeral.bound or before <= floor or words.newline[numeral.first]:
        return numeral
    if words.norm[before] == "من" and words.norm[before - 1] in _SLIGHTLY and before - 2 >= floor:  # أقل قليلا من 3
        compared = next((b for word, b in _COMPARED.items() if words.norm[before - 2] in (word, "ب" + word)), "")
        return bounded(numeral, compared) if compared else numeral
    if words.norm[before] not in _THAN:
        return numeral
    for token in range(before - 1, max(floor, before - _VERB_REACH) - 1, -1):
        if words.kind[token] in (PUNCTUATION, NUMBER):
            return numeral
        less, more = any_cut(words.norm[token], _FEWER), any_cut(words.norm[token], _FURTHER)
        if less or more:
            denied = token > 0 and any_cut(words.norm[token - 1], _NEGATIONS)
            return bounded(numeral, ("at_least" if less else "at_most") if denied else "less" if less else "more")
    return numeral


def least_apart(words: Words, last: int, ceiling: int) -> str:
    """"at_least" or "at_most" where على الأقل stands a few words after the counted noun, nothing else counted between; or ""."""
    for token in range(last, min(ceiling, last + _LEAST_REACH)):
        if words.kind[token] in (PUNCTUATION, NUMBER) or event(words.norm[token]):
            return ""
        found = bound_after(words, token)
        if found is not None:
            return found[1] if found[1] in _LEAST else ""
    return ""


def range_apart(words: Words, numeral: Numeral, counted: Counted) -> Numeral:
    """بين 8930 نقطة و9080 نقطة: both as one range; unchanged where the second is of something else."""
    if numeral.bound or numeral.vague or numeral.low is None or not numeral.first or counted.first != numeral.last:
        return numeral
    at = counted.last
    if not any_cut(words.norm[numeral.first - 1], _RANGES) or at + 2 >= len(words):
        return numeral
    apart = words.norm[at] in _TO or words.norm[at] == "و"
    second = cardinal_at(words, at + apart)
    if second is None or second.vague or second.high is None or second.high <= numeral.low or not (apart or second.prefix == "و"):
        return numeral
    noun, other = words.norm[counted.first], words.norm[second.last] if second.last < len(words) else "."
    bare = second.last >= len(words) or words.kind[second.last] == PUNCTUATION  # بين 27.10 ريالا و35.80، ما يعني
    if not bare and noun.rstrip("ا") != other.rstrip("ا") and (lemma(noun) is None or lemma(noun) != lemma(other)):
        return numeral
    return replace(numeral, last=second.last, end=second.end, core_last=second.core_last, high=second.high, bound="between")
