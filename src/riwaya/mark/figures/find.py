"""Finding the figures of one article: every number is tried, and most that only name or number something are passed over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import figures as lexicon
from riwaya.arabic.numerals import Numeral, bound_after, bounded, numerals
from riwaya.arabic.words import NUMBER, PUNCTUATION, WORD, Words
from riwaya.ids import stable_id
from riwaya.mark.document import Document
from riwaya.mark.figures import events
from riwaya.mark.figures.nouns import (
    NAMED_KIND,
    PERSON,
    SOLDIER,
    THING,
    TIME_UNIT,
    Counted,
    Phrase,
    category,
    is_person,
    lemma,
    measure,
    money,
    noun_kind,
)
from riwaya.model import Figure, Time

_LABELS = frozenset(lexicon.LABELS)
_AGE_UNITS = frozenset(lexicon.AGE_UNITS)
_AGE_BEFORE = frozenset(lexicon.AGE_BEFORE)
_AGE_BETWEEN = frozenset(("من", "العمر", "ناهز", "يناهز", "نحو", "حوالي", "قرابه", "عاما", "عن", "ب", "ال"))
_AGE_AFTER = tuple(tuple(phrase.split()) for phrase in lexicon.AGE_AFTER)
_AGE_REACH = 4  # words between البالغ and the number: البالغ من العمر نحو 80 عاما
_AGE_SINGULAR = frozenset(("عاما", "عام", "سنه"))
_COMMAS = frozenset(("،", ",", "-", "–"))
_OLDEST = 130  # years; what is more is no age
_QUOTES = frozenset("\"'“”«»‘’()[]")
_JOINERS = frozenset(("و", "،", ",", "او"))
_ADJACENT_MARKS = frozenset("/:@_#+=")  # a number beside one of these is a date, a clock time, a ratio or an address
_YEARS = range(1900, 2100)
_LIST_MARKS = frozenset("-.)–")
_SPANNED = frozenset(("killed", "injured", "arrested", "missing"))  # their noun before the number belongs to the span
_SOLDIERS_ALONE = frozenset(("جندي", "جنود", "عنصر", "عناصر", "عسكري", "عسكريين"))
_ONE = ("واحد", "واحده")
_EVENT_KINDS = frozenset(lexicon.EVENTS.values()) | {"hospitalised", "discharged"}  # handed on: مقتل 7 مدنيين و3 جنود
_PART_WORDS = frozenset(lexicon.PARTS)


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure before it gets its id, and where its tokens lie."""

    first: int
    last: int
    start: int
    end: int
    numeral: Numeral
    kind: str
    counted: Counted | None
    scope: str


def find_figures(doc: Document, times: Sequence[Time]) -> list[Figure]:
    """The figures of an article, in text order.

    Args:
        doc: the prepared article.
        times: its time expressions: what they cover is no figure, except ages ("81 عاما").

    Returns:
        Figures with `low` and `high` in plain units ("12.5 مليون" -> 12500000), None where open; `kind` as in the contract;
        `counted` the words of what is counted ("" where the text leaves it out: إصابة الآلاف). `quote_id` and `place_id` are left
        to `relate`.

    >>> from riwaya.model import Article
    >>> from riwaya.mark.document import prepare
    >>> doc = prepare(Article("a", "", "أعلنت الوزارة مقتل 7 من أفرادها وإصابة أكثر من 20 مدنيا."))
    >>> [(f.text, f.low, f.high, f.kind, f.scope) for f in find_figures(doc, [])]
    [('مقتل 7 من أفرادها', 7, 7, 'killed', 'part'), ('إصابة أكثر من 20 مدنيا', 21, None, 'injured', 'unknown')]
    """
    return [_figure(doc, found, times) for found in _Finder(doc, times).run()]


