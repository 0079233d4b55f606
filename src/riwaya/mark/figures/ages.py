"""Ages: البالغ 81 عاما, (42 عاما), "30 عاما، موظف", تتراوح أعمارهم بين 11 و18 عاما, رجل خمسيني, في التاسعة والخمسين من العمر."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import figures as lexicon
from riwaya.arabic.numerals import Numeral, bounded
from riwaya.arabic.words import NUMBER, WORD, Words
from riwaya.mark.figures.events import any_cut
from riwaya.mark.figures.nouns import TIME_UNIT, Counted, category, is_person

_AGE_UNITS = frozenset(lexicon.AGE_UNITS)
_AGE_BEFORE = frozenset(lexicon.AGE_BEFORE)
_AGE_BETWEEN = frozenset(
    ("من", "العمر", "ناهز", "يناهز", "نحو", "حوالي", "قرابه", "عاما", "عن", "ب", "ال", "ما", "بين", "و", "الي", ":")
)
_AGE_AFTER = tuple(tuple(phrase.split()) for phrase in lexicon.AGE_AFTER)
_AGE_REACH = 6  # words between البالغ and the number: البالغ من العمر نحو 80 عاما, أعمارهما من العمر 21 و33 عاما
_AGE_SINGULAR = frozenset(("عاما", "عام", "سنه"))
_COMMAS = frozenset(("،", ",", "-", "–"))
_BESIDE = frozenset((*_COMMAS, '"', "'", "’", "”", "»", "."))  # also "أ.ع"، 25 سنة
_OPENING = {"(": ")", '"': '"', "“": "”", "«": "»", "[": "]", "'": "'"}  # what sets an age apart, and what closes it
_AFTER_INITIALS = frozenset(')"”»')
_SOMEONE = frozenset(lexicon.SOMEONE)
_PRISON = frozenset(("سجن", "حبس", "حكم", "معاقبه", "السجن", "الحبس", "قضت", "عاقبت", "المشدد"))
_PRISON_REACH = 8  # words
_QUOTES = frozenset('"”“»«\'')
_LONGEST_NAME = 7  # words and marks of a name in quotation marks
_YOUNGER, _OLDER = frozenset(lexicon.YOUNGER), frozenset(lexicon.OLDER)
_YOUNGEST = frozenset(("دون", "تحت"))
_OLDEST = 130  # years; what is more is no age
_YOUNGEST_ALONE = 10  # eleven and more take the singular; so "، 42 سنة،" is told from a duration
_DECADE = 9  # from the first to the last year of a decade of life
_DECADE_WORDS = frozenset(("العقد", "عقده", "عقدها", "عقدهم", "عقدهما"))
_PERSON_REACH = 2  # words from رجل to خمسيني: رجل أبيض خمسيني


def age(words: Words, numeral: Numeral) -> tuple[Numeral, int, Counted | None] | None:
    """(the years of life, the token after, the unit as counted) where the number is an age; None where it is not."""
    at = numeral.last
    if numeral.low is None or numeral.low > _OLDEST or numeral.percent:
        return None
    told = next((len(p) for p in _AGE_AFTER if tuple(words.norm[at : at + len(p)]) == p), 0)
    if numeral.ordinal:  # في التاسعة والخمسين من عمره
        return (_in_decade(words, numeral), at + told, Counted(at, at + told, words.norm[at], TIME_UNIT)) if told else None
    if (limit := _limit(words, numeral)) is not None:
        unit = at < len(words) and words.norm[at] in _AGE_UNITS and not words.newline[at]
        return limit, at + unit, Counted(at, at + 1, words.norm[at], TIME_UNIT) if unit else None
    if at >= len(words):
        return None
    has_unit = words.norm[at] in _AGE_UNITS and not words.newline[at]
    last = at + has_unit
    bracketed = has_unit and _set_apart(words, numeral, last)
    told = next((len(p) for p in _AGE_AFTER if tuple(words.norm[last : last + len(p)]) == p), 0)
    last += told
    of_two = not has_unit and _first_of_two(words, at)
    if not (bracketed or told or ((has_unit or of_two) and (words.norm[at] == "ربيعا" or after_age_word(words, numeral.first)))):
        return None
    return numeral, last, Counted(at, last, words.norm[at], TIME_UNIT) if last > at else None


def _limit(words: Words, numeral: Numeral) -> Numeral | None:
    """The age after the word سن, or a bound that only ages have: تحت سن الـ40, سن 23, اللاعبين دون 18 عاما; None if none."""
    before = numeral.first - 1
    if before >= 0 and words.norm[before] == "ال":
        before -= 1
    if before < 0 or words.newline[numeral.first]:
        return None
    of_age = words.norm[before] in ("سن", "السن") and not numeral.ordinal
    bound = before - 1 if of_age else before
    word = words.norm[bound] if bound >= 0 else ""
    if of_age and numeral.low is not None and numeral.low >= 1 and not numeral.scaled:
        if any_cut(word, _YOUNGER):
            return bounded(numeral, "less")
        return bounded(numeral, "more") if any_cut(word, _OLDER) else numeral
    at = numeral.last
    aged = word in _YOUNGEST and at < len(words) and words.norm[at] in _AGE_SINGULAR and not numeral.bound
    return bounded(numeral, "less") if aged else None


def _in_decade(words: Words, numeral: Numeral) -> Numeral:
    """العقد الخامس من العمر: 40 to 49; any other ordinal is the year itself."""
    before = numeral.first - 1
    if before < 0 or numeral.low is None or words.norm[before] not in _DECADE_WORDS:
        return numeral
    high = 10 * numeral.low - 1
    return replace(numeral, first=before, start=words.start[before], low=high - _DECADE, high=high)


def _first_of_two(words: Words, at: int) -> bool:
    """العمر 21 و33 عاما: the unit stands after the second."""
    near = at + 2 < len(words)
    return near and words.norm[at] == "و" and words.kind[at + 1] == NUMBER and words.norm[at + 2] in _AGE_UNITS


def _set_apart(words: Words, numeral: Numeral, last: int) -> bool:
    """(42 عاما) after a name, or "فلان، 42 سنة، ..."; within commas only the forms that follow eleven and more."""
    before = numeral.first - 1
    following = words.norm[last] if last < len(words) else ""
    if before >= 1 and _OPENING.get(words.norm[before]) == following and not words.newline[numeral.first]:
        return True
    if words.norm[last - 1] not in _AGE_SINGULAR or numeral.low is None or numeral.low <= _YOUNGEST_ALONE:
        return False
    if _trade(words, last):
        return True
    if before < 1 or words.newline[numeral.first]:
        return False
    if before >= 0 and _named(words, before):
        return True
    if before >= 0 and _of_one_person(words, before):
        return True
    initial = before >= 0 and words.kind[before] == WORD and words.end[before] - words.start[before] == 1
    if following not in _COMMAS:
        return initial and (not following or following in _QUOTES)  # «سمير ا. ز 38 سنة»
    if initial or words.norm[before] in _AFTER_INITIALS:
        return True  # (ف.ع.م) 29 سنة، "س.ع" 42 سنة، سمير ا. ز 38 سنة،
    name = words.kind[before - 1] == WORD or words.norm[before - 1] in _BESIDE
    return name and words.norm[before] in _COMMAS


def _of_one_person(words: Words, token: int) -> bool:
    """امرأة 50 سنة, شاب 22 عاما: one person right before the years, and no sentence to prison."""
    if not any_cut(words.norm[token], _SOMEONE):
        return False
    return not any(any_cut(words.norm[t].removeprefix("ال"), _PRISON) for t in range(max(0, token - _PRISON_REACH), token))


def _named(words: Words, closing: int) -> bool:
    """Whether a name of two words or more in quotation marks ends at this token: "كرم حسين محمد" 33 عاما."""
    if words.norm[closing] not in _QUOTES:
        return False
    for token in range(closing - 1, max(-1, closing - _LONGEST_NAME), -1):
        if words.norm[token] in _QUOTES:
            return token < closing - 2  # two words or more
        if words.kind[token] != WORD:
            return False
    return False


def _trade(words: Words, token: int) -> bool:
    """Whether one person's trade or standing follows: 30 عاما، ربة منزل; 27 سنة عاطل."""
    if token < len(words) and words.norm[token] in _COMMAS:
        token += 1
    return token < len(words) and not words.newline[token] and words.norm[token] in lexicon.TRADES


