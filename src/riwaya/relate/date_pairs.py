"""What two reports of a story say about each other's days: one sentence, said of "today" here and of "yesterday" there.

Three kinds of ties are drawn between sentences that share most of their words, rarer words counting more:

- *event*: both name one day for it; under the right pair of dates the two days are one.
- *after*: one report repeats word for word what the other dates; it cannot be from before that day.
- *near*: a sentence stands in both word for word; the reports are from about the same day.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from riwaya.arabic.clitics import bare
from riwaya.arabic.words import iter_norms
from riwaya.model import Article, Marks, Span, TimeExpression
from riwaya.relate.date_evidence import Mention, event_day, is_day
from riwaya.settings.dates import DATES

_SHORTEST = 3  # letters of a stem that says what a sentence is about
_FEWEST = 5  # stems of a sentence that can be told from others


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between report `a` and report `b`; `first` and `second` are the days that they name, where the kind needs them."""

    kind: Literal["event", "after", "near"]
    a: str
    b: str
    first: TimeExpression | None
    second: TimeExpression | None
    weight: float
    spans: tuple[Span, ...]

    def score(self, day_a: date, day_b: date) -> float:
        """For or against these days of the two reports."""
        here = event_day(self.first, day_a) if self.first else None
        there = event_day(self.second, day_b) if self.second else None
        return self.weigh(day_a, day_b, here, there)

    def weigh(self, day_a: date, day_b: date, here: date | None, there: date | None) -> float:
        """The same, `here` and `there` being the days that `first` and `second` name in reports of these days."""
        if self.kind == "near":
            return self.weight * (1 - min(abs((day_a - day_b).days), DATES.reach))
        if there is None or (self.first is not None and here is None):
            return 0.0
        if here is None:
            return -self.weight if day_a < there else 0.0
        if here == there:
            return self.weight
        return -self.weight * (1.0 if abs((here - there).days) > 1 else DATES.near_miss)


class Bonds:
    """The ties of one report, ready to be scored for many days of it."""

    def __init__(self, article: str, tied: Sequence[Tie], named: NamedDays) -> None:
        self._bonds = [
            (t, t.a == article, t.b if t.a == article else t.a, named.of(t.first), named.of(t.second)) for t in tied
        ]

    def score(self, day: date, placed: Mapping[str, date]) -> float:
        """For or against a day of the report, the others being where they are placed."""
        total = 0.0
        for tie, mine, other, first, second in self._bonds:
            a, b = (day, placed[other]) if mine else (placed[other], day)
            here = None if first is None else first[a]
            there = None if second is None else second[b]
            total += tie.weigh(a, b, here, there)
        return total


class NamedDays:
    """The days that expressions name, by the day of their report, each looked up once."""

    def __init__(self) -> None:
        self._tables: dict[TimeExpression, _Table] = {}

    def of(self, said: TimeExpression | None) -> _Table | None:
        """The days that an expression names: a table that fills itself."""
        if said is None:
            return None
        if said not in self._tables:
            self._tables[said] = _Table(said)
        return self._tables[said]


class _Table(dict[date, "date | None"]):
    def __init__(self, said: TimeExpression) -> None:
        super().__init__()
        self._said = said

    def __missing__(self, day: date) -> date | None:
        self[day] = named = event_day(self._said, day)
        return named


@dataclass(frozen=True, slots=True)
class _Sentence:
    article: int
    span: Span
    stems: frozenset[str]
    own: tuple[Mention, ...]  # the days named in it that are not to come
    other: bool  # whether it names a day to come
    told: Mention | None  # the day of which it speaks: its own, or the last one named before it


