"""Mentions of a story's names, each with what stands around it: what the joining of names into entities reads."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations

from riwaya.arabic import gazetteer
from riwaya.arabic.words import Words, iter_norms, words
from riwaya.model import Article, Marks, Name, NameKind, Reason, Span
from riwaya.settings.relate import RELATE

_AROUND = 8  # words on each side that are kept
_QUOTES = frozenset("«»\"'“”„‟‹›")


@dataclass(frozen=True, slots=True)
class Mention:
    """One name where it stands. Words are folded; `before` ends, and `after` begins, with the neighbour of the name.

    Punctuation other than quotation marks is kept in `before` and `after`; `sentence` counts sentences of the article.
    """

    span: Span
    text: str
    kind: NameKind
    words: tuple[str, ...]
    role: str | None
    role_words: tuple[str, ...]
    sentence: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(slots=True)
class Countries:
    """How much a story, and each of its reports, speaks of a country (ISO 3166 alpha-2): names of places and nationalities."""

    story: Counter[str] = field(default_factory=Counter)
    by_article: dict[str, Counter[str]] = field(default_factory=dict)

    def main(self, article_id: str | None = None) -> str | None:
        """The country of a report (or of the story), None where none is named."""
        counts = self.by_article.get(article_id, Counter[str]()) if article_id is not None else self.story
        return max(counts, key=lambda iso: (counts[iso], self.story[iso], iso)) if counts else None

    def share(self, iso: str | None, rivals: Collection[str | None], article_id: str | None = None) -> float:
        """How much a report (or the story) speaks of a country, against the other countries that are in question: 0..1."""
        counts = self.by_article.get(article_id, Counter[str]()) if article_id is not None else self.story
        return counts[iso] / (1 + sum(counts[r] for r in rivals if r)) if iso else 0.0


@dataclass(slots=True)
class Cluster:
    """Mentions of one entity, and why they are joined."""

    mentions: list[Mention]
    reasons: list[Reason] = field(default_factory=list)
    candidate: gazetteer.Candidate | None = None
    exact: bool = True  # the candidate is the place itself, not the one that it lies in


class Joins:
    """A union of numbered things with the reasons for each union; the root is the smallest number, so order does not matter."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self.reasons: dict[int, list[Reason]] = {}

    def root(self, item: int) -> int:
        """The smallest number of the set."""
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, a: int, b: int, reason: Reason | None = None) -> bool:
        """Make two sets one; False where they were one already."""
        a, b = sorted((self.root(a), self.root(b)))
        if a == b:
            return False
        self._parent[b] = a
        kept = self.reasons.setdefault(a, [])
        kept += self.reasons.pop(b, [])
        if reason:
            kept.append(reason)
        return True

    def sets(self) -> dict[int, list[int]]:
        """Root -> its members, both in order."""
        made: dict[int, list[int]] = {}
        for item in range(len(self._parent)):
            made.setdefault(self.root(item), []).append(item)
        return made


def collect(articles: Sequence[Article], marks: Sequence[Marks]) -> tuple[list[Mention], Countries]:
    """All mentions of a story by article and place, and the countries that it speaks of."""
    countries = Countries()
    mentions: list[Mention] = []
    for article, marked in sorted(zip(articles, marks, strict=True), key=lambda pair: pair[0].id):
        tokens = words(article.text)
        counts = Counter(filter(None, map(_country_word, tokens.norm)))
        countries.by_article[article.id] = counts
        countries.story += counts
        starts = [s.start for s in marked.sentences]
        for name in marked.names:
            mentions.append(_mention(article, tokens, starts, name))
    return _settle_kinds(mentions), countries


@lru_cache(maxsize=1 << 17)  # word types of a large run
def _country_word(norm: str) -> str | None:
    """The country of which a word speaks: a nationality or the name of a country in one word."""
    if iso := gazetteer.nationality(norm):
        return iso
    found = gazetteer.lookup_word(norm)
    if found is None or found.ambiguous or found.candidates[0].kind != "country":
        return None
    large = {c.country for c in found.candidates if c.population >= RELATE.place_well_known}
    return found.candidates[0].country if len(large) <= 1 else None  # عمان may be the capital of Jordan


