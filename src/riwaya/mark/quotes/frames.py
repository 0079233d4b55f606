"""From a verb of speech to its frame: who says it, who is asked, who passes it on, and where what is said begins."""

from __future__ import annotations

from dataclasses import replace

from riwaya.arabic.words import NUMBER
from riwaya.mark.quotes.cues import COMMAS, Cue, can_be_verb, is_background, known, stands_free
from riwaya.mark.quotes.isnad import role_of
from riwaya.mark.quotes.openings import PAUSES, find_object, find_opening
from riwaya.mark.quotes.phrases import ARTICLE, phrase_at, vocabulary
from riwaya.mark.quotes.subjects import fits, subject_at, with_subject
from riwaya.mark.quotes.verbs import Form, forms, order_forms
from riwaya.mark.quotes.view import Phrase, View
from riwaya.settings.mark import MARK

_DECLARE = "اعلن"
_SHOW = "بين"
_CHANTING = frozenset(("ردد", "هتف"))
_SUCH_AS = frozenset(("منها", "مثل", "تقول", "ابرزها"))
_SAY = "قال"
_OWNED = ("ها", "هم")
_WHAT = frozenset(("ما", "مما", "بما", "كما", "لما"))
_TERM = "مهله"
_DASHES = frozenset("-–—ـ")
_PLURAL = "ون"
_SOURCES = ("مصادر", "مصادره")  # مصادرها, مصادره


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
        if cue is None:
            continue
        same = bool(found) and found[-1].first == cue.first
        agency = bool(cue.subjects) and view.norm[cue.subjects[0].first] in vocabulary().name_heads
        if same and agency and token and view.norm[token - 1] == "كما":
            # "وذكرت الجماعة، كما أفادت وكالة النور، أن": the agency passes on
            found[-1] = replace(found[-1], passed_on=(*found[-1].passed_on, *cue.subjects), gap=(found[-1].gap[0], token - 1))
        elif not (same and (cue.form.tense in ("noun", "participle") or "relative" in cue.form.verb.takes)):
            found.append(cue)
    return found


