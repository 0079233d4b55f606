"""What opens the content of a reporting verb: أن, a colon, quotation marks, its preposition, or its object."""

from __future__ import annotations

from riwaya.arabic.clitics import cuts
from riwaya.arabic.words import NUMBER
from riwaya.mark.quotes.cues import COMMAS, PRONOUNS, Cue, How, can_be_verb, is_action, known
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.phrases import ARTICLE, is_verbal_noun, phrase_at, vocabulary
from riwaya.mark.quotes.verbs import Form, forms
from riwaya.mark.quotes.view import View
from riwaya.settings.mark import MARK

PAUSES = frozenset("،,-–—()")
_ENDS = frozenset("?؟!")
# A verb's own preposition with a pronoun: its content stands before it ("الالتزامات التي تعهد بها").
_RESUMED = {
    "bi": frozenset(("به", "بها", "بهم")), "an": frozenset(("عنه", "عنها")), "ila": frozenset(("اليه", "اليها")),
    "ala": frozenset(("عليه", "عليها")), "min": frozenset(("منه", "منها")),
}  # fmt: skip
_DEMONSTRATIVES = frozenset(("هذا", "هذه", "ذلك", "تلك", "ما", "كل", "جميع", "اي", "كافه"))
_ALL = frozenset(("كافه", "جميع", "كل", "ساير"))
_WITH_PRONOUN = frozenset(("له", "لها", "لهم", "لهما", "فيه", "فيها", "عنه", "عنها", "منه", "منها", "به", "بها", "معه", "معها"))
_LEADING = frozenset(":،,-–—")
_SEPARATE = {"ila": "الي", "an": "عن", "ala": "علي", "min": "من"}
_THAT_AFTER_COLON = frozenset(("ان", "انه", "بان", "انها"))
_SHORTEST_ARGUMENT = 4  # letters after ب: a shorter rest is mostly a word in ب of its own (بلدة)


