"""The sentences and clauses of a story's reports, and what each says, as weighted terms.

A term is a concept of the lexicon or the consonants of a word, so that أرسلت القوات and إرسال قوة meet. Terms weigh by how rare
they are in news at large and in this story: what every report of the story names says little about a single sentence.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from riwaya.arabic.lexicon.concepts import CLAUSE_STARTS, CONCEPTS, EMPTY, ROLES
from riwaya.arabic.lexicon.wordings import FORMS, TITLES
from riwaya.arabic.normalize import fold
from riwaya.arabic.sentences import sentences
from riwaya.arabic.stems import light, rarity, root, stem
from riwaya.model import Entity, Marks, Span
from riwaya.relate.reading import Reading
from riwaya.relate.wordings import DAY, FIGURE, day_terms, figure_levels, figure_terms, fixed_wordings
from riwaya.settings.passages import PASSAGES
from riwaya.settings.stories import STORIES

NAME = "@"  # begins the term of a name
CONCEPT = "="  # begins the term of a concept of the lexicon
_LONG = 6  # letters: shorter words that begin with بال have it as their own (بالغ)
_CLAUSE_END = re.compile(r"[،,؛;:\r\n…]")


Clauses = list[tuple[int, int]]  # of one sentence, as word ranges


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a clause or two neighbouring clauses: words [first:last) of the reading numbered `report`.

    `lead` tells of the headline and the first sentence after it, in which a report says what happened.
    """

    report: int
    first: int
    last: int
    terms: frozenset[str]
    lead: bool


@cache
def _concepts() -> dict[str, str]:
    table: dict[str, str] = {}
    for concept, forms in (*FORMS.items(), *CONCEPTS.items()):
        for form in forms.split():
            table.setdefault(stem(fold(form)), f"{CONCEPT}{concept}")
    return table


@cache
def _empty() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in EMPTY)


@cache
def _starts() -> frozenset[str]:
    return frozenset(stem(fold(phrase)) for phrase in CLAUSE_STARTS if " " not in phrase)


@cache
def _roles() -> frozenset[str]:
    return frozenset(f"{CONCEPT}{concept}" for concept in ROLES)


@cache
def titles() -> frozenset[str]:
    """The terms of words that make up titles and styles."""
    return frozenset(filter(None, (term(stem(fold(word))) for word in TITLES)))


@lru_cache(maxsize=1 << 17)
def term(stem_: str) -> str:
    """What a stem says: its concept, else its consonants; "" for words that say nothing by themselves."""
    if stem_.startswith("بال") and len(stem_) >= _LONG:
        stem_ = light(stem_[1:])  # the background has بالإعدام as often as الإعدام: uncut there
    if stem_ in _empty():  # before the concepts: أنه and أنهى have one stem
        return ""
    concept = _concepts().get(stem_)
    if concept:
        return concept
    if len(stem_) < 2 or rarity(stem_) < PASSAGES.unit_term_rarity:  # noqa: PLR2004 - one letter
        return ""
    return stem_ if stem_[0].isdigit() else root(stem_)


class Story:
    """The units of all reports of a story and the weight of each term in it.

    Weights are whole numbers, thousandths of a natural logarithm, so that sums do not depend on their order.
    """

    def __init__(self, readings: Sequence[Reading], marks: Sequence[Marks], entities: Sequence[Entity] = ()) -> None:
        self.units: list[Unit] = []
        self.words: list[list[str]] = []  # per report, the term of each word, "" for none
        self.weight: dict[str, int] = {"": 0}
        cut = [list(_clauses(reading)) for reading in readings]
        levels = figure_levels(marks)
        named = {mention: f"{NAME}{entity.id}" for entity in entities for mention in entity.mentions}
        for reading, found in zip(readings, marks, strict=True):
            known = day_terms(reading, found) | figure_terms(reading, found, levels)
            known |= fixed_wordings(reading.stems) | _names(reading, found, named)
            self.words.append([known[at] if at in known else term(s) for at, s in enumerate(reading.stems)])
        _join_fixed_phrases(self.words, cut)
        for report, (terms, parts) in enumerate(zip(self.words, cut, strict=True)):
            body = (s for s in parts if s[0][0] >= readings[report].head)
            lead = next((s[-1][1] for s in body if s[-1][1] - s[0][0] >= PASSAGES.unit_words), 0)
            for first, last in (span for clauses in parts for span in sorted(_spans(clauses))):
                self.units.append(Unit(report, first, last, frozenset(filter(None, terms[first:last])), first < lead))
        spoken = [set(terms[s[0][0] : s[-1][1]]) for terms, parts in zip(self.words, cut, strict=True) for s in parts]
        whole = math.log(len(spoken) + PASSAGES.unit_smoothing)
        self.rarest = round(1000 * whole)  # the weight, were it not for news at large, of a term in one sentence
        self._weigh(readings, Counter(name for names_ in spoken for name in names_), whole)

    def _weigh(self, readings: Sequence[Reading], sentences_with: Counter[str], whole: float) -> None:
        rarest: dict[str, float] = {}
        for reading, terms in zip(readings, self.words, strict=True):
            for name, written in dict.fromkeys(zip(terms, reading.stems, strict=True)):
                rare = rarity(written)
                if name and rare < rarest.get(name, math.inf):
                    rarest[name] = rare
        for name, rare in rarest.items():
            here = max(0.0, whole - math.log(sentences_with[name] + 0.5))
            weight = 1000 * min(rare, STORIES.rarity_cap, here)
            if name in _roles():
                weight *= PASSAGES.unit_role_weight
            elif name.startswith(FIGURE):
                weight *= PASSAGES.figure_weight
            elif name.startswith(DAY):
                weight *= PASSAGES.day_weight
            elif name.startswith(NAME):
                weight *= PASSAGES.unit_name_weight
            self.weight[name] = round(weight)

    def total(self, names: Iterable[str]) -> int:
        """The sum of some terms' weights."""
        return sum(map(self.weight.__getitem__, names))


