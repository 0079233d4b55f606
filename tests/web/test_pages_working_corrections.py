"""What editors overrule, by the pages: each kind is made where the fault is met, is seen at once, and is undone by one click."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from reading_desk import Page, copied
from working_desk import Editor

from riwaya.archive import Archive
from riwaya.model import Article, Dossier, Entity, Published, Span
from riwaya.serial.corrections import ACTIONS
from riwaya.web.live import correction_form
from riwaya.web.pages.corrections import new_correction


@pytest.fixture
def editor(sample_archive: Path, tmp_path: Path) -> Editor:
    return Editor(copied(sample_archive, tmp_path / "a.riwaya"))


def entity(dossier: Dossier, name: str) -> Entity:
    return next(e for e in dossier.entities if e.name == name)


def other_story(path: Path) -> str:
    """Add a report of another story; its id."""
    text = "فاز فريق الهلال على فريق النجمة بثلاثة أهداف مقابل هدف في المباراة النهائية التي أقيمت في العاصمة مساء السبت."
    with Archive.open(path) as archive:
        report = Article("a-00000000000000ff", "x", text, outlet="الملعب", published=Published("2031-05-01", "stated"))
        archive.add([report], jobs=1)
    return report.id


def test_two_names_of_a_story_are_one(editor: Editor) -> None:
    before = editor.dossier()
    a, b = entity(before, "سامي بالحاج"), entity(before, "هالة العياري")
    editor.correct(correction_form("merge", (a.mentions[0], b.mentions[0])), reason="تجربة")
    merged = entity(editor.dossier(), "سامي بالحاج")
    assert len(merged.mentions) == len(a.mentions) + len(b.mentions)
    assert any(r.name == "correction" and "تجربة" in r.detail for r in merged.reasons)
    editor.undo_last()
    assert editor.dossier().to_dict() == before.to_dict()


def test_what_is_the_same_is_chosen_from_names_found_in_any_spelling(editor: Editor) -> None:
    span = entity(editor.dossier(), "سامي بالحاج").mentions[0]
    form = correction_form("merge", (span,))
    offered = editor.page(form)
    assert "هالة العياري" in offered.text and 'name="reason"' not in editor.get(form).text
    typed = editor.page(form, q="ماركوفتش")
    choice = next(x for x in typed.links if x.startswith("/corrections/new?action=merge&span=") and x.count("span=") == 2)
    editor.correct(choice)
    merged = entity(editor.dossier(), "سامي بالحاج")
    assert "فيكتور ماركوفيتش" in {n.text for n in merged.names}


def test_a_spelling_is_chosen_and_split_off(editor: Editor) -> None:
    span = entity(editor.dossier(), "سامي بالحاج").mentions[0]
    page = editor.page(correction_form("split", (span,)))
    choices = [x for x in page.links if x.startswith("/corrections/new?action=split") and x.count("span=") == 2]
    assert len(choices) == 3 and "سامي بلحاج" in page.text
    editor.correct(choices[-1])
    assert len([e for e in editor.dossier().entities if "بالحاج" in e.name or "بلحاج" in e.name]) == 2


def test_a_passage_is_no_copy(editor: Editor) -> None:
    passage = next(p for p in editor.dossier().passages if p.kind == "copy")
    editor.correct(correction_form("not-copy", (passage.a, passage.b)))
    assert not [p for p in editor.dossier().passages if (p.a, p.b) == (passage.a, passage.b)]


def test_somebody_else_said_it(editor: Editor) -> None:
    quote = next(q for m in editor.dossier().marks for q in m.quotes if q.speaker)
    form = correction_form("speaker", (quote.content,))
    assert '<option value="هالة العياري">' in editor.get(form).text
    page = editor.correct(form, value="هالة العياري")
    assert editor.at.startswith(f"/report/{quote.content.article_id}?at=") and "هالة العياري" in page.text
    said = next(q for m in editor.dossier().marks for q in m.quotes if q.content == quote.content)
    assert said.speaker and said.speaker.text == "هالة العياري"


def test_a_report_is_of_another_day(editor: Editor) -> None:
    article = editor.dossier().articles[0]
    editor.correct(correction_form("date", (Span(article.id, 0, 0),), "2031-02-12"), value="2031-02-16")
    assert next(a for a in editor.dossier().articles if a.id == article.id).published.value == "2031-02-16"
    answer = editor.send(correction_form("date", (Span(article.id, 0, 0),)), "/corrections", value="أمس")
    assert answer.status_code == 422 and "is no date" in Page(answer.text).text


def test_a_figure_counts_something_else(editor: Editor) -> None:
    figure = next(f for m in editor.dossier().marks for f in m.figures if f.kind == "killed")
    editor.correct(correction_form("counts", (figure.span,), "killed"), value="injured", counted="عمال")
    found = next(f for m in editor.dossier().marks for f in m.figures if f.span == figure.span)
    assert (found.kind, found.counted) == ("injured", "عمال")
    assert "مصابون" in editor.page("/corrections").text


def test_a_form_says_what_is_taken_to_be_so_now(editor: Editor) -> None:
    dossier = editor.dossier()
    figure = next(f for m in dossier.marks for f in m.figures if f.kind == "injured")
    text = editor.get(correction_form("counts", (figure.span,))).text
    assert '<option value="injured" selected>' in text and "المفهوم الآن" in text
    quote = next(q for m in dossier.marks for q in m.quotes if q.speaker)
    assert quote.speaker and quote.speaker.text in editor.page(correction_form("speaker", (quote.content,))).text
    article = next(a for a in dossier.articles if a.published.value)
    page = editor.page(correction_form("date", (Span(article.id, 0, 0),)))
    assert (article.published.value or "")[:10] in page.having("value")


def test_a_report_leaves_a_story_and_its_id_leads_on(editor: Editor) -> None:
    before = editor.dossier()
    out, other = before.articles[0].id, before.articles[-1].id
    links = editor.page(f"/report/{out}").links
    assert any(x.startswith("/corrections/new?action=not-story") for x in links)
    editor.correct(correction_form("not-story", (Span(out, 0, 0), Span(other, 0, 0))))
    assert out not in {a.id for a in editor.dossier().articles}
    assert editor.page(f"/report/{out}")
    assert editor.get(f"/story/{before.stories[0].id}").status_code == 200
    editor.undo_last()
    assert editor.dossier().to_dict() == before.to_dict()


def test_two_stories_are_one(editor: Editor) -> None:
    report = other_story(editor.path)
    page = editor.page(correction_form("same-story", (Span(report, 0, 0),)))
    choice = next(x for x in page.links if x.startswith("/corrections/new?action=same-story") and x.count("span=") == 2)
    editor.correct(choice)
    assert report in {a.id for a in editor.dossier().articles}


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("action", ACTIONS)
def test_every_form_in_both_languages(editor: Editor, action: str, lang: str) -> None:
    quote = next(q for m in editor.dossier().marks for q in m.quotes)
    other = editor.dossier().articles[-1].id
    spans = (quote.content,) if action in ("speaker", "date", "counts") else (quote.content, Span(other, 10, 20))
    page = editor.page(f"{correction_form(action, spans)}&lang={lang}")  # type: ignore[arg-type]
    assert ("Recorded under the name" if lang == "en" else "يُسجَّل باسم") in page.text


def test_the_list_and_the_table(editor: Editor) -> None:
    article = editor.dossier().articles[0]
    editor.correct(correction_form("date", (Span(article.id, 0, 3),)), value="2031-02-16", reason='=HYPERLINK("x"), "كذا"')
    editor.undo_last()
    assert "لا تصويبات بعد" in editor.page("/corrections").text
    assert "ألغاه" in editor.page("/corrections", show="all").text
    assert "Undone by" in editor.page("/corrections", show="all", lang="en").text
    answer = editor.get("/corrections.csv")
    assert "attachment" in answer.headers["content-disposition"]
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert row["action"] == "date" and row["text"] == article.text[:3] and row["undone"]
    assert row["reason"].startswith("'=HYPERLINK")


@pytest.mark.parametrize("where", ["javascript:alert(1)", "//evil.example", "https://evil.example/", "/\\evil.example"])
def test_the_way_back_stays_inside(editor: Editor, where: str) -> None:
    with Archive.open(editor.path, read_only=True) as archive:
        page = new_correction(archive, "date", (Span(editor.dossier().articles[0].id, 0, 0),), where=where)
    assert page.where == "/"


def test_what_makes_no_sense_is_a_line(editor: Editor) -> None:
    article = editor.dossier().articles[0].id
    for address, status in (
        (f"/corrections/new?action=praise&span={article}:0-1", 400),
        ("/corrections/new?action=date", 400),
        ("/corrections/new?action=date&span=x", 400),
        ("/corrections/new", 422),
    ):
        answer = editor.get(address)
        assert answer.status_code == status and "Traceback" not in answer.text, address
    assert "ليس في الأرشيف" in editor.page("/corrections/new?action=date&span=a-0000000000000000:0-0").text
    token = re.search(r'name="form_token" value="(\w+)"', editor.get(f"/corrections/new?action=date&span={article}:0-0").text)
    assert token
    post = editor.client.post
    gone = {"form_token": token[1], "action": "date", "value": "2031-01-01"}
    assert post("/corrections", data={**gone, "span": "a-0000000000000000:0-0"}).status_code == 404
    assert post("/corrections", data={**gone, "span": f"{article}:0-99999999"}).status_code == 422
    assert post("/corrections", data={**gone, "form_token": "0" * 64, "span": f"{article}:0-0"}).status_code == 403
    assert post("/corrections/c-0000000000000000/undo", data=gone).status_code == 404
