"""How the resolution forms of Microsoft's Recognizers-Text read as TIMEX3 values: the published mapping of the task "times".

Recognizers-Text (MIT) writes a `Timex` of its own beside what it resolves to in the past and in the future of a reference date.
TIMEX3 (Pustejovsky et al. 2003; ISO 24617-1) has one value, as exact as the words are. The two are held equal thus:

    theirs                                      TIMEX3                                       example
    2016-11-07, 2016-11, 2016, 2016-W46,        the same                                     اليوم، هذا الشهر، هذا الصيف
      2016-W45-WE, 2016-SU
    XXXX-10-02, XXXX-WXX-5, XXXX-02             the date that completes it and that is       2 أكتوبر، الجمعة، فبراير
                                                one of their two resolutions
    2016-10-07 for a count of months, years     the month or year: as exact as the unit      قبل شهر = 2016-10
    (2016-11-04,2016-11-22,P18D)                from the first day to the last, which is     من 4 إلى 22
                                                as said, or exclusive of whole units
    (2016-07-01,2016-10-01,P3M),                the same stretch of days by its name         2016-Q3، 197
      (XX70-01-01,XX80-01-01,P10Y)
    (2016-11-08,2016-11-11,P3D) where we find   the length: TimeML has a DURATION with a     الأيام الثلاثة القادمة = P3D
      a length                                  begin or end point
    2016-11-W03                                 the week, or the month that it is of         الأسبوع الثالث من نوفمبر
    T08:40, T07, TMO                            a time of the reference day: what stands     الثامنة وأربعون دقيقة
                                                after its T, a full hour with :00
    T12 for noon (الظهر)                        TMI                                          سأعود الظهر
    (T17,T18,PT1H)                              from the one to the other                    من 5 إلى 6 مساء
    P3D, PT3M for "a few"                       PXD, PTXM                                    بضعة أيام
    PT0.5H, P1M2D                               the same number of seconds (a month of 30    نصف ساعة = PT30M
                                                days, a year of 365, as theirs)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from riwaya.arabic.calendars import days_in_month
from riwaya.model import Time

_TRIPLE = re.compile(r"^\(([^,]*),([^,]*),([^,]*)\)$")
_LENGTH = re.compile(r"^P(?:(\d+(?:\.\d+)?|X)Y)?(?:(\d+(?:\.\d+)?|X)M)?(?:(\d+(?:\.\d+)?|X)W)?(?:(\d+(?:\.\d+)?|X)D)?"
                     r"(?:T(?:(\d+(?:\.\d+)?|X)H)?(?:(\d+(?:\.\d+)?|X)M)?(?:(\d+(?:\.\d+)?|X)S)?)?$")  # fmt: skip
_SECONDS = (31_536_000, 2_592_000, 604_800, 86_400, 3_600, 60, 1)
_WEEK_OF = re.compile(r"^(\d{4}|XXXX)-(\d\d)-W(\d\d)$")
_QUARTER_FIRST = {"Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}
_SEASONS = ("SP", "SU", "FA", "WI")
_FEW = 3  # what theirs writes for "a few"
_DECADES, _CENTURIES, _YEARS, _MONTHS, _DAYS = 3, 2, 4, 7, 10  # characters of a value as exact as that

Stretch = tuple[date, date]
"""First day, and the day after the last."""


def same_value(time: Time, timex: str, past: Mapping[str, str], future: Mapping[str, str]) -> bool:
    """Whether a time that Riwaya found has the value that the recognizers' authors expect.

    Args:
        time: as `find_times` gives it, resolved under the reference date.
        timex: their `Timex`.
        past, future: their resolutions; empty where they give none.
    """
    value = time.value
    if value is None:
        return False
    if timex.startswith("P"):
        return same_length(value, timex)
    if triple := _TRIPLE.match(timex):
        return _same_range(value, triple.groups(), past, future)
    if timex.startswith("T"):
        return _same_clock(value, timex)
    if _WEEK_OF.match(timex):
        return _same_week_of(value, timex, past, future)
    if value == timex:
        return True
    if "T" in timex or "T" in value:
        return _same_moment(value, timex, past, future)
    days = {r[k][:_DAYS] for r in (past, future) for k in ("date", "startDate") if k in r}
    if _counted_in_months(time):
        return any(d.startswith(value) for d in days)
    if timex in _SEASONS:
        return value in (timex, f"XXXX-{timex}")
    periods = [(r["startDate"], r["endDate"]) for r in (past, future) if "startDate" in r and "endDate" in r]
    if (ours := stretch_of(value)) and any(_same_stretch(ours, first, last) for first, last in periods):
        return True
    if "X" in timex:
        return fits(value, timex) and (not days or _first_day(value) in days)
    return False


def fits(value: str, pattern: str) -> bool:
    """Whether a value completes a pattern with X for open digits; a weekday pattern is completed by its day.

    >>> fits("2017-10-02", "XXXX-10-02"), fits("2016-11-11", "XXXX-WXX-5"), fits("2016-11-12", "XXXX-WXX-5")
    (True, True, False)
    """
    if pattern.startswith("XXXX-WXX-") and (stretch := stretch_of(value)):
        return str(stretch[0].isoweekday()) == pattern[9:10]
    return len(value) == len(pattern) and all(p in ("X", v) for v, p in zip(value, pattern, strict=True))


def _counted_in_months(time: Time) -> bool:
    said = time.expression
    return said is not None and said.form == "deictic" and said.count is not None and said.unit in ("M", "Y", "DE")


def _first_day(value: str) -> str:
    stretch = stretch_of(value)
    return stretch[0].isoformat() if stretch else value


# ------------------------------------------------------------------------------------------------------------------ lengths


def same_length(value: str, timex: str) -> bool:
    """Whether two lengths are the same number of seconds; PXD is their three days.

    >>> same_length("PT30M", "PT0.5H"), same_length("PXD", "P3D"), same_length("P2D", "P3D")
    (True, True, False)
    """
    ours, theirs = _LENGTH.match(value), _LENGTH.match(timex)
    if not ours or not theirs:
        return False
    return _seconds(ours.groups()) == _seconds(theirs.groups())


def _seconds(parts: tuple[str | None, ...]) -> float:
    return sum((_FEW if p == "X" else float(p)) * s for p, s in zip(parts, _SECONDS, strict=True) if p)


# ------------------------------------------------------------------------------------------------------------------- clocks


def _same_clock(value: str, timex: str) -> bool:
    if "T" not in value or "/" in value:
        return False
    clock = _clock(value.partition("T")[2])
    return clock == _clock(timex[1:]) or (clock == "MI" and timex == "T12")


def _clock(text: str) -> str:
    """The hour to the minute, seconds that are none left out: 07 -> 07:00, 07:00:00 -> 07:00; a part of the day as it is."""
    if text[:2].isdigit():
        hour, minute, second = [*text.rstrip("Z").split(":"), "00", "00"][:3]
        return f"{hour}:{minute}" + (f":{second}" if second != "00" else "")
    return text


def _same_moment(value: str, timex: str, past: Mapping[str, str], future: Mapping[str, str]) -> bool:
    day, _, clock = value.partition("T")
    day_wanted, _, clock_wanted = timex.partition("T")
    if _clock(clock) != _clock(clock_wanted):
        return False
    days = {r["dateTime"][:_DAYS] for r in (past, future) if "dateTime" in r}
    return day == day_wanted or (fits(day, day_wanted) and (not days or day in days))


# ------------------------------------------------------------------------------------------------------------------- ranges


def _same_range(value: str, triple: tuple[str, ...], past: Mapping[str, str], future: Mapping[str, str]) -> bool:
    first, last, length = triple
    if value.startswith("P"):
        return same_length(value, length)
    if "T" in first:
        begin, _, end = value.partition("/")
        return _same_clock(begin, first[first.index("T") :]) and _same_clock(end, last[last.index("T") :])
    ours = stretch_of(value)
    if ours is None:
        return False
    wanted = [(first, last)] if "X" not in first + last else []
    wanted += [(r["startDate"], r["endDate"]) for r in (past, future) if "startDate" in r and "endDate" in r]
    if not wanted or (first.startswith("XX") and not first.startswith("XXXX")):  # the seventies of any century
        return fits(ours[0].isoformat(), first) and fits(ours[1].isoformat(), last)
    return any(_same_stretch(ours, a, b) for a, b in wanted)


def _same_stretch(ours: Stretch, first: str, last: str) -> bool:
    begin, end = stretch_of(first), stretch_of(last)
    if begin is None or end is None or ours[0] != begin[0]:
        return False
    return ours[1] in (end[0], end[1]) or (len(last) < _DAYS and ours[1] == end[0])


def _same_week_of(value: str, timex: str, past: Mapping[str, str], future: Mapping[str, str]) -> bool:
    ours = stretch_of(value)
    if ours is None:
        return False
    for resolution in (past, future):
        week = stretch_of(resolution.get("startDate", "")[:_DAYS])
        if week and (ours[0] == week[0] or (len(value) == _MONTHS and fits(value, timex[:_MONTHS]))):
            return True
    return False


def stretch_of(value: str) -> Stretch | None:
    """The days that a TIMEX3 value covers: its first day, and the day after its last; None for anything else.

    >>> stretch_of("2016-Q3")
    (datetime.date(2016, 7, 1), datetime.date(2016, 10, 1))
    """
    first, slash, last = value.partition("/")
    try:
        if slash:
            begin, end = _named(first), _named(last)
            return (begin[0], end[1]) if begin and end else None
        return _named(value)
    except (ValueError, OverflowError):
        return None


def _named(value: str) -> Stretch | None:
    year, _, rest = value.partition("-")
    if rest[:1] == "W":
        week, _, weekend = rest[1:].partition("-")
        monday = date.fromisocalendar(int(year), int(week), 1)
        return (monday + timedelta(days=5), monday + timedelta(days=7)) if weekend else (monday, monday + timedelta(days=7))
    if rest in _QUARTER_FIRST:
        months = 6 if rest[0] == "H" else 3
        first = _QUARTER_FIRST[rest]
        return date(int(year), first, 1), _month_after(int(year), first + months - 1)
    if rest in _SEASONS or not value.replace("-", "").isdigit():
        return None
    if len(value) == _DAYS:
        day = date.fromisoformat(value)
        return day, day + timedelta(days=1)
    if len(value) == _MONTHS:
        return date(int(year), int(rest), 1), _month_after(int(year), int(rest))
    years = {_YEARS: 1, _DECADES: 10, _CENTURIES: 100}.get(len(value))
    if years is None:
        return None
    return date(int(value) * years, 1, 1), date((int(value) + 1) * years, 1, 1)


def _month_after(year: int, month: int) -> date:
    return date(year, month, days_in_month(year, month)) + timedelta(days=1)
