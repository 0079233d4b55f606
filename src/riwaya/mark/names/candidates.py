"""Every reading of some words as a name, by whatever gives it: tagger, gazetteer, lists, grammar, titles."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from typing import cast

from riwaya.arabic import gazetteer
from riwaya.arabic.lexicon import outlets, places, titles
from riwaya.arabic.words import PUNCTUATION, WORD, Words
from riwaya.mark.names.clitic_start import reading
from riwaya.mark.names.evidence import Evidence
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.grammar import MEDIA_HEADS, Phrase, definite, quoted
from riwaya.mark.names.mention import Mention
from riwaya.mark.names.tagger import Tagged
from riwaya.model import NameKind
from riwaya.settings.mark import MARK

TAGGER, GUESS, GAZETTEER, GRAMMAR, LIST = 1, 2, 3, 4, 5  # weights: which reading wins when two claim the same words
_BINDING = frozenset(titles.BINDING)
_MOST_GUESSED = 4  # words of a name that only its title shows
_ACRONYM = range(2, 8)  # letters


def from_tagger(tagged: list[Tagged], words: Words) -> Iterator[Mention]:
    """The tagger's names, punctuation at their edges and proclitics left out."""
    bare = {words.norm[i] for t in tagged for i in range(t.first, t.last) if t.last - t.first > 1 and i > t.first}
    bare |= {words.norm[t.first] for t in tagged if words.norm[t.first][0] not in "وفبلك"}
    for tag in tagged:
        first, last = tag.first, tag.last
        while first < last and words.kind[first] == PUNCTUATION:
            first += 1
        while last > first and words.kind[last - 1] == PUNCTUATION:
            last -= 1
        if first == last or all(words.kind[i] != WORD for i in range(first, last)):
            continue
        kind = cast("NameKind", tag.kind)
        cut = reading(words.norm[first], kind, bare)
        start = words.start[first] if cut.fused or not cut.prefix else words.offset(first, len(cut.prefix))
        score = 1 / (1 + exp(-tag.margin / MARK.name_certain * 2))
        yield Mention(first, last, start, words.end[last - 1], kind, TAGGER, score, (f"tagger {tag.margin:.0f}",))


def from_gazetteer(evidence: Evidence, tagged: list[Tagged]) -> Iterator[Mention]:
    """Places of the gazetteer. A name that is also an ordinary word needs the tagger's word or a word such as مدينة before it."""
    words = evidence.words
    said = {i for t in tagged if t.kind == "place" for i in range(t.first, t.last)}
    for match in evidence.context.places.values():
        doubtful = gazetteer.is_ambiguous(match.value)
        if doubtful and match.first not in said and not _announced(words, match.first, match.prefix):
            continue
        fused = match.prefix.endswith("ل") and words.norm[match.first][len(match.prefix) - 1 :].startswith("لل")
        start = words.start[match.first] if fused else match.start
        yield Mention(
            match.first, match.last, start, match.end, "place", GAZETTEER, 0.7 if doubtful else 0.95, ("gazetteer",)
        )  # fmt: skip


_ANNOUNCERS = frozenset(
    ("مدينه", "بمدينه", "محافظه", "بمحافظه", "ولايه", "قريه", "بقريه", "بلده", "منطقه", "بمنطقه", "مدينتي", "محافظتي", "العاصمه", "اقليم",
     "مقاطعه", "قضاء", "حي", "بحي", "مركز", "بمركز", "جزيره", "مطار")
)  # fmt: skip


def _announced(words: Words, token: int, prefix: str) -> bool:
    return not prefix and token > 0 and words.norm[token - 1] in _ANNOUNCERS and not words.newline[token]


def from_grammar(evidence: Evidence) -> Iterator[Mention]:
    """Organizations that their own words show."""
    words = evidence.words
    for phrase in evidence.organizations:
        weight = LIST if phrase.head == "phrase" else GRAMMAR
        yield Mention(
            phrase.first, phrase.last, phrase.start, words.end[phrase.last - 1], "organization", weight, 0.9, (f"head {phrase.head}",)
        )  # fmt: skip
        yield from _acronym_after(words, phrase.last)


def _acronym_after(words: Words, token: int) -> Iterator[Mention]:
    """A Latin acronym right after an organization: "(CSTO)", "CSTO"."""
    at = token + 1 if token < len(words) and words.norm[token] == "(" else token
    if at >= len(words) or words.kind[at] != WORD:
        return
    text = words.text[words.start[at] : words.end[at]]
    if text.isascii() and text.isupper() and len(text) in _ACRONYM:
        yield Mention(at, at + 1, words.start[at], words.end[at], "organization", LIST, 0.9, ("acronym",))


def from_outlets(evidence: Evidence) -> Iterator[Mention]:
    """Agencies and outlets by name; one that is an ordinary word needs وكالة or the like before it, or quotation marks around it."""
    words = evidence.words
    for match in evidence.outlets:
        if " ".join(words.norm[match.first : match.last]).removeprefix(match.prefix) in _DOUBTFUL and not _as_outlet(words, match.first):
            continue
        yield Mention(match.first, match.last, match.start, match.end, "organization", LIST, 0.9, ("outlet",))


_DOUBTFUL = frozenset(outlets.DOUBTFUL)


def _as_outlet(words: Words, token: int) -> bool:
    before = token - 1
    if before >= 0 and words.kind[before] == PUNCTUATION:
        before -= 1
    if before < 0:
        return False
    head = words.norm[before].lstrip("وفلب") if words.norm[before] not in MEDIA_HEADS else words.norm[before]
    return head in MEDIA_HEADS


