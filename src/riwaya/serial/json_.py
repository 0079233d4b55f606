"""dossier.json: a dossier as plain values, and back.

Keys stand in the order of the contract, lists are sorted by id (or by place in the text where things have none), similarities
and confidences are rounded to three decimals, and whole numbers are written as such: the same dossier gives the same bytes.
What the contract does not name (reasons, `hedged`, the statements of a dispute) stands at the end of each object.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from riwaya.model import (
    SCHEMA,
    Article,
    Dispute,
    Dossier,
    Duplicate,
    Entity,
    Figure,
    Furniture,
    Link,
    Origin,
    Passage,
    Place,
    Published,
    Quote,
    Reason,
    Side,
    Skipped,
    Span,
    Speaker,
    Statement,
    Story,
    SummarySentence,
    Time,
    TimelineEntry,
)
from riwaya.serial.unjson import dossier_from

__all__ = ["clean", "dumps", "from_dict", "generator", "loads", "to_dict"]

Json = dict[str, Any]

_DECIMALS = 3  # the contract's rounding of similarities and confidences
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def generator() -> str:
    """What made the file, as the field `generator` names it."""
    from riwaya.version import __version__

    return f"riwaya {__version__}"


def to_dict(dossier: Dossier) -> Json:
    """A dossier as dossier.json holds it.

    Args:
        dossier: one story, or several merged.

    Returns:
        Plain dicts, lists, strings and numbers, in the order in which they are written.
    """
    marks = dossier.marks
    return {
        "schema": SCHEMA,
        "generator": dossier.generator or generator(),
        "articles": [article_dict(a) for a in sorted(dossier.articles, key=lambda a: a.id)],
        "skipped": [skipped_dict(s) for s in sorted(dossier.skipped)],
        "duplicates": [duplicate_dict(d) for d in sorted(dossier.duplicates)],
        "stories": [story_dict(s) for s in sorted(dossier.stories, key=lambda s: s.id)],
        "entities": [entity_dict(e) for e in sorted(dossier.entities, key=lambda e: e.id)],
        "quotes": [quote_dict(q) for q in sorted((q for m in marks for q in m.quotes), key=lambda q: q.id)],
        "times": [time_dict(t) for t in sorted((t for m in marks for t in m.times), key=lambda t: (t.span, t.type))],
        "figures": [figure_dict(f) for f in sorted((f for m in marks for f in m.figures), key=lambda f: f.id)],
        "passages": [passage_dict(p) for p in sorted(dossier.passages, key=lambda p: p.id)],
        "statements": [statement_dict(s) for s in sorted(dossier.statements, key=lambda s: s.id)],
        "disputes": [dispute_dict(d) for d in sorted(dossier.disputes, key=lambda d: d.id)],
        "timeline": [timeline_dict(t) for t in sorted(dossier.timeline, key=timeline_key)],
    }


def from_dict(data: Json) -> Dossier:
    """The dossier that `to_dict` gave: `to_dict(from_dict(d)) == d`. Sentences and bare name marks are not in the file.

    Raises:
        InputError: it is of another schema, or not a dossier.
    """
    return dossier_from(data)


def dumps(value: Any) -> bytes:
    """UTF-8 JSON, one line. Lone surrogates (of file names that are not UTF-8) become U+FFFD one for one."""
    import orjson

    try:
        return orjson.dumps(value)
    except TypeError:
        return orjson.dumps(clean(value))


def loads(data: bytes) -> Any:
    """What `dumps` wrote."""
    import orjson

    return orjson.loads(data)


def clean(value: Any) -> Any:
    """The same value with each lone surrogate in its strings replaced by U+FFFD, so that UTF-8 can hold it."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {clean(k): clean(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [clean(v) for v in value]
    return value


# --------------------------------------------------------------------------------------------------------------- pieces


def number(value: float | None) -> float | int | None:
    """A whole number without its point."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value.is_integer() else value


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), _DECIMALS)


def span_dict(span: Span) -> Json:
    """A span: code points into the article's text, end exclusive."""
    return {"article_id": span.article_id, "start": span.start, "end": span.end}


def _spans(spans: Iterable[Span]) -> list[Json]:
    return [span_dict(s) for s in spans]


def _maybe(span: Span | None) -> Json | None:
    return None if span is None else span_dict(span)


def _reasons(reasons: Iterable[Reason]) -> list[Json]:
    return [{"name": r.name, "weight": _rounded(r.weight), "detail": r.detail} for r in reasons]


def article_dict(article: Article) -> Json:
    """One article, as a line of articles.jsonl holds it too."""
    return {
        "id": article.id,
        "path": article.path,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "byline": article.byline,
        "language": article.language,
        "text": article.text,
        "body_start": article.body_start,
        "version_of": article.version_of,
        "agencies": [{"name": c.name, "span": _maybe(c.span), "how": c.how} for c in article.agencies],
        "published": _published(article.published),
        "furniture": [_furniture(f) for f in sorted(article.furniture, key=lambda f: (f.start, f.end, f.kind))],
    }


def _published(published: Published) -> Json:
    return {
        "value": published.value,
        "how": published.how,
        "evidence": _spans(published.evidence),
        "reasons": _reasons(published.reasons),
    }


def _furniture(furniture: Furniture) -> Json:
    return {"start": furniture.start, "end": furniture.end, "kind": furniture.kind}


def skipped_dict(skipped: Skipped) -> Json:
    """An input that was set aside."""
    return {"path": skipped.path, "reason": skipped.reason}


def duplicate_dict(duplicate: Duplicate) -> Json:
    """The same report again."""
    return {"path": duplicate.path, "article_id": duplicate.article_id}


