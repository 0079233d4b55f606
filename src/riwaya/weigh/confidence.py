"""How sure it is that two clauses which are joined assert the same thing.

A logistic model (Cox 1958) over six traits of the two clauses. Its weights were set by pairs that a reader judged
(samples/statements.md of riwaya.evaluate), on the odd half; the even half measures it (`riwaya evaluate statements`), so that of
the joins given 0.9 about 90 % are right. A statement of one report joins nothing, and has no confidence.

What tells most is not the two clauses but what stands around them: reports that tell the same thing throughout, and sentences
that share most of their words, seldom join by chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from riwaya.model import Reason
from riwaya.settings.confidence import CONFIDENCE
from riwaya.weigh.similar import shared_weight, wordwise
from riwaya.weigh.units import Unit


@dataclass(frozen=True, slots=True)
class Traits:
    """What speaks for and against two clauses' being one assertion.

    Attributes:
        words: how alike the two clauses are by the words that they share, 0..1.
        reports: how many of the terms of the two reports both have, 0..1 (Jaccard 1912).
        sentences: the share, by weight, of the lighter one of their sentences that the other has too.
        first: how many of the two begin with what the other one says as well: 0, 0.5 or 1.
        speaker: 1 where both are said by one and the same.
        speakers: 1 where they are said by two.
    """

    words: float
    reports: float
    sentences: float
    first: float
    speaker: float
    speakers: float

    def parts(self) -> dict[str, float]:
        """What each trait adds to the logarithm of the odds."""
        return {f.name: getattr(self, f.name) * getattr(CONFIDENCE, f.name) for f in fields(self)}

    @property
    def sure(self) -> float:
        """How probable it is that they assert the same thing, 0..1."""
        return 1 / (1 + math.exp(-CONFIDENCE.at_all - sum(self.parts().values())))


_NAMES = {
    "words": "words that the clauses share",
    "reports": "how near the reports are to each other",
    "sentences": "words that their sentences share",
    "first": "they begin with the same thing",
    "speaker": "one and the same speaker",
    "speakers": "two speakers",
}


class Evidence:
    """Weighs pairs of a story's clauses. What a report and a sentence hold is put together when it is first asked for."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._of: dict[int, list[Unit]] = {}
        for unit in units:
            if not unit.is_figure:
                self._of.setdefault(unit.article, []).append(unit)
        self._reports: dict[int, frozenset[str]] = {}
        self._near: dict[tuple[int, int], float] = {}
        self._sentences: dict[int, dict[int, dict[str, float]]] = {}

    def traits(self, a: Unit, b: Unit) -> Traits:
        """The traits of two clauses of different reports."""
        speaker, other = _speaker(a), _speaker(b)
        both = a.quote is not None and b.quote is not None and a.quote.speaker is not None and b.quote.speaker is not None
        one = both and speaker is not None and speaker == other
        return Traits(
            words=wordwise(a, b, shared_weight(a, b)[0]),
            reports=self._nearness(a.article, b.article),
            sentences=_contained(self._sentence(a), self._sentence(b)),
            first=(_first(a) in b.terms) / 2 + (_first(b) in a.terms) / 2,
            speaker=float(one),
            speakers=float(both and not one),
        )

    def _nearness(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair not in self._near:
            a, b = self._report(one), self._report(other)
            self._near[pair] = len(a & b) / max(1, len(a | b))
        return self._near[pair]

    def _report(self, article: int) -> frozenset[str]:
        if article not in self._reports:
            self._reports[article] = frozenset(t for unit in self._of.get(article, ()) for t in unit.terms)
        return self._reports[article]

    def _sentence(self, unit: Unit) -> dict[str, float]:
        held = self._sentences.get(unit.article)
        if held is None:
            held = self._sentences[unit.article] = {}
            for one in self._of.get(unit.article, ()):
                held.setdefault(one.sentence, {}).update(one.terms)
        return held.get(unit.sentence, {})


def _speaker(unit: Unit) -> str | None:
    return unit.quote.speaker.entity_id if unit.quote is not None and unit.quote.speaker is not None else None


def _first(unit: Unit) -> str:
    """The first thing that a clause says beside who and when: mostly its verb."""
    return next((t for t in unit.rarities if t in unit.telling), "")


def _contained(a: dict[str, float], b: dict[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    least = min(sum(a.values()), sum(b.values()))
    return sum([w for t, w in a.items() if t in b], 0.0) / least if least else 0.0


def confidence(shown: Sequence[Unit], others: Sequence[Sequence[Unit]], evidence: Evidence) -> tuple[float, tuple[Reason, ...]]:
    """How sure it is that what other reports are said to say is what is shown.

    Args:
        shown: the clauses behind the words that stand for the statement.
        others: for each other place where it is said to be told, in another report, the clauses behind it; at least one place.
        evidence: of the story.

    Returns:
        The mean over the places (what a reader may expect of one of them), and what each trait adds to the logarithm of the
        odds, on average.
    """
    best = [max((evidence.traits(a, b) for a in shown for b in place), key=lambda t: t.sure) for place in others]
    sums: dict[str, float] = dict.fromkeys(_NAMES, 0.0)
    for traits in best:
        for name, part in traits.parts().items():
            sums[name] += part
    why = [Reason(f"confidence: {_NAMES[name]}", round(part / len(best), 3)) for name, part in sums.items() if part]
    base = Reason("confidence: any two clauses that are joined", CONFIDENCE.at_all)
    return round(sum(t.sure for t in best) / len(best), 3), (base, *why)
