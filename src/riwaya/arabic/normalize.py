"""Normalised forms of Arabic text, for comparing only, with a map back to the untouched text.

Folding follows what Arabic retrieval commonly does (Larkey, Ballesteros and Connell 2002, section 3): diacritics and tatweel
go, the forms of alef, of ya and of ta marbuta become one. Presentation forms, Persian letters and both kinds of Arabic digits are
folded too, so that text from any keyboard compares equal.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Combining marks, tatweel, zero-width and bidi controls: they are in the text, never in what is compared.
_IGNORED_RANGES = (
    (0x0610, 0x061A),  # honorific and Quranic marks
    (0x061C, 0x061C),  # Arabic letter mark
    (0x0640, 0x0640),  # tatweel
    (0x064B, 0x065F),  # harakat, combining hamza and maddah
    (0x0670, 0x0670),  # superscript alef
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E8),
    (0x06EA, 0x06ED),
    (0x08D3, 0x08FF),
    (0x200B, 0x200F),  # zero-width space, non-joiner, joiner; LRM, RLM
    (0x202A, 0x202E),  # embeddings and overrides
    (0x2060, 0x2069),  # word joiner, isolates
    (0xFE00, 0xFE0F),  # variation selectors
    (0xFEFF, 0xFEFF),  # byte order mark
)

_LETTERS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ۍ": "ي",
    "ة": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ۃ": "ه",
    "ؤ": "و", "ۇ": "و", "ۆ": "و", "ۋ": "و",
    "ک": "ك", "ڪ": "ك", "گ": "ك", "ڭ": "ك", "ݣ": "ك",
    "پ": "ب", "ڤ": "ف", "ڥ": "ف", "ڨ": "ق", "چ": "ج", "ژ": "ز", "ڜ": "ش",
}  # fmt: skip

_PRESENTATION_FORMS = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFC))


def _fold_table() -> dict[int, str]:
    table: dict[int, str] = {}
    for first, last in _IGNORED_RANGES:
        table.update(dict.fromkeys(range(first, last + 1), ""))
    table.update({ord(letter): base for letter, base in _LETTERS.items()})
    for digits in (0x0660, 0x06F0):  # Arabic-Indic, extended Arabic-Indic
        table.update({digits + value: str(value) for value in range(10)})
    for first, last in _PRESENTATION_FORMS:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if plain != chr(code):
                table[code] = "".join(table.get(ord(c), c) for c in plain).strip()
    return table


FOLDED = _fold_table()
"""The code of a character -> what `fold` makes of it, before the case of Latin letters; others stay as they are."""
IGNORED = frozenset(code for code, folded in FOLDED.items() if folded == "")


@lru_cache(maxsize=1 << 18)  # about the word types of 20,000 reports; the same words return over and over
def fold(word: str) -> str:
    """The form in which words are compared: "الرِّئاسة" -> "الرياسه", "٢٠٢٢" -> "2022", "CSTO" -> "csto"."""
    return word.translate(FOLDED).lower()


@dataclass(frozen=True, slots=True)
class Normalized:
    """Folded text with, for each of its characters, the offset in the text that it came from.

    `offsets` has one more entry than `text`: the length of the original, so that any slice maps back.
    """

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span in the untouched text that the slice [start:end] of the folded text came from."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


def normalize(text: str) -> Normalized:
    """Fold a whole text and keep the way back.

    >>> n = normalize("قَالَ الرئيس")
    >>> n.text
    'قال الرييس'
    >>> n.original(4, 10)
    (6, 12)
    """
    out: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        for folded in fold(char):
            out.append(folded)
            offsets.append(at)
    offsets.append(len(text))
    return Normalized("".join(out), tuple(offsets))