def story_dict(story: Story) -> Json:
    """One story with what belongs to it."""
    return {
        "id": story.id,
        "title": story.title,
        "article_ids": sorted(story.article_ids),
        "first": story.first,
        "last": story.last,
        "outlets": sorted(story.outlets),
        "origins": story.origins,
        "parties": story.parties,
        "place_ids": sorted(story.place_ids),
        "summary": [_summary(s) for s in story.summary],
        "statement_ids": sorted(story.statement_ids),
        "dispute_ids": sorted(story.dispute_ids),
        "reasons": _reasons(story.reasons),
    }


def _summary(sentence: SummarySentence) -> Json:
    return {"text": sentence.text, "spans": _spans(sentence.spans)}


def entity_dict(entity: Entity) -> Json:
    """A person, organization or place."""
    return {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "names": [{"text": n.text, "count": n.count} for n in entity.names],
        "mentions": _spans(entity.mentions),
        "description": entity.description,
        "same_as": entity.same_as,
        "place": _place(entity.place),
        "reasons": _reasons(entity.reasons),
    }


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {"lat": place.lat, "lon": place.lon, "country": place.country, "geonames_id": place.geonames_id}


def quote_dict(quote: Quote) -> Json:
    """Who said what, through whom."""
    return {
        "id": quote.id,
        "content": span_dict(quote.content),
        "cue": _maybe(quote.cue),
        "direct": quote.direct,
        "stance": quote.stance,
        "speaker": _speaker(quote.speaker),
        "isnad": [_link(link) for link in quote.isnad],
        "hedged": quote.hedged,
    }


def _speaker(speaker: Speaker | None) -> Json | None:
    if speaker is None:
        return None
    return {"entity_id": speaker.entity_id, "span": _maybe(speaker.span), "text": speaker.text}


def _link(link: Link) -> Json:
    return {"role": link.role, "name": link.name, "entity_id": link.entity_id, "span": _maybe(link.span)}


def time_dict(time: Time) -> Json:
    """A time expression with its value."""
    return {
        "span": span_dict(time.span),
        "text": time.text,
        "type": time.type,
        "value": time.value,
        "calendar": time.calendar,
    }


def figure_dict(figure: Figure) -> Json:
    """A quantity with what it counts."""
    return {
        "id": figure.id,
        "span": span_dict(figure.span),
        "text": figure.text,
        "low": number(figure.low),
        "high": number(figure.high),
        "approximate": figure.approximate,
        "kind": figure.kind,
        "unit": figure.unit,
        "counted": figure.counted,
        "scope": figure.scope,
        "as_of": figure.as_of,
        "place_id": figure.place_id,
        "quote_id": figure.quote_id,
    }


def passage_dict(passage: Passage) -> Json:
    """A stretch of text that two articles share."""
    return {
        "id": passage.id,
        "a": span_dict(passage.a),
        "b": span_dict(passage.b),
        "kind": passage.kind,
        "similarity": _rounded(passage.similarity),
        "direction": passage.direction,
        "source": passage.source,
        "reasons": _reasons(passage.reasons),
    }


def statement_dict(statement: Statement) -> Json:
    """One thing that is asserted."""
    return {
        "id": statement.id,
        "story_id": statement.story_id,
        "text": statement.text,
        "spans": _spans(statement.spans),
        "article_ids": sorted(statement.article_ids),
        "outlets": sorted(statement.outlets),
        "quote_ids": sorted(statement.quote_ids),
        "figure_ids": sorted(statement.figure_ids),
        "origins": [_origin(o) for o in statement.origins],
        "independent": statement.independent,
        "standing": statement.standing,
        "disputed": statement.disputed,
        "confidence": _rounded(statement.confidence),
        "missing_from": sorted(statement.missing_from),
        "missing_from_articles": sorted(statement.missing_from_articles),
        "reasons": _reasons(statement.reasons),
    }


def _origin(origin: Origin) -> Json:
    return {
        "name": origin.name,
        "kind": origin.kind,
        "entity_id": origin.entity_id,
        "named": origin.named,
        "party": origin.party,
        "article_ids": sorted(origin.article_ids),
    }


def dispute_dict(dispute: Dispute) -> Json:
    """Accounts that differ."""
    return {
        "id": dispute.id,
        "story_id": dispute.story_id,
        "kind": dispute.kind,
        "about": dispute.about,
        "sides": [_side(s) for s in dispute.sides],
        "statement_ids": sorted(dispute.statement_ids),
        "reasons": _reasons(dispute.reasons),
    }


def _side(side: Side) -> Json:
    return {
        "says": side.says,
        "spans": _spans(side.spans),
        "article_ids": sorted(side.article_ids),
        "outlets": sorted(side.outlets),
        "as_of": side.as_of,
    }


def timeline_dict(entry: TimelineEntry) -> Json:
    """What happened when."""
    return {
        "story_id": entry.story_id,
        "start": entry.start,
        "end": entry.end,
        "precision": entry.precision,
        "spans": _spans(entry.spans),
        "statement_ids": sorted(entry.statement_ids),
    }


def timeline_key(entry: TimelineEntry) -> tuple[str, str, str, tuple[Span, ...]]:
    """The order of the timeline: story, then time, then place in the reports."""
    return (entry.story_id, entry.start, entry.end or "", entry.spans)


LISTS: dict[str, Callable[[Any], Json]] = {
    "articles": article_dict,
    "skipped": skipped_dict,
    "duplicates": duplicate_dict,
    "stories": story_dict,
    "entities": entity_dict,
    "quotes": quote_dict,
    "times": time_dict,
    "figures": figure_dict,
    "passages": passage_dict,
    "statements": statement_dict,
    "disputes": dispute_dict,
    "timeline": timeline_dict,
}
"""The lists of the contract, in its order, with what turns one of their things into plain values."""
