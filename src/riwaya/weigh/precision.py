"""One report vaguer than another about one thing: a longer stretch of time, a quarter of the country for its towns, a bare
noun for one that is qualified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from riwaya.arabic.lexicon import weigh as lexicon
from riwaya.arabic.stems import stem
from riwaya.arabic.words import PUNCTUATION, Words
from riwaya.model import Related, Span
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.claims import Cut
from riwaya.weigh.clusters import Index
from riwaya.weigh.findings import Finding, of_spans, side_key
from riwaya.weigh.similar import shared_weight
from riwaya.weigh.terms import ENTITY, FIGURE, term
from riwaya.weigh.units import Unit
from riwaya.weigh.when import When, day_of, interval

_ADJECTIVES, _EVENTS, _IDLE = frozenset(lexicon.ADJECTIVES), frozenset(lexicon.EVENTS), frozenset(lexicon.IDLE)
_QUALIFIED, _RELATIVES = frozenset(lexicon.QUALIFIED), frozenset(lexicon.RELATIVES)
_QUARTERS = frozenset(("west", "east", "north", "south"))
_LANDS = frozenset(("country", "region"))
_SURE = 2  # events that two clauses share to tell one thing without a name in common
_COMPARED = 6  # clauses of one wording that another is compared with
_TIMED = 24  # clauses of one stretch of time that are compared
_YEAR = 300  # days: longer stretches are years
_SINCE = re.compile(r"(?<!\w)و?منذ(?!\w)")  # what has gone on since a day is not of that day
_SHORT = 3  # letters: prepositions end like adjectives (في، على، إلى)
_ROOTED = 2  # first letters of a stem that its plurals share
_OR = frozenset(("او", "و"))  # folded
_AND = ("وب", "ول", "وال")  # begin what is added to the thing, not tied to it
_SLOT = 5  # words from a noun to what it is tied to

Pair = tuple[Unit, Unit]  # the vaguer clause first


def precision_findings(related: Related, units: Sequence[Unit], cut: Cut) -> list[Finding]:
    """Pairs of clauses of different reports on one event of which one is vaguer in one thing."""
    if len(related.articles) < 2:  # noqa: PLR2004 - one report is not vaguer than another
        return []
    plain = [u for u in units if not u.is_figure]
    wide = {u.index for u in plain if _names_quarter(u, cut)}
    alike = [(a, b) for a, b in _near(plain, wide) if a.negated == b.negated] if wide else []
    return [*_times(related, plain), *_quarters(related, alike, wide), *_qualified(related, plain, cut)]


def _near(units: Sequence[Unit], wanted: set[int]) -> Iterator[Pair]:
    """Clauses of different reports that share an event and more beside it, one of the two being wanted."""
    index = Index()
    for place, unit in enumerate(units):
        if not _EVENTS.isdisjoint(unit.terms):
            for i in index.near(unit):
                other = units[i]
                asked = unit.index in wanted or other.index in wanted
                if asked and other.article != unit.article and _one_event(unit, other):
                    yield other, unit
        index.add(unit, place)


def _one_event(a: Unit, b: Unit) -> bool:
    return bool(_events(a, b)) and shared_weight(a, b)[1] >= WEIGH.least_content


def _events(a: Unit, b: Unit) -> list[str]:
    return [t for t in a.terms if t in _EVENTS and t in b.terms]


# ---------------------------------------------------------------------------------------------------------------- times


def _times(related: Related, units: Sequence[Unit]) -> list[Finding]:
    """A month or a week against a day in it."""
    days = {u.index: spans for u in units if u.times and (spans := _spans(related, u))}
    of: dict[When, list[Unit]] = {}
    for unit in units:
        for span in days.get(unit.index, ()):
            of.setdefault(span, []).append(unit)
    found = []
    for vague in sorted(w for w in of if w.days > 1):
        for day in sorted(w for w in of if vague.start <= w.start and w.end <= vague.end and w.days < vague.days):
            pairs = [
                (a, b)
                for a in of[vague][:_TIMED]
                for b in of[day][:_TIMED]
                if a.article != b.article and not set(days[a.index]) & set(days[b.index])
                if _one_event(a, b) and _same_course(a, b)
            ]
            if pairs:
                sides = tuple(side_key(related, list({u.index: u for u in side}.values())) for side in zip(*pairs, strict=True))
                about = f"{vague.start}/{vague.end} / {day.start}/{day.end}"
                why = "a longer stretch of time and a shorter one in it"
                found.append(Finding("precision", about, sides, WEIGH.date_weight, why))
    return found


def _same_course(a: Unit, b: Unit) -> bool:
    """Whether two clauses share two events, or one with a name or a quantity and most of what the shorter says."""
    if len(_events(a, b)) >= _SURE:
        return True
    shared, _ = shared_weight(a, b)
    named = any(t[0] in (ENTITY, FIGURE) and t in b.terms for t in a.terms)
    return named and shared >= WEIGH.precision_weight and _much(a, b)


def _much(a: Unit, b: Unit) -> bool:
    return shared_weight(a, b)[1] >= WEIGH.precision_share * min(a.content, b.content)


def _spans(related: Related, unit: Unit) -> list[When]:
    article = related.articles[unit.article]
    anchor = day_of(article)
    own = [t for t in unit.times if not _SINCE.search(article.text, unit.span.start, t.span.start)]
    spans = [w for t in own if (w := interval(t, article)) is not None and not (w.deadline or w.lasting)]
    return sorted({replace(w, clock=None, precision="day") for w in spans if anchor is None or w.days < _YEAR or w.end < anchor})


# ------------------------------------------------------------------------------------------------------------- quarters


def _quarters(related: Related, pairs: Sequence[Pair], quarters: set[int]) -> list[Finding]:
    """"انطلقت الاحتجاجات في المناطق الغربية" against the towns by name."""
    places = {ENTITY + e.id for e in related.entities if e.kind == "place"}
    vague: dict[int, Unit] = {}
    named: dict[int, Unit] = {}
    for pair in pairs:
        if not _much(*pair):
            continue
        for one, other in (pair, pair[::-1]):
            wide = one.index in quarters and places.isdisjoint(one.terms)
            if wide and not places.isdisjoint(other.terms) and _QUARTERS.isdisjoint(other.terms):
                vague[one.index] = one
                named[other.index] = other
    if not vague:
        return []
    sides = tuple(side_key(related, list(side.values())) for side in (vague, named))
    return [Finding("precision", sides[0].says, sides, WEIGH.wording_weight, "a quarter of the country, or towns by name")]


def _names_quarter(unit: Unit, cut: Cut) -> bool:
    """Whether a quarter of the sky stands beside the country or its regions: غرب البلاد، المناطق الغربية."""
    if _QUARTERS.isdisjoint(unit.terms):
        return False
    held, tokens = cut.of(unit)
    terms = [one[0] if (one := term(held.norm[i])) is not None else "" for i in tokens]
    return any({a, b} & _QUARTERS and {a, b} & _LANDS for a, b in pairwise(terms))


# ------------------------------------------------------------------------------------------------------------ qualified

Slot = tuple[str, str]  # the thing before and the term after
Placed = tuple[Unit, Span]


def _qualified(related: Related, units: Sequence[Unit], cut: Cut) -> list[Finding]:
    """"تظاهرات كبرى" against "تظاهرات يومية كبرى": an adjective between two words that stand side by side in another report."""
    bare: dict[Slot, list[Placed]] = {}
    told: dict[Slot, list[Placed]] = {}
    for unit in units:
        held, tokens = cut.of(unit)
        for i in tokens:
            first = _thing(held.norm[i])
            end = min(i + _SLOT, tokens.stop)
            if not first or i + 1 >= end or held.kind[i + 1] == PUNCTUATION:
                continue
            adjective = _adjective(held, i, i + 1)
            if adjective and (one := term(held.norm[i + 1])) is not None:
                bare.setdefault((first, one[0]), []).append((unit, Span(unit.span.article_id, held.start[i], held.end[i + 1])))
            last = next((j for j in range(i + 1 + adjective, end) if held.kind[j] == PUNCTUATION or term(held.norm[j])), None)
            joined = last is not None and (held.norm[last - 1] in _OR or held.norm[last].startswith(_AND))
            after = term(held.norm[last]) if last is not None and held.kind[last] != PUNCTUATION and not joined else None
            if last is None or after is None or any(held.norm[j] in _RELATIVES for j in range(i + 1, last)):
                continue
            span = Span(unit.span.article_id, held.start[i], held.end[last])
            (told if adjective else bare).setdefault((first, after[0]), []).append((unit, span))
    found = []
    for slot, held_by in sorted(told.items()):
        reports = {u.article for u, _ in held_by}
        plain = [
            (u, s) for u, s in bare.get(slot, ()) if u.article not in reports and any(_much(u, o) for o, _ in held_by[:_COMPARED])
        ]
        if plain:
            sides = tuple(of_spans(related, [s for _, s in side], [u for u, _ in side]) for side in (plain, held_by))
            about = f"{sides[0].says} / {sides[1].says}"
            found.append(Finding("precision", about, sides, WEIGH.wording_weight, "a word qualified"))
    return found


@lru_cache(maxsize=1 << 16)  # word types of a large run
def _thing(norm: str) -> str:
    """The term of a word that names what happens, with its first letters, or "".

    Another word of one term is another thing (هجوم، غارة، استهدف); a broken plural keeps its first letters (مهمة، مهام).
    """
    one = term(norm)
    return f"{one[0]} {stem(norm)[:_ROOTED]}" if one is not None and one[0] in _QUALIFIED else ""


def _adjective(held: Words, i: int, j: int) -> bool:
    """Whether a word may be an adjective of the one before it: both have the article or neither, and it ends like one."""
    first, second = held.norm[i], held.norm[j]
    definite = second.startswith("ال")
    if second in _IDLE or ("ال" in first[:3]) != definite:
        return False
    ending = second.endswith(("ي", "ه" if definite else "يه"))
    return second in _ADJECTIVES or (ending and len(second.removeprefix("ال")) > _SHORT and second[0] not in "ولب")
