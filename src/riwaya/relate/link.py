"""Tying quotes and figures to the entities of their story, and figures to places, quotes and days."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import bare
from riwaya.arabic.lexicon import outlets, roles
from riwaya.arabic.words import iter_norms
from riwaya.model import Article, Entity, Figure, Link, Marks, NameKind, Published, Quote, Span, Speaker, Time
from riwaya.settings.relate import RELATE

_HEADS = frozenset(roles.HEADS)
_SPOKESMEN = frozenset(roles.SPOKESMEN)
_AUTHORITIES = "سلطات"
_DAY = len("2022-01-12")
_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")


def link_marks(
    articles: Sequence[Article], marks: Sequence[Marks], entities: Sequence[Entity], published: Mapping[str, Published]
) -> list[Marks]:
    """The marks of one story with entity ids in speakers and isnads, and place, quote and day in figures.

    Args:
        articles, marks: parallel; times already have their values.
        entities: of the story, as `entities.resolve_entities` gives them.
        published: article id -> its date; a figure with no time in its sentence is as of that day.
    """
    bearers = _Bearers(articles, marks, entities)
    mentions: dict[str, list[_At]] = defaultdict(list)
    for entity in entities:
        for span in entity.mentions:
            mentions[span.article_id].append(_At(span.start, span.end, entity))
    linked = []
    for article, marked in zip(articles, marks, strict=True):
        finder = _Finder(article, mentions.get(article.id, []), bearers)
        day = (published.get(article.id) or article.published).value
        quotes = tuple(finder.quote(q) for q in marked.quotes)
        figures = tuple(_figure(f, marked, finder, day) for f in marked.figures)
        linked.append(replace(marked, quotes=quotes, figures=figures))
    return linked


@dataclass(frozen=True, slots=True)
class _At:
    """A mention of an entity in one article."""

    start: int
    end: int
    entity: Entity


# --------------------------------------------------------------------------------------------------------------- titles


@lru_cache(maxsize=1 << 13)
def canonical_role(words: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """A title as it is compared, and the country in it.

    >>> canonical_role(("رييس", "الحكومه", "الكازاخيه")) == canonical_role(("رييس", "وزراء", "كازاخستان"))
    True
    """
    core: list[str] = []
    country = None
    for at, word in enumerate(words):
        if at and (iso := gazetteer.nationality(word)):
            country = country or iso
            continue
        place = gazetteer.lookup_word(word) if at else None
        if place and not place.ambiguous and place.candidates[0].kind == "country":
            country = country or place.candidates[0].country
            continue
        same = roles.SAME.get(word, word.removeprefix("ال"))
        if same:
            core.append(same.removeprefix("ال"))
    return tuple(core), country


class _Bearers:
    """Who bears which title in a story, by article and in all, as the roles beside the names say."""

    def __init__(self, articles: Sequence[Article], marks: Sequence[Marks], entities: Sequence[Entity]) -> None:
        owner = {span: e for e in entities for span in e.mentions}
        self._by_role: dict[tuple[str, ...], Counter[tuple[str, str, str | None]]] = defaultdict(Counter)
        self._countries: dict[str, Counter[str]] = defaultdict(Counter)
        for article, marked in zip(articles, marks, strict=True):
            for name in marked.names:
                entity = owner.get(name.span)
                if entity is None or entity.kind != "person" or name.role is None:
                    continue
                core, country = canonical_role(tuple(iter_norms(article.text[name.role.start : name.role.end])))
                if core:
                    self._by_role[core][(article.id, entity.id, country)] += 1
                if country:
                    self._countries[entity.id][country] += 1

    def who(self, article_id: str, words: tuple[str, ...]) -> str | None:
        """The entity that bears this title: the only one in the report, else in the story; None where none or several do."""
        core, country = canonical_role(words)
        held = self._by_role.get(core)
        if not core or not held:
            return None
        fitting = Counter[tuple[str, str]]()
        for (where, entity_id, _), count in held.items():
            known = self._countries.get(entity_id)
            if country is None or not known or country in known:
                fitting[(where, entity_id)] += count
        for here in ({e for where, e in fitting if where == article_id}, {e for _, e in fitting}):
            if len(here) == 1:
                return next(iter(here))
            if here:
                return None
        return None


# --------------------------------------------------------------------------------------------------------------- quotes


class _Finder:
    """Finds the entity that some words of one article name."""

    def __init__(self, article: Article, mentions: list[_At], bearers: _Bearers) -> None:
        self._article = article
        self._mentions = sorted(mentions, key=lambda m: (m.start, m.end))
        self._starts = [m.start for m in self._mentions]
        self._bearers = bearers
        self._by_words: dict[tuple[str, ...], Entity] = {}
        self._outlets: dict[str, Entity] = {}
        for mention in self._mentions:
            words = tuple(iter_norms(article.text[mention.start : mention.end]))
            self._by_words.setdefault(words, mention.entity)
            if canonical := canonical_outlet(words):
                self._outlets.setdefault(canonical, mention.entity)

    def within(self, start: int, end: int) -> list[_At]:
        """The mentions that overlap text[start:end]."""
        first = max(0, bisect_left(self._starts, start) - 1)
        return [m for m in self._mentions[first : bisect_right(self._starts, end - 1)] if m.end > start]

    def quote(self, quote: Quote) -> Quote:
        """The quote with entity ids in its speaker and its isnad."""
        speaker = quote.speaker
        if speaker is not None and speaker.entity_id is None:
            speaker = replace(speaker, entity_id=self.speaker(speaker.span, speaker.text))
        isnad = tuple(self._link(link, speaker) for link in quote.isnad)
        return replace(quote, speaker=speaker, isnad=isnad)

    def _link(self, link: Link, speaker: Speaker | None) -> Link:
        if link.entity_id is not None or (link.span is None and link.name is None):
            return link
        if link.role == "speaker":
            return replace(link, entity_id=speaker.entity_id if speaker else self.speaker(link.span, link.name or ""))
        return replace(link, entity_id=self.office(link.span, link.name or "", people=link.role == "relay"))

    def speaker(self, span: Span | None, text: str) -> str | None:
        """Who is meant: a person named in these words, the bearer of a bare title, an organization, a spokesman's master."""
        words = tuple(iter_norms(text))
        if not words:
            return None
        if opening := self._opening(span):
            return opening.id
        named = self._named(span, words)
        for mention in named:
            if mention.kind == "person":
                return mention.id
        if bearer := self._bearers.who(self._article.id, words):
            return bearer
        if named and (words[0] not in _HEADS or words[0] in _SPOKESMEN):
            return named[0].id
        return None if named else self._by_head(span, words)

    def _opening(self, span: Span | None) -> Entity | None:
        """The organization that these words begin with: الخدمة الصحفية للرئيس ... is the office, whoever is named after it."""
        found = self.within(span.start, span.start + 1) if span is not None and span.article_id == self._article.id else []
        return next((m.entity for m in found if m.entity.kind == "organization"), None)

    def _by_head(self, span: Span | None, words: tuple[str, ...]) -> str | None:
        """The organization named last before, of which one word stands here (الوزارة, المنظمة); the state of السلطات الروسية."""
        if words[0].removeprefix("ال") == _AUTHORITIES:
            states = {iso for w in words[1:] if (iso := gazetteer.nationality(w))}
            return next((m.entity.id for m in self._mentions if _is_state(m.entity, states)), None)
        if len(words) != 1 or span is None or not words[0].startswith("ال"):
            return None
        head = words[0].removeprefix("ال")
        for mention in reversed(self._mentions[: bisect_left(self._starts, span.start)]):
            if mention.entity.kind == "organization":
                first = next(iter_norms(self._article.text[mention.start : mention.end]), "")
                if bare(first) == head:
                    return mention.entity.id
        return None

    def office(self, span: Span | None, text: str, *, people: bool) -> str | None:
        """Which organization (or, for one who only passes on, person) these words name."""
        words = tuple(iter_norms(text))
        if opening := self._opening(span):
            return opening.id
        named = self._named(span, words)
        wanted: tuple[NameKind, ...] = ("person", "organization", "place") if people else ("organization", "person", "place")
        for kind in wanted:
            for entity in named:
                if entity.kind == kind:
                    return entity.id
        canonical = canonical_outlet(words)
        if canonical and (found := self._outlets.get(canonical)):
            return found.id
        if not words:
            return None
        return (self._bearers.who(self._article.id, words) if people else None) or self._by_head(span, words)

    def _named(self, span: Span | None, words: tuple[str, ...]) -> list[Entity]:
        """The entities mentioned in a span, the longest mention first; with none there, the one of exactly these words."""
        found = self.within(span.start, span.end) if span is not None and span.article_id == self._article.id else []
        if span is not None:
            found.sort(key=lambda m: (max(m.start, span.start) - min(m.end, span.end), m.start))
        if found:
            return [m.entity for m in found]
        exact = self._by_words.get(words)
        return [exact] if exact else []


