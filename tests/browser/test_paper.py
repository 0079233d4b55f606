"""The printable page in a real browser: it becomes a PDF, fits its paper, and asks for nothing."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
A4 = {"width": 794, "height": 1123}  # CSS pixels
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command writes for paper of the sample."""
    out = tmp_path_factory.mktemp("paper") / "out"
    command = [sys.executable, "-m", "riwaya", "build", str(ROOT / "examples" / "reports"), "-o", str(out), "--quiet"]
    subprocess.run([*command, "--formats", "print"], check=True, cwd=ROOT)
    return out / "print.html"


def test_it_becomes_a_pdf_on_its_paper_and_asks_for_nothing(browser: Any, printed: Path) -> None:
    context = browser.new_context(viewport=A4)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda r: asked.append(r.url))
    page.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.goto(printed.as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"  # the policy lets the style in
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    boxes = {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)}
    assert boxes
    assert boxes <= {(0, 0, 595, 842), (0, 0, 596, 842), (0, 0, 595, 843), (0, 0, 596, 843)}  # A4 in points
    assert [url for url in asked if not url.startswith("file:")] == []
    assert complaints == []
    context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_serious_stands_in_the_way(browser: Any, printed: Path, width: int) -> None:
    axe: Any = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs the extra 'browser'")
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(printed.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = axe.Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in SERIOUS] == []
    context.close()
