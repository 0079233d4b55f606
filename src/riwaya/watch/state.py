"""What is remembered of a source between two visits, and who keeps it.

The archive keeps it in two tables, in the same file as the reports: `source` (one row a source, the fields of `SourceState`) and
`seen` (one row a page or file of a source, the fields of `Seen`, unique in source and url). Times are seconds since 1970, UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

SourceKind = Literal["feed", "sitemap", "folder", "stdin"]


@dataclass(frozen=True, slots=True)
class SourceState:
    """One source, after its last visit."""

    source: str  # as given: a URL, the path of a folder, "-"
    kind: SourceKind | None = None  # found by its content at the first visit
    etag: str | None = None  # of the feed or sitemap, for the next conditional request
    last_modified: str | None = None
    next_due: float = 0.0  # not visited before
    last_try: float | None = None
    last_success: float | None = None
    errors: int = 0  # in a row
    error: str | None = None  # the last one, as one line; None after a success
    reports: int = 0  # handed to the archive so far, versions of known pages not counted
    versions: int = 0  # later versions of known pages handed to the archive so far


@dataclass(frozen=True, slots=True)
class Seen:
    """One page of a feed or sitemap, or one file of a folder, after it was last read."""

    source: str
    url: str  # of the page; the path of a file within its folder
    first: float  # when it was first seen
    checked: float | None = None  # when it was last fetched or read; None: listed, still to be fetched
    mark: str = ""  # what the source said of it then (date of change, hash of the entry; a file's size and time)
    digest: str | None = None  # of the headline and text that were read; None where none could be
    etag: str | None = None  # of the page, for the next conditional request
    last_modified: str | None = None
    next_check: float | None = None  # when it is looked at again for silent edits; None: only if the source says it changed
    errors: int = 0  # in a row
    outlet: str | None = None  # as the source gives it, for the next time the page is read
    published: str | None = None


class StateStore(Protocol):
    """Where states are kept. Used from one thread."""

    def sources(self) -> Sequence[SourceState]:
        """Every source ever visited, in the order of their names."""

    def source(self, name: str) -> SourceState | None:
        """One source, or None where it was never visited."""

    def seen(self, source: str, urls: Collection[str]) -> dict[str, Seen]:
        """What is remembered of these pages of one source, by URL; unknown ones are absent."""

    def due(self, source: str, now: float, limit: int) -> Sequence[Seen]:
        """The pages of one source whose `next_check` has come, the longest overdue first, at most `limit`."""

    def keep(self, state: SourceState | None, seen: Iterable[Seen] = ()) -> None:
        """Write a source's state (None: leave it) and pages, replacing what was there, in one transaction."""
