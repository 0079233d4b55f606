"""The trace of corrections in what is weighed: a reason on each statement and dispute that rests on what they changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from riwaya.model import Correction, Dispute, Reason, Related, Span, Statement
from riwaya.relate.corrections import cause, is_cause, overlap

Found = tuple[tuple[Statement, ...], tuple[Dispute, ...]]


def leave_reasons(related: Related, statements: Sequence[Statement], disputes: Sequence[Dispute]) -> Found:
    """The statements and disputes of a story, each with a reason for every correction that it rests on.

    A speaker or a figure that was corrected stands in its statements, what is no copy in those that both articles carry there, a
    merged or split entity in those that have it as an origin; a dispute rests on what its statements rest on, or its sides.
    """
    if not related.corrections:
        return tuple(statements), tuple(disputes)
    why: dict[str, list[Reason]] = {}
    for one in related.corrections:
        for thing in _touched(one, related, statements, disputes):
            why.setdefault(thing, []).append(cause(one))
    return (
        tuple(replace(s, reasons=_with(s.reasons, s.id, why)) for s in statements),
        tuple(replace(d, reasons=_with(d.reasons, d.id, why)) for d in disputes),
    )


def _with(reasons: tuple[Reason, ...], thing: str, why: Mapping[str, Sequence[Reason]]) -> tuple[Reason, ...]:
    return (*reasons, *why.get(thing, ()))


def _touched(
    one: Correction, related: Related, statements: Sequence[Statement], disputes: Sequence[Dispute]
) -> set[str]:
    """The ids of the statements and disputes that rest on what a correction changed."""
    rests = _statements(one, related, statements)
    cited = one.spans[:1] if one.action == "counts" else ()
    told = {d.id for d in disputes if rests & set(d.statement_ids) or any(_meets(side.spans, cited) for side in d.sides)}
    return rests | told


def _statements(one: Correction, related: Related, statements: Sequence[Statement]) -> set[str]:
    if one.action == "speaker":
        quotes = {q.id for m in related.marks for q in m.quotes if overlap(q.content, one.spans[0])}
        return {s.id for s in statements if quotes & set(s.quote_ids)}
    if one.action == "counts":
        figures = {f.id for m in related.marks for f in m.figures if overlap(f.span, one.spans[0])}
        return {s.id for s in statements if figures & set(s.figure_ids)}
    if one.action == "not-copy":
        return {s.id for s in statements if _meets(s.spans, one.spans[:1]) and _meets(s.spans, one.spans[1:])}
    if one.action in ("merge", "split"):
        entities = {e.id for e in related.entities if any(is_cause(r, one) for r in e.reasons)}
        return {s.id for s in statements if any(o.entity_id in entities for o in s.origins)}
    return set()


def _meets(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(overlap(a, b) for a in spans for b in others)
