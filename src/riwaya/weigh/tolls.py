"""The rows of the ledger of figures: each quantity with what it counts, when it was told and whose toll it is."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from riwaya.arabic.lexicon import weigh as lexicon
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.stems import stem
from riwaya.arabic.words import PUNCTUATION, Words, iter_norms
from riwaya.model import Article, Figure, Related
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.claims import Cut
from riwaya.weigh.positions import speaker
from riwaya.weigh.terms import FIGURE, term
from riwaya.weigh.units import PEOPLE, Unit
from riwaya.weigh.when import day_in, day_of, days_told, interval

BEFALLS = {"killed": "kill", "injured": "injure", "arrested": "arrest", "evacuated": "evacuate", "displaced": "flee"}
AGE = "age"
THINGS = frozenset(("count", "other"))  # compared only where both name what they count; prices move by the hour
_TOLLS = PEOPLE | {"participants", "troops"}
_HARMS = frozenset(("kill", "injure"))
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,])")  # a year that no mark of time covers: "في 2012 داخل صالة"
_ADJECTIVES = ("يا", "يين", "يون")  # of a nation, a town or a faith, in a count of people
_SINCE = frozenset(("منذ", "ومنذ"))
_OF = frozenset(("من", "على", "علي", "عن"))  # folded
_BETWEEN = frozenset(("بين", "ما"))
_GRAVE_REACH = 5  # words after a part in which its state stands: "ثلاثة منهم في حالة خطرة"
Range = tuple[float, float]
Era = Literal["", "past", "since"]


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One quantity in the ledger, with the clause that holds it and the terms of its whole sentence."""

    figure: Figure
    unit: Unit
    range: Range
    day: date | None  # on which it was told: a toll grows with the reports, whatever day the happening had
    reported: str  # when the report appeared, as far as known; of two for one day, the later report is the better informed
    weights: dict[str, float]
    counted: str
    era: Era  # of a happening long before the report, or of all since some day
    former: bool  # a toll that the report itself calls an earlier one
    clause: Unit  # the clause that holds it, where that is short enough to show
    beside: frozenset[float] = frozenset()  # the other values of this kind in its report
    days: frozenset[date] = frozenset()  # that its sentence names, or another that gives the same number
    rival: bool = False  # its sentence gives another toll by another speaker: "قال طبيب إنهم 20، في حين أعلنت الوزارة 13"

    @property
    def key(self) -> tuple[str, str, str]:
        """What is counted of whom: rows of other keys are not compared."""
        return self.figure.kind, self.counted, self.era


def size(row: Row) -> float:
    """A quantity as one number: its lower bound, which is what a report asserts ("أكثر من ألف" asserts a thousand)."""
    figure = row.figure
    return figure.low if figure.low is not None else figure.high if figure.high is not None else 0.0


def read_rows(related: Related, units: Sequence[Unit], cut: Cut) -> list[Row]:
    """The tolls of every report that can be compared with those of another, and its ages."""
    by_sentence: dict[tuple[int, int], list[Unit]] = {}
    for unit in units:
        by_sentence.setdefault((unit.article, unit.sentence), []).append(unit)
    people = _people(related)
    rows: list[Row] = []
    idle: set[tuple[int, str, float | None]] = set()  # numbers that a report somewhere says are no toll of one happening
    for unit in units:
        clauses = [u for u in by_sentence[unit.article, unit.sentence] if not u.is_figure]
        others = [] if unit.is_figure else [f for f in unit.figures if f.kind == AGE or f.kind in THINGS]
        for figure in unit.figures[-1:] if unit.is_figure else others:
            if figure.kind in _TOLLS and _no_toll(unit, figure, clauses, cut):
                idle.add((unit.article, figure.kind, figure.low))
            elif (row := _row(related, unit, figure, clauses, cut, people.get(figure.span.article_id, []))) is not None:
                rows.append(row)
    kept = [r for r in rows if (r.unit.article, r.figure.kind, r.figure.low) not in idle]
    return _own(_dated(_as_round(_apart_from_sums(kept))))


