"""The graph of transmission: who told whom, as nodes and directed edges that GraphML and GEXF write.

A statement runs from its origin through offices, documents and agencies to the reports that carry it, and from each report to the
outlet that published it; reports that share text are joined too. Every edge cites the spans that show it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from riwaya.arabic.normalize import fold
from riwaya.ids import stable_id
from riwaya.model import Article, Dossier, Passage, Quote, Span, Statement
from riwaya.tell.exports.evidence import Evidence, headline, iso_date, web_address, xml_text

KINDS = ("speaker", "office", "document", "relay", "agency", "unknown", "report", "outlet")
"""What a node is, in the order in which statements run."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")

Key = tuple[str, str]  # kind of identity ("entity", "name", "document", "report", "outlet"), and which


@dataclass(frozen=True, slots=True)
class Node:
    """Someone or something that statements pass through. `statements` counts them; `label` is as the reports write it."""

    id: str
    label: str
    kind: str
    statements: int
    entity_id: str | None = None
    named: bool = True
    party: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """From the one nearer the origin to the one nearer the reader.

    kind        isnad: `weight` statements went this way; published: the report is the outlet's, `weight` statements stand in it;
                copy, paraphrase: the reports share `weight` passages of `characters` characters
    direction   known, or unknown: then source and target stand in no order
    evidence    the spans that show it, `ARTICLE:START-END`
    """

    id: str
    source: str
    target: str
    kind: str
    weight: int
    direction: str
    characters: int
    evidence: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Transmission:
    """The graph: nodes by kind and id, edges by source, target and kind."""

    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def transmission(dossier: Dossier, lang: str) -> Transmission:
    """The graph of a dossier of one story, or of several merged.

    Args:
        dossier: it. The same entity of several stories (`same_as`) is one node.
        lang: "ar" or "en": what nameless outlets and sources are called.
    """
    return _Builder(Evidence(dossier, lang)).build()


@dataclass(slots=True)
class _Held:
    label: str
    entity_id: str | None
    named: bool
    party: str | None
    kinds: Counter[str]
    statements: set[str]


@dataclass(slots=True)
class _Way:
    statements: set[str]
    spans: set[Span]


