"""robots.txt (RFC 9309): fetched once a day for each origin, read by protego."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from riwaya.errors import InputError, MissingExtraError
from riwaya.settings.watch import WATCH, WatchSettings
from riwaya.watch.address import Address

if TYPE_CHECKING:
    from protego import Protego

ROBOT = "riwaya"
"""The name that a robots.txt may address us by."""
_HOUR = 3600.0


class RobotsError(InputError):
    """A robots.txt that does not allow a URL (`lasting`), or that cannot be had, so that nothing may be fetched for a while."""

    def __init__(self, url: str, reason: str, *, lasting: bool) -> None:
        super().__init__(url, reason)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class _Kept:
    rules: Protego | None
    failure: str  # why it could not be had, where `rules` is None
    until: float


@dataclass(slots=True)
class Robots:
    """What the hosts allow. Used by several threads.

    Args:
        ask: the text of an origin's robots.txt, "" where it has none; raises RobotsError where it cannot be had, and whatever
            else forbids to ask.
        settings: how long it is kept.
        clock: seconds that only grow.
    """

    ask: Callable[[Address], str]
    settings: WatchSettings = WATCH
    clock: Callable[[], float] = time.monotonic
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def permit(self, address: Address) -> float:
        """Make sure that a URL may be fetched; the seconds that its host wants between two requests, 0 where it does not say.

        Raises:
            RobotsError: it may not.
            MissingExtraError: the extra 'watch' is not installed.
        """
        kept = self._of(address)
        if kept.rules is None:
            raise RobotsError(address.url, f"the robots.txt of its host cannot be had: {kept.failure}", lasting=False)
        if not kept.rules.can_fetch(address.url, ROBOT):
            raise RobotsError(address.url, "the robots.txt of its host does not allow it", lasting=True)
        return min(kept.rules.crawl_delay(ROBOT) or 0.0, self.settings.longest_crawl_delay)

    def _of(self, address: Address) -> _Kept:
        with self._lock:
            kept = self._kept.get(address.origin)
        if kept is None or self.clock() >= kept.until:
            try:
                rules, failure, seconds = _parsed(self.ask(address)), "", self.settings.robots_hours * _HOUR
            except RobotsError as error:
                rules, failure, seconds = None, error.reason, self.settings.robots_retry
            kept = _Kept(rules, failure, self.clock() + seconds)
            with self._lock:
                self._kept[address.origin] = kept
        return kept


def _parsed(text: str) -> Protego:
    try:
        from protego import Protego
    except ImportError:
        raise MissingExtraError("reading robots.txt", "watch") from None
    return Protego.parse(text)
