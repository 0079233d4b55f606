"""What the comparers find before it becomes a dispute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from riwaya.model import DisputeKind, Related, Span
from riwaya.weigh.units import Unit


@dataclass(frozen=True, slots=True)
class Stance:
    """One side: the clauses that take it, where they stand and their words."""

    says: str
    spans: tuple[Span, ...]
    units: tuple[int, ...]
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Two or more sides that differ, how strong the evidence is and what it is."""

    kind: DisputeKind
    about: str
    sides: tuple[Stance, ...]
    weight: float
    why: str


def side_key(related: Related, units: Sequence[Unit], *, whole: bool = False, as_of: str | None = None) -> Stance:
    """A side made of these clauses; `whole` takes the words with them that say who speaks."""
    spans = tuple(sorted({u.whole if whole else u.span for u in units}))
    texts = {a.id: a.text for a in related.articles}
    says = texts[spans[0].article_id][spans[0].start : spans[0].end]
    return Stance(says, spans, tuple(sorted(u.index for u in units)), as_of)


def of_spans(related: Related, spans: Iterable[Span], units: Iterable[Unit]) -> Stance:
    """A side whose words are these stretches inside these clauses."""
    held = tuple(sorted(set(spans)))
    texts = {a.id: a.text for a in related.articles}
    return Stance(texts[held[0].article_id][held[0].start : held[0].end], held, tuple(sorted({u.index for u in units})))
