"""Where the name of an organization ends, and where a title ends and the person begins: a small noun-phrase grammar.

An Arabic organization is a head with its complement: nouns in the construct up to a definite one, then definite adjectives, then
perhaps a phrase with لـ ("وكالة تنظيم وتنمية السوق المالية", "الاتحاد العالمي لعلماء المسلمين"). A title is an office with the
same kind of complement ("رئيس وزراء كازاخستان", "الأمين العام لمنظمة معاهدة الأمن الجماعي"), a rank, or a form of address.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import Cut, cuts
from riwaya.arabic.lexicon import organizations, outlets, places, titles
from riwaya.arabic.openers import opener, where
from riwaya.arabic.phrases import Match, Phrases
from riwaya.arabic.words import NUMBER, PUNCTUATION, WORD, Words

_LONGEST_CONSTRUCT = 4  # nouns between a head and the definite noun that closes it
_MOST_ADJECTIVES = 3
_LONGEST_TITLE = 9  # words of a title's complement
_SHORTEST_DEFINITE = 4  # letters: ال and two of the noun

OPENING, CLOSING = "\"“«‹„'‘(", "\"”»›“'’)"
_QUOTES = frozenset("\"“”«»„‟")
_MOST_QUOTED = 5  # words of a quoted name
MEDIA_HEADS = frozenset(organizations.MEDIA)

_STOPS = frozenset(organizations.STOPS)
_CONSTRUCT = frozenset(organizations.CONSTRUCT)
_FIELDS = frozenset(organizations.FIELDS)
_MODIFIERS = frozenset(titles.MODIFIERS)
FACILITIES = frozenset(places.FACILITIES) - {"جامعه", "مستشفي"}  # these two are organizations here
COMPASS = frozenset(places.COMPASS) - {"وسط"}  # وسط المغرب is where, not what
NAMED_BY_NOUN = frozenset(organizations.SITES)
SITES = FACILITIES | COMPASS | NAMED_BY_NOUN
_COMMON = frozenset(organizations.COMMON)
_LISTED_ADJECTIVES = frozenset(organizations.ADJECTIVES)
_GENERIC = frozenset(organizations.GENERIC)
_PRESS = frozenset(organizations.PRESS)


class Phrase(NamedTuple):
    """A noun phrase: tokens [first:last), where it starts in the text (after a clitic), what it is, and its head."""

    first: int
    last: int
    start: int
    kind: str
    head: str


HEAD, PHRASE, TITLE, OUTLET, SITE = 1, 2, 4, 8, 16  # what a word may open


@lru_cache(maxsize=1 << 16)
def opens(norm: str) -> int:
    """What a word may open, with or without proclitics, as bits; nearly every word opens nothing."""
    bits = 0
    for cut in cuts(norm):
        bits |= HEAD * (cut.rest in organizations.HEADS) | PHRASE * (cut.rest in _phrases()) | TITLE * (cut.rest in _titles())
        bits |= OUTLET * (cut.rest in outlet_names()) | SITE * (cut.rest in SITES)
    return bits


_OPENS = opener(opens)


class Context:
    """One text with its places found, as the grammar reads it. `opens` has the words that may open something, and what."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.opens = {i: opens(words.norm[i]) for i in where(words, _OPENS) if words.kind[i] == WORD}
        self.places: dict[int, Match[str]] = {m.first: m for m in gazetteer.find(words)}

    def place_at(self, token: int) -> Match[str] | None:
        """The place that begins at this token with no clitic before it."""
        match = self.places.get(token)
        return match if match is not None and not match.prefix else None

    def joined(self, token: int) -> bool:
        """Whether this token is a word that stands on the line of the one before, nothing but space between."""
        w = self.words
        return token < len(w) and w.kind[token] not in (PUNCTUATION, NUMBER) and not w.newline[token]


@lru_cache(maxsize=1 << 15)
def _is_title_head(norm: str) -> bool:
    return norm in _SINGLE_TITLES


_SINGLE_TITLES: Mapping[str, str] = {
    **dict.fromkeys((p for p in titles.RANKS if " " not in p), "rank"),
    **{p: v for p, v in titles.OFFICES.items() if " " not in p},
    **dict.fromkeys((p for p in titles.HONORIFICS if " " not in p), "honorific"),
}


@lru_cache(maxsize=1 << 15)
def definite(norm: str) -> bool:
    """A definite noun or adjective that may stand inside a name: not a relative pronoun, weekday or "former"."""
    return norm.startswith("ال") and len(norm) >= _SHORTEST_DEFINITE and norm not in _STOPS


