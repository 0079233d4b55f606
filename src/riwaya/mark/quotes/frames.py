"""From a verb of speech to where its content opens: subject, who is addressed, and the أن, colon, mark or preposition that opens it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import speech
from riwaya.arabic.words import NUMBER
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.phrases import ARTICLE, from_mention, is_verbal_noun, joined, phrase_at, vocabulary
from riwaya.mark.quotes.verbs import Form, forms, order_forms
from riwaya.mark.quotes.view import Phrase, View
from riwaya.settings.mark import MARK

How = Literal["that", "colon", "quote", "preposition", "object"]

COMMAS = frozenset("،,")
_PAUSES = frozenset("،,-–—()")
_ENDS = frozenset("؛;?؟!")
_SEPARATE = {"ila": "الي", "an": "عن", "ala": "علي", "min": "من"}
_DAMMA = "\u064f"
_MODAL = frozenset(("ان", "لن", "لم", "كي", "لكي", "الا", "قد", "سوف"))
_RELATIVE = frozenset(("الذي", "التي", "الذين", "اللذان", "من", "ما", "وما", "والذي", "والتي"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb in the text and what was read after it. Content begins at token `first`, offset `start`."""

    token: int
    last: int
    form: Form
    how: How
    first: int
    start: int
    subjects: tuple[Phrase, ...] = ()
    passed_on: tuple[Phrase, ...] = field(default=())  # those between the reader and the speaker: نقلت وكالة X عن ...
    gap: tuple[int, int] = (0, 0)  # the tokens between the verb's subject and the content
    pair: Pair | None = None  # the quotation marks that open the content

    @property
    def stance_class(self) -> str:
        """The stance of its verb."""
        return self.form.verb.stance


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {
        "not_bi": frozenset(speech.NOT_BI),
        "not_li": frozenset(speech.NOT_LI),
        "not_before_that": frozenset(speech.NOT_BEFORE_THAT),
        "breakers": frozenset(b for b in speech.BREAKERS if " " not in b),
        "negations": frozenset(speech.NEGATIONS),
        "name_heads": frozenset(speech.NAME_HEADS),
        "orders": frozenset(speech.ORDERS),
        "said": frozenset(speech.SAID_NOUNS),
        "statement": frozenset(speech.STATEMENT_NOUNS),
        "background": frozenset(("ذكر", "اشار", "لفت", "نوه", "لاحظ", "راي", "نقل")),
        "carriers": frozenset(speech.CARRIERS),
    }


def known(name: str) -> frozenset[str]:
    """One of the lexicon's lists as a set."""
    return _sets()[name]


def can_be_verb(view: View, token: int, form: Form) -> bool:
    """Whether a word that is written like a verb of speech can be one here."""
    if view.inside[token] is not None:
        return False
    text = view.text(view.starts[token], view.ends[token])
    if _DAMMA in text[: form.prefix + 2]:
        return False
    before = view.norm[token - 1] if token > view.begins[token] else ""
    if form.tense == "present" and before in _MODAL:
        return False
    if before in known("negations") and before != "ما" and form.tense in ("present", "past"):
        return False
    if form.prefix:
        return True
    if form.tense == "past" and form.person == "m" and before in vocabulary().prepositions - _RELATIVE:
        return False
    return not (form.tense == "participle" and before in vocabulary().prepositions)


def is_background(view: View, token: int, form: Form) -> bool:
    """Whether this is "يُذكر أن", "يُشار إلى أن": the outlet recalls something, nobody says it."""
    if form.tense != "present" or form.verb.lemma not in known("background") or token + 1 >= view.limits[token]:
        return False
    follows = view.norm[token + 1] in vocabulary().complementisers or view.norm[token + 1] == "الي"
    opens = token == view.begins[token] or form.prefix > 0 or not view.is_word(token - 1)
    return follows and opens


def read_cues(view: View) -> list[Cue]:
    """Every verb of speech whose content was found, in text order."""
    table, orders = forms(), order_forms()
    found: list[Cue] = []
    for token, word in enumerate(view.norm):
        readings = table.get(word)
        order = orders.get(word)
        if readings is None and order is None:
            continue
        cue = None
        if order is not None and can_be_verb(view, token, order):
            cue = _read_order(view, token, order)
        for form in readings or ():
            if cue is not None:
                break
            if can_be_verb(view, token, form) and not is_background(view, token, form):
                cue = read_cue(view, token, form)
        if cue is not None:
            found.append(cue)
    return found


