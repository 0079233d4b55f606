"""Which way a shared passage went: from a to b, from b to a, from a third to both, or unknown.

Evidence is added up with signed weights, positive where b took it from a: credits first, since they say so, then the hours of
publication. Two outlets that share words mostly have them from a third, an agency or a statement: unless the evidence outweighs
that, the verdict is a common source, unnamed. "unknown" is an answer: below the threshold nothing is decided. That one report
holds the whole passage and more is no evidence: on egypt2013 the longer of two is the later one in 58 % of 293 copies.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property

from riwaya.arabic.lexicon.outlets import NEWSROOMS
from riwaya.arabic.sentences import sentences
from riwaya.arabic.words import Words
from riwaya.model import Article, Direction, Passage, Reason, Span
from riwaya.relate.credits import Credits, Mention, own_name
from riwaya.settings.passages import PASSAGES

_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """The direction of one passage, the agency that supplied it (if credited), and why."""

    direction: Direction
    source: str | None
    reasons: tuple[Reason, ...]


@cache
def _newsrooms() -> frozenset[str | None]:
    """Those whose own text others reprint: a copy of theirs is as likely taken from them as from a third."""
    return frozenset(NEWSROOMS)


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
            *_credit(one, two, one.credited(a_span), two.credited(b_span), copied),
            *_times(one, two),
        ]
        total = sum(r.weight for r in reasons) * (1.0 if copied else PASSAGES.direction_reworded)
        if copied and one.name != two.name and not _newsrooms() & {one.name, two.name} and abs(total) < PASSAGES.direction_apart:
            detail = "no credit between them: most such copies have a common source"
            reasons.append(Reason("no credit", PASSAGES.direction_apart, detail))
            return Verdict("common_source", None, tuple(reasons))
        if abs(total) < PASSAGES.direction_least:
            return Verdict("unknown", None, tuple(reasons))
        return Verdict("a_to_b" if total > 0 else "b_to_a", None, tuple(reasons))


def carry_agencies(passages: Sequence[Passage]) -> list[Passage]:
    """Give copies the agency that other copies of the same words credit.

    Of three reports with one text, a and b without a credit and c with one, each of a and b share it with c by way of the agency;
    then so do a and b. Only copies with no credit of their own change; takes and returns one story's passages, in order.
    """
    supplied: defaultdict[str, list[tuple[Span, str]]] = defaultdict(list)
    for p in passages:
        if p.kind == "copy" and p.source is not None:
            supplied[p.a.article_id].append((p.a, p.source))
            supplied[p.b.article_id].append((p.b, p.source))
    return [_carried(p, supplied) if p.kind == "copy" and p.source is None else p for p in passages]


def _carried(passage: Passage, supplied: Mapping[str, Sequence[tuple[Span, str]]]) -> Passage:
    if any(r.name == "credit" for r in passage.reasons):
        return passage
    sides = [
        {name for span, name in supplied.get(side.article_id, ()) if _covers(span, side)} for side in (passage.a, passage.b)
    ]
    both = sorted(sides[0] & sides[1])
    if not both:
        return passage
    reason = Reason("agency", PASSAGES.direction_supplier, f"a third report with these words credits {both[0]}")
    return replace(passage, direction="common_source", source=both[0], reasons=(*passage.reasons, reason))


def _covers(span: Span, other: Span) -> bool:
    """Whether most of `other` lies in `span`."""
    return 2 * (min(span.end, other.end) - max(span.start, other.start)) > other.end - other.start


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
            return Verdict("a_to_b", name, (Reason("agency", PASSAGES.direction_credit, f"{name}: the agency itself"),))
        if name == two.name != one.name:
            return Verdict("b_to_a", name, (Reason("agency", -PASSAGES.direction_credit, f"{name}: the agency itself"),))
    if both:
        detail = f"both credit {both[0]}"
        return Verdict("common_source", both[0], (Reason("same agency", PASSAGES.direction_credit, detail),))
    if not copied or (mine and theirs):
        return None
    for name, whole in (*mine, *theirs):
        detail = f"{'a' if mine else 'b'} credits {name} for {'the report' if whole else 'these words'}"
        return Verdict("common_source", name, (Reason("agency", PASSAGES.direction_supplier, detail),))
    return None


def _credit(one: _Report, two: _Report, mine: list[Mention], theirs: list[Mention], copied: bool) -> list[Reason]:
    """Does one name the other's outlet for these words?"""
    found = []
    if one.name and one.name != two.name and any(m.name == one.name for m in theirs):
        found.append(Reason("credit", PASSAGES.direction_credit, f"b credits {one.name}"))
    if two.name and one.name != two.name and any(m.name == two.name for m in mine):
        found.append(Reason("credit", -PASSAGES.direction_credit, f"a credits {two.name}"))
    for who, sign, report, said in (("a", 1, one, mine), ("b", -1, two, theirs)):
        if copied and one.name != two.name and any(m.told and m.name == report.name for m in said):
            found.append(Reason("told", sign * PASSAGES.direction_told, f"said to {report.name}, which is {who}"))
    return found


def _times(one: _Report, two: _Report) -> list[Reason]:
    """The earlier does not copy the later."""
    first, second = one.minute, two.minute
    if first is None or second is None:
        return []
    stated = one.article.published.how == two.article.published.how == "stated"
    exact = first[1] and second[1]
    gap = second[0] - first[0] if exact else (second[0] // _MINUTES_A_DAY - first[0] // _MINUTES_A_DAY) * _MINUTES_A_DAY
    if abs(gap) < PASSAGES.direction_minutes:
        return []
    weight = PASSAGES.direction_time if stated else PASSAGES.direction_time_inferred
    said = f"{abs(gap)} minutes" if exact else f"{abs(gap) // _MINUTES_A_DAY} days"
    return [Reason("time", weight if gap > 0 else -weight, f"{'a' if gap > 0 else 'b'} is earlier by {said}")]
