"""The clauses of a story's reports: what one stretch of a sentence asserts, with its terms, figures, times and quote."""

from __future__ import annotations

import math
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise

from riwaya.arabic.lexicon.concepts import CLAUSE_STARTS
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.words import NUMBER, PUNCTUATION, Words, iter_norms, words
from riwaya.model import Article, Entity, Figure, Marks, Quote, Related, Span, Time
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.terms import ENTITY, FIGURE, NAMING, TIME, negates, opposites, term

_STOPS = frozenset("،,؛;:")
_BOUNDS = frozenset(("اكثر", "الا", "سوي"))  # folded
_PREPOSITIONS = frozenset(("عن", "من", "الي", "علي", "في", "ما"))  # folded
PEOPLE = frozenset(
    ("killed", "injured", "missing", "arrested", "displaced", "evacuated", "hospitalised", "discharged")
)


@dataclass(slots=True, eq=False)
class Unit:
    """A clause, or a quantity with the word that says what befell those counted. Nobody changes it after `find_units`: it is not
    frozen only because that makes it three times as long to build, and a story has thousands.

    `terms` maps each term to its weight; `quote` is the innermost quote that holds it; `headline` marks the report's title.
    `lead` is the clause before it that only says who speaks ("أعلن الوزير أمس أن"), `lead_times` the times of that speech.
    """

    index: int
    article: int
    sentence: int
    span: Span
    terms: dict[str, float]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    negated: bool
    quote: Quote | None
    headline: bool
    is_figure: bool = False
    lead: Span | None = None
    lead_times: tuple[Time, ...] = ()
    rarities: dict[str, float] = field(default_factory=dict)  # each term's weight before the story is considered
    weight: float = 0.0  # of all terms together
    content: float = 0.0  # of those that say more than who and when
    poles: tuple[tuple[str, str], ...] = ()  # terms that have an opposite, with it
    telling: dict[str, float] = field(default_factory=dict)  # those of `terms` that say more than who and when
    denial: bool = False  # whether the clause is what somebody denies: نفى الوزير أن ...

    @property
    def whole(self) -> Span:
        """The clause with its lead."""
        return Span(self.span.article_id, self.lead.start, self.span.end) if self.lead else self.span



@cache
def _starts() -> Phrases[bool]:
    return Phrases(dict.fromkeys(CLAUSE_STARTS, True))


Terms = tuple[tuple[str, float], ...]  # names of terms with their weights


class _Mentions:
    """Which entity stands where in one article, and which words name only one entity."""

    def __init__(self, mentions: Sequence[tuple[int, int, str]]) -> None:
        self.spans = sorted(mentions)
        self._starts = [m[0] for m in self.spans]

    def entity(self, offset: int) -> str | None:
        """The entity whose mention covers this offset."""
        i = bisect_right(self._starts, offset) - 1
        return self.spans[i][2] if i >= 0 and self.spans[i][1] > offset else None


def _covering(spans: Sequence[tuple[int, int]], offset: int) -> int | None:
    """The index of the last of these spans, sorted by start, that begins at or before this offset, if it covers it."""
    i = bisect_right(spans, (offset, sys.maxsize)) - 1
    return i if i >= 0 and spans[i][1] > offset else None


def find_units(related: Related) -> list[Unit]:
    """Every clause of every report, in the order of articles and text. Furniture and background are left out."""
    by_article: dict[str, list[tuple[int, int, str]]] = {}
    single = _single_words(related.entities)
    for entity in related.entities:
        for mention in entity.mentions:
            by_article.setdefault(mention.article_id, []).append((mention.start, mention.end, entity.id))
    found: list[Unit] = []
    for index, (article, marks) in enumerate(zip(related.articles, related.marks, strict=True)):
        reader = _Reader(index, article, marks, _Mentions(by_article.get(article.id, ())), single)
        found.extend(reader.units())
    return _weighted(found)


def _single_words(entities: Sequence[Entity]) -> dict[str, str]:
    """The root of a name of one word -> the one entity that bears it, so that الأردني meets الأردن."""
    found: dict[str, set[str]] = {}
    for entity in entities:
        for name in entity.names:
            norms = list(iter_norms(name.text))
            one = term(norms[-1]) if len(norms) == 1 else None
            if one is not None:
                found.setdefault(one[0], set()).add(entity.id)
    return {root: min(ids) for root, ids in found.items() if len(ids) == 1}


