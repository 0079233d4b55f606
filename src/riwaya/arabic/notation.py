"""Numbers as sums and formulas write them: dozens, fractions of two numbers, powers, decimals in words, what is below zero.

`whole` reads what news may write too (نصف دزينة، عشرون وثلاثة أخماس); `noted` reads the rest as well (٣/٤، واحد على عشرين، 2^10،
سالب خمسة، ثلاثة فاصلة خمسة), which in a report is more often a score, a date or one out of many.
"""

from __future__ import annotations

from functools import lru_cache

from riwaya.arabic.cardinals import AND, FRACTION, PARTS, Cardinals, Part
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import numerals as lexicon
from riwaya.arabic.normalize import IGNORED
from riwaya.arabic.words import NUMBER, WORD

_DOZEN = 12
_DOZENS = {**dict.fromkeys(lexicon.DOZEN, _DOZEN), **dict.fromkeys(lexicon.DOZEN_TWO, 2 * _DOZEN)}
_MINUS = frozenset(lexicon.MINUS)
_POINT = frozenset(lexicon.POINT)
_PART = {"جزء": 1, "جزءا": 1, "جزءان": 2, "جزءين": 2, "جزيين": 2}
_PARTS_OF = frozenset(("جزء", "اجزاء", "جزءا"))
_FIFTHS = {"خمس": 5, "سدس": 6, "سبع": 7, "ثمن": 8, "تسع": 9, "عشر": 10}
_TEN, _HUNDRED = 10, 100
_NIL = "صفر"
_SEPARATORS = frozenset(",.٫")
_OVER = frozenset(("علي", "من"))
_STROKES = frozenset("/÷")
_LARGEST_POWER = 300  # of ten: beyond it a float ends

OPENERS = frozenset((_NIL, *_MINUS, *_PART, *_SEPARATORS, "-", "−"))
"""Words and signs with which a number may begin that are none themselves."""


@lru_cache(maxsize=1 << 14)
def dozens(norm: str) -> tuple[int, str] | None:
    """(12 or 24, the particle before it) of a word for dozens; None for any other."""
    return next(((_DOZENS[cut.rest], cut.prefix) for cut in cuts(norm) if cut.rest in _DOZENS), None)


def whole(reader: Cardinals, token: int) -> Part | None:
    """`Cardinals.exact` with dozens and fractions added: نصف دزينة 6, ثلاثمئة ودزينتين 324, عشرون وثلاثة أخماس 20.6."""
    here = dozens(reader.words.norm[token])
    part = Part(here[0], token + 1, 1) if here else reader.exact(token)
    if part is None:
        return None
    norm, last = reader.words.norm, part.last
    if last >= reader.size or reader.words.newline[last]:
        return part
    if (parts := _with_parts_of_one(reader, token, part)) is not None:
        return parts
    after = dozens(norm[last])
    half = reader.entry(last) if here else None
    if half is not None and half.category == FRACTION and half.prefix == AND:  # دزينة ونصف
        return Part(part.value + half.value * _DOZEN, last + 1, 1)
    if after and not after[1] and not here:
        return Part(part.value * after[0], last + 1, 1)
    if after and after[1] == AND:
        return Part(part.value + after[0], last + 1, 1)
    joined = reader.joined(last)
    more = reader.scaled(joined) if joined is not None and part.scale == 1 else None
    if more is not None and more.value < 1 <= part.value and part.value == int(part.value):
        return Part(part.value + more.value, more.last, 1)
    return part


def _with_parts_of_one(reader: Cardinals, token: int, part: Part) -> Part | None:
    """مئة وثلاثة أرباع: 100.75; the grammar of whole numbers has read 103 so far."""
    entry = reader.entry(part.last)
    if entry is None or entry.category != PARTS or entry.prefix:
        return None
    for at in range(token + 1, part.last):
        joined = reader.joined(at)
        more = reader.scaled(joined) if joined is not None else None
        if more is not None and more.last == part.last + 1 and more.value < 1:
            return Part(part.value - round(more.value * entry.value) + more.value, more.last, 1)
    return None


