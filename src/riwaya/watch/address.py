"""Which addresses may be connected to, and where a URL really leads.

A URL is taken apart once, its host is resolved once, every address that the resolver gives is checked, and the connection is made
to a checked address and not to the name: a name that answers differently a moment later (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from riwaya.errors import InputError
from riwaya.settings.watch import WATCH, WatchSettings

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]
"""Host and port -> its addresses as text; raises OSError where there are none."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")  # a last label that libc would read as part of an IPv4 address
_KEPT = "%/:=&?~+!$,;'@()*[]-._"  # what a path or query may hold unquoted
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")


class BlockedError(InputError):
    """A URL that must not be fetched: no http, a private address, a port of another service."""


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart: where to connect and what to ask for. `host` is ASCII, without brackets and the final dot."""

    url: str
    scheme: str
    host: str
    port: int
    target: str  # path and query, quoted

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt holds for."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def netloc(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


def parse_url(url: str, settings: WatchSettings = WATCH) -> Address:
    """A URL of the web, checked as far as its letters go.

    Args:
        url: absolute; letters beyond ASCII in the path are quoted, in the host written as IDNA.
        settings: the longest URL and the lowest port.

    Raises:
        BlockedError: not http(s), a user's name in it, no host, a host written as a number, or a port of another service.

    >>> parse_url("HTTP://Example.COM./أخبار/1?x=ب#top").url
    'http://example.com/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1?x=%D8%A8'
    """
    shown = url if len(url) <= settings.url_length else f"{url[:80]}…"
    if len(url) > settings.url_length:
        raise BlockedError(shown, f"longer than {settings.url_length:,} characters")
    text = url.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise BlockedError(shown, f"no URL: {error}") from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise BlockedError(shown, "only http and https are fetched")
    if parts.username is not None or parts.password is not None:
        raise BlockedError(shown, "a user's name or password stands in it")
    if _CONTROL.search(parts.netloc):
        raise BlockedError(shown, "the host holds a space, a backslash or a control character")
    host = _host(parts.hostname or "", shown)
    port = _DEFAULT_PORTS[parts.scheme] if port is None else port
    if port not in _DEFAULT_PORTS.values() and port < settings.lowest_port:
        raise BlockedError(shown, f"port {port} is not one of web servers")
    target = quote(parts.path, safe=_KEPT) or "/"
    if parts.query:
        target += "?" + quote(parts.query, safe=_KEPT)
    plain = Address("", parts.scheme, host, port, target)
    return Address(plain.origin + target, plain.scheme, host, port, target)


def _host(host: str, shown: str) -> str:
    """A host's name in ASCII, or an address in its usual form."""
    if not host:
        raise BlockedError(shown, "no host in it")
    if ":" in host:
        try:
            return str(ipaddress.IPv6Address(host.partition("%")[0])) if "%" not in host else _refuse(host, shown)
        except ValueError:
            return _refuse(host, shown)
    try:
        name = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        return _refuse(host, shown)
    name = name.removesuffix(".")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):  # 2130706433, 0x7f.1, 0177.0.0.1: only the plain form is taken
        try:
            return str(ipaddress.IPv4Address(name))
        except ValueError:
            return _refuse(host, shown)
    return name if _NAME.fullmatch(name) else _refuse(host, shown)


def _refuse(host: str, shown: str) -> str:
    raise BlockedError(shown, f"{host!r} is no host's name")


def forbidden(address: IPAddress, *, allow_private: bool = False) -> str | None:
    """Why an address must not be connected to, or None where it may be.

    What an IPv6 address stands for (IPv4-mapped, 6to4, Teredo, NAT64) is checked too. `allow_private` opens private and loopback
    addresses; link-local ones (where clouds keep their secrets), multicast, reserved and unspecified ones are never opened.

    >>> forbidden(ipaddress.ip_address("::ffff:10.0.0.1")), forbidden(ipaddress.ip_address("8.8.8.8"))
    ('a private address', None)
    """
    inner = _inside(address)
    if inner is not None:
        # Where a local NAT64 puts the IPv4 address within its own prefix, only its network knows.
        local = address in _NAT64_LOCAL and not allow_private
        return "a private address" if local else forbidden(inner, allow_private=allow_private)
    if address.is_unspecified or address.is_multicast:
        return "no address of one server"
    if address.is_link_local:
        return "a link-local address"
    if address.is_loopback:
        return None if allow_private else "a loopback address"
    if address.is_private or getattr(address, "is_site_local", False):
        return None if allow_private else "a private address"
    if address.is_reserved:
        return "a reserved address"
    return None if address.is_global or allow_private else "a private address"  # 100.64.0.0/10, shared by a carrier


def _inside(address: IPAddress) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 one leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64 or address in _NAT64_LOCAL:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses that this machine's resolver gives, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may be talked to.

    Args:
        allow_private: private and loopback addresses are open for every host.
        allowed: hosts, or host:port, whose private and loopback addresses are open.
        resolve: how names are looked up.
    """

    allow_private: bool = False
    allowed: Collection[str] = ()
    resolve: Resolver = system_resolver

    def addresses(self, address: Address, timeout: float) -> list[str]:
        """The addresses that may be connected to for a URL, every one of them checked.

        Args:
            address: the URL.
            timeout: seconds for the look-up.

        Raises:
            BlockedError: one of its addresses is forbidden.
            OSError: the name is not known; TimeoutError: the look-up took too long.
        """
        found = self._looked_up(address, timeout)
        private = self.allow_private or not {address.host, f"{address.host}:{address.port}"}.isdisjoint(self.allowed)
        for one in found:
            reason = forbidden(ipaddress.ip_address(one.partition("%")[0]), allow_private=private)
            if reason:
                raise BlockedError(address.url, f"{address.host} leads to {one}, {reason}; `--allow-private` opens private ones")
        return found

    def _looked_up(self, address: Address, timeout: float) -> list[str]:
        """The resolver cannot be interrupted, so it is waited for in a thread of its own."""
        try:
            return [str(ipaddress.ip_address(address.host))]
        except ValueError:
            pass
        answer: list[list[str] | OSError] = []

        def ask() -> None:
            try:
                answer.append(self.resolve(address.host, address.port))
            except OSError as error:
                answer.append(error)
            except UnicodeError as error:  # a label that is too long
                answer.append(OSError(str(error)))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(timeout)
        if not answer:
            raise TimeoutError(f"no answer in {timeout:g} s")
        if isinstance(answer[0], OSError):
            raise answer[0]
        if not answer[0]:
            raise OSError("no address")
        return answer[0]
