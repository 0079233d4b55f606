"""Where what is said ends: the sentence, the closing mark, or the clause in which the reporter speaks again."""

from __future__ import annotations

from collections.abc import Container
from functools import cache

from riwaya.arabic.lexicon import speech
from riwaya.arabic.phrases import Phrases
from riwaya.mark.quotes.crowds import is_purpose
from riwaya.mark.quotes.cues import COMMAS, Cue, known
from riwaya.mark.quotes.frames import participles
from riwaya.mark.quotes.marks import MARKS
from riwaya.mark.quotes.phrases import vocabulary
from riwaya.mark.quotes.verbs import forms
from riwaya.mark.quotes.view import View
from riwaya.settings.mark import MARK

_TRAILING = frozenset(".،,؛;:-–—…!؟?|_")
_AFTER = frozenset(("بعد", "عقب", "اثر"))
_CONTRASTING = frozenset(("بينما", "فيما", "وفيما", "حين", "بعدما", "في"))
_LONE = frozenset(("و", "ف"))
_JOINING = frozenset(("كما", "فيما", "بينما"))  # before a verb of speech: "... كما انتقدت"
_MEANWHILE = frozenset(("فيما", "بينما", "كما"))
_ASIDE = frozenset("-–—()")
_SHORTEST_VERB = 5  # letters of و and a past verb with its ت: "وأغلقت"


@cache
def _hard() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.HARD_BREAKERS, True), clitics=False)


@cache
def _occasions() -> Phrases[bool]:
    """What a comma opens after content: True in content of any kind, False only after a noun phrase."""
    return Phrases(dict.fromkeys(speech.NOUN_OCCASIONS, False) | dict.fromkeys(speech.OCCASIONS, True), clitics=False)


@cache
def _said_again() -> frozenset[str]:
    """وقال, وأضاف: after a comma nothing else, whatever follows."""
    plain = (written for written, readings in forms().items() for form in readings if form.prefix and form.tense == "past"
             and form.verb.lemma in known("continuing") | {"قال"} and "weak" not in form.verb.takes)  # fmt: skip
    return frozenset(plain)


@cache
def _explaining() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.EXPLAINING, True), clitics=False)


@cache
def _concerning() -> frozenset[str]:
    return frozenset(speech.CONCERNING)


@cache
def _deeds() -> frozenset[str]:
    return frozenset(speech.DEEDS)


def cut_points(view: View, cues: list[Cue]) -> frozenset[int]:
    """The tokens at which a reporter takes up again: participles of speech (مضيفا أن) and joined verbs (وأضاف)."""
    joined = (
        cue.token
        for cue in cues
        if (cue.form.tense == "participle" and not is_purpose(view, cue)) or (cue.form.prefix and cue.form.tense == "past")
    )
    said = view.norm
    main = (cue.token for cue in cues if _is_main(view, cue))
    told = (t for t, word in enumerate(said) if t and said[t - 1] in COMMAS and word in _said_again())
    after = (cue.token - 1 for cue in cues if cue.form.tense == "noun" and view.norm[cue.token - 1] in _AFTER)
    again = (cue.token - 1 for cue in cues if cue.token and view.norm[cue.token - 1] in _JOINING)
    return participles(view).union(joined, after, again, told, main)


def _is_main(view: View, cue: Cue) -> bool:
    """Whether a verb is that of the main clause: "وبينما قالت ... إن ...، أكد الوزير أن". A comma, no و, its own subject."""
    if cue.form.tense != "past" or cue.form.prefix or not cue.subjects or cue.how != "that":
        return False
    begin = view.begins[cue.token]
    opens = view.norm[begin].removeprefix("و") in _CONTRASTING
    return opens and cue.token > begin and view.norm[cue.token - 1] in COMMAS


def _comma_ends(view: View, at: int, limit: int, *, noun: bool) -> bool:
    """Whether the word after a comma belongs to the reporter again: "، فيما", "، في تصريحات ...", "، وأغلقت"."""
    word = view.norm[at]
    following = view.norm[at + 1] if at + 1 < limit else ""
    if word in known("breakers"):
        return not (word == "فيما" and following in _concerning()) and not _still_said(view, at, limit, noun=noun)
    if word in known("coming_breakers"):
        return following not in vocabulary().prepositions
    match = _occasions().match_at(view.doc.words, at) if word in _occasions() else None
    if match is not None and (match.value or noun):
        return True
    if not noun:
        return False
    if word[0] == "و" and any(f.tense == "present" and f.prefix and "weak" not in f.verb.takes for f in forms().get(word, ())):
        return True  # "أعلنت الوزارة عن الاستقدام ...، وتدعو المستفيدين إلى"
    written = view.text(view.starts[at], view.ends[at])
    past = len(word) >= _SHORTEST_VERB and word[0] == "و" and written.endswith("ت") and word[-2] not in "ايو"
    return word in known("noun_breakers") or word in _deeds() or past


def _still_said(view: View, at: int, limit: int, *, noun: bool) -> bool:
    """Whether "كما", "فيما", "بينما", "في حين" go on with what is said: a clause so far, no verb of speech follows soon."""
    word = view.norm[at]
    if noun or not (word in _MEANWHILE or (word == "في" and at + 1 < limit and view.norm[at + 1] == "حين")):
        return False
    table = forms()
    for k in range(at + 1, min(limit, at + 1 + MARK.quote_preposition_words)):
        if view.norm[k] in COMMAS:
            break
        if any(form.tense in ("past", "present") and "blame" not in form.verb.takes for form in table.get(view.norm[k], ())):
            return False
    return True


def is_aside(view: View, at: int, last: int) -> bool:
    """Whether the tokens [at:last), such as "على حد وصفه", stand between dashes or in brackets, and what is said goes on."""
    return at > 0 and last < len(view.norm) and view.norm[at - 1] in _ASIDE and view.norm[last] in _ASIDE


def content_end(view: View, first: int, limit: int, cuts: Container[int], *, noun: bool = False) -> int:
    """The token, exclusive, at which indirect content that begins at `first` ends.

    `noun`: the content is a noun phrase, which the next deed told ("، وأمر بإلغاء") is no part of.
    """
    norm = view.norm
    hard = _hard()
    explaining = _explaining()
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
            if norm[at - 1] in COMMAS and _comma_ends(view, at, limit, noun=noun):
                break
            if noun and word in explaining and explaining.match_at(view.doc.words, at) is not None:
                break
            match = hard.match_at(view.doc.words, at) if word in hard and not goes_on else None
            if match is not None and not is_aside(view, at, match.last) and not _still_said(view, at, limit, noun=noun):
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
