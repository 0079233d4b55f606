"""Corrections as this room applies them: which of them touch a story, and what they change in its articles, marks and passages.

They are replayed in the order in which they were made, on whatever was found without them: the result is a function of the set of
corrections, a later one overrules an earlier one, and without them all is as it was. The evidence is never edited. What they
change among entities stands in `relate.corrected_entities`, among stories in `relate.corrected_stories`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace

from riwaya.arabic.words import iter_norms
from riwaya.model import (
    Article,
    Correction,
    Entity,
    Figure,
    Link,
    Marks,
    Published,
    Quote,
    Reason,
    Skipped,
    Span,
    Speaker,
)
from riwaya.serial.corrections import in_order

_OF_ARTICLES = frozenset(("date", "not-story", "same-story"))  # their spans only say which article is meant
_PEOPLE_KINDS = frozenset(("person", "organization"))  # of entities that speak


def cause(correction: Correction) -> Reason:
    """The reason that a correction leaves on what it changed."""
    why = f": {correction.reason}" if correction.reason else ""
    return Reason("correction", 1.0, f"{correction.id} {correction.action}, {correction.author}{why}")


def is_cause(reason: Reason, correction: Correction) -> bool:
    """Whether a reason is the one that this correction leaves."""
    return reason.name == "correction" and reason.detail.startswith(f"{correction.id} ")


def corrections_for(corrections: Iterable[Correction], article_ids: Container[str]) -> list[Correction]:
    """Those that stand and cite one of these articles, in the order in which they were made."""
    touching = (c for c in corrections if c.undone is None and any(s.article_id in article_ids for s in c.spans))
    return in_order(touching)


def with_articles(corrections: Iterable[Correction], known: Container[str]) -> tuple[list[Correction], list[Skipped]]:
    """The corrections that stand and all of whose articles are there, in order; and the others that stand, with the reason."""
    kept: list[Correction] = []
    aside: list[Skipped] = []
    for one in in_order(c for c in corrections if c.undone is None):
        gone = sorted({s.article_id for s in one.spans if s.article_id not in known})
        if gone:
            aside.append(not_applied(one, f"the article {gone[0]} is not here"))
        else:
            kept.append(one)
    return kept, aside


def not_applied(correction: Correction, reason: str) -> Skipped:
    """A correction that is set aside."""
    return Skipped(f"correction {correction.id}", f"{correction.action} is not applied: {reason}")


class Index:
    """Corrections by the articles that they cite, for those who ask for many stories."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._by_article: dict[str, list[Correction]] = {}
        for one in corrections:
            for article_id in {s.article_id for s in one.spans}:
                self._by_article.setdefault(article_id, []).append(one)

    def of(self, article_ids: Iterable[str]) -> list[Correction]:
        """Those that stand and cite one of these articles, in the order in which they were made."""
        return in_order(c for i in article_ids for c in self._by_article.get(i, ()) if c.undone is None)


