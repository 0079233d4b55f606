"""Shared passages side by side, with the words that differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from riwaya.arabic.normalize import fold
from riwaya.model import Passage
from riwaya.tell.html.desk import Desk, Report, Words

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


def _differing(a: str, b: str) -> tuple[Markup, Markup]:
    """Both texts with the words marked that the other has not."""
    left, right = a.split(" "), b.split(" ")
    if max(len(left), len(right)) > _LONGEST:
        return escape(a), escape(b)
    matcher = SequenceMatcher(None, [fold(w) for w in left], [fold(w) for w in right], autojunk=False)
    ours: list[Markup] = []
    theirs: list[Markup] = []
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        same = tag == "equal"
        _add(ours, left[a1:a2], same=same)
        _add(theirs, right[b1:b2], same=same)
    return Markup(" ").join(ours), Markup(" ").join(theirs)


def _add(out: list[Markup], words: list[str], *, same: bool) -> None:
    if words:
        text = escape(" ".join(words))
        out.append(text if same else Markup(f'<span class="differs">{text}</span>'))
