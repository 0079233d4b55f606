"""Take the pictures of README.md anew: the desk over the sample, in Arabic and in the light, as a reader on a desk sees it.

    python tools/take_pictures.py            docs/stories.webp, docs/story.webp, docs/compare.webp

Needs the extras `serve` and `browser` and a Chromium. It serves an archive of its own on this machine and asks no other.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from riwaya.archive import Archive, StoryQuery
from riwaya.read import read

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = (ROOT / "examples/reports", ROOT / "examples/desk.jsonl")
DOCS = ROOT / "docs"
WIDTH = 1280
SCALE = 2  # pixels a point, as sharp screens have them
ABOVE = 24  # points left above what a picture begins with
MOST = 250_000  # bytes of a picture: README stays quick to load
QUALITIES = (0.9, 0.8, 0.7, 0.6, 0.5)  # of WebP; the first that fits is taken
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
AS_WEBP = """async ([png, quality]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + png;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width; canvas.height = image.height;
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


@contextmanager
def served(archive: Path) -> Iterator[str]:
    """The application over an archive; gives its address."""
    command = [sys.executable, "-m", "riwaya", "serve", "--archive", str(archive), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        found = re.search(r"http://\S+:\d+", process.stdout.readline())
        if not found:
            raise SystemExit("riwaya serve did not start")
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def views(archive: Path) -> list[tuple[str, str, int, str | None]]:
    """Name, address, height of what is shown, and what it begins with."""
    with Archive.open(archive, read_only=True) as held:
        story = held.stories(StoryQuery(order="size")).items[0]
        dossier = held.dossier(story.id)
    shared = Counter[tuple[str, str]]()  # characters that two reports have in common
    for passage in dossier.passages:
        shared[passage.a.article_id, passage.b.article_id] += passage.a.end - passage.a.start
    a, b = max(sorted(shared), key=lambda pair: shared[pair])
    return [
        ("stories", "/", 1060, None),
        ("story", f"/story/{story.id}", 1060, "#stands-h"),
        ("compare", f"/compare/{a}/{b}", 1060, None),
    ]


def take(browser: Any, address: str, name: str, path: str, height: int, first: str | None) -> int:
    """One picture; returns its size in bytes."""
    page = browser.new_page(
        viewport={"width": WIDTH, "height": height}, device_scale_factor=SCALE, color_scheme="light", locale="ar"
    )
    page.goto(address + path)
    if first is not None:
        page.locator(first).evaluate(f"e => scrollTo(0, e.getBoundingClientRect().top + scrollY - {ABOVE})")
    png = base64.b64encode(page.screenshot()).decode()
    page.close()
    blank = browser.new_page()  # without the application's policy, which allows no such picture
    for quality in QUALITIES:
        picture = base64.b64decode(blank.evaluate(AS_WEBP, [png, quality]))
        if len(picture) <= MOST:
            break
    blank.close()
    (DOCS / f"{name}.webp").write_bytes(picture)
    return len(picture)


def main() -> None:
    """Fill an archive with the sample, serve it, take the pictures."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the extra may be missing until it is run

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        archive = Path(folder) / "desk.riwaya"
        with Archive.open(archive, create=True) as held:
            held.add(read(*SAMPLE))
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        with served(archive) as address:
            for name, path, height, first in views(archive):
                size = take(browser, address, name, path, height, first)
                print(f"docs/{name}.webp: {size:,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