def _read_order(view: View, token: int, form: Form) -> Cue | None:
    """أصدر فلان تعليماته لوزارة الاقتصاد بصياغة ...: only with the noun of the order after the verb."""
    limit = _limit(view, token)
    for at in range(token + 1, min(limit, token + 1 + MARK.quote_phrase_words)):
        if view.norm[at] in known("orders"):
            subject = _subject(view, token, form, token + 1, at)[0]
            pair = view.opening.get(at - 1)
            if pair is not None and pair.closed:
                said = Cue(token, token + 1, form, "quote", pair.first, view.starts[pair.first], pair=pair)
                return _with_subject(view, said, subject, token + 1)
            cue = _open(view, token, form, at + 1, limit)
            if cue is not None:
                return _with_subject(view, cue, subject, token + 1)
            return None
    return None


def _limit(view: View, token: int) -> int:
    """The token where content after this one must end: its sentence, or the marks around it."""
    limit = view.limits[token]
    around = view.pair_around(token) if view.pairs else None
    return min(limit, around.last) if around is not None and around.closed else limit


def read_cue(view: View, token: int, form: Form) -> Cue | None:
    """What this verb opens, or None where nothing is said."""
    limit = _limit(view, token)
    after = token + 1
    subject, at = _subject(view, token, form, after, limit)
    if subject is None and ((form.tense == "noun" and form.person == "any") or "relative" in form.verb.takes):
        return None
    if form.verb.lemma in known("carriers"):
        carried = _carried(view, token, form, subject, at, limit)
        if carried is not None:
            return carried
    cue = _open(view, token, form, at, limit)
    if cue is None and subject is not None and subject.kind == "" and form.verb.takes & {"any", "bare"}:
        # what looked like the subject was the object: "ونفى الأنباء التي ..."
        cue, subject = _object(view, token, form, after, limit), None
    return None if cue is None else _with_subject(view, cue, subject, after)


def _with_subject(view: View, cue: Cue, subject: Phrase | None, after: int) -> Cue:
    """The cue with its subject: the one found, else a name that no preposition governs before the content."""
    end = cue.pair.opening if cue.pair is not None else cue.first
    if subject is None and cue.form.tense in ("past", "present"):
        for token in range(after, end):
            mention = view.mention_at.get(token)
            if mention is None or mention.kind == "place" or mention.start != view.starts[token] or mention.last > end:
                continue
            before = view.norm[token - 1]
            if before in vocabulary().prepositions or before in vocabulary().documents or (token > after and before.startswith(ARTICLE)):
                continue
            if "to" in cue.form.verb.takes and cue.form.prefix:
                continue
            phrase = from_mention(view, mention, end)
            if _fits(view, cue.form, phrase):
                subject = phrase
                break
    if subject is None:
        return _gap(cue, after, end)
    if cue.how == "that" and subject.last < end:
        subject = _stretched(view, subject, end)
    others = joined(view, subject, end)
    last = others[-1].last if others else subject.last
    cue = Cue(cue.token, cue.last, cue.form, cue.how, cue.first, cue.start, (subject, *others), cue.passed_on, (last, end), cue.pair)
    return cue


def _gap(cue: Cue, after: int, end: int) -> Cue:
    return Cue(cue.token, cue.last, cue.form, cue.how, cue.first, cue.start, cue.subjects, cue.passed_on, (after, end), cue.pair)


def _stretched(view: View, subject: Phrase, end: int) -> Phrase:
    """A subject with the plain words up to أن joined: names that nobody knew ("وزير الصناعة كايربيك أوسكينباييف إن")."""
    stop = end - 1
    while stop > subject.last and (view.norm[stop - 1] in COMMAS or view.norm[stop - 1] in vocabulary().complementisers):
        stop -= 1
    rest = range(subject.last, stop)
    if not 0 < len(rest) <= MARK.quote_stretch_words:
        return subject
    words = vocabulary()
    if any(not view.is_word(t) or view.norm[t] in words.stops or view.norm[t] in words.passing for t in rest):
        return subject
    if any(view.norm[t][0] in "بل" and view.inside[t] is None and len(view.norm[t]) > 4 for t in rest):  # noqa: PLR2004 - a clitic needs a word
        return subject
    return subject._replace(last=stop, end=view.ends[stop - 1])


