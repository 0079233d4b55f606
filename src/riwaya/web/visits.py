"""What a reader has seen: per story, up to which report, in a small cookie. Nothing of it is kept on the server.

What is new is what came after the visit before this one; reloading a page, or turning to another section of the story, is the
same visit, so that the marks stay until the reader has been away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from fastapi import Request

from riwaya.settings.web import WEB
from riwaya.web.request import archive, guarded

COOKIE = "riwaya_seen"
LISTS = "lists"  # stands for the lists of stories, where a story has its id
ALERTS = "alerts"  # the page of alerts
_OTHERS = (LISTS, ALERTS)
_YEAR = 365 * 24 * 3600
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID = 16  # letters of a story's id after the prefix


class Mark(NamedTuple):
    """How far a reader has seen something, as the archive numbers what comes: before this visit, and now.

    `at` is when the visit's last page was, in seconds since 1970.
    """

    before: int
    now: int
    at: int


@dataclass(frozen=True, slots=True)
class Visits:
    """A reader's marks, the least recent first."""

    marks: Mapping[str, Mark]

    def seen(self, what: str) -> Mark | None:
        """How far a story, or LISTS, was seen; None if never."""
        return self.marks.get(_short(what))

    def seeing(self, what: str, newest: int, now: int) -> Visits:
        """The marks after a page that showed everything up to `newest` at the time `now`."""
        key, old = _short(what), self.seen(what)
        if old is None:
            mark = Mark(newest, newest, now)
        elif now - old.at > WEB.visit_seconds:
            mark = Mark(old.now, max(old.now, newest), now)
        else:
            mark = Mark(old.before, max(old.now, newest), now)
        others = [(k, m) for k, m in self.marks.items() if k != key]
        return Visits(dict([*others[-(WEB.visits_kept - 1) :], (key, mark)]))

    def moved(self, resolve: Callable[[str], str | None]) -> Visits:
        """The same marks under the ids that the stories have now."""
        marks: dict[str, Mark] = {}
        for key, mark in self.marks.items():
            now = resolve(f"s-{key}") if key not in _OTHERS else key
            if now is not None:
                marks[_short(now)] = max(mark, marks.get(_short(now), mark))
        return Visits(marks)

    def packed(self) -> str:
        """As the cookie holds it."""
        return "_".join(".".join((key, *map(_write, mark))) for key, mark in self.marks.items())


def visits(request: Request) -> Visits:
    """The reader's marks; what is not one is left out: a cookie may hold anything."""
    marks: dict[str, Mark] = {}
    for entry in request.cookies.get(COOKIE, "").split("_")[: WEB.visits_kept]:
        key, *numbers = entry.split(".")
        if len(numbers) == len(Mark._fields) and key.isalnum() and len(key) <= _ID:
            try:
                marks[key] = Mark(*(int(n, 36) for n in numbers))
            except ValueError:
                continue
    return Visits(marks)


def note(request: Request, what: str, newest: int) -> int | None:
    """Note that the reader now sees a story, LISTS or ALERTS, up to `newest`; up to where they saw it before, None if never."""
    was = visits(request)
    if was.seen(what) is None:
        was = was.moved(archive(request).resolve)  # it may have had another id
    now = was.seeing(what, newest, int(time.time()))
    guarded(request).set_cookies[COOKIE] = (now.packed(), _YEAR)
    old = was.seen(what)
    mark = now.seen(what)
    return None if old is None or mark is None else mark.before


def _short(what: str) -> str:
    return what.removeprefix("s-")


def _write(number: int) -> str:
    digits = ""
    while number > 0:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or "0"
