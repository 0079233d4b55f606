"""Web pages: JSON-LD and the page's metadata first, the text through trafilatura; MHTML as a page inside a message."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from html.parser import HTMLParser
from typing import Any

from riwaya.errors import InputError
from riwaya.read.decode import decode, scrub
from riwaya.read.given_dates import given_date
from riwaya.read.records import Desk, Draft
from riwaya.read.sources import Source
from riwaya.settings.read import READ

Numbered = tuple[int | None, Draft]
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
_HEAD = 4096  # bytes in which a page names its encoding
_JSON_LD = re.compile(r"<script\b[^>]{0,400}application/ld\+json[^>]{0,400}>", re.I)
_SCRIPT_END = re.compile("</script", re.I)
_NEWS = frozenset(("NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "OpinionNewsArticle",
                   "BackgroundNewsArticle", "LiveBlogPosting", "Report"))  # fmt: skip
_META_DATES = frozenset((
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "publishdate", "publish-date", "publish_date", "pubdate",
    "sailthru.date", "parsely-pub-date", "article.published", "article:published", "originalpublicationdate",
    "cxenseparse:recs:publishtime",
))  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Elements with no end tag, or whose end tag may be left out: they do not show how deep a page is.
_OPEN_ENDED = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
    "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "html", "head", "body", "optgroup",
    "rp", "rt", "param",
))  # fmt: skip
_BLOCKS = frozenset((
    "p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "blockquote", "section", "article", "ul", "ol",
    "table", "figure", "figcaption",
))  # fmt: skip
_SILENT = frozenset(("script", "style"))
# The bound of htmldate's search is otherwise the clock's day; a result must not depend on it.
_DATE_SEARCH = {"original_date": True, "max_date": f"{READ.last_year}-01-01", "extensive_search": True}


def read_page(source: Source, desk: Desk) -> Iterator[Numbered]:
    """A web page in a file.

    Raises:
        InputError: too large, nested too deep, or no report in it.
    """
    data = source.whole(READ.page_bytes)
    declared = _CHARSET.search(data[:_HEAD])
    yield None, page(decode(data, declared.group(1).decode("ascii") if declared else None), source.label)


def read_mhtml(source: Source, desk: Desk) -> Iterator[Numbered]:
    """A page as browsers save it in one file (RFC 2557).

    Raises:
        InputError: no HTML in it.
    """
    message = message_from_bytes(source.whole(READ.page_bytes), policy=policy.default)
    parts: Iterator[Any] = message.walk()
    for part in parts:
        if part.get_content_type() in ("text/html", "application/xhtml+xml") and isinstance(part, EmailMessage):
            body = part.get_payload(decode=True)
            html = decode(body if isinstance(body, bytes) else b"", part.get_content_charset())
            location = part.get("Content-Location") or message.get("Snapshot-Content-Location")
            yield None, page(html, source.label, str(location) if location else None)
            return
    raise InputError(source.label, "no page in it")


def page(html: str, label: str, url: str | None = None) -> Draft:
    """The report on a page.

    Args:
        html: the page.
        label: for errors.
        url: where the page was found, if known.

    Returns:
        Headline, text, outlet, date. A date of JSON-LD, the metadata or the URL is "stated", the extractor's guess "inferred".

    Raises:
        InputError: nested too deep to be a page, or no report in it.
    """
    if _depth(html) > READ.page_depth:
        raise InputError(label, f"elements nested more than {READ.page_depth:,} deep")
    import trafilatura

    told = json_ld(html)
    tree = trafilatura.load_html(html)
    if tree is None:
        raise InputError(label, "no page in it")
    stated = _meta_date(tree)
    found: Any = trafilatura.bare_extraction(tree, url=url, with_metadata=True, include_comments=False, include_tables=False,
                                        date_extraction_params=dict(_DATE_SEARCH))  # fmt: skip
    body = told.get("text") or (found.text if found else None)
    if not body or not body.strip():
        raise InputError(label, "no report found on the page")
    title = told.get("title") or (found.title if found else None)
    date = told.get("published") or stated
    return Draft(
        text=_without_title(body, title),
        title=title,
        published=date or _guess(found.date if found else None),
        outlet=told.get("outlet") or (found and (found.sitename or found.hostname)) or None,
        url=told.get("url") or url or (found.url if found else None),
        byline=told.get("byline") or (found.author if found else None),
        how="stated" if date else "inferred",
    )


def _guess(date: str | None) -> str | None:
    """The extractor's guess; it writes the first day where it knows only the month or year, which is no date to the day."""
    return None if not date or date.endswith("-01") else date


