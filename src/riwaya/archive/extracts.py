"""Where the words that were asked for stand in a report, and the stretch of it that shows them best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from riwaya.arabic.words import words
from riwaya.archive.terms import reported, tokens
from riwaya.archive.work import StoredArticle, text_of
from riwaya.model import Article, Span
from riwaya.serial.packed import Unpacker
from riwaya.settings.search import SEARCH

_LEAD = 6  # words before the first match, where there is room, so that it is read in its sentence


def as_indexed(stored: StoredArticle, unpack: Unpacker) -> Article:
    """A report with the furniture that it shows itself, some of which the index leaves out; what other pages show came later."""
    return replace(unpack.one(Article, stored.article), text=text_of(stored.text))


@dataclass(frozen=True, slots=True)
class Extract:
    """A stretch of a report. `text` is the untouched text of `span`; `matches` are the words that were asked for inside it.

    `before`, `after`: the report goes on there.
    """

    span: Span
    text: str
    matches: tuple[Span, ...]
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Matcher:
    """What was asked for, as tokens: `rows` are words in a row, each word any of a set."""

    rows: tuple[tuple[frozenset[str], ...], ...]

    def find(self, stream: Sequence[str]) -> list[tuple[int, int]]:
        """Where the rows stand among tokens ("" for punctuation, which a row reads over): place of a token, number of its row."""
        found: list[tuple[int, int]] = []
        at: list[int] = []
        for number, row in enumerate(self.rows):
            if len(row) == 1:
                wanted = row[0]
                found += [(i, number) for i, t in enumerate(stream) if t in wanted]
                continue
            at = at or [i for i, t in enumerate(stream) if t]
            for k in range(len(at) - len(row) + 1):
                if all(stream[at[k + j]] in one for j, one in enumerate(row)):
                    found += [(at[k + j], number) for j in range(len(row))]
        return sorted(found)


def matches(text: str, matcher: Matcher) -> list[tuple[int, int]]:
    """The code points of each word of a text that was asked for, in order, none twice."""
    cut = words(text)
    return [(cut.start[i], cut.end[i]) for i in sorted({i for i, _ in matcher.find(tokens(cut))})]


def extract(article: Article, matcher: Matcher) -> tuple[Extract, list[Span]]:
    """The stretch of an article that shows most of what was asked for, and every word in all of the article that was."""
    cut = words(article.text)
    report = reported(article, cut)
    stream = tokens(cut)
    held = set(report) if len(report) < len(cut) else range(len(cut))
    found = [(i, row) for i, row in matcher.find(stream) if i in held]
    spans = [Span(article.id, cut.start[i], cut.end[i]) for i in sorted({i for i, _ in found})]
    if not report:
        return Extract(Span(article.id, 0, 0), "", (), False, bool(article.text)), spans
    first, last = _window(report, found, next((k for k, i in enumerate(report) if cut.start[i] >= article.body_start), 0))
    start, end = cut.start[report[first]], cut.end[report[last]]
    inside = tuple(s for s in spans if start <= s.start and s.end <= end)
    return Extract(Span(article.id, start, end), article.text[start:end], inside, first > 0, last < len(report) - 1), spans


def _window(report: Sequence[int], found: Sequence[tuple[int, int]], body: int) -> tuple[int, int]:
    """The first and the last word of the stretch with most different rows, then most matches, then the earliest."""
    at = [(bisect_left(report, i), row) for i, row in found]
    size = SEARCH.snippet
    best, chosen = (0, 0), body
    low = 0
    for high, (k, _) in enumerate(at):
        while at[low][0] <= k - size:
            low += 1
        inside = at[low : high + 1]
        score = (len({row for _, row in inside}), len(inside))
        if score > best:
            best, chosen = score, max(at[low][0] - _LEAD, k - size + 1)
    first = max(0, min(chosen, len(report) - size))
    return first, min(first + size, len(report)) - 1
