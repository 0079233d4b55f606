"""The application as a newsroom uses it, from an archive with nothing in it, in a real browser, on a desk and on a phone."""

from __future__ import annotations

import io
import json
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.browser
sys.path.append(str(Path(__file__).parents[1] / "web"))  # what the tests of the application share
pytest.importorskip("fastapi", reason="needs the extra 'serve'")
expect = pytest.importorskip("playwright.sync_api", reason="needs the extra 'browser' (make browser)").expect

from desk_reader import PATIENCE, Reader, words  # noqa: E402
from served import REPORTS, Server  # noqa: E402

WIDTHS = (1280, 390)
# A bridge fell: one man under two names that no rule joins (يوهان شتراوب, هانس ستروب), a passage in two reports, a story whose id
# changes when the second report comes.
FIRST = {
    "title": "انهيار جسر النخيل في مدينة القنيطرة ومقتل ستة أشخاص", "outlet": "صوت الوادي", "date": "2032-03-04T09:00+01:00",
    "text": "انهار جسر النخيل في مدينة القنيطرة المغربية صباح الخميس، ما أدى إلى مقتل ستة أشخاص وإصابة 18 آخرين، حسب ما أعلنت "
    "وزارة الداخلية.\n"
    "وقال المهندس يوهان شتراوب، مدير شركة الجسور المتحدة، إن \"الجسر اجتاز الفحص السنوي في يناير الماضي دون ملاحظات\".\n"
    "وأمرت عاملة الإقليم سعاد بنموسى بإغلاق الطرق المؤدية إلى الوادي حتى انتهاء أعمال الإنقاذ.",
}  # fmt: skip
LATER = (
    {
        "title": "القنيطرة: ستة قتلى في انهيار جسر النخيل", "outlet": "مرآة الساحل", "date": "2032-03-04T12:30+01:00",
        "text": "لقي ستة أشخاص مصرعهم وأصيب 18 آخرون في انهيار جسر النخيل بمدينة القنيطرة صباح الخميس.\n"
        "وقال المهندس يوهان شتراوب، مدير شركة الجسور المتحدة، إن \"الجسر اجتاز الفحص السنوي في يناير الماضي دون ملاحظات\".\n"
        "وأضاف شتراوب أن الشركة ستتعاون مع المحققين.\n"
        "وقالت عاملة الإقليم سعاد بنموسى إن فرق الإنقاذ انتشلت أربع سيارات من الوادي.",
    },
    {
        "title": "ارتفاع حصيلة انهيار جسر القنيطرة إلى ثمانية قتلى", "outlet": "جريدة الميناء", "date": "2032-03-05T08:00+01:00",
        "text": "ارتفعت حصيلة انهيار جسر النخيل في مدينة القنيطرة إلى ثمانية قتلى، بحسب ما أعلنت وزارة الداخلية الجمعة.\n"
        "ونفى مدير شركة الجسور المتحدة هانس ستروب أن تكون الشركة قد تلقت تحذيرات قبل انهيار الجسر.\n"
        "وقال ستروب إن \"الحمولات الزائدة وراء انهيار الجسر\".\n"
        "وأكدت عاملة الإقليم سعاد بنموسى أن فرق الإنقاذ ما زالت تبحث عن مفقودين اثنين.",
    },
)  # fmt: skip
PAYLOAD = '"><img src=x onerror="window.acted=1"><script>window.acted=1</script>{{7*7}}'
HOSTILE = {
    "title": f"حريق في سوق مدينة سوسة {PAYLOAD}", "outlet": f"صحيفة {PAYLOAD}", "byline": PAYLOAD, "date": "2033-05-07",
    "url": "javascript:window.acted=1",
    "text": f"قال الوزير سالم الحربي {PAYLOAD} إن 13 شخصا قتلوا أمس الجمعة في حريق {PAYLOAD} بسوق مدينة سوسة.\n"
    "وأعلنت وزارة الداخلية أن فرق الإطفاء سيطرت على الحريق بعد خمس ساعات، وأن التحقيق في أسبابه مستمر، ودعت التجار إلى التعاون.\n"
    f"ونفى المتحدث باسم البلدية خالد النجار أن تكون السوق بلا مخارج، وقال: \"لا صحة {PAYLOAD} لما نشر في الأيام الماضية\".",
}  # fmt: skip


