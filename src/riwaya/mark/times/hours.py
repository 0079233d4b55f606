"""Parts of the day and hours that share theirs: منتصف الليل، في الصباح الباكر، في وقت متأخر من مساء السبت، من 5 إلى 6 مساء."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.cardinals import ONE, number_word
from riwaya.arabic.lexicon import times as lexicon
from riwaya.mark.times.calendar import ends_here
from riwaya.mark.times.clock import clock_at, hour_at, to_24, zone_after
from riwaya.mark.times.days import day_at_word, day_with_part
from riwaya.mark.times.reader import DAY_PARTS, EDGES, PARTS, Hit, Piece, Reader
from riwaya.model import TimeExpression

SPOKEN = frozenset(lexicon.SPOKEN_MOVES)
_NOON = 12
_IN = frozenset(lexicon.PART_AFTER)
_BARE_PARTS = frozenset(lexicon.BARE_PARTS)  # الفجر and الصباح are papers, المغرب a country, العصر an age
_EARLY = frozenset(("الباكر", "المبكر", "المتاخر", "المتاخره"))
_EXACT = {"الليل": 0, "النهار": _NOON}
"""The middle of the night and of the day are hours."""
_JOINERS = frozenset(("الي", "حتي", "وحتي", "-", "–"))
_OPEN_RANGE = frozenset(("من", "ومن", "بين", "وبين", "الساعه"))


def bare_part(r: Reader, token: int) -> Piece | None:
    """A part of the day with no day: منتصف الليل، بعد الظهر، في المساء، بعد الظهر الساعة 7."""
    if r.norm[token].endswith("منتصف") and r.word(token + 1) == "-":
        return _hyphened(r, token)
    hit = PARTS.at(r.words, token)
    if hit is not None and not hit.definite and r.before(token) in SPOKEN:  # سأعود مساء 7
        hour = hour_at(r, hit.last) if r.word(hit.last) else None
        if hour is None or not ends_here(r, hour.last):
            return None
        said = TimeExpression("deictic", unit="D", hour=to_24(hour.hour, hit.value), minute=hour.minute)
        return Piece(hit.start, hour.last, said)
    if hit is None or not hit.definite:
        return None
    named = r.norm[hit.last - 1]
    if r.before(token) in SPOKEN and hit.last - token == 1 and (r.word(hit.last) == "" or not r.word(hit.last)[0].isalnum()):
        return Piece(hit.start, hit.last, TimeExpression("deictic", unit="D", part=hit.value))  # سأعود الظهر
    if hit.last - token == 1 and not (named in _BARE_PARTS and (r.before(token) in _IN or hit.prefix[-1:] == "ب")):
        clock = _told_clock(r, hit)
        return clock if named in ("الظهر", "المساء", "الصباح", "الليل") else None
    last = hit.last + (r.word(hit.last) in _EARLY)
    if clock := _told_clock(r, hit):
        return clock
    said = TimeExpression("deictic", unit="D", part=hit.value)
    if r.norm[token].endswith("منتصف") and named in _EXACT and r.before(token) != "بعد":
        said = replace(said, hour=_EXACT[named], minute=0, part=None)
    return zone_after(r, Piece(hit.start, last, said))


def _hyphened(r: Reader, token: int) -> Piece | None:
    """منتصف-الليل."""
    if (hour := _EXACT.get(r.word(token + 2))) is not None:
        return Piece(r.words.start[token], token + 3, TimeExpression("deictic", unit="D", hour=hour, minute=0))
    part = PARTS.at(r.words, token + 2, clitics=False) if r.word(token + 2) else None
    if part is None or not part.definite:
        return None
    return Piece(r.words.start[token], part.last, TimeExpression("deictic", unit="D", part=part.value))


def before_the_hour(r: Reader, length: Piece) -> Piece:
    """ثلاث دقائق قبل الخامسة والنصف: the clock time that many minutes from the one named; else the length itself."""
    said, word = length.expression, r.word(length.last)
    if said.unit != "TM" or said.count is None or said.more or word not in ("قبل", "حتي", "بعد") or not r.word(length.last + 1):
        return length
    clock = clock_at(r, length.last + 1) or _lone_hour(r, length.last + 1)
    if clock is None or clock.expression.hour is None:
        return length
    there = clock.expression
    minutes = (there.hour or 0) * 60 + (there.minute or 0) + int(said.count) * (1 if word == "بعد" else -1)
    return Piece(length.start, clock.last, replace(there, hour=minutes // 60 % 24, minute=minutes % 60))


def _lone_hour(r: Reader, token: int) -> Piece | None:
    hour = hour_at(r, token) if r.ordinal(token) else None
    if hour is None or not ends_here(r, hour.last):
        return None
    return Piece(r.words.start[token], hour.last, TimeExpression("deictic", unit="D", hour=hour.hour, minute=hour.minute))


def clock_in_words(r: Reader, token: int) -> Piece | None:
    """ثمانية وأربعين مساء: twenty to nine in the evening, where a part of the day follows."""
    hour = number_word(r.norm[token])
    if hour is None or hour.prefix or hour.definite or hour.category != ONE or not r.word(token + 1).startswith("و"):
        return None
    minutes = r.cardinal(token + 1)
    if minutes is None or not 0 < minutes[0] < 60 or minutes[0] != int(minutes[0]):  # noqa: PLR2004 - of an hour
        return None
    at = minutes[1] + (r.word(minutes[1]) == "في")
    part = DAY_PARTS.at(r.words, at, clitics=False) if r.word(at) else None
    if part is None:
        return None
    said = TimeExpression("deictic", unit="D", hour=to_24(int(hour.value), part.value), minute=int(minutes[0]))
    return Piece(r.words.start[token], part.last, said)


def _told_clock(r: Reader, part: Hit) -> Piece | None:
    """The hour after a part of the day: بعد الظهر الساعة 7."""
    if not r.word(part.last):
        return None
    clock = clock_at(r, part.last)
    if clock is None or clock.start != r.words.start[part.last]:
        return None
    hour = clock.expression.hour
    return clock.but(start=part.start, hour=to_24(hour, part.value) if hour is not None and hour <= _NOON else hour)


def edge_part(r: Reader, token: int) -> Piece | None:
    """A part of a part of the day: في وقت متأخر من مساء السبت، أواخر الليل."""
    hit = EDGES.at(r.words, token)
    if hit is None or not r.word(hit.last) or PARTS.at(r.words, token):  # منتصف الليل is an hour
        return None
    whole = day_with_part(r, hit.last, bare=False)
    if whole is None:
        part = PARTS.at(r.words, hit.last, clitics=False)
        if part is None or not part.definite or (part.last - hit.last == 1 and r.norm[hit.last] not in _BARE_PARTS):
            return _edge_of_day(r, hit)
        whole = Piece(hit.start, part.last, TimeExpression("deictic", unit="D", part=part.value))
    return whole.but(start=hit.start, mod=hit.value)


def _edge_of_day(r: Reader, hit: Hit) -> Piece | None:
    """نهاية يوم الأحد، بقية اليوم; أول أمس is another day."""
    if r.norm[hit.last - 1] not in _DAY_EDGES:
        return None
    day = day_at_word(r, hit.last)
    if day is None or day.start != r.words.start[hit.last] or day.expression.end is not None:
        return None
    if day.expression.form == "calendar" and day.expression.day is None:
        return None
    return day.but(start=hit.start, mod="END" if hit.value == "REST" else hit.value)


_DAY_EDGES = frozenset(("نهايه", "بدايه", "بقيه", "باقي", "ختام", "مطلع"))


def hours(r: Reader, token: int) -> Piece | None:
    """Two hours of which only the second says its part of the day: من 5 إلى 6 مساء، بين الثالثة والخامسة عصرا، 4-5 مساء."""
    before = r.before(token)
    first = hour_at(r, token)
    if first is None or not r.word(first.last):
        return None
    joiner, at = r.word(first.last), first.last
    if joiner in _JOINERS:
        at += 1
    elif before in ("بين", "وبين") and joiner.startswith("و"):
        at += joiner == "و"
    else:
        return None
    if before not in _OPEN_RANGE and joiner not in ("-", "–"):
        return None
    at += r.word(at) == "الساعه"
    second = clock_at(r, at) if r.word(at) else None
    if second is None or second.expression.hour is None or second.expression.end is not None:
        return None
    far = second.expression
    hour = shared_hour(first.hour, far.hour or 0)
    return Piece(r.words.start[token], second.last, replace(far, hour=hour, minute=first.minute, second=None, end=far))


def hours_at(r: Reader, token: int) -> Piece | None:
    """Two hours after من or بين, each with its part of the day or sharing one."""
    found = hours(r, token)
    if found is not None:
        return found
    first = clock_at(r, token)
    if first is None or first.expression.shift is not None or not r.word(first.last):
        return None
    joiner = r.word(first.last)
    at = first.last + (joiner in (*_JOINERS, "و"))
    second = clock_at(r, at) if (joiner in _JOINERS or joiner.startswith("و")) and r.word(at) else None
    if second is None or second.expression.shift is not None:
        return None
    return Piece(first.start, second.last, replace(first.expression, end=second.expression))


def shared_hour(first: int, second: int) -> int:
    """An hour of the clock of 12 before an hour of that of 24: 5 before 18 is 17, 9 before 17 is 9."""
    if first > _NOON:
        return first
    before = [h for h in (first % _NOON, first % _NOON + _NOON) if h < second]
    return max(before) if before else first
