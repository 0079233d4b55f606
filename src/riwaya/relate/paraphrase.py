"""Reworded sentences inside one story: the same content in other words, a clause or more.

Every clause and sentence is a set of weighted terms (`relate.units`); two that share most of their weight say the same. An index
over the terms, rarest first, finds the pairs, so that no two sentences without a term in common are ever compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from riwaya.relate.match import Match, same_place
from riwaya.relate.units import Story, Unit
from riwaya.settings.relate import RELATE

Scored = tuple[float, float, int, int]


def find_reworded(story: Story, pairs: set[tuple[int, int]], copies: Sequence[Match]) -> list[Match]:
    """The reworded stretches that these pairs of reports share, where no copy has been found already."""
    taken: defaultdict[tuple[int, int], list[Match]] = defaultdict(list)
    for copy in copies:
        taken[copy.a, copy.b].append(copy)
    found: list[Match] = []
    for similarity, _, x, y in sorted(_candidates(story, pairs), key=lambda c: (-c[0], -c[1], c[2], c[3])):
        one = _match(story.units[x], story.units[y], similarity)
        others = taken[one.a, one.b]
        if not any(same_place(one, other) for other in others):
            others.append(one)
            found.append(one)
    return found


def _match(x: Unit, y: Unit, similarity: float) -> Match:
    return Match(x.report, y.report, (x.first, x.last), (y.first, y.last), "paraphrase", round(similarity, 3))


def _candidates(story: Story, pairs: set[tuple[int, int]]) -> list[Scored]:
    """Pairs of units that say the same: (similarity, shared weight, unit, unit), the smaller report first."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    totals = [story.total(unit.terms) for unit in story.units]
    found: list[Scored] = []
    seen: set[tuple[int, int]] = set()
    for y, unit in enumerate(story.units):
        for name in _telling(story, unit, totals[y]):
            for x in holders[name]:
                other = story.units[x]
                if other.report == unit.report or (other.report, unit.report) not in pairs or (x, y) in seen:
                    continue
                seen.add((x, y))
                scored = _compare(story, other, unit, totals[x] + totals[y])
                if scored:
                    found.append((*scored, x, y))
            holders[name].append(y)
    return found


def _telling(story: Story, unit: Unit, total: float) -> list[str]:
    """The weightiest terms of a unit, so many that a unit with none of them cannot share enough weight with it."""
    left, names = total, []
    for name in sorted(unit.terms, key=lambda n: (-story.weight(n), n)):
        # With similarity 2 * shared / (this + other) and shared <= other, the shared weight is at least this part of the total.
        if left < total * RELATE.reworded_similarity / (2 - RELATE.reworded_similarity):
            break
        names.append(name)
        left -= story.weight(name)
    return names


def _compare(story: Story, x: Unit, y: Unit, totals: float) -> tuple[float, float] | None:
    shared = x.terms & y.terms
    if len(shared) < RELATE.reworded_terms:
        return None
    weight = story.total(shared)
    similarity = 2 * weight / totals
    if similarity < RELATE.reworded_similarity or weight < RELATE.reworded_weight:
        return None
    return similarity, weight
