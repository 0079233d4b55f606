"""From a verb of speech to its frame: who says it, who is asked, who passes it on, and where what is said begins."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.words import NUMBER
from riwaya.mark.quotes.cues import COMMAS, Cue, can_be_verb, is_action, is_background, known, stands_free
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.openings import PAUSES, find_object, find_opening, preposition_end
from riwaya.mark.quotes.phrases import ARTICLE, from_mention, joined, phrase_at, vocabulary
from riwaya.mark.quotes.verbs import Form, forms, order_forms
from riwaya.mark.quotes.view import Phrase, View
from riwaya.settings.mark import MARK

_FINITE = ("past", "present")
_DECLARE = "اعلن"
_EACH = "كل"  # "كل من فلان وفلان"
_TERM = "مهله"
_PLURAL = "ون"


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
                cue = _read(view, token, form)
        # "أوضح قائلا: ..." and "نقلت وكالة عن ... تصريح الوزير بأن ..." open one content twice: the first verb has the frame
        if cue is not None and not (cue.form.tense in ("noun", "participle") and found and found[-1].first == cue.first):
            found.append(cue)
    return found


def _read_order(view: View, token: int, form: Form) -> Cue | None:
    """أصدر فلان تعليماته لوزارة الاقتصاد بصياغة ...: only with the noun of the order after the verb."""
    limit = _limit(view, token)
    for at in range(token + 1, min(limit, token + 1 + MARK.quote_phrase_words)):
        if view.norm[at] == _TERM:
            subject = _subject(view, token, form, token + 1, at)[0]
            return _with_subject(view, Cue(token, form, "object", at, view.starts[at]), subject, token + 1)
        if view.norm[at] not in known("orders"):
            continue
        subject = _subject(view, token, form, token + 1, at)[0]
        pair = view.opening.get(at - 1)
        if pair is not None and pair.closed:
            cue: Cue | None = Cue(token, form, "quote", pair.first, view.starts[pair.first], pair)
        else:
            cue = find_opening(view, token, form, at + 1, limit)
        return None if cue is None else _with_subject(view, cue, subject, token + 1)
    return None


def _limit(view: View, token: int) -> int:
    """The token where content after this one must end: its sentence, or the marks around it."""
    limit = view.limits[token]
    around = view.pair_around(token) if view.pairs else None
    return min(limit, around.last) if around is not None and around.closed else limit


def _read(view: View, token: int, form: Form) -> Cue | None:
    """What this verb opens, or None where nothing is said."""
    limit = _limit(view, token)
    after = token + 1
    subject, at = _subject(view, token, form, after, limit)
    takes = form.verb.takes
    if "term" in takes:
        return _read_term(view, token, form, subject, at, limit)
    if subject is None and ((form.tense == "noun" and form.person == "any") or "relative" in takes):
        return None
    if form.verb.lemma in known("carriers"):
        carried = _carried(view, token, form, limit, carrier=subject, at=at)
        if carried is not None:
            return carried
    if subject is not None and not takes & {"that", "told"} and takes & {"any", "bi"}:
        subject = _named_to_comma(view, subject, limit)
        at = max(at, subject.last)
    if form.verb.lemma == _DECLARE:
        term = _proclaimed(view, at, limit)
        if term is not None:
            return _with_subject(view, Cue(token, form, "object", term, view.starts[term]), subject, after)
    cue = find_opening(view, token, form, at, limit)
    if subject is not None and "any" in takes and _is_object(view, subject, cue):
        return _with_subject(view, Cue(token, form, "object", subject.first, subject.start), None, after)
    if cue is None and subject is not None and "any" in takes and _has_object(view, subject):
        # "شجب المتظاهرون القرار": a definite noun after the nominative plural that is none of its adjectives
        first = subject.first + 1
        subject = subject._replace(last=first, end=view.ends[first - 1])
        cue = Cue(token, form, "object", first, view.starts[first])
    if cue is None and subject is not None and subject.kind == "" and takes & {"any", "bare"}:
        # what looked like the subject was the object: "ونفى الأنباء التي ..."
        cue, subject = find_object(view, token, form, after, limit), None
    if cue is None and subject is not None and "that" in takes:
        cue = _after_comma(view, token, form, subject, limit)
    if cue is None or (_may_be_noun(form) and not _is_verb_here(view, token, cue, subject)):
        return None
    if form.tense == "participle" and not form.prefix and view.is_word(token - 1) and _could_be_adjective(cue):
        demand = form.person == "mp" and form.verb.stance == "demands" and view.norm[token].endswith("ين")
        if not demand or cue.first > token + 1:
            return None
    if "claim" in takes and (cue.how != "object" or view.norm[cue.first] not in vocabulary().objects):
        return None
    if "relative" in takes and cue.how != "that":
        return None  # "في تصريح نقلته صحيفة الغد: ..."
    far = cue.first - token > MARK.quote_name_words
    if subject is None and "weak" in takes and cue.how == "that" and far and not _is_surely_verb(view, token, form):
        return None  # "المقالات التي تنشر خلال ... أن": أن is another word's
    if subject is None and cue.how == "object" and "any" in takes:
        return _object_first(view, cue, limit) or _with_subject(view, cue, subject, after)
    return _with_subject(view, cue, subject, after)


def _read_term(view: View, token: int, form: Form, subject: Phrase | None, at: int, limit: int) -> Cue | None:
    """An ultimatum: "أمهل الحزب الحكومة 48 ساعة لتوقيف ...". What is said begins with the term."""
    stop = min(limit, at + MARK.quote_phrase_words)
    for k in range(at, stop):
        if view.inside[k] is None and (view.norm[k] in known("terms") or view.kinds[k] == NUMBER):
            return _with_subject(view, Cue(token, form, "object", k, view.starts[k]), subject, token + 1)
    return None


def _proclaimed(view: View, at: int, limit: int) -> int | None:
    """The number of "أعلن المجلس 10 أيام حداد": where what is proclaimed for a time begins."""
    words = vocabulary()
    while at < limit and view.inside[at] is None and (view.norm[at] in PAUSES or view.norm[at] in words.passing):
        at += 1
    if at >= limit or view.kinds[at] != NUMBER:
        return None
    near = range(at + 1, min(limit, at + 1 + MARK.quote_name_words))
    return at if any(view.norm[k] in known("proclaimed") for k in near) else None


def _named_to_comma(view: View, subject: Phrase, limit: int) -> Phrase:
    """A title with the unknown name up to a comma: "أدان الأمين العام بان كي مون، التفجير"."""
    words = vocabulary()
    if subject.kind == "person" or view.norm[subject.first] not in words.title_heads | words.sources:
        return subject
    stop = min(limit, subject.last + MARK.quote_name_words + 1)
    comma = next((k for k in range(subject.last, stop) if view.norm[k] in COMMAS), None)
    if comma is None or comma == subject.last:
        return subject
    person = view.mention_end.get(comma)
    named = person is not None and person.kind == "person" and person.start == view.starts[person.first]
    for k in range(subject.last, person.first if person is not None and named else comma):
        if named and view.norm[k] == "علي":
            continue  # "الرئيس آصف علي زرداري،": the name, not the preposition
        plain = view.is_word(k) and view.inside[k] is None and view.norm[k] not in words.objects | words.prepositions
        if not plain or view.norm[k].startswith(ARTICLE) or view.norm[k] in words.passing or view.norm[k] in words.verbal_nouns:
            return subject
    return subject._replace(last=comma, end=view.ends[comma - 1], kind="person" if named else subject.kind)


def _is_object(view: View, phrase: Phrase, cue: Cue | None) -> bool:
    """Whether the phrase after "أدان" is what is condemned rather than who condemns: no second noun can be the object."""
    words = vocabulary()
    head = view.norm[phrase.first]
    if phrase.kind != "" or head in words.sources or head.endswith(_PLURAL):
        return False
    if any(view.inside[t] is not None for t in range(phrase.first, phrase.last)):
        return False
    return cue is None or cue.how not in ("object", "that", "colon") or view.pair_around(cue.first) is not None


def _has_object(view: View, phrase: Phrase) -> bool:
    """Whether a phrase is a nominative plural (المتظاهرون) with a definite noun that does not agree with it (القرار)."""
    second = phrase.first + 1
    if phrase.last <= second or not view.norm[phrase.first].endswith(_PLURAL):
        return False
    return view.norm[second].startswith(ARTICLE) and not view.norm[second].endswith((_PLURAL, "ي", "يه"))


def _object_first(view: View, cue: Cue, limit: int) -> Cue | None:
    """The object before its subject: "تبنت الاعتداء المجموعة المسلحة". The subject agrees with the verb, the object need not."""
    first = cue.first
    after = first + 1
    if cue.pair is not None or after >= limit or view.norm[first] not in vocabulary().objects:
        return None
    head = view.norm[after]
    mention = view.mention_at.get(after)
    named = mention is not None and mention.kind != "place" and mention.start == view.starts[after]
    written = view.text(view.starts[after], view.ends[after])
    object_written = view.text(view.starts[first], view.ends[first])
    agrees = cue.form.person == "f" and written.endswith("ة") and not object_written.endswith(("ة", "ات"))
    if not named and head not in vocabulary().sources and not (head.startswith(ARTICLE) and agrees):
        return None
    subject = phrase_at(view, after, limit)
    if subject is None or not _fits(view, cue.form, subject):
        return None
    return replace(cue, subjects=(subject,), gap=(subject.last, subject.last), last=after)


def _is_surely_verb(view: View, token: int, form: Form) -> bool:
    """Whether a past form that may be a noun is the verb all the same: after قد, or with و before an adjunct."""
    if form.tense != "past" or token + 1 >= len(view.norm):
        return False
    if token and view.norm[token - 1].removeprefix("و") in ("قد", "فقد"):
        return True
    return token == view.begins[token] and form.prefix > 0 and view.norm[token + 1] in vocabulary().prepositions


def _after_comma(view: View, token: int, form: Form, subject: Phrase, limit: int) -> Cue | None:
    """"وتابع المصدر، سيتم ...": content that only a comma sets off, at the head of a sentence."""
    comma = subject.last
    if comma < limit and view.norm[comma] in vocabulary().prepositions:  # "وأضاف نور في تغريدة له، ..."
        stop = min(limit, comma + MARK.quote_phrase_words)
        comma = next((k for k in range(comma, stop) if view.norm[k] in COMMAS), comma)
    if form.verb.lemma not in known("continuing") or token != view.begins[token] or form.tense != "past":
        return None
    if comma + MARK.quote_shortest_attributed >= limit or view.norm[comma] not in COMMAS:
        return None
    if view.norm[comma + 1] in vocabulary().prepositions:
        return None
    return Cue(token, form, "colon", comma + 1, view.starts[comma + 1])


def _may_be_noun(form: Form) -> bool:
    """Whether the form is a common noun as well (طالب "student", ذكر "mention")."""
    return "weak" in form.verb.takes and form.tense == "past" and form.person == "m" and not form.prefix


def _could_be_adjective(cue: Cue) -> bool:
    """Whether a participle that no comma sets off may only describe the noun before it: "عمارات مهددة بالانهيار"."""
    if cue.form.person != "m":
        return True  # "وعود مؤكدة بأن"
    return cue.how == "object" or (cue.how == "preposition" and "bi" in cue.form.verb.takes)


def _is_verb_here(view: View, token: int, cue: Cue, subject: Phrase | None) -> bool:
    """Whether a form that is a noun as well is the verb: somebody follows who can speak, or أن at once."""
    if subject is not None and (subject.kind != "" or view.norm[subject.first] in vocabulary().sources or cue.how == "that"):
        return True
    return stands_free(view, token) and (cue.how in ("that", "colon") or cue.first <= token + 2)


def _with_subject(view: View, cue: Cue, subject: Phrase | None, after: int) -> Cue:
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
    last = others[-1].last if others else subject.last
    return replace(cue, subjects=(subject, *others), gap=(last, end))


def _name_on_the_way(view: View, form: Form, after: int, end: int) -> Phrase | None:
    """A subject after an adjunct: "وقال في تصريحات للصحفيين وزير الصناعة ..."."""
    words = vocabulary()
    for token in range(after, end):
        mention = view.mention_at.get(token)
        if mention is None or mention.kind == "place" or mention.start != view.starts[token] or mention.last > end:
            continue
        before = view.norm[token - 1]
        if token - 1 in view.opening and token > 1 and view.norm[token - 2] == "ل":
            continue
        if view.norm[token - 1] == "." and view.ends[token - 1] == view.starts[token]:
            continue  # the last of some initials: بي.بي.سي
        if before in words.prepositions or before in words.documents or (token > after and before.startswith(ARTICLE)):
            continue
        phrase = from_mention(view, mention, end)
        if _fits(view, form, phrase):
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


def _carried(view: View, token: int, form: Form, limit: int, *, carrier: Phrase | None, at: int) -> Cue | None:
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
    cue = find_opening(view, token, form, after, limit)
    return None if cue is None else replace(cue, subjects=(source,), passed_on=tuple(passed), gap=(after, cue.opening))


def _subject(view: View, token: int, form: Form, at: int, limit: int) -> tuple[Phrase | None, int]:
    """The subject after the verb and the token after it; (None, at) where another stands there."""
    if form.tense == "participle":
        return _person_at(view, form, at, limit)
    if form.tense == "noun":
        return _of_noun(view, form, at, limit)
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
    if phrase is None or not _fits(view, form, phrase) or _is_addressee(view, token, form, phrase, limit):
        return None, at
    return phrase, past_titles(view, phrase, limit)


def _person_at(view: View, form: Form, at: int, limit: int) -> tuple[Phrase | None, int]:
    """The subject that a participle rarely has: "مؤكدا اللواء حاتم عثمان أن". Who is addressed (داعيا فلانا إلى) is none."""
    mention = view.mention_at.get(at)
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
    if not opens and word not in vocabulary().prepositions:
        return None
    return Phrase(pair.first, pair.last, view.starts[pair.first], view.ends[pair.last - 1], "person", "")


def _fits(view: View, form: Form, phrase: Phrase) -> bool:
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


def participles(view: View) -> frozenset[int]:
    """The participles of speech that a comma opens: a reporter's clause, whether or not its content was found."""
    table = forms()
    found = []
    for token, word in enumerate(view.norm):
        if token and view.norm[token - 1] in COMMAS and any(f.tense == "participle" for f in table.get(word, ())):
            found.append(token)
    return frozenset(found)
