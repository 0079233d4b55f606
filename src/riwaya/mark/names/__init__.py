"""Names: persons, organizations and places by name, with the titles beside them.

Lists (places, outlets, known organizations), a small grammar (heads of organizations, titles) and a statistical tagger each give
readings; `settle` decides among them. Names of organizations may hold places and organizations; a person's name holds nothing.
"""

from __future__ import annotations

from riwaya.mark.document import Document
from riwaya.mark.names import candidates, settle
from riwaya.mark.names.evidence import gather, positioned
from riwaya.mark.names.flat import flat
from riwaya.mark.names.mention import TAGGER, Mention, NameConvention
from riwaya.mark.names.shown import shown, without_works
from riwaya.mark.names.tagged import from_tagger
from riwaya.mark.names.tagger import model
from riwaya.model import Name

__all__ = ["NameConvention", "find_names"]


def find_names(doc: Document, convention: NameConvention = "news") -> list[Name]:
    """Every mention by name in an article, in text order, longer before nested.

    `convention` "conll" gives the same tagger's findings as tagged newswire marks names: flat, most offices and heads left out
    (`flat.py` has the table).

    No pronouns, bare titles, adjectives of nationality, or bare الحكومة; nothing inside furniture. A proclitic (و ب ل ك ف) lies
    outside the span, except where the bare form is no slice of the text ("للكرملين").

    >>> names = find_names(prepare(article("قال وزير الصناعة كايربيك أوسكينباييف إن مطار ألما آتا جاهز.")))  # doctest: +SKIP
    >>> [(n.text, n.kind) for n in names]  # doctest: +SKIP
    [('كايربيك أوسكينباييف', 'person'), ('مطار ألما آتا', 'place'), ('ألما آتا', 'place')]
    """
    words = doc.words
    if not len(words):
        return []
    evidence = gather(words)
    tagged = model().tag(words.norm, words.newline, positioned(evidence))
    mended = list(from_tagger(evidence, tagged))
    found: list[Mention] = [
        *settle.agreed(mended, words),
        *candidates.from_gazetteer(evidence, tagged),
        *candidates.from_grammar(evidence),
        *candidates.from_outlets(evidence),
        *candidates.from_quotation(evidence),
        *candidates.from_facilities(evidence),
        *shown(evidence, tagged),
    ]
    taken = {i for m in found if m.kind == "person" or m.weight > TAGGER for i in range(m.first, m.last)}
    found += candidates.from_titles(evidence, taken)
    found = settle.joined(found, words)
    found += list(candidates.heads_with_names(evidence, found))
    found += list(candidates.short_forms(found, words))
    found += list(settle.inner_names(found, words))
    chosen = settle.settle(without_works(found, words))
    chosen += settle.repeated(chosen, words)
    if convention == "conll":
        chosen = flat(tagged, mended, chosen, words)
    chosen = settle.with_roles(sorted(chosen, key=lambda m: (m.start, -m.end)), evidence.titles, words)
    return [_name(doc, m) for m in chosen if not doc.is_hidden(m.start, m.end)]


def _name(doc: Document, mention: Mention) -> Name:
    span = doc.span(mention.start, mention.end)
    role = doc.span(*mention.role) if mention.role else None
    return Name(span, doc.article.text[span.start : span.end], mention.kind, role, round(mention.score, 3), mention.reasons)
