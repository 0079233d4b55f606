"""How near two Arabic spellings of one name are.

Names from other languages are written into Arabic by ear: توكاييف and توكايف, غورباتشوف and جورباتشوف, إسماعيلوف and سميلوف.
What survives is the order of the consonants. `skeleton` keeps that alone, so that spellings of one name fall into one block;
`nearness` then weighs what differs (edit distance with costs by class of letter; Wagner and Fischer 1974). In Arabic names
every letter counts: محمد is not محمود.

    >>> skeleton("اسماعيلوف"), skeleton("سميلوف"), skeleton("تشويغو") == skeleton("شويجو")
    ('سملف', 'سملف', True)
"""

from __future__ import annotations

import re
from functools import lru_cache

from riwaya.arabic.lexicon.spelling import FOREIGN_STARTS, NATIVE

# Letters that transcribe one sound, under the letter that stands for the class.
_CLASS = str.maketrans(
    {
        "ط": "ت", "ص": "س", "ث": "س", "غ": "ك", "ج": "ك", "ق": "ك", "ض": "د", "ذ": "ز", "ظ": "ز", "ح": "ه", "خ": "ه",
        "ا": None, "ي": None, "ع": None, "ء": None,
    }
)  # fmt: skip
_CLUSTERS = (("تش", "ش"), ("اكس", "كس"), ("تز", "ز"), ("دج", "ج"), ("دز", "ز"))
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = frozenset("اويعهء")

# Costs of one edit, against 1 for a consonant that has no counterpart.
_KIN = 0.25  # another letter for the same sound: غ for ج
_VOWEL = 0.25  # a long vowel more or less: جومارت, جومرت
_ROUND = 0.4  # و more or less, which is seldom left out
_HEARD = 0.4  # ا for ي: ماكين, مكين
_OTHER = 0.7  # و for ا or ي: مونرو is hardly مانيرا
_BREATH = 0.5  # ه and خ come and go: هيلسنكي
_V = 0.4  # و, ف and ب for v and w
_SHORT = 3  # consonants; names with fewer are alike by chance
_SHORT_NEARNESS = 0.9
_SONG = 0.7  # two other consonants that are near in the mouth: ش and س, ز and س, د and ت

_SAME = ("تط", "سص", "سث", "صث", "غج", "غق", "غك", "جق", "جك", "قك", "دض", "ذز", "زظ", "حه", "هخ", "حخ")
_KINDRED = {frozenset(p): _KIN for p in _SAME}
_KINDRED |= {frozenset(p): _V for p in ("وف", "وب", "فب")}
_KINDRED |= {frozenset(p): _SONG for p in ("شس", "زس", "دت", "شج", "جز", "ذد", "يج", "ثت")}


def _join_clusters(word: str) -> str:
    for cluster, letter in _CLUSTERS:
        word = word.replace(cluster, letter)
    return word


@lru_cache(maxsize=1 << 15)
def skeleton(folded: str) -> str:
    """The consonants of a folded name, one letter for each sound; spaces and vowels go, و stays only at the beginning (as ف).

    >>> skeleton("علي خان") == skeleton("عليخان")
    True
    """
    word = _join_clusters(folded.replace(" ", "").replace("-", ""))
    if word.endswith("ه"):
        word = word[:-1]
    first = "ف" if word.startswith("و") else ""
    kept = first + word[len(first) :].replace("و", "").translate(_CLASS)
    return _DOUBLE.sub(r"\1", kept)


def is_native(folded: str) -> bool:
    """Whether a word is an Arabic name, in which every letter counts."""
    return folded in _NATIVE or (folded.startswith(("ال", "عبد", "ابو")) and not folded.startswith(_FOREIGN))


_NATIVE = frozenset(NATIVE)
_FOREIGN = FOREIGN_STARTS


