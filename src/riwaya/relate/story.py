"""One story through the room: dates, times, background, entities, passages, links, in this order, and corrections on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from riwaya.mark.times import resolve_times
from riwaya.model import Article, Correction, Marks, Reason, Related
from riwaya.relate.background import set_background_aside
from riwaya.relate.corrections import Replay, cause, count_as_told, give_dates, name_speakers, not_copies
from riwaya.relate.dates import solve_dates
from riwaya.relate.entities import resolve_entities
from riwaya.relate.link import link_marks
from riwaya.relate.passages import find_passages
from riwaya.relate.versions import of_one_report, settle_versions


def relate_story(
    story_id: str,
    articles: Sequence[Article],
    marks: Sequence[Marks],
    as_of: str | None = None,
    reasons: Sequence[Reason] = (),
    corrections: Iterable[Correction] = (),
) -> Related:
    """Relate the reports of one story to one another.

    Args:
        story_id: becomes part of its entities' ids.
        articles, marks: parallel, in any order; the result is the same.
        as_of: ISO date; no report is from after this day.
        reasons: why these reports are one story; handed through.
        corrections: any; those that stand and cite one of the articles are applied, in the order in which they were made.
    """
    pairs = sorted(zip(articles, marks, strict=True), key=lambda pair: pair[0].id)
    articles, marks = [a for a, _ in pairs], [m for _, m in pairs]
    replay = Replay(corrections, articles)
    articles = give_dates(articles, replay)
    marks = count_as_told(marks, replay)
    published = solve_dates(articles, marks, as_of)
    articles = [replace(a, published=published.get(a.id, a.published)) for a in articles]
    marks = [replace(m, times=tuple(resolve_times(m.times, a.published))) for a, m in zip(articles, marks, strict=True)]
    articles = settle_versions(set_background_aside(articles, marks))
    entities = resolve_entities(story_id, articles, marks, replay)
    said_not, same_report = not_copies(replay), of_one_report(articles)
    passages = find_passages(articles, marks, entities, lambda a, b: same_report(a, b) or said_not(a, b))
    linked = link_marks(articles, marks, entities, {a.id: a.published for a in articles})
    linked = name_speakers(articles, linked, entities, replay)
    why = dict.fromkeys((*reasons, *map(cause, replay.applied)))
    return Related(
        story_id, tuple(articles), tuple(linked), tuple(passages), tuple(entities), tuple(why), replay.applied, replay.aside
    )