class Replay:
    """The corrections that touch one story, and what became of each.

    Args:
        corrections: any; those undone, and those that cite none of the articles, are left out.
        articles: of the story.
    """

    def __init__(self, corrections: Iterable[Correction], articles: Sequence[Article]) -> None:
        self._sizes = {a.id: len(a.text) for a in articles}
        self._applied: set[str] = set()
        self._aside: dict[str, Skipped] = {}
        self._standing: list[Correction] = []
        for one in corrections_for(corrections, self._sizes):
            beyond = next((s for s in one.spans if s.end > self._sizes.get(s.article_id, s.end)), None)
            if beyond is not None and one.action not in _OF_ARTICLES:
                self.set_aside(one, f"{beyond.article_id} has no characters {beyond.start}..{beyond.end}")
            else:
                self._standing.append(one)

    def of(self, *actions: str) -> list[Correction]:
        """Those of these actions, in the order in which they were made."""
        return [c for c in self._standing if c.action in actions]

    def here(self, span: Span) -> bool:
        """Whether a span is of this story."""
        return span.article_id in self._sizes

    def apply(self, correction: Correction) -> Reason:
        """Note that it changed something here; gives the reason to leave there."""
        self._applied.add(correction.id)
        return cause(correction)

    def set_aside(self, correction: Correction, reason: str) -> None:
        """Note that it could not be applied; of several reasons the first stands."""
        self._aside.setdefault(correction.id, not_applied(correction, reason))

    def overrule(self, earlier: Correction, later: Correction) -> None:
        """Note that a later correction says otherwise."""
        self._applied.discard(earlier.id)
        self.set_aside(earlier, f"the later {later.id} says otherwise")

    @property
    def applied(self) -> tuple[Correction, ...]:
        """Those that changed something here, in the order in which they were made."""
        return tuple(c for c in self._standing if c.id in self._applied)

    @property
    def aside(self) -> tuple[Skipped, ...]:
        """Those that changed nothing here, and why."""
        return tuple(sorted(s for i, s in self._aside.items() if i not in self._applied))


# --------------------------------------------------------------------------------------------------------------- articles


def date_given(article: Article, corrections: Iterable[Correction]) -> Article:
    """The article as of the day that a correction gives it; without one the same object.

    Of several the one made last counts. The pipeline asks before it measures articles, so that stories follow.
    """
    said = [c for c in corrections_for(corrections, {article.id}) if c.action == "date"]
    if not said:
        return article
    last = said[-1]
    span = last.spans[0]
    evidence = (span,) if span.start < span.end <= len(article.text) else ()
    return replace(article, published=Published(last.value, "stated", evidence, (cause(last),)))


def give_dates(articles: Sequence[Article], replay: Replay) -> list[Article]:
    """The articles of a story as of the days that corrections give them."""
    said: dict[str, Correction] = {}
    for one in replay.of("date"):
        before = said.get(one.spans[0].article_id)
        if before is not None and before.value != one.value:
            replay.overrule(before, one)
        said[one.spans[0].article_id] = one
        replay.apply(one)
    return [date_given(a, (said[a.id],)) if a.id in said else a for a in articles]


# ------------------------------------------------------------------------------------------------------------------ marks


def overlap(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a.end, b.end) - max(a.start, b.start)) if a.article_id == b.article_id else 0


def _fit(cited: Span, found: Span) -> tuple[float, int, int]:
    """How well what was found fits what is cited, for `max`: by the share of both that they have in common (Jaccard)."""
    shared = overlap(cited, found)
    return shared / (cited.end - cited.start + found.end - found.start - shared), -found.start, -found.end


def count_as_told(marks: Sequence[Marks], replay: Replay) -> list[Marks]:
    """The marks of a story with the figures counting what corrections say that they count."""
    counted: dict[str, Correction] = {}
    for one in replay.of("counts"):
        figure = _figure_at(one.spans[0], marks)
        if figure is None:
            replay.set_aside(one, "no figure stands there")
            continue
        before = counted.get(figure.id)
        if before is not None and before.value != one.value:
            replay.overrule(before, one)
        counted[figure.id] = one
        replay.apply(one)
    if not counted:
        return list(marks)
    return [
        replace(m, figures=tuple(_counting(f, counted[f.id].value or "") if f.id in counted else f for f in m.figures))
        for m in marks
    ]


def _figure_at(cited: Span, marks: Sequence[Marks]) -> Figure | None:
    held = [f for m in marks if m.article_id == cited.article_id for f in m.figures if overlap(cited, f.span)]
    return max(held, key=lambda f: (_fit(cited, f.span), f.id), default=None)


def _counting(figure: Figure, value: str) -> Figure:
    kind, _, counted = value.partition(":")
    unit = figure.unit if kind == figure.kind or kind in ("money", "other") else None
    return replace(figure, kind=kind, unit=unit, counted=counted or figure.counted)


