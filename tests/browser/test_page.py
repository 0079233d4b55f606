"""The sample's page in a real browser: links, switches, no request to anyone, no accessibility fault."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
WIDTHS = (1280, 390)
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page that the command writes of the sample."""
    out = tmp_path_factory.mktemp("browser") / "out"
    command = [sys.executable, "-m", "riwaya", "build", str(ROOT / "examples" / "reports"), "-o", str(out), "--quiet"]
    subprocess.run(command, check=True, cwd=ROOT)
    pages = sorted(out.glob("stories/*/index.html"), key=lambda p: -p.stat().st_size)
    return pages[0] if pages else out / "index.html"


class Visit:
    """An open page, with all that it asked for and complained of."""

    def __init__(self, browser: Any, path: Path, width: int = 1280, **options: Any) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.goto(path.as_uri())

    def colour(self) -> str:
        return str(self.page.evaluate("getComputedStyle(document.body).backgroundColor"))

    def check_quiet(self) -> None:
        assert self.complaints == []
        assert [url for url in self.asked if not url.startswith(("file:", "data:"))] == []


@pytest.fixture
def visit(browser: Any, page_file: Path) -> Iterator[Any]:
    """Opens the page; at the end nothing was asked of anyone, and nothing complained."""
    visits: list[Visit] = []

    def open_page(**options: Any) -> Visit:
        visits.append(Visit(browser, page_file, **options))
        return visits[-1]

    yield open_page
    for one in visits:
        one.check_quiet()
        one.context.close()


def test_a_statement_leads_to_its_words(visit: Any) -> None:
    page = visit().page
    link = page.locator("#stands .line .said a").first
    said = link.inner_text()
    target = link.get_attribute("href")
    link.click()
    page.wait_for_function("document.querySelector('.ref.lit') !== null")
    words = page.locator(f"[id='{target[1:]}']")
    assert words.is_visible()
    assert "lit" in words.get_attribute("class")
    assert 0 <= words.bounding_box()["y"] < 900, "the words are in view"
    letters = [w for w in said.split() if len(w) > 3]
    assert sum(w.strip("«»\"“”.,،") in words.inner_text() for w in letters) >= len(letters) / 2
    page.locator(".return").click()
    page.wait_for_function("location.hash === ''")


def test_the_language_switches_and_is_kept(visit: Any) -> None:
    one = visit()
    page = one.page
    assert page.locator("#stands-h .ar").is_visible()
    assert not page.locator("#stands-h .en").is_visible()
    page.locator("label[for=lang-en]").click()
    assert page.locator("#stands-h").inner_text() == "What stands"
    assert page.evaluate("document.documentElement.lang + document.documentElement.dir") == "enltr"
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"
    page.reload()
    assert page.locator("#stands-h").inner_text() == "What stands"


def test_the_theme_switches(visit: Any) -> None:
    one = visit(color_scheme="light")
    light = one.colour()
    one.page.locator("label[for=theme-dark]").click()
    dark = one.colour()
    assert light != dark
    assert visit(color_scheme="dark").colour() == dark


def test_it_reads_without_javascript(visit: Any) -> None:
    page = visit(java_script_enabled=False).page
    assert page.locator("h1").is_visible()
    page.locator("#stands .line .said a").first.click()
    assert page.locator(".ref:target").is_visible()
    page.locator("label[for=lang-en]").click()
    assert page.locator("#stands-h .en").is_visible()
    assert not page.locator("#stands-h .ar").is_visible()


def test_marks_switch_on_and_off(visit: Any) -> None:
    page = visit().page
    mark = page.locator(".text .m-person").first

    def background() -> str:
        return str(mark.evaluate("e => getComputedStyle(e).backgroundColor"))

    shown = background()
    page.locator("#layer-names").uncheck()
    assert background() != shown


def test_the_keyboard_reaches_the_content(visit: Any) -> None:
    page = visit().page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_nothing_sticks_out_sideways(visit: Any, width: int, lang: str) -> None:
    page = visit(width=width).page
    page.locator(f"label[for=lang-{lang}]").click()
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("width", "lang", "theme", "unfolded"),
    [(1280, "ar", "light", True), (390, "ar", "dark", False), (1280, "en", "dark", False), (390, "en", "light", False)],
)
def test_no_accessibility_fault(visit: Any, width: int, lang: str, theme: str, unfolded: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the extra 'browser' (make browser)")
    page = visit(width=width, color_scheme=theme).page
    page.locator(f"label[for=lang-{lang}]").click()
    if unfolded:
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
    found = axe.Axe().run(page, options=rules).response["violations"]
    faults = [f"{v['id']}: {v['nodes'][0]['html'][:200]} ({len(v['nodes'])})" for v in found if v["impact"] in SERIOUS]
    assert faults == []


def test_print_keeps_the_sources(visit: Any) -> None:
    page = visit().page
    page.emulate_media(media="print")
    assert page.locator("#stands .chip").first.is_visible()
    assert not page.locator(".switches").is_visible()