def _figure(doc: Document, found: _Found, times: Sequence[Time]) -> Figure:
    words, numeral = doc.words, found.numeral
    counted = words.surface(found.counted.first, found.counted.last) if found.counted else ""
    kind = "count" if found.kind in ("person", "thing", "") else found.kind
    text = words.text[found.start : found.end]
    return Figure(
        id=stable_id("f", doc.article.id, found.start, found.end, numeral.low, numeral.high, kind),
        span=doc.span(found.start, found.end),
        text=text,
        low=numeral.low,
        high=numeral.high,
        approximate=numeral.approximate,
        kind=kind,
        unit=found.counted.unit if found.counted else None,
        counted=counted,
        scope="part" if found.scope == "part" else "total" if found.scope == "total" else "unknown",
        as_of=_as_of(doc, found, times),
    )


def _as_of(doc: Document, found: _Found, times: Sequence[Time]) -> str | None:
    """The value of a time that "حتى" introduces in the same sentence; None where there is none or it is not settled."""
    start, end = doc.sentences[doc.sentence_at(found.start)] if doc.sentences else (0, 0)
    for time in times:
        if start <= time.span.start < end and time.value and time.value[:1].isdigit():
            token = doc.words.at(time.span.start)
            if token and doc.words.norm[token - 1] in ("حتي", "وحتي"):
                return time.value
    return None