def _mention(article: Article, tokens: Words, sentence_starts: list[int], name: Name) -> Mention:
    first, last = tokens.at(name.span.start), tokens.at(name.span.end - 1) + 1
    role = article.text[name.role.start : name.role.end] if name.role else None
    return Mention(
        name.span, name.text, name.kind, _name_words(article.text, name), role, tuple(iter_norms(role)) if role else (),
        bisect_right(sentence_starts, name.span.start), _around(tokens, first - _AROUND, first),
        _around(tokens, last, last + _AROUND),
    )  # fmt: skip


def _around(tokens: Words, first: int, last: int) -> tuple[str, ...]:
    return tuple([norm for norm in tokens.norm[max(0, first) : max(0, last)] if norm not in _QUOTES])


def _name_words(text: str, name: Name) -> tuple[str, ...]:
    """The folded words of a name; للكرملين and [ل]لكرملين are الكرملين."""
    found = list(iter_norms(name.text))
    if found and found[0].startswith("لل") and len(found[0]) > len("لل"):
        found[0] = "ا" + found[0][1:]
    elif found and found[0].startswith("ل") and text[max(0, name.span.start - 1) : name.span.start] == "ل":
        found[0] = "ا" + found[0]
    return tuple(found)


def _settle_kinds(mentions: list[Mention]) -> list[Mention]:
    """One spelling is one kind of thing in a story, that of most of its mentions (of equals, the first in the alphabet).

    A lone word that ends a person's full name in the same report is that person, unless it is a country or a large city. The name
    of such a place is the place, whatever person's name begins with it: نور سلطان beside نور سلطان نزارباييف.
    """
    persons = _ends_of_persons(mentions)
    for at, mention in enumerate(mentions):
        family = mention.words in persons.get(mention.span.article_id, ())
        if mention.kind == "person" and not family and _is_large(mention.words):
            mentions[at] = replace(mention, kind="place")
        elif mention.kind != "person" and family and not _is_large(mention.words):
            mentions[at] = replace(mention, kind="person")
    votes: dict[tuple[str, ...], Counter[NameKind]] = {}
    for mention in mentions:
        votes.setdefault(mention.words, Counter())[mention.kind] += 1
    settled = []
    for mention in mentions:
        counts = votes[mention.words]
        kind = max(sorted(counts), key=lambda k: counts[k])
        settled.append(mention if kind == mention.kind else replace(mention, kind=kind))
    return settled


def _ends_of_persons(mentions: list[Mention]) -> dict[str, set[tuple[str, ...]]]:
    """The last words of the full names of persons, by report."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for mention in mentions:
        if mention.kind == "person" and len(mention.words) > 1:
            found.setdefault(mention.span.article_id, set()).add(mention.words[-1:])
    return found


@lru_cache(maxsize=1 << 13)
def _is_large(name: tuple[str, ...]) -> bool:
    """Whether words name a country or a place that needs no introduction, and nothing else."""
    found = gazetteer.place(" ".join(name))
    if found is None or found.ambiguous:
        return False
    return found.candidates[0].kind != "city" or found.candidates[0].population >= RELATE.place_well_known


def pairs(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of a block to compare: all of a small one, neighbours in order of a large one, so that the cost stays linear."""
    if len(block) <= RELATE.entity_block:
        yield from combinations(block, 2)
        return
    for at, a in enumerate(block):
        for b in block[at + 1 : at + 1 + RELATE.entity_neighbours]:
            yield a, b


def is_punctuation(token: str) -> bool:
    """Whether a token of `before` or `after` is a mark of punctuation."""
    return len(token) == 1 and not token.isalnum()


def forms(mentions: Iterable[Mention]) -> dict[tuple[str, ...], list[Mention]]:
    """Mentions by their folded words, in order of the alphabet."""
    made: dict[tuple[str, ...], list[Mention]] = {}
    for mention in mentions:
        made.setdefault(mention.words, []).append(mention)
    return dict(sorted(made.items()))