def _carried(view: View, token: int, form: Form, carrier: Phrase | None, at: int, limit: int) -> Cue | None:
    """نقلت وكالة X عن Y قوله إن ...: who carries it, whose words they are, and where they begin."""
    norm = view.norm
    stop = min(limit, at + MARK.quote_gap_words)
    via = next((k for k in range(at, stop) if norm[k] in ("عن", "الي") and view.inside[k] is None), None)
    if via is None or any(norm[k] in vocabulary().complementisers or norm[k] == ":" for k in range(at, via)):
        return None
    source = phrase_at(view, via + 1, limit)
    if source is None:
        return None
    passed = [carrier] if carrier is not None else []
    after = source.last
    for k in range(after, min(limit, after + MARK.quote_phrase_words)):
        if norm[k] in vocabulary().complementisers or norm[k] == ":" or k in view.opening:
            break
        if norm[k] in known("said"):
            after = k + 1
            break
        if norm[k] in known("statement"):
            speaker = phrase_at(view, k + 1, limit)
            if speaker is not None:
                passed.append(source)
                source, after = speaker, speaker.last
            break
    cue = _open(view, token, form, after, limit)
    if cue is None:
        return None
    end = cue.pair.opening if cue.pair is not None else cue.first
    return Cue(cue.token, cue.last, form, cue.how, cue.first, cue.start, (source,), tuple(passed), (after, end), cue.pair)


def _subject(view: View, token: int, form: Form, at: int, limit: int) -> tuple[Phrase | None, int]:
    """The subject after the verb and the token after it; (None, at) where another stands there."""
    if form.tense == "participle":
        return None, at
    if form.tense == "noun":
        return _of_noun(view, form, at, limit)
    words = vocabulary()
    first = at
    while first < limit and view.inside[first] is None and (view.norm[first] in words.passing or view.norm[first] in _PAUSES):
        first += 1
    if first >= limit:
        return None, at
    pair = view.opening.get(first)
    if pair is not None:
        phrase = _name_in_marks(view, pair, form, limit)
        return (phrase, pair.closing + 1) if phrase is not None else (None, at)
    if form.verb.takes & {"bare", "any"} and is_verbal_noun(view.norm[first]) and view.norm[first] not in words.sources:
        if view.mention_at.get(first) is None:
            return None, at
    if view.mention_at.get(first) is None and _preposition(view, first, form) is not None:
        return None, at
    phrase = phrase_at(view, first, limit)
    if phrase is None or not _fits(view, form, phrase) or _is_addressee(view, token, form, phrase, limit):
        return None, at
    return phrase, phrase.last


def _of_noun(view: View, form: Form, at: int, limit: int) -> tuple[Phrase | None, int]:
    """The speaker in the genitive after a verbal noun: "مناشدة رئيس البلاد", "إعلان الوزارة عن". Only a name will do."""
    if form.person != "any" or at >= limit:
        return None, at
    mention = view.mention_at.get(at)
    named = mention is not None and mention.start == view.starts[at]
    phrase = phrase_at(view, at, limit) if named or view.norm[at] in vocabulary().sources else None
    return (phrase, phrase.last) if phrase is not None else (None, at)


def _name_in_marks(view: View, pair: Pair, form: Form, limit: int) -> Phrase | None:
    """A speaker's name in quotation marks: وأضاف "القصيبي" أن ..."""
    after = pair.closing + 1
    if not pair.closed or pair.last - pair.first > MARK.quote_name_words or after >= limit:
        return None
    if view.norm[after] in COMMAS and after + 1 < limit:
        after += 1
    opens = view.norm[after] in vocabulary().complementisers or view.norm[after] == ":" or _preposition(view, after, form) is not None
    if not opens and view.norm[after] not in vocabulary().prepositions:
        return None
    return Phrase(pair.first, pair.last, view.starts[pair.first], view.ends[pair.last - 1], "person", "")


def _fits(view: View, form: Form, phrase: Phrase) -> bool:
    """Whether a phrase can be the subject of this form: gender, and no accusative plural."""
    head = view.norm[phrase.first]
    if phrase.kind == "" and head.endswith("ين") and head not in vocabulary().sources:
        return False
    return not (form.person == "m" and phrase.gender == "f" and phrase.kind != "person")


