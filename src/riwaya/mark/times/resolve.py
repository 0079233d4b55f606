"""From what the words of a time say to its TIMEX3 value, once the date of the report is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from riwaya.arabic.calendars import (
    LAST_HIJRI_YEAR,
    days_in_month,
    gregorian,
    hijri_month,
    hijri_to_gregorian,
    hijri_year_of,
    parse_iso,
)
from riwaya.model import Published, Time, TimeExpression, TimeType
from riwaya.settings.mark import MARK

_WEEK = 7
_A_MONTH = timedelta(days=28)  # a Hijri month that began less than this ago is not past yet
_MONTHS = 12
_QUARTERS = ("Q1", "Q2", "Q3", "Q4")
_CLOCK_UNITS = {"TH": "H", "TM": "M", "TS": "S"}
_HOURS_A_DAY = 24
_LAST_YEAR = 9999
_FAR = 10_000  # years, days ...: no shift in news is larger; keeps arithmetic on hostile numbers harmless


def type_of(said: TimeExpression) -> TimeType:
    """DATE, TIME, DURATION or SET."""
    if said.form == "duration":
        return "DURATION"
    if said.form == "set":
        return "SET"
    if said.hour is not None or said.part is not None or (said.form == "deictic" and said.unit in _CLOCK_UNITS):
        return "TIME"
    return "DATE"


def resolve(said: TimeExpression, anchor: Published | str | date | None) -> str | None:
    """The TIMEX3 value of an expression in a report of this date.

    Args:
        said: what the words say.
        anchor: the report's date: a `Published`, an ISO date or date-time, a date, or None.

    Returns:
        An ISO date, week, month, year, hour, length or range, PAST_REF and its like; None where nothing anchors it.

    >>> resolve(TimeExpression("deictic", unit="W", shift=-1), "2022-01-12")  # الأسبوع الماضي
    '2022-W01'
    """
    day = _anchor_day(anchor)
    if said.end is not None:
        return _range(said, day)
    if said.mod == "REST":
        return _rest(said, day)
    if said.form == "reference":
        return said.reference
    if said.form == "set" and said.weekday is not None:  # كل يوم جمعة
        return f"XXXX-WXX-{said.weekday + 1}"
    if said.form == "set" and said.part:  # كل صباح
        return f"XXXX-XX-XXT{said.part}"
    if said.form in ("duration", "set"):
        return _length(said)
    if said.form == "weekday":
        found = _weekday(said, day)
        return None if found is None else _clocked(found, said)
    if said.form == "calendar":
        return _calendar(said, day)
    if said.shift is None and said.hour is None and said.count is None and (said.part or said.season):  # of no day or year
        return f"T{said.part}" if said.part else f"XXXX-{said.season}"  # في الليل، في الصيف
    return None if day is None else _deictic(said, day)


def resolve_times(times: Iterable[Time], published: Published | str | None) -> list[Time]:
    """The same times with their values under this date of their report (None: only what anchors itself keeps a value)."""
    day = _anchor_day(published)
    out = []
    for time in times:
        if time.expression is None:
            out.append(time)
            continue
        value = resolve(time.expression, day)
        out.append(time if value == time.value else replace(time, value=value))
    return out


def _anchor_day(anchor: Published | str | date | None) -> date | None:
    if isinstance(anchor, Published):
        anchor = anchor.value
    return anchor if isinstance(anchor, date) else parse_iso(anchor)


def day_of(said: TimeExpression, anchor: date | None) -> date | None:
    """The single day that an expression names, None where it names none."""
    value = resolve(replace(said, end=None, hour=None, part=None), anchor)
    return parse_iso(value) if value is not None and len(value) == 10 else None  # noqa: PLR2004 - YYYY-MM-DD


# ------------------------------------------------------------------------------------------------------------------ forms


def _range(said: TimeExpression, day: date | None) -> str | None:
    assert said.end is not None
    far = said.end
    if said.hour is not None and far.form == "deictic" and far.shift is None:
        far = replace(said, hour=far.hour, minute=far.minute, zone=far.zone, end=None)
    elif said.hour is not None and far.hour is not None and said.shift is None and said.form == "deictic":
        said = replace(far, hour=said.hour, minute=said.minute, zone=said.zone, end=said.end)
    begin = resolve(replace(said, end=None), day)
    end = resolve(far, day)
    if begin is None or end is None:
        return None
    if end < begin and said.form == far.form == "calendar" and said.year is None and said.shift is None and far.year is not None:
        begin = resolve(replace(said, end=None, year=far.year - 1), day) or begin
    if far.form == said.form == "weekday" and end < begin:
        shifted = parse_iso(end)
        end = (shifted + timedelta(days=_WEEK)).isoformat() if shifted and len(end) == 10 else end  # noqa: PLR2004
    return f"{begin}/{end}"


def _length(said: TimeExpression) -> str:
    unit = said.unit or "D"
    if said.more:
        return _compound((said.count or 0, unit), *said.more)
    count = "X" if said.count is None else f"{said.count:g}"
    if unit == "Q":
        return f"P{int((said.count or 1) * 3)}M"
    return f"PT{count}{_CLOCK_UNITS[unit]}" if unit in _CLOCK_UNITS else f"P{count}{unit}"


def _rest(said: TimeExpression, day: date | None) -> str | None:
    """بقية الأسبوع: from the report's day to the last of the week, month or year."""
    if day is None or said.unit not in ("W", "M", "Y"):
        return None
    last = {
        "W": day + timedelta(days=_WEEK - 1 - day.weekday()),
        "M": date(day.year, day.month, days_in_month(day.year, day.month)),
        "Y": date(day.year, _MONTHS, 31),
    }[said.unit]
    return f"{day.isoformat()}/{last.isoformat()}"


