"""Statements: each thing that the reports assert, with every span that asserts it, its origins and its standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from riwaya.ids import stable_id
from riwaya.model import Article, Related, Span, Statement
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.clusters import Cluster, join
from riwaya.weigh.omissions import missing
from riwaya.weigh.origins import Origins
from riwaya.weigh.similar import Aligned
from riwaya.weigh.standing import standing
from riwaya.weigh.units import Unit


@dataclass(frozen=True, slots=True)
class Weighed:
    """A statement with the clauses that make it."""

    statement: Statement
    units: tuple[Unit, ...]


def outlet_name(article: Article) -> str:
    """The outlet of an article; one that names none stands for itself, by its id."""
    return article.outlet or article.id


def find_statements(related: Related, units: Sequence[Unit], aligned: Aligned) -> list[Weighed]:
    """The statements of a story, sorted by id."""
    origins = Origins(related)
    found: dict[str, Weighed] = {}
    for cluster in join([u for u in units if _asserts(u)], aligned):
        weighed = _weigh(related, cluster, origins)
        found[weighed.statement.id] = weighed
    return [found[i] for i in sorted(found)]


def _asserts(unit: Unit) -> bool:
    """Whether the clause says anything beyond who is meant."""
    return unit.is_figure or unit.content >= WEIGH.least_content


def _weigh(related: Related, cluster: Cluster, origins: Origins) -> Weighed:
    units = cluster.units
    spans = tuple(sorted({_shown(u) for u in units}))
    article_ids = tuple(sorted({s.article_id for s in spans}))
    by_id = {a.id: a for a in related.articles}
    texts = {i: by_id[i].text for i in article_ids}
    found = origins.of(units)
    best = _central(units)
    shown = _shown(best)
    quotes = {u.quote.id for u in units if u.quote is not None}
    figures = {f.id for u in units for f in u.figures}
    absent = missing(related.articles, article_ids)
    statement = Statement(
        id=stable_id("st", related.story_id, *(f"{s.article_id}:{s.start}:{s.end}" for s in spans), best.is_figure),
        story_id=related.story_id,
        text=texts[shown.article_id][shown.start : shown.end],
        spans=spans,
        article_ids=article_ids,
        outlets=tuple(sorted({outlet_name(by_id[i]) for i in article_ids})),
        quote_ids=tuple(sorted(quotes)),
        figure_ids=tuple(sorted(figures)),
        origins=found,
        independent=len(found),
        standing=standing(found, article_ids),
        missing_from=absent.outlets,
        missing_from_articles=absent.articles,
        reasons=tuple(cluster.reasons),
    )
    return Weighed(statement, tuple(units))


def _shown(unit: Unit) -> Span:
    """The clause, with the words that say who speaks where both together are still short."""
    whole = unit.whole
    return whole if whole.end - whole.start <= WEIGH.longest_clause else unit.span


def _central(units: Sequence[Unit]) -> Unit:
    """The clause that holds most of what the others hold, not too long; headlines last."""
    weight: dict[str, float] = {}
    for unit in units:
        for name, w in unit.terms.items():
            weight[name] = weight.get(name, 0.0) + w

    def rank(unit: Unit) -> tuple[bool, float, Span]:
        return unit.headline, -sum(weight[t] for t in unit.terms) / (1 + len(unit.terms)) ** 0.5, unit.span

    return min(units, key=rank)