def _weighted(units: list[Unit]) -> list[Unit]:
    """Terms that stand all over the story say little in it: their weight falls with the share of clauses that hold them."""
    if not units:
        return units
    count: dict[str, int] = {}
    lightest: dict[str, float] = {}
    for unit in units:
        for name, weight in unit.terms.items():
            count[name] = count.get(name, 0) + 1
            if name not in lightest or weight < lightest[name]:
                lightest[name] = weight
    whole = math.log(len(units) + 1)
    factor = {t: WEIGH.story_floor + (1 - WEIGH.story_floor) * math.log((len(units) + 1) / n) / whole for t, n in count.items()}
    story = {t: lightest[t] * factor[t] for t in sorted(count)}
    naming = frozenset(t for t in count if t[0] in NAMING)
    poles = {t: o for t, o in opposites().items() if t in story}
    place = {t: i for i, t in enumerate(story)}.__getitem__
    for i, unit in enumerate(units):
        unit.index, unit.rarities = i, unit.terms
        unit.terms = {t: story[t] for t in sorted(unit.terms, key=place)}
        unit.weight = sum(unit.terms.values())
        unit.telling = {t: w for t, w in unit.terms.items() if t not in naming}
        unit.content = sum(unit.telling.values())
        if not poles.keys().isdisjoint(unit.terms):
            unit.poles = tuple((t, poles[t]) for t in unit.terms if t in poles)
        said = unit.quote
        if said is not None and said.stance == "denies":
            unit.denial = unit.span.start <= said.content.start < unit.span.end
    return units


@lru_cache(maxsize=1 << 17)  # word types of a large run
def _plain(norm: str) -> Terms:
    """What a folded word stands for that no mark covers: a concept or a root."""
    one = term(norm)
    return () if one is None else (one,)


