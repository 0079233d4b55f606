"""Dates for undated reports: candidate days, what each report says about its own, what the others say, solved together.

The sum of all scores (`date_evidence`, `date_pairs`, `date_story`) is climbed by iterated conditional modes (Besag 1986) from
the story's likeliest days as starts; a date is given only where the next best day, alone or in another solution of the whole
story, is clearly worse. What stays open is said to be open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from riwaya.arabic.calendars import gregorian, parse_iso
from riwaya.model import Article, Marks, Published, Reason, Span
from riwaya.relate.date_evidence import (
    Mention,
    Part,
    anchor,
    distinct,
    full_day,
    mentions_of,
    month_days,
    months_named,
    parts,
    shares,
    year_checks,
    years_named,
)
from riwaya.relate.date_pairs import Bonds, NamedDays, Tie, ties
from riwaya.relate.date_story import Placing, Telling
from riwaya.settings.dates import DATES

_UNKNOWN = Published(None, "unknown")
_WEEK = 7


def solve_dates(articles: Sequence[Article], marks: Sequence[Marks], as_of: str | None = None) -> dict[str, Published]:
    """The dates of the reports of one story that carry none.

    Args:
        articles: the reports of one story, dated and undated.
        marks: their marks, parallel to `articles`.
        as_of: ISO date; no report is from after this day. A bound, never a date itself.

    Returns:
        article id -> Published, for the undated ones only: `inferred` with the spans that speak for it and the reasons with
        their weights, or `unknown` with the reasons why it stays open.
    """
    order = sorted(range(len(articles)), key=lambda i: articles[i].id)
    articles, marks = [articles[i] for i in order], [marks[i] for i in order]
    stated = {a.id: day for a in articles if (day := parse_iso(a.published.value))}
    undated = [a.id for a in articles if a.id not in stated]
    if not undated:
        return {}
    mentions = {a.id: mentions_of(a, m) for a, m in zip(articles, marks, strict=True)}
    days = _candidates(mentions, stated, parse_iso(as_of), undated)
    if not days:
        return dict.fromkeys(undated, _UNKNOWN)
    tied = ties(articles, marks, [mentions[a.id] for a in articles], frozenset(undated))
    problem = _Problem(undated, stated, mentions, days, tied)
    return problem.solve()


# -------------------------------------------------------------------------------------------------------------- candidates


def _candidates(
    mentions: Mapping[str, Sequence[Mention]], stated: Mapping[str, date], latest: date | None, undated: Sequence[str]
) -> list[date]:
    """The days that any undated report may be from: around the dated reports, else around the months and years they name."""
    found: set[date] = set()
    fixed = _fixed(mentions, stated, undated)
    if fixed:
        reach = DATES.reach
        for day in fixed:
            for i in range(-reach, reach + 1):
                try:
                    found.add(day + timedelta(days=i))
                except OverflowError:
                    continue
    else:
        years = _own_years([years_named(mentions[i]) for i in undated], [m for i in undated for m in mentions[i]])
        months = _votes([months_named(mentions[i]) for i in undated])
        if not years and latest is not None:
            years = _years_by_weekday(mentions, undated, latest)
        for year in years[: DATES.years]:
            for month in months[: DATES.months]:
                found.update(month_days(year, month, DATES.before_month, DATES.after_month))
    return sorted(d for d in found if latest is None or d <= latest)


def _fixed(mentions: Mapping[str, Sequence[Mention]], stated: Mapping[str, date], undated: Sequence[str]) -> list[date]:
    """The days that are given: stated ones, and those that pages say they published their reports on."""
    pages = (m.expression for i in undated for m in mentions[i] if m.page == "published")
    return sorted({*stated.values(), *(day for said in pages if (day := full_day(said)))})


def _own_years(votes: Sequence[Mapping[int, float]], mentions: Sequence[Mention]) -> list[int]:
    """The years that the story may be of, the best supported first; none where all years named may be past ones."""
    total: dict[int, float] = {}
    for year in sorted({y for one in votes for y in one}):
        said = sorted((one[year] for one in votes if year in one), reverse=True)
        total[year] = said[0] + DATES.year_repeated * sum(w > DATES.year_plain for w in said[1:])
    for year, points in year_checks(mentions, list(total)).items():
        total[year] += points
    return sorted((y for y in total if total[y] >= DATES.year_enough), key=lambda y: (-total[y], -y))


def _votes(votes: Sequence[Mapping[int, float]]) -> list[int]:
    """Years or months, the best supported first; the later one where two are level."""
    total: dict[int, float] = defaultdict(float)
    for one in votes:
        for value, weight in one.items():
            total[value] += weight
    return sorted(total, key=lambda v: (-total[v], -v))


def _years_by_weekday(mentions: Mapping[str, Sequence[Mention]], undated: Sequence[str], latest: date) -> list[int]:
    """With no year named: the years before the bound in which a named weekday and date are one day (الخميس 6 يناير)."""
    votes: dict[int, float] = defaultdict(float)
    for article in undated:
        for mention in mentions[article]:
            said = mention.expression
            if said.form != "calendar" or said.weekday is None or said.month is None or said.day is None or said.hijri:
                continue
            for year in range(latest.year, latest.year - DATES.years_back, -1):
                day = gregorian(year, said.month, said.day)
                if day and day <= latest and day.weekday() == said.weekday:
                    votes[year] += 1
    return sorted(votes, key=lambda y: (-votes[y], -y))


# ----------------------------------------------------------------------------------------------------------------- solving


@dataclass
class _Problem:
    """All scores of one story, and their best joint solution."""

    undated: Sequence[str]
    stated: Mapping[str, date]
    mentions: Mapping[str, Sequence[Mention]]
    days: Sequence[date]
    tied: Sequence[Tie]
    own: dict[str, dict[date, float]] = field(default_factory=dict)
    ties_of: dict[str, list[Tie]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.telling = Telling(self.mentions)
        self.fixed = _fixed(self.mentions, self.stated, self.undated)
        self.held: dict[date, bool] = {}

    def solve(self) -> dict[str, Published]:
        """The dates, each with its evidence, or unknown."""
        story_years = self._years_of_story()
        told = {article: distinct(self.mentions[article]) for article in self.undated}
        self.shared = shares(told.values())
        scored = {
            article: {d: story_years.get(d.year, 0.0) + sum(p.score for p in parts(said, d, self.shared)) for d in self.days}
            for article, said in told.items()
        }
        if not self.fixed:
            self.days = _weeks(scored, self.days)
        self.own = {article: {d: own[d] for d in self.days} for article, own in scored.items()}
        for tie in self.tied:
            self.ties_of[tie.a].append(tie)
            self.ties_of[tie.b].append(tie)
        named = NamedDays()
        self.bonds = {article: Bonds(article, self.ties_of[article], named) for article in self.undated}
        solutions = self._solutions()
        best_total, best = solutions[0][0], Placing(self.days, self.stated, solutions[0][1], self.telling)
        out = {}
        for article in self.undated:
            margin, runner = self._margin(article, best, best_total, solutions)
            out[article] = self._published(article, best, margin, runner)
        return out

    def _years_of_story(self) -> dict[int, float]:
        """What the other reports' years add for all: each report speaks once for each year it names."""
        votes: dict[int, float] = defaultdict(float)
        for article in self.undated:
            for year, weight in years_named(self.mentions[article]).items():
                votes[year] += weight / 2
        return {y: min(v, DATES.today) - sum(w for z, w in votes.items() if z > y) / 2 for y, v in votes.items()}

    # -- scores

    def _at(self, article: str, day: date, placing: Placing) -> float:
        """The score of a report on a day, the others being where the placing has them."""
        return self.own[article][day] + placing.pull(article, day) + self.bonds[article].score(day, placing.placed)

    def _total(self, placing: Placing) -> float:
        total: float = sum(self.own[a][d] for a, d in placing.chosen.items())
        total += sum(t.score(placing.placed[t.a], placing.placed[t.b]) for t in self.tied)
        return total + sum(placing.pull(a, d) for a, d in placing.chosen.items()) / 2

    # -- search

    def _solutions(self) -> list[tuple[float, dict[str, date]]]:
        """Every local optimum met, best first; ties go to the earlier days."""
        found: dict[tuple[date, ...], tuple[float, dict[str, date]]] = {}
        for start in self._starts():
            chosen = {a: _nearest(own, start) for a, own in self.own.items()}
            placing = Placing(self.days, self.stated, chosen, self.telling)
            for _ in range(DATES.rounds):
                moved = [placing.move(article, self._best_day(article, placing)) for article in self.undated]
                if not any(moved):
                    break
            found[tuple(placing.chosen.values())] = (self._total(placing), placing.chosen)
        return sorted(found.values(), key=lambda s: (-s[0], tuple(s[1].values())))

    def _best_day(self, article: str, placing: Placing) -> date:
        scores = {d: self._at(article, d, placing) for d in self.own[article]}
        return max(scores, key=lambda d: (scores[d], -d.toordinal()))

    def _starts(self) -> list[date]:
        together: dict[date, float] = defaultdict(float)
        for own in self.own.values():
            for day, value in own.items():
                together[day] += value
        fixed, count = set(self.fixed), DATES.starts_given if self.fixed else DATES.starts
        return sorted(together, key=lambda d: (d not in fixed, -together[d], d))[:count]

    def _margin(
        self, article: str, best: Placing, total: float, solutions: Sequence[tuple[float, Mapping[str, date]]]
    ) -> tuple[float, date | None]:
        """By how much the chosen day of a report beats the next best, alone or in another solution of the story."""
        day = best.chosen[article]
        chosen = self._at(article, day, best)
        rivals = [(chosen - self._at(article, d, best), d) for d in self.own[article] if d != day]
        rivals += [(total - t, s[article]) for t, s in solutions if s[article] != day]
        if not rivals:
            return 0.0, None
        return min(rivals)

    # -- the answer

    def _anchored(self, day: date) -> bool:
        """Whether the story is tied to these weeks by more than one stray date."""
        if day not in self.held:
            firm: dict[tuple[int | None, ...], float] = {}
            for article in self.undated:
                for mention in self.mentions[article]:
                    said = mention.expression
                    key = (said.year, said.month, said.day)
                    firm[key] = max(firm.get(key, 0.0), anchor(mention, day))
            near = any(abs((day - d).days) <= DATES.reach for d in self.fixed)
            self.held[day] = near or sum(firm.values()) >= DATES.anchored
        return self.held[day]

    def _published(self, article: str, best: Placing, margin: float, runner: date | None) -> Published:
        placed, day = best.placed, best.chosen[article]
        own = [p for p in parts(distinct(self.mentions[article]), day, self.shared) if p.score != 0]
        tied = [(t, t.score(placed[t.a], placed[t.b])) for t in self.ties_of[article]]
        reasons = [Reason(p.name, round(p.score, 3), p.mention.text) for p in own]
        reasons += [Reason(f"other report: {t.kind}", round(s, 3), t.b if t.a == article else t.a) for t, s in tied if s]
        if len(placed) > 1:
            reasons.append(Reason("days of the story", round(best.pull(article, day), 3), f"{len(placed) - 1} other reports"))
        held = [p for p in own if p.score > 0]
        supported = any(_is_exact(p) for p in held) or any(s > 0 or (t.kind == "near" and s == 0) for t, s in tied)
        if margin < DATES.margin or not supported or not self._anchored(day):
            detail = f"{day.isoformat()} or {runner}" if supported else "nothing in the text fixes the day"
            return Published(None, "unknown", (), (*reasons, Reason("open", round(margin, 3), detail)))
        evidence: list[Span] = [p.mention.span for p in held]
        for tie, value in tied:
            if value > 0 or (value == 0 and tie.kind != "event"):
                evidence += tie.spans
        reasons.append(Reason("margin", round(margin, 3), f"over {runner}"))
        return Published(day.isoformat(), "inferred", tuple(sorted(set(evidence))), tuple(reasons))


