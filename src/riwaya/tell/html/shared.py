"""Shared passages side by side, with the words that differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup

from riwaya.arabic.normalize import fold
from riwaya.model import Passage
from riwaya.tell.html.desk import Desk, Report, Words
from riwaya.tell.html.marked import Wrap, wrapped

_WORD = re.compile(r"\S+")
_LONGEST = 400  # words; two longer texts are shown without marking what differs, which takes time by their product


@dataclass(frozen=True, slots=True)
class Twin:
    """One passage in both reports."""

    a: Words
    b: Words
    a_html: Markup
    b_html: Markup
    kind: str
    percent: int
    direction: str
    source: str | None


@dataclass(frozen=True, slots=True)
class PairOfReports:
    """Two reports and what they share."""

    a: Report
    b: Report
    count: int
    shown: list[Twin]
    direction: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Shared:
    """The section."""

    pairs: list[PairOfReports]
    more: int


def shared(desk: Desk, *, pairs: int, passages: int) -> Shared | None:
    """The section; None where nothing is shared.

    Args:
        desk: the story.
        pairs: how many pairs of reports stand side by side, those that share most first.
        passages: how many passages of a pair.
    """
    groups: dict[tuple[int, int], list[Passage]] = defaultdict(list)
    for passage in desk.passages:
        a, b = desk.by_id[passage.a.article_id].number, desk.by_id[passage.b.article_id].number
        groups[min(a, b), max(a, b)].append(passage)
    if not groups:
        return None
    ordered = sorted(groups.items(), key=lambda g: (-sum(p.a.end - p.a.start for p in g[1]), g[0]))
    return Shared([_pair(desk, key, found, passages) for key, found in ordered[:pairs]], max(0, len(ordered) - pairs))


def _pair(desk: Desk, key: tuple[int, int], found: list[Passage], most: int) -> PairOfReports:
    first, second = desk.reports[key[0] - 1], desk.reports[key[1] - 1]
    found.sort(key=lambda p: (-(p.a.end - p.a.start), p.id))
    twins = [_twin(desk, p, first) for p in found[:most]]
    twins.sort(key=lambda x: x.a.href)
    directions = Counter(x.direction for x in twins)
    sources = Counter(p.source for p in found if p.source)
    return PairOfReports(
        first,
        second,
        len(found),
        twins,
        min(directions, key=lambda d: (-directions[d], d)),
        min(sources, key=lambda s: (-sources[s], s)) if sources else None,
    )


def _twin(desk: Desk, passage: Passage, first: Report) -> Twin:
    turned = passage.a.article_id != first.article.id
    a, b = (passage.b, passage.a) if turned else (passage.a, passage.b)
    direction: str = passage.direction
    if turned:
        direction = {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}.get(direction, direction)
    left, right = desk.words(a), desk.words(b)
    a_html, b_html = _differing(left.text, right.text)
    return Twin(left, right, a_html, b_html, passage.kind, round(100 * passage.similarity), direction, passage.source)


def differing(a: str, b: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The stretches of each of two texts whose words the other has not; none where the texts are too long to tell."""
    left, right = list(_WORD.finditer(a)), list(_WORD.finditer(b))
    if max(len(left), len(right)) > _LONGEST:
        return [], []
    matcher = SequenceMatcher(None, [fold(w[0]) for w in left], [fold(w[0]) for w in right], autojunk=False)
    ours: list[tuple[int, int]] = []
    theirs: list[tuple[int, int]] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag != "equal":
            ours += [(left[a1].start(), left[a2 - 1].end())] if a1 < a2 else []
            theirs += [(right[b1].start(), right[b2 - 1].end())] if b1 < b2 else []
    return ours, theirs


def _differing(a: str, b: str) -> tuple[Markup, Markup]:
    """Both texts with the words marked that the other has not."""
    ours, theirs = differing(a, b)
    return _underlined(a, ours), _underlined(b, theirs)


def _underlined(text: str, stretches: list[tuple[int, int]]) -> Markup:
    return wrapped(text, 0, len(text), [Wrap(start, end, "differs") for start, end in stretches])
