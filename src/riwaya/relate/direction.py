"""Which way a shared passage went: from a to b, from b to a, from a third to both, or unknown.

Evidence is added up with signed weights, positive where b took it from a: credits first, since they say so; then the hours of
publication; then what stands around the passage. "unknown" is an answer: below the threshold nothing is decided.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from riwaya.arabic.sentences import sentences
from riwaya.arabic.words import Words
from riwaya.model import Article, Direction, Reason, Span
from riwaya.relate.credits import Credits, Mention, own_name
from riwaya.settings.relate import RELATE

_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """The direction of one passage, the agency that supplied it (if credited), and why."""

    direction: Direction
    source: str | None
    reasons: tuple[Reason, ...]


class Directions:
    """Decides the direction of passages between the reports of one story.

    Args:
        articles: of one story, sorted by id; passages name them by their place in this list.
        texts: their words.
    """

    def __init__(self, articles: Sequence[Article], texts: Sequence[Words]) -> None:
        names = [own_name(a) for a in articles]
        finder = Credits({n for n in names if n})
        self._reports = [_Report(a, w, n, finder) for a, w, n in zip(articles, texts, names, strict=True)]

    def decide(self, a: int, a_span: Span, b: int, b_span: Span, copied: bool) -> Verdict:
        """The verdict on one passage. `copied`: the words are the same; a rewording needs more evidence."""
        one, two = self._reports[a], self._reports[b]
        agency = _agency(one.suppliers(a_span), two.suppliers(b_span), one, two, copied)
        if agency is not None:
            return agency
        reasons = [
            *_credit(one, two, one.credited(a_span), two.credited(b_span)),
            *_times(one, two),
            *_surroundings(one, a_span, two, b_span),
        ]
        total = sum(r.weight for r in reasons) * (1.0 if copied else RELATE.direction_reworded)
        if abs(total) < RELATE.direction_least:
            return Verdict("unknown", None, tuple(reasons))
        return Verdict("a_to_b" if total > 0 else "b_to_a", None, tuple(reasons))


class _Report:
    """What one report says about where its words come from."""

    def __init__(self, article: Article, text: Words, name: str | None, finder: Credits) -> None:
        self.article = article
        self._words = text
        self.name = name
        self._finder = finder

    @cached_property
    def mentions(self) -> list[Mention]:
        return self._finder.find(self._words)

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return sentences(self.article.text)

    @cached_property
    def minute(self) -> tuple[int, bool] | None:
        """When it appeared, in minutes, and whether that is to the minute; None if not to the day."""
        value = self.article.published.value
        if not value or len(value) < len("YYYY-MM-DD"):
            return None
        try:
            when = datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError:
            return None
        return when.toordinal() * _MINUTES_A_DAY + when.hour * 60 + when.minute, "T" in value

    def credited(self, span: Span) -> list[Mention]:
        """The credits that speak of this passage: in the sentences that it touches."""
        spans = self._sentences
        first = max(0, bisect_right(spans, (span.start, len(self.article.text) + 1)) - 1)
        low = min(span.start, spans[first][0]) if spans else span.start
        last = bisect_right(spans, (span.end - 1, len(self.article.text) + 1)) - 1
        high = max(span.end, spans[last][1]) if last >= 0 else span.end
        return [m for m in self.mentions if low <= m.start < high]

    def suppliers(self, span: Span) -> list[tuple[str, bool]]:
        """The agencies credited for this passage: in its own sentences, else for the whole report; and whether the whole."""
        near = [m.name for m in self.credited(span) if m.agency]
        if near:
            return [(name, False) for name in dict.fromkeys(near)]
        return [(credit.name, True) for credit in self.article.agencies]


def _agency(
    mine: list[tuple[str, bool]], theirs: list[tuple[str, bool]], one: _Report, two: _Report, copied: bool
) -> Verdict | None:
    """A verdict from the agencies credited on both sides, if they settle it."""
    others = {name for name, _ in theirs}
    both = [name for name, _ in mine if name in others]
    for name in {name for name, _ in mine} | others:
        if name == one.name != two.name:
            return Verdict("a_to_b", name, (Reason("agency", RELATE.direction_credit, f"{name}: the agency itself"),))
        if name == two.name != one.name:
            return Verdict("b_to_a", name, (Reason("agency", -RELATE.direction_credit, f"{name}: the agency itself"),))
    if both:
        detail = f"both credit {both[0]}"
        return Verdict("common_source", both[0], (Reason("same agency", RELATE.direction_credit, detail),))
    if not copied or (mine and theirs):
        return None
    for name, whole in (*mine, *theirs):
        detail = f"{'a' if mine else 'b'} credits {name} for {'the report' if whole else 'these words'}"
        return Verdict("common_source", name, (Reason("agency", RELATE.direction_supplier, detail),))
    return None


def _credit(one: _Report, two: _Report, mine: list[Mention], theirs: list[Mention]) -> list[Reason]:
    """Does one name the other's outlet for these words?"""
    found = []
    if one.name and one.name != two.name and any(m.name == one.name for m in theirs):
        found.append(Reason("credit", RELATE.direction_credit, f"b credits {one.name}"))
    if two.name and one.name != two.name and any(m.name == two.name for m in mine):
        found.append(Reason("credit", -RELATE.direction_credit, f"a credits {two.name}"))
    for who, sign, report, said in (("a", 1, one, mine), ("b", -1, two, theirs)):
        if report.name and any(m.told and m.name == report.name for m in said):
            found.append(Reason("told", sign * RELATE.direction_told, f"said to {report.name}, which is {who}"))
    return found


def _times(one: _Report, two: _Report) -> list[Reason]:
    """The earlier does not copy the later."""
    first, second = one.minute, two.minute
    if first is None or second is None:
        return []
    stated = one.article.published.how == two.article.published.how == "stated"
    exact = first[1] and second[1]
    gap = second[0] - first[0] if exact else (second[0] // _MINUTES_A_DAY - first[0] // _MINUTES_A_DAY) * _MINUTES_A_DAY
    if abs(gap) < RELATE.direction_minutes:
        return []
    weight = RELATE.direction_time if stated else RELATE.direction_time_inferred
    said = f"{abs(gap)} minutes" if exact else f"{abs(gap) // _MINUTES_A_DAY} days"
    return [Reason("time", weight if gap > 0 else -weight, f"{'a' if gap > 0 else 'b'} is earlier by {said}")]


def _surroundings(one: _Report, a_span: Span, two: _Report, b_span: Span) -> list[Reason]:
    """A report that is all passage, beside one that goes on: the longer tells more, which copies cut."""
    shares = [
        (span.end - span.start) / max(1, len(report.article.text) - report.article.body_start)
        for report, span in ((one, a_span), (two, b_span))
    ]
    if max(shares) < RELATE.direction_whole or abs(shares[0] - shares[1]) < RELATE.direction_whole_gap:
        return []
    weight = RELATE.direction_longer
    if shares[0] < shares[1]:
        return [Reason("containment", weight, f"{shares[1]:.0%} of b, {shares[0]:.0%} of a")]
    return [Reason("containment", -weight, f"{shares[0]:.0%} of a, {shares[1]:.0%} of b")]
