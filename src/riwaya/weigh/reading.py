"""How a clause is quoted to a reader: whole, with its subject, without the words that tie it to what stood before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from riwaya.arabic.lexicon.weigh import CONJUNCTIONS, DANGLING, GOES_ON, NO_CONJUNCTION, OPENERS, THAT
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.stems import stem
from riwaya.arabic.words import PUNCTUATION, WORD, Words, words
from riwaya.model import Quote, Related, Span
from riwaya.settings.weigh import WEIGH
from riwaya.weigh.units import Unit

_BREAKS = frozenset("،,؛;:.-–")
_DASHES = frozenset("-–—")
_CLOSERS = frozenset("”»\"')]")
_OPENS = frozenset("“«([")
_QUOTES = frozenset("“«\"”»")
_PAIRS = {"”": "“", "»": "«", ")": "(", "]": "[", "'": "'"}
_DATELINE = frozenset("-–—:") | _CLOSERS  # what may stand between a dateline and the first word of the report


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a clause for a reader; `whole` says whether they can stand alone."""

    span: Span
    whole: bool


@cache
def _loose() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    dangling = frozenset(p + w for w in DANGLING for p in ("", *CONJUNCTIONS)) | frozenset(CONJUNCTIONS)
    return frozenset(GOES_ON), frozenset(NO_CONJUNCTION), dangling


@cache
def _openers() -> Phrases[bool]:
    return Phrases(dict.fromkeys(OPENERS, True))


@lru_cache(maxsize=1 << 16)
def conjunction(norm: str) -> bool:
    """Whether a folded word is a verb or noun with "and" written onto it: وأعلن, but not وزير."""
    if norm[:1] not in CONJUNCTIONS or norm in _loose()[1] or len(norm) < 3:  # noqa: PLR2004 - وفد has no three letters left
        return False
    return stem(norm) == stem(norm[1:]) and not (stem(norm).startswith(norm[0]) and norm[1] != norm[0])


def _bare(norm: str) -> str:
    return norm[1:] if conjunction(norm) else norm


def _begin(held: Words, token: int) -> int:
    """Where a word begins, without the conjunction written onto it."""
    return held.offset(token, 1) if conjunction(held.norm[token]) else held.start[token]


def _dangles(held: Words, token: int) -> bool:
    """Whether no clause ends with this token: a comma, a word that begins what follows."""
    norm = held.norm[token]
    return norm in _loose()[2] or (held.kind[token] == PUNCTUATION and norm not in _CLOSERS)