@lru_cache(maxsize=1 << 15)
def nearness(a: str, b: str) -> float:
    """How near two folded spellings of a foreign name are, 0..1; 1 means the same.

    >>> nearness("جومارت", "جومرت") > 0.9 > nearness("بوتين", "بوش")
    True
    """
    if a == b:
        return 1.0
    a, b = _join_clusters(a.replace(" ", "")), _join_clusters(b.replace(" ", ""))
    longest = max(len(a), len(b))
    return max(0.0, 1.0 - _cost(a, b) / longest) if longest else 1.0


def _cost(a: str, b: str) -> float:
    row = [0.0]
    for at, letter in enumerate(b):
        row.append(row[-1] + _alone(b, at, letter))
    for i, x in enumerate(a):
        above, row = row, [row[0] + _alone(a, i, x)]
        gone = _alone(a, i, x)
        for j, y in enumerate(b):
            swap = 0.0 if x == y else _swap(x, y)
            row.append(min(above[j] + swap, above[j + 1] + gone, row[j] + _alone(b, j, y)))
    return row[-1]


def _alone(word: str, at: int, letter: str) -> float:
    """The cost of a letter that the other spelling lacks."""
    if letter in "ايعء" or (at and word[at - 1] == letter):
        return _VOWEL
    if letter == "و":
        return _ROUND
    if letter == "ه":
        return _VOWEL if at == len(word) - 1 else _BREATH
    return _BREATH if letter in "خح" else 1.0


def _swap(x: str, y: str) -> float:
    if x in _VOWELS and y in _VOWELS:
        return _OTHER if "و" in (x, y) else _HEARD
    return _KINDRED.get(frozenset((x, y)), 1.0)


@lru_cache(maxsize=1 << 15)
def same_word(a: str, b: str, least: float) -> bool:
    """Whether two folded words are spellings of one name: foreign ones from a nearness of `least` on, Arabic ones to the letter.

    >>> same_word("محمد", "محمود", 0.8), same_word("توكاييف", "توكايف", 0.8), same_word("السيسي", "سيسي", 0.8)
    (False, True, True)
    """
    if a == b:
        return True
    if a.removeprefix("ال") == b.removeprefix("ال"):
        return True
    if is_native(a) or is_native(b):
        return False
    short = min(len(skeleton(a)), len(skeleton(b))) < _SHORT
    return nearness(a, b) >= (max(least, _SHORT_NEARNESS) if short else least)


# How Latin letters are heard in Arabic; longest first.
_LATIN = (
    ("shch", "ش"), ("tch", "ش"), ("sch", "ش"), ("zh", "ز"), ("kh", "ه"), ("ch", "ش"), ("sh", "ش"), ("th", "ت"), ("ph", "ف"),
    ("gh", "ك"),
    ("ck", "ك"), ("qu", "ك"), ("dh", "د"), ("ts", "تس"), ("x", "كس"), ("b", "ب"), ("c", "ك"), ("d", "د"), ("f", "ف"), ("g", "ك"),
    ("h", "ه"), ("j", "ك"), ("k", "ك"), ("l", "ل"), ("m", "م"), ("n", "ن"), ("p", "ب"), ("q", "ك"), ("r", "ر"), ("s", "س"),
    ("t", "ت"), ("v", "ف"), ("w", "و"), ("z", "ز"),
)  # fmt: skip


_SOUNDS = dict(_LATIN)
_LETTERS = re.compile("|".join(letters for letters, _ in _LATIN))


@lru_cache(maxsize=1 << 14)
def latin_skeletons(name: str) -> frozenset[str]:
    """The skeletons under which a Latin name may stand in Arabic; zh is heard as j too, so there can be two.

    >>> skeleton("جاناوزين") in latin_skeletons("Zhanaozen")
    True
    """
    plain = name.casefold()
    found = set()
    for heard in ("zh", "j") if "zh" in plain else ("zh",):
        found.add(skeleton("".join(_SOUNDS[letters] for letters in _LETTERS.findall(plain.replace("zh", heard)))))
    return frozenset(found)
