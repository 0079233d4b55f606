"""The watch: visits sources when they are due, and hands what they bring to the archive, until it is stopped."""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from riwaya.archive import Archive
from riwaya.errors import InputError, RiwayaError, UsageError
from riwaya.model import Skipped
from riwaya.read.sources import STDIN
from riwaya.settings.watch import WATCH, WatchSettings
from riwaya.watch.address import Guard, parse_url
from riwaya.watch.crew import Crew
from riwaya.watch.deliver import Command, Dispatch, Webhook
from riwaya.watch.extract import EXTRACTOR
from riwaya.watch.fetch import Fetcher
from riwaya.watch.folders import FileReading, changed, files
from riwaya.watch.intake import Intake, Taken, counted
from riwaya.watch.manners import backoff
from riwaya.watch.state import Seen, SourceState
from riwaya.watch.stdin import Lines
from riwaya.watch.store import ArchiveStore
from riwaya.watch.visit import House, Visit

log = logging.getLogger("riwaya")
_MINUTE = 60.0
_TICK = 0.2  # seconds after which the loop looks around, whatever it waits for


@dataclass(frozen=True, slots=True)
class Status:
    """The watch as it stands: what a page shows. Times are seconds since 1970."""

    running: bool
    sources: tuple[SourceState, ...]
    visiting: tuple[str, ...] = ()
    next_due: float | None = None  # of the source that is due first
    reports: int = 0  # of this run
    versions: int = 0
    alerts: int = 0


@dataclass(slots=True)
class _Tally:
    reports: int = 0
    versions: int = 0
    alerts: int = 0
    failed: int = 0  # sources whose last visit failed


def check_source(source: str, settings: WatchSettings = WATCH) -> str:
    """A SOURCE as it was given, if it can be one: a URL, a folder, "-".

    Raises:
        UsageError: it is none of these.
    """
    if source == STDIN:
        return source
    if "://" in source:
        try:
            parse_url(source, settings)
        except InputError as error:
            raise UsageError(str(error)) from None
        return source
    path = Path(source)
    if path.is_file():
        raise UsageError(f"{source}: a file, not a folder; `riwaya add {source}` reads it")
    if not path.is_dir():
        raise UsageError(f"{source}: no such folder; a URL begins with http:// or https://")
    return source


@dataclass
class Watch:
    """Watches sources. `run` works once, in the thread that calls it; `stop` and `status` may be called from any.

    Args:
        sources: URLs of feeds and sitemaps, folders, "-" for JSONL on standard input.
        archive: the file that reports go to; made if it is not there.
        settings: of the watch.
        every: minutes between two visits to a URL; the setting's where none are given.
        guard: who may be talked to.
        receivers: what alerts are handed to, besides the archive.
        tell: told in one line of each batch and of what sources do.
        complain: told in one line of what fails.
        tls: whom to trust; this machine's certificates where none are given.
        now: seconds since 1970.
    """

    sources: Sequence[str]
    archive: Path
    settings: WatchSettings = WATCH
    every: float | None = None
    guard: Guard = field(default_factory=Guard)
    receivers: Sequence[Webhook | Command] = ()
    tell: Callable[[str], None] = lambda line: None
    complain: Callable[[str], None] = lambda line: None
    tls: ssl.SSLContext | None = None
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self.sources = list(dict.fromkeys(check_source(s, self.settings) for s in self.sources))
        if not self.sources:
            raise UsageError("nothing to watch: name a feed, a sitemap, a folder, or -")
        self._every = (self.every if self.every is not None else self.settings.every) * _MINUTE
        self._stop = threading.Event()
        self._status = Status(running=False, sources=())

    def stop(self) -> None:
        """End as soon as what was fetched is in the archive."""
        self._stop.set()

    def status(self) -> Status:
        """How it stands."""
        return self._status

    def run(self, *, once: bool = False) -> Status:
        """Watch until stopped; or visit each source once.

        A source that failed and asked to be left alone is left alone also by a run that visits each once.

        Raises:
            ArchiveError: the archive cannot be opened; or, if `once`, cannot be written.
            MissingExtraError: an extra that a source needs is not installed.
        """
        with Archive.open(self.archive, create=True) as archive:
            for cut in archive.cuts():
                self.complain(cut.line())
            _Run(self, archive, once=once).run()
        return self._status

    def put_status(self, status: Status) -> None:
        """Taken from the run."""
        self._status = status


