"""How much two clauses assert the same thing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from riwaya.model import Figure, Passage, Reason, Span
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.terms import ENTITY
from riwaya.weigh.units import Unit


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two clauses are, 0..1, and why."""

    score: float
    reasons: tuple[Reason, ...] = ()


def disjoint(a: Figure, b: Figure) -> bool:
    """Whether no number fits both quantities."""
    low = max(a.low if a.low is not None else -math.inf, b.low if b.low is not None else -math.inf)
    high = min(a.high if a.high is not None else math.inf, b.high if b.high is not None else math.inf)
    return low > high


def clash(a: Sequence[Figure], b: Sequence[Figure]) -> bool:
    """Whether both count the same kind of thing and no pair of their quantities agrees."""
    kinds = {f.kind for f in a} & {f.kind for f in b}
    return any(all(disjoint(x, y) for x in a if x.kind == k for y in b if y.kind == k) for k in kinds)


class Aligned:
    """The passages of a story, by article, to ask whether two clauses lie in one shared passage."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._by_pair: dict[tuple[str, str], list[Passage]] = {}
        for passage in passages:
            self._by_pair.setdefault((passage.a.article_id, passage.b.article_id), []).append(passage)

    def pairs(self) -> Iterable[Passage]:
        """Every passage."""
        for found in self._by_pair.values():
            yield from found

    def shared(self, a: Span, b: Span) -> Passage | None:
        """The passage that holds most of both clauses, the most alike first."""
        if a.article_id > b.article_id:
            a, b = b, a
        best: Passage | None = None
        for passage in self._by_pair.get((a.article_id, b.article_id), ()):
            if _mostly(a, passage.a) and _mostly(b, passage.b) and (best is None or passage.similarity > best.similarity):
                best = passage
        return best


def _mostly(inner: Span, outer: Span) -> bool:
    return 2 * (min(inner.end, outer.end) - max(inner.start, outer.start)) > inner.end - inner.start


def likeness(a: Unit, b: Unit, aligned: Aligned) -> Likeness:
    """Compare two clauses by the weight of the terms they share, the passages they lie in, and their figures and negation."""
    small, large = (a, b) if len(a.terms) <= len(b.terms) else (b, a)
    common = [t for t in small.terms if t in large.terms]
    shared = sum(small.terms[t] for t in common)
    wa, wb = a.weight, b.weight
    if not shared or not min(wa, wb):
        return Likeness(0.0)
    content = [t for t in common if not t.startswith(ENTITY)]
    if not content:
        return Likeness(0.0)
    contained = shared / min(wa, wb)
    overlap = shared / (wa + wb - shared)
    score = math.sqrt(contained * overlap)
    # Few shared words prove little, whatever their share.
    score *= min(1.0, shared / WEIGH.enough_weight)
    why = [Reason("shared words", round(score, 3), " ".join(sorted(t.lstrip("~#") for t in content)))]
    passage = aligned.shared(a.span, b.span)
    if passage is not None:
        bonus = WEIGH.copy_bonus if passage.kind == "copy" else WEIGH.paraphrase_bonus
        score += bonus
        why.append(Reason(f"shared passage ({passage.kind})", bonus, passage.id))
    if a.negated != b.negated:
        score -= WEIGH.negation_penalty
        why.append(Reason("one of them denies", -WEIGH.negation_penalty))
    if clash(a.figures, b.figures):
        score -= WEIGH.figure_penalty
        why.append(Reason("different figures", -WEIGH.figure_penalty))
    return Likeness(max(0.0, min(1.0, score)), tuple(why))
