"""A story in the application: its sections, where their links lead, what is kept, and what is new."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from reading_desk import REPORTS, SECTIONS, Page, copied, fill, open_app, places, story_id
from starlette.testclient import TestClient

import riwaya
from riwaya.archive import Archive
from riwaya.model import Span
from riwaya.tell.html import words
from riwaya.web.live import LiveDesk, cited, correction_form, part
from riwaya.web.shelf import State

_INSIDE = re.compile(r"/report/(a-\w+)#(c\d+-\d+)")


@pytest.fixture(scope="module")
def client(sample_archive: Path) -> TestClient:
    return open_app(sample_archive)[1]


@pytest.fixture(scope="module")
def story(sample_archive: Path) -> str:
    return f"/story/{story_id(sample_archive)}"


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_is_whole_and_in_one_language(client: TestClient, story: str, section: str, lang: str) -> None:
    answer = client.get(story + section, params={"lang": lang})
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page.faults == []
    assert len(page.ids) == len(set(page.ids))
    assert not any(cls.split()[0] in ("ar", "en") for cls in page.having("class") if cls)
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(headings)), headings


@pytest.mark.parametrize("section", SECTIONS)
def test_the_policy_admits_all_that_a_section_draws(client: TestClient, story: str, section: str) -> None:
    answer = client.get(story + section)
    page = Page(answer.text)
    assert page.having("style") == []
    assert not [name for _, given in page.tags for name in given if name.startswith("on")]
    styles = re.findall(r"<style>(.*?)</style>", answer.text, re.S)
    for key in places(page):
        assert f'[data-at="{key}"]{{' in styles[0]
    for style in styles:
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


def test_drawings_have_places(client: TestClient, story: str) -> None:
    assert len(places(Page(client.get(f"{story}/transmission").text))) > 8
    assert len(places(Page(client.get(f"{story}/figures").text))) > 8


def test_every_link_to_words_finds_them(client: TestClient, story: str) -> None:
    wanted: dict[str, set[str]] = {}
    for section in SECTIONS:
        for link in Page(client.get(story + section).text).links:
            if match := _INSIDE.fullmatch(link):
                wanted.setdefault(match[1], set()).add(match[2])
    assert sum(map(len, wanted.values())) > 100
    for article_id, anchors in wanted.items():
        assert anchors <= set(Page(client.get(f"/report/{article_id}").text).ids)


def test_every_link_inside_the_story_answers(client: TestClient, story: str) -> None:
    links = {link.partition("#")[0] for section in SECTIONS for link in Page(client.get(story + section).text).links}
    inside = sorted(link for link in links if link.startswith((story, "/report/", "/compare/")) and "/name/" not in link)
    assert len(inside) > 30
    for link in inside:
        assert client.get(link).status_code == 200, link


def test_a_statement_has_a_page_with_its_isnad(client: TestClient, story: str, sample_archive: Path) -> None:
    with Archive.open(sample_archive, read_only=True) as archive:
        dossier = archive.dossier(story.rpartition("/")[2])
    strongest = max(dossier.statements, key=lambda s: s.independent)
    page = Page(client.get(f"{story}/statement/{strongest.id}").text)
    assert " ".join(strongest.text.split()) in page.text
    assert all(origin.name in page.text for origin in strongest.origins if origin.kind != "outlet")
    assert len({link for link in page.links if _INSIDE.fullmatch(link)}) >= len(strongest.article_ids)
    assert client.get(f"{story}/statement/st-0000000000000000").status_code == 404


def test_statements_are_listed_by_standing(client: TestClient, story: str, sample_archive: Path) -> None:
    with Archive.open(sample_archive, read_only=True) as archive:
        dossier = archive.dossier(story.rpartition("/")[2])
    for standing in ("corroborated", "repeated", "single"):
        wanted = {s.id for s in dossier.statements if s.standing == standing and not s.disputed}
        page = Page(client.get(f"{story}/statements", params={"standing": standing}).text)
        assert {i for i in page.ids if i.startswith("st-")} == wanted
    assert client.get(f"{story}/statements", params={"standing": "nonsense"}).status_code == 422
    assert client.get(f"{story}/statements", params={"standing": ""}).status_code == 200


def test_a_page_is_not_sent_twice(client: TestClient, story: str) -> None:
    first = client.get(story, params={"lang": "ar"})
    tag = first.headers["etag"]
    again = client.get(story, params={"lang": "ar"}, headers={"if-none-match": tag})
    assert again.status_code == 304 and again.text == "" and again.headers["etag"] == tag
    assert "content-security-policy" not in again.headers, "the page that the browser has keeps the policy that names its style"
    assert client.get(story, params={"lang": "en"}, headers={"if-none-match": tag}).status_code == 200
    assert client.get(f"{story}/figures", headers={"if-none-match": tag}).status_code == 200


def test_what_is_not_there_is_not_found(client: TestClient, story: str) -> None:
    assert client.get("/story/s-0000000000000000").status_code == 404
    assert client.get("/story/nonsense").status_code == 404
    assert client.get(f"{story}/nonsense").status_code == 404
    assert client.get(f"{story}/name/e-0000000000000000").status_code == 404


def test_a_former_id_leads_to_the_present_one(sample_archive: Path, tmp_path: Path, story: str) -> None:
    path = copied(sample_archive, tmp_path / "moved.riwaya")
    now, before = story.rpartition("/")[2], "s-00000000000000aa"
    with Archive.open(path) as archive:
        columns = [row[1] for row in archive.connection.execute("PRAGMA table_info(redirect)")]
        row = {"old": before, "new": now, "since": 1, "founder": 1}
        marks = ", ".join("?" * len(columns))
        archive.connection.execute(f"INSERT INTO redirect VALUES ({marks})", [row[c] for c in columns])
        archive.connection.commit()
    client = open_app(path)[1]
    answer = client.get(f"/story/{before}/figures?lang=en")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/story/{now}/figures?lang=en"


def test_what_came_since_the_last_visit_is_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = sorted(REPORTS.iterdir())
    path = fill(tmp_path / "grows.riwaya", *reports[:-1])
    client = open_app(path)[1]
    story = f"/story/{story_id(path)}"
    assert "f-new" not in client.get(f"{story}/reports").text, "on a first visit everything is, so nothing is marked"
    with Archive.open(path) as archive:
        archive.add(riwaya.read(reports[-1]), jobs=1)
    story = f"/story/{story_id(path)}"
    listed = Page(client.get("/").text)
    assert any("fresh" in c for c in listed.having("class"))
    now = time.time() + 3600
    monkeypatch.setattr("riwaya.web.visits.time.time", lambda: now)
    page = client.get(f"{story}/reports").text
    assert page.count('<span class="fresh f-new">') == 2  # the line of how many, and the report
    assert client.get(f"{story}/reports").text.count('<span class="fresh f-new">') == 2, "the same visit"
    assert "f-more" in client.get(f"{story}/statements").text
    monkeypatch.setattr("riwaya.web.visits.time.time", lambda: now + 3600)
    assert '<span class="fresh' not in client.get(f"{story}/reports").text, "the visit after"


def test_a_story_says_that_it_is_being_made_anew(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riwaya.web.pages.story.state_of", lambda request, story: State(story, 1, stale=True))
    page = open_app(sample_archive)[1].get(f"/story/{story_id(sample_archive)}?lang=en").text
    assert "being made anew" in page


def test_every_span_of_a_dossier_is_cited(sample_archive: Path, story: str) -> None:
    with Archive.open(sample_archive, read_only=True) as archive:
        dossier = archive.dossier(story.rpartition("/")[2])
    desk = LiveDesk(dossier, "ar")
    known = set(cited(dossier))
    assert {s for x in dossier.statements for s in x.spans} <= known
    for article in dossier.articles:
        desk.mark_all(article.id)
    assert sum(map(len, desk.linked.values())) == len(known)


def test_the_form_of_a_correction_is_filled_in() -> None:
    href = correction_form("not-copy", [Span("a-1", 2, 30), Span("a-2", 4, 50)])
    assert href == "/corrections/new?action=not-copy&span=a-1:2-30&span=a-2:4-50"
    dated = correction_form("date", [Span("a-1", 0, 0)], "2022-01-05")
    assert dated == "/corrections/new?action=date&span=a-1:0-0&value=2022-01-05"


def test_places_of_drawings_hold_numbers_only(sample_archive: Path, story: str) -> None:
    with Archive.open(sample_archive, read_only=True) as archive:
        desk = LiveDesk(archive.dossier(story.rpartition("/")[2]), "en")
    from riwaya.tell.html.isnad import isnad

    drawn = part("isnad.html.j2", "en", desk=desk, isnad=isnad(desk, desk.stands.lines, 9))
    assert re.fullmatch(r'(\[data-at="is\d+"\]\{[a-z:;%.0-9px-]+\})+', drawn.style)
    assert words.plain("isnad.title", "en") in drawn.html and words.plain("isnad.title", "ar") not in drawn.html
