"""WARC: the pages of a crawl, streamed through warcio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from riwaya.errors import RiwayaError
from riwaya.read.decode import decode
from riwaya.read.records import Desk, Draft
from riwaya.read.sources import Source, why
from riwaya.read.webpages import page
from riwaya.settings.read import READ

Numbered = tuple[int | None, Draft]
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source, desk: Desk) -> Iterator[Numbered]:
    """The pages among the records. A damaged end is listed; what came before it is kept.

    The date of the crawl (WARC-Date) is no date of publication and is left out.
    """
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - only crawls need it

    with source.open() as stream:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            if record.rec_type not in ("response", "resource", "conversion"):
                continue
            draft = _draft(record, f"{source.label}#{number}", desk)
            if draft is not None:
                yield number, draft


def _draft(record: Any, label: str, desk: Desk) -> Draft | None:
    headers = record.http_headers or record.rec_headers
    kind, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    kind, url = kind.strip().lower(), record.rec_headers.get_header("WARC-Target-URI")
    plain = record.rec_type == "conversion" and kind == "text/plain"
    if kind not in _PAGES and not plain:
        return None
    data = record.content_stream().read(READ.page_bytes + 1)
    if len(data) > READ.page_bytes:
        desk.skip(label, f"larger than {READ.page_bytes:,} bytes")
        return None
    try:
        text = decode(data, rest.partition("charset=")[2].strip("\"' ;") or None)
        return Draft(text, url=url) if plain else page(text, label, url)
    except RiwayaError as error:
        desk.skip(label, why(error))
        return None
