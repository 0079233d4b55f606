"""What stands: statements by standing, each with the way it came and its words in every report."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.model import Origin, Quote, Statement
from riwaya.settings.tell import TELL
from riwaya.tell.html.desk import Chip, Desk, Report, SameWords


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a chain, with the place where the report names it."""

    role: str
    name: str | None
    href: str | None


@dataclass(frozen=True, slots=True)
class Chain:
    """How a statement reached a report, or several in the same way: the origin first."""

    reports: tuple[Report, ...]
    steps: tuple[Step, ...]
    hedged: bool = False
    stance: str = "affirms"


@dataclass(frozen=True, slots=True)
class OriginView:
    """Whoever first said it. `reports` holds the report of an outlet that is its own origin."""

    name: str
    named: bool
    party: str | None
    reports: list[Report]


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as the page shows it. `sure` is its confidence in hundredths, None where it has none."""

    id: str
    text: str
    lang: str
    standing: str
    disputed: bool
    independent: int
    href: str
    chips: list[Chip]
    origins: list[OriginView]
    chains: list[Chain]
    words: list[SameWords]
    absent: list[Report]
    sure: int | None
    weak: bool
    weight: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Statements of one standing, those first that most reports surely tell, the weak ones last."""

    key: str
    shown: list[Line]
    folded: list[Line]

    @property
    def size(self) -> int:
        """How many."""
        return len(self.shown) + len(self.folded)


@dataclass(frozen=True, slots=True)
class Group:
    """What only one report says."""

    report: Report
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Stands:
    """The section."""

    columns: list[Column]
    single: list[Group]
    lines: dict[str, Line]


def stands(desk: Desk, shown: int) -> Stands:
    """The section "what stands".

    Args:
        desk: the story.
        shown: how many statements a column shows before the rest folds away.
    """
    lines = {s.id: line(desk, s) for s in desk.dossier.statements if desk.known(s.spans)}
    heavy = sorted(lines.values(), key=lambda x: x.weight)
    columns = []
    for key, wanted in (
        ("corroborated", [x for x in heavy if x.standing == "corroborated" and not x.disputed]),
        ("repeated", [x for x in heavy if x.standing == "repeated" and not x.disputed]),
        ("disputed", [x for x in heavy if x.disputed]),
    ):
        columns.append(Column(key, wanted[:shown], wanted[shown:]))
    single: dict[int, list[Line]] = {}
    for one in heavy:
        if one.standing == "single" and not one.disputed:
            single.setdefault(one.chips[0].report.number, []).append(one)
    groups = [Group(desk.reports[number - 1], found) for number, found in sorted(single.items())]
    return Stands(columns, groups, lines)


def line(desk: Desk, statement: Statement) -> Line:
    """One statement."""
    spans = desk.known(statement.spans)
    text = " ".join(statement.text.split())
    exact = next((s for s in spans if desk.text(s) == text), spans[0])
    quotes = [desk.quotes[i] for i in statement.quote_ids if i in desk.quotes]
    sure = statement.confidence
    weak = sure is not None and sure < TELL.weak
    expected = 1 + (len(statement.article_ids) - 1) * (1.0 if sure is None else sure)  # reports that tell it
    return Line(
        id=statement.id,
        text=text,
        lang=desk.by_id[exact.article_id].article.language,
        standing=statement.standing,
        disputed=statement.disputed,
        independent=statement.independent,
        href=desk.link(exact),
        chips=desk.chips(spans),
        origins=_origins(desk, statement.origins),
        chains=_chains(desk, statement, quotes),
        words=desk.same_words(spans),
        absent=desk.report_list(statement.missing_from_articles),
        sure=None if sure is None else round(100 * sure),
        weak=weak,
        weight=(weak, -expected, -statement.independent, *desk.place(spans[0])),
    )


def _origins(desk: Desk, origins: tuple[Origin, ...]) -> list[OriginView]:
    """Outlets that are their own origin go by their marks, all others by name; those by name first."""
    named = [OriginView(o.name, o.named, o.party, []) for o in origins if o.kind != "outlet"]
    outlets = [OriginView(o.name, True, None, desk.report_list(o.article_ids)[:1]) for o in origins if o.kind == "outlet"]
    return named + outlets


def _chains(desk: Desk, statement: Statement, quotes: list[Quote]) -> list[Chain]:
    """One chain for each report: that of its quote, or straight from the origin."""
    by_article: dict[str, Quote] = {}
    for quote in sorted(quotes, key=lambda q: (-len(q.isnad), q.content, q.id)):
        by_article.setdefault(quote.content.article_id, quote)
    chains = []
    for report in desk.report_list(statement.article_ids):
        article_id = report.article.id
        quote_here = by_article.get(article_id)
        if quote_here is not None:
            chains.append(quote_chain(desk, report, quote_here))
            continue
        for origin in statement.origins:
            if article_id in origin.article_ids:
                steps = () if origin.kind == "outlet" else (Step(origin.kind, origin.name, None),)
                chains.append(Chain((report,), steps))
    return _together(chains)


def quote_chain(desk: Desk, report: Report, quote: Quote) -> Chain:
    """The chain of one quote, the speaker first."""
    steps = []
    for link in reversed(quote.isnad[1:]):
        entity = desk.entities.get(link.entity_id or "")
        name = entity.name if entity else link.name
        href = desk.link(link.span) if link.span and link.span.article_id in desk.by_id else None
        steps.append(Step(link.role, name, href))
    return Chain((report,), tuple(steps), quote.hedged, quote.stance)


def _together(chains: list[Chain]) -> list[Chain]:
    """Chains through the same names as one, with all the reports that they reached."""
    groups: dict[tuple[object, ...], Chain] = {}
    for chain in chains:
        key = (tuple((s.role, s.name) for s in chain.steps), chain.hedged, chain.stance)
        before = groups.get(key)
        reached = (before.reports if before else ()) + tuple(r for r in chain.reports if not before or r not in before.reports)
        groups[key] = Chain(reached, before.steps if before else chain.steps, chain.hedged, chain.stance)
    return list(groups.values())
