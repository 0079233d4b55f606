"""The links of transmission: agencies, documents and offices named beside a quote."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import outlets, speech
from riwaya.arabic.normalize import fold
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.words import iter_norms
from riwaya.mark.quotes.cues import COMMAS, PRONOUNS, Cue, known
from riwaya.mark.quotes.phrases import ARTICLE, phrase_at, vocabulary
from riwaya.mark.quotes.subjects import past_titles
from riwaya.mark.quotes.verbs import forms
from riwaya.mark.quotes.view import Phrase, View
from riwaya.model import Link, LinkRole
from riwaya.settings.mark import MARK

_BEFORE_DOCUMENT = frozenset(("في", "وفي", "عبر", "علي", "ضمن", "خلال", "بحسب"))
_AS = frozenset(("كما",))
_ON_AIR = {"علي": ("قناه", "فضاييه", "شاشه", "اذاعه", "موقع"), "عبر": ("قناه", "فضاييه", "شاشه", "اذاعه")}  # "على قناة النور"
_TOLD = frozenset(("ل", "مع", "الي"))


class Attribution(NamedTuple):
    """بحسب, وفقا لـ and their like: tokens [first:last), who is named, and whether it opens its sentence.

    `source` is None where a pronoun stands for the last speaker ("وفقا له").
    """

    first: int
    last: int
    source: Phrase | None
    opens: bool


@cache
def _heads() -> Phrases[str]:
    table = dict.fromkeys(speech.OFFICES, "office") | dict.fromkeys(speech.OUTLETS, "agency")
    return Phrases(table | dict.fromkeys((*outlets.AGENCIES, *outlets.OUTLETS), "agency"))


@cache
def _attributions() -> Phrases[str]:
    return Phrases({k: v or "-" for k, v in speech.ATTRIBUTIONS.items()} | dict.fromkeys(speech.OWN_ATTRIBUTIONS, "own"))


def link_of(view: View, phrase: Phrase, role: LinkRole | None = None) -> Link:
    """A phrase as a link; its role follows from its first words where it is not given."""
    return Link(role or role_of(view, phrase), view.text(phrase.start, phrase.end), None, view.doc.span(phrase.start, phrase.end))


def role_of(view: View, phrase: Phrase) -> LinkRole:
    """Agency for an outlet or agency, document for a document, office for a press office, relay for anybody else."""
    if phrase.kind == "document":
        return "document"
    if phrase.kind == "outlet":
        return "agency"
    match = _heads().match_at(view.doc.words, phrase.first)
    if match is not None and match.last <= max(phrase.last, match.first + 1):
        return "agency" if match.value == "agency" else "office"
    return "relay"


def documents_between(view: View, first: int, last: int) -> list[Phrase]:
    """The documents and outlets named between the verb and its content: "في بيان", "على موقعها", "لصحيفة ..."."""
    found: list[Phrase] = []
    norm = view.norm
    at = first
    while at < last:
        phrase = _document(view, at, last) or _told(view, at, last)
        if phrase is not None:
            found.append(phrase)
            at = phrase.last
        else:
            at += 1
    own = _own_names(view.doc.article.outlet or "")
    return [p for p in found if p.kind == "document" or tuple(_plain(norm[p.first : p.last])) not in own]


@cache
def _own_names(outlet: str) -> frozenset[tuple[str, ...]]:
    """The words of the outlet's name; where it is given as a host or a handle, those of the names known for it."""
    named = [name for latin, name in outlets.LATIN.items() if latin.replace(" ", "") in outlet.lower()]
    plain = (tuple(_plain(list(iter_norms(name)))) for name in (outlet, *named))
    return frozenset(words for words in plain if words)


def _plain(norms: list[str]) -> list[str]:
    """The words of a name without the head that says what it is (صحيفة) and without articles."""
    return [word.removeprefix(ARTICLE) for word in norms if word.removeprefix("ل") not in vocabulary().name_heads]


def _document(view: View, at: int, last: int) -> Phrase | None:
    """A document at this token, governed by في, عبر, على or a ب written onto it."""
    words = vocabulary()
    norm = view.norm
    if norm[at] in words.documents and at > 0 and norm[at - 1] in _BEFORE_DOCUMENT:
        end = at + 1
        while end < last and norm[end].startswith(ARTICLE) and norm[at].endswith(("ه", "ها", "هم")) and view.inside[end] is None:
            end += 1
        return Phrase(at, end, view.starts[at], view.ends[end - 1], "document", "m")
    if norm[at][:1] == "ب" and norm[at][1:] in words.documents and norm[at] not in words.documents:
        return Phrase(at, at + 1, view.doc.words.offset(at, 1), view.ends[at], "document", "m")
    return None


