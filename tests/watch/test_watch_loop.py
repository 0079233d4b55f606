"""The watch as a whole: a server on this machine, an archive in a folder, and a clock that the test moves."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from pathlib import Path

import pytest
from misbehaving import HOST, QUICK, Act, Site, Visit, serving

from riwaya.archive import Archive
from riwaya.errors import UsageError
from riwaya.settings.watch import WatchSettings
from riwaya.watch.address import Guard
from riwaya.watch.deliver import Command
from riwaya.watch.loop import Status, Watch, check_source
from riwaya.watch.store import ArchiveStore

HOUR = 3600.0
SETTINGS = replace(QUICK, batch_wait=0.0)
BODY = """أعلنت وزارة الأشغال اليوم الخميس افتتاح جسر جديد فوق نهر الوادي الكبير بعد ثلاث سنوات من العمل المتواصل.
وقال الوزير سمير العطار إن الجسر كلف 40 مليون دينار وإن 120 عاملا شاركوا في بنائه.
وأضاف أن حركة السير ستبدأ صباح السبت المقبل، وأن الشاحنات الثقيلة ستمنع من العبور في الشهر الأول."""


def page(title: str, body: str = BODY, outlet: str = "شبكة الأفق") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.splitlines())
    return (
        f'<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:site_name" content="{outlet}">'
        '<meta property="article:published_time" content="2031-02-13T09:00:00+01:00">'
        f"</head><body><main><article><h1>{title}</h1>{paragraphs}</article></main></body></html>"
    )


def feed(*links: str, text: str = "موجز") -> Act:
    items = (f"<title>خبر {n}</title><link>{link}</link><description>{text}</description>" for n, link in enumerate(links))
    listed = "".join(f"<item>{item}</item>" for item in items)
    body = f"<rss version='2.0'><channel><title>الأفق</title>{listed}</channel></rss>"

    def act(visit: Visit) -> None:
        etag = f'"{hash(body)}"'
        visit.answer(304 if visit.headers.get("If-None-Match") == etag else 200, body, "application/rss+xml", ETag=etag)

    return act


@dataclass
class Desk:
    """A watch that can be run again and again at times of the test's choosing, and what it said."""

    archive: Path
    now: float = field(default_factory=time.time)
    told: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, *sources: str, settings: WatchSettings = SETTINGS, **more: object) -> Watch:
        return Watch(
            sources, self.archive, settings, guard=Guard(allowed=(HOST,)), tell=self.told.append, complain=self.complaints.append,
            now=lambda: self.now, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def once(self, *sources: str, settings: WatchSettings = SETTINGS) -> Status:
        return self.watch(*sources, settings=settings).run(once=True)

    def urls(self) -> list[str]:
        with Archive.open(self.archive) as archive:
            return [u for (u,) in archive.connection.execute("SELECT url FROM article ORDER BY url, n")]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "news.riwaya")


def test_a_feed_leads_to_its_pages_and_is_known_the_second_time(site: Site, desk: Desk) -> None:
    site.paths |= {"/feed": feed("/1", "/2"), "/1": page("افتتاح الجسر"), "/2": page("الجسر الجديد", BODY + "\nوانتهى الحفل.")}
    status = desk.once(site.url + "/feed")
    assert (status.reports, status.versions, status.running) == (2, 0, False)
    assert desk.urls() == [f"{site.url}/1", f"{site.url}/2"]
    again = desk.once(site.url + "/feed")
    assert (again.reports, again.versions) == (0, 0)
    assert [site.asked(p) for p in ("/feed", "/1", "/2")] == [2, 1, 1]
    assert again.sources[0].reports == 2
    assert desk.complaints == []


