"""Days that point from the day of the report: اليوم الأربعاء، أمس، بعد غد، يوم الخميس الماضي، صباح 7 يناير، الليلة."""

from __future__ import annotations

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import times as lexicon
from riwaya.mark.times.calendar import beside, day_at, ends_here, weekday_at
from riwaya.mark.times.reader import DEICTICS, HOLIDAYS, PARTS, SHIFTS, UNITS, WEEKDAYS, Piece, Reader
from riwaya.model import TimeExpression

_OUTLET_HEADS = frozenset(lexicon.OUTLET_HEADS)
_OUTLET_LANDS = frozenset(lexicon.OUTLET_LANDS)
_QUOTES = frozenset("«»\"“”'")
_NAME_WORDS = 3
_PREPOSITIONS = frozenset(("في", "من", "الي", "وفي", "ومن", "علي", "عن"))
_OPENERS = {"(": ")", "«": "»", '"': '"', "“": "”", "'": "'", "،": "", ",": "", "-": "", "/": ""}
_NO_DAY = frozenset(("التالي", "نفسه", "ذاته", "عينه", "الواحد", "الثاني", "السابع", "الاول", "الثالث", "الرابع", "الخامس",
                     "السادس",
                     "الوطني", "العالمي",
                     "الدولي", "الاخير", "الدراسي", "الختامي", "الافتتاحي", "المفتوح", "الموعود"))  # fmt: skip
_NIGHT = ("الليله",)
_DAY_MAX = 31
_RANKED_MAX = 10  # "يوم الخامس" may rank the days of anything; the twenty-fifth is of a month


def named_day(r: Reader, piece: Piece) -> Piece:
    """اليوم or أمس with the weekday beside it, which may stand in quotes or brackets, and the date beside that."""
    token = piece.last
    closing = ""
    if r.word(token) in _OPENERS:
        closing, token = _OPENERS[r.word(token)], token + 1
    day = WEEKDAYS.at(r.words, token, clitics=False) if r.word(token) else None
    if day is None:
        return beside(r, piece)
    after = r.word(day.last)
    if token != piece.last and not closing and after in ("و", "الي"):
        return piece
    last = day.last + (bool(closing) and after == closing)
    return beside(r, piece.but(last=last, weekday=day.value, today=True))


def in_outlet_name(r: Reader, token: int) -> bool:
    """Whether اليوم or الغد ends the name of an outlet or a party: روسيا اليوم، صحيفة «الغد»؛ not "في روسيا اليوم"."""
    before, further = r.before(token), r.norm[token - 2] if token > 1 else ""
    if before in _QUOTES and r.word(token + 1) in _QUOTES:
        return True
    if r.word(token + 1) in _QUOTES and any(r.norm[i] in _QUOTES for i in range(max(0, token - _NAME_WORDS), token)):
        return True
    rests = [c.rest for c in cuts(before)] if before else []
    if any(rest in _OUTLET_HEADS for rest in rests):
        return True
    return further not in _PREPOSITIONS and any(rest in _OUTLET_LANDS for rest in rests)


def today(r: Reader, token: int) -> Piece | None:
    """اليوم as the day of the report; not "اليوم السابع", "في اليوم التالي", "ذلك اليوم", nor an outlet (روسيا اليوم)."""
    hit = UNITS.at(r.words, token)
    if hit is None or hit.value != "D1" or not hit.definite:
        return None
    if in_outlet_name(r, token) or r.before(token) in ("طوال", "طيله"):
        return None
    after = r.word(token + 1)
    if after in _NO_DAY:
        return None
    if after in ("الحالي", "الجاري"):
        return Piece(hit.start, token + 2, TimeExpression("deictic", unit="D", shift=0))
    return named_day(r, Piece(hit.start, token + 1, TimeExpression("deictic", unit="D", shift=0)))


def deictic(r: Reader, token: int) -> Piece | None:
    """أمس، أول من أمس، غدا، بعد غد, with the weekday beside them."""
    hit = DEICTICS.at(r.words, token)
    if hit is None:
        return None
    if r.norm[hit.last - 1] in ("الغد", "غد") and (in_outlet_name(r, token) or r.word(hit.last) in ("الثوره", "الافضل")):
        return None
    if r.norm[token] in ("الغد", "والغد") and r.word(hit.last) in _NO_DAY:
        return None
    return named_day(r, Piece(hit.start, hit.last, TimeExpression("deictic", unit="D", shift=hit.value)))


