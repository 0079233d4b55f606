"""How an archive grows: reports come in, the stories that they touch are settled anew, and those alone are woven again.

A batch is marked outside any transaction and enters in one: it is in the archive with all that follows from it for the grouping,
or it is not. While one batch enters, the workers mark the next. Stories whose reports changed are stale until they are woven; as
long as reports keep coming, one that still grows waits a few batches, so that it is not woven for each of its reports.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from riwaya.archive import index, pages, sessions
from riwaya.archive.ahead import Ahead
from riwaya.archive.correcting import Corrections
from riwaya.archive.database import checkpoint, connect, next_generation, transaction
from riwaya.archive.graph import Graph
from riwaya.archive.grouping import Grouping, clusters_of
from riwaya.archive.numbers import id_of
from riwaya.archive.reading import Reader
from riwaya.archive.setaside import came_again, keep_skipped
from riwaya.archive.weaving import Weaving
from riwaya.archive.work import NewArticle, mark_rows, unpack_fingerprint
from riwaya.engines import Engine
from riwaya.model import Article, Correction, Furniture, Skipped
from riwaya.pipeline import Progress, batched, no_progress
from riwaya.relate.corrected_stories import ACTIONS as OF_STORIES
from riwaya.relate.corrections import date_given
from riwaya.relate.fingerprints import Fingerprint, fingerprint
from riwaya.settings.archive import ARCHIVE
from riwaya.settings.engine import ENGINE
from riwaya.settings.stories import STORIES

_LATE = "late"  # in `meta`: reports whose furniture changed after they came, and whose neighbours are to be settled
_COLUMNS = NewArticle._fields.index("text")  # what stands before it are columns of `article`


@dataclass
class Added:
    """What came of adding: how many reports were new, how many known, what was skipped, which stories were touched.

    `reports` are the numbers of the new ones; `seconds` includes the weaving, where that was asked for.
    """

    new: int = 0
    known: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    stories: set[str] = field(default_factory=set)
    reports: list[int] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Marked:
    """A batch after marking. `again`: reports that the archive has, or that came twice: path and article id."""

    rows: list[NewArticle]
    skipped: list[Skipped]
    again: list[tuple[str, str]]


class Growth:
    """Writes reports into one archive. Keeps between batches what the next may need, until another process has written."""

    engine: Engine  # who does the work; set before anything is asked for

    def __init__(self, path: Path, connection: sqlite3.Connection, reader: Reader) -> None:
        self._path = path
        self._db = connection
        self._reader = reader
        self._graph = Graph(connection)
        self._grouping = Grouping(connection, self._graph, reader.unpack)
        self.corrections = Corrections(connection, reader)
        self._weaving = Weaving(connection, reader)

    def add(self, articles: Iterable[Article], progress: Progress = no_progress, *, refresh: bool = True) -> Added:
        """Add reports, a batch at a time; what is known already is not marked again. See `Archive.add`."""
        added, start = Added(), time.perf_counter()
        touched: set[int] = set()
        waiting = _Waiting()
        session = sessions.begin(self._db)
        with closing(Ahead(self._marked(articles), here=True)) as batches, self._weaving.beside(self.engine) as beside:
            for batch in batches:
                stories = self._enter(batch, added, session)  # while the workers weave what was due before
                touched |= stories
                progress("add", added.new + added.known, None)
                if refresh:
                    beside.weave(waiting.after(stories))
        touched |= self._settle_late()
        skipped = getattr(articles, "skipped", [])
        with transaction(self._db):
            keep_skipped(self._db, skipped)
            sessions.end(self._db, session)
        added.skipped += skipped
        if refresh:
            self._weaving.refresh(self.engine, progress=progress)
            if added.new >= ARCHIVE.batch:
                checkpoint(self._db)
        added.stories = {found for s in touched if (found := self._reader.resolve(id_of("s", s)))}
        added.seconds = time.perf_counter() - start
        return added

    def refresh(self, limit: int | None = None, story: int | None = None, progress: Progress = no_progress) -> int:
        """Weave stale stories. See `Archive.refresh`."""
        return self._weaving.refresh(self.engine, limit, story, progress)

    # ----------------------------------------------------------------------------------------------------------- marking

    def _marked(self, articles: Iterable[Article]) -> Generator[Marked]:
        """The batches, marked. Has a connection of its own: it runs while the last batch is being written."""
        with closing(connect(self._path, create=False, read_only=True)) as connection:
            for batch in batched(articles, ARCHIVE.batch):
                yield self._mark(batch, connection)

    def _mark(self, batch: Sequence[Article], connection: sqlite3.Connection) -> Marked:
        wanted: dict[str, Article] = {}
        again: list[tuple[str, str]] = []
        for article in batch:
            if article.id in wanted or connection.execute("SELECT 1 FROM article WHERE id = ?", (article.id,)).fetchone():
                again.append((article.path, article.id))
            else:
                wanted[article.id] = article
        marked = Marked([], [], again)
        # A full batch goes to the workers however little of it is new: they must not be started later, beside a thread.
        parallel = len(batch) == ARCHIVE.batch or len(wanted) >= ENGINE.parallel_from
        mark = partial(mark_rows, packing=self._reader.unpack)
        for chunk in self.engine.map(mark, batched(wanted.values(), ENGINE.chunk), parallel=parallel):
            for one in chunk:
                if isinstance(one, Skipped):
                    marked.skipped.append(one)
                else:
                    marked.rows.append(one)
        return marked

    # ---------------------------------------------------------------------------------------------------------- entering

    def _enter(self, batch: Marked, added: Added, session: int) -> set[int]:
        """Write a batch and settle what follows from it, in one transaction; the numbers of the stories that it touched."""
        with self._in_step():
            generation = next_generation(self._db)
            new, again = self._write(batch.rows)
            touched = self._settle(new, generation) if new else set()
            touched |= self._again([*batch.again, *again], generation)
            keep_skipped(self._db, batch.skipped)
            sessions.advance(self._db, session, len(new))
        added.new += len(new)
        added.known += len(batch.again) + len(again)
        added.reports += new
        added.skipped += batch.skipped
        return touched

    @contextmanager
    def _in_step(self) -> Iterator[None]:
        """A transaction; if it is undone, what is in memory goes too."""
        try:
            with transaction(self._db):
                yield
        except BaseException:
            self._graph.forget()
            raise

    def _write(self, rows: Sequence[NewArticle]) -> tuple[dict[int, NewArticle], list[tuple[str, str]]]:
        """Write marked reports; those that are new by their numbers, and those that another process brought meanwhile."""
        now = int(time.time())
        new: dict[int, NewArticle] = {}
        again: list[tuple[str, str]] = []
        for row in rows:
            done = self._db.execute(
                "INSERT OR IGNORE INTO article (id, outlet, site, url, address, title, path, published, day, added, length)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row[:_COLUMNS], now, row.length),
            )
            if done.rowcount and done.lastrowid:
                new[done.lastrowid] = row
            else:
                again.append((row.path, row.id))
        self._db.executemany(
            "INSERT INTO content (n, text, article, marks) VALUES (?, ?, ?, ?)",
            [(n, row.text, row.article, row.marks) for n, row in new.items()],
        )
        index.enter(self._db, [(row.id, row.words) for row in new.values()])
        return new, again

    def _again(self, again: Sequence[tuple[str, str]], generation: int) -> set[int]:
        touched = came_again(self._db, again)
        self._touch(touched, generation)
        return touched

    def _touch(self, stories: Iterable[int], generation: int) -> None:
        self._db.executemany("UPDATE story SET stale = 1, changed = ? WHERE n = ?", [(generation, s) for s in stories])

    # ------------------------------------------------------------------------------------------------ what follows from it

    def _settle(self, new: dict[int, NewArticle], generation: int) -> set[int]:
        """Settle furniture, edges and stories after reports have come; the numbers of the stories that are not what they were."""
        shown = [(n, row.page) for n, row in new.items() if row.page is not None]
        pages.enter(self._db, shown)
        prints = {n: unpack_fingerprint(row.fingerprint) for n, row in new.items()}
        changed = {n: row.id for n, row in new.items()}
        late: list[int] = []
        for n, furniture in pages.settle(self._db, [page for _, page in shown]).items():
            self._furnish(n, furniture)
            if n in new:
                prints[n] = self._measured(n)
            else:
                late.append(n)
        return self._regroup(prints, changed, generation) | self._put_off(late, generation)

    def _regroup(self, prints: Mapping[int, Fingerprint], changed: Mapping[int, str], generation: int) -> set[int]:
        self._graph.put(prints)
        return self._grouping.settle(changed, self.corrections.of_stories(), generation)

    def _furnish(self, n: int, furniture: Sequence[Furniture]) -> None:
        """Give a report the furniture that other pages show."""
        packed = self._reader.unpack.pack(tuple(furniture)) if furniture else None
        self._db.execute("UPDATE content SET shared = ? WHERE n = ?", (packed, n))

    # Pages that come show furniture in a few pages of the weeks before. The neighbours of these lie in all those weeks: they are
    # settled together when all has come, day after day. A cut leaves them noted, for the next adding.

    def _put_off(self, late: Sequence[int], generation: int) -> set[int]:
        """Note reports that came before and have other furniture now; the numbers of their stories, which are stale."""
        if not late:
            return set()
        noted = json.dumps(sorted({*self._late(), *late}))
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_LATE, noted))
        told = "SELECT DISTINCT story FROM article WHERE n IN (SELECT value FROM json_each(?))"
        stories = {story for (story,) in self._db.execute(told, (json.dumps(late),))}
        self._touch(stories, generation)
        return stories

    def _late(self) -> list[int]:
        found: list[int] = json.loads(self._reader.meta(_LATE) or "[]")
        return found

    def _settle_late(self) -> set[int]:
        """Settle edges and stories of the reports that were put off; the numbers of the stories that are not what they were."""
        touched: set[int] = set()
        while self._late():
            with self._in_step():
                touched |= self._settle_some(self._late(), next_generation(self._db))
        return touched

    def _settle_some(self, late: Sequence[int], generation: int) -> set[int]:
        """The same for those of the first day, and of the days after it that lie near."""
        told = "SELECT n, coalesce(day, 0) FROM article WHERE n IN (SELECT value FROM json_each(?)) ORDER BY 2"
        days: dict[int, int] = dict(self._db.execute(told, (json.dumps(late),)).fetchall())
        first = min(days.values(), default=0)
        some = [n for n, day in days.items() if day <= first + STORIES.days][: ARCHIVE.batch]
        left = sorted(set(days).difference(some))
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_LATE, json.dumps(left)))
        was = self._graph.prints(some)
        prints = {n: one for n in some if (one := self._measured(n)) != was[n]}
        return self._regroup(prints, {n: one.article_id for n, one in prints.items()}, generation) if prints else set()

    def _measured(self, n: int) -> Fingerprint:
        """A report's fingerprint as of the day that corrections give it."""
        article, marks = self._reader.stored(n).read(self._reader.unpack)
        return fingerprint(date_given(article, self.corrections.standing("date")), marks)

    # ------------------------------------------------------------------------------------------------------- corrections

    def correct(self, one: Correction) -> bool:
        """Write a correction and settle what follows from it; False if it was known. See `Archive.correct`."""
        with self._in_step():
            new = self.corrections.enter(one)
            if new:
                self._follow(one)
        return new

    def undo(self, correction_id: str, author: str) -> bool:
        """Take a correction back, and what followed from it; False if it was undone before. See `Archive.undo`."""
        with self._in_step():
            one = self.corrections.take_back(correction_id, author)
            if one is not None:
                self._follow(one)
        return one is not None

    def _follow(self, one: Correction) -> None:
        """Settle what follows from a correction that came or went: of its reports, their stories, the names in them."""
        generation = next_generation(self._db)
        cited = {span.article_id for span in one.spans}
        rows = self._db.execute(
            "SELECT n, id, story FROM article WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(cited)),)
        ).fetchall()
        self._touch({story for _, _, story in rows}, generation)
        if one.action == "date":
            self._regroup({n: self._measured(n) for n, _, _ in rows}, {n: i for n, i, _ in rows}, generation)
        elif one.action in OF_STORIES:
            clusters = clusters_of(self._db, self._reader.unpack, cited)
            self._grouping.apply(clusters, self.corrections.of_stories(), generation, cited)
        self.corrections.tie()


class _Waiting:
    """Stories that wait to be woven while reports keep coming, by batch: when they became stale, and when they last changed."""

    def __init__(self) -> None:
        self._now = 0
        self._since: dict[int, int] = {}
        self._last: dict[int, int] = {}

    def after(self, touched: Iterable[int]) -> list[int]:
        """A batch has touched these; those that have waited long enough."""
        self._now += 1
        for story in touched:
            self._since.setdefault(story, self._now)
            self._last[story] = self._now
        due = [
            story
            for story, since in self._since.items()
            if self._now - self._last[story] >= ARCHIVE.quiet or self._now - since >= ARCHIVE.patience
        ]
        for story in due:
            del self._since[story], self._last[story]
        return due
