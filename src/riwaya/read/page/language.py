"""In which language a text is written, as far as Riwaya must know: Arabic, or not."""

from __future__ import annotations

import re

from riwaya.arabic.memo import Memo
from riwaya.settings.page import PAGE

_LETTER = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_PERSIAN = re.compile("[پچژگ]")
_URDU = re.compile("[ٹڈڑںے]")
_ASKED = (_LETTER, _ARABIC, _URDU, _PERSIAN)


def _group(code: int) -> str:
    """A sign for the patterns that a character fits."""
    return chr(_FIRST + sum(1 << bit for bit, pattern in enumerate(_ASKED) if pattern.match(chr(code))))


_FIRST = ord("A")
_OWN = [[chr(_FIRST + fits) for fits in range(1 << len(_ASKED)) if fits >> bit & 1] for bit in range(len(_ASKED))]
_GROUPS = Memo(_group, 1 << 14)  # one pass over a text, then counting of signs
_SAMPLE = 20_000  # characters: more would not change the answer


def language_of(text: str) -> str:
    """"ar", "fa", "ur", or "und" (undetermined) for anything else, also for a text without letters.

    >>> language_of("قال الرئيس"), language_of("He said"), language_of("گفتگو با پژوهشگران")
    ('ar', 'und', 'fa')
    """
    sample = text[:_SAMPLE]
    groups = sample.translate(_GROUPS)
    letters, arabic, urdu, persian = (sum(map(groups.count, own)) for own in _OWN)
    if not letters or arabic < PAGE.arabic_share * letters:
        return "und"
    if urdu > PAGE.foreign_letters * arabic:
        return "ur"
    return "fa" if persian > PAGE.foreign_letters * arabic else "ar"
