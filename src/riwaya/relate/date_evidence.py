"""What one report says about its own day: scores of candidate days from its weekday words, days, months and years.

Scores are natural logarithms of how much likelier a mention is on that day than by chance; they add up, so that many weak
mentions outweigh one stray. A report's own day lies near its dense recent mentions; years long past say nothing about it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from riwaya.arabic.calendars import days_in_month, gregorian, hijri_to_gregorian
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import times as lexicon
from riwaya.arabic.normalize import fold
from riwaya.mark.times.resolve import day_of
from riwaya.model import Article, Marks, Span, Time, TimeExpression
from riwaya.relate.date_lines import page_date
from riwaya.settings.dates import DATES

_WEEK = 7
_MONTHS = 12
_YAWM = "يوم"
_EVENT_HEADS = frozenset(lexicon.EVENT_HEADS)
_HEAD = 24  # characters before a date in which the word before it lies
_BESIDE = 3  # characters: a space, a bracket
_LEAD = 2  # sentences: the headline, a dateline, and the first of the report
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True)
class Mention:
    """A time that bears on the day of its report, with the number of its sentence."""

    expression: TimeExpression
    span: Span
    text: str
    sentence: int
    page: Literal["published", "dated"] | None = None  # it is the page's own date: said to be, or by where it stands


@dataclass(frozen=True, slots=True)
class Part:
    """One mention's share in the score of a day."""

    score: float
    name: str
    mention: Mention


def mentions_of(article: Article, marks: Marks) -> list[Mention]:
    """The times of a report that may bear on its day: none in passages on other matters, and first its page's own date."""
    own = page_date(article)
    aside = [(f.start, f.end) for f in article.furniture]
    starts = [s.start for s in marks.sentences]
    found = []
    if own is not None:
        aside.append((own.span.start, own.span.end))
        found.append(Mention(own.expression, own.span, own.text, 0, "published" if own.sure else "dated"))
    at = -1
    for time in marks.times:
        while at + 1 < len(starts) and starts[at + 1] <= time.span.start:
            at += 1
        hidden = any(a < time.span.end and time.span.start < b for a, b in aside)
        if _bears(time) and not hidden and not _names_event(article.text, time):
            assert time.expression is not None
            found.append(Mention(time.expression, time.span, time.text, at))
    return found


def _bears(time: Time) -> bool:
    said = time.expression
    if said is None or said.form in ("duration", "set", "reference"):
        return False
    if time.text.isascii() and any(c.isalpha() for c in time.text):
        return False  # "December 19, 2024" stands beside an Arabic report, not in it
    return not (said.form == "deictic" and said.unit not in ("D", "W", "M", "Y"))


def _names_event(text: str, time: Time) -> bool:
    """Whether a date names what happened on it: ثورة 25 يناير، هجمات 11 سبتمبر."""
    before = text[max(0, time.span.start - _HEAD) : time.span.start].split()
    said = time.expression
    return said is not None and said.form == "calendar" and bool(before) and _is_event_head(fold(before[-1]))


@lru_cache(maxsize=1 << 12)
def _is_event_head(word: str) -> bool:
    return any(cut.rest in _EVENT_HEADS or cut.rest.removeprefix("ال") in _EVENT_HEADS for cut in cuts(word))


def anchor(mention: Mention, day: date) -> float:
    """How firmly a mention ties a report to the weeks around a day: a weekday does not, one stray date hardly does."""
    said = mention.expression
    if said.form != "calendar" or said.day is None:
        return 0.0
    if said.unit == "M" and said.month is None:
        named = _in_month(day, said.shift or 0, said.day)
    else:
        named = full_day(said) if said.year is not None else _nearest(said, day)
    if named is None or abs((day - named).days) > DATES.reach:
        return 0.0
    if said.today or (said.unit == "M" and said.month is not None and said.shift == 0):
        return DATES.anchor_firm
    if said.unit == "M" and said.month is None:
        return 0.0
    own = said.weekday is not None and said.tense == "past"
    if said.tense == "future" or (said.unit == "M" and said.shift == 1):
        return 0.0
    return DATES.anchor_firm if own else 1.0 if said.tense == "past" or said.today else DATES.anchor_loose


