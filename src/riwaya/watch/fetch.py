"""Pages and feeds from other machines: politely, and as if every one of them were hostile.

The standard library speaks HTTP here, over connections that this package makes itself (`wire`), because two things must hold
that general clients do not give: the address connected to is one that was checked, and no server can exceed the time or the size
set for a request. Proxies of the environment (HTTP_PROXY and the like) are not used: through one, no address could be checked.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from riwaya.errors import InputError
from riwaya.settings.watch import WATCH, WatchSettings
from riwaya.version import __version__
from riwaya.watch.address import Address, BlockedError, Guard, parse_url
from riwaya.watch.manners import Pace, retry_after
from riwaya.watch.robots import Robots, RobotsError
from riwaya.watch.wire import Deadline, Limit, Reply, Request, WireError, exchange

USER_AGENT = f"riwaya/{__version__} (+https://github.com/riwaya/riwaya)"
PAGE_TYPES = ("text/", "application/xhtml")
LISTING_TYPES = ("text/", "application/", "multipart/")  # feeds come under many names; a picture or film is none

_OK = 200
_NOT_MODIFIED = 304
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_TOO_MANY = 429
_UNAVAILABLE = 503
_SERVER_ERROR = 500
_LATER = frozenset((408, 425, _TOO_MANY))  # errors of a client that a later try may not meet


class FetchError(InputError):
    """A URL that could not be fetched.

    `kind` is "blocked" (not a place that may be asked), "disallowed" (by robots.txt), "robots" (no robots.txt to be had),
    "redirect", "status" (`status` says which), "held" (the host wants to be left alone), "stopped", or as in `wire.WireError`.
    `retry_after`: seconds that the server asked to wait.
    """

    def __init__(
        self, url: str, reason: str, kind: str, *, status: int | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(url, reason)
        self.kind = kind
        self.status = status
        self.retry_after = retry_after

    @property
    def lasting(self) -> bool:
        """Whether the same request would fail again."""
        if self.kind == "status" and self.status is not None:
            return self.status < _SERVER_ERROR and self.status not in _LATER
        return self.kind in ("blocked", "disallowed", "type", "large", "redirect")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave. `url` is where it was found after redirects; `body` is unpacked, empty where nothing had changed."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def not_modified(self) -> bool:
        """Whether it is what it was when the validators were given."""
        return self.status == _NOT_MODIFIED

    @property
    def etag(self) -> str | None:
        """To be sent back with the next request."""
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        """To be sent back with the next request."""
        return self.headers.get("last-modified")

    @property
    def charset(self) -> str | None:
        """The encoding that the header names."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave with the version that is known: it answers 304 where nothing has changed since."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return bool(self.headers())

    def headers(self) -> dict[str, str]:
        """For a conditional request; what a header cannot hold is left out."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value and value.isascii() and value.isprintable()}


@dataclass
class Fetcher:
    """A client for many hosts. Used by several threads.

    Args:
        guard: who may be talked to.
        settings: timeouts, limits and manners.
        pace: when each host may be asked; made from the settings where none is given.
        tls: whom to trust; this machine's certificates where none are given.
        stop: once set, nothing more is asked for.
        now: seconds since 1970, for Retry-After dates.
    """

    guard: Guard = field(default_factory=Guard)
    settings: WatchSettings = WATCH
    pace: Pace | None = None
    tls: ssl.SSLContext | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    now: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        self._pace = self.pace or Pace(self.settings.host_pause, sleep=self.stop.wait)
        self._robots = Robots(self._robots_text, self.settings)

    def page(self, url: str, known: Validators = Validators()) -> Fetched:
        """A web page, if the host's robots.txt allows it.

        Args:
            url: absolute, http or https.
            known: validators of the version that is known.

        Raises:
            FetchError: it cannot be had; the line says why.
            MissingExtraError: the extra 'watch' is not installed.
        """
        limit = Limit(self.settings.page_bytes, types=PAGE_TYPES)
        return self._get(url, known, limit, "text/html, application/xhtml+xml, */*;q=0.5")

    def listing(self, url: str, known: Validators = Validators()) -> Fetched:
        """A feed or sitemap, as `page` gives a page."""
        limit = Limit(self.settings.listing_bytes, types=LISTING_TYPES)
        return self._get(url, known, limit, "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Send something to a webhook; the status, always a success. Redirects are not followed, robots.txt is not asked.

        Raises:
            FetchError: it was not taken.
        """
        deadline = self._deadline(self.settings.total_timeout)
        address = self._address(url)
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers}
        reply = self._once(Request("POST", address, sent, body), deadline, Limit(self.settings.reply_bytes, cut=True))
        if reply.status in _REDIRECTS:
            raise FetchError(url, f"HTTP {reply.status}: it is elsewhere; give its final address", "redirect")
        self._check(address, reply)
        return reply.status

    def host_wait(self, url: str) -> float:
        """Seconds until the host of a URL may be asked again; 0 where it may be now, or where the URL is none."""
        try:
            return self._pace.until(parse_url(url, self.settings).host)
        except BlockedError:
            return 0.0

    def _deadline(self, seconds: float) -> Deadline:
        return Deadline(time.monotonic() + seconds, self.settings.read_timeout, self.stop)

    def _address(self, url: str) -> Address:
        try:
            return parse_url(url, self.settings)
        except BlockedError as error:
            raise FetchError(error.path, error.reason, "blocked") from None

    def _get(self, url: str, known: Validators, limit: Limit, accept: str) -> Fetched:
        headers = {"User-Agent": USER_AGENT, "Accept": accept, "Accept-Encoding": "gzip, deflate", **known.headers()}
        address = self._address(url)
        spent = 0.0  # seconds on the requests themselves: waiting for a host's turn does not count
        for _ in range(self.settings.redirects + 1):
            try:
                delay = self._robots.permit(address)
            except RobotsError as error:
                raise FetchError(error.path, error.reason, "disallowed" if error.lasting else "robots") from None
            self._turn(address, delay)
            begun = time.monotonic()
            reply = self._once(Request("GET", address, headers), self._deadline(self.settings.total_timeout - spent), limit)
            spent += time.monotonic() - begun
            if reply.status not in _REDIRECTS:
                self._check(address, reply, conditional=known.any)
                return Fetched(address.url, reply.status, reply.headers, reply.body)
            address = self._next(address, reply)
        raise FetchError(url, f"redirected more than {self.settings.redirects} times", "redirect")

    def _turn(self, address: Address, delay: float = 0.0) -> None:
        """Wait for the host's turn."""
        held = self._pace.held(address.host)
        if held:
            raise FetchError(address.url, f"its host asked to be left alone for {held:.0f} s", "held", retry_after=held)
        self._pace.wait(address.host, delay)
        if self.stop.is_set():
            raise FetchError(address.url, "stopped", "stopped")

    def _next(self, address: Address, reply: Reply) -> Address:
        """Where a redirect leads, its letters checked; its addresses are checked when it is asked."""
        to = reply.headers.get("location")
        if not to:
            raise FetchError(address.url, f"HTTP {reply.status} without saying where to", "redirect")
        try:
            return parse_url(_joined(address.url, to), self.settings)
        except BlockedError as error:
            raise FetchError(address.url, f"redirected to {error.path}: {error.reason}", "blocked") from None

    def _once(self, request: Request, deadline: Deadline, limit: Limit) -> Reply:
        """One exchange with a checked address."""
        url = request.address.url
        try:
            ips = self.guard.addresses(request.address, min(self.settings.connect_timeout, deadline.left()))
            return exchange(request, ips, deadline, self.settings.connect_timeout, limit, self.tls)
        except BlockedError as error:
            raise FetchError(url, error.reason, "blocked") from None
        except WireError as error:
            raise FetchError(url, str(error), error.kind) from None
        except TimeoutError as error:
            raise FetchError(url, f"its host's name: {error}", "timeout") from None
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise FetchError(url, f"its host is not known: {reason}", "connect") from None

    def _check(self, address: Address, reply: Reply, *, conditional: bool = False) -> None:
        """Raise unless the reply is a success, or "not modified" to a conditional request."""
        if _OK <= reply.status < 300 or (conditional and reply.status == _NOT_MODIFIED):  # noqa: PLR2004 - 2xx
            return
        wait = None
        if reply.status in (_TOO_MANY, _UNAVAILABLE):
            wait = retry_after(reply.headers.get("retry-after"), self.now())
            if wait is not None:
                self._pace.hold(address.host, min(wait, self.settings.backoff_most))
        wish = f", asks to wait {wait:.0f} s" if wait else ""
        raise FetchError(address.url, f"HTTP {reply.status}{wish}", "status", status=reply.status, retry_after=wait)

    def _robots_text(self, address: Address) -> str:
        """The robots.txt of an origin, "" where it has none (4xx) or redirects without end: RFC 9309, 2.3.1.

        Raises:
            FetchError: the origin itself must not be asked.
            RobotsError: it cannot be had.
        """
        headers = {"User-Agent": USER_AGENT, "Accept": "text/plain, */*;q=0.5", "Accept-Encoding": "gzip, deflate"}
        first = at = parse_url(f"{address.origin}/robots.txt", self.settings)
        deadline = self._deadline(self.settings.total_timeout)
        for _ in range(self.settings.redirects + 1):
            try:
                self._turn(at)
                reply = self._once(Request("GET", at, headers), deadline, Limit(self.settings.robots_bytes, cut=True))
                if reply.status in _REDIRECTS:
                    at = self._next(at, reply)
                    continue
            except FetchError as error:
                if error.kind in ("held", "stopped") or (error.kind == "blocked" and at == first):
                    raise FetchError(address.url, error.reason, error.kind, retry_after=error.retry_after) from None
                raise RobotsError(at.url, error.reason, lasting=False) from None
            if reply.status >= _SERVER_ERROR or reply.status == _TOO_MANY:
                raise RobotsError(at.url, f"HTTP {reply.status}", lasting=False)
            return reply.body.decode("utf-8", "replace") if reply.status == _OK else ""
        return ""


def _joined(base: str, to: str) -> str:
    try:
        return urljoin(base, to)
    except ValueError:
        return to
