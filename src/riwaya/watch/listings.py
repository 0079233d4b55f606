"""What a URL of a source lists: a feed's entries or a sitemap's pages. Which of the two it is, its content says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import unescape
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from riwaya.errors import InputError
from riwaya.ids import stable_id
from riwaya.model import Skipped
from riwaya.read.decode import NotTextError, decode
from riwaya.read.given_dates import given_date
from riwaya.read.records import Draft
from riwaya.settings.watch import WATCH, WatchSettings
from riwaya.watch.extract import EXTRACTOR
from riwaya.watch.fetch import Fetched, Fetcher, Validators
from riwaya.watch.sitemaps import Listed, read_sitemap
from riwaya.watch.wire import Unpacker, WireError

Kind = Literal["feed", "sitemap"]
_GZIP = b"\x1f\x8b"
_HEAD = 4096  # characters in which a document shows what it is
_ROOT = re.compile(r"<(?:[a-z0-9_]+:)?(rss|feed|rdf|urlset|sitemapindex|html|channel)\b", re.I)
_BEFORE_ROOT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.S)
_DECLARED = re.compile(r"(<\?xml\b[^>]*?)\s+encoding\s*=\s*(\"[^\"]*\"|'[^']*')", re.I)
_ENCODING = re.compile(rb"<\?xml\b[^>]*?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)\b", re.I)
_LINK = re.compile(r"<link\b[^>]{0,1000}>", re.I)
_FEED_TYPE = re.compile(r"type\s*=\s*[\"']?application/(?:rss|atom)\+xml", re.I)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.I)
# Parameters that say through which channel a reader came; the page is the same.
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|yclid|mc_cid|mc_eid|ocid|cmpid|at_medium|at_campaign)", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """One page that a source lists.

    `mark` changes when the source says that the page did; `draft` is the report as the source itself carries it; `outlet` and
    `published` stand in where the page gives none.
    """

    url: str
    mark: str = ""
    outlet: str | None = None
    published: str | None = None
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a source lists just now. `sitemaps`: further lists to be read, those changed last first."""

    kind: Kind | None  # None where nothing has changed since the last visit
    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    skipped: tuple[Skipped, ...] = ()
    undated: bool = False  # a sitemap that dates nothing


def listing(fetcher: Fetcher, url: str, known: Validators, now: float) -> Listing:
    """Ask a source what it lists.

    Args:
        fetcher: the client.
        url: of the feed or sitemap.
        known: validators of the last visit.
        now: seconds since 1970, from which a sitemap's pages are too old.

    Raises:
        FetchError: it cannot be had.
        InputError: it is neither a feed nor a sitemap, or too large, or a bomb.
    """
    got = fetcher.listing(url, known)
    if got.not_modified:
        return Listing(None, etag=known.etag, last_modified=known.last_modified)
    found = read_listing(got, url, now, fetcher.settings)
    return replace(found, etag=got.etag, last_modified=got.last_modified)


def read_listing(got: Fetched, url: str, now: float, settings: WatchSettings = WATCH) -> Listing:
    """What fetched bytes list; as `listing`."""
    body = _unpacked(got.body, url, settings)
    try:
        text = decode(body, _charset(body, got.charset))
    except NotTextError:
        raise InputError(url, "neither a feed nor a sitemap, but no text at all") from None
    root = _ROOT.search(_BEFORE_ROOT.sub("", text[:_HEAD]))
    name = root.group(1).lower() if root else ""
    if name in ("urlset", "sitemapindex"):
        return _sitemap(_undeclared(text).encode("utf-8", "replace"), got.url, now, settings)
    if name in ("rss", "feed", "rdf", "channel"):
        return _feed(_undeclared(text), got.url, url, settings)
    raise InputError(url, _not_a_list(text, got.url))


def _unpacked(body: bytes, url: str, settings: WatchSettings) -> bytes:
    """A file that is itself packed (sitemap.xml.gz) as its bytes."""
    if not body.startswith(_GZIP):
        return body
    unpack = Unpacker(settings.listing_bytes)
    try:
        data = unpack.feed(body)
    except WireError as error:
        raise InputError(url, str(error)) from None
    if not unpack.done:
        raise InputError(url, "packed data end in the middle")
    return data


def _charset(body: bytes, header: str | None) -> str | None:
    """The encoding that is named; none where ASCII is, which servers say of any XML (RFC 3023 had it so)."""
    match = _ENCODING.search(body[:_HEAD])
    for name in (header, match.group(1).decode("ascii") if match else None):
        if name and "ascii" not in name.lower():
            return name
    return None


