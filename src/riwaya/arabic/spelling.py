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
from collections.abc import Iterable
from functools import lru_cache

from riwaya.arabic.lexicon.spelling import FOREIGN_STARTS, NATIVE

# Letters that transcribe one sound, under the letter that stands for the class.
_CLASS = str.maketrans(
    {
        "ط": "ت", "ص": "س", "ث": "س", "غ": "ك", "ج": "ك", "ق": "ك", "ض": "د", "ذ": "ز", "ظ": "ز", "ح": "ه", "خ": "ه",
        "ا": None, "ي": None, "ع": None, "ء": None,
    }
)  # fmt: skip
_COARSE = str.maketrans("شزف", "سسب")  # after `_CLASS`: س ص ث ش ز ذ ظ are one, and ب ف
_CLUSTERS = (("تش", "ش"), ("اكس", "كس"), ("تز", "ز"), ("دج", "ج"), ("دز", "ز"))
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = "اوي"

# Costs of one edit, set by hand from how Arabic newsrooms transcribe: sounds that Arabic lacks (g, p, v, ch, zh) and the two
# letters that it has for one sound of theirs are cheap; short vowels are written or not; another consonant is another name.
_CONSONANT = 2.0  # a consonant more, less or another: no name of fewer than ten letters survives it
_SWAPPED = 0.6  # two letters in the wrong order, a slip of the hand: ستيوارت, ستيورات
_DOUBLED = 0.15  # بيير, بير
_OTHER_VOWEL = 0.7  # و for ا or ي: مونرو is hardly مانيرا
_HEARD = 0.35  # ا for ي: ماكين, مكين
_SHORT = 3  # consonants; names with fewer are alike by chance
_SHORT_NEARNESS = 0.87

_KIN_LETTERS = {  # cost -> pairs of letters, either for the other
    0.1: "جغ تط سص حه عا",
    0.2: "كق غق سث زذ زظ دض زس خح ذظ ءع صث عء صز",
    0.3: "ثت ذد خه وف جش ضظ عي اء يء وء ثط شز صش",
    0.4: "جق غك فب جخ غخ خش جز",
    0.5: "شس",
    0.6: "جك جي كس دت دط بو شك غه خق ثز ثذ غي جه تس",
    1.1: "خك",
}
_KIN_CLUSTERS = {  # the same for several letters that stand for one sound, or for one letter that stands for two
    0.1: "تش ش، دج ج، دز ز، اكس كس، دج غ",
    0.3: "تز ز، تز س، تس ز، تز تس، تس تسش، سز س، سش ش، كز كس، غن ن، نغ ن، كش ش، لي لل، وا وي، كه خ، سه ش، ته ث، خ كش، ايو يو",
    0.4: "كس ز، تش ج، تش ك، سز ش، تس تش، تش س، تش كه، تس س، تس ت، دج ي، دج دي، نغ نك، نغ نج، وه و، يغ ي",
    0.8: "ند ن",
}
# The last letter tells women from men and one language's form from another's: another vowel there is mostly another name.
_LAST_LETTERS = {0.1: "اه", 0.4: "يه ره", 1.1: "اي", 1.4: "وه وي", 1.6: "او"}
# A letter that the other spelling lacks: at the beginning, inside, at the end.
_MISSING = {
    "ا": (0.3, 0.25, 0.5), "ي": (0.5, 0.2, 0.5), "و": (0.6, 0.4, 1.6), "ع": (0.3, 0.3, 0.3), "ء": (0.3, 0.3, 0.3),
    "ه": (0.5, 0.5, 0.3), "ح": (0.7, 0.7, 0.7), "خ": (0.7, 0.7, 0.7),
}  # fmt: skip
_SILENT_T = 0.7  # a French t at the end is written or not: هوبير, هوبيرت
_BEFORE_SILENT_T = "اوير"


def _either_way(table: dict[float, str]) -> dict[str, float]:
    return {p[i] + p[1 - i]: cost for cost, pairs in table.items() for p in pairs.split() for i in (0, 1)}


_KINDRED = _either_way(_KIN_LETTERS)
_LAST = _either_way(_LAST_LETTERS)