class _Builder:
    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._held: dict[Key, _Held] = {}
        self._ways: dict[tuple[Key, Key, str], _Way] = defaultdict(lambda: _Way(set(), set()))
        origins = [o for s in sorted(evidence.dossier.statements, key=lambda s: s.id) for o in s.origins]
        self._parties = {who: o.party for o in reversed(origins) if o.party for who in (o.entity_id, fold(o.name)) if who}
        self._nameless = {fold(o.name) for o in origins if not o.named}
        bearers: dict[str, set[str]] = defaultdict(set)
        for entity in evidence.dossier.entities:
            if entity.kind != "place":
                bearers[fold(xml_text(entity.name))].add(entity.same_as or entity.id)
        # An agency that is credited by name is the organization of that name, if there is one such.
        self._bearer = {name: min(ids) for name, ids in bearers.items() if len(ids) == 1}

    def build(self) -> Transmission:
        """All of it."""
        dossier = self._evidence.dossier
        for article in self._evidence.ordered:
            self._hold(("report", article.id), self._evidence.title(article), "report")
            self._hold(self._outlet(article), self._evidence.outlet(article.id), "outlet")
            self._ways[("report", article.id), self._outlet(article), "published"]
        for statement in sorted(dossier.statements, key=lambda s: s.id):
            self._run(statement)
        stories = sorted(dossier.stories, key=lambda s: s.id)
        title = xml_text(stories[0].title) if len(stories) == 1 else self._evidence.say("index.title")
        order = {kind: i for i, kind in enumerate(KINDS)}
        nodes = sorted((self._node(key) for key in self._held), key=lambda n: (order[n.kind], n.id))
        return Transmission(title, tuple(nodes), tuple(self._edges()))

    def _outlet(self, article: Article) -> Key:
        return ("outlet", fold((article.outlet or "").strip()) or article.id)

    def _hold(
        self, key: Key, label: str, kind: str, *, entity_id: str | None = None, named: bool = True, party: str | None = None
    ) -> None:
        held = self._held.setdefault(key, _Held(label, entity_id, named, party, Counter(), set()))
        held.kinds[kind] += 1

    # ------------------------------------------------------------------------------------------------------ statements

    def _run(self, statement: Statement) -> None:
        """The way of one statement into each of its reports, and on to the outlets."""
        quotes = [self._evidence.quotes[i] for i in statement.quote_ids if i in self._evidence.quotes]
        by_article: dict[str, Quote] = {}
        for quote in sorted(quotes, key=lambda q: (-len(q.isnad), q.content, q.id)):
            by_article.setdefault(quote.content.article_id, quote)
        for article_id in statement.article_ids:
            article = self._evidence.articles.get(article_id)
            if article is None:
                continue
            quote_here = by_article.get(article_id)
            spans = self._evidence.known(s for s in statement.spans if s.article_id == article_id)
            if quote_here is not None:
                self._way([*self._steps(quote_here), ("report", article_id)], "isnad", statement, [quote_here.content])
            else:
                for origin in statement.origins:
                    if article_id in origin.article_ids and origin.kind != "outlet":
                        step = self._someone(origin.name, origin.kind, origin.entity_id)
                        self._way([step, ("report", article_id)], "isnad", statement, spans)
            self._way([("report", article_id), self._outlet(article)], "published", statement, spans)

    def _steps(self, quote: Quote) -> list[Key]:
        """The chain of a quote, the speaker first. A document is that of whoever issued it: not every statement is one node."""
        steps: list[Key] = []
        for link in reversed(quote.isnad[1:]):
            if link.role == "document" and link.entity_id not in self._evidence.entities and steps:
                issuer = self._held[steps[-1]].label
                key = ("document", f"{':'.join(steps[-1])}:{fold(link.name or '').removeprefix('ال')}")
                self._hold(key, f"{xml_text(link.name or self._evidence.say('role.document'))} ({issuer})", "document")
                steps.append(key)
            else:
                steps.append(self._someone(link.name, link.role if link.role != "outlet" else "relay", link.entity_id))
        return steps

    def _way(self, keys: Iterable[Key], kind: str, statement: Statement, spans: Iterable[Span]) -> None:
        path = [key for key, _ in groupby(keys)]  # a speaker who is his own office is one step
        cited = self._evidence.known(spans)
        for key in path:
            self._held[key].statements.add(statement.id)
        for source, target in pairwise(path):
            way = self._ways[source, target, kind]
            way.statements.add(statement.id)
            way.spans.update(cited)

    def _someone(self, name: str | None, kind: str, entity_id: str | None) -> Key:
        entity = self._evidence.entities.get(entity_id or "")
        label = xml_text(entity.name if entity else name or "") or self._evidence.say("isnad.unknown")
        bearer = entity.same_as or entity.id if entity else self._bearer.get(fold(label))
        key = ("entity", bearer) if bearer else ("name", fold(label))
        named = bool(entity or name) and fold(name or "") not in self._nameless
        party = self._parties.get(entity.id if entity else fold(label))
        self._hold(key, label, kind, entity_id=bearer, named=named, party=party)
        return key

    # --------------------------------------------------------------------------------------------------------- results

    def _node(self, key: Key) -> Node:
        held = self._held[key]
        order = {kind: i for i, kind in enumerate(KINDS)}
        kind = min(held.kinds, key=lambda k: (-held.kinds[k], order.get(k, len(order))))
        label = headline(xml_text(held.label)) or key[1]
        if key[0] == "report":
            article = self._evidence.articles[key[1]]
            return Node(
                _node_id(key), label, kind, len(held.statements), outlet=xml_text(self._evidence.outlet(article.id)),
                published=iso_date(article.published.value), url=web_address(article.url),
            )  # fmt: skip
        party = xml_text(held.party) if held.party else None
        return Node(_node_id(key), label, kind, len(held.statements), held.entity_id, held.named, party)

    def _edges(self) -> Iterator[Edge]:
        for (source, target, kind), way in sorted(self._ways.items()):
            cited = tuple(self._evidence.cite(s) for s in sorted(way.spans))
            yield self._edge(source, target, kind, len(way.statements), cited, tuple(sorted(way.statements)))
        yield from self._copies()

    def _edge(
        self, source: Key, target: Key, kind: str, weight: int, cited: tuple[str, ...], statements: tuple[str, ...] = (),
        *, direction: str = "known", characters: int = 0,
    ) -> Edge:  # fmt: skip
        ends = (_node_id(source), _node_id(target))
        return Edge(stable_id("g", kind, direction, *ends), *ends, kind, weight, direction, characters, cited, statements)

    def _copies(self) -> Iterator[Edge]:
        """Reports that share text, one edge a pair, kind and direction."""
        groups: dict[tuple[str, str, str, str], list[Passage]] = defaultdict(list)
        for passage in self._evidence.dossier.passages:
            a, b = passage.a.article_id, passage.b.article_id
            if len(self._evidence.known((passage.a, passage.b))) == len((a, b)):
                first, second = (b, a) if passage.direction == "b_to_a" else (a, b)
                known = "known" if passage.direction in ("a_to_b", "b_to_a") else "unknown"
                groups[first, second, passage.kind, known].append(passage)
        for (first, second, kind, known), passages in sorted(groups.items()):
            spans = sorted({span for p in passages for span in (p.a, p.b)})
            yield self._edge(
                ("report", first), ("report", second), kind, len(passages), tuple(map(self._evidence.cite, spans)),
                direction=known, characters=sum(p.a.end - p.a.start for p in passages),
            )  # fmt: skip


def _node_id(key: Key) -> str:
    """A report or an entity by its own id, all others by a hash: GraphML takes words without spaces only."""
    own = key[0] in ("report", "entity") and _WORD.fullmatch(key[1])
    return key[1] if own else stable_id(key[0][0], *key)
