"""What no verb of speech introduces: بحسب, "جاء في بيان", "جاء ذلك في بيان", headlines with a colon."""

from __future__ import annotations

from functools import cache

from riwaya.arabic.lexicon import speech
from riwaya.arabic.phrases import Phrases
from riwaya.mark.quotes.build import says_in
from riwaya.mark.quotes.cues import COMMAS, can_be_verb, known
from riwaya.mark.quotes.draft import Draft, Ledger
from riwaya.mark.quotes.ends import content_end, strip_end
from riwaya.mark.quotes.isnad import Attribution, documents_between, link_of, owner, stands_alone
from riwaya.mark.quotes.marks import MARKS
from riwaya.mark.quotes.phrases import from_mention, phrase_at, vocabulary
from riwaya.mark.quotes.speakers import can_speak
from riwaya.mark.quotes.verbs import Form, forms
from riwaya.mark.quotes.view import Phrase, View
from riwaya.settings.mark import MARK

_QUALIFYING = frozenset(("لما", "ما", "كما", "مما", "بما"))  # "كما ورد في": said of something else
_SO = frozenset(("فان", "فانه", "فانها", "فانهم"))
_THAT = frozenset(("فان", "ان", "فانه", "انه", "بان", "فانها", "انها", ":"))
_BETWEEN = frozenset("،,.-–—")  # what may stand between words in marks and the verb after them
_INSERTS = frozenset("،,-–—()")
_CITING = "نقلا"
_SHORTEST_BARE = 3  # letters of a word that may have a preposition written onto it
_MARKS_APART = 3  # tokens between the end of quoted words and بحسب after them: a closing mark, a full stop, a comma


@cache
def _says_in() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.SAYS_IN, True), clitics=False)


def attribute(view: View, ledger: Ledger, items: list[Attribution], cuts: frozenset[int]) -> list[Draft]:
    """Read every بحسب: it adds a relay to the quotes of its sentence, or, where there is none, makes one."""
    made: list[Draft] = []
    for found in items:
        item = found
        begin, limit = view.begins[item.first], view.limits[item.first]
        if view.pair_around(item.first) is not None:
            continue
        if item.last < limit and view.norm[item.last] in _SO and not item.opens:
            item = found._replace(opens=True)  # "... وحسب التقرير فإن ...": a clause of its own
            begin = item.first
        near = [d for d in ledger.between(begin, limit) if d.outer is None and d.cue is not None]
        if ledger.holder(item.first) is None:
            ended = [d for d in near if (d.token > item.first if item.opens else d.token < item.first)]
            if not near and not item.opens:
                # the marks closed the sentence before: "...". بحسب
                last = ledger.before(item.first)
                ended = [last] if last is not None and last.outer is None and 0 <= item.first - last.last <= _MARKS_APART else []
            if ended:
                _pass_on(view, item, ended)
                continue
        draft = _attributed(view, item, ledger, cuts)
        if draft is not None:
            made.append(draft)
    return made


def _pass_on(view: View, item: Attribution, drafts: list[Draft]) -> None:
    """Put who is named as the relay nearest the reader, unless it is the speaker."""
    if item.source is None:
        return
    source = item.source
    text = view.text(source.start, source.end)
    for draft in drafts:
        if view.norm[item.first] == _CITING and draft.token < item.first < draft.first and draft.speakers:
            # "أعلنت الهيئة نقلا عن الوزير أن": the words are the minister's
            draft.relays = [*(link_of(view, speaker) for speaker in draft.speakers), *draft.relays]
            draft.speakers = (source,)
            continue
        own = any(text in view.text(s.start, s.end) or view.text(s.start, s.end) in text for s in draft.speakers)
        if not own:
            draft.relays.insert(0, link_of(view, source))


def _is_inserted(view: View, item: Attribution, limit: int) -> bool:
    """Whether "، وفق تقارير،" stands inside a clause that goes on after it, rather than at its end."""
    before, after = item.first - 1, item.last
    if not (before >= 0 and after + 1 < limit and view.norm[before] in _INSERTS and view.norm[after] in _INSERTS):
        return False
    word = view.norm[after + 1]
    if not view.is_word(after + 1) or word[:1] == "و" or word in forms():
        return False
    return word not in known("breakers") | vocabulary().prepositions