def _read_order(view: View, token: int, form: Form) -> Cue | None:
    """أصدر فلان تعليماته لوزارة الاقتصاد بصياغة ...: only with the noun of the order after the verb."""
    limit = _limit(view, token)
    for at in range(token + 1, min(limit, token + 1 + MARK.quote_phrase_words)):
        if view.norm[at] == _TERM:
            subject = subject_at(view, token, form, token + 1, at)[0]
            return with_subject(view, Cue(token, form, "object", at, view.starts[at]), subject, token + 1)
        if view.norm[at] not in known("orders"):
            continue
        subject = subject_at(view, token, form, token + 1, at)[0]
        pair = view.opening.get(at - 1)
        if pair is not None and pair.closed:
            cue: Cue | None = Cue(token, form, "quote", pair.first, view.starts[pair.first], pair)
        else:
            cue = find_opening(view, token, form, at + 1, limit)
        return None if cue is None else with_subject(view, cue, subject, token + 1)
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
    subject, at = subject_at(view, token, form, after, limit)
    takes = form.verb.takes
    if form.tense == "participle":
        at = _past_aside(view, at, limit)
    if "term" in takes:
        return _read_term(view, token, form, subject, at, limit)
    if "blame" in takes:
        return _read_blame(view, token, form, subject, at, limit)
    if "impersonal" in takes:
        said = after < limit and view.norm[after] in vocabulary().complementisers and view.norm[token - 1] not in _WHAT
        return find_opening(view, token, form, after, limit) if said else None
    if "told_by" in takes:
        return _read_told(view, token, form, at, limit)
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
            return with_subject(view, Cue(token, form, "object", term, view.starts[term]), subject, after)
    cue = find_opening(view, token, form, at, limit)
    if subject is not None and "any" in takes and _is_object(view, subject, cue):
        return with_subject(view, Cue(token, form, "object", subject.first, subject.start), None, after)
    if cue is None and subject is not None and "any" in takes and _has_object(view, subject):
        # "شجب المتظاهرون القرار": a definite noun after the nominative plural that is none of its adjectives
        first = subject.first + 1
        subject = subject._replace(last=first, end=view.ends[first - 1])
        cue = Cue(token, form, "object", first, view.starts[first])
    if cue is None and subject is not None and subject.kind == "" and takes & {"any", "bare"}:
        # what looked like the subject was the object: "ونفى الأنباء التي ..."
        cue, subject = find_object(view, token, form, after, limit), None
    if cue is None and "that" in takes:
        cue = _bare_clause(view, token, form, at, limit)
    if cue is None and subject is not None and "that" in takes:
        cue = _after_comma(view, token, form, subject, limit)
    if cue is not None and "agent" in takes and subject is not None and not _is_agent(view, cue, subject):
        return None
    if cue is None or (_may_be_noun(form) and not _is_verb_here(view, token, cue, subject)):
        return None
    told = not takes & {"weak", "near"} and _after_definite(view, token)
    described = form.tense == "participle" and not form.prefix and view.is_word(token - 1) and not told
    if described and form.verb.lemma != _SAY and _could_be_adjective(cue):
        demand = form.person == "mp" and form.verb.stance == "demands" and view.norm[token].endswith("ين")
        if not demand or cue.first > token + 1:
            return None
    if "claim" in takes and (cue.how != "object" or view.norm[cue.first] not in vocabulary().objects):
        return None
    apart = cue.opening > at + 1 and view.norm[cue.opening - 2] in COMMAS  # "يرى فلان، أستاذ القانون ...، أن"
    far_off = cue.opening - at > MARK.quote_preposition_words and cue.how in ("that", "colon", "quote")
    if "near" in takes and subject is not None and far_off and not apart:
        return None  # "يرى طفله في المستشفى، خصوصا إذا عرفنا أن"
    if "clause" in takes and cue.how == "quote":
        return None  # "شاب يدعى «...»"
    if "relative" in takes and cue.how != "that":
        return None  # "في تصريح نقلته صحيفة الغد: ..."
    far = cue.first - token > MARK.quote_name_words
    finite = form.tense != "participle"
    if subject is None and cue.how == "object" and (_may_be_noun(form) or form.verb.lemma == _SHOW):
        return None  # ": بين التأييد والرفض"
    if finite and subject is None and "weak" in takes and cue.how == "that" and far and not _is_surely_verb(view, token, form):
        return None  # "المقالات التي تنشر خلال ... أن": أن is another word's
    if subject is None and cue.how == "object" and "any" in takes:
        return _object_first(view, cue, limit) or with_subject(view, cue, subject, after)
    return with_subject(view, cue, subject, after)


def _past_aside(view: View, at: int, limit: int) -> int:
    """The token after words between dashes that follow at once: "مبينا - في الوقت ذاته - أن"."""
    if at >= limit or view.norm[at] not in _DASHES:
        return at
    stop = min(limit, at + MARK.quote_phrase_words)
    return next((k + 1 for k in range(at + 1, stop) if view.norm[k] in _DASHES), at)


def _read_term(view: View, token: int, form: Form, subject: Phrase | None, at: int, limit: int) -> Cue | None:
    """An ultimatum: "أمهل الحزب الحكومة 48 ساعة لتوقيف ...". What is said begins with the term."""
    stop = min(limit, at + MARK.quote_phrase_words)
    for k in range(at, stop):
        if view.inside[k] is None and (view.norm[k] in known("terms") or view.kinds[k] == NUMBER):
            return with_subject(view, Cue(token, form, "object", k, view.starts[k]), subject, token + 1)
    return None