def name_speakers(
    articles: Sequence[Article], marks: Sequence[Marks], entities: Sequence[Entity], replay: Replay
) -> list[Marks]:
    """The marks of a story with those speaking whom corrections name: in the speaker and at the end of the isnad.

    Joint speakers of one stretch are all replaced. The speaker is the entity that bears the name, else one named in the words.
    """
    texts = {a.id: a.text for a in articles}
    said: dict[Span, Correction] = {}
    for one in replay.of("speaker"):
        content = _content_at(one.spans[0], marks)
        if content is None:
            replay.set_aside(one, "nothing that is said stands there")
            continue
        before = said.get(content)
        if before is not None and (before.value, before.spans[1:]) != (one.value, one.spans[1:]):
            replay.overrule(before, one)
        said[content] = one
        replay.apply(one)
    if not said:
        return list(marks)
    speaker = {content: _speaker(one, texts, entities) for content, one in said.items()}
    return [
        replace(m, quotes=tuple(_spoken(q, *speaker[q.content]) if q.content in said else q for q in m.quotes)) for m in marks
    ]


def _content_at(cited: Span, marks: Sequence[Marks]) -> Span | None:
    held = {q.content for m in marks if m.article_id == cited.article_id for q in m.quotes if overlap(cited, q.content)}
    return max(held, key=lambda s: _fit(cited, s), default=None)


def _speaker(correction: Correction, texts: Mapping[str, str], entities: Sequence[Entity]) -> tuple[Speaker, Link]:
    name = correction.value or ""
    span = correction.spans[1] if len(correction.spans) > 1 else None
    words = texts[span.article_id][span.start : span.end] if span else name
    article_id = correction.spans[0].article_id
    entity = _bearer(name, article_id, entities) or (_named_in(span, entities) if span else None)
    # Without an entity the text alone says who speaks: words that stand for the name ("الوزير") would name somebody else.
    shown = span if entity is not None or tuple(iter_norms(words)) == tuple(iter_norms(name)) else None
    entity_id = entity.id if entity is not None else None
    return Speaker(entity_id, shown, words if shown else name), Link("speaker", name, entity_id, span)


def _bearer(name: str, article_id: str, entities: Sequence[Entity]) -> Entity | None:
    """The entity that bears a name: a person or an organization before a place, one of this report before others."""
    words = tuple(iter_norms(name))
    held = [e for e in entities if any(tuple(iter_norms(n.text)) == words for n in e.names)]

    def rank(entity: Entity) -> tuple[bool, bool, int, str]:
        here = any(m.article_id == article_id for m in entity.mentions)
        return entity.kind not in _PEOPLE_KINDS, not here, -len(entity.mentions), entity.id

    return min(held, key=rank, default=None)


def _named_in(span: Span, entities: Sequence[Entity]) -> Entity | None:
    """The entity named in these words, a person first."""
    order = ("person", "organization", "place")
    held = [(order.index(e.kind), -overlap(span, m), m, e) for e in entities for m in e.mentions if overlap(span, m)]
    return min(held, key=lambda h: h[:3])[3] if held else None


def _spoken(quote: Quote, speaker: Speaker, link: Link) -> Quote:
    return replace(quote, speaker=speaker, isnad=(*(k for k in quote.isnad if k.role != "speaker"), link))


# --------------------------------------------------------------------------------------------------------------- passages


def not_copies(replay: Replay) -> Callable[[Span, Span], bool]:
    """Whether corrections say of two stretches, given in the order of their articles' ids, that they are no passage."""
    pairs: list[tuple[Span, Span]] = []
    for one in replay.of("not-copy"):
        x, y = sorted(one.spans)
        if replay.here(x) and replay.here(y):
            pairs.append((x, y))
            replay.apply(one)
    return lambda a, b: any(overlap(a, x) and overlap(b, y) for x, y in pairs)
