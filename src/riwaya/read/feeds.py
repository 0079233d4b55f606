"""Feeds: RSS and Atom, through feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from riwaya.errors import InputError
from riwaya.read.records import Desk, Draft
from riwaya.read.sources import Source
from riwaya.read.webpages import plain_text

Numbered = tuple[int | None, Draft]
# Feeds declare no entities of their own; a file that does is a bomb (billion laughs) or a probe for local files.
_ENTITY = re.compile(rb"<!ENTITY", re.I)


def read_feed(source: Source, desk: Desk) -> Iterator[Numbered]:
    """The entries of a feed, each a report; the feed's title is the outlet.

    Raises:
        InputError: it is no feed, or it declares entities.
    """
    import feedparser

    data = source.whole()
    refuse_entities(data, source.label)
    feed = feedparser.parse(io.BytesIO(data))
    if not feed.get("version") and not feed.get("entries"):
        reason = feed.get("bozo_exception")
        raise InputError(source.label, f"no feed of RSS or Atom{f': {reason}' if reason else ''}")
    outlet = (feed.get("feed") or {}).get("title")
    for number, entry in enumerate(feed.get("entries", ()), 1):
        yield number, _draft(entry, outlet)
    if feed.get("bozo") and _is_broken(feed.get("bozo_exception")):
        desk.skip(source.label, f"broken XML, read as far as it goes: {feed.get('bozo_exception')}")


def refuse_entities(data: bytes, label: str) -> None:
    """Make sure that XML from outside declares no entities; `label` is for the error.

    Raises:
        InputError: it does.
    """
    if _ENTITY.search(data.replace(b"\0", b"")):
        raise InputError(label, "declares XML entities, which feeds have no need of: not read")


def _draft(entry: Any, outlet: str | None) -> Draft:
    contents = [c.get("value") or "" for c in entry.get("content") or ()]
    body = max([*contents, entry.get("summary") or ""], key=len)
    title = entry.get("title")
    return Draft(
        text=plain_text(body),
        title=plain_text(title) if title else None,
        published=entry.get("published") or entry.get("published_parsed") or entry.get("updated"),
        outlet=(entry.get("source") or {}).get("title") or outlet,
        url=entry.get("link"),
        byline=entry.get("author"),
    )


def _is_broken(error: object) -> bool:
    """Whether the feed itself is damaged; a wrong content type or encoding name is not damage."""
    return error is not None and "sax" in type(error).__module__.lower()
