"""Manners towards other machines: a pause between requests to one host, and longer ones after failures."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from riwaya.settings.watch import WATCH, WatchSettings

Sleep = Callable[[float], object]
"""Waits some seconds."""


@dataclass(slots=True)
class Pace:
    """When each host may be asked again. Used by several threads.

    Args:
        pause: seconds between two requests to one host.
        clock: seconds that only grow.
        sleep: waits some seconds; one that returns early lets a stop be quick.
    """

    pause: float = WATCH.host_pause
    clock: Callable[[], float] = time.monotonic
    sleep: Sleep = time.sleep
    _next: dict[str, float] = field(default_factory=dict)
    _held: dict[str, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def wait(self, host: str, pause: float | None = None) -> None:
        """Wait for this host's turn and take it; `pause` seconds follow, at least those of every host."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next.get(host, now))
            self._next[host] = turn + max(self.pause, pause or 0.0)
        if turn > now:
            self.sleep(turn - now)

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for some seconds, because it asked for it."""
        with self._lock:
            self._held[host] = max(self._held.get(host, 0.0), self.clock() + seconds)

    def held(self, host: str) -> float:
        """Seconds for which a host still wants to be left alone."""
        with self._lock:
            return max(0.0, self._held.get(host, 0.0) - self.clock())

    def until(self, host: str) -> float:
        """Seconds until this host's turn; 0 where it may be asked now."""
        with self._lock:
            return max(0.0, self._next.get(host, 0.0) - self.clock())


def backoff(name: str, errors: int, retry_after: float | None = None, settings: WatchSettings = WATCH) -> float:
    """Seconds to wait after some failures in a row.

    Args:
        name: of the source or page; it seeds the random part, so that the same failures give the same wait.
        errors: in a row, at least 1.
        retry_after: seconds that the server asked for.
        settings: the first wait, the longest, and the random part.

    >>> 60 <= backoff("https://example.com/feed", 1) <= 75, backoff("x", 50) <= 21_600 * 1.25
    (True, True)
    """
    doubled = settings.backoff_first * 2.0 ** min(errors - 1, 32)  # 2^32 minutes are beyond any longest wait
    seconds = min(max(doubled, retry_after or 0.0), settings.backoff_most)
    jitter = random.Random(f"{name}:{errors}").uniform(0.0, settings.backoff_jitter)
    return seconds * (1.0 + jitter)


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date counted from `now` (seconds since 1970).

    >>> retry_after("120", 0.0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0.0), retry_after("soon", 0.0)
    (120.0, 60.0, None)
    """
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) < 12:  # noqa: PLR2004 - more digits are no seconds but a mistake
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - datetime.fromtimestamp(now, UTC)).total_seconds())
