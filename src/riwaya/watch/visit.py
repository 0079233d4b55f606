"""One visit to a feed or sitemap: what it lists, which of it is fetched, and what is remembered of each page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from riwaya.errors import InputError, RiwayaError, UsageError
from riwaya.model import Article, Skipped
from riwaya.settings.watch import WatchSettings
from riwaya.watch.crew import Crew, Job
from riwaya.watch.fetch import Fetcher, FetchError, Validators
from riwaya.watch.intake import Intake, counted
from riwaya.watch.listings import Entry, Listing, listing
from riwaya.watch.manners import backoff
from riwaya.watch.pages import PageRead, digest, from_entry, read_page
from riwaya.watch.state import Seen, SourceState, StateStore

log = logging.getLogger("riwaya")
_HOUR = 3600.0
_NOT_ITS_FAULT = ("stopped", "held")  # kinds of failure that say nothing about the page


@dataclass(frozen=True, slots=True)
class House:
    """What visits need: where requests are made, and where what they bring goes."""

    fetcher: Fetcher
    crew: Crew
    store: StateStore
    intake: Intake
    now: Callable[[], float]

    @property
    def settings(self) -> WatchSettings:
        """Of the watch."""
        return self.fetcher.settings


class Visit:
    """One visit. Everything but the requests happens in one thread, as the crew is stepped.

    Args:
        house: what it needs.
        state: of the source, before the visit.
        every: seconds until the next one, if all goes well.
        ended: called once with the state after it; not if it was stopped.
    """

    def __init__(self, house: House, state: SourceState, every: float, ended: Callable[[SourceState], None]) -> None:
        self._house = house
        self._every = every
        self._ended = ended
        self._begun = house.now()
        self._before = state
        self._state = replace(state, last_try=self._begun)
        self._open = 0  # requests that have not come back
        self._complete = True  # nothing is left for another visit
        self._more = False  # it lists more than one visit takes
        self._stopped = False
        self._listing: Listing | None = None
        self._planned: set[str] = set()

    def begin(self) -> None:
        """Ask what the source lists."""
        known = Validators(self._state.etag, self._state.last_modified)
        self._ask(self._state.source, partial(listing, self._house.fetcher, self._state.source, known, self._begun), self._listed)

    def _ask(self, url: str, run: Callable[[], Any], done: Callable[[Any], None], *, first: bool = True) -> None:
        self._open += 1

        def come(result: Any) -> None:
            self._open -= 1
            if isinstance(result, UsageError) or (isinstance(result, BaseException) and not isinstance(result, Exception)):
                raise result  # a missing extra, or the end of the program
            try:
                done(result)
            except Exception as error:  # one source must not end the watch of the others
                self._listing = None
                self._fail(error)
            if not self._open:
                self._end()

        self._house.crew.give(Job(url, run, come), first=first)

    # ------------------------------------------------------------------------------------------------------------- lists

    def _listed(self, result: Listing | Exception) -> None:
        if isinstance(result, Exception):
            self._fail(result)
            return
        self._listing = result
        self._state = replace(self._state, kind=result.kind or self._state.kind)
        self._house.intake.put(skipped=result.skipped)
        self._plan(result)
        self._look_again()
        known = self._house.store.seen(self._state.source, [e.url for e in result.sitemaps])
        for entry in result.sitemaps:
            seen = known.get(entry.url)
            if seen is None or not entry.mark or seen.mark != entry.mark or seen.errors:
                validators = Validators(seen.etag, seen.last_modified) if seen else Validators()
                run = partial(listing, self._house.fetcher, entry.url, validators, self._begun)
                self._ask(entry.url, run, partial(self._listed_below, entry, seen))

    def _listed_below(self, entry: Entry, seen: Seen | None, result: Listing | Exception) -> None:
        """A sitemap that an index lists. It is remembered once nothing in it is left."""
        if isinstance(result, Exception):
            self._complete = False
            failed = replace(self._failed(entry, seen, result), next_check=None)  # asked for again when the index is
            self._house.intake.put((), [failed], skipped=[Skipped(entry.url, _reason(result))])
            return
        self._house.intake.put(skipped=result.skipped)
        if self._plan(result):
            row = seen or Seen(self._state.source, entry.url, self._begun)
            row = replace(row, checked=self._begun, mark=entry.mark, errors=0)
            self._house.intake.put((), [replace(row, etag=result.etag, last_modified=result.last_modified)])

    def _plan(self, found: Listing) -> bool:
        """Ask for the pages that are new or changed; whether none had to be left for the next visit."""
        known = self._house.store.seen(self._state.source, [e.url for e in found.entries])
        settings, complete = self._house.settings, True
        if found.undated and len(found.entries) > settings.undated and self._before.last_success is None:
            # Which of them are new nobody can say: they are noted, and what is listed beside them later is new.
            rows = (Seen(self._state.source, e.url, self._begun, self._begun, e.mark) for e in found.entries)
            reason = f"{len(found.entries):,} pages without dates: only those that it lists from now on are fetched"
            self._house.intake.put((), rows, skipped=[Skipped(self._state.source, reason)])
            return True
        for entry in found.entries:
            seen = known.get(entry.url)
            if seen is not None and seen.mark == entry.mark:
                waiting = seen.errors and seen.next_check is not None
                complete = complete and not waiting
                if not waiting or (seen.next_check or 0.0) > self._begun:
                    continue
            if entry.url in self._planned:
                continue
            if len(self._planned) >= settings.entries:
                complete, self._more = False, True
                break
            self._fetch(entry, seen)
        self._complete = self._complete and complete
        return complete

    def _look_again(self) -> None:
        """Ask again for pages that may have been changed in silence, or could not be had and are no longer listed."""
        for seen in self._house.store.due(self._state.source, self._begun, self._house.settings.rechecks):
            if seen.url not in self._planned:
                self._fetch(Entry(seen.url, seen.mark, seen.outlet, seen.published), seen)

    # ------------------------------------------------------------------------------------------------------------- pages

    def _fetch(self, entry: Entry, seen: Seen | None) -> None:
        self._planned.add(entry.url)
        if entry.draft is not None and entry.draft.url is None:  # there is no page
            self._come(entry, seen, InputError(entry.url, "no page is linked"))
            return
        known = Validators(seen.etag, seen.last_modified) if seen and seen.digest and seen.mark == entry.mark else Validators()
        self._ask(entry.url, partial(read_page, self._house.fetcher, entry, known), partial(self._come, entry, seen), first=False)

    def _come(self, entry: Entry, seen: Seen | None, result: PageRead | Exception) -> None:
        """A page, or why there is none."""
        if isinstance(result, FetchError) and result.kind in _NOT_ITS_FAULT:
            self._complete = False
            self._stopped = self._stopped or result.kind == "stopped"
            return
        if isinstance(result, PageRead):
            row = self._row(entry, seen, result.digest or (seen.digest if seen else None))
            self._take(result.article, replace(row, etag=result.etag, last_modified=result.last_modified), seen)
            return
        failed = self._failed(entry, seen, result)
        tried = failed.next_check is None or failed.errors >= self._house.settings.page_attempts
        carried = from_entry(entry, self._least(entry)) if tried and not failed.digest else None
        if carried is not None:
            self._take(carried, replace(self._row(entry, seen, digest(carried)), next_check=None), seen)
            return
        gave_up = [Skipped(entry.url, _reason(result))] if failed.next_check is None and not (seen and seen.digest) else []
        self._complete = self._complete and failed.next_check is None
        self._house.intake.put((), [failed], skipped=gave_up)

    def _take(self, article: Article | None, row: Seen, seen: Seen | None) -> None:
        """Hand on a report unless it is what was read before."""
        before = seen.digest if seen else None
        if article is None or row.digest == before:
            self._house.intake.put((), [row])
            return
        version = before is not None
        self._state = counted(self._state, int(not version), int(version))
        # What was known before the visit, and the count: a cut leaves the list to be asked for again.
        so_far = replace(self._before, reports=self._state.reports, versions=self._state.versions)
        self._house.intake.put([article], [row], state=so_far, version=version)

    def _least(self, entry: Entry) -> int:
        """Characters from which the feed's own text counts as the report: any, where there is no page."""
        return self._house.settings.entry_text if entry.draft is not None and entry.draft.url else 1

    def _row(self, entry: Entry, seen: Seen | None, text: str | None) -> Seen:
        """What is remembered of a page that was read."""
        row = seen or Seen(self._state.source, entry.url, self._begun)
        now = self._house.now()
        hours = [h for h in self._house.settings.recheck_hours if row.first + h * _HOUR > now]
        return replace(
            row, checked=now, mark=entry.mark, digest=text, errors=0, outlet=entry.outlet, published=entry.published,
            next_check=row.first + hours[0] * _HOUR if hours else None,
        )  # fmt: skip

    def _failed(self, entry: Entry, seen: Seen | None, error: Exception) -> Seen:
        """What is remembered of a page that could not be had; `next_check` None: it is given up until its source changes it."""
        row = seen or Seen(self._state.source, entry.url, self._begun)
        errors, now = row.errors + 1, self._house.now()
        lasting = not isinstance(error, FetchError) or error.lasting
        wait = backoff(entry.url, errors, getattr(error, "retry_after", None), self._house.settings)
        again = None if lasting or errors >= self._house.settings.page_give_up else now + wait
        return replace(
            row, checked=now, mark=entry.mark, errors=errors, next_check=again, outlet=entry.outlet, published=entry.published
        )

    # --------------------------------------------------------------------------------------------------------------- end

    def _fail(self, error: Exception) -> None:
        """The source itself could not be had, or lists nothing that can be read."""
        if isinstance(error, FetchError) and error.kind == "stopped":
            self._stopped = True
            return
        if not isinstance(error, InputError):
            log.debug("visiting %s failed", self._state.source, exc_info=error)
        errors = self._state.errors + (0 if isinstance(error, FetchError) and error.kind == "held" else 1)
        wait = backoff(self._state.source, max(1, errors), getattr(error, "retry_after", None), self._house.settings)
        self._state = replace(self._state, errors=errors, error=_reason(error), next_due=self._house.now() + wait)

    def _end(self) -> None:
        if self._stopped:
            return
        if self._listing is not None:
            now = self._house.now()
            # Until nothing is left over, the list is not asked for "only if it has changed": its entries are needed.
            full = self._complete
            self._state = replace(
                self._state, errors=0, error=None, last_success=now,
                etag=self._listing.etag if full else None, last_modified=self._listing.last_modified if full else None,
                next_due=now + (min(self._every, self._house.settings.backoff_first) if self._more else self._every),
            )  # fmt: skip
        self._house.intake.put(state=self._state)
        self._ended(self._state)


def _reason(error: Exception) -> str:
    if isinstance(error, InputError):
        return error.reason
    if isinstance(error, RiwayaError):
        return str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