def from_quotation(evidence: Evidence) -> Iterator[Mention]:
    """A name in quotation marks after a head: قناة "خبر 24" names the inside, قوات «معاهدة الأمن» the whole."""
    from riwaya.arabic.clitics import cuts
    from riwaya.arabic.lexicon import organizations

    words = evidence.words
    for token, norm in enumerate(words.norm):
        if words.kind[token] != WORD:
            continue
        for cut in cuts(norm):
            if cut.rest not in organizations.HEADS:
                continue
            at = token + 1
            while at < len(words) and at < token + 3 and definite(words.norm[at]) and not words.newline[at]:
                at += 1
            inside = quoted(words, at)
            if inside is None:
                break
            if cut.rest in MEDIA_HEADS or at > token + 1:
                yield Mention(
                    inside[0], inside[1], words.start[inside[0]], words.end[inside[1] - 1], "organization", LIST, 0.85, ("quoted",)
                )  # fmt: skip
            else:
                start = words.offset(token, len(cut.prefix)) if cut.prefix else words.start[token]
                yield Mention(token, inside[1] + 1, start, words.end[inside[1]], "organization", LIST, 0.85, ("quoted",))
            break


_FACILITIES = frozenset(places.FACILITIES) - {"جامعه", "مستشفي"}  # these two are organizations here


def from_facilities(evidence: Evidence) -> Iterator[Mention]:
    """Airports, ports, crossings, squares, and parts of a country: مطار ألما آتا، معبر رفح، غرب كازاخستان."""
    from riwaya.arabic.clitics import cuts

    words, found = evidence.words, evidence.context.places
    for token, norm in enumerate(words.norm):
        if words.kind[token] != WORD or not evidence.context.joined(token + 1):
            continue
        for cut in cuts(norm):
            side = cut.rest in places.COMPASS
            if not side and cut.rest not in _FACILITIES:
                continue
            place = found.get(token + 1)
            end = place.last if place is not None and not place.prefix else None
            if end is not None and not side:
                while evidence.context.joined(end) and words.norm[end] in ("الدولي", "الدوليه", "الجوي", "الجويه"):
                    end += 1
            if end is not None and (not side or not gazetteer.is_ambiguous(place.value if place else "")):
                start = words.offset(token, len(cut.prefix)) if cut.prefix and not cut.fused else words.start[token]
                yield Mention(token, end, start, words.end[end - 1], "place", LIST, 0.85, (f"place {cut.rest}",))
            break


def from_titles(evidence: Evidence, taken: set[int]) -> Iterator[Mention]:
    """Persons that only their title shows: unknown words right after it, where nothing else begins."""
    words = evidence.words
    ranks = Lookups.shipped().ranks
    for title in evidence.titles:
        at = title.last
        if at < len(words) and words.norm[at] in "،," and title.kind == "office":
            at += 1
        last = at
        while last < len(words) and last - at < _MOST_GUESSED and last not in taken and _unknown(words, last, ranks, last > at):
            last += 1
        while last > at and words.norm[last - 1] in _BINDING and words.norm[last - 1] not in ("الله", "الدين"):
            last -= 1
        if last - at > (title.kind == "occupation"):
            yield Mention(at, last, words.start[at], words.end[last - 1], "person", GUESS, 0.6, (f"after {title.head}",))


def _unknown(words: Words, token: int, ranks: object, going_on: bool) -> bool:
    norm = words.norm[token]
    if words.kind[token] != WORD or words.newline[token] or len(norm) < 2:  # noqa: PLR2004 - one letter is no name
        return False
    if norm in _BINDING:
        return True
    known = Lookups.shipped()
    if definite(norm) and not going_on:
        return False
    rest = norm[1:] if norm[0] in "وفبلك" else norm
    return norm not in known.ranks and rest not in known.ranks and norm.isalpha() and not norm.isascii()


def heads_with_names(evidence: Evidence, found: list[Mention]) -> Iterator[Mention]:
    """شركة, نادي, حزب and their like joined with the name that follows at once (شركة سيمنز، نادي الزمالك)."""
    from riwaya.arabic.clitics import cuts
    from riwaya.arabic.lexicon import organizations

    words = evidence.words
    at = {m.first: m for m in sorted(found, key=lambda m: m.last)}
    for token, norm in enumerate(words.norm):
        follower = at.get(token + 1)
        if follower is None or not evidence.context.joined(token + 1) or follower.start != words.start[token + 1]:
            continue
        for cut in cuts(norm):
            rule = organizations.HEADS.get(cut.rest)
            if rule == "proper" and cut.rest not in MEDIA_HEADS and cut.rest not in _KIN:
                start = words.offset(token, len(cut.prefix)) if cut.prefix and not cut.fused else words.start[token]
                yield Mention(token, follower.last, start, follower.end, "organization", GRAMMAR, 0.8, (f"head {cut.rest}",))
            if rule is not None:
                break


_KIN = frozenset(("مجموعه", "فريق", "دار", "كتله", "لواء", "قوه", "وحده", "وحدات", "قوات", "مركز", "مدرسه", "موقع", "جيش"))


def by_first(phrases: list[Phrase]) -> dict[int, Phrase]:
    """The longest phrase that begins at each token."""
    longest: dict[int, Phrase] = {}
    for phrase in phrases:
        if phrase.first not in longest or phrase.last > longest[phrase.first].last:
            longest[phrase.first] = phrase
    return longest