@lru_cache(maxsize=1 << 15)
def _adjective(norm: str) -> bool:
    """A definite word that can follow a definite noun inside a name: الصحفية (a title elsewhere) may, الدكتور may not."""
    if not definite(norm) and norm not in ("العام", "العامه"):
        return False
    return (norm.endswith(("ي", "يه")) or norm in _LISTED_ADJECTIVES) and _SINGLE_TITLES.get(norm, "occupation") == "occupation"


@cache
def _phrases() -> Phrases[str]:
    return Phrases(dict.fromkeys(organizations.PHRASES, "organization"))


def organizations_in(context: Context) -> list[Phrase]:
    """Every organization that its own words show: a known phrase, or a head with a complement. They may overlap."""
    words = context.words
    found: list[Phrase] = []
    known = _phrases()
    heads = organizations.HEADS
    for token, bits in context.opens.items():
        if not bits & (HEAD | PHRASE):
            continue
        norm = words.norm[token]
        phrase = known.match_at(words, token) if bits & PHRASE else None
        if phrase is not None:
            end = adjectives(context, phrase.last, 1) if phrase.last - phrase.first > 1 else phrase.last
            found.append(Phrase(token, end, _whole(words, token, phrase.prefix), "organization", "phrase"))
        for cut in cuts(norm):
            rule = heads.get(cut.rest)
            if rule is None:
                continue
            if rule == "list":
                found += _listed(context, token, cut)
                break
            last = complement(context, token, cut.rest, rule)
            if last is not None and (phrase is None or last > phrase.last):
                start = words.start[token] if cut.fused or not cut.prefix else words.offset(token, len(cut.prefix))
                found.append(Phrase(token, last, start, "organization", cut.rest))
            break
    return found


def _whole(words: Words, token: int, prefix: str) -> int:
    """Where a phrase begins; a fused لل stays with its word, for the bare form is no slice of the text."""
    if not prefix or (prefix.endswith("ل") and words.norm[token][len(prefix) - 1 : len(prefix) + 1] == "لل"):
        return words.start[token]
    return words.offset(token, len(prefix))


def complement(context: Context, token: int, head: str, rule: str) -> int | None:
    """The token after the last of an organization whose head is at `token`, or None where no name follows.

    Args:
        context: the text.
        token: where the head stands.
        head: the head, folded, without clitics.
        rule: what must follow it (`organizations.HEADS`).
    """
    norm = context.words.norm
    at = token + 1
    if not context.joined(at):
        return None
    last = _complement(context, token, head, rule)
    common = f"{head} {norm[at]}" in _COMMON
    return None if common and (last == at + 1 or not definite(norm[at])) else last


_MINISTERIAL = frozenset(organizations.MINISTERIAL)


def _introduced(norm: list[str], token: int) -> bool:
    """Whether a ministry or minister stands before: الخارجية is then part of that name or title."""
    return token > 0 and any(c.rest in organizations.HEADS or c.rest in _SINGLE_TITLES for c in cuts(norm[token - 1]))


def _complement(context: Context, token: int, head: str, rule: str) -> int | None:
    norm, at = context.words.norm, token + 1
    if head in _MINISTERIAL and _introduced(norm, token):
        return None
    if rule == "adjective":
        return _nationality_phrase(context, at, head)
    if rule == "place":
        return _place_or_nation(context, at)
    if rule == "civil":
        return at + 1 if norm[at] == "المدني" else None
    if head.startswith("ال"):
        if not _adjective(norm[at]) or not _agrees(head, norm[at]) or (rule == "press" and norm[at] not in _PRESS):
            return None
        end = adjectives(context, at, _MOST_ADJECTIVES)
        return _with_purpose(context, end)
    last = genitive(context, at, head)
    if rule == "proper" and last is not None and last - at == 1 and context.place_at(at) is None:
        return None if gazetteer.nationality(norm[at]) else last if head in _NAMED_BY_ONE_WORD else None
    return last


_NAMED_BY_ONE_WORD = frozenset(organizations.NAMED_BY_ONE_WORD)


def _agrees(noun: str, adjective: str) -> bool:
    """Whether a definite adjective has the gender of a singular noun: الاتحاد takes العالمي, not القانونية."""
    return noun.endswith("ه") == adjective.endswith("ه") or adjective in _FEMININE_OR_PLURAL


_FEMININE_OR_PLURAL = frozenset(organizations.UNGENDERED)


