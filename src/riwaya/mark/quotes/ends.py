"""Where what is said ends: the sentence, the closing mark, or the clause in which the reporter speaks again."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from riwaya.arabic.lexicon import speech
from riwaya.arabic.phrases import Phrases
from riwaya.mark.quotes.cues import COMMAS, Cue, known
from riwaya.mark.quotes.frames import participles
from riwaya.mark.quotes.marks import MARKS
from riwaya.mark.quotes.view import View
from riwaya.settings.mark import MARK

_TRAILING = frozenset(".،,؛;:-–—…!؟?|_")
_AFTER = frozenset(("بعد", "عقب", "اثر"))
_LONE = frozenset(("و", "ف"))


@cache
def _hard() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.HARD_BREAKERS, True), clitics=False)


@cache
def _concerning() -> frozenset[str]:
    return frozenset(speech.CONCERNING)


@cache
def _deeds() -> frozenset[str]:
    return frozenset(speech.DEEDS)


def cut_points(view: View, cues: list[Cue]) -> frozenset[int]:
    """The tokens at which a reporter takes up again: participles of speech (مضيفا أن) and joined verbs (وأضاف)."""
    joined = (cue.token for cue in cues if cue.form.tense == "participle" or (cue.form.prefix and cue.form.tense == "past"))
    after = (cue.token - 1 for cue in cues if cue.form.tense == "noun" and view.norm[cue.token - 1] in _AFTER)
    return participles(view).union(joined, after)


def content_end(view: View, first: int, limit: int, cuts: Container[int], *, noun: bool = False) -> int:
    """The token, exclusive, at which indirect content that begins at `first` ends.

    `noun`: the content is a noun phrase, which the next deed told ("، وأمر بإلغاء") is no part of.
    """
    norm = view.norm
    breakers = known("breakers")
    noun_breakers = known("noun_breakers") | _deeds()
    hard = _hard()
    at = first
    limit = min(limit, first + MARK.quote_longest_words)
    while at < limit:
        pair = view.opening.get(at)
        if pair is not None and pair.closed and pair.closing <= limit:
            if at > first and hard.match_at(view.doc.words, pair.first) is not None:
                break
            at = pair.closing + 1
            continue
        if at > first:
            word = norm[at]
            if at in cuts:
                break
            goes_on = word == "فيما" and at + 1 < limit and norm[at + 1] in _concerning()
            if norm[at - 1] in COMMAS and ((word in breakers and not goes_on) or (noun and word in noun_breakers)):
                break
            if word in hard and not goes_on and hard.match_at(view.doc.words, at) is not None:
                break
        at += 1
    return strip_end(view, first, at)


def strip_end(view: View, first: int, last: int) -> int:
    """`last` without the punctuation, lone و and closing marks of others before it."""
    norm = view.norm
    while last > first + 1:
        word = norm[last - 1]
        pair = view.closing.get(last - 1)
        closes = pair is not None and pair.opening >= first
        if word in _TRAILING or word in _LONE or (word in MARKS and not closes):
            last -= 1
        else:
            break
    return last
