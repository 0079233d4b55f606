"""Who is adding to an archive: a note that outlives its process tells the next one that adding was cut, and when."""

from __future__ import annotations

import os
import socket
import sqlite3
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from riwaya.archive.database import transaction


@dataclass(frozen=True, slots=True)
class Cut:
    """Adding that ended before its time: when it began (ISO, UTC), and how many reports had come in by then."""

    started: str
    articles: int

    def line(self) -> str:
        """What to tell the user."""
        return (
            f"adding that began {self.started} was cut after {self.articles} reports; those are here, the batch in flight is not:"
            " add the same input again, what is known is passed over"
        )


def begin(connection: sqlite3.Connection) -> int:
    """Note that this process adds; the note's number."""
    with transaction(connection):
        number = connection.execute(
            "INSERT INTO batch (started, pid, born, host, articles) VALUES (?, ?, ?, ?, 0)",
            (int(time.time()), os.getpid(), _born(os.getpid()), socket.gethostname()),
        ).lastrowid
    assert number is not None
    return number


def advance(connection: sqlite3.Connection, number: int, articles: int) -> None:
    """Note that so many more reports have come in. Inside the transaction that brings them."""
    connection.execute("UPDATE batch SET articles = articles + ? WHERE n = ?", (articles, number))


def end(connection: sqlite3.Connection, number: int) -> None:
    """All has come in. Inside a transaction."""
    connection.execute("DELETE FROM batch WHERE n = ?", (number,))


def cuts(connection: sqlite3.Connection) -> list[Cut]:
    """The notes of processes that are no more."""
    return [
        Cut(datetime.fromtimestamp(started, UTC).strftime("%Y-%m-%d %H:%M:%S UTC"), articles)
        for _, started, articles in _dead(connection)
    ]


def forget_cuts(connection: sqlite3.Connection) -> None:
    """Remove those notes: the user has been told."""
    dead = _dead(connection)
    if dead:
        with transaction(connection):
            connection.executemany("DELETE FROM batch WHERE n = ?", [(n,) for n, _, _ in dead])


def _dead(connection: sqlite3.Connection) -> list[tuple[int, int, int]]:
    rows = connection.execute("SELECT n, started, articles, pid, born, host FROM batch ORDER BY n").fetchall()
    return [row[:3] for row in rows if not _alive(*row[3:])]


def _alive(pid: int, born: str, host: str) -> bool:
    """Whether a process still runs. Of another machine nothing is known: it is taken to run."""
    if host != socket.gethostname():
        return True
    if pid != os.getpid():
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except OSError:  # it is another user's
            return True
    return _born(pid) == born


def _born(pid: int) -> str:
    """What tells a process from a later one of the same number: when it began, as Linux counts it; empty elsewhere."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
