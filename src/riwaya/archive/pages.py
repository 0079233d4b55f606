"""The pages of outlets in an archive: which of their lines are furniture, settled anew when pages come.

Whether a line is furniture follows from the outlet's pages within `RELATE.shared_days` of its own, so that only those around the
days that changed are laid beside each other. For an outlet with undated pages it is all: these count everywhere.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from riwaya.model import Furniture
from riwaya.relate.shared_lines import KIND, NO_DAY, Bools, Page, repeated
from riwaya.settings.relate import RELATE

_SPAN = struct.Struct("<II")


class PageRow(NamedTuple):
    """A page as it lies in the archive: columns of `page`."""

    site: str
    day: int
    text: bytes
    keys: bytes
    edges: bytes
    spans: bytes


def row_of(page: Page) -> PageRow:
    """A page's lines, ready to be written."""
    return PageRow(
        page.outlet,
        NO_DAY if page.day is None else page.day,
        page.text.to_bytes(8, "little"),
        b"".join([line.key.to_bytes(8, "little") for line in page.lines]),
        bytes(line.edge for line in page.lines),
        b"".join([_SPAN.pack(line.start, line.end) for line in page.lines]),
    )


def enter(connection: sqlite3.Connection, pages: Iterable[tuple[int, PageRow]]) -> None:
    """Write pages by the numbers of their reports; nothing follows from it yet."""
    connection.executemany(
        "INSERT OR REPLACE INTO page (site, day, n, text, keys, edges, spans) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(p.site, p.day, n, p.text, p.keys, p.edges, p.spans) for n, p in pages],
    )


def settle(connection: sqlite3.Connection, pages: Iterable[PageRow]) -> dict[int, tuple[Furniture, ...]]:
    """What follows from pages that were written, or taken away: the reports whose furniture is other than it was.

    Returns:
        Number of report -> its shared furniture now. It is noted with the pages, not with the reports.
    """
    days: dict[str, set[int]] = {}
    for page in pages:
        days.setdefault(page.site, set()).add(page.day)
    changed: dict[int, tuple[Furniture, ...]] = {}
    for site, touched in sorted(days.items()):
        for low, high in _around(connection, site, touched):
            changed |= _settle_days(connection, site, low, high)
    return changed


def _around(connection: sqlite3.Connection, site: str, touched: set[int]) -> list[tuple[int, int]]:
    """The days within reach of those touched, as stretches that lie apart: first and last of each."""
    if connection.execute("SELECT 1 FROM page WHERE site = ? AND day = ?", (site, NO_DAY)).fetchone() or NO_DAY in touched:
        return [(0, NO_DAY)]
    found: list[tuple[int, int]] = []
    for day in sorted(touched):
        low, high = day - RELATE.shared_days, day + RELATE.shared_days
        if found and low <= found[-1][1]:
            low = found.pop()[0]
        found.append((low, high))
    return found


def _settle_days(connection: sqlite3.Connection, site: str, low: int, high: int) -> Mapping[int, tuple[Furniture, ...]]:
    reach = RELATE.shared_days
    rows = connection.execute(
        "SELECT day, n, text, keys, edges, shown FROM page WHERE site = ? AND day BETWEEN ? AND ?",
        (site, low - reach, high + reach),
    ).fetchall()
    days = np.array([row[0] for row in rows], np.int64)
    sizes = np.array([len(row[4]) for row in rows], np.int64)
    owner = np.repeat(np.arange(len(rows)), sizes)
    edges = np.frombuffer(b"".join([row[4] for row in rows]), np.bool_)
    was = np.frombuffer(b"".join([row[5] or bytes(len(row[4])) for row in rows]), np.bool_)
    shown = repeated(
        days,
        np.frombuffer(b"".join([row[2] for row in rows]), "<u8"),
        owner,
        np.frombuffer(b"".join([row[3] for row in rows]), "<u8"),
        edges,
    )
    other = np.unique(owner[shown != was])
    other = other[(days[other] >= low) & (days[other] <= high)]  # of those further out not all neighbours are here
    starts = np.cumsum(sizes) - sizes
    changed = {}
    for at in other.tolist():
        day, n = rows[at][:2]
        changed[n] = _note(connection, (site, day, n), shown[starts[at] : starts[at] + sizes[at]])
    return changed


def _note(connection: sqlite3.Connection, key: tuple[str, int, int], shown: Bools) -> tuple[Furniture, ...]:
    (spans,) = connection.execute(
        "UPDATE page SET shown = ? WHERE site = ? AND day = ? AND n = ? RETURNING spans",
        (shown.tobytes() if shown.any() else None, *key),
    ).fetchone()
    places = zip(_SPAN.iter_unpack(spans), shown.tolist(), strict=True)
    return tuple(Furniture(start, end, KIND) for (start, end), is_one in places if is_one)