def _undeclared(text: str) -> str:
    """XML without the encoding that it declares, which may be wrong, and is no longer needed."""
    return _DECLARED.sub(r"\1", text, count=1).lstrip()


def _not_a_list(text: str, base: str) -> str:
    feeds = [
        urljoin(base, unescape(href.group(1)))
        for link in _LINK.findall(text)
        if _FEED_TYPE.search(link) and (href := _HREF.search(link))
    ]
    if feeds:
        return f"a page, neither a feed nor a sitemap; it names the feed {feeds[0]}"
    return "neither a feed (RSS, Atom) nor a sitemap"


def clean_url(base: str, link: str) -> str | None:
    """A link as the URL of a page: absolute, http(s), without fragment and without what only tells where a reader came from.

    >>> clean_url("https://a.example/feed", "/x?utm_source=rss&id=1#c")
    'https://a.example/x?id=1'
    """
    try:
        parts = urlsplit(urljoin(base, link.strip()))
        query = parts.query
        if _TRACKING.search(query):
            query = urlencode([(n, v) for n, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(n)])
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return None
        return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
    except ValueError:
        return None


# ---------------------------------------------------------------------------------------------------------------- feeds


def _feed(text: str, base: str, url: str, settings: WatchSettings) -> Listing:
    if len(text) > settings.feed_bytes:
        raise InputError(url, f"a feed of more than {settings.feed_bytes:,} bytes")
    if len(_ITEM.findall(text)) > settings.feed_entries:
        raise InputError(url, f"a feed of more than {settings.feed_entries:,} entries")
    drafts, skipped = EXTRACTOR.feed(text, url)
    entries: dict[str, Entry] = {}
    for number, draft in enumerate(drafts, 1):
        entry = _of_feed(draft, base)
        if entry is None:
            skipped.append(Skipped(f"{url}#{number}", "an entry with neither a link to a page nor a text of its own"))
        else:
            entries.setdefault(entry.url, entry)
    return Listing("feed", tuple(entries.values()), skipped=tuple(skipped))


def _of_feed(draft: Draft, base: str) -> Entry | None:
    mark = stable_id("m", draft.title, draft.text, given_date(draft.published))
    url = clean_url(base, draft.url) if draft.url else None
    if url is None:
        if draft.url or not draft.text.strip():
            return None
        # A report that stands in the feed alone: it is told from others by what it says.
        return Entry(f"{base}#{mark}", mark, draft.outlet, given_date(draft.published), replace(draft, url=None))
    return Entry(url, mark, draft.outlet, given_date(draft.published), replace(draft, url=url))


# ------------------------------------------------------------------------------------------------------------- sitemaps


def _sitemap(data: bytes, base: str, now: float, settings: WatchSettings) -> Listing:
    listed = read_sitemap(data, base, settings.sitemap_urls)
    pages = [one for one in listed if not one.is_sitemap]
    skipped = []
    if len(pages) >= settings.sitemap_urls:
        skipped.append(Skipped(base, f"lists {settings.sitemap_urls:,} pages or more; what follows is not read"))
    recent = [one for one in pages if (day := _day(one)) is None or day >= _earliest(now, settings)]
    entries = {e.url: e for one in sorted(recent, key=_recency, reverse=True) if (e := _of_sitemap(one, base)) is not None}
    further = sorted((one for one in listed if one.is_sitemap), key=_recency, reverse=True)
    sitemaps = [e for one in further[: settings.sitemap_files] if (e := _of_sitemap(one, base)) is not None]
    undated = bool(pages) and all(_day(one) is None for one in pages)
    return Listing("sitemap", tuple(entries.values()), tuple(sitemaps), skipped=tuple(skipped), undated=undated)


def _of_sitemap(one: Listed, base: str) -> Entry | None:
    url = clean_url(base, one.url)
    if url is None:
        return None
    changed = given_date(one.changed) or ""
    mark = stable_id("m", one.changed, one.published, one.title)
    # A list that is not dated to the hour may have changed since.
    return Entry(url, "" if one.is_sitemap and "T" not in changed else mark, one.outlet, given_date(one.published))


def _day(one: Listed) -> str | None:
    """The day that a sitemap gives a page, ISO."""
    date = given_date(one.published) or given_date(one.changed)
    return date[:10] if date else None


def _recency(one: Listed) -> str:
    return given_date(one.published) or given_date(one.changed) or ""


def _earliest(now: float, settings: WatchSettings) -> str:
    return datetime.fromtimestamp(now - settings.sitemap_days * 86_400, UTC).date().isoformat()