def holds(*names: str) -> Callable[[bytes], bool]:
    """Whether it is JSON with these fields."""

    def check(content: bytes) -> bool:
        return all(json.loads(content)[name] for name in names)

    return check


def packed(content: bytes) -> bool:
    """Whether it is an archive of files that are not empty and can be read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.testzip() is None and all(entry.file_size for entry in archive.infolist()) and len(archive.infolist()) > 5


def rooted(name: str) -> Callable[[bytes], bool]:
    """Whether it is XML of this kind."""
    return lambda content: str(ElementTree.fromstring(content).tag).endswith("}" + name)


def each_line(content: bytes) -> bool:
    """Whether every line is an entity of FollowTheMoney."""
    return all(json.loads(line)["schema"] for line in content.splitlines())


IS_RIGHT: dict[str, Callable[[bytes], bool]] = {
    "json": holds("articles", "stories", "statements"), "csv": packed, "parquet": packed, "timelinejs": holds("title", "events"),
    "geojson": holds("type", "features"), "graphml": rooted("graphml"), "gexf": rooted("gexf"), "annotations": holds("@context"),
    "schemaorg": holds("@context", "@graph"), "ftm": each_line,
}  # fmt: skip


class Desk:
    """A server over an archive that was empty, its reader, and what was added.

    sample, bridge: the stories of the sample and of the bridge; former: the bridge's id before further reports came.
    """

    def __init__(self, browser: Any, folder: Path, width: int) -> None:
        self.folder = folder
        self.server = Server("--archive", str(folder / "desk.riwaya"))
        self.reader = Reader(browser, self.server.port, width)
        self.sample = self.bridge = self.former = ""

    def file(self, name: str, content: Any) -> Path:
        """A file to hand in."""
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
        return path

    def fill(self) -> None:
        """Add the sample and the bridge by the page."""
        reader = self.reader
        reader.open("/")
        reader.page.click(".empty a.main")
        reader.page.wait_for_url("**/add")
        one = reader.hand_in([*sorted(REPORTS.iterdir()), self.file("photo.png", "not a photo")])
        came = reader.page.locator(".came").inner_text()
        assert "9" in came and len(one) == 1
        assert "photo.png" in reader.page.locator("#job table").inner_text(), "what was skipped is named, and why"
        (self.sample,) = one
        (self.former,) = reader.hand_in([self.file("bridge1.json", FIRST)])
        (self.bridge,) = reader.hand_in([self.file(f"bridge{n}.json", report) for n, report in enumerate(LATER, 2)])


@pytest.fixture(scope="module", params=WIDTHS)
def filled(request: pytest.FixtureRequest, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The application with the sample and the bridge in it."""
    pytest.importorskip("axe_playwright_python", reason="needs the extra 'browser' (make browser)")
    made = Desk(browser, tmp_path_factory.mktemp("desk"), request.param)
    made.fill()
    yield made
    made.reader.context.close()
    code, said = made.server.stop()
    assert code in (0, 130, -15), said
    assert "Traceback" not in said


@pytest.fixture
def desk(filled: Desk) -> Iterator[Desk]:
    """The same, for a reader who has chosen nothing; after each test nothing was complained of, and nobody else was asked."""
    filled.reader.context.clear_cookies()
    yield filled
    filled.reader.check_quiet()


def test_reports_that_were_added_stand_as_stories(desk: Desk) -> None:
    reader = desk.reader
    reader.open("/")
    shown = [a.get_attribute("href") for a in reader.page.locator(".story h2 a").all()]
    assert sorted(shown) == sorted([f"/story/{desk.sample}", f"/story/{desk.bridge}"])
    reader.page.fill("form[data-live] input[name=q]", "الصوامع")
    expect(reader.page.locator(".story")).to_have_count(1)
    assert reader.page.locator(".story h2 a").get_attribute("href") == f"/story/{desk.sample}"
    assert "q=" in reader.page.url


