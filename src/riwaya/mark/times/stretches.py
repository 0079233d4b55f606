"""Weeks, months, years and lengths of time: الأسبوع الماضي، مطلع شهر يناير الحالي، ثلاثة أسابيع، اليومين الأخيرين، كل يوم."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import times as lexicon
from riwaya.mark.times.calendar import day_at, ends_here, month_date, year_at, year_tail
from riwaya.mark.times.lengths import and_half, counted, duration, split_unit, with_more
from riwaya.mark.times.reader import DECADES, EDGES, HALVES, MONTH_NAMES, PARTS, SEASONS, UNITS, WEEKDAYS, Hit, Piece, Reader
from riwaya.model import TimeExpression

_PLURAL_ONLY = frozenset(lexicon.PLURAL_ONLY)
_DURATIONS_AFTER = frozenset(lexicon.DURATIONS_AFTER)
_APPROXIMATE = frozenset(lexicon.APPROXIMATIONS)
_VAGUE = frozenset(lexicon.VAGUE_COUNTS)
_THROUGHOUT = frozenset(("طوال", "طيله", "مدار"))
_CENTURY_MAX = 30
_DECADE_CONTEXT = frozenset(lexicon.DECADE_AFTER)
_FISCAL = frozenset(("المالي", "الدراسي", "الميلادي", "الهجري", "الماليه", "الدراسيه", "الميلاديه", "الهجريه", "الجامعي"))


def unit(r: Reader, token: int) -> Piece | None:
    """What begins with a unit: العام الحالي، عام 2022، شهر رمضان، يومين، خلال أسبوع."""
    hit = UNITS.at(r.words, token)
    if hit is None:
        return None
    name, number = split_unit(hit)
    if hit.definite:
        return _definite(r, token, hit, name, number)
    if hit.value == "W1" and r.word(hit.last):
        day = day_at(r, hit.last)
        if day and day.expression.form == "calendar" and day.expression.month and day.expression.day and not day.expression.end:
            return day.but(start=hit.start, unit="W")  # أسبوع 30 نوفمبر
    if number == "1" and name in ("Y", "M", "CE", "DE"):
        found = _named_period(r, hit, name)
        if found:
            return found
    if number == "c" and name == "Y":
        return _two_years(r, hit)
    if number == "c" and name == "M":
        return _two_months(r, hit)
    if number == "2":
        if name == "DE" and r.before(token) not in _DECADE_CONTEXT:
            return None
        return with_more(r, and_half(r, Piece(hit.start, hit.last, duration(2, name))))
    if number == "1" and r.word(hit.last).startswith("و"):
        whole = with_more(r, Piece(hit.start, hit.last, duration(1, name)))  # سنة وستة أشهر
        if whole.expression.more:
            return whole
    if number == "1" and r.word(hit.last) in ("كامل", "كامله") and name not in ("DE", "CE"):
        return Piece(hit.start, hit.last + 1, duration(1, name))
    if number in "1n":
        return _bare_length(r, token, hit, name, number)
    return None


_OTHER_WORDS = frozenset(("احد", "سبت"))  # على كل أحد: on everyone


def _defined(word: str) -> str:
    return word if word.startswith("ال") else "ال" + word


def _definite(r: Reader, token: int, hit: Hit, name: str, number: str) -> Piece | None:
    """العام الحالي، الأيام الماضية، الساعات الـ24 الماضية، القرن العشرين."""
    at = hit.last
    if number == "1":
        if name == "Y" and r.word(at) in _FISCAL and (r.shift(at + 1) or year_at(r, at + 1)):
            at += 1
        year = year_at(r, at) if name == "Y" and r.word(at) else None
        second = year_at(r, year[2] + 1) if year and r.word(year[2]) in ("-", "/", "–") and r.word(year[2] + 1) else None
        if year and second and second[0] > year[0]:
            end = TimeExpression("calendar", year=second[0], hijri=second[1])
            return Piece(hit.start, second[2], TimeExpression("calendar", year=year[0], hijri=year[1], end=end))
        if year:
            return Piece(hit.start, year[2], TimeExpression("calendar", year=year[0], hijri=year[1]))
        if name == "CE":
            century = r.ordinal(at) if r.word(at) else None
            value = century[0] if century else r.digits(at)
            if value is not None and 1 <= value <= _CENTURY_MAX:
                return Piece(hit.start, century[1] if century else at + 1, TimeExpression("calendar", unit="CE", year=value))
        if r.before(token) in _THROUGHOUT and name != "DE":
            return Piece(hit.start, hit.last, duration(1, name)) if r.shift(at) is None else None
        if name == "W" and (ranked := _ranked_week(r, hit)):
            return ranked
        shift = r.shift(at)
        if shift is None or r.norm[at] in _PLURAL_ONLY or name in ("D", "TH", "TM", "TS"):
            return None
        if name == "Y" and shift.value == 0 and r.before(token).startswith("ال") and not hit.prefix:
            return None  # الأمين العام الحالي
        if r.before(token) in ("الامين", "المدير", "النايب", "المدعي", "القايد", "المراقب", "المرشد"):
            return None
        return Piece(hit.start, shift.last, TimeExpression("deictic", unit=name, shift=shift.value))
    count: float | None = 2 if number == "2" else None
    if r.word(at) in ("القليله", "القلائل"):
        at += 1
    if number == "n":
        counted = _definite_count(r, at)
        if counted:
            count, at = counted
    shift = r.shift(at)
    if shift is None:
        return None
    tense = ("past", None, "future")[shift.value + 1]
    return Piece(hit.start, shift.last, TimeExpression("duration", count=count, unit=name, tense=tense))  # type: ignore[arg-type]


def _ranked_week(r: Reader, hit: Hit) -> Piece | None:
    """الأسبوع الأول من يناير: as exact as the month or year that it is of."""
    rank = r.ordinal(hit.last) if r.word(hit.last) else None
    at = rank[1] if rank else hit.last + 1 if r.word(hit.last) == "الاخير" else None
    if at is None or r.word(at) != "من" or r.word(at + 1) == "الاسبوع":
        return None
    whole = period(r, at + 1)
    if whole is None:
        name = UNITS.at(r.words, at + 1, clitics=False) if r.word(at + 1) else None
        shift = r.shift(name.last) if name and name.definite and name.value in ("M1", "Y1") else None
        if name is None or shift is None:
            return None
        whole = Piece(hit.start, shift.last, TimeExpression("deictic", unit=name.value[:-1], shift=shift.value))
    return whole.but(start=hit.start)


def _definite_count(r: Reader, token: int) -> tuple[float, int] | None:
    """الثلاثة، الـ24 after a definite plural."""
    if not r.word(token):
        return None
    if r.norm[token] == "ال" and r.word(token + 1):
        token += 1
    number = r.cardinal(token)
    if number:
        return number
    ordinal = r.ordinal(token)
    return (float(ordinal[0]), ordinal[1]) if ordinal and r.word(ordinal[1]) in lexicon.SHIFTS else None


def _named_period(r: Reader, hit: Hit, name: str) -> Piece | None:
    """عام 2022، شهر كانون الثاني/يناير الحالي."""
    at = hit.last
    if not r.word(at):
        return None
    if name == "Y":
        at += r.word(at) == "("
        year = year_at(r, at) if r.word(at) else None
        year = year or _early_year(r, at)
        if not year:
            return None
        piece = Piece(hit.start, year[2], TimeExpression("calendar", year=year[0], hijri=year[1]))
        second = year_at(r, year[2] + 1) if r.word(year[2]) in ("-", "/", "–") and r.word(year[2] + 1) else None
        if second and second[0] > year[0]:
            return piece.but(last=second[2], end=TimeExpression("calendar", year=second[0], hijri=second[1]))
        return piece
    if name == "M":
        month = month_date_after(r, at)
        return None if month is None else month.but(start=hit.start)
    return None


def _early_year(r: Reader, token: int) -> tuple[int, bool, int] | None:
    """247 and مائتين وسبعة وستين after عام."""
    number = r.cardinal(token) if r.word(token) else None
    if number is None or number[0] != int(number[0]) or not ends_here(r, number[1]):
        return None
    if not _FIRST_EARLY <= number[0] < _LAST_EARLY:
        return None
    return int(number[0]), False, number[1]


_FIRST_EARLY, _LAST_EARLY = 100, 1343  # before the first Hijri year that the tables reach


def month_date_after(r: Reader, token: int) -> Piece | None:
    """A month after "شهر", where weak names count too."""
    from riwaya.mark.times.calendar import month_at

    found = month_at(r, token, clitics=False)
    if found is None:
        return None
    month, start, last = found
    return year_tail(r, Piece(start, last, TimeExpression("calendar", month=month.number, hijri=month.hijri)))


def _two_months(r: Reader, hit: Hit) -> Piece | None:
    """شهري جانفي وفيفري 2016."""
    first = month_date_after(r, hit.last) if r.word(hit.last) else None
    joiner = r.word(first.last) if first else ""
    if first is None or first.expression.day or not joiner.startswith("و"):
        return None
    at = first.last + (joiner == "و")
    hit_of_second = MONTH_NAMES.at(r.words, at) if r.word(at) else None
    if hit_of_second is None or hit_of_second.prefix not in ("", "و"):
        return None
    month = hit_of_second.value
    second = TimeExpression("calendar", month=month.number, hijri=month.hijri)
    tail = year_tail(r, Piece(hit_of_second.start, hit_of_second.last, second))
    begin = tail.expression
    return Piece(hit.start, tail.last, replace(begin, month=first.expression.month, end=begin))


def _two_years(r: Reader, hit: Hit) -> Piece | None:
    """عامي 2011 و2013."""
    first = year_at(r, hit.last) if r.word(hit.last) else None
    if not first or r.word(first[2]) not in ("و", "-", "الي"):
        return None
    second = year_at(r, first[2] + 1) if r.word(first[2] + 1) else None
    if not second:
        return None
    end = TimeExpression("calendar", year=second[0], hijri=second[1])
    return Piece(hit.start, second[2], TimeExpression("calendar", year=first[0], hijri=first[1], end=end))


def _bare_length(r: Reader, token: int, hit: Hit, name: str, number: str) -> Piece | None:
    """A unit with no number, after a word that makes it a length: خلال أسبوع، على مدى سنوات، لأيام."""
    before = r.before(token)
    fused = hit.prefix.endswith("ل") and number == "n" and name != "DE"
    if name in ("DE", "CE") and before not in _DECADE_CONTEXT:
        return None
    if before not in _DURATIONS_AFTER and not fused and not (before == "من" and r.norm[max(0, token - 2)] in _APPROXIMATE):
        return None
    if number == "1":
        if r.word(hit.last) in ("واحد", "واحده", "كامل", "كامله"):
            return Piece(hit.start, hit.last + 1, duration(1, name))
        if before in ("قرابه", "نحو", "حوالي", "زهاء", "بعد", "نصف", "كامل", "قبل") and r.word(hit.last)[:2] == "ال":
            return None  # بعد يوم الغضب
        return and_half(r, Piece(hit.start, hit.last, duration(1, name)))
    return Piece(hit.start, hit.last, duration(None, name))




def demonstrative(r: Reader, token: int) -> Piece | None:
    """هذا العام، هذه الليلة، هذا الصباح."""
    hit = UNITS.at(r.words, token + 1, clitics=False) if r.word(token + 1) else None
    word = r.norm[token]
    start = r.words.offset(token, 1) if word[0] in "ولبف" and word not in ("هذا", "هذه") else r.words.start[token]
    if hit and hit.definite and hit.value[-1] == "1" and hit.value not in ("TH1", "TM1", "TS1"):
        last = hit.last
        shift = r.shift(last)
        if shift and shift.value == 0:
            last = shift.last
        return Piece(start, last, TimeExpression("deictic", unit=hit.value[:-1], shift=0))
    part = PARTS.at(r.words, token + 1, clitics=False) if r.word(token + 1) else None
    if part and part.definite:
        return Piece(start, part.last, TimeExpression("deictic", unit="D", shift=0, part=part.value))
    season = SEASONS.at(r.words, token + 1, clitics=False) if r.word(token + 1) else None
    if season and season.definite:
        return Piece(start, season.last, TimeExpression("deictic", unit="Y", shift=0, season=season.value))
    return None


def edge(r: Reader, token: int) -> Piece | None:
    """مطلع شهر كانون الثاني/يناير الحالي، نهاية الأسبوع، أواخر عام 2013، منتصف التسعينيات."""
    hit = EDGES.at(r.words, token)
    if hit is None or not r.word(hit.last):
        return None
    at = hit.last
    name = UNITS.at(r.words, at, clitics=False)
    if r.norm[at] == "اسبوعي" and hit.value in ("REST", "END") and ends_here(r, at + 1):  # باقي أسبوعي: my week
        season = "WE" if r.norm[at - 1].endswith("نهايه") else None
        mod = None if season else "REST"
        return Piece(hit.start, at + 1, TimeExpression("deictic", unit="W", shift=0, season=season, mod=mod))
    if name and name.value == "W1" and name.definite and r.norm[at - 1].endswith("نهايه"):
        shift = r.shift(name.last)
        return Piece(hit.start, shift.last if shift else name.last,
                     TimeExpression("deictic", unit="W", shift=shift.value if shift else 0, season="WE"))  # fmt: skip
    if r.word(at) in ("هذا", "هذه") and r.word(at + 1) == "الاسبوع" and r.norm[at - 1].endswith("نهايه"):
        return Piece(hit.start, at + 2, TimeExpression("deictic", unit="W", shift=0, season="WE"))
    whole = period(r, at)
    if whole is None and name and name.definite and name.value in ("W1", "M1", "Y1", "CE1"):
        whole = Piece(r.words.start[at], name.last, TimeExpression("deictic", unit=name.value[:-1], shift=0))
    if whole is None:
        return _last_so_many(r, hit) if r.norm[at - 1] == "اخر" else None
    said = whole.expression
    of_month = said.form == "calendar" and said.month and not said.day and not (name and name.value == "M1")
    if of_month and r.norm[at - 1] in _FIRST_DAY:
        return whole.but(start=hit.start, day=1)  # غرة أفريل، أول مارس: its first day
    return whole.but(start=hit.start, mod=hit.value)


_FIRST_DAY = frozenset(("اول", "غره", "فاتح"))


def _last_so_many(r: Reader, hit: Hit) -> Piece | None:
    """آخر ثلاث سنوات، آخر 24 ساعة."""
    length = counted(r, hit.last)
    return None if length is None else length.but(start=hit.start, tense="past")


def period(r: Reader, token: int) -> Piece | None:
    """A week, month, season, year, decade or century that begins at this token; no single day."""
    if not r.word(token):
        return None
    if r.norm[token] in ("هذا", "هذه"):
        found = demonstrative(r, token)
    else:
        found = unit(r, token) or month_date(r, token) or season(r, token) or decade(r, token)
    if found is None:
        year = year_at(r, token)
        found = Piece(r.words.start[token], year[2], TimeExpression("calendar", year=year[0], hijri=year[1])) if year else None
    if found is None or found.start != r.words.start[token]:
        return None
    said = found.expression
    single = said.day is not None or (said.form == "deictic" and said.unit == "D")
    return None if single or said.form == "duration" else found


def half(r: Reader, token: int) -> Piece | None:
    """النصف الأول من عام 2022، الربع الأخير من العام الماضي; without a year it may be a football half."""
    hit = HALVES.at(r.words, token)
    if hit is None:
        return None
    at = hit.last + (r.word(hit.last) in ("من", "ل", "في"))
    whole = period(r, at)
    if whole is None:
        name = UNITS.at(r.words, at, clitics=False) if r.word(at) else None
        if name is None or not name.definite or name.value != "Y1":
            return None
        whole = Piece(hit.start, name.last, TimeExpression("deictic", unit="Y", shift=0))
    said = whole.expression
    if said.month is not None or said.unit not in (None, "Y"):
        return None
    return whole.but(start=hit.start, season=hit.value)


def season(r: Reader, token: int) -> Piece | None:
    """صيف 2014، شتاء العام الماضي، الخريف المقبل."""
    hit = SEASONS.at(r.words, token)
    if hit is None:
        return None
    if hit.definite and r.before(token) in _SEASON_AFTER and ends_here(r, hit.last):  # في الصيف; not في الربيع العربي
        return Piece(hit.start, hit.last, TimeExpression("deictic", unit="Y", season=hit.value))
    if not r.word(hit.last):
        return None
    if hit.definite:
        shift = r.shift(hit.last)
        year = year_at(r, hit.last)
        if year and not year[1]:  # الصيف 2016
            return Piece(hit.start, year[2], TimeExpression("calendar", year=year[0], season=hit.value))
        if shift is None or r.norm[hit.last] in _PLURAL_ONLY:
            return None
        return Piece(hit.start, shift.last, TimeExpression("deictic", unit="Y", shift=shift.value, season=hit.value))
    at = hit.last
    name = UNITS.at(r.words, at, clitics=False)
    if name and name.value == "Y1":
        found = unit(r, at)
        return found.but(start=hit.start, season=hit.value) if found and found.expression.end is None else None
    if r.norm[at] in ("هذا", "هذه") and r.word(at + 1) in ("العام", "السنه"):
        return Piece(hit.start, at + 2, TimeExpression("deictic", unit="Y", shift=0, season=hit.value))
    year = year_at(r, at)
    if year is None:
        return None
    return Piece(hit.start, year[2], TimeExpression("calendar", year=year[0], hijri=year[1], season=hit.value))


_SEASON_AFTER = frozenset((*lexicon.PART_AFTER, *lexicon.SPOKEN_MOVES, "منتصف", "اوائل", "اواخر", "بدايه", "نهايه"))


def decade(r: Reader, token: int) -> Piece | None:
    """التسعينيات، ثمانينيات القرن الماضي; not somebody in his forties."""
    hit = DECADES.at(r.words, token)
    if hit is None:
        return None
    last = hit.last
    if r.word(last) == "من" and r.word(last + 1) in ("العمر", "عمره", "عمرها", "القرن"):
        if r.word(last + 1) != "القرن":
            return None
        last += 1
    century = 19
    if r.word(last) == "القرن":
        following = r.word(last + 1)
        known = {"الماضي": 19, "العشرين": 19, "العشرون": 19, "الحالي": 20, "الجاري": 20}
        ordinal = r.ordinal(last + 1) if following else None
        if following in known:
            century, last = known[following], last + 2
        elif ordinal:
            century, last = ordinal[0] - 1, ordinal[1]
        else:
            return None
    elif not hit.definite and (r.before(token) not in ("", "في", *_DECADE_CONTEXT) or not ends_here(r, last)):
        return None
    return Piece(hit.start, last, TimeExpression("calendar", unit="DE", year=century * 10 + hit.value))


def prepositional(r: Reader, token: int) -> Piece | None:
    """Where the preposition is part of the time: قبل أيام، منذ سنوات، قبل ثلاثة أعوام، كل يوم، عدة أشهر."""
    whole = r.norm[token]
    word = next((cut.rest for cut in cuts(whole) if cut.rest in _VAGUE), whole if whole[0] not in "وف" else whole[1:])
    start = r.words.offset(token, len(whole) - len(word)) if word != whole else r.words.start[token]
    if word in ("هذا", "هذه", "لهذا", "لهذه", "بهذا", "بهذه"):
        return demonstrative(r, token)
    if not r.word(token + 1):
        return None
    if word == "كل":
        return _every(r, token, start)
    if word in _VAGUE:
        return _several(r, token, token + 1, start)
    if word == "نصف":
        hit = UNITS.at(r.words, token + 1, clitics=False)
        if hit and hit.value[-1] == "1" and hit.value not in ("D1", "DE1") and (not hit.definite or hit.value == "TH1"):
            return Piece(start, hit.last, duration(0.5, hit.value[:-1]))
        return None
    return _before_or_since(r, token, start, word)


def _several(r: Reader, token: int, at: int, start: int) -> Piece | None:
    hit = UNITS.at(r.words, at, clitics=False) if r.word(at) else None
    if hit and not hit.definite and hit.value[-1] == "n":
        return Piece(start, hit.last, duration(None, hit.value[:-1]))
    return None


def _before_or_since(r: Reader, token: int, start: int, word: str) -> Piece | None:
    at = token + 1
    if r.word(at) in _APPROXIMATE:
        at += 1 + (r.word(at + 1) == "من")
    vague = at + 1 if r.word(at) in _VAGUE else at
    several = _several(r, token, vague, start)
    if several and several.expression.unit not in ("DE", "CE"):
        if word == "منذ":
            return several
        if word == "قبل":
            if r.word(several.last) in ("من", "ان"):
                return None
            return several.but(form="reference", reference="PAST_REF", unit=None)
        return None
    if word == "منذ":
        return None
    hit = UNITS.at(r.words, at, clitics=False)
    length = counted(r, at, ages=True)
    if length is None and hit and not hit.definite and hit.value[-1] in "12":
        if hit.value[-1] == "1" and (r.word(hit.last).startswith("ال") or r.digits(hit.last) is not None or unit_names(r, hit)):
            return None
        count = float(hit.value[-1])
        length = and_half(r, Piece(r.words.start[at], hit.last, duration(count, hit.value[:-1])))
    if length is None or length.expression.count is None:
        return None
    last, from_now = length.last, False
    if r.word(last) == "من" and r.word(last + 1) == "الان":
        last, from_now = last + 2, True
    elif r.word(last) in ("من", "علي", "ان"):
        return None
    if word == "بعد" and not from_now:
        return None
    sign = 1 if word == "بعد" else -1
    return Piece(start, last, TimeExpression("deictic", unit=length.expression.unit, count=length.expression.count * sign))


def unit_names(r: Reader, hit: Hit) -> bool:
    """Whether a unit is followed by what it names (قبل شهر رمضان، قبل يوم الخميس)."""
    return hit.value == "M1" and month_date_after(r, hit.last) is not None if r.word(hit.last) else False


def _every(r: Reader, token: int, start: int) -> Piece | None:
    at = token + 1 + (r.word(token + 1) == "يوم")
    weekday = WEEKDAYS.value_of(_defined(r.word(at))) if r.word(at) else None
    if weekday is not None and (at > token + 1 or r.norm[at] not in _OTHER_WORDS):  # كل يوم جمعة، كل اثنين
        return Piece(start, at + 1, TimeExpression("set", count=1, unit="W", weekday=weekday))
    part = PARTS.at(r.words, token + 1, clitics=False)
    if part and not part.definite and (ends_here(r, part.last) or r.word(part.last) == "يوم"):  # كل صباح
        return Piece(start, part.last, TimeExpression("set", count=1, unit="D", part=part.value))
    hit = UNITS.at(r.words, token + 1, clitics=False)
    if hit and not hit.definite and hit.value[-1] in "12":
        if r.word(hit.last) in ("وانتم", "واحد", "جديد") or hit.value[:-1] in ("DE", "CE"):
            return None
        return Piece(start, hit.last, TimeExpression("set", count=float(hit.value[-1]), unit=hit.value[:-1]))
    length = counted(r, token + 1)
    if length and length.expression.count is not None:
        return Piece(start, length.last, TimeExpression("set", count=length.expression.count, unit=length.expression.unit))
    return None