def _is_addressee(view: View, token: int, form: Form, phrase: Phrase, limit: int) -> bool:
    """Whether the one phrase after "وطالب", "ودعا" is who is asked rather than who asks."""
    if "to" not in form.verb.takes or phrase.kind == "person":
        return False
    after = phrase.last
    while after < limit and (view.norm[after] in COMMAS or view.norm[after] in vocabulary().passing):
        after += 1
    if after >= limit or _preposition(view, after, form) is None:
        return False
    if form.prefix and token > view.begins[token]:
        return True
    return phrase.kind == "" and view.norm[phrase.first] not in vocabulary().sources


def _preposition(view: View, token: int, form: Form) -> int | None:
    """The offset where content begins if the verb's preposition stands at this token."""
    word = view.norm[token]
    takes = form.verb.prepositions
    for name, written in _SEPARATE.items():
        if name in takes and word == written:
            return view.ends[token]
    if view.inside[token] is not None and view.inside[token].start == view.starts[token]:  # type: ignore[union-attr]
        return None
    if "bi" in takes and word[0] == "ب" and word not in known("not_bi"):
        if len(word) == 1:
            return view.ends[token]
        rest = word[1:]
        mention = view.inside[token]
        if len(rest) > 3 or is_verbal_noun(rest) or _is_argument(rest):  # noqa: PLR2004 - a shorter rest is mostly a word in ب of its own
            return None if mention is not None and mention.kind == "place" else view.doc.words.offset(token, 1)
    if "li" in takes and word[0] == "ل" and word not in known("not_li") and len(word) > 3:  # noqa: PLR2004 - ل and a root
        if form.verb.lemma == "دعا" and not is_verbal_noun(word[1:]):
            return None
        return view.starts[token]
    return None


def _is_argument(rest: str) -> bool:
    """Whether ب before this word governs it (بجهود) rather than being its first letter (بلدية): the rest is a word that we know."""
    words = vocabulary()
    return rest in words.sources or rest in words.documents or is_verbal_noun(rest)


