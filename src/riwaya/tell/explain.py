"""Why a finding is as it is: the reasons and weights behind an entity, passage, statement, dispute, story or date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from riwaya.errors import UsageError
from riwaya.model import Article, Dispute, Dossier, Entity, Figure, Passage, Quote, Reason, Span, Statement, Story
from riwaya.tell.load import load_outcome

_SHOWN = 160  # characters of a quoted passage on the terminal
Thing = Article | Story | Entity | Passage | Statement | Dispute | Quote | Figure


def explain(directory: str | Path, thing_id: str) -> Iterator[str]:
    """Lines for the terminal.

    Args:
        directory: what `riwaya build` wrote.
        thing_id: any id of its dossier; an article's explains its date.

    Raises:
        InputError: there is no dossier.
        UsageError: nothing in it has this id.
    """
    for slot in load_outcome(Path(directory)).slots.values():
        dossier: Dossier = slot.read()
        thing = _find(dossier, thing_id)
        if thing is not None:
            yield from _Explainer(dossier).lines(thing)
            return
    raise UsageError(f"nothing in {directory} has the id {thing_id!r}: ids stand in its dossier.json")


def _find(dossier: Dossier, thing_id: str) -> Thing | None:
    things: tuple[Iterable[Thing], ...] = (
        dossier.articles,
        dossier.stories,
        dossier.entities,
        dossier.passages,
        dossier.statements,
        dossier.disputes,
        (q for m in dossier.marks for q in m.quotes),
        (f for m in dossier.marks for f in m.figures),
    )
    return next((t for group in things for t in group if t.id == thing_id), None)


class _Explainer:
    def __init__(self, dossier: Dossier) -> None:
        self._articles = {a.id: a for a in dossier.articles}

    def lines(self, thing: Thing) -> Iterator[str]:
        match thing:
            case Article():
                yield f"article {thing.id}: {thing.title or thing.path}"
                yield f"published: {thing.published.value or 'unknown'} ({thing.published.how})"
                yield from self._evidence(thing.published.evidence)
                yield from _weights(thing.published.reasons)
            case Story():
                yield f"story {thing.id}: {thing.title}"
                yield f"{len(thing.article_ids)} articles, {thing.origins} origins, {thing.parties} parties"
                yield from _weights(thing.reasons)
            case Entity():
                yield f"{thing.kind} {thing.id}: {thing.name}"
                yield "names: " + "، ".join(f"{n.text} ({n.count})" for n in thing.names)
                yield from _weights(thing.reasons)
                yield from self._evidence(thing.mentions)
            case Passage():
                yield f"passage {thing.id}: {thing.kind}, similarity {thing.similarity:.3f}, direction {thing.direction}"
                yield from _weights(thing.reasons)
                yield from self._evidence((thing.a, thing.b))
            case Statement():
                yield f"statement {thing.id}: {thing.text}"
                yield f"standing: {thing.standing}, {thing.independent} independent origins" + (
                    ", disputed" if thing.disputed else ""
                )
                yield _sure(thing)
                yield from (f"origin: {o.name} ({o.kind}, {'named' if o.named else 'not named'})" for o in thing.origins)
                yield from _weights(thing.reasons)
                yield from self._evidence(thing.spans)
            case Dispute():
                yield f"dispute {thing.id}: {thing.kind}: {thing.about}"
                yield from _weights(thing.reasons)
                for side in thing.sides:
                    yield f"side: {side.says}"
                    yield from self._evidence(side.spans)
            case Quote():
                yield f"quote {thing.id}: {thing.stance}, {'direct' if thing.direct else 'indirect'}"
                yield "isnad: " + " <- ".join(f"{k.name or '?'} ({k.role})" for k in thing.isnad)
                yield from self._evidence((thing.content,))
            case Figure():
                yield f"figure {thing.id}: {thing.text}: {thing.low}..{thing.high} {thing.kind}, {thing.scope}"
                yield from self._evidence((thing.span,))

    def _evidence(self, spans: Iterable[Span]) -> Iterator[str]:
        for span in spans:
            article = self._articles[span.article_id]
            words = " ".join(article.text[span.start : span.end].split())
            shown = words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
            yield f"  {article.outlet or article.path} {span.start}..{span.end}: {shown}"


def _sure(statement: Statement) -> str:
    if statement.confidence is None:
        return "confidence: none; one report tells it, so that nothing was joined"
    share = round(100 * statement.confidence)
    return f"confidence: {statement.confidence:.3f}: of 100 joins like these about {share} say the same thing (log odds below)"


def _weights(reasons: Iterable[Reason]) -> Iterator[str]:
    for reason in reasons:
        yield f"  {reason.weight:+.3f}  {reason.name}" + (f": {reason.detail}" if reason.detail else "")
