"""WARC: the pages of a crawl, streamed through warcio."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from riwaya.errors import InputError, RiwayaError
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

    Raises:
        InputError: no record in it.
        EOFError, OSError, zlib.error: what ended a damaged file, after its whole records were given.
    """
    from warcio.archiveiterator import ArchiveIterator

    number = 0
    with source.open() as stream:
        watched = _Watched(stream)
        for number, record in enumerate(ArchiveIterator(watched), 1):
            if record.rec_type not in ("response", "resource", "conversion"):
                continue
            draft = _draft(record, f"{source.label}#{number}", desk)
            if draft is not None:
                yield number, draft
    if watched.error is not None:
        raise watched.error
    if not number:
        raise InputError(source.label, "empty")


class _Watched:
    """A stream that remembers what ended it: warcio takes damage for the end of the file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """As a stream's; nothing after damage."""
        if self.error is not None:
            return b""
        try:
            return self._read(size)
        except (EOFError, OSError, zlib.error, RiwayaError) as error:
            self.error = error
            return b""

    def close(self) -> None:
        """The stream is closed by whoever opened it."""


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
    if getattr(record.raw_stream, "limit", 0) > 0:  # bytes that the record's header promises and the file does not have
        desk.skip(label, "truncated")
        return None
    try:
        text = decode(data, rest.partition("charset=")[2].strip("\"' ;") or None)
        return Draft(text, url=url) if plain else page(text, label, url)
    except RiwayaError as error:
        desk.skip(label, why(error))
        return None