def test_a_silent_edit_is_found_and_kept_as_a_version(site: Site, desk: Desk) -> None:
    site.paths |= {"/feed": feed("/1"), "/1": page("افتتاح الجسر")}
    desk.once(site.url + "/feed")
    site.paths["/1"] = page("افتتاح الجسر", BODY.replace("120 عاملا", "150 عاملا"))
    desk.now += 0.5 * HOUR
    assert desk.once(site.url + "/feed").versions == 0  # too early to look again
    desk.now += HOUR
    status = desk.once(site.url + "/feed")
    assert (status.reports, status.versions) == (0, 1)
    assert desk.urls() == [f"{site.url}/1"] * 2
    with Archive.open(desk.archive) as archive:
        stories = archive.stories().items
        assert len(stories) == 1
        articles = archive.dossier(stories[0].id).articles
    assert sorted("150 عاملا" in a.text for a in articles) == [False, True]
    assert sum(a.version_of is not None for a in articles) == 1


def test_a_counter_of_visits_is_no_edit(site: Site, desk: Desk) -> None:
    counts = iter(range(1000, 2000))
    site.paths |= {"/feed": feed("/1"), "/1": lambda v: v.answer(200, page("الجسر", f"{BODY}\nعدد المشاهدات: {next(counts)}"))}
    for _ in range(3):
        status = desk.once(site.url + "/feed")
        desk.now += 2 * HOUR
    assert site.asked("/1") >= 2
    assert status.sources[0].versions == 0
    assert len(desk.urls()) == 1


def test_looking_again_asks_whether_it_has_changed(site: Site, desk: Desk) -> None:
    def act(visit: Visit) -> None:
        visit.answer(304 if visit.headers.get("If-None-Match") == '"1"' else 200, page("افتتاح الجسر"), ETag='"1"')

    site.paths |= {"/feed": feed("/1"), "/1": act}
    desk.once(site.url + "/feed")
    for _ in range(8):  # after 1, 3, 12, 36 and 96 hours, and then no more
        desk.now += 20 * HOUR
        desk.once(site.url + "/feed")
    assert site.visits[-1][0] == "/feed"
    assert 3 <= site.asked("/1") <= 6
    assert dict(site.visits)["/1"]["if-none-match"] == '"1"'
    assert len(desk.urls()) == 1


def test_a_feed_that_announces_a_change_is_followed_at_once(site: Site, desk: Desk) -> None:
    site.paths |= {"/feed": feed("/1"), "/1": page("افتتاح الجسر")}
    desk.once(site.url + "/feed")
    site.paths |= {"/feed": feed("/1", text="موجز جديد"), "/1": page("افتتاح الجسر", BODY + "\nوتأجل الافتتاح.")}
    assert desk.once(site.url + "/feed").versions == 1


def test_where_the_page_cannot_be_had_the_feed_speaks(site: Site, desk: Desk) -> None:
    long = BODY + "\n" + BODY.replace("الخميس", "الجمعة")
    site.paths["/feed"] = feed("/gone", text=long.replace("\n", " "))
    status = desk.once(site.url + "/feed")
    assert status.reports == 1
    assert desk.urls() == [f"{site.url}/gone"]
    desk.now += 50 * HOUR
    desk.once(site.url + "/feed")
    assert site.asked("/gone") == 1


def test_a_page_that_is_down_is_tried_again_and_then_the_feed_speaks(site: Site, desk: Desk) -> None:
    site.paths |= {"/feed": feed("/1", text=(BODY + BODY).replace("\n", " ")), "/1": lambda v: v.answer(500)}
    for attempt in range(1, 4):
        status = desk.once(site.url + "/feed")
        assert site.asked("/1") == attempt
        assert status.reports == (attempt == 3)
        desk.once(site.url + "/feed")  # at once: too early
        desk.now += 600
    assert desk.once(site.url + "/feed").reports == 0
    assert site.asked("/1") == 3


def test_a_page_that_is_long_down_is_not_forgotten(site: Site, desk: Desk) -> None:
    site.paths |= {"/feed": feed("/1"), "/1": lambda v: v.answer(500)}
    for _ in range(5):
        assert desk.once(site.url + "/feed").reports == 0
        desk.now += 5 * HOUR
    site.paths["/1"] = page("افتتاح الجسر")
    assert desk.once(site.url + "/feed").reports == 1


