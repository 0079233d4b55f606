"""The archive: reports that keep coming, and what they tell, in one file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType

from riwaya.archive import care, sessions
from riwaya.archive.alerts import count_alerts, keep_alerts, kept_alerts
from riwaya.archive.correcting import Corrections
from riwaya.archive.database import connect, explained, transaction
from riwaya.archive.finding import Finding
from riwaya.archive.growth import Added, Growth
from riwaya.archive.listing import Page, StoryCard, StoryQuery, cards, moved, stories
from riwaya.archive.numbers import id_of
from riwaya.archive.packing import note_layout, noted
from riwaya.archive.reading import Held, Reader
from riwaya.archive.schema import VERSION
from riwaya.archive.search import Search
from riwaya.archive.sessions import Cut
from riwaya.collection import Collection
from riwaya.engines import Engine, engine
from riwaya.errors import ArchiveError, NotFoundError
from riwaya.model import Alert, Article, Correction, Dossier, Duplicate, Skipped
from riwaya.pipeline import Progress, no_progress
from riwaya.tell.account import Tally

_TRIES = 3  # to read a story that another process changes at that very moment


@dataclass(frozen=True, slots=True)
class Info:
    """An archive in numbers. `bytes` of its file, `text_bytes` of the reports in UTF-8, `first` and `last` ISO days."""

    path: str
    schema: int
    generator: str
    generation: int
    articles: int
    stories: int
    stale: int
    statements: int
    outlets: int
    first: str | None
    last: str | None
    corrections: int
    skipped: int
    bytes: int
    text_bytes: int
    unfinished: int  # how often adding was cut since it was last written to


class Archive(Finding):
    """One archive. Not to be shared between threads: each opens its own."""

    def __init__(self, path: Path, *, create: bool = False, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._db = connect(path, create=create, read_only=read_only)
        self.reader = Reader(self._db)
        self._engines: dict[int | None, Engine] = {}
        self._grown: Growth | None = None
        if not read_only:
            self._begin()

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, read_only: bool = False) -> Archive:
        """Open an archive.

        Args:
            path: its file.
            create: make it if it is not there.
            read_only: never write, not even what was woven on reading.

        Raises:
            InputError: it is not there, or no archive.
            ArchiveError: it is of a newer version, busy, or cannot be written.
        """
        return cls(Path(path), create=create, read_only=read_only)

    def _begin(self) -> None:
        if not noted(self._db):
            with explained(self.path), transaction(self._db):
                note_layout(self._db, self.path)

    def close(self) -> None:
        """End the workers and close the file."""
        for one in self._engines.values():
            one.close()
        self._db.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # ----------------------------------------------------------------------------------------------------------- writing

    def _growth(self, jobs: int | None) -> Growth:
        if self.read_only:
            raise ArchiveError(f"{self.path}: opened for reading only")
        if jobs not in self._engines:
            self._engines[jobs] = engine("local", jobs)
        if self._grown is None:
            self._grown = Growth(self.path, self._db, self.reader)
        self._grown.engine = self._engines[jobs]
        return self._grown

    def add(
        self, articles: Iterable[Article], *, jobs: int | None = None, progress: Progress | None = None, refresh: bool = True
    ) -> Added:
        """Add reports. Each batch is in the archive whole or not at all.

        Args:
            articles: from `riwaya.read`, or made by hand.
            jobs: worker processes; None means one a core.
            progress: called with the stage's name, how many are done, and how many there are.
            refresh: weave the stories that they touch at once; else they are stale until `refresh`, or until they are read.

        Raises:
            ArchiveError: it is busy, or cannot be written.
        """
        with explained(self.path):
            sessions.forget_cuts(self._db)
            return self._growth(jobs).add(articles, progress or no_progress, refresh=refresh)

    def refresh(
        self, *, limit: int | None = None, story_id: str | None = None, jobs: int | None = None, progress: Progress | None = None
    ) -> int:
        """Weave stale stories, those that changed last first; how many were.

        Raises:
            NotFoundError: no story has this id.
            ArchiveError: it is busy, or cannot be written.
        """
        story = None if story_id is None else self.reader.number(story_id)
        with explained(self.path):
            return self._growth(jobs).refresh(limit, story, progress or no_progress)

    def keep_alerts(self, alerts: Iterable[Alert]) -> list[Alert]:
        """Keep alerts; those that were not kept before, numbered and dated, in the order given.

        Raises:
            ArchiveError: it is busy, or cannot be written.
        """
        with explained(self.path):
            return keep_alerts(self._db, alerts)

    def correct(self, correction: Correction) -> str:
        """Keep a correction (`serial.corrections.make_correction` makes one) and settle what follows; its id.

        The stories that it touches are stale until `refresh`, or until they are read. One that is known changes nothing.

        Raises:
            NotFoundError: it cites a report that is not here.
            UsageError: it cites what lies beyond a report's text.
            ArchiveError: the archive is busy, or cannot be written.
        """
        with explained(self.path):
            self._growth(None).correct(correction)
        return correction.id

    def undo(self, correction_id: str, author: str) -> bool:
        """Take a correction back, in somebody's name; False if that was done before. It stays on record.

        Raises:
            NotFoundError: no correction has this id.
            ArchiveError: the archive is busy, or cannot be written.
        """
        with explained(self.path):
            return self._growth(None).undo(correction_id, author)

    # ----------------------------------------------------------------------------------------------------------- reading

    def corrections(self, *, active_only: bool = False) -> list[Correction]:
        """What people overruled, in the order in which they said so; those undone too, unless only the active are asked for."""
        with explained(self.path):
            held = Corrections(self._db, self.reader)
            return held.standing() if active_only else held.all()

    @property
    def generation(self) -> int:
        """Rises with every change that was written: what was read under one generation stands until the next."""
        return self.reader.generation

    def info(self) -> Info:
        """The archive in numbers."""
        one = self._db.execute(
            "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM story), (SELECT count(*) FROM story WHERE stale),"
            " (SELECT count(*) FROM statement), (SELECT count(DISTINCT outlet) FROM article),"
            " (SELECT min(published) FROM article), (SELECT max(published) FROM article),"
            " (SELECT count(*) FROM correction WHERE undone IS NULL), (SELECT count(*) FROM skipped),"
            " (SELECT total(length) FROM article)"
        ).fetchone()
        articles, stories_, stale, statements, outlets, first, last, corrections, skipped, text_bytes = one
        from riwaya.serial.json_ import generator

        return Info(
            str(self.path), VERSION, generator(), self.generation, articles, stories_, stale, statements, outlets,
            first, last, corrections, skipped, self._bytes(), int(text_bytes), len(self.cuts()),
        )  # fmt: skip

    def _bytes(self) -> int:
        return sum(p.stat().st_size for p in (self.path, Path(f"{self.path}-wal")) if p.exists())

    def stories(self, query: StoryQuery | None = None) -> Page[StoryCard]:
        """The stories that fit a query, one page of them.

        Raises:
            UsageError: no order has this name, or its text has only words to leave out.
        """
        query = query or StoryQuery()
        holding = Search(self._db, self.reader).holding(query.text) if query.text.strip() else None
        with explained(self.path):
            return stories(self._db, query, holding)

    def card(self, story_id: str) -> StoryCard:
        """What a list shows of a story.

        Raises:
            NotFoundError: no story has this id.
        """
        return cards(self._db, [self.reader.number(story_id)])[0]

    def resolve(self, story_id: str) -> str | None:
        """The id under which a story stands now; None if it never stood here."""
        return self.reader.resolve(story_id)

    def revision(self, story_id: str) -> int:
        """The generation at which a story's dossier was woven: a name for this state of it."""
        return self.reader.revision(self.reader.number(story_id))[0]

    def stale(self, story_id: str) -> bool:
        """Whether a story has changed since its dossier was woven."""
        return bool(self.reader.revision(self.reader.number(story_id))[1])

    def dossier(self, story_id: str) -> Dossier:
        """A story's dossier, woven now if it is stale and the archive may be written.

        Raises:
            NotFoundError: no story has this id; or it is stale and the archive is open for reading only.
        """
        for _ in range(_TRIES):
            number = self.reader.number(story_id)
            _, stale = self.reader.revision(number)
            if stale and not self.read_only:
                with explained(self.path):
                    self._growth(1).refresh(None, number)
            dossier = self.reader.dossier(number)
            if dossier is not None:
                return dossier
        raise NotFoundError(f"the story {story_id!r} is not woven yet; open the archive for writing once")

    def woven(self, story_id: str) -> Dossier | None:
        """A story's dossier as it was woven last, be it stale; None if it never was.

        Raises:
            NotFoundError: no story has this id.
        """
        return self.reader.dossier(self.reader.number(story_id))

    def arrived(self, story_id: str) -> dict[str, int]:
        """In what order a story's reports came: id -> a number that is higher for what came later.

        Raises:
            NotFoundError: no story has this id.
        """
        return self.reader.arrived(self.reader.number(story_id))

    def arrivals(self, story_ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        """The numbers of the first and the last report that came to each of these stories, as `arrived` gives them."""
        return self.reader.arrivals(story_ids)

    def outlets(self) -> list[str]:
        """The names of the outlets that have reports here, sorted."""
        return self.reader.outlets()

    @property
    def newest(self) -> int:
        """The number of the report that came last; 0 where none has come."""
        return self.reader.newest

    def article(self, article_id: str) -> Held:
        """One report with its marks.

        Raises:
            NotFoundError: none has this id.
        """
        return self.reader.article(article_id)

    def versions(self, article_id: str) -> list[str]:
        """The ids of a report's versions, itself among them, the earliest first; those of one address are versions of one report.

        Raises:
            NotFoundError: no report has this id.
        """
        return self.reader.versions(article_id)

    def alerts(self, *, after: int = 0, story_id: str | None = None, limit: int = 50, offset: int = 0) -> list[Alert]:
        """The alerts kept, the newest first, each with its story's present id.

        Args:
            after: only those with a greater number.
            story_id: only those of this story, also from before its id changed.
            limit: at most so many.
            offset: how many to pass over.
        """
        return kept_alerts(self._db, self.reader.resolve, after, story_id, limit, offset)

    def alert_count(self, *, after: int = 0, story_id: str | None = None) -> int:
        """How many alerts `alerts` would give without a limit."""
        return count_alerts(self._db, after, story_id)

    @property
    def connection(self) -> sqlite3.Connection:
        """The archive's file, for rooms that keep tables of their own in it: `watch` keeps what it knows of sources."""
        return self._db

    def moved(self, added: Added, limit: int) -> list[StoryCard]:
        """The stories that most of the added reports came to, those first; stories of one report left out."""
        return moved(self._db, added.reports, limit)

    def set_aside(self) -> list[Skipped]:
        """What could not be used, in all, and why: inputs, reports kept without marks, corrections that do not apply."""
        rows = self._db.execute("SELECT path, reason FROM skipped").fetchall()
        return sorted({*(Skipped(*row) for row in rows), *Corrections(self._db, self.reader).set_aside()})

    def check(self, *, progress: Progress | None = None) -> list[str]:
        """What is wrong with the archive, one line each; nothing where it is whole and consistent."""
        with explained(self.path):
            return care.check(self._db, self.reader, progress or no_progress)

    def compact(self) -> tuple[int, int]:
        """Drop what nothing refers to and give back free room; the bytes of the file before and after.

        Raises:
            ArchiveError: it is open for reading only, busy, or there is no room for the copy that this takes for a while.
        """
        if self.read_only:
            raise ArchiveError(f"{self.path}: opened for reading only")
        before = self._bytes()
        with explained(self.path):
            care.compact(self._db)
        return before, self._bytes()

    def cuts(self) -> list[Cut]:
        """Adding that was cut: by a kill, a crash, a power failure. Once written to again, the archive forgets it."""
        return sessions.cuts(self._db)

    def collection(
        self, story_ids: Sequence[str] | None = None, *, jobs: int | None = None, progress: Progress | None = None
    ) -> Collection:
        """Stories as a build gives them, for writing them out; all of them, or those named.

        Raises:
            NotFoundError: no story has one of these ids.
        """
        if not self.read_only:
            for story_id in story_ids or (None,):
                self.refresh(story_id=story_id, jobs=jobs, progress=progress)
        if story_ids is None:
            # One that has come since, from another process, has no dossier yet: it belongs to the state after this one.
            numbers = [n for (n,) in self._db.execute("SELECT n FROM story WHERE n IN (SELECT story FROM dossier) ORDER BY n")]
        else:
            numbers = [self.reader.number(i) for i in story_ids]
        return Collection(Selection(self, numbers, whole=story_ids is None))


@dataclass(frozen=True, slots=True)
class StoredDossier:
    """A dossier in an archive, for whatever process asks for it."""

    path: Path
    story: int

    def read(self) -> Dossier:
        """It.

        Raises:
            ArchiveError: another process has put its reports into another story since it was listed.
        """
        with Archive.open(self.path, read_only=True) as archive:
            dossier = archive.reader.dossier(self.story)
        if dossier is None:
            raise ArchiveError(f"{self.path}: the archive changed meanwhile ({id_of('s', self.story)} has gone); run it again")
        return dossier


@dataclass
class Selection:
    """What a collection needs, of some stories of an archive."""

    archive: Archive
    numbers: Sequence[int]
    whole: bool
    same_as: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # the dossiers come tied
    tallies: Sequence[Tally] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def slots(self) -> dict[str, StoredDossier]:
        """Story id -> its dossier."""
        return {id_of("s", n): StoredDossier(self.archive.path, n) for n in self.numbers}

    @property
    def articles(self) -> int:
        """How many reports the stories have."""
        told = json.dumps(list(self.numbers))
        where = "story IN (SELECT value FROM json_each(?))"
        count: int = self.archive._db.execute(f"SELECT count(*) FROM article WHERE {where}", (told,)).fetchone()[0]
        return count

    @cached_property
    def skipped(self) -> list[Skipped]:
        """What could not be used, in all."""
        return self.archive.set_aside() if self.whole else []

    @cached_property
    def duplicates(self) -> list[Duplicate]:
        """Reports that came twice."""
        rows: Iterator[tuple[str, str]] | list[tuple[str, str]] = []
        if self.whole:
            rows = self.archive._db.execute("SELECT path, article_id FROM duplicate ORDER BY path, article_id").fetchall()
        return [Duplicate(*row) for row in rows]