def noted(reader: Cardinals, token: int) -> Part | None:
    """The number that begins at this token in any notation."""
    words = reader.words
    word = words.norm[token]
    if word in _MINUS or (word in ("-", "−") and _sign(reader, token)):
        once = _on_line(reader, token + 1) and words.norm[token + 1] not in _MINUS
        part = noted(reader, token + 1) if once else None
        return None if part is None else Part(-part.value, part.last, part.scale)
    if word in _PART:
        return _over(reader, Part(_PART[word], token + 1, 1), "من", token + 1)
    if word == _NIL:
        nil = Part(0, token + 1, 1)
        return (_decimal(reader, nil) or nil) if _on_line(reader, token + 1) and words.norm[token + 1] in _POINT else nil
    if word in _SEPARATORS and _sign(reader, token) and words.norm[token + 1].isdecimal():  # ,٢٥
        touched = reader.adjacent(token + 1) and words.kind[token + 2] == WORD  # ,٢٥مل
        return None if touched else Part(float(f"0.{words.norm[token + 1]}"), token + 2, 1)
    part = whole(reader, token)
    if part is None or not _on_line(reader, part.last):
        return part
    after = words.norm[part.last]
    if words.kind[token] != NUMBER and (fifths := _fifths(reader, part)):
        return fifths
    if after in _PARTS_OF:
        return _over(reader, part, "من", part.last + 1) or part
    if after in _OVER:
        return _over(reader, part, after, part.last) or part
    if after in _POINT:
        return _decimal(reader, part) or part
    if words.kind[part.last] == NUMBER and part.scale > 1:  # ٤ آلاف ٣ مائة و٢١
        more = reader.exact(part.last)
        if more is None or more.value >= part.scale:
            return part
        joined = reader.joined(more.last)
        rest = reader.digits(joined) if joined is not None and words.kind[joined] == NUMBER else None
        last, units = (rest.last, rest.value) if rest and rest.value < _HUNDRED <= more.value else (more.last, 0)
        return Part(part.value + more.value + units, last, more.scale)
    if words.kind[token] != NUMBER:
        return part
    if after in _STROKES and part.last == token + 1 and (token == 0 or words.norm[token - 1] not in _STROKES):
        return _stroke(reader, part) or part
    if after in _SEPARATORS and (found := _after_control(reader, part)):
        return found
    return _power(reader, part) or _power_from_right(reader, part) or _mixed(reader, part) or part


def _fifths(reader: Cardinals, part: Part) -> Part | None:
    """ثلاث وخمس: three and a fifth; واحد وعشرون خمس: twenty-one fifths. What cannot go on as a whole number."""
    norm, at = reader.words.norm, part.last
    if norm[at].startswith(AND):
        at += norm[at] == AND and _on_line(reader, at + 1)
        below = _FIFTHS.get(norm[at].removeprefix(AND))
        return Part(part.value + 1 / below, at + 1, 1) if below and part.value < _TEN else None
    below = _FIFTHS.get(norm[at])
    return Part(part.value / below, at + 1, 1) if below and part.value > 1 else None


def _on_line(reader: Cardinals, token: int) -> bool:
    return token < reader.size and not reader.words.newline[token]


def _sign(reader: Cardinals, token: int) -> bool:
    """Whether a dash is a sign: right before digits, and not right after anything."""
    words = reader.words
    glued = reader.adjacent(token) and words.kind[token + 1] == NUMBER
    return glued and (token == 0 or words.end[token - 1] < words.start[token] or words.norm[token - 1] in "(<>=^")


def _over(reader: Cardinals, part: Part, word: str, token: int) -> Part | None:
    """واحد على عشرين، واحد من ثلاثة، جزء من مئة."""
    if not _on_line(reader, token) or reader.words.norm[token] != word or not _on_line(reader, token + 1):
        return None
    below = reader.exact(token + 1)
    return Part(part.value / below.value, below.last, 1) if below and below.value else None


