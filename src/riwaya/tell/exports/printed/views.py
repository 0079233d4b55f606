"""What the printable page shows of a story: plain objects in one language, every line with the numbers of its notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from riwaya.model import Dispute, Dossier, Entity, Span, TimelineEntry
from riwaya.settings.tell import TELL
from riwaya.tell.exports.evidence import one_line, web_address
from riwaya.tell.html.desk import Desk, Report
from riwaya.tell.html.disputes import disputes
from riwaya.tell.html.figures import figures
from riwaya.tell.html.head import head
from riwaya.tell.html.isnad import isnad
from riwaya.tell.html.stands import Line, stands
from riwaya.tell.html.words import LANGUAGES, Pair, day, grouped, plural, tables

_DAY = 10  # characters of YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Told:
    """The page's words in one language."""

    lang: str

    def t(self, key: str, **values: object) -> str:
        """A string of `tell/html/strings.toml`, its {values} filled in."""
        text = str(tables()["text"][key][LANGUAGES.index(self.lang)])
        return text.format(**{k: grouped(v) if isinstance(v, int) else v for k, v in values.items()}) if values else text

    def n(self, key: str, number: int) -> str:
        """How many of something."""
        return self.one(plural(key, number))

    def one(self, text: str | Pair | None) -> str:
        """Of text in both languages, this one's."""
        return text[LANGUAGES.index(self.lang)] if isinstance(text, Pair) else text or ""


@dataclass(frozen=True, slots=True)
class Note:
    """Where words stand: the report's number, code points into its text, and the words if they differ from what is printed."""

    number: int
    report: int
    outlet: str
    place: str
    words: str


@dataclass
class Notes:
    """Notes in the order in which the page cites them; the same words at the same place are one note."""

    desk: Desk
    told: Told
    listed: list[Note] = field(default_factory=list)
    _numbers: dict[Span, int] = field(default_factory=dict)

    def of(self, spans: Iterable[Span], printed: str) -> list[int]:
        """The numbers of the notes to some words, in order.

        Args:
            spans: where they stand; those outside the story are left out.
            printed: the words as the page prints them.
        """
        return [self._note(span, one_line(printed)) for span in dict.fromkeys(self.desk.known(spans))]

    def _note(self, span: Span, printed: str) -> int:
        if span not in self._numbers:
            report = self.desk.by_id[span.article_id]
            words = one_line(self.desk.text(span))
            number = self._numbers[span] = len(self.listed) + 1
            outlet = self.told.one(report.name)
            place = f"{span.start}–{span.end}"
            self.listed.append(Note(number, report.number, outlet, place, "" if words == printed else words))
        return self._numbers[span]


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a section. `under` is what stands below it in small print."""

    text: str
    under: str
    notes: list[int]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a heading, and how many were left out for want of room."""

    title: str
    lead: str
    items: list[Item]
    rest: int = 0


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in the table."""

    what: str
    value: str
    text: str
    origin: str
    as_of: str
    notes: list[int]


@dataclass(frozen=True, slots=True)
class Source:
    """A report in the list of sources."""

    number: int
    outlet: str
    title: str
    date: str
    how: str
    url: str | None
    agencies: str
    path: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A story on paper."""

    id: str
    title: str
    between: str
    counts: list[str]
    warning: str
    summary: Block
    stands: list[Block]
    disputes: list[Block]
    figures: list[FigureRow]
    timeline: list[Block]
    chains: Block
    people: list[Block]
    singles: list[Block]
    sources: list[Source]
    notes: list[Note]


