"""What no verb of speech introduces: quoted fragments, بحسب, "جاء في بيان", "جاء ذلك في بيان", headlines with a colon."""

from __future__ import annotations

from functools import cache

from riwaya.arabic.lexicon import speech
from riwaya.arabic.phrases import Phrases
from riwaya.mark.quotes.build import says_in
from riwaya.mark.quotes.cues import COMMAS
from riwaya.mark.quotes.draft import Draft
from riwaya.mark.quotes.ends import content_end, strip_end
from riwaya.mark.quotes.isnad import Attribution, documents_between, link_of
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.openings import is_name
from riwaya.mark.quotes.phrases import ARTICLE, from_mention, phrase_at, vocabulary
from riwaya.mark.quotes.speakers import of_sentence
from riwaya.mark.quotes.verbs import forms
from riwaya.mark.quotes.view import Phrase, View
from riwaya.settings.mark import MARK

_QUALIFYING = frozenset(("لما", "ما", "كما", "مما", "بما"))  # "كما ورد في": said of something else
_JOINING = frozenset(("و", "ب", "او", "ان", "انه", "بان", "بانه", "بانها", "انها"))
_SO = frozenset(("فان", "فانه", "فانها", "فانهم"))
_THAT = frozenset(("فان", "ان", "فانه", "انه", "بان", "فانها", "انها", ":"))


@cache
def _called() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.CALLED, True), clitics=False)


@cache
def _says_in() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.SAYS_IN, True), clitics=False)


# ------------------------------------------------------------------------------------------------------------ fragments


def fragments(view: View, drafts: list[Draft]) -> list[Draft]:
    """Quoted words inside reported speech ("سيتم “تدريجيا”"), after "ما وصفه بـ", and long ones that no verb introduces."""
    marks_names = sum(_like_a_name(view, pair) for pair in view.pairs) > MARK.quote_scare_marks
    found: list[Draft] = []
    for pair in view.pairs:
        if not pair.closed or any(d.direct and d.first <= pair.first and pair.last <= d.last for d in drafts):
            continue
        holder = _holder(drafts, pair)
        called = _called_before(view, pair)
        if called is None and (is_name(view, pair, MARK.quote_orphan_words) or not _worth(view, pair, holder, marks_names)):
            continue
        cue = called or (holder.cue if holder is not None else None)
        if holder is not None:
            speakers, outer, relays = holder.speakers, holder.outer, holder.relays
            stance = holder.stance
        else:
            subject = of_sentence(view, pair.opening) or _last_speaker(drafts, pair.opening)
            speakers, outer, relays, stance = (subject,) if subject is not None else (), None, [], "affirms"
        if not speakers:
            continue
        last = strip_end(view, pair.first, pair.last)
        start, end = view.starts[pair.first], view.ends[last - 1]
        found.append(Draft(pair.opening, cue, pair.first, last, start, end, True, stance, speakers, list(relays), outer))
    return found


def _holder(drafts: list[Draft], pair: Pair) -> Draft | None:
    """The innermost indirect speech that holds these marks."""
    best = None
    for draft in drafts:
        if draft.first <= pair.opening and pair.last <= draft.last and (best is None or draft.first >= best.first):
            best = draft
    return best


def _called_before(view: View, pair: Pair) -> tuple[int, int] | None:
    """The offsets of "ما وصفه" and its like when it stands right before the marks (بـ and بأنه may stand between)."""
    for first in range(max(0, pair.opening - 4), pair.opening):
        match = _called().match_at(view.doc.words, first)
        if match is not None and all(view.norm[t] in _JOINING for t in range(match.last, pair.opening)):
            return match.start, match.end
    return None


def _like_a_name(view: View, pair: Pair) -> bool:
    """Whether a short marked stretch stands where a name would: right after a noun or ل."""
    before = view.norm[pair.opening - 1] if pair.opening else "."
    return pair.last - pair.first <= MARK.quote_scare_words and before not in _JOINING and view.is_word(pair.opening - 1)


def _worth(view: View, pair: Pair, holder: Draft | None, marks_names: bool) -> bool:
    """Whether marked words are somebody's words rather than a name, a title or a word held at a distance."""
    size = pair.last - pair.first
    if not any(view.is_word(t) for t in range(pair.first, pair.last)):
        return False
    if holder is None:
        return size >= MARK.quote_orphan_words
    if size > (MARK.quote_name_words if marks_names else MARK.quote_scare_words):
        return True
    before = view.norm[pair.opening - 1] if pair.opening else ""
    defined = all(view.norm[t].startswith(ARTICLE) for t in range(pair.first, pair.last))
    if before == "ل" or (before != "ب" and (marks_names or defined) and not _describes(view, holder)):
        return False
    if before in _JOINING or before in COMMAS:
        return True
    return not view.is_word(pair.opening - 1) or before in vocabulary().stops or before[:1] in "وسيت"


def _describes(view: View, holder: Draft) -> bool:
    """Whether the verb of the speech around the marks is one of naming (وصف)."""
    return any(form.verb.lemma == "وصف" for form in forms().get(view.norm[holder.token], ()))


