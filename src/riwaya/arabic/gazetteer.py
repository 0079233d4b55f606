"""Places with their Arabic names: GeoNames, the territories of CLDR, and the regions and areas that the news needs.

    >>> [c.latin for c in lookup("الما اتا")]
    ['Almaty']
    >>> nationality("الكازاخستانيه")
    'KZ'

The data lies in `riwaya/data/gazetteer.bin`, compiled by tools/compile_gazetteer.py and read on first use (25 ms). GeoNames
is by its contributors, CC BY 4.0 (see NOTICE). Layout: MAGIC, then, compressed by zlib, fifteen lengths (little-endian uint32)
and as many sections: folded names (sorted), their flags, how many places each has less one, those places; for each place its
GeoNames id, latitude and longitude in 1e-5 degrees, inhabitants, kind, country; the countries, the Latin names, the Arabic
names; the first words of names of several words, and how many words at most.
"""

from __future__ import annotations

import struct
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from riwaya.arabic.clitics import Cut, cuts
from riwaya.arabic.lexicon import places as lexicon
from riwaya.arabic.openers import opener, where
from riwaya.arabic.phrases import Match
from riwaya.arabic.words import PUNCTUATION, Words

MAGIC = b"RWGAZ1\n"
KINDS = ("country", "region", "area", "city")
_SECTIONS = 15
_DEGREE = 1e-5
_SHORT = 3  # letters of a name that a proclitic makes look like many an ordinary word
_LARGE = 200_000  # inhabitants
_HYPHENS = frozenset("-‐‑–")

