"""Every reading of some words as a name, by whatever gives it: gazetteer, lists, grammar, quotation marks, titles."""

from __future__ import annotations

from collections.abc import Iterator

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import name_heads, not_names, organizations, outlets, places, titles
from riwaya.arabic.phrases import Match
from riwaya.arabic.words import NUMBER, PUNCTUATION, WORD, Words
from riwaya.mark.names.evidence import Evidence
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.grammar import (
    COMPASS,
    FACILITIES,
    HEAD,
    MEDIA_HEADS,
    NAMED_BY_NOUN,
    SITE,
    SITES,
    Phrase,
    adjectives,
    definite,
    quoted,
)
from riwaya.mark.names.mention import GAZETTEER, GRAMMAR, GUESS, LIST, NAMED, Mention, offset_after
from riwaya.mark.names.tagger import Tagged, model
from riwaya.settings.mark import MARK

_BINDING = frozenset(titles.BINDING)
_BOUND = frozenset(("عبد", "ذو", "ابو", "بن", "ابن"))  # the next word, whatever it is, belongs to the name
_GIVEN_NAMES = frozenset(name_heads.TITLES_AS_NAMES)
_ADDRESSES = frozenset(titles.HONORIFICS)
_MOST_GUESSED = 4  # words of a name that only its title shows


def from_gazetteer(evidence: Evidence, tagged: list[Tagged]) -> Iterator[Mention]:
    """Places of the gazetteer. A name that is also an ordinary word needs the tagger's word or a word such as مدينة before it."""
    words = evidence.words
    said = {(t.first, t.last) for t in tagged if t.kind == "place"}
    for match in evidence.context.places.values():
        if match.value in _NOT_PLACES or is_adjective(words, match.first, match.last, match.value) or _is_counted(words, match):
            continue
        doubtful = is_doubtful(words, match)
        if doubtful and (match.first, match.last) not in said and not _announced(words, match.first, match.prefix):
            continue
        start = offset_after(words, match.first, match.prefix)
        yield Mention(match.first, match.last, start, match.end, "place", GAZETTEER, 0.7 if doubtful else 0.95, ("gazetteer",))


_NOT_PLACES = frozenset(not_names.PLACES)


def is_doubtful(words: Words, match: Match[str]) -> bool:
    """Whether a place's name is rather an ordinary word: the gazetteer says so, or the word's company in news does.

    >>> # النيل and جدة keep company with places; المنشأة and زوار, villages both, do not
    """
    if gazetteer.is_ambiguous(match.value):
        return True
    if match.last - match.first > 1:
        return False
    ranks = Lookups.shipped().ranks
    whole = ranks.get(words.norm[match.first])
    rest = ranks.get(match.value)
    if match.prefix and whole is not None and (rest is None or whole < rest):
        return True  # وزيرا is a minister, not و + زيرا
    return rest is not None and model().lean(match.value, "place") < MARK.place_lean


def is_adjective(words: Words, first: int, last: int, key: str) -> bool:
    """السعودية after a definite noun is an adjective (الجهود السعودية), else the country."""
    if last - first > 1 or not key.endswith("يه") or not first or words.newline[first]:
        return False
    if not gazetteer.nationality(key) and not (key.startswith("ال") and model().lean(key, "place") < MARK.name_lean):
        return False
    before = words.norm[first - 1]
    return any(cut.rest.startswith("ال") for cut in cuts(before))


_NUMBER_WORDS = frozenset(("الف", "الاف", "مليون", "ملايين", "مليار", "مليارات", "ميه", "ميات"))


def _is_counted(words: Words, match: Match[str]) -> bool:
    """A unit after a number (9 ريال), not a place."""
    if match.first == 0 or match.prefix or match.last - match.first > 1:
        return False
    return words.kind[match.first - 1] == NUMBER or words.norm[match.first - 1] in _NUMBER_WORDS


_ANNOUNCERS = frozenset((*places.TRIGGERS, "مطار", "جزيره", "مركز"))