def test_a_statement_leads_to_its_exact_words(desk: Desk) -> None:
    reader = desk.reader
    page = reader.page
    reader.open(f"/story/{desk.sample}")
    line = page.locator("#stands .line .said a").first
    said, href = words(line.inner_text()), line.get_attribute("href")
    line.click()
    page.wait_for_url("**/report/**")
    assert reader.lit() == reader.cited(href) == said
    reader.look()
    page.locator(".trail a").first.click()
    page.wait_for_url(f"**/story/{desk.sample}")


def test_every_section_of_a_story_reads(desk: Desk) -> None:
    reader = desk.reader
    reader.open(f"/story/{desk.sample}")
    sections = [a.get_attribute("href") for a in reader.page.locator(".story-tabs a").all()]
    assert len(sections) == 9
    for path in sections:
        reader.open(path)
        assert reader.page.locator(".sections").inner_text().strip(), path
        assert reader.page.locator(".story-tabs [aria-current=page]").get_attribute("href") == path


def test_two_reports_are_compared(desk: Desk) -> None:
    reader = desk.reader
    page = reader.page
    reader.open(f"/story/{desk.bridge}/reports")
    page.locator(".pairs a").first.click()
    page.wait_for_url("**/compare/**")
    reader.look()
    row = page.locator(".row.joined").filter(has_text="اجتاز الفحص السنوي").first
    for side in (1, 2):
        assert "الجسر اجتاز الفحص السنوي في يناير الماضي دون ملاحظات" in words(row.locator(f".side-{side}").inner_text())
    assert not row.locator(".why").is_visible()
    row.locator("summary").click()
    assert row.locator(".why li").count() >= 1 and row.locator(".why").is_visible()
    reader.look()
    sides = [a.get_attribute("href") for a in page.locator(".sheet h2 a").all()]
    page.click(".verdict .acts a")
    expect(page.locator(".sheet h2 a").first).to_have_attribute("href", sides[1])
    assert [a.get_attribute("href") for a in page.locator(".sheet h2 a").all()] == sides[::-1]
    page.locator(".sheet h2 a").first.click()
    page.wait_for_url("**/report/**")


def test_two_spellings_are_merged_and_parted_again(desk: Desk) -> None:
    reader = desk.reader
    page = reader.page
    people = f"/story/{desk.bridge}/names"
    reader.open("/names/people")
    page.locator(".names a.name", has_text="يوهان شتراوب").click()
    page.wait_for_url("**/name/*")
    reader.look()
    name = page.url.removeprefix(reader.base)
    assert page.locator(".spellings", has_text="ستروب").count() == 0
    page.fill("form.same input[name=same]", "هانس")
    page.locator("#others a.button").click()
    page.wait_for_url("**/corrections/new?**")
    reader.look()
    for one in ("شتراوب", "ستروب"):
        assert one in page.locator(".cited").inner_text()
    page.fill("#reason", "هو المدير نفسه")
    page.click("form.correction button[type=submit]")
    expect(page.locator(".flash.done")).to_be_visible()
    reader.until(name, ".spellings :text('هانس ستروب')")
    reader.look()
    assert page.locator(".spellings :text('يوهان شتراوب')").count() == 1
    assert page.locator(".mention").filter(has_text="جريدة الميناء").count() == 1
    reader.until(people, ".who:has-text('يوهان شتراوب'):has-text('هانس ستروب')")
    assert len({"يوهان شتراوب", "هانس ستروب"} & set(page.locator(".who h4").all_inner_texts())) == 1

    reader.open("/corrections")
    card = page.locator(".corrections li", has_text="هو المدير نفسه")
    card.locator("button").click()
    expect(page.locator(".flash.done")).to_be_visible()
    expect(page.locator(".corrections li")).to_have_count(0)
    reader.open("/corrections?show=all")
    assert page.locator(".corrections li.undone", has_text="هو المدير نفسه").count() == 1
    reader.until("/names/people", ".names a.name:has-text('هانس ستروب')")
    reader.until(people, ".who h4:has-text('هانس ستروب')")
    assert {"يوهان شتراوب", "هانس ستروب"} <= set(page.locator(".who h4").all_inner_texts())


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("وزاره الصحه", "وزارة"),  # ta marbuta
        ("اتحاد الموانىء", "الموانئ"),  # hamza
        ("مستشفي", "مستشفى"),  # alif maqsura
        ("للميناء", "الميناء"),  # particles
        ("صَفَاقُس", "صفاقس"),  # diacritics
    ],
)
def test_any_spelling_finds(desk: Desk, typed: str, found: str) -> None:
    reader = desk.reader
    page = reader.page
    reader.open("/")
    page.fill(".seek input", typed)
    page.press(".seek input", "Enter")
    page.wait_for_url("**/search?**")
    reader.look()
    hit = page.locator(".hit .extract a", has_text=found).first
    href = hit.get_attribute("href")
    hit.click()
    page.wait_for_url("**/report/**")
    assert reader.lit() == reader.cited(href)
    assert found in reader.lit()