def full_day(said: TimeExpression) -> date | None:
    """The day of an expression that names its year itself; Hijri ones converted."""
    if said.form != "calendar" or said.year is None or said.month is None or said.day is None:
        return None
    if said.hijri:
        return hijri_to_gregorian(said.year, said.month, said.day)
    return gregorian(said.year, said.month, said.day)


def event_day(said: TimeExpression, on: date) -> date | None:
    """The day that an expression names in a report of this day; a weekday with no verb of the future is the last such one."""
    return _event_day(said, on)


@lru_cache(maxsize=1 << 15)
def _event_day(said: TimeExpression, on: date) -> date | None:
    if said.hour is not None or said.part is not None or said.end is not None:
        said = replace(said, hour=None, minute=None, part=None, end=None)
    return day_of(said, on)


def is_day(said: TimeExpression) -> bool:
    """Whether an expression names one day."""
    if said.form == "weekday":
        return True
    if said.form == "deictic":
        return said.unit == "D"
    return said.form == "calendar" and said.day is not None


# ------------------------------------------------------------------------------------------------------------------ scores


def _log_share(share: float) -> float:
    return math.log(share * _WEEK)


def score(mention: Mention, day: date) -> tuple[float, str] | None:
    """How a mention speaks for or against a day of its report, and the name of the reason; None where it says nothing."""
    said = mention.expression
    if mention.page:
        weight = DATES.page_published if mention.page == "published" else DATES.page_dated
        return (weight if _is_named(said, day) else -weight), "the page's date"
    if said.form == "weekday" or (said.form == "deictic" and said.weekday is not None):
        return _weekday(mention, day)
    if said.form == "deictic":
        return None
    if said.form != "calendar":
        return None
    if said.day is None:
        return _month_or_year(said, day)
    return _dated(mention, day)


def _is_named(said: TimeExpression, day: date) -> bool:
    return (full_day(said) if said.year is not None else _nearest(said, day)) == day


def _weekday(mention: Mention, day: date) -> tuple[float, str]:
    said = mention.expression
    assert said.weekday is not None
    if said.form == "deictic":
        fits = (day + timedelta(days=said.shift or 0)).weekday() == said.weekday
        return (DATES.today if fits else -DATES.today), "weekday of the day itself"
    back = (day.weekday() - said.weekday) % _WEEK
    if said.shift == -1:
        return _log_share(DATES.last_weekday[(back or _WEEK) - 1]), "weekday, last"
    if said.shift == 1:
        return _log_share(DATES.next_weekday[(_WEEK - back) - 1]), "weekday, next"
    if said.tense == "future":
        return _log_share(DATES.future_weekday[back]), "weekday"
    if said.part is not None or said.hour is not None:
        return _log_share(DATES.weekday_part[back]), "weekday"
    if mention.text.startswith(_YAWM):
        return _log_share(DATES.yawm_weekday[back]), "weekday"
    if mention.sentence <= _LEAD:
        return _log_share(DATES.lead_weekday[back]), "weekday of the lead"
    return _log_share(DATES.past_weekday[back] if said.tense else DATES.weekday[back]), "weekday"


def _dated(mention: Mention, day: date) -> tuple[float, str] | None:
    said, lead = mention.expression, mention.sentence <= _LEAD
    assert said.day is not None
    if said.unit == "M" and said.month is None:
        named = _in_month(day, said.shift or 0, said.day)
        if named is None:
            return -DATES.today, "day of this month"
        if said.today:
            return (DATES.today if named == day else -DATES.today), "date of the day itself"
        if said.shift == 0:
            return _running((day - named).days, said.tense), "day of this month"
        return _distance((day - named).days, said.tense, lead=lead), "day of another month"
    named = full_day(said) if said.year is not None else _nearest(said, day)
    if named is None:
        return None
    if said.weekday is not None and named.weekday() != said.weekday:
        return -DATES.today, "weekday and date"
    if said.today:
        fits = day + timedelta(days=(said.shift or 0) if said.unit == "D" else 0) == named
        return (DATES.today if fits else -DATES.today), "date of the day itself"
    if said.unit == "M" and said.shift == 0:
        same = (named.year, named.month) == (day.year, day.month)
        return (_running((day - named).days, said.tense) if same else -DATES.today), "day of the running month"
    if said.unit == "M" and said.shift:
        apart = (day.year - named.year) * _MONTHS + day.month - named.month
        tense = "past" if said.shift < 0 else "future"
        if (apart == 0 and said.shift < 0) or (day - named).days * said.shift > 0:
            return -DATES.wrong_tense, "date"
        return _distance((day - named).days, tense, lead=False), "date"
    return _distance((day - named).days, said.tense, lead=lead), "date"


