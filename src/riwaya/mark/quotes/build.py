"""From cues to drafts: where content ends, who speaks, through whom; then fragments, attributions, headlines."""

from __future__ import annotations

from riwaya.arabic.normalize import fold
from riwaya.mark.quotes.crowds import are_people, crowd_before, crowd_of, is_purpose
from riwaya.mark.quotes.cues import COMMAS, PRONOUNS, Cue, known, stands_free
from riwaya.mark.quotes.draft import Draft, Ledger
from riwaya.mark.quotes.ends import content_end, strip_end
from riwaya.mark.quotes.isnad import documents_between, link_of, opening_documents, owner, stands_alone
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.phrases import ARTICLE, phrase_at, vocabulary
from riwaya.mark.quotes.speakers import (
    Memory,
    before_verb,
    can_speak,
    gender_needed,
    is_latter,
    latter,
    may_be_many,
    of_notice,
    of_occasion,
    of_sentence,
    told_of_before,
)
from riwaya.mark.quotes.view import Phrase, View
from riwaya.model import Link
from riwaya.settings.mark import MARK

_THEREIN = frozenset(("فيه", "فيها", "خلاله", "خلالها"))
_MAIN_VERBS = frozenset(("جاء", "وجاء", "ياتي", "وياتي"))  # "جاء ذلك في تصريح ..."


def drafts_of(view: View, cues: list[Cue], cuts: frozenset[int]) -> Ledger:
    """A draft for each cue, in text order, with speakers and relays."""
    found = Ledger(len(view.norm))
    memory = Memory()
    for cue in cues:
        draft = _content(view, cue, cuts)
        if draft is None:
            continue
        draft.outer = found.holder(cue.token)
        if draft.outer is not None:
            noun = cue.form.tense == "noun" and cue.form.person == "any" and cue.how in ("object", "preposition")
            if noun and draft.outer.first == cue.token:
                continue  # "أكد الوزير ترحيب الوزارة ب": said once
            if len(draft.outer.outers()) == MARK.quote_depth:
                continue
            _clip(view, draft)
        if _speakers(view, cue, draft, memory, found):
            found.append(draft)
    return found


def _content(view: View, cue: Cue, cuts: frozenset[int]) -> Draft | None:
    """What is said after a cue: the words in marks, or those up to where the reporter takes up again."""
    limit = view.limits[cue.first] if cue.first < len(view.limits) else 0
    if cue.last:
        limit = min(limit, cue.last)
    if view.limits[cue.token] != view.limits[min(cue.first, len(view.limits) - 1)] and not view.pairs:
        return None
    around = view.pair_around(cue.token) if view.pairs else None
    if around is not None and around.closed:
        limit = min(limit, around.last)
    noun = cue.how in ("preposition", "object")
    pair = cue.pair
    if pair is not None:
        last = _marked_end(view, cue, pair, limit, cuts)
        if last is not None:
            last = strip_end(view, pair.first, last)
            return _draft(view, cue, (pair.first, last), view.starts[pair.first], direct=True)
    first = pair.opening if pair is not None else cue.first
    last = content_end(view, first, limit, cuts, noun=noun)
    at = cue.token
    if "relative" in cue.form.verb.takes or (at > 1 and view.norm[at - 1] in PRONOUNS and view.norm[at - 2] in COMMAS):
        comma = next((t for t in range(first, last) if view.norm[t] in COMMAS), last)
        last = comma if comma > first and _goes_on(view, cue, comma) else last
    start = view.starts[first] if pair is not None else cue.start
    if last <= first or view.ends[last - 1] <= start:
        return None
    return _draft(view, cue, (first, last), start, direct=False)


def _goes_on(view: View, cue: Cue, comma: int) -> bool:
    """Whether the clause around "الذي قال إن ..." takes up again after this comma: it has no verb so far, or أن follows.

    "جاء ذلك في تصريح لناشط، الذي أكد أن ...، لكن ..." has its verb before, and what follows the comma is still said.
    """
    opens = view.norm[view.begins[cue.token]]
    resumes = comma + 1 < len(view.norm) and view.norm[comma + 1] in vocabulary().complementisers
    return resumes or "relative" in cue.form.verb.takes or opens not in _MAIN_VERBS


def _draft(view: View, cue: Cue, tokens: tuple[int, int], start: int, *, direct: bool) -> Draft | None:
    """A draft over these tokens from the offset `start`, unless it holds no word."""
    first, last = tokens
    end = view.ends[last - 1]
    if end <= start or not any(view.is_word(t) for t in range(first, last)):
        return None
    verb = view.doc.words.offset(cue.token, cue.form.prefix) if cue.form.prefix else view.starts[cue.token]
    said = (verb, view.ends[cue.token])
    return Draft(cue.token, said, first, last, start, end, direct, cue.form.verb.stance)


