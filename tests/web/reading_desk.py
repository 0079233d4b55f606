"""The sample in an archive, and the application over it, for the tests of the reading pages."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

from desk_client import browser
from fastapi import FastAPI
from starlette.testclient import TestClient

import riwaya
from riwaya.archive import Archive
from riwaya.web.app import create_app

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
SECTIONS = ("", "/statements", "/disputes", "/figures", "/timeline", "/transmission", "/coverage", "/names", "/reports")
_VOID = {"meta", "link", "input", "br", "path", "circle", "rect", "img", "hr"}


class Page(HTMLParser):
    """A page taken apart: ids, links, elements; whether what opens closes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self._open[-1:]}")
        if self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "script"):
            self.words.append(data)

    def having(self, name: str) -> list[str]:
        """The values of an attribute."""
        return [given[name] for _, given in self.tags if name in given]


def fill(path: Path, *reports: Path) -> Path:
    """An archive of these files; of the sample if none is given."""
    with Archive.open(path, create=True) as archive:
        archive.add(riwaya.read(*(reports or (REPORTS,))), jobs=1)
    return path


def copied(archive: Path, to: Path) -> Path:
    """The same archive again, to be changed."""
    shutil.copy(archive, to)
    return to


def open_app(path: Path) -> tuple[FastAPI, TestClient]:
    """The application over an archive, and a browser."""
    app = create_app(path)
    return app, browser(app)


def story_id(path: Path) -> str:
    """The id of the story with most reports."""
    from riwaya.archive import StoryQuery

    with Archive.open(path, read_only=True) as archive:
        return archive.stories(StoryQuery(order="size")).items[0].id


def places(page: Page) -> list[str]:
    """The keys of pieces that stand somewhere in a drawing."""
    return page.having("data-at")


def letters(text: str) -> str:
    """The letters and digits of a text alone."""
    return "".join(re.findall(r"\w", text))