def test_what_can_never_be_read_is_listed_once(site: Site, desk: Desk) -> None:
    site.paths |= {
        "/feed": feed("/1", "/2", "/3", "http://10.0.0.1/x", "ftp://x/y"), "/1": lambda v: v.answer(200, b"x", "image/png"),
        "/2": "<html><body></body></html>", "/3": "\x00\x01",
    }  # fmt: skip
    for _ in range(2):
        assert desk.once(site.url + "/feed").reports == 0
        desk.now += HOUR
    with Archive.open(desk.archive) as archive:
        skipped = dict(archive.connection.execute("SELECT path, reason FROM skipped"))
    assert skipped[f"{site.url}/1"] == "it is image/png, which is not read"
    assert skipped[f"{site.url}/2"] == "no report found on the page"
    assert "a private address" in skipped["http://10.0.0.1/x"]
    assert {site.asked(p) for p in ("/1", "/2", "/3")} == {1}


def test_one_bad_source_never_stops_others(site: Site, desk: Desk) -> None:
    site.paths |= {
        "/feed": feed("/1"), "/1": page("افتتاح الجسر"), "/down": lambda v: v.answer(500), "/page": page("صفحة"),
        "/bomb": '<!DOCTYPE x [<!ENTITY a "b">]><rss></rss>', "/loop": lambda v: v.answer(302, Location="/loop"),
    }  # fmt: skip
    bad = [site.url + p for p in ("/down", "/page", "/bomb", "/loop")]
    status = desk.once(*bad, site.url + "/feed", "http://127.0.0.2:8001/x")
    assert status.reports == 1
    assert [s.errors for s in status.sources] == [1, 1, 1, 1, 0, 1]
    assert len(desk.complaints) == 5
    assert all("next try in" in c and "\n" not in c for c in desk.complaints)


def test_a_source_that_fails_is_left_alone_for_longer_and_longer(site: Site, desk: Desk) -> None:
    site.paths["/feed"] = lambda v: v.answer(500)
    source = site.url + "/feed"
    waits = []
    for errors in (1, 2, 3):
        state = desk.once(source).sources[0]
        assert state.errors == errors
        waits.append(state.next_due - desk.now)
        asked = site.asked("/feed")
        desk.once(source)
        assert site.asked("/feed") == asked
        assert "left alone" in desk.complaints[-1]
        desk.now = state.next_due
    for least, wait in zip((60, 120, 240), waits, strict=True):
        assert least <= wait <= 1.25 * least
    site.paths["/feed"] = feed()
    assert desk.once(source).sources[0].errors == 0
    assert desk.told[-1].endswith("works again")


def test_retry_after_is_honoured(site: Site, desk: Desk) -> None:
    site.paths["/feed"] = lambda v: v.answer(429, Retry_After=formatdate(time.time() + 1800, usegmt=True))
    state = desk.once(site.url + "/feed").sources[0]
    assert 1700 < state.next_due - desk.now < 1801 * 1.25
    assert "HTTP 429" in (state.error or "")


def test_a_sitemap_index_and_its_news(site: Site, desk: Desk) -> None:
    day = time.strftime("%Y-%m-%d", time.gmtime(desk.now))
    rows = f"<url><loc>/1</loc><lastmod>{day}</lastmod></url><url><loc>/old</loc><lastmod>2001-01-01</lastmod></url>"
    below = f"<sitemap><loc>/news.xml</loc><lastmod>{day}</lastmod></sitemap><sitemap><loc>/no.xml</loc></sitemap>"
    site.paths |= {
        "/index.xml": f"<sitemapindex>{below}</sitemapindex>", "/news.xml": f"<urlset>{rows}</urlset>",
        "/1": page("افتتاح الجسر"),
    }  # fmt: skip
    assert desk.once(site.url + "/index.xml").reports == 1
    assert desk.once(site.url + "/index.xml").reports == 0
    assert [site.asked(p) for p in ("/1", "/old")] == [1, 0]
    assert site.asked("/news.xml") == 2  # a day is too coarse a date to tell that nothing has changed
    site.paths["/index.xml"] = f"<sitemapindex>{below.replace(day, day + 'T01:00:00Z')}</sitemapindex>"
    for _ in range(2):
        desk.once(site.url + "/index.xml")
    assert site.asked("/news.xml") == 3


