"""Who speaks where the verb does not say it: the phrase before the verb, the speaker before, the subject of the sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from riwaya.arabic.lexicon import speech
from riwaya.arabic.normalize import fold
from riwaya.arabic.words import NUMBER
from riwaya.mark.quotes.cues import COMMAS, PRONOUNS, Cue, known
from riwaya.mark.quotes.phrases import ARTICLE, from_mention, phrase_at, phrase_before, vocabulary
from riwaya.mark.quotes.view import Phrase, View
from riwaya.settings.mark import MARK

_SKIPPED = frozenset(("قد", "فقد", "وقد", "لقد"))
_PARTICLES = frozenset(("كان", "كانت", "لكن", "فيما", "بينما"))
_NOTIFYING = frozenset(("افاد", "افادت", "يفيد", "تفيد"))
_ONE = ("احد", "احدي")
_LATTER = frozenset(("الاخير", "الاخيره"))


@dataclass(slots=True)
class Memory:
    """The speakers so far, the last one last, each with the gender of the verb it took."""

    said: list[tuple[Phrase, str, int, bool]] = field(default_factory=list)

    def add(self, phrase: Phrase, gender: str, begin: int, *, many: bool) -> None:
        """Remember a speaker; `begin` is where its sentence begins, `many` whether a plural verb may be told of it."""
        self.said.append((phrase, phrase.gender or gender, begin, many))

    def since(self) -> int:
        """Where the sentence of the last speaker begins; -1 before anybody spoke."""
        return self.said[-1][2] if self.said else -1

    def last(self, gender: str = "", begin: int | None = None, *, many: bool = False) -> Phrase | None:
        """The last speaker that agrees in gender, in the sentence that begins at `begin` if given; `many`: no single person."""
        for phrase, shown, sentence, several in reversed(self.said[-MARK.quote_memory :]):
            if begin is not None and sentence != begin:
                return None
            if many and not several:
                continue  # "وناشدوا": not one man
            if not gender or not shown or gender == shown:
                return phrase
        return None


def may_be_many(view: View, phrases: tuple[Phrase, ...]) -> bool:
    """Whether a plural verb may be told of these: several, a body, or people; not one man, not "one of the ..."."""
    if len(phrases) != 1:
        return len(phrases) > 1
    head = view.norm[phrases[0].first]
    return phrases[0].kind != "person" and head not in vocabulary().title_heads and not head.startswith(_ONE)


def gender_needed(cue: Cue) -> str:
    """The gender that the verb asks of its subject: "m", "f", or "" for plurals, where it does not matter."""
    return cue.form.person if cue.form.person in ("m", "f") else ""


def before_verb(view: View, cue: Cue) -> tuple[Phrase, ...]:
    """The subject that stands before the verb: "وزير الدفاع الروسي، أعلن أن", "الرئيس الذي قال إن"."""
    begin = view.begins[cue.token]
    around = view.pair_around(cue.token) if view.pairs else None
    if around is not None:
        begin = max(begin, around.first)
    at = cue.token - 1
    words = vocabulary()
    skipped = _SKIPPED | COMMAS | words.passing
    while at >= begin and view.norm[at] in skipped and view.inside[at] is None:
        at -= 1
    if at < begin:
        return ()
    relative = view.norm[at] in PRONOUNS
    if relative:
        at -= 1
        if at >= begin and view.norm[at] in COMMAS:
            at -= 1
        mention = view.mention_end.get(at + 1)
        if mention is not None:
            return (from_mention(view, mention, mention.last),)
    phrase = phrase_before(view, at + 1, begin)
    if relative and phrase is not None:
        phrase = _antecedent(view, phrase)
    if phrase is None or not (can_speak(view, phrase) if relative else _opens_clause(view, cue, phrase, begin)):
        return _after_relative(view, cue, begin) or _after_particle(view, cue, begin)
    if cue.form.person == "md":
        split = _split(view, phrase)
        if split:
            return split
    gender = gender_needed(cue)
    either = phrase.kind == "person" or (phrase.kind == "place" and phrase.first == begin)  # "السودان ترحب"
    if gender and phrase.gender and gender != phrase.gender and not either:
        return ()
    return (phrase,)


def _antecedent(view: View, phrase: Phrase) -> Phrase:
    """What الذي refers to, without the nouns before it: "بإعلان | الرئيس الذي قال"."""
    words = vocabulary()
    for token in range(phrase.first, phrase.last):
        mention = view.mention_at.get(token)
        if view.norm[token] in words.sources or (mention is not None and mention.start == view.starts[token]):
            return phrase._replace(first=token, start=view.starts[token])
    return phrase


def _after_relative(view: View, cue: Cue, begin: int) -> tuple[Phrase, ...]:
    """The subject at the head of the sentence, a relative clause between commas after it: "نجل القتيل، الذي حضر أمس، قال إنه"."""
    if view.norm[cue.token - 1] not in COMMAS or cue.how not in ("that", "colon", "quote"):
        return ()
    phrase = phrase_at(view, begin, cue.token)
    if phrase is None or not can_speak(view, phrase) or phrase.last + 1 >= cue.token:
        return ()
    if view.norm[phrase.last] not in COMMAS or view.norm[phrase.last + 1] not in PRONOUNS:
        return ()
    gender = gender_needed(cue)
    return () if gender and phrase.gender and gender != phrase.gender else (phrase,)


def _after_particle(view: View, cue: Cue, begin: int) -> tuple[Phrase, ...]:
    """The subject after كان or لكن, with more than a noun phrase up to the verb: "وكانت الصحيفة القريبة من ... قالت"."""
    if view.norm[begin].removeprefix("و") not in _PARTICLES or cue.how not in ("that", "colon", "quote"):
        return ()
    phrase = phrase_at(view, begin + 1, cue.token)
    if phrase is None or not can_speak(view, phrase) or cue.token - phrase.last > MARK.quote_gap_words:
        return ()
    gender = gender_needed(cue)
    return () if gender and phrase.gender and gender != phrase.gender else (phrase,)


def _opens_clause(view: View, cue: Cue, phrase: Phrase, begin: int) -> bool:
    """Whether a clause begins with this phrase, and its head can name somebody."""
    words = vocabulary()
    norm = view.norm
    if phrase.first > begin:
        before = norm[phrase.first - 1]
        particle = before in words.stops and before not in words.prepositions and before not in words.passing
        if not particle and (view.is_word(phrase.first - 1) or view.kinds[phrase.first - 1] == NUMBER):
            return False
    heads_sentence = phrase.first == begin or view.norm[phrase.first - 1].removeprefix("و") in _PARTICLES
    if heads_sentence and cue.how == "that" and cue.form.tense == "past" and "weak" not in cue.form.verb.takes:
        return True
    return can_speak(view, phrase)


def can_speak(view: View, phrase: Phrase) -> bool:
    """Whether the words of a phrase name or describe somebody."""
    words = vocabulary()
    norm = view.norm
    if any(view.inside[t] is not None for t in range(phrase.first, phrase.last)):
        return True
    head = norm[phrase.first]
    start = view.text(phrase.start, view.ends[phrase.first])
    speakers = words.sources | frozenset(speech.RELATIVES)
    return head in speakers or fold(start) in speakers or head.startswith(ARTICLE)


def _split(view: View, phrase: Phrase) -> tuple[Phrase, ...]:
    """Two names that و joins, as two phrases."""
    inside = (view.mention_at.get(t) for t in range(phrase.first, phrase.last))
    mentions = [m for m in inside if m is not None and m.last <= phrase.last]
    if len(mentions) < 2:  # noqa: PLR2004 - the dual
        return ()
    return tuple(from_mention(view, mention, phrase.last) for mention in mentions)


def of_sentence(view: View, token: int, gender: str = "", *, many: bool = False) -> Phrase | None:
    """The first person or organization (for a feminine verb also a place) of the sentence before this token."""
    words = vocabulary()
    begin = view.begins[token]
    for at in range(begin, min(token, begin + MARK.quote_gap_words)):
        mention = view.mention_at.get(at)
        if mention is None and view.inside[at] is None and view.norm[at] in words.plain_sources and at > begin:
            phrase = phrase_at(view, at, token) if view.norm[at - 1] not in words.prepositions else None
            if phrase is not None and not (gender and phrase.gender and gender != phrase.gender):
                return phrase
        if mention is None or (mention.kind == "place" and gender != "f") or mention.last > token:
            continue
        if many and mention.kind == "person":
            continue
        if mention.start > view.starts[at] and view.norm[at][:1] not in "وف":
            continue
        if view.norm[at].startswith("لل"):
            continue
        if at > view.begins[token] and view.norm[at - 1] in words.prepositions:
            continue
        phrase = from_mention(view, mention, token)
        if gender and phrase.gender and gender != phrase.gender:
            continue
        return phrase
    return None


def told_of_before(view: View, begin: int, since: int, gender: str) -> Phrase | None:
    """The person of whom the sentence before this one tells, if nobody spoke in it: "وتوجه كمال حداد إلى المدينة. وقال:"."""
    first = view.begins[begin - 1] if begin else 0
    if first <= since or first == begin:
        return None
    words = vocabulary()
    for at in range(first, min(begin, first + MARK.quote_shortest_attributed)):
        mention = view.mention_at.get(at)
        if mention is None:
            if view.norm[at] in words.prepositions or not view.is_word(at):
                return None
            phrase = phrase_at(view, at, begin) if view.norm[at] in words.title_heads else None
        else:
            if mention.kind != "person" or mention.start > view.starts[at]:
                return None
            phrase = from_mention(view, mention, begin)
        if phrase is not None:
            agrees = phrase.kind == "person" and not (gender and phrase.gender and gender != phrase.gender)
            return phrase if agrees else None
    return None


def of_notice(view: View, token: int) -> tuple[Phrase, Phrase] | None:
    """The notice before a verb and who gave it: "تلقى المدير بلاغا من سائق، أفاد فيه بـ" gives (بلاغا, سائق)."""
    if view.norm[token] not in _NOTIFYING:
        return None
    for at in range(token - 1, max(view.begins[token], token - MARK.quote_phrase_words) - 1, -1):
        if view.norm[at] in known("notices") and view.norm[at + 1] == "من":
            giver = phrase_at(view, at + 2, token)
            notice = Phrase(at, at + 1, view.starts[at], view.ends[at], "document", "m")
            return (notice, giver) if giver is not None else None
    return None


def of_occasion(view: View, begin: int, token: int) -> Phrase | None:
    """Whose words it was: "جاء ذلك في كلمة للوزير سامي حداد، مؤكدا أن", where the name may have ل written onto it."""
    if begin + 1 >= token or view.norm[begin + 1] not in ("ذلك", "هذا"):
        return None
    for at in range(begin + 2, min(token, begin + 2 + MARK.quote_gap_words)):
        mention = view.mention_at.get(at)
        if mention is not None and mention.kind == "person":
            return from_mention(view, mention, token)
        if view.norm[at] in COMMAS:
            return None
    return None


def is_latter(view: View, phrase: Phrase) -> bool:
    """Whether the subject is only الأخير, "the latter"."""
    return view.norm[phrase.first] in _LATTER


def latter(view: View, token: int) -> Phrase | None:
    """The last person or organization named before this token."""
    for at in range(token - 1, max(view.begins[token], token - MARK.quote_gap_words) - 1, -1):
        mention = view.mention_at.get(at)
        if mention is not None and mention.kind != "place":
            return from_mention(view, mention, token)
    return None
