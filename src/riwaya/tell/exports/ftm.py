"""FollowTheMoney entities (https://followthemoney.tech), one JSON object a line, as OpenAleph and `ftm` read them.

Reports become Article; people and organizations Person, Organization, PublicBody or Company; places Address; what happened when
Event; what somebody said Note. Mention ties a name in a report to whom it names, Documentation a place to its reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from riwaya.arabic.normalize import fold
from riwaya.ids import stable_id
from riwaya.model import Dossier, Entity, Quote, Span
from riwaya.serial.json_ import clean, dumps, timeline_key
from riwaya.settings.tell import TELL
from riwaya.tell.exports.evidence import Evidence, date_parts, headline, iso_date, one_line
from riwaya.tell.exports.geojson import on_earth
from riwaya.tell.html.words import plural

Json = dict[str, Any]

# The first word of an organization's name, folded, where it says what the organization is.
_SCHEMAS = {
    "PublicBody": (
        "وزارة", "رئاسة", "الرئاسة", "حكومة", "الحكومة", "برلمان", "البرلمان", "محكمة", "المحكمة", "نيابة", "النيابة", "شرطة",
        "الشرطة", "جيش", "الجيش", "مديرية", "بلدية", "محافظة", "سفارة", "السفارة", "قنصلية", "الخارجية", "الداخلية",
    ),
    "Company": ("شركة", "الشركة", "مصرف", "المصرف"),
}  # fmt: skip
_SCHEMA_OF = {fold(word): schema for schema, words in _SCHEMAS.items() for word in words}
_DAY = 10  # characters of YYYY-MM-DD
_EARLIEST = "1000"  # the first year that its dates may be of
_MINUTE = 16  # characters of YYYY-MM-DDThh:mm
_LANGUAGES = {"ar": "ara", "en": "eng", "fr": "fra"}  # ISO 639-1 -> 639-3, which FollowTheMoney asks for


def write(dossier: Dossier, lang: str) -> bytes:
    """The entities of a dossier, a line each, by kind and id.

    Args:
        dossier: one story, or several merged.
        lang: "ar" or "en": the language in which outlets without a name are called so.
    """
    evidence = Evidence(dossier, lang)
    return b"".join(dumps(clean(thing)) + b"\n" for thing in entities(evidence))


def entities(evidence: Evidence) -> Iterator[Json]:
    """All entities; each refers only to ids that are among them."""
    dossier = evidence.dossier
    for article in sorted(dossier.articles, key=lambda a: a.id):
        yield _article(evidence, article.id)
    for entity in sorted(dossier.entities, key=lambda e: e.id):
        if one_line(entity.name):
            yield _address(evidence, entity) if entity.kind == "place" else _actor(evidence, entity)
            yield from _mentions(evidence, entity)
    yield from _events(evidence)
    for quote in sorted(evidence.quotes.values(), key=lambda q: q.id):
        yield from _said(evidence, quote)


def _entity(id_: str, schema: str, **properties: Iterable[str | None] | str | None) -> Json:
    """An entity: every property is a list of different non-empty strings."""
    kept: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = [given] if given is None or isinstance(given, str) else given
        texts = list(dict.fromkeys(text for text in values if text))
        if texts:
            kept[name] = texts
    return {"id": id_, "schema": schema, "properties": kept}


def _article(evidence: Evidence, article_id: str) -> Json:
    article = evidence.articles[article_id]
    address = evidence.address(article_id)
    return _entity(
        article_id,
        "Article",
        title=evidence.title(article),
        publisher=evidence.outlet(article_id),
        author=one_line(article.byline or ""),
        publishedAt=_date(article.published.value),
        sourceUrl=address,
        language=_LANGUAGES.get(article.language),
        mimeType="text/plain",
        bodyText=article.text,
    )


def _date(value: str | None) -> str | None:
    """A date as far as FollowTheMoney takes it: of this or the last millennium, to the minute, without the offset."""
    taken = value and iso_date(value) and value[:4] >= _EARLIEST
    return value[:_MINUTE].replace(" ", "T") if value and taken else None


def schema_of(entity: Entity) -> str:
    """The schema of a person or organization."""
    if entity.kind == "person":
        return "Person"
    first = (one_line(entity.name).split() or [""])[0]
    return _SCHEMA_OF.get(fold(first), "Organization")


def _spellings(entity: Entity) -> list[str]:
    name = one_line(entity.name)
    return [text for text in (one_line(n.text) for n in entity.names) if text != name]


def _actor(evidence: Evidence, entity: Entity) -> Json:
    schema = schema_of(entity)
    description = one_line(entity.description or "")
    role = {"position": description} if schema == "Person" else {"description": description}
    return _entity(
        entity.id, schema, name=one_line(entity.name), alias=_spellings(entity), proof=_proof(evidence, entity.mentions), **role
    )


def _address(evidence: Evidence, entity: Entity) -> Json:
    place = entity.place if entity.place and on_earth(entity.place) else None
    return _entity(
        entity.id,
        "Address",
        name=one_line(entity.name),
        full=headline(entity.name),  # addresses have a limit
        alias=_spellings(entity),
        country=place.country.lower() if place and place.country else None,
        latitude=f"{place.lat:.6f}" if place else None,
        longitude=f"{place.lon:.6f}" if place else None,
        sourceUrl=f"https://www.geonames.org/{place.geonames_id}" if place and place.geonames_id else None,
        proof=_proof(evidence, entity.mentions),
    )


def _proof(evidence: Evidence, spans: Iterable[Span]) -> list[str]:
    return sorted({s.article_id for s in evidence.known(spans)})


def _mentions(evidence: Evidence, entity: Entity) -> Iterator[Json]:
    """One for each report that names the entity, with the spellings that the report uses."""
    by_article: dict[str, list[Span]] = defaultdict(list)
    for span in evidence.known(entity.mentions):
        by_article[span.article_id].append(span)
    for article_id, spans in sorted(by_article.items()):
        if entity.kind == "place":
            yield _entity(
                stable_id("doc", entity.id, article_id), "Documentation", document=article_id, entity=entity.id,
                role=plural("mentions", len(spans))[0 if evidence.lang == "ar" else 1],
                summary=[evidence.sentence(s) for s in spans[: TELL.timeline_reports]],
            )  # fmt: skip
        else:
            yield _entity(
                stable_id("men", entity.id, article_id), "Mention", document=article_id, resolved=entity.id,
                name=[evidence.words(s) for s in spans], detectedSchema=schema_of(entity),
            )  # fmt: skip


def _events(evidence: Evidence) -> Iterator[Json]:
    seen: set[str] = set()
    for entry in sorted(evidence.dossier.timeline, key=timeline_key):
        spans = evidence.known(entry.spans)
        start = date_parts(entry.start)
        if not spans or not start:
            continue
        id_ = stable_id("evt", entry.story_id, entry.start, entry.end or "", *(evidence.cite(s) for s in spans))
        if id_ in seen:
            continue
        seen.add(id_)
        statements = [evidence.statements[i] for i in entry.statement_ids if i in evidence.statements]
        told = min(spans, key=lambda s: (s.end - s.start, s))
        named = [e for e in evidence.named_in(spans) if one_line(e.name)]
        places = [e for e in named if e.kind == "place"]
        yield _entity(
            id_,
            "Event",
            name=headline(evidence.words(told)),
            summary=list(dict.fromkeys(evidence.words(s) for s in spans)),
            startDate=_to_precision(entry.start, entry.precision),
            endDate=_to_precision(entry.end, entry.precision),
            location=sorted(headline(e.name) for e in places),
            addressEntity=[e.id for e in places],
            involved=[e.id for e in named if e.kind != "place"],
            proof=sorted({s.article_id for s in spans}),
            sourceUrl=[evidence.address(s.article_id) for s in spans],
            publisher=sorted({evidence.outlet(s.article_id) for s in spans}),
            notes=[f"{s.standing}: {s.independent}" for s in statements],
        )


def _to_precision(value: str | None, precision: str) -> str | None:
    length = {"year": 4, "month": 7, "day": _DAY}.get(precision, _MINUTE)
    return _date(value[:length]) if value else None


def _said(evidence: Evidence, quote: Quote) -> Iterator[Json]:
    """A quote as a note on its speaker."""
    speaker = evidence.entities.get(quote.speaker.entity_id or "") if quote.speaker else None
    if speaker is None or not one_line(speaker.name) or not evidence.known((quote.content,)):
        return
    article_id = quote.content.article_id
    yield _entity(
        quote.id,
        "Note",
        name=f"{one_line(speaker.name)}: {headline(evidence.words(quote.content))}",
        description=evidence.words(quote.content),
        entity=speaker.id,
        proof=article_id,
        publisher=evidence.outlet(article_id),
        sourceUrl=evidence.address(article_id),
        keywords=["direct" if quote.direct else "indirect", quote.stance],
    )
