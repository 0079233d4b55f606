"""Hours and parts of the day: الساعة السابعة من صباح اليوم، 10:30 مساء، بتوقيت غرينتش."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from riwaya.arabic.cardinals import ordinal_word
from riwaya.arabic.lexicon import times as lexicon
from riwaya.mark.times.reader import DAY_PARTS, PARTS, UNITS, Piece, Reader
from riwaya.model import TimeExpression

_GREENWICH = frozenset(("غرينتش", "جرينتش", "غرينيتش", "جرينيتش", "غرينيش", "جرينتس", "قرينتش"))
_FRACTIONS = {"النصف": 30, "نصف": 30, "الربع": 15, "ربع": 15, "ربعا": 15, "الثلث": 20, "ثلث": 20, "ثلثا": 20}
_HOURS, _MINUTES = 24, 60
_NOON = 12
_MORNING_ENDS = 9  # "السابعة ظهرا" is said of the evening if at all, "الحادية عشرة ظهرا" of the morning
_NIGHT_ENDS = 5  # "الثالثة ليلا" is after midnight, "التاسعة ليلا" before
_FEMININE = "ه"
_OCLOCK = frozenset(("الساعه",))
_COLONS = frozenset((":", "."))


def to_24(hour: int, part: str | None) -> int:
    """An hour said with a part of the day, on the clock of 24 hours: 7 EV -> 19, 12 NI -> 0, 12 MI -> 12."""
    if part is None or hour > _NOON:
        return hour % _HOURS
    if part == "MO":
        return hour % _NOON
    if part == "NI":
        return hour if hour <= _NIGHT_ENDS else (hour + _NOON) % _HOURS
    if part == "MI":
        return hour + _NOON if hour < _MORNING_ENDS else hour
    return hour % _NOON + _NOON


def _minutes(r: Reader, token: int, *, words: bool = False) -> tuple[int, int]:
    """والنصف، والربع، و30 دقيقة، إلا ربعا: minutes to add (or take), and the token after; with `words` also وخمسة وثلاثين."""
    word = r.word(token)
    if word == "الا" and r.word(token + 1):
        if r.word(token + 1) in _FRACTIONS:
            return -_FRACTIONS[r.word(token + 1)], token + 2
        number = r.cardinal(token + 1)
        if number and r.word(number[1]) in ("دقايق", "دقيقه"):
            return -int(number[0]), number[1] + 1
        return 0, token
    if word.startswith("و") and word[1:] in _FRACTIONS:
        return _FRACTIONS[word[1:]], token + 1
    at = token + 1 if word == "و" else token
    if word.startswith("و") and (number := r.cardinal(at)) and number[0] < _MINUTES:
        unit = UNITS.at(r.words, number[1], clitics=False) if r.word(number[1]) else None
        if unit and unit.value.startswith("TM"):
            return int(number[0]), unit.last
        if 0 < number[0] < 1:  # وثلاثة أرباع
            return round(number[0] * _MINUTES), number[1]
        if words and r.digits(at) is None and number[0] == int(number[0]) and _hour_ends(r, number[1]):
            return int(number[0]), number[1]
    return 0, token


_AFTER_HOUR = frozenset(("في", "من", "بتوقيت", "حتي", "الي", "علي", "وحتي", "ب"))


def _hour_ends(r: Reader, token: int) -> bool:
    """Whether an hour may end before this token: nothing that it could count follows."""
    after = r.word(token)
    return not after or not after[0].isalnum() or after in _AFTER_HOUR or DAY_PARTS.at(r.words, token, clitics=False) is not None


class ClockHour(NamedTuple):
    """An hour as said: on the clock of 12 or 24 hours, the token after it."""

    hour: int
    minute: int
    last: int
    second: int | None = None


def _hour(r: Reader, token: int, *, told: bool) -> ClockHour | None:
    """The hour and minute that begin at a token. `told`: الساعة stands before it."""
    number = r.digits(token)
    if number is not None:
        if r.word(token + 1) in _COLONS and r.glued(token + 1) and r.glued(token + 2):
            minute = r.digits(token + 2)
            if minute is not None and len(r.norm[token + 2]) == 2 and number < _HOURS + 1 and minute < _MINUTES:  # noqa: PLR2004
                second = r.digits(token + 4) if r.word(token + 3) == ":" and r.glued(token + 4) else None
                return ClockHour(number, minute, token + (3 if second is None else 5), second)
            return None
        if number > _MINUTES and not told and r.norm[token + 1 : token + 2] != ["في"]:  # 1140 صباحا
            part = DAY_PARTS.at(r.words, token + 1, clitics=False) if r.word(token + 1) else None
            hour, minute = divmod(number, 100)
            return ClockHour(hour, minute, token + 1) if part and 1 <= hour <= _NOON and minute < _MINUTES else None
        return ClockHour(number, 0, token + 1) if number <= _HOURS and (told or number <= _NOON) else None
    parts = r.norm[token].split(".")
    if told and len(parts) == 2 and all(p.isdecimal() and len(p) <= 2 for p in parts):  # noqa: PLR2004 - 10.30
        hour, minute = int(parts[0]), int(parts[1])
        return ClockHour(hour, minute, token + 1) if hour <= _HOURS and minute < _MINUTES else None
    return _hour_by_rank(r, token)


def _hour_by_rank(r: Reader, token: int) -> ClockHour | None:
    """السابعة، الحادية عشرة; in السابعة وعشرين the tens are minutes."""
    ordinal = r.ordinal(token)
    if ordinal is None or not r.norm[token].endswith((_FEMININE, "الاولي")):
        return None
    hour, last = ordinal
    if hour > _NOON and last > token + 1:  # الثانية والعشرين: the hour is two
        single = ordinal_word(r.norm[token])
        hour, last = (int(single.value), token + 1) if single else (hour, last)
    return ClockHour(hour, 0, last) if hour <= _NOON else None


def hour_at(r: Reader, token: int) -> ClockHour | None:
    """A bare hour: a number up to twelve, السابعة."""
    return _hour(r, token, told=False) if token < r.size else None


def clock_at(r: Reader, token: int) -> Piece | None:
    """A time of day that begins at this token; one with neither "الساعة" nor minutes needs its part of the day."""
    start, at = r.words.start[token], token
    word = r.norm[token]
    told = word in _OCLOCK or word[1:] in _OCLOCK
    if told:
        start += r.words.offset(token, 1) - start if word not in _OCLOCK else 0
        at += 1
        if r.word(at) in ("ال", "("):
            at += 1
        if not r.word(at):
            return None
    elif word.startswith(("ب", "و", "ل", "ف")) and r.ordinal(token):
        start = r.words.offset(token, 1)
    found = _hour(r, at, told=told)
    if found is None:
        return None
    if not told and r.before(token) in ("الساعات", "ساعات", "الدقايق", "الدقيقه"):
        return None  # الساعات الأولى من صباح اليوم
    ranked = r.digits(at) is None
    colon = found.last - at > 1 and ":" in r.norm[at : found.last]
    extra, last = _minutes(r, found.last, words=ranked or told)
    part, last, span_day = _part_of_day(r, last)
    if not extra and part and r.word(last).startswith("و"):  # 9 مساء وثلاثة أرباع
        extra, last = _minutes(r, last)
    halves = extra != 0 and ranked  # الثامنة والنصف
    if not (told or part or colon or halves) or (halves and not told and not _plain_end(r, found.last, part)):
        return None
    hour, minute = divmod((found.hour * _MINUTES + found.minute + extra) % (_HOURS * _MINUTES), _MINUTES)
    expression = TimeExpression("deictic", unit="D", hour=to_24(hour, part), minute=minute, second=found.second or None)
    piece = Piece(start, last, expression)
    return zone_after(r, piece if span_day is None else _on_day(piece, span_day))


def _plain_end(r: Reader, last: int, part: str | None) -> bool:
    """Whether minutes in words after an ordinal are minutes: the twenty-second (الثانية والعشرين) needs a part of the day."""
    word = r.word(last)
    return part is not None or word[1:] in _FRACTIONS or word == "الا" or not word.startswith("وال")


def clock_called_for(r: Reader, token: int) -> bool:
    """Whether a bare number here may be an hour: 8 والنصف مساء، 8 في الليل."""
    after = r.word(token + 1)
    if after == ":" or DAY_PARTS.at(r.words, token + 1, clitics=False):
        return True
    if after.startswith("و") and after[1:] in _FRACTIONS:
        return DAY_PARTS.at(r.words, token + 2, clitics=False) is not None
    told = r.before(token) in _HOUR_AFTER or r.before(token) in _SPOKEN
    return told and after == "في" and r.word(token + 2) in ("الليل", "المساء", "الصباح")


_SPOKEN = frozenset(lexicon.SPOKEN_MOVES)
_HOUR_AFTER = frozenset(("في", "عند", "حتي", "الي", "انها", "بين", "قبل", "بعد", "تمام"))


def _part_of_day(r: Reader, token: int) -> tuple[str | None, int, Piece | None]:
    """صباحا، من صباح اليوم: the part, the token after, and the day if one is named with it."""
    from riwaya.mark.times.days import day_with_part

    if not r.word(token):
        return None, token, None
    at = token + 1 if r.word(token) in ("من", "في", "بعد") and r.word(token + 1) else token
    if r.word(token) == "بعد":
        at = token
    with_day = day_with_part(r, at, bare=False) if PARTS.at(r.words, at, clitics=False) else None
    if with_day:
        return with_day.expression.part, with_day.last, with_day
    part = DAY_PARTS.at(r.words, at, clitics=False)
    if part is None or (at == token and part.value == "MO" and r.norm[at] == "الصباح"):
        return None, token, None
    again = DAY_PARTS.at(r.words, part.last, clitics=False) if r.word(part.last) else None  # ظهرا وقت الغداء
    return part.value, again.last if again and again.last - part.last > 1 else part.last, None


def zone_after(r: Reader, piece: Piece) -> Piece:
    """A clock time and the zone after it: بتوقيت غرينتش, GMT."""
    at = piece.last
    if r.word(at) == "(":
        at += 1
    if r.word(at) == "بتوقيت" and r.word(at + 1) in _GREENWICH:
        return piece.but(last=at + 2, zone="Z")
    if r.word(at) in ("gmt", "غ", "تغ", "utc") and r.glued(at) | (r.word(at) != "غ"):
        return piece.but(last=at + 1, zone="Z")
    return piece


def _on_day(clock: Piece, day: Piece) -> Piece:
    said = clock.expression
    expression = replace(day.expression, hour=said.hour, minute=said.minute, second=said.second, part=None, zone=said.zone)
    return Piece(clock.start, max(clock.last, day.last), expression)


def with_clock(r: Reader, day: Piece) -> Piece:
    """A day and the hour or part of the day after it: الخميس الساعة 7 مساء، السبت صباحا."""
    if day.expression.hour is not None or day.expression.end:
        return day
    if day.expression.part:
        return _part_then_hour(r, day)
    token = day.last
    if (whole := _hours_of_day(r, day)) is not None:
        return whole
    part = DAY_PARTS.at(r.words, token, clitics=False) if r.word(token) else None
    if part and (part.last - token > 1 or r.norm[token] in _ADVERBS):
        return day.but(last=part.last, part=part.value)
    inside = PARTS.at(r.words, token + 1, clitics=False) if r.word(token) in ("في", "من") else None
    if inside and inside.definite and (inside.last - token > 2 or r.norm[token + 1] in _PLAIN_PARTS):  # noqa: PLR2004
        early = r.word(inside.last) in ("الباكر", "المبكر", "المتاخر")
        return day.but(last=inside.last + early, part=inside.value)  # الثلاثاء في المساء
    at = token
    while r.word(at) in ("،", ",", "في", "عند", "علي", "تمام", "حوالي", "نحو") and at < token + 3:
        at += 1
    told = r.word(at) in _OCLOCK or (r.digits(at) is not None and r.word(at + 1) == ":")
    if told or (at == token and r.digits(at) is not None and r.norm[at + 1 : at + 2] and r.norm[at + 1] in _ADVERBS):
        clock = clock_at(r, at)
        if clock and clock.expression.weekday is None and clock.expression.shift is None:
            return _on_day(clock, day).but(start=day.start)
    return day


def _part_then_hour(r: Reader, day: Piece) -> Piece:
    """صباح الغد الساعة 7، الليلة الساعة 9:30 مساء."""
    at = day.last + (r.word(day.last) in ("في", "عند", "علي", "حوالي", "نحو"))
    clock = clock_at(r, at) if r.word(at) in _OCLOCK else None
    if clock is None or clock.expression.weekday is not None or clock.expression.shift is not None or clock.expression.end:
        return day
    hour = clock.expression.hour or 0
    said = replace(clock.expression, hour=to_24(hour, day.expression.part) if hour < _NOON else hour)
    return _on_day(Piece(clock.start, clock.last, said), day).but(start=day.start)


def _hours_of_day(r: Reader, day: Piece) -> Piece | None:
    """الجمعة بين 1 و4 مساء، اليوم من الساعة 10 صباحا إلى الثالثة ظهرا."""
    if r.word(day.last) not in ("من", "بين") or not r.word(day.last + 1) or day.expression.form == "duration":
        return None
    from riwaya.mark.times.hours import hours_at

    clocks = hours_at(r, day.last + 1)
    if clocks is None or clocks.expression.end is None or clocks.expression.shift is not None:
        return None
    whole = _on_day(clocks, day)
    return whole.but(start=day.start, end=clocks.expression.end)


_PLAIN_PARTS = frozenset(("الصباح", "المساء", "الليل"))
_ADVERBS = frozenset(("صباحا", "مساء", "مساءا", "ليلا", "ظهرا", "عصرا", "فجرا"))


def clock_with_day(r: Reader, clock: Piece) -> Piece:
    """An hour and the day after it: الساعة السابعة مساء اليوم، في الثامنة صباحا من يوم الأحد."""
    from riwaya.mark.times.days import day_at_word

    if clock.expression.shift is not None or clock.expression.form != "deictic":
        return clock
    at = clock.last
    if r.word(at) in ("من", "،", ",") and r.word(at + 1):
        at += 1
    if not r.word(at):
        return clock
    day = day_at_word(r, at)
    if day is None or day.start != r.words.start[at] or day.expression.end or day.expression.part:
        return clock
    if day.expression.form == "calendar" and day.expression.day is None:
        return clock
    return _on_day(clock, day)
