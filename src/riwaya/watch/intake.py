"""Reports on their way into the archive: in batches, with what is remembered of their sources, and the alerts that follow."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace

from riwaya.archive import Archive
from riwaya.archive.alerts import note_untold, untold
from riwaya.archive.database import explained
from riwaya.errors import ArchiveError, NotFoundError, RiwayaError
from riwaya.model import Alert, Article, Dossier, Skipped
from riwaya.pipeline import weave_story
from riwaya.read import Reading
from riwaya.relate.corrections import Index
from riwaya.relate.stories import StoryGroup
from riwaya.settings.watch import WATCH, WatchSettings
from riwaya.watch.alerts import alerts
from riwaya.watch.manners import backoff
from riwaya.watch.state import Seen, SourceState, StateStore

log = logging.getLogger("riwaya")


@dataclass(slots=True)
class Batch:
    """What waits to be written. `states` is by source: of each the last is kept."""

    articles: list[Article] = field(default_factory=list)
    versions: int = 0  # how many of them are later versions of known pages
    fresh: set[str] = field(default_factory=set)  # ids of those that the archive did not have when it was first tried
    new: int = 0  # how many of them it has taken
    seen: list[Seen] = field(default_factory=list)
    states: dict[str, SourceState] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.articles or self.seen or self.states or self.skipped or self.fresh)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a batch."""

    new: int
    versions: int
    known: int
    stories: int
    alerts: tuple[Alert, ...]

    def line(self) -> str:
        """In words."""
        parts = [f"{self.new - self.versions} new"] if self.new > self.versions or not self.versions else []
        parts += [f"{self.versions} changed"] if self.versions else []
        parts += [f"{self.known} known"] if self.known else []
        told = f", {len(self.alerts)} alert{'s' * (len(self.alerts) != 1)}" if self.alerts else ""
        return f"{', '.join(parts)}; {self.stories} {'story' if self.stories == 1 else 'stories'} touched{told}"


