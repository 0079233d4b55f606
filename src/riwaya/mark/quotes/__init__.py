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
from riwaya.mark.quotes.draft import Draft
from riwaya.mark.quotes.ends import cut_points
from riwaya.mark.quotes.extras import attribute, came_in, fragments, headlines, says_in_documents
from riwaya.mark.quotes.frames import read_cues
from riwaya.mark.quotes.isnad import attributions, unique
from riwaya.mark.quotes.view import Phrase, View, look
from riwaya.model import Link, Name, Quote, Speaker


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
    cuts = cut_points(view, cues).union(item.first for item in said_by if not item.opens)
    drafts = drafts_of(view, cues, cuts)
    _add(drafts, says_in_documents(view, drafts, cuts))
    _nest(drafts)
    _add(drafts, attribute(view, drafts, said_by, cuts))
    came_in(view, drafts)
    _add(drafts, headlines(view, drafts))
    _add(drafts, fragments(view, drafts))
    return _finish(view, drafts)


def _add(drafts: list[Draft], more: list[Draft]) -> None:
    drafts.extend(more)
    drafts.sort(key=lambda draft: (draft.token, draft.start))


def _nest(drafts: list[Draft]) -> None:
    """Tie speech inside speech to what holds it, for drafts that were found apart."""
    for draft in drafts:
        if draft.outer is None:
            holders = [d for d in drafts if d is not draft and d.first <= draft.token < d.last and d.token < draft.token]
            draft.outer = max(holders, key=lambda d: d.first) if holders else None


@cache
def _hedges() -> Phrases[bool]:
    return Phrases(dict.fromkeys(speech.HEDGES, True))


def _hedged(view: View, draft: Draft) -> bool:
    """Whether the sentence of the cue calls it hearsay before the content ends."""
    hedges = _hedges()
    return any(hedges.match_at(view.doc.words, t) is not None for t in range(view.begins[draft.token], draft.last))


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
