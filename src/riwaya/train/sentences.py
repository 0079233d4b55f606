"""Tagged sentences as the name tagger reads text: cut into Riwaya's words, with the features of each."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from riwaya.arabic.words import words
from riwaya.mark.names.evidence import gather, positioned
from riwaya.mark.names.features import Lookups, word_features
from riwaya.mark.names.tagger import TAGS

_EDGES = "().,،؛:\"'"


class Sentence(NamedTuple):
    """Folded words, their tags, and the features that lists and grammar give to each."""

    norms: list[str]
    tags: list[int]
    extras: list[list[int]]


def retokenized(pairs: Sequence[tuple[str, str]]) -> Sentence:
    """The same sentence cut as Riwaya cuts words, its tags spread over the pieces; punctuation at the edges is no name's."""
    read = words(" ".join(word for word, _ in pairs))
    bounds: list[int] = []
    at = 0
    for word, _ in pairs:
        bounds.append(at)
        at += len(word) + 1
    tags: list[int] = []
    before, owner_before = "O", -1
    for start, norm, sort in zip(read.start, read.norm, read.kind, strict=True):
        owner = bisect_right(bounds, start) - 1
        tag = pairs[owner][1]
        begins = tag[:1] == "B" and owner != owner_before
        if tag == "O" or (sort == "p" and (begins or before == "O" or norm in _EDGES)):
            tags.append(0)
            before = "O"
            continue
        begins = begins or before[2:] != tag[2:]
        tags.append(TAGS.index(("B-" if begins else "I-") + tag[2:]))
        before, owner_before = tag, owner
    places = positioned(gather(read))
    extras: list[list[int]] = [[] for _ in tags]
    for token, feature in zip(places.tokens, places.features, strict=True):
        extras[token].append(feature)
    return Sentence(read.norm, tags, extras)


def features_of_types(sentences: Iterable[Sentence]) -> dict[str, list[int]]:
    """The hashed features of every word that occurs."""
    known = Lookups.shipped()
    return {n: word_features(n, known) for n in dict.fromkeys(n for sentence in sentences for n in sentence.norms)}


def frequent(sentences: Iterable[Sentence], types: dict[str, list[int]], least: int) -> list[int]:
    """The features, sorted, that at least so many words of running text have."""
    counts: Counter[int] = Counter()
    for sentence in sentences:
        for norm, extra in zip(sentence.norms, sentence.extras, strict=True):
            counts.update(types[norm])
            counts.update(extra)
    return sorted(f for f, c in counts.items() if c >= least)
