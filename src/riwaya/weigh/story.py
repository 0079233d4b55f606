"""One story, weighed."""

from __future__ import annotations

from collections.abc import Sequence

from riwaya.model import Dispute, Dossier, Related, Statement, Story
from riwaya.weigh.corrected import leave_reasons
from riwaya.weigh.disputes import find_disputes, mark_disputed
from riwaya.weigh.reading import Readings
from riwaya.weigh.similar import Aligned
from riwaya.weigh.statements import Weighed, find_statements, outlet_name
from riwaya.weigh.summary import distinct_origins, headline, summarise
from riwaya.weigh.timeline import find_timeline
from riwaya.weigh.units import find_units


def weigh_story(related: Related) -> Dossier:
    """Statements with origins and standing, disputes, omissions, timeline and summary of one story.

    Takes a story as `relate` leaves it; gives its dossier. The result is a function of the set of articles.
    """
    aligned = Aligned(related.passages)
    units = find_units(related)
    readings = Readings(related, units)
    weighed = find_statements(related, units, aligned, readings)
    disputes = find_disputes(related, weighed, units, aligned, readings)
    statements = mark_disputed([w.statement for w in weighed], disputes)
    statements, disputes = leave_reasons(related, statements, disputes)
    return Dossier(
        articles=related.articles,
        stories=(_story(related, weighed, statements, disputes, readings),),
        marks=related.marks,
        entities=related.entities,
        passages=related.passages,
        statements=statements,
        disputes=disputes,
        timeline=find_timeline(related, weighed, units),
        skipped=related.set_aside,
    )


def _story(
    related: Related,
    weighed: Sequence[Weighed],
    statements: Sequence[Statement],
    disputes: Sequence[Dispute],
    readings: Readings,
) -> Story:
    days = sorted(a.published.value for a in related.articles if a.published.value)
    origins, parties = distinct_origins(statements)
    return Story(
        id=related.story_id,
        title=headline(related, weighed),
        article_ids=tuple(sorted(a.id for a in related.articles)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        outlets=tuple(sorted({outlet_name(a) for a in related.articles})),
        origins=origins,
        parties=parties,
        place_ids=tuple(sorted(e.id for e in related.entities if e.kind == "place")),
        summary=summarise(related, weighed, readings),
        statement_ids=tuple(s.id for s in statements),
        dispute_ids=tuple(d.id for d in disputes),
        reasons=related.reasons,
    )
