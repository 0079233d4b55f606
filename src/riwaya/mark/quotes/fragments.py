"""Words in quotation marks that are somebody's own: inside reported speech, after "ما وصفه بـ", and on their own."""

from __future__ import annotations

from functools import cache

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import speech
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.words import NUMBER
from riwaya.mark.quotes.cues import COMMAS
from riwaya.mark.quotes.draft import Draft, Ledger
from riwaya.mark.quotes.ends import strip_end
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.openings import is_name
from riwaya.mark.quotes.phrases import ARTICLE, vocabulary
from riwaya.mark.quotes.speakers import of_sentence
from riwaya.mark.quotes.verbs import forms
from riwaya.mark.quotes.view import View
from riwaya.settings.mark import MARK

_THIS = frozenset(("هذا", "هذه", "ذلك", "تلك", "هولاء"))
_JOINING = frozenset(("و", "ب", "او", "ان", "انه", "بان", "بانه", "بانها", "انها"))


@cache
def _own() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.OWN_ATTRIBUTIONS, True), clitics=False)


@cache
def _called() -> Phrases[bool]:
    called = (*speech.CALLED, *("و" + phrase for phrase in speech.CALLED if " " not in phrase))
    return Phrases(dict.fromkeys(called, True), clitics=False)


def fragments(view: View, ledger: Ledger) -> list[Draft]:
    """Quoted words inside reported speech ("سيتم “تدريجيا”"), after "ما وصفه بـ", and long ones that no verb introduces."""
    marks_names = sum(_like_a_name(view, pair) for pair in view.pairs) > MARK.quote_scare_marks
    found: list[Draft] = []
    named: set[int] = set()  # the closing marks of short stretches that are names
    for pair in view.pairs:
        if not pair.closed or ledger.is_direct(pair.first):
            continue
        short = pair.last - pair.first <= MARK.quote_name_words
        if _numbered(view, pair) or (short and pair.opening - 2 in named and view.norm[pair.opening - 1] == "و"):
            named.add(pair.closing)  # «7842 أ ب», "«الشمال» و«الجنوب»"
            continue
        holder = ledger.holder(pair.opening)
        if holder is not None and holder.last < pair.last:
            holder = None
        called = _called_before(view, pair)
        if _own().match_at(view.doc.words, pair.first) is not None:
            continue  # "على حد قوله" in marks
        if called is None and (is_name(view, pair, MARK.quote_orphan_words) or not _worth(view, pair, holder, marks_names)):
            if short:
                named.add(pair.closing)
            continue
        if called is None and holder is None and _is_title(view, pair):
            continue
        cue = called or (holder.cue if holder is not None else None)
        if holder is not None:
            speakers, outer, relays = holder.speakers, holder.outer, holder.relays
            stance = holder.stance
        else:
            teller = of_sentence(view, pair.opening)
            subject = teller or ledger.speaker_before(pair.opening)
            speakers, outer, relays, stance = (subject,) if subject is not None else (), None, [], "affirms"
            before = ledger.top_before(pair.opening) if teller is None else None
            if before is not None:  # the statement goes on
                relays = [link for link in ledger.drafts[before].relays if link.role in ("document", "agency")]
        if not speakers:
            continue
        last = strip_end(view, pair.first, pair.last)
        start, end = view.starts[pair.first], view.ends[last - 1]
        found.append(Draft(pair.opening, cue, pair.first, last, start, end, True, stance, speakers, list(relays), outer))
    return found


def _numbered(view: View, pair: Pair) -> bool:
    """Whether a few marked words hold a number: a plate, a version, a time."""
    short = pair.last - pair.first <= MARK.quote_phrase_words
    inside = range(pair.first, pair.last) if short else ()
    if not view.is_word(pair.opening - 1) or not any(view.kinds[t] == NUMBER for t in inside):
        return False
    return sum(view.is_word(t) and len(view.norm[t]) > 1 for t in inside) <= 1


def _called_before(view: View, pair: Pair) -> tuple[int, int] | None:
    """The offsets of "ما وصفه" and its like when it stands right before the marks (بـ and بأنه may stand between)."""
    for first in range(max(0, pair.opening - 4), pair.opening):
        match = _called().match_at(view.doc.words, first)
        if match is not None and all(view.norm[t] in _JOINING for t in range(match.last, pair.opening)):
            return match.start, match.end
    return None


def _is_title(view: View, pair: Pair) -> bool:
    """Whether marked words, however many, are the title of something: "ندوة بعنوان «...»", "كتاب «...»"."""
    before = view.norm[pair.opening - 1] if pair.opening else ""
    return before in vocabulary().name_heads or any(cut.rest in vocabulary().name_heads for cut in cuts(before)[1:])


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
    if before.removeprefix("ب").removeprefix("ل") in _THIS:
        return True  # 'مواجهة هذا "الاعتداء السافر"'
    defined = all(view.norm[t].startswith(ARTICLE) for t in range(pair.first, pair.last))
    if before == "ل" or (before != "ب" and (marks_names or defined) and not _describes(view, holder)):
        return False
    if before in _JOINING or before in COMMAS:
        return True
    return not view.is_word(pair.opening - 1) or before in vocabulary().stops or before[:1] in "وسيت"


def _describes(view: View, holder: Draft) -> bool:
    """Whether the verb of the speech around the marks is one of naming (وصف)."""
    return any(form.verb.lemma == "وصف" for form in forms().get(view.norm[holder.token], ()))