def _read_blame(view: View, token: int, form: Form, subject: Phrase | None, at: int, limit: int) -> Cue | None:
    """"حمل الحزب الحكومة مسؤولية الأزمة". What is said begins with the responsibility."""
    for k in range(at, min(limit, at + MARK.quote_phrase_words)):
        if view.norm[k] in known("blames") and view.norm[k - 1] not in vocabulary().prepositions:
            return with_subject(view, Cue(token, form, "object", k, view.starts[k]), subject, token + 1)
        if k > at and view.norm[k] in forms():
            return None
    return None


def _read_told(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """"علمت «الغد» من مصدر أمني أن ...": the outlet's source says it. Without one it is the outlet's own statement."""
    for k in range(at, min(limit, at + MARK.quote_preposition_words)):
        if view.norm[k] == "من" and k + 1 < limit:
            source = phrase_at(view, k + 1, limit)
            known_source = source is not None and (view.norm[k + 1] in vocabulary().sources or view.norm[k + 1][:-1] in _SOURCES)
            if source is None or not known_source:
                return None
            cue = find_opening(view, token, form, source.last, limit)
            return None if cue is None or cue.how != "that" else replace(cue, subjects=(source,), gap=(source.last, cue.opening))
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
    if subject is None or not fits(view, cue.form, subject):
        return None
    return replace(cue, subjects=(subject,), gap=(subject.last, subject.last), last=after)


def _is_surely_verb(view: View, token: int, form: Form) -> bool:
    """Whether a past form that may be a noun is the verb all the same: after قد, or with و before an adjunct."""
    if form.tense != "past" or token + 1 >= len(view.norm):
        return False
    if token and view.norm[token - 1].removeprefix("و") in ("قد", "فقد"):
        return True
    return token == view.begins[token] and form.prefix > 0 and view.norm[token + 1] in vocabulary().prepositions


def _bare_clause(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """A clause that nothing sets off: "وأضاف في كلمته لقد انتخبنا ...". Only after verbs that can govern nothing else."""
    if form.verb.lemma in _CHANTING:
        return _slogan(view, token, form, at, limit)
    if form.verb.lemma not in known("saying") or form.tense not in ("past", "present"):
        return None
    words = vocabulary()
    told = at < limit and (view.norm[at] in words.prepositions or view.norm[at][:1] == "ل")  # "وأضاف في كلمته"
    for k in range(at, min(limit, at + MARK.quote_preposition_words)):
        if view.norm[k] in known("clauses") and view.inside[k] is None:
            near = k == at or told or view.norm[k - 1] in COMMAS
            return Cue(token, form, "colon", k, view.starts[k]) if near else None
        if view.norm[k] in forms() or not (view.is_word(k) or view.norm[k] in COMMAS):
            return None
    return None


def _slogan(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """Slogans that no marks set off: "ردد المتظاهرون شعارات منها يسقط ..."."""
    for k in range(at, min(limit - 1, at + MARK.quote_phrase_words)):
        if view.norm[k] in known("slogans"):
            first = k + 1 + (view.norm[k + 1] in _SUCH_AS)
            word = view.norm[first] if first < limit else ""
            plain = first < limit and view.is_word(first) and word not in vocabulary().stops and word not in forms()
            plain = plain and not word.endswith(("ه", "ات")) and not word.startswith((ARTICLE, "لل", "ب"))
            return Cue(token, form, "colon", first, view.starts[first]) if plain else None
    return None


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


def _is_agent(view: View, cue: Cue, subject: Phrase) -> bool:
    """Whether the subject of a verb that is often passive names somebody: "يعتبر الوزير أن", not "يعتبر السبب ... أن"."""
    words = vocabulary()
    head = view.norm[subject.first]
    if subject.kind == "" and head not in words.sources and head not in words.quantities and not head.endswith(_PLURAL):
        return False
    if cue.form.verb.lemma != _SHOW:
        return True
    # "بين الشمال والجنوب بأن": the preposition
    if cue.how in ("object", "quote") and not cue.form.prefix:
        return False
    both = view.norm[subject.last]
    other = both[:1] == "و" and view.is_word(subject.last) and both[1:] not in words.title_heads
    return not other and not (cue.opening > 0 and view.norm[cue.opening - 1][:2] == "با")


def _may_be_noun(form: Form) -> bool:
    """Whether the form is a common noun as well (طالب "student", ذكر "mention")."""
    return "weak" in form.verb.takes and form.tense == "past" and form.person == "m" and not form.prefix


def _after_definite(view: View, token: int) -> bool:
    """Whether the word before is definite, so that an indefinite participle describes none: "انتهى العرض | مؤكدا أن"."""
    word = view.norm[token - 1]
    if view.norm[token].startswith(ARTICLE) or word in vocabulary().stops | vocabulary().passing:
        return False
    return word.startswith(ARTICLE) or word.endswith(_OWNED) or view.mention_end.get(token) is not None


def _could_be_adjective(cue: Cue) -> bool:
    """Whether a participle that no comma sets off may only describe the noun before it: "عمارات مهددة بالانهيار"."""
    if cue.form.person != "m":
        return True  # "وعود مؤكدة بأن"
    return cue.how == "object" or (cue.how == "preposition" and "bi" in cue.form.verb.takes)


def _is_verb_here(view: View, token: int, cue: Cue, subject: Phrase | None) -> bool:
    """Whether a form that is a noun as well is the verb: somebody follows who can speak, or أن at once."""
    words = vocabulary()
    who = words.sources if "silent" in cue.form.verb.takes else words.sources | words.quantities
    if subject is not None and (subject.kind != "" or view.norm[subject.first] in who or cue.how == "that"):
        return True
    if "named" in cue.form.verb.takes:
        return False
    return stands_free(view, token) and (cue.how in ("that", "colon") or cue.first <= token + 2)


def _carried(view: View, token: int, form: Form, limit: int, *, carrier: Phrase | None, at: int) -> Cue | None:
    """نقلت وكالة X عن Y قوله إن ...: who carries it, whose words they are, and where they begin."""
    norm = view.norm
    stop = min(limit, at + MARK.quote_gap_words)
    if carrier is not None and at < limit and norm[at] in known("statement"):
        speaker = phrase_at(view, at + 1, limit)  # "نقلت الصحف تأكيد الوزير أن"
        cue = find_opening(view, token, form, speaker.last, limit) if speaker is not None else None
        if cue is not None and speaker is not None:
            return replace(cue, subjects=(speaker,), passed_on=(carrier,), gap=(speaker.last, cue.opening))
    via = next((k for k in range(at, stop) if norm[k] in ("عن", "الي") and view.inside[k] is None), None)
    if via is None or any(norm[k] in vocabulary().complementisers or norm[k] == ":" for k in range(at, via)):
        return None
    source = phrase_at(view, via + 1, limit)
    if source is None:
        return None
    passed = [carrier] if carrier is not None else []
    whose = _of_office(view, source)
    if whose is not None:
        passed.append(source)
        source = whose
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


def _of_office(view: View, source: Phrase) -> Phrase | None:
    """Whose words a press office gives: "المكتب الصحفي | لرئيس البلاد"."""
    if role_of(view, source) != "office":
        return None
    for token in range(source.first + 1, source.last):
        word = view.norm[token]
        if word[:1] == "ل" and word[1:] in vocabulary().title_heads:
            return source._replace(first=token, start=view.doc.words.offset(token, 1), kind="person", gender="m")
    return None


def participles(view: View) -> frozenset[int]:
    """The participles of speech that a comma opens: a reporter's clause, whether or not its content was found."""
    table = forms()
    found = []
    for token, word in enumerate(view.norm):
        if token and view.norm[token - 1] in COMMAS and any(f.tense == "participle" for f in table.get(word, ())):
            found.append(token)
    return frozenset(found)
