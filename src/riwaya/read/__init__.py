"""read: files, feeds, archives -> Article. The outside world ends here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from riwaya.model import Article, Skipped
from riwaya.read.formats import articles_of
from riwaya.read.records import Desk
from riwaya.read.sources import find_sources


class Reading:
    """An iterator of Articles; `skipped` fills as it goes."""

    def __init__(self, articles: Iterator[Article], skipped: list[Skipped]) -> None:
        self._articles = articles
        self.skipped = skipped

    def __iter__(self) -> Iterator[Article]:
        return self._articles


def read(
    *paths: str | Path,
    fields: Mapping[str, str] | None = None,
    published: str | None = None,
    outlet: str | None = None,
) -> Reading:
    """Read reports from files, folders (with all below them), globs, or "-" (standard input, JSONL).

    Args:
        paths: the inputs; `riwaya formats` lists the forms. An article's path is relative to the input; inside an
            archive it is written "archive.zip!/file.json", the N-th record of a file "file.jsonl#N".
        fields: names of the fields of JSON, JSONL, CSV and Parquet: {"text": "story", "title": "head"}; known names need none.
        published: ISO date for reports that give none.
        outlet: for reports that name none.

    Returns:
        An iterator of Articles, read as it advances. What could not be used is in `.skipped`, with the reason.

    Raises:
        UsageError: a field that is none of an article's; while iterating, an extra that is not installed.

    >>> reading = read("reports/", outlet="الأفق")  # doctest: +SKIP
    >>> [a.title for a in reading], reading.skipped  # doctest: +SKIP
    """
    desk = Desk(dict(fields or {}), published, outlet)

    def articles() -> Iterator[Article]:
        for path in paths:
            for source in find_sources(path, desk):
                yield from articles_of(source, desk)

    return Reading(articles(), desk.skipped)
