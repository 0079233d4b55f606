"""What is remembered of sources, kept in the archive that their reports go to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, fields
from itertools import islice
from typing import Any

from riwaya.archive import Archive
from riwaya.archive.database import explained, transaction
from riwaya.watch.state import Seen, SourceState

_SOURCE = ", ".join(f.name for f in fields(SourceState))
_SEEN = ", ".join(f.name for f in fields(Seen))
_AT_ONCE = 500  # values in one query; SQLite takes 32,766


class ArchiveStore:
    """The tables `source` and `seen` of an archive: a `StateStore`. Reading works on an archive open for reading too."""

    def __init__(self, archive: Archive) -> None:
        self._db = archive.connection
        self._path = archive.path

    def sources(self) -> Sequence[SourceState]:
        """As in StateStore."""
        return [SourceState(*row) for row in self._rows(f"SELECT {_SOURCE} FROM source ORDER BY source")]

    def source(self, name: str) -> SourceState | None:
        """As in StateStore."""
        found = self._rows(f"SELECT {_SOURCE} FROM source WHERE source = ?", name)
        return SourceState(*found[0]) if found else None

    def seen(self, source: str, urls: Collection[str]) -> dict[str, Seen]:
        """As in StateStore."""
        known: dict[str, Seen] = {}
        for some in _some(urls):
            marks = ", ".join("?" * len(some))
            for row in self._rows(f"SELECT {_SEEN} FROM seen WHERE source = ? AND url IN ({marks})", source, *some):
                one = Seen(*row)
                known[one.url] = one
        return known

    def due(self, source: str, now: float, limit: int) -> Sequence[Seen]:
        """As in StateStore."""
        where = "source = ? AND next_check <= ? ORDER BY next_check, url LIMIT ?"
        return [Seen(*row) for row in self._rows(f"SELECT {_SEEN} FROM seen WHERE {where}", source, now, limit)]

    def keep(self, state: SourceState | None, seen: Iterable[Seen] = ()) -> None:
        """As in StateStore."""
        with explained(self._path), transaction(self._db):
            if state is not None:
                self._put("source", astuple(state))
            for one in seen:
                self._put("seen", astuple(one))

    def _put(self, table: str, row: tuple[Any, ...]) -> None:
        columns = _SOURCE if table == "source" else _SEEN
        self._db.execute(f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})", row)

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with explained(self._path):
            return self._db.execute(query, values).fetchall()


def _some(items: Iterable[str]) -> Iterator[list[str]]:
    source = iter(items)
    while some := list(islice(source, _AT_ONCE)):
        yield some
