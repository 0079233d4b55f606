"""How much two clauses assert the same thing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from riwaya.model import Figure, Passage, Reason, Span
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.terms import NAMING
from riwaya.weigh.units import Unit


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


def likeness(a: Unit, b: Unit, aligned: Aligned) -> float:
    """How alike two clauses are, 0..1: by the weight of what they share, the passages they lie in, their figures and negation.

    Names alone make no likeness: what is said of them must be shared too.
    """
    if a.denial != b.denial:
        return 0.0  # a denial and what it denies are two statements, in dispute
    content = _common(a.telling, b.telling)
    if content < WEIGH.least_content or content < WEIGH.content_share * min(a.content, b.content):
        return 0.0
    return _adjusted(wordwise(a, b, _common(a.terms, b.terms)), a, b, aligned)


def shared_weight(a: Unit, b: Unit) -> tuple[float, float]:
    """The weight of the terms that both hold: all of them, and those that are neither entities nor times."""
    return _common(a.terms, b.terms), _common(a.telling, b.telling)


def _common(a: dict[str, float], b: dict[str, float]) -> float:
    if len(a) > len(b):
        a, b = b, a
    return sum([weight for name, weight in a.items() if name in b], 0.0)


def wordwise(a: Unit, b: Unit, shared: float) -> float:
    """How alike two clauses are by the weight of the terms that both hold, 0..1."""
    contained = shared / min(a.weight, b.weight)
    overlap = shared / (a.weight + b.weight - shared)
    # Few shared words prove little, whatever their share.
    return math.sqrt(contained * overlap) * min(1.0, shared / WEIGH.enough_weight)


def _adjusted(score: float, a: Unit, b: Unit, aligned: Aligned) -> float:
    passage = aligned.shared(a.span, b.span)
    if passage is not None:
        score += WEIGH.copy_bonus if passage.kind == "copy" else WEIGH.paraphrase_bonus
    if a.negated != b.negated:
        score -= WEIGH.negation_penalty
    if a.poles or b.poles:
        score -= WEIGH.opposite_penalty * opposed(a, b)
    if a.figures and b.figures and clash(a.figures, b.figures):
        score -= WEIGH.figure_penalty
    return max(0.0, min(1.0, score))


def opposed(a: Unit, b: Unit) -> bool:
    """Whether one has a thing and the other its opposite: begin and end, arrest and release."""
    return any(o in b.terms and p not in b.terms and o not in a.terms for p, o in a.poles)


def explain(a: Unit, b: Unit, aligned: Aligned) -> tuple[Reason, ...]:
    """Why two clauses are alike or not, feature by feature."""
    shared, _ = shared_weight(a, b)
    words = " ".join(sorted(t.lstrip("~#") for t in a.terms if t in b.terms and t[0] not in NAMING))
    why = [Reason("shared words", round(wordwise(a, b, shared), 3), words)]
    passage = aligned.shared(a.span, b.span)
    if passage is not None:
        bonus = WEIGH.copy_bonus if passage.kind == "copy" else WEIGH.paraphrase_bonus
        why.append(Reason(f"shared passage ({passage.kind})", bonus, passage.id))
    if a.negated != b.negated:
        why.append(Reason("one of them denies", -WEIGH.negation_penalty))
    if opposed(a, b):
        why.append(Reason("opposite things", -WEIGH.opposite_penalty))
    if clash(a.figures, b.figures):
        why.append(Reason("different figures", -WEIGH.figure_penalty))
    return tuple(why)
