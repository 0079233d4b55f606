"""What words say together that they do not say one by one: fixed wordings, figures and days, for comparing sentences.

A figure is compared by what it counts and about how much: 81 and 83 killed are two reports' counts of the same dead. A day is
compared by its date, so that أمس and مساء السبت meet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from riwaya.arabic.lexicon.wordings import PHRASES
from riwaya.arabic.stems import stem
from riwaya.model import Figure, Marks, Span
from riwaya.relate.reading import Reading
from riwaya.settings.passages import PASSAGES

FIGURE = "#"  # begins the term of a figure
DAY = "%"  # begins the term of a day
_REVISED = frozenset(("killed", "injured", "missing", "arrested", "displaced"))  # kinds of figures that reports revise
_ISO_DAY = 10  # characters of 2013-02-17
Phrase = tuple[tuple[str, ...], str]


@cache
def _phrases() -> dict[str, list[Phrase]]:
    """First stem -> the phrases that begin with it, the longest first."""
    table: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for phrase, concept in PHRASES.items():
        stems = tuple(map(stem, phrase.split()))
        table[stems[0]].setdefault(stems, f"={concept}" if concept else "")
    return {first: sorted(rest.items(), key=lambda p: (-len(p[0]), p[0])) for first, rest in table.items()}


def fixed_wordings(stems: Sequence[str]) -> dict[int, str]:
    """Word -> its term, for the words of fixed phrases: the phrase's concept at its first word, "" at the others."""
    found: dict[int, str] = {}
    table, reached = _phrases(), 0
    for at, first in enumerate(stems):
        if at < reached:
            continue
        for phrase, concept in table.get(first, ()):
            if tuple(stems[at : at + len(phrase)]) == phrase:
                reached = at + len(phrase)
                found.update(dict.fromkeys(range(at, reached), ""))
                found[at] = concept
                break
    return found


def figure_levels(marks: Iterable[Marks]) -> dict[tuple[str, float], str]:
    """(kind, value) -> the term of such a figure; counts of casualties that hardly differ have one."""
    values: defaultdict[str, set[float]] = defaultdict(set)
    for found in marks:
        for figure in found.figures:
            values[figure.kind].add(_value(figure))
    levels: dict[tuple[str, float], str] = {}
    for kind, several in values.items():
        low = before = float("nan")
        for value in sorted(several):
            if kind not in _REVISED or not value - before <= PASSAGES.figure_slack * value:
                low = value
            levels[kind, value] = f"{FIGURE}{kind}{low:g}" if kind in _REVISED else f"{FIGURE}{low:g}"
            before = value
    return levels


def _value(figure: Figure) -> float:
    return next((bound for bound in (figure.low, figure.high) if bound is not None), 0.0)


def figure_terms(reading: Reading, marks: Marks, levels: dict[tuple[str, float], str]) -> dict[int, str]:
    """Word -> its term, for the words that give a figure's number."""
    found: dict[int, str] = {}
    for figure in marks.figures:
        words = _within(reading, figure.span)
        digits = [at for at in words if reading.stems[at][:1].isdigit()]
        if digits:
            found.update(dict.fromkeys(digits, ""))
            found[digits[0]] = levels[figure.kind, _value(figure)]
        elif words:
            found[words[-1]] = levels[figure.kind, _value(figure)]  # a dual: شخصين
    return found


def day_terms(reading: Reading, marks: Marks) -> dict[int, str]:
    """Word -> its term, for the words that name a day; others keep their own."""
    found: dict[int, str] = {}
    for time in marks.times:
        if time.value and len(time.value) >= _ISO_DAY and time.value[:4].isdigit() and time.value[4] == time.value[7] == "-":
            words = _within(reading, time.span)
            if words:
                found.update(dict.fromkeys(words, ""))
                found[words[0]] = DAY + time.value[:_ISO_DAY]
    return found


def _within(reading: Reading, span: Span) -> range:
    """The words that have a character in a span."""
    return range(bisect_left(reading.end, span.start + 1), bisect_left(reading.start, span.end))
