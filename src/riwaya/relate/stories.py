"""Which reports are about one happening.

The fixed graph of `relate.neighbours` is cut into stories by average linkage (Sokal and Michener 1958): the two groups with the
closest tie between their reports are joined first, until no two groups reach the threshold. The tie is the mean weight of all
pairs, pairs with no edge counting as 0, and in part the strongest pair: a happening is told in parts that have little in common
with each other and much with one report. One report that lies between two happenings still cannot glue them together, and as the
result within a connected component depends on that component alone, neither order nor other reports change it. `relate.regroup`
does the same for reports that come later, at the cost of what they change.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from riwaya.ids import stable_id
from riwaya.model import Reason
from riwaya.relate.fingerprints import UNIT, Fingerprint
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


def grouped(prints: Sequence[Fingerprint], weight: int, copies: int) -> StoryGroup:
    """The story that some reports are, with its reasons.

    Takes their fingerprints, in any order, the sum of the weights of the edges among them and how many of these are copies.
    """
    return _group(prints, _reasons(prints, weight / UNIT, copies))


def _group(prints: Sequence[Fingerprint], reasons: tuple[Reason, ...] = ()) -> StoryGroup:
    ids = tuple(sorted(f.article_id for f in prints))
    return StoryGroup(stable_id("s", ids[0]), ids, reasons)


def _auto(prints: Sequence[Fingerprint]) -> list[StoryGroup]:
    from riwaya.relate.neighbours import edges, in_order

    ordered = in_order(prints)
    if len(ordered) < 2:  # noqa: PLR2004 - a pair
        return [_group(ordered)] if ordered else []
    graph = edges(ordered)
    links = list(zip(graph.first.tolist(), graph.second.tolist(), graph.weight.tolist(), strict=True))
    rank = {f.article_id: n for n, f in enumerate(prints)}  # sorted by id, which a report keeps whatever else is found about it
    names = [rank[f.article_id] for f in ordered]
    groups = average_link(len(ordered), links, least_tie(), STORIES.best_pair, names)
    label = {place: number for number, members in enumerate(groups) for place in members}
    weights = [0] * len(groups)
    copies = [0] * len(groups)
    for (first, second, weight), copied in zip(links, graph.copied.tolist(), strict=True):
        number = label[first]
        if number == label[second]:
            weights[number] += weight
            copies[number] += is_copy(copied)
    return [grouped([ordered[p] for p in members], weights[n], copies[n]) for n, members in enumerate(groups)]


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


def least_tie() -> int:
    """The least tie with which two groups are joined."""
    return round(STORIES.cohesion * UNIT)


def is_copy(copied: int) -> bool:
    """Whether reports that share so much (`neighbours.Edges.copied`) are near copies."""
    return copied >= STORIES.near_copy * UNIT


def tie_of(tie: Tie, pairs: int, best: float) -> float:
    """How closely two groups are tied between which there are so many pairs: the mean, and for the share `best` the strongest.

    Whoever compares ties computes them here: floats are the same where they are computed alike.
    """
    return (1.0 - best) * (tie[0] / pairs) + best * tie[1]


def average_link(
    count: int, links: Sequence[Link], least: int, best: float = 0.0, names: Sequence[int] | None = None
) -> list[list[int]]:
    """Cut a graph into groups whose tie (`tie_of`) is at least `least` when they are joined.

    Absent links count as 0. Of equal ties the one with the smallest place goes first; where `names` are given, one for each place
    and none twice, the one with the smallest name. The group with fewer links is moved into the other, and the heap holds each
    tie once per change, so that the whole grows about as links times their logarithm.
    """
    near: list[dict[int, Tie]] = [{} for _ in range(count)]
    for first, second, weight in links:
        near[first][second] = near[second][first] = (weight, weight)
    members: list[list[int]] = [[place] for place in range(count)]
    smallest = list(range(count)) if names is None else list(names)
    heap: list[tuple[float, int, int, int, int]] = []
    for a, b, weight in links:
        value = tie_of((weight, weight), 1, best)
        if value >= least:
            low, high = sorted((smallest[a], smallest[b]))
            heap.append((-value, low, high, a, b))
    heapq.heapify(heap)
    while heap:
        score, _, _, a, b = heapq.heappop(heap)
        tie = near[a].get(b)
        if tie is not None and -score == tie_of(tie, len(members[a]) * len(members[b]), best):
            keep, gone = (a, b) if (len(near[a]), -smallest[a]) >= (len(near[b]), -smallest[b]) else (b, a)
            _join(near, members, smallest, keep, gone)
            size = len(members[keep])
            for other, tie in near[keep].items():
                value = tie_of(tie, size * len(members[other]), best)
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
