"""What a page says besides the report: furniture, headline, outlet, agencies, language. One article at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from riwaya.model import Article, Furniture
from riwaya.read.page.credits import find_credits
from riwaya.read.page.furniture import find_furniture
from riwaya.read.page.language import language_of
from riwaya.read.page.lines import Line, lines
from riwaya.read.page.outlet import find_outlet
from riwaya.settings.page import PAGE

__all__ = ["language_of", "settle_page"]


def settle_page(article: Article) -> Article:
    """Set the page's furniture aside and read from it what no field gave: headline, outlet, agencies, language.

    The text is never touched: furniture is a list of offsets.
    """
    page = lines(article.text, article.body_start)
    furniture = find_furniture(page)
    set_aside = _lines_of(article.text, furniture)
    hidden = {(f.start, f.end) for f in furniture}
    report = [line for line in page if (line.start, line.end) not in hidden]
    return replace(
        article,
        furniture=tuple(furniture),
        title=article.title or _headline(report),
        outlet=article.outlet or find_outlet(article, set_aside),
        agencies=article.agencies or find_credits(article, report, set_aside),
        language=language_of(article.text),
    )


def _lines_of(text: str, furniture: Sequence[Furniture]) -> list[Line]:
    found: list[Line] = []
    for piece in furniture:
        for line in lines(text[piece.start : piece.end]):
            found.append(replace(line, start=line.start + piece.start, end=line.end + piece.start))
    return found


def _headline(report: Sequence[Line]) -> str | None:
    """The first line that is not furniture, if it is no sentence of the report: no full stop, and paragraphs below it."""
    if len(report) < 2:  # noqa: PLR2004 - a headline stands above something
        return None
    first = report[0]
    fits = PAGE.title_words <= len(first.norms) <= PAGE.longest_title_words
    if not fits or first.ends_sentence or not report[1].prose:
        return None
    return first.text