def _announced(words: Words, token: int, prefix: str) -> bool:
    if prefix or not token or words.newline[token]:
        return False
    if not any(cut.rest in _ANNOUNCERS for cut in cuts(words.norm[token - 1])):
        return False
    norm = words.norm[token]  # منطقة السوق, ولاية حدودية: a word of the news
    if norm not in Lookups.shipped().ranks:
        return True
    ordinary = norm.startswith("ال") or norm.endswith("يه")
    return model().lean(norm, "place") > (MARK.person_lean if ordinary else MARK.stray_lean)


def from_grammar(evidence: Evidence) -> Iterator[Mention]:
    """Organizations that their own words show."""
    words = evidence.words
    for phrase in evidence.organizations:
        place = evidence.context.place_at(phrase.last - 1)
        if phrase.last - phrase.first == 2 and place and not definite(words.norm[place.first]) and is_doubtful(words, place):  # noqa: PLR2004
            city = evidence.context.place_at(phrase.last) if words.norm[place.first] in places.TRIGGERS else None
            if city is None:
                continue  # مجموعة جديدة
            phrase = phrase._replace(last=city.last)  # noqa: PLW2901 - شرطة مدينة لافاييت
        weight = LIST if phrase.head == "phrase" else GRAMMAR
        end = words.end[phrase.last - 1]
        yield Mention(phrase.first, phrase.last, phrase.start, end, "organization", weight, 0.9, (f"head {phrase.head}",))


_ACRONYM = range(2, 8)  # letters


def short_forms(found: list[Mention], words: Words) -> Iterator[Mention]:
    """A Latin acronym after an organization ("CSTO", "(CSTO)"); one strange word in brackets after any name (إيغاد، حميدتي)."""
    for mention in found:
        at = mention.last
        bracket = at < len(words) and words.norm[at] == "("
        at += bracket
        if mention.kind == "place" or at >= len(words) or words.kind[at] != WORD:
            continue
        text = words.text[words.start[at] : words.end[at]]
        latin = mention.kind == "organization" and text.isascii() and text.isupper() and len(text) in _ACRONYM
        closed = bracket and at + 1 < len(words) and words.norm[at + 1] == ")"
        if latin or (closed and _strange(words.norm[at], mention.kind)):
            yield Mention(at, at + 1, words.start[at], words.end[at], mention.kind, LIST, 0.85, ("short form",))


def _strange(norm: str, kind: str) -> bool:
    if norm.isascii() or norm.startswith("ال") or gazetteer.nationality(norm) or gazetteer.lookup(norm):
        return False
    return norm not in Lookups.shipped().ranks or model().lean(norm, kind) > MARK.name_lean


_DOUBTFUL = frozenset(outlets.DOUBTFUL)


def from_outlets(evidence: Evidence) -> Iterator[Mention]:
    """Agencies and outlets by name; one that is an ordinary word needs وكالة or the like before it."""
    words = evidence.words
    for match in evidence.outlets:
        norms = words.norm[match.first : match.last]
        doubtful = any(" ".join((cut.rest, *norms[1:])) in _DOUBTFUL for cut in cuts(norms[0]))
        if doubtful and not _as_outlet(words, match.first):
            continue
        start = offset_after(words, match.first, match.prefix)
        yield Mention(match.first, match.last, start, match.end, "organization", LIST, 0.9, ("outlet",))


def _as_outlet(words: Words, token: int) -> bool:
    before = token - 1
    if before >= 0 and words.kind[before] == PUNCTUATION:
        before -= 1
    return before >= 0 and any(cut.rest in MEDIA_HEADS for cut in cuts(words.norm[before]))


def from_quotation(evidence: Evidence) -> Iterator[Mention]:
    """A name in quotation marks after a head: قناة "خبر 24" names the inside, قوات «معاهدة الأمن» the whole."""
    words = evidence.words
    for token, bits in evidence.context.opens.items():
        if not bits & HEAD:
            continue
        cut = next(c for c in cuts(words.norm[token]) if c.rest in organizations.HEADS)
        at = token + 1
        while at < len(words) and at < token + 3 and definite(words.norm[at]) and not words.newline[at]:
            at += 1
        inside = quoted(words, at)
        if inside is None:
            continue
        if cut.rest in MEDIA_HEADS or at > token + 1:
            start, first, last = words.start[inside[0]], *inside
        else:
            start, first, last = offset_after(words, token, cut.prefix), token, inside[1] + 1
        yield Mention(first, last, start, words.end[last - 1], "organization", LIST, 0.85, ("quoted",))