def _decimal(reader: Cardinals, part: Part) -> Part | None:
    """ثلاثة فاصلة خمسة 3.5, عشرة فاصلة صفر خمسة 10.05."""
    digits, at = "", part.last + 1
    while _on_line(reader, at):
        if reader.words.norm[at] == "صفر":
            digits, at = digits + "0", at + 1
            continue
        more = reader.exact(at)
        if more is None or more.value != int(more.value):
            break
        below = _over(reader, more, "من", more.last)  # مائتين فاصلة ثلاثة من مئة
        if below is not None and below.value < 1:
            return Part(part.value + below.value, below.last, 1)
        return Part(float(f"{int(part.value)}.{digits}{int(more.value)}"), more.last, 1)
    return Part(part.value, at, 1) if digits else None


def _stroke(reader: Cardinals, part: Part) -> Part | None:
    """٣/٤, not a date (٥/١٧/٢٠١٨); ١/٤ ٢ is two and a quarter, read from the right."""
    words, at = reader.words, part.last + 1
    if not _on_line(reader, at) or words.kind[at] != NUMBER or (_on_line(reader, at + 1) and words.norm[at + 1] in _STROKES):
        return None
    below = reader.digits(at)
    if below is None or not below.value or words.start[at] != words.end[at - 1] or words.start[at - 1] != words.end[at - 2]:
        return None
    value, last = part.value / below.value, below.last
    more = reader.digits(last) if _on_line(reader, last) and words.kind[last] == NUMBER else None
    if more and value < 1 and more.value == int(more.value):
        return Part(more.value + value, more.last, 1)
    return Part(value, last, 1)


def _mixed(reader: Cardinals, part: Part) -> Part | None:
    """2 1/4."""
    words, at = reader.words, part.last
    if words.kind[at] != NUMBER or not _on_line(reader, at + 1) or words.norm[at + 1] not in _STROKES:
        return None
    first = reader.digits(at)
    fraction = _stroke(reader, first) if first else None
    return Part(part.value + fraction.value, fraction.last, 1) if fraction and fraction.value < 1 else None


def _after_control(reader: Cardinals, part: Part) -> Part | None:
    """26،013,94 with a control of direction before its comma, which cuts the number in two."""
    words, at = reader.words, part.last
    between = words.text[words.end[at - 1] : words.start[at]]
    if not between or any(ord(char) not in IGNORED for char in between) or not reader.adjacent(at):
        return None
    if words.kind[at + 1] != NUMBER or not words.norm[at + 1].isdecimal() or part.value != int(part.value):
        return None
    return Part(float(f"{int(part.value)}.{words.norm[at + 1]}"), at + 2, 1)


def _power_from_right(reader: Cardinals, part: Part) -> Part | None:
    """١-^٢٥٠٠, typed from the right: 2500 to the power of -1; two dashes are none."""
    words, at = reader.words, part.last
    while at < reader.size and words.norm[at] in ("-", "−") and reader.adjacent(at - 1):
        at += 1
    dashes = at - part.last
    if not 1 <= dashes <= 2 or at + 1 >= reader.size or words.norm[at] != "^" or words.kind[at + 1] != NUMBER:  # noqa: PLR2004
        return None
    base = reader.digits(at + 1)
    if base is None or not base.value or part.value > _LARGEST_POWER or not (reader.adjacent(at - 1) and reader.adjacent(at)):
        return None
    try:
        return Part(float(base.value ** (part.value * (-1 if dashes == 1 else 1))), base.last, 1)
    except OverflowError:
        return None


def _power(reader: Cardinals, part: Part) -> Part | None:
    """2^10, 1e10, 1.2e+14, 2^-1."""
    words, at = reader.words, part.last
    mark = words.norm[at]
    if mark not in ("^", "e") or not reader.adjacent(at - 1) or not reader.adjacent(at):
        return None
    at += 1
    sign = -1 if words.norm[at] in ("-", "−") else 1
    at += words.norm[at] in ("-", "−", "+")
    if at >= reader.size or words.kind[at] != NUMBER:
        return None
    power = reader.digits(at)
    if power is None or power.value > _LARGEST_POWER:
        return None
    base, exponent = (part.value, sign * power.value) if mark == "^" else (10.0, sign * power.value)
    try:
        value = float(base**exponent) * (part.value if mark == "e" else 1)
    except (OverflowError, ZeroDivisionError):
        return None
    return Part(value, power.last, 1)