def test_search_answers_while_typing(desk: Desk) -> None:
    reader = desk.reader
    reader.open("/search")
    reader.page.locator("main input[name=q]").press_sequentially("القنيطره")
    expect(reader.page.locator(".hit")).to_have_count(3)
    reader.page.fill("main input[name=q]", "زرافة")
    expect(reader.page.locator(".hit")).to_have_count(0)
    reader.look()


def test_every_format_can_be_taken_away(desk: Desk) -> None:
    reader = desk.reader
    page = reader.page
    reader.open(f"/story/{desk.sample}")
    page.locator("a[href^='/export?']").first.click()
    page.wait_for_url("**/export?**")
    reader.look()
    offered = [a.get_attribute("href") for a in page.locator("a.format").all()]
    formats = {href.removeprefix("/export/").partition("?")[0]: href for href in offered}
    assert formats.keys() == {"print", *IS_RIGHT}
    for name, right in IS_RIGHT.items():
        with page.expect_download() as taken:
            page.click(f"a.format[href='{formats[name]}']")
        path = desk.folder / taken.value.suggested_filename
        taken.value.save_as(path)
        content = path.read_bytes()
        assert content and right(content), name
    with page.expect_popup() as opened:
        page.click(f"a.format[href='{formats['print']}']")
    expect(opened.value.locator("h1").first).to_be_visible()
    assert "وزارة الصحة" in opened.value.locator("body").inner_text()
    opened.value.close()
    page.check(f".tick input[value='{desk.bridge}']")
    page.click("form:has(.ticks) button")
    expect(page.locator(".chosen li")).to_have_count(2)
    reader.look()
    with page.expect_download() as taken:
        page.click("a.format[href^='/export/json?']")
    stories = json.loads(Path(taken.value.path()).read_text("utf-8"))["stories"]
    assert {one["id"] for one in stories} == {desk.sample, desk.bridge}


def test_corrections_and_alerts_read(desk: Desk) -> None:
    reader = desk.reader
    for lang in ("ar", "en"):
        for path in ("/corrections", "/alerts", "/names/organizations", "/names/places", "/export"):
            reader.open(f"{path}?lang={lang}", lang)
    reader.open("/names/places", "en")
    reader.page.locator(".names a.name", has_text="صفاقس").first.click()
    reader.page.wait_for_url("**/name/*")
    reader.look("en")
    assert reader.page.locator("h1").get_attribute("lang") == "ar"


def test_a_former_id_leads_to_the_story(desk: Desk) -> None:
    reader = desk.reader
    assert desk.former != desk.bridge
    reader.open(f"/story/{desk.former}")
    assert reader.page.url.endswith(f"/story/{desk.bridge}")
    reader.open(f"/story/{desk.former}/reports")
    assert reader.page.url.endswith(f"/story/{desk.bridge}/reports")


