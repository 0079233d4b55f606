"""The timeline: clauses with a resolved time, laid by the day of what they tell, joined across reports by statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from riwaya.model import Article, Related, Span, TimelineEntry
from riwaya.weigh.statements import Weighed
from riwaya.weigh.units import Unit
from riwaya.weigh.when import When, day_of, interval


@dataclass(slots=True)
class _Entry:
    spans: set[Span] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)


def events(unit: Unit, article: Article) -> list[tuple[When, Span]]:
    """When this clause's event is, and when the speech was made that tells it, each with its span.

    The finest times count: where a day is named, its year is no event.
    """
    if not unit.times and not unit.lead_times:
        return []
    said = [w for t in unit.lead_times if (w := interval(t, article)) is not None and w.days == 1]
    anchor = said[0].start if said else day_of(article)
    own = [w for t in unit.times if (w := interval(t, article, anchor)) is not None]
    finest = min((w.days for w in own), default=0)
    published = day_of(article)
    found = [(w, unit.whole) for w in said[:1] if unit.lead is not None]
    for when in own:
        if when.precision == "year" and (finest < when.days or published is None or when.start.year == published.year):
            continue
        found.append((when, unit.span))
    return found


def find_timeline(related: Related, weighed: Iterable[Weighed], units: Sequence[Unit]) -> tuple[TimelineEntry, ...]:
    """Every dated event of the story in order of time."""
    articles = related.articles
    statement_of = {u.index: w.statement.id for w in weighed for u in w.units}
    entries: dict[tuple[When, str], _Entry] = {}
    for unit in units:
        if unit.is_figure:
            continue
        home = statement_of.get(unit.index)
        for when, span in events(unit, articles[unit.article]):
            entry = entries.setdefault((when, home or f"{span.article_id}:{span.start}"), _Entry())
            entry.spans.add(span)
            if home is not None:
                entry.statements.add(home)
    made = [
        TimelineEntry(
            related.story_id,
            when.start.isoformat() + (f"T{when.clock}" if when.clock else ""),
            when.end.isoformat() if when.end != when.start else None,
            when.precision,
            tuple(sorted(entry.spans)),
            tuple(sorted(entry.statements)),
        )
        for (when, _), entry in entries.items()
    ]
    return tuple(sorted(made, key=lambda e: (e.start, e.end or e.start, e.spans)))