def after_age_word(words: Words, first: int) -> bool:
    """Whether البالغ, عمره, أعمارهم stand before the number, with nothing but numbers and small words between."""
    for token in range(first - 1, max(-1, first - 1 - _AGE_REACH), -1):
        norm = words.norm[token]
        if any_cut(norm, _AGE_BEFORE):
            return True
        if norm not in _AGE_BETWEEN and words.kind[token] != NUMBER:
            return False
    return False


def decade(words: Words, token: int) -> Numeral | None:
    """A decade of life: رجل خمسيني, في الخمسينات من العمر (50 to 59); None where the word says something else."""
    norm = words.norm[token]
    for cut in cuts(norm):
        base = cut.rest.removeprefix("ال")
        low = lexicon.DECADES.get(base)
        if low is None:
            continue
        near = words.norm[max(0, token - _PERSON_REACH) : token]
        told = any(tuple(words.norm[token + 1 : token + 1 + len(p)]) == p for p in _AGE_AFTER)
        if not told and (base.endswith("ات") or not any(is_person(category(n)) for n in near)):
            return None
        last = token + 1
        start = words.offset(token, len(cut.prefix)) if cut.prefix and not cut.fused else words.start[token]
        return Numeral(token, last, start, words.end[token], token, last, start, low, low + _DECADE)
    return None
