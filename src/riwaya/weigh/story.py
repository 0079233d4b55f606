"""One story, weighed."""

from __future__ import annotations

from riwaya.model import Dossier, Related, Story
from riwaya.weigh.similar import Aligned
from riwaya.weigh.statements import find_statements
from riwaya.weigh.timeline import find_timeline
from riwaya.weigh.units import find_units


def weigh_story(related: Related) -> Dossier:
    """Statements, disputes, omissions, timeline and summary of one story."""
    aligned = Aligned(related.passages)
    units = find_units(related)
    weighed = find_statements(related, units, aligned)
    statements = tuple(w.statement for w in weighed)
    story = Story(related.story_id, "", tuple(a.id for a in related.articles), None, None, (), 0, 0)
    return Dossier(related.articles, (story,), related.marks, related.entities, related.passages, statements,
                   timeline=find_timeline(related, weighed, units))
