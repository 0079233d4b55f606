"""Pages: furniture, headline, outlet, agencies, language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from riwaya.model import Article
from riwaya.read.page import language_of, settle_page

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases/page.yaml").read_text("utf-8"))


def page(case: dict[str, Any]) -> tuple[Article, list[tuple[str, str]]]:
    """The case's page as an article, and the furniture that is expected in it."""
    kinds_and_lines = [line.split("| ", 1) for line in case["lines"]]
    text = "\n".join(line.strip('"') for _, line in kinds_and_lines)
    return Article("a-1", "page.txt", text), [(kind, line.strip('"')) for kind, line in kinds_and_lines if kind]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_page(case: dict[str, Any]) -> None:
    article, expected = page(case)
    settled = settle_page(article)
    assert [(f.kind, article.text[f.start : f.end]) for f in settled.furniture] == expected
    assert settled.title == case["title"]
    assert settled.outlet == case["outlet"]
    assert [c.name for c in settled.agencies] == case["agencies"]
    assert settled.text == article.text


def test_a_tail_on_the_last_line_is_set_aside() -> None:
    text = "انتهت المباراة بفوز الفريق بعد لقاء طويل ومثير. سمات الفريق المباراة الدوري"
    (tail,) = settle_page(Article("a-1", "x", text)).furniture
    assert (tail.kind, text[tail.start :]) == ("tags", "سمات الفريق المباراة الدوري")


def set_aside(text: str, body_start: int = 0) -> list[tuple[str, str]]:
    found = settle_page(Article("a-1", "x", text, body_start=body_start)).furniture
    return [(f.kind, text[f.start : f.end]) for f in found]


def test_related_headlines_above_a_report_whose_headline_was_given_apart() -> None:
    title, related = "المصنع يعود إلى العمل", "اقرأ أيضا\nالعاصفة تضرب المنطقة الصناعية"
    report = "قال متحدث باسم الشركة إن المصنع سيعود إلى العمل خلال أسبوع واحد فقط."
    apart = set_aside(f"{title}\n{related}\n{report}", len(title) + 1)
    assert [kind for kind, _ in apart] == ["related", "related"]
    assert (related.splitlines()[1]) not in [line for _, line in set_aside(f"{related}\n{report}")]


@pytest.mark.parametrize(
    ("above", "expected"),
    [
        (["رنا نجار"], [("byline", "رنا نجار")]),
        (["رنا نجار", "قالت"], [("byline", "رنا نجار")]),  # a sentence that broke after its verb
        (["الطريقة:"], []),
        (["يا ليل", "عد يوما", "يا قمر", "عد إلينا"], []),  # verse
        (["الشركة وعدت عمالها في بيان نشرته أمس على صفحتها الرسمية بأن يعود", "20", "عاملا"], []),
    ],
)
def test_short_lines_between_a_headline_given_apart_and_the_report(above: list[str], expected: list[tuple[str, str]]) -> None:
    title, report = "المصنع يعود إلى العمل", "قال متحدث باسم الشركة إن المصنع سيعود إلى العمل خلال أسبوع واحد فقط."
    assert set_aside("\n".join([title, *above, report]), len(title) + 1) == expected


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("جانب من حفل المعايدةنظمت بلدية الأفق حفلا لموظفيها أمس الأول في مقرها الجديد.", "جانب من حفل المعايدة"),
        ("المدير مع المرضىقام مدير المستشفى بزيارة المرضى في أول أيام العيد أمس.", "المدير مع المرضى"),
        ("النجاريأعلن رئيس النادي تعاقده مع حارس جديد لثلاثة مواسم مقبلة.", "النجاري"),
        ("زار وزير الصحة المدينةالجديدة أمس وتفقد مستشفاها ومراكزها الطبية.", None),
        ("وسأعلن قراري غدا كما قال رئيس النادي أمس في مؤتمر صحفي بالمدينة.", None),
        ("انتهت الزيارة. وفي المدينةقال الوزير إن العمل سيبدأ خلال أسبوع واحد.", None),
    ],
)
def test_a_caption_stuck_to_the_first_verb(text: str, caption: str | None) -> None:
    assert set_aside(text) == ([("caption", caption)] if caption else [])
    assert set_aside(f"العنوان في سطره الأول\n{text}", 22) == ([("caption", caption)] if caption else [])


def test_the_pages_code_and_its_poll_are_set_aside() -> None:
    report = "أيهما أهم في رأي المشجعين: المعسكرات الخارجية أم تسديد الديون؟"
    code = "#vote ul { margin: 0; } jQuery(function() { x('انتظر'); }); هل المعسكرات مفيدة؟ نعم لا"
    assert set_aside(f"{report} {code}") == [("code", code)]
    assert set_aside(f"{report}\nvar a = {{\n{report}") == [("code", "var a = {")]
    assert set_aside("قال تعالى {وَقُلْ رَبِّ زِدْنِي عِلْمًا} وذلك في الآية الكريمة المعروفة للجميع.") == []


def test_what_fields_give_is_kept() -> None:
    text = "قال متحدث باسم الشركة إن المصنع سيعود إلى العمل.\nالمصدر: شبكة الأفق"
    settled = settle_page(Article("a-1", "x", text, outlet="بوابة الساحل", title="عنوان", byline="واس - الرياض"))
    assert (settled.outlet, settled.title) == ("بوابة الساحل", "عنوان")
    assert [(c.name, c.how, c.span) for c in settled.agencies] == [("واس", "byline", None)]


def test_the_host_is_the_last_resort() -> None:
    text = "قال متحدث باسم الشركة إن المصنع سيعود إلى العمل."
    assert settle_page(Article("a-1", "x", text, url="https://www.sahel.example/a/1")).outlet == "sahel.example"
    assert settle_page(Article("a-1", "x", text, url="http://[")).outlet is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال الرئيس إن بلاده بخير", "ar"),
        ("قال فلاديمير بوتين لصحيفة Le Monde", "ar"),
        ("گفت‌وگو با پژوهشگران دربارهٔ چگونگی", "fa"),
        ("انہوں نے کہا کہ یہ بہت بڑا ہے", "ur"),
        ("The minister said so", "und"),
        ("", "und"),
        ("12:30", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


LINE = st.text(alphabet=st.sampled_from("ابتسقلمةأى:|-. \n،\"()12#@*{};a\u200f"), max_size=200)


@given(LINE)
def test_any_page_settles_and_every_offset_resolves(text: str) -> None:
    settled = settle_page(Article("a-1", "x", text))
    for piece in settled.furniture:
        assert 0 <= piece.start < piece.end <= len(text)
        assert text[piece.start : piece.end].strip() == text[piece.start : piece.end]
    starts = [f.start for f in settled.furniture]
    assert starts == sorted(starts)
    assert settled == settle_page(Article("a-1", "x", text))
