"""Numbers as sums and formulas write them: dozens, fractions of two numbers, powers, decimals in words, what is below zero.

`whole` reads what news may write too (نصف دزينة، عشرون وثلاثة أخماس); `noted` reads the rest as well (٣/٤، واحد على عشرين، 2^10،
سالب خمسة، ثلاثة فاصلة خمسة), which in a report is more often a score, a date or one out of many.
"""

from __future__ import annotations

from functools import lru_cache

from riwaya.arabic.bounds import Around
from riwaya.arabic.cardinals import AND, BEFORE_TEN, FRACTION, ONE, PARTS, Cardinals, Part, number_word, tidy
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
_FIFTHS, _TWO_FIFTHS, _PARTS_OF_ONE = lexicon.FIFTHS, lexicon.TWO_FIFTHS, lexicon.PARTS_OF_ONE
_EIGHTH = "ثمن"
_PRICE_BEFORE = frozenset(lexicon.PRICE_BEFORE)
_TENS_PARTS = lexicon.TENS_PARTS
_LETTERS = lexicon.LETTERS_OF_SCALE
_TEN, _HUNDRED = 10, 100
_NIL = frozenset(lexicon.NIL)
_ABOVE_OR_BELOW = frozenset(("تحت", "فوق", "دون"))
_POINT_OR_NOUN = frozenset(lexicon.POINT_OR_NOUN)
_PER = {"بالالف": 1000, "بالمليون": 10**6, "بالمليار": 10**9}
_BUT = "الا"
_SEPARATORS = frozenset(",.٫")
_OVER = frozenset(("علي", "من"))
_ONE = frozenset(("واحد", "واحدا"))
_HALVES = 2
_OUT_OF = frozenset(("اصل", "كل"))
_NEXT_UNIT = {100: 10, 1000: 1000}  # hundreds end below a thousand, thousands below a million
_STROKES = frozenset("/÷")
_DASHES = ("-", "−")
_COMMA = "فاصله"
BELOW_ZERO = Around(dict.fromkeys(lexicon.BELOW_ZERO, "minus"), backwards=False)
POWER = Around(dict.fromkeys(lexicon.POWER, "power"), backwards=False)
_LONGEST_FRACTION = 12  # digits said one by one after a decimal point
_LARGEST_POWER = 300  # of ten: beyond it a float ends

_AND_MINUS = frozenset(AND + word for word in _MINUS)
OPENERS = frozenset((*_AND_MINUS, _EIGHTH, *_NIL, *_TWO_FIFTHS, *_MINUS, *_PART, *_SEPARATORS, "-", "−"))
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
    if norm[last] == _COMMA and (decimal := _decimal(reader, part)) is not None:
        return decimal
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
    if word in _MINUS or word in _AND_MINUS or (word in _DASHES and (_sign(reader, token) or _opening_sign(reader, token))):
        once = _on_line(reader, token + 1) and words.norm[token + 1] not in (*_MINUS, *_DASHES)
        part = noted(reader, token + 1) if once else None
        return None if part is None else Part(-part.value, part.last, part.scale)
    if word in _PART:
        return _over(reader, Part(_PART[word], token + 1, 1), "من", token + 1)
    if word in _TWO_FIFTHS:
        return Part(2 / _TWO_FIFTHS[word], token + 1, 1)
    if word in _FIFTHS and _is_part(reader, token):
        one = _on_line(reader, token + 1) and words.norm[token + 1] in _ONE
        return Part(1 / _FIFTHS[word], token + 1 + one, 1)
    if word in _NIL:
        if token and words.norm[token - 1] in _ABOVE_OR_BELOW:  # درجات تحت الصفر
            return None
        nil = Part(0, token + 1, 1)
        return (_decimal(reader, nil) or nil) if _on_line(reader, token + 1) and words.norm[token + 1] in _POINT else nil
    if word in _SEPARATORS and _sign(reader, token) and words.norm[token + 1].isdecimal():  # ,٢٥
        touched = reader.adjacent(token + 1) and words.kind[token + 2] == WORD  # ,٢٥مل
        return None if touched else Part(float(f"0.{words.norm[token + 1]}"), token + 2, 1)
    part = whole(reader, token)
    if part is None or not _on_line(reader, part.last):
        return part
    part = _spoken(reader, part)
    if not _on_line(reader, part.last):
        return part
    if BELOW_ZERO.after(words, part.last) and part.value > 0:
        return Part(-part.value, part.last + 2, 1)
    if (power := POWER.after(words, part.last)) and (raised := _raised(reader, part, power[0])):
        return raised
    after = words.norm[part.last]
    if words.kind[token] != NUMBER and (fifths := _fifths(reader, part)):
        return fifths
    if after in ("من", "في") and _on_line(reader, part.last + 1) and words.norm[part.last + 1] in _OUT_OF:
        return _over(reader, part, words.norm[part.last + 1], part.last + 1) or part
    if words.kind[token] != NUMBER and part.scale == 1 and part.value < _HUNDRED:
        part = _units_first(reader, part)
        if not _on_line(reader, part.last):
            return part
        after = words.norm[part.last]
    if after in _PARTS_OF:
        return _over(reader, part, "من", part.last + 1) or part
    if after in _OVER:
        return _over(reader, part, after, part.last) or part
    if after in _POINT or (after in _POINT_OR_NOUN and words.kind[token] != NUMBER):
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
    if after in _LETTERS and _letter_of_scale(reader, part):
        return Part(part.value * _LETTERS[after], part.last + 1, 1)
    return _power(reader, part) or _power_from_right(reader, part) or _mixed(reader, part) or part


