"""The tagger's names, mended where its training text could not teach it: edges, clitics, titles and nouns taken in."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import cast

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import organizations, titles
from riwaya.arabic.words import PUNCTUATION, WORD
from riwaya.mark.names.clitic_start import reading
from riwaya.mark.names.evidence import Evidence
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.grammar import Phrase, adjectives, definite
from riwaya.mark.names.mention import TAGGER, Mention, offset_after
from riwaya.mark.names.tagger import Tagged, model
from riwaya.model import NameKind
from riwaya.settings.mark import MARK

_BINDING = frozenset(titles.BINDING)
_COMMON = frozenset(organizations.COMMON)
_SHORTEST_NISBA = 5  # letters: ال, two of the stem and ي
_OPENERS = frozenset("وفبلك")


def from_tagger(evidence: Evidence, tagged: list[Tagged]) -> Iterator[Mention]:
    """One mention for each name that the tagger finds and that stands the checks."""
    words = evidence.words
    title_at = {t.first: t for t in evidence.titles}
    bare = {words.norm[i] for t in tagged for i in range(t.first + 1, t.last)}
    bare |= {words.norm[t.first] for t in tagged if words.norm[t.first][0] not in _OPENERS}
    for tag in tagged:
        kind = cast("NameKind", tag.kind)
        first, last = _edges(evidence, tag)
        if kind == "person":
            first, last = _person(evidence, first, last, title_at)
        elif kind == "organization" and last > first:
            last = _organization(evidence, first, last)
        if last <= first or (kind != "place" and last - first == 1 and gazetteer.nationality(words.norm[first])):
            continue  # الروس: a people
        cut = reading(words.norm[first], kind, bare)
        start = offset_after(words, first, cut.prefix)
        score = 1 / (1 + exp(-tag.margin / MARK.name_certain))
        yield Mention(first, last, start, words.end[last - 1], kind, TAGGER, score, (f"tagger {tag.margin:.0f}",))


def _edges(evidence: Evidence, tag: Tagged) -> tuple[int, int]:
    words, first, last = evidence.words, tag.first, tag.last
    while first < last and words.kind[first] == PUNCTUATION:
        first += 1
    while last > first and words.kind[last - 1] == PUNCTUATION:
        last -= 1
    return (first, last) if any(words.kind[i] == WORD for i in range(first, last)) else (first, first)


def _person(evidence: Evidence, first: int, last: int, title_at: dict[int, Phrase]) -> tuple[int, int]:
    """Cut where a title or "in such a place" begins; take in a given name علي before and a family name in -ي after."""
    context, words = evidence.context, evidence.words
    norm = words.norm
    while last - first > 1 and norm[first].startswith("ال") and gazetteer.nationality(norm[first]):
        first += 1
    for token in range(first + 1, last):
        title = title_at.get(token)
        place = context.places.get(token)
        if (title is not None and title.last > last and title.kind == "office") or (place is not None and place.prefix in ("ب", "ل")):
            last = token
            break
    if first and norm[first - 1] == "علي" and context.joined(first) and _is_ali(evidence, first - 1):
        first -= 1
    while context.joined(last) and last > first and (norm[last - 1] in _BINDING or _family_name(norm[last], norm, first, last)):
        last += 1
    while last > first and norm[last - 1] in _BINDING and norm[last - 1] not in ("الله", "الدين"):
        last -= 1
    return first, last


def _is_ali(evidence: Evidence, token: int) -> bool:
    """علي after a title and before a name is a given name; elsewhere it may be the preposition, written على or علي."""
    return any(title.last == token for title in evidence.titles)


def _family_name(norm: str, norms: list[str], first: int, last: int) -> bool:
    """الشهراني after علي بن عمير: a definite word in -ي that news does not know as an adjective."""
    if not (norm.startswith("ال") and norm.endswith("ي") and len(norm) >= _SHORTEST_NISBA and definite(norm)):
        return False
    if gazetteer.nationality(norm) or any("ال" in norms[i][:2] for i in range(first + 1, last)):
        return False
    return norm not in Lookups.shipped().ranks or model().lean(norm, "person") > 0


def _organization(evidence: Evidence, first: int, last: int) -> int:
    """Take in the adjective that agrees with a definite end; drop a bare head with a stray word after it."""
    words = evidence.words
    norm = words.norm
    if last - first == 2 and any(f"{cut.rest} {norm[first + 1]}" in _COMMON for cut in cuts(norm[first])):  # noqa: PLR2004
        return first
    heads = [cut.rest for cut in cuts(norm[first]) if cut.rest in organizations.HEADS]
    if heads and (last - first == 1 or (not definite(norm[first + 1]) and norm[first + 1] in Lookups.shipped().ranks
                                        and model().lean(norm[first + 1], "organization") < 0)):  # fmt: skip
        return first
    if last - first > 1 and definite(norm[last - 1]) and evidence.context.joined(last) and norm[last].endswith(("ي", "يه")):
        return adjectives(evidence.context, last, 1)
    return last