_IN_ORDER = ("CE", "DE", "Y", "M", "W", "D", "TH", "TM", "TS")


def _compound(*parts: tuple[float, str]) -> str:
    """سنة وستة أشهر = P1Y6M, whatever stands first."""
    days = clock = ""
    for count, unit in sorted(parts, key=lambda p: _IN_ORDER.index(p[1])):
        if unit in _CLOCK_UNITS:
            clock += f"{count:g}{_CLOCK_UNITS[unit]}"
        else:
            days += f"{count:g}{unit}"
    return f"P{days}T{clock}" if clock else f"P{days}"


def _clocked(day: date, said: TimeExpression) -> str:
    if said.hour is not None:
        seconds = f":{said.second:02d}" if said.second else ""
        return f"{day.isoformat()}T{said.hour:02d}:{said.minute or 0:02d}{seconds}{said.zone or ''}"
    return f"{day.isoformat()}T{said.part}" if said.part else day.isoformat()


def _weekday(said: TimeExpression, day: date | None) -> date | None:
    """الماضي: the last one before the report's day; المقبل: the next after it; bare: as the verb's tense has it."""
    if day is None or said.weekday is None:
        return None
    if said.unit == "W":  # الأحد من الأسبوع المقبل
        monday = _moved(day, (said.shift or 0) * _WEEK - day.weekday())
        return None if monday is None else _moved(monday, said.weekday)
    back = (day.weekday() - said.weekday) % _WEEK
    if said.shift == -1:
        return _moved(day, -(back or _WEEK))
    if said.shift == 1:
        return _moved(day, _WEEK - back)
    if said.tense == "future":
        return _moved(day, (_WEEK - back) % _WEEK)
    return _moved(day, -back)


def nearest_weekday(day: date, weekday: int) -> date:
    """The day with this weekday that is nearest to `day`; never more than three days away."""
    ahead = (weekday - day.weekday()) % _WEEK
    return day + timedelta(days=ahead if ahead <= _WEEK // 2 else ahead - _WEEK)


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _deictic(said: TimeExpression, day: date) -> str | None:
    if said.count is not None:
        return _counted_back(said, day)
    shift = max(-_FAR, min(_FAR, said.shift or 0))
    unit = said.unit
    if unit == "D":
        found = _moved(day, shift)
        if found is None:
            return None
        if said.weekday is not None and found.weekday() != said.weekday:
            found = nearest_weekday(found, said.weekday)  # the page's date may be a day off; the words are not
        return _clocked(found, said)
    if unit == "W":
        found = _moved(day, shift * _WEEK)
        if found is None:
            return None
        year, week, _ = found.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if said.season == "WE" else "")
    if unit == "M":
        year, month = _month_shifted(day, shift)
        return f"{year:04d}-{month:02d}" if 1 <= year <= _LAST_YEAR else None
    if unit == "Y":
        return _year_value(day.year + shift, said)
    if unit == "DE":
        return f"{(day.year // 10 + shift):03d}"
    if unit == "CE":
        return f"{(day.year // 100 + shift):02d}"
    return None


