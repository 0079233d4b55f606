"""Bytes to text: which encoding, and whether it is text at all.

Four encodings carry nearly all Arabic text (UTF-8, UTF-16, windows-1256, ISO-8859-6), so a detector for these is kept here
instead of a general one: charset-normalizer takes seconds on a file of ten megabytes and mistakes short windows-1256 for other
code pages.
"""

from __future__ import annotations

import codecs
import re

from riwaya.errors import RiwayaError
from riwaya.settings.read import READ

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65536  # bytes that are looked at to tell one encoding from another
_ARABIC_PAGE = 0x06  # the high byte of nearly every Arabic code point in UTF-16
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})
_ALIASES = {"cp-1256": "cp1256", "windows1256": "cp1256", "arabic": "iso-8859-6", "iso-8859-6-i": "iso-8859-6"}
# alef lam, the article, in each code page; and the letters that only one of them has there
_PAGES = (("cp1256", b"\xc7\xe1", b"\xed"), ("iso-8859-6", b"\xc7\xe4", b"\xea"))


class NotTextError(RiwayaError):
    """Bytes that hold no text."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of some bytes; a byte order mark is dropped, nothing else is changed.

    Args:
        data: the bytes of a whole file, or of one record.
        declared: the encoding that a header or a page names; used where the bytes themselves do not say otherwise.

    Returns:
        The text. Lone surrogates become U+FFFD one for one, so do bytes that the encoding does not have.

    Raises:
        NotTextError: the bytes are no text.

    >>> decode("قال".encode("cp1256")), decode("قال".encode("utf-16"))
    ('قال', 'قال')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    wide = _utf16(data)
    if wide:
        return _marked(data[: len(data) // 2 * 2], wide)
    if _is_binary(data):
        raise NotTextError("binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return scrub(_not_utf8(data, declared))


def _marked(data: bytes, encoding: str) -> str:
    """With a known encoding: lone surrogates one for one, a broken end as U+FFFD."""
    try:
        return scrub(data.decode(encoding, "surrogatepass"))
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")


def scrub(text: str) -> str:
    """Lone surrogates as U+FFFD, one for one, so that offsets stay."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


def _utf16(data: bytes) -> str | None:
    """utf-16-le or -be without a mark: every other byte of a sample is 0 (Latin, spaces) or 6 (Arabic)."""
    sample = data[: min(len(data), _SAMPLE) // 2 * 2]
    if len(sample) < 4:  # noqa: PLR2004 - two characters: too few to tell
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if high.count(0) + high.count(_ARABIC_PAGE) > READ.wide_share * len(high) and high.count(_ARABIC_PAGE):
            low = sample[::2] if encoding == "utf-16-le" else sample[1::2]
            if low.count(0) < len(low) // 10:  # four-byte numbers, not letters, have zeros on both sides
                return encoding
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    if b"\0" in sample:
        return True
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > READ.control_share * max(1, len(sample))


def _not_utf8(data: bytes, declared: str | None) -> str:
    """Text in an older code page, or UTF-8 with some broken bytes."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        pass
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    beyond = sum(1 for c in mended[:_SAMPLE] if c > "\x7f" and c != "\ufffd")
    if beyond and broken <= READ.broken_share * len(mended):
        return mended
    named = _codec(declared)
    if named and named != "utf-8":
        return data.decode(named, "replace")
    return data.decode(_code_page(data[:_SAMPLE]), "replace")


def _codec(declared: str | None) -> str | None:
    if not declared:
        return None
    name = declared.strip().lower().replace("_", "-")
    try:
        return codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return None


def _code_page(sample: bytes) -> str:
    """cp1256 or iso-8859-6 by where the article ال and the letter ya stand; cp1252 where neither shows any Arabic."""
    scores = [(sample.count(article) * 10 + sample.count(ya), name) for name, article, ya in _PAGES]
    high = sum(1 for byte in sample if byte >= 0xC0)  # noqa: PLR2004 - where the letters of every such code page stand
    if not max(scores)[0] and high < READ.arabic_share * max(1, len(sample)):
        return "cp1252"
    return scores[1][1] if scores[1][0] > scores[0][0] else scores[0][1]
