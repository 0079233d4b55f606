"""The line on which a page says when it published its report: نشر في: الاثنين 3 مارس 2031، صحيفة الوادي - الأحد 2 مارس 2031.

Such a line stands at the head of the page, or closes it with the outlet's name; a date in a box beside the report does not
count. The page reader sets these lines aside as furniture, so that they are read here by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from riwaya.arabic.lexicon import page_dates as lexicon
from riwaya.arabic.normalize import fold
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.words import PUNCTUATION, Words, words
from riwaya.mark.document import prepare
from riwaya.mark.times import find_times
from riwaya.model import Article, Span, Time, TimeExpression
from riwaya.settings.dates import DATES

_SEPARATORS = frozenset("-–—|/،,:•")


class PageDate(NamedTuple):
    """A page's own date. `sure` where words say that it was published then; else it only stands where such dates stand."""

    expression: TimeExpression
    span: Span
    text: str
    sure: bool


class _Line(NamedTuple):
    start: int
    text: str
    words: Words
    size: int  # words and numbers, no punctuation


def page_date(article: Article) -> PageDate | None:
    """The date that an article's page gives it, the line that says so before one that only bears a date, or None."""
    lines = _lines(article.text)
    long = [i for i, line in enumerate(lines) if line.size > DATES.line_words]
    first, last = (long[0], long[-1]) if long else (len(lines), -1)
    found: list[tuple[int, int, PageDate]] = []
    for i, line in enumerate(lines):
        near = i < min(first + 1, DATES.head_lines) or (last < i <= last + DATES.foot_lines)
        if not near or line.size > DATES.line_words or not any(c.isdecimal() for c in line.text):
            continue
        ranked = _read(article, line, head=i <= first, closing=i == len(lines) - 1)
        if ranked is not None:
            found.append((ranked[0], i, ranked[1]))
    return min(found, key=lambda f: f[:2])[2] if found else None


def _lines(text: str) -> list[_Line]:
    out, at = [], 0
    for raw in text.splitlines(keepends=True):
        stripped = raw.strip()
        if stripped:
            tokens = words(stripped)
            size = sum(kind != PUNCTUATION for kind in tokens.kind)
            out.append(_Line(at + raw.index(stripped[0]), stripped, tokens, size))
        at += len(raw)
    return out


def _read(article: Article, line: _Line, *, head: bool, closing: bool) -> tuple[int, PageDate] | None:
    """The date of one line and its rank: 0 published, 1 updated, 2 a date where a page's own date stands."""
    cue = next(_cues().find(line.words), None)
    rest = line.text if cue is None else line.text[cue.end :]
    shift = len(line.text) - len(rest)
    times = find_times(prepare(Article(article.id, article.path, rest)))
    dated = [t for t in times if _is_full(t, year=cue is None)]
    if not dated:
        return None
    time = min(dated, key=lambda t: (t.calendar == "hijri", t.span))
    assert time.expression is not None
    other = _other_words(rest, times)
    if cue is None:
        if time.expression.weekday is None and other:
            return None
        named = bool(other) and _names_outlet(article, other, rest, time)
        if not (head and len(other) <= DATES.line_other) and not (closing and named):
            return None
    elif len(other) > DATES.line_other_cued:
        return None
    start = line.start + shift + time.span.start
    said = replace(time.expression, today=True, unit="D", shift=0, tense=None, hour=None, minute=None, part=None, end=None)
    rank = 2 if cue is None else 0 if cue.value == "published" else 1
    return rank, PageDate(said, Span(article.id, start, start + len(time.text)), time.text, cue is not None)


def _is_full(time: Time, *, year: bool) -> bool:
    said = time.expression
    if said is None or said.form != "calendar" or said.day is None or said.month is None or said.shift is not None:
        return False
    if time.text.isascii() and any(c.isalpha() for c in time.text):
        return False  # "December 19, 2024" stands beside an Arabic report
    return said.year is not None or not year


def _other_words(text: str, times: Sequence[Time]) -> list[str]:
    """The words of a line that belong to no time and are none of those that stand beside one."""
    spans = [(t.span.start, t.span.end) for t in times]
    return [norm for norm, start in _visible(text) if not any(a <= start < b for a, b in spans) and norm not in _beside()]


def _visible(text: str) -> Iterator[tuple[str, int]]:
    tokens = words(text)
    for norm, start, kind in zip(tokens.norm, tokens.start, tokens.kind, strict=True):
        if kind != PUNCTUATION and not norm.isdecimal():
            yield norm, start


def _names_outlet(article: Article, other: Sequence[str], text: str, time: Time) -> bool:
    """Whether a closing line is an outlet's name and its date, one apart from the other: صحيفة الوادي - الأحد 2 مارس 2031."""
    if len(other) > DATES.line_other:
        return False
    if article.outlet and set(other) & {fold(w) for w in article.outlet.split()}:
        return True
    between = text[: time.span.start].rstrip()[-1:] or text[time.span.end :].lstrip()[:1]
    return time.expression is not None and time.expression.weekday is not None and between in _SEPARATORS


@cache
def _cues() -> Phrases[str]:
    return Phrases(lexicon.CUES, clitics=False)


@cache
def _beside() -> frozenset[str]:
    return frozenset(w for phrase in lexicon.BESIDE for w in phrase.split())
