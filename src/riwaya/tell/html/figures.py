"""The figures as small multiples: one chart for each thing counted, ranges over the time of the report, by source.

Shapes are drawn for right-to-left and mirrored by the style sheet for left-to-right; words stand over them as HTML.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from riwaya.arabic.normalize import fold
from riwaya.model import Figure, Span
from riwaya.tell.html.desk import Chip, Desk
from riwaya.tell.html.words import Pair, day, grouped, short_day

HEIGHT = 150.0  # pixels of the plotting area
_MARGIN = 26.0  # pixels above and below the outermost marks, for their labels
_LOG_FROM = 30.0  # from this ratio of highest to lowest on, the value axis is logarithmic: both ends stay readable
_OPEN = 18.0  # pixels of the arrow of an open end
_BADGES = 12  # marks up to which each has the number of its report beneath it; beyond, colours and the table tell
_WIDTH = 300.0  # pixels of the narrowest chart, for finding labels that would cover one another
_LETTER = 7.5  # pixels of a digit of a label
_LINE = 15.0  # pixels of its height
_ONE_NUMBER = ("killed", "injured", "missing", "arrested", "displaced", "evacuated", "hospitalised", "discharged", "troops")
_NOT_CHARTED = ("age",)


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure on a chart; positions in percent of the width from the start side, and pixels from the top."""

    x: float
    top: float
    bottom: float
    up: bool  # open above
    down: bool  # open below
    part: bool
    colour: int
    label: str
    label_top: float
    chip: Chip


@dataclass(frozen=True, slots=True)
class Row:
    """One figure in the table."""

    text: str
    href: str
    lang: str
    value: Pair
    approximate: bool
    chip: Chip
    origin: str | None
    as_of: Pair | None
    scope: str
    span: Span


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on the time axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One thing counted."""

    kind: str
    counted: str
    marks: list[Mark]
    ticks: list[Tick]
    rows: list[Row]
    lowest: str
    highest: str
    reports: int
    badges: bool
    height: float = HEIGHT


@dataclass(frozen=True, slots=True)
class Figures:
    """The section: charts for what several reports count, a table for the rest."""

    charts: list[Chart]
    rest: list[Row]


def figures(desk: Desk, most: int) -> Figures:
    """The section; at most `most` charts, of what most reports count."""
    groups: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in desk.figures.values():
        if figure.span.article_id in desk.by_id and (figure.low is not None or figure.high is not None):
            groups[_thing(figure)].append(figure)
    charted, rest = [], []
    for (kind, _), members in groups.items():
        ordered = sorted(members, key=lambda f: desk.place(f.span))
        several = len({f.span.article_id for f in ordered}) > 1
        if several and kind not in _NOT_CHARTED:
            charted.append(ordered)
        else:
            rest += ordered
    charted.sort(key=lambda g: (-len({f.span.article_id for f in g}), -len(g), desk.place(g[0].span)))
    for group in charted[most:]:
        rest += group
    rest.sort(key=lambda f: desk.place(f.span))
    return Figures([_chart(desk, g) for g in charted[:most]], [_row(desk, f) for f in rest])


def _thing(figure: Figure) -> tuple[str, str]:
    """What is counted: tolls by their kind, everything else by its words."""
    if figure.kind in _ONE_NUMBER:
        return (figure.kind, "")
    return (figure.kind, figure.unit or fold(figure.counted).strip())


def _origin(desk: Desk, figure: Figure) -> str | None:
    quote = desk.quotes.get(figure.quote_id or "")
    if quote is None or len(quote.isnad) < 2:  # noqa: PLR2004 - the outlet alone is no origin
        return None
    link = quote.isnad[-1]
    entity = desk.entities.get(link.entity_id or "")
    return entity.name if entity else link.name


def value_of(figure: Figure) -> Pair:
    """A figure's value in both languages: "2,095", "20–99", "100 فأكثر"."""
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        text = grouped(low) if low == high else f"{grouped(low)}–{grouped(high)}"
        return Pair((text, text))
    if low is not None:
        return Pair((f"{grouped(low)} فأكثر", f"{grouped(low)} or more"))
    return Pair((f"{grouped(high or 0)} فأقل", f"{grouped(high or 0)} or fewer"))