def _marked_end(view: View, cue: Cue, pair: Pair, limit: int, cuts: frozenset[int]) -> int | None:
    """The end of content that is wholly in quotation marks; None where more than the marks hold is said."""
    if not pair.closed:
        return content_end(view, pair.first, min(pair.last, view.limits[pair.first]), cuts)
    whole = content_end(view, pair.opening, max(limit, pair.closing + 1), cuts)
    if whole <= pair.closing + 1:
        return pair.last
    size = pair.last - pair.first
    if cue.how in ("colon", "quote") and size > MARK.quote_name_words:
        return pair.last
    # "أن "..." في البلاد": the marks hold a part only, unless what follows is another clause
    if view.norm[pair.closing + 1] in COMMAS and size > MARK.quote_name_words and view.norm[pair.closing + 2][:1] != "و":
        return pair.last
    return None


def _clip(view: View, draft: Draft) -> None:
    """Keep speech inside speech within the speech that holds it."""
    outer = draft.outer
    if outer is not None and outer.last < draft.last and draft.first < outer.last:
        draft.last = strip_end(view, draft.first, outer.last)
        draft.end = max(view.ends[draft.last - 1], draft.start + 1)


def _speakers(view: View, cue: Cue, draft: Draft, memory: Memory, found: Ledger) -> bool:
    """Settle who speaks and through whom; False where speech inside speech names nobody, which is no quote of its own."""
    if "impersonal" in cue.form.verb.takes:
        return draft.outer is None  # "يقال إن": nobody is named
    phrases = cue.subjects
    if phrases and is_latter(view, phrases[0]):
        named = latter(view, cue.token)
        phrases = (named,) if named is not None else ()
    therein = view.norm[cue.token + 1] in _THEREIN
    if not cue.form.prefix and not therein and cue.form.tense in ("past", "present") and (not phrases or _may_precede(view, cue)):
        phrases = before_verb(view, cue) or phrases
    if not phrases and is_purpose(view, cue):
        crowd = crowd_before(view, cue.token)
        if crowd is None and cue.form.tense == "noun":
            crowd = of_sentence(view, cue.token)
            crowd = crowd if crowd is not None and crowd.kind in ("person", "organization") else None
        phrases = (crowd,) if crowd is not None else ()
    gap = documents_between(view, *cue.gap) if cue.gap[1] > cue.gap[0] else []
    documents = [*opening_documents(view, cue), *gap]
    draft.relays = [link_of(view, p) for p in cue.passed_on] or _same_carrier(view, cue, found)
    if not phrases and (notice := of_notice(view, cue.token)) is not None:
        documents, phrases = [notice[0], *documents], (notice[1],)
    if phrases and phrases[0].kind == "document":
        document = phrases[0]
        draft.relays.append(link_of(view, document._replace(last=document.first + 1, end=view.ends[document.first])))
        whose = owner(view, document, view.limits[document.first])
        if whose is None and not stands_alone(view, document):
            whose = _issuer(view, document, found) or memory.last()
        phrases = (whose,) if whose is not None else (document,)
        if whose is None:
            draft.relays.pop()
    draft.relays += [link_of(view, p) for p in documents]
    present = cue.form.tense == "present"
    if draft.outer is not None and (not phrases or (present and cue.how in ("preposition", "object"))):
        return False  # "إن بلاده ترحب بـ": the outer speaker's own words, said once
    if present and cue.how == "preposition" and phrases and (phrases[0].kind == "document" or not can_speak(view, phrases[0])):
        return False  # "ورد بلاغ يفيد بحدوث", "يشير تعبير ... إلى"
    if not phrases and not cue.form.prefix and _describes(view, cue):
        return False
    if not phrases:
        phrases = _both(cue, found) or _understood(view, cue, memory)
        draft.continued = bool(phrases)
    _carry_on(view, cue, draft, phrases, found)
    draft.speakers = phrases
    if draft.outer is None:
        for phrase in phrases[:1]:
            memory.add(phrase, gender_needed(cue), view.begins[cue.token], many=may_be_many(view, phrases))
    they = cue.form.person == "mp"
    if cue.how not in ("that", "colon"):
        they = they and cue.form.tense == "past" and cue.form.prefix > 0  # "ونددوا ب"
        return bool(phrases) or draft.direct or they or view.norm[cue.token] in known("purposes")
    return bool(phrases) or draft.direct or cue.form.tense != "present" or they


def _issuer(view: View, document: Phrase, found: Ledger) -> Phrase | None:
    """Who was last quoted through a document of that name: "أعلنت الرئاسة في بيان ... وأوضح البيان أن"."""
    word = view.norm[document.first].removeprefix(ARTICLE)
    for draft in reversed(found.drafts[-MARK.quote_memory :]):
        carried = (fold(link.name or "").removeprefix(ARTICLE) for link in draft.relays if link.role == "document")
        if draft.speakers and word in carried:
            return draft.speakers[0]
    return None


