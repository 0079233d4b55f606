"""What the application says, in one language at a time, and dates and counts as that language writes them."""

from __future__ import annotations

import time
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from riwaya.tell.html import words

LANGUAGES = words.LANGUAGES
_UNITS = (("days", 86400), ("hours", 3600), ("minutes", 60))  # seconds each
_STRINGS = Path(__file__).parent / "strings"


@cache
def tables() -> dict[str, dict[str, Any]]:
    """The words of all pages, over those of the dossier page: {"text": {key: [ar, en]}, "count": {key: {ar, en}}}."""
    own = words.tables()
    merged: dict[str, dict[str, Any]] = {"text": dict(own["text"]), "count": dict(own["count"])}
    for path in sorted(_STRINGS.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        merged["text"].update(table.get("text", {}))
        merged["count"].update(table.get("count", {}))
    return merged


class Words:
    """The words of one language. What the templates know as t, attr, n, day and grouped."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.index = LANGUAGES.index(lang)

    def t(self, key: str, **values: object) -> Markup:
        """A string, its {values} escaped and set apart from the direction of the words around them."""
        text = tables()["text"][key][self.index]
        return Markup(escape(text)).format(**{k: self._value(v) for k, v in values.items()}) if values else Markup(escape(text))

    def attr(self, key: str, **values: object) -> str:
        """A string as plain text, for attributes and titles."""
        text: str = tables()["text"][key][self.index]
        return text.format(**{k: self._plain(v) for k, v in values.items()}) if values else text

    def n(self, key: str, number: int) -> str:
        """How many of something: "تقريران", "2 reports"."""
        forms = tables()["count"][key]
        return str(words.plural_of(forms, number)[self.index])

    def day(self, value: str | None, *, weekday: bool = False, year: bool = True) -> str:
        """An ISO date in words; nothing for None."""
        pair = words.day(value, weekday=weekday, year=year)
        return pair[self.index] if pair else ""

    def ago(self, moment: float, now: float | None = None) -> str:
        """How long ago something was, in one unit: "قبل 5 دقائق", "5 minutes ago".

        Args:
            moment: seconds since 1970.
            now: the same; None means now.
        """
        past = max(0.0, (time.time() if now is None else now) - moment)
        for unit, seconds in _UNITS:
            if past >= seconds:
                return self.attr("ago", time=self.n(unit, int(past // seconds)))
        return self.attr("ago.now")

    def _value(self, value: object) -> object:
        if isinstance(value, words.Pair):
            return value[self.index]
        if isinstance(value, int):
            return words.grouped(value)
        if isinstance(value, Markup):
            return value
        return Markup("<bdi>{}</bdi>").format(value)

    def _plain(self, value: object) -> str:
        if isinstance(value, words.Pair):
            return value[self.index]
        return words.grouped(value) if isinstance(value, int) else str(value)


@cache
def speak(lang: str) -> Words:
    """The words of a language."""
    return Words(lang)
