"""Denials, conditions and wordings: clauses about one thing that do not go together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from riwaya.arabic.clitics import bare
from riwaya.arabic.lexicon.weigh import CONDITIONS, FILLERS, FUTURES, VERB_NEGATIONS
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.stems import rarity, stem
from riwaya.arabic.words import PUNCTUATION, Words, words
from riwaya.model import Passage, Quote, Related, Span
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.claims import Cut
from riwaya.weigh.clusters import Index
from riwaya.weigh.findings import Finding, of_spans, side_key
from riwaya.weigh.similar import Aligned, shared_weight
from riwaya.weigh.statements import Weighed
from riwaya.weigh.terms import ENTITY, TIME, term
from riwaya.weigh.units import Unit
from riwaya.weigh.when import day_of, interval

_TO_COME = ("سي", "ست", "وسي", "وست")  # begin a verb of what will be
Mentions = dict[str, list[Span]]  # the names of each article


@cache
def _conditions() -> Phrases[bool]:
    return Phrases(dict.fromkeys(CONDITIONS, True))


def _shared(a: Unit, b: Unit) -> float:
    return shared_weight(a, b)[0]


def speaker(quote: Quote | None) -> str:
    """Who speaks, as far as it can be compared."""
    if quote is None or quote.speaker is None:
        return ""
    return quote.speaker.entity_id or quote.speaker.text


# ------------------------------------------------------------------------------------------------------------ denials


def denial_findings(related: Related, units: Sequence[Unit], aligned: Aligned, home: dict[int, str], cut: Cut) -> list[Finding]:
    """Clauses that deny, against clauses of others that say what they deny; `home` gives each clause's statement."""
    denying = [u for u in units if (u.denial or u.negated) and not u.is_figure]
    if not denying:
        return []
    index = Index()
    for unit in units:
        if not unit.is_figure:
            index.add(unit, unit.index)
    negative = {(u.article, u.sentence) for u in units if u.negated or u.denial or "deny" in u.terms}
    denied: dict[str, tuple[list[Unit], dict[int, Unit]]] = {}
    for unit in denying:
        near = [units[i] for i in index.near(unit)]
        against = [o for o in near if (o.article, o.sentence) not in negative and _denied(unit, o, aligned, cut)]
        if against:
            denials, claims = denied.setdefault(home.get(unit.index, str(unit.index)), ([], {}))
            denials.append(unit)
            claims.update((o.index, o) for o in against)
    found = []
    for _, (denials, claims) in sorted(denied.items()):
        first = denials[0]
        weight = max(_shared(u, o) for u in denials for o in claims.values())
        about = related.articles[first.article].text[first.span.start : first.span.end]
        sides = (side_key(related, denials, whole=True), side_key(related, list(claims.values()), whole=True))
        found.append(Finding("contradiction", about, sides, weight, "a denial and what it denies"))
    return found


def _denied(unit: Unit, other: Unit, aligned: Aligned, cut: Cut) -> bool:
    """Whether `other` asserts what `unit` denies."""
    if other.is_figure or (speaker(unit.quote) and speaker(unit.quote) == speaker(other.quote)):
        return False
    passage = aligned.shared(unit.span, other.span)
    if passage is not None and passage.kind == "copy" and _holds_denial(passage, unit):
        return False  # two halves of one copy, cut otherwise
    shared, content = shared_weight(unit, other)
    # A claim holds what is denied, not only what both are about: "the fault caused the blast", not "the blast killed 13".
    whole = unit.content if unit.denial else min(unit.content, other.content)
    if content < max(WEIGH.denied_content, WEIGH.denied_share * whole):
        return False
    contained = shared / min(unit.weight, other.weight)
    overlap = shared / (unit.weight + other.weight - shared)
    score = math.sqrt(contained * overlap)
    if unit.denial:
        if score >= WEIGH.sure_denial:
            return True
        # What is denied stands first: "نفى اعتداء رجال الشرطة على ..." denies the attack, not the funeral.
        return score >= WEIGH.denial_overlap and any(t in other.terms for t in _first_terms(unit, cut)[:1])
    # A bare negation ("لم يصل") answers only a clause that has the very thing it negates.
    return score >= WEIGH.negation_overlap and _negated_term(unit, cut) in other.terms


def _holds_denial(passage: Passage, unit: Unit) -> bool:
    """Whether the words that deny are part of what both share."""
    side = passage.a if passage.a.article_id == unit.span.article_id else passage.b
    cue = unit.quote.cue if unit.denial and unit.quote is not None else None
    return cue is None or (side.start <= cue.start and cue.end <= side.end)


