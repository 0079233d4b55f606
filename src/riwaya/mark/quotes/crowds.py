"""Demands of crowds: "تظاهرات للمطالبة بـ", "المحتجون مطالبين بـ". Who demands stands before the word, often far before it."""

from __future__ import annotations

from riwaya.mark.quotes.cues import Cue, known
from riwaya.mark.quotes.phrases import ARTICLE, from_mention, phrase_at, vocabulary
from riwaya.mark.quotes.view import Phrase, View
from riwaya.settings.mark import MARK

_PRESENT = ("ي", "ت")  # how a verb in the present begins
_SHORTEST_VERB = 4  # letters of a verb in the present
_PLURAL = "ين"
_NOMINATIVE = "ون"


def is_purpose(view: View, cue: Cue) -> bool:
    """Whether a cue is "للمطالبة" or a plural participle (مطالبين) that no comma sets off."""
    if view.norm[cue.token] in known("purposes"):
        return True
    plural = cue.form.tense == "participle" and cue.form.person == "mp" and view.norm[cue.token].endswith(_PLURAL)
    return plural and cue.token > view.begins[cue.token] and view.is_word(cue.token - 1)


def crowd_of(view: View, token: int) -> Phrase | None:
    """The last people in the plural before this token, as far back as `quote_gap_words`: "المتظاهرون", "الأهالي"."""
    for at in range(token - 1, max(0, token - MARK.quote_gap_words) - 1, -1):
        word = view.norm[at]
        if view.inside[at] is None and _are_many(word):
            phrase = phrase_at(view, at, view.limits[at])
            return None if phrase is None else _without_object(view, phrase)
    return None


def _without_object(view: View, phrase: Phrase) -> Phrase:
    """A definite plural without a definite noun that is no adjective of it: "قطع العمال | الطريق"."""
    second = phrase.first + 1
    if phrase.last <= second or phrase.kind == "person" or not view.norm[second].startswith(ARTICLE):
        return phrase
    agrees = view.norm[second].endswith((_NOMINATIVE, _PLURAL, "ي", "يه", "ه"))
    return phrase if agrees else phrase._replace(last=second, end=view.ends[phrase.first])


def _are_many(word: str) -> bool:
    """Whether a folded word is a definite nominative plural (المتظاهرون) or a known plural (الأهالي)."""
    plural = word.startswith(ARTICLE) and word.endswith(_NOMINATIVE) and word not in known("not_many")
    return word in known("people") or plural


def are_people(view: View, phrase: Phrase) -> bool:
    """Whether a phrase names several people, rather than a body: "شهود عيان", "عدد من الخبراء"."""
    word = view.norm[phrase.first]
    return word in known("people") or word.endswith(_NOMINATIVE) or word in vocabulary().quantities


def crowd_before(view: View, token: int) -> Phrase | None:
    """Who gathered: the nearest crowd or gathering before this token in its sentence, else the subject of the last verb."""
    begin = max(view.begins[token], token - MARK.quote_gap_words)
    for at in range(token - 1, begin - 1, -1):
        word = view.norm[at]
        joined = word[:1] == "و" and word[1:] in known("crowds")
        if view.inside[at] is None and (word in known("crowds") or joined):
            start = view.doc.words.offset(at, 1) if joined else None
            phrase = phrase_at(view, at, token, start=start)
            if phrase is not None:
                return phrase
    for at in range(token - 2, begin - 1, -1):
        word = view.norm[at]
        verb = word[:1] in _PRESENT and len(word) >= _SHORTEST_VERB and view.inside[at] is None and view.is_word(at)
        mention = view.mention_at.get(at + 1)
        if verb and mention is not None and mention.kind != "place" and mention.start == view.starts[at + 1]:
            return from_mention(view, mention, token)
        if verb and view.norm[at + 1].startswith(ARTICLE) and word not in vocabulary().stops:
            return phrase_at(view, at + 1, token)
    return None
