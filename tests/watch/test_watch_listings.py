"""What feeds and sitemaps list: told by their content, whatever they are called, also where they are broken or bombs."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from misbehaving import QUICK

from riwaya.errors import InputError
from riwaya.settings.watch import WatchSettings
from riwaya.watch.fetch import Fetched
from riwaya.watch.listings import Listing, clean_url, read_listing

NOW = datetime(2031, 2, 13, 12, tzinfo=UTC).timestamp()
URL = "https://ofuq.example/x"

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>شبكة الأفق</title>
<item><title>حريق في الميناء</title><link>/news/1?utm_source=rss</link><pubDate>Wed, 12 Feb 2031 10:00:00 +0100</pubDate>
<description>اندلع حريق.</description></item>
<item><title>اجتماع</title><link>https://ofuq.example/news/2</link>
<description>&lt;p&gt;عقد اجتماع.&lt;/p&gt;</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>مدى</title><entry><title>خبر</title><id>urn:1</id>
<link href="https://mada.example/1"/><updated>2031-02-12T08:00:00Z</updated><content type="html">نص</content></entry></feed>"""
NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://ofuq.example/old</loc><lastmod>2031-01-01</lastmod></url>
<url><loc>https://ofuq.example/a</loc><image:image><image:loc>https://ofuq.example/a.jpg</image:loc></image:image>
<news:news><news:publication><news:name>شبكة الأفق</news:name></news:publication>
<news:publication_date>2031-02-12T09:30:00+01:00</news:publication_date><news:title>خبر</news:title></news:news></url>
<url><loc>https://ofuq.example/b</loc><lastmod>2031-02-13T01:00:00Z</lastmod></url>
<url><loc>javascript:alert(1)</loc></url><url></url></urlset>"""


def listed(body: str | bytes, kind: str = "text/xml", settings: WatchSettings = QUICK) -> Listing:
    data = body.encode() if isinstance(body, str) else body
    return read_listing(Fetched(URL, 200, {"content-type": kind}, data), URL, NOW, settings)


def refused(body: str | bytes, settings: WatchSettings = QUICK) -> str:
    with pytest.raises(InputError) as caught:
        listed(body, settings=settings)
    assert "\n" not in caught.value.reason
    return caught.value.reason


def test_rss() -> None:
    found = listed(RSS)
    assert (found.kind, len(found.entries)) == ("feed", 2)
    first = found.entries[0]
    assert (first.url, first.outlet, first.published) == ("https://ofuq.example/news/1", "شبكة الأفق", "2031-02-12T10:00+01:00")
    assert first.draft is not None
    assert first.draft.text == "اندلع حريق."


def test_atom_under_a_wrong_type() -> None:
    found = listed(ATOM, "text/html")
    assert found.kind == "feed"
    assert found.entries[0].url == "https://mada.example/1"


def test_a_changed_entry_has_another_mark() -> None:
    before, after = listed(RSS), listed(RSS.replace("اندلع حريق.", "اندلع حريق كبير."))
    assert before.entries[0].mark != after.entries[0].mark
    assert before.entries[1].mark == after.entries[1].mark


def test_an_entry_without_a_page_is_its_own_report() -> None:
    text = "انتهت الأشغال في الجسر الجديد."
    item = f"<item><description>{text}</description></item>"
    (entry,) = listed(f"<rss version='2.0'><channel><title>ص</title>{item}</channel></rss>").entries
    assert entry.draft is not None
    assert (entry.draft.url, entry.draft.text) == (None, text)


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "utf-8-sig"])
def test_the_encoding_is_found(encoding: str) -> None:
    wrong = RSS.replace('encoding="utf-8"', 'encoding="us-ascii"')  # what it says of itself is not believed
    assert listed(wrong.encode(encoding)).entries[0].outlet == "شبكة الأفق"


def test_a_packed_feed_is_unpacked() -> None:
    assert len(listed(gzip.compress(RSS.encode()), "application/gzip").entries) == 2


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    found = listed(RSS[: RSS.index("</item>") + 7])
    assert len(found.entries) == 1
    assert "broken XML" in found.skipped[0].reason


def test_sitemap() -> None:
    found = listed(NEWS)
    assert found.kind == "sitemap"
    assert [e.url for e in found.entries] == ["https://ofuq.example/b", "https://ofuq.example/a"]  # the last changed first
    news = found.entries[1]
    assert (news.outlet, news.published) == ("شبكة الأفق", "2031-02-12T09:30+01:00")
    assert found.entries[0].published is None  # when a page was changed is not when it was published


def test_sitemap_index_names_those_changed_last() -> None:
    rows = "".join(f"<sitemap><loc>/m{d:02}.xml</loc><lastmod>2031-02-{d:02}</lastmod></sitemap>" for d in range(1, 13))
    found = listed(f"<sitemapindex>{rows}</sitemapindex>", settings=replace(QUICK, sitemap_files=2))
    assert [e.url for e in found.sitemaps] == ["https://ofuq.example/m12.xml", "https://ofuq.example/m11.xml"]
    assert found.entries == ()


def test_a_huge_sitemap_is_read_up_to_the_limit() -> None:
    rows = "".join(f"<url><loc>https://ofuq.example/{n}</loc></url>" for n in range(20_000))
    found = listed(f"<urlset>{rows}</urlset>", settings=replace(QUICK, sitemap_urls=5_000))
    assert len(found.entries) == 5_000
    assert found.undated
    assert "5,000 pages or more" in found.skipped[0].reason


def test_a_feed_of_ten_thousand_entries() -> None:
    items = "".join(f"<item><title>خبر {n}</title><link>/n/{n}</link></item>" for n in range(10_000))
    feed = f"<rss version='2.0'><channel><title>ص</title>{items}</channel></rss>"
    assert "a feed of more than" in refused(feed, replace(QUICK, feed_bytes=100_000))
    assert len(listed(feed).entries) == 10_000


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "root", ["<rss version='2.0'><channel><title>&l9;</title></channel></rss>", "<urlset><url><loc>&l9;</loc></url></urlset>"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_are_not_read(root: str, encoding: str) -> None:
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>{root}'
    assert "entities" in refused(bomb.encode(encoding))


def test_external_entities_are_not_read() -> None:
    probe = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;</loc></url></urlset>'
    assert "entities" in refused(probe)


def test_a_packed_bomb_is_not_read() -> None:
    assert "when unpacked" in refused(gzip.compress(b"<rss>" + b" " * 4_000_000))
    assert "end in the middle" in refused(gzip.compress(RSS.encode() * 50)[:-20])


@pytest.mark.parametrize(
    ("body", "says"),
    [("", "neither"), ("{}", "neither"), (b"\x89PNG\0\0\0", "no text"), ("<urlset", "no sitemap"), ("<urlset ", "no sitemap"),
     ('<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>', "https://ofuq.example/feed.xml"),
     ("<!-- <rss> --><html><body>خبر", "neither"), ("<rss", "no feed")],
)  # fmt: skip
def test_what_is_no_list_is_said_to_be_none(body: str | bytes, says: str) -> None:
    assert says in refused(body)


def test_links_are_made_whole() -> None:
    assert clean_url("https://a.example/f", "b c") == "https://a.example/b c"
    assert clean_url("https://a.example/f", "?id=1&fbclid=x&utm_medium=y") == "https://a.example/f?id=1"
    assert clean_url("https://a.example/f", "?empty=&utm_id=2") == "https://a.example/f?empty="
    for hostile in ("javascript:alert(1)", "file:///etc/passwd", "http://[::1", "data:text/html,x"):
        assert clean_url("https://a.example/f", hostile) is None
