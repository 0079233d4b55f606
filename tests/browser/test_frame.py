"""The frame of the application in a real browser: keyboard, languages, themes, narrow screens, what it asks and complains of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
sys.path.append(str(Path(__file__).parents[1] / "web"))  # what the tests of the application share

PAGES = ("/", "/login", "/nothing")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    pytest.importorskip("fastapi", reason="needs the extra 'serve'")
    from desk_client import TOKEN
    from served import REPORTS, Server

    import riwaya
    from riwaya.archive import Archive

    path = tmp_path_factory.mktemp("frame") / "desk.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add(riwaya.read(REPORTS))
    started = Server("--archive", str(path), RIWAYA_TOKEN=TOKEN)
    yield started
    started.stop()


class Desk:
    """A reader before the application."""

    def __init__(self, browser: Any, server: Any, width: int = 1280, **options: Any) -> None:
        self.base = f"http://127.0.0.1:{server.port}"
        self.context = browser.new_context(viewport={"width": width, "height": 900}, base_url=self.base, **options)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda r: self.asked.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def come_in(self) -> None:
        self.page.goto("/")
        self.page.fill("input[name=name]", "مازن")
        self.page.fill("input[name=password]", "a-token-of-enough-letters")
        self.page.click("form[action='/login'] button")

    def colour(self) -> str:
        return str(self.page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.fixture
def desk(browser: Any, server: Any) -> Iterator[Any]:
    """Come in with options; nothing may be asked of other hosts, and nothing complained of, at the end."""
    opened: list[Desk] = []

    def come(width: int = 1280, **options: Any) -> Desk:
        opened.append(Desk(browser, server, width, **options))
        opened[-1].come_in()
        return opened[-1]

    yield come
    for one in opened:
        assert all(url.startswith(one.base) for url in one.asked)
        assert one.complaints == []
        one.context.close()


def test_a_reader_comes_in_and_goes(desk: Any) -> None:
    page = desk().page
    assert page.locator(".story").count() == 1
    assert page.locator(".me").inner_text() == "مازن"
    page.click(".leave button")
    assert page.url.endswith("/login") and page.locator(".flash").is_visible()


def test_the_keyboard_reaches_the_content(desk: Any) -> None:
    page = desk().page
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("script", [True, False])
def test_languages_and_themes_are_a_click_away(desk: Any, script: bool) -> None:
    one = desk(java_script_enabled=script, color_scheme="light")
    page = one.page
    page.click("a[hreflang=en]")
    assert page.locator("html").get_attribute("dir") == "ltr"
    assert page.locator("main h1").inner_text() == "Stories now"
    page.click("a[href*='theme=dark']")
    page.goto("/")
    assert page.locator("html").get_attribute("data-theme") == "dark" and page.locator("html").get_attribute("lang") == "en"


def test_dark_follows_the_system_until_the_reader_says_otherwise(desk: Any) -> None:
    dark, light = desk(color_scheme="dark"), desk(color_scheme="light")
    system = dark.colour()
    assert system != light.colour()
    light.page.click("a[href*='theme=dark']")
    assert light.colour() == system


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("width", [1920, 1280, 390, 320])
def test_nothing_sticks_out_sideways(desk: Any, width: int, lang: str) -> None:
    page = desk(width).page
    page.goto(f"/?lang={lang}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(desk: Any) -> None:
    page = desk(390).page
    small = page.evaluate(
        """[...document.querySelectorAll('header :is(a, button, input:not([type=hidden])), .tabs a, .pager a')]
        .filter(e => { const r = e.getBoundingClientRect(); return r.top >= 0 && (r.width < 24 || r.height < 24); })
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


@pytest.mark.parametrize(
    ("width", "lang", "theme"), [(1280, "ar", "light"), (390, "ar", "dark"), (1280, "en", "dark"), (390, "en", "light")]
)
def test_no_accessibility_fault(desk: Any, width: int, lang: str, theme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the extra 'browser' (make browser)")
    one = desk(width)
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
    for path in PAGES:
        one.page.goto(f"{path}?lang={lang}&theme={theme}")
        found = axe.Axe().run(one.page, options=rules).response["violations"]
        assert [f"{path} {v['id']}: {v['nodes'][0]['html'][:200]}" for v in found] == []
    one.complaints.clear()  # the browser complains of the 404 that was asked for