def _attributed(view: View, item: Attribution, ledger: Ledger, cuts: frozenset[int]) -> Draft | None:
    """A statement whose only cue is بحسب: what follows it at the head of a sentence, what stands before it elsewhere."""
    begin, limit = view.begins[item.first], view.limits[item.first]
    source = item.source or ledger.speaker_before(item.first)
    if source is None:
        return None
    first_word = item.first
    cue = (view.starts[first_word], view.ends[(item.source.first if item.source is not None else item.last) - 1])
    if item.source is not None and item.source.start > view.starts[item.source.first]:
        cue = (cue[0], item.source.start)
    if item.opens:
        first = item.last
        after = next((k for k in range(first, min(limit, first + MARK.quote_phrase_words)) if view.norm[k] in _SO), None)
        first = first if after is None else after
        while first < limit and (view.norm[first] in COMMAS or view.norm[first] in _THAT):
            first += 1
        last = content_end(view, first, limit, cuts) if first < limit else first
    else:
        first = begin
        while first < item.first and not view.is_word(first):
            first += 1
        last = strip_end(view, first, item.first) if first < item.first else first
        if _is_inserted(view, item, limit):
            last = content_end(view, first, limit, cuts - {item.first})
        if last - first > MARK.quote_longest_words or any(ledger.holder(token) is not None for token in range(first, last)):
            return None
    if last - first < MARK.quote_shortest_attributed:
        return None
    relays = []
    speaker = source
    whose = owner(view, source, limit) if source.kind == "document" else None
    if whose is not None:
        speaker = whose
    elif source.kind == "document":
        previous = ledger.speaker_before(item.first)
        if previous is not None and not stands_alone(view, source):
            speaker, relays = previous, [link_of(view, source)]
    return Draft(item.first, cue, first, last, view.starts[first], view.ends[last - 1], False, "affirms", (speaker,), relays)


def says_in_documents(view: View, ledger: Ledger, cuts: frozenset[int]) -> list[Draft]:
    """"وجاء في بيان صدر عن الكرملين أن ...", "وجاء في بيان الوزارة: ..."."""
    phrases = _says_in()
    words = vocabulary()
    made: list[Draft] = []
    for token, word in enumerate(view.norm):
        if word not in phrases:
            continue
        match = phrases.match_at(view.doc.words, token)
        if match is None or match.last >= view.limits[token] or (token and view.norm[token - 1] in _QUALIFYING):
            continue
        speaker, relays, at = says_in(view, token, match.last, ledger.speaker_before(token))
        if speaker is None:
            continue
        stop = min(view.limits[token], at + MARK.quote_gap_words)
        openers = words.complementisers | {":"}
        opens = next((k for k in range(at, stop) if view.norm[k] in openers or k in view.opening), None)
        if opens is None:
            continue
        first = opens if opens in view.opening else opens + 1
        while first < stop and view.norm[first] in ":،,":
            first += 1
        if first >= view.limits[token]:
            continue
        pair = view.opening.get(first)
        direct = pair is not None and pair.closed
        if pair is not None and direct:
            first, last = pair.first, strip_end(view, pair.first, pair.last)
        else:
            last = content_end(view, first, view.limits[first], cuts)
        if last > first:
            cue = (match.start + (word[:1] == "و" and word[1:] in phrases), match.end)
            ends = view.starts[first], view.ends[last - 1]
            made.append(Draft(token, cue, first, last, *ends, direct, "affirms", (speaker,), relays))
    return made


def came_in(view: View, ledger: Ledger) -> None:
    """"جاء ذلك في بيان نشره الاتحاد": the document carried what the same speaker is quoted with before and after."""
    norm = view.norm
    for token, word in enumerate(norm):
        if word not in ("جاء", "وجاء", "جاءت", "وجاءت", "ياتي", "وياتي") or token + 2 >= view.limits[token]:
            continue
        if norm[token + 1] not in ("ذلك", "هذا", "تصريحاته", "تصريحاتها", "تصريحات", "كلامه", "كلامها"):
            continue
        reach = min(view.limits[token], token + 2 + MARK.quote_phrase_words)
        documents = [p for p in documents_between(view, token + 2, reach) if p.kind == "document"]
        middle = ledger.top_before(token)
        if not documents or middle is None:
            continue
        link = link_of(view, documents[0])
        drafts = ledger.drafts
        for step in (range(middle, -1, -1), range(middle + 1, len(drafts))):
            for draft in (drafts[i] for i in step if drafts[i].outer is None):
                if any(known.role == "document" for known in draft.relays) or not _same_speaker(view, draft, drafts[middle]):
                    break
                draft.relays.append(link)


def _same_speaker(view: View, a: Draft, b: Draft) -> bool:
    """Whether two drafts have one speaker as far as their words show: one's words are among the other's."""
    if not a.speakers or not b.speakers:
        return False
    x, y = (set(view.norm[d.speakers[0].first : d.speakers[0].last]) for d in (a, b))
    return x <= y or y <= x


