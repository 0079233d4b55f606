"""Claims that exclude each other: what nobody has said yet against who said it, one manner of an act against another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from riwaya.arabic.lexicon.weigh import ANONYMOUS, EXCLUSIVE, MANNERS, NOT_YET
from riwaya.arabic.normalize import fold
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.words import Words, words
from riwaya.model import DisputeKind, Related
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.clusters import Index
from riwaya.weigh.findings import Finding, side_key
from riwaya.weigh.similar import shared_weight
from riwaya.weigh.terms import FIGURE, NAMING, term
from riwaya.weigh.units import Unit
from riwaya.weigh.when import apart, day_of, days_told

Sentence = tuple[int, int]
_UNNAMED = frozenset(ANONYMOUS)


@cache
def _not_yet() -> Phrases[bool]:
    return Phrases(dict.fromkeys(NOT_YET, True))


@cache
def _manners() -> Phrases[str]:
    return Phrases({fold(form): manner for manner, forms in MANNERS.items() for form in forms.split("، ")})


class Cut:
    """The words of each report, cut once."""

    def __init__(self, related: Related) -> None:
        self._articles = related.articles
        self._held: dict[int, Words] = {}

    def of(self, unit: Unit) -> tuple[Words, range]:
        """The words of a clause's report and which of them the clause holds."""
        if unit.article not in self._held:
            self._held[unit.article] = words(self._articles[unit.article].text)
        held = self._held[unit.article]
        return held, held.within(unit.span.start, unit.span.end)

    def norms(self, unit: Unit, start: int | None = None) -> list[str]:
        """The folded tokens of a clause, or of its rest from an offset on, which may lie inside a word: "أوعز ب|وضع"."""
        held, tokens = self.of(unit)
        if start is None or start <= unit.span.start:
            return held.norm[tokens.start : tokens.stop]
        first = held.at(start)
        if first < tokens.stop and held.start[first] < start:
            return [*words(held.text[start : held.end[first]]).norm, *held.norm[first + 1 : tokens.stop]]
        return held.norm[first : tokens.stop]


# ------------------------------------------------------------------------------------------------------- nobody has yet


def open_findings(related: Related, units: Sequence[Unit], cut: Cut) -> list[Finding]:
    """"Nobody has claimed the attack so far" against "X claimed the attack": later knowledge, or a contradiction."""
    negated = ((u, _open_words(u, cut)) for u in units if u.negated and not u.is_figure)
    open_ = [(unit, about_time) for unit, about_time in negated if about_time]
    if not open_:
        return []
    index = Index()
    for unit in units:
        if not unit.is_figure:
            index.add(unit, unit.index)
    found = []
    for unit, about_time in open_:
        said = [units[i] for i in index.near(unit)]
        others = (o for o in said if not o.negated and o.article != unit.article)
        claims = [o for o in others if _answers(unit, o, about_time | _sources(o, cut))]
        if claims:
            sides = (side_key(related, [unit]), side_key(related, claims, whole=True))
            about = related.articles[unit.article].text[unit.span.start : unit.span.end]
            weight = max(shared_weight(unit, o)[0] for o in claims)
            found.append(Finding(_kind(related, unit, claims), about, sides, weight, "not known then, told by others"))
    return found


def _open_words(unit: Unit, cut: Cut) -> set[str]:
    """The terms that say that nobody knows yet (أي جهة، على الفور); none where the clause does not say so."""
    held, tokens = cut.of(unit)
    found = [m for i in tokens if (m := _not_yet().match_at(held, i)) is not None]
    return {"" if one is None else one[0] for m in found for i in range(m.first, m.last) for one in [term(held.norm[i])]}


def _sources(unit: Unit, cut: Cut) -> set[str]:
    """The terms that only name who speaks: "مسؤولين" has the root of "مسؤوليتها" and claims nothing."""
    named: dict[bool, set[str]] = {True: set(), False: set()}
    for norm in cut.norms(unit):
        if (one := term(norm)) is not None:
            named[norm.removeprefix("و").removeprefix("ال") in _UNNAMED].add(one[0])
    return named[True] - named[False]


def _answers(unit: Unit, other: Unit, open_words: set[str]) -> bool:
    """Whether `other` tells what `unit` says is not known."""
    if "ask" in other.terms or (other.quote is not None and other.quote.stance in ("demands", "plans")):
        return False  # what is asked for is not known yet either
    mine = {t: w for t, w in unit.rarities.items() if t[0] not in NAMING and t not in open_words}
    shared = [w for t, w in mine.items() if t in other.terms]
    content = sum(shared) if len(shared) > 1 else 0.0
    told = sum(w for t, w in other.rarities.items() if t not in unit.terms)
    asked = sum(mine.values())
    return content >= max(WEIGH.open_content, WEIGH.open_share * asked) and (told >= WEIGH.open_content or other.lead is not None)


def _kind(related: Related, unit: Unit, claims: Sequence[Unit]) -> DisputeKind:
    before = day_of(related.articles[unit.article])
    days = [day_of(related.articles[o.article]) for o in claims]
    later = before is None or all(d is None or d >= before for d in days)
    return "revision" if later else "contradiction"


# -------------------------------------------------------------------------------------------------------------- manners


def manner_findings(related: Related, units: Sequence[Unit], cut: Cut) -> list[Finding]:
    """One act done in two manners that exclude each other: a suicide attack, or a bomb set off from afar."""
    told: dict[str, list[Unit]] = {}
    begins = _manners().written
    for unit in units:
        if unit.is_figure or begins.isdisjoint(cut.norms(unit)):
            continue
        held, tokens = cut.of(unit)
        for manner in sorted({m.value for i in tokens if (m := _manners().match_at(held, i)) is not None}):
            told.setdefault(manner, []).append(unit)
    if not any(one in told and other in told for one, other in EXCLUSIVE.items()):
        return []
    whole: dict[Sentence, dict[str, float]] = {}
    for unit in units:
        if not unit.is_figure:
            terms = whole.setdefault((unit.article, unit.sentence), {})
            terms.update({t: w for t, w in unit.rarities.items() if not t.startswith(FIGURE)})
    days: dict[Sentence, frozenset[date]] = {}
    for unit in units:
        here = days_told((*unit.times, *unit.lead_times), related.articles[unit.article])
        days[unit.article, unit.sentence] = days.get((unit.article, unit.sentence), frozenset()) | here
    found = []
    for one, other in sorted(EXCLUSIVE.items()):
        pairs = [
            (a, b)
            for a in told.get(one, ())
            for b in told.get(other, ())
            if a.article != b.article and _one_act(whole[a.article, a.sentence], whole[b.article, b.sentence])
            if not apart(days[a.article, a.sentence], days[b.article, b.sentence])
        ]
        if pairs:
            left = sorted({a.index: a for a, _ in pairs}.values(), key=lambda u: u.index)
            right = sorted({b.index: b for _, b in pairs}.values(), key=lambda u: u.index)
            about = related.articles[left[0].article].text[left[0].span.start : left[0].span.end]
            sides = (side_key(related, left), side_key(related, right))
            found.append(Finding("contradiction", about, sides, WEIGH.wording_weight, "two manners of one act"))
    return found


def _one_act(a: dict[str, float], b: dict[str, float]) -> bool:
    """Whether two sentences share enough to tell of one act."""
    shared = sum(min(w, b[t]) for t, w in a.items() if t in b)
    return shared >= WEIGH.manner_context and shared >= WEIGH.manner_share * min(sum(a.values()), sum(b.values()))
