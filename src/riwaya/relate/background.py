"""Which paragraphs of a report are background: history and other matters, beside the news of the story.

A paragraph with old dates and none of these days, in which nobody speaks whom the story knows and that shares little with the
other reports, tells of something else. So does a neighbour of it that has no date of these days either and goes on about a name
that only this report knows.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from riwaya.arabic.stems import rarity
from riwaya.arabic.words import iter_norms
from riwaya.model import Article, Furniture, Marks, Quote, Time
from riwaya.relate.reading import Reading, read
from riwaya.settings.background import BACKGROUND

_CALENDAR = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\dW-])")
_RECENT_FORMS = frozenset({"deictic", "weekday"})  # أمس، هذا الأسبوع، الثلاثاء: counted from the report's own day


@dataclass(slots=True)
class _Paragraph:
    start: int
    end: int
    shared: float  # of its weighted words, with the other reports
    old: bool
    recent: bool
    speaks: bool  # somebody whom the story may know, or anybody at length in quotation marks
    names: frozenset[str]
    background: bool = False

    @property
    def aside(self) -> bool:
        """Whether nothing ties it to the news: no date of these days, no one who speaks, few words of the other reports."""
        return not self.recent and not self.speaks and self.shared < BACKGROUND.shared


def set_background_aside(articles: Sequence[Article], marks: Sequence[Marks]) -> list[Article]:
    """The articles of one story, with their background paragraphs added to `furniture` (kind "background").

    Args:
        articles: with their dates settled; `marks` is parallel, its times resolved.
    """
    if len(articles) < 2:  # noqa: PLR2004 - what a story is about shows only in what several reports share
        return list(articles)
    known = [date.fromisoformat(a.published.value[:10]) for a in articles if a.published.value]
    if not known:
        return list(articles)
    days = [date.fromisoformat(a.published.value[:10]) if a.published.value else max(known) for a in articles]
    dated = [any(_is_old(d, day) for d in _named_days(m.times)) for m, day in zip(marks, days, strict=True)]
    if not any(dated):  # background begins where an old day is named
        return list(articles)
    readings = [read(a) for a in articles]
    stems = Counter(s for r in readings for s in set(r.stems))
    names = Counter(n for m in marks for n in {_name(name.text) for name in m.names})
    found = []
    for article, mark, reading, day, able in zip(articles, marks, readings, days, dated, strict=True):
        if not able:
            found.append(article)
            continue
        paragraphs = _judge(_paragraphs(article, mark, reading, stems, names, day), names)
        aside = [Furniture(p.start, p.end, "background") for p in paragraphs if p.background]
        found.append(_with(article, aside) if aside else article)
    return found


def _with(article: Article, aside: Sequence[Furniture]) -> Article:
    return replace(article, furniture=tuple(sorted((*article.furniture, *aside), key=lambda f: (f.start, f.end, f.kind))))


def _paragraphs(
    article: Article, marks: Marks, reading: Reading, stems: Counter[str], names: Counter[str], day: date
) -> list[_Paragraph]:
    found = []
    at = 0
    for line in article.text.splitlines(keepends=True):
        start, end = at, at + len(line.rstrip())
        at += len(line)
        start += len(line) - len(line.lstrip())
        inside = {reading.stems[i] for i in reading.within(start, end)} if end > start else set()
        if len(inside) >= BACKGROUND.words:
            found.append(_paragraph(start, end, inside, marks, stems, names, day))
    return found


def _paragraph(
    start: int, end: int, inside: set[str], marks: Marks, stems: Counter[str], names: Counter[str], day: date
) -> _Paragraph:
    weight = sum(rarity(s) for s in sorted(inside))
    common = sum(rarity(s) for s in sorted(inside) if stems[s] > 1)
    times = [t for t in marks.times if start <= t.span.start < end]
    named_days = _named_days(times)
    old = [d for d in named_days if _is_old(d, day)]
    recent = any(t.expression and t.expression.form in _RECENT_FORMS for t in times) or len(old) < len(named_days)
    speaks = any(start <= q.content.start < end and _speaks(q, marks, names) for q in marks.quotes)
    named = frozenset(_name(n.text) for n in marks.names if start <= n.span.start < end)
    return _Paragraph(start, end, common / weight if weight else 1.0, bool(old), recent, speaks, named)


def _named_days(times: Iterable[Time]) -> list[date]:
    """The last days of the times that stand in the calendar."""
    return [d for t in times if t.expression and t.expression.form not in _RECENT_FORMS and (d := _last_day(t.value))]


def _is_old(named: date, day: date) -> bool:
    return (day - named).days >= BACKGROUND.days


def _speaks(quote: Quote, marks: Marks, names: Counter[str]) -> bool:
    """Whether somebody speaks whom the story may know: anyone but a body that only this report names."""
    if quote.direct and quote.content.end - quote.content.start >= BACKGROUND.speech:
        return True
    if quote.speaker is None or quote.speaker.span is None:
        return False
    by = quote.speaker.span
    bodies = [n for n in marks.names if n.kind == "organization" and n.span.start < by.end and by.start < n.span.end]
    return not any(names[_name(n.text)] == 1 for n in bodies)


def _last_day(value: str | None) -> date | None:
    """The last day that a value may mean: 2012 is over on 31 December. None where it names no day, month or year."""
    match = _CALENDAR.match(value or "")
    if match is None:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    if not year:
        return None
    try:
        return date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None


def _name(text: str) -> str:
    return " ".join(iter_norms(text))


def _judge(paragraphs: list[_Paragraph], names: Counter[str]) -> Iterable[_Paragraph]:
    body = paragraphs[1:]  # the first is the headline or the news itself
    for one in body:
        one.background = one.old and one.aside
    # The neighbours, outwards from each: the same matter, told without a date.
    for order in (body, body[::-1]):
        for before, one in pairwise(order):
            same = any(names[n] == 1 for n in before.names & one.names)
            if before.background and same and one.aside:
                one.background = True
    return paragraphs
