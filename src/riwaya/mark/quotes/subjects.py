"""Who is the subject of a verb of speech: the phrase after it, one in quotation marks, a name on the way to what is said."""

from __future__ import annotations

from dataclasses import replace

from riwaya.mark.quotes.cues import COMMAS, PRONOUNS, Cue, is_action, known
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.openings import PAUSES, preposition_end
from riwaya.mark.quotes.phrases import ARTICLE, from_mention, is_verbal_noun, joined, phrase_at, vocabulary
from riwaya.mark.quotes.verbs import Form
from riwaya.mark.quotes.view import Phrase, View
from riwaya.settings.mark import MARK

_FINITE = ("past", "present")
_EACH = "كل"  # "كل من فلان وفلان"
_PLURAL = "ون"


def with_subject(view: View, cue: Cue, subject: Phrase | None, after: int) -> Cue:
    """The cue with its subject: the one found, else a name that no preposition governs before the content."""
    end = cue.opening
    if subject is None and cue.form.tense in _FINITE and not ("to" in cue.form.verb.takes and cue.form.prefix):
        subject = _name_on_the_way(view, cue.form, after, end)
    if subject is None:
        return replace(cue, gap=(after, end))
    if cue.how == "that" and subject.last < end:
        subject = _stretched(view, subject, end)
    each = view.norm[after] == _EACH
    others = joined(view, subject, end, each=each)
    if len(others) == 1 and _same_person(view, subject, others[0]):
        subject, others = others[0]._replace(first=subject.first, start=subject.start), []
    last = others[-1].last if others else subject.last
    return replace(cue, subjects=(subject, *others), gap=(last, end))


def _same_person(view: View, subject: Phrase, other: Phrase) -> bool:
    """Whether a title without a name and "the spokesman" with one are of one person: "مستشار الأمين والمتحدث الرسمي علي"."""
    unnamed = all(view.inside[t] is None for t in range(subject.first, subject.last))
    head = view.norm[subject.first]
    second = view.norm[other.first].removeprefix("و")
    return unnamed and head in vocabulary().title_heads and second.startswith(ARTICLE) and second in vocabulary().title_heads


def _name_on_the_way(view: View, form: Form, after: int, end: int) -> Phrase | None:
    """A subject after an adjunct: "وقال في تصريحات للصحفيين وزير الصناعة ..."."""
    words = vocabulary()
    for token in range(after, end):
        mention = view.mention_at.get(token)
        if mention is None or mention.kind == "place" or mention.start != view.starts[token] or mention.last > end:
            continue
        before = view.norm[token - 1]
        if token - 1 in view.opening and token > 1 and (view.norm[token - 2] == "ل" or view.inside[token - 2] is not None):
            continue  # 'لـ«الغد»', 'وكالة الأنباء اليمنية «سبأ»'
        if view.norm[token - 1] in known("carrying") or view.norm[token - 2] in PRONOUNS:
            continue  # "في تصريح نشرته وكالة ...", "خلال المؤتمر الذي عقدته الوزارة"
        if view.norm[token - 1] == "." and view.ends[token - 1] == view.starts[token]:
            continue  # the last of some initials: بي.بي.سي
        if before in words.prepositions or before in words.documents or (token > after and before.startswith(ARTICLE)):
            continue
        phrase = from_mention(view, mention, end)
        if fits(view, form, phrase):
            return phrase
    return None


def _stretched(view: View, subject: Phrase, end: int) -> Phrase:
    """A subject with the plain words up to أن joined: names that nobody knew ("وزير الصناعة كايربيك أوسكينباييف إن")."""
    words = vocabulary()
    stop = end - 1
    while stop > subject.last and (view.norm[stop - 1] in COMMAS or view.norm[stop - 1] in words.complementisers):
        stop -= 1
    rest = range(subject.last, stop)
    named = _named_after(view, subject, stop)
    if named is not None:
        return named
    if not 0 < len(rest) <= MARK.quote_stretch_words:
        return subject
    if any(not view.is_word(t) or view.norm[t] in words.stops or view.norm[t] in words.passing for t in rest):
        return subject
    if any(_governed(view, t) for t in rest):
        return subject
    return subject._replace(last=stop, end=view.ends[stop - 1])


