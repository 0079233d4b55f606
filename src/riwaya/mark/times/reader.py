"""What the rules of times read: the words of a document, tables of time words, and pieces of a time found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, NamedTuple

from riwaya.arabic.calendars import MONTHS
from riwaya.arabic.cardinals import number_word, ordinal_word
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import times as lexicon
from riwaya.arabic.numerals import cardinal_at, ordinal_at
from riwaya.arabic.openers import opener
from riwaya.arabic.words import NUMBER, Words
from riwaya.model import TimeExpression


class Hit(NamedTuple):
    """A word or phrase of a table: the token after it, its value, where it starts in the text (without و ف ب ل ك).

    `definite`: written with ال. `fused`: with لل, which stays in the span (للعام الحالي).
    """

    last: int
    value: Any
    definite: bool
    prefix: str
    start: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A time found: text offset of its start, the token after it, what it says."""

    start: int
    last: int
    expression: TimeExpression

    def but(self, **changes: Any) -> Piece:
        """The same with other fields of the expression."""
        last = changes.pop("last", self.last)
        start = changes.pop("start", self.start)
        return Piece(start, last, replace(self.expression, **changes) if changes else self.expression)


class Table:
    """Words of time, looked up with or without the article and with proclitics before them."""

    def __init__(self, entries: Mapping[str, Any], *, article: bool = False) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Any, bool]]] = {}
        for phrase, value in entries.items():
            self._add(phrase.split(" "), value, definite=phrase.split(" ")[-1].startswith("ال"))
            if article:
                *before, noun = phrase.split(" ")
                self._add([*before, "ال" + noun], value, definite=True)
        for candidates in self._by_first.values():
            candidates.sort(key=lambda c: -len(c[0]))

    def _add(self, parts: list[str], value: Any, *, definite: bool) -> None:
        self._by_first.setdefault(parts[0], []).append((tuple(parts), value, definite))

    @property
    def first_words(self) -> Iterable[str]:
        """The words with which its phrases begin."""
        return self._by_first

    def value_of(self, phrase: str) -> Any:
        """The value of a phrase as it stands; None where there is none."""
        parts = tuple(phrase.split(" "))
        return next((value for known, value, _ in self._by_first.get(parts[0], ()) if known == parts), None)

    def at(self, words: Words, token: int, *, clitics: bool = True) -> Hit | None:
        """The longest phrase that begins at this token, the reading with the fewest proclitics first."""
        if token >= len(words):
            return None
        norm = words.norm
        for cut in cuts(norm[token]):
            for parts, value, definite in self._by_first.get(cut.rest, ()):
                last = token + len(parts)
                if len(parts) > 1 and (tuple(norm[token + 1 : last]) != parts[1:] or any(words.newline[token + 1 : last])):
                    continue
                letters = len(cut.prefix) - 1 if cut.fused else len(cut.prefix)
                start = words.offset(token, letters) if letters else words.start[token]
                return Hit(last, value, definite, cut.prefix, start)
            if not clitics:
                return None
        return None


WEEKDAYS = Table(lexicon.WEEKDAYS)
UNITS = Table(lexicon.UNITS, article=True)
SHIFTS = Table(lexicon.SHIFTS)
DEICTICS = Table(lexicon.DEICTICS)
PARTS = Table(lexicon.PARTS, article=True)
DAY_PARTS = Table(lexicon.DAY_PARTS)
EDGES = Table(lexicon.EDGES)
HALVES = Table(lexicon.HALVES)
SEASONS = Table(lexicon.SEASONS, article=True)
DECADES = Table(lexicon.DECADES)
REFERENCES = Table(lexicon.REFERENCES)
SETS = Table(lexicon.SETS)
HOLIDAYS = Table(lexicon.HOLIDAYS)
MONTH_NAMES = Table(MONTHS)
PREPOSITIONS = Table({w: w for w in ("قبل", "منذ", "بعد", "كل", "هذا", "هذه", "عده", "بضعه", "بضع", "نصف")})


@lru_cache(maxsize=1 << 16)  # word types of a large run
def rules_for(word: str) -> tuple[str, ...]:
    """The names of the rules that may begin with this folded word, in the order in which they are tried."""
    openers = _openers()
    opened = frozenset(name for cut in cuts(word) for name in openers.get(cut.rest, ()))
    found = [name for name, _ in _RULES if name in opened] if opened else []
    if number_word(word) or ordinal_word(word):
        found.append("number")
    return tuple(found)


TIME = opener(lambda norm: norm[:1].isdecimal() or rules_for(norm))

_RULES = (
    ("edge", EDGES),
    ("reference", REFERENCES),
    ("holiday", HOLIDAYS),
    ("deictic", DEICTICS),
    ("half", HALVES),
    ("part", PARTS),
    ("weekday", WEEKDAYS),
    ("month", MONTH_NAMES),
    ("unit", UNITS),
    ("season", SEASONS),
    ("decade", DECADES),
    ("set", SETS),
    ("preposition", PREPOSITIONS),
)


@cache
def _openers() -> dict[str, tuple[str, ...]]:
    """Word -> the rules whose phrases begin with it."""
    made: dict[str, tuple[str, ...]] = {}
    for name, table in _RULES:
        for first in table.first_words:
            made[first] = (*made.get(first, ()), name)
    return made


class Reader:
    """The words of one text with the small questions that the rules ask of them."""

    __slots__ = ("_ordinals", "kind", "norm", "size", "words")

    def __init__(self, words: Words) -> None:
        self.words = words
        self.norm = words.norm
        self.kind = words.kind
        self.size = len(words)
        self._ordinals: dict[int, tuple[int, int] | None] = {}

    def word(self, token: int) -> str:
        """The folded word at a token, "" outside the text or on another line than the one before it."""
        return self.norm[token] if 0 < token < self.size and not self.words.newline[token] else ""

    def before(self, token: int) -> str:
        """The folded word before a token on the same line, "" where there is none."""
        return self.norm[token - 1] if token > 0 and not self.words.newline[token] else ""

    def glued(self, token: int) -> bool:
        """Whether nothing stands between this token and the one before it."""
        return 0 < token < self.size and self.words.end[token - 1] == self.words.start[token]

    def digits(self, token: int) -> int | None:
        """The value of a token of one to eight digits, no separators."""
        if 0 <= token < self.size and self.kind[token] == NUMBER and len(self.norm[token]) <= 8 and self.norm[token].isdecimal():  # noqa: PLR2004
            return int(self.norm[token])
        return None

    def cardinal(self, token: int) -> tuple[float, int] | None:
        """An exact number in digits or words that begins at this token, and the token after it."""
        if token >= self.size:
            return None
        found = cardinal_at(self.words, token)
        if found is None or found.low is None or found.low != found.high or found.fraction:
            return None
        return found.low, found.last

    def ordinal(self, token: int) -> tuple[int, int] | None:
        """A definite ordinal that begins at this token, and the token after it."""
        if token not in self._ordinals:  # several rules ask in turn
            self._ordinals[token] = self._ordinal(token)
        return self._ordinals[token]

    def _ordinal(self, token: int) -> tuple[int, int] | None:
        if token >= self.size or self.kind[token] == NUMBER:
            return None
        found = ordinal_at(self.words, token)
        if found is None or found.low is None or not found.definite:
            return None
        return int(found.low), found.last

    def shift(self, token: int) -> Hit | None:
        """الماضي، الجاري، المقبل at this token."""
        return SHIFTS.at(self.words, token, clitics=False) if self.word(token) else None