def _row(
    related: Related, unit: Unit, figure: Figure, clauses: Sequence[Unit], cut: Cut, people: Sequence[tuple[int, str]]
) -> Row | None:
    if figure.kind not in _TOLLS | THINGS | {AGE}:
        return None
    home = _home(unit, clauses)
    held, tokens = cut.of(unit)
    inside = held.within(figure.span.start, figure.span.end)
    counted = _bearer(figure, held, people) if figure.kind == AGE else _thing(figure, held, inside)
    if counted is None:
        return None
    article = related.articles[unit.article]
    weights = {t: w for u in clauses for t, w in u.rarities.items() if not t.startswith(FIGURE) and t not in _said_anyway(figure)}
    short = [u for u in home if u.span.end - u.span.start <= WEIGH.figure_clause]
    start = min([u.whole.start for u in home] + [unit.span.start])
    before = range(held.within(start, figure.span.start).start, inside.start) if inside.start > tokens.start or home else tokens
    return Row(
        figure,
        unit,
        _range(figure),
        day_of(article) or day_in(figure.as_of),
        article.published.value or "",
        weights,
        counted,
        _era(article, home, clauses, held),
        _is_former(held, before),
        (short or [unit])[0],
        days=days_told((t for u in clauses for t in (*u.times, *u.lead_times)), article),
    )


def _home(unit: Unit, clauses: Sequence[Unit]) -> list[Unit]:
    """The clause that holds a figure."""
    return [u for u in clauses if u.span.start <= unit.span.start and unit.span.end <= u.span.end]


# ------------------------------------------------------------------------------------------------------- what is counted


def _people(related: Related) -> dict[str, list[tuple[int, str]]]:
    """Where each report names a person: the end of the mention and whose it is, in the order of the text."""
    found: dict[str, list[tuple[int, str]]] = {}
    for entity in related.entities:
        if entity.kind == "person":
            for mention in entity.mentions:
                found.setdefault(mention.article_id, []).append((mention.end, entity.id))
    return {article: sorted(ends) for article, ends in found.items()}


def _bearer(figure: Figure, held: Words, people: Sequence[tuple[int, str]]) -> str | None:
    """Whose age it is: the person named right before it, or the culprit of the story; None where it is open."""
    at = figure.span.start
    named = [(end, who) for end, who in people if end <= at]
    if named and at - named[-1][0] <= WEIGH.age_reach:
        return named[-1][1]
    tokens = held.within(max(0, at - WEIGH.age_reach), at)
    return "culprit" if any(_culprits().match_at(held, i) is not None for i in tokens) else None


def _thing(figure: Figure, held: Words, inside: range) -> str | None:
    """What a toll counts: everybody, a group by its name, or a part of all by its name or state; None for a nameless part."""
    if figure.kind in THINGS:
        group = _counted(figure)
        return f"{figure.unit or ''} {group}" if figure.scope != "part" and (group or figure.unit) else None
    if figure.scope != "part":
        return _counted(figure)
    after = range(inside.stop, min(len(held), inside.stop + _GRAVE_REACH))
    stop = next((i for i in after if held.kind[i] == PUNCTUATION), after.stop)
    if any(_grave().match_at(held, i) is not None for i in range(inside.start, stop)):
        return "part: grave"
    group = _counted(figure)
    return f"part: {group}" if group else None


def _counted(figure: Figure) -> str:
    """What is counted, as stems; "" for people in general (أشخاص، قتلى، شيعيا), which "أفراد حمايته" are not."""
    norms = [norm for norm in iter_norms(figure.counted) if not norm[:1].isdigit()]
    head = norms[: norms.index("من")] if "من" in norms[1:] else norms  # "عشرات الأشخاص من المدنيين" counts people
    head = head[:1] if head and stem(head[0]) in _persons() else head  # "أشخاص يشتبه بأنهم": people, whoever
    # A group that is named by an adjective (89 شيعيا، 5 مصريين) is the people who were there.
    groups = (n for n in head if stem(n) not in _persons() and not (n.endswith(_ADJECTIVES) and n not in _trades()))
    return " ".join(sorted({stem(n) for n in groups if term(n) is not None}))


@cache
def _trades() -> frozenset[str]:
    return frozenset(lexicon.TRADES)


