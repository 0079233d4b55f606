"""What every section of the page works with: the reports with their numbers, names, colours, and links into their texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from riwaya.model import Article, Dossier, Passage, Span
from riwaya.tell.html.words import Pair, day, t, tables
from riwaya.tell.lookup import Lookup

COLOURS = 8  # hues of the style sheet that tell outlets apart; after that they come again, and the number tells


@dataclass(frozen=True, slots=True)
class Report:
    """One article as the page refers to it."""

    article: Article
    number: int  # 1 is the earliest
    outlet: str  # of the name of the outlet, or a key of its own for an article without one
    name: str | Pair  # to show
    colour: int
    date: Pair | None

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"r{self.number}"


@dataclass(frozen=True, slots=True)
class Chip:
    """A small mark of the report that carries something, leading to its words."""

    report: Report
    href: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a report, quoted."""

    text: str
    href: str
    report: Report
    lang: str


@dataclass(frozen=True, slots=True)
class SameWords:
    """Words that one or more reports carry, letter for letter."""

    text: str
    href: str
    lang: str
    chips: list[Chip]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher: one column of the table of who carries what."""

    key: str
    name: str | Pair
    colour: int
    reports: tuple[Report, ...]


class Desk(Lookup):
    """The dossier of one story, looked up from every side. Links that sections ask for are kept for the reports to carry.

    Here every address is a place on one page; the application, where sections and reports stand on pages of their own, gives
    others.
    """

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(dossier)
        self.story = dossier.stories[0]
        self.linked: dict[str, set[tuple[int, int]]] = {}  # article id -> stretches that something links to
        colours: dict[str, int] = {}
        self.reports: list[Report] = []
        unnamed = Pair(tables()["text"]["unnamed"])
        for number, article in enumerate(self.ordered, 1):
            outlet = article.outlet or article.id
            colour = colours.setdefault(outlet, len(colours) % COLOURS)
            date = day(article.published.value)
            self.reports.append(Report(article, number, outlet, article.outlet or unnamed, colour, date))
        self.by_id = {r.article.id: r for r in self.reports}

    @cached_property
    def outlets(self) -> list[Outlet]:
        """The publishers, in the order of their first report."""
        groups: dict[str, list[Report]] = {}
        for report in self.reports:
            groups.setdefault(report.outlet, []).append(report)
        return [Outlet(key, rs[0].name, rs[0].colour, tuple(rs)) for key, rs in groups.items()]

    @cached_property
    def passages(self) -> list[Passage]:
        """Those between two reports of this story."""
        return [p for p in self.dossier.passages if p.a.article_id in self.by_id and p.b.article_id in self.by_id]

    def link(self, span: Span) -> str:
        """The address of these words in the report's text."""
        self.linked.setdefault(span.article_id, set()).add((span.start, span.end))
        return f"#{self.anchor(self.by_id[span.article_id], span.start, span.end)}"

    def anchor(self, report: Report, start: int, end: int) -> str:
        """The id of words of a report."""
        return f"{report.anchor}-{start}-{end}"

    def to_report(self, report: Report) -> str:
        """The address of a report."""
        return f"#{report.anchor}"

    def to_statement(self, statement_id: str) -> str:
        """The address of a statement."""
        return f"#{statement_id}"

    def to_entity(self, entity_id: str) -> str:
        """The address of a person, an organization or a place."""
        return f"#{entity_id}"

    def say(self, key: str, **values: object) -> Markup:
        """A string of the page, for what is put together outside the templates."""
        return t(key, **values)

    def text(self, span: Span) -> str:
        """The words, on one line."""
        return " ".join(self.by_id[span.article_id].article.text[span.start : span.end].split())

    def words(self, span: Span) -> Words:
        """The words with their place."""
        report = self.by_id[span.article_id]
        return Words(self.text(span), self.link(span), report, report.article.language)

    def known(self, spans: Iterable[Span]) -> list[Span]:
        """Those in reports of this story, in the order of the reports."""
        return sorted((s for s in spans if s.article_id in self.by_id), key=self.place)

    def place(self, span: Span) -> tuple[int, int, int]:
        """Where a span stands among all reports."""
        return (self.by_id[span.article_id].number, span.start, span.end)

    def chips(self, spans: Iterable[Span]) -> list[Chip]:
        """One mark for each report that carries one of the spans."""
        first: dict[str, Span] = {}
        for span in self.known(spans):
            first.setdefault(span.article_id, span)
        return [Chip(self.by_id[i], self.link(span)) for i, span in first.items()]

    def all_words(self, spans: Iterable[Span]) -> list[Words]:
        """The words of all spans."""
        return [self.words(s) for s in self.known(spans)]

    def same_words(self, spans: Iterable[Span]) -> list[SameWords]:
        """The words of all spans, each wording once with the reports that carry it."""
        groups: dict[str, list[Span]] = {}
        for span in self.known(spans):
            groups.setdefault(self.text(span), []).append(span)
        return [
            SameWords(text, self.link(own[0]), self.by_id[own[0].article_id].article.language, self.chips(own))
            for text, own in groups.items()
        ]

    def report_list(self, article_ids: Sequence[str]) -> list[Report]:
        """Reports by id, in order."""
        wanted = frozenset(article_ids)
        return [r for r in self.reports if r.article.id in wanted] if wanted else []
