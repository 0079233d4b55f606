"""One story through the room: dates, times, background, entities, passages, links, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from riwaya.mark.times import resolve_times
from riwaya.model import Article, Marks, Reason, Related
from riwaya.relate.background import set_background_aside
from riwaya.relate.dates import solve_dates
from riwaya.relate.entities import resolve_entities
from riwaya.relate.link import link_marks
from riwaya.relate.passages import find_passages


def relate_story(
    story_id: str, articles: Sequence[Article], marks: Sequence[Marks], as_of: str | None = None, reasons: Sequence[Reason] = ()
) -> Related:
    """Relate the reports of one story to one another.

    Args:
        story_id: becomes part of its entities' ids.
        articles, marks: parallel, in any order; the result is the same.
        as_of: ISO date; no report is from after this day.
        reasons: why these reports are one story; handed through.
    """
    pairs = sorted(zip(articles, marks, strict=True), key=lambda pair: pair[0].id)
    articles, marks = [a for a, _ in pairs], [m for _, m in pairs]
    published = solve_dates(articles, marks, as_of)
    articles = [replace(a, published=published.get(a.id, a.published)) for a in articles]
    marks = [replace(m, times=tuple(resolve_times(m.times, a.published))) for a, m in zip(articles, marks, strict=True)]
    articles = set_background_aside(articles, marks)
    entities = resolve_entities(story_id, articles, marks)
    passages = find_passages(articles, marks, entities)
    linked = link_marks(articles, marks, entities, {a.id: a.published for a in articles})
    return Related(story_id, tuple(articles), tuple(linked), tuple(passages), tuple(entities), tuple(reasons))