def _spoken(reader: Cardinals, part: Part) -> Part:
    """What goes on in words with no و: تريليون واحد, مليون ثلاثمئة; خمسة إلا ربعا 4.75; خمسة بالألف; مئة واثنان وثلاثون أخماس."""
    words, last = reader.words, part.last
    norm, entry = words.norm[last], reader.entry(last)
    if part.scale > 1 and entry and not entry.prefix and not entry.definite and words.kind[last] == WORD:
        if entry.category == ONE and entry.value == 1 and part.value == part.scale:
            return Part(part.value, last + 1, part.scale)
        more = reader.exact(last)
        if more is not None and 1 < more.value < part.scale and more.value == int(more.value):
            return Part(part.value + more.value, more.last, more.scale)
    if entry and entry.category == ONE and not entry.prefix and part.value >= 2 * _TEN:  # ألفان ومئتان ثلاثة أخماس
        below = reader.scaled(last)
        if below is not None and below.value < 1:
            return Part(part.value + below.value, below.last, 1)
    if part.value < 1 and norm in _ONE and words.kind[last - 1] == WORD:  # ثمن واحد
        return Part(part.value, last + 1, 1)
    if norm == _BUT and _on_line(reader, last + 1) and words.norm[last + 1] in _PARTS_OF_ONE:
        return Part(part.value - 1 / _PARTS_OF_ONE[words.norm[last + 1]], last + 2, 1)
    if norm in _PER:
        return Part(part.value / _PER[norm], last + 1, 1)
    if norm == "في" and _on_line(reader, last + 1) and "ب" + words.norm[last + 1] in _PER:
        return Part(part.value / _PER["ب" + words.norm[last + 1]], last + 2, 1)
    if entry and entry.category == PARTS and not entry.prefix and part.scale == 1 and part.value > entry.value:
        return Part(part.value / entry.value, last + 1, 1)
    if (part.value < _TEN or part.value == _HUNDRED) and (below := _tens_parts(reader, last)) is not None:
        return Part(part.value / below.value, below.last, 1)
    whole_hundreds = part.scale == 1 and _HUNDRED <= part.value < _TEN * _HUNDRED and part.value % _HUNDRED == 0
    if whole_hundreds and entry and not entry.prefix and not entry.definite and norm not in _PARTS_OF_ONE:
        more = reader.exact(last)  # مئة ستة عشر
        if more is not None and 1 < more.value < _HUNDRED and more.value == int(more.value):
            return Part(part.value + more.value, more.last, 1)
    return part


def _units_first(reader: Cardinals, part: Part) -> Part:
    """ثمان وأربعين وتسعمائة وألف 1948: units, tens, hundreds, thousands, as years are said in older prose."""
    value, last, unit = part.value, part.last, _HUNDRED
    while value == int(value) and (joined := reader.joined(last)) is not None and reader.words.kind[joined] != NUMBER:
        more = reader.exact(joined)
        if more is None or more.value % unit or more.value >= unit * _NEXT_UNIT[unit]:
            break
        value, last = value + more.value, more.last
        if unit != _HUNDRED:
            break
        unit *= _TEN
    return part if last == part.last else Part(value, last, 1)


def _tens_parts(reader: Cardinals, token: int) -> Part | None:
    """واحد وعشرونات, of ثلاثة واحد وعشرونات: twenty-firsts."""
    norm = reader.words.norm
    if norm[token] in _TENS_PARTS:
        return Part(_TENS_PARTS[norm[token]], token + 1, 1)
    entry = reader.entry(token)
    if entry is None or entry.category not in (ONE, BEFORE_TEN) or not _on_line(reader, token + 1):
        return None
    at = token + 1 + (norm[token + 1] == AND)
    tens = _TENS_PARTS.get(norm[at].removeprefix(AND)) if _on_line(reader, at) else None
    return Part(entry.value + tens, at + 1, 1) if tens else None


def _is_part(reader: Cardinals, token: int) -> bool:
    """Whether خمس is a fifth: of what is definite (خمس السكان), or alone (what is counted would follow). ثمن is else a price."""
    words, norm = reader.words, reader.words.norm
    before = norm[token - 1] if token and not words.newline[token] else ""
    if norm[token] == _EIGHTH and before in _PRICE_BEFORE:
        return False
    if before and (words.kind[token - 1] == NUMBER or number_word(before)):
        return False
    if not _on_line(reader, token + 1) or norm[token + 1] in _ONE:
        return True
    after = norm[token + 1]
    return words.kind[token + 1] == WORD and after.startswith("ال") and not after.endswith("ات") and not number_word(after)


