"""The page's words in two languages, and dates and numbers as each language writes them.

Everything that the page itself says stands in both languages, one of them hidden by the style sheet, so that the language can be
switched without JavaScript. Digits are Western in both: figures on the page are compared with figures in the reports.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

LANGUAGES = ("ar", "en")
_DAY = 10  # characters of YYYY-MM-DD
_FEW = range(3, 11)  # Arabic plural categories by the last two digits: CLDR "few"
_MANY = range(11, 100)  # and "many"


@cache
def tables() -> dict[str, Any]:
    """strings.toml."""
    return tomllib.loads((Path(__file__).parent / "strings.toml").read_text(encoding="utf-8"))


def both(ar: str | Markup, en: str | Markup) -> Markup:
    """The same thing in both languages."""
    if ar == en:
        return Markup(escape(ar))
    return Markup('<span class="ar" lang="ar">{}</span><span class="en" lang="en">{}</span>').format(ar, en)


def t(key: str, **values: object) -> Markup:
    """A string of the page in both languages, its {values} escaped. A value with `.ar` and `.en` gives each language its own."""
    if not values:
        return _fixed(key)
    if len(values) == 1:
        ((name, value),) = values.items()
        if type(value) is int:
            return _numbered(key, name, value)
    return _filled(key, values)


@cache
def _fixed(key: str) -> Markup:
    ar, en = tables()["text"][key]
    return both(ar, en)


@lru_cache(maxsize=4096)
def _numbered(key: str, name: str, value: int) -> Markup:
    return _filled(key, {name: value})


def _filled(key: str, values: dict[str, object]) -> Markup:
    # Not remembered: text and markup of the same letters are equal, and must not stand for each other.
    ar, en = tables()["text"][key]
    return both(
        Markup(escape(ar)).format(**{k: _value(v, "ar") for k, v in values.items()}),
        Markup(escape(en)).format(**{k: _value(v, "en") for k, v in values.items()}),
    )


def plain(key: str, lang: str) -> str:
    """A string of the page in one language, for places that hold no elements: titles of drawings and of the page."""
    return str(tables()["text"][key][LANGUAGES.index(lang)])


class Pair(tuple[str, str]):
    """Text in Arabic and in English."""

    __slots__ = ()

    @property
    def ar(self) -> str:
        """In Arabic."""
        return self[0]

    @property
    def en(self) -> str:
        """In English."""
        return self[1]

    def __html__(self) -> str:
        return str(both(self.ar, self.en))


def _value(value: object, lang: str) -> object:
    if isinstance(value, Pair):
        return getattr(value, lang)
    if isinstance(value, int):
        return grouped(value)
    if isinstance(value, str) and not isinstance(value, Markup):
        return Markup("<bdi>{}</bdi>").format(value)
    return value


def grouped(value: float) -> str:
    """A number with its thousands apart: 12500.5 -> "12,500.5"."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.10g}"


def plural(key: str, number: int) -> Pair:
    """How many of something: ("تقريران", "2 reports")."""
    return plural_of(tables()["count"][key], number)


def plural_of(forms: dict[str, dict[str, str]], number: int) -> Pair:
    """The same for forms given: {"ar": {category: form}, "en": {...}}."""
    ar = forms["ar"].get(_arabic_category(number), forms["ar"]["other"])
    en = forms["en"]
    english = en.get("zero" if number == 0 else "one" if number == 1 else "other", en["other"])
    return Pair((ar.format(n=grouped(number)), english.format(n=grouped(number))))


def _arabic_category(number: int) -> str:
    """The CLDR plural category of a whole number in Arabic."""
    named = {0: "zero", 1: "one", 2: "two"}.get(number)
    if named:
        return named
    rest = number % 100
    return "few" if rest in _FEW else "many" if rest in _MANY else "other"


@lru_cache(maxsize=4096)
def n(key: str, number: int) -> Markup:
    """How many of something, in both languages."""
    pair = plural(key, number)
    return both(pair.ar, pair.en)


def day(value: str | None, *, weekday: bool = False, year: bool = True) -> Pair | None:
    """An ISO date, with hours if it has them, or two of them as an interval, as each language writes it; None if it is none.

    >>> day("2022-01-12").ar
    '12 كانون الثاني/يناير 2022'
    """
    if not value:
        return None
    first, slash, last = value.partition("/")
    if slash and (ends := [end for end in (day(first, year=year), day(last, year=year)) if end]):
        return Pair((" – ".join(end.ar for end in ends), " – ".join(end.en for end in ends)))
    parts = value[:_DAY].split("-")
    try:
        month = int(parts[1]) if len(parts) > 1 else None
        number = int(parts[2]) if len(parts) > 2 else None  # noqa: PLR2004 - year, month, day
        return _day(parts[0], month, number, value[_DAY + 1 : _DAY + 6], weekday=weekday, year=year)
    except (ValueError, IndexError):
        return Pair((value, value))


def _day(year_text: str, month: int | None, number: int | None, clock: str, *, weekday: bool, year: bool) -> Pair:
    names = tables()["months"]
    ar, en = [], []
    if weekday and month and number:
        index = date(int(year_text), month, number).weekday()
        ar.append(tables()["weekdays"]["ar"][index])
        en.append(tables()["weekdays"]["en"][index])
    if number:
        ar.append(str(number))
        en.append(str(number))
    if month:
        ar.append(f"{names['ar_levant'][month - 1]}/{names['ar'][month - 1]}")
        en.append(names["en"][month - 1])
    if year or not month:
        ar.append(year_text)
        en.append(year_text)
    tail_ar, tail_en = (f"، {clock}", f", {clock}") if clock else ("", "")
    return Pair((" ".join(ar) + tail_ar, " ".join(en) + tail_en))


def calendar_leaf(value: str) -> tuple[Pair, Pair | None, str | None, Pair | None]:
    """A date in words; and, if it is a day, its weekday, its number, and its month with the year."""
    name = day(value) or Pair((value, value))
    try:
        weekday = date.fromisoformat(value).weekday()
    except ValueError:
        return name, None, None, None
    names = tables()["weekdays"]
    month = day(value[:7]) or name
    return name, Pair((names["ar"][weekday], names["en"][weekday])), str(int(value[8:])), month


def short_day(value: str | None) -> str:
    """Day and month in figures, for axes: "2022-01-12" -> "12/1"."""
    if not value or len(value) < _DAY or not (value[5:7] + value[8:10]).isdecimal():
        return value or "؟"
    return f"{int(value[8:10])}/{int(value[5:7])}"
