"""The tagger's names, mended where its training text could not teach it: edges, clitics, titles and nouns taken in."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import name_heads, not_names, organizations, speech, titles
from riwaya.arabic.words import NUMBER, PUNCTUATION, WORD, Words
from riwaya.mark.names.candidates import is_adjective, is_doubtful
from riwaya.mark.names.clitic_start import reading
from riwaya.mark.names.evidence import Evidence
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.grammar import HEAD, SITE, Phrase, adjectives, definite
from riwaya.mark.names.mention import TAGGER, Mention, offset_after
from riwaya.mark.names.tagger import Tagged, model
from riwaya.model import NameKind
from riwaya.settings.mark import MARK

_CLOSING = frozenset(("الله", "الدين"))  # second halves of a bound name: عبد الله, نور الدين
_BINDING = frozenset(titles.BINDING) - _CLOSING
_BREAKERS = frozenset(not_names.BREAKERS)
_NONE = {
    "person": frozenset(not_names.PERSONS),
    "place": frozenset(not_names.PLACES),
    "organization": frozenset(not_names.ORGANIZATIONS),
}
_ADJECTIVES = frozenset(organizations.ADJECTIVES)
_COMMON = frozenset(organizations.COMMON)
_FULL_NAME = 2  # words
_MOST_PARTS = 4  # of a person's name that goes on into unknown words
_CLOSERS = frozenset("،:")
_CLOSED = ([")"], ["\""], ["”"], ["»"])
_SHORTEST_NISBA = 5  # letters: ال, two of the stem and ي
_OPENERS = frozenset("وفبلك")
_PEOPLES = ("يون", "يين")  # اقتصاديون
_LETTERS = frozenset(name_heads.LETTERS)


def from_tagger(evidence: Evidence, tagged: list[Tagged]) -> Iterator[Mention]:
    """One mention for each name that the tagger finds and that stands the checks."""
    words = evidence.words
    title_at = {t.first: t for t in evidence.titles}
    after_title = {t.last for t in evidence.titles}
    outlets = {m.first for m in evidence.outlets}
    bare = {words.norm[i] for t in tagged for i in range(t.first + 1, t.last)}
    bare |= {words.norm[t.first] for t in tagged if words.norm[t.first][0] not in _OPENERS}
    for tag in _split(evidence, tagged, bare):
        kind = tag.kind
        first, last = _edges(evidence, tag)
        if kind == "person":
            first = _back_to_title(evidence, first, after_title)
            first, last = _person(evidence, first, last, title_at, titled=first in after_title)
            last = next((i for i in range(first, last) if i in outlets and words.norm[i][0] in _OPENERS), last)
            place = evidence.context.places.get(first)
            if place is not None and place.last == last > first + 1 and first not in after_title:
                continue  # نور سلطان alone is the city
        elif kind == "organization" and last > first:
            last = _organization(evidence, first, last)
        elif last - first == 1 and (is_adjective(words, first, last, words.norm[first]) or _is_plain_nisba(words.norm[first])):
            continue
        if last - first == 1 and (_is_make(words, first) or (kind == "person" and words.norm[first].endswith(_PEOPLES))):
            continue
        if last - first == 1 and (_is_none(words.norm[first], kind) or (kind == "person" and first in title_at)):
            continue
        if last <= first or (kind != "place" and last - first == 1 and gazetteer.nationality(words.norm[first])):
            continue  # الروس: a people
        cut = reading(words.norm[first], kind, bare)
        start = offset_after(words, first, cut.prefix)
        score = 1 / (1 + exp(-tag.margin / MARK.name_certain))
        yield Mention(first, last, start, words.end[last - 1], kind, TAGGER, score, (f"tagger {tag.margin:.1f}",))


def _is_none(norm: str, kind: NameKind) -> bool:
    """A listed word that is no such name, or (للشيعة) one with a proclitic; a letter by itself is no organization (أس-400)."""
    if kind == "organization" and norm in _LETTERS:
        return True
    return any(cut.rest in _NONE[kind] for cut in cuts(norm))


def _indefinite_nisba(norm: str) -> bool:
    """An adjective in -ي or -ية, known to the news with the article too: شيعي, حدودية."""
    ranks = Lookups.shipped().ranks
    long = len(norm) >= _SHORTEST_NISBA - 1 and not norm.startswith("ال")
    return long and norm.endswith(("ي", "يه")) and norm in ranks and "ال" + norm in ranks


def _is_plain_nisba(norm: str) -> bool:
    return _indefinite_nisba(norm) and model().lean(norm, "place") < MARK.place_lean


def _is_make(words: Words, token: int) -> bool:
    """إيل-476: a few letters and a number are a make, not a name."""
    number = token + 2
    if number >= len(words) or words.norm[token + 1] != "-" or words.kind[number] != NUMBER:
        return False
    return len(words.norm[token]) < _SHORTEST_NISBA - 1 and words.start[number] - words.end[token + 1] <= 1


def _back_to_title(evidence: Evidence, first: int, after_title: set[int]) -> int:
    """Where a name begins whose first word, rare in news, the tagger has left to the title: الرئيس + آصف + علي زرداري."""
    norm, context = evidence.words.norm, evidence.context
    at = first - 1
    if at > 0 and norm[at] == "علي" and context.joined(first):
        at -= 1
    if first in after_title or at not in after_title or not context.joined(at + 1):
        return first
    word = norm[at]
    rare = Lookups.shipped().ranks.get(word, MARK.rare_rank + 1) > MARK.rare_rank
    plain = word.isalpha() and not word.startswith("ال") and not reading(word, "person", ()).prefix
    return at if rare and plain and not gazetteer.nationality(word) else first


def _split(evidence: Evidence, tagged: list[Tagged], bare: set[str]) -> Iterator[Tagged]:
    """بوتين وباشينيان are two persons: a person's name is cut before a word that is و and a name."""
    norm = evidence.words.norm
    for tag in tagged:
        first = tag.first
        if tag.kind == "person":
            for token in range(tag.first + 1, tag.last):
                if not norm[token].startswith("و") or norm[token - 1] in _BINDING:
                    continue
                if reading(norm[token], "person", bare - {norm[token]}).prefix:
                    yield Tagged(first, token, tag.kind, tag.margin)
                    first = token
        yield tag if first == tag.first else Tagged(first, tag.last, tag.kind, tag.margin)