def _row(desk: Desk, figure: Figure) -> Row:
    report = desk.by_id[figure.span.article_id]
    href = desk.link(figure.span)
    return Row(
        text=" ".join(figure.text.split()),
        href=href,
        lang=report.article.language,
        value=value_of(figure),
        approximate=figure.approximate,
        chip=Chip(report, href),
        origin=_origin(desk, figure),
        as_of=day(figure.as_of),
        scope=figure.scope,
        span=figure.span,
    )


class _Scale:
    """Values to pixels from the top; logarithmic where the values are far apart."""

    def __init__(self, values: Sequence[float]) -> None:
        self._low, self._high = min(values), max(values)
        self._log = self._low > 0 and self._high / self._low > _LOG_FROM

    def __call__(self, value: float) -> float:
        low, high, at = self._low, self._high, value
        if self._log:
            low, high, at = math.log(low), math.log(high), math.log(value)
        share = (at - low) / (high - low) if high > low else 0.5
        return round(HEIGHT - _MARGIN - share * (HEIGHT - 2 * _MARGIN), 1)


def _chart(desk: Desk, group: list[Figure]) -> Chart:
    ends = [v for f in group for v in (f.low, f.high) if v is not None]
    scale = _Scale(ends)
    marks, ticks = [], []
    step = 100 / len(group)
    previous = None
    for index, figure in enumerate(group):
        report = desk.by_id[figure.span.article_id]
        x = round((index + 0.5) * step, 2)
        marks.append(_mark(desk, figure, x, scale))
        date = short_day(report.article.published.value)
        if date != previous:
            ticks.append(Tick(x, date))
            previous = date
    counted = next((" ".join(f.counted.split()) for f in group if f.counted.strip()), "")
    return Chart(
        kind=group[0].kind,
        counted="" if group[0].kind in _ONE_NUMBER else counted,
        marks=_without_clashes(marks),
        badges=len(marks) <= _BADGES,
        ticks=ticks,
        rows=[_row(desk, f) for f in group],
        lowest=grouped(min(ends)),
        highest=grouped(max(ends)),
        reports=len({f.span.article_id for f in group}),
    )


def _without_clashes(marks: list[Mark]) -> list[Mark]:
    """Labels that would cover one before them are left out; the table has every value."""
    placed: list[tuple[float, float, float]] = []
    kept = []
    for mark in marks:
        centre, half = mark.x * _WIDTH / 100, (len(mark.label) + 1) * _LETTER / 2
        free = all(abs(centre - c) >= half + h or abs(mark.label_top - t) >= _LINE for c, h, t in placed)
        if free:
            placed.append((centre, half, mark.label_top))
        kept.append(mark if free else replace(mark, label=""))
    return kept


def _mark(desk: Desk, figure: Figure, x: float, scale: _Scale) -> Mark:
    low = figure.low if figure.low is not None else figure.high
    high = figure.high if figure.high is not None else figure.low
    assert low is not None
    assert high is not None
    bottom, top = scale(low), scale(high)
    up, down = figure.high is None, figure.low is None
    report = desk.by_id[figure.span.article_id]
    value = grouped(low) if low == high else f"{grouped(low)}–{grouped(high)}"
    return Mark(
        x=x,
        top=top - _OPEN if up else top,
        bottom=bottom + _OPEN if down else bottom,
        up=up,
        down=down,
        part=figure.scope == "part",
        colour=report.colour,
        label=("~" if figure.approximate else "") + value + ("+" if up else ""),
        label_top=(top - _OPEN if up else top) - 21,
        chip=Chip(report, desk.link(figure.span)),
    )
