"""Reworded sentences inside one story: the same content in other words, a clause or more.

Every clause and sentence is a set of weighted terms (`relate.units`); two that share most of their weight say the same. An index
over the terms, rarest first, finds the pairs, so that no two sentences without a term in common are ever compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from riwaya.relate.match import Match, same_place
from riwaya.relate.units import NAME, Story, Unit
from riwaya.settings.passages import PASSAGES

Scored = tuple[float, int, int, int]


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
    least = round(PASSAGES.reworded_weight * story.rarest)
    plain = round(PASSAGES.reworded_plain * story.rarest)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    totals = [story.total(unit.terms) for unit in story.units]
    rank = {name: place for place, name in enumerate(sorted(story.weight, key=lambda n: (-story.weight[n], n)))}
    reports = [unit.report for unit in story.units]
    partners: defaultdict[int, set[int]] = defaultdict(set)  # report -> those before it that it is compared with
    for a, b in pairs:
        partners[b].add(a)
    found: list[Scored] = []
    for y, unit in enumerate(story.units):
        if totals[y] < least or len(unit.terms) < PASSAGES.reworded_terms:
            continue
        seen: set[int] = set()
        total, known = totals[y], partners[unit.report]
        for name in _telling(story, unit, total, least, rank):
            seen.update(holders[name])
            holders[name].append(y)
        # One that is much lighter or heavier cannot be alike enough: most pairs end here.
        lowest = min(PASSAGES.lead_similarity, PASSAGES.reworded_similarity) if unit.lead else PASSAGES.reworded_similarity
        light, heavy = total * lowest / (2 - lowest) - 1, total * (2 - lowest) / lowest + 1
        for x in seen:
            if not light <= totals[x] <= heavy or reports[x] not in known:
                continue
            other = story.units[x]
            both = totals[x] + total
            alike = PASSAGES.lead_similarity if other.lead and unit.lead else PASSAGES.reworded_similarity
            if 2 * min(totals[x], total) < both * alike:
                continue
            shared = other.terms & unit.terms
            if len(shared) < PASSAGES.reworded_terms:
                continue
            weight = story.total(shared)
            similarity = 2 * weight / both
            if weight < least or similarity < alike:
                continue
            if similarity < PASSAGES.reworded_similarity and len(shared) < PASSAGES.lead_terms:
                continue
            if story.total(n for n in shared if not n.startswith(NAME)) >= plain:
                found.append((similarity, weight, x, y))
    return found


def _telling(story: Story, unit: Unit, total: int, least: int, rank: Mapping[str, int]) -> list[str]:
    """The weightiest terms of a unit, so many that a unit with none of them cannot share enough weight with it.

    The order, `rank`, is the same for all units, so that two that share enough weight meet in a term that both lists hold.
    """
    alike = PASSAGES.lead_similarity if unit.lead else PASSAGES.reworded_similarity
    # With similarity 2 * shared / (this + other) and shared <= other, the shared weight is at least this part of the total.
    need = max(least, total * alike / (2 - alike))
    left, names = total, []
    for name in sorted(unit.terms, key=rank.__getitem__):
        if left < need:
            break
        names.append(name)
        left -= story.weight[name]
    return names
