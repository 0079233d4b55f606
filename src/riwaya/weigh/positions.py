"""Denials, conditions and wordings: clauses about one thing that do not go together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import combinations

from riwaya.arabic.lexicon.weigh import CONDITIONS
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.words import PUNCTUATION, Words, words
from riwaya.model import Quote, Related, Span
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.clusters import Index
from riwaya.weigh.findings import Finding, of_spans, side_key
from riwaya.weigh.similar import Aligned
from riwaya.weigh.statements import Weighed
from riwaya.weigh.terms import ENTITY, term
from riwaya.weigh.units import Unit
from riwaya.weigh.when import day_of, interval


@cache
def _conditions() -> Phrases[bool]:
    return Phrases(dict.fromkeys(CONDITIONS, True))


def _shared(a: Unit, b: Unit) -> float:
    return sum(w for t, w in a.terms.items() if t in b.terms)


def speaker(quote: Quote | None) -> str:
    """Who speaks, as far as it can be compared."""
    if quote is None or quote.speaker is None:
        return ""
    return quote.speaker.entity_id or quote.speaker.text


# ------------------------------------------------------------------------------------------------------------ denials


def denial_findings(related: Related, units: Sequence[Unit], aligned: Aligned) -> list[Finding]:
    """A clause that denies, against clauses of others that say what it denies."""
    index = Index()
    for unit in units:
        if not unit.is_figure:
            index.add(unit, unit.index)
    found = []
    for unit in units:
        denies = unit.quote is not None and unit.quote.stance == "denies"
        if unit.is_figure or not (denies or unit.negated):
            continue
        against = [units[i] for i in index.near(unit) if _denied(unit, units[i], denies=denies)]
        if against:
            weight = max(_shared(unit, o) for o in against)
            about = related.articles[unit.article].text[unit.span.start : unit.span.end]
            sides = (side_key(related, [unit], whole=True), side_key(related, against, whole=True))
            found.append(Finding("contradiction", about, sides, weight, "a denial and what it denies"))
    return found


def _denied(unit: Unit, other: Unit, *, denies: bool) -> bool:
    """Whether `other` asserts what `unit` denies."""
    if other.negated or (other.quote is not None and other.quote.stance == "denies"):
        return False
    if other.article == unit.article and other.sentence == unit.sentence:
        return False
    if speaker(unit.quote) and speaker(unit.quote) == speaker(other.quote):
        return False
    shared = _shared(unit, other)
    contained = shared / max(1e-9, min(unit.weight, other.weight))
    overlap = shared / max(1e-9, unit.weight + other.weight - shared)
    content = sum(w for t, w in unit.terms.items() if t in other.terms and not t.startswith(ENTITY))
    least = WEIGH.denial_overlap if denies else WEIGH.negation_overlap
    return content >= WEIGH.least_content * 2 and (contained * overlap) ** 0.5 >= least


# --------------------------------------------------------------------------------------------------------- conditions


def condition_findings(related: Related, units: Sequence[Unit]) -> list[Finding]:
    """One speaker gives a thing to come a date, another makes it hang on a condition."""
    conditional = [u for u in units if _is_conditional(related, u)]
    found = []
    for unit in conditional:
        topic = _topic(related, unit)
        alike = [o for o in units if topic in o.terms and _shared(unit, o) >= WEIGH.least_content]
        against = [o for o in alike if _is_dated(related, o) and speaker(o.quote) != speaker(unit.quote)]
        if against:
            about = related.articles[unit.article].text[unit.span.start : unit.span.end]
            sides = (side_key(related, against), side_key(related, [unit]))
            weight = max(_shared(unit, o) for o in against)
            found.append(Finding("contradiction", about, sides, weight, "a date against a condition"))
    return found


def _topic(related: Related, unit: Unit) -> str:
    """The first thing that the clause names beside entities: what is to happen."""
    for norm in words(related.articles[unit.article].text[unit.span.start : unit.span.end]).norm:
        one = term(norm)
        if one is not None and one[0] in unit.terms and unit.terms[one[0]] >= WEIGH.topic_weight:
            return one[0]
    return ""


def _is_conditional(related: Related, unit: Unit) -> bool:
    if unit.is_figure or unit.quote is None or unit.times:
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
    shared = [t for t in a.terms if t in b.terms and not t.startswith(ENTITY)]
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
    for one in weighed:
        quoted = [u for u in one.units if u.quote is not None and not u.is_figure and not u.headline]
        best: dict[tuple[str, str], tuple[set[Span], set[Span], list[Unit]]] = {}
        for a, b in combinations(quoted[: WEIGH.worded_clauses], 2):
            if a.article == b.article or speaker(a.quote) != speaker(b.quote):
                continue
            if not ((a.quote and a.quote.direct) or (b.quote and b.quote.direct)):
                continue
            for pair in _replaced(related, a, b, cut):
                (one_key, left), (other_key, right) = sorted((_word_key(related, s), s) for s in pair)
                entry = best.setdefault((one_key, other_key), (set(), set(), []))
                entry[0].add(left)
                entry[1].add(right)
                entry[2].extend((a, b))
        for _, (left_spans, right_spans, held) in sorted(best.items()):
            sides = tuple(of_spans(related, spans, _holding(held, spans)) for spans in (left_spans, right_spans))
            about = f"{sides[0].says} / {sides[1].says}"
            found.append(Finding("contradiction", about, sides, WEIGH.wording_weight, "wording of one quotation"))
    return found


def _holding(units: Sequence[Unit], spans: set[Span]) -> list[Unit]:
    def inside(span: Span, unit: Unit) -> bool:
        return span.article_id == unit.span.article_id and unit.span.start <= span.start and span.end <= unit.span.end

    return [u for u in units if any(inside(s, u) for s in spans)]


def _word_key(related: Related, span: Span) -> str:
    text = next(a.text for a in related.articles if a.id == span.article_id)
    return " ".join(words(text[span.start : span.end]).norm)


def _replaced(related: Related, a: Unit, b: Unit, cut: dict[int, Words]) -> Iterator[tuple[Span, Span]]:
    """Short stretches of content words in the same slot of two otherwise equal clauses."""
    left, right = (_tokens(related, u, cut) for u in (a, b))
    matcher = SequenceMatcher(None, [n for n, _, _ in left], [n for n, _, _ in right], autojunk=False)
    if matcher.ratio() < WEIGH.same_wording:
        return
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op != "replace" or max(i2 - i1, j2 - j1) > WEIGH.replaced_words or i1 == 0 or i2 == len(left):
            continue
        ones, others = left[i1:i2], right[j1:j2]
        if _differ([n for n, _, _ in ones], [n for n, _, _ in others]) and not _named(a, ones) and not _named(b, others):
            # The word before the slot belongs to what is read: "القوات المسلحة ومجتمع المخابرات".
            yield (
                Span(a.span.article_id, left[max(0, i1 - 2)][1], ones[-1][2]),
                Span(b.span.article_id, right[max(0, j1 - 2)][1], others[-1][2]),
            )


def _tokens(related: Related, unit: Unit, cut: dict[int, Words]) -> list[tuple[str, int, int]]:
    if unit.article not in cut:
        cut[unit.article] = words(related.articles[unit.article].text)
    held = cut[unit.article]
    tokens = held.within(unit.span.start, unit.span.end)
    return [(held.norm[i], held.start[i], held.end[i]) for i in tokens if held.kind[i] != PUNCTUATION]


def _named(unit: Unit, tokens: Sequence[tuple[str, int, int]]) -> bool:
    """Whether a time or a figure stands there: those are compared elsewhere."""
    marks = [t.span for t in unit.times] + [f.span for f in unit.figures]
    return any(s.start < end and start < s.end for s in marks for _, start, end in tokens)


def _differ(ones: Sequence[str], others: Sequence[str]) -> bool:
    """Both name something, and nothing that the other names or spells alike."""
    left = {t[0] for n in ones if (t := term(n)) is not None}
    right = {t[0] for n in others if (t := term(n)) is not None}
    if not left or not right or left & right:
        return False
    return all(SequenceMatcher(None, x, y).ratio() < WEIGH.alike_spelling for x in left for y in right)