def after_yawm(r: Reader, token: int) -> Piece | None:
    """يوم and what it names: يوم الخميس، يوم أمس، يوم 10 كانون الثاني، يوم عيد الفطر، يومي 15 و16 يناير."""
    hit = UNITS.at(r.words, token)
    if hit is None or hit.value not in ("D1", "Dc") or hit.definite or not r.word(hit.last):
        return None
    at = hit.last
    if hit.value == "Dc":
        found = day_at(r, at)
        return found.but(start=hit.start) if found and found.expression.end else None
    day = weekday_at(r, at) or deictic(r, at)
    if day is not None and r.words.start[at] != day.start:
        day = None  # a clitic stands between: "يوم والخميس" is no day
    if day is None:
        day = day_at(r, at, called_for=True)
    if day is None and (holiday := HOLIDAYS.at(r.words, at, clitics=False)):
        day = holiday_piece(r, token=at, value=holiday.value, last=holiday.last)
    if day is None and hit.value == "D1":
        day = _number_of_day(r, at)
    return None if day is None else day.but(start=hit.start)


def _number_of_day(r: Reader, token: int) -> Piece | None:
    """يوم 27، يوم الخامس والعشرين: a day of a month that is understood."""
    value, last = r.digits(token), token + 1
    if value is None and (rank := r.ordinal(token)) and rank[0] > _RANKED_MAX:
        value, last = rank
    if value is None or not 1 <= value <= _DAY_MAX or not ends_here(r, last):
        return None
    return Piece(r.words.start[token], last, TimeExpression("calendar", day=value, unit="M"))


def holiday_piece(r: Reader, *, token: int, value: str, last: int) -> Piece:
    """A feast by its month and day ("g01-01", "h10-01"), with the year beside it if any."""
    from riwaya.mark.times.calendar import year_tail

    month, day = int(value[1:3]), int(value[4:])
    expression = TimeExpression("calendar", month=month, day=day, hijri=value[0] == "h")
    piece = Piece(r.words.start[token], last, expression)
    shift = SHIFTS.at(r.words, last, clitics=False) if r.word(last) else None
    if shift:  # عيد الفطر الماضي: the feast before today, not that of last month
        tense = "past" if shift.value < 0 else "future" if shift.value > 0 else None
        return Piece(piece.start, shift.last, TimeExpression("calendar", month=month, day=day, hijri=expression.hijri,
                                                             tense=tense))  # type: ignore[arg-type]  # fmt: skip
    return year_tail(r, piece)


def day_at_word(r: Reader, token: int) -> Piece | None:
    """Any single day that begins at this token."""
    if token >= r.size:
        return None
    return (
        deictic(r, token)
        or weekday_at(r, token)
        or today(r, token)
        or after_yawm(r, token)
        or day_at(r, token)
    )


def day_with_part(r: Reader, token: int, *, bare: bool = True) -> Piece | None:
    """A part of the day and its day: صباح اليوم، مساء الأربعاء، ليلة أمس، فجر يوم 7 يناير; with `bare` also الليلة الماضية."""
    hit = PARTS.at(r.words, token)
    if hit is None:
        return None
    at = hit.last
    if bare and hit.definite and r.norm[at - 1].endswith(_NIGHT):
        if r.word(at) in ("الماضيه", "الفايته", "المنصرمه"):
            return Piece(hit.start, at + 1, TimeExpression("deictic", unit="D", shift=-1, part="NI"))
        if at - token == 1 and r.norm[token] == "الليله" and r.before(token) not in ("هذه", "تلك", "هذ"):
            if r.word(at) in ("المقبله", "القادمه"):
                return Piece(hit.start, at + 1, TimeExpression("deictic", unit="D", shift=0, part="NI"))
            tonight = TimeExpression("deictic", unit="D", shift=0, part="NI")
            return None if r.word(at) in _NO_DAY else Piece(hit.start, at, tonight)
    if hit.definite and not (at - token > 1):
        return None
    if r.word(at) == "من" and r.word(at + 1):
        at += 1
    elif not r.word(at):
        return None
    day = day_at_word(r, at)
    if day is None or day.start != r.words.start[at] or day.expression.end is not None or day.expression.part:
        return None
    if day.expression.form == "calendar" and day.expression.day is None:
        return None
    last = day.last
    if hit.value == "NI" and r.word(last) in ("-", "/", "–", "ـ", "الي"):  # ليل السبت - الأحد
        second = WEEKDAYS.at(r.words, last + 1, clitics=False)
        last = second.last if second and r.word(last + 1) else last
    return day.but(start=hit.start, last=last, part=hit.value)