class _Finder:
    """One pass over one article."""

    def __init__(self, doc: Document, times: Sequence[Time]) -> None:
        self.doc = doc
        self.words: Words = doc.words
        timed: set[int] = set()
        for time in times:
            timed.update(self.words.within(time.span.start, time.span.end))
            timed.add(self.words.at(time.span.start))
        self.timed = frozenset(timed)
        self.phrase = Phrase(self.words, self._stops)
        self.sentence_starts = [self.words.at(start) for start, _ in doc.sentences]

    def _stops(self, token: int) -> bool:
        # A number's own unit may lie inside a time (81 عاما), so only what begins there stops a phrase.
        return token in self.timed and category(self.words.norm[token]) != TIME_UNIT

    def run(self) -> Iterator[_Found]:
        """The figures in order, each given the one before it in its sentence."""
        previous: _Found | None = None
        for numeral, dual in self._candidates():
            if self.doc.hidden and self.doc.is_hidden(numeral.start, numeral.end):
                continue
            sentence, ceiling = self._sentence(numeral.core_first)
            if previous is not None and (previous.first < sentence or previous.last > numeral.core_first):
                if previous.last > numeral.core_first:
                    continue
                previous = None
            floor = max(sentence, previous.last if previous else 0)
            ground = events.Ground(self.words, floor, ceiling, self.timed)
            found = self._dual(ground, numeral, previous) if dual else self._number(ground, numeral, previous)
            if found is not None:
                yield found
                previous = found

    def _sentence(self, token: int) -> tuple[int, int]:
        """The tokens of the sentence that holds this one."""
        at = bisect_right(self.sentence_starts, token)
        first = self.sentence_starts[at - 1] if at else 0
        return first, self.sentence_starts[at] if at < len(self.sentence_starts) else len(self.words)

    def _candidates(self) -> Iterator[tuple[Numeral, bool]]:
        """Numbers, and dual nouns that count, merged in text order."""
        duals = self._duals()
        upcoming = next(duals, None)
        for numeral in numerals(self.words):
            while upcoming is not None and upcoming.first < numeral.first:
                yield upcoming, True
                upcoming = next(duals, None)
            if not numeral.ordinal:
                yield numeral, False
        while upcoming is not None:
            yield upcoming, True
            upcoming = next(duals, None)

    def _duals(self) -> Iterator[Numeral]:
        words = self.words
        for token, norm in enumerate(words.norm):
            if len(norm) > 4 and norm[-1] == "ن" and words.kind[token] == WORD and token not in self.timed:  # noqa: PLR2004
                cut = next((c for c in cuts(norm) if c.rest in lexicon.DUALS and not c.fused), None)
                if cut is not None:
                    start = words.offset(token, len(cut.prefix)) if cut.prefix else words.start[token]
                    yield Numeral(token, token + 1, start, words.end[token], token, token + 1, start, 2, 2, prefix=cut.prefix)

    # ------------------------------------------------------------------------------------------------ one candidate

    def _number(self, ground: events.Ground, numeral: Numeral, previous: _Found | None) -> _Found | None:
        age = self._age(numeral)
        if age is not None:
            return age
        if any(t in self.timed for t in range(numeral.core_first, numeral.core_last)) or self._only_names(numeral):
            return None
        counted = money(self.words, numeral) or measure(self.words, numeral)
        if counted is not None:
            return self._made(ground, numeral, counted.kind, counted, None)
        if numeral.percent:
            of = self.phrase.after(numeral)
            return self._made(ground, numeral, "percent", of if of and of.partitive else None, None)
        if numeral.fraction:
            return None
        counted = self.phrase.after(numeral)
        if counted is not None and counted.category == TIME_UNIT:
            return None
        if self._is_label(numeral, counted) or (self._year(numeral) and counted is not None and not counted.category):
            return None
        if numeral.low == numeral.high == 1 and not numeral.digits:
            return self._one(ground, numeral)
        if numeral.definite and not numeral.vague:
            return self._definite(ground, numeral)
        return self._judged(ground, numeral, counted, previous)

    def _judged(self, ground: events.Ground, numeral: Numeral, counted: Counted | None, previous: _Found | None) -> _Found | None:
        """The kind of a figure that counts people or things, or None where nothing shows that it counts at all."""
        last = counted.last if counted else numeral.last
        found = events.before(ground, numeral.first)
        kind, by = "", None
        if counted is not None and counted.kind:
            kind = counted.kind
        elif found and found.distance == 0 and events.governs(found, counted, self.words, crowd=numeral.vague):
            kind, by = found.kind, found
        if not kind or kind in ("participants", "troops"):
            place = events.hospital(ground, numeral.first, last)
            predicate = None if counted and counted.category == THING else events.after(ground, last)
            kind = place or predicate or kind
        if not kind and found and events.governs(found, counted, self.words, crowd=numeral.vague):
            kind, by = found.kind, found
        if not kind:
            kind = self._inherited(numeral, counted, previous)
        if not kind and counted and counted.category == SOLDIER and lemma(counted.noun) in _SOLDIERS_ALONE:
            kind = "troops"
        if kind == "mixed":
            kind = "other"
        if counted is None and not self._stands_alone(ground, numeral, kind, by):
            return None
        return self._made(ground, numeral, kind, counted, by)

    def _stands_alone(self, ground: events.Ground, numeral: Numeral, kind: str, by: events.Event | None) -> bool:
        """Whether a number with no noun after it counts all the same: إصابة الآلاف, عددهم 20, توافد العشرات."""
        if self._year(numeral) and (by is None or by.token != numeral.first - 1):
            return False
        if kind:
            return True
        return numeral.definite if numeral.vague else events.has_amount(ground, numeral.first)

    def _inherited(self, numeral: Numeral, counted: Counted | None, previous: _Found | None) -> str:
        """مقتل 7 مدنيين و3 جنود: the second figure is of the first's kind."""
        if previous is None or previous.kind not in _EVENT_KINDS:
            return ""
        between = range(previous.last, numeral.first)
        norms = [self.words.norm[t] for t in between]
        joined = all(n in _JOINERS for n in norms) and (norms or numeral.prefix == "و")
        part = len(norms) <= 4 and any(events.any_cut(n, _PART_WORDS) for n in norms)  # noqa: PLR2004 - "، من بينهم"
        if not (joined or part):
            return ""
        if counted is None:
            return previous.kind if numeral.vague or joined else ""
        return previous.kind if is_person(counted.category) else ""

    def _dual(self, ground: events.Ground, numeral: Numeral, previous: _Found | None) -> _Found | None:
        cut = numeral.prefix
        norm = self.words.norm[numeral.first][len(cut) :]
        kind = lexicon.DUALS[norm]
        counted = Counted(numeral.first, numeral.last, norm, {"person": PERSON, "thing": THING}.get(kind, NAMED_KIND))
        by = None
        if kind == "person":
            found = events.before(ground, numeral.first)
            if found and events.governs(found, counted, self.words, crowd=False):
                kind, by = found.kind, found
            else:
                kind = events.after(ground, numeral.last) or self._inherited(numeral, counted, previous) or "person"
        return self._made(ground, numeral, "other" if kind == "mixed" else kind, counted, by)

    def _one(self, ground: events.Ground, numeral: Numeral) -> _Found | None:
        """قتيل واحد, شخص واحد: the noun stands before its number."""
        before = numeral.first - 1
        if numeral.definite or numeral.prefix or before < ground.floor or self.words.norm[numeral.first] not in _ONE:
            return None
        noun = self.words.norm[before]
        group = category(noun)
        if not is_person(group) or self.words.newline[numeral.first]:
            return None
        counted = Counted(before, numeral.last, noun, group, noun_kind(noun))
        whole = replace(numeral, first=before, start=self.words.start[before])
        found = events.before(ground, before)
        governed = found is not None and events.governs(found, counted, self.words, crowd=False)
        kind = counted.kind or (found.kind if found and governed else "")
        return self._made(ground, whole, kind, counted, found if governed else None) if kind else None

    def _definite(self, ground: events.Ground, numeral: Numeral) -> _Found | None:
        """القتلى السبعة counts; الدول الخمس only names."""
        before = numeral.first - 1
        if before < ground.floor or numeral.prefix or not noun_kind(self.words.norm[before]):
            return None
        noun = self.words.norm[before]
        counted = Counted(before, before + 1, noun, NAMED_KIND, noun_kind(noun))
        whole = replace(numeral, first=before, start=self.words.start[before])
        return self._made(ground, whole, counted.kind, counted, None)

    def _age(self, numeral: Numeral) -> _Found | None:
        """البالغ 81 عاما، (42 عاما)، 30 عاما من العمر."""
        words, at = self.words, numeral.last
        if numeral.low is None or numeral.low > _OLDEST or at >= len(words) or numeral.percent:
            return None
        has_unit = self._is_age_unit(at)
        last = at + 1 if has_unit else at
        bracketed = has_unit and self._set_apart(numeral, last)
        told = any(tuple(words.norm[last : last + len(phrase)]) == phrase for phrase in _AGE_AFTER)
        if told:
            last += next(len(p) for p in _AGE_AFTER if tuple(words.norm[last : last + len(p)]) == p)
        if not (bracketed or told or (has_unit and (self._after_age_word(numeral.first) or words.norm[at].startswith("ربيع")))):
            return None
        counted = Counted(at, last, words.norm[at], TIME_UNIT) if last > at else None
        return _Found(numeral.first, last, numeral.start, words.end[last - 1], numeral, "age", counted, "unknown")

    def _set_apart(self, numeral: Numeral, last: int) -> bool:
        """(42 عاما) after a name, or "فلان، 42 سنة، ..."; within commas only the forms that follow eleven and more."""
        words, before = self.words, numeral.first - 1
        if before < 1 or words.newline[numeral.first]:
            return False
        following = words.norm[last] if last < len(words) else ""
        if words.norm[before] == "(":
            return following == ")"
        one = words.norm[last - 1] in _AGE_SINGULAR and (numeral.low or 0) > 10  # noqa: PLR2004 - grammar: plural up to ten
        return one and words.norm[before] in _COMMAS and following in _COMMAS and words.kind[before - 1] == WORD

    def _is_age_unit(self, token: int) -> bool:
        return self.words.norm[token] in _AGE_UNITS and not self.words.newline[token]

    def _after_age_word(self, first: int) -> bool:
        for token in range(first - 1, max(-1, first - 1 - _AGE_REACH), -1):
            norm = self.words.norm[token]
            if events.any_cut(norm, _AGE_BEFORE):
                return True
            if norm not in _AGE_BETWEEN:
                return False
        return False

    # ------------------------------------------------------------------------------------------- what is no figure

    def _only_names(self, numeral: Numeral) -> bool:
        """Numbers of lists, clock times, dates, addresses, Latin names (G20), scores."""
        words, first, last = self.words, numeral.core_first, numeral.core_last
        if words.kind[first] != NUMBER:
            return False
        before, after = first - 1, last
        if before >= 0 and words.end[before] == words.start[first]:
            norm = words.norm[before]
            if norm in _ADJACENT_MARKS or (norm.isascii() and words.kind[before] == WORD):
                return True
            if norm == "-" and before and words.end[before - 1] == words.start[before] and words.kind[before - 1] != PUNCTUATION:
                return True
        if after < len(words) and words.start[after] == words.end[after - 1]:
            norm = words.norm[after]
            if norm in _ADJACENT_MARKS or (norm.isascii() and words.kind[after] == WORD):
                return True
            if norm == "-" and after + 1 < len(words) and words.start[after + 1] == words.end[after]:
                return True
        return words.newline[first] and after < len(words) and words.norm[after] in _LIST_MARKS

    def _is_label(self, numeral: Numeral, counted: Counted | None) -> bool:
        """Whether a word before the number makes it a name: القرار 2254، قناة خبر 24، رقم «300»."""
        if numeral.core_first != numeral.first or numeral.vague:
            return False
        if counted is not None and counted.category in (PERSON, SOLDIER, NAMED_KIND):
            return False
        token = numeral.first - 1
        while token >= 0 and self.words.norm[token] in _QUOTES | {":", "ال"} and token >= numeral.first - 3:
            token -= 1
        return token >= 0 and not self.words.newline[token + 1] and events.any_cut(self.words.norm[token], _LABELS)

    @staticmethod
    def _year(numeral: Numeral) -> bool:
        return numeral.digits and numeral.low == numeral.high and numeral.low in _YEARS

    # ------------------------------------------------------------------------------------------------------ the span

    def _made(self, ground: events.Ground, numeral: Numeral, kind: str, counted: Counted | None,
              by: events.Event | None) -> _Found:
        words = self.words
        first, start, last = numeral.first, numeral.start, max(numeral.last, counted.last if counted else 0)
        if counted is not None:
            first = min(first, counted.first)
            start = min(start, words.start[counted.first]) if counted.first < numeral.first else start
        bound = bound_after(words, last) if counted is not None and last < len(words) else None
        if bound is not None:
            last, numeral = bound[0], bounded(numeral, bound[1])
        if by is not None and by.distance == 0 and by.token == first - 1 and self._is_happening(by, kind):
            first = by.token
            prefix = next((c.prefix for c in cuts(words.norm[first]) if c.rest in lexicon.EVENTS), "")
            start = words.offset(first, len(prefix)) if prefix else words.start[first]
        return _Found(first, last, start, words.end[last - 1], numeral, kind, self._told(ground, numeral, counted), self._scope(
            ground, numeral, counted, last))

    def _is_happening(self, by: events.Event, kind: str) -> bool:
        """مقتل، إصابة belong to the span of "مقتل 7"; القتلى and ضحيتها do not."""
        norm = self.words.norm[by.token]
        return kind in _SPANNED and not category(norm) and norm not in lexicon.BESIDE_SPAN

    def _told(self, ground: events.Ground, numeral: Numeral, counted: Counted | None) -> Counted | None:
        """What is counted, also where it stands before the number: عدد الشهداء 47."""
        if counted is not None or numeral.percent:
            return counted
        tokens = events.amount_noun(ground, numeral.first)
        if tokens is None:
            return None
        noun = self.words.norm[tokens[0]]
        return Counted(*tokens, noun, category(noun))

    def _scope(self, ground: events.Ground, numeral: Numeral, counted: Counted | None, last: int) -> str:
        if (counted is not None and counted.part) or events.is_part(ground, numeral.first, last):
            return "part"
        return "total" if events.is_total(ground, numeral.first, last) else "unknown"
