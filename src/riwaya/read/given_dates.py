"""Dates that a field, a header or a URL gives, in one form."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import struct_time

from riwaya.arabic.normalize import fold
from riwaya.settings.read import READ

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ]+(\d{1,2}):(\d{2})(?::\d{2}(?:[.,]\d+)?)? ?(z|utc|gmt|[+-]\d{2}:?\d{2})?)?(?![\d:])"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[t ]+(\d{1,2}):(\d{2}))?(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[t ,]+(\d{1,2}):(\d{2}))?(?!\d)")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(?:\d{2})?z?)?$")
_EPOCH = re.compile(r"\d{9,13}(?:\.\d+)?$")
# /2015/07/21/, /2015-07-21-..., /2013/middle_east/8/3/, /20150721...
_IN_URL = re.compile(r"(?<![\d-])(\d{4})(?:[/-]|/[a-z_]{2,30}/)(\d{1,2})[/-](\d{1,2})(?![\d-])|/(20\d{2})(\d{2})(\d{2})(?!\d)")
_MILLISECONDS = 10**11  # an epoch number above this counts milliseconds
_LONGEST = 64  # characters of a date as written; what is longer is prose
_MONTHS = 12
_EPOCH_START = datetime(1970, 1, 1, tzinfo=UTC)


def given_date(value: object) -> str | None:
    """A date as a source gives it -> "YYYY-MM-DD" or "YYYY-MM-DDThh:mm[offset]"; None where it is no date, or absurd.

    Takes ISO 8601 and its loose forms, RFC 822 (feeds), day first where the day is above 12 or equals the month, both systems of
    digits, epoch seconds and milliseconds, and date objects. What does not name one day is no date.

    >>> given_date("2015-07-21 02:51:32"), given_date("Tue, 21 Jul 2015 10:00:00 +0300"), given_date("٢١/٧/٢٠١٥")
    ('2015-07-21T02:51', '2015-07-21T10:00+03:00', '2015-07-21')
    >>> given_date("9999-12-31"), given_date("2015-07"), given_date("07/08/2015")
    (None, None, None)
    """
    if isinstance(value, datetime):
        midnight = not (value.hour or value.minute or value.second) and value.tzinfo is None
        return _made(value.year, value.month, value.day, None if midnight else value.hour, value.minute, _offset(value))
    if isinstance(value, date):
        return _made(value.year, value.month, value.day)
    if isinstance(value, struct_time):
        return _made(value.tm_year, value.tm_mon, value.tm_mday, value.tm_hour, value.tm_min, "Z")
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _epoch(float(value))
    if isinstance(value, str):
        return _written(value)
    return None


def url_date(url: str | None) -> str | None:
    """The day that a URL names: .../2015/07/21/..., .../20150721..."""
    match = _IN_URL.search(fold(url)) if url else None
    if match is None:
        return None
    year, month, day = (int(g) for g in match.groups() if g)
    return _made(year, month, day)


def _written(value: str) -> str | None:
    text = fold(value).strip()
    if not text or len(text) > _LONGEST:
        return None
    for pattern in (_ISO, _YEAR_FIRST):
        match = pattern.match(text)
        if match:
            year, month, day, hour, minute = (int(g) if g else None for g in match.groups()[:5])
            zone = match.group(6) if pattern is _ISO else None
            return _made(year or 0, month or 0, day or 0, hour, minute, _zone(zone))
    match = _DAY_FIRST.match(text)
    if match:
        return _day_first(*(int(g) if g else None for g in match.groups()))
    match = _PACKED.match(text)
    if match:
        year, month, day, hour, minute = (int(g) if g else None for g in match.groups())
        return _made(year or 0, month or 0, day or 0, hour, minute)
    if _EPOCH.match(text):
        return _epoch(float(text))
    return _mail(value.strip())


def _day_first(first: int | None, second: int | None, year: int | None, hour: int | None, minute: int | None) -> str | None:
    """21/7/2015; with both numbers at most 12 nobody can tell which is the month, unless they are equal."""
    first, second = first or 0, second or 0
    if first > _MONTHS or first == second:
        return _made(year or 0, second, first, hour, minute)
    if second > _MONTHS:
        return _made(year or 0, first, second, hour, minute)
    return None


def _mail(text: str) -> str | None:
    try:
        return given_date(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _epoch(seconds: float) -> str | None:
    if not seconds > 0:
        return None
    if seconds > _MILLISECONDS:
        seconds /= 1000
    try:
        return given_date(_EPOCH_START + timedelta(seconds=int(seconds)))
    except (OverflowError, ValueError):
        return None


def _offset(value: datetime) -> str:
    shift = value.utcoffset()
    if shift is None:
        return ""
    minutes = int(shift.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return "Z" if not minutes else f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone in ("z", "utc", "gmt"):
        return "Z"
    return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"


def _made(
    year: int, month: int, day: int, hour: int | None = None, minute: int | None = None, zone: str = ""
) -> str | None:
    if not READ.first_year <= year <= READ.last_year:
        return None
    try:
        text = date(year, month, day).isoformat()
    except ValueError:
        return None
    if hour is None or minute is None or not (0 <= hour < 24 and 0 <= minute < 60):  # noqa: PLR2004 - the clock
        return text
    return f"{text}T{hour:02d}:{minute:02d}{zone}"
