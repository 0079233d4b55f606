"""Weekdays of a week or a month: الأحد من الأسبوع المقبل، الأسبوع الماضي بين الجمعة والأحد، أول يوم جمعة من يوليو."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.cardinals import ordinal_word
from riwaya.mark.times.reader import UNITS, WEEKDAYS, Hit, Piece, Reader
from riwaya.mark.times.stretches import demonstrative, period, unit
from riwaya.model import TimeExpression

_WEEKS = 5  # of one weekday a month has five at most


def _is_week(piece: Piece | None) -> bool:
    if piece is None:
        return False
    said = piece.expression
    return said.form == "deictic" and said.unit == "W" and said.season is None and said.mod is None


def _weekday(r: Reader, token: int) -> Hit | None:
    at = token + (r.word(token) == "يوم")
    return WEEKDAYS.at(r.words, at, clitics=False) if r.word(at) else None


def week_or_days(r: Reader, week: Piece) -> Piece:
    """A week, or the days of it named after it: الأسبوع القادم يوم الجمعة، الأسبوع الماضي من الأربعاء إلى الجمعة."""
    if not _is_week(week) or not r.word(week.last):
        return week
    opener = r.word(week.last)
    day = _weekday(r, week.last + (opener in ("من", "بين")))
    if day is None:
        return week
    said = replace(week.expression, form="weekday", weekday=day.value)
    if opener not in ("من", "بين"):
        return Piece(week.start, day.last, said)
    joiner = r.word(day.last)
    if joiner in ("الي", "حتي"):
        second = _weekday(r, day.last + 1)
    else:
        second = WEEKDAYS.at(r.words, day.last) if joiner.startswith("و") else None
    return week if second is None else Piece(week.start, second.last, replace(said, end=replace(said, weekday=second.value)))


def day_of_week(r: Reader, day: Piece) -> Piece:
    """A weekday, or that of the week named after it: الأحد من الأسبوع المقبل، الجمعة من هذا الأسبوع."""
    said = day.expression
    if said.form != "weekday" or said.shift or said.end is not None or r.word(day.last) not in ("من", "في"):
        return day
    at = day.last + 1
    if not r.word(at):
        return day
    week = demonstrative(r, at) if r.norm[at] == "هذا" else unit(r, at)
    if week is None or not _is_week(week):
        return day
    return day.but(last=week.last, unit="W", shift=week.expression.shift)


def ranked_weekday(r: Reader, token: int) -> Piece | None:
    """أول يوم جمعة من يوليو، ثاني أحد من الشهر المقبل."""
    rank = ordinal_word(r.norm[token])
    if rank is None or rank.definite or not 1 <= rank.value <= _WEEKS:
        return None
    at = token + 1 + (r.word(token + 1) == "يوم")
    word = r.word(at)
    day = WEEKDAYS.at(r.words, at, clitics=False) if word else None
    value = day.value if day else WEEKDAYS.value_of("ال" + word) if word else None
    if value is None or r.word(at + 1) not in ("من", "في"):
        return None
    start = r.words.offset(token, len(rank.prefix)) if rank.prefix else r.words.start[token]
    return _of_month(r, start, at + 2, value, int(rank.value))


def of_rank(r: Reader, day: Piece) -> Piece:
    """A weekday, or the one of that rank: الأحد الأول من الشهر المقبل; not الخميس الأول من أغسطس, a date."""
    said = day.expression
    rank = r.ordinal(day.last) if said.form == "weekday" and not said.shift and r.word(day.last) else None
    if rank is None or not 1 <= rank[0] <= _WEEKS or rank[1] != day.last + 1 or r.norm[day.last].endswith("ه"):
        return day
    after = r.word(rank[1])
    if after in ("من", "في"):
        found = _of_month(r, day.start, rank[1] + 1, said.weekday or 0, rank[0])
        return found if found and found.expression.month is None else day
    if after and after[0].isalnum():
        return day
    ranked = TimeExpression("calendar", weekday=said.weekday, count=rank[0], unit="M", shift=0)
    return Piece(day.start, rank[1], ranked)


def _of_month(r: Reader, start: int, token: int, weekday: int, rank: int) -> Piece | None:
    month = period(r, token)
    if month is None and r.word(token):
        hit = UNITS.at(r.words, token, clitics=False)
        if hit and hit.definite and hit.value == "M1":
            month = Piece(start, hit.last, TimeExpression("deictic", unit="M", shift=0))
    if month is None:
        return None
    said = month.expression
    if said.month is None and said.unit != "M":
        return None
    return Piece(start, month.last, replace(said, form="calendar", weekday=weekday, count=rank))
