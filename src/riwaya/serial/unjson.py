"""From the plain values of dossier.json back to the model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from riwaya.errors import InputError
from riwaya.model import (
    SCHEMA,
    Article,
    Credit,
    Dispute,
    Dossier,
    Duplicate,
    Entity,
    Figure,
    Furniture,
    Link,
    Marks,
    NameCount,
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

Json = dict[str, Any]


def dossier_from(data: Json) -> Dossier:
    """See `riwaya.serial.json_.from_dict`."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else type(data).__name__
        raise InputError("dossier.json", f"schema {found!r}, not {SCHEMA!r}: build it again with this version")
    try:
        return _dossier(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError("dossier.json", f"not a dossier ({type(error).__name__}: {error}): build it again") from error


def _dossier(data: Json) -> Dossier:
    articles = tuple(article_from(a) for a in data["articles"])
    return Dossier(
        articles=articles,
        stories=tuple(story_from(s) for s in data["stories"]),
        marks=_marks(articles, data),
        entities=tuple(_entity(e) for e in data["entities"]),
        passages=tuple(_passage(p) for p in data["passages"]),
        statements=tuple(_statement(s) for s in data["statements"]),
        disputes=tuple(_dispute(d) for d in data["disputes"]),
        timeline=tuple(_timeline(t) for t in data["timeline"]),
        skipped=tuple(Skipped(s["path"], s["reason"]) for s in data["skipped"]),
        duplicates=tuple(Duplicate(d["path"], d["article_id"]) for d in data["duplicates"]),
        generator=data["generator"],
    )


def _marks(articles: Iterable[Article], data: Json) -> tuple[Marks, ...]:
    quotes: dict[str, list[Quote]] = defaultdict(list)
    times: dict[str, list[Time]] = defaultdict(list)
    figures: dict[str, list[Figure]] = defaultdict(list)
    for quote in map(_quote, data["quotes"]):
        quotes[quote.content.article_id].append(quote)
    for time in map(_time, data["times"]):
        times[time.span.article_id].append(time)
    for figure in map(_figure, data["figures"]):
        figures[figure.span.article_id].append(figure)
    return tuple(
        Marks(
            a.id,
            times=tuple(sorted(times[a.id], key=lambda t: t.span)),
            figures=tuple(sorted(figures[a.id], key=lambda f: (f.span, f.id))),
            quotes=tuple(sorted(quotes[a.id], key=lambda q: (q.content, q.id))),
        )
        for a in articles
    )


def _span(data: Json) -> Span:
    return Span(data["article_id"], data["start"], data["end"])


def _maybe(data: Json | None) -> Span | None:
    return None if data is None else _span(data)


def _spans(data: Iterable[Json]) -> tuple[Span, ...]:
    return tuple(map(_span, data))


def _reasons(data: Json) -> tuple[Reason, ...]:
    return tuple(Reason(r["name"], r["weight"], r["detail"]) for r in data.get("reasons", ()))


def article_from(data: Json) -> Article:
    """One article, of dossier.json or of a line of articles.jsonl."""
    published = data["published"]
    return Article(
        id=data["id"],
        path=data["path"],
        text=data["text"],
        url=data["url"],
        outlet=data["outlet"],
        title=data["title"],
        byline=data["byline"],
        language=data["language"],
        body_start=data["body_start"],
        version_of=data["version_of"],
        agencies=tuple(Credit(c["name"], _maybe(c["span"]), c["how"]) for c in data["agencies"]),
        published=Published(published["value"], published["how"], _spans(published["evidence"]), _reasons(published)),
        furniture=tuple(Furniture(f["start"], f["end"], f["kind"]) for f in data["furniture"]),
    )


def story_from(data: Json) -> Story:
    """One story; the short form in index.json has no summary, statements and disputes."""
    return Story(
        id=data["id"],
        title=data["title"],
        article_ids=tuple(data["article_ids"]),
        first=data["first"],
        last=data["last"],
        outlets=tuple(data["outlets"]),
        origins=data["origins"],
        parties=data["parties"],
        place_ids=tuple(data["place_ids"]),
        summary=tuple(SummarySentence(s["text"], _spans(s["spans"])) for s in data.get("summary", ())),
        statement_ids=tuple(data.get("statement_ids", ())),
        dispute_ids=tuple(data.get("dispute_ids", ())),
        reasons=_reasons(data),
    )


def _entity(data: Json) -> Entity:
    place = data["place"]
    return Entity(
        id=data["id"],
        kind=data["kind"],
        name=data["name"],
        names=tuple(NameCount(n["text"], n["count"]) for n in data["names"]),
        mentions=_spans(data["mentions"]),
        description=data["description"],
        same_as=data["same_as"],
        place=place and Place(place["lat"], place["lon"], place["country"], place["geonames_id"]),
        reasons=_reasons(data),
    )


def _quote(data: Json) -> Quote:
    speaker = data["speaker"]
    return Quote(
        id=data["id"],
        content=_span(data["content"]),
        cue=_maybe(data["cue"]),
        direct=data["direct"],
        stance=data["stance"],
        speaker=speaker and Speaker(speaker["entity_id"], _maybe(speaker["span"]), speaker["text"]),
        isnad=tuple(Link(k["role"], k["name"], k["entity_id"], _maybe(k["span"])) for k in data["isnad"]),
        hedged=data.get("hedged", False),
    )


def _time(data: Json) -> Time:
    return Time(_span(data["span"]), data["text"], data["type"], data["value"], data["calendar"])


def _figure(data: Json) -> Figure:
    return Figure(
        id=data["id"],
        span=_span(data["span"]),
        text=data["text"],
        low=data["low"],
        high=data["high"],
        approximate=data["approximate"],
        kind=data["kind"],
        unit=data["unit"],
        counted=data["counted"],
        scope=data["scope"],
        as_of=data["as_of"],
        place_id=data["place_id"],
        quote_id=data["quote_id"],
    )


def _passage(data: Json) -> Passage:
    return Passage(
        id=data["id"],
        a=_span(data["a"]),
        b=_span(data["b"]),
        kind=data["kind"],
        similarity=data["similarity"],
        direction=data["direction"],
        source=data["source"],
        reasons=_reasons(data),
    )


def _statement(data: Json) -> Statement:
    return Statement(
        id=data["id"],
        story_id=data["story_id"],
        text=data["text"],
        spans=_spans(data["spans"]),
        article_ids=tuple(data["article_ids"]),
        outlets=tuple(data["outlets"]),
        quote_ids=tuple(data["quote_ids"]),
        figure_ids=tuple(data["figure_ids"]),
        origins=tuple(_origin(o) for o in data["origins"]),
        independent=data["independent"],
        standing=data["standing"],
        disputed=data["disputed"],
        confidence=data["confidence"],
        missing_from=tuple(data["missing_from"]),
        missing_from_articles=tuple(data["missing_from_articles"]),
        reasons=_reasons(data),
    )


def _origin(data: Json) -> Origin:
    return Origin(
        data["name"], data["kind"], data["entity_id"], data["named"], data["party"], tuple(data["article_ids"])
    )


def _dispute(data: Json) -> Dispute:
    return Dispute(
        id=data["id"],
        story_id=data["story_id"],
        kind=data["kind"],
        about=data["about"],
        sides=tuple(_side(s) for s in data["sides"]),
        statement_ids=tuple(data.get("statement_ids", ())),
        reasons=_reasons(data),
    )


def _side(data: Json) -> Side:
    return Side(data["says"], _spans(data["spans"]), tuple(data["article_ids"]), tuple(data["outlets"]), data["as_of"])


def _timeline(data: Json) -> TimelineEntry:
    return TimelineEntry(
        story_id=data["story_id"],
        start=data["start"],
        end=data["end"],
        precision=data["precision"],
        spans=_spans(data["spans"]),
        statement_ids=tuple(data.get("statement_ids", ())),
    )