def _governed(view: View, token: int) -> bool:
    """Whether a preposition is written onto this word: ب or ل before a name, or before a word long enough to be a noun."""
    word = view.norm[token]
    mention = view.inside[token]
    if mention is not None and mention.first == token and mention.start > view.starts[token]:
        return True
    return word[:1] in ("ب", "ل") and len(word) > MARK.quote_stretch_words and view.inside[token] is None


def _named_after(view: View, subject: Phrase, stop: int) -> Phrase | None:
    """A title with the name at its far end: "المتحدث الرسمي لقيادة حرس الحدود بالمنطقة النقيب عمر الأكلبي"."""
    heads = vocabulary().title_heads
    if subject.kind == "person":
        return None
    last = view.mention_end.get(stop)
    if last is not None and last.kind == "person" and last.start == view.starts[last.first] and last.first > subject.last:
        between = range(subject.last, last.first)
        near = len(between) <= MARK.quote_preposition_words and all(view.is_word(t) for t in between)
        titled = view.norm[last.first] in heads or view.norm[subject.last] == "علي"
        if near and titled and view.norm[last.first - 1] not in vocabulary().prepositions:
            return subject._replace(last=last.last, end=last.end, kind="person")  # "المشرفة على الفرقة سلمى حداد إن"
    if view.norm[subject.first] not in heads:
        return None
    for token in range(subject.last, stop):
        mention = view.mention_at.get(token)
        if mention is not None and mention.kind == "person":
            return subject._replace(last=mention.last, end=mention.end, kind="person") if mention.last <= stop else None
        if not view.is_word(token) or view.norm[token] in vocabulary().stops:
            return None
    return None


def subject_at(view: View, token: int, form: Form, at: int, limit: int) -> tuple[Phrase | None, int]:
    """The subject after the verb and the token after it; (None, at) where another stands there."""
    if form.tense == "participle":
        return _person_at(view, form, at, limit)
    if form.tense == "noun":
        return _of_noun(view, form, at, limit)
    if form.person == "mp" and "to" in form.verb.takes:
        return None, at  # "وناشدوا القيادة": a plural verb has its subject before it, and an object after it
    words = vocabulary()
    first = at
    while first < limit and view.inside[first] is None and (view.norm[first] in words.passing or view.norm[first] in PAUSES):
        first += 1
    if first + 2 < limit and view.norm[first] == _EACH and view.norm[first + 1] == "من":
        first += 2
    if first + 1 < limit and view.norm[first] == "ل" and first + 1 in view.opening:
        first = view.opening[first + 1].closing + 1  # 'أوضح لـ"الاقتصادية" لاحم الناصر'
    if first >= limit:
        return None, at
    pair = view.opening.get(first)
    if pair is not None:
        phrase = _name_in_marks(view, pair, form, limit)
        return (phrase, pair.closing + 1) if phrase is not None else (None, at)
    mention = view.mention_at.get(first)
    if mention is not None and mention.start > view.starts[first]:
        return None, at  # "وقال لرويترز"
    if mention is None:
        action = is_action(view, first) and view.norm[first] not in words.sources
        if (action and form.verb.takes & {"bare", "any", "to"}) or preposition_end(view, first, form) is not None:
            return None, at
    phrase = phrase_at(view, first, limit)
    if phrase is not None and "li" in form.verb.takes:
        phrase = _without_purpose(view, phrase, limit)
    if phrase is None or not fits(view, form, phrase) or _is_addressee(view, token, form, phrase, limit):
        return None, at
    return phrase, past_titles(view, phrase, limit)


def _without_purpose(view: View, phrase: Phrase, limit: int) -> Phrase:
    """"دعت الحركة | للمشاركة في": the noun of action after لل is what is asked, unless إلى follows it."""
    last = phrase.last - 1
    if last <= phrase.first or not view.norm[last].startswith("لل") or not is_verbal_noun(view.norm[last][2:]):
        return phrase
    if phrase.last < limit and view.norm[phrase.last] == "الي":
        return phrase
    return phrase._replace(last=last, end=view.ends[last - 1])


