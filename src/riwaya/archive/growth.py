"""How an archive grows: reports come in, the stories that they touch are settled anew, and those alone are woven again.

A batch is marked outside any transaction and enters in one: it is in the archive with all that follows from it for the grouping,
or it is not. Stories whose members changed are then stale; `refresh` weaves them, some at a time, each lot in one transaction.
What a process keeps between batches it drops when another process has written (the generation says so).
"""

from __future__ import annotations

import os
import socket
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from riwaya.archive.database import transaction
from riwaya.archive.numbers import id_of, number_of
from riwaya.archive.reading import Reader
from riwaya.archive.work import (
    NewArticle,
    Task,
    WovenStory,
    mark_rows,
    pack_fingerprint,
    unpack_fingerprint,
    unpack_page,
    weave_rows,
)
from riwaya.engines import Engine
from riwaya.model import Article, Reason, Skipped
from riwaya.pipeline import Progress, batched, no_progress
from riwaya.relate.fingerprints import fingerprint
from riwaya.relate.shared_lines import shared_furniture
from riwaya.relate.stories import StoryGroup, group_stories
from riwaya.serial.packed import pack
from riwaya.settings.archive import ARCHIVE
from riwaya.settings.engine import ENGINE


@dataclass
class Added:
    """What came of adding: how many reports were new, how many known, what was skipped, which stories were touched."""

    new: int = 0
    known: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)
    seconds: float = 0.0


