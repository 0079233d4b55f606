"""Folders as sources: new files, and files that changed. A look lists names, sizes and times; nothing need be installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from riwaya.model import Article, Skipped
from riwaya.read.formats import articles_of
from riwaya.read.records import Desk
from riwaya.read.sources import Source, find_sources
from riwaya.watch.state import Seen


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a folder; `mark` is its size and time of change, `age` seconds since that time."""

    source: Source
    mark: str
    age: float


def files(root: Path, now: float) -> tuple[list[Found], list[Skipped]]:
    """The files below a folder, and what of it cannot be looked at."""
    desk = Desk()
    found = []
    for source in find_sources(root, desk):
        try:
            stat = (root / source.label).stat()
        except OSError:  # gone since the folder was listed
            continue
        found.append(Found(source, f"{stat.st_size}:{stat.st_mtime_ns}", now - stat.st_mtime))
    return found, desk.skipped


def changed(found: list[Found], seen: Mapping[str, Seen], settle: float) -> list[Found]:
    """The files that are new or not what they were, those left out that may still be being written (`settle` seconds)."""
    fresh = []
    for one in found:
        known = seen.get(one.source.label)
        if (known is None or known.mark != one.mark) and not 0 <= one.age < settle:
            fresh.append(one)
    return fresh


@dataclass
class FileReading:
    """The articles of a file, read as it advances; `skipped` fills as it goes."""

    file: Found

    def __post_init__(self) -> None:
        self._desk = Desk()

    @property
    def skipped(self) -> list[Skipped]:
        """What could not be used."""
        return self._desk.skipped

    def __iter__(self) -> Iterator[Article]:
        return articles_of(self.file.source, self._desk)