def _told(view: View, at: int, last: int) -> Phrase | None:
    """The outlet that somebody spoke to: "لصحيفة الوطن", "مع قناة العربية", "لـ«رويترز»"."""
    norm = view.norm
    word = norm[at]
    if at + 1 < last and norm[at + (word in _TOLD)].removeprefix("ل") == "وسايل":
        return None  # told to the press at large
    on_air = at + 1 < last and norm[at + 1] in _ON_AIR.get(word, ())
    if (word in _TOLD or word in known("carrying") or on_air) and at + 1 < last:
        if word in _TOLD and (dotted := _initials(view, at + 1, last)) is not None:
            return dotted
        pair = view.opening.get(at + 1)
        if pair is not None and pair.closed and word == "ل" and pair.last - pair.first <= MARK.quote_name_words:
            return Phrase(pair.first, pair.last, view.starts[pair.first], view.ends[pair.last - 1], "outlet", "f")
        match = _heads().match_at(view.doc.words, at + 1)
        if match is not None and match.value == "agency" and not match.prefix:
            return _to_comma(view, phrase_at(view, at + 1, last))
        return None
    if word[:1] in ("ل", "ب"):
        match = _heads().match_at(view.doc.words, at)
        if match is not None and match.value == "agency" and match.prefix == word[:1]:
            mention = view.mention_at.get(at)
            if mention is not None:
                return Phrase(at, mention.last, mention.start, mention.end, "outlet", "f")
            return phrase_at(view, at, last, start=match.start)
    return None


def _to_comma(view: View, phrase: Phrase | None) -> Phrase | None:
    """A phrase up to its first comma: who is named after "على قناة النور،" is no part of the channel's name."""
    if phrase is None:
        return None
    comma = next((k for k in range(phrase.first, phrase.last) if view.norm[k] in COMMAS), phrase.last)
    return phrase._replace(last=comma, end=view.ends[comma - 1]) if phrase.first < comma < phrase.last else phrase


def _initials(view: View, at: int, last: int) -> Phrase | None:
    """Initials with dots between them, as one name: بي.بي.سي."""
    end = at + 1
    while end + 1 < last and view.norm[end] == "." and view.starts[end] == view.ends[end - 1] and view.is_word(end + 1):
        end += 2
    if end == at + 1:
        return None
    return Phrase(at, end, view.starts[at], view.ends[end - 1], "outlet", "f")


def opening_documents(view: View, cue: Cue) -> list[Phrase]:
    """Documents and outlets at the head of the sentence, before the verb: "وفي تصريح لوكالة النور، قال"."""
    begin = view.begins[cue.token]
    first = cue.token
    while first > begin and cue.token - first < MARK.quote_phrase_words and not _finite(view.norm[first - 1]):
        first -= 1
    if first != begin:
        return []
    if not any(view.norm[k] in COMMAS for k in range(begin, cue.token)):
        return [p for at in range(begin, cue.token) if (p := _document(view, at, cue.token)) is not None]
    return documents_between(view, begin, cue.token)


def _finite(norm: str) -> bool:
    """Whether a word can be a verb of speech rather than only its noun (تصريح)."""
    return any(form.tense != "noun" for form in forms().get(norm, ()))


def owner(view: View, document: Phrase, limit: int) -> Phrase | None:
    """Whose document it is: "بيان الوزارة", "بيان صدر عن الكرملين", "بيان للوزارة"."""
    at = document.first + 1
    if at >= limit:
        return None
    issued = _issued().match_at(view.doc.words, at)
    if issued is not None:
        return phrase_at(view, issued.last, limit)
    norm = view.norm
    if not norm[document.first].startswith(ARTICLE):
        mention = view.mention_at.get(at)
        if mention is not None and mention.kind != "place" and mention.start == view.starts[at]:
            return phrase_at(view, at, limit)
        if norm[at].startswith(ARTICLE) and norm[at] in vocabulary().sources:
            return phrase_at(view, at, limit)
        if norm[at] in vocabulary().sources:
            return phrase_at(view, at, limit)
    for cut in cuts(norm[at])[1:]:
        if cut.prefix == "ل" and (cut.rest in vocabulary().sources or view.mention_at.get(at) is not None):
            mention = view.mention_at.get(at)
            start = mention.start if mention is not None else view.doc.words.offset(at, 1)
            if norm[at].startswith("لل"):
                start = view.starts[at]  # "للوزارة" holds its own article, "لوزارة" would be no word of the text
            last = mention.last if mention is not None else at + 1
            return Phrase(at, last, start, view.ends[last - 1], mention.kind if mention else "", "")
    return None


@cache
def _standalone() -> frozenset[str]:
    return frozenset(speech.STANDALONE)


def stands_alone(view: View, document: Phrase) -> bool:
    """Whether a document that names no owner speaks for itself (التقرير), rather than for the last speaker (البيان)."""
    return view.norm[document.first] in _standalone()


@cache
def _issued() -> Phrases[bool]:
    return Phrases(dict.fromkeys((p for p in speech.ISSUED if len(p) > 1), True))


