"""Time values as intervals of days, so that they can be compared and laid on a line."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from riwaya.arabic.lexicon.weigh import EARLY, LASTING, LATE, MIDDLE, NAMED_AFTER, WITHIN
from riwaya.arabic.words import iter_norms
from riwaya.model import Article, Time

Precision = Literal["hour", "day", "month", "year"]

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):?(\d\d)?)?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)$")
_MONTH = re.compile(r"(\d{4})-(\d\d)$")
_YEAR = re.compile(r"(\d{4})$")
_DURATION = re.compile(r"P(\d+)([DWMY])$")
_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}  # of one unit, for deadlines
_THIRDS = {"early": (1, 10), "middle": (11, 20), "late": (21, 31)}  # days of a month: مطلع، منتصف، أواخر
_REACH = 24  # characters before a time in which the word stands that bounds it


@dataclass(frozen=True, slots=True, order=True)
class When:
    """From the first to the last day, both inclusive; `clock` is hh:mm where known. `deadline` marks "within two days", `lasting`
    "takes no more than ten days".
    """

    start: date
    end: date
    precision: Precision
    clock: str | None = None
    deadline: bool = False
    lasting: bool = False

    def apart(self, other: When) -> bool:
        """Whether no day lies in both."""
        return self.start > other.end or other.start > self.end

    def gap(self, other: When) -> int:
        """How many days lie between the two; 0 where they meet."""
        return max(0, (max(self.start, other.start) - min(self.end, other.end)).days)

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.end - self.start).days + 1


def day_of(article: Article) -> date | None:
    """The day on which the article appeared, if known."""
    return day_in(article.published.value)


@lru_cache(maxsize=1 << 12)
def day_in(value: str | None) -> date | None:
    """The day that an ISO value names, or None where it names none."""
    found = _DAY.match(value or "")
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def days_told(times: Iterable[Time], article: Article) -> frozenset[date]:
    """The single days that these times name: "الأحد"، "أمس"، "في 10 يناير"."""
    whens = (interval(t, article) for t in times)
    return frozenset(w.start for w in whens if w is not None and w.days == 1 and not w.deadline)


def apart(one: frozenset[date], other: frozenset[date]) -> bool:
    """Whether two sets of days tell of different happenings; the day after may be that of the announcement."""
    return bool(one and other) and min(abs((a - b).days) for a in one for b in other) > 1


def interval(time: Time, article: Article, anchor: date | None = None) -> When | None:
    """The days that a time expression covers, or None where it has no days (PAST_REF, a set, an open duration).

    A duration counts from `anchor` (the day of the speech, or of the article) where a word before it bounds it: "في غضون يومين".
    """
    if not time.value:
        return None
    before = article.text[max(0, time.span.start - _REACH) : time.span.start]
    if time.expression is not None and time.expression.zone and before.endswith("("):
        return None  # السابعة مساء (منتصف الليل بتوقيت غرينتش): the same hour again
    if time.type == "DURATION":
        return _counted(time.value, before, anchor or day_of(article))
    return _dated(time.value, before, time.text)


@lru_cache(maxsize=1 << 14)
def _counted(value: str, before: str, anchor: date | None) -> When | None:
    try:
        return _deadline(value, list(iter_norms(before))[-2:], anchor)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=1 << 14)
def _dated(value: str, before: str, text: str) -> When | None:
    last = list(iter_norms(before))[-1:]
    if last and last[0] in NAMED_AFTER:
        return None  # "ثورة 25 يناير"، "ميدان 9 أبريل": a name
    try:
        return _calendar(value, [*last, *list(iter_norms(text))[:1]])
    except (ValueError, OverflowError):
        return None


def _deadline(value: str, before: list[str], anchor: date | None) -> When | None:
    found = _DURATION.match(value)
    bound = any(w in before for w in WITHIN)
    if found is None or anchor is None or not (bound or any(w in before for w in LASTING)):
        return None
    return When(anchor, anchor + timedelta(days=int(found[1]) * _DAYS[found[2]]), "day", deadline=bound, lasting=not bound)


def _calendar(value: str, beside: list[str]) -> When | None:
    if found := _DAY.match(value):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        clock = f"{found[4]}:{found[5] or '00'}" if found[4] else None
        return When(day, day, "hour" if clock else "day", clock)
    if found := _WEEK.match(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return When(monday, monday + timedelta(days=6), "day")
    if found := _MONTH.match(value):
        year, month = int(found[1]), int(found[2])
        last = monthrange(year, month)[1]
        for words, part in ((EARLY, "early"), (MIDDLE, "middle"), (LATE, "late")):
            if any(w in beside for w in words):
                first, end = _THIRDS[part]
                return When(date(year, month, first), date(year, month, min(end, last)), "day")
        return When(date(year, month, 1), date(year, month, last), "month")
    if found := _YEAR.match(value):
        return When(date(int(found[1]), 1, 1), date(int(found[1]), 12, 31), "year")
    return None
