"""The front page and the search."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from reading_desk import Page, copied, open_app, story_id
from starlette.testclient import TestClient

from riwaya.archive import Archive, SearchQuery, StoryQuery
from riwaya.model import Alert
from riwaya.web.pages.search import search_page
from riwaya.web.pages.stories import stories_page
from riwaya.web.visits import COOKIE, LISTS, Mark, Visits


@pytest.fixture(scope="module")
def client(sample_archive: Path) -> TestClient:
    return open_app(sample_archive)[1]


def cards(client: TestClient, **asked: str) -> list[str]:
    page = Page(client.get("/", params=asked).text)
    return [link for link in page.links if link.startswith("/story/")]


def test_an_empty_archive_invites(tmp_path: Path) -> None:
    Archive.open(tmp_path / "empty.riwaya", create=True).close()
    page = Page(open_app(tmp_path / "empty.riwaya")[1].get("/").text)
    assert "/add" in page.links
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    assert not any(tag == "ol" for tag, _ in page.tags)


def test_stories_are_filtered(client: TestClient, sample_archive: Path) -> None:
    story = f"/story/{story_id(sample_archive)}"
    with Archive.open(sample_archive, read_only=True) as archive:
        card = archive.stories(StoryQuery(order="size")).items[0]
    assert story in cards(client)
    assert story in cards(client, outlet=card.outlets[0]) and story not in cards(client, outlet="لا أحد")
    assert story in cards(client, least=str(card.articles)) and story not in cards(client, least=str(card.articles + 1))
    assert (story in cards(client, disputed="1")) == bool(card.disputes)
    assert card.last and card.first
    assert story in cards(client, since=card.last[:10]) and story not in cards(client, since="2999-01-01")
    assert story in cards(client, until=card.first[:10]) and story not in cards(client, until="1999-01-01")
    assert story in cards(client, q=card.title.split()[0]) and story not in cards(client, q="زرافة")


def test_fields_that_are_empty_or_nonsense_are_passed_over(client: TestClient) -> None:
    fields = {"q": "", "outlet": "", "since": "", "until": "gestern", "least": "viele", "standing": "?", "page": "0"}
    assert cards(client, **fields) == cards(client)
    assert client.get("/", params={"least": "9" * 40, "page": "99999999"}).status_code == 200
    assert client.get("/", params={"q": "-كلمة"}).status_code == 200
    assert client.get("/", params={"q": '"' * 50 + "*()NEAR OR AND \x00"}).status_code == 200


def test_what_is_new_on_the_list(sample_archive: Path) -> None:
    with Archive.open(sample_archive, read_only=True) as archive:
        newest = archive.newest

        def news(seen: Visits | None, since: int | None) -> set[str | None]:
            return {s.news for s in stories_page(archive, StoryQuery(), "ar", seen, since).stories}

        one = story_id(sample_archive)
        assert news(None, None) == {None}, "a first visit"
        assert news(None, newest) == {None}
        assert "new" in news(None, 0)
        assert news(Visits({one.removeprefix("s-"): Mark(newest, newest, 1)}), newest) == {None}
        assert "more" in news(Visits({one.removeprefix("s-"): Mark(0, newest - 1, 1)}), newest)


def test_what_changed_last_is_told(sample_archive: Path, tmp_path: Path) -> None:
    path = copied(sample_archive, tmp_path / "alerts.riwaya")
    story = story_id(path)
    with Archive.open(path) as archive:
        for number, said in enumerate(("كان 13", "صار 15")):
            archive.keep_alerts([Alert(f"al-{number}", "revision", story, "عنوان", f"{said} <b>قتيلا</b>", f"toll {number}", ())])
    client = open_app(path)[1]
    listed = client.get("/?lang=ar").text
    assert "صار 15 &lt;b&gt;قتيلا" in listed and "كان 13" not in listed
    head = client.get(f"/story/{story}?lang=en").text
    assert head.index("toll 1") < head.index("toll 0")
    assert "toll 1" not in client.get(f"/story/{story}/figures").text


def test_marks_of_visits_stay_small_and_take_nonsense(client: TestClient) -> None:
    marks = Visits({})
    for number in range(500):
        marks = marks.seeing(f"s-{number:016x}", 1_000_000 + number, 1_700_000_000 + number)
    assert len(marks.packed()) < 2_000
    assert marks.seen("s-00000000000001f3") and not marks.seen("s-0000000000000000")
    assert Visits({}).seeing(LISTS, 5, 9).packed() == "lists.5.5.9"
    for nonsense in ("", "_", "a.b.c.d", "x" * 5000, "lists.-1.z.%", "..._..."):
        client.cookies.set(COOKIE, nonsense)
        assert client.get("/").status_code == 200
    client.cookies.clear()


def test_a_visit_goes_on_while_pages_are_read() -> None:
    marks = Visits({}).seeing("s-a", 10, now=0).seeing("s-a", 12, now=60)
    assert marks.seen("s-a") == Mark(10, 12, 60), "what came meanwhile is new"
    assert marks.seeing("s-a", 15, now=60 + 3600).seen("s-a") == Mark(12, 15, 3660)
    renamed = marks.moved({"s-a": "s-b"}.get)
    assert renamed.seen("s-b") == marks.seen("s-a") and renamed.seen("s-a") is None


# ----------------------------------------------------------------------------------------------------------------- search


def test_a_hit_leads_to_the_characters(client: TestClient, sample_archive: Path) -> None:
    with Archive.open(sample_archive, read_only=True) as archive:
        dossier = archive.dossier(story_id(sample_archive))
    word = max(dossier.articles[0].text.split()[:12], key=len).strip("،.:«»\"")
    page = Page(client.get("/search", params={"q": word}).text)
    places = [link for link in page.links if "?at=" in link]
    assert places
    for link in places:
        article_id, at = link.removeprefix("/report/").partition("#")[0].split("?at=")
        start, end = map(int, at.split("-"))
        text = next(a.text for a in dossier.articles if a.id == article_id)
        assert text[start:end].strip()
        assert f'id="c{at}"' in client.get(link.partition("#")[0]).text


def test_other_spellings_find_the_same(client: TestClient) -> None:
    def found(q: str) -> set[str]:
        return {x.partition("?")[0] for x in Page(client.get("/search", params={"q": q}).text).links if x.startswith("/report/")}

    assert found("صفاقس") and found("صفاقس") == found("صَفاقس")
    assert found("ميناء") == found("ميناءِ") == found("الميناء") != set()


def test_searching_for_nothing_and_for_what_nobody_wrote(client: TestClient, sample_archive: Path) -> None:
    assert "<ol" not in client.get("/search").text
    assert "ققثثقق" in client.get("/search", params={"q": "ققثثقق"}).text
    assert client.get("/search", params={"q": "-كلمة", "lang": "en"}).status_code == 200
    for hard in ('"', "((", "NEAR(a b)", "*", "OR OR", "\u202e", "a" * 5000, "title:x"):
        assert client.get("/search", params={"q": hard}).status_code == 200
    with Archive.open(sample_archive, read_only=True) as archive:
        assert search_page(archive, SearchQuery()).hits == ()
        assert search_page(archive, SearchQuery(person="nobody at all")).total == 0


def test_while_typing_the_last_word_may_be_begun(client: TestClient) -> None:
    typed = client.get("/search", params={"q": "صفاق"}, headers={"x-requested-with": "riwaya"})
    assert "<ol" in typed.text
