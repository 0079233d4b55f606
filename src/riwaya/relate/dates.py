"""Dates for undated reports: candidate days, what each report says about its own, what the others say, solved together.

The sum of all scores (`date_evidence`, `date_pairs`, and nearness to the story's other reports) is climbed by iterated
conditional modes (Besag 1986) from every candidate day of the story as the start; a date is given only where the next
best day, alone or in another solution of the whole story, is clearly worse. What stays open is said to be open.
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
    mentions_of,
    month_days,
    months_named,
    parts,
    year_checks,
    years_named,
)
from riwaya.relate.date_pairs import Tie, ties
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
    if stated:
        reach = DATES.reach
        for day in stated.values():
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


class _Placing:
    """A day for each undated report, and for each candidate day how far all reports of the story are from it together."""

    def __init__(self, days: Sequence[date], stated: Mapping[str, date], chosen: Mapping[str, date]) -> None:
        self.chosen = dict(chosen)
        self.placed = {**stated, **self.chosen}
        self._away = {day: sum(_apart(day, d) for d in self.placed.values()) for day in days}

    def move(self, article: str, day: date) -> bool:
        """Put a report on another day; whether it was elsewhere before."""
        before = self.chosen[article]
        if before == day:
            return False
        self.chosen[article] = self.placed[article] = day
        for other in self._away:
            self._away[other] += _apart(other, day) - _apart(other, before)
        return True

    def nearness(self, article: str, day: date) -> float:
        """Against the mean distance of a day from the story's other reports."""
        others = len(self.placed) - 1
        return -DATES.apart * (self._away[day] - _apart(day, self.chosen[article])) / others if others else 0.0


def _apart(a: date, b: date) -> int:
    return min(abs((a - b).days), DATES.reach)


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

    def solve(self) -> dict[str, Published]:
        """The dates, each with its evidence, or unknown."""
        story_years = self._years_of_story()
        for article in self.undated:
            told = distinct(self.mentions[article])
            scored = {d: sum(p.score for p in parts(told, d)) + story_years.get(d.year, 0.0) for d in self.days}
            options = sorted(scored, key=lambda d, scored=scored: (-scored[d], d))[: DATES.options]  # type: ignore[misc]
            self.own[article] = {d: scored[d] for d in options}
        for tie in self.tied:
            self.ties_of[tie.a].append(tie)
            self.ties_of[tie.b].append(tie)
        solutions = self._solutions()
        best_total, best = solutions[0][0], _Placing(self.days, self.stated, solutions[0][1])
        out = {}
        for article in self.undated:
            margin, runner = self._margin(article, best, best_total, solutions)
            out[article] = self._published(article, best.placed, margin, runner)
        return out

    def _years_of_story(self) -> dict[int, float]:
        """What the other reports' years add for all: each report speaks once for each year it names."""
        votes: dict[int, float] = defaultdict(float)
        for article in self.undated:
            for year, weight in years_named(self.mentions[article]).items():
                votes[year] += weight / 2
        return {y: min(v, DATES.today) - sum(w for z, w in votes.items() if z > y) / 2 for y, v in votes.items()}

    # -- scores

    def _at(self, article: str, day: date, placing: _Placing) -> float:
        """The score of a report on a day, the others being where the placing has them."""
        total = self.own[article][day] + placing.nearness(article, day)
        for tie in self.ties_of[article]:
            mine = tie.a == article
            there = placing.placed[tie.b if mine else tie.a]
            total += tie.score(day, there) if mine else tie.score(there, day)
        return total

    def _total(self, placing: _Placing) -> float:
        total = sum(self.own[a][d] for a, d in placing.chosen.items())
        total += sum(t.score(placing.placed[t.a], placing.placed[t.b]) for t in self.tied)
        return total + sum(placing.nearness(a, d) for a, d in placing.chosen.items()) / 2

    # -- search

    def _solutions(self) -> list[tuple[float, dict[str, date]]]:
        """Every local optimum met, best first; ties go to the earlier days."""
        found: dict[tuple[date, ...], tuple[float, dict[str, date]]] = {}
        for start in self._starts():
            placing = _Placing(self.days, self.stated, {a: _nearest(own, start) for a, own in self.own.items()})
            for _ in range(DATES.rounds):
                moved = [placing.move(article, self._best_day(article, placing)) for article in self.undated]
                if not any(moved):
                    break
            found[tuple(placing.chosen.values())] = (self._total(placing), placing.chosen)
        return sorted(found.values(), key=lambda s: (-s[0], tuple(s[1].values())))

    def _best_day(self, article: str, placing: _Placing) -> date:
        scores = {d: self._at(article, d, placing) for d in self.own[article]}
        return max(scores, key=lambda d: (scores[d], -d.toordinal()))

    def _starts(self) -> list[date]:
        together: dict[date, float] = defaultdict(float)
        for own in self.own.values():
            for day, value in own.items():
                together[day] += value
        return sorted(together, key=lambda d: (-together[d], d))[: DATES.starts]

    def _margin(
        self, article: str, best: _Placing, total: float, solutions: Sequence[tuple[float, Mapping[str, date]]]
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
        if any(abs((day - d).days) <= DATES.reach for d in self.stated.values()):
            return True
        held: dict[tuple[int | None, ...], float] = {}
        for article in self.undated:
            for mention in self.mentions[article]:
                said = mention.expression
                key = (said.year, said.month, said.day)
                held[key] = max(held.get(key, 0.0), anchor(mention, day))
        return sum(held.values()) >= DATES.anchored

    def _published(self, article: str, placed: Mapping[str, date], margin: float, runner: date | None) -> Published:
        day = placed[article]
        own = [p for p in parts(distinct(self.mentions[article]), day) if p.score != 0]
        tied = [(t, t.score(placed[t.a], placed[t.b])) for t in self.ties_of[article]]
        reasons = [Reason(p.name, round(p.score, 3), p.mention.text) for p in own]
        reasons += [Reason(f"other report: {t.kind}", round(s, 3), t.b if t.a == article else t.a) for t, s in tied if s]
        held = [p for p in own if p.score > 0]
        supported = any(_is_exact(p) for p in held) or any(s > 0 for _, s in tied)
        if margin < DATES.margin or not supported or not self._anchored(day):
            detail = f"{day.isoformat()} or {runner}" if supported else "nothing in the text fixes the day"
            return Published(None, "unknown", (), (*reasons, Reason("open", round(margin, 3), detail)))
        evidence: list[Span] = [p.mention.span for p in held]
        for tie, value in tied:
            if value > 0 or (value == 0 and tie.kind != "event"):
                evidence += tie.spans
        reasons.append(Reason("margin", round(margin, 3), f"over {runner}"))
        return Published(day.isoformat(), "inferred", tuple(sorted(set(evidence))), tuple(reasons))


def _nearest(own: Mapping[date, float], start: date) -> date:
    """The option of a report nearest to a start, better scores preferred."""
    return min(own, key=lambda d: (abs((d - start).days) - own[d], d))


def _is_exact(part: Part) -> bool:
    """Whether a mention speaks of a day, not only of a month or a year."""
    said = part.mention.expression
    return said.day is not None or said.weekday is not None
