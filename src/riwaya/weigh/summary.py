"""A summary quoted from the reports, and the headline that stands for the story."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from riwaya.model import Related, Span, Statement, SummarySentence
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.reading import Readings
from riwaya.weigh.statements import Weighed
from riwaya.weigh.terms import ENTITY
from riwaya.weigh.timeline import events
from riwaya.weigh.units import Unit
from riwaya.weigh.when import day_of

_STANDING = {"corroborated": 3.0, "repeated": 2.0, "single": 1.0}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that could stand in the summary, for the statements that it holds."""

    sentence: Span
    weight: float
    terms: frozenset[str]
    spans: tuple[Span, ...]
    when: tuple[date, Span]


def summarise(related: Related, weighed: Sequence[Weighed], readings: Readings) -> tuple[SummarySentence, ...]:
    """Sentences of the reports in order of time, chosen for what they carry: standing, number of reports, who and where.

    Greedy choice with a discount for what is already said, after maximal marginal relevance (Carbonell and Goldstein 1998).
    """
    texts = {a.id: a.text for a in related.articles}
    open_ = _candidates(related, weighed, readings)
    chosen: list[_Candidate] = []
    covered: set[str] = set()
    while open_ and len(chosen) < WEIGH.summary_sentences:
        best = min(open_, key=lambda c: (-_gain(c, covered), c.sentence))
        if chosen and _gain(best, covered) <= 0:
            break
        chosen.append(best)
        covered |= best.terms
        taken = {s for c in chosen for s in c.spans}
        open_ = [c for c in open_ if c.sentence != best.sentence and not taken & set(c.spans)]
    chosen.sort(key=lambda c: c.when)
    return tuple(
        SummarySentence(texts[c.sentence.article_id][c.sentence.start : c.sentence.end], tuple(sorted({c.sentence, *c.spans})))
        for c in chosen
    )


def _gain(candidate: _Candidate, covered: set[str]) -> float:
    new = len(candidate.terms - covered) / max(1, len(candidate.terms))
    return candidate.weight * (new - WEIGH.summary_redundancy)


def _candidates(related: Related, weighed: Sequence[Weighed], readings: Readings) -> list[_Candidate]:
    starts = {m.article_id: [s.start for s in m.sentences] for m in related.marks}
    sentences = {m.article_id: m.sentences for m in related.marks}
    held: dict[Span, list[tuple[Weighed, Unit]]] = {}
    for one in weighed:
        for unit in one.units:
            if unit.headline or unit.is_figure:
                continue
            at = bisect_right(starts[unit.span.article_id], unit.span.start) - 1
            held.setdefault(sentences[unit.span.article_id][at], []).append((one, unit))
    found = []
    for sentence, pairs in held.items():
        length = sentence.end - sentence.start
        if WEIGH.summary_shortest <= length <= WEIGH.summary_longest:
            found.append(_candidate(related, sentence, pairs, readings))
    return sorted(found, key=lambda c: c.sentence)


def _candidate(related: Related, sentence: Span, pairs: Sequence[tuple[Weighed, Unit]], readings: Readings) -> _Candidate:
    weight = 0.0
    terms: set[str] = set()
    spans: set[Span] = set()
    for one, unit in pairs:
        statement = one.statement
        entities = sum([t[0] == ENTITY for t in unit.terms]) if len(unit.telling) < len(unit.terms) else 0
        reports = math.log2(1 + len(statement.article_ids))
        weight += _STANDING[statement.standing] * reports * (1 + WEIGH.summary_entity * entities)
        terms |= unit.terms.keys()
        spans.update(s for s in statement.spans if s.article_id != sentence.article_id)
    article = related.articles[pairs[0][1].article]
    # A sentence that opens the report stands on its own; one that goes on from another does not.
    first = min(unit.sentence for _, unit in pairs)
    weight /= len(pairs) ** 0.5 * (1 + WEIGH.summary_position * min(first, WEIGH.summary_depth))
    reading = readings.sentence(pairs[0][1].article, sentence)
    if not reading.whole:
        weight *= WEIGH.summary_goes_on
    days = [w.start for _, u in pairs for w, _ in events(u, article) if w.days == 1]
    when = min(days, default=day_of(article) or date.max)
    return _Candidate(reading.span, weight, frozenset(terms), tuple(sorted(spans)), (when, sentence))


def headline(related: Related, weighed: Sequence[Weighed]) -> str:
    """The headline of the report that carries most of what others carry too; its first sentence if none has a headline."""
    shared: dict[str, float] = {}
    for one in weighed:
        if len(one.statement.article_ids) > 1:
            for article_id in one.statement.article_ids:
                shared[article_id] = shared.get(article_id, 0.0) + math.log2(len(one.statement.article_ids))
    ranked = sorted(related.articles, key=lambda a: (-shared.get(a.id, 0.0), a.id))
    for article in ranked:
        if article.title and article.title.strip():
            return " ".join(article.title.split())
    texts = {a.id: a.text for a in related.articles}
    sentences = {m.article_id: m.sentences for m in related.marks}
    for article in ranked:
        for span in sentences.get(article.id, ())[:1]:
            return " ".join(texts[article.id][span.start : span.end].split())
    return ""


def distinct_origins(statements: Sequence[Statement]) -> tuple[int, int]:
    """How many origins and how many parties stand behind a story's statements."""
    origins = {o.entity_id or (o.kind, o.name) for s in statements for o in s.origins}
    parties = {o.party for s in statements for o in s.origins if o.party}
    return len(origins), len(parties)
