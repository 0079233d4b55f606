"""Reworded sentences inside one story: the same content in other words, a clause or more.

Every clause and sentence is a set of weighted terms (`relate.units`); two that share most of their weight say the same. An index
over the terms, rarest first, finds the pairs, so that no two sentences without a term in common are ever compared.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from riwaya.relate.match import Match, same_place
from riwaya.relate.units import CONCEPT, NAME, Story, Unit, titles
from riwaya.relate.wordings import FIGURE
from riwaya.settings.passages import PASSAGES

Scored = tuple[float, float, int, int]


def find_reworded(story: Story, pairs: set[tuple[int, int]], copies: Sequence[Match]) -> list[Match]:
    """The reworded stretches that these pairs of reports share, where no copy has been found already."""
    taken: defaultdict[tuple[int, int], list[Match]] = defaultdict(list)
    for copy in copies:
        taken[copy.a, copy.b].append(copy)
    found: list[Match] = []
    for _, similarity, x, y in sorted(_candidates(story, pairs), key=lambda c: (-c[0], -c[1], c[2], c[3])):
        one = _match(story.units[x], story.units[y], similarity)
        others = taken[one.a, one.b]
        if not any(same_place(one, other) for other in others) and _says_something(story, story.units[x], story.units[y]):
            others.append(one)
            found.append(one)
    return found


def _match(x: Unit, y: Unit, similarity: float) -> Match:
    return Match(x.report, y.report, (x.first, x.last), (y.first, y.last), "paraphrase", round(similarity, 3))


def _candidates(story: Story, pairs: set[tuple[int, int]]) -> list[Scored]:
    """Pairs of units that say the same: (strength, shared weight, unit, unit), the smaller report first."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    totals = [story.total(unit.terms) for unit in story.units]
    rank = {name: place for place, name in enumerate(sorted(story.weight, key=lambda n: (-story.weight[n], n)))}
    reports = [unit.report for unit in story.units]
    partners: defaultdict[int, set[int]] = defaultdict(set)  # report -> those before it that it is compared with
    for a, b in pairs:
        partners[b].add(a)
    more = PASSAGES.reworded_concepts
    extra = [more * story.total([n for n in unit.terms if n.startswith(CONCEPT)]) for unit in story.units]
    least = story.rarest * PASSAGES.reworded_strength
    leads = least / PASSAGES.reworded_lead
    alike = PASSAGES.reworded_similarity
    found: list[Scored] = []
    for y, unit in enumerate(story.units):
        if len(unit.terms) < PASSAGES.reworded_terms:
            continue
        seen: set[int] = set()
        total, known = totals[y], partners[unit.report]
        for name in _telling(story, unit, total, (leads if unit.lead else least) / (1 + more), rank):
            seen.update(holders[name])
            holders[name].append(y)
        # One that is much lighter or heavier cannot be alike enough: most pairs end here.
        light, heavy = total * alike / (2 - alike) - 1, total * (2 - alike) / alike + 1
        for x in seen:
            if not light <= totals[x] <= heavy or reports[x] not in known:
                continue
            other = story.units[x]
            both, fewer = totals[x] + total, min(totals[x], total)
            enough = both * (leads if other.lead and unit.lead else least) / 2
            if fewer * (fewer + min(extra[x], extra[y])) < enough:
                continue
            shared = other.terms & unit.terms
            if len(shared) < PASSAGES.reworded_terms:
                continue
            weight = story.total(shared)
            similarity = 2 * weight / both
            if similarity < (alike if len(shared) > PASSAGES.reworded_terms else PASSAGES.reworded_few):
                continue
            if weight * (weight + min(extra[x], extra[y])) < enough:
                continue
            sure = strength(story, other, unit, shared, similarity, weight)
            if sure >= PASSAGES.reworded_strength:
                found.append((sure, similarity, x, y))
    return found


def strength(story: Story, x: Unit, y: Unit, shared: frozenset[str], similarity: float, weight: int) -> float:
    """How surely two units say the same: how much they share, as a part of both and in all, and what kind of terms.

    Words of the lexicon of news tell more than others; headlines and first sentences tell of one event in different details;
    figures that differ tell against it. Takes what the units share, their similarity (Dice) and the weight of what is shared.
    """
    concepts = story.total([n for n in shared if n.startswith(CONCEPT)])
    sure = similarity * weight / story.rarest * (1 + PASSAGES.reworded_concepts * concepts / weight)
    if x.lead and y.lead:
        sure *= PASSAGES.reworded_lead
    if sure < PASSAGES.reworded_strength:
        return sure
    if all(any(n.startswith(FIGURE) for n in unit.terms - shared) for unit in (x, y)):
        sure *= PASSAGES.reworded_other_figure
    return sure


def _says_something(story: Story, x: Unit, y: Unit) -> bool:
    """Whether two units share more than names and titles."""
    shared = x.terms & y.terms
    if story.total([n for n in shared if not n.startswith(NAME)]) < PASSAGES.reworded_plain * story.rarest:
        return False
    return story.total(shared - _styles(story, x, y, shared)) >= PASSAGES.reworded_beyond_styles * story.rarest


def _styles(story: Story, x: Unit, y: Unit, shared: frozenset[str]) -> set[str]:
    """The terms of names, and of titles with the words that stand with them in both: نائب رئيس مجلس الوزراء فلان."""
    one, two = (list(filter(None, story.words[unit.report][unit.first : unit.last])) for unit in (x, y))
    together = set(pairwise(two))
    marks = titles()
    found: set[str] = set()
    at = 0
    while at < len(one):
        end = at + 1
        if one[at] in shared:
            while end < len(one) and (one[end - 1], one[end]) in together:
                end += 1
            if any(n.startswith(NAME) or n in marks for n in one[at:end]):
                found.update(one[at:end])
        at = end
    return found


def _telling(story: Story, unit: Unit, total: int, least: float, rank: Mapping[str, int]) -> list[str]:
    """The weightiest terms of a unit, so many that a unit with none of them cannot share enough weight with it.

    The order, `rank`, is the same for all units, so that two that share enough weight meet in a term that both lists hold.
    """
    alike = PASSAGES.reworded_similarity
    # With similarity 2 * shared / (this + other) and shared <= other, the shared weight is at least this part of the total, and
    # similarity * shared reaches `least` from the second on.
    need = max(total * alike / (2 - alike), (least + math.sqrt(least * least + 8 * least * total)) / 4)
    left, names = total, []
    for name in sorted(unit.terms, key=rank.__getitem__):
        if left < need:
            break
        names.append(name)
        left -= story.weight[name]
    return names
