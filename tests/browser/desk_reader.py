"""A reader at the desk, for tests of the application in a real browser: what every page must keep is checked as it is read."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_ID = re.compile(r"(?<![\w-])(?:a|s|e|q|st|c)-[0-9a-f]{16}(?![\w-])")  # means nothing to a reader
PATIENCE = 30.0  # seconds until something that was set going must have happened; machines may be busy
MOST_TABS = 250  # presses of Tab from the head of a page to what is looked for
FAULTS = ("serious", "critical")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}

# Controls that are shown and have no name that could be read out.
NAMELESS = """[...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
  .filter(e => e.getClientRects().length)
  .filter(e => !(e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.title || e.textContent.trim()
    || [...(e.labels || [])].some(l => l.textContent.trim())))
  .map(e => e.outerHTML.slice(0, 120))"""
# The words that a link has lit: a citation may go on in further pieces; marks of twins in it are not its words.
LIT = """() => {
  const all = [...document.querySelectorAll(".lit")].filter(e => !e.parentElement.closest(".lit")).map(e => e.cloneNode(true));
  all.forEach(e => e.querySelectorAll(".twins").forEach(t => t.remove()));
  return all.map(e => e.textContent).join(" ");
}"""
FOCUSED = "s => { const e = document.activeElement; return !!e && e !== document.body && e.matches(s); }"
FOCUS_SHOWS = """() => { const c = getComputedStyle(document.activeElement);
  return (c.outlineStyle !== "none" && parseFloat(c.outlineWidth) > 0) || c.boxShadow !== "none"; }"""


def words(text: str) -> str:
    """Text with every run of spaces as one."""
    return " ".join(text.split())


class Reader:
    """Somebody before the application, at a screen of some width.

    asked, complaints: what the pages asked for, and what the browser complained of, since the last `check_quiet`.
    """

    def __init__(self, browser: Any, port: int, width: int, **options: Any) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self.width = width
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, base_url=self.base, locale="ar", color_scheme="light", **options
        )
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.looked: set[tuple[str, str]] = set()
        self.context.on("request", lambda r: self.asked.append(r.url))  # also of pages that a link opens beside this one
        self.context.on("console", self._console)
        self.context.on("weberror", lambda e: self.complaints.append(f"page error: {e.error}"))
        self.context.on("dialog", self._dialog)

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({message.location})")

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"a dialog opened: {dialog.message}")
        dialog.dismiss()

    def check_quiet(self) -> None:
        """Nothing was complained of, and nobody else was asked for anything."""
        others = [url for url in self.asked if not url.startswith((self.base, "data:", "blob:"))]
        said, self.complaints[:] = list(self.complaints), []
        self.asked.clear()
        assert not said and not others, f"{self.page.url}: complaints {said}, asked of others {others}"

    def look(self, lang: str = "ar") -> None:
        """Check what every page must keep: language, direction, width, names; accessibility once for each kind and theme."""
        page = self.page
        root = page.locator("html")
        stated = root.get_attribute("lang"), root.get_attribute("dir")
        assert stated == (lang, {"ar": "rtl", "en": "ltr"}[lang]), f"{page.url}: {stated}"
        assert page.title().strip(" ·"), page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width, f"{page.url} sticks out sideways"
        nameless = page.evaluate(NAMELESS)
        assert not nameless, f"{page.url}: {nameless}"
        shown = _ID.findall(page.locator("body").inner_text())
        assert not shown, f"{page.url} shows {shown[:3]}"
        kind = re.sub(r"[^/]*\d[^/]*", "N", urlsplit(page.url).path)
        state = (kind, root.get_attribute("data-theme") or "")
        if state not in self.looked:
            self.looked.add(state)
            self._audit()

    def _audit(self) -> None:
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page, options=RULES).response["violations"]
        faults = [f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in FAULTS]
        assert not faults, f"{self.page.url}: {faults}"

    def open(self, path: str, lang: str = "ar") -> None:
        """Open a page and look at it."""
        self.page.goto(path)
        self.look(lang)

    def lit(self) -> str:
        """The words that the link which led here has lit; they are in view."""
        self.page.locator(".ref.lit").first.wait_for(timeout=1000 * PATIENCE)
        box = self.page.locator(".ref.lit").first.bounding_box()
        assert box and box["y"] + box["height"] > 0 and box["y"] < 900, "the words are in view"
        return words(self.page.evaluate(LIT))

    def cited(self, href: str) -> str:
        """The words of the report that an address cites, as the application gives its text to programs."""
        found = re.search(r"/report/(a-[0-9a-f]{16})[^#]*#c(\d+)-(\d+)", href)
        assert found, href
        text = self.json(f"/api/v1/articles/{found[1]}")["article"]["text"]
        return words(text[int(found[2]) : int(found[3])])

    def json(self, path: str) -> Any:
        """What the application gives to programs."""
        answer = self.context.request.get(self.base + path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.json()

    def tab_to(self, selector: str) -> None:
        """Press Tab until this is reached; that it is must be seen."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUSED, selector):
                assert self.page.evaluate(FOCUS_SHOWS), f"{self.page.url}: the focus on {selector} is not seen"
                return
        raise AssertionError(f"{self.page.url}: Tab does not reach {selector}")

    def until(self, path: str, selector: str) -> None:
        """Open a page anew until it shows something: what was changed is woven beside the pages."""
        end = time.monotonic() + PATIENCE
        while True:
            self.page.goto(path)
            if self.page.locator(selector).count():
                return
            assert time.monotonic() < end, f"{path} does not show {selector}"
            self.page.wait_for_timeout(200)

    def hand_in(self, files: list[Path]) -> list[str]:
        """Add files by the page, wait until they are in, and name the stories that they touched."""
        page = self.page
        self.open("/add")
        page.set_input_files("#files", files)
        assert page.locator(".chosen li").count() == len(files)
        page.click("form[enctype] button[type=submit]")
        return self.added()

    def added(self) -> list[str]:
        """Wait until what was handed in has been added, and name the stories that it touched."""
        page = self.page
        page.wait_for_url("**/add/*")
        page.wait_for_selector("#job .state.done, #job .state.failed", timeout=1000 * PATIENCE)
        assert page.locator("#job .state.done").count() == 1, page.locator("#job").inner_text()
        self.look()
        return [a.get_attribute("href").rpartition("/")[2] for a in page.locator(".touched a").all()]