class Growth:
    """Writes into one archive."""

    def __init__(self, connection: sqlite3.Connection, reader: Reader, engine: Engine) -> None:
        self._db = connection
        self._reader = reader
        self._engine = engine

    # ------------------------------------------------------------------------------------------------------------ adding

    def add(self, articles: Iterable[Article], progress: Progress = no_progress) -> Added:
        """Add reports, a batch at a time; what is known already is not marked again."""
        added, start = Added(), time.perf_counter()
        for batch in batched(articles, ARCHIVE.batch):
            self._add_batch(batch, added)
            progress("add", added.new + added.known, None)
        skipped = getattr(articles, "skipped", [])
        with transaction(self._db):
            self._keep_skipped(skipped)
        added.skipped += skipped
        added.seconds = time.perf_counter() - start
        return added

    def _add_batch(self, batch: Sequence[Article], added: Added) -> None:
        wanted = self._unknown(batch, added)
        if not wanted:
            return
        with transaction(self._db):
            number = self._db.execute(
                "INSERT INTO batch (started, pid, host, articles) VALUES (?, ?, ?, ?)",
                (int(time.time()), os.getpid(), socket.gethostname(), len(wanted)),
            ).lastrowid
        rows: list[NewArticle] = []
        skipped: list[Skipped] = []
        parallel = len(wanted) >= ENGINE.parallel_from
        for chunk in self._engine.map(mark_rows, batched(wanted, ENGINE.chunk), parallel=parallel):
            for one in chunk:
                (skipped if isinstance(one, Skipped) else rows).append(one)  # type: ignore[arg-type]
        with transaction(self._db):
            self._enter(rows, added)
            self._keep_skipped(skipped)
            self._db.execute("DELETE FROM batch WHERE n = ?", (number,))
        added.skipped += skipped

    def _unknown(self, batch: Sequence[Article], added: Added) -> list[Article]:
        """The articles that the archive has not; of those that it has, the other path is kept."""
        wanted: dict[str, Article] = {}
        again: list[tuple[str, str]] = []
        for article in batch:
            known = self._db.execute("SELECT 1 FROM article WHERE id = ?", (article.id,)).fetchone()
            if known or article.id in wanted:
                again.append((article.path, article.id))
            else:
                wanted[article.id] = article
        added.known += len(again)
        if again:
            self._again(again, wanted)
        return list(wanted.values())

    def _again(self, again: Sequence[tuple[str, str]], wanted: dict[str, Article]) -> None:
        """The smallest path of a report is the one kept, whichever came first."""
        with transaction(self._db):
            for path, article_id in again:
                row = self._db.execute("SELECT path, story FROM article WHERE id = ?", (article_id,)).fetchone()
                had = row[0] if row else wanted[article_id].path
                if path == had:
                    continue
                self._db.execute("INSERT OR IGNORE INTO duplicate VALUES (?, ?)", (max(path, had), article_id))
                if path > had:
                    continue
                if row is None:
                    wanted[article_id] = replace(wanted[article_id], path=path)
                    continue
                self._db.execute("DELETE FROM duplicate WHERE path = ? AND article_id = ?", (path, article_id))
                self._db.execute("UPDATE article SET path = ? WHERE id = ?", (path, article_id))
                self._touch([row[1]], self._next_generation())

    def _keep_skipped(self, skipped: Iterable[Skipped]) -> None:
        now = int(time.time())
        self._db.executemany("INSERT OR IGNORE INTO skipped VALUES (?, ?, ?)", [(s.path, s.reason, now) for s in skipped])

    def _enter(self, rows: Sequence[NewArticle], added: Added) -> None:
        """Write marked reports and settle what follows from them. Inside a transaction."""
        now = int(time.time())
        new: list[NewArticle] = []
        for row in rows:
            done = self._db.execute(
                "INSERT OR IGNORE INTO article (id, outlet, site, url, address, title, path, published, day, text, article, marks, page,"
                " fingerprint, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, now),
            )
            if done.rowcount:  # another process may have brought it meanwhile
                new.append(row)
        added.new += len(new)
        added.known += len(rows) - len(new)
        if new:
            changed = self._settle_furniture({row.site for row in new if row.site})
            added.stories |= self._regroup(changed)

    # ------------------------------------------------------------------------------------------------ what follows from it

    def _settle_furniture(self, sites: set[str]) -> set[str]:
        """Lay the pages of these outlets beside each other; the ids of articles whose furniture is not what it was."""
        changed: set[str] = set()
        for site in sorted(sites):
            rows = self._db.execute("SELECT n, id, day, page, shared FROM article WHERE site = ?", (site,)).fetchall()
            found = shared_furniture(unpack_page(site, i, day, page) for _, i, day, page, _ in rows)
            for n, article_id, _, _, had in rows:
                has = pack(found[article_id]) if article_id in found else None
                if has != had:
                    self._set_furniture(n, has)
                    changed.add(article_id)
        return changed

    def _set_furniture(self, n: int, shared: bytes | None) -> None:
        self._db.execute("UPDATE article SET shared = ? WHERE n = ?", (shared, n))
        article, marks = self._reader.stored(n).read(self._reader.unpack)
        own = fingerprint(article, marks)
        self._db.execute("UPDATE article SET fingerprint = ? WHERE n = ?", (pack_fingerprint(own), n))

    def _regroup(self, changed: set[str]) -> set[str]:
        """Cut the graph of reports into stories again; the ids of the stories that are not what they were."""
        prints = [unpack_fingerprint(b) for (b,) in self._db.execute("SELECT fingerprint FROM article")]
        numbers: dict[str, tuple[int, int | None]] = {
            i: (n, story) for n, i, story in self._db.execute("SELECT n, id, story FROM article")
        }
        sizes: dict[int, int] = dict(self._db.execute("SELECT story, count(*) FROM article WHERE story NOT NULL GROUP BY story"))
        touched: set[str] = set()
        generation = self._next_generation()
        kept: set[int] = set()
        for group in group_stories(prints):
            story = number_of(group.id)
            kept.add(story)
            same = sizes.get(story) == len(group.article_ids) and all(numbers[i][1] == story for i in group.article_ids)
            if same and changed.isdisjoint(group.article_ids):
                continue
            touched.add(group.id)
            self._put_story(group, numbers[group.article_ids[0]][0], generation)
            self._db.executemany("UPDATE article SET story = ? WHERE n = ?", [(story, numbers[i][0]) for i in group.article_ids])
        for story in sizes.keys() - kept:
            self._dissolve(story)
        return touched

    def _put_story(self, group: StoryGroup, founder: int, generation: int) -> None:
        now, story = int(time.time()), number_of(group.id)
        self._db.execute(
            "INSERT INTO story (n, founder, reasons, changed, made, touched, articles) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (n) DO UPDATE SET reasons = excluded.reasons, changed = excluded.changed, stale = 1,"
            " touched = excluded.touched, articles = excluded.articles",
            (story, founder, pack(group.reasons) if group.reasons else None, generation, now, now, len(group.article_ids)),
        )
        self._db.execute("DELETE FROM redirect WHERE old = ?", (group.id,))

    def _dissolve(self, story: int) -> None:
        """A story that is no more: its id leads to the story that holds now the report which gave it its id."""
        (founder,) = self._db.execute("SELECT founder FROM story WHERE n = ?", (story,)).fetchone()
        for table, column in (("entity", "story"), ("statement", "story"), ("story", "n")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (story,))
        home = self._db.execute("SELECT story FROM article WHERE n = ?", (founder,)).fetchone()
        if home and home[0] is not None:
            old, new = id_of("s", story), id_of("s", home[0])
            self._db.execute("UPDATE redirect SET new = ? WHERE new = ?", (new, old))
            self._db.execute("INSERT OR REPLACE INTO redirect VALUES (?, ?, ?)", (old, new, int(time.time())))

    def _touch(self, stories: Iterable[int | None], generation: int) -> None:
        self._db.executemany(
            "UPDATE story SET stale = 1, changed = ?, touched = ? WHERE n = ?",
            [(generation, int(time.time()), s) for s in stories if s is not None],
        )

    def _next_generation(self) -> int:
        (value,) = self._db.execute(
            "INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
        ).fetchone()
        return int(value)

    # ----------------------------------------------------------------------------------------------------------- weaving

    def refresh(self, limit: int | None = None, story: int | None = None, progress: Progress = no_progress) -> int:
        """Weave stale stories, those touched last first; how many were."""
        done = 0
        total = self._reader.stale() if story is None else 1
        while limit is None or done < limit:
            size = min(ARCHIVE.weave_batch, limit - done if limit is not None else ARCHIVE.weave_batch)
            tasks = self._tasks(size, story)
            if not tasks:
                break
            self._weave(tasks)
            done += len(tasks)
            progress("relate and weigh", done, max(total, done))
            if story is not None:
                break
        return done

    def _tasks(self, size: int, story: int | None) -> list[Task]:
        where = "stale ORDER BY changed DESC, n LIMIT ?" if story is None else "stale AND n = ?"
        rows = self._db.execute(
            f"SELECT n, changed, reasons FROM story WHERE {where}", (size if story is None else story,)
        ).fetchall()
        tasks = []
        for n, changed, packed in rows:
            ids, members = self._reader.members(n)
            reasons = self._reader.unpack.many(Reason, packed) if packed else ()
            tasks.append(Task(StoryGroup(id_of("s", n), ids, reasons), changed, members))
        return tasks

    def _weave(self, tasks: Sequence[Task]) -> None:
        size = sum(len(t.members) for t in tasks)
        weave = partial(weave_rows, as_of=self._reader.meta("as_of"), layout=self._reader.layout)
        ready: list[WovenStory] = []
        for chunk in self._engine.map(weave, _by_size(tasks), parallel=size >= ENGINE.parallel_from):
            ready += chunk
        with transaction(self._db):
            generation = self._next_generation()
            for one in ready:
                self._put_woven(one, generation)

    def _put_woven(self, one: WovenStory, generation: int) -> None:
        columns = ", ".join(f"{name} = ?" for name in one.card._fields)
        done = self._db.execute(
            f"UPDATE story SET dossier = ?, stale = 0, revision = ?, {columns} WHERE n = ? AND changed = ?",
            (one.dossier, generation, *one.card, one.story, one.changed),
        )
        if not done.rowcount:  # it changed while it was woven: it is stale still, and will be woven again
            return
        self._db.execute("DELETE FROM entity WHERE story = ?", (one.story,))
        self._db.execute("DELETE FROM statement WHERE story = ?", (one.story,))
        self._db.executemany(
            "INSERT INTO entity (story, id, key, solo, kind, name, mentions) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(one.story, *row) for row in one.entities],
        )
        self._db.executemany(
            "INSERT INTO statement (story, id, standing, disputed, independent, articles) VALUES (?, ?, ?, ?, ?, ?)",
            [(one.story, *row) for row in one.statements],
        )
        if one.skipped:
            self._keep_skipped([one.skipped])


def _by_size(tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """Stories in batches of about one chunk's articles, the largest first, so that none is waited for at the end."""
    batch: list[Task] = []
    size = 0
    for task in sorted(tasks, key=lambda t: (-len(t.members), t.group.id)):
        batch.append(task)
        size += len(task.members)
        if size >= ENGINE.chunk:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
