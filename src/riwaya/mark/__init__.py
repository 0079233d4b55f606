"""mark: Article -> marks. One article at a time, pure, parallel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from riwaya.mark.document import Document, prepare
from riwaya.model import Article, Furniture, Marks, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from riwaya.mark.names import NameConvention

__all__ = ["Document", "mark_article", "prepare", "without"]


def mark_article(article: Article, names: NameConvention = "news") -> Marks:
    """Everything that one article says: its sentences, times, figures, names and quotes.

    `names` "conll": names are given as tagged newswire marks them; quotes are read with the default's either way.

    Times are resolved as far as the article's own date allows. Nothing is marked inside furniture.
    """
    from riwaya.mark.figures import find_figures
    from riwaya.mark.names import find_names
    from riwaya.mark.quotes import find_quotes
    from riwaya.mark.times import find_times

    doc = prepare(article)
    times = find_times(doc)
    figures = find_figures(doc, times)
    found = find_names(doc)
    quotes = find_quotes(doc, found)
    if names != "news":
        found = find_names(doc, names)
    visible = [(a, b) for a, b in doc.sentences if not doc.is_hidden(a, b)]
    return Marks(
        article.id,
        tuple(doc.span(a, b) for a, b in visible),
        tuple(times),
        tuple(figures),
        tuple(found),
        tuple(quotes),
    )


def without(marks: Marks, furniture: Sequence[Furniture]) -> Marks:
    """The marks that lie outside this furniture (found later, from other pages of the outlet)."""
    hidden = [(f.start, f.end) for f in furniture if f.kind != "background"]

    def seen(span: Span) -> bool:
        return not any(span.start < end and start < span.end for start, end in hidden)

    return replace(
        marks,
        sentences=tuple(s for s in marks.sentences if seen(s)),
        times=tuple(t for t in marks.times if seen(t.span)),
        figures=tuple(f for f in marks.figures if seen(f.span)),
        names=tuple(n for n in marks.names if seen(n.span)),
        quotes=tuple(q for q in marks.quotes if seen(q.content)),
    )