def test_a_large_sitemap_without_dates_brings_only_what_comes_later(site: Site, desk: Desk) -> None:
    rows = "".join(f"<url><loc>/p{n}</loc></url>" for n in range(5))
    site.paths |= {"/map": f"<urlset>{rows}</urlset>", "/new": page("افتتاح الجسر")}
    settings = replace(SETTINGS, undated=4)
    assert desk.once(site.url + "/map", settings=settings).reports == 0
    site.paths["/map"] = f"<urlset>{rows}<url><loc>/new</loc></url></urlset>"
    assert desk.once(site.url + "/map", settings=settings).reports == 1
    assert site.asked("/p1") == 0


def test_a_long_feed_is_taken_in_parts(site: Site, desk: Desk) -> None:
    links = [f"/{n}" for n in range(5)]
    site.paths["/feed"] = feed(*links)
    site.paths |= {link: page("خبر الجسر", f"{BODY}\nوهذا التقرير رقم {n}.") for n, link in enumerate(links)}
    settings = replace(SETTINGS, entries=2)
    counts = []
    for _ in range(4):
        counts.append(desk.once(site.url + "/feed", settings=settings).reports)
        desk.now += HOUR / 4
    assert counts == [2, 2, 1, 0]


def test_a_page_may_not_pass_for_another_outlets(site: Site, desk: Desk) -> None:
    said = {"@type": "NewsArticle", "headline": "خبر", "url": "https://great-paper.example/story", "articleBody": BODY * 2}
    script = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    site.paths |= {"/feed": feed("/1"), "/1": f"<html><head>{script}</head><body></body></html>"}
    desk.once(site.url + "/feed")
    assert desk.urls() == [f"{site.url}/1"]