def _weeks(scored: Mapping[str, Mapping[date, float]], days: Sequence[date]) -> list[date]:
    """The days around which the reports of a story can best lie together: a few weeks out of months and years."""
    place = {day: i for i, day in enumerate(days)}
    fit: dict[date, float] = dict.fromkeys(days, 0.0)
    for own in scored.values():
        for day in days:
            near = days[max(0, place[day] - DATES.week_reach) : place[day] + DATES.week_reach + 1]
            fit[day] += max(own[d] for d in near if abs((d - day).days) <= DATES.week_reach)
    centres: list[date] = []
    for day in sorted(days, key=lambda d: (-fit[d], d)):
        if all(abs((day - c).days) > DATES.week_reach for c in centres):
            centres.append(day)
        if len(centres) == DATES.weeks:
            break
    return [d for d in days if any(abs((d - c).days) <= DATES.week_reach + _WEEK for c in centres)]


def _nearest(own: Mapping[date, float], start: date) -> date:
    """The option of a report nearest to a start, better scores preferred."""
    return min(own, key=lambda d: (abs((d - start).days) - own[d], d))


def _is_exact(part: Part) -> bool:
    """Whether a mention speaks of a day, not only of a month or a year."""
    said = part.mention.expression
    return said.day is not None or said.weekday is not None
