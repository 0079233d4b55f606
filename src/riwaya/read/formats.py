"""Which form of file is read by what."""

from __future__ import annotations

import gzip
import logging
import zlib
from collections.abc import Callable, Iterator
from importlib import import_module

from riwaya.errors import UsageError
from riwaya.model import Article
from riwaya.read.archives import is_archive, members, unpacked
from riwaya.read.records import Desk, Draft
from riwaya.read.sources import Source, why

Reader = Callable[[Source, Desk], Iterator[tuple[int | None, Draft]]]

READ_FORMATS: dict[str, str] = {
    ".txt": "a plain text, one report",
    ".html .htm": "a web page",
    ".mhtml": "a web page as browsers save it",
    ".json": "one report, or an array of reports",
    ".jsonl": "a report a line; also standard input, as -",
    ".csv": "a table with a header line",
    ".parquet": "a table (needs the extra 'parquet')",
    ".xml .rss .atom": "a feed, RSS or Atom",
    ".warc": "the pages of a web crawl",
    ".zip .tar.gz": "an archive of these",
}

# The ending of a name -> module and function; imported when first met, so that nothing heavy loads before it is needed.
_READERS: dict[str, tuple[str, str]] = {
    **dict.fromkeys((".txt", ".text"), ("riwaya.read.jsons", "read_text")),
    **dict.fromkeys((".html", ".htm", ".xhtml"), ("riwaya.read.webpages", "read_page")),
    **dict.fromkeys((".mhtml", ".mht"), ("riwaya.read.webpages", "read_mhtml")),
    ".json": ("riwaya.read.jsons", "read_json"),
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonlines"), ("riwaya.read.jsons", "read_jsonl")),
    **dict.fromkeys((".csv", ".tsv"), ("riwaya.read.tables", "read_csv")),
    ".parquet": ("riwaya.read.tables", "read_parquet"),
    **dict.fromkeys((".xml", ".rss", ".atom"), ("riwaya.read.feeds", "read_feed")),
    ".warc": ("riwaya.read.warc", "read_warc"),
}
log = logging.getLogger("riwaya")


def articles_of(source: Source, desk: Desk) -> Iterator[Article]:
    """The articles of one source; whatever is wrong with it is listed at the desk, and what was read before is kept.

    Raises:
        UsageError: an extra that the form needs is not installed.
    """
    try:
        yield from _articles(source, desk)
    except UsageError:
        raise
    except Exception as error:  # one bad file spoils nothing: any fault of a parser is that file's
        log.debug("reading %s failed", source.label, exc_info=True)
        desk.skip(source.label, _reason(error))


def _articles(source: Source, desk: Desk) -> Iterator[Article]:
    name = source.name.lower()
    if is_archive(name):
        for member in members(source, desk):
            yield from articles_of(member, desk)
        return
    if name.endswith(".gz"):
        source = unpacked(source)
        name = source.name.lower()
    reader = _reader(name)
    if reader is None:
        ending = f"'.{name.rpartition('.')[2]}'" if "." in name else "no ending"
        desk.skip(source.label, f"no form that is read: {ending}")
        return
    for number, draft in reader(source, desk):
        article = desk.article(source.label if number is None else f"{source.label}#{number}", draft)
        if article is not None:
            yield article


def _reader(name: str) -> Reader | None:
    dot = name.rfind(".")
    place = _READERS.get(name[dot:]) if dot >= 0 else None
    if place is None:
        return None
    reader: Reader = getattr(import_module(place[0]), place[1])
    return reader


def _reason(error: Exception) -> str:
    """One line that says what is wrong with a file."""
    if isinstance(error, EOFError):
        return "truncated: what came before is kept"
    if isinstance(error, (zlib.error, gzip.BadGzipFile)):
        return f"damaged: what came before is kept ({why(error)})"
    if isinstance(error, MemoryError):
        return "too large for this machine's memory"
    return why(error)
