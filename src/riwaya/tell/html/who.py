"""People, organizations and places, with their spellings, roles and words; places also on a map."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from riwaya.model import Entity, NameCount, Quote
from riwaya.tell.html.desk import Chip, Desk, Words
from riwaya.tell.html.map import Map, draw
from riwaya.tell.html.stands import Chain, quote_chain


@dataclass(frozen=True, slots=True)
class Said:
    """A quote of somebody."""

    words: Words
    stance: str
    direct: bool
    chain: Chain


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person, an organization or a place."""

    id: str
    name: str
    description: str | None
    spellings: list[NameCount]
    mentions: int
    chips: list[Chip]
    said: list[Said]
    said_more: int
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """Everybody of one kind, the most often named first."""

    key: str
    shown: list[Somebody]
    folded: list[Somebody]


@dataclass(frozen=True, slots=True)
class Who:
    """The section."""

    kinds: list[Kind]
    map: Map | None


def who(desk: Desk, *, shown: int, quotes: int, places: int) -> Who:
    """The section.

    Args:
        desk: the story.
        shown: how many of a kind stand before the rest folds away.
        quotes: how many quotes each shows.
        places: how many places the map shows.
    """
    said: dict[str, list[Quote]] = {}
    for quote in desk.quotes.values():
        if quote.speaker and quote.speaker.entity_id and quote.content.article_id in desk.by_id:
            said.setdefault(quote.speaker.entity_id, []).append(quote)
    own = [e for e in desk.dossier.entities if desk.known(e.mentions)]
    kinds = []
    for key, kind in (("people", "person"), ("organizations", "organization"), ("places", "place")):
        entities = sorted((e for e in own if e.kind == kind), key=lambda e: (-len(e.mentions), e.name, e.id))
        cards = [_somebody(desk, e, said.get(e.id, []), quotes) for e in entities]
        if cards:
            kinds.append(Kind(key, cards[:shown], cards[shown:]))
    located = [e for e in own if e.kind == "place" and e.place is not None]
    located.sort(key=lambda e: (e.id not in desk.story.place_ids, -len(e.mentions), e.name, e.id))
    return Who(kinds, draw(located[:places]))


def _somebody(desk: Desk, entity: Entity, quotes: list[Quote], most: int) -> Somebody:
    quotes = sorted(quotes, key=lambda q: desk.place(q.content))
    distinct: dict[str, Quote] = {}
    for quote in quotes:
        distinct.setdefault(desk.text(quote.content), quote)
    views = []
    for quote in list(distinct.values())[:most]:
        report = desk.by_id[quote.content.article_id]
        views.append(Said(desk.words(quote.content), quote.stance, quote.direct, quote_chain(desk, report, quote)))
    spellings = Counter({n.text: n.count for n in entity.names})
    others = [NameCount(text, count) for text, count in spellings.most_common() if text != entity.name]
    return Somebody(
        id=entity.id,
        name=entity.name,
        description=entity.description,
        spellings=others,
        mentions=len(entity.mentions),
        chips=desk.chips(entity.mentions),
        said=views,
        said_more=max(0, len(distinct) - most),
        country=entity.place.country if entity.place else None,
    )