PlaceKind = Literal["city", "country", "region", "area"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a name may mean. `name` is its usual Arabic name; degrees are WGS 84; `country` is ISO 3166 alpha-2.

    `row` numbers it in the compiled file (places by falling population); `geonames_id` is None for places added by hand.
    """

    row: int
    geonames_id: int | None
    name: str
    kind: PlaceKind
    country: str | None
    lat: float
    lon: float
    population: int
    latin: str


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What the finder gives for a name: its places (the largest first) and whether it is an ordinary word too."""

    key: str
    candidates: tuple[Candidate, ...]
    ambiguous: bool


class _Table:
    """The compiled file, unpacked: a dict from name to number, and flat arrays. A name's places are made when asked for."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(MAGIC):
            raise ValueError("gazetteer.bin: not a compiled gazetteer; run tools/compile_gazetteer.py")
        raw = zlib.decompress(data[len(MAGIC) :])
        at = _SECTIONS * 4
        parts: list[bytes] = []
        for length in struct.unpack(f"<{_SECTIONS}I", raw[:at]):
            parts.append(raw[at : at + length])
            at += length
        keys = parts[0].decode().split("\n")
        self.keys = keys
        self.index = dict(zip(keys, range(len(keys)), strict=True))
        self.flags, self._counts, self._rows = parts[1], parts[2], _ints(parts[3])
        self._ids, self._lat, self._lon, self._population = map(_ints, parts[4:8])
        self._kinds, self._country_of = parts[8], parts[9]
        self._countries = parts[10].decode().split("\n")
        self.latin = parts[11].decode().split("\n")
        self._names = parts[12].decode().split("\n")
        self.longest = dict(zip(parts[13].decode().split("\n"), parts[14], strict=True))
        self._first_row = [0] * (len(keys) + 1)
        total = 0
        for number, count in enumerate(self._counts):
            self._first_row[number] = total
            total += count + 1
        self._first_row[len(keys)] = total

    def rows(self, number: int) -> array[int]:
        """The places of the name with this number."""
        return self._rows[self._first_row[number] : self._first_row[number + 1]]

    def largest(self, key: str) -> int:
        """The inhabitants of the largest place of this name."""
        return self._population[self.rows(self.index[key])[0]]

    def country(self, row: int) -> str | None:
        return self._countries[self._country_of[row]] or None

    def candidate(self, row: int) -> Candidate:
        kind: PlaceKind = KINDS[self._kinds[row]]  # type: ignore[assignment]
        return Candidate(
            row, self._ids[row] or None, self._names[row], kind, self.country(row),
            round(self._lat[row] * _DEGREE, 5), round(self._lon[row] * _DEGREE, 5), self._population[row], self.latin[row],
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._ids)


def _ints(data: bytes) -> array[int]:
    made: array[int] = array("i")
    made.frombytes(data)
    if sys.byteorder == "big":
        made.byteswap()
    return made


@cache
def _table() -> _Table:
    return _Table((files("riwaya") / "data" / "gazetteer.bin").read_bytes())


@lru_cache(maxsize=1 << 14)
def place(folded_phrase: str) -> PlaceName | None:
    """The places of a folded name (words with one space between), or None."""
    table = _table()
    number = table.index.get(folded_phrase)
    if number is None:
        return None
    return PlaceName(folded_phrase, tuple(map(table.candidate, table.rows(number))), bool(table.flags[number]))


def lookup(folded_phrase: str) -> tuple[Candidate, ...]:
    """Every place of that folded name, the largest first; empty where none has it."""
    found = place(folded_phrase)
    return found.candidates if found else ()


def lookup_word(norm: str) -> PlaceName | None:
    """The places that one word as it stands in a text may name, proclitics allowed (وروسيا, بالقاهرة)."""
    table = _table()
    for cut in cuts(norm):
        if cut.rest in table.index and _bears_prefix(table, cut):
            return place(cut.rest)
    return None


def is_ambiguous(folded_phrase: str) -> bool:
    """Whether that name is also an ordinary word or a person's name, so that it is a place only where the context says so."""
    found = place(folded_phrase)
    return found is not None and found.ambiguous


def match_at(words: Words, token: int) -> Match[str] | None:
    """The longest name of a place that begins at this token, proclitics allowed; its value is the folded name (for `place`).

    A hyphen between the words of a name is passed over: "ألما-آتا" is found as "الما اتا".
    """
    table = _table()
    for cut in cuts(words.norm[token]):
        most = table.longest.get(cut.rest)
        key, last = _phrase(table, words, token, cut.rest, most) if most else (None, token)
        if key is None:
            if cut.rest not in table.index or not _bears_prefix(table, cut):
                continue
            key, last = cut.rest, token + 1
        start = words.offset(token, len(cut.prefix)) if cut.prefix else words.start[token]
        return Match(token, last, start, words.end[last - 1], cut.prefix, key)
    return None


def _bears_prefix(table: _Table, cut: Cut) -> bool:
    """Whether these letters may be a proclitic before this name: ف is mostly a letter of the word (فرانس), and so is any before a
    name of three letters (برس = ب + رس), unless the place is a large one (بقنا, لقطر).
    """
    if not cut.prefix or cut.rest.startswith("ال"):
        return True
    if "ف" in cut.prefix:
        return False
    return len(cut.rest) > _SHORT or table.largest(cut.rest) >= _LARGE


def _phrase(table: _Table, words: Words, token: int, first: str, most: int) -> tuple[str | None, int]:
    """The longest name of two words or more that begins with `first` at this token, and the token after it."""
    phrase, found, end = first, None, token
    at, norm = token + 1, words.norm
    for _ in range(most - 1):
        if at + 1 < len(norm) and norm[at] in _HYPHENS and words.end[at] == words.start[at + 1]:
            at += 1
        if at >= len(norm) or words.kind[at] == PUNCTUATION or words.newline[at]:
            break
        phrase = f"{phrase} {norm[at]}"
        at += 1
        if phrase in table.index:
            found, end = phrase, at
    return found, end


def find(words: Words) -> Iterator[Match[str]]:
    """Every name of a place in the text, leftmost and longest, none overlapping another; as `match_at` gives them."""
    end = 0
    for token in where(words, PLACE):
        if token >= end:
            match = match_at(words, token)
            if match is not None:
                yield match
                end = match.last


def _may_begin(norm: str) -> bool:
    """Whether a name of a place may begin with this word as it is written."""
    table = _table()
    return any(cut.rest in table.longest or cut.rest in table.index for cut in cuts(norm))


PLACE = opener(_may_begin)


@cache
def _keys_by_row() -> dict[int, list[str]]:
    table = _table()
    made: dict[int, list[str]] = defaultdict(list)
    for number, key in enumerate(table.keys):
        for row in table.rows(number):
            made[row].append(key)
    return made


def other_names(candidate: Candidate) -> tuple[str, ...]:
    """Every folded Arabic spelling of a place, then its Latin name: Almaty -> الماتي, الما اتا, ..., Almaty."""
    return (*_keys_by_row().get(candidate.row, ()), candidate.latin)


@cache
def _rows_by_country() -> dict[str | None, list[int]]:
    table = _table()
    made: dict[str | None, list[int]] = defaultdict(list)
    for row in range(len(table)):
        made[table.country(row)].append(row)
    return made


@cache
def cities_of(country: str) -> tuple[Candidate, ...]:
    """The cities of a country (ISO 3166 alpha-2), the largest first, also those with no Arabic name."""
    made = map(_table().candidate, _rows_by_country().get(country, ()))
    return tuple(c for c in made if c.kind == "city")


@cache
def country(iso: str) -> Candidate | None:
    """The country of that ISO 3166 alpha-2 code."""
    made = map(_table().candidate, _rows_by_country().get(iso, ()))
    return next((c for c in made if c.kind == "country"), None)


_ENDINGS = ("تين", "تان", "ون", "ين", "ات", "ه", "ا")  # of an adjective: dual, plural, feminine, adverbial


@lru_cache(maxsize=1 << 17)
def nationality(folded_word: str) -> str | None:
    """The country that an adjective of nationality names, in any gender and number, with or without ال and proclitics.

    >>> nationality("الروسيه"), nationality("والمصريين"), nationality("امريكيان"), nationality("وزير")
    ('RU', 'EG', 'US', None)
    """
    for cut in cuts(folded_word):
        rest = cut.rest.removeprefix("ال")
        iso = lexicon.NATIONALITIES.get(rest) or lexicon.PEOPLES.get(rest)
        if iso:
            return iso
        for ending in (*_ENDINGS, "ان"):
            if rest.endswith(ending) and (iso := lexicon.NATIONALITIES.get(rest[: -len(ending)])):
                return iso
    return None
