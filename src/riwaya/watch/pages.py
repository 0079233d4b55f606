"""A page that a source lists -> a report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from riwaya.errors import InputError
from riwaya.ids import stable_id
from riwaya.model import Article
from riwaya.read.decode import decode
from riwaya.read.given_dates import given_date
from riwaya.read.page import settle_page
from riwaya.read.records import Desk, Draft
from riwaya.watch.extract import EXTRACTOR
from riwaya.watch.fetch import Fetched, Fetcher, Validators
from riwaya.watch.listings import Entry, clean_url

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
_HEAD = 4096  # bytes in which a page names its encoding


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page after it was asked for: the report on it, None where nothing has changed."""

    article: Article | None
    digest: str | None
    etag: str | None = None
    last_modified: str | None = None


def read_page(fetcher: Fetcher, entry: Entry, known: Validators) -> PageRead:
    """Ask for the page of an entry, and read the report on it.

    Raises:
        FetchError: it cannot be had.
        InputError: there is no report on it.
    """
    got = fetcher.page(entry.url, known)
    if got.not_modified:
        return PageRead(None, None, known.etag, known.last_modified)
    article = as_article(entry, _completed(_page(got, entry), entry, got.url))
    return PageRead(article, digest(article), got.etag, got.last_modified)


def from_entry(entry: Entry, least: int) -> Article | None:
    """The report as the source itself carries it; None where that is fewer than `least` characters, or nothing."""
    if entry.draft is None or len(entry.draft.text.strip()) < least:
        return None
    try:
        return as_article(entry, entry.draft)
    except InputError:
        return None


def as_article(entry: Entry, draft: Draft) -> Article:
    """A draft as an article whose path is the URL at which it was listed.

    Raises:
        InputError: it has no text, or far too much.
    """
    desk = Desk()
    article = desk.article(entry.url, draft)
    if article is None:
        raise InputError(entry.url, desk.skipped[-1].reason)
    return article


def digest(article: Article) -> str:
    """What tells one version of a report from another: its headline and text, without white space and furniture.

    Counters of visits, "5 minutes ago" and lists of other reports change with every look, and are no edit.
    """
    parts, at = [], 0
    for piece in sorted(settle_page(article).furniture, key=lambda f: f.start):
        parts.append(article.text[at : piece.start])
        at = max(at, piece.end)
    parts.append(article.text[at:])
    return stable_id("d", article.title, " ".join(" ".join(parts).split()))


def _page(got: Fetched, entry: Entry) -> Draft:
    kind = got.headers.get("content-type", "").partition(";")[0].strip().lower()
    declared = _CHARSET.search(got.body[:_HEAD])
    text = decode(got.body, got.charset or (declared.group(1).decode("ascii") if declared else None))
    return Draft(text) if kind == "text/plain" else EXTRACTOR.page(text, entry.url, got.url)


def _completed(draft: Draft, entry: Entry, found: str) -> Draft:
    """With what the source says where the page says nothing or only guesses.

    A page may name another URL as its own only on its own host: a hostile one could else pass for another outlet's report.
    """
    host = urlsplit(found).hostname or ""
    own = clean_url(found, draft.url) if draft.url else None
    url = own if own and urlsplit(own).hostname == host else clean_url(found, found)
    dated = given_date(draft.published) is not None and draft.how == "stated"
    outlet = draft.outlet if draft.outlet and draft.outlet.removeprefix("www.") != host.removeprefix("www.") else None
    return replace(
        draft,
        url=url,
        outlet=outlet or entry.outlet or draft.outlet or host,
        published=draft.published if dated or entry.published is None else entry.published,
        how="stated" if dated or entry.published is not None else draft.how,
    )
