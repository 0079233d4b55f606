"""Statements: each thing that the reports assert, with every span that asserts it, its origins and its standing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from riwaya.arabic.normalize import fold
from riwaya.ids import stable_id
from riwaya.model import Article, Reason, Related, Span, Statement
from riwaya.relate.versions import reports
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.clusters import Cluster, join
from riwaya.weigh.confidence import Evidence, confidence
from riwaya.weigh.happenings import happenings
from riwaya.weigh.omissions import Omissions
from riwaya.weigh.origins import Origins
from riwaya.weigh.reading import Readings
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


def find_statements(related: Related, units: Sequence[Unit], aligned: Aligned, readings: Readings) -> list[Weighed]:
    """The statements of a story, sorted by id."""
    evidence = Evidence(units)
    story = _Story(related, readings, evidence)
    found: dict[str, Weighed] = {}
    clusters = [*join([u for u in units if _asserts(u)], aligned, evidence), *happenings(related, units)]
    for told in _distinct(clusters, readings):
        weighed = story.weigh(told)
        found[weighed.statement.id] = weighed
    return [found[i] for i in sorted(found)]


def _asserts(unit: Unit) -> bool:
    """Whether the clause says anything beyond who is meant."""
    return unit.is_figure or unit.content >= WEIGH.least_content


@dataclass(slots=True)
class _Told:
    """A statement in the making: what it is made of, how that reads, and clauses that say no more than it."""

    cluster: Cluster
    spans: tuple[Span, ...]
    held: list[Unit] = field(default_factory=list)


def _distinct(clusters: Sequence[Cluster], readings: Readings) -> list[_Told]:
    """Statements that read alike are one; a quantity says nothing of its own where a statement holds it in every report."""
    by_span: dict[Span, list[_Told]] = {}
    made: dict[tuple[Span, ...], _Told] = {}
    for cluster in sorted(clusters, key=lambda c: (c.units[0].is_figure, c.units[0].index)):
        spans = tuple(sorted({_shown(u, readings) for u in cluster.units}))
        home = made.get(spans)
        if home is None and cluster.units[0].is_figure:
            home = next((t for t in by_span.get(spans[0], ()) if set(spans) <= set(t.spans)), None)
        if home is not None:
            home.held.extend(cluster.units)
            continue
        made[spans] = _Told(cluster, spans)
        for span in spans:
            by_span.setdefault(span, []).append(made[spans])
    return _without_beginnings(list(made.values()))


def _without_beginnings(told: Sequence[_Told]) -> list[_Told]:
    """A clause of one report that another clause of it repeats from its first word and carries on says nothing of its own."""
    longer: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for i, one in enumerate(told):
        for span in one.spans:
            longer.setdefault((span.article_id, span.start), []).append((span.end, i))
    kept = []
    for i, one in enumerate(told):
        first = one.spans[0]
        over = [j for end, j in longer[first.article_id, first.start] if end > first.end and j != i]
        if len(one.spans) == 1 and over:
            told[max(over)].held.extend([*one.cluster.units, *one.held])
        else:
            kept.append(one)
    return kept


class _Story:
    """What the statements of one story are weighed by."""

    def __init__(self, related: Related, readings: Readings, evidence: Evidence) -> None:
        self._id = related.story_id
        self._readings = readings
        self._evidence = evidence
        self._origins = Origins(related)
        self._omissions = Omissions(related.articles)
        self._texts = {a.id: a.text for a in related.articles}
        self._outlets = {a.id: outlet_name(a) for a in related.articles}
        self._reports = reports(related.articles)
        self._taken: set[str] = set()  # words that stand for a statement already: another is told otherwise where it can be

    def weigh(self, told: _Told) -> Weighed:
        """The statement that these clauses make."""
        clauses = sorted(told.cluster.units, key=lambda u: u.index)
        units = sorted({u.index: u for u in [*clauses, *told.held]}.values(), key=lambda u: u.index)
        shown = _shown(self._telling(clauses), self._readings)
        self._taken.add(self._words(shown))
        spans = told.spans
        article_ids = tuple(sorted({s.article_id for s in spans}))
        found = self._origins.of(clauses)
        quotes = {u.quote.id for u in units if u.quote is not None}
        figures = {f.id for u in units for f in u.figures}
        absent = self._omissions.of(article_ids)
        sure, why = self._sure(shown, spans, clauses)
        statement = Statement(
            id=stable_id("st", self._id, *(f"{s.article_id}:{s.start}:{s.end}" for s in spans)),
            story_id=self._id,
            text=self._texts[shown.article_id][shown.start : shown.end],
            spans=spans,
            article_ids=article_ids,
            outlets=tuple(sorted({self._outlets[i] for i in article_ids})),
            quote_ids=tuple(sorted(quotes)),
            figure_ids=tuple(sorted(figures)),
            origins=found,
            independent=len(found),
            standing=standing(found, {self._reports[i] for i in article_ids}),
            confidence=sure,
            missing_from=absent.outlets,
            missing_from_articles=absent.articles,
            reasons=(*told.cluster.reasons, *why),
        )
        return Weighed(statement, tuple(units))

    def _sure(
        self, shown: Span, spans: Sequence[Span], clauses: Sequence[Unit]
    ) -> tuple[float | None, tuple[Reason, ...]]:
        """How sure it is that other reports say what is shown, and why; nothing where no other report does."""
        behind: dict[Span, list[Unit]] = {}
        for clause in clauses:
            behind.setdefault(_shown(clause, self._readings), []).append(clause)
        others = [behind[s] for s in spans if s.article_id != shown.article_id]
        return confidence(behind[shown], others, self._evidence) if others else (None, ())

    def _telling(self, clauses: Sequence[Unit]) -> Unit:
        """The clause that stands for what all of them say; not one that stands for another statement, if it can be."""
        if len(clauses) == 1:
            return clauses[0]
        held = _held(clauses)
        open_ = [u for u in clauses if self._words(_shown(u, self._readings)) not in self._taken]
        fresh = [u for u in open_ if _common(u, held) >= WEIGH.told_share]
        return _clearest(fresh or clauses, held, self._readings)

    def _words(self, span: Span) -> str:
        return fold(self._texts[span.article_id][span.start : span.end])


def _shown(unit: Unit, readings: Readings) -> Span:
    """The clause as it is quoted to a reader."""
    return readings.of(unit).span


def _held(units: Sequence[Unit]) -> dict[str, float]:
    """The weight of each term that two clauses or more share."""
    weight: dict[str, float] = {}
    times: dict[str, int] = {}
    for unit in units:
        for name, w in unit.terms.items():
            weight[name] = weight.get(name, 0.0) + w
            times[name] = times.get(name, 0) + 1
    return {name: w for name, w in weight.items() if times[name] > 1}


def _common(unit: Unit, held: Mapping[str, float]) -> float:
    """The share of a clause's weight that the statement's other clauses hold too: what it says beyond them is not theirs."""
    whole = sum(unit.terms.values())
    return sum(w for t, w in unit.terms.items() if t in held) / whole if whole else 1.0


def _clearest(choice: Sequence[Unit], held: Mapping[str, float], readings: Readings) -> Unit:
    """Of the clauses that stand alone the one that holds most of what all hold, and little else; headlines last."""

    def rank(unit: Unit) -> tuple[bool, bool, float, Span]:
        shared = -sum(held.get(t, 0.0) for t in unit.terms) / (1 + len(unit.terms)) ** 0.5
        return not readings.of(unit).whole, unit.headline, shared, unit.span

    return min(choice, key=rank)
