"""Disputes: statements that cannot both hold, one that replaces another, or one vaguer than the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from riwaya.ids import stable_id
from riwaya.model import Dispute, Reason, Related, Side, Span, Statement
from riwaya.relate.versions import reports
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.claims import Cut, manner_findings, open_findings
from riwaya.weigh.dates import date_findings, elapsed_findings
from riwaya.weigh.findings import Finding, Stance
from riwaya.weigh.ledger import figure_findings
from riwaya.weigh.positions import condition_findings, denial_findings, headline_findings, wording_findings
from riwaya.weigh.precision import precision_findings
from riwaya.weigh.reading import Readings
from riwaya.weigh.similar import Aligned, shared_weight
from riwaya.weigh.statements import Weighed, outlet_name
from riwaya.weigh.units import Unit

_RANK = {"contradiction": 0, "revision": 1, "precision": 2}


def find_disputes(
    related: Related, weighed: Sequence[Weighed], units: Sequence[Unit], aligned: Aligned, readings: Readings
) -> tuple[Dispute, ...]:
    """The disputes of a story, sorted by id; the strongest where there are very many."""
    statement_of = {u.index: w.statement.id for w in weighed for u in w.units}
    cut = Cut(related)
    findings = [
        *figure_findings(related, units, cut),
        *date_findings(related, weighed, aligned),
        *elapsed_findings(related, units),
        *denial_findings(related, units, aligned, statement_of, cut),
        *condition_findings(related, units, cut),
        *headline_findings(related, units),
        *wording_findings(related, weighed),
        *open_findings(related, units, cut),
        *manner_findings(related, units, cut),
        *precision_findings(related, units, cut),
    ]
    findings = [_as_revision(f, related) for f in findings]
    findings.sort(key=lambda f: (_RANK[f.kind], -f.weight, [s.spans for s in f.sides]))
    shower = _Shower(related, units, readings)
    kept = _once(findings)[: WEIGH.most_disputes]
    made = {d.id: d for f in kept if (d := _dispute(related, f, statement_of, shower)) is not None}
    return tuple(made[i] for i in sorted(made))


def _as_revision(finding: Finding, related: Related) -> Finding:
    """What a report says otherwise in a later version contradicts nobody: it replaces what stood there, the older side first."""
    report = reports(related.articles)
    held = {s.article_id for side in finding.sides for s in side.spans}
    if finding.kind != "contradiction" or len(held) == 1 or len({report[i] for i in held}) > 1:
        return finding
    when = {a.id: a.published.value or "" for a in related.articles}
    sides = sorted(finding.sides, key=lambda side: (min(when[s.article_id] for s in side.spans), side.spans))
    return replace(finding, kind="revision", sides=tuple(sides))


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Without what another comparer found already: the same kind between the same clauses."""
    kept: list[Finding] = []
    seen: set[tuple[str, frozenset[tuple[int, ...]]]] = set()
    for finding in findings:
        key = finding.kind, frozenset(side.units for side in finding.sides)
        if key not in seen:
            seen.add(key)
            kept.append(finding)
    return kept


def _dispute(related: Related, finding: Finding, statement_of: dict[int, str], shower: _Shower) -> Dispute | None:
    sides = tuple(_side(related, s, [o for o in finding.sides if o is not s], shower) for s in finding.sides)
    if len({s.spans for s in sides}) < 2:  # noqa: PLR2004 - a dispute has two sides
        return None
    spans = [f"{s.article_id}:{s.start}:{s.end}" for side in sides for s in side.spans]
    statements = {statement_of[u] for s in finding.sides for u in s.units if u in statement_of}
    return Dispute(
        id=stable_id("d", related.story_id, finding.kind, *spans),
        story_id=related.story_id,
        kind=finding.kind,
        about=finding.about,
        sides=sides,
        statement_ids=tuple(sorted(statements)),
        reasons=(Reason(finding.why, round(finding.weight, 3), finding.about),),
    )


class _Shower:
    """Gives a side words that can be understood alone: the clearest reading of the clauses that take it."""

    def __init__(self, related: Related, units: Sequence[Unit], readings: Readings) -> None:
        self._texts = {a.id: a.text for a in related.articles}
        self._units = {u.index: u for u in units}
        self._readings = readings

    def says(self, stance: Stance, others: Sequence[Stance]) -> str:
        """The words of one side: those that share most with the other sides, if they stand alone."""
        held = [self._units[i] for i in stance.units]
        against = [self._units[i] for o in others for i in o.units][: WEIGH.worded_clauses]
        if not held:
            return stance.says

        def rank(unit: Unit) -> tuple[bool, bool, float, Span]:
            shared = max((shared_weight(unit, o)[0] for o in against), default=0.0)
            return not self._readings.of(unit).whole, unit.headline, -shared, unit.span

        best = self._readings.of(min(held, key=rank)).span
        return self._texts[best.article_id][best.start : best.end]


def _side(related: Related, stance: Stance, others: Sequence[Stance], shower: _Shower) -> Side:
    by_id = {a.id: a for a in related.articles}
    article_ids = tuple(sorted({s.article_id for s in stance.spans}))
    outlets = tuple(sorted({outlet_name(by_id[i]) for i in article_ids}))
    return Side(shower.says(stance, others), stance.spans, article_ids, outlets, stance.as_of)


def mark_disputed(statements: Sequence[Statement], disputes: Sequence[Dispute]) -> tuple[Statement, ...]:
    """Statements with `disputed` set: a contradiction sets it, a revision or a vaguer wording does not."""
    open_ = {i for d in disputes if d.kind == "contradiction" for i in d.statement_ids}
    return tuple(replace(s, disputed=True) if s.id in open_ else s for s in statements)
