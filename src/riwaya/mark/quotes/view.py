"""What the steps of quote finding share about one article: tokens, sentence limits, quoted stretches, mentions by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from riwaya.arabic.words import WORD
from riwaya.mark.document import Document
from riwaya.mark.quotes.marks import Pair, pairs
from riwaya.model import Name

_INITIAL = 2  # letters of an initial as it is spelled out (بي، سي)
_SET_IN = " " * 8  # before a line that goes on with the one before
_LINK_WORDS = 4  # a link in running text that was set on a line of its own


class Mention(NamedTuple):
    """A name with its title, as tokens [first:last) and text [start:end)."""

    first: int
    last: int
    start: int
    end: int
    kind: str


class Phrase(NamedTuple):
    """A noun phrase that may name a speaker. `gender` is "m", "f" or "" where the words do not say."""

    first: int
    last: int
    start: int
    end: int
    kind: str  # person, organization, place, document, or "" for a phrase with no name
    gender: str


@dataclass(slots=True)
class View:
    """One article as the steps read it. `limits[i]` is the token where the sentence of token i ends."""

    doc: Document
    norm: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[str]
    limits: list[int]
    begins: list[int]  # the token where the sentence of token i begins
    pairs: list[Pair]
    opening: dict[int, Pair]  # token of an opening mark -> its pair
    closing: dict[int, Pair]  # token of a closing mark -> its pair
    around: list[Pair | None]  # token -> the innermost pair that holds it; empty where the article has none
    mention_at: dict[int, Mention]  # first token -> the longest mention there
    mention_end: dict[int, Mention]  # last token, exclusive -> the longest mention there
    inside: list[Mention | None]  # token -> the mention that covers it

    def text(self, start: int, end: int) -> str:
        """The untouched text between two offsets."""
        return self.doc.article.text[start:end]

    def is_word(self, token: int) -> bool:
        """Whether this token is a word (and not a number or a mark)."""
        return self.kinds[token] == WORD

    def pair_around(self, token: int) -> Pair | None:
        """The innermost quoted stretch that holds this token."""
        return self.around[token] if self.around else None


def _in_initials(doc: Document, end: int) -> bool:
    """Whether a full stop before this token only stands between initials: بي.بي.سي."""
    words = doc.words
    if not 1 < end < len(words) or words.norm[end - 1] != "." or words.start[end] != words.end[end - 1]:
        return False
    return max(len(words.norm[end]), len(words.norm[end - 2])) <= _INITIAL and words.end[end - 2] == words.start[end - 1]


def _without_links(doc: Document, ends: list[int]) -> list[int]:
    """Sentence ends without those that the line of a link in running text makes: "ندد كل من / الرئيس / فلان، ...".

    A line that ends in a word and white space goes on where the next one has a few words, and so does that one.
    """
    words, text = doc.words, doc.article.text
    kept: list[int] = []
    link = False
    for at, end in enumerate(ends):
        if end >= len(words) or not words.newline[end] or words.kind[end - 1] != WORD:
            kept.append(end)
            link = False
            continue
        gap = text[words.end[end - 1] : words.start[end]]
        if gap.count("\n") == 1 and gap.endswith(_SET_IN):
            link = False
            continue  # a line broken in the middle, the next one set in
        short = at + 1 < len(ends) and ends[at + 1] - end <= _LINK_WORDS
        opens = gap[0] == " " and gap.count("\n") == 1 and short and not link
        if not opens and not (link and gap.count("\n") == 1):
            kept.append(end)
        link = opens
    return kept


def _limits(doc: Document, found: list[Pair]) -> tuple[list[int], list[int]]:
    """For each token, where its sentence ends and begins. A full stop inside quotation marks ends nothing outside them."""
    words = doc.words
    size = len(words)
    ends: list[int] = []
    token = 0
    for _, stop in doc.sentences:
        while token < size and words.start[token] < stop:
            token += 1
        if token and (not ends or token > ends[-1]):
            ends.append(token)
    if not ends or ends[-1] < size:
        ends.append(size)
    quoted = bytearray(size + 1)  # the tokens before which no sentence ends, as closed marks stand around the place
    for pair in found:
        if pair.closed:
            quoted[pair.first : pair.closing] = b"\x01" * (pair.closing - pair.first)
    kept = [end for end in ends if not quoted[end] and not _in_initials(doc, end)]
    kept = _without_links(doc, kept)
    limits: list[int] = []
    begins: list[int] = []
    start = 0
    for end in kept:
        limits.extend([end] * (end - start))
        begins.extend([start] * (end - start))
        start = end
    return limits, begins


def _mentions(doc: Document, names: list[Name]) -> list[Mention]:
    """Names with their titles as token ranges, the longest first where they overlap."""
    words = doc.words
    found = []
    for name in names:
        start, end = name.span.start, name.span.end
        if name.role is not None and name.role.start - end <= 2 and start - name.role.end <= 3:  # noqa: PLR2004 - touching, a comma apart
            start, end = min(start, name.role.start), max(end, name.role.end)
        first, last = words.at(start), min(words.at(end - 1) + 1, len(words))
        if first < last:
            found.append(Mention(first, last, start, end, name.kind))
    found.sort(key=lambda m: (m.first - m.last, m.first))
    return found


def look(doc: Document, names: list[Name]) -> View:
    """Prepare an article for quote finding."""
    words = doc.words
    found = pairs(words)
    limits, begins = _limits(doc, found)
    opening = {pair.opening: pair for pair in found}
    closing = {pair.closing: pair for pair in found if pair.closed}
    around: list[Pair | None] = [None] * len(words) if found else []
    for pair in found:  # outer pairs come first, so inner ones overwrite them
        around[pair.first : pair.last] = [pair] * (pair.last - pair.first)
    tokens = (words.norm, words.start, words.end, words.kind)
    view = View(doc, *tokens, limits, begins, found, opening, closing, around, {}, {}, [None] * len(words))
    for mention in _mentions(doc, names):
        if any(view.inside[token] is not None for token in range(mention.first, mention.last)):
            continue
        view.mention_at[mention.first] = mention
        view.mention_end[mention.last] = mention
        for token in range(mention.first, mention.last):
            view.inside[token] = mention
    return view