def _open(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """The first thing from `at` on that opens content after this verb."""
    norm = view.norm
    words = vocabulary()
    takes = form.verb.takes
    reach = MARK.quote_gap_words if form.tense in ("past", "present") else MARK.quote_phrase_words
    stop = min(limit, at + reach)
    preposition: int | None = None
    k = at
    while k < stop:
        word = norm[k]
        pair = view.opening.get(k)
        if pair is not None:
            near = k == at or not view.is_word(k - 1) or pair.last - pair.first > MARK.quote_name_words
            if near and preposition is None and _is_speech(view, pair, form, limit):
                return _quoted(view, token, form, pair)
            k = pair.closing + 1 if pair.closed else k + 1
            continue
        mention = view.mention_at.get(k)
        if mention is not None and mention.start == view.starts[k]:
            k = mention.last
            continue
        if word == ":" and not _is_clock(view, k):
            if takes & {"that", "to", "ila"}:
                return _at(view, token, form, "colon", k + 1, limit)
            break
        if word in words.complementisers and (k == at or norm[k - 1] not in known("not_before_that")):
            if "that" in takes and not (preposition is not None and _binds(view, preposition, at, k, form)):
                return _at(view, token, form, "that", k + 1, limit)
            if preposition is None and "that" not in takes:
                break
        if preposition is None and _preposition(view, k, form) is not None:
            preposition = k
            if "that" not in takes or form.verb.stance == "demands":
                break
        if word in _ENDS or (k > at and _bars(view, k)):
            break
        k += 1
    if preposition is not None:
        return _after_preposition(view, token, form, preposition, limit)
    return _object(view, token, form, at, limit) if takes & {"bare", "any"} else None


def _binds(view: View, preposition: int, at: int, that: int, form: Form) -> bool:
    """Whether a preposition before أن opens the content itself ("شدد على أهمية أن"), and أن is only part of it."""
    if that == preposition + 1 or view.norm[preposition + 1] in vocabulary().documents:
        return False
    return preposition == at or form.verb.stance == "demands" or view.norm[preposition - 1] in COMMAS


def _bars(view: View, token: int) -> bool:
    """Whether another clause begins here: a finite verb of speech, or a comma and a word such as فيما."""
    readings = forms().get(view.norm[token])
    if readings and view.norm[token - 1] not in _RELATIVE and view.norm[token - 1] not in vocabulary().prepositions:
        if any(can_be_verb(view, token, form) and (form.prefix or "weak" not in form.verb.takes) for form in readings):
            return True
    return view.norm[token - 1] in COMMAS and view.norm[token] in known("breakers")


def _is_clock(view: View, token: int) -> bool:
    return (
        0 < token < len(view.norm) - 1
        and view.kinds[token - 1] == NUMBER
        and view.kinds[token + 1] == NUMBER
        and view.ends[token - 1] == view.starts[token]
    )


def _is_speech(view: View, pair: Pair, form: Form, limit: int) -> bool:
    """Whether the words in these marks are what is said, not a name on the way to it."""
    if not form.verb.takes & {"that", "bare", "any", "to"}:
        return False
    return not is_name(view, pair, MARK.quote_name_words) and (
        pair.last - pair.first > MARK.quote_name_words or not _opens_after(view, pair, form, limit)
    )


def _opens_after(view: View, pair: Pair, form: Form, limit: int) -> bool:
    """Whether أن or the verb's preposition follows soon after these marks: then they hold a name."""
    for k in range(pair.closing + 1, min(limit, pair.closing + MARK.quote_phrase_words)):
        if view.norm[k] in vocabulary().complementisers or _preposition(view, k, form) is not None:
            return True
        if view.norm[k] in _ENDS or view.norm[k] == "." or k in view.opening:
            break
    return False


def is_name(view: View, pair: Pair, longest: int) -> bool:
    """Whether quotation marks hold a name or title rather than words that were said."""
    size = pair.last - pair.first
    if size > longest:
        return False
    before = view.norm[pair.opening - 1] if pair.opening else ""
    if before in known("name_heads") or any(cut.rest in known("name_heads") for cut in cuts(before)[1:]):
        return True
    named = sum(view.inside[t] is not None for t in range(pair.first, pair.last))
    return 2 * named > size


def _quoted(view: View, token: int, form: Form, pair: Pair) -> Cue:
    return Cue(token, token + 1, form, "quote", pair.first, view.starts[pair.first], pair=pair)


def _at(view: View, token: int, form: Form, how: How, first: int, limit: int, start: int | None = None) -> Cue | None:
    """Content from a token on: أن and a colon may follow each other, marks may open."""
    while first < limit and (view.norm[first] in ":-–—،," or view.norm[first] in ("ان", "انه", "بان", "انها") and how == "colon"):
        first += 1
        start = None
    if first >= limit:
        return None
    pair = view.opening.get(first)
    if pair is not None:
        return Cue(token, token + 1, form, how, pair.first, view.starts[pair.first], pair=pair)
    return Cue(token, token + 1, form, how, first, view.starts[first] if start is None else start)


def _after_preposition(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """Content after the verb's preposition, written apart (إلى العمل) or onto the next word (بصياغة)."""
    start = _preposition(view, at, form)
    if start is None:
        return None
    if start >= view.ends[at]:
        if at + 1 < limit and view.norm[at + 1] in vocabulary().complementisers:
            return _at(view, token, form, "that", at + 2, limit)
        return _at(view, token, form, "preposition", at + 1, limit)
    return _at(view, token, form, "preposition", at, limit, start)


def _object(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """Content that is the verb's object, after time words and adjuncts: "أكد ... خلال محادثة مع ... فاعلية الإجراءات"."""
    words = vocabulary()
    norm = view.norm
    addressed = "to" not in form.verb.takes
    for _ in range(MARK.quote_phrase_words):
        while at < limit and (norm[at] in _PAUSES or (norm[at] in words.passing and view.inside[at] is None)):
            at += 1
        if at >= limit:
            return None
        if at in view.opening:
            return _quoted(view, token, form, view.opening[at])
        if norm[at] in words.prepositions or (view.inside[at] is not None and view.inside[at].start > view.starts[at]):  # type: ignore[union-attr]
            governed = phrase_at(view, at + (norm[at] in words.prepositions), limit)
            if governed is None:
                return None
            at = governed.last
            continue
        if not addressed and not is_verbal_noun(norm[at].removeprefix(ARTICLE)):
            addressee = phrase_at(view, at, limit)
            if addressee is None:
                return None
            at, addressed = addressee.last, True
            continue
        break
    if not view.is_word(at) or norm[at] in words.stops or view.inside[at] is not None:
        return None
    if is_verbal_noun(norm[at].removeprefix(ARTICLE)) or ("any" in form.verb.takes and norm[at] not in forms() and form.tense != "participle"):
        return Cue(token, token + 1, form, "object", at, view.starts[at])
    return None