def headlines(view: View, ledger: Ledger) -> list[Draft]:
    """A line such as "الرئيس الفلاني: لن نقبل ...": a speaker, a colon, what is said."""
    made: list[Draft] = []
    newline = view.doc.words.newline
    size = len(view.norm)
    lines = [i for i in range(size) if newline[i]]
    for at, begin in enumerate(lines):
        end = lines[at + 1] if at + 1 < len(lines) else size
        if end - begin > MARK.quote_headline_words:
            continue
        colon = next((k for k in range(begin + 1, min(end, begin + MARK.quote_phrase_words + 1)) if view.norm[k] == ":"), None)
        if colon is None or colon + MARK.quote_shortest_attributed > end or ledger.between(begin, colon + 1):
            continue
        phrase = _heading(view, begin, colon) or (_known_heading(view, ledger, begin, colon) if begin == 0 else None)
        if phrase is None or (phrase.kind == "place" and phrase.last == colon):
            continue
        pair = view.opening.get(colon + 1)
        whole = pair is not None and pair.closed and pair.closing >= end - 2
        first = pair.first if pair is not None and whole else colon + 1
        last = strip_end(view, first, pair.last if pair is not None and whole else end)
        if last > first:
            cue = (view.starts[colon], view.ends[colon])
            draft = Draft(begin, cue, first, last, view.starts[first], view.ends[last - 1], whole, "affirms", (phrase,))
            for inner in ledger.between(colon + 1, end):
                inner.outer = inner.outer or draft
            made.append(draft)
    return made


def _heading(view: View, begin: int, colon: int) -> Phrase | None:
    """Who is named before a headline's colon: a name, a source, either with who was told, or words in marks: «الداخلية»:"""
    while begin < colon and (view.norm[begin] in known("labels") or (view.norm[begin] == "." and begin + 1 < colon)):
        begin += 1
    pair = view.opening.get(begin)
    if pair is not None and pair.closed and pair.closing + 1 == colon and pair.last - pair.first <= MARK.quote_name_words:
        return Phrase(pair.first, pair.last, view.starts[pair.first], view.ends[pair.last - 1], "organization", "")
    mention = view.mention_at.get(begin)
    if mention is not None:
        return from_mention(view, mention, colon)
    phrase = phrase_at(view, begin, colon)
    if phrase is None or view.norm[begin] not in vocabulary().sources:
        return None
    told = phrase.last < colon and view.norm[phrase.last][:1] == "ل"  # 'شيخ الأزهر لـ"الغد":'
    return phrase if phrase.last == colon or told else None


def _known_heading(view: View, ledger: Ledger, begin: int, colon: int) -> Phrase | None:
    """Plain words before the colon of the title that name somebody whom the report quotes: "مصر القوية: ..."."""
    if colon - begin > MARK.quote_name_words or not all(view.is_word(t) for t in range(begin, colon)):
        return None
    words = frozenset(view.norm[begin:colon])
    if words & (vocabulary().stops | known("labels")):
        return None
    for draft in ledger.drafts:
        for who in draft.speakers:
            spoken = range(who.first, who.last)
            if any(_bare(view.norm[t]) in words or view.norm[t] in words for t in spoken):
                return Phrase(begin, colon, view.starts[begin], view.ends[colon - 1], "", "")
    return None


def _bare(norm: str) -> str:
    """A word without the ب or ل written onto it: بحزب, لحزب."""
    return norm[1:] if norm[:1] in ("ب", "ل") and len(norm) > _SHORTEST_BARE else norm


def after_words(view: View, ledger: Ledger) -> list[Draft]:
    """"«...»، قال الوزير": words in marks whose verb and speaker come after them."""
    made: list[Draft] = []
    for pair in view.pairs:
        verb = pair.closing + 1
        limit = view.limits[pair.opening]
        while verb < limit and view.norm[verb] in _BETWEEN:
            verb += 1
        short = pair.last - pair.first <= MARK.quote_name_words
        known = ledger.holder(pair.first) is not None or bool(ledger.between(verb, verb + 1))
        if not pair.closed or short or verb >= limit or known:
            continue
        form = next((f for f in forms().get(view.norm[verb], ()) if _may_follow(f)), None)
        if form is None or not can_be_verb(view, verb, form) or view.norm[verb - 1] not in _BETWEEN | MARKS:
            continue
        speaker = phrase_at(view, verb + 1, limit)
        if speaker is None or not can_speak(view, speaker):
            continue
        cue = (view.doc.words.offset(verb, form.prefix) if form.prefix else view.starts[verb], view.ends[verb])
        last = strip_end(view, pair.first, pair.last)
        ends = view.starts[pair.first], view.ends[last - 1]
        made.append(Draft(verb, cue, pair.first, last, *ends, True, form.verb.stance, (speaker,)))
    return made


def _may_follow(form: Form) -> bool:
    """Whether a form can follow what it introduces: a finite verb of saying with no و before it."""
    return form.tense in ("past", "present") and not form.prefix and "that" in form.verb.takes and "weak" not in form.verb.takes