def json_ld(html: str) -> dict[str, str]:
    """What the page's JSON-LD says of a news article: text, title, published, outlet, url, byline, as far as given."""
    for start in _JSON_LD.finditer(html):
        end = _SCRIPT_END.search(html, start.end())
        if end is None:
            break
        block = html[start.end() : end.start()]
        try:
            document = json.loads(unescape(block) if "&quot;" in block else block, strict=False)
        except (ValueError, RecursionError):
            continue
        article = _news_article(document, 0)
        if article is not None:
            return _told(article)
    return {}


def _news_article(node: object, depth: int) -> Mapping[str, Any] | None:
    if depth > 4:  # noqa: PLR2004 - a graph, its list, an item, its mainEntity
        return None
    if isinstance(node, list):
        return next((found for item in node if (found := _news_article(item, depth + 1)) is not None), None)
    if not isinstance(node, Mapping):
        return None
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    if any(isinstance(k, str) and k.rpartition("/")[2] in _NEWS for k in kinds):
        return node
    return _news_article([node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node], depth + 1)


def _told(article: Mapping[str, Any]) -> dict[str, str]:
    draft = Desk().draft({"text": "", **article})
    told: dict[str, str] = {}
    if draft is None:
        return told
    body = plain_text(article["articleBody"]) if isinstance(article.get("articleBody"), str) else ""
    if len(body) >= READ.article_body:
        told["text"] = body
    for name, value in (("title", draft.title), ("outlet", draft.outlet), ("url", draft.url), ("byline", draft.byline)):
        if value and value.strip():
            told[name] = unescape(value).strip()
    date = given_date(draft.published)
    if date:
        told["published"] = date
    return told


def _meta_date(tree: Any) -> str | None:
    """The date of publication that the page's head or its <time> states."""
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name in _META_DATES:
            date = given_date(meta.get("content") or "")
            if date:
                return date
    for time in tree.iter("time"):
        if time.get("itemprop") == "datePublished" or time.get("pubdate") is not None:
            date = given_date(time.get("datetime") or "")
            if date:
                return date
    return None


def _without_title(body: str, title: str | None) -> str:
    """The body without the headline as its first line, which the article carries apart."""
    if title and body.lstrip().startswith(title.strip() + "\n"):
        return body.lstrip()[len(title.strip()) :].lstrip("\n")
    return body


def _depth(html: str) -> int:
    depth = deepest = 0
    for match in _TAG.finditer(html):
        if match.group(2).lower() in _OPEN_ENDED:
            continue
        depth += -1 if match.group(1) else 1
        depth = max(depth, 0)
        deepest = max(deepest, depth)
    return deepest


class _Plain(HTMLParser):
    """Collects text, with a line break where a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As in HTMLParser."""
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """As in HTMLParser."""
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """As in HTMLParser."""
        if not self._silent:
            self.parts.append(data)


def plain_text(markup: str) -> str:
    """A fragment of HTML as text, a paragraph a line; text without tags comes back as it is.

    >>> plain_text("<p>قال.</p><p>ثم &amp; قال.</p>")
    'قال.\\nثم & قال.'
    """
    if "<" not in markup:
        return scrub(unescape(markup))
    parser = _Plain()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).splitlines())
    return scrub("\n".join(line for line in lines if line))
