"""The working pages in a real browser: names found as they are typed, merged and undone; export; axe; phones; both themes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser
sys.path.append(str(Path(__file__).parents[1] / "web"))  # what the tests of the application share

LOOKS = (("ar", "light", 1280), ("en", "dark", 1280), ("ar", "dark", 390), ("en", "light", 390))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """The address of a server over the sample, and its working pages."""
    pytest.importorskip("fastapi", reason="needs the extra 'serve'")
    from served import REPORTS, Server

    import riwaya
    from riwaya.archive import Archive
    from riwaya.model import Alert
    from riwaya.watch.state import SourceState
    from riwaya.watch.store import ArchiveStore
    from riwaya.web.live import correction_form

    path = tmp_path_factory.mktemp("working") / "desk.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add(riwaya.read(REPORTS))
        card = archive.stories().items[0]
        dossier = archive.dossier(card.id)
        told = dossier.statements[0].spans[:1]
        archive.keep_alerts([Alert("al-0", "revision", card.id, card.title, "عُدّل رقم", "A figure was revised", told)])
        ArchiveStore(archive).keep(SourceState("https://news.example/feed", "feed", errors=2, error="HTTP 503"))
        name = archive.entities("person", "بلحاج").items[0].key
        place = archive.entities("place", "صفاقس").items[0].key
        mention = archive.entity_mentions(name).items[0].spans[0]
        quote = next(q.content for m in dossier.marks for q in m.quotes)
        figure = next(f.span for m in dossier.marks for f in m.figures)
    pages = ["/names/people", "/names/places", f"/name/{name}?same=العياري", f"/name/{place}", f"/name/{name}/sayings"]
    pages += [f"/name/{name}/mentions", f"/name/{name}/stories", f"/export?story={card.id}"]
    pages += ["/alerts", "/corrections", "/export", "/add"]
    pages += [correction_form(action, (mention,)) for action in ("merge", "split", "same-story", "date")]  # type: ignore[arg-type]
    pages += [correction_form("speaker", (quote,)), correction_form("counts", (figure,))]
    started = Server("--archive", str(path))
    yield f"http://127.0.0.1:{started.port}", pages
    started.stop()


class Look:
    """A browser before the application, which notes what it complains of and whom it asks."""

    def __init__(self, browser: Any, base: str, width: int) -> None:
        self.context = browser.new_context(viewport={"width": width, "height": 900}, base_url=base)
        self.page = self.context.new_page()
        self.base, self.complaints = base, list[str]()
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("request", lambda r: None if r.url.startswith(base) else self.complaints.append(r.url))


@pytest.mark.parametrize(("lang", "theme", "width"), LOOKS, ids=str)
def test_every_working_page_is_sound(browser: Any, served: tuple[str, list[str]], lang: str, theme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="a library of the extra 'browser'").Axe()
    base, pages = served
    look = Look(browser, base, width)
    faults = []
    for address in pages:
        answer = look.page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}&theme={theme}")
        assert answer.status == 200, address
        if look.page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            faults.append((address, "wider than the screen"))
        found = axe.run(look.page).response["violations"]
        faults += [(address, v["id"], v["nodes"][0]["html"][:100]) for v in found if v["impact"] in ("serious", "critical")]
    assert faults == [] and look.complaints == []
    look.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_two_names_are_merged_and_undone(browser: Any, served: tuple[str, list[str]], width: int) -> None:
    from playwright.sync_api import expect

    look = Look(browser, served[0], width)
    page = look.page
    page.goto("/names/people")
    page.fill("main input[name=q]", "بلحاج")
    expect(page.locator(".name-row")).to_have_count(1)  # as it is typed, without a button
    page.click(".name-row .name")
    count = page.locator(".headline .meta b")
    before = count.inner_text()
    page.fill("input[name=same]", "العيارى")
    page.click("#others .button")
    page.fill("#reason", "تجربة")
    page.click("form.correction button.main")
    expect(page.locator(".flash.done")).to_be_visible()
    assert count.inner_text() != before and page.locator(".spellings").inner_text().count("العياري") == 1
    page.click(".flash .undo button")
    expect(count).to_have_text(before)
    assert look.complaints == []
    look.context.close()


def test_a_story_is_taken_away(browser: Any, served: tuple[str, list[str]]) -> None:
    look = Look(browser, served[0], 1280)
    page = look.page
    page.goto("/export")
    page.check(".tick input")
    page.click("main form button.main")
    with page.expect_download() as download:
        page.click("a[href^='/export/geojson']")
    assert re.fullmatch(r"s-[0-9a-f]{16}\.places\.geojson", download.value.suggested_filename)
    with look.context.expect_page() as opened:
        page.click("a[href^='/export/print']")
    opened.value.wait_for_load_state()
    assert "صفاقس" in opened.value.title()
    assert opened.value.evaluate("document.styleSheets[0].cssRules.length") > 5, "its own style is let in"
    assert look.complaints == []
    look.context.close()
