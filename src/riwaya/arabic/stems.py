"""Light stems and how rare they are: what words are compared by when texts, not lexicons, are compared.

A stem is the folded word without its proclitics, its article and its commonest endings, after the "light10" stemmer (Larkey,
Ballesteros and Connell 2007), with one difference: a proclitic is cut only where the rest is the commoner word in a fixed
background of news, so that بوضع gives وضع while بنك and وزير keep their first letters.
"""

from __future__ import annotations

import math
import zlib
from functools import cache, lru_cache
from importlib import resources

from riwaya.arabic.clitics import cuts
from riwaya.arabic.memo import Memo

_BACKGROUND = "background.z"  # made by tools/compile_background.py
_LEVELS = 8  # steps per unit of natural logarithm in which the compiled list keeps its frequencies
_ROOT_LETTERS = 3
_UNKNOWN_CONJUNCTION = 5  # letters: an unknown longer word that begins with و is "and" plus a name

_ENDINGS = ("هما", "ها", "هم", "هن", "كم", "نا", "وا", "ات", "ان", "ون", "ين", "يه", "ه", "ي")
# How much rarer (in natural logarithms) the rest may be than the whole and still be its stem. "And" is written onto any
# word: وقال is commoner than قال in many reports; the others must leave a rest that is clearly the commoner word (بلدي).
_READINESS = {"و": 1.6, "ف": -1.1, "ب": -1.1, "ل": -1.1, "ك": -1.1}
_WEAK = str.maketrans("", "", "اويه")
_DERIVATIONAL = frozenset("متنس")  # letters that measures and participles put before a root: مقتل، تقتل، انسحب، استقر


@cache
def _background() -> dict[str, float]:
    """Stem -> natural logarithm of (reports / reports that hold it), from some 100,000 news reports."""
    packed = resources.files("riwaya").joinpath("data", _BACKGROUND).read_bytes()
    table: dict[str, float] = {}
    for line in zlib.decompress(packed).decode("utf-8").splitlines():
        level, _, stems = line.partition(" ")
        table.update(dict.fromkeys(stems.split(" "), int(level) / _LEVELS))
    return table


@cache
def rarest() -> float:
    """The rarity of a stem that the background does not hold, in natural logarithms."""
    return max(_background().values()) + 0.5


def _rarity(stem: str) -> float:
    if stem[:1].isdigit():
        return min(rarest(), 1.5 + 1.5 * len(stem))
    known = _background().get(stem)
    return rarest() if known is None else known


RARITIES = Memo(_rarity, 1 << 17)
"""Stem -> `rarity`, for loops over whole texts."""


@lru_cache(maxsize=1 << 15)
def rarity(stem: str) -> float:
    """How rare a stem is in news at large: its inverse document frequency, a natural logarithm, 0 for a word in every report.

    Numbers are rare by their length: 7 stands in many reports, 2095 in few.
    """
    return RARITIES[stem]


def light(norm: str) -> str:
    """A folded word without the article and the commonest endings, where three letters remain.

    >>> light("الحكومات"), light("مهمتها"), light("مهمه")
    ('حكوم', 'مهم', 'مهم')
    """
    rest = norm[2:] if norm.startswith("ال") and len(norm) - 2 >= _ROOT_LETTERS else norm
    for ending in _ENDINGS:
        if rest.endswith(ending) and len(rest) - len(ending) >= _ROOT_LETTERS:
            rest = rest[: -len(ending)]
            break
    return rest[:-1] if rest.endswith("ت") and len(rest) > _ROOT_LETTERS else rest


def segment(norm: str, frequency: dict[str, float]) -> str:
    """The light stem of the likeliest reading of a folded word, given how rare stems are (smaller is commoner)."""
    readings = cuts(norm)
    if len(readings) == 1:
        return light(norm)
    best, lowest = "", math.inf
    for reading in readings:
        candidate = light(reading.rest)
        rare = frequency.get(candidate, math.inf) - sum(_READINESS[letter] for letter in reading.prefix)
        if len(candidate) >= _ROOT_LETTERS - 1 and rare < lowest:
            best, lowest = candidate, rare
    if best:
        return best
    if norm.startswith("و") and len(norm) >= _UNKNOWN_CONJUNCTION:
        return light(norm[1:])
    return light(norm)


def _stem(norm: str) -> str:
    if " " in norm:  # a ligature such as ﷺ folds to several words
        norm = norm.replace(" ", "")
    if norm[:1].isdigit():
        return norm.replace(",", "").replace("٬", "").replace("٫", ".")
    return segment(norm, _background())


STEMS = Memo(_stem, 1 << 18)
"""Folded word or number -> `stem`, for loops over whole texts."""


@lru_cache(maxsize=1 << 15)
def stem(norm: str) -> str:
    """The light stem of a folded word or number.

    >>> stem("بوضع"), stem("والحكومه"), stem("للحكومات"), stem("2,095")
    ('وضع', 'حكوم', 'حكوم', '2095')
    """
    return STEMS[norm]


@lru_cache(maxsize=1 << 17)
def root(stem_: str) -> str:
    """A guess at the consonants of a root, so that derived forms of one verb meet: إرسال = أرسلت, مقتل = قتل.

    Long vowels go, then up to two letters that derivation puts before a root, while three remain. Two roots may meet too; it is
    evidence beside other evidence, never alone.

    >>> root("ارسال"), root("ارسل"), root("مقتل"), root("انسحاب")
    ('رسل', 'رسل', 'قتل', 'سحب')
    """
    bones = stem_.translate(_WEAK)
    for _ in range(2):
        if len(bones) > _ROOT_LETTERS and bones[0] in _DERIVATIONAL:
            bones = bones[1:]
    return bones if len(bones) >= _ROOT_LETTERS else stem_