@cache
def _persons() -> frozenset[str]:
    return frozenset(stem(w) for w in lexicon.PERSONS)


def _said_anyway(figure: Figure) -> tuple[str, ...]:
    """Terms that every sentence with such a figure holds: they say nothing of which happening it is."""
    return BEFALLS.get(figure.kind, ""), "people", "cause"


def _range(figure: Figure) -> Range:
    """What a quantity allows; "about" gives it some room."""
    room = WEIGH.about_share if figure.approximate else 0.0
    low = -math.inf if figure.low is None else math.floor(figure.low * (1 - room)) if room else figure.low
    high = math.inf if figure.high is None else math.ceil(figure.high * (1 + room)) if room else figure.high
    return low, high


# --------------------------------------------------------------------------------------------- which toll it is, and of when


@cache
def _phrases(name: str) -> Phrases[bool]:
    return Phrases(dict.fromkeys(getattr(lexicon, name), True))


def _culprits() -> Phrases[bool]:
    return _phrases("CULPRITS")


def _grave() -> Phrases[bool]:
    return _phrases("GRAVE")


def _says(name: str, held: Words, tokens: range) -> int | None:
    """The token at which a phrase of this list begins, or None."""
    phrases = _phrases(name)
    return next((m.last for i in tokens if (m := phrases.match_at(held, i)) is not None), None)


def _no_toll(unit: Unit, figure: Figure, clauses: Sequence[Unit], cut: Cut) -> bool:
    """Whether it is no toll of one happening: dead and hurt in one number, those of a day or so, those of another happening."""
    held, _ = cut.of(unit)
    if _is_sum(held, held.within(figure.span.start, figure.span.end)):
        return True
    home = _home(unit, clauses)
    if figure.kind == "injured" and any("evacuate" in u.terms for u in home):
        return True  # those of the hurt who were flown out
    spans = [u.span for u in home or (unit,)]
    if any(_says("SPELLS", held, held.within(s.start, s.end)) is not None for s in spans):
        return True
    for time in (t for u in home for t in u.times):
        if time.type == "DURATION" and time.span.end <= figure.span.start:
            first, last = held.at(time.span.start), held.at(time.span.end - 1)
            if held.norm[first - 1] in lexicon.AFTER and last + 1 < len(held) and held.norm[last + 1] in _OF:
                return True  # "بعد أيام على مقتل سبعة"
    return False


def _harm(held: Words, i: int) -> str:
    one = term(held.norm[i]) if 0 <= i < len(held) and held.kind[i] != PUNCTUATION else None
    return one[0] if one is not None and one[0] in _HARMS else ""


def _is_sum(held: Words, inside: range) -> bool:
    """Whether one number counts dead and hurt: "مصرع وإصابة 7"، "66 قتيلا وجريحا"، "12 شخصا بين قتيل وجريح"."""
    harms = {h for i in inside if (h := _harm(held, i))}
    stop = inside.stop
    if len(harms) > 1 or (harms and {_harm(held, inside.start - 1)} - harms - {""}):
        return True
    if {_harm(held, inside.start - 1), _harm(held, inside.start - 2)} >= _HARMS:
        return True
    if stop >= len(held):
        return False
    both = held.norm[stop] in lexicon.AND_HURT and harms
    return bool(both) or (held.norm[stop] in _BETWEEN and any(_harm(held, stop + k) for k in (1, 2)))


def _is_former(held: Words, before: range) -> bool:
    """Whether the words before a figure in its clause call it an earlier toll: "وكانت حصيلة سابقة أشارت إلى 13 قتيلا"."""
    end = _says("FORMER", held, before)
    return end is not None and held.norm[end] not in _OF  # "في وقت سابق من هذا العام" is of another happening


def _era(article: Article, home: Sequence[Unit], clauses: Sequence[Unit], held: Words) -> Era:
    """Whether its clause, or else its sentence, tells of a happening long before the report, or of all since some day."""
    for unit in home:
        tokens = held.within(unit.span.start, unit.span.end)
        if any(held.norm[i] in _SINCE and held.norm[i + 1] not in lexicon.JUST for i in tokens[:-1]):
            return "since"
        if _says("ALL_ALONG", held, tokens) is not None:
            return "since"
    published = day_of(article)
    if published is None:
        return ""
    for of in (home, clauses):
        if any(int(y) < published.year for u in of for y in _YEAR.findall(article.text, u.span.start, u.span.end)):
            return "past"
        times = [w for u in of for t in u.times if (w := interval(t, article)) is not None]
        if times:
            return "past" if all(w.start < published - timedelta(days=WEIGH.past_days) for w in times) else ""
    return ""


