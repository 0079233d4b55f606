"""Quotes: who says what, in whose words, and through whom it came.

Rules over reporting verbs and their complements, in the tradition of Pouliquen, Steinberger and Best 2007 ("Automatic detection
of quotations in multilingual news") and, for Arabic, of Alrahabi's contextual exploration; indirect speech, demands and chains of
transmission are read by the same frames. Works with the names that were found and, less well, with none.

>>> quotes = find_quotes(prepare(article), names)     # "وأعلن رئيس البلاد انتهاء المهمة، مضيفا أن القوات ستغادر"
"""

from __future__ import annotations

from functools import cache

from riwaya.arabic.lexicon import speech
from riwaya.arabic.phrases import Phrases
from riwaya.ids import stable_id
from riwaya.mark.document import Document
from riwaya.mark.quotes.build import drafts_of
from riwaya.mark.quotes.draft import Draft, Ledger
from riwaya.mark.quotes.ends import cut_points, is_aside
from riwaya.mark.quotes.extras import after_words, attribute, came_in, headlines, says_in_documents
from riwaya.mark.quotes.fragments import fragments
from riwaya.mark.quotes.frames import read_cues
from riwaya.mark.quotes.isnad import attributions, unique
from riwaya.mark.quotes.view import Phrase, View, look
from riwaya.model import Link, Name, Quote, Speaker
from riwaya.settings.mark import MARK


def find_quotes(doc: Document, names: list[Name]) -> list[Quote]:
    """Every quote of an article in text order: direct and indirect speech, demands, announcements, denials.

    Args:
        doc: the prepared article. Nothing is looked for in its furniture.
        names: the mentions by name; a speaker's title comes from `Name.role`.

    Returns:
        Quotes sorted by their content. Joint speakers give one quote each; speech inside speech has the one who passes it on
        in its isnad. `isnad[0]` is the publishing outlet, `isnad[-1]` the speaker. Entity ids are left to `relate`.
    """
    if not len(doc.words):
        return []
    view = look(doc, names)
    cues = [cue for cue in read_cues(view) if not doc.is_hidden(view.starts[cue.token], view.ends[cue.token])]
    said_by = attributions(view)
    cuts = cut_points(view, cues).union(
        item.first for item in said_by if not item.opens and not is_aside(view, item.first, item.last)
    )
    ledger = drafts_of(view, cues, cuts)
    ledger.add(says_in_documents(view, ledger, cuts))
    ledger.add(after_words(view, ledger))
    _nest(ledger)
    ledger.add(attribute(view, ledger, said_by, cuts))
    came_in(view, ledger)
    ledger.add(headlines(view, ledger))
    ledger.add(fragments(view, ledger))
    return _finish(view, ledger.drafts)


def _nest(ledger: Ledger) -> None:
    """Tie speech inside speech to what holds it, for drafts that were found apart."""
    for draft in ledger.drafts:
        holder = ledger.holder(draft.token)
        if draft.outer is None and holder is not None and holder.token < draft.token:
            draft.outer = holder


@cache
def _hedges() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.HEDGES, True), clitics=False)


def _hedged(view: View, draft: Draft) -> bool:
    """Whether the sentence of the cue calls it hearsay before the content ends."""
    hedges = _hedges()
    first = max(view.begins[draft.token], draft.token - MARK.quote_gap_words)
    last = min(draft.last, draft.token + MARK.quote_gap_words)
    return any(view.norm[t] in hedges and hedges.match_at(view.doc.words, t) is not None for t in range(first, last))


def _finish(view: View, drafts: list[Draft]) -> list[Quote]:
    """Drafts as quotes: one for each speaker, the same content and speaker once."""
    found: dict[str, Quote] = {}
    for draft in drafts:
        if view.doc.is_hidden(draft.start, draft.end):
            continue
        hedged = _hedged(view, draft)
        for speaker in draft.speakers or (None,):
            quote = _quote(view, draft, speaker, hedged)
            found.setdefault(quote.id, quote)
    return sorted(found.values(), key=lambda q: (q.content.start, q.content.end, q.id))


def _quote(view: View, draft: Draft, speaker: Phrase | None, hedged: bool) -> Quote:
    doc = view.doc
    name = view.text(speaker.start, speaker.end) if speaker is not None else ""
    span = doc.span(speaker.start, speaker.end) if speaker is not None else None
    chain = [link for link in unique(draft.chain(view)) if link.span is None or link.span != span]
    said = None if speaker is None else Speaker(None, span, name)
    isnad = (Link("outlet", doc.article.outlet or None), *chain, Link("speaker", name or None, None, span))
    content = doc.span(draft.start, draft.end)
    return Quote(
        stable_id("q", doc.article.id, content.start, content.end, name),
        content,
        doc.span(*draft.cue) if draft.cue is not None else None,
        draft.direct,
        draft.stance,
        said,
        isnad,
        hedged,
    )