def attributions(view: View) -> list[Attribution]:
    """Every بحسب, وفقا لـ, نقلا عن that names somebody who can speak."""
    found: list[Attribution] = []
    phrases = _attributions()
    firsts = _first_words()
    for token, word in enumerate(view.norm):
        if word not in firsts or view.inside[token] is not None:
            continue
        match = phrases.match_at(view.doc.words, token)
        if match is None:
            match_last, value = _with_li(view, token) if word not in _AS else _as_said(view, token)
        else:
            match_last, value = match.last, match.value
        if value == "as":
            match_last = match_last + 1 if match_last < len(view.norm) and view.norm[match_last] in _as_forms() else 0
        if match_last == 0 or match_last >= view.limits[token] + (value == "own"):
            continue
        opens = token == view.begins[token] or (token == view.begins[token] + 1 and not view.is_word(token - 1))
        if value == "own":
            found.append(Attribution(token, match_last, None, opens))
            continue
        source = _source(view, match_last, view.limits[token], value == "ما")
        if source is not None:
            found.append(Attribution(token, source.last, source, opens))
    return found


@cache
def _first_words() -> frozenset[str]:
    firsts = _AS | {phrase.split(" ")[0] for phrase in (*speech.ATTRIBUTIONS, *speech.OWN_ATTRIBUTIONS)}
    return frozenset(firsts | {"و" + first for first in firsts})


@cache
def _as_forms() -> frozenset[str]:
    """The verbs of "كما أفادت", past and present, with no و before them."""
    lemmas = {fold(lemma) for lemma in speech.AS_VERBS}
    return frozenset(
        written
        for written, readings in forms().items()
        for form in readings
        if form.tense in ("past", "present") and not form.prefix and fold(form.verb.lemma) in lemmas
    )


def _as_said(view: View, token: int) -> tuple[int, str]:
    """"كما أفادت الشرطة" at the end of a clause: where the speaker begins. What goes on with أن is speech of its own."""
    if token + 2 >= view.limits[token] or view.norm[token + 1] not in _as_forms():
        return 0, ""
    source = phrase_at(view, token + 2, view.limits[token])
    if source is None or (token and view.is_word(token - 1)):
        return 0, ""
    after = past_titles(view, source, view.limits[token])
    ends = after >= view.limits[token] or (not view.is_word(after) and view.norm[after] not in ":\"«“(")
    ends = ends or view.norm[after] in PRONOUNS  # "كما أوضح الطبيب الذي عالجه"
    return (token + 2, "") if ends else (0, "")


def _with_li(view: View, token: int) -> tuple[int, str]:
    """وفقا / طبقا with ل written onto the next word: the phrase ends before that word's rest."""
    word = view.norm[token]
    if word.removeprefix("و") in ("وفقا", "طبقا", "فقا") and token + 1 < len(view.norm) and view.norm[token + 1][:1] == "ل":
        following = view.norm[token + 1]
        if following in ("له", "لها", "لهم"):
            return token + 2, "own"
        return token + 1, "ما" if following == "لما" else "ل"
    return 0, ""


def _source(view: View, at: int, limit: int, through_verb: bool) -> Phrase | None:
    """Who is named after an attribution; what is no speaker (القانون, الاتفاق) is passed over."""
    norm = view.norm
    if through_verb:
        at += norm[at] in ("ما", "لما")
        verb = next((k for k in range(at, min(limit, at + 2)) if norm[k] in forms() or norm[k][:-1] in forms()), None)
        if verb is None:
            return None
        at = verb + 1
        while at < limit and norm[at] in ("عنه", "عنها", "به", "في", "اليه"):
            at += 1
    while at < limit and norm[at] in COMMAS:
        at += 1
    if at >= limit:
        return None
    pair = view.opening.get(at)
    if pair is not None and pair.closed and pair.last - pair.first <= MARK.quote_name_words:
        return Phrase(pair.first, pair.last, view.starts[pair.first], view.ends[pair.last - 1], "organization", "f")
    if norm[at][:1] == "ل" and view.mention_at.get(at) is None:
        for cut in cuts(norm[at])[1:]:
            known = cut.rest in vocabulary().sources or cut.rest in vocabulary().documents
            if cut.prefix == "ل" and (known or _heads().match_at(view.doc.words, at) is not None):
                return phrase_at(view, at, limit, start=view.doc.words.offset(at, 1))
        return None
    phrase = phrase_at(view, at, limit)
    if phrase is None:
        return None
    head = norm[at]
    known_speaker = phrase.kind in ("person", "organization", "document") or head in vocabulary().sources
    return phrase if known_speaker or _heads().match_at(view.doc.words, at) is not None else None


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links without repetition, in order."""
    seen: set[object] = set()
    kept = []
    for link in links:
        key = link.span or link.name
        if key not in seen:
            seen.add(key)
            kept.append(link)
    return tuple(kept)