# -------------------------------------------------------------------------------------------- which of a report's own tolls


def _as_round(rows: Sequence[Row]) -> list[Row]:
    """A number that the same report calls rounded elsewhere (180, about 180) is rounded here too."""
    about = {(r.unit.article, r.figure.kind, r.figure.low): r.range for r in rows if r.figure.approximate}
    return [replace(r, range=about.get((r.unit.article, r.figure.kind, r.figure.low), r.range)) for r in rows]


def _apart_from_sums(rows: Sequence[Row]) -> list[Row]:
    """Without the tolls that are the dead and the hurt of one report together: "33 ضحية: 3 قتلى و30 جريحا"."""
    tolls: dict[tuple[int, str], set[float]] = {}
    for row in rows:
        tolls.setdefault((row.unit.article, row.figure.kind), set()).add(size(row))

    def is_sum(row: Row) -> bool:
        dead, hurt = (tolls.get((row.unit.article, kind), set()) for kind in ("killed", "injured"))
        harmed = row.figure.kind in ("killed", "injured") and size(row) >= WEIGH.least_sum
        return harmed and any(size(row) - d in hurt for d in dead if 0 < d < size(row))

    return [r for r in rows if not is_sum(r)]


def _dated(rows: Sequence[Row]) -> list[Row]:
    """A number whose sentence names no day, as in a headline, has the days of the same number elsewhere in its report."""
    days: dict[tuple[int, str, float], frozenset[date]] = {}
    for row in rows:
        key = row.unit.article, row.figure.kind, size(row)
        days[key] = days.get(key, frozenset()) | row.days
    return [r if r.days else replace(r, days=days[r.unit.article, r.figure.kind, size(r)]) for r in rows]


def _own(rows: Sequence[Row]) -> list[Row]:
    """The tolls that a report gives as its own, those that it sets against them and those that it calls earlier ones.

    Of several values of one thing the largest: the others are parts of it or stages before it. A report with many values tells
    of many happenings: only the one it leads with is kept. Of ages, those that no other age of the report comes near.
    """
    held: dict[tuple[object, ...], list[Row]] = {}
    ages: dict[int, list[Row]] = {}
    for row in rows:
        if row.figure.kind == AGE:
            ages.setdefault(row.unit.article, []).append(row)
        elif not row.former:
            held.setdefault((row.unit.article, *row.key), []).append(row)
    kept = [r for r in rows if r.former]
    given: dict[tuple[int, str], set[float]] = {}
    for _, of in held.items():
        lead = _leading(of)
        own = [r for r in of if size(r) == lead]
        rivals = [replace(r, rival=True) for r in of if any(_against(r, o) for o in own)]
        kept += own + rivals
        others = {size(r) for r in of if not r.unit.headline} - {size(r) for r in rivals}
        given.setdefault((of[0].unit.article, of[0].figure.kind), set()).update(others)
    kept = [replace(r, beside=frozenset(given.get((r.unit.article, r.figure.kind), set()) - {size(r)})) for r in kept]
    for near in ages.values():
        kept += [r for r in near if all(abs(o.range[0] - r.range[0]) > WEIGH.age_gap for o in near if o.range != r.range)]
    return sorted(kept, key=lambda r: r.unit.index)


def _against(row: Row, own: Row) -> bool:
    """Whether one sentence gives two values, each by another speaker."""
    one, other = speaker(row.unit.quote), speaker(own.unit.quote)
    same = row.unit.sentence == own.unit.sentence and size(row) != size(own)
    return same and bool(one) and bool(other) and one != other


def _leading(rows: Sequence[Row]) -> float:
    values = {size(r) for r in rows}
    if len(values) > WEIGH.own_values:
        return size(min(rows, key=lambda r: r.unit.span.start))
    return max(values)
