"""Dates and hours that only a verb makes one, as in speech: سأعود في 15، سنلتقي في السابعة، عدت في الثاني والعشرين."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.lexicon import times as lexicon
from riwaya.mark.times.calendar import ends_here, is_year
from riwaya.mark.times.reader import Piece, Reader
from riwaya.model import TimeExpression

_VERBS = frozenset(lexicon.SPOKEN_MOVES)
_PREPOSITIONS = frozenset(("في", "عند", "الي", "علي", "حتي"))
_DAY_MAX, _MONTH_MAX, _NOON = 31, 12, 12


def spoken(r: Reader, token: int) -> Piece | None:
    """A bare number or ordinal after a verb of coming and going in the first person."""
    verb = token - 1 - (r.before(token) in _PREPOSITIONS)
    if verb < 0 or r.norm[verb] not in _VERBS or r.words.newline[token]:
        return None
    start = r.words.start[token]
    if r.norm[token].count(".") == 1:
        first, _, second = r.norm[token].partition(".")
        said = _two_numbers(int(first), int(second)) if first.isdecimal() and second.isdecimal() else None
        return Piece(start, token + 1, said) if said and ends_here(r, token + 1) else None
    value = r.digits(token)
    if value is None:
        return _by_rank(r, token, start)
    if r.word(token + 1) in ("/", "-") and (other := r.digits(token + 2)) is not None and r.glued(token + 2):
        said = _two_numbers(value, other)
        if said and r.word(token + 3) in (",", "،") and (year := r.digits(token + 4)) and is_year(year):  # 08/12, 2015
            return Piece(start, token + 5, replace(said, year=year))
        return Piece(start, token + 3, said) if said and ends_here(r, token + 3) else None
    if not 1 <= value <= _DAY_MAX or not ends_here(r, token + 1):
        return None
    return Piece(start, token + 1, TimeExpression("calendar", day=value, unit="M"))


def _two_numbers(a: int, b: int) -> TimeExpression | None:
    """22/4, 4/22, 2015/3."""
    if is_year(a) and 1 <= b <= _MONTH_MAX:
        return TimeExpression("calendar", year=a, month=b)
    day, month = (a, b) if b <= _MONTH_MAX else (b, a)
    if 1 <= day <= _DAY_MAX and 1 <= month <= _MONTH_MAX:
        return TimeExpression("calendar", day=day, month=month)
    return None


def _by_rank(r: Reader, token: int, start: int) -> Piece | None:
    rank = r.ordinal(token)
    if rank is None or not ends_here(r, rank[1]):
        return None
    value, last = rank
    if r.norm[token].endswith("ه") and value <= _NOON:
        return Piece(start, last, TimeExpression("deictic", unit="D", hour=value, minute=0))
    return Piece(start, last, TimeExpression("calendar", day=value, unit="M")) if value <= _DAY_MAX else None
