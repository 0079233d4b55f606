"""In which language a text is written, as far as Riwaya must know: Arabic, or not."""

from __future__ import annotations

import re

from riwaya.settings.page import PAGE

_LETTERS = re.compile(r"[^\W\d_]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+")
_PERSIAN = re.compile("[پچژگ]")
_URDU = re.compile("[ٹڈڑںے]")
_SAMPLE = 20_000  # characters: more would not change the answer


def language_of(text: str) -> str:
    """"ar", "fa", "ur", or "und" (undetermined) for anything else, also for a text without letters.

    >>> language_of("قال الرئيس"), language_of("He said"), language_of("گفتگو با پژوهشگران")
    ('ar', 'und', 'fa')
    """
    sample = text[:_SAMPLE]
    letters = sum(map(len, _LETTERS.findall(sample)))
    arabic = sum(map(len, _ARABIC.findall(sample)))
    if not letters or arabic < PAGE.arabic_share * letters:
        return "und"
    if len(_URDU.findall(sample)) > PAGE.foreign_letters * arabic:
        return "ur"
    return "fa" if len(_PERSIAN.findall(sample)) > PAGE.foreign_letters * arabic else "ar"