def test_languages_and_themes(desk: Desk) -> None:
    reader = desk.reader
    page = reader.page

    def colour() -> str:
        return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))

    reader.open(f"/story/{desk.sample}")
    light, title = colour(), page.locator("h1").inner_text()
    page.click("a[hreflang=en]")
    page.click("a[href*='theme=dark']")
    assert colour() != light
    report = page.locator("#stands .line .said a").first.get_attribute("href")
    pair = "/compare/" + "/".join(a["id"] for a in reader.json(f"/api/v1/stories/{desk.sample}")["articles"][:2])
    for path in (f"/story/{desk.sample}", report, pair, "/", "/search?q=الميناء", "/add"):
        reader.open(path, "en")
        assert page.locator("html").get_attribute("data-theme") == "dark"
    reader.open(f"/story/{desk.sample}", "en")
    assert page.locator("#stands-h").inner_text() == "What stands"
    assert page.locator("h1").inner_text() == title and page.locator("h1").get_attribute("lang") == "ar"
    page.click("a[hreflang=ar]")
    page.click("a[href*='theme=auto']")
    reader.look()
    assert colour() == light


def test_the_main_path_needs_no_mouse(desk: Desk) -> None:
    reader = desk.reader
    page = reader.page
    press = page.keyboard.press
    page.goto("/")
    press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    press("Enter")
    reader.tab_to(f".story h2 a[href='/story/{desk.sample}']")
    press("Enter")
    page.wait_for_url("**/story/*")
    reader.tab_to("#stands .line .said a")
    press("Enter")
    page.wait_for_url("**/report/**")
    assert reader.lit()
    reader.tab_to(".notes summary")
    press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")
    reader.tab_to(".reader-side a.chip")
    press("Enter")
    page.wait_for_url("**/compare/**")
    reader.tab_to(".seek input")
    page.keyboard.type("فيرانتي")
    press("Enter")
    page.wait_for_url("**/search?**")
    reader.tab_to(".hit h2 a")
    press("Enter")
    page.wait_for_url("**/report/**")
    assert reader.lit() == "فيرانتي"
    page.goto(f"/story/{desk.sample}")
    reader.tab_to("a[href^='/export?']")
    press("Enter")
    page.wait_for_url("**/export?**")
    reader.tab_to("a.format[href^='/export/json?']")
    with page.expect_download():
        press("Enter")
    page.goto("/add")
    reader.tab_to("#text")
    page.keyboard.type("قال والي صفاقس ياسين الرقيق إن الميناء استأنف نشاطه صباح الاثنين 17 فبراير 2031.")
    reader.tab_to("form:has(#text) button")
    press("Enter")
    assert len(reader.added()) == 1


def test_the_main_path_needs_no_scripts(desk: Desk, browser: Any) -> None:
    reader = Reader(browser, desk.server.port, desk.reader.width, java_script_enabled=False)
    page = reader.page
    page.goto("/")
    page.click(f".story h2 a[href='/story/{desk.sample}']")
    page.locator("#stands .line .said a").first.click()
    expect(page.locator(".ref:target")).to_be_visible()
    page.fill(".seek input", "فيرانتى")
    page.press(".seek input", "Enter")
    page.locator(".hit .extract a").first.click()
    expect(page.locator(".ref:target")).to_have_text("فيرانتي")
    page.goto("/add")
    page.fill("#text", "قال رئيس بلدية صفاقس نعمان بوزيان إن السوق المركزية تفتح أبوابها صباح الثلاثاء 18 فبراير 2031.")
    page.click("form:has(#text) button")
    end = time.monotonic() + PATIENCE
    while page.locator("#job .state.done").count() == 0:
        assert time.monotonic() < end, page.locator("#job").inner_text()
        page.click("#job a.button")
    assert page.locator(".touched a").count() == 1
    reader.check_quiet()
    reader.context.close()


def test_hostile_reports_stay_text(desk: Desk) -> None:
    reader = desk.reader
    page = reader.page
    (story,) = reader.hand_in([desk.file('hostile "><b>.json', HOSTILE)])
    report = reader.json(f"/api/v1/stories/{story}")["articles"][0]["id"]
    paths = [f"/story/{story}", f"/story/{story}/statements", f"/story/{story}/names", f"/report/{report}", "/",
             "/search?q=onerror", f"/search?q={PAYLOAD}", "/add"]  # fmt: skip
    for path in paths:
        reader.open(path)
        assert page.evaluate("window.acted") is None, path
        assert page.locator("main img, main script, iframe").count() == 0, path
        assert page.locator("a[href^='javascript:' i]").count() == 0, path
        assert "{{7*7}}" in page.content() or path == "/add", path
