"""The search index and the names made again from what the archive holds."""

from __future__ import annotations

import sqlite3

from riwaya.archive import index, names
from riwaya.archive.database import transaction
from riwaya.archive.extracts import as_indexed
from riwaya.archive.numbers import number_of
from riwaya.archive.reading import Reader
from riwaya.pipeline import Progress

_TOGETHER = 256  # reports written at a time; the number decides nothing but memory


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is not in step, one line each."""
    return [*index.problems(connection), *names.problems(connection)]


def reindex(connection: sqlite3.Connection, reader: Reader, progress: Progress) -> int:
    """Make both again, in one transaction; how many reports were indexed."""
    with transaction(connection):
        index.clear(connection)
        names.clear(connection)
        count = _words(connection, reader, progress)
        _names(connection, reader, progress)
    return count


def _words(connection: sqlite3.Connection, reader: Reader, progress: Progress) -> int:
    rows = connection.execute("SELECT n, id FROM article ORDER BY day, n").fetchall()
    for first in range(0, len(rows), _TOGETHER):
        some = rows[first : first + _TOGETHER]
        stored = [(article_id, as_indexed(reader.stored(n), reader.unpack)) for n, article_id in some]
        index.enter(connection, [(article_id, index.words_of(article)) for article_id, article in stored])
        progress("index", first + len(some), len(rows))
    return len(rows)


def _names(connection: sqlite3.Connection, reader: Reader, progress: Progress) -> None:
    rows = connection.execute("SELECT n FROM story WHERE revision ORDER BY n").fetchall()
    for done, (story,) in enumerate(rows, 1):
        dossier = reader.dossier(story)
        if dossier is None:
            continue
        keys = dict(connection.execute("SELECT id, known FROM entity WHERE story = ?", (story,)))
        known = {e.id: (key := keys[number_of(e.id)], key != names.unclear(e)) for e in dossier.entities}
        names.enter(connection, story, names.rows_of(dossier, known))
        index.put_said(connection, index.said_by(dossier))
        progress("names", done, len(rows))
