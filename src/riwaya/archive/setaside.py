"""What an archive sets aside: inputs that could not be used, and reports that came twice."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence

from riwaya.model import Skipped


def keep_skipped(connection: sqlite3.Connection, skipped: Iterable[Skipped]) -> None:
    """Note what was skipped and why. Inside a transaction."""
    now = int(time.time())
    connection.executemany("INSERT OR IGNORE INTO skipped VALUES (?, ?, ?)", [(s.path, s.reason, now) for s in skipped])


def came_again(connection: sqlite3.Connection, again: Sequence[tuple[str, str]]) -> set[int]:
    """Note reports that came again, by path and article id; the smallest path of a report is the one kept, whichever came first.

    Returns:
        The numbers of the stories that name a report by another path now. Inside a transaction.
    """
    touched: set[int] = set()
    for path, article_id in again:
        row = connection.execute("SELECT path, story FROM article WHERE id = ?", (article_id,)).fetchone()
        if row is None or row[0] == path:  # it could not be used, or the very same file came again
            continue
        connection.execute("INSERT OR IGNORE INTO duplicate VALUES (?, ?)", (max(path, row[0]), article_id))
        if path < row[0]:
            connection.execute("DELETE FROM duplicate WHERE path = ? AND article_id = ?", (path, article_id))
            connection.execute("UPDATE article SET path = ? WHERE id = ?", (path, article_id))
            touched.add(row[1])
    return touched