_KINDS_OF_AIRPORT = frozenset(("الدولي", "الدوليه", "الجوي", "الجويه"))


def from_facilities(evidence: Evidence) -> Iterator[Mention]:
    """Airports, ports, crossings, squares, and parts of a country: مطار ألما آتا، معبر رفح، ميدان التحرير، غرب كازاخستان."""
    context, words = evidence.context, evidence.words
    for token, bits in context.opens.items():
        if not bits & SITE or not context.joined(token + 1):
            continue
        cut = next(c for c in cuts(words.norm[token]) if c.rest in SITES)
        if cut.rest in COMPASS and token and words.norm[token - 1] in COMPASS:
            continue  # جنوب غرب عمان
        place = context.place_at(token + 1)
        if place is not None and not is_doubtful(words, place):
            end = place.last
            while cut.rest not in COMPASS and context.joined(end) and words.norm[end] in _KINDS_OF_AIRPORT:
                end += 1
        elif cut.rest in NAMED_BY_NOUN and _names_by_noun(words.norm[token + 1]):
            end = adjectives(context, token + 2, 1)
        else:
            continue
        start = offset_after(words, token, cut.prefix)
        yield Mention(token, end, start, words.end[end - 1], "place", LIST, 0.85, (f"place {cut.rest}",))


_NOT_OF_PLACES = frozenset(organizations.GENERIC)


def _names_by_noun(norm: str) -> bool:
    return definite(norm) and norm not in _NOT_OF_PLACES and norm not in _HONOURED and not gazetteer.nationality(norm)


def from_titles(evidence: Evidence, taken: set[int]) -> Iterator[Mention]:
    """Persons that only their title shows: unknown words right after it, where nothing else begins."""
    words = evidence.words
    for title in evidence.titles:
        if (given := _given_name(evidence, title) or _family_name(evidence, title)) is not None:
            yield given
            continue
        at = _past_whereabouts(evidence, title.last) if title.kind == "office" else title.last
        if at < len(words) and words.norm[at] in "،," and title.kind == "office":
            at += 1
        last = at
        while last < len(words) and last - at < _MOST_GUESSED and last not in taken and _unknown(words, last, last > at):
            last += 1
        if last == at and _rare_given(words, at) and not {at, at + 1} & taken:
            last = at + 2
        while last > at and words.norm[last - 1] in _BINDING and words.norm[last - 1] not in ("الله", "الدين"):
            last -= 1
        if last > at and last - at > (title.kind == "occupation" or words.norm[at] == "علي"):
            yield Mention(at, last, words.start[at], words.end[last - 1], "person", GUESS, 0.6, (f"after {title.head}",))


def _given_name(evidence: Evidence, title: Phrase) -> Mention | None:
    """الدكتور مساعد العيبان: a rank or office that after a form of address is a given name, with its family name."""
    words, norm = evidence.words, evidence.words.norm
    for at in range(max(title.first + 1, title.last - 2), title.last):  # the family name may lie in the title
        family = at + 1
        addressed = norm[at] in _GIVEN_NAMES and norm[at - 1] in _ADDRESSES
        if addressed and evidence.context.joined(family) and definite(norm[family]):
            return Mention(at, family + 1, words.start[at], words.end[family], "person", NAMED, 0.7, (f"after {title.head}",))
    return None


def _family_name(evidence: Evidence, title: Phrase) -> Mention | None:
    """الوزير الراوي: a definite office whose one other word, read as its adjective, is rather a family name."""
    words, at = evidence.words, title.last - 1
    norm = words.norm[at]
    if title.kind != "office" or at != title.first + 1 or not definite(norm) or at in evidence.context.places:
        return None
    if not words.text.startswith("ال", title.start):
        return None
    if gazetteer.nationality(norm) or model().lean(norm, "person") <= MARK.definite_lean:
        return None
    return Mention(at, title.last, words.start[at], words.end[at], "person", GUESS, 0.6, (f"after {title.head}",))