def _year_value(year: int, said: TimeExpression) -> str | None:
    if not 1 <= year <= _LAST_YEAR:
        return None
    return f"{year:04d}-{said.season}" if said.season else f"{year:04d}"


def _month_shifted(day: date, shift: int) -> tuple[int, int]:
    months = day.year * _MONTHS + day.month - 1 + shift
    return months // _MONTHS, months % _MONTHS + 1


def _counted_back(said: TimeExpression, day: date) -> str | None:
    """قبل ثلاثة أيام: as exact as its unit."""
    count = max(-_FAR, min(_FAR, said.count or 0.0))
    if said.unit == "D":
        found = _moved(day, round(count))
        return found.isoformat() if found else None
    if said.unit == "W":
        found = _moved(day, round(count * _WEEK))
        return found.isoformat() if found else None
    if said.unit == "M":
        year, month = _month_shifted(day, round(count))
        return f"{year:04d}-{month:02d}" if 1 <= year <= _LAST_YEAR else None
    if said.unit == "Y":
        return _year_value(day.year + round(count), said)
    if said.unit == "TH" and count % _HOURS_A_DAY == 0:
        found = _moved(day, round(count / _HOURS_A_DAY))
        return found.isoformat() if found else None
    if said.unit == "DE":
        return f"{(day.year + round(count * 10)) // 10:03d}"
    return "PAST_REF" if count < 0 else "FUTURE_REF"


# --------------------------------------------------------------------------------------------------------------- calendar


def _calendar(said: TimeExpression, day: date | None) -> str | None:
    if said.unit == "DE" and said.year is not None:
        return f"{said.year:03d}"
    if said.unit == "CE" and said.year is not None:
        return f"{said.year - 1:02d}"
    if said.hijri:
        return _hijri(said, day)
    if said.weekday is not None and said.count is not None:
        return _ranked_weekday(said, day)
    if said.month is None:
        if said.day is not None and said.unit == "M" and day is not None:
            year, month = _month_shifted(day, said.shift or 0)
            if said.tense == "past" and said.day > day.day:  # "على يوم 27" said on the 10th
                year, month = _month_shifted(day, -1)
            elif said.tense == "future" and said.day < day.day:
                year, month = _month_shifted(day, 1)
            found = _with_weekday(said, day) or gregorian(year, month, said.day)
            return None if found is None else _clocked(found, said)
        return None if said.year is None or said.day is not None else _year_value(said.year, said)
    found_year = year_of(said, day)
    if found_year is None:
        return None
    if said.day is None:
        return f"{found_year:04d}-{said.month:02d}"
    found = gregorian(found_year, said.month, said.day)
    if found is not None and said.unit == "W":  # أسبوع 30 نوفمبر
        return f"{found.isocalendar().year:04d}-W{found.isocalendar().week:02d}"
    return None if found is None else _clocked(found, said)


def _with_weekday(said: TimeExpression, day: date) -> date | None:
    """الجمعة 22: of this month and its neighbours the one in which the day falls on that weekday; None where it does in none."""
    if said.weekday is None or said.day is None or said.shift is not None:
        return None
    for shift in (0, -1, 1):
        found = gregorian(*_month_shifted(day, shift), said.day)
        if found is not None and found.weekday() == said.weekday:
            return found
    return None


