"""Why an input was skipped, in the reader's language as far as it is known there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup, escape

from riwaya.web.words import speak, tables

_PREFIX = "skipped."
_VALUE = re.compile(r"\\\{(\w+)\\\}")  # {name} as re.escape writes it


@dataclass(frozen=True, slots=True)
class Told:
    """A reason, ready for a page, and the language that it is in."""

    words: Markup
    lang: str


def told(reason: str, lang: str) -> Told:
    """A reason in a language; in English, as it came, where no words are known for it.

    >>> told("the text is not Arabic", "ar").lang, told("something else", "ar").lang
    ('ar', 'en')
    """
    if lang != "en":
        for key, pattern in _patterns():
            if found := pattern.fullmatch(reason):
                return Told(speak(lang).t(key, **found.groupdict()), lang)
    return Told(escape(reason), "en")


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The reasons that have words: the key of the words, and what the English ones look like."""
    english = {key: text[1] for key, text in tables()["text"].items() if key.startswith(_PREFIX)}
    return [(key, re.compile(_VALUE.sub(r"(?P<\1>.+)", re.escape(text)), re.DOTALL)) for key, text in english.items()]