def _person_at(view: View, form: Form, at: int, limit: int) -> tuple[Phrase | None, int]:
    """The subject that a participle rarely has: "مؤكدا اللواء حاتم عثمان أن". Who is addressed (داعيا فلانا إلى) is none."""
    mention = view.mention_at.get(at)
    if at + 1 < limit and form.person == "f" and view.norm[at] in vocabulary().sources and "that" in form.verb.takes:
        phrase = phrase_at(view, at, limit)  # "، موضحة الوزارة أن"
        if phrase is not None and phrase.last < limit and view.norm[phrase.last] in vocabulary().complementisers:
            return phrase, phrase.last
    if mention is None or mention.kind != "person" or "that" not in form.verb.takes or "to" in form.verb.takes:
        return None, at
    phrase = from_mention(view, mention, limit)
    return phrase, phrase.last


def past_titles(view: View, subject: Phrase, limit: int) -> int:
    """The token after the titles that follow a person's name: "حمدي منصور، المحامي العام لنيابات القاهرة والمتحدث باسمها،"."""
    last = subject.last
    if subject.kind != "person":
        return last
    heads = vocabulary().title_heads
    for _ in range(MARK.quote_name_words):
        first = last + 1 if last < limit and view.norm[last] in COMMAS else last
        if first >= limit:
            return last
        word = view.norm[first]
        if word not in heads and not (word[:1] == "و" and word[1:] in heads and last > subject.last):
            return last
        start = None if word in heads else view.doc.words.offset(first, 1)
        title = phrase_at(view, first, limit, start=start)
        if title is None:
            return last
        last = title.last
    return last


def _of_noun(view: View, form: Form, at: int, limit: int) -> tuple[Phrase | None, int]:
    """The speaker in the genitive after a verbal noun: "مناشدة رئيس البلاد". Only a name or a source will do."""
    if form.person != "any" or at >= limit:
        return None, at
    mention = view.mention_at.get(at)
    named = mention is not None and mention.start == view.starts[at]
    phrase = phrase_at(view, at, limit) if named or view.norm[at] in vocabulary().sources else None
    if phrase is not None and "li" in form.verb.takes:
        phrase = _without_purpose(view, phrase, limit)
    return (phrase, phrase.last) if phrase is not None else (None, at)


def _name_in_marks(view: View, pair: Pair, form: Form, limit: int) -> Phrase | None:
    """A speaker's name in quotation marks: وأضاف "القصيبي" أن ..."""
    after = pair.closing + 1
    if not pair.closed or pair.last - pair.first > MARK.quote_name_words or after >= limit:
        return None
    if view.norm[after] in COMMAS and after + 1 < limit:
        after += 1
    word = view.norm[after]
    opens = word in vocabulary().complementisers or word == ":" or preposition_end(view, after, form) is not None
    goes_on = word in vocabulary().prepositions or word in vocabulary().passing or word.startswith(ARTICLE)
    if not opens and not goes_on:
        return None
    return Phrase(pair.first, pair.last, view.starts[pair.first], view.ends[pair.last - 1], "person", "")


def fits(view: View, form: Form, phrase: Phrase) -> bool:
    """Whether a phrase can be the subject of this form: gender, and no accusative plural."""
    head = view.norm[phrase.first]
    if phrase.kind == "" and head.endswith("ين") and head not in vocabulary().sources:
        return False
    if head.endswith("ات") and phrase.gender == "" and phrase.kind == "" and "weak" in form.verb.takes:
        return False  # "بين الفرضيات"
    return not (form.person == "m" and phrase.gender == "f" and phrase.kind != "person")


def _is_addressee(view: View, token: int, form: Form, phrase: Phrase, limit: int) -> bool:
    """Whether the one phrase after "وطالب", "ودعا" is who is asked rather than who asks."""
    if "to" not in form.verb.takes or phrase.kind == "person":
        return False
    after = phrase.last
    while after < limit and (view.norm[after] in COMMAS or view.norm[after] in vocabulary().passing):
        after += 1
    if after >= limit or preposition_end(view, after, form) is None:
        return False
    if view.norm[phrase.first].endswith(_PLURAL):
        return False  # "هدد المسلمون بـ": the nominative
    if view.norm[phrase.first] in vocabulary().quantities:
        return False  # "عدد" where an object would have عددا
    if form.prefix and token > view.begins[token]:
        return True
    return phrase.kind == "" and view.norm[phrase.first] not in vocabulary().sources
