"""schema.org in JSON-LD (https://schema.org): NewsArticle, Claim, Quotation, Event, and who and what they name.

A statement is a Claim: it appears in articles (`appearance`) and is its origin's (`author`, as ClaimReview uses it; a source
without a name is only credited). How solid it is stands in `keywords`: schema.org has no word for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from riwaya.ids import stable_id
from riwaya.model import Dossier, Entity, Origin, Quote, Statement, Story, TimelineEntry
from riwaya.serial.json_ import clean, dumps, timeline_key
from riwaya.tell.exports.annotations import urn
from riwaya.tell.exports.evidence import Evidence, headline, iso_date, one_line
from riwaya.tell.exports.geojson import on_earth

Json = dict[str, Any]

CONTEXT = "https://schema.org"
_LENGTHS = {"year": 4, "month": 7, "day": 10}  # characters of an ISO date that a precision vouches for


def write(dossier: Dossier, lang: str) -> bytes:
    """A graph of all things of a dossier, each with an `@id` that the others refer to.

    Args:
        dossier: one story, or several merged.
        lang: "ar" or "en": the language in which outlets without a name are called so.
    """
    return dumps(clean({"@context": CONTEXT, "@graph": list(_Graph(Evidence(dossier, lang)).things())}))


def _kept(**properties: Any) -> Json:
    """Those that have a value; a list of one as that one. `id_` and `type_` are JSON-LD's own words."""
    kept: Json = {}
    for name, value in properties.items():
        if isinstance(value, list):
            value = value[0] if len(value) == 1 else value  # noqa: PLW2901 - the same value, as JSON-LD writes it
        if value not in (None, "", []):
            kept[{"id_": "@id", "type_": "@type"}.get(name, name)] = value
    return kept


def _ref(*parts: object) -> Json:
    return {"@id": urn(*parts)}


