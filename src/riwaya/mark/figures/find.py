"""Finding the figures of one article: every number is tried, and most that only name or number something are passed over."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import figures as lexicon
from riwaya.arabic.numerals import Numeral, bound_after, bounded, numerals
from riwaya.arabic.words import NUMBER, Words
from riwaya.ids import stable_id, whole
from riwaya.mark.document import Document
from riwaya.mark.figures import ages, apart, events, passed
from riwaya.mark.figures.nouns import (
    BRACKETS,
    DUALS,
    NAMED_KIND,
    PERSON,
    SOLDIER,
    THING,
    TIME_UNIT,
    Counted,
    Phrase,
    category,
    dual_measure,
    is_person,
    lemma,
    measure,
    money,
    noun_kind,
)
from riwaya.mark.figures.singles import singles
from riwaya.model import Figure, Time
from riwaya.settings.mark import MARK

_JOINERS = frozenset(("و", "،", ",", "او"))
_SPANNED = frozenset(("killed", "injured", "arrested", "missing"))  # their noun before the number belongs to the span
_SOLDIERS_ALONE = frozenset(("جندي", "جنود", "عنصر", "عناصر", "عسكري", "عسكريين"))
_ONE = ("واحد", "واحده")
_TWO = ("اثنين", "اثنان", "اثنتين", "اثنتان")
_FEW = (1, 2)  # that may follow their noun
_EVENT_KINDS = frozenset(lexicon.EVENTS.values()) | {"hospitalised", "discharged"}  # handed on: مقتل 7 مدنيين و3 جنود
_HAPPENINGS = frozenset(("اصابه", "وفاه"))  # nouns that count (سبع إصابات) and say what happens (إصابة 7)
_PART_WORDS = frozenset(lexicon.PARTS)
_OFFICES = frozenset(lexicon.OFFICES)  # الأعضاء الخمسة, الرؤساء الثلاثة name a body
_BODIES = frozenset(lexicon.BODIES)  # الدول الخمس, القوى الست
_SOFT = frozenset(lexicon.SOFT)
_BESIDES = frozenset((("اضافه", "الي"), ("بالاضافه", "الي"), ("الي", "جانب"), ("فضلا", "عن")))  # join as و does
_FREED = frozenset(("سبيل", "الافراج", "براءه"))  # إخلاء سبيل 3 آخرين
_OTHERS = frozenset(("اخرين", "اخرون", "اخران", "غيرهم"))
_MILLION = 1_000_000  # a number of millions counts something, named or not: المصري الوحيد من 85 مليونا
_THOUSAND = 1000
_PLAIN = ("", "count", "person", "thing")  # kinds of a figure that only counts
_OBJECT_REACH = 3  # words between a verb and its definite object
_SOFTER = frozenset(("participants", "troops"))  # شارك 40 معتقلا سابقا: still what the noun says


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
    unit: str | None = None  # where the counted noun, left out, is the figure's before it


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
    if found.counted and found.counted.first == found.first and numeral.prefix:  # وفتاتان
        counted = words.text[found.start : words.end[found.counted.last - 1]]
    kind = "count" if found.kind in ("person", "thing", "") else found.kind
    text = words.text[found.start : found.end]
    low, high = whole(numeral.low), whole(numeral.high)
    return Figure(
        id=stable_id("f", doc.article.id, found.start, found.end, low, high, kind),
        span=doc.span(found.start, found.end),
        text=text,
        low=low,
        high=high,
        approximate=numeral.approximate,
        kind=kind,
        unit=found.counted.unit if found.counted else found.unit,
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
        told: _Found | None = None  # the last of all, also of the sentence before
        for numeral, reading in self._candidates():
            if self.doc.hidden and self.doc.is_hidden(numeral.start, numeral.end):
                continue
            sentence, ceiling = self._sentence(numeral.core_first)
            inside = previous is not None and previous.last > numeral.core_first
            if inside and not numeral.definite:  # اثنان من الجرحى التسعة: the nine are a figure too
                continue
            if previous is not None and previous.first < sentence:
                previous = None
            if told is not None and told.first < self._sentence(max(0, sentence - 1))[0]:
                told = None
            floor = max(sentence, previous.last if previous and not inside else previous.first + 1 if previous else 0)
            ground = events.Ground(self.words, floor, ceiling, self.timed)
            found = self._read(ground, numeral, reading, previous, told)
            if found and previous and previous.scope == "part" and previous.last == found.first and found.kind == previous.kind:
                found = replace(found, scope="part")  # بينهم تسع نساء وفتاتان
            if found is not None and not (inside and found.last <= (previous.last if previous else 0)):
                yield found
                previous = told = found

    def _read(self, ground: events.Ground, numeral: Numeral, reading: str, previous: _Found | None,
              told: _Found | None) -> _Found | None:
        if reading == "dual":
            return self._dual(ground, numeral, previous or told)
        if reading == "decade":
            return self._decade(numeral)
        if reading == "one":
            counted = money(self.words, numeral) or measure(self.words, numeral)
            return self._made(ground, numeral, counted.kind, counted, None) if counted else None
        return self._number(ground, numeral, previous, told)

    def _sentence(self, token: int) -> tuple[int, int]:
        """The tokens of the sentence that holds this one."""
        at = bisect_right(self.sentence_starts, token)
        first = self.sentence_starts[at - 1] if at else 0
        return first, self.sentence_starts[at] if at < len(self.sentence_starts) else len(self.words)

    def _candidates(self) -> Iterator[tuple[Numeral, str]]:
        """Numbers, and single words that hold one (duals, خمسيني, نحو طن), merged in text order, each with how it is read."""
        found_alone = singles(self.words, self.timed)
        upcoming = next(found_alone, None)
        for numeral in numerals(self.words):
            while upcoming is not None and upcoming[0].core_first < numeral.core_first:
                yield upcoming
                upcoming = next(found_alone, None)
            yield numeral, "number"
        while upcoming is not None:
            yield upcoming
            upcoming = next(found_alone, None)

    # ------------------------------------------------------------------------------------------------ one candidate

    def _number(self, ground: events.Ground, numeral: Numeral, previous: _Found | None, told: _Found | None) -> _Found | None:
        age = self._age(numeral)
        if age is not None or numeral.ordinal:
            return age
        if any(t in self.timed for t in range(numeral.core_first, numeral.core_last)):
            return None
        if passed.only_names(self.words, numeral):
            return None
        numeral = apart.bound_apart(self.words, numeral, ground.floor)
        counted = money(self.words, numeral) or measure(self.words, numeral)
        if counted is not None:
            both = apart.range_apart(self.words, numeral, counted)
            if both is not numeral:
                numeral, counted = both, money(self.words, both) or measure(self.words, both) or counted
            return self._made(ground, numeral, counted.kind, counted, None)
        if numeral.percent:
            of = self.phrase.after(numeral)
            return self._made(ground, numeral, "percent", of if of and of.partitive else None, None)
        if numeral.fraction or (numeral.low is not None and 0 < numeral.low < 1 and not numeral.digits):  # ثلاثة أرباع
            return None
        counted = self.phrase.after(numeral)
        if counted is not None and counted.category == TIME_UNIT:
            if not self._dates(counted):
                return None
            counted = None
        if counted is not None and (both := apart.range_apart(self.words, numeral, counted)) is not numeral:
            numeral, counted = both, self.phrase.after(both) or counted
        if passed.is_label(self.words, numeral, counted) or passed.is_score(self.words, numeral, counted):
            return None
        if passed.is_year(self.words, ground, numeral, counted):
            return None
        if numeral.low == numeral.high and numeral.low in _FEW and not numeral.digits and (one := self._one(ground, numeral)):
            return one
        if numeral.low == numeral.high == 1 and not numeral.digits:
            return None
        if numeral.definite and not numeral.vague:
            whole = self._definite(ground, numeral) or self._substantive(ground, numeral)
            if whole is not None or not (numeral.bound or (counted and counted.category and not counted.partitive)):
                return whole
        if counted is None and numeral.scaled and not numeral.vague:
            if previous is not None and previous.kind == "money":
                return self._made(ground, numeral, "money", None, None, unit=previous.counted.unit if previous.counted else None)
            if passed.after_money_word(self.words, numeral, ground.floor):
                return self._made(ground, numeral, "money", None, None)
            if previous is not None and previous.kind in _PLAIN and numeral.low and numeral.low >= _THOUSAND:
                return self._made(ground, numeral, "count", None, None)  # تستوعب 4 آلاف زائر، وفي العطلات 7 آلاف
        return self._judged(ground, numeral, counted, previous, told)

    def _dates(self, counted: Counted) -> bool:
        """قتلت 584 ألفا عام 2013: the year has a number of its own."""
        after = counted.first + 1
        return after < len(self.words) and self.words.kind[after] == NUMBER and not self.words.newline[after]

    def _judged(self, ground: events.Ground, numeral: Numeral, counted: Counted | None, previous: _Found | None,
                told: _Found | None) -> _Found | None:
        """The kind of a figure that counts people or things, or None where nothing shows that it counts at all."""
        others = counted is not None and counted.noun in _OTHERS
        reach = 2 * MARK.figure_event_reach if others else None
        found = events.before(ground, numeral.first, reach=reach, joined=numeral.prefix == "و")
        if others and found and found.distance and found.kind in _SOFTER:
            found = None
        if found and counted and self._from_there(numeral, counted) and events.governs(found, None, self.words, crowd=True):
            counted = None
        last = counted.last if counted else numeral.last
        kind, by = "", None
        of_them = self._of_them(ground, numeral, counted)
        soft = counted is not None and counted.kind in _SOFT
        if events.of_both(ground, counted, last):
            return self._made(ground, numeral, "other", counted, None)
        if counted is not None and counted.kind and not soft:
            kind = counted.kind
        elif found and found.distance == 0 and events.governs(found, counted, self.words, crowd=numeral.vague):
            kind, by = found.kind, found
        elif of_them is not None and (whole := previous or told) is not None and whole.kind in _EVENT_KINDS:
            kind = "" if counted and counted.category == THING else events.after(ground, last) or whole.kind
        if not kind or kind in _SOFT or kind == "troops":
            place = events.hospital(ground, numeral.first, last)
            predicate = None if counted and counted.category == THING else events.after(ground, last)
            kind = place or predicate or kind
        if not kind and found and events.governs(found, counted, self.words, crowd=numeral.vague):
            kind, by = found.kind, found
        kind = kind or self._inherited(numeral, counted, previous)
        if not kind and (numeral.vague or (counted and is_person(counted.category))):
            kind = "participants" if events.organized(ground, numeral.first, last) else ""
        if counted is not None and soft and (not kind or kind in _SOFTER):
            kind, by = counted.kind, None
        if not kind and counted and counted.category == SOLDIER and lemma(counted.noun) in _SOLDIERS_ALONE:
            kind = "troops"
        if kind == "injured" and events.hospital(ground, numeral.first, last) == "discharged":
            kind, by = "discharged", None
        kind = "other" if kind == "mixed" else kind
        if counted is None and of_them:
            counted = Counted(of_them, of_them + 1, self.words.norm[of_them], PERSON, part=True)
            return self._made(ground, numeral, kind, counted, by)
        if counted is None and not self._stands_alone(ground, numeral, kind, by):
            return None
        return self._made(ground, numeral, kind, counted, by)

    @staticmethod
    def _from_there(numeral: Numeral, counted: Counted) -> bool:
        """نزوح الآلاف من القرى: the villages are where they left, not what is counted."""
        return numeral.vague and numeral.definite and counted.partitive and counted.category == THING

    def _of_them(self, ground: events.Ground, numeral: Numeral, counted: Counted | None) -> int | None:
        """Where منهم stands beside a number that counts some of those counted before: its token, 0 if before; None if nowhere."""
        after = numeral.last
        if counted is None and after < ground.ceiling and self.words.norm[after] in events.OF_THEM:
            return after
        before = numeral.first - 1
        return 0 if before >= ground.floor and events.any_cut(self.words.norm[before], _PART_WORDS) else None

    def _stands_alone(self, ground: events.Ground, numeral: Numeral, kind: str, by: events.Event | None) -> bool:
        """Whether a number with no noun after it counts all the same: إصابة الآلاف, عددهم 20, توافد العشرات, لا يتجاوز المئة."""
        if passed.is_year_number(numeral) and (by is None or by.token != numeral.first - 1):
            return False
        if kind or (numeral.scaled and (numeral.bound or (numeral.low is not None and numeral.low >= _MILLION))):
            return True
        if passed.after_whole(self.words, numeral):
            return True
        if numeral.definite and (numeral.vague or numeral.bound):
            return True
        return not numeral.vague and events.has_amount(ground, numeral.first)

    def _inherited(self, numeral: Numeral, counted: Counted | None, previous: _Found | None) -> str:
        """مقتل 7 مدنيين و3 جنود: the second figure is of the first's kind."""
        if previous is None or previous.kind not in _EVENT_KINDS:
            return ""
        if counted is not None and counted.noun in _OTHERS and previous.counted and is_person(previous.counted.category):
            freed = any(self.words.norm[t] in _FREED for t in range(max(0, numeral.first - 2), numeral.first))
            return "" if freed else previous.kind  # اعتقلت ثمانية من القرية، واثنين آخرين
        between = range(previous.last, numeral.first)
        norms = [self.words.norm[t] for t in between]
        joined = all(n in _JOINERS for n in norms) and (norms or numeral.prefix == "و")
        joined = joined or (tuple(norms[-2:]) in _BESIDES and not (counted and counted.kind))
        part = len(norms) <= 4 and any(events.any_cut(n, _PART_WORDS) for n in norms)  # noqa: PLR2004 - "، من بينهم"
        if not (joined or part):
            return ""
        if counted is None:
            return previous.kind if numeral.vague or joined else ""
        return previous.kind if is_person(counted.category) else ""

    def _dual(self, ground: events.Ground, numeral: Numeral, previous: _Found | None) -> _Found | None:
        cut = numeral.prefix
        norm = self.words.norm[numeral.first][len(cut) :]
        measured = dual_measure(norm)
        if measured is not None:
            counted = Counted(numeral.first, numeral.last, norm, THING, unit=measured[1])
            return self._made(ground, numeral, measured[0], counted, None)
        kind = DUALS[norm]
        counted = Counted(numeral.first, numeral.last, norm, {"person": PERSON, "thing": THING}.get(kind, NAMED_KIND))
        if passed.is_score(self.words, numeral, counted):
            return None
        by = None
        if kind == "person":
            found = events.before(ground, numeral.first)
            if found and events.governs(found, counted, self.words, crowd=False):
                kind, by = found.kind, found
            else:
                part = previous if self._of_them(ground, numeral, counted) is not None else None
                kind = part.kind if part and part.kind in _EVENT_KINDS else ""
                kind = events.after(ground, numeral.last) or kind or self._inherited(numeral, counted, previous) or "person"
        return self._made(ground, numeral, "other" if kind == "mixed" else kind, counted, by)

    def _one(self, ground: events.Ground, numeral: Numeral) -> _Found | None:
        """قتيل واحد, متهمين اثنين: the noun stands before its number."""
        before = numeral.first - 1
        norm = self.words.norm[numeral.first]
        if numeral.definite or numeral.prefix or before < ground.floor or norm not in _ONE + _TWO:
            return None
        cut = next((c for c in cuts(self.words.norm[before]) if category(c.rest) or c.rest in DUALS), None)
        noun = cut.rest if cut else self.words.norm[before]
        group = category(noun) or (PERSON if noun in DUALS else "")
        if not is_person(group) or self.words.newline[numeral.first] or (norm in _TWO and not noun.endswith(("ين", "ان", "تا"))):
            return None
        counted = Counted(before, numeral.last, noun, group, noun_kind(noun))
        start = self.words.start[before] + (len(cut.prefix) if cut and not cut.fused else 0)
        whole = replace(numeral, first=before, start=start, prefix=cut.prefix if cut else "")
        found = None if whole.prefix else events.before(ground, before)
        governed = found is not None and events.governs(found, counted, self.words, crowd=False)
        kind = counted.kind or (found.kind if found and governed else "")
        kind = kind or ("person" if norm in _TWO else "")
        return self._made(ground, whole, kind, counted, found if governed else None) if kind else None

    def _definite(self, ground: events.Ground, numeral: Numeral) -> _Found | None:
        """القتلى السبعة and الأشخاص السبعة المعتقلين count people; الدول الخمس only names."""
        words, before = self.words, numeral.first - 1
        if before >= ground.floor and words.norm[before] == "ال":  # القتلى الـ15
            before -= 1
        # The noun may end the figure before: اثنان من الجرحى التسعة.
        if before < max(0, ground.floor - 1) or numeral.prefix or words.newline[numeral.first]:
            return None
        cut = next((c for c in cuts(words.norm[before]) if category(c.rest)), None)
        noun = cut.rest if cut else words.norm[before]
        group, kind = category(noun), noun_kind(noun)
        if not (is_person(group) or group == THING) or lemma(noun) in _OFFICES | _BODIES:
            return None
        last = numeral.last
        if not kind and self.phrase.usable(last) and words.norm[last].startswith("ال") and noun_kind(words.norm[last]):
            kind, last = noun_kind(words.norm[last]), last + 1
        counted = Counted(before, before + 1, noun, group, kind)
        found = events.before(ground, before)
        reach = _OBJECT_REACH if noun.endswith("ين") else 1  # اعتقلت الشرطة أمس الفلسطينيين الأربعة
        governed = found is not None and found.distance <= reach and events.governs(found, counted, words, crowd=False)
        if found is not None and governed:
            kind = kind or found.kind
        kind = kind or events.after(ground, last + (words.norm[last : last + 1] == ["الذين"])) or ""
        start = words.offset(before, len(cut.prefix)) if cut and cut.prefix and not cut.fused else words.start[before]
        whole = replace(numeral, first=before, last=last, start=start, end=words.end[last - 1], prefix=cut.prefix if cut else "")
        return self._made(ground, whole, "other" if kind == "mixed" else kind, counted, found if governed else None)

    def _substantive(self, ground: events.Ground, numeral: Numeral) -> _Found | None:
        """قتل الثلاثة في الاشتباك: the number itself stands for people named before."""
        found = None if numeral.prefix or numeral.digits else events.before(ground, numeral.first)
        if found is None or found.distance > 1 or found.kind not in _SPANNED or self.phrase.after(numeral) is not None:
            return None
        beside = found.distance == 0 or self.words.norm[numeral.first - 1] == "علي"  # القبض على الثلاثة
        governed = beside and events.governs(found, None, self.words, crowd=True)
        return self._made(ground, numeral, found.kind, None, found) if governed else None

    def _age(self, numeral: Numeral) -> _Found | None:
        """An age has no event: what happened to those counted is another figure's to say."""
        found = ages.age(self.words, numeral)
        if found is None:
            return None
        numeral, last, counted = found
        return _Found(numeral.first, last, numeral.start, self.words.end[last - 1], numeral, "age", counted, "unknown")

    def _decade(self, numeral: Numeral) -> _Found:
        counted = Counted(numeral.first, numeral.last, self.words.norm[numeral.first], TIME_UNIT)
        return _Found(numeral.first, numeral.last, numeral.start, numeral.end, numeral, "age", counted, "unknown")

    # ------------------------------------------------------------------------------------------------------ the span

    def _made(self, ground: events.Ground, numeral: Numeral, kind: str, counted: Counted | None,
              by: events.Event | None, unit: str | None = None) -> _Found:
        words = self.words
        first, start, last = numeral.first, numeral.start, max(numeral.last, counted.last if counted else 0)
        if counted is not None:
            if counted.first == numeral.last + 1 and words.norm[numeral.last] in BRACKETS:  # (18) فرعا
                first, start = numeral.first - 1, words.start[numeral.first - 1]
            first = min(first, counted.first)
            start = min(start, words.start[counted.first]) if counted.first < numeral.first else start
        bound = bound_after(words, last) if counted is not None and last < len(words) else None
        if bound is not None:
            last, numeral = bound[0], bounded(numeral, bound[1])
        elif counted is not None and not numeral.bound:
            numeral = bounded(numeral, apart.least_apart(words, last, ground.ceiling))
        if by is not None and by.distance == 0 and by.token == first - 1 and self._is_happening(by, kind):
            first = by.first
            prefix = next((c.prefix for c in cuts(words.norm[first]) if c.rest in lexicon.EVENTS), "")
            start = words.offset(first, len(prefix)) if prefix else words.start[first]
        return _Found(first, last, start, words.end[last - 1], numeral, kind, self._told(ground, numeral, counted),
                      self._scope(ground, numeral, counted, kind, last), unit)

    def _is_happening(self, by: events.Event, kind: str) -> bool:
        """مقتل، إصابة belong to the span of "مقتل 7"; القتلى and ضحيتها do not."""
        norm = self.words.norm[by.token]
        word = events.event(norm)
        happening = not category(norm) or (word is not None and word[0] in _HAPPENINGS)
        return kind in _SPANNED and happening and norm not in lexicon.BESIDE_SPAN

    def _told(self, ground: events.Ground, numeral: Numeral, counted: Counted | None) -> Counted | None:
        """What is counted, also where it stands before the number: عدد الشهداء 47."""
        if counted is not None or numeral.percent:
            return counted
        tokens = events.amount_noun(ground, numeral.first)
        if tokens is None:
            return None
        noun = self.words.norm[tokens[0]]
        return Counted(*tokens, noun, category(noun))

    def _scope(self, ground: events.Ground, numeral: Numeral, counted: Counted | None, kind: str, last: int) -> str:
        alone = counted is None or numeral.percent
        if (counted is not None and counted.part) or events.is_part(ground, numeral.first, last, alone=alone):
            return "part"
        return "total" if events.is_total(ground, numeral.first, last, toll=kind in _EVENT_KINDS) else "unknown"
