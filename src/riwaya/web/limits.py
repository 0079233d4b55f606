"""How often something may happen: a count per key within a window, in memory, for a bounded number of keys."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

_OWN_NETWORK = 64  # bits: who has one IPv6 address has all that begin with them


def holder(address: str) -> str:
    """What is counted for an address: itself, or the network that an IPv6 address is one of 2**64 of.

    >>> holder("192.0.2.7"), holder("2001:db8::7"), holder("::ffff:192.0.2.7")
    ('192.0.2.7', '2001:db8::/64', '192.0.2.7')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, _OWN_NETWORK), strict=False))


class Limit:
    """At most `most` events a key within `window` seconds; `keys` keys are remembered, the least recent go first."""

    def __init__(self, most: int, window: float, keys: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._window, self._keys, self._clock = most, window, keys, clock
        self._events: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str) -> float:
        """Seconds until another event of this key is allowed; 0 if it is now."""
        with self._lock:
            events = self._recent(key)
            return self._window - (self._clock() - events[0]) if events and len(events) >= self._most else 0.0

    def count(self, key: str) -> None:
        """Note that one happened."""
        with self._lock:
            self._note(key)

    def take(self, key: str) -> float:
        """As `wait`, and where it is allowed it is counted at once, so that many at the same time are no more than allowed."""
        with self._lock:
            events = self._recent(key)
            if events and len(events) >= self._most:
                return self._window - (self._clock() - events[0])
            self._note(key)
            return 0.0

    def recent(self, key: str) -> int:
        """How many of this key there were within the window; no more than `most` are counted."""
        with self._lock:
            return len(self._recent(key) or ())

    def give_back(self, key: str) -> None:
        """Uncount the last event of this key."""
        with self._lock:
            if events := self._events.get(key):
                events.pop()

    def _note(self, key: str) -> None:
        events = self._recent(key) or deque(maxlen=self._most)
        events.append(self._clock())
        self._events[key] = events
        self._events.move_to_end(key)
        while len(self._events) > self._keys:
            self._events.popitem(last=False)

    def forget(self, key: str) -> None:
        """Start anew for this key."""
        with self._lock:
            self._events.pop(key, None)

    def _recent(self, key: str) -> deque[float] | None:
        events = self._events.get(key)
        if events is None:
            return None
        since = self._clock() - self._window
        while events and events[0] <= since:
            events.popleft()
        return events