def _by_last_letters() -> dict[str, tuple[tuple[str, str, float], ...]]:
    """The clusters by the letters in which their two sides end."""
    found: dict[str, tuple[tuple[str, str, float], ...]] = {}
    for cost, pairs in _KIN_CLUSTERS.items():
        for pair in pairs.split("، "):
            one, other = pair.split()
            for x, y in ((one, other), (other, one)):
                found[x[-1] + y[-1]] = (*found.get(x[-1] + y[-1], ()), (x, y, cost))
    return found


_ENDING = _by_last_letters()


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


@lru_cache(maxsize=1 << 15)
def sounds(folded: str) -> str:
    """A coarser skeleton, for finding what to compare: س ش ز are one, so are ب ف; ه is none.

    >>> sounds("شتيفان") == sounds("ستيفان"), sounds("باتشمان") == sounds("باخمان")
    (True, False)
    """
    return _DOUBLE.sub(r"\1", skeleton(folded).translate(_COARSE).replace("ه", ""))


def is_native(folded: str) -> bool:
    """Whether a word is an Arabic name, in which every letter counts."""
    return folded in _NATIVE or (folded.startswith(("ال", "عبد", "ابو")) and not folded.startswith(_FOREIGN))


_NATIVE = frozenset(NATIVE)
_FOREIGN = FOREIGN_STARTS


@lru_cache(maxsize=1 << 15)
def nearness(a: str, b: str) -> float:
    """How near two folded spellings of a foreign name are, 0..1; 1 means the same: 1 - cost / letters of the longer one.

    >>> nearness("جومارت", "جومرت") > 0.9 > nearness("بوتين", "بوش")
    True
    """
    if a == b:
        return 1.0
    a, b = a.replace(" ", ""), b.replace(" ", "")
    longest = max(len(a), len(b))
    return max(0.0, 1.0 - _cost(a, b) / longest) if longest else 1.0


def _cost(a: str, b: str) -> float:
    """The least cost of edits that turn one spelling into the other."""
    missing_a, missing_b = _missing(a), _missing(b)
    row = [0.0]
    for cost in missing_b:
        row.append(row[-1] + cost)
    rows = [row]
    for i, x in enumerate(a):
        above, gone = row, missing_a[i]
        row = [above[0] + gone]
        last = i == len(a) - 1
        for j, y in enumerate(b):
            if x == y:
                least = above[j]
            elif last and j == len(b) - 1 and x + y in _LAST:
                least = above[j] + _LAST[x + y]
            else:
                least = above[j] + _swap(x, y)
            least = min(least, above[j + 1] + gone, row[j] + missing_b[j])
            for one, other, cost in _ENDING.get(x + y, ()):
                if a.endswith(one, 0, i + 1) and b.endswith(other, 0, j + 1):
                    least = min(least, rows[i + 1 - len(one)][j + 1 - len(other)] + cost)
            if i and j and x != y and x == b[j - 1] and y == a[i - 1]:
                least = min(least, rows[i - 1][j - 1] + _SWAPPED)
            row.append(least)
        rows.append(row)
    return rows[-1][-1]


def _missing(word: str) -> list[float]:
    """For each letter of a word the cost of its standing in no place of the other."""
    found = []
    for at, letter in enumerate(word):
        last = at == len(word) - 1
        if at and word[at - 1] == letter:
            found.append(_DOUBLED)
        elif letter in _MISSING:
            found.append(_MISSING[letter][2 if last else 1 if at else 0])
        elif last and letter == "ت" and at and word[at - 1] in _BEFORE_SILENT_T:
            found.append(_SILENT_T)
        else:
            found.append(_CONSONANT)
    return found


def _swap(x: str, y: str) -> float:
    if x in _VOWELS and y in _VOWELS:
        return _OTHER_VOWEL if "و" in (x, y) else _HEARD
    return _KINDRED.get(x + y, _CONSONANT)


def _squeezed(word: str) -> str:
    """A word without hamza on the line and doubled letters, which even Arabic names have or lack: هانئ, هاني; داوود, داود."""
    return _DOUBLE.sub(r"\1", word.replace("ء", ""))


def native_letters(words: Iterable[str]) -> tuple[str, ...]:
    """Of folded words those that are Arabic names, as they compare: each letter but the article, hamza and doubling.

    >>> native_letters(["محمود", "توكاييف", "السيسي"])
    ('محمود', 'سيسي')
    """
    return tuple(_squeezed(w.removeprefix("ال")) for w in words if is_native(w))


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
        return _squeezed(a) == _squeezed(b)
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
