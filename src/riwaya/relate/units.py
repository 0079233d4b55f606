"""The sentences and clauses of a story's reports, and what each says, as weighted terms.

A term is a concept of the lexicon or the consonants of a word, so that أرسلت القوات and إرسال قوة meet. Terms weigh by how rare
they are in news at large and in this story: what every report of the story names says little about a single sentence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from riwaya.arabic.lexicon.concepts import CLAUSE_STARTS, CONCEPTS, EMPTY, ROLES
from riwaya.arabic.normalize import fold
from riwaya.arabic.sentences import sentences
from riwaya.arabic.stems import rarity, root, stem
from riwaya.relate.reading import Reading
from riwaya.settings.relate import RELATE

_CLAUSE_END = re.compile(r"[،,؛;:\r\n…]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a clause or two neighbouring clauses: words [first:last) of the reading numbered `report`."""

    report: int
    first: int
    last: int
    terms: frozenset[str]


@cache
def _concepts() -> dict[str, str]:
    table: dict[str, str] = {}
    for concept, forms in CONCEPTS.items():
        for form in forms.split():
            table.setdefault(stem(fold(form)), f"={concept}")
    return table


@cache
def _empty() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in EMPTY)


@cache
def _starts() -> frozenset[str]:
    return frozenset(stem(fold(phrase)) for phrase in CLAUSE_STARTS if " " not in phrase)


@cache
def _roles() -> frozenset[str]:
    return frozenset(f"={concept}" for concept in ROLES)


@lru_cache(maxsize=1 << 17)
def term(stem_: str) -> str:
    """What a stem says: its concept, else its consonants; "" for words that say nothing by themselves."""
    concept = _concepts().get(stem_)
    if concept:
        return concept
    if stem_ in _empty() or len(stem_) < 2 or rarity(stem_) < RELATE.unit_term_rarity:  # noqa: PLR2004 - one letter
        return ""
    return stem_ if stem_[0].isdigit() else root(stem_)


class Story:
    """The units of all reports of a story and the weight of each term in it."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.units: list[Unit] = []
        self.bounds: list[list[int]] = []  # per report, the word at which each clause begins
        self._rarest: dict[str, float] = {}
        whole = Counter[str]()
        count = 0
        for report, reading in enumerate(readings):
            terms = [term(s) for s in reading.stems]
            for name, written in zip(terms, reading.stems, strict=True):
                if name:
                    rare = rarity(written)
                    self._rarest[name] = min(rare, self._rarest.get(name, rare))
            bounds: list[int] = []
            for clauses in _clauses(reading):
                bounds += [first for first, _ in clauses]
                sentence = frozenset(filter(None, terms[clauses[0][0] : clauses[-1][1]]))
                whole.update(sentence)
                count += 1
                for first, last in _spans(clauses):
                    found = frozenset(filter(None, terms[first:last]))
                    if len(found) >= RELATE.unit_terms:
                        self.units.append(Unit(report, first, last, found))
            self.bounds.append(bounds)
        self._sentences = math.log(count + RELATE.unit_smoothing)
        self._whole = whole
        self._weights: dict[str, float] = {}

    def terms(self) -> list[set[str]]:
        """For each report all terms of its units."""
        found: list[set[str]] = [set() for _ in self.bounds]
        for unit in self.units:
            found[unit.report] |= unit.terms
        return found

    def weight(self, name: str) -> float:
        """The weight of a term in this story, 0 for none."""
        known = self._weights.get(name)
        if known is None:
            known = 0.0
            if name:
                here = self._sentences - math.log(self._whole[name] + 0.5)
                known = min(self._rarest.get(name, 0.0), RELATE.story_rarity_cap, max(0.0, here))
                if name in _roles():
                    known *= RELATE.unit_role_weight
            self._weights[name] = known
        return known

    def total(self, names: Iterable[str]) -> float:
        """The sum of some terms' weights, the same in whatever order they come."""
        return math.fsum(map(self.weight, names))


def _clauses(reading: Reading) -> Iterable[list[tuple[int, int]]]:
    """For each sentence its clauses, as word ranges; a clause of fewer than `unit_words` words joins the one before it."""
    for start, end in sentences(reading.text):
        words = reading.within(start, end)
        if not words:
            continue
        cuts = [words.start]
        for at in words[1:]:
            if reading.stems[at] in _starts() or _CLAUSE_END.search(reading.text, reading.end[at - 1], reading.start[at]):
                cuts.append(at)
        cuts.append(words.stop)
        merged = [cuts[0]]
        for cut in cuts[1:-1]:
            if cut - merged[-1] >= RELATE.unit_words and words.stop - cut >= RELATE.unit_words:
                merged.append(cut)
        merged.append(words.stop)
        yield list(pairwise(merged))


def _spans(clauses: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Each clause, each two neighbours, and the sentence unless it is very long."""
    found = set(clauses)
    found.update((a, d) for (a, _), (_, d) in pairwise(clauses))
    if clauses[-1][1] - clauses[0][0] <= RELATE.unit_longest:
        found.add((clauses[0][0], clauses[-1][1]))
    return found