def _nationality_phrase(context: Context, at: int, head: str) -> int | None:
    """The end after an adjective of nationality that agrees with the head: الجيش اللبناني، القوات الجوية الروسية."""
    norm = context.words.norm
    for end in range(at, min(at + _MOST_ADJECTIVES, len(norm))):
        if not context.joined(end) or not definite(norm[end]):
            return None
        if gazetteer.nationality(norm[end]):
            if not head.endswith("ات") and not _agrees(head, norm[end]):
                return None
            after = end + 1
            return after + (context.joined(after) and norm[after] in _LISTED_ADJECTIVES)
    return None


def _place_or_nation(context: Context, at: int) -> int | None:
    place = context.place_at(at)
    return place.last if place is not None else None


def genitive(context: Context, at: int, head: str) -> int | None:
    """The end of the genitive that begins at this token: construct nouns up to a definite one with its adjectives, or a place."""
    norm = context.words.norm
    for step in range(_LONGEST_CONSTRUCT + 1):
        here = at + step
        if not context.joined(here):
            return None
        place = context.place_at(here)
        if place is not None and norm[here] in _CONSTRUCT and place.last == here + 1:
            place = None  # أمن is a village too
        if place is not None and not (definite(norm[here]) and place.last == here + 1):
            if not step and head in _DISTRICTS:
                return None
            end = adjectives(context, place.last, 1)
            works_in = context.joined(end) and norm[end].startswith("لل") and "ا" + norm[end][1:] in _FIELDS
            return adjectives(context, end + 1, 1) if works_in else end
        if norm[here] in _PATRONYMS and context.joined(here + 1):
            return here + 2
        if definite(norm[here]):
            if norm[here] in _GENERIC or (not step and _SINGLE_TITLES.get(norm[here], "occupation") != "occupation"):
                return None
            return _rest_of_name(context, here + 1, head)
        if not _constructs(norm[here], step):
            return None
    return None


@lru_cache(maxsize=1 << 15)
def _constructs(norm: str, step: int) -> bool:
    """A noun that may stand in the construct: a listed one, an action noun (تنظيم), or, joined by و, another such."""
    if norm in _CONSTRUCT or norm in organizations.HEADS:
        return True
    if step and norm.startswith("و"):
        return _constructs(norm[1:], 0)
    return len(norm) == 5 and norm[0] == "ت" and norm[3] == "ي"  # noqa: PLR2004 - the pattern تفعيل


_PATRONYMS = frozenset(("ابن", "ابو", "ابي", "ام"))  # مستشفى ابن سينا
_DISTRICTS = frozenset(organizations.DISTRICTS)


def _rest_of_name(context: Context, at: int, head: str) -> int:
    """After a definite noun: its adjectives, then another field joined by "and", then what the body is for."""
    norm = context.words.norm
    end = _joined_fields(context, adjectives(context, at, _MOST_ADJECTIVES), norm[at - 1] in _FIELDS)
    if head in _PURPOSEFUL:
        end = _with_purpose(context, end)
    return end


_PURPOSEFUL = frozenset(organizations.PURPOSEFUL)


def adjectives(context: Context, at: int, most: int) -> int:
    """The end of a run of at most `most` definite adjectives."""
    norm = context.words.norm
    end = at
    while end - at < most and context.joined(end) and _adjective(norm[end]):
        end += 1
    return end


def _joined_fields(context: Context, at: int, field: bool) -> int:
    """The end after more fields joined by "and": الصحة + والسكان, or an adjective like the last (الاقتصادية والاجتماعية)."""
    norm, end = context.words.norm, at
    while context.joined(end) and norm[end].startswith("وال") and norm[end][1:] in _FIELDS:
        if not field and not (norm[end].endswith("يه") and norm[end - 1].endswith("يه")):
            break
        end = adjectives(context, end + 1, 1)
    return end


def _with_purpose(context: Context, at: int) -> int:
    """The end after a phrase with لـ, if one follows: "لعلماء المسلمين", "للتعبئة العامة", "لرئيس كازاخستان"."""
    norm = context.words.norm
    if not context.joined(at):
        return at
    word = norm[at]
    if word.startswith("لل") and len(word) > _SHORTEST_DEFINITE and "ا" + word[1:] not in _STOPS:
        end = adjectives(context, at + 1, 2)
        return _joined_fields(context, end, "ا" + word[1:] in _FIELDS)
    if word.startswith("ل") and len(word) >= _SHORTEST_DEFINITE and (word[1:] in _CONSTRUCT or _is_title_head(word[1:])):
        return genitive(context, at + 1, "") or at
    return at