def _last_speaker(drafts: list[Draft], token: int) -> Phrase | None:
    for draft in reversed(drafts):
        if draft.token < token and draft.outer is None and draft.speakers:
            return draft.speakers[0]
    return None


# --------------------------------------------------------------------------------------------------------- attributions


def attribute(view: View, drafts: list[Draft], items: list[Attribution], cuts: frozenset[int]) -> list[Draft]:
    """Read every بحسب: it adds a relay to the quotes of its sentence, or, where there is none, makes one."""
    made: list[Draft] = []
    for item in items:
        begin, limit = view.begins[item.first], view.limits[item.first]
        if view.pair_around(item.first) is not None:
            continue
        near = [d for d in drafts if d.outer is None and d.cue is not None and begin <= d.token < limit]
        held = next((d for d in drafts if d.holds(item.first)), None)
        if held is None:
            ended = [d for d in near if (d.token > item.first if item.opens else d.token < item.first)]
            if not near and not item.opens:
                # the marks closed the sentence before: "...". بحسب
                ended = [d for d in drafts if d.outer is None and d.last <= item.first and item.first - d.last <= 3]  # noqa: PLR2004
            if ended:
                _pass_on(view, item, ended)
                continue
        draft = _attributed(view, item, drafts, cuts)
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
        own = any(text in view.text(s.start, s.end) or view.text(s.start, s.end) in text for s in draft.speakers)
        if not own:
            draft.relays.insert(0, link_of(view, source))


def _attributed(view: View, item: Attribution, drafts: list[Draft], cuts: frozenset[int]) -> Draft | None:
    """A statement whose only cue is بحسب: what follows it at the head of a sentence, what stands before it elsewhere."""
    begin, limit = view.begins[item.first], view.limits[item.first]
    source = item.source or _last_speaker(drafts, item.first)
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
        if any(d.first < last and first < d.last for d in drafts):
            return None
    if last - first < MARK.quote_shortest_attributed:
        return None
    relays = []
    speaker = source
    if source.kind == "document":
        previous = _last_speaker(drafts, item.first)
        if previous is not None:
            speaker, relays = previous, [link_of(view, source)]
    return Draft(item.first, cue, first, last, view.starts[first], view.ends[last - 1], False, "affirms", (speaker,), relays)


# ------------------------------------------------------------------------------------------------------------ documents


def says_in_documents(view: View, drafts: list[Draft], cuts: frozenset[int]) -> list[Draft]:
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
        speaker, relays, at = says_in(view, token, match.last, _last_speaker(drafts, token))
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


def came_in(view: View, drafts: list[Draft]) -> None:
    """"جاء ذلك في بيان نشره الاتحاد": the document carried what the same speaker is quoted with before and after."""
    norm = view.norm
    for token, word in enumerate(norm):
        if word not in ("جاء", "وجاء", "جاءت", "وجاءت", "ياتي", "وياتي") or token + 2 >= view.limits[token]:
            continue
        if norm[token + 1] not in ("ذلك", "هذا", "تصريحاته", "تصريحاتها", "تصريحات", "كلامه", "كلامها"):
            continue
        reach = min(view.limits[token], token + 2 + MARK.quote_phrase_words)
        documents = [p for p in documents_between(view, token + 2, reach) if p.kind == "document"]
        before = [i for i, d in enumerate(drafts) if d.outer is None and d.token < token]
        if not documents or not before:
            continue
        link = link_of(view, documents[0])
        middle = before[-1]
        for step in (range(middle, -1, -1), range(middle + 1, len(drafts))):
            for i in step:
                draft = drafts[i]
                if draft.outer is not None:
                    continue
                if not _same_speaker(view, draft, drafts[middle]):
                    break
                draft.relays.append(link)


def _same_speaker(view: View, a: Draft, b: Draft) -> bool:
    """Whether two drafts have one speaker as far as their words show: one's words are among the other's."""
    if not a.speakers or not b.speakers:
        return False
    x, y = (set(view.norm[d.speakers[0].first : d.speakers[0].last]) for d in (a, b))
    return x <= y or y <= x


# ------------------------------------------------------------------------------------------------------------ headlines


def headlines(view: View, drafts: list[Draft]) -> list[Draft]:
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
        if colon is None or colon + MARK.quote_shortest_attributed > end or any(begin <= d.token < end for d in drafts):
            continue
        mention = view.mention_at.get(begin)
        phrase = from_mention(view, mention, colon) if mention is not None else phrase_at(view, begin, colon)
        if phrase is None or (mention is None and (phrase.last != colon or view.norm[begin] not in vocabulary().sources)):
            continue
        if mention is not None and mention.kind == "place" and phrase.last == colon:
            continue
        pair = view.opening.get(colon + 1)
        whole = pair is not None and pair.closed and pair.closing >= end - 2
        first = pair.first if pair is not None and whole else colon + 1
        last = strip_end(view, first, pair.last if pair is not None and whole else end)
        if last > first:
            cue = (view.starts[colon], view.ends[colon])
            made.append(Draft(begin, cue, first, last, view.starts[first], view.ends[last - 1], whole, "affirms", (phrase,)))
    return made
