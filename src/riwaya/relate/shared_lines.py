"""Furniture that shows only when an outlet's pages are laid side by side: the lines that they repeat.

Copied news repeats too: an outlet that brings one agency report three times repeats each of its lines. A line therefore counts
once for each different text that it stands in, must be short or stand at the page's edge, and be as common as furniture is. Some
extractors break a sentence at its links; what goes on a sentence of the line before is no furniture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from riwaya.arabic.memo import Memo
from riwaya.arabic.normalize import FOLDED
from riwaya.model import Article, Furniture
from riwaya.settings.relate import RELATE

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]
Bools = NDArray[np.bool_]

KIND = "shared"
NO_DAY = 1 << 22  # of a page that is not dated: after every day
_SPAN = 1 << 23  # more than any day: things and days as one number

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
    text: int  # a number for what it says, from its longest lines: copies of one report have one
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
    return Page(outlet, article.id, _day(article), _text([_key(article.text[a:b]) for a, b in _longest(spans)]), lines)


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


def _text(longest: list[int]) -> int:
    """A number for what a page says, given its longest lines (of one alone a notice may be longer than the news)."""
    return int.from_bytes(blake2b(repr(longest).encode(), digest_size=8).digest(), "little")


def _repeated(pages: list[Page]) -> Iterator[tuple[str, tuple[Furniture, ...]]]:
    """The repeated lines of one outlet's pages."""
    shown = repeated(
        np.array([NO_DAY if p.day is None else p.day for p in pages], np.int64),
        np.array([p.text for p in pages], np.uint64),
        np.repeat(np.arange(len(pages)), [len(p.lines) for p in pages]),
        np.array([line.key for p in pages for line in p.lines], np.uint64),
        np.array([line.edge for p in pages for line in p.lines], np.bool_),
    ).tolist()
    at = 0
    for page in pages:
        own = shown[at : at + len(page.lines)]
        at += len(page.lines)
        if any(own):
            found = (Furniture(line.start, line.end, KIND) for line, is_one in zip(page.lines, own, strict=True) if is_one)
            yield page.article_id, tuple(found)


def repeated(days: Ints, texts: Keys, pages: Ints, keys: Keys, edges: Bools) -> Bools:
    """Which lines of one outlet's pages are furniture.

    Takes the day and the text of each page (`NO_DAY` where there is none), and of each line the place of its page, its key, and
    whether it stands at an edge. Whether a line is furniture follows from the pages within `RELATE.shared_days` of its own and
    from the undated; for a line of an undated page, from all.
    """
    shown = np.zeros(len(keys), np.bool_)
    _, group, often = np.unique(keys, return_inverse=True, return_counts=True)
    may = np.flatnonzero(often[group] >= RELATE.shared_edge_least)  # the others stand in fewer texts than any furniture
    if not len(may):
        return shown
    what, page, edge = group[may], pages[may], edges[may]
    count = _around(what, texts[page], days[page])(what, days[page])
    total = _around(np.zeros_like(days), texts, days)(np.zeros_like(page), days[page])
    least = np.where(edge, RELATE.shared_edge_least, RELATE.shared_least)
    share = np.where(edge, RELATE.shared_edge_share, RELATE.shared_share)
    shown[may] = (count >= least) & (count >= share * total)
    return shown


def _around(what: Ints, texts: Keys, days: Ints) -> Callable[[Ints, Ints], Ints]:
    """In how many different texts things stand around a day: a function of things and days.

    Takes for each time that a thing stands somewhere: the thing, the text, the day. Undated texts count around every day, and
    around no day in particular all do. A text that returns counts once: its day reaches back only to where its last one ends.
    """
    order = np.lexsort((days, texts, what))
    what, texts, days = what[order], texts[order], days[order]
    again = np.zeros(len(what), np.bool_)
    again[1:] = (what[1:] == what[:-1]) & (texts[1:] == texts[:-1])
    last = np.append(~again[1:], True)
    undated = days == NO_DAY
    ever = np.bincount(what[~again])  # each text once
    before = np.where(again, np.roll(days, 1), -NO_DAY)
    # An undated text counts everywhere, wherever else it stands: of its dated days none counts.
    run = np.cumsum(~again) - 1
    everywhere = undated[last][run]
    always = np.bincount(what[undated & ~(again & (before == NO_DAY))], minlength=len(ever))
    counted = ~everywhere
    first = np.maximum(days - RELATE.shared_days, before + RELATE.shared_days + 1)[counted]
    end = (days + RELATE.shared_days + 1)[counted]
    begins, ends = np.sort(what[counted] * _SPAN + first), np.sort(what[counted] * _SPAN + end)

    def near(things: Ints, around: Ints) -> Ints:
        here = things * _SPAN + np.where(around == NO_DAY, 0, around)
        dated = np.searchsorted(begins, here, "right") - np.searchsorted(ends, here, "right")
        found: Ints = np.where(around == NO_DAY, ever[things], always[things] + dated)
        return found

    return near
