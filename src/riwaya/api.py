"""The public functions that are not a room's own: what Riwaya sees in one text, and a dossier read back from disk."""

from __future__ import annotations

from pathlib import Path

from riwaya.collection import Collection
from riwaya.ids import stable_id
from riwaya.mark.names.mention import NameConvention
from riwaya.model import Article, Marks, Published


def mark(
    text: str, published: str | None = None, outlet: str | None = None, names: NameConvention = "news"
) -> Marks:
    """What Riwaya sees in one text: `.sentences .times .figures .names .quotes`, each with `.span.start` and `.span.end`.

    Args:
        text: the report, untouched; offsets count its code points.
        published: ISO date, the anchor of أمس and الثلاثاء; without it such times have no value.
        outlet: who published it, the first link of every isnad.
        names: "news", or "conll" for names as tagged newswire marks them (flat; most offices and heads left out).

    >>> import riwaya
    >>> marks = riwaya.mark("قُتل 7 أشخاص أمس الجمعة.", published="2022-01-08")
    >>> marks.times[0].value, marks.figures[0].kind
    ('2022-01-07', 'killed')
    """
    from riwaya.mark import mark_article
    from riwaya.read.page import settle_page

    given = Published(published, "stated") if published else Published()
    article = Article(stable_id("a", outlet, None, None, text), "-", text, outlet=outlet, published=given)
    return mark_article(settle_page(article), names)


def load(directory: str | Path) -> Collection:
    """A collection that `Collection.write` or `riwaya build` wrote.

    Raises:
        InputError: no dossier is there, or it is of another schema.
    """
    from riwaya.tell.load import load_outcome

    return Collection(load_outcome(Path(directory)))
