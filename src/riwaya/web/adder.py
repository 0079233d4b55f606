"""A process beside the server that adds what readers handed in: `python -m riwaya.web.adder ARCHIVE FOLDER`.

FOLDER holds the files as they came and `order.json`: links to fetch, and what input that does not say is to be taken for. How far
it is it tells in lines of JSON on standard output: {"stage", "done", "total"}, at the end {"added": {...}} or {"error": "..."}.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from riwaya.errors import RiwayaError
from riwaya.model import Article, Skipped

_NICENESS = 5  # pages go first
ORDER = "order.json"
FILES = "files"  # the folder's folder of files


def _say(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


class _Reading:
    """Reports from files and from links; `skipped` fills as it goes."""

    def __init__(self, folder: Path, order: dict[str, Any]) -> None:
        from riwaya.read import read

        self._links: list[str] = order.get("links", [])
        self._private = bool(order.get("allow_private"))
        given = sorted(place for place in (folder / FILES).iterdir())
        self._files = read(*given, published=order.get("published"), outlet=order.get("outlet"))
        self._fetched: list[Skipped] = []

    @property
    def skipped(self) -> list[Skipped]:
        """What could not be used, and why."""
        return [*self._files.skipped, *self._fetched]

    def __iter__(self) -> Iterator[Article]:
        return chain(self._files, self._pages())

    def _pages(self) -> Iterator[Article]:
        if not self._links:
            return
        from riwaya.watch.address import Guard
        from riwaya.watch.fetch import Fetcher, Validators
        from riwaya.watch.listings import Entry
        from riwaya.watch.pages import read_page

        fetcher = Fetcher(guard=Guard(allow_private=self._private))
        for number, url in enumerate(self._links):
            _say(stage="fetch", done=number, total=len(self._links))
            try:
                article = read_page(fetcher, Entry(url), Validators()).article
            except RiwayaError as error:
                self._fetched.append(Skipped(url, _why(error, url)))
                continue
            if article is not None:
                yield article


def _why(error: RiwayaError, url: str) -> str:
    """Why a link was not fetched; not where in the server's own network its name leads, nor what only `riwaya watch` has."""
    if any(told in str(error) for told in (" leads to ", ": redirected to ")):  # of the page, or of its host's robots.txt
        return "leads to an address that is not fetched: not one of the public web"
    return str(error).removeprefix(f"{url}: ")


def add(path: Path, folder: Path) -> None:
    """Add what lies in a folder to an archive."""
    from riwaya.archive import Archive, StoryQuery

    order = json.loads((folder / ORDER).read_text("utf-8"))
    with Archive.open(path, create=True) as archive:
        added = archive.add(
            _Reading(folder, order), progress=lambda stage, done, total: _say(stage=stage, done=done, total=total)
        )
        titles = {card.id: card.title for card in archive.stories(StoryQuery(limit=max(1, len(added.stories)))).items}
    _say(
        added={
            "new": added.new,
            "known": added.known,
            "skipped": [[s.path, s.reason] for s in added.skipped],
            "stories": [[i, titles.get(i, "")] for i in sorted(added.stories)],
        }
    )


def main(args: list[str]) -> None:
    """Do it."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    try:
        add(Path(args[0]), Path(args[1]))
    except RiwayaError as error:
        line = " ".join(str(error).split())
        _say(error=line.replace(args[0], Path(args[0]).name))  # readers need not know where on the server it lies


if __name__ == "__main__":
    main(sys.argv[1:])
