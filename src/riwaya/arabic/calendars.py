"""Months of every Arab region, and the Hijri calendar of Umm al-Qura.

Hijri dates are converted with the tables of the Umm al-Qura calendar (hijridate, 1343 to 1500 AH); outside them there is no
answer rather than a guess. The tables load with the first Hijri date.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from riwaya.arabic.lexicon import months as _lexicon


class Month(NamedTuple):
    """A month by name: its number 1 to 12, in which calendar, and whether the word is also another word (مارس، رجب)."""

    number: int
    hijri: bool
    weak: bool


MONTHS: dict[str, Month] = {
    **{name: Month(n, True, True) for name, n in _lexicon.HIJRI.items()},
    **{name: Month(n, False, name in _lexicon.WEAK) for name, n in _lexicon.GREGORIAN.items()},
}
"""Folded name (one to three words) -> Month: "كانون الثاني", "جانفي", "غشت", "ذو الحجه", "december"."""

FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR = 1343, 1500  # what the tables of Umm al-Qura cover


@cache
def _hijri() -> Any:
    from hijridate import Hijri

    return Hijri


def gregorian(year: int, month: int, day: int) -> date | None:
    """A date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def hijri_to_gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a Hijri one by Umm al-Qura; None where there is no such day or the tables end.

    >>> hijri_to_gregorian(1444, 9, 12)  # 12 رمضان 1444هـ
    datetime.date(2023, 4, 3)
    """
    try:
        found = _hijri()(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(found.year, found.month, found.day)


def hijri_year_of(day: date) -> int | None:
    """The Hijri year in which a day lies; None outside the tables."""
    guess = round((day.year - 622) * 33 / 32)  # 33 lunar years are about 32 solar ones
    for year in (guess + 1, guess, guess - 1):
        first = hijri_to_gregorian(year, 1, 1)
        if first is not None and first <= day:
            return year
    return None


def hijri_month(year: int, month: int) -> tuple[date, date] | None:
    """The first and the last day of a Hijri month; None outside the tables."""
    first = hijri_to_gregorian(year, month, 1)
    after = hijri_to_gregorian(year + month // 12, month % 12 + 1, 1)
    if first is None:
        return None
    if after is None:
        last = hijri_to_gregorian(year, month, 30) or hijri_to_gregorian(year, month, 29)
        return None if last is None else (first, last)
    return first, after - timedelta(days=1)


def days_in_month(year: int, month: int) -> int:
    """How many days a Gregorian month has."""
    return calendar.monthrange(year, month)[1]


def parse_iso(text: str | None) -> date | None:
    """The day of an ISO date or date-time ("2022-01-12", "2022-01-12T07:30+03:00"); None for anything else.

    >>> parse_iso("2022-01-12T23:30+03:00")
    datetime.date(2022, 1, 12)
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