def _negated_term(unit: Unit, cut: Cut) -> str:
    """The term right after a negation that stands before a verb (لم، لن، لا)."""
    norm = cut.norms(unit)
    for i, word in enumerate(norm[:-1]):
        if word.removeprefix("و").removeprefix("ف") in VERB_NEGATIONS and (one := term(norm[i + 1])) is not None:
            return one[0]
    return ""


# --------------------------------------------------------------------------------------------------------- conditions


def condition_findings(related: Related, units: Sequence[Unit], cut: Cut) -> list[Finding]:
    """One speaker gives a thing to come a date, another makes it hang on a condition."""
    conditional = [u for u in units if _is_conditional(related, u, cut)]
    found = []
    for unit in conditional:
        topic = (_first_terms(unit, cut) or [""])[0]
        alike = [o for o in units if topic in o.terms and shared_weight(unit, o)[1] >= WEIGH.least_content]
        against = [o for o in alike if _is_dated(related, o) and speaker(o.quote) != speaker(unit.quote)]
        if against:
            about = related.articles[unit.article].text[unit.span.start : unit.span.end]
            sides = (side_key(related, against), side_key(related, [unit]))
            weight = max(_shared(unit, o) for o in against)
            found.append(Finding("contradiction", about, sides, weight, "a date against a condition"))
    return found


def _first_terms(unit: Unit, cut: Cut) -> list[str]:
    """What the clause names beside entities, in the order of its words, from where the quotation begins; auxiliaries left out."""
    found = []
    for norm in cut.norms(unit, unit.quote.content.start if unit.quote is not None else None):
        one = term(norm)
        if one is not None and norm not in FILLERS and unit.rarities.get(one[0], 0.0) >= WEIGH.topic_weight:
            found.append(one[0])
    return found


def _is_conditional(related: Related, unit: Unit, cut: Cut) -> bool:
    if unit.is_figure or unit.quote is None or unit.times:
        return False
    norms = cut.norms(unit)
    if _conditions().written.isdisjoint(norms) or not any(w in FUTURES or w.startswith(_TO_COME) for w in norms):
        return False
    text = words(related.articles[unit.article].text[unit.span.start : unit.span.end])
    return any(_conditions().match_at(text, i) is not None for i in range(len(text)))


def _is_dated(related: Related, unit: Unit) -> bool:
    article = related.articles[unit.article]
    anchor = day_of(article)
    if unit.is_figure or unit.quote is None or anchor is None:
        return False
    days = [w for t in unit.times if (w := interval(t, article, anchor)) is not None]
    return any(w.end >= anchor and w.precision in ("day", "hour") for w in days)


def _same_event(a: Unit, b: Unit) -> bool:
    shared = [t for t in a.terms if t in b.terms and not t.startswith((ENTITY, TIME))]
    size = min(a.weight, b.weight)
    return sum(a.terms[t] for t in shared) >= WEIGH.least_content and _shared(a, b) >= WEIGH.event_share * size


# ------------------------------------------------------------------------------------------- headline against its body


def headline_findings(related: Related, units: Sequence[Unit]) -> list[Finding]:
    """A headline that has done by a date what its report has begin by it: "تغادر خلال يومين" / "تبدأ المغادرة خلال يومين"."""
    found = []
    for title in units:
        if not title.headline or title.is_figure or "begin" in title.terms:
            continue
        ends = _deadlines(related, title)
        if not ends:
            continue
        body = [u for u in units if u.article == title.article and not u.headline and not u.is_figure and "begin" in u.terms]
        against = [u for u in body if ends & _deadlines(related, u) and _same_event(title, u)]
        if against:
            about = related.articles[title.article].text[title.span.start : title.span.end]
            sides = (side_key(related, [title]), side_key(related, against))
            weight = max(_shared(title, u) for u in against)
            found.append(Finding("contradiction", about, sides, weight, "begun by then, or done by then"))
    return found


def _deadlines(related: Related, unit: Unit) -> set[object]:
    article = related.articles[unit.article]
    return {w.end for t in unit.times if (w := interval(t, article)) is not None and w.deadline}


# ------------------------------------------------------------------------------------------------------------ wording