class _Run:
    """One run of a watch: everything that lives as long as the archive is open."""

    def __init__(self, watch: Watch, archive: Archive, *, once: bool) -> None:
        self._watch = watch
        self._once = once
        self._settings = watch.settings
        self._stop = watch._stop
        self._tally = _Tally()
        self._store = ArchiveStore(archive)
        fetcher = Fetcher(watch.guard, watch.settings, tls=watch.tls, stop=self._stop)
        self._crew = Crew(fetcher, watch.settings.threads)
        self._intake = Intake(archive, self._store, watch.settings, took=self._took, complain=watch.complain)
        self._house = House(fetcher, self._crew, self._store, self._intake, watch.now)
        self._dispatch = Dispatch(watch.receivers, watch.complain)
        self._states = {name: self._store.source(name) or SourceState(name) for name in watch.sources}
        self._visiting: set[str] = set()
        self._visited: set[str] = set()
        self._lines: Lines | None = None

    def run(self) -> None:
        if STDIN in self._states:
            self._lines = Lines(self._stop)
        try:
            self._show(running=True)
            while not self._stop.is_set():
                self._start_due()
                self._drain()
                self._intake.step(once=self._once)
                self._show(running=True)
                if self._once and self._visited.issuperset(self._states) and self._crew.idle:
                    break
                if self._crew.idle:
                    self._stop.wait(_TICK)
                else:
                    self._crew.step(_TICK)
        finally:
            self._close()

    def _close(self) -> None:
        self._stop.set()  # ends requests that still run
        if not self._crew.idle:
            EXTRACTOR.close()  # and pages that are being read
        self._crew.close()
        if self._lines is not None:
            self._lines.close()
        try:
            self._intake.flush()
        finally:
            self._show(running=False)
            if not self._dispatch.close(self._settings.farewell):
                self._watch.complain("some alerts were not delivered before the end; the archive holds them")

    # -------------------------------------------------------------------------------------------------------------- when

    def _start_due(self) -> None:
        if self._intake.crowded:
            return
        now = self._watch.now()
        for name, state in self._states.items():
            if name == STDIN or name in self._visiting or (self._once and name in self._visited):
                continue
            if not self._due(state, now):
                if self._once:
                    wait = state.next_due - now
                    self._watch.complain(f"{name}: left alone for {_long(wait)} more, after {state.error}")
                    self._visited.add(name)
                continue
            if "://" in name:
                self._visiting.add(name)
                Visit(self._house, state, self._watch._every, self._ended).begin()
            else:
                try:
                    self._look_at(name, state)
                except RiwayaError:
                    raise
                except Exception as error:  # one folder must not end the watch of the others
                    log.debug("looking at %s failed", name, exc_info=True)
                    self._missed(state, f"{type(error).__name__}: {error}")

    def _due(self, state: SourceState, now: float) -> bool:
        if state.next_due <= now or (self._once and not state.errors):
            return True
        every = self._settings.folder_every if "://" not in state.source else self._watch._every
        # Given a shorter interval than the last run had, a source is due earlier than was noted.
        return not state.errors and state.last_success is not None and state.last_success + every <= now

    def _ended(self, state: SourceState) -> None:
        """A visit to a URL is over."""
        before = self._states[state.source]
        self._visiting.discard(state.source)
        self._after(before, state)

    def _after(self, before: SourceState, state: SourceState) -> None:
        self._visited.add(state.source)
        self._states[state.source] = state
        if state.errors:
            again = f"{state.errors} times in a row; " if state.errors > 1 else ""
            wait = _long(state.next_due - self._watch.now())
            self._watch.complain(f"{state.source}: {state.error} ({again}next try in {wait})")
        elif before.errors:
            self._watch.tell(f"{state.source}: works again")

    # ----------------------------------------------------------------------------------------------------------- folders

    def _look_at(self, name: str, state: SourceState) -> None:
        """Read the new and changed files of a folder."""
        now, root = self._watch.now(), Path(name)
        after = replace(state, kind="folder", last_try=now, next_due=now + self._settings.folder_every)
        if not root.is_dir():
            self._missed(state, "no such folder any more")
            return
        found, skipped = files(root, now)
        known = self._store.seen(name, [one.source.label for one in found])
        after = replace(after, errors=0, error=None, last_success=now)
        self._intake.put(skipped=skipped)
        for one in changed(found, known, 0.0 if self._once else self._settings.folder_settle):
            seen, label, reading = known.get(one.source.label), one.source.label, FileReading(one)
            for article in reading:
                after = counted(after, int(seen is None), int(seen is not None))
                self._intake.put([article], version=seen is not None)
                self._intake.step(once=self._once)
                if self._stop.is_set():  # the file is read anew next time; what the archive has of it, it knows
                    return
            row = replace(seen or Seen(name, label, now), checked=now, mark=one.mark, digest=one.mark)
            self._intake.put((), [row], skipped=reading.skipped)
        self._intake.put(state=after)
        self._after(state, after)

    def _missed(self, state: SourceState, error: str) -> None:
        """A folder that could not be looked at."""
        now, errors = self._watch.now(), state.errors + 1
        wait = backoff(state.source, errors, settings=self._settings)
        after = replace(state, kind="folder", last_try=now, errors=errors, error=error, next_due=now + wait)
        self._intake.put(state=after)
        self._after(state, after)

    # ---------------------------------------------------------------------------------------------------- standard input

    def _drain(self) -> None:
        """Take what standard input has brought."""
        if self._lines is None or self._intake.crowded:
            return
        before = state = self._states[STDIN]
        now = self._watch.now()
        for one in self._lines.take(self._settings.batch):
            if isinstance(one, Skipped):
                self._intake.put(skipped=[one])
            else:
                self._intake.put([one])
                state = counted(state, 1, 0)
        if state is not before:
            state = replace(state, kind="stdin", last_try=now, last_success=now)
            self._states[STDIN] = state
            self._intake.put(state=state)
        if self._lines.ended:
            self._lines = None
            self._visited.add(STDIN)
            if len(self._states) == 1:  # the end of the only source
                self._stop.set()

    # ------------------------------------------------------------------------------------------------------------- telling

    def _took(self, taken: Taken) -> None:
        self._tally.reports += taken.new - taken.versions
        self._tally.versions += taken.versions
        self._tally.alerts += len(taken.alerts)
        self._watch.tell(taken.line())
        for alert in taken.alerts:
            self._watch.tell(f"alert: {alert.en}")
        self._dispatch.give(taken.alerts)

    def _show(self, *, running: bool) -> None:
        states = tuple(self._states[name] for name in self._states)
        due = [s.next_due for s in states if s.source != STDIN and s.source not in self._visiting]
        self._watch.put_status(
            Status(
                running, states, tuple(sorted(self._visiting)), min(due) if due else None,
                self._tally.reports, self._tally.versions, self._tally.alerts,
            )
        )


def _long(seconds: float) -> str:
    """Seconds in words: "45 s", "12 min", "3 h"."""
    if seconds < 2 * _MINUTE:
        return f"{max(0.0, seconds):.0f} s"
    minutes = seconds / _MINUTE
    return f"{minutes:.0f} min" if minutes < 2 * _MINUTE else f"{minutes / _MINUTE:.0f} h"