def _is_state(entity: Entity, states: set[str]) -> bool:
    """Whether an entity is one of these countries (ISO 3166 alpha-2), and not a place in it."""
    if entity.kind != "place" or entity.place is None or entity.place.country not in states:
        return False
    country = gazetteer.country(entity.place.country or "")
    return country is not None and country.geonames_id == entity.place.geonames_id


def canonical_outlet(words: tuple[str, ...]) -> str | None:
    """The name under which an outlet or agency is counted: وكالة رويترز -> رويترز."""
    for phrase in (" ".join(words), " ".join(words[1:])):
        found = outlets.AGENCIES.get(phrase) or outlets.OUTLETS.get(phrase)
        if found:
            return found
    return None


# -------------------------------------------------------------------------------------------------------------- figures


def _figure(figure: Figure, marks: Marks, finder: _Finder, day: str | None) -> Figure:
    sentence = _sentence(marks, figure.span)
    quotes = [q for q in marks.quotes if q.content.start <= figure.span.start and figure.span.end <= q.content.end]
    inner = min(quotes, key=lambda q: (q.content.end - q.content.start, q.id), default=None)
    return replace(
        figure,
        place_id=figure.place_id or _place(figure.span, sentence, finder),
        quote_id=figure.quote_id or (inner.id if inner else None),
        as_of=figure.as_of or _as_of(figure.span, sentence, marks.times, day),
    )


