"""Which reports are about one happening.

The fixed graph of `relate.neighbours` is cut into stories by average linkage (Sokal and Michener 1958): the two groups with the
closest tie between their reports are joined first, until no two groups reach the threshold. The tie is the mean weight of all
pairs, pairs with no edge counting as 0, and in part the strongest pair: a happening is told in parts that have little in common
with each other and much with one report. One report that lies between two happenings still cannot glue them together, and as the
result within a connected component depends on that component alone, neither order nor other reports change it.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from riwaya.ids import stable_id
from riwaya.model import Reason
from riwaya.relate.fingerprints import Fingerprint
from riwaya.settings.stories import STORIES

_TERMS_SHOWN = 6  # of a story's commonest terms, in its reasons

Link = tuple[int, int, int]  # two places and the weight between them
Tie = tuple[int, int]  # of two groups: the sum of the weights between them, and the strongest


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """The reports of one story. The id follows from the smallest of the sorted `article_ids`, which no other story holds."""

    id: str
    article_ids: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()

    def __reduce__(self) -> tuple[type[StoryGroup], tuple[object, ...]]:
        """As a call with its values: compiled, a frozen class cannot be filled afterwards."""
        return StoryGroup, (self.id, self.article_ids, self.reasons)


def group_stories(fingerprints: Iterable[Fingerprint], mode: Literal["auto", "one"] | str = "auto") -> list[StoryGroup]:
    """Group reports into stories, sorted by id; `mode` "one" makes one story of all.

    A function of the set of fingerprints: their order does not matter.
    """
    prints = sorted(fingerprints, key=lambda f: f.article_id)
    if mode == "one":
        return [_group(prints, (Reason("asked for", 1.0, "--stories one"),))] if prints else []
    return sorted(_auto(prints), key=lambda g: g.id)


def _group(prints: Sequence[Fingerprint], reasons: tuple[Reason, ...] = ()) -> StoryGroup:
    ids = tuple(sorted(f.article_id for f in prints))
    return StoryGroup(stable_id("s", ids[0]), ids, reasons)


def _auto(prints: Sequence[Fingerprint]) -> list[StoryGroup]:
    from riwaya.relate.neighbours import UNIT, edges, in_order

    ordered = in_order(prints)
    if len(ordered) < 2:  # noqa: PLR2004 - a pair
        return [_group(ordered)] if ordered else []
    graph = edges(ordered)
    links = list(zip(graph.first.tolist(), graph.second.tolist(), graph.weight.tolist(), strict=True))
    groups = average_link(len(ordered), links, round(STORIES.cohesion * UNIT), STORIES.best_pair)
    label = {place: number for number, members in enumerate(groups) for place in members}
    weights = [0] * len(groups)
    copies = [0] * len(groups)
    for (first, second, weight), copied in zip(links, graph.copied.tolist(), strict=True):
        number = label[first]
        if number == label[second]:
            weights[number] += weight
            copies[number] += copied >= STORIES.near_copy * UNIT
    return [
        _group([ordered[p] for p in members], _reasons([ordered[p] for p in members], weights[n] / UNIT, copies[n]))
        for n, members in enumerate(groups)
    ]


def _reasons(prints: Sequence[Fingerprint], weight: float, copies: int) -> tuple[Reason, ...]:
    """Why these are one story: how alike they are on average, the terms most of them share, and near copies among them."""
    size = len(prints)
    if size == 1:
        return ()
    pairs = size * (size - 1) / 2
    shared: Counter[str] = Counter()
    weights: Counter[str] = Counter()
    for f in prints:
        terms = f.terms.split(" ")
        shared.update(terms)
        weights.update(dict(zip(terms, memoryview(f.weights).cast("H"), strict=True)) if f.terms else {})
    common = sorted(((n, t) for t, n in shared.items() if n > 1), key=lambda x: (-weights[x[1]], x[1]))[:_TERMS_SHOWN]
    reasons = [Reason("mean similarity", round(weight / pairs, 3), f"{size} reports")]
    if common:
        share = round(common[0][0] / size, 3)
        reasons.append(Reason("shared terms", share, "، ".join(f"{t} ({n})" for n, t in common)))
    if copies:
        reasons.append(Reason("near copies", round(copies / pairs, 3), f"{copies} pairs"))
    return tuple(reasons)


def average_link(count: int, links: Sequence[Link], least: int, best: float = 0.0) -> list[list[int]]:
    """Cut a graph into groups whose tie is at least `least` when they are joined.

    The tie is the mean weight, absent links counting as 0; that share of it which `best` says is the strongest link's weight
    instead. Of equal ties the one with the smallest place goes first. The group with fewer links is moved into the other, and the
    heap holds each tie once per change, so that the whole grows about as links times their logarithm.
    """
    near: list[dict[int, Tie]] = [{} for _ in range(count)]
    for first, second, weight in links:
        near[first][second] = near[second][first] = (weight, weight)
    members: list[list[int]] = [[place] for place in range(count)]
    smallest = list(range(count))
    rest = 1.0 - best
    heap = [(-(rest * w + best * w), min(a, b), max(a, b), a, b) for a, b, w in links if w >= least]
    heapq.heapify(heap)
    while heap:
        score, _, _, a, b = heapq.heappop(heap)
        tie = near[a].get(b)
        if tie is not None and -score == rest * (tie[0] / (len(members[a]) * len(members[b]))) + best * tie[1]:
            keep, gone = (a, b) if (len(near[a]), -smallest[a]) >= (len(near[b]), -smallest[b]) else (b, a)
            _join(near, members, smallest, keep, gone)
            size = len(members[keep])
            for other, (weight, strongest) in near[keep].items():
                value = rest * (weight / (size * len(members[other]))) + best * strongest
                if value >= least:
                    low, high = sorted((smallest[keep], smallest[other]))
                    heapq.heappush(heap, (-value, low, high, keep, other))
    return [sorted(m) for m in members if m]


def _join(near: list[dict[int, Tie]], members: list[list[int]], smallest: list[int], keep: int, gone: int) -> None:
    """Move everything of one group to another."""
    mine, theirs = near[keep], near[gone]
    del mine[gone]
    for other, tie in theirs.items():
        if other != keep:
            had = mine.get(other)
            total = tie if had is None else (had[0] + tie[0], max(had[1], tie[1]))
            mine[other] = total
            del near[other][gone]
            near[other][keep] = total
    near[gone] = {}
    members[keep] += members[gone]
    members[gone] = []
    smallest[keep] = min(smallest[keep], smallest[gone])
