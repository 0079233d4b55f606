"""The graph of an archive's reports: which may be of one story, kept in step with the reports at the cost of those that change.

What is needed of the days around the reports that come stays in memory from batch to batch, until another process has written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from riwaya.archive.work import pack_fingerprint, unpack_fingerprint
from riwaya.relate.fingerprints import Fingerprint
from riwaya.relate.neighbours import Edges, NearIndex
from riwaya.relate.regroup import Held
from riwaya.settings.archive import ARCHIVE
from riwaya.settings.stories import STORIES

_DAY = 40  # bits of a place below its day
_NUMBER = (1 << _DAY) - 1
_UNDATED = 1 << 22  # the day of those that have none: after every day


def place_of(day: int | None, n: int) -> int:
    """Where a report's fingerprint lies: by day, then by number."""
    return (_UNDATED if day is None else day) << _DAY | n


class Graph:
    """The edges of an archive, for one writer; what `relate.regroup` calls a keeper. To be used inside transactions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._near = NearIndex()
        self._days: set[int] = set()  # held in full
        self._state: int | None = None  # of the archive's fingerprints, as this process left it

    # -- keeping the edges

    def put(self, prints: Mapping[int, Fingerprint]) -> None:
        """Enter reports, or enter them anew with other fingerprints; their edges are then those of now."""
        self._catch_up()
        self._forget(prints)
        dated = {f.day for f in prints.values() if f.day is not None}
        if dated:
            self._hold({near for day in dated for near in range(day - STORIES.days, day + STORIES.days + 1)})
        self._hold({_UNDATED})
        parts = [self._near.add(list(prints), list(prints.values()))]
        undated = {n: f for n, f in prints.items() if f.day is None}
        if undated:
            parts += self._far(undated)
        self._db.executemany(
            "INSERT INTO fingerprint VALUES (?, ?)", sorted((place_of(f.day, n), pack_fingerprint(f)) for n, f in prints.items())
        )
        self._write(parts)
        self._note()

    def _forget(self, prints: Mapping[int, Fingerprint]) -> None:
        """Of those that were entered before, the fingerprints and the edges go."""
        known = self._of("SELECT n, day FROM article WHERE n IN ({}) AND cluster NOT NULL", prints)
        self._db.executemany("DELETE FROM fingerprint WHERE place = ?", [(place_of(day, n),) for n, day in known])
        moved = [(prints[n].day, n) for n, day in known if day != prints[n].day]
        self._db.executemany("UPDATE article SET day = ? WHERE n = ?", moved)
        held = self._of("SELECT a, b FROM edge WHERE a IN ({})", [n for n, _ in known])
        self._db.executemany("DELETE FROM edge WHERE a = ? AND b = ?", [*held, *[(b, a) for a, b in held]])

    def _write(self, parts: Iterable[Edges]) -> None:
        found = Edges.of(parts)
        sides = (found.first.tolist(), found.second.tolist())
        values = (found.weight.tolist(), found.copied.tolist())
        rows = [*zip(*sides, *values, strict=True), *zip(*reversed(sides), *values, strict=True)]
        self._db.executemany("INSERT INTO edge VALUES (?, ?, ?, ?)", sorted(rows))

    # -- what is in memory

    def _catch_up(self) -> None:
        row = self._db.execute("SELECT value FROM meta WHERE name = 'prints'").fetchone()
        if self._state is None or row[0] != str(self._state):
            self._near, self._days = NearIndex(), set()

    def _note(self) -> None:
        (state,) = self._db.execute(
            "INSERT INTO meta VALUES ('prints', '1') ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
        ).fetchone()
        self._state = int(state)

    def forget(self) -> None:
        """A transaction was undone: what is in memory may be ahead of the file."""
        self._state = None

    def _hold(self, days: set[int]) -> None:
        """Hold all reports of these days."""
        for start, end in _runs(sorted(days - self._days)):
            rows = self._db.execute(
                "SELECT place, data FROM fingerprint WHERE place >= ? AND place < ?", (start << _DAY, (end + 1) << _DAY)
            )
            prints = {n: data for place, data in rows if (n := place & _NUMBER) not in self._near}
            self._near.load(list(prints), [unpack_fingerprint(data) for data in prints.values()])
        self._days |= days
        if _UNDATED not in days and len(self._near) > ARCHIVE.near:
            self._near.keep(days)
            self._days &= {*days, _UNDATED}

    def _far(self, undated: Mapping[int, Fingerprint]) -> Iterable[Edges]:
        """The edges of undated reports with those that are not in memory."""
        index = NearIndex()
        index.load(list(undated), list(undated.values()))
        rows = self._db.execute("SELECT place, data FROM fingerprint WHERE place < ?", (_UNDATED << _DAY,))
        while portion := rows.fetchmany(ARCHIVE.batch):
            far = [(place & _NUMBER, data) for place, data in portion if place & _NUMBER not in self._near]
            yield index.meet([n for n, _ in far], [unpack_fingerprint(data) for _, data in far])

    # -- what regroup asks (`relate.regroup.Keeper`)

    def neighbours(self, reports: Sequence[int]) -> Iterable[tuple[int, int, int, int]]:
        """See `Keeper.neighbours`."""
        return self._of("SELECT a, b, weight, copied FROM edge WHERE a IN ({})", reports)

    def stories_of(self, reports: Sequence[int]) -> Mapping[int, int]:
        """See `Keeper.stories_of`."""
        return dict(self._of("SELECT n, cluster FROM article WHERE n IN ({}) AND cluster NOT NULL", reports))

    def stories(self, numbers: Sequence[int]) -> Mapping[int, Held]:
        """See `Keeper.stories`."""
        members: dict[int, dict[int, str]] = {number: {} for number in numbers}
        for number, n, article_id in self._of("SELECT cluster, n, id FROM article WHERE cluster IN ({})", numbers):
            members[number][n] = article_id
        merges: dict[int, bytes] = dict(self._of("SELECT n, merges FROM cluster WHERE n IN ({})", numbers))
        return {number: Held(members[number], merges.get(number, b"")) for number in numbers}

    def prints(self, reports: Iterable[int]) -> dict[int, Fingerprint]:
        """The fingerprints of some reports."""
        places = {place_of(day, n): n for n, day in self._of("SELECT n, day FROM article WHERE n IN ({})", reports)}
        rows = self._of("SELECT place, data FROM fingerprint WHERE place IN ({})", places)
        return {places[place]: unpack_fingerprint(data) for place, data in rows}

    def _of(self, query: str, numbers: Iterable[int]) -> list[Any]:
        """The rows of a query over some numbers."""
        told = query.format("SELECT value FROM json_each(?)")
        return self._db.execute(told, (json.dumps(list(numbers)),)).fetchall()


def _runs(days: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Days in order as stretches: first and last of each."""
    start = 0
    for at in range(1, len(days) + 1):
        if at == len(days) or days[at] != days[at - 1] + 1:
            yield days[start], days[at - 1]
            start = at
