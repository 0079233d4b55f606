"""Names of words that no list knows, shown by what stands before them or by how they are spelled.

A settlement, street or landform shows a place (بلدة هزارة تاون، طريق علمدار), a movement or firm an organization (حركة عسكر
جنجوي); initials with points are an outlet or the first names of a person; Korean and Chinese names are made of few syllables.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import Cut, cuts
from riwaya.arabic.lexicon import name_heads, not_names, outlets
from riwaya.arabic.openers import opener, where
from riwaya.arabic.words import NUMBER, WORD, Words
from riwaya.mark.names.clitic_start import reading
from riwaya.mark.names.evidence import Evidence
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.grammar import definite, quoted
from riwaya.mark.names.mention import GAZETTEER, GRAMMAR, GUESS, LIST, NAMED, Mention, offset_after
from riwaya.mark.names.tagger import Tagged, model
from riwaya.settings.mark import MARK

_LETTERS = frozenset(name_heads.LETTERS)
_HONORIFIC_LETTERS = frozenset("دام")  # د. أ. م. stand before a name as titles
_BROADCASTER_ENDS = frozenset(name_heads.BROADCASTER_ENDS)
_FAMILIES = frozenset(name_heads.EAST_ASIAN_FAMILIES)
_SYLLABLES = frozenset(name_heads.EAST_ASIAN_SYLLABLES)
_BEFORE_PLACES = frozenset(name_heads.PLACE_PREPOSITIONS)
_LANDFORMS = frozenset(name_heads.LANDFORMS)
_NOT_PLACES = frozenset(not_names.PLACES)
_AFFIXED = ("ها", "هم", "هما", "هن", "نا")  # object pronouns: قرية قصفتها
_ADJECTIVAL = ("يه", "ات", "يا")
_SHORTEST = 3  # letters of an unknown word that may be a name
_MOST_PARTS = 3  # words of such a name
_MOST_LETTERS = 6
_WORKS = frozenset(name_heads.WORKS)
_QUOTE_MARKS = frozenset("\"“”«»„‟")
_OUTLET_NAMES = {**outlets.OUTLETS, **outlets.AGENCIES}


def shown(evidence: Evidence, tagged: list[Tagged]) -> Iterator[Mention]:
    """Every reading that a head or a spelling shows.

    >>> # "في بلدة هزارة تاون" -> هزارة تاون; "قرب طريق علمدار" -> طريق علمدار; "لبي.بي.سي" -> بي.بي.سي; "بان كي مون"
    """
    words = evidence.words
    persons = {t.first for t in tagged if t.kind == "person"} | {t.last - 1 for t in tagged if t.kind == "person"}
    done = 0
    openings = where(words, _OPENING)
    points = [point - 1 for point, norm in enumerate(words.norm) if norm == "." and point]
    for token in sorted({*openings, *points}):
        if token < done or words.kind[token] != WORD:
            continue
        for cut in _openings(words.norm[token]):
            rule = _RULES[cut.rest]
            mention = rule(evidence, token, cut)
            if mention is not None:
                yield mention
                done = mention.last if mention.kind != "place" else token
                break
        else:
            pointed = token + 1 < len(words) and words.norm[token + 1] == "."
            mention = _initials(evidence, token, persons) if pointed else None
            if mention is not None:
                yield mention
                done = mention.last


@lru_cache(maxsize=1 << 15)
def _openings(norm: str) -> tuple[Cut, ...]:
    return tuple(cut for cut in cuts(norm) if cut.rest in _RULES)


_OPENING = opener(_openings)


@lru_cache(maxsize=1 << 15)
def _strange(norm: str, kind: str) -> bool:
    """An indefinite word that news hardly knows, and that is no verb, adjective, or word with a proclitic or a pronoun."""
    if len(norm) < _SHORTEST or not norm.isalpha() or norm.isascii() or norm.startswith("ال") or gazetteer.nationality(norm):
        return False
    ranks = Lookups.shipped().ranks
    if ranks.get(norm, MARK.strange_rank + 1) <= MARK.strange_rank or norm.endswith(_AFFIXED):
        return False
    if any(cut.rest in ranks for cut in cuts(norm)[1:]):
        return False
    verbal = norm[0] in "تيس" or norm.endswith("ت") or (norm[0] == "م" and norm.endswith("ه"))
    return model().lean(norm, kind) > (MARK.person_lean if verbal else MARK.stray_lean)


@lru_cache(maxsize=1 << 15)
def _alone(norm: str) -> bool:
    """Whether a strange word may be a whole name: not an adjective in -ية or plural in -ات, and not seen with ال."""
    return not norm.endswith(_ADJECTIVAL) and "ال" + norm not in Lookups.shipped().ranks


def _run(evidence: Evidence, at: int, kind: str) -> int | None:
    """The end of the unknown name that begins here: one word that is nothing else, or a rare word and unknown ones."""
    context, norm = evidence.context, evidence.words.norm
    if not context.joined(at):
        return None
    ranks = Lookups.shipped().ranks
    last = at + 1
    while last - at < _MOST_PARTS and context.joined(last) and _strange(norm[last], kind) and _alone(norm[last]):
        last += 1
    if _strange(norm[at], kind):
        return last if last - at > 1 or _alone(norm[at]) else None
    rare = ranks.get(norm[at], 0) > MARK.rare_rank and not definite(norm[at]) and model().lean(norm[at], "person") > 0
    return last if rare and last - at > 1 else None


def _settlement(evidence: Evidence, token: int, cut: Cut) -> Mention | None:
    words, at = evidence.words, token + 1
    inside = quoted(words, at)
    if inside is not None and inside[1] - inside[0] < _MOST_PARTS and words.kind[inside[0]] == WORD:
        return Mention(*inside, words.start[inside[0]], words.end[inside[1] - 1], "place", GUESS, 0.7, ("quoted",))
    last = _run(evidence, at, "place")
    if last is None and evidence.context.joined(at) and _strange_definite(words.norm[at]):
        last = at + 1
    if last is None:
        return None
    return Mention(at, last, words.start[at], words.end[last - 1], "place", GUESS, 0.6, (f"after {cut.rest}",))


def _strange_definite(norm: str) -> bool:
    """A definite word that news does not know: بلدة الزهيرات."""
    return definite(norm) and norm not in _NOT_PLACES and norm not in Lookups.shipped().ranks and not gazetteer.nationality(norm)


def _landmark(evidence: Evidence, token: int, cut: Cut) -> Mention | None:
    context, words, at = evidence.context, evidence.words, token + 1
    last = _run(evidence, at, "place")
    if last is None and cut.rest in _LANDFORMS and context.joined(at) and definite(words.norm[at]):
        last = at + 1 if model().lean(words.norm[at], "place") > MARK.place_lean or context.place_at(at) else None
    if last is None:
        return None
    start = offset_after(words, token, cut.prefix)
    return Mention(token, last, start, words.end[last - 1], "place", GRAMMAR, 0.7, (f"place {cut.rest}",))


def _movement(evidence: Evidence, token: int, cut: Cut) -> Mention | None:
    words = evidence.words
    last = _run(evidence, token + 1, "organization")
    if last is None:
        return None
    start = offset_after(words, token, cut.prefix)
    return Mention(token, last, start, words.end[last - 1], "organization", GRAMMAR, 0.7, (f"head {cut.rest}",))


def _city(evidence: Evidence, token: int, cut: Cut) -> Mention | None:
    """لا فاييت, after في or another word that a place follows; news does not know the second word."""
    words, at = evidence.words, token + 1
    preceded = token > 0 and not words.newline[token] and words.norm[token - 1] in _BEFORE_PLACES
    if not (preceded or cut.prefix in ("ب", "ل")) or not evidence.context.joined(at) or not _strange(words.norm[at], "place"):
        return None
    if words.norm[at] in Lookups.shipped().ranks or words.norm[at][0] in "تينا":
        return None  # "من لا يعرف"
    start = offset_after(words, token, cut.prefix)
    return Mention(token, at + 1, start, words.end[at], "place", GAZETTEER, 0.7, ("city in two words",))


def _closed_city(evidence: Evidence, token: int, cut: Cut) -> Mention | None:
    """هزارة تاون، أبوت آباد: the word before belongs to it, unless the news knows it well as no place."""
    words, first = evidence.words, token - 1
    if cut.prefix or first < 0 or not evidence.context.joined(token) or words.kind[first] != WORD:
        return None
    norm = words.norm[first]
    common = Lookups.shipped().ranks.get(norm, MARK.rare_rank + 1) <= MARK.rare_rank
    if norm.startswith("ال") or len(norm) < _SHORTEST or (common and model().lean(norm, "place") < MARK.place_lean):
        return None
    begins = reading(norm, "place", ())
    return Mention(
        first, token + 1, offset_after(words, first, begins.prefix), words.end[token], "place", LIST, 0.8, ("city in two words",)
    )


def _east_asian(evidence: Evidence, token: int, cut: Cut) -> Mention | None:
    words, last = evidence.words, token + 1
    parts = 1
    while parts < _MOST_PARTS and last < len(words) and not words.newline[last]:
        at = last + (words.norm[last] == "-")
        if at >= len(words) or words.norm[at] not in _SYLLABLES:
            break
        last, parts = at + 1, parts + 1
    if parts < _MOST_PARTS:
        return None
    start = offset_after(words, token, cut.prefix)
    return Mention(token, last, start, words.end[last - 1], "person", NAMED, 0.9, ("syllables",))


Rule = Callable[[Evidence, int, Cut], Mention | None]
_RULES: dict[str, Rule] = {
    **dict.fromkeys(name_heads.SETTLEMENTS, _settlement),
    **dict.fromkeys(name_heads.LANDMARKS, _landmark),
    **dict.fromkeys((*name_heads.MOVEMENTS, *name_heads.BANDS), _movement),
    **dict.fromkeys(name_heads.CITY_OPENERS, _city),
    **dict.fromkeys(name_heads.CITY_CLOSERS, _closed_city),
    **dict.fromkeys(name_heads.EAST_ASIAN_FAMILIES, _east_asian),
}  # fmt: skip


def _initials(evidence: Evidence, token: int, persons: set[int]) -> Mention | None:
    """بي.بي.سي، أ.ف.ب: an outlet; إيه.كي.إنتوني: a person where tagger or title say so."""
    words = evidence.words
    norm, cut = words.norm, next((c for c in cuts(words.norm[token]) if c.rest in _LETTERS or len(c.rest) == 1), None)
    if cut is None or token + 2 >= len(words) or norm[token + 1] != ".":
        return None
    letters, at = [cut.rest], token
    while len(letters) < _MOST_LETTERS and _pointed(words, at) and (norm[at + 2] in _LETTERS or len(norm[at + 2]) == 1):
        at += 2
        letters.append(norm[at])
    start = offset_after(words, token, cut.prefix)
    if _pointed(words, at) and not set(letters) <= _HONORIFIC_LETTERS and words.kind[at + 2] == WORD:
        titled = any(t.last == token or t.last == token - 1 for t in evidence.titles)
        if (at + 2 in persons or titled) and norm[at + 2].isalpha() and (len(letters) > 1 or titled):
            return Mention(token, at + 3, start, words.end[at + 2], "person", NAMED, 0.7, ("initials",))
    spelled = len(letters) > 1 and all(letter in _LETTERS for letter in letters)
    if not spelled and " ".join(letters) not in _OUTLET_NAMES:
        return None
    last = at + 1
    if last + 1 < len(words) and norm[last] == "-" and words.kind[last + 1] == NUMBER:
        return None  # آر.كيو-170, a make
    if last < len(words) and norm[last] in _BROADCASTER_ENDS and not words.newline[last]:
        last += 1
    return Mention(token, last, start, words.end[last - 1], "organization", LIST, 0.85, ("initials",))


def _pointed(words: Words, at: int) -> bool:
    """Whether a point and another word stand right after this one, on the same line."""
    if at + 2 >= len(words) or words.norm[at + 1] != "." or words.newline[at + 1] or words.newline[at + 2]:
        return False
    return words.kind[at + 2] == WORD and words.start[at + 2] - words.end[at] <= 2  # noqa: PLR2004 - the point and one space


def without_works(found: list[Mention], words: Words) -> list[Mention]:
    """Leave out what stands in quotation marks after فيلم and the like: the name of a work or a ware."""
    inside: set[int] = set()
    for token, norm in enumerate(words.norm):
        if norm in _QUOTE_MARKS and token:
            before = token - 1
            if any(words.norm[i] in _WORKS for i in range(max(0, before - 1), before + 1)) and (span := quoted(words, token)):
                inside |= set(range(*span))
        elif words.norm[token - 1] == "طراز" and token:
            inside.add(token)
    return [m for m in found if not (m.first in inside and m.last - 1 in inside)] if inside else found