def _listed(context: Context, token: int, cut: Cut) -> list[Phrase]:
    """وزارات الداخلية والاقتصاد الوطني والمالية: the head with its first field, then each further field by itself."""
    words = context.words
    if not context.joined(token + 1) or not definite(words.norm[token + 1]):
        return []
    start = words.offset(token, len(cut.prefix)) if cut.prefix else words.start[token]
    end = adjectives(context, token + 2, 2)
    found = [Phrase(token, end, start, "organization", cut.rest)]
    while context.joined(end) and words.norm[end].startswith("وال") and words.norm[end][1:] in _FIELDS:
        first = end
        end = adjectives(context, first + 1, 2)
        found.append(Phrase(first, end, words.offset(first, 1), "organization", cut.rest))
    return found


# ------------------------------------------------------------------------------------------------------------- titles


@cache
def _titles() -> Phrases[str]:
    return Phrases({**dict.fromkeys(titles.RANKS, "rank"), **titles.OFFICES, **dict.fromkeys(titles.HONORIFICS, "honorific")})


def titles_in(context: Context, named: Mapping[int, Phrase]) -> list[Phrase]:
    """Every title with its complement, up to where a person's name can begin. `named` gives organizations by first token.

    `kind` is "office", "occupation", "honorific" or "rank". Titles that follow at once are one (معالي وزير الصحة الدكتور).
    """
    words = context.words
    known = _titles()
    found: list[Phrase] = []
    done = within = 0  # within: where the organization ends that was last met; الصحفية in الخدمة الصحفية is no title
    for token in sorted({*named, *(i for i, bits in context.opens.items() if bits & TITLE)}):
        if token < done:
            continue
        if token in named:
            within = max(within, named[token].last)
            continue
        match = known.match_at(words, token) if token >= within else None
        if match is None:
            continue
        start, kind, end = _whole(words, token, match.prefix), match.value, match.last
        while True:
            if kind in ("office", "occupation"):
                end = _title_complement(context, end, named)
            following = known.match_at(words, end) if context.joined(end) and context.opens.get(end, 0) & TITLE else None
            if following is None or (following.prefix and following.prefix != "ل"):
                break
            kind, end = following.value, following.last
        found.append(Phrase(token, end, start, kind, match.value))
        done = end
    return found


def _title_complement(context: Context, at: int, named: Mapping[int, Phrase]) -> int:
    norm = context.words.norm
    end = at
    while end - at < _LONGEST_TITLE and context.joined(end):
        if end in named:
            end = named[end].last
        elif norm[end] in _MODIFIERS:
            end += 1
        elif end in context.places and not context.places[end].prefix.startswith(("و", "ف", "ب", "ك")):
            place = context.places[end]
            if gazetteer.is_ambiguous(place.value) and not definite(norm[end]):
                break
            end = place.last
        elif _in_title(norm[end]):
            end += 1
        else:
            break
    return end


@lru_cache(maxsize=1 << 15)
def _in_title(norm: str) -> bool:
    """A word of a title's complement: definite, in the construct, of a nationality, or joined by و or ل to such."""
    if norm in _STOPS:
        return norm in ("العام", "الخاص", "الخاصه", "المحليه", "الحالي", "السابق")
    if norm.startswith("ال"):
        return len(norm) >= _SHORTEST_DEFINITE and not _is_title_head(norm)
    if norm in _CONSTRUCT or norm in organizations.HEADS or norm in _COMPLEMENTS:
        return True
    if norm.startswith("لل") and len(norm) > _SHORTEST_DEFINITE:
        return True
    if norm[:1] in ("و", "ل") and len(norm) >= _SHORTEST_DEFINITE:
        rest = norm[1:]
        return rest in _CONSTRUCT or rest in organizations.HEADS or rest in _FIELDS or rest in _COMPLEMENTS
    return False


_COMPLEMENTS = frozenset(titles.COMPLEMENTS)


@cache
def outlet_names() -> Phrases[str]:
    """Agencies and outlets by name."""
    return Phrases({**outlets.OUTLETS, **outlets.AGENCIES})


def quoted(words: Words, token: int) -> tuple[int, int] | None:
    """The tokens of a short quotation that opens at this token, both marks left out: قناة "خبر 24"."""
    if token >= len(words) or words.norm[token] not in _QUOTES:
        return None
    for last in range(token + 1, min(token + 2 + _MOST_QUOTED, len(words))):
        if words.norm[last] in _QUOTES:
            return (token + 1, last) if last > token + 1 else None
        if words.newline[last] or (words.kind[last] == PUNCTUATION and words.norm[last] not in "-."):
            return None
    return None
