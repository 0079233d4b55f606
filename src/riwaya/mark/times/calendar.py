"""Days, months and years as the calendar names them: 6 كانون الثاني/ يناير الجاري، الخامس من الشهر الجاري، 12/10/1436هـ."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.calendars import FIRST_HIJRI_YEAR, Month
from riwaya.arabic.cardinals import number_word
from riwaya.arabic.lexicon import times as lexicon
from riwaya.arabic.words import NUMBER
from riwaya.mark.times.reader import MONTH_NAMES, SHIFTS, UNITS, WEEKDAYS, Piece, Reader
from riwaya.model import TimeExpression

_HIJRI_MARKS = frozenset(("ه", "هجري", "هجريه", "للهجره"))
_GREGORIAN_MARKS = frozenset(("م", "ميلادي", "ميلاديه"))
_MONTH_JOINERS = frozenset("/-–(\\")
_RANGE_WORDS = frozenset(("الي", "حتي", "-", "–", "—", "ـ", "وحتي"))
_NOT_YEAR_AFTER = frozenset(lexicon.NOT_YEAR_AFTER)
_AFTER_YEAR = frozenset(lexicon.AFTER_YEAR)
_YEAR_AFTER = frozenset(lexicon.YEAR_AFTER)
_OPENERS = {"(": ")", "«": "»", '"': '"', "“": "”", "[": "]"}
_DAY_MAX, _MONTH_MAX = 31, 12
_FIRST_YEAR, _LAST_YEAR = 1800, 2100  # a bare number outside is no year of the news
_FIRST_WORDS = 1100  # in words: a thousand counts things, ألف وسبعمائة وتسعة وثمانون may be a year
_HIJRI_LAST = 1500
_TWO_DIGITS = 100
_TEN = 10
_NUMERIC_PARTS = 5  # tokens of 12/01/2022


def is_year(value: int | None, *, hijri: bool = False) -> bool:
    """Whether a number can be a year of the news (Gregorian 1800 to 2100, Hijri 1343 to 1500)."""
    if value is None:
        return False
    return FIRST_HIJRI_YEAR <= value <= _HIJRI_LAST if hijri else _FIRST_YEAR <= value <= _LAST_YEAR


def era(r: Reader, token: int) -> tuple[bool | None, int]:
    """هـ or م after a year: (Hijri?, the token after it); (None, token) where there is none."""
    word = r.word(token)
    if word in _HIJRI_MARKS:
        return True, token + 1
    if word in _GREGORIAN_MARKS and (word != "م" or r.glued(token) or r.word(token + 1) in ("", ".", "،", ",", ")")):
        return False, token + 1
    return None, token


def year_at(r: Reader, token: int, *, hijri: bool = False) -> tuple[int, bool, int] | None:
    """A year in digits at this token, its era behind it: (year, Hijri?, the token after)."""
    value = r.digits(token)
    if value is None:
        return _year_in_words(r, token)
    if r.word(token + 1) == ":" and r.glued(token + 1):
        return None
    marked, last = era(r, token + 1)
    if marked or (marked is None and hijri and not is_year(value)):
        return (value, True, last) if is_year(value, hijri=True) else None
    if is_year(value):
        return value, False, last
    return (value, True, last) if marked is None and is_year(value, hijri=True) else None


def _year_in_words(r: Reader, token: int) -> tuple[int, bool, int] | None:
    """ألفين وثمانية عشر: 2018; ألفين alone only where it can count nothing."""
    if token >= r.size or r.kind[token] == NUMBER or number_word(r.norm[token]) is None:
        return None
    number = r.cardinal(token)
    if number is None or number[0] != int(number[0]) or not ends_here(r, number[1]):
        return None
    if not _FIRST_WORDS <= number[0] <= _LAST_YEAR:
        return None
    return int(number[0]), False, number[1]


def ends_here(r: Reader, token: int) -> bool:
    """Whether a number may end before this token and count nothing: the end, a mark of punctuation, a particle."""
    after = r.word(token)
    if after in ("/", "-", ":", "%", "٪", "$", "–"):
        return False
    return not after or not after[0].isalnum() or after in _AFTER_YEAR


def month_at(r: Reader, token: int, *, clitics: bool = True) -> tuple[Month, int, int] | None:
    """A month by name, both names of a dual one: (month, text offset of its start, the token after)."""
    hit = MONTH_NAMES.at(r.words, token, clitics=clitics)
    if hit is None:
        return None
    month: Month = hit.value
    if month.weak and hit.prefix[-1:] in ("ب", "ك"):
        return None  # باب is a door, not "in August"
    last = hit.last
    again = MONTH_NAMES.at(r.words, last, clitics=False) if r.word(last) else None
    if again and again.value.number == month.number and again.value.hijri == month.hijri:  # فبراير شباط
        return month._replace(weak=False), hit.start, again.last
    if r.word(last) in _MONTH_JOINERS:
        second = MONTH_NAMES.at(r.words, last + 1, clitics=False)
        if second and r.word(last + 1) and second.value.number == month.number and second.value.hijri == month.hijri:
            closing = r.word(last) == "(" and r.word(second.last) == ")"
            month, last = month._replace(weak=False), second.last + closing
    return month, hit.start, last


def year_tail(r: Reader, piece: Piece) -> Piece:
    """A piece with a month, and what follows: 2022، من عام 2022م، الجاري، من العام الماضي."""
    hijri, token = piece.expression.hijri, piece.last
    if r.word(token) in ("من", "/", "-", "،", ",", ".") and (token + 1 < r.size):
        ahead = token + 1
        if r.word(token) != "من" and r.digits(ahead) is None and (r.word(token) not in ",،" or not _year_in_words(r, ahead)):
            ahead = token
    else:
        ahead = token
    if not r.word(ahead):
        return piece
    shift = r.shift(ahead) if ahead == token else None
    if shift and not shift.definite:
        shift = None
    if shift:
        year = year_at(r, shift.last, hijri=hijri) if r.word(shift.last) else None
        if year:
            return piece.but(last=year[2], year=year[0], hijri=year[1] or hijri)
        return piece.but(last=shift.last, unit="M", shift=shift.value)
    unit = UNITS.at(r.words, ahead)
    if unit and unit.value == "Y1" and unit.prefix in ("", "ل"):
        year = year_at(r, unit.last, hijri=hijri) if r.word(unit.last) else None
        if year:
            return piece.but(last=year[2], year=year[0], hijri=year[1] or hijri)
        after = r.shift(unit.last)
        if unit.definite and after:
            return piece.but(last=after.last, unit="Y", shift=after.value)
        return piece
    if r.word(ahead) in ("هذا", "هذه") and r.word(ahead + 1) in ("العام", "السنه"):
        return piece.but(last=ahead + 2, unit="Y", shift=0)
    year = year_at(r, ahead, hijri=hijri)
    if year and (ahead == token or r.word(token) != "." or r.glued(ahead)):
        if year[1] and not hijri and not era(r, ahead + 1)[0]:  # 5 ديسمبر 1391: a month of the Gregorian year
            return piece.but(last=year[2], year=year[0])
        return piece.but(last=year[2], year=year[0], hijri=year[1] or hijri)
    return piece


def after_day(r: Reader, day: int, token: int, start: int) -> Piece | None:
    """The rest of a date whose day number ends before `token`: [من] [شهر] MONTH [year], من الشهر الجاري، الجاري."""
    if not 1 <= day <= _DAY_MAX or not r.word(token):
        return None
    if (shift := r.shift(token)) and shift.value == 0 and not r.word(token).startswith("الحالي"):
        month = month_at(r, shift.last, clitics=False) if r.word(shift.last) else None
        if month is None:  # 15 الجاري
            return Piece(start, shift.last, TimeExpression("calendar", day=day, unit="M", shift=0))
        return None
    at = token
    if r.word(at) in ("من", "/", "-", "في") and r.word(at + 1):
        at += 1
    if r.word(token) == "في" and r.word(at) not in ("هذا", "الشهر"):
        return None
    if r.word(at) in ("هذا", "ذات") and r.word(at + 1) == "الشهر":
        return Piece(start, at + 2, TimeExpression("calendar", day=day, unit="M", shift=0))
    unit = UNITS.at(r.words, at)
    if unit and unit.value == "M1" and unit.prefix in ("", "ل"):
        after = r.shift(unit.last)
        if after and unit.definite:
            return Piece(start, after.last, TimeExpression("calendar", day=day, unit="M", shift=after.value))
        if unit.definite:
            return None
        at = unit.last
        if not r.word(at):
            return None
    month = month_at(r, at, clitics=False)
    if month is None:
        return None
    name, _, last = month
    dated = year_tail(r, Piece(start, last, TimeExpression("calendar", month=name.number, day=day, hijri=name.hijri)))
    nil = name.hijri and r.norm[at] == "صفر" and r.word(token) in ("-", "/")
    return None if nil and dated.last == last else dated  # 4-صفر: four to nil


_RANKED = frozenset(("الاسبوع", "الربع", "النصف", "الثلث", "الشهر", "اليوم", "العام", "الدور", "المركز", "العقد", "الفصل"))


def ordinal_day(r: Reader, token: int) -> Piece | None:
    """الخامس من الشهر الجاري، الحادي والعشرين من يناير 2022."""
    found = r.ordinal(token)
    if found is None:
        return None
    day, last = found
    word = r.norm[token]
    if word.endswith("ه") and last == token + 1:  # الثانية names an hour or a degree, never a day
        return None
    if r.before(token) in _RANKED:  # الأسبوع الثالث من الشهر الجاري
        return None
    letters = 1 if word.startswith(("وال", "بال", "فال")) else 0
    start = r.words.offset(token, letters) if letters else r.words.start[token]
    second = r.ordinal(last) if r.word(last).startswith("وال") else None
    if second and day < second[0] and (whole := after_day(r, second[0], second[1], start)):  # الخامس والسادس من أبريل
        return Piece(start, whole.last, replace(whole.expression, day=day, end=whole.expression))
    return after_day(r, day, last, start)


def numeric(r: Reader, token: int) -> Piece | None:
    """12/01/2022, 2022-01-12, 12-1-2022, 12.01.2022, with Hijri years too; 25/1 only beside a weekday (see `day_slash_month`)."""
    start = r.words.start[token]
    norm = r.norm[token]
    if norm.count(".") == 2:  # noqa: PLR2004 - one number token of three parts
        parts, last = norm.split("."), token + 1
    else:
        if token + _NUMERIC_PARTS > r.size or r.norm[token + 1] not in ("/", "-") or r.norm[token + 3] != r.norm[token + 1]:
            return None
        if any(r.words.newline[token + 1 : token + _NUMERIC_PARTS]):
            return None
        parts, last = [r.norm[token], r.norm[token + 2], r.norm[token + 4]], token + _NUMERIC_PARTS
    if not all(p.isdecimal() and len(p) <= 4 for p in parts):  # noqa: PLR2004 - a year has four digits
        return None
    a, b, c = (int(p) for p in parts)
    marked, last = era(r, last)
    for year, month, day in ((a, b, c), (c, b, a), (c, a, b)):
        hijri = is_year(year, hijri=True)
        if not (hijri or is_year(year)) or (hijri and marked is False):
            continue
        if 1 <= month <= _MONTH_MAX and 1 <= day <= _DAY_MAX:
            return Piece(start, last, TimeExpression("calendar", year=year, month=month, day=day, hijri=hijri))
    if 1 <= a <= _DAY_MAX and 1 <= b <= _MONTH_MAX and c < _TWO_DIGITS and len(parts[2]) == 2 and norm.count(".") == 0:  # noqa: PLR2004
        return Piece(start, last, TimeExpression("calendar", year=2000 + c, month=b, day=a))
    return None


def day_slash_month(r: Reader, token: int) -> Piece | None:
    """25/1, which is a date only where the words before it call for one."""
    day, month = r.digits(token), r.digits(token + 2)
    if r.word(token + 1) not in ("/", "-") or day is None or month is None or not r.word(token + 2):
        return None
    if not (1 <= day <= _DAY_MAX and 1 <= month <= _MONTH_MAX) or r.word(token + 3) in ("/", "-", "%"):
        return None
    return Piece(r.words.start[token], token + 3, TimeExpression("calendar", month=month, day=day))


def day_at(r: Reader, token: int, *, called_for: bool = False) -> Piece | None:
    """A date that begins with its day, in digits or as an ordinal."""
    if token >= r.size:
        return None
    value = r.digits(token)
    if value is not None:
        piece = numeric(r, token) or days_range(r, token, value) or after_day(r, value, token + 1, r.words.start[token])
        return piece or (day_slash_month(r, token) if called_for else None)
    if r.norm[token].count(".") == 2:  # noqa: PLR2004
        return numeric(r, token)
    return ordinal_day(r, token) or _cardinal_day(r, token)


def _cardinal_day(r: Reader, token: int) -> Piece | None:
    """واحد وعشرين مايو: a number word right before a month."""
    number = r.cardinal(token) if r.kind[token] != NUMBER and number_word(r.norm[token]) else None
    if number is None or number[0] != int(number[0]) or MONTH_NAMES.at(r.words, number[1], clitics=False) is None:
        return None
    return after_day(r, int(number[0]), number[1], r.words.start[token])


def days_range(r: Reader, token: int, first: int) -> Piece | None:
    """16 إلى 17 يونيو 2004، 15 و16 يناير: two days that share what follows."""
    joiner, at = r.word(token + 1), token + 2
    between = r.before(token) in ("بين", "يومي", "وبين") or joiner == "و"
    if not (joiner in _RANGE_WORDS or (joiner == "و" and between)) or not r.word(at):
        return None
    if r.word(at) == "يوم":
        at += 1
    second = r.digits(at)
    if second is None or not 1 <= first < second <= _DAY_MAX:
        return None
    whole = after_day(r, second, at + 1, r.words.start[token])
    if whole is None:
        return None
    end = whole.expression
    begin = TimeExpression("calendar", year=end.year, month=end.month, day=first, hijri=end.hijri, unit=end.unit,
                           shift=end.shift, end=end)  # fmt: skip
    return Piece(whole.start, whole.last, begin)


def month_date(r: Reader, token: int) -> Piece | None:
    """A month by itself or with a year; "December 19, 2024" too."""
    found = month_at(r, token)
    if found is None:
        return None
    month, start, last = found
    day = r.digits(last)
    if r.norm[token].isascii() and day is not None and r.word(last) and 1 <= day <= _DAY_MAX:
        year_token = last + 1 + (r.word(last + 1) in (",", "،"))
        year = year_at(r, year_token) if r.word(year_token) else None
        expression = TimeExpression("calendar", year=year[0] if year else None, month=month.number, day=day)
        return Piece(start, year[2] if year else last + 1, expression)
    if ranked := _month_then_day(r, month, start, last):
        return ranked
    piece = year_tail(r, Piece(start, last, TimeExpression("calendar", month=month.number, hijri=month.hijri)))
    told = piece.expression.year is not None or piece.expression.shift is not None
    if month.weak and not told and not _called_for(r, token, month):
        return None
    return piece


def _month_then_day(r: Reader, month: Month, start: int, last: int) -> Piece | None:
    """مايو الحادي والعشرين, يناير الثاني والعشرين, 2018: the day after its month, as translations have it."""
    rank = (r.ordinal(last) or _number_alone(r, last)) if r.word(last) else None
    if rank is None or month.hijri or not 1 <= rank[0] <= _DAY_MAX or (r.norm[last].endswith("ه") and r.ordinal(last)):
        return None
    after = rank[1] + (r.word(rank[1]) in (",", "،", "من"))
    year = year_at(r, after) if r.word(after) else None
    if year is None and (not ends_here(r, rank[1]) or r.word(rank[1]) == "من"):
        return None
    said = TimeExpression("calendar", year=year[0] if year else None, month=month.number, day=rank[0])
    return Piece(start, year[2] if year else rank[1], said)


def _number_alone(r: Reader, token: int) -> tuple[int, int] | None:
    """29 or تسعة وعشرين where it counts nothing, and the token after it."""
    number = r.cardinal(token)
    if number is None or number[0] != int(number[0]) or not ends_here(r, number[1]) or r.word(number[1]) in ("و", "او", "الي"):
        return None
    return int(number[0]), number[1]


def _called_for(r: Reader, token: int, month: Month) -> bool:
    before = r.before(token)
    if month.hijri:  # رجب، شعبان and رمضان are men's names too
        return before in ("شهر", "في", "وفي", "لشهر", "بشهر") and "صفر" not in r.norm[token]
    return before in _MONTH_AFTER


_MONTH_AFTER = frozenset(lexicon.MONTH_AFTER)


def bare_year(r: Reader, token: int) -> Piece | None:
    """A year in digits with no "عام" before it, where the words around allow nothing else."""
    value = r.digits(token)
    if value is None and r.before(token) in _YEAR_AFTER and (told := _year_in_words(r, token)) and told[0] % 100:
        return Piece(r.words.start[token], told[2], TimeExpression("calendar", year=told[0]))  # في ألف وسبعمئة وتسعة وثمانين
    if value is None or not is_year(value) or len(r.norm[token]) != 4:  # noqa: PLR2004 - four digits
        return None
    before, after = r.before(token), r.word(token + 1)
    start = r.words.start[token]
    if after in ("-", "/", "–") and r.word(token + 2):
        second = r.digits(token + 2)
        if second is not None and is_year(second) and second > value:
            end = TimeExpression("calendar", year=second)
            return Piece(start, token + 3, TimeExpression("calendar", year=value, end=end))
        return None
    if before in _NOT_YEAR_AFTER and before not in _YEAR_AFTER:
        return None
    if any(r.norm[i] in _HEADS for i in range(max(0, token - 3), token)):
        return None
    marked, last = era(r, token + 1)
    if marked:
        return None
    loose = not after or not after[0].isalnum() or after in _AFTER_YEAR
    if before in _YEAR_AFTER and (loose or _AFTER_YEAR.isdisjoint((before,))):
        return Piece(start, last, TimeExpression("calendar", year=value))
    if before == "|" and not after:  # the end of a headline
        return Piece(start, last, TimeExpression("calendar", year=value))
    if loose and after not in ("%", "٪", "$") and before and before[0].isalpha() and not before.isascii():
        return Piece(start, last, TimeExpression("calendar", year=value))
    return None


_HEADS = frozenset(("قرار", "القرار", "رقم", "الماده", "قانون", "القانون", "برقم", "الفقره"))


def beside(r: Reader, piece: Piece) -> Piece:
    """A day word with the date that says the same: اليوم الأربعاء الموافق 12 يناير، الخميس (6 كانون الثاني/ يناير)."""
    token = piece.last
    closing = ""
    if r.word(token) in _OPENERS:
        closing, token = _OPENERS[r.word(token)], token + 1
    elif r.word(token) in ("،", ",", "-", "–", "ـ"):
        token += 1
    if r.word(token) in ("الموافق", "الموافقه", "الموافقين", "بتاريخ", "المصادف"):
        token += 1
        if r.word(token) in ("ل",):
            token += 1
    elif r.word(token) == "في" and piece.expression.form == "weekday" and MONTH_NAMES.at(r.words, token + 2, clitics=False):
        token += 1  # الجمعة في 22 شباط
    if not r.word(token):
        return piece
    date = day_at(r, token, called_for=True) or _day_alone(r, piece, token)
    if date is None and MONTH_NAMES.at(r.words, token, clitics=False):
        date = month_date(r, token)
        date = date if date and date.expression.day else None
    if date is None or date.expression.end is not None or (date.expression.month is None and date.expression.unit is None):
        return piece
    last = date.last + (bool(closing) and r.word(date.last) == closing)
    told, said = piece.expression, date.expression
    pointed = told.form == "deictic"
    unit, shift = (said.unit, said.shift) if said.unit or not pointed else ("D", told.shift)
    return piece.but(last=last, form="calendar", year=said.year, month=said.month, day=said.day, hijri=said.hijri, unit=unit,
                     shift=shift, weekday=told.weekday, today=pointed and (unit == "D" or told.shift == 0))  # fmt: skip


def _day_alone(r: Reader, weekday: Piece, token: int) -> Piece | None:
    """الأربعاء 27، الجمعة في 22، الخميس في السابع: a day of the month beside its weekday, counting nothing."""
    if weekday.expression.form != "weekday" or token != weekday.last:
        return None
    inside = r.word(token) == "في"
    at = token + inside
    value = r.digits(at) if r.word(at) else None
    last = at + 1
    if value is None and r.word(at) and (rank := r.ordinal(at)):
        if r.norm[at].endswith("ه") and rank[0] <= _MONTH_MAX:  # في الثانية is an hour
            return None
        if not inside and rank[0] <= _TEN:  # الأحد الثاني ranks the Sundays
            return None
        value, last = rank
    if value is None or not 1 <= value <= _DAY_MAX or not ends_here(r, last):
        return None
    return Piece(r.words.start[at], last, TimeExpression("calendar", day=value, unit="M"))


def weekday_at(r: Reader, token: int) -> Piece | None:
    """A weekday: الثلاثاء، الخميس الماضي، الأربعاء (12 يناير)."""
    hit = WEEKDAYS.at(r.words, token)
    if hit is None:
        return None
    expression = TimeExpression("weekday", weekday=hit.value)
    last = hit.last
    shift = SHIFTS.at(r.words, last, clitics=False) if r.word(last) else None
    if shift and shift.value != 0:
        return Piece(hit.start, shift.last, TimeExpression("weekday", weekday=hit.value, shift=shift.value))
    if shift:
        last = shift.last
    return beside(r, Piece(hit.start, last, expression))
