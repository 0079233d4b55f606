"""Alerts in an archive: each is kept once."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Set
from dataclasses import replace

from riwaya.archive.database import transaction
from riwaya.model import Alert, Span
from riwaya.serial.packed import readable

_UNTOLD = "untold"  # in `meta`: ids of reports, as JSON


def keep_alerts(connection: sqlite3.Connection, alerts: Iterable[Alert]) -> list[Alert]:
    """Write alerts; those that were not there, numbered and dated."""
    kept, now = [], int(time.time())
    with transaction(connection):
        for alert in alerts:
            body = {"title": alert.title, "ar": alert.ar, "en": alert.en,
                    "spans": [[s.article_id, s.start, s.end] for s in alert.spans]}  # fmt: skip
            row = connection.execute(
                "INSERT INTO alert (id, made, kind, story_id, body) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (id) DO NOTHING RETURNING n",
                (alert.id, now, alert.kind, alert.story_id, json.dumps(body, ensure_ascii=False)),
            ).fetchone()
            if row:
                kept.append(replace(alert, number=row[0], made=now))
    return kept


def untold(connection: sqlite3.Connection) -> set[str]:
    """The ids of reports whose coming may not have been told: whoever was to compare their stories was cut before it did."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_UNTOLD,)).fetchone()
    with readable():
        return set(json.loads(row[0])) if row else set()


def note_untold(connection: sqlite3.Connection, coming: Set[str], told: Set[str] = frozenset()) -> None:
    """Note reports before they are added, and that others have been told of: so a cut in between loses no alert."""
    with transaction(connection):
        now = (untold(connection) | coming) - told
        if now:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_UNTOLD, json.dumps(sorted(now))))
        else:
            connection.execute("DELETE FROM meta WHERE name = ?", (_UNTOLD,))


def kept_alerts(
    connection: sqlite3.Connection,
    resolve: Callable[[str], str | None],
    after: int,
    story_id: str | None,
    limit: int,
    offset: int = 0,
) -> list[Alert]:
    """Alerts, the newest first; `resolve` gives a story's present id."""
    where, values = _which(after, story_id)
    rows = connection.execute(
        f"SELECT n, id, made, kind, story_id, body FROM alert WHERE {where} ORDER BY n DESC LIMIT ? OFFSET ?",
        (*values, limit, offset),
    ).fetchall()
    return [_alert(row, resolve) for row in rows]


def count_alerts(connection: sqlite3.Connection, after: int, story_id: str | None) -> int:
    """How many there are."""
    where, values = _which(after, story_id)
    count: int = connection.execute(f"SELECT count(*) FROM alert WHERE {where}", values).fetchone()[0]
    return count


def _which(after: int, story_id: str | None) -> tuple[str, list[object]]:
    if story_id is None:
        return "n > ?", [after]
    return "n > ? AND (story_id = ? OR story_id IN (SELECT old FROM redirect WHERE new = ?))", [after, story_id, story_id]


def _alert(row: tuple[int, str, int, str, str, str], resolve: Callable[[str], str | None]) -> Alert:
    number, alert_id, made, kind, story_id, body = row
    held = json.loads(body)
    return Alert(
        alert_id, kind, resolve(story_id) or story_id, held["title"], held["ar"], held["en"],  # type: ignore[arg-type]
        tuple(Span(*s) for s in held["spans"]), number, made,
    )  # fmt: skip