def story(dossier: Dossier, told: Told) -> Printed:
    """One story.

    Args:
        dossier: of one story.
        told: the language.
    """
    desk = Desk(dossier)
    notes = Notes(desk, told)
    stand = stands(desk, TELL.printed_statements)
    top = head(desk)
    first, last = told.one(top.first), told.one(top.last)
    # In the order of the page, so that notes are numbered as a reader meets them.
    return Printed(
        id=desk.story.id,
        title=one_line(top.title) or desk.story.id,
        between=told.t("head.between", first=first, last=last) if first and last else first or told.t("head.undated"),
        counts=[
            told.n("reports", top.reports), told.n("outlets", top.outlets), told.n("origins", top.origins),
            told.n("statements", top.statements), told.n("disputes", top.disputes),
        ],
        warning=told.t("head.one_origin", a=top.leading_count, n=top.statements, name=one_line(top.leading_origin))
        if top.leading_origin and top.leading_count > 1 else "",
        summary=_summary(desk, notes),
        stands=[_column(desk, notes, c.key, [*c.shown, *c.folded]) for c in stand.columns],
        disputes=_disputes(desk, notes),
        figures=_figures(desk, notes),
        timeline=_timeline(desk, notes),
        chains=_chains(desk, told, stand.lines),
        people=_people(desk, told),
        singles=_singles(desk, notes, [(g.report, g.lines) for g in stand.single]),
        sources=[_source(told, r) for r in desk.reports],
        notes=notes.listed,
    )  # fmt: skip


# -------------------------------------------------------------------------------------------------------------- sections


def _summary(desk: Desk, notes: Notes) -> Block:
    told = [(one_line(s.text), desk.known(s.spans)) for s in desk.story.summary]
    items = [Item(text, "", notes.of(spans, text)) for text, spans in told if spans]
    return Block(notes.told.t("short.title"), notes.told.t("short.lead"), items)


def _column(desk: Desk, notes: Notes, key: str, lines: list[Line]) -> Block:
    """Statements of one standing."""
    most = TELL.printed_statements
    told, shown = notes.told, lines[:most]
    lead = [told.t(f"{key}.what" if lines else f"{key}.none")]
    if any(line.weak for line in shown):
        lead.append(f"{told.t('weak')}: {told.t('weak.what')}")
    return Block(told.t(key), " ".join(lead), [_statement(desk, notes, line) for line in shown], max(0, len(lines) - most))


def _statement(desk: Desk, notes: Notes, line: Line) -> Item:
    told = notes.told
    names = [
        one_line(o.name) + (f" ({told.t('party_of', name=one_line(o.party))})" if o.party and o.party != o.name else "")
        for o in line.origins
    ]
    names = [told.one(r.reports[0].name) if r.reports else name for name, r in zip(names, line.origins, strict=True)]
    under = [f"{told.t('origins')}: {told.t('and').join(dict.fromkeys(names))}"] if names else []
    if line.weak:
        under.append(told.t("weak"))
    return Item(line.text, " · ".join(under), notes.of(desk.statements[line.id].spans, line.text))


def _disputes(desk: Desk, notes: Notes) -> list[Block]:
    told = notes.told
    by_id: dict[str, Dispute] = {d.id: d for d in desk.dossier.disputes}
    blocks = []
    for card in disputes(desk, TELL.printed_statements).shown:
        spans = {one_line(side.says): side.spans for side in by_id[card.id].sides}
        items = [
            Item(
                one_line(side.says),
                told.t("as_of", date=told.one(side.as_of)) if side.as_of else "",
                notes.of(spans.get(one_line(side.says), ()), side.says),
            )
            for side in card.sides
        ]
        about = one_line(told.one(card.about))
        title = f"{told.t(card.topic)}: {about}" if card.topic else about
        blocks.append(Block(title, f"{told.t(card.kind)}: {told.t(card.kind + '.what')}", items))
    return blocks


def _figures(desk: Desk, notes: Notes) -> list[FigureRow]:
    told = notes.told
    view = figures(desk, TELL.charts)
    kinds = [
        (told.t(f"kind.{chart.kind}") + (f" ({one_line(chart.counted)})" if chart.counted else ""), row)
        for chart in view.charts
        for row in chart.rows
    ]
    kind_at = {f.span: f.kind for f in desk.figures.values()}
    kinds += [(told.t(f"kind.{kind_at[row.span]}"), row) for row in view.rest]
    return [
        FigureRow(
            what,
            f"{told.t('about')} {told.one(row.value)}" if row.approximate else told.one(row.value),
            one_line(row.text),
            one_line(row.origin or ""),
            told.one(row.as_of),
            notes.of((row.span,), row.text),
        )
        for what, row in kinds
    ]