def _past_whereabouts(evidence: Evidence, at: int) -> int:
    """Past the place where an office is held: السفير الإيراني بالكويت، حاكم إقليم "بلوشستان"."""
    context, words = evidence.context, evidence.words
    place = context.places.get(at)
    if place is not None and place.prefix == "ب" and context.joined(at):
        return place.last
    if words.norm[at - 1] in places.TRIGGERS and (inside := quoted(words, at)) is not None:
        place = context.place_at(inside[0])
        return inside[1] + 1 if place is not None and place.last == inside[1] else at
    return at


def _unknown(words: Words, token: int, going_on: bool) -> bool:
    """A word that after a title is a name: one that news does not know, or knows from names."""
    norm = words.norm[token]
    if words.kind[token] != WORD or words.newline[token] or len(norm) < 2:  # noqa: PLR2004 - one letter is no name
        return False
    if norm in _BINDING or (norm == "علي" and not going_on) or (going_on and words.norm[token - 1] in _BOUND):
        return True
    if "ً" in words.text[words.start[token] : words.end[token]]:
        return False  # قائلاً
    if not norm.isalpha() or norm.isascii():
        return False
    if definite(norm) and not going_on:  # الوزير السابق، الوزير الراوي
        return model().lean(norm, "person") > MARK.definite_lean
    if model().lean(norm, "person") > MARK.person_lean:
        return True
    ranks = Lookups.shipped().ranks
    return all(cut.rest not in ranks for cut in cuts(norm))


def _rare_given(words: Words, token: int) -> bool:
    """A word right after a title, rare in news, before one that is rather a name: الكولونيل مقبول أحمد."""
    if token + 1 >= len(words) or words.newline[token] or words.newline[token + 1] or words.kind[token + 1] != WORD:
        return False
    norm = words.norm[token]
    rare = Lookups.shipped().ranks.get(norm, 0) > MARK.rare_rank and norm.isalpha() and not norm.startswith("ال")
    return rare and model().lean(words.norm[token + 1], "person") > MARK.name_lean and not gazetteer.nationality(norm)


def heads_with_names(evidence: Evidence, found: list[Mention]) -> Iterator[Mention]:
    """Heads joined with the name that follows at once: شركة سيمنز، نادي الزمالك، جامعة الملك سعود، شارع الملك فهد."""
    context, words = evidence.context, evidence.words
    at: dict[int, Mention] = {}
    for mention in sorted(found, key=lambda m: m.last):
        if mention.start == words.start[mention.first]:
            at[mention.first] = mention
    for token, bits in context.opens.items():
        if not bits & (SITE | HEAD) or not context.joined(token + 1):
            continue
        norm = words.norm[token]
        honoured = words.norm[token + 1] in _HONOURED and context.joined(token + 2)
        follower = at.get(token + 1 + honoured)
        if follower is None or (honoured and follower.kind != "person"):
            continue
        facility = next((c for c in cuts(norm) if c.rest in FACILITIES or c.rest in NAMED_BY_NOUN), None)
        if facility is not None and follower.kind != "organization":
            start = offset_after(words, token, facility.prefix)
            weight = NAMED if follower.kind == "person" else LIST
            yield Mention(token, follower.last, start, follower.end, "place", weight, 0.8, (f"place {facility.rest}",))
            continue
        cut = next((c for c in cuts(norm) if c.rest in organizations.HEADS), None)
        if cut is None or cut.rest in MEDIA_HEADS or cut.rest in _NEVER_WITH_NAMES:
            continue
        if honoured or organizations.HEADS[cut.rest] == "proper" or cut.rest in _NAMED_AFTER:
            start = offset_after(words, token, cut.prefix)
            weight = NAMED if follower.kind == "person" else GRAMMAR
            yield Mention(token, follower.last, start, follower.end, "organization", weight, 0.8, (f"head {cut.rest}",))


_NAMED_AFTER = frozenset(organizations.NAMED_AFTER)
_HONOURED = frozenset(titles.HONOURED)
_NEVER_WITH_NAMES = frozenset(organizations.NEVER_WITH_NAMES)
