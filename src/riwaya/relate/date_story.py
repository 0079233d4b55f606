"""What a story says about the day of one of its reports: reports of one story lie close together, and tell of the same days.

Both are mixtures: with some share the day is drawn from those of the story's other reports (around the days on which they
appeared; from the days that they tell of), else from anywhere, so that a report far from the others loses a bounded amount.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from riwaya.relate.date_evidence import Mention, event_day, is_day
from riwaya.settings.dates import DATES


class Telling:
    """The days that each report tells of, were it from a given day."""

    def __init__(self, mentions: Mapping[str, Sequence[Mention]]) -> None:
        self._said = {
            article: [(m, _weight(m)) for m in told if is_day(m.expression) and not m.page] for article, told in mentions.items()
        }
        self._found: dict[tuple[str, date], dict[date, float]] = {}

    def of(self, article: str, day: date) -> dict[date, float]:
        """The days told of, each with the weight of the firmest mention."""
        key = article, day
        if key not in self._found:
            days: dict[date, float] = {}
            for mention, weight in self._said[article]:
                named = event_day(mention.expression, day)
                if named is not None:
                    days[named] = max(days.get(named, 0.0), weight)
            self._found[key] = days
        return self._found[key]


def _weight(mention: Mention) -> float:
    return 1.0 if mention.sentence <= DATES.told_lead else DATES.told_below


class Placing:
    """A day for each report of a story, and what they say together about each day."""

    def __init__(
        self, days: Sequence[date], stated: Mapping[str, date], chosen: Mapping[str, date], telling: Telling
    ) -> None:
        self.chosen = dict(chosen)
        self.placed = {**stated, **self.chosen}
        self._days = days
        self._telling = telling
        self._near: dict[date, float] = dict.fromkeys(days, 0.0)
        self._told: dict[date, float] = defaultdict(float)
        for article, day in self.placed.items():
            self._add(article, day, 1)

    def _add(self, article: str, day: date, sign: int) -> None:
        for other in self._days:
            self._near[other] += sign * kernel(other, day)
        for told, weight in self._telling.of(article, day).items():
            self._told[told] += sign * weight

    def move(self, article: str, day: date) -> bool:
        """Put a report on another day; whether it was elsewhere before."""
        before = self.chosen[article]
        if before == day:
            return False
        self._add(article, before, -1)
        self._add(article, day, 1)
        self.chosen[article] = self.placed[article] = day
        return True

    def pull(self, article: str, day: date) -> float:
        """How much likelier a report is on a day than anywhere, given where the others are and what they tell of."""
        others = len(self.placed) - 1
        if not others:
            return 0.0
        at = self.placed[article]
        near = (self._near[day] - kernel(day, at)) / others
        width = 2 * DATES.reach + 1
        total = math.log(1 + DATES.near_share / (1 - DATES.near_share) * max(0.0, near) * width)
        mine = self._telling.of(article, at)
        for told, weight in self._telling.of(article, day).items():
            share = max(0.0, self._told.get(told, 0.0) - mine.get(told, 0.0)) / others
            total += weight * DATES.told_weight * math.log(1 + DATES.told_share / (1 - DATES.told_share) * share * width)
        return total


def kernel(a: date, b: date) -> float:
    """How likely a report is from a day, when it is drawn around the day of another one."""
    return _fall(DATES.near_fall)[min(abs((a - b).days), 2 * DATES.reach)]


@lru_cache(maxsize=4)
def _fall(rate: float) -> tuple[float, ...]:
    one = math.exp(-rate)
    return tuple((1 - one) / (1 + one) * one**days for days in range(2 * DATES.reach + 1))