def _join_fixed_phrases(words: Sequence[list[str]], cut: Sequence[Sequence[Clauses]]) -> None:
    """Leave one term, the first, of two neighbours of which this story hardly says one without the other, such as حفظ السلام."""
    said = [terms[s[0][0] : s[-1][1]] for terms, parts in zip(words, cut, strict=True) for s in parts]
    fixed = fixed_phrases(said)
    for terms, parts in zip(words, cut, strict=True):
        for clauses in parts:
            for at in range(clauses[-1][1] - 1, clauses[0][0], -1):
                if (terms[at - 1], terms[at]) in fixed:
                    terms[at] = ""


def fixed_phrases(words: Sequence[Sequence[str]]) -> set[tuple[str, str]]:
    """Neighbouring terms that are one thing said, given the terms of each sentence ("" for words that are none).

    What counts are the different words around, so that a sentence copied a hundred times makes no fixed phrase.
    """
    pairs = Counter(pair for terms in words for pair in pairwise(terms) if pair[0] and pair[1])
    often = {pair for pair, count in pairs.items() if count >= PASSAGES.unit_phrase_least}
    firsts, seconds = {one for one, _ in often}, {two for _, two in often}
    around: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for terms in words:
        for before, one, two, after in zip(["", *terms], terms, terms[1:], [*terms[2:], ""], strict=False):
            if one in firsts:
                around[one, ""].add((before, after if (one, two) in often else two))
            if two in seconds:
                around["", two].add((before if (one, two) in often else one, after))
            if (one, two) in often:
                around[one, two].add((before, after))
    return {
        pair
        for pair in often
        if len(around[pair]) >= PASSAGES.unit_phrase_least
        and len(around[pair]) >= PASSAGES.unit_phrase_share * min(len(around[pair[0], ""]), len(around["", pair[1]]))
    }


def _names(reading: Reading, marks: Marks, named: Mapping[Span, str]) -> dict[int, str]:
    """Word -> the one term that stands for the whole name it belongs to; "" for the words of a title and the rest of a name.

    `named` gives the term of a mention whose entity is known, under whatever name: أمريكا = الولايات المتحدة. Of others a person
    is known by the last part of the name, whatever its vowels: قاسم جومارت توكاييف = توكايف.
    """
    found: dict[int, str] = {}
    for name in marks.names:
        if name.role is not None:
            found.update(dict.fromkeys(reading.within(name.role.start, name.role.end), ""))
    for name in marks.names:
        words = range(bisect_left(reading.end, name.span.start + 1), bisect_left(reading.start, name.span.end))
        parts = [root(s) for s in reading.stems[words.start : words.stop]]
        if parts and not found.get(words.start):
            found.update(dict.fromkeys(words, ""))
            known = NAME + (parts[-1] if name.kind == "person" else "_".join(parts))
            found[words.start] = named.get(name.span, known)
    return found


def _clauses(reading: Reading) -> Iterable[Clauses]:
    """For each sentence its clauses, as word ranges; a clause of fewer than `unit_words` words joins the one before it."""
    text, stems, begins, ends, starts = reading.text, reading.stems, reading.start, reading.end, _starts()
    for start, end in sentences(text):
        words = reading.within(start, end)
        if not words:
            continue
        cuts = [words.start]
        for at in words[1:]:
            if stems[at] in starts or _parted(text, ends[at - 1], begins[at]):
                cuts.append(at)
        cuts.append(words.stop)
        merged = [cuts[0]]
        for cut in cuts[1:-1]:
            if cut - merged[-1] >= PASSAGES.unit_words and words.stop - cut >= PASSAGES.unit_words:
                merged.append(cut)
        merged.append(words.stop)
        yield list(pairwise(merged))


def _parted(text: str, end: int, start: int) -> bool:
    """Whether a mark that ends a clause stands between two words; between nearly all stands a space."""
    return not (start - end == 1 and text[end] == " ") and _CLAUSE_END.search(text, end, start) is not None


def _spans(clauses: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Each clause, each two neighbours, and the sentence unless it is very long."""
    found = set(clauses)
    found.update((a, d) for (a, _), (_, d) in pairwise(clauses))
    if clauses[-1][1] - clauses[0][0] <= PASSAGES.unit_longest:
        found.add((clauses[0][0], clauses[-1][1]))
    return found