class _Reader:
    """Cuts one article into units."""

    def __init__(self, index: int, article: Article, marks: Marks, mentions: _Mentions, single: dict[str, str]) -> None:
        self._index = index
        self._article = article
        self._marks = marks
        self._mentions = mentions
        self._single = single
        self._words: Words = words(article.text)
        self._times = [(t.span.start, t.span.end) for t in marks.times]
        self._figures = [(f.span.start, f.span.end) for f in marks.figures]
        self._quotes = [(q.content.start, q.content.end, q) for q in marks.quotes]
        self._cues = [(q.cue.start, q) for q in marks.quotes if q.cue is not None]
        self._known: dict[tuple[int, int], dict[str, float]] = {}  # tokens -> their terms
        self._roles = sorted((n.role.start, n.role.end) for n in marks.names if n.role is not None)
        self._read = self._tokens()
        self._negative = [i for i, norm in enumerate(self._words.norm) if negates(norm)]
        self._background = [(f.start, f.end) for f in article.furniture]
        self._title = article.title or ""

    def units(self) -> Iterator[Unit]:
        for number, sentence in enumerate(self._marks.sentences):
            if self._is_background(sentence):
                continue
            tokens = self._words.within(sentence.start, sentence.end)
            if not tokens:
                continue
            headline = self._is_headline(sentence)
            lead: Unit | None = None
            said: tuple[Time, ...] = ()  # when the speech of this sentence was made, until somebody else speaks
            for first, last in self._clauses(sentence, tokens):
                unit = self._unit(number, first, last, headline)
                if unit is None:
                    continue
                if lead is not None:
                    said = lead.times
                    unit.lead, unit.lead_times = lead.span, said
                    lead = None
                elif unit.quote is not None:
                    unit.lead_times = said
                if self._is_lead(unit, last, tokens.stop):
                    lead = unit
                else:
                    yield unit
            if lead is not None:
                yield lead
            yield from self._quantities(number, sentence, headline)

    def _is_background(self, sentence: Span) -> bool:
        half = (sentence.end - sentence.start) / 2
        return any(min(b, sentence.end) - max(a, sentence.start) > half for a, b in self._background)

    def _is_headline(self, sentence: Span) -> bool:
        if sentence.start < self._article.body_start:
            return True
        at = self._article.text.find(self._title) if self._title else -1
        return at >= 0 and at <= sentence.start and sentence.end <= at + len(self._title)

    def _is_lead(self, unit: Unit, last: int, stop: int) -> bool:
        """Whether this clause holds a cue of speech and what is said begins right after it, in the same sentence."""
        if last >= stop:
            return False
        first, end = unit.span.start, unit.span.end
        for cue, quote in self._cues:
            said = quote.content.start
            if first <= cue < end <= said and all(self._words.kind[i] == PUNCTUATION for i in self._words.within(end, said)):
                return True
        return False

    def _clauses(self, sentence: Span, tokens: range) -> list[tuple[int, int]]:
        """Token ranges of the clauses: cut at commas, words that open a clause and the edges of quotes; crumbs are joined."""
        cuts = {tokens.start, tokens.stop}
        norm, kind, openers = self._words.norm, self._words.kind, _starts().written
        for i in tokens:
            if kind[i] == PUNCTUATION:
                if norm[i] in _STOPS:
                    cuts.add(i + 1)
            elif norm[i].startswith(("وسي", "وست")) or (norm[i] in openers and self._opens_clause(i)):
                cuts.add(i)
        begin, end = sentence.start, sentence.end
        for start, stop, quote in self._quotes:
            if quote.cue is not None and begin <= quote.cue.start < start:
                cuts.add(self._words.at(quote.cue.start))
            if begin <= start < end:
                # What is said may begin inside a word, after its preposition: "أوعز ب|وضع".
                first, last = self._words.at(start), self._words.at(min(stop, end) - 1) + 1
                if last - first >= WEIGH.clause_words:
                    cuts.update((first, last))
        pieces = [(a, b) for a, b in pairwise(sorted(c for c in cuts if tokens.start <= c <= tokens.stop)) if b > a]
        return self._join_crumbs(pieces)

    def _opens_clause(self, i: int) -> bool:
        """Whether a word opens a clause here; "عن بعد" is a phrase of its own."""
        return (i == 0 or self._words.norm[i - 1] not in _PREPOSITIONS) and _starts().match_at(self._words, i) is not None

    def _join_crumbs(self, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
        joined: list[tuple[int, int]] = []
        carry: int | None = None
        for first, last in pieces:
            begin = first if carry is None else carry
            carry = None
            if len(self._terms(begin, last)) >= WEIGH.clause_terms:
                joined.append((begin, last))
            elif joined and begin == first and not self._has_cue(first, last) and not negates(self._words.norm[first]):
                joined[-1] = (joined[-1][0], last)
            else:
                carry = begin
        if carry is not None and pieces:
            joined.append((carry, pieces[-1][1]))
        return joined

    def _has_cue(self, first: int, last: int) -> bool:
        start, end = self._words.start[first], self._words.end[last - 1]
        return any(start <= cue < end for cue, _ in self._cues)

    def _terms(self, first: int, last: int) -> dict[str, float]:
        """The terms of these tokens; of a term's weights the lightest."""
        known = self._known.get((first, last))
        if known is not None:
            return known
        found = self._known[first, last] = {}
        for read in self._read[first:last]:
            for name, weight in read:
                if name not in found or weight < found[name]:
                    found[name] = weight
        return found

    def _tokens(self) -> list[Terms]:
        """What each token stands for."""
        held, single = self._words, self._single
        read = [() if kind == PUNCTUATION else _plain(norm) for norm, kind in zip(held.norm, held.kind, strict=True)]
        read = [self._entity_of(one) if one and one[0][0] in single else one for one in read]
        mentioned = [(start, end) for start, end, _ in self._mentions.spans]
        for start, end in (*self._times, *self._figures, *self._roles, *mentioned):
            for i in range(held.at(start), bisect_left(held.start, end)):
                read[i] = tuple(self._token(i))
        return read

    def _entity_of(self, one: Terms) -> Terms:
        """The one entity whose name is this word, if there is one."""
        entity = self._single.get(one[0][0]) if one else None
        return one if entity is None else ((ENTITY + entity, WEIGH.entity_weight),)

    def _token(self, i: int) -> Iterator[tuple[str, float]]:
        """What one token stands for: a time, an entity, a quantity, a concept or a root."""
        norm, kind, start = self._words.norm[i], self._words.kind[i], self._words.start[i]
        if kind == PUNCTUATION:
            return
        time = _covering(self._times, start)
        if time is not None:
            value = self._marks.times[time].value
            if value and not value.endswith("_REF"):
                yield TIME + value, WEIGH.time_weight
            return
        # A proclitic stands before the mention: look at the word's last letter.
        entity = self._mentions.entity(self._words.end[i] - 1)
        if entity:
            yield ENTITY + entity, WEIGH.entity_weight
            return
        figure = _covering(self._figures, start)
        if figure is not None:
            quantity = self._marks.figures[figure]
            yield f"{FIGURE}{quantity.low}-{quantity.high}", WEIGH.figure_weight
            if kind == NUMBER:
                return
        # A title (صاحب السمو الملكي الأمير) says who, not what.
        titled = _covering(self._roles, start) is not None
        for name, weight in self._entity_of(_plain(norm)):
            yield name, weight * (WEIGH.role_share if titled and not name.startswith(ENTITY) else 1.0)

    def _unit(self, sentence: int, first: int, last: int, headline: bool) -> Unit | None:
        kind = self._words.kind
        terms = self._terms(first, last)
        if len(terms) < 2:  # noqa: PLR2004 - one word asserts nothing
            return None
        while first < last and kind[first] == PUNCTUATION:
            first += 1
        while last > first and kind[last - 1] == PUNCTUATION:
            last -= 1
        span = Span(self._article.id, self._words.start[first], self._words.end[last - 1])
        return self._make(sentence, span, terms, range(first, last), headline=headline, is_figure=False)

    def _make(
        self, sentence: int, span: Span, terms: dict[str, float], tokens: range, *, headline: bool, is_figure: bool
    ) -> Unit:
        norm = self._words.norm
        negative = self._negative[bisect_left(self._negative, tokens.start) : bisect_left(self._negative, tokens.stop)]
        # "لن يستغرق أكثر من" and "لن تعود إلا مع" set a bound; they deny nothing.
        negated = any(_BOUNDS.isdisjoint(norm[i : i + 8]) for i in negative)
        start, end = span.start, span.end
        return Unit(
            0,
            self._index,
            sentence,
            span,
            terms,
            tuple([f for f, (a, b) in zip(self._marks.figures, self._figures, strict=True) if start <= a and b <= end]),
            tuple([t for t, (a, _) in zip(self._marks.times, self._times, strict=True) if start <= a < end]),
            negated,
            innermost(self._quotes, start, end),
            headline,
            is_figure,
        )

    def _quantities(self, sentence: int, span: Span, headline: bool) -> Iterator[Unit]:
        """Each count of people with the word before it that says what befell them: "وإصابة الآلاف"."""
        for figure in self._marks.figures:
            if figure.kind not in PEOPLE or not (span.start <= figure.span.start and figure.span.end <= span.end):
                continue
            inside = self._words.within(figure.span.start, figure.span.end)
            if not inside:
                continue
            sentence_start = self._words.within(span.start, span.end).start
            first = max(sentence_start, inside.start - WEIGH.figure_reach)
            for i in range(inside.start - 1, first - 1, -1):
                if self._words.kind[i] == PUNCTUATION or _covering(self._figures, self._words.start[i]) is not None:
                    first = i + 1
                    break
            place = Span(span.article_id, self._words.start[first], figure.span.end)
            terms = {f"{FIGURE}{figure.kind}": WEIGH.figure_weight, f"{FIGURE}{figure.low}-{figure.high}": WEIGH.figure_weight}
            tokens = range(first, inside.stop)
            yield self._make(sentence, place, terms, tokens, headline=headline, is_figure=True)


def innermost(quotes: Sequence[tuple[int, int, Quote]], start: int, end: int) -> Quote | None:
    """The smallest quote that shares most of the clause; a quote smaller than the clause counts by what it holds of it.

    Takes the quotes of a report with where each begins and ends, and the clause's own edges.
    """
    best: Quote | None = None
    size = WEIGH.quote_share * (end - start)
    for first, last, quote in quotes:
        if last <= start or first >= end or min(last, end) - max(first, start) < size:
            continue
        if best is None or (last - first, quote.id) < (best.content.end - best.content.start, best.id):
            best = quote
    return best