def _raised(reader: Cardinals, part: Part, token: int) -> Part | None:
    """عشرة أس خمسة, عشرة مرفوعة للقوة سالب اثنين."""
    power = noted(reader, token) if _on_line(reader, token) else None
    if power is None or abs(power.value) > _LARGEST_POWER:
        return None
    try:
        return Part(float(part.value**power.value), power.last, 1)
    except (OverflowError, ZeroDivisionError):
        return None


def _letter_of_scale(reader: Cardinals, part: Part) -> bool:
    """Whether the letter after digits is a scale: 10k, 1.5M; m in small letters is metres, and more letters make a unit."""
    words, at = reader.words, part.last
    surface = words.text[words.start[at] : words.end[at]]
    return reader.adjacent(at - 1) and not reader.adjacent(at) and (surface == "k" or surface.isupper())


def _fifths(reader: Cardinals, part: Part) -> Part | None:
    """ثلاث وخمس: three and a fifth; واحد وعشرون خمس: twenty-one fifths. What cannot go on as a whole number."""
    norm, at = reader.words.norm, part.last
    if norm[at].startswith(AND):
        at += norm[at] == AND and _on_line(reader, at + 1)
        below = _PARTS_OF_ONE.get(norm[at].removeprefix(AND))
        return Part(part.value + 1 / below, at + 1, 1) if below and 1 <= part.value < _TEN else None
    below = _PARTS_OF_ONE.get(norm[at])  # واحد ثمن, ثلاثة ربع, واحد وعشرون خمسا
    return Part(part.value / below, at + 1, 1) if below and below > _HALVES and part.value >= 1 else None


def _on_line(reader: Cardinals, token: int) -> bool:
    return token < reader.size and not reader.words.newline[token]


def _sign(reader: Cardinals, token: int) -> bool:
    """Whether a dash is a sign: right before digits, and not right after anything."""
    words = reader.words
    glued = reader.adjacent(token) and words.kind[token + 1] == NUMBER
    return glued and (token == 0 or words.end[token - 1] < words.start[token] or words.norm[token - 1] in "(<>=^")


def _opening_sign(reader: Cardinals, token: int) -> bool:
    """Whether a dash and a space before digits open the whole text: - ١ ٤/٥. Before a line of a longer text it is a bullet."""
    return token == 0 and reader.size > 1 and reader.words.kind[1] == NUMBER and "\n" not in reader.words.text.strip()


def _over(reader: Cardinals, part: Part, word: str, token: int) -> Part | None:
    """واحد على عشرين، واحد من ثلاثة، جزء من مئة."""
    if not _on_line(reader, token) or reader.words.norm[token] != word or not _on_line(reader, token + 1):
        return None
    below = reader.exact(token + 1)
    return Part(part.value / below.value, below.last, 1) if below and below.value else None


def _decimal(reader: Cardinals, part: Part) -> Part | None:
    """ثلاثة فاصلة خمسة 3.5, عشرة فاصلة صفر خمسة 10.05, ثلاثة فاصلة واحد أربعة 3.14, اثنان فاصلة ثلاثة مليون 2300000."""
    digits, at, scale = "", part.last + 1, 1.0
    if part.value != int(part.value):
        return None
    while _on_line(reader, at) and len(digits) < _LONGEST_FRACTION and scale == 1:
        if reader.words.norm[at] in _NIL:
            digits, at = digits + "0", at + 1
            continue
        more = reader.exact(at)
        if more is None or (digits.strip("0") and (more.value >= _TEN or _prefixed(reader, at))):
            break
        below = _over(reader, more, "من", more.last)  # مائتين فاصلة ثلاثة من مئة
        if below is not None and below.value < 1:
            return Part(part.value + below.value, below.last, 1)
        said = more.value / more.scale
        if said != int(said):
            break
        digits, at, scale = digits + str(int(said)), more.last, more.scale
        if said >= _TEN:
            break
    return Part(tidy(float(f"{int(part.value)}.{digits}") * scale), at, scale) if digits else None


def _prefixed(reader: Cardinals, token: int) -> bool:
    entry = reader.entry(token)
    return entry is None or bool(entry.prefix) or reader.words.kind[token] == NUMBER


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
    """١-^٢٥٠٠, typed from the right: 2500 to the power of -1; two dashes are none. ١-e١٢ is 12e-1."""
    words, at = reader.words, part.last
    while at < reader.size and words.norm[at] in (*_DASHES, "+") and reader.adjacent(at - 1):
        at += 1
    signs, dashes = at - part.last, sum(words.norm[i] in _DASHES for i in range(part.last, at))
    if not 1 <= signs <= 2 or at + 1 >= reader.size or words.norm[at] not in ("^", "e") or words.kind[at + 1] != NUMBER:  # noqa: PLR2004
        return None
    base = reader.digits(at + 1)
    if base is None or not base.value or part.value > _LARGEST_POWER or not (reader.adjacent(at - 1) and reader.adjacent(at)):
        return None
    try:
        power = part.value * (-1 if dashes == 1 else 1)
        return Part(float(base.value**power if words.norm[at] == "^" else base.value * 10.0**power), base.last, 1)
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
