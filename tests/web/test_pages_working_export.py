"""Taking stories away: one or a selection, in every format; alerts and sources."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from reading_desk import copied, story_id
from working_desk import Editor

import riwaya.web.exporting
import riwaya.web.pages.export
from riwaya.archive import Archive
from riwaya.model import Alert, Article, Published
from riwaya.settings.web import WEB
from riwaya.tell.exports import DOWNLOADS
from riwaya.watch.state import SourceState
from riwaya.watch.store import ArchiveStore


@pytest.fixture
def editor(sample_archive: Path, tmp_path: Path) -> Editor:
    return Editor(copied(sample_archive, tmp_path / "a.riwaya"))


@pytest.mark.parametrize("name", DOWNLOADS)
def test_every_format_is_a_file_of_its_type(editor: Editor, name: str) -> None:
    story = story_id(editor.path)
    answer = editor.get(f"/export/{name}?story={story}")
    assert answer.status_code == 200 and answer.headers["content-type"] == DOWNLOADS[name].media_type
    saved = answer.headers.get("content-disposition", "")
    assert saved == ("" if name == "print" else f'attachment; filename="{story}.{DOWNLOADS[name].file}"')
    if DOWNLOADS[name].media_type.endswith("zip"):
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    again = editor.client.get(f"/export/{name}?story={story}", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    assert editor.client.get(f"/api/v1/stories/{story}/export?format={name}").content == answer.content


def test_the_printable_page_is_shown_with_its_own_style_alone(editor: Editor) -> None:
    answer = editor.get(f"/export/print?story={story_id(editor.path)}&language=en")
    assert '<html lang="en"' in answer.text and "<script" not in answer.text
    assert re.search(r"style-src 'self' 'sha256-[\w+/=]+'", answer.headers["content-security-policy"])


def test_a_selection_is_one_file(editor: Editor) -> None:
    with Archive.open(editor.path) as archive:
        text = "فاز فريق الهلال على فريق النجمة بثلاثة أهداف مقابل هدف في المباراة النهائية التي أقيمت في العاصمة مساء السبت."
        archive.add([Article("a-00000000000000ff", "x", text, published=Published("2031-05-01", "stated"))], jobs=1)
        ids = [card.id for card in archive.stories().items]
    assert len(ids) == 2
    query = "&".join(f"story={i}" for i in ids)
    answer = editor.get(f"/export/json?{query}&story={ids[0]}")
    assert {s["id"] for s in json.loads(answer.content)["stories"]} == set(ids)
    assert 'filename="riwaya.dossier.json"' in answer.headers["content-disposition"]
    page = editor.page(f"/export?{query}")
    assert {f"/export/{name}?{query}" for name in DOWNLOADS} <= set(page.links)
    assert f"/export?story={ids[1]}" in page.links, "one is removed by a link"
    assert "الهلال" in editor.page("/export", q="الهلال").text


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_page_in_both_languages(editor: Editor, lang: str) -> None:
    page = editor.page(f"/export?story={story_id(editor.path)}", lang=lang)
    assert ("Printable page" if lang == "en" else "صفحة للطباعة") in page.text
    assert ("No story is chosen" if lang == "en" else "لم تختر حدثًا") in editor.page("/export", lang=lang).text


def test_what_is_too_large_or_nothing_is_a_line(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    story = story_id(editor.path)
    assert "لم تختر حدثًا" in editor.get("/export/json").text
    assert editor.get("/export/json?story=s-0000000000000000").status_code == 404
    assert editor.get(f"/export/docx?story={story}").status_code == 404
    small = replace(WEB, export_reports=3)
    monkeypatch.setattr(riwaya.web.exporting, "WEB", small)
    monkeypatch.setattr(riwaya.web.pages.export, "WEB", small)
    answer = editor.get(f"/export/json?story={story}")
    assert answer.status_code == 422 and "9 تقارير" in answer.text and "riwaya export" in answer.text
    assert "riwaya export" in editor.page(f"/export?story={story}").text
    told = editor.client.get(f"/api/v1/stories/{story}/export").json()
    assert told["error"]["code"] == "too_large" and "at most" in told["error"]["message"]


# ---------------------------------------------------------------------------------------------------------------- alerts


def alert(path: Path, number: int) -> None:
    with Archive.open(path) as archive:
        story = archive.stories().items[0]
        statement = archive.dossier(story.id).statements[number]
        told = (f"تنبيه رقم {number}", f"Alert {number}")
        archive.keep_alerts([Alert(f"al-{number}", "revision", story.id, story.title, *told, statement.spans[:1])])


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_alerts_lead_to_their_story_and_words(editor: Editor, lang: str) -> None:
    alert(editor.path, 0)
    page = editor.page("/alerts", lang=lang)
    assert ("Alert 0" if lang == "en" else "تنبيه رقم 0") in page.text
    (words,) = [link for link in page.links if link.startswith("/report/")]
    address, _, anchor = words.partition("#")
    assert anchor in editor.page(address).ids
    assert f"/story/{story_id(editor.path)}" in page.links


def test_what_came_since_the_last_visit_is_unread(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    alert(editor.path, 0)
    assert "unread" not in editor.get("/alerts").text, "on the first visit nothing is called unread"
    alert(editor.path, 1)
    import riwaya.web.visits

    later = riwaya.web.visits.time.time() + WEB.visit_seconds + 1
    monkeypatch.setattr(riwaya.web.visits.time, "time", lambda: later)
    page = editor.get("/alerts").text
    assert page.count(' unread"') == 1 and "غير مقروءة" in page


def test_sources_tell_how_they_are(editor: Editor) -> None:
    assert "riwaya serve --watch" in editor.page("/alerts").text
    with Archive.open(editor.path) as archive:
        store = ArchiveStore(archive)
        store.keep(SourceState("https://good.example/feed", "feed", last_success=1.0, reports=7))
        store.keep(SourceState("https://bad.example/feed", "feed", errors=2, error="HTTP 503"))
    page = editor.page("/alerts")
    assert page.text.index("bad.example") < page.text.index("good.example") and "HTTP 503" in page.text and "متعثر" in page.text
    told = editor.client.get("/api/v1/sources").json()
    assert [s["health"] for s in told["items"]] == ["failing", "good"] and told["total"] == 2