def _edges(evidence: Evidence, tag: Tagged) -> tuple[int, int]:
    words, first, last = evidence.words, tag.first, tag.last
    while first < last and words.kind[first] == PUNCTUATION:
        first += 1
    last = next((i for i in range(first, last) if words.norm[i] in "،؛;:" or _breaks(words, i)), last)
    while last > first and words.kind[last - 1] == PUNCTUATION:
        last -= 1
    if tag.kind != "organization":  # its names are made of ordinary words
        titled = tag.kind == "person" and any(t.last == first for t in evidence.titles)
        rare = Lookups.shipped().ranks.get(words.norm[first], MARK.rare_rank + 1) > MARK.rare_rank if first < last else False
        while last > first + 1 and not (titled and rare) and _stray(words.norm[first], tag.kind):
            first += 1
        strays = (i for i in range(first + 1, last) if _stray(words.norm[i], tag.kind))
        last = next((i for i in strays if not _framed(words.norm, i, last, tag.kind)), last)
    return (first, last) if any(words.kind[i] == WORD and len(words.norm[i]) > 1 for i in range(first, last)) else (first, first)


def _framed(norm: list[str], token: int, last: int, kind: str) -> bool:
    """A word too rare to be judged, before one that is rather a name: راسل in جون راسل هاوسر; or the given name علي."""
    rare = norm[token] == "علي" or Lookups.shipped().ranks.get(norm[token], MARK.strange_rank + 1) > MARK.strange_rank
    after = norm[token + 1] if token + 1 < len(norm) else ""
    inside = token + 1 < last or (after.isalpha() and after not in Lookups.shipped().ranks)  # the tagger may have stopped short
    return rare and inside and model().lean(after, kind) > MARK.person_lean


def _breaks(words: Words, token: int) -> bool:
    """A prayer or clause begins (رحمه الله), or an accusative that its ending shows is no name (قائلاً)."""
    norm = words.norm[token]
    if norm == "طيب":
        return words.norm[token + 1 : token + 2] == ["الله"]  # طيب الله ثراه, not رجب طيب أردوغان
    return norm in _BREAKERS or "ً" in words.text[words.start[token] : words.end[token]]


def _stray(norm: str, kind: str) -> bool:
    """A word of the news that no such name has, with or without a proclitic: صلى, يسيطر, بوفد."""
    if norm in _BINDING or norm in _CLOSING:
        return False
    ranks = Lookups.shipped().ranks
    if norm in ranks:
        return _with_particle(norm, kind) or model().lean(norm, kind) < MARK.stray_lean
    if norm.startswith("بال") and norm[1:] in ranks:
        return True  # بالتغريد
    return any(cut.rest in ranks and model().lean(cut.rest, kind) < MARK.stray_lean for cut in cuts(norm)[1:])


def _with_particle(norm: str, kind: str) -> bool:
    """بمسدس, a rare form of ب and a noun; بشار and لافروف are no such forms."""
    ranks = Lookups.shipped().ranks
    rest = ranks.get(norm[1:], 0)
    if norm[0] not in "بل" or len(norm) < _SHORTEST_NISBA or not rest or ranks[norm] <= MARK.strange_rank:
        return False
    return rest < ranks[norm] and model().lean(norm[1:], kind) < MARK.person_lean


