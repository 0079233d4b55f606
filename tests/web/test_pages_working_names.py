"""People, organizations and places across stories: found by any spelling, every mention a way to its words, merged and split."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from reading_desk import Page, copied, fill
from working_desk import Editor

from riwaya.archive import Archive

REPORTS = [
    ("صحيفة الوادي", "2031-03-01", "افتتاح سد الوادي",
     "افتتح وزير الري سامي القرنفلي سدا في مدينة حلب أمس. وقال القرنفلي إن السد سيروي ألف حقل. وحضر سامى القرنفلى حفلا في حلب."),
    ("وكالة الغد", "2031-03-01", "السد يفتتح في حلب",
     "افتتح وزير الري سامي القرنفلي سدا جديدا في مدينة حلب أمس، وقال إن السد سيروي ألف حقل. وشكر القرنفلي العمال."),
    ("بوابة الشرق", "2031-06-20", "حريق المخزن",
     "اندلع حريق في مخزن بمدينة حمص. وقال العميد سمير القرنفلي إن الدخان غطى الشارع. "
     "وقال شاهد يدعى نعمان إن النار لم تترك شيئا."),
]  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    reports = folder / "reports.jsonl"
    lines = [{"outlet": o, "date": d, "title": t, "text": x} for o, d, t, x in REPORTS]
    reports.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), "utf-8")
    return fill(folder / "names.riwaya", reports)


@pytest.fixture
def editor(filled: Path, tmp_path: Path) -> Editor:
    return Editor(copied(filled, tmp_path / "a.riwaya"))


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("kind", ["people", "organizations", "places"])
def test_every_list_in_both_languages(editor: Editor, kind: str, lang: str) -> None:
    page = editor.page(f"/names/{kind}", lang=lang)
    titles = {"people": ("الأشخاص", "People"), "organizations": ("الجهات", "Organizations"), "places": ("الأماكن", "Places")}
    assert titles[kind][lang == "en"] in page.text
    assert ("حلب" in page.text) == (kind == "places")


@pytest.mark.parametrize("typed", ["سامي القرنفلي", "سامى القرنفلى", "قرنفلي", "القَرَنفليّ", "سامي القر"])
def test_a_name_is_found_as_it_is_typed(editor: Editor, typed: str) -> None:
    assert f"/name/{editor.key('سامي القرنفلي')}" in editor.page("/names/people", q=typed).links


def test_what_no_report_names_is_not_found(editor: Editor) -> None:
    assert "لا اسم كهذا" in editor.page("/names/people", q="زرافة").text
    assert editor.get("/names/animals").status_code == 404
    assert editor.get("/name/0000000000000000").status_code == 404
    assert editor.get("/name/nothing").status_code == 404
    assert editor.get("/name/at/a-0000000000000000:0-3").status_code == 404


@pytest.mark.parametrize("part", ["", "/sayings", "/mentions", "/stories"])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_every_part_of_a_name_leads_to_its_words(editor: Editor, part: str, lang: str) -> None:
    key = editor.key("سامي القرنفلي")
    page = editor.page(f"/name/{key}{part}", lang=lang)
    assert "سامي القرنفلي" in page.text
    lead = [link for link in page.links if re.match(r"/report/.*#c\d+-\d+", link)]
    assert lead if part != "/stories" else any(link.startswith("/story/") for link in page.links)
    for link in lead:
        address, _, anchor = link.partition("#")
        assert anchor in editor.page(address).ids, link


def test_a_place_has_a_map(editor: Editor) -> None:
    text = editor.get(f"/name/{editor.key('حلب', 'place')}").text
    assert 'class="land"' in text and re.search(r"<style>\.world \.dot\{left:[\d.]+%;top:[\d.]+%;--w:[\d.]+\}</style>", text)


def test_two_names_merge_and_come_apart_again(editor: Editor) -> None:
    key = editor.key("سامي القرنفلي")
    before = editor.page(f"/name/{key}").text
    found = editor.page(f"/name/{key}", same="سمير القرنفلى")
    (merge,) = {link for link in found.links if link.startswith(f"/name/{key}/merge?")}
    after = editor.correct(merge, reason="هو الوزير نفسه")
    assert editor.at == f"/name/{key}" and "سُجّل التصويب" in after.text
    assert "بوابة الشرق" in after.text and "بوابة الشرق" not in before
    again = editor.get(f"/name/{key}").text
    undo = re.search(r'action="(/corrections/c-\w+/undo)"', again)
    assert undo and "تصويبات هذا الاسم" in again and "هو الوزير نفسه" in again
    editor.send(f"/name/{key}", undo[1])
    assert editor.at == f"/name/{key}"
    last = editor.page(f"/name/{key}").text
    assert "بوابة الشرق" not in last and "تصويبات هذا الاسم" not in last


def test_a_correction_is_undone_from_the_message_that_follows_it(editor: Editor) -> None:
    key = editor.key("سامي القرنفلي")
    (merge,) = {x for x in editor.page(f"/name/{key}", same="سمير القرنفلى").links if "/merge?" in x}
    form = editor.get(merge)
    address = editor.at
    values = dict(re.findall(r'name="(form_token|action|where)" value="([^"]*)"', form.text))
    spans = re.findall(r'name="span" value="([^"]*)"', form.text)
    made = editor.client.post("/corrections", data={**values, "span": spans})
    shown = editor.get(made.headers["location"])
    undo = re.search(r'action="(/corrections/c-\w+/undo)"', shown.text)
    assert undo, address
    answer = editor.client.post(undo[1], data={"form_token": values["form_token"], "where": f"/name/{key}"})
    assert answer.headers["location"] == f"/name/{key}"
    assert "أُلغي التصويب" in editor.page(f"/name/{key}").text


def test_a_spelling_is_split_off_and_comes_back(editor: Editor) -> None:
    key = editor.key("سامي القرنفلي")
    splits = [x for x in editor.page(f"/name/{key}").links if "/split?" in x]
    chosen = next(x for x in splits if unquote(x).endswith("سامى+القرنفلى") or unquote(x).endswith("سامى القرنفلى"))
    editor.correct(chosen)
    with Archive.open(editor.path, read_only=True) as archive:
        names = {card.name: card for card in archive.entities("person", "القرنفلي").items}
    assert names["سامى القرنفلى"].mentions == 1
    editor.undo_last()
    with Archive.open(editor.path, read_only=True) as archive:
        assert "سامى القرنفلى" not in {card.name for card in archive.entities("person", "القرنفلي").items}


def test_an_entity_of_a_story_leads_to_its_name(editor: Editor) -> None:
    entity = next(e for e in editor.dossier().entities if e.kind == "person")
    m = entity.mentions[0]
    editor.get(f"/name/at/{m.article_id}:{m.start}-{m.end}")
    assert editor.at == f"/name/{editor.key(entity.name)}"


def test_pages_say_who_may_be_several(editor: Editor) -> None:
    page: Page = editor.page("/names/people", lang="en")
    assert "may be more than one" in page.text