def _carry_on(view: View, cue: Cue, draft: Draft, speakers: tuple[Phrase, ...], found: Ledger) -> None:
    """Who passed on what the same speaker said just before also passes on what he goes on with (وأضاف, مشيرا)."""
    before = found.drafts[-1] if found.drafts else None
    goes_on = draft.continued or cue.form.verb.lemma in known("continuing")
    if before is None or not goes_on or draft.relays or draft.outer is not None:
        return
    # who speaks was named in the statement itself, which goes on
    inside = bool(speakers) and draft.continued and before.first <= speakers[0].first < before.last
    if not inside and not _same(view, before.speakers, speakers):
        return
    outer = [link_of(view, d.speakers[0]) for d in reversed(before.outers()) if d.speakers]
    draft.relays = [link for link in (*outer, *before.relays) if link.role in ("document", "agency")]


def _same(view: View, before: tuple[Phrase, ...], now: tuple[Phrase, ...]) -> bool:
    """Whether the first speakers of two drafts are one by their words."""
    if not before or not now:
        return False
    first, second = (set(view.norm[p[0].first : p[0].last]) for p in (before, now))
    return second <= first or first <= second


def _describes(view: View, cue: Cue) -> bool:
    """Whether the verb only tells of a noun that names nobody: "هتافات تطالب برحيل"."""
    if view.norm[cue.token + 1] in _THEREIN:
        return False  # "وألقى كلمة أكد فيها حرص مصر على"
    if cue.form.tense == "present" or (cue.form.tense == "past" and cue.how in ("preposition", "object")):
        return not stands_free(view, cue.token)
    return False


def _same_carrier(view: View, cue: Cue, found: Ledger) -> list[Link]:
    """For "كما نقلت عن فلان قوله" with no subject: the agency that carried or said what stands before."""
    if cue.form.verb.lemma not in known("carriers") or not cue.subjects or view.norm[cue.token + 1] != "عن":
        return []
    if not cue.form.prefix and (before_it := before_verb(view, cue)):
        return [link_of(view, phrase) for phrase in before_it]
    if not found.drafts:
        return []
    for link in found.drafts[-1].relays:
        if link.role == "agency":
            return [link]
    before = found.drafts[-1].speakers
    carrier = link_of(view, before[0]) if before else None
    return [carrier] if carrier is not None and carrier.role == "agency" else []


def _may_precede(view: View, cue: Cue) -> bool:
    """Whether the phrase after the verb may be its object, and its subject stand right before it: "الاتحاد يدعو الشعب إلى"."""
    if cue.token <= view.begins[cue.token]:
        return False
    return "to" in cue.form.verb.takes or (cue.form.tense == "present" and view.is_word(cue.token - 1))


def _both(cue: Cue, found: Ledger) -> tuple[Phrase, ...]:
    """The two who spoke just before, for a verb in the dual: "ندد فلان وفلان ...، وتوعدا"."""
    before = found.drafts[-1].speakers if found.drafts and cue.form.person == "md" else ()
    return before if len(before) > 1 else ()


def _understood(view: View, cue: Cue, memory: Memory) -> tuple[Phrase, ...]:
    """The speaker of a verb without subject: of the sentence so far, or the last speaker."""
    begin = view.begins[cue.token]
    gender = gender_needed(cue)
    many = cue.form.person == "mp" and cue.form.tense != "participle"
    if view.norm[begin] in _MAIN_VERBS and (named := of_occasion(view, begin, cue.token)) is not None:
        return (named,)
    opens = all(not view.is_word(t) for t in range(begin, cue.token))
    if many and not opens and (phrase := crowd_of(view, cue.token)) is not None and phrase.first >= begin:
        return (phrase,)
    if not opens:
        phrase = memory.last(gender, begin, many=many) or of_sentence(view, cue.token, gender, many=many)
        if phrase is not None:
            return (phrase,)
    if many:
        phrase = memory.last(gender, many=True)
        if phrase is None or not are_people(view, phrase):
            phrase = crowd_of(view, cue.token) or phrase
    else:
        phrase = told_of_before(view, begin, memory.since(), gender) or memory.last(gender)
        phrase = crowd_of(view, cue.token) if phrase is None and cue.form.person == "mp" else phrase
    return (phrase,) if phrase is not None else ()


def says_in(view: View, cue_first: int, cue_last: int, memory_phrase: Phrase | None) -> tuple[Phrase | None, list[Link], int]:
    """After "جاء في": the speaker, the document as a link, and the token after the document and its owner."""
    limit = view.limits[cue_first]
    phrase = phrase_at(view, cue_last, limit)
    if phrase is None:
        return None, [], cue_last
    if phrase.kind != "document" and view.norm[cue_last] not in vocabulary().documents:
        return phrase, [], phrase.last
    document = phrase._replace(last=phrase.first + 1, end=view.ends[phrase.first], kind="document")
    whose = owner(view, document, limit)
    last = max(phrase.last, whose.last if whose is not None else 0)
    speaker = whose or (None if stands_alone(view, document) else memory_phrase) or document
    return speaker, [] if speaker is document else [link_of(view, document)], last
