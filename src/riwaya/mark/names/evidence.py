"""What stands around a word, as features of the tagger: found phrases, titles before it, quotation marks."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

from riwaya.arabic import gazetteer
from riwaya.arabic.phrases import Match
from riwaya.arabic.words import Words
from riwaya.mark.names.grammar import OUTLET, Context, Phrase, organizations_in, outlet_names, titles_in


@dataclass(frozen=True, slots=True)
class Evidence:
    """What lists and grammar find in one text, before the tagger speaks."""

    context: Context
    organizations: list[Phrase]
    titles: list[Phrase]
    outlets: list[Match[str]]

    @property
    def words(self) -> Words:
        """The text's words."""
        return self.context.words


def gather(words: Words) -> Evidence:
    """Run the lists and the grammar over a text."""
    context = Context(words)
    found = organizations_in(context)
    by_first: dict[int, Phrase] = {}
    for phrase in found:
        if phrase.first not in by_first or phrase.last > by_first[phrase.first].last:
            by_first[phrase.first] = phrase
    return Evidence(context, found, titles_in(context, by_first), _outlets(context))


def _outlets(context: Context) -> list[Match[str]]:
    known = outlet_names()
    found: list[Match[str]] = []
    for token, bits in context.opens.items():
        if bits & OUTLET and (not found or token >= found[-1].last):
            match = known.match_at(context.words, token)
            if match is not None:
                found.append(match)
    return found


@dataclass(frozen=True, slots=True)
class Positioned:
    """Features that belong to places in the text: parallel lists of token and hashed feature."""

    tokens: list[int]
    features: list[int]


def positioned(evidence: Evidence) -> Positioned:
    """The features of the tokens that lists and grammar speak about."""
    tokens: list[int] = []
    features: list[int] = []

    def say(token: int, feature: int) -> None:
        tokens.append(token)
        features.append(feature)

    def cover(first: int, last: int, name: str) -> None:
        say(first, _hash(name + "B"))
        for token in range(first + 1, last):
            say(token, _hash(name + "I"))

    size = len(evidence.words)
    norm = evidence.words.norm
    for place in evidence.context.places.values():
        doubt = "?" if gazetteer.is_ambiguous(place.value) else ""
        long = "2" if place.last - place.first > 1 else "1"
        cover(place.first, place.last, f"@place{doubt}{long}{place.prefix[-1:]}")
    for phrase in evidence.organizations:
        cover(phrase.first, phrase.last, "@org" + ("=" if phrase.head == "phrase" else ""))
    text = evidence.words.text
    for token, word in enumerate(norm):
        if word == "علي" and text[evidence.words.start[token] : evidence.words.end[token]].endswith("ي"):
            say(token, _hash("@ali"))  # folding makes على and علي one
    for outlet in evidence.outlets:
        cover(outlet.first, outlet.last, "@outlet")
    for title in evidence.titles:
        after = title.last
        comma = after < size and norm[after] in "،,:«\"“"
        after += comma
        if after < size:
            say(after, _hash(f"@after-{title.kind}{'-comma' if comma else ''}{min(title.last - title.first, 3)}"))
            if after + 1 < size:
                say(after + 1, _hash(f"@after2-{title.kind}{'-comma' if comma else ''}"))
        cover(title.first, title.last, "@title")
    return Positioned(tokens, features)


_HASHES: dict[str, int] = {}


def _hash(feature: str) -> int:
    found = _HASHES.get(feature)
    if found is None:
        found = _HASHES[feature] = crc32(feature.encode())
    return found