class _Graph:
    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._named: dict[str, list[Entity]] = defaultdict(list)  # article id -> who and what it names
        for entity in sorted(evidence.dossier.entities, key=lambda e: e.id):
            for article_id in sorted({s.article_id for s in evidence.known(entity.mentions)}):
                self._named[article_id].append(entity)
        self._sources: dict[str, set[str]] = defaultdict(set)  # article id -> those that it copied from
        for passage in evidence.dossier.passages:
            a, b = passage.a.article_id, passage.b.article_id
            if passage.direction in ("a_to_b", "b_to_a") and {a, b} <= evidence.articles.keys():
                source, target = (a, b) if passage.direction == "a_to_b" else (b, a)
                self._sources[target].add(source)

    def things(self) -> Iterator[Json]:
        """All of them."""
        dossier = self._evidence.dossier
        for story in sorted(dossier.stories, key=lambda s: s.id):
            yield self._story(story)
        for article in sorted(dossier.articles, key=lambda a: a.id):
            yield self._article(article.id)
        for entity in sorted(dossier.entities, key=lambda e: e.id):
            yield self._entity(entity)
        for statement in sorted(dossier.statements, key=lambda s: s.id):
            yield self._claim(statement)
        for quote in sorted(self._evidence.quotes.values(), key=lambda q: q.id):
            if self._evidence.known((quote.content,)):
                yield self._quotation(quote)
        seen: set[str] = set()
        for entry in sorted(dossier.timeline, key=timeline_key):
            event = self._event(entry)
            if event and event["@id"] not in seen:
                seen.add(event["@id"])
                yield event

    def _story(self, story: Story) -> Json:
        """The happening as a whole. Its dates are those of its timeline's events, not of the reports."""
        places = [_ref(e.id) for i in story.place_ids if (e := self._evidence.entities.get(i))]
        return _kept(
            id_=urn(story.id),
            type_="Event",
            name=one_line(story.title) or story.id,
            location=places,
            subjectOf=[_ref(i) for i in sorted(story.article_ids) if i in self._evidence.articles],
        )

    def _article(self, article_id: str) -> Json:
        article = self._evidence.articles[article_id]
        byline = one_line(article.byline or "")
        return _kept(
            id_=urn(article_id),
            type_="NewsArticle",
            headline=self._evidence.title(article),
            url=self._evidence.address(article_id),
            datePublished=self._evidence.published(article_id),
            inLanguage=article.language,
            publisher=self._outlet(article_id),
            author={"@type": "Person", "name": byline} if byline else None,
            isBasedOn=[_ref(i) for i in sorted(self._sources[article_id])],
            mentions=[_ref(e.id) for e in self._named[article_id]],
        )

    def _outlet(self, article_id: str) -> Json:
        name = self._evidence.outlet(article_id)
        return {"@id": urn("outlet", stable_id("o", name)), "@type": "NewsMediaOrganization", "name": name}

    def _entity(self, entity: Entity) -> Json:
        name, description = one_line(entity.name), one_line(entity.description or "")
        names = [text for text in (one_line(n.text) for n in entity.names) if text and text != name]
        own = _kept(id_=urn(entity.id), type_=entity.kind.title(), name=name or entity.id, alternateName=names)
        own |= _kept(**{"jobTitle" if entity.kind == "person" else "description": description})
        if entity.same_as and entity.same_as != entity.id:
            own["sameAs"] = urn(entity.same_as)
        if entity.kind == "place" and entity.place and on_earth(entity.place):
            place = entity.place
            own["geo"] = {"@type": "GeoCoordinates", "latitude": round(place.lat, 6), "longitude": round(place.lon, 6)}
            own |= _kept(
                address={"@type": "PostalAddress", "addressCountry": place.country} if place.country else None,
                sameAs=f"https://sws.geonames.org/{place.geonames_id}/" if place.geonames_id else own.get("sameAs"),
            )
        return own

    def _claim(self, statement: Statement) -> Json:
        spans = self._evidence.known(statement.spans)
        ids = list(dict.fromkeys(s.article_id for s in spans))
        dated = [i for i in ids if self._evidence.published(i)]
        named = [o for o in statement.origins if o.named]
        return _kept(
            id_=urn(statement.id),
            type_="Claim",
            text=one_line(statement.text) or statement.id,
            inLanguage=self._evidence.articles[ids[0]].language if ids else None,
            appearance=[_ref(i) for i in ids],
            firstAppearance=_ref(dated[0]) if dated else None,
            author=[self._author(o) for o in named],
            creditText="، ".join(one_line(o.name) for o in statement.origins if not o.named),
            keywords=[statement.standing, *(["disputed"] if statement.disputed else [])],
            about=[_ref(statement.story_id)] if any(s.id == statement.story_id for s in self._evidence.dossier.stories) else None,
        )

    def _author(self, origin: Origin) -> Json:
        """Whose claim it is. A place that speaks (الكويت) does so as a government."""
        entity = self._evidence.entities.get(origin.entity_id or "")
        if entity is not None and entity.kind != "place":
            return _ref(entity.id)
        name = one_line(origin.name)
        if origin.kind == "outlet":
            return {"@id": urn("outlet", stable_id("o", name)), "@type": "NewsMediaOrganization", "name": name}
        kind = "NewsMediaOrganization" if origin.kind == "agency" else "Organization"
        return {"@type": kind if entity or origin.kind != "speaker" else "Person", "name": name}

    def _quotation(self, quote: Quote) -> Json:
        entity = self._evidence.entities.get(quote.speaker.entity_id or "") if quote.speaker else None
        speaker = entity if entity and entity.kind != "place" else None
        article_id = quote.content.article_id
        return _kept(
            id_=urn(quote.id),
            type_="Quotation",
            text=self._evidence.words(quote.content),
            inLanguage=self._evidence.articles[article_id].language,
            spokenByCharacter=_ref(speaker.id) if speaker else None,
            creditText=one_line(quote.speaker.text) if quote.speaker and not speaker else None,
            isPartOf=_ref(article_id),
            keywords=["direct" if quote.direct else "indirect", quote.stance],
        )

    def _event(self, entry: TimelineEntry) -> Json | None:
        spans = self._evidence.known(entry.spans)
        length = _LENGTHS.get(entry.precision, 16)
        start, end = iso_date(entry.start[:length]), iso_date((entry.end or "")[:length])
        if not spans or not start:
            return None
        told = min(spans, key=lambda s: (s.end - s.start, s))
        places = [e.id for e in self._evidence.named_in(spans) if e.kind == "place"]
        return _kept(
            id_=urn("event", stable_id("v", entry.story_id, entry.start, entry.end, *(self._evidence.cite(s) for s in spans))),
            type_="Event",
            name=headline(self._evidence.words(told)),
            description=self._evidence.words(told),
            startDate=start,
            endDate=end,
            location=[_ref(i) for i in places],
            superEvent=_ref(entry.story_id) if any(s.id == entry.story_id for s in self._evidence.dossier.stories) else None,
            subjectOf=[_ref(i) for i in dict.fromkeys(s.article_id for s in spans)],
        )
