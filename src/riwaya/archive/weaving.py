"""Stale stories are woven: related and weighed by the workers, and written some at a time, each lot in one transaction.

A story that changed while it was woven stays stale: what is written names the state that it was woven from.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from riwaya.archive import index, names
from riwaya.archive.ahead import Ahead
from riwaya.archive.correcting import Corrections
from riwaya.archive.database import next_generation, snapshot, transaction
from riwaya.archive.numbers import id_of
from riwaya.archive.reading import Reader
from riwaya.archive.work import Task, WovenStory, weave_rows
from riwaya.engines import Engine
from riwaya.model import Reason
from riwaya.pipeline import Progress, even_batches, no_progress
from riwaya.relate.corrections import Index
from riwaya.relate.stories import StoryGroup
from riwaya.settings.archive import ARCHIVE
from riwaya.settings.engine import ENGINE


class Weaving:
    """Weaves the stories of one archive."""

    def __init__(self, connection: sqlite3.Connection, reader: Reader) -> None:
        self._db = connection
        self._reader = reader
        self._corrections = Corrections(connection, reader)

    def refresh(
        self, engine: Engine, limit: int | None = None, story: int | None = None, progress: Progress = no_progress
    ) -> int:
        """Weave stale stories, those touched last first; how many were. One named is woven alone, if it is stale."""
        if story is not None:
            return self.weave(engine, [story])
        done = 0
        total = self._reader.stale()
        while limit is None or done < limit:
            size = min(ARCHIVE.weave_batch, limit - done if limit is not None else ARCHIVE.weave_batch)
            rows = self._db.execute("SELECT n FROM story WHERE stale ORDER BY changed DESC, n LIMIT ?", (size,)).fetchall()
            if not rows:
                break
            done += self.weave(engine, [n for (n,) in rows])
            progress("relate and weigh", done, max(total, done))
        return done

    def weave(self, engine: Engine, stories: Iterable[int]) -> int:
        """Weave those of these stories that are stale; how many were."""
        return self.write(self.woven(engine, stories))

    def woven(self, engine: Engine, stories: Iterable[int]) -> Iterator[list[WovenStory]]:
        """Those of these stories that are stale, read now, as the workers weave them."""
        weave = partial(weave_rows, as_of=self._reader.meta("as_of"), packing=self._reader.unpack)
        with snapshot(self._db):  # else a correction that comes between would be left out, and the story taken for fresh
            corrections = Index(self._corrections.standing())
            tasks = [task for story in stories if (task := self._task(story, corrections))]
        size = sum(len(t.members) for t in tasks)
        batches = even_batches((task, len(task.members), task.group.id) for task in tasks)
        return engine.map(weave, batches, parallel=size >= ENGINE.parallel_from)

    def write(self, woven: Iterable[list[WovenStory]]) -> int:
        """Write what was woven, some at a time; how many stories."""
        done = 0
        ready: list[WovenStory] = []
        for chunk in woven:
            ready += chunk
            if len(ready) >= ARCHIVE.weave_batch:
                done += self._write(ready)
                ready = []
        return done + self._write(ready)

    @contextmanager
    def beside(self, engine: Engine) -> Iterator[Beside]:
        """Weave while something else is done: what was begun is written when more is asked for, and in the end."""
        one = Beside(self, engine)
        try:
            yield one
            one.weave(())
        finally:
            one.close()

    def _task(self, story: int, corrections: Index) -> Task | None:
        row = self._db.execute("SELECT changed, reasons FROM story WHERE n = ? AND stale", (story,)).fetchone()
        if row is None:
            return None
        ids, members = self._reader.members(story)
        reasons = self._reader.unpack.many(Reason, row[1]) if row[1] else ()
        return Task(StoryGroup(id_of("s", story), ids, reasons), row[0], members, corrections.of(ids))

    def _write(self, ready: Sequence[WovenStory]) -> int:
        if ready:
            with transaction(self._db):
                generation = next_generation(self._db)
                for one in ready:
                    self._put(one, generation)
                self._corrections.tie()
        return len(ready)

    def _put(self, one: WovenStory, generation: int) -> None:
        columns = ", ".join(f"{name} = ?" for name in one.card._fields)
        done = self._db.execute(
            f"UPDATE story SET stale = 0, revision = ?, {columns} WHERE n = ? AND changed = ?",
            (generation, *one.card, one.story, one.changed),
        )
        if not done.rowcount:  # it changed while it was woven: it is stale still, and will be woven again
            return
        self._db.execute("INSERT OR REPLACE INTO dossier VALUES (?, ?)", (one.story, one.dossier))
        names.leave(self._db, one.story)
        self._db.execute("DELETE FROM entity WHERE story = ?", (one.story,))
        self._db.execute("DELETE FROM statement WHERE story = ?", (one.story,))
        self._db.executemany(
            "INSERT INTO entity (story, id, key, solo, mentions, known) VALUES (?, ?, ?, ?, ?, ?)",
            [(one.story, *row) for row in one.entities],
        )
        self._db.executemany(
            "INSERT INTO statement (story, id, standing, disputed, independent, articles) VALUES (?, ?, ?, ?, ?, ?)",
            [(one.story, *row) for row in one.statements],
        )
        names.enter(self._db, one.story, one.names)
        index.put_said(self._db, one.said)
        self._db.execute("DELETE FROM aside WHERE story = ?", (one.story,))
        self._db.executemany("INSERT OR IGNORE INTO aside VALUES (?, ?, ?)", [(one.story, *row) for row in one.aside])
        self._corrections.note_cited(one.story, one.cited)


class Beside:
    """Weaves stories beside the caller's own work. What it changes meanwhile stays stale: see `Weaving`."""

    def __init__(self, weaving: Weaving, engine: Engine) -> None:
        self._weaving = weaving
        self._engine = engine
        self._begun: Ahead[list[WovenStory]] | None = None

    def weave(self, stories: Sequence[int]) -> None:
        """Write what was begun before, once it is ready, and begin with these."""
        if self._begun is not None:
            self._weaving.write(self._begun)
            self.close()
        if stories:
            self._begun = Ahead(self._weaving.woven(self._engine, stories))

    def close(self) -> None:
        """Leave what was begun."""
        if self._begun is not None:
            self._begun.close()
            self._begun = None