class Intake:
    """Collects what sources give, and writes it. Used from one thread.

    What is remembered of a page is written after the report on it, so that a cut loses no report: at worst one is fetched again.
    Which reports come is written before them, so that a cut loses no alert: the next intake tells of what the last one did not.

    Args:
        archive: open for writing.
        store: what is remembered of sources.
        settings: how large a batch is, and how long one waits.
        took: told of each batch that was written.
        complain: told of what could not be.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        archive: Archive,
        store: StateStore,
        settings: WatchSettings = WATCH,
        *,
        took: Callable[[Taken], None],
        complain: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._archive = archive
        self._store = store
        self._settings = settings
        self._took = took
        self._complain = complain
        self._clock = clock
        with explained(archive.path):
            self._batch = Batch(fresh=untold(archive.connection))
        self._since: float | None = clock() if self._batch else None  # when the oldest thing in the batch came
        self._errors = 0
        self._not_before = 0.0  # after a failure

    @property
    def crowded(self) -> bool:
        """Whether so much waits, because the archive cannot be written, that no more should be fetched."""
        return len(self._batch.articles) >= 4 * self._settings.batch  # a few batches: what a busy minute brings

    def put(
        self, articles: Iterable[Article] = (), seen: Iterable[Seen] = (), *, state: SourceState | None = None,
        skipped: Iterable[Skipped] = (), version: bool = False,
    ) -> None:  # fmt: skip
        """Take something; it is written with the batch. `version`: the articles are later versions of known pages."""
        given = list(articles)
        self._batch.articles += given
        self._batch.versions += len(given) if version else 0
        self._batch.seen += seen
        self._batch.skipped += skipped
        if state is not None:
            self._batch.states[state.source] = state
        if self._since is None and self._batch:
            self._since = self._clock()

    def step(self, *, once: bool = False) -> None:
        """Write the batch if it is full, or has waited long enough.

        Raises:
            ArchiveError: it cannot be written, and `once`: nobody will try again.
        """
        now = self._clock()
        full = len(self._batch.articles) >= self._settings.batch
        if self._since is None or now < self._not_before or not (full or now - self._since >= self._settings.batch_wait):
            return
        try:
            self.flush()
        except ArchiveError as error:
            if once:
                raise
            self._errors += 1
            self._not_before = now + backoff("archive", self._errors, settings=self._settings)
            waiting, wait = len(self._batch.articles), self._not_before - now
            self._complain(f"{error}; {waiting} reports wait, the next try is in {wait:.0f} s")

    def flush(self) -> None:
        """Write the batch.

        Raises:
            ArchiveError: the archive is busy or cannot be written; the batch is kept.
        """
        batch = self._batch
        if not batch:
            return
        told: list[Alert] = []
        new = known = 0
        stories: set[str] = set()
        if batch.articles or batch.skipped:
            # What follows the adding may fail (a lock, a full disk): at the next try the archive knows these reports, and their
            # alerts are due all the same.
            batch.fresh |= {a.id for a in batch.articles if not self._has(a.id)}
            self._note(batch.fresh)
            added = self._archive.add(Reading(iter(batch.articles), batch.skipped), jobs=1, refresh=False)
            batch.new += added.new
            new, known = batch.new, added.new + added.known - batch.new
            stories = added.stories
        if stories or batch.fresh:
            stories |= self._stories(batch.fresh)
            told = self._archive.keep_alerts(self._weave(stories, batch.fresh))
            self._note(set(), told=batch.fresh)
        states = list(batch.states.values())
        self._store.keep(states[0] if states else None, batch.seen)
        for state in states[1:]:
            self._store.keep(state)
        self._batch, self._since, self._errors = Batch(), None, 0
        if batch.articles or told:
            self._took(Taken(new, min(batch.versions, new), known, len(stories), tuple(told)))

    def _note(self, coming: set[str], told: Set[str] = frozenset()) -> None:
        if coming or told:
            with explained(self._archive.path):
                note_untold(self._archive.connection, coming, told)

    def _has(self, article_id: str) -> bool:
        row = self._archive.connection.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone()
        return row is not None

    def _stories(self, article_ids: Iterable[str]) -> set[str]:
        """The stories of these reports, as far as the archive has them."""
        found = set()
        for article_id in article_ids:
            with suppress(NotFoundError):  # it could not be used
                found.add(self._archive.reader.story_of(article_id))
        return found

    def _weave(self, stories: Collection[str], fresh: Collection[str]) -> list[Alert]:
        """Weave what was touched, and say what is new in it."""
        told = []
        for story_id in sorted(stories):
            try:
                before = before_of(self._archive, story_id, fresh)
                told += alerts(before, self._archive.dossier(story_id), self._settings)
            except NotFoundError:  # another process has changed it meanwhile, and tells of it
                continue
            except RiwayaError:
                raise
            except Exception:  # an alert that cannot be told must not end the watch
                log.warning("no alerts of the story %s: comparing it with what it was failed", story_id, exc_info=True)
        return told


def before_of(archive: Archive, story_id: str, fresh: Collection[str]) -> Dossier | None:
    """A story's dossier without the reports that have just come; None where it has no others.

    What was woven last is it, if the story had this id already and took in no other; else the older reports are woven once more.

    Raises:
        NotFoundError: no story has this id.
    """
    reader = archive.reader
    ids, stored = reader.members(reader.number(story_id))
    old = [(i, s) for i, s in zip(ids, stored, strict=True) if i not in fresh]
    if not old:
        return None
    last = archive.woven(story_id)
    if last is not None and {a.id for a in last.articles} == {i for i, _ in old}:
        return last
    members = [s.read(reader.unpack) for _, s in old]
    group = StoryGroup(story_id, tuple(i for i, _ in old))
    standing = Index(archive.corrections(active_only=True)).of(group.article_ids)
    return weave_story(group, members, reader.meta("as_of"), standing)[0]


def counted(state: SourceState, reports: int, versions: int) -> SourceState:
    """A state with what a visit brought."""
    return replace(state, reports=state.reports + reports, versions=state.versions + versions)