def test_a_folder(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(BODY, "utf-8")
    record = json.dumps({"text": BODY + " وانتهى.", "url": "https://x.example/1"})
    (folder / "deep" / "b.jsonl").write_text(record + "\n{broken\n", "utf-8")
    assert desk.once(str(folder)).reports == 2
    assert desk.once(str(folder)).reports == 0
    (folder / "a.txt").write_text(BODY.replace("120", "150"), "utf-8")
    status = desk.once(str(folder))
    assert (status.reports, status.versions) == (0, 1)
    with Archive.open(desk.archive) as archive:
        assert [p for (p,) in archive.connection.execute("SELECT path FROM skipped")] == ["deep/b.jsonl#2"]
    for path in (folder / "a.txt", folder / "deep" / "b.jsonl"):
        path.unlink()
    (folder / "deep").rmdir()
    folder.rmdir()
    with pytest.raises(UsageError, match="no such folder"):
        desk.once(str(folder))


def test_a_file_that_is_being_written_is_left_for_the_next_look(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(BODY, "utf-8")
    os.utime(folder / "a.txt", (desk.now, desk.now))
    watch = desk.watch(str(folder))
    running = threading.Thread(target=watch.run, daemon=True)
    running.start()
    wait_for(lambda: bool(watch.status().sources) and watch.status().sources[0].last_success is not None)
    assert watch.status().reports == 0
    desk.now += 60
    wait_for(lambda: watch.status().reports == 1)
    assert watch.status().running
    watch.stop()
    running.join(20)
    assert not running.is_alive()
    assert not watch.status().running


def wait_for(condition: object, seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.01)


def test_it_goes_on_until_stopped_and_finishes_the_batch(site: Site, desk: Desk) -> None:
    site.paths |= {"/feed": feed("/1", "/slow"), "/1": page("افتتاح الجسر"), "/slow": lambda v: v.ended.wait(30)}
    settings = replace(SETTINGS, batch_wait=3600.0, total_timeout=30.0, read_timeout=30.0)  # nothing is written before the stop
    watch = desk.watch(site.url + "/feed", settings=settings)
    running = threading.Thread(target=watch.run, daemon=True)
    running.start()
    wait_for(lambda: site.asked("/slow"))
    wait_for(lambda: watch.status().visiting)
    begun = time.monotonic()
    watch.stop()
    running.join(20)
    assert not running.is_alive()
    assert time.monotonic() - begun < 10
    assert desk.urls() == [f"{site.url}/1"]


def test_a_new_visit_comes_when_it_is_due(site: Site, desk: Desk) -> None:
    site.paths |= {"/feed": feed("/1"), "/1": page("افتتاح الجسر"), "/2": page("الجسر", BODY + "\nتحديث.")}
    watch = desk.watch(site.url + "/feed", every=5)
    running = threading.Thread(target=watch.run, daemon=True)
    running.start()
    wait_for(lambda: watch.status().reports == 1)
    site.paths["/feed"] = feed("/1", "/2")
    desk.now += 4 * 60
    wait_for(lambda: not watch.status().visiting)
    assert site.asked("/feed") == 1
    desk.now += 2 * 60
    wait_for(lambda: watch.status().reports == 2)
    watch.stop()
    running.join(20)
    with Archive.open(desk.archive, read_only=True) as archive:
        stored = ArchiveStore(archive).sources()
    assert [(s.source, s.kind, s.reports) for s in stored] == [(site.url + "/feed", "feed", 2)]


def test_alerts_go_to_the_archive_and_to_receivers(site: Site, desk: Desk, tmp_path: Path) -> None:
    outlets = ("شبكة الأفق", "صحيفة الساحل", "جريدة المرفأ")
    site.paths["/feed"] = feed("/0", "/1", "/2")
    for number, outlet in enumerate(outlets):
        site.paths[f"/{number}"] = page("افتتاح جسر الوادي الكبير", f"{BODY}\nكتبه مراسلنا {number}.", outlet)
    out = tmp_path / "alert.json"
    save = [sys.executable, "-c", "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read())", str(out)]
    status = desk.watch(site.url + "/feed", receivers=[Command(save)]).run(once=True)
    with Archive.open(desk.archive) as archive:
        kept = archive.alerts()
        assert [a.kind for a in kept] == ["story"]
        assert archive.alerts(story_id=kept[0].story_id) == kept
        assert archive.alerts(after=kept[0].number) == []
    assert status.alerts == 1
    assert [json.loads(line)["id"] for line in out.read_text("utf-8").splitlines()] == [kept[0].id]
    assert any("A new story" in line for line in desk.told)


def test_what_is_remembered_of_sources_lies_in_the_archive(site: Site, desk: Desk) -> None:
    site.paths |= {"/feed": feed("/1"), "/1": page("افتتاح الجسر")}
    desk.once(site.url + "/feed")
    with Archive.open(desk.archive, read_only=True) as archive:
        store = ArchiveStore(archive)
        (state,) = store.sources()
        assert store.source(state.source) == state
        assert state.etag
        seen = store.seen(state.source, [f"{site.url}/1", "http://unknown.example/"])
        assert list(seen) == [f"{site.url}/1"]
        assert store.due(state.source, desk.now + 2 * HOUR, 10) == list(seen.values())
        assert store.due(state.source, desk.now, 10) == []


@pytest.mark.parametrize("source", ["ftp://x.example/", "http://user@x.example/", "/nowhere/at/all", __file__, "http://"])
def test_what_is_no_source_is_wrong_usage(source: str, desk: Desk) -> None:
    with pytest.raises(UsageError):
        check_source(source)
    with pytest.raises(UsageError):
        desk.watch(source)


def test_a_source_is_visited_once_however_often_it_is_named(site: Site, desk: Desk) -> None:
    site.paths["/feed"] = feed()
    desk.once(site.url + "/feed", site.url + "/feed")
    assert site.asked("/feed") == 1
    with pytest.raises(UsageError):
        desk.watch()