def find_opening(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """The first thing from token `at` on, before `limit`, that opens content after the verb at `token`."""
    norm = view.norm
    words = vocabulary()
    takes = form.verb.takes
    aside = at < limit and (norm[at] in COMMAS or norm[at] in words.prepositions)  # "مضيفا، خلال افتتاح ...، أن"
    reach = MARK.quote_gap_words if form.tense in ("past", "present") or aside else MARK.quote_phrase_words
    stop = min(limit, at + reach)
    if takes & {"bare", "any"}:
        named = _action_at(view, at, limit, subject=at > token + 1)
        if named is not None:
            return Cue(token, form, "object", named, view.starts[named])
    preposition: int | None = None
    k = at
    while k < stop:
        word = norm[k]
        pair = view.opening.get(k)
        if pair is not None:
            near = k == at or not view.is_word(k - 1) or pair.last - pair.first > MARK.quote_name_words
            near = near or norm[pair.first] in words.complementisers or norm[k - 1] in _WITH_PRONOUN
            if near and preposition is None and _is_speech(view, pair, form, limit):
                return _marked(view, token, form, pair)
            k = pair.closing + 1 if pair.closed else k + 1
            continue
        mention = view.mention_at.get(k)
        if mention is not None and mention.start == view.starts[k]:
            k = mention.last
            continue
        if word == ":" and not _is_clock(view, k):
            return _content_at(view, Cue(token, form, "colon", k + 1, 0), limit) if takes & {"that", "to", "ila"} else None
        if word in words.complementisers and (k == at or not _not_before_that(norm[k - 1])):
            if "that" in takes and not (preposition is not None and _binds(view, preposition, at, k, form)):
                return _content_at(view, Cue(token, form, "that", k + 1, 0), limit)
            if preposition is None and "that" not in takes:
                break
        if preposition is None and preposition_end(view, k, form) is not None:
            if k == token + 1 and {"to", "bi"} <= takes and form.verb.stance == "alleges":
                return None  # "متهم بالقتل": nobody is accused by anybody here
            far = k - at > MARK.quote_preposition_words and view.is_word(k - 1) and norm[k - 1] not in words.passing
            if far and "to" not in takes:
                break  # too far from the verb to be its own
            if takes & {"bare", "any"} and _is_own_action(view, k - 1, at):
                return Cue(token, form, "object", k - 1, view.starts[k - 1])
            preposition = k
            if "that" not in takes or form.verb.stance == "demands":
                break
        if word in _ENDS or (k > at and _bars(view, k)) or _resumes(word, form, adjacent=k == at):
            break
        if word in PRONOUNS and "to" in takes and not ("that" in takes and form.tense == "participle"):
            # "وجه رسالة إلى المؤتمر الذي ...": what follows belongs to another verb, as far as the next comma
            comma = next((c for c in range(k + 1, stop) if norm[c] in COMMAS), stop)
            if comma + 1 >= stop:
                deed = _deed_after(view, k + 1, stop, form) if k == at else None
                preposition = preposition if deed is None else deed
                break
            k = comma
        k += 1
    late = "late" in takes and preposition is None
    found = find_object(view, token, form, at, limit) if late or takes & {"bare", "any"} else None
    if found is None and takes & {"bare", "any"} and form.tense in ("past", "present"):
        titled = _after_titles(view, token, form, at, preposition or limit) if at > token + 1 else None
        found = titled or (_own_action(view, token, form, at, limit) if preposition is None else None)
    if preposition is not None and (found is None or found.first > preposition):
        return _after_preposition(view, token, form, preposition, limit)
    return found


def _after_titles(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """The object after a comma that closes the subject's titles: "أعلن كمال حداد رئيس الشركة لإدارة المترو، نجاح التشغيل"."""
    stop = min(limit - 1, at + MARK.quote_phrase_words)
    inside = False  # a relative clause, as far as its comma
    for k in range(at, stop):
        if view.norm[k] in vocabulary().complementisers or _bars(view, k):
            return None
        inside = view.norm[k] in PRONOUNS or (inside and view.norm[k] not in COMMAS)
        if view.norm[k] in COMMAS:
            found = _action_at(view, k, limit, subject=True)
            if found is not None and not inside:
                return Cue(token, form, "object", found, view.starts[found])
    return None


def _own_action(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """The object after words of the subject that nobody knew, if it can be nothing else: "أعلنت مجموعات ... مشاركتها في"."""
    words = vocabulary()
    for k in range(at, min(limit, at + MARK.quote_preposition_words)):
        word = view.norm[k]
        if word in words.complementisers or word in PRONOUNS or word in _ENDS or _bars(view, k) or not _is_plain(view, k):
            return None
        own = view.text(view.starts[k], view.ends[k]).endswith(("ه", "ها", "هم", "هما"))  # ه, not ة
        own = own and is_verbal_noun(word) and view.inside[k] is None and view.norm[k - 1].removeprefix("ب") not in words.stops
        own = own and (k > at or at > token + 1 or word.endswith("هما"))
        if view.inside[k] is None and k > at and _after_definite(view, k) and is_action(view, k):
            own = True  # "أعلنت تشكيلات الجيش | استهداف مقرات"
        if (own or word in known("plain_objects")) and view.norm[k - 1] not in words.prepositions:
            return Cue(token, form, "object", k, view.starts[k])
    return None


def _deed_after(view: View, at: int, stop: int, form: Form) -> int | None:
    """The verb's preposition on a verbal noun after a relative clause: "هدد المشجعون الذين تضمهم الرابطة | بنشر الفوضى"."""
    for k in range(at, stop):
        word = view.norm[k]
        if word in COMMAS or _bars(view, k):
            return None
        if word[:1] == "ب" and is_verbal_noun(word[1:]) and preposition_end(view, k, form) is not None:
            return k
    return None


def _after_definite(view: View, token: int) -> bool:
    """Whether the word before is definite, so that an indefinite noun here begins a phrase of its own."""
    before = view.mention_end.get(token)
    return view.norm[token - 1].startswith(ARTICLE) or (before is not None and before.kind != "person")


def _is_plain(view: View, token: int) -> bool:
    """Whether a token is a word or one of the marks that a subject may hold."""
    return view.is_word(token) or view.norm[token] in PAUSES or view.kinds[token] == NUMBER


def _action_at(view: View, at: int, limit: int, *, subject: bool) -> int | None:
    """The token of a verbal noun that follows at once, time words aside: the verb's object whatever comes later.

    Where no subject was found a word that only looks like a verbal noun may be one (أكد ائتلاف ... أن), so it must be known.
    """
    words = vocabulary()
    while at < limit and view.inside[at] is None and (view.norm[at] in PAUSES or view.norm[at] in words.passing):
        at += 1
    if at >= limit or view.inside[at] is not None or view.norm[at] in words.sources:
        return None
    if at + 1 < limit and view.norm[at + 1] in words.complementisers:
        return None  # a name: "أكد سامي حداد أن"
    bare = view.norm[at].removeprefix(ARTICLE)
    if bare in words.verbal_nouns or (subject and is_verbal_noun(bare) and is_action(view, at)):
        return at
    return None


def _not_before_that(word: str) -> bool:
    """Whether أن after this word belongs to it: "بعد أن", "وتريد أن"."""
    avoided = known("not_before_that")
    return word in avoided or (word[:1] in "وف" and word[1:] in avoided)


def _past_others(view: View, at: int, limit: int) -> int:
    """The token after further addressees that و joins: "ناشد المنظمات | والمجلس القومي ورئيس الجمهورية"."""
    for _ in range(MARK.quote_phrase_words):
        if at >= limit or view.norm[at][:1] != "و" or not view.is_word(at) or is_verbal_noun(view.norm[at][1:]):
            return at
        attached = view.mention_at.get(at) is None
        skips = attached and view.norm[at][1:] in _ALL
        other = phrase_at(view, at + skips, limit, start=view.doc.words.offset(at, 1) if attached and not skips else None)
        if other is None:
            return at
        at = other.last
    return at


def _is_own_action(view: View, token: int, at: int) -> bool:
    """Whether the word before the preposition is the object itself, with its owner: "مسؤوليتها | عن", "استعداده | ل"."""
    word = view.norm[token]
    if token < at or view.inside[token] is not None or not view.is_word(token):
        return False
    return word.endswith(("ه", "ها", "هم")) and word in vocabulary().verbal_nouns and word[-3:] != "يه"


def preposition_end(view: View, token: int, form: Form) -> int | None:
    """The offset where content begins if the verb's preposition stands at this token, apart or written onto the word."""
    word = view.norm[token]
    takes = form.verb.prepositions
    for name, written in _SEPARATE.items():
        if name in takes and word == written:
            return view.ends[token]
    mention = view.inside[token]
    if mention is not None and (mention.first < token or mention.start == view.starts[token]):
        return None
    if "bi" in takes and word == "بما" and ("that" not in takes or form.verb.stance == "alleges"):
        return view.doc.words.offset(token, 1)  # "نددت الحركة بما سمته ...", "اتهم الحزب خصومه بما ..."
    if "bi" in takes and word[:1] == "ب" and word not in known("not_bi"):
        if len(word) == 1:
            return view.ends[token]
        rest = word[1:]
        if len(rest) >= _SHORTEST_ARGUMENT or is_verbal_noun(rest) or rest in vocabulary().sources or rest in _DEMONSTRATIVES:
            return None if mention is not None and mention.kind == "place" else view.doc.words.offset(token, 1)
    if "li" in takes and word[:1] == "ل" and word not in known("not_li") and len(word) >= _SHORTEST_ARGUMENT:
        if form.verb.lemma != "دعا":
            return view.starts[token]
        if word.startswith("لل"):  # "دعا للمشاركة": the article is written into the preposition
            return view.starts[token] if is_verbal_noun(word[2:]) or ARTICLE + word[2:] in known("crowds") else None
        action = is_verbal_noun(word[1:]) or word[1:] in known("crowds")
        return view.doc.words.offset(token, 1) if action else None
    return None


def _resumes(word: str, form: Form, *, adjacent: bool) -> bool:
    """Whether a word is the verb's preposition with a pronoun, so that what is said stands before the verb."""
    if not adjacent and "that" in form.verb.takes:
        return False
    return any(name in _RESUMED and word in _RESUMED[name] for name in form.verb.prepositions)


def _binds(view: View, preposition: int, at: int, that: int, form: Form) -> bool:
    """Whether a preposition before أن opens the content itself ("شدد على أهمية أن"), and أن is only part of it."""
    if that == preposition + 1 or view.norm[preposition + 1] in vocabulary().documents:
        return False
    return preposition == at or form.verb.stance == "demands" or view.norm[preposition - 1] in COMMAS


def _bars(view: View, token: int) -> bool:
    """Whether another clause begins here: a finite verb of speech, or a comma and a word such as فيما."""
    before = view.norm[token - 1]
    if _as_agency(view, token) or _as_agency(view, token - 1):
        return False
    if before in COMMAS and view.norm[token] in known("breakers"):
        return True
    readings = forms().get(view.norm[token])
    if not readings or before in ("من", "ما", "وما") or before in vocabulary().prepositions:
        return False
    return any(
        can_be_verb(view, token, form)
        and not form.verb.takes & {"relative", "silent"}
        and (form.prefix > 0 or "weak" not in form.verb.takes or _sets_off(before, form))
        and (form.tense != "participle" or not view.is_word(token - 1))  # "إعداد ومتابعة": a noun
        for form in readings
    )


def _sets_off(before: str, form: Form) -> bool:
    """Whether a comma and a participle of speech begin a clause of their own; "، طالبا عدم ذكر اسمه،" only interrupts."""
    return form.tense == "participle" and before in COMMAS and form.verb.stance == "affirms"


def _as_agency(view: View, token: int) -> bool:
    """Whether "كما أفادت وكالة ..." begins at this token: named on the way, "ذكرت الوزارة، كما أفادت وكالة النور، أن"."""
    if view.norm[token] != "كما" or token + 2 >= len(view.norm):
        return False
    return view.norm[token + 1] in forms() and view.norm[token + 2] in known("name_heads")


def _is_clock(view: View, token: int) -> bool:
    """Whether a colon stands between the numbers of a clock time."""
    if not 0 < token < len(view.norm) - 1 or view.ends[token - 1] != view.starts[token]:
        return False
    return view.kinds[token - 1] == NUMBER and view.kinds[token + 1] == NUMBER


def _is_speech(view: View, pair: Pair, form: Form, limit: int) -> bool:
    """Whether the words in these marks are what is said, not a name on the way to it."""
    if not form.verb.takes & {"that", "bare", "any", "to"} or is_name(view, pair, MARK.quote_name_words):
        return False
    if _set_apart(view, pair) and form.verb.takes & {"any", "bare"}:
        return False
    if view.norm[pair.opening - 1].removeprefix("ب") in known("titling"):
        return False  # "حمل عنوان «...»"
    if pair.closing + 1 < limit and view.is_word(pair.opening - 1) and _that_follows(view, pair, form):
        return False  # 'لعرض دراسة «...»، أن'
    return pair.last - pair.first > MARK.quote_name_words or not _opens_after(view, pair, form, limit)


def _set_apart(view: View, pair: Pair) -> bool:
    """Whether marks hold a name of a word or two after a noun, with a comma after it: 'المنظمة «نجم»، أمس، ...'."""
    after = pair.closing + 1
    short = pair.closed and pair.last - pair.first <= MARK.quote_scare_words and after < len(view.norm)
    return short and view.is_word(pair.opening - 1) and view.norm[after] in COMMAS


def _that_follows(view: View, pair: Pair, form: Form) -> bool:
    """Whether أن stands right after these marks, a comma aside: then they hold a name, however long."""
    at = pair.closing + 1
    at += view.norm[at] in COMMAS
    return "that" in form.verb.takes and at < len(view.norm) and view.norm[at] in vocabulary().complementisers


def _opens_after(view: View, pair: Pair, form: Form, limit: int) -> bool:
    """Whether أن or the verb's preposition follows soon after these marks: then they hold a name."""
    for k in range(pair.closing + 1, min(limit, pair.closing + MARK.quote_phrase_words)):
        if view.norm[k] in vocabulary().complementisers or preposition_end(view, k, form) is not None:
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
    if before == "ل" or view.norm[pair.first] in known("name_heads"):
        return True
    if before in known("name_heads") or any(cut.rest in known("name_heads") for cut in cuts(before)[1:]):
        return True
    named = sum(view.inside[t] is not None for t in range(pair.first, pair.last))
    return 2 * named > size


def _marked(view: View, token: int, form: Form, pair: Pair, how: How = "quote") -> Cue:
    return Cue(token, form, how, pair.first, view.starts[pair.first], pair)


def _content_at(view: View, cue: Cue, limit: int, start: int | None = None) -> Cue | None:
    """Content from a cue's token on: أن and a colon may follow each other, marks may open."""
    first = cue.first
    colon = cue.how == "colon"
    skipped = _LEADING | _THAT_AFTER_COLON if colon else _LEADING
    while first < limit and view.norm[first] in skipped:
        first += 1
        start = None
    if first >= limit:
        return None
    pair = view.opening.get(first)
    if pair is not None:
        return _marked(view, cue.token, cue.form, pair, cue.how)
    return Cue(cue.token, cue.form, cue.how, first, view.starts[first] if start is None else start)


def _after_preposition(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """Content after the verb's preposition, written apart (إلى العمل) or onto the next word (بصياغة)."""
    start = preposition_end(view, at, form)
    if start is None:
        return None
    if start < view.ends[at]:
        return _content_at(view, Cue(token, form, "preposition", at, 0), limit, start)
    first = at + 1
    while first < limit and view.norm[first] in COMMAS:
        first += 1
    if first < limit and view.norm[first] in vocabulary().complementisers:
        return _content_at(view, Cue(token, form, "that", first + 1, 0), limit)
    return _content_at(view, Cue(token, form, "preposition", first, 0), limit)


def find_object(view: View, token: int, form: Form, at: int, limit: int) -> Cue | None:
    """Content that is the verb's object, after time words and adjuncts: "أكد ... خلال محادثة مع ... فاعلية الإجراءات"."""
    words = vocabulary()
    norm = view.norm
    addressed = "to" not in form.verb.takes
    begin = at
    for _ in range(MARK.quote_phrase_words):
        while at < limit and (norm[at] in PAUSES or (norm[at] in words.passing and view.inside[at] is None)):
            at += 1
        if at + 1 < limit and norm[at] == "ل" and at + 1 in view.opening:
            at = view.opening[at + 1].closing + 1  # 'يؤكد لـ«الشرق الأوسط» صحة ...'
            continue
        if at >= limit:
            return None
        if at == begin and at > token + 1 and norm[at][:1] == "و" and view.is_word(at):
            other = phrase_at(view, at, limit, start=view.doc.words.offset(at, 1))
            if other is not None and not is_verbal_noun(norm[at][1:]):
                at = other.last  # a second subject: "مصادر أمنية وأخرى طبية"
                while at < limit and norm[at].startswith("وال"):
                    at += 1  # "وحزبها البناء | والتنمية"
                continue
        if at in view.opening:
            pair = view.opening[at]
            after = pair.closing + 1
            named = pair.closed and after < limit and pair.last - pair.first <= MARK.quote_name_words
            action = named and view.is_word(at - 1) and is_verbal_noun(norm[after].removeprefix(ARTICLE))
            if action or _set_apart(view, pair):
                at = after  # 'أبدت أندية «...» رغبتها في', 'نفت المنظمة «...»، أمس، تعرض'
                continue
            return _marked(view, token, form, pair)
        mention = view.inside[at]
        if norm[at] in _WITH_PRONOUN:
            at += 1  # "في بيان لها": nothing is governed
            continue
        if norm[at][:1] == "ب" and norm[at] in known("not_bi") and mention is None and at + 1 < limit:
            governed = phrase_at(view, at + 1, limit)  # "أدان الحزب، برئاسة ...، العنف"
            at = at + 1 if governed is None else governed.last
            continue
        if norm[at] in words.prepositions or (mention is not None and mention.start > view.starts[at]):
            governed = phrase_at(view, at + (norm[at] in words.prepositions), limit)
            if governed is None:
                return None
            at = governed.last
            continue
        if not addressed and not is_verbal_noun(norm[at].removeprefix(ARTICLE)):
            addressee = phrase_at(view, at + (norm[at] in _ALL), limit)
            if addressee is None:
                return None
            at, addressed = addressee.last, True
            at = _past_others(view, at, limit)
            continue
        break
    if "any" in form.verb.takes and norm[at] in _DEMONSTRATIVES and form.tense != "participle" and at + 1 < limit:
        return Cue(token, form, "object", at, view.starts[at])
    if not view.is_word(at) or norm[at] in words.stops or view.inside[at] is not None:
        return None
    action = is_verbal_noun(norm[at].removeprefix(ARTICLE)) and (is_action(view, at) or norm[at].startswith(ARTICLE))
    clause = form.tense != "participle" or not view.is_word(token - 1)  # "، مثمنا دور ...", not an adjective
    if action or ("any" in form.verb.takes and norm[at] not in forms() and clause):
        return Cue(token, form, "object", at, view.starts[at])
    return None
