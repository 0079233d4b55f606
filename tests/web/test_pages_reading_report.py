"""The reader, and two reports side by side."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from reading_desk import Page, copied, letters, open_app, story_id
from starlette.testclient import TestClient

from riwaya.archive import Archive
from riwaya.model import Dossier, Passage, Span
from riwaya.web.live import LiveDesk
from riwaya.web.pages.compare import compare_page


@pytest.fixture(scope="module")
def dossier(sample_archive: Path) -> Dossier:
    with Archive.open(sample_archive, read_only=True) as archive:
        return archive.dossier(story_id(sample_archive))


@pytest.fixture(scope="module")
def client(sample_archive: Path) -> TestClient:
    return open_app(sample_archive)[1]


@pytest.fixture(scope="module")
def pair(dossier: Dossier) -> tuple[str, str]:
    """The two reports that share most."""
    longest = max(dossier.passages, key=lambda p: p.a.end - p.a.start)
    return longest.a.article_id, longest.b.article_id


def shown(html: str, start: str, end: str) -> str:
    """The words between two marks in a page, its own buttons and notes left out."""
    inside = html[html.index(start) : html.index(end)]
    inside = re.sub(r'<(a|span|p)[^>]*class="[^"]*(?:twins?|twin-more|no|lacks|vh|whose)\b.*?</\1>', "", inside, flags=re.S)
    return Page(inside).text


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_a_report_stands_as_it_was_published(client: TestClient, dossier: Dossier, lang: str) -> None:
    for article in dossier.articles:
        answer = client.get(f"/report/{article.id}", params={"lang": lang})
        page = Page(answer.text)
        assert answer.status_code == 200 and page.faults == []
        assert len(page.ids) == len(set(page.ids))
        written = letters(page.text)
        for line in article.text.splitlines():
            for words in re.findall(r"\w+", line):
                assert words in written
        assert page.having("style") == []


def test_marks_have_notes_that_lead_to_corrections(client: TestClient, dossier: Dossier) -> None:
    marks = max(dossier.marks, key=lambda m: len(m.quotes))
    page = Page(client.get(f"/report/{marks.article_id}", params={"lang": "ar"}).text)
    forms = {link for link in page.links if link.startswith("/corrections/new?")}
    for quote in marks.quotes:
        assert f"/corrections/new?action=speaker&span={marks.article_id}:{quote.content.start}-{quote.content.end}" in forms
    for figure in marks.figures:
        assert f"/corrections/new?action=counts&span={marks.article_id}:{figure.span.start}-{figure.span.end}" in forms
    assert any("action=date&" in form for form in forms) and any("action=not-story&" in form for form in forms)
    assert {f"layer-{name}" for name in ("names", "quotes", "times", "figures", "shared")} <= set(page.ids)


def test_any_words_can_be_pointed_out(client: TestClient, dossier: Dossier) -> None:
    article = dossier.articles[0]
    start = article.text.index(" ") + 1
    end = article.text.index(" ", start)
    text = client.get(f"/report/{article.id}?at={start}-{end}").text
    assert re.search(rf'class="ref lit" id="c{start}-{end}"', text)
    for wrong in ("5-2", "0-99999999", "a-b", "-1-3", "٣-٥", "1-2-3", "<script>"):
        assert 'class="ref lit"' not in client.get(f"/report/{article.id}", params={"at": wrong}).text


def test_furniture_is_folded_and_opens_where_it_is_pointed_out(client: TestClient, dossier: Dossier) -> None:
    article, own = next((a, f) for a in dossier.articles for f in a.furniture if f.kind != "background")
    text = client.get(f"/report/{article.id}").text
    assert '<details class="set-aside furniture">' in text
    lit = client.get(f"/report/{article.id}?at={own.start}-{own.end}").text
    assert '<details class="set-aside furniture" open>' in lit


def test_a_report_that_is_not_there(client: TestClient) -> None:
    assert client.get("/report/a-0000000000000000").status_code == 404
    assert client.get("/report/..%2f..%2fetc").status_code == 404


def test_versions_tell_what_changed(sample_archive: Path, tmp_path: Path, dossier: Dossier) -> None:
    path = copied(sample_archive, tmp_path / "versions.riwaya")
    first = replace(dossier.articles[0], url="https://example.org/news/7", version_of=None)
    changed = first.text.replace("13", "17", 1) if "13" in first.text else first.text + " خاتمة"
    with Archive.open(path) as archive:
        for number, text in enumerate((first.text, changed)):
            one = replace(first, id=f"a-00000000000000b{number}", text=text, furniture=(), agencies=())
            archive.add([one], jobs=1)
        ids = archive.versions("a-00000000000000b1")
    assert len(ids) == 2
    page = client_of(path).get("/report/a-00000000000000b1?lang=en")
    assert "Versions of this report" in page.text
    told = Page(page.text)
    assert any(tag == "ins" for tag, _ in told.tags)
    assert any(tag == "del" for tag, _ in told.tags) or "13" not in first.text


def client_of(path: Path) -> TestClient:
    return open_app(path)[1]


# ------------------------------------------------------------------------------------------------------------ two reports


@pytest.mark.parametrize("turned", [False, True])
def test_both_texts_are_there_in_full(client: TestClient, dossier: Dossier, pair: tuple[str, str], turned: bool) -> None:
    a, b = pair[::-1] if turned else pair
    text = client.get(f"/compare/{a}/{b}", params={"lang": "en"}).text
    assert Page(text).faults == []
    for side, article_id in (("side-1", a), ("side-2", b)):
        article = next(x for x in dossier.articles if x.id == article_id)
        cells = re.findall(rf'<div class="cell {side}">.*?</div></div>', text, re.S)
        told = letters("".join(shown(cell + "<end>", "<div", "<end>") for cell in cells))
        assert told == letters(article.text), "every letter of the report, once and in order"


def test_what_is_shared_is_joined_by_number(client: TestClient, dossier: Dossier, pair: tuple[str, str]) -> None:
    passages = [p for p in dossier.passages if {p.a.article_id, p.b.article_id} == set(pair)]
    page = Page(client.get("/compare/{}/{}".format(*pair), params={"lang": "en"}).text)
    rows = {i for i in page.ids if i.startswith("p-")}
    moved = {i for i in page.ids if re.match(r"[ab]-\d+", i)}
    assert len(rows) + len(moved) / 2 == len(passages)
    forms = [link for link in page.links if "action=not-copy" in link]
    assert len(forms) == len(rows)
    inside = [link[1:] for link in page.links if link.startswith("#") and link != "#main"]
    assert set(inside) <= set(page.ids)


def test_the_direction_turns_with_the_sides(dossier: Dossier) -> None:
    desk = LiveDesk(dossier, "en")
    directed = [p for p in dossier.passages if p.direction in ("a_to_b", "b_to_a")]
    if not directed:
        directed = [replace(dossier.passages[0], direction="a_to_b")]
        desk = LiveDesk(replace(dossier, passages=tuple(directed)), "en")
    one = directed[0]
    there = compare_page(desk, desk, one.a.article_id, one.b.article_id)
    back = compare_page(desk, desk, one.b.article_id, one.a.article_id)
    turned = {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}
    assert sorted(turned.get(x.direction, x.direction) for x in there.passages) == sorted(x.direction for x in back.passages)
    assert (there.left.share, there.right.share) == (back.right.share, back.left.share)


def test_crossing_passages_are_moved_not_lost(dossier: Dossier) -> None:
    desk = LiveDesk(dossier, "ar")
    a, b = dossier.articles[0], dossier.articles[1]

    def passage(name: str, left: tuple[int, int], right: tuple[int, int]) -> Passage:
        return Passage(name, Span(a.id, *left), Span(b.id, *right), "copy", 1.0)

    crossing = (passage("p-1", (0, 40), (60, 100)), passage("p-2", (50, 60), (10, 20)), passage("p-3", (70, 120), (110, 160)))
    page = compare_page(LiveDesk(replace(dossier, passages=crossing), "ar"), desk, a.id, b.id)
    assert page.moved == 1
    assert [r.shared.number for r in page.rows if r.shared] == [1, 3], "the longer ones hold the rows"
    assert len(page.passages) == 3


def test_reports_of_two_stories_are_compared_now(sample_archive: Path, tmp_path: Path, dossier: Dossier) -> None:
    path = copied(sample_archive, tmp_path / "two.riwaya")
    first = dossier.articles[0]
    line = max((x for x in first.text.splitlines()), key=len)
    other = replace(
        first, id="a-00000000000000c1", outlet="ناشر آخر", url=None, title="مباراة الأحد", body_start=0, furniture=(),
        agencies=(),
        text=f"فاز فريق الميناء على ضيفه بثلاثة أهداف دون رد في ختام الدوري.\n{line}\nوعاد الجمهور إلى المدرجات بعد غياب طويل.",
    )  # fmt: skip
    with Archive.open(path) as archive:
        archive.add([other], jobs=1)
        stories = {archive.article(i).story_id for i in (first.id, other.id)}
    page = Page(client_of(path).get(f"/compare/{first.id}/{other.id}?lang=en").text)
    assert any(i.startswith("p-") for i in page.ids)
    assert ("Statements in both" in page.text) == (len(stories) == 1)


def test_a_pair_is_picked_by_a_form(client: TestClient, pair: tuple[str, str]) -> None:
    answer = client.get("/compare", params={"a": pair[0], "b": pair[1]})
    assert answer.status_code == 303 and answer.headers["location"] == f"/compare/{pair[0]}/{pair[1]}"
    assert client.get("/compare", params={"a": "//evil.example", "b": "x"}).status_code == 404
    assert client.get(f"/compare/{pair[0]}/{pair[0]}").status_code == 404
    assert client.get(f"/compare/{pair[0]}/a-0000000000000000").status_code == 404
