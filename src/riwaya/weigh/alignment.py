"""Two clauses slot by slot: what both name, what only one names, and what stands in one where the other has something else.

A slot is a content word (as the term that `terms` gives it), a number, a country under any of its words (سوريا، السوري،
السوريين), or a negation. Slots are aligned in passes from the surest likeness to the weakest, each slot once; of several that
fit, the one at the nearest place of its clause is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from riwaya.arabic.clitics import cuts
from riwaya.arabic.gazetteer import lookup_word, nationality
from riwaya.arabic.lexicon.scales import POLES, SEATS
from riwaya.arabic.normalize import fold
from riwaya.arabic.numerals import numerals
from riwaya.arabic.spelling import is_native, nearness
from riwaya.arabic.stems import root, stem
from riwaya.arabic.words import PUNCTUATION, words
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.terms import negates, term

WORD, NUMBER, COUNTRY, NEGATION = "word", "number", "country", "negation"


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that a clause names: its kind, the term it is compared by, its light stem, its folded form, what it weighs."""

    kind: str
    term: str
    stem: str
    norm: str
    weight: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The slots of two clauses; `pairs` are aligned ones (places in a, in b), `only_a` and `only_b` the places of the others."""

    a: tuple[Slot, ...]
    b: tuple[Slot, ...]
    pairs: tuple[tuple[int, int], ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]


@lru_cache(maxsize=1 << 12)
def slots(text: str) -> tuple[Slot, ...]:
    """The slots of a clause, in order.

    >>> [(s.kind, s.term) for s in slots("مصر لم توافق على 71 سفينة")]
    [('country', '@EG'), ('negation', 'not'), ('word', '~وفق'), ('number', '#71'), ('word', 'ship')]
    """
    read = words(text)
    numbers: dict[int, str] = {}
    for number in numerals(read):
        low = "" if number.low is None else f"{number.low:g}"
        high = "" if number.high is None else f"{number.high:g}"
        numbers |= dict.fromkeys(range(number.first, number.last), "")
        numbers[number.first] = f"#{low}" if low == high else f"#{low}-{high}"
    found = []
    for at, (norm, kind) in enumerate(zip(read.norm, read.kind, strict=True)):
        if at in numbers:
            slot = Slot(NUMBER, numbers[at], norm, norm, WEIGH.slot_number_weight) if numbers[at] else None
        else:
            slot = None if kind == PUNCTUATION else _word(norm)
        if slot is not None:
            found.append(slot)
    return tuple(found)


@lru_cache(maxsize=1 << 15)
def _word(norm: str) -> Slot | None:
    if country := _country(norm):
        return Slot(COUNTRY, "@" + country, stem(norm), norm, WEIGH.slot_number_weight)
    named = term(norm)
    if named is None:
        return Slot(NEGATION, "not", norm, norm, 0.0) if negates(norm) else None
    kind = NEGATION if named[0] == "deny" else WORD
    return Slot(kind, named[0], stem(norm), norm, max(named[1], WEIGH.slot_least_weight))


def _country(norm: str) -> str | None:
    """The country that a word names, as a noun or as an adjective."""
    if iso := nationality(norm):
        return iso
    place = lookup_word(norm)
    if place is None or not place.candidates or place.candidates[0].kind != "country":
        return None
    return place.candidates[0].country


@lru_cache(maxsize=1 << 12)
def align(a: str, b: str) -> Alignment:
    """The slots of two clauses, aligned.

    >>> held = align("ارتفاع أسعار النفط", "تراجع سعر النفط")
    >>> [(held.a[i].norm, held.b[j].norm) for i, j in held.pairs], [held.b[j].norm for j in held.only_b]
    ([('النفط', 'النفط'), ('اسعار', 'سعر')], ['تراجع'])
    """
    left, right = slots(a), slots(b)
    pairs: list[tuple[int, int]] = []
    free_a, free_b = list(range(len(left))), list(range(len(right)))
    for alike in (_same_form, _same_term, _same_root, _spelled_alike, _same_end, _same_state):
        _take(left, right, pairs, free_a, free_b, alike)
    return Alignment(left, right, tuple(sorted(pairs)), tuple(free_a), tuple(free_b))


def _take(
    left: Sequence[Slot],
    right: Sequence[Slot],
    pairs: list[tuple[int, int]],
    free_a: list[int],
    free_b: list[int],
    alike: Callable[[Slot, Slot], bool],
) -> None:
    for i in list(free_a):
        fitting = [j for j in free_b if alike(left[i], right[j])]
        if fitting:
            place = i / len(left)
            j = min(fitting, key=lambda j: (abs(j / len(right) - place), j))
            pairs.append((i, j))
            free_a.remove(i)
            free_b.remove(j)


def _same_form(x: Slot, y: Slot) -> bool:
    return x.norm == y.norm and x.kind == y.kind


def _same_term(x: Slot, y: Slot) -> bool:
    return x.term == y.term and x.kind == y.kind


def _same_root(x: Slot, y: Slot) -> bool:
    return x.kind == y.kind == WORD and (x.stem == y.stem or root(x.stem) == root(y.stem))


def _spelled_alike(x: Slot, y: Slot) -> bool:
    """A slip of the hand, or a foreign name spelled otherwise."""
    if not x.kind == y.kind == WORD or min(len(x.stem), len(y.stem)) < WEIGH.slot_spelled_letters:
        return False
    if SequenceMatcher(None, x.stem, y.stem, autojunk=False).ratio() >= WEIGH.slot_alike:
        return True
    return not (is_native(x.norm) or is_native(y.norm)) and nearness(x.stem, y.stem) >= WEIGH.slot_nearness


def _same_end(x: Slot, y: Slot) -> bool:
    """Two words at one end of a scale: ارتفاع, صعود."""
    end = pole(x.norm)
    return x.kind == y.kind == WORD and end is not None and end == pole(y.norm)


def _same_state(x: Slot, y: Slot) -> bool:
    """A state and its seat of government: روسيا, موسكو."""
    state = _state(x)
    return state is not None and state == _state(y)


def _state(slot: Slot) -> str | None:
    if slot.kind == COUNTRY:
        return slot.term.removeprefix("@")
    return next((SEATS[cut.rest] for cut in cuts(slot.norm) if cut.rest in SEATS), None) if slot.kind == WORD else None


@cache
def _poles() -> dict[str, tuple[str, str]]:
    """Folded form -> the scale and the end of it (up or down) at which it stands."""
    table: dict[str, tuple[str, str]] = {}
    for pole, forms in POLES.items():
        scale, end = pole.rsplit(" ", 1)
        for form in forms.split():
            table.setdefault(fold(form), (scale, end))
    return table


@lru_cache(maxsize=1 << 14)
def pole(norm: str) -> tuple[str, str] | None:
    """The scale and the end at which a folded word stands: ("level", "up") for بالارتفاع.

    >>> pole("والارتفاع"), pole("ينخفض"), pole("سفينه")
    (("level", "up"), ("level", "down"), None)
    """
    table = _poles()
    for cut in cuts(norm):
        found = table.get(cut.rest) or table.get(cut.rest.removeprefix("ال"))
        if found:
            return found
    return table.get(norm[1:]) if norm.startswith("س") else None  # سيرتفع
