"""Finding the times of an article: which words may begin one, the longest reading there, ranges, and what anchors it nearby."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from riwaya.arabic.lexicon import times as lexicon
from riwaya.arabic.openers import where
from riwaya.arabic.words import NUMBER
from riwaya.mark.document import Document
from riwaya.mark.times import stretches
from riwaya.mark.times.calendar import bare_year, day_at, month_date, weekday_at
from riwaya.mark.times.clock import clock_at, clock_called_for, clock_with_day, with_clock
from riwaya.mark.times.days import after_yawm, day_with_part, deictic, holiday_piece, today
from riwaya.mark.times.hours import bare_part, before_the_hour, clock_in_words, edge_part, hours
from riwaya.mark.times.lengths import counted
from riwaya.mark.times.ranges import ranged
from riwaya.mark.times.reader import HOLIDAYS, REFERENCES, SETS, TIME, Piece, Reader, rules_for
from riwaya.mark.times.resolve import resolve, type_of
from riwaya.mark.times.spoken import spoken
from riwaya.mark.times.weeks import day_of_week, of_rank, ranked_weekday, week_or_days
from riwaya.model import Time, TimeExpression
from riwaya.settings.mark import MARK

_AFTER_IN = frozenset(lexicon.REFERENCES_AFTER_IN)
_DEADLINES = frozenset(lexicon.DEADLINE_CUES)
_FUTURE = frozenset(lexicon.FUTURE_CUES)
_PAST = frozenset(lexicon.PAST_CUES)
_IN = frozenset(("في", "وفي"))
_PLACE_HEADS = frozenset(lexicon.NOT_AFTER)
_WILL = "س"
_WILL_LENGTH = 4  # سيبدأ: the particle, a prefix and a stem


def _reference(r: Reader, token: int) -> Piece | None:
    hit = REFERENCES.at(r.words, token)
    if hit is None:
        return None
    word = r.norm[token][len(hit.prefix) :]
    if hit.last > token + 1:
        return Piece(hit.start, hit.last, TimeExpression("reference", reference=hit.value))
    if (word in _AFTER_IN and r.before(token) not in _IN) or (word == "قريبا" and r.word(hit.last) == "من"):
        return None
    return Piece(hit.start, hit.last, TimeExpression("reference", reference=hit.value))


def _holiday(r: Reader, token: int) -> Piece | None:
    hit = HOLIDAYS.at(r.words, token)
    return None if hit is None else holiday_piece(r, token=token, value=hit.value, last=hit.last).but(start=hit.start)


def _set(r: Reader, token: int) -> Piece | None:
    hit = SETS.at(r.words, token)
    return None if hit is None else Piece(hit.start, hit.last, TimeExpression("set", count=1, unit=hit.value))


def _part(r: Reader, token: int) -> Piece | None:
    day = day_with_part(r, token)
    return bare_part(r, token) if day is None else with_clock(r, day)


def _day(rule: Callable[[Reader, int], Piece | None]) -> Callable[[Reader, int], Piece | None]:
    def with_hour(r: Reader, token: int) -> Piece | None:
        day = rule(r, token)
        return None if day is None else with_clock(r, day)

    return with_hour


def _weekday(r: Reader, token: int) -> Piece | None:
    day = weekday_at(r, token)
    return None if day is None else of_rank(r, day_of_week(r, day))


def _unit(r: Reader, token: int) -> Piece | None:
    word = r.norm[token]
    if word.endswith("الساعه"):
        clock = clock_at(r, token)
        return None if clock is None else clock_with_day(r, clock)
    day = after_yawm(r, token)
    day = of_rank(r, day_of_week(r, day)) if day else today(r, token)
    return with_clock(r, day) if day else stretches.unit(r, token)


def _number(r: Reader, token: int) -> Piece | None:
    """What begins with a number: a date, an hour, a length, a year."""
    if r.kind[token] == NUMBER:
        clock = hours(r, token) or (clock_at(r, token) if clock_called_for(r, token) else None)
        if clock:
            return clock_with_day(r, clock)
        day = day_at(r, token, called_for=r.before(token) in ("بتاريخ", "الموافق"))
        if day:
            return with_clock(r, day)
        return _length(r, token) or bare_year(r, token) or spoken(r, token)
    clock = hours(r, token) or clock_at(r, token) or clock_in_words(r, token)
    if clock:
        return clock_with_day(r, clock)
    day = day_at(r, token) or ranked_weekday(r, token)
    return with_clock(r, day) if day else _length(r, token) or bare_year(r, token) or spoken(r, token)


def _length(r: Reader, token: int) -> Piece | None:
    length = counted(r, token)
    return None if length is None else before_the_hour(r, length)


_HANDLERS: dict[str, Callable[[Reader, int], Piece | None]] = {
    "reference": _reference,
    "holiday": _holiday,
    "deictic": _day(deictic),
    "edge": lambda r, token: edge_part(r, token) or stretches.edge(r, token),
    "half": stretches.half,
    "part": _part,
    "weekday": _day(_weekday),
    "month": _day(month_date),
    "unit": _unit,
    "season": stretches.season,
    "decade": stretches.decade,
    "set": _set,
    "preposition": stretches.prepositional,
    "number": _number,
}


def piece_at(r: Reader, token: int, rules: tuple[str, ...]) -> Piece | None:
    """The time that begins at this token by the first rule that fits."""
    for name in rules:
        piece = _HANDLERS[name](r, token)
        if piece is not None:
            return piece
    return None


def _begin(r: Reader, token: int) -> Piece | None:
    return piece_at(r, token, _rules(r, token))


def _rules(r: Reader, token: int) -> tuple[str, ...]:
    return ("number",) if r.kind[token] == NUMBER else rules_for(r.norm[token])


def pieces(r: Reader) -> list[tuple[int, Piece]]:
    """Every time of a text with its first token, left to right, none overlapping another."""
    found: list[tuple[int, Piece]] = []
    end = 0
    for token in where(r.words, TIME):
        if token < end:
            continue
        piece = _begin(r, token)
        if piece is None:
            continue
        piece = ranged(r, week_or_days(r, piece), token, _begin)
        if r.before(token) not in _PLACE_HEADS:  # شارع 26 يوليو
            found.append((token, piece))
        end = piece.last
    return found


# ------------------------------------------------------------------------------------------------------------ what is nearby


def tense_near(r: Reader, token: int, last: int, floor: int) -> Literal["past", "future"] | None:
    """The tense of the nearest cue before a time in its sentence, else of one just after it."""
    norm = r.norm
    for i in range(token - 1, max(floor, token - MARK.tense_window) - 1, -1):
        word = norm[i]
        if _is_future(word):
            return "future"
        if word in _PAST or (word[:1] in ("و", "ف") and word[1:] in _PAST):
            return "past"
    for i in range(last, min(r.size, last + MARK.tense_window_after)):
        word = norm[i]
        if r.words.newline[i] or word in ".!؟":
            break
        if _is_future(word):
            return "future"
        if word in _PAST:
            return "past"
    return None


def _is_future(word: str) -> bool:
    if word in _FUTURE or (word[:1] in ("و", "ف") and word[1:] in _FUTURE):
        return True
    stem = word[1:] if word[:1] in ("و", "ف") else word
    return len(stem) > _WILL_LENGTH and stem[0] == _WILL and stem[1] in "يتن" and stem not in _NOT_WILL


_NOT_WILL = frozenset(lexicon.NOT_FUTURE)


def _in_context(r: Reader, doc: Document, found: list[tuple[int, Piece]]) -> list[Piece]:
    """Give each piece the tense around it, and an hour with no day the day named before it in its sentence."""
    out: list[Piece] = []
    day: TimeExpression | None = None
    sentence = -1
    floor = 0
    for token, piece in found:
        now = doc.sentence_at(piece.start)
        if now != sentence:
            sentence, day = now, None
            floor = r.words.at(doc.sentences[now][0]) if doc.sentences else 0
        said = piece.expression
        if _wants_tense(said):
            tense = tense_near(r, token, piece.last, floor)
            if tense is not None:
                said = replace(said, tense=tense)
            elif said.form == "weekday" and r.before(token) in _DEADLINES:
                said = replace(said, tense="future")
        if said.form == "deictic" and said.shift is None and said.unit == "D" and (said.hour is not None or said.part):
            given = replace(day, part=None) if day else replace(said, shift=None if said.hour is None else 0)
            clock = {"hour": said.hour, "minute": said.minute, "second": said.second, "part": said.part}
            said = replace(given, **clock, zone=said.zone, end=said.end)  # type: ignore[arg-type]
        elif _is_day(said):
            day = replace(said, hour=None, minute=None, second=None, part=None, end=None)
        out.append(Piece(piece.start, piece.last, said))
    return out


def _wants_tense(said: TimeExpression) -> bool:
    if said.tense is not None:
        return False
    if said.form == "weekday":
        return not said.shift
    return said.form == "calendar" and said.year is None and said.shift is None and (said.month is not None or said.unit == "M")


def _is_day(said: TimeExpression) -> bool:
    if said.form == "calendar":
        return said.day is not None
    return said.form == "weekday" or (said.form == "deictic" and said.unit == "D" and said.shift is not None)


def find_times(doc: Document) -> list[Time]:
    """The times of an article in text order, none overlapping another, none in furniture.

    Each carries what its words say (`Time.expression`); the values are those under the article's own date, where it has one.
    """
    r = Reader(doc.words)
    found = pieces(r)
    out: list[Time] = []
    for piece in _in_context(r, doc, found):
        end = doc.words.end[piece.last - 1]
        if doc.is_hidden(piece.start, end) or end <= piece.start:
            continue
        said = piece.expression
        text = doc.article.text[piece.start : end]
        value = resolve(said, doc.article.published.value)
        out.append(Time(doc.span(piece.start, end), text, type_of(said), value, "hijri" if said.hijri else "gregorian", said))
    return out
