"""Settings of the room `read`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting

_GUARD = "a guard against hostile or broken input, set well above what was met in 130,000 reports of three collections"


@dataclass(frozen=True)
class ReadSettings:
    """Settings of the room `read`."""

    longest_text: int = setting(
        1_000_000, unit="characters",
        help="a text longer than this is not one report",
        evidence=f"{_GUARD}: the longest has 120,000",
    )
    page_bytes: int = setting(
        20_000_000, unit="bytes", help="a larger HTML page is not read", evidence=f"{_GUARD}: news pages have under 2 MB"
    )
    page_depth: int = setting(
        2_000, unit="elements", help="a page nested deeper is not read", evidence=f"{_GUARD}: news pages nest under 60 deep"
    )
    line_bytes: int = setting(
        16_000_000, unit="bytes", help="a longer line of JSONL is not read", evidence=f"{_GUARD}: the longest has 300,000"
    )
    file_bytes: int = setting(
        536_870_912,
        unit="bytes",
        help="a file that must be held whole (JSON, a feed, a plain text) may be this large; JSONL, CSV, WARC may be any size",
        evidence="memory: parsed JSON takes some 5 times its bytes, and a build is to stay under 4 GB",
    )
    archive_members: int = setting(1_000_000, unit="members", help="of one archive", evidence=_GUARD)
    archive_depth: int = setting(3, unit="archives", help="archives inside archives", evidence=f"{_GUARD}: none is nested")
    archive_bytes: int = setting(
        64_000_000_000, unit="bytes",
        help="unpacked, of one archive",
        evidence="ten times a collection of a million reports",
    )
    unpack_ratio: int = setting(
        250, unit="times",
        help="unpacked to packed size above which it is a bomb",
        evidence="Arabic JSON packs 4 to 9 times",
    )
    unpack_free: int = setting(
        20_000_000, unit="bytes",
        help="unpacked bytes that may pass at any ratio",
        evidence="short files of one repeated line",
    )
    first_year: int = setting(
        1900, unit="year",
        help="a date before is no date of a report",
        evidence="the oldest digitised news",
    )
    last_year: int = setting(
        2100, unit="year",
        help="a date after is no date of a report",
        evidence="9999 and the like are fillers",
    )
    wide_share: float = setting(
        0.7, unit="share 0..1",
        help="of high bytes 0 or 6 that make bytes UTF-16",
        evidence="Arabic UTF-16 has over 0.95, UTF-8 none",
    )
    control_share: float = setting(
        0.01, unit="share 0..1",
        help="of control bytes that make a file binary",
        evidence="texts have none, images and programs 0.1",
    )
    broken_share: float = setting(
        0.01, unit="share 0..1",
        help="of broken characters that UTF-8 may have",
        evidence="cp1256 read as UTF-8 breaks over 0.5",
    )
    arabic_share: float = setting(
        0.3, unit="share 0..1",
        help="of bytes from 0xC0 on that make an old code page Arabic",
        evidence="French has 0.05, Arabic 0.75",
    )
    article_body: int = setting(
        200,
        unit="characters",
        help="an articleBody of JSON-LD shorter than this is a teaser, and the page's own text is taken",
        evidence="teasers are one sentence of up to 160 characters, as search engines show them",
    )


READ = ReadSettings()