def ties(
    articles: Sequence[Article], marks: Sequence[Marks], mentions: Sequence[Sequence[Mention]], undated: frozenset[str]
) -> list[Tie]:
    """Every tie between an undated report and another."""
    sentences = [s for i in range(len(articles)) for s in _sentences(i, articles[i], marks[i], mentions[i])]
    spread = Counter(stem for s in sentences for stem in s.stems)
    rarity = {stem: math.log((len(sentences) + 1) / n) for stem, n in spread.items()}
    found: list[Tie] = []
    for p, q, share in _alike(sentences, rarity):
        a, b = sentences[p], sentences[q]
        one, other = articles[a.article].id, articles[b.article].id
        if one in undated or other in undated:
            found += _tied(a, b, one, other, share)
    return _strongest(found)


def _sentences(index: int, article: Article, marks: Marks, mentions: Sequence[Mention]) -> Iterator[_Sentence]:
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if is_day(mention.expression):
            by_sentence[mention.sentence].append(mention)
    told: Mention | None = None
    for number, span in enumerate(marks.sentences):
        named = by_sentence.get(number, [])
        own = tuple(m for m in named if _has_happened(m.expression))
        told = own[-1] if own else told
        text = article.text[span.start : span.end]
        stems = frozenset(s for w in iter_norms(text) if len(s := bare(w)) >= _SHORTEST)
        if len(stems) >= _FEWEST:
            yield _Sentence(index, span, stems, own, len(own) < len(named), told)


def _has_happened(said: TimeExpression) -> bool:
    """Whether a day is surely not to come: a date with no verb of the past may be."""
    if said.form == "deictic":
        return (said.shift or 0) <= 0 and said.count is None
    if said.form == "weekday":
        return said.tense != "future" and said.shift != 1
    return said.tense == "past" or said.today


def _alike(sentences: Sequence[_Sentence], rarity: Mapping[str, float]) -> list[tuple[int, int, float]]:
    """Pairs of sentences of different reports that share most of the shorter one's weight, found through their rarer stems."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        for stem in sentence.stems:
            holders[stem].append(i)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for at in holders.values():
        if len(at) > DATES.stem_spread:
            continue
        for x, p in enumerate(at):
            for q in at[x + 1 :]:
                if sentences[p].article != sentences[q].article:
                    shared[p, q] += 1
    weight = [sum(rarity[s] for s in sorted(x.stems)) for x in sentences]
    out = []
    for (p, q), rare in sorted(shared.items()):
        if rare < 2:  # noqa: PLR2004 - one rare stem in common is chance
            continue
        common = sum(rarity[s] for s in sorted(sentences[p].stems & sentences[q].stems))
        share = common / max(1e-9, min(weight[p], weight[q]))
        if share >= DATES.alike:
            out.append((p, q, min(1.0, share)))
    return out


def _tied(a: _Sentence, b: _Sentence, one: str, other: str, share: float) -> Iterator[Tie]:
    if share >= DATES.copied:
        yield Tie("near", one, other, None, None, DATES.copy_apart * share, (a.span, b.span))
    if len(a.own) == 1 and len(b.own) == 1:
        first, second = a.own[0], b.own[0]
        same = first.expression.weekday is not None and first.expression.weekday == second.expression.weekday
        if same or share >= DATES.reworded:
            weight = DATES.tie * share
            yield Tie("event", one, other, first.expression, second.expression, weight, (first.span, second.span))
        return
    if share < DATES.copied:
        return
    for x, y, here, there in ((a, b, one, other), (b, a, other, one)):
        if y.told is not None and not x.own and not x.other:
            weight = DATES.tie * share * (1.0 if y.own else DATES.told)
            yield Tie("after", here, there, None, y.told.expression, weight, (x.span, y.told.span))


def _strongest(found: Sequence[Tie]) -> list[Tie]:
    """One tie for each pair of reports and pair of day words: the same thing said twice is said once."""
    best: dict[tuple[str, str, str, TimeExpression | None, TimeExpression | None], Tie] = {}
    for tie in found:
        key = (tie.kind, tie.a, tie.b, tie.first, tie.second)
        if key not in best or (tie.weight, tie.spans) > (best[key].weight, best[key].spans):
            best[key] = tie
    return sorted(best.values(), key=lambda t: (t.a, t.b, t.kind, t.spans))
