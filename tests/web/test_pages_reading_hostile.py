"""Reports that attack their readers: nothing of them becomes more than text, on any of the reading pages."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from reading_desk import SECTIONS, Page, open_app
from starlette.testclient import TestClient

from riwaya.archive import Archive, StoryQuery
from riwaya.model import Article, Credit, Furniture, Published

PAYLOAD = (
    "<script>alert(1)</script>\" onload='x' style=\"color:red\" &amp; \u202egnp\u2066 {{ 7*7 }} </p></details></main>"
    "<img src=x onerror=1>"
)
NEWS = (  # mostly Arabic, else it is set aside
    "قال المتحدث باسم وزارة الصحة سالم الحربي إن 13 شخصا قتلوا في انهيار جسر وادي الزهر مساء الثلاثاء وأصيب 40 آخرون بجروح. "
    "وأضاف الحربي أن فرق الإنقاذ تواصل البحث عن خمسة مفقودين تحت أنقاض جسر وادي الزهر منذ فجر الأربعاء. "
    "وفي بيان لاحق أعلنت الوزارة أن حصيلة القتلى مرشحة للارتفاع لأن عددا من المصابين في حالة حرجة، ودعت السكان إلى التبرع بالدم. "
    "وقالت هالة العياري المتحدثة باسم الدفاع المدني إن أسباب الانهيار لم تعرف بعد وإن لجنة من المهندسين بدأت التحقيق في الحادث. "
    "من جهته أكد المحافظ إغلاق الطريق المؤدي إلى الجسر أمام السيارات حتى إشعار آخر، وتحويل الحركة إلى الطريق الجنوبي للمدينة. "
    "وشهد الوادي قبل عامين سيولا جارفة أضرت بأساسات الجسر القديم الذي شيد قبل نصف قرن، بحسب سجلات البلدية وشهادات السكان هناك."
)


def hostile(number: int, text: str) -> Article:
    whole = f"{PAYLOAD}\n\n{text}\n{PAYLOAD}\nقال سالم الحربي: \"{PAYLOAD}\"."
    return Article(
        f"a-00000000000000d{number}", f"{PAYLOAD}/{number}", whole, url=f"javascript:alert({number})",
        outlet=f"{PAYLOAD} {number}", title=PAYLOAD, byline=PAYLOAD, body_start=len(PAYLOAD) + 2,
        agencies=(Credit(PAYLOAD, None, "byline"),),
        published=Published(f"2022-01-1{number}", "stated"), furniture=(Furniture(0, 9, "share"),),
    )  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every reading page about two such reports: address -> text."""
    path: Path = tmp_path_factory.mktemp("hostile") / "hostile.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add([hostile(1, NEWS), hostile(2, NEWS.replace("13", "15"))], jobs=1)
        story = archive.stories(StoryQuery(order="size")).items[0].id
        statements = archive.dossier(story).statements
    addresses = [f"/story/{story}{section}" for section in SECTIONS]
    addresses += [f"/story/{story}/statement/{statements[0].id}", "/", "/report/a-00000000000000d1?at=3-40"]
    addresses += ["/compare/a-00000000000000d1/a-00000000000000d2", "/search?q=alert"]
    client: TestClient = open_app(path)[1]
    answers = {address: client.get(address) for address in addresses}
    answers["q"] = client.get("/search", params={"q": PAYLOAD, "outlet": PAYLOAD, "person": PAYLOAD, "place": PAYLOAD})
    answers["filter"] = client.get("/", params={"q": PAYLOAD, "outlet": PAYLOAD, "since": PAYLOAD, "order": "size"})
    answers["statement"] = client.get(f"/story/{story}/statement/{'%3Cscript%3E'}")
    assert {a.status_code for a in answers.values()} <= {200, 404}
    return {address: answer.text for address, answer in answers.items()}


def test_no_element_of_a_report_stands_on_a_page(pages: dict[str, str]) -> None:
    for address, text in pages.items():
        page = Page(text)
        assert page.faults == [], address
        assert all(given.get("src", "").startswith("/static/") for tag, given in page.tags if tag == "script"), address
        assert not any(tag in ("img", "iframe", "object", "embed", "base") for tag, _ in page.tags), address
        assert not [name for _, given in page.tags for name in given if name.startswith("on") or name == "style"], address
        links = [*page.links, *page.having("action"), *page.having("src")]
        assert not [link for link in links if link.lower().lstrip().startswith(("javascript:", "data:", "//"))], address


def test_no_template_in_a_report_is_filled(pages: dict[str, str]) -> None:
    for address, text in pages.items():
        assert "{{ 7*7 }}" in text or "7*7" not in text, address


def test_no_rule_of_a_report_is_a_style(pages: dict[str, str]) -> None:
    for address, text in pages.items():
        style = text.partition("<style>")[2].partition("</style>")[0]
        assert "color:red" not in style and "alert" not in style, address


def test_the_words_of_the_reports_are_there(pages: dict[str, str]) -> None:
    report = Page(next(text for address, text in pages.items() if address.startswith("/report/")))
    assert "<script>alert(1)</script>" in report.text.replace("\n", " ")