def wording_findings(related: Related, weighed: Sequence[Weighed]) -> list[Finding]:
    """The same words of one speaker, but for one thing that is named otherwise."""
    found = []
    cut: dict[int, Words] = {}
    names: Mentions = {m.article_id: [n.span for n in m.names] for m in related.marks}
    for one in weighed:
        quoted = [u for u in one.units if u.quote is not None and not u.is_figure and not u.headline]
        best: dict[tuple[str, str], tuple[set[Span], set[Span], list[Unit]]] = {}
        for a, b in combinations(quoted[: WEIGH.worded_clauses], 2):
            if a.article == b.article or speaker(a.quote) != speaker(b.quote):
                continue
            if not ((a.quote and a.quote.direct) or (b.quote and b.quote.direct)):
                continue
            for pair in _replaced(related, a, b, cut, names):
                if any(_opens(u, span) for u, (_, span) in zip((a, b), pair, strict=True)):
                    continue  # who is meant is named freely: الرجل / مطلق الرصاص
                (one_key, left), (other_key, right) = sorted(pair)
                entry = best.setdefault((one_key, other_key), (set(), set(), []))
                entry[0].add(left)
                entry[1].add(right)
                entry[2].extend((a, b))
        for _, (left_spans, right_spans, held) in sorted(best.items()):
            sides = tuple(of_spans(related, spans, _holding(held, spans)) for spans in (left_spans, right_spans))
            about = f"{sides[0].says} / {sides[1].says}"
            found.append(Finding("contradiction", about, sides, WEIGH.wording_weight, "wording of one quotation"))
    return found


def _opens(unit: Unit, span: Span) -> bool:
    """Whether this slot stands at the beginning of the quotation."""
    return unit.quote is not None and span.start <= unit.quote.content.start


def _holding(units: Sequence[Unit], spans: set[Span]) -> list[Unit]:
    def inside(span: Span, unit: Unit) -> bool:
        return span.article_id == unit.span.article_id and unit.span.start <= span.start and span.end <= unit.span.end

    return [u for u in units if any(inside(s, u) for s in spans)]


def _replaced(
    related: Related, a: Unit, b: Unit, cut: dict[int, Words], names: Mentions
) -> Iterator[tuple[tuple[str, Span], tuple[str, Span]]]:
    """Short stretches of content words in the same slot of two otherwise equal clauses, each with its words."""
    left, right = (_tokens(related, u, cut) for u in (a, b))
    matcher = SequenceMatcher(None, [n for n, _, _ in left], [n for n, _, _ in right], autojunk=False)
    if matcher.ratio() < WEIGH.same_wording:
        return
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op != "replace" or max(i2 - i1, j2 - j1) > WEIGH.replaced_words or i1 == 0 or i2 == len(left):
            continue
        ones, others = left[i1:i2], right[j1:j2]
        differ = _differ([n for n, _, _ in ones], [n for n, _, _ in others])
        if differ and not (_named(a, ones, names) or _named(b, others, names)):
            # The word before the slot belongs to what is read: "القوات المسلحة ومجتمع المخابرات".
            yield (
                (" ".join(n for n, _, _ in ones), Span(a.span.article_id, left[max(0, i1 - 2)][1], ones[-1][2])),
                (" ".join(n for n, _, _ in others), Span(b.span.article_id, right[max(0, j1 - 2)][1], others[-1][2])),
            )


def _tokens(related: Related, unit: Unit, cut: dict[int, Words]) -> list[tuple[str, int, int]]:
    if unit.article not in cut:
        cut[unit.article] = words(related.articles[unit.article].text)
    held = cut[unit.article]
    tokens = held.within(unit.span.start, unit.span.end)
    return [(held.norm[i], held.start[i], held.end[i]) for i in tokens if held.kind[i] != PUNCTUATION]


def _named(unit: Unit, tokens: Sequence[tuple[str, int, int]], names: Mentions) -> bool:
    """Whether a time, a figure or a name stands there: those are compared elsewhere."""
    marks = [t.span for t in unit.times] + [f.span for f in unit.figures] + names.get(unit.span.article_id, [])
    return any(s.start < end and start < s.end for s in marks for _, start, end in tokens)


def _differ(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Both name something, and nothing that the other names or spells alike."""
    left = dict(t for n in ones if (t := term(n)) is not None)
    right = dict(t for n in others if (t := term(n)) is not None)
    if not left or not right or left.keys() & right.keys():
        return False
    if min(rarity(stem(max(side, key=lambda n: rarity(stem(n))))) for side in (ones, others)) < WEIGH.replaced_rarity:
        return False
    return all(SequenceMatcher(None, bare(x), bare(y)).ratio() < WEIGH.alike_spelling for x in ones for y in others)
