"""Looking after an archive: whether it is whole and consistent, and giving back the room that it no longer needs."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator

from riwaya.archive import reindexing
from riwaya.archive.database import checkpoint
from riwaya.archive.graph import Graph, place_of
from riwaya.archive.numbers import id_of, number_of
from riwaya.archive.reading import Reader
from riwaya.errors import ArchiveError
from riwaya.ids import stable_id
from riwaya.pipeline import Progress
from riwaya.relate.neighbours import edges, in_order
from riwaya.relate.stories import average_link, least_tie
from riwaya.settings.archive import ARCHIVE
from riwaya.settings.stories import STORIES

_SHOWN = 10  # of the faults of one kind

_NONE_OF = {
    "reports of no story": "SELECT id FROM article WHERE story IS NULL OR story NOT IN (SELECT n FROM story)",
    "reports without a text": "SELECT id FROM article WHERE n NOT IN (SELECT n FROM content)",
    "reports whose title, outlet, link or date is no text": "SELECT id FROM article"
    " WHERE 'blob' IN (typeof(title), typeof(outlet), typeof(url), typeof(path), typeof(published))",
    "texts of no report": "SELECT n FROM content WHERE n NOT IN (SELECT n FROM article)",
    "pages of no report": "SELECT n FROM page WHERE n NOT IN (SELECT n FROM article)",
    "edges without their other side": "SELECT a || '-' || b FROM edge AS e WHERE NOT EXISTS"
    " (SELECT 1 FROM edge AS o WHERE o.a = e.b AND o.b = e.a AND o.weight = e.weight AND o.copied = e.copied)",
    "edges of no report": "SELECT DISTINCT a FROM edge WHERE a NOT IN (SELECT n FROM article)",
    "joins of no story": "SELECT n FROM cluster WHERE n NOT IN (SELECT cluster FROM article WHERE cluster NOT NULL)",
    "stories of no report": "SELECT n FROM story WHERE n NOT IN (SELECT story FROM article WHERE story NOT NULL)",
    "stories that count their reports wrong": "SELECT n FROM story WHERE NOT stale AND articles <>"
    " (SELECT count(*) FROM article WHERE article.story = story.n)",
    "stories that are neither woven nor waiting for it": "SELECT n FROM story WHERE NOT stale"
    " AND n NOT IN (SELECT story FROM dossier)",
    "dossiers of no story": "SELECT story FROM dossier WHERE story NOT IN (SELECT n FROM story)",
    "names of no story": "SELECT DISTINCT story FROM entity WHERE story NOT IN (SELECT n FROM story)",
    "statements of no story": "SELECT DISTINCT story FROM statement WHERE story NOT IN (SELECT n FROM story)",
    "redirects to no story": "SELECT old FROM redirect WHERE founder NOT IN (SELECT n FROM article)",
}  # what must not be -> what finds it


def check(connection: sqlite3.Connection, reader: Reader, progress: Progress) -> list[str]:
    """What is wrong with an archive, one line each; nothing where it is whole.

    The file itself; then every table against those that it refers to, and the search index; then of some stories, the largest and
    others by chance, whether their dossiers can be read, their spans resolve, and their reports
    can be read and are those that the graph gives.
    """
    whole = [told for (told,) in connection.execute("PRAGMA integrity_check(10)") if told != "ok"]
    if whole:
        return [f"the file is damaged: {told}" for told in whole]
    found: list[str] = []
    steps: list[Callable[[], Iterator[str]]] = [
        lambda: _tables(connection),
        lambda: _fingerprints(connection),
        lambda: iter(reindexing.problems(connection)),
    ]
    for done, step in enumerate(steps):
        progress("check", done, len(steps))
        found += step()
    return found or _samples(connection, reader, progress)


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    for what, query in _NONE_OF.items():
        rows = connection.execute(f"SELECT * FROM ({query}) LIMIT {_SHOWN + 1}").fetchall()
        if rows:
            more = ", ..." if len(rows) > _SHOWN else ""
            yield f"{what}: {', '.join(str(one) for (one,) in rows[:_SHOWN])}{more}"


def _fingerprints(connection: sqlite3.Connection) -> Iterator[str]:
    held = {place for (place,) in connection.execute("SELECT place FROM fingerprint")}
    wanted = {place_of(day, n) for n, day in connection.execute("SELECT n, day FROM article")}
    if held != wanted:
        yield f"fingerprints: {len(wanted - held)} are missing, {len(held - wanted)} belong to no report"


def _samples(connection: sqlite3.Connection, reader: Reader, progress: Progress) -> list[str]:
    """Some stories looked at closely: the largest, and others by chance (the same ones as long as the archive is the same)."""
    rows = [n for (n,) in connection.execute("SELECT n FROM story WHERE NOT stale ORDER BY articles DESC, n")]
    some = rows[: ARCHIVE.checked // 2]
    some += random.Random(len(rows)).sample(rows[len(some) :], min(len(rows) - len(some), ARCHIVE.checked // 2))
    graph = Graph(connection)
    found: list[str] = []
    for done, story in enumerate(some):
        progress("check stories", done, len(some))
        looks = (_dossier(connection, reader, story), _reports(reader, story), _cluster(connection, graph, story))
        for look in looks:
            try:
                found += look
            except ArchiveError as error:  # it is one fault; there may be others
                found.append(f"{id_of('s', story)}: cannot be read: {error.__cause__ or error}")
    return found


def _reports(reader: Reader, story: int) -> Iterator[str]:
    """Whether the reports of a story, not of the very largest, and their marks can be read."""
    ids, members = reader.members(story)
    for article_id, stored in zip(ids, members, strict=True) if len(ids) <= ARCHIVE.checked_size else ():
        try:
            stored.read(reader.unpack)
        except ArchiveError as error:
            yield f"{article_id}: the report cannot be read: {error.__cause__ or error}"


def _dossier(connection: sqlite3.Connection, reader: Reader, story: int) -> Iterator[str]:
    told = id_of("s", story)
    dossier = reader.dossier(story)
    if dossier is None:
        return
    members = {i for (i,) in connection.execute("SELECT id FROM article WHERE story = ?", (story,))}
    if {a.id for a in dossier.articles} != members:
        yield f"{told}: its dossier is of other reports than the story"
    sizes = {a.id: len(a.text) for a in dossier.articles}
    spans = [s for one in dossier.statements for s in one.spans] + [s for one in dossier.entities for s in one.mentions]
    if any(not 0 <= s.start <= s.end <= sizes.get(s.article_id, -1) for s in spans):
        yield f"{told}: spans that lead nowhere"
    if number_of(stable_id("s", min(members))) != story:
        yield f"{told}: its id is not that of its reports"


def _cluster(connection: sqlite3.Connection, graph: Graph, story: int) -> Iterator[str]:
    """Whether the reports that a story's reports are joined with are those that come of joining their edges anew."""
    ids = json.dumps([n for (n,) in connection.execute("SELECT DISTINCT cluster FROM article WHERE story = ?", (story,))])
    rows = connection.execute(
        "SELECT n, id, cluster FROM article WHERE cluster IN (SELECT value FROM json_each(?)) ORDER BY id", (ids,)
    ).fetchall()
    if len({cluster for *_, cluster in rows}) > 1 or len(rows) > ARCHIVE.checked_size:  # joined by hand, or very many
        return
    place = {n: at for at, (n, _, _) in enumerate(rows)}
    held = {(max(a, b), min(a, b)): w for a, b, w, _ in graph.neighbours(list(place)) if b in place}
    prints = graph.prints(place)
    numbers = {f.article_id: n for n, f in prints.items()}
    ordered = in_order(prints.values())
    again = edges(ordered)
    ends = [numbers[f.article_id] for f in ordered]
    pairs = zip(again.first.tolist(), again.second.tolist(), again.weight.tolist(), strict=True)
    made = {(max(ends[a], ends[b]), min(ends[a], ends[b])): w for a, b, w in pairs}
    if held != made:
        yield f"{id_of('s', story)}: its edges are not those of its reports"
    links = [(max(place[a], place[b]), min(place[a], place[b]), w) for (a, b), w in held.items()]
    if len(average_link(len(place), links, least_tie(), STORIES.best_pair)) != 1:
        yield f"{id_of('s', story)}: its edges do not make it one story"


def compact(connection: sqlite3.Connection) -> None:
    """Drop what nothing refers to, and give back the room that is free.

    Needs, for as long as it takes, as much room again as the archive has.
    """
    for table in ("dossier", "entity", "statement", "cited", "aside"):
        connection.execute(f"DELETE FROM {table} WHERE story NOT IN (SELECT n FROM story)")
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.execute("ANALYZE")
    checkpoint(connection)