def _in_month(day: date, shift: int, number: int) -> date | None:
    months = day.year * _MONTHS + day.month - 1 + shift
    return gregorian(months // _MONTHS, months % _MONTHS + 1, number) if months >= _MONTHS else None


def _nearest(said: TimeExpression, day: date) -> date | None:
    assert said.month is not None and said.day is not None
    if said.hijri:
        return None
    options = [d for y in (day.year - 1, day.year, day.year + 1) if (d := gregorian(y, said.month, said.day))]
    return min(options, key=lambda d: (abs((d - day).days), d)) if options else None


def _distance(days: int, tense: str | None, *, lead: bool) -> float:
    """A day named with its month: near before the report as a rule. `days` is report minus named day.

    Only a lead with a verb of the past names its own day by its date (أكد، الأربعاء 6 فبراير); else it scores as the next.
    """
    far = math.log1p(abs(days) if lead and tense == "past" else max(1, abs(days)))
    if days < 0:
        if tense == "past":
            return -DATES.wrong_tense
        return max(DATES.floor, DATES.ahead - DATES.decay * far)
    if tense == "future" and days > 0:
        return -DATES.wrong_tense / 2
    return max(DATES.floor, DATES.near - DATES.decay * far)


def _running(days: int, tense: str | None) -> float:
    """A day of "the running month": seldom the report's own or the one before, and hardly nearer or farther beyond that."""
    if days < 0:
        return -DATES.wrong_tense if tense == "past" else 0.0
    if days <= 1:
        return 0.0
    return DATES.running - DATES.running_decay * math.log1p(days)


def _month_or_year(said: TimeExpression, day: date) -> tuple[float, str] | None:
    if said.hijri or said.unit in ("DE", "CE") or said.end is not None:
        return None
    if said.month is not None:
        year = said.year
        if year is None:
            if said.unit != "M" or said.shift != 0:
                return None
            if day.month != said.month:
                return -DATES.today, "this month"
            early = said.mod == "START" and day.day <= _WEEK and said.tense != "future"
            return (DATES.month - (DATES.running if early else 0.0)), "this month"
        months = (day.year - year) * _MONTHS + day.month - said.month
        if months == 0:
            return DATES.month, "month"
        return (0.0 if months > 0 or said.tense == "future" else -DATES.month), "month"
    if said.year is None or said.tense == "future":
        return None
    if said.year == day.year:
        return DATES.year, "year"
    return (0.0 if said.year < day.year else -DATES.year), "year"


def distinct(mentions: Sequence[Mention]) -> list[Mention]:
    """The first mention of each different thing said: the same words again add nothing."""
    first: dict[TimeExpression, Mention] = {}
    for mention in mentions:
        first.setdefault(_key(mention.expression), mention)
    return list(first.values())


def parts(mentions: Sequence[Mention], day: date, shared: Mapping[Mention, float]) -> list[Part]:
    """What each mention says for or against a day, less where other reports say the same (see `shares`)."""
    found: list[Part] = []
    for mention in mentions:
        scored = score(mention, day)
        if scored is not None:
            found.append(Part(scored[0] * shared.get(mention, 1.0), scored[1], mention))
    return found


def shares(told: Iterable[Sequence[Mention]]) -> dict[Mention, float]:
    """By how much to lessen each date (today's apart): many in one report are a programme or a history, and one that several
    reports of a story name was copied from one source.
    """
    dated = [[m for m in mentions if _is_background(m)] for mentions in told]
    count = Counter(_date_key(m.expression) for mentions in dated for m in mentions)
    return {
        m: count[_date_key(m.expression)] ** -DATES.date_repeated * min(1.0, DATES.date_crowd / len(mentions))
        for mentions in dated
        for m in mentions
    }


def _is_background(mention: Mention) -> bool:
    return mention.expression.form == "calendar" and not mention.page and not mention.expression.today


def _date_key(said: TimeExpression) -> tuple[int | None, int | None, int | None]:
    return said.year, said.month, said.day


@lru_cache(maxsize=1 << 14)
def _key(said: TimeExpression) -> TimeExpression:
    return replace(said, tense=None, hour=None, minute=None, part=None, mod=None, zone=None, end=None)


# ------------------------------------------------------------------------------------------------------- where to look at all


def years_named(mentions: Sequence[Mention]) -> dict[int, float]:
    """How strongly a report speaks for each year as its own.

    Most years in news are past ones, so a year counts as the report's only by the words around it: the date of its today
    (اليوم الجمعة 12 مايو 2017), "this year" in the same or the next sentence, a day to come, or the month that is also running.
    """
    current = {m.sentence for m in mentions if _this_year(m.expression)}
    running = {m.expression.month for m in mentions if _running_month(m.expression)}
    votes: dict[int, float] = _counted_years(mentions)
    for mention in mentions:
        said = mention.expression
        if said.form != "calendar" or said.year is None or said.unit in ("DE", "CE"):
            continue
        named = full_day(said)
        year = named.year if said.hijri and named else said.year
        if (said.hijri and named is None) or not _FIRST_YEAR <= year <= _LAST_YEAR:
            continue
        month = named.month if named else said.month
        if said.today:
            weight = DATES.year_today
        elif {mention.sentence, mention.sentence + 1, mention.sentence - 1} & current or (month is not None and month in running):
            weight = DATES.year_current
        elif said.weekday is not None or (said.tense == "future" and said.month is not None):
            weight = DATES.year_current / 2
        else:
            weight = DATES.year_plain
        votes[year] = max(votes.get(year, 0.0), weight)
    return votes


def _counted_years(mentions: Sequence[Mention]) -> dict[int, float]:
    """العام الماضي 2014: the year before this one, so this one is 2015."""
    votes: dict[int, float] = {}
    for mention, after in pairwise(mentions):
        said, year = mention.expression, after.expression.year
        counted = said.form == "deictic" and said.unit == "Y" and said.shift and said.season is None
        if counted and year and after.expression.month is None and after.span.start - mention.span.end <= _BESIDE:
            votes[year - (said.shift or 0)] = DATES.year_current
    return votes


def year_checks(mentions: Sequence[Mention], years: Sequence[int]) -> dict[int, float]:
    """What the reports of a story together add for a year: weekdays that fit a date with no year, and dates of one month.

    `years` are the years named. Of a weekday and date one year in seven fits; a month whose other days are named with no year
    is that of the last year named.
    """
    bare: set[tuple[int, int]] = set()
    full: set[tuple[int, int, int]] = set()
    points = dict.fromkeys(years, 0.0)
    for said in {m.expression for m in mentions}:
        if said.form != "calendar" or said.hijri or said.month is None or said.day is None:
            continue
        if said.year is not None:
            full.add((said.year, said.month, said.day))
            continue
        bare.add((said.month, said.day))
        if said.weekday is not None:
            for year in years:
                named = gregorian(year, said.month, said.day)
                fits = named is not None and named.weekday() == said.weekday
                if not fits:
                    points[year] = -2 * DATES.year_weekday
                elif points[year] >= 0:
                    points[year] = DATES.year_weekday
    last = max(years, default=0)
    if any(y == last and m == month and d != day for y, m, d in full for month, day in bare):
        points[last] += DATES.year_month
    return points


def _this_year(said: TimeExpression) -> bool:
    return said.form == "deictic" and said.unit == "Y" and said.shift == 0


def _running_month(said: TimeExpression) -> bool:
    return said.form == "calendar" and said.month is not None and said.unit == "M" and said.shift == 0


def months_named(mentions: Sequence[Mention]) -> dict[int, float]:
    """How strongly a report speaks for each month as its own."""
    votes: dict[int, float] = {}
    for mention in mentions:
        said = mention.expression
        if said.form != "calendar":
            continue
        month = said.month
        if said.hijri:
            named = full_day(said)
            if named is None:
                continue
            month = named.month
        if month is not None:
            running = (said.unit == "M" and said.shift == 0) or said.today
            votes[month] = max(votes.get(month, 0.0), 3.0 if running else 1.5 if said.day is not None else 1.0)
    return votes


def month_days(year: int, month: int, before: int, after: int) -> list[date]:
    """The days of a month with some before and after it."""
    first = gregorian(year, month, 1)
    if first is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return []
    last = days_in_month(year, month) + after
    return [first + timedelta(days=i) for i in range(-before, last)]
