"""GeoJSON (RFC 7946): the places that the reports name, each with its mentions, figures and what is said of it."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from riwaya.model import Dossier, Entity, Figure, Place, Span, Statement
from riwaya.serial.json_ import clean, dumps, generator, number
from riwaya.settings.tell import TELL
from riwaya.tell.exports.evidence import Evidence, one_line

Json = dict[str, Any]

_DECIMALS = 6  # RFC 7946, section 11.2: about ten centimetres
_ATTRIBUTION = "Places: GeoNames (https://www.geonames.org), CC BY 4.0"


def write(dossier: Dossier, lang: str) -> bytes:
    """A FeatureCollection with a point for each place whose coordinates are known (WGS 84, longitude first).

    Args:
        dossier: one story, or several merged.
        lang: "ar" or "en": the language in which outlets without a name are called so.
    """
    evidence = Evidence(dossier, lang)
    stands = _Stands(evidence)
    own = {place_id for story in dossier.stories for place_id in story.place_ids}
    features = [
        _feature(evidence, stands, entity, entity.place, entity.id in own)
        for entity in sorted(dossier.entities, key=lambda e: e.id)
        if entity.place is not None and on_earth(entity.place)
    ]
    stories = [one_line(s.title) for s in sorted(dossier.stories, key=lambda s: s.id)]
    return dumps(
        clean(
            {
                "type": "FeatureCollection",
                "name": stories[0] if len(stories) == 1 else "riwaya",
                "generator": dossier.generator or generator(),
                "attribution": _ATTRIBUTION,
                "features": features,
            }
        )
    )


def on_earth(place: Place) -> bool:
    """Whether the coordinates are of this world: maps refuse a file for one that are not."""
    return math.isfinite(place.lat) and math.isfinite(place.lon) and abs(place.lat) <= 90 and abs(place.lon) <= 180  # noqa: PLR2004


class _Stands:
    """Which statements stand over a mention of a place."""

    def __init__(self, evidence: Evidence) -> None:
        self._spans: dict[str, list[tuple[Span, Statement]]] = defaultdict(list)
        for statement in evidence.dossier.statements:
            for span in statement.spans:
                self._spans[span.article_id].append((span, statement))

    def over(self, mentions: list[Span]) -> list[Statement]:
        """Statements whose words hold one of these mentions, those of most reports first."""
        found = {
            statement.id: statement
            for mention in mentions
            for span, statement in self._spans[mention.article_id]
            if span.start <= mention.start and mention.end <= span.end
        }
        return sorted(found.values(), key=lambda s: (-s.independent, -len(s.article_ids), s.id))


def _feature(evidence: Evidence, stands: _Stands, entity: Entity, place: Place, of_story: bool) -> Json:
    mentions = evidence.known(entity.mentions)
    dates = sorted(d for d in (evidence.published(s.article_id) for s in mentions) if d)
    articles = {s.article_id for s in mentions}
    figures = [f for f in evidence.figures.values() if f.place_id == entity.id]
    return {
        "type": "Feature",
        "id": entity.id,
        "geometry": {"type": "Point", "coordinates": [round(place.lon, _DECIMALS), round(place.lat, _DECIMALS)]},
        "properties": {
            "name": one_line(entity.name),
            "spellings": [one_line(n.text) for n in entity.names],
            "country": place.country,
            "geonames_id": place.geonames_id,
            "geonames": f"https://www.geonames.org/{place.geonames_id}" if place.geonames_id else None,
            "of_story": of_story,
            "mention_count": len(mentions),
            "report_count": len(articles),
            "outlets": sorted({evidence.outlet(i) for i in articles}),
            "first": dates[0] if dates else None,
            "last": dates[-1] if dates else None,
            "statements": [_statement(s) for s in stands.over(mentions)[: TELL.map_statements]],
            "figures": [_figure(f) for f in sorted(figures, key=lambda f: f.id)],
            "mentions": [_mention(evidence, span) for span in mentions],
        },
    }


def _statement(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "text": one_line(statement.text),
        "standing": statement.standing,
        "disputed": statement.disputed,
        "independent": statement.independent,
    }


def _figure(figure: Figure) -> Json:
    return {
        "id": figure.id,
        "text": one_line(figure.text),
        "kind": figure.kind,
        "low": number(figure.low),
        "high": number(figure.high),
        "as_of": figure.as_of,
    }


def _mention(evidence: Evidence, span: Span) -> Json:
    return {
        "article_id": span.article_id,
        "start": span.start,
        "end": span.end,
        "outlet": evidence.outlet(span.article_id),
        "published": evidence.published(span.article_id),
        "url": evidence.address(span.article_id),
        "words": evidence.sentence(span),
    }