def _timeline(desk: Desk, notes: Notes) -> list[Block]:
    """The days of the events, as the page has them."""
    days: dict[str, list[TimelineEntry]] = {}
    for entry in sorted(desk.dossier.timeline, key=lambda e: (e.start, e.end or "", e.spans)):
        if desk.known(entry.spans):
            days.setdefault(entry.start[: {"year": 4, "month": 7}.get(entry.precision, _DAY)], []).append(entry)
    return [
        Block(notes.told.one(day(key, weekday=len(key) == _DAY)) or key, "", [_event(desk, notes, e) for e in entries])
        for key, entries in sorted(days.items())
    ]


def _event(desk: Desk, notes: Notes, entry: TimelineEntry) -> Item:
    told = notes.told
    spans = desk.known(entry.spans)
    text = desk.text(min(spans, key=lambda s: (s.end - s.start, desk.place(s))))
    clock = entry.start[_DAY + 1 : _DAY + 6] if entry.precision == "hour" else ""
    ends = entry.end and entry.end[:_DAY] != entry.start[:_DAY] and entry.precision not in ("month", "year")
    until = told.t("until", date=told.one(day(entry.end))) if ends else ""
    return Item(text, " · ".join(part for part in (clock, until) if part), notes.of(spans, text))


def _chains(desk: Desk, told: Told, lines: dict[str, Line]) -> Block:
    """The ways that statements came, the origin first; the arrow points the way the language is read."""
    view = isnad(desk, lines, TELL.graph_boxes)
    arrow = " ← " if told.lang == "ar" else " → "
    routes = view.routes if view else []
    items = [
        Item(f"{arrow.join(one_line(told.one(name)) for name in route.names)} ({told.n('statements', route.count)})", "", [])
        for route in routes[: TELL.printed_statements]
    ]
    return Block(told.t("isnad.title"), "", items, max(0, len(routes) - TELL.printed_statements))


def _people(desk: Desk, told: Told) -> list[Block]:
    blocks = []
    for key, kind in (("people", "person"), ("organizations", "organization"), ("places", "place")):
        own = [e for e in desk.dossier.entities if e.kind == kind and desk.known(e.mentions) and one_line(e.name)]
        own.sort(key=lambda e: (-len(e.mentions), e.name, e.id))
        most = TELL.printed_names
        if own:
            blocks.append(Block(told.t(f"{key}.title"), "", [_named(desk, told, e) for e in own[:most]], max(0, len(own) - most)))
    return blocks


def _named(desk: Desk, told: Told, entity: Entity) -> Item:
    """Somebody, with what the reports call them and the numbers of the reports that do."""
    others = [one_line(n.text) for n in entity.names if one_line(n.text) != one_line(entity.name)]
    numbers = sorted({desk.by_id[s.article_id].number for s in desk.known(entity.mentions)})
    parts = [
        one_line(entity.description or ""),
        f"{told.t('who.spellings')}: {told.t('and').join(dict.fromkeys(others))}" if others else "",
        f"{told.t('print.in_reports')} {told.t('and').join(map(str, numbers))}",
    ]
    return Item(one_line(entity.name), " · ".join(part for part in parts if part), [])


def _singles(desk: Desk, notes: Notes, groups: list[tuple[Report, list[Line]]]) -> list[Block]:
    """What only one report says, by report."""
    most = TELL.printed_singles
    return [
        Block(
            f"{notes.told.t('report_n', n=report.number)}: {one_line(notes.told.one(report.name))}",
            "",
            [_statement(desk, notes, line) for line in lines[:most]],
            max(0, len(lines) - most),
        )
        for report, lines in groups
    ]


def _source(told: Told, report: Report) -> Source:
    article = report.article
    return Source(
        number=report.number,
        outlet=one_line(told.one(report.name)),
        title=one_line(article.title or ""),
        date=told.one(report.date),
        how=told.t(f"published.{article.published.how}"),
        url=web_address(article.url),
        agencies=told.t("and").join(dict.fromkeys(one_line(c.name) for c in article.agencies)),
        path=one_line(article.path),
    )