def _ranked_weekday(said: TimeExpression, day: date | None) -> str | None:
    """أول يوم جمعة من يوليو، الأحد الثاني من الشهر المقبل; count -1: the last."""
    assert said.weekday is not None and said.count is not None
    if said.month is not None:
        year, month = year_of(said, day), said.month
    elif day is not None:
        year, month = _month_shifted(day, said.shift or 0)
    else:
        return None
    if year is None or not 1 <= year < _LAST_YEAR:
        return None
    first = date(year, month, 1)
    found = first + timedelta(days=(said.weekday - first.weekday()) % _WEEK)
    weeks = int(said.count) - 1 if said.count > 0 else (days_in_month(year, month) - found.day) // _WEEK
    found += timedelta(days=weeks * _WEEK)
    return found.isoformat() if found.month == month else None


def year_of(said: TimeExpression, day: date | None) -> int | None:
    """The year of a month or a day of a month: given, counted from the report's, or the nearest that the tense allows."""
    if said.year is not None:
        return said.year
    if day is None or said.month is None:
        return None
    if said.unit == "Y":
        return day.year + (said.shift or 0)
    if said.unit == "M":
        if said.shift == 0:
            return day.year if abs(said.month - day.month) < _MONTHS - 1 else _nearest_year(said, day)
        if said.shift == -1:
            return day.year if (said.month, said.day or 0) < (day.month, day.day if said.day else 0) else day.year - 1
        return day.year if (said.month, said.day or 0) > (day.month, day.day if said.day else 0) else day.year + 1
    return _nearest_year(said, day)


def _nearest_year(said: TimeExpression, day: date) -> int:
    """News looks back more than ahead: without a verb's help a month lies up to a quarter ahead, else behind."""
    assert said.month is not None
    near = _near_year(said, day)
    if near is not None:
        return near
    ahead = {"past": 0, "future": MARK.months_ahead_future}.get(said.tense or "", MARK.months_ahead)
    months = (said.month - day.month) % _MONTHS
    if months <= ahead:
        return day.year + (day.month + months > _MONTHS)
    return day.year - (said.month > day.month)


def _near_year(said: TimeExpression, day: date) -> int | None:
    """The year in which a day of a month lies within weeks of the report, whatever the tense; None where none does."""
    assert said.month is not None
    if said.day is None:
        return day.year if said.month == day.month else None
    years = (day.year - 1, day.year, day.year + 1)
    options = [(abs((d - day).days), y) for y in years if (d := gregorian(y, said.month, said.day))]
    return min(options)[1] if options and min(options)[0] <= MARK.days_near else None


def _hijri(said: TimeExpression, day: date | None) -> str | None:
    year = said.year
    if year is None and day is not None and said.month is not None:
        now = hijri_year_of(day)
        if now is None:
            return None
        options = [(y, hijri_to_gregorian(y, said.month, said.day or 1)) for y in (now - 1, now, now + 1)]
        if said.unit == "M" and said.shift:  # رمضان الماضي
            options = [(y, d) for y, d in options if d is not None and (d < day - _A_MONTH if said.shift < 0 else d > day)]
        near = sorted((abs((d - day).days), d, y) for y, d in options if d is not None)
        told = said.unit == "M" and said.shift
        allowed = near if told else [n for n in near if n[0] <= MARK.days_near or _tense_allows(said.tense, n[1], day)]
        if not allowed:
            return None
        year = allowed[0][2]
    if year is not None and year > LAST_HIJRI_YEAR and said.month is not None:  # رمضان 2017
        middle = hijri_year_of(date(year, 7, 1)) if year < _LAST_YEAR else None
        near_years = [y for y in ((middle or 0) - 1, middle or 0, (middle or 0) + 1)
                      if (d := hijri_to_gregorian(y, said.month, said.day or 1)) and d.year == year]  # fmt: skip
        year = near_years[0] if near_years else None
    if year is None:
        return None
    if said.month is None:
        first, last = hijri_month(year, 1), hijri_month(year, _MONTHS)
        return f"{first[0].isoformat()}/{last[1].isoformat()}" if first and last else None
    if said.day is None:
        span = hijri_month(year, said.month)
        return f"{span[0].isoformat()}/{span[1].isoformat()}" if span else None
    found = hijri_to_gregorian(year, said.month, said.day)
    return None if found is None else _clocked(found, said)


def _tense_allows(tense: str | None, found: date, day: date) -> bool:
    slack = timedelta(days=MARK.days_late)
    if tense == "past":
        return found <= day + slack
    return tense != "future" or found >= day - slack
