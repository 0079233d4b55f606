"""What a reader chooses before a correction can be made: the other name, the spelling that means another, the other story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from riwaya.archive.listing import StoryQuery
from riwaya.errors import NotFoundError, UsageError
from riwaya.model import Dossier, Entity, Span
from riwaya.relate.corrections import overlap
from riwaya.settings.web import WEB

if TYPE_CHECKING:
    from riwaya.archive import Archive


@dataclass(frozen=True, slots=True)
class Choice:
    """One of them: its words, what helps to tell it from others, and what the correction cites if it is chosen."""

    words: str
    detail: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from.

    of: what: "name", "spelling" or "story".
    found: the choices, the likeliest first.
    typed: what the reader looks for among names or stories; None where all there is stands in `found`.
    """

    of: Literal["name", "spelling", "story"]
    found: tuple[Choice, ...]
    typed: str | None


def choices(held: Archive, action: str, spans: Sequence[Span], typed: str = "") -> Choices | None:
    """What is to be chosen before a correction can be made; None where it cites all it needs.

    Args:
        held: the archive.
        action: of the correction.
        spans: what it cites so far.
        typed: what the reader looks for.
    """
    if len(spans) > 1:
        return None
    if action == "merge":
        return Choices("name", tuple(_names(held, spans[0], typed)), typed)
    if action == "split":
        return Choices("spelling", tuple(_spellings(held, spans[0])), None)
    if action in ("same-story", "not-story"):
        return Choices("story", tuple(_stories(held, spans[0], typed)), typed)
    return None


def entity_at(found: Dossier, span: Span) -> Entity | None:
    """The entity of a story that a span names; None where no name stands there."""
    held = [e for e in found.entities if any(overlap(span, m) for m in e.mentions)]
    return max(held, key=lambda e: (max(overlap(span, m) for m in e.mentions), e.id), default=None)


def named_at(held: Archive, span: Span) -> tuple[Dossier, Entity] | None:
    """The story of a report as it was woven last, and the entity that stands at a span of it."""
    try:
        story_id = held.article(span.article_id).story_id
    except NotFoundError:
        return None
    dossier = held.woven(story_id) if story_id is not None else None
    entity = entity_at(dossier, span) if dossier is not None else None
    return (dossier, entity) if dossier is not None and entity is not None else None


def understood(held: Archive, action: str, span: Span) -> str:
    """What the archive takes to be so at present, where a correction says otherwise: as its `value` would say it, or ""."""
    try:
        article = held.article(span.article_id)
    except NotFoundError:
        return ""
    dossier = held.woven(article.story_id) if article.story_id is not None else None
    marks = next((m for m in dossier.marks if m.article_id == span.article_id), None) if dossier is not None else None
    if dossier is None or marks is None:
        return ""
    if action == "date":
        return next((a.published.value or "" for a in dossier.articles if a.id == span.article_id), "")
    if action == "speaker":
        quote = max((q for q in marks.quotes if overlap(span, q.content)), key=lambda q: overlap(span, q.content), default=None)
        return quote.speaker.text if quote is not None and quote.speaker is not None else ""
    figure = max((f for f in marks.figures if overlap(span, f.span)), key=lambda f: overlap(span, f.span), default=None)
    if action != "counts" or figure is None:
        return ""
    counted = " ".join(figure.counted.split())
    return f"{figure.kind}:{counted}" if counted else figure.kind


def speakers(held: Archive, span: Span) -> tuple[str, ...]:
    """Who may have said what stands at a span: the people and organizations of its story, those most named first."""
    try:
        story_id = held.article(span.article_id).story_id
    except NotFoundError:
        return ()
    dossier = held.woven(story_id) if story_id is not None else None
    able = [e for e in dossier.entities if e.kind != "place"] if dossier is not None else []
    able.sort(key=lambda e: (-len(e.mentions), e.name))
    return tuple(dict.fromkeys(e.name for e in able))[: WEB.offered_speakers]


def _names(held: Archive, span: Span, typed: str) -> Iterator[Choice]:
    """Other names: those that sound as what was typed, or else the others of the story, those that share a word first."""
    named = named_at(held, span)
    if named is None:
        return
    dossier, entity = named
    if typed.strip():
        own = held.entity_key(dossier.stories[0].id, entity.id)
        for card in held.entities(entity.kind, typed, 0, WEB.name_others + 1).items:
            its = held.entity_standing_for(card.key) if card.key != own else ()
            if its:
                yield Choice(card.name, _days(card.first, card.last), (span, *its))
        return
    words = set(entity.name.split())
    others = [e for e in dossier.entities if e.kind == entity.kind and e.id != entity.id]
    others.sort(key=lambda e: (-len(words & set(e.name.split())), -len(e.mentions), e.id))
    for other in others[: WEB.name_others]:
        yield Choice(other.name, other.description or "", (span, other.mentions[0]))


def _days(first: str | None, last: str | None) -> str:
    return " – ".join(dict.fromkeys(d for d in (first, last) if d))


def _spellings(held: Archive, span: Span) -> Iterator[Choice]:
    """The spellings of a name in its story, and where it is spelled in one way its reports: what one of them means is another.

    A split cites first a mention that stays, then one that goes.
    """
    named = named_at(held, span)
    if named is None:
        return
    dossier, entity = named
    texts = {a.id: a.text for a in dossier.articles}
    outlets = {a.id: a.outlet or "" for a in dossier.articles}
    spelled: dict[str, list[Span]] = {}
    for mention in entity.mentions:
        spelled.setdefault(texts[mention.article_id][mention.start : mention.end], []).append(mention)
    for text, own in spelled.items():
        stays = next((m for other, ms in spelled.items() if other != text for m in ms), None)
        if stays is not None:
            yield Choice(text, outlets[own[0].article_id], (stays, own[0]))
    if len(spelled) == 1:
        reports = dict.fromkeys(m.article_id for m in entity.mentions)
        for article_id in reports if len(reports) > 1 else ():
            goes = next(m for m in entity.mentions if m.article_id == article_id)
            stays = next(m for m in entity.mentions if m.article_id != article_id)
            yield Choice(texts[goes.article_id][goes.start : goes.end], outlets[article_id], (stays, goes))


def _stories(held: Archive, span: Span, typed: str) -> Iterator[Choice]:
    """Other stories, those that hold the words that were typed, or else those that moved last."""
    own = held.article(span.article_id).story_id
    try:
        found = held.stories(StoryQuery(text=typed, limit=WEB.name_others + 1)).items
    except UsageError:  # only words to leave out
        return
    for card in found:
        ids = held.arrived(card.id) if card.id != own else {}
        if ids:
            days = _days(*(day and day[:10] for day in (card.first, card.last)))
            yield Choice(card.title, days, (span, Span(min(ids), 0, 0)))
