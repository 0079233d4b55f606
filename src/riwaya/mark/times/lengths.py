"""Lengths of time with a number: ثلاثة أسابيع، سنة وستة أشهر، ساعة ونصف; and the years that are somebody's age."""

from __future__ import annotations

from riwaya.arabic.lexicon import times as lexicon
from riwaya.arabic.numerals import cardinal_at
from riwaya.arabic.words import NUMBER
from riwaya.mark.times.calendar import is_year
from riwaya.mark.times.reader import UNITS, Hit, Piece, Reader
from riwaya.model import TimeExpression

_DECADE_CONTEXT = frozenset(lexicon.DECADE_AFTER)
_AGE_CUES = frozenset(lexicon.AGE_CUES)
_COUNTED_FORMS = frozenset("1an")
_AGE_LIMIT = 120
_AGE_WINDOW = 8  # words: "أعمارهم ما بين 25 و30 عاما"
_AGE_FOLLOWERS = frozenset(lexicon.AGE_FOLLOWERS)
_NO_PART = frozenset(("DE", "CE", "Q"))


def split_unit(hit: Hit) -> tuple[str, str]:
    """The unit and its number: "TH2" -> ("TH", "2")."""
    return hit.value[:-1], hit.value[-1]


def duration(count: float | None, unit: str) -> TimeExpression:
    """A length of time; count None: أيام."""
    return TimeExpression("duration", count=count, unit=unit)


def and_half(r: Reader, piece: Piece) -> Piece:
    """ساعة ونصف."""
    if r.word(piece.last) in ("ونصف", "والنصف") and piece.expression.count is not None:
        return piece.but(last=piece.last + 1, count=piece.expression.count + 0.5)
    return piece


def counted(r: Reader, token: int, *, ages: bool = False) -> Piece | None:
    """A number and its unit: ثلاثة أسابيع، 24 ساعة، الثلاثة أيام الماضية; not an age unless `ages`."""
    number = r.cardinal(token)
    if number is None or not r.word(number[1]):
        return None
    count, at = number
    hit = UNITS.at(r.words, at, clitics=False)
    if hit is None or (hit.definite and (hit.value[-1] != "n" or r.kind[token] != NUMBER)):  # 3 الساعات: digits read as الثلاث
        return None
    name, form = split_unit(hit)
    if form not in _COUNTED_FORMS or count <= 0:
        return None
    if name == "DE" and r.before(token) not in _DECADE_CONTEXT:
        return None
    if name == "Y" and form == "1" and is_year(r.digits(hit.last)):
        return None
    start, last = number_start(r, token), hit.last
    if not ages and name in ("Y", "M") and is_age(r, token, last, count):
        return None
    if shift := r.shift(last):
        last = shift.last
    return with_more(r, and_half(r, Piece(start, last, duration(count, name))))


def with_more(r: Reader, length: Piece) -> Piece:
    """A length and what is added to it: سنة وستة أشهر، ساعتين و30 دقيقة، شهر و21 يوما من الآن."""
    said = length.expression
    units = [said.unit or "D"]
    while (joiner := r.word(length.last)) and (joiner[0] == "و" or joiner in (",", "،")):
        at = length.last + (joiner in ("و", ",", "،"))
        number = r.cardinal(at) if r.word(at) else None
        hit = UNITS.at(r.words, number[1], clitics=False) if number and r.word(number[1]) else None
        if hit is None and r.word(at) and (one := UNITS.at(r.words, at)) and one.value[-1] in "12" and not one.definite:
            number, hit = (float(one.value[-1]), at), one  # وشهر واحد
        if number is None or hit is None or hit.definite or hit.value[:-1] in units or hit.value[:-1] in _NO_PART:
            break
        last = hit.last + (r.word(hit.last) in ("واحد", "واحده"))
        if number[0] == int(number[0]) == 1 and last == hit.last and number[1] == at and joiner != "و":
            break  # يوم وساعة: a list, unless a number is said
        units.append(hit.value[:-1])
        length = length.but(last=last, more=(*length.expression.more, (number[0], hit.value[:-1])))
    if r.word(length.last) == "من" and r.word(length.last + 1) == "الان" and length.expression.more:
        length = length.but(last=length.last + 2)
    return length


def number_start(r: Reader, token: int) -> int:
    """Where a number begins, its fused conjunction or preposition cut (وثلاثة أيام)."""
    found = cardinal_at(r.words, token)
    return found.start if found else r.words.start[token]


def is_age(r: Reader, token: int, last: int, count: float) -> bool:
    """Whether a number of years is somebody's age: البالغ 81 عاما، (45 عاما)، محمد علي، 30 سنة،."""
    if count > _AGE_LIMIT:
        return False
    if any(r.norm[i] in _AGE_CUES for i in range(max(0, token - _AGE_WINDOW), token)):
        return True
    after = r.word(last)
    if after == "من" and r.word(last + 1) in ("العمر", "عمره", "عمرها"):
        return True
    if after in _AGE_FOLLOWERS:
        return True
    before = r.before(token)
    enclosed = {"(": ")", "«": "»", "-": "-", "،": "،"}
    return before in enclosed and after == enclosed[before]
