"""The search index of an archive: what it holds of a report, written in the transaction that brings the report.

An FTS5 table without content of its own: it is given the tokens that `terms` makes, and the text is read back from the report. A
report's number there (`doc`) begins with its day, so that the newest come first without sorting and days are a range. `term`
counts in how many reports each word stands: it tells which words the archive knows and completes a word that is being typed.
"""

from __future__ import annotations

import sqlite3
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from riwaya.arabic.words import words
from riwaya.archive.numbers import number_of
from riwaya.archive.terms import outlet_token, reported, tokens
from riwaya.model import Article, Dossier
from riwaya.serial.packed import readable

Standing = Literal["corroborated", "repeated", "single", "disputed"]
STANDINGS: tuple[Standing, ...] = ("corroborated", "repeated", "single", "disputed")  # bits of indexed.standings, in order
DAY = 32  # bits of a doc below its day
NUMBER = (1 << DAY) - 1
_SAID = struct.Struct("<IIqB")  # start, end, statement, standing bits


class Indexed(NamedTuple):
    """One report's words as they are indexed."""

    title: str
    body: str


def words_of(article: Article) -> Indexed:
    """What the index keeps of a report. Made by the workers."""
    cut = words(article.text)
    stream = tokens(cut)
    body = " ".join(t for i in reported(article, cut) if (t := stream[i]))
    return Indexed(" ".join(t for t in tokens(words(article.title or "")) if t), body)


def doc_of(day: int | None, n: int) -> int:
    """A report's number in the index: those of later days are greater, those without a day the least."""
    return ((day or 0) << DAY) | n


def enter(connection: sqlite3.Connection, reports: Iterable[tuple[str, Indexed]]) -> None:
    """Index reports that the archive has (id and words). Inside the transaction that brings them."""
    rows: list[tuple[int, str, str, str]] = []
    often: Counter[str] = Counter()
    for article_id, found in reports:
        n, day, outlet = connection.execute("SELECT n, day, outlet FROM article WHERE id = ?", (article_id,)).fetchone()
        with readable():
            rows.append((doc_of(day, n), found.title, found.body, outlet_token(outlet) if outlet else ""))
        often.update({*found.title.split(), *found.body.split()})
    connection.executemany("INSERT INTO search (rowid, title, body, outlet) VALUES (?, ?, ?, ?)", sorted(rows))
    connection.executemany("INSERT INTO indexed (doc, n) VALUES (?, ?)", [(row[0], row[0] & NUMBER) for row in rows])
    connection.executemany(
        "INSERT INTO term VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET reports = reports + excluded.reports",
        sorted(often.items()),
    )


class Said(NamedTuple):
    """Where a report makes a statement of its story, and how the statement stands."""

    start: int
    end: int
    statement: int
    standings: int


def said_by(dossier: Dossier) -> list[tuple[str, bytes]]:
    """What each report of a dossier states, packed: its id and `Said`s. Made by the workers."""
    found: dict[str, list[Said]] = {a.id: [] for a in dossier.articles}
    for s in dossier.statements:
        bits = 1 << STANDINGS.index(s.standing) | s.disputed << 3
        for span in s.spans:
            found[span.article_id].append(Said(span.start, span.end, number_of(s.id), bits))
    return [(i, b"".join(_SAID.pack(*one) for one in sorted(said))) for i, said in sorted(found.items())]


def put_said(connection: sqlite3.Connection, reports: Iterable[tuple[str, bytes]]) -> None:
    """Keep what reports state, as their story's dossier has it now. Inside the transaction that writes the dossier."""
    for article_id, packed in reports:
        bits = 0
        for *_, standings in _SAID.iter_unpack(packed):
            bits |= standings
        connection.execute(
            "UPDATE indexed SET standings = ?, said = ? WHERE n = (SELECT n FROM article WHERE id = ?)",
            (bits, packed or None, article_id),
        )


def said_in(packed: bytes) -> Iterator[Said]:
    """What was packed by `said_by`."""
    return (Said(*one) for one in _SAID.iter_unpack(packed))


def clear(connection: sqlite3.Connection) -> None:
    """Empty the index, to be filled again. Inside a transaction."""
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    connection.execute("DELETE FROM term")
    connection.execute("DELETE FROM indexed")


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the index, one line each; `riwaya archive reindex` mends it."""
    found = []
    (articles,) = connection.execute("SELECT count(*) FROM article").fetchone()
    (held,) = connection.execute("SELECT count(*) FROM search_docsize").fetchone()
    (lost,) = connection.execute(
        "SELECT count(*) FROM article WHERE n NOT IN (SELECT n FROM indexed)"
    ).fetchone()
    if held != articles or lost:
        found.append(f"the search index has {held} reports, {articles - lost} of the archive's {articles}")
    return found
