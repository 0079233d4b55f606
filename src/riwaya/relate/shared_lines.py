"""Furniture that shows only when an outlet's pages are laid side by side: the lines that they repeat.

Copied news repeats too: an outlet that brings one agency report three times repeats each of its lines. A line therefore counts
once for each different text that it stands in, must be short or stand at the page's edge, and be as common as furniture is. Some
extractors break a sentence at its links; what goes on a sentence of the line before is no furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urlsplit

from riwaya.arabic.memo import Memo
from riwaya.arabic.normalize import FOLDED
from riwaya.model import Article, Furniture
from riwaya.settings.relate import RELATE

KIND = "shared"

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_NAUGHTS = re.compile("00+")
_WORD = re.compile(r"[^\W\d_][\W_]*[^\W\d_]")
_FINISHED = re.compile(r"[.!?؟۔…:\"”»’'\)\]]$")
_LONGEST = 3  # of a page's lines tell it from others, if a third as long as the longest
_FRAGMENT = 6  # spaces: a longer line without an end is a sentence that goes on
_GOES_ON = frozenset("،,؛.:)»")  # with one of these a line goes on with the sentence of the line above


class Line(NamedTuple):
    """A line that may be furniture: its key, its place, and whether it stands at an edge of the page."""

    key: int
    start: int
    end: int
    edge: bool


class Page(NamedTuple):
    """One article's lines, measured: what the comparison with its outlet's other pages needs to know of it."""

    outlet: str
    article_id: str
    day: int | None
    longest: tuple[int, ...]  # the numbers of its longest lines, the longest first
    lines: list[Line]


def shared_furniture(pages: Iterable[Page]) -> dict[str, tuple[Furniture, ...]]:
    """The lines of each article that its outlet's other pages of the same weeks repeat, by article id.

    Takes what `page_of` gives. Reads the pages once; time and memory grow with their lines.
    """
    outlets: defaultdict[str, list[Page]] = defaultdict(list)
    for page in pages:
        outlets[page.outlet].append(page)
    found: dict[str, tuple[Furniture, ...]] = {}
    for own in outlets.values():
        found.update(_repeated(own))
    return dict(sorted(found.items()))


def page_of(article: Article) -> Page | None:
    """The lines of an article that may turn out to be furniture; those that are so already, and the headline, are left alone.

    Outlets are told apart by name as given, else by the host of the URL; an article with neither gives None.
    """
    outlet = article.outlet or urlsplit(article.url or "").netloc.removeprefix("www.")
    if not outlet:
        return None
    hidden = [(f.start, f.end) for f in article.furniture]
    spans = list(_bare_lines(article))
    last = len(spans) - RELATE.shared_edge
    lines = []
    unfinished = False
    for number, (start, end) in enumerate(spans):
        edge = number < RELATE.shared_edge or number >= last
        longest = RELATE.shared_edge_words if edge else RELATE.shared_words
        line = article.text[start:end]
        below = article.text[spans[number + 1][0]] if number + 1 < len(spans) else ""
        broken = unfinished or below in _GOES_ON  # a link, set on a line of its own
        able = not broken and line.count(" ") < longest and _WORD.search(line)
        if able and not any(a < end and start < b for a, b in hidden):
            lines.append(Line(_key(line), start, end, edge))
        unfinished = line.count(" ") >= _FRAGMENT and not _FINISHED.search(line)
    return Page(outlet, article.id, _day(article), tuple(_key(article.text[a:b]) for a, b in _longest(spans)), lines)


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest lines, the longest first, none much shorter than the first."""
    best = sorted(spans, key=lambda s: (s[0] - s[1], s[0]))[:_LONGEST]
    return [s for s in best if _LONGEST * (s[1] - s[0]) >= best[0][1] - best[0][0]]


def _bare_lines(article: Article) -> Iterator[tuple[int, int]]:
    """The lines of the body without the white space around them."""
    for match in _LINE.finditer(article.text, article.body_start):
        line = match.group()
        bare = line.strip()
        if bare:
            start = match.start() + line.index(bare)
            yield start, start + len(bare)


def _flat(code: int) -> str:
    folded = FOLDED.get(code, chr(code))
    return "0" if folded.isdecimal() else folded


_FLAT = Memo(_flat, 1 << 14)  # complete, unlike FOLDED: what a table lacks costs `translate` most


def _key(line: str) -> int:
    """A number for a line: one for all spellings of its letters, all digits and all spacing."""
    flat = " ".join(_NAUGHTS.sub("0", line.translate(_FLAT).lower()).split())
    return int.from_bytes(blake2b(flat.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _day(article: Article) -> int | None:
    try:
        return date.fromisoformat((article.published.value or "")[:10]).toordinal()
    except ValueError:
        return None


def _repeated(pages: list[Page]) -> Iterator[tuple[str, tuple[Furniture, ...]]]:
    """The repeated lines of one outlet's pages."""
    texts: defaultdict[int, dict[int, int | None]] = defaultdict(dict)  # line -> text -> its earliest day, None if undated
    every: dict[int, int | None] = {}
    often = Counter(key for page in pages for key in page.longest)
    for page in sorted(pages, key=lambda p: (p.day is None, p.day or 0, p.article_id)):
        text = _text(page, often)
        every.setdefault(text, page.day)
        for line in page.lines:
            texts[line.key].setdefault(text, page.day)
    counts = {key: _Days(days.values()) for key, days in texts.items() if len(days) >= RELATE.shared_edge_least}
    total = _Days(every.values())
    for page in pages:
        near = total.near(page.day)
        found = []
        for line in page.lines:
            days = counts.get(line.key)
            if days is None:
                continue
            least = RELATE.shared_edge_least if line.edge else RELATE.shared_least
            share = RELATE.shared_edge_share if line.edge else RELATE.shared_share
            if days.near(page.day) >= max(least, share * near):
                found.append(Furniture(line.start, line.end, KIND))
        if found:
            yield page.article_id, tuple(found)


def _text(page: Page, often: Counter[int]) -> int:
    """A number for what a page says: that of its longest line that few pages have (a notice may be longer than the news)."""
    own = (key for key in page.longest if often[key] < RELATE.shared_edge_least)
    return next(own, page.longest[0] if page.longest else 0)


class _Days:
    """Days on which something stood, to be counted around a day."""

    def __init__(self, days: Iterable[int | None]) -> None:
        known = list(days)
        self._days = sorted(d for d in known if d is not None)
        self._undated = len(known) - len(self._days)

    def near(self, day: int | None) -> int:
        """How many lie within the window around this day; the undated count everywhere, and all count for an undated page."""
        if day is None:
            return len(self._days) + self._undated
        low = bisect_left(self._days, day - RELATE.shared_days)
        return bisect_right(self._days, day + RELATE.shared_days) - low + self._undated
