"""read: files, feeds, archives -> Article. The outside world ends here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from riwaya.ids import stable_id
from riwaya.model import Article, Skipped


class Reading:
    """An iterator of Articles; `skipped` fills as it goes."""

    def __init__(self, articles: Iterator[Article], skipped: list[Skipped]) -> None:
        self._articles = articles
        self.skipped = skipped

    def __iter__(self) -> Iterator[Article]:
        return self._articles


def read(
    *paths: str | Path,
    fields: Mapping[str, str] | None = None,
    published: str | None = None,
    outlet: str | None = None,
) -> Reading:
    """Read reports (minimal version: plain text files)."""
    skipped: list[Skipped] = []

    def files() -> Iterator[Article]:
        for path in map(Path, paths):
            for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
                text = file.read_text("utf-8")
                name = str(file.relative_to(path)) if path.is_dir() else file.name
                yield Article(stable_id("a", outlet, None, None, text), name, text, outlet=outlet)

    return Reading(files(), skipped)