class Readings:
    """Finds the reading of every clause of a story."""

    def __init__(self, related: Related, units: Sequence[Unit]) -> None:
        self._related = related
        self._words: dict[int, Words] = {}
        self._clauses: dict[tuple[int, int], list[Unit]] = {}
        self._known: dict[int, Reading] = {}
        self._sentences: dict[tuple[int, int], tuple[int, int, set[int]]] = {}
        for unit in units:
            if not unit.is_figure:
                self._clauses.setdefault((unit.article, unit.sentence), []).append(unit)
        index = {a.id: i for i, a in enumerate(related.articles)}
        self._subjects: list[list[int]] = [[] for _ in related.articles]  # where somebody or something is named
        self._places: list[set[int]] = [set() for _ in related.articles]
        for entity in related.entities:
            for mention in entity.mentions:
                self._subjects[index[mention.article_id]].append(mention.start)
                if entity.kind == "place":
                    self._places[index[mention.article_id]].add(mention.start)
        for i, marks in enumerate(related.marks):
            self._subjects[i] += [n.role.start for n in marks.names if n.role is not None]
            speakers = [q.speaker.span for q in marks.quotes if q.speaker is not None]
            self._subjects[i] += [s.start for s in speakers if s is not None]
            self._subjects[i].sort()

    def of(self, unit: Unit) -> Reading:
        """The reading of one clause; of a quantity, that of the clause that holds it."""
        held = self._home(unit) if unit.is_figure else unit
        known = self._known.get(held.index)
        if known is None:
            known = self._known[held.index] = self._read(held)
        return known

    def sentence(self, article: int, span: Span) -> Reading:
        """The reading of a whole sentence; not `whole` where it goes on from the sentence before it."""
        held = self._held(article)
        tokens = held.within(span.start, span.end)
        if not tokens:
            return Reading(span, whole=False)
        first = self._after_dateline(article, tokens.start, tokens.stop)
        start = self._stripped(held, first, tokens.stop)
        opens = {held.norm[first], held.norm[start]}
        goes_on = any(_bare(n) in _loose()[0] for n in opens) or not self._speaker_is_told(article, span)
        return Reading(Span(span.article_id, _begin(held, start), held.end[tokens.stop - 1]), whole=not goes_on)

    # ------------------------------------------------------------------------------------------------------- one clause

    def _held(self, article: int) -> Words:
        if article not in self._words:
            self._words[article] = words(self._related.articles[article].text)
        return self._words[article]

    def _home(self, unit: Unit) -> Unit:
        """The clause that holds a quantity."""
        return max(
            self._clauses.get((unit.article, unit.sentence), [unit]),
            key=lambda u: (min(u.whole.end, unit.span.end) - max(u.whole.start, unit.span.start), -u.index),
        )

    def _read(self, unit: Unit) -> Reading:
        held = self._held(unit.article)
        home = (unit.article, unit.sentence)
        known = self._sentences.get(home)
        if known is None:
            known = self._sentences[home] = self._sentence(unit, held)
        begin, sentence_end, starts = known
        end = self._closed(held, begin, held.at(unit.span.end - 1), sentence_end)
        cuts = sorted({held.at(s) for s in starts if held.start[begin] < s <= unit.span.start} | {begin})
        best: tuple[int, bool] | None = None
        content = self._content(unit, held)
        for cut in ([content] if content is not None else []) + cuts[::-1]:
            first = self._stripped(held, cut, end)
            if best is not None and end - first > WEIGH.reading_words:
                break
            whole = cut == content or (cut == begin and content is None) or self._stands_alone(unit.article, cut, first)
            best = (first, whole and end - first <= WEIGH.reading_words)
            if whole:
                break
        first, whole = best if best is not None else (begin, True)
        end = self._balanced(held, first, end)
        return Reading(Span(unit.span.article_id, _begin(held, first), held.end[end - 1]), whole)

    def _sentence(self, unit: Unit, held: Words) -> tuple[int, int, set[int]]:
        """The first token of a clause's sentence after a dateline, where the sentence ends, and where its clauses begin."""
        sentence = self._related.marks[unit.article].sentences[unit.sentence]
        tokens = held.within(sentence.start, sentence.end)
        clauses = self._clauses.get((unit.article, unit.sentence), [unit])
        starts = {u.lead.start if u.lead is not None else u.span.start for u in clauses}
        return self._after_dateline(unit.article, tokens.start, tokens.stop), sentence.end, starts

    def _content(self, unit: Unit, held: Words) -> int | None:
        """Where the words of somebody begin whom this sentence does not name ("وأضاف أن ..."): they stand better alone."""
        for quote in self._speeches(unit.article, unit.whole):
            if self._told(quote, unit.article, unit.whole.start) or quote.cue is None:
                continue
            first = held.at(quote.content.start)
            inside = unit.whole.start <= held.start[first] < unit.span.end
            if inside and held.start[first] == quote.content.start and self._declares(held, quote, first):
                return first
        return None

    @staticmethod
    def _declares(held: Words, quote: Quote, first: int) -> bool:
        """Whether a clause follows: after أن or a colon, or in quotation marks right after the word of speech; not after ب."""
        last = held.at(quote.content.end - 1)
        if last - first < WEIGH.quoted_words or quote.cue is None:
            return False
        marks = first
        while marks and held.norm[marks - 1] in _QUOTES:
            marks -= 1
        before = held.norm[marks - 1] if marks else ""
        spoken = marks < first and marks - held.at(quote.cue.end - 1) <= WEIGH.cue_reach
        return before in THAT or before == ":" or spoken

    def _speeches(self, article: int, span: Span) -> Iterable[Quote]:
        quotes = self._related.marks[article].quotes
        return (q for q in quotes if q.cue is not None and span.start <= q.cue.start < q.content.start < span.end)

    def _told(self, quote: Quote, article: int, start: int) -> bool:
        """Whether the speaker is named between here and the end of what is said."""
        who = quote.speaker.span if quote.speaker is not None else None
        if who is None or quote.cue is None or who.end <= start:
            return False
        return abs(who.start - quote.cue.start) < WEIGH.speaker_reach

    def _speaker_is_told(self, article: int, span: Span) -> bool:
        first = next(iter(self._speeches(article, span)), None)
        return first is None or first.speaker is None or self._told(first, article, span.start)

    def _stands_alone(self, article: int, cut: int, first: int) -> bool:
        """Whether a clause that opens inside a sentence has a word that ties it loosely (و، كما، فيما) and names its subject."""
        held = self._held(article)
        if first == cut and not (conjunction(held.norm[cut])):
            return False
        if conjunction(held.norm[cut]) and (cut == 0 or held.norm[cut - 1] not in _BREAKS):
            return False
        last = min(first + WEIGH.subject_reach, len(held) - 1)
        at = bisect_left(self._subjects[article], held.start[min(first + 1, last)])
        return at < len(self._subjects[article]) and self._subjects[article][at] < held.end[last]

    # ------------------------------------------------------------------------------------------------------------ edges

    def _after_dateline(self, article: int, first: int, stop: int) -> int:
        """The first token after a dateline: "كويتا (ا ف ب) - اعلن"."""
        one = self._related.articles[article]
        held = self._held(article)
        if first >= len(held):
            return first
        ends = [c.span.end for c in one.agencies if c.span is not None and c.how == "dateline"]
        ends += [f.end for f in one.furniture if f.kind != "background"]
        if held.newline[first]:
            ends += self._place_line(article, first, stop)
        near = [e for e in ends if held.start[first] < e and held.at(e - 1) < min(stop, first + WEIGH.dateline_words)]
        at = held.at(max(near) - 1) + 1 if near else first
        while at < stop and held.kind[at] == PUNCTUATION and (near and held.norm[at] in _DATELINE):
            at += 1
        return at if at < stop else first

    def _place_line(self, article: int, first: int, stop: int) -> list[int]:
        """Where the words of a line end that stand before its dash, if they begin with a place: "صفاقس (مدى) - قتل"."""
        held = self._held(article)
        if held.start[first] not in self._places[article]:
            return []
        dashes = (i for i in range(first + 1, min(stop, first + WEIGH.dateline_words)) if held.norm[i] in _DASHES)
        dash = next(dashes, None)
        return [] if dash is None else [held.end[dash]]

    @staticmethod
    def _stripped(held: Words, first: int, stop: int) -> int:
        """Past the words that tie a clause to the one before it."""
        at = first
        while at < stop - 1:
            found = _openers().match_at(held, at)
            if found is not None and (not found.prefix or found.prefix in CONJUNCTIONS):
                at = found.last
            elif held.kind[at] == PUNCTUATION and held.norm[at] not in _OPENS and held.norm[at] != '"':
                at += 1
            else:
                break
        return min(at, stop - 1)

    @staticmethod
    def _closed(held: Words, first: int, last: int, sentence_end: int) -> int:
        """Past the marks that close what is open and past a rest of a few words, back from words that only begin what follows."""
        end = last + 1
        rest = held.within(held.end[last], sentence_end)
        if 0 < sum(held.kind[i] == WORD for i in rest) <= WEIGH.rest_words:
            end = rest.stop
        while end - 1 > first and _dangles(held, end - 1):
            end -= 1
        while end < len(held) and held.start[end] < sentence_end and held.norm[end] in _CLOSERS:
            end += 1
        return end

    @staticmethod
    def _balanced(held: Words, first: int, end: int) -> int:
        """Without a last closing mark whose opening mark stands before the reading."""
        while end - 1 > first and held.norm[end - 1] in _CLOSERS:
            mark = held.norm[end - 1]
            inside = [held.norm[i] for i in range(first, end - 1)]
            if (inside.count('"') % 2 if mark == '"' else inside.count(_PAIRS[mark]) > inside.count(mark)):
                break
            end -= 1
        return end
