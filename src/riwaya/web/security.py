"""What protects the application, as functions without state: the policy, addresses, origins, tokens of forms."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
import re
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[^:\[\]/@\s]+)(?::(?P<port>\d{1,5}))?")

# Sent with every answer. With "no-referrer" browsers would hide the origin of our own forms too. HSTS is the business of whoever
# ends TLS for the name.
HEADERS: tuple[tuple[str, str], ...] = (
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("x-robots-tag", "noindex, nofollow"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
)


def policy(style: str | None = None) -> str:
    """The content security policy; `style` is the text of the one <style> element of this page, if it has one."""
    own = ""
    if style is not None:
        own = f" 'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
    return (
        "default-src 'none'; script-src 'self'; "
        f"style-src 'self'{own}; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types riwaya"
    )


def host_name(host: str) -> str | None:
    """The name in a Host header, without its port, in small letters; None if it is not well formed."""
    match = _HOST.fullmatch(host)
    return match["name"].lower().rstrip(".") if match else None


def host_allowed(host: str, names: Collection[str], *, any_address: bool) -> bool:
    """Whether a request for this Host is meant for us: else another site's name leads here (DNS rebinding).

    Args:
        host: the header.
        names: what we are called, in small letters, IPv6 addresses in brackets.
        any_address: numbers are always right: nobody can make a browser believe that a number is another site.
    """
    name = host_name(host)
    if name is None:
        return False
    return name in names or (any_address and is_address(name))


def taken_from_outside(header: Callable[[str], str | None]) -> bool:
    """Whether another site's page asks for something of ours to use it there, as an image, a script, a frame or data.

    Where nobody logs in, whatever page is open in the same browser could ask. Links from other sites and from mails are
    followed: there a whole page is asked for, and shown by itself. What sends no such headers is no browser of today.
    """
    if header("sec-fetch-site") in (None, "same-origin", "none"):
        return False
    return header("sec-fetch-mode") != "navigate" or header("sec-fetch-dest") != "document"


def for_programs(path: str) -> bool:
    """Whether a path is the API's, where errors are JSON."""
    return path == "/api" or path.startswith("/api/")


def is_address(name: str) -> bool:
    """Whether a host name is an IP address."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that is bound to this host."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def same_site(host: str, origin: str | None, fetch_site: str | None) -> bool:
    """Whether a request that changes something comes from a page of ours, or from no page at all.

    Args:
        host: the Host header of the request.
        origin: its Origin header; browsers send it with every POST. "null" is a page that hides where it is from.
        fetch_site: its Sec-Fetch-Site header, which no page can forge.
    """
    if fetch_site is not None:
        return fetch_site in ("same-origin", "none")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def plain_letters(content_type: str) -> bool:
    """Whether the words of a form come as UTF-8, as every browser sends them.

    The sender of a form in parts may name any of Python's codecs, and some take quadratic time (punycode) or give half a
    character (unicode_escape).
    """
    kind = content_type.lower()
    return not kind.startswith("multipart/") or "charset" not in kind.replace("charset=utf-8", "")


def form_token(key: bytes, secret: str, session: str) -> str:
    """The token that forms carry: bound to the browser (`secret`, its cookie) and to the session, if there is one."""
    return hmac.new(key, f"{secret}\0{session}".encode(), hashlib.sha256).hexdigest()


def inside(where: str) -> str:
    """An address within the application, or its front page: a redirect never leads to another host."""
    plain = where.isprintable() and where.startswith("/") and not where.startswith("//") and "\\" not in where
    return where if plain else "/"