def _person(
    evidence: Evidence, first: int, last: int, title_at: dict[int, Phrase], *, titled: bool
) -> tuple[int, int]:
    """Cut where a title or "in such a place" begins; take in a given name علي before and a family name in -ي after."""
    context, words = evidence.context, evidence.words
    norm = words.norm
    while last - first > titled and norm[first].startswith("ال") and gazetteer.nationality(norm[first]):
        first += 1  # الرئيس الكازاخستاني قاسم ..., but السيد المصري
    if first == last:
        return first, first
    if last - first > 1 and context.opens.get(first, 0) & (SITE | HEAD) and model().lean(norm[first], "person") < MARK.name_lean:
        return first, first  # جسر الحلفايا
    while last - first > 1 and not titled and _says(norm[first]):
        first += 1  # أوعز + سمايلوف
    place = context.place_at(first)
    if place is not None and place.last == first + 1 and last - first > _FULL_NAME and not is_doubtful(evidence.words, place):
        first += 1  # محاكم صفاقس مراد التركي
    for token in range(first + 1, last):
        title = title_at.get(token)
        place = context.places.get(token)
        office = title is not None and title.last > last and title.kind == "office"
        if office or (place is not None and place.prefix in ("ب", "ل")):
            last = token
            break
    if first and norm[first - 1] == "علي" and context.joined(first) and _is_ali(evidence, first - 1):
        first -= 1
    if last - first == 1 and first > 1 and context.joined(first) and _unknown_given(norm, first - 1):
        first -= 1
    if last - first == 1 and context.joined(last) and last not in title_at and _surname(norm[last]):
        last += titled or _closes(evidence, first, last)
    while context.joined(last) and last > first and _goes_on(norm, first, last):
        last += 1
    if last > first + 1 and context.joined(last) and norm[last] == "عشر" and norm[last - 1].startswith("ال"):
        last += 1  # بنديكتوس السادس عشر
    while last > first and norm[last - 1] in _BINDING:
        last -= 1
    return first, last


def _says(norm: str) -> bool:
    """A verb of saying, with or without a conjunction, that no one is called by."""
    verb = any(cut.rest in speech.VERBS or cut.rest in speech.ORDER_VERBS for cut in cuts(norm) if cut.prefix in ("", "و", "ف"))
    return verb and model().lean(norm, "person") < MARK.name_lean


def _closes(evidence: Evidence, first: int, last: int) -> bool:
    """محمد الفقيه: a given name and a definite word with a comma or colon right after it."""
    norm = evidence.words.norm
    after = norm[last + 1] if last + 1 < len(norm) else ""
    return model().lean(norm[first], "person") > MARK.name_lean and norm[last].startswith("ال") and after in _CLOSERS


def _surname(norm: str) -> bool:
    """After a title and a given name: a definite word that is no adjective (أحمد الشرع), or one that is rather a name."""
    if not norm.startswith("ال"):
        return model().lean(norm, "person") > MARK.person_lean and not reading(norm, "person", ()).prefix
    return definite(norm) and norm not in _ADJECTIVES and not gazetteer.nationality(norm) and not norm.endswith(("يه", "ات"))


def _unknown_given(norms: list[str], token: int) -> bool:
    """A word that the news hardly knows, alone between a comma and a tagged family name: "...، فكتور ماركوفتش،"."""
    norm = norms[token]
    known = norm in Lookups.shipped().ranks or any(cut.rest in Lookups.shipped().ranks for cut in cuts(norm)[1:])
    return norms[token - 1] == "،" and norm.isalpha() and not norm.startswith("ال") and not known


def _is_ali(evidence: Evidence, token: int) -> bool:
    """علي after a title and before a name is a given name; elsewhere it may be the preposition, written على or علي."""
    return any(title.last == token for title in evidence.titles)


def _goes_on(norms: list[str], first: int, last: int) -> bool:
    """Whether the word after a person's name belongs to it: after عبد or بن; a word that only names can be; a name in -ي."""
    norm = norms[last]
    if norms[last - 1] in _BINDING:
        return norm.isalpha()
    if norm.startswith("ال"):
        return _family_name(norm, norms, first, last)
    ranks = Lookups.shipped().ranks
    if norm in ranks and last - first < _MOST_PARTS and not reading(norm, "person", ()).prefix:
        return model().lean(norm, "person") > MARK.name_lean
    unknown = norm.isalpha() and not norm.isascii() and all(cut.rest not in ranks for cut in cuts(norm))
    return unknown and norm[0] not in "وي" and last - first < _MOST_PARTS and model().lean(norm, "person") > MARK.person_lean


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
    if last - first > 1 and all(_indefinite_nisba(word) for word in norm[first + 1 : last]):
        return first  # حزب شيعي محلي
    if all(word.removeprefix("و") in _NONE["organization"] for word in norm[first:last]):
        return first  # الحكومة والبرلمان
    heads = [cut.rest for cut in cuts(norm[first]) if cut.rest in organizations.HEADS]
    if heads and (last - first == 1 or (not definite(norm[first + 1]) and norm[first + 1] in Lookups.shipped().ranks
                                        and model().lean(norm[first + 1], "organization") < 0)):  # fmt: skip
        return first
    place = evidence.context.place_at(last)
    if place is not None and heads and not definite(norm[last - 1]) and evidence.context.joined(last):
        return place.last
    if norm[last - 1] in _LETTERS and norm[last : last + 1] == ["في"] and norm[last + 1 : last + 2] in _CLOSED:
        return last + 1  # (جيو تي في)
    if last - first > 1 and definite(norm[last - 1]) and evidence.context.joined(last) and norm[last].endswith(("ي", "يه")):
        return adjectives(evidence.context, last, 1)
    return last
