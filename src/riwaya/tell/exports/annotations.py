"""W3C Web Annotations (https://www.w3.org/TR/annotation-model/): every statement, quote, figure, time and name over its report.

The target is the report's text as dossier.json gives it (`source`, of type Text, with `via` the page it came from). Positions
count Unicode code points, as the Recommendation asks (4.2.5), the end exclusive: they are the offsets of our spans. A
TextQuoteSelector beside each finds the same words where only the page is at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote as percent

from riwaya.model import Dossier, Entity, Figure, Quote, Span, Statement, Time
from riwaya.serial.json_ import clean, dumps, generator, number
from riwaya.settings.tell import TELL
from riwaya.tell.exports.evidence import Evidence, one_line

Json = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


def urn(*parts: object) -> str:
    """The name of a thing of ours as an IRI: `urn:riwaya:a-1f3c`."""
    return ":".join(["urn:riwaya", *(percent(str(clean(str(part))), safe="-._") for part in parts)])


def write(dossier: Dossier, lang: str) -> bytes:
    """An AnnotationCollection whose one page holds all annotations, in the order of the reports' texts.

    Args:
        dossier: one story, or several merged.
        lang: "ar" or "en": the language of the collection's label.
    """
    evidence = Evidence(dossier, lang)
    items = [item for _, item in sorted(_all(evidence), key=lambda pair: pair[0])]
    stories = sorted(dossier.stories, key=lambda s: s.id)
    own = urn("annotations", *(s.id for s in stories[:1] if len(stories) == 1))
    return dumps(
        clean(
            {
                "@context": CONTEXT,
                "id": own,
                "type": "AnnotationCollection",
                "generator": {"id": urn("software"), "type": "Software", "name": dossier.generator or generator()},
                "label": one_line(stories[0].title) if len(stories) == 1 else evidence.say("index.title"),
                "total": len(items),
                "first": {"id": f"{own}:1", "type": "AnnotationPage", "partOf": own, "startIndex": 0, "items": items},
            }
        )
    )


Placed = tuple[tuple[Span, str], Json]  # an annotation with what it is sorted by


def _all(evidence: Evidence) -> Iterator[Placed]:
    for statement in evidence.dossier.statements:
        yield from _each(evidence, statement.spans, statement.id, "describing", _of_statement(evidence, statement))
    for marks in evidence.dossier.marks:
        for quote in marks.quotes:
            yield from _each(evidence, (quote.content,), quote.id, "describing", _of_quote(evidence, quote))
        for figure in marks.figures:
            yield from _each(evidence, (figure.span,), figure.id, "tagging", _of_figure(figure))
        for time in marks.times:
            yield from _each(evidence, (time.span,), "time", "tagging", _of_time(time))
    for entity in evidence.dossier.entities:
        yield from _each(evidence, entity.mentions, entity.id, "identifying", _of_entity(entity))


def _each(evidence: Evidence, spans: Iterable[Span], id_: str, motivation: str, bodies: list[Json]) -> Iterator[Placed]:
    """An annotation for each span: tools show one stretch of text at a time."""
    for span in sorted(set(evidence.known(spans))):
        own = urn(id_, span.article_id, f"{span.start}-{span.end}")
        body = bodies if len(bodies) > 1 else bodies[0]
        item = {"id": own, "type": "Annotation", "motivation": motivation, "body": body, "target": _target(evidence, span)}
        yield (span, own), item


def _target(evidence: Evidence, span: Span) -> Json:
    article = evidence.articles[span.article_id]
    source: Json = {"id": urn(article.id), "type": "Text", "format": "text/plain", "language": article.language}
    address = evidence.address(article.id)
    if address:
        source["via"] = address
    reach = TELL.selector_context
    return {
        "source": source,
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": article.text[span.start : span.end],
                "prefix": article.text[max(0, span.start - reach) : span.start],
                "suffix": article.text[span.end : span.end + reach],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


# --------------------------------------------------------------------------------------------------------------- bodies


def _text(value: str, purpose: str, language: str | None = None) -> Json:
    body = {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}
    return {**body, "language": language} if language else body


def _tags(*values: str | None) -> list[Json]:
    return [_text(value, "tagging") for value in values if value]


def _of_statement(evidence: Evidence, statement: Statement) -> list[Json]:
    language = next((evidence.articles[i].language for i in statement.article_ids if i in evidence.articles), "ar")
    disputed = "disputed" if statement.disputed else None
    origins = [_text(one_line(o.name), "identifying") for o in statement.origins if o.named and one_line(o.name)]
    text = _text(one_line(statement.text) or statement.id, "describing", language)
    return [text, *origins, *_tags("statement", statement.standing, disputed)]


def _of_quote(evidence: Evidence, quote: Quote) -> list[Json]:
    tags = _tags("quote", "direct" if quote.direct else "indirect", quote.stance, "hedged" if quote.hedged else None)
    if quote.speaker is None:
        return tags
    entity = evidence.entities.get(quote.speaker.entity_id or "")
    name = one_line(entity.name if entity else quote.speaker.text)
    chain = " ← ".join(one_line(link.name or link.role) for link in quote.isnad)
    who = [_text(name, "identifying")] if name else []
    return [*who, *([_who(entity)] if entity else []), _text(chain, "describing"), *tags]


def _who(entity: Entity) -> Json:
    return {"type": "SpecificResource", "purpose": "identifying", "source": urn(entity.same_as or entity.id)}


def _of_figure(figure: Figure) -> list[Json]:
    low, high = number(figure.low), number(figure.high)
    amount = str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
    told = " ".join(part for part in (amount, figure.unit, one_line(figure.counted)) if part)
    return [_text(told, "describing"), *_tags("figure", figure.kind, "approximate" if figure.approximate else None)]


def _of_time(time: Time) -> list[Json]:
    return [*([_text(time.value, "identifying")] if time.value else []), *_tags("time", time.type, time.calendar)]


def _of_entity(entity: Entity) -> list[Json]:
    bodies = [_text(one_line(entity.name) or entity.id, "identifying"), _who(entity)]
    if entity.place and entity.place.geonames_id:
        source = f"https://sws.geonames.org/{entity.place.geonames_id}/"
        bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": source})
    return [*bodies, *_tags("name", entity.kind)]
