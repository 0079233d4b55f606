"""Times with two ends: من D إلى D، بين D وD، من 1:30 بعد الظهر إلى 4، شهر نوفمبر بين 19 و20."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from riwaya.mark.times.hours import shared_hour
from riwaya.mark.times.reader import Piece, Reader
from riwaya.model import TimeExpression

_UNTIL = frozenset(("حتي", "وحتي", "ولغايه", "لغايه"))
_DASHES = frozenset("-–—")
_TO = frozenset(("الي", *_UNTIL, *_DASHES))
_FROM, _BETWEEN = frozenset(("من", "ومن", "بين")), frozenset(("بين", "وبين"))
_BARE = frozenset(("duration", "set", "reference"))
_HALF_DAY, _DAY_MAX, _HOURS = 12, 31, 24

Begin = Callable[[Reader, int], Piece | None]
"""The time that begins at a token."""


def ranged(r: Reader, piece: Piece, first: int, begin: Begin) -> Piece:
    """The piece, or the range that it opens. `first`: the token where it began; `begin` finds the other end."""
    said = piece.expression
    if said.end is not None or said.form in _BARE or not r.word(piece.last):
        return piece
    if said.form == "calendar" and said.month and not (said.day or said.year) and (days := _days_of_month(r, piece)):
        return days
    at = _other_end(r, piece, first)
    if at is None or not r.word(at):
        return piece
    second = begin(r, at)
    if second is None or second.start > r.words.start[at] + 1 or second.expression.end is not None:
        return _to_bare_hour(r, piece, at)
    there = second.expression
    if there.form in _BARE or (there.hour is None) != (said.hour is None):
        return _to_bare_hour(r, piece, at)
    if said.form == "calendar" and there.form == "calendar":
        if (said.day is None) != (there.day is None):
            return piece
        said = replace(said, year=said.year or there.year, hijri=said.hijri or (there.hijri and said.month is None))
        if said.year is None and said.shift is None and there.shift is not None:  # بين تشرين الأول وتشرين الثاني المقبلين
            said = replace(said, unit=there.unit, shift=there.shift)
    elif not _joins(r, piece, first) and said.form != there.form:
        return piece
    if there.hour is not None:
        said, there = _aligned(r, piece, second)
    return Piece(piece.start, second.last, replace(said, end=there))


def _joins(r: Reader, piece: Piece, first: int) -> bool:
    """Whether a word says that a range is meant: من before it, or حتى after it."""
    return r.before(first) in _FROM or r.before(first) in _BETWEEN or r.word(piece.last) in _UNTIL


def _other_end(r: Reader, piece: Piece, first: int) -> int | None:
    """The token where the other end would begin; None where no range goes on."""
    said, joiner, at = piece.expression, r.word(piece.last), piece.last
    before = r.before(first)
    if r.word(at + 1) == "غايه" and joiner in ("الي", "والي") and (before in _FROM or said.day is not None):
        return at + 2
    if joiner in _TO:
        day = said.day is not None or said.form == "weekday" or (said.form == "deictic" and said.unit == "D")
        opened = before in _FROM or joiner in _DASHES or said.hour is not None
        return at + 1 if opened or (day and (joiner in _UNTIL or said.form == "calendar")) else None
    if before in _BETWEEN and joiner.startswith("و"):
        return at + (joiner == "و")
    return None


def _aligned(r: Reader, first: Piece, second: Piece) -> tuple[TimeExpression, TimeExpression]:
    """Two hours of which one has no part of the day: it takes the other's."""
    said, there = first.expression, second.expression
    assert said.hour is not None and there.hour is not None
    if there.hour < said.hour <= there.hour + _HALF_DAY and there.hour < _HALF_DAY and not _says_part(r, second):
        there = replace(there, hour=there.hour + _HALF_DAY)
    elif not _says_part(r, first) and _says_part(r, second) and said.shift is None and said.form == "deictic":
        said = replace(said, hour=shared_hour(said.hour or 0, there.hour or 0))
    return said, there


def _says_part(r: Reader, piece: Piece) -> bool:
    """Whether an hour ends with a part of the day or anything but its number."""
    word = r.norm[piece.last - 1]
    return not (word.isdecimal() or r.ordinal(piece.last - 1))


def _to_bare_hour(r: Reader, piece: Piece, at: int) -> Piece:
    """الساعة 1 بعد الظهر إلى 4: the other end is a number alone."""
    said, hour = piece.expression, r.digits(at)
    if said.hour is None or hour is None or hour > _HOURS:
        return piece
    after = r.word(at + 1)
    if after and after[0].isalnum():
        return piece
    if hour < said.hour and hour + _HALF_DAY > said.hour:
        hour += _HALF_DAY
    end = TimeExpression("deictic", unit="D", hour=hour % _HOURS, minute=0)
    return Piece(piece.start, at + 1, replace(said, end=end))


def _days_of_month(r: Reader, month: Piece) -> Piece | None:
    """شهر نوفمبر بين 19 و20."""
    at = month.last
    if r.word(at) not in _FROM:
        return None
    first, joiner, second = r.digits(at + 1), r.word(at + 2), r.digits(at + 3)
    joined = joiner in _TO or joiner == "و"
    if first is None or second is None or not joined or not r.word(at + 3) or not 1 <= first < second <= _DAY_MAX:
        return None
    after = r.word(at + 4)
    if after and after[0].isalnum() and r.norm[at] != "بين":
        return None
    said = month.expression
    return Piece(month.start, at + 4, replace(said, day=first, end=replace(said, day=second)))