def _sentence(marks: Marks, span: Span) -> Span:
    """The sentence that holds a span; the span itself where none does."""
    at = bisect_right(marks.sentences, span.start, key=lambda s: s.start) - 1
    return marks.sentences[at] if at >= 0 and marks.sentences[at].end >= span.end else span


def _distance(span: Span, start: int, end: int) -> int:
    return max(start - span.end, span.start - end, 0)


def _place(span: Span, sentence: Span, finder: _Finder) -> str | None:
    """The place named nearest to a figure in its sentence; of equals what follows. None where the sentence names none.

    A report's main place would be a guess, and two figures of different places are never compared, so a guess hides disputes.
    """
    found = [m for m in finder.within(sentence.start, sentence.end) if m.entity.kind == "place"]
    near = min(found, key=lambda m: (_distance(span, m.start, m.end), -m.start), default=None)
    return near.entity.id if near and _distance(span, near.start, near.end) <= RELATE.figure_place_distance else None


def _is_day(value: str | None) -> bool:
    """Whether a TIMEX3 value begins with a full calendar day."""
    return value is not None and _FULL_DAY.match(value) is not None


def _as_of(span: Span, sentence: Span, times: Sequence[Time], day: str | None) -> str | None:
    """The day in a figure's sentence that is nearest to it and not after its report; else the day of the report."""
    days = [
        t for t in times
        if sentence.start <= t.span.start and t.span.end <= sentence.end and t.type in ("DATE", "TIME") and _is_day(t.value)
    ]  # fmt: skip
    past = [t for t in days if day is None or (t.value or "")[:_DAY] <= day[:_DAY]]
    near = min(past, key=lambda t: (_distance(span, t.span.start, t.span.end), t.span.start), default=None)
    return (near.value or "")[:_DAY] if near else day[:_DAY] if day else None
