"""One HTTP exchange over a connection to a checked address, bounded in time and size.

The standard library's `http.client` reads the reply; it is handed a socket that gives up at a deadline, whatever is being read
(status line, headers, chunks or body), so that no server can keep a connection open by dripping bytes.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from riwaya.watch.address import Address

_BLOCK = 65_536  # bytes read at a time
_SLICE = 0.25  # seconds of waiting between two looks at whether to stop
_AUTO = 47  # zlib's window bits that take gzip and zlib by their first bytes
_RAW = -15  # zlib's window bits for deflate without a header, as some servers send it
_GZIP = b"\x1f\x8b"
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_BODILESS = frozenset((204, 304))


class WireError(Exception):
    """What went wrong between two machines, in a few words; `kind` is for the caller to decide by."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a request must be over (`time.monotonic()` seconds), and how long a single wait may be. `stop` ends it at once."""

    at: float
    wait: float
    stop: threading.Event = field(default_factory=threading.Event)

    def left(self) -> float:
        """Seconds for the next wait.

        Raises:
            WireError: the time is over.
        """
        if self.stop.is_set():
            raise WireError("stopped", "stopped")
        left = self.at - time.monotonic()
        if left <= 0:
            raise WireError("timeout", "took too long in all")
        return min(left, self.wait)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a server."""

    method: str
    address: Address
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered. Header names are in small letters; the body is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False  # the body is longer than what was read of it


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a body is read: at most `size` bytes, packed and unpacked; `cut`: a longer one is cut and not refused.

    `types`: beginnings of the media types that are read at all; none means any.
    """

    size: int
    cut: bool = False
    types: tuple[str, ...] = ()


class _Bytes(io.RawIOBase):
    """The bytes of a socket, each wait bounded."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        given_up = time.monotonic() + self._deadline.wait
        while True:
            self._sock.settimeout(min(self._deadline.left(), _SLICE))
            try:
                return self._sock.recv_into(buffer)
            except TimeoutError:
                if time.monotonic() >= given_up:
                    raise


class _Socket:
    """What `http.client` needs of a socket."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Bytes(self._sock, self._deadline), _BLOCK)

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def close(self) -> None:
        """The exchange closes the socket itself."""


@cache
def default_tls() -> ssl.SSLContext:
    """Certificates as this machine trusts them (SSL_CERT_FILE is heeded), or as certifi lists them where it lists none."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def exchange(
    request: Request, ips: Sequence[str], deadline: Deadline, connect: float, limit: Limit, tls: ssl.SSLContext | None = None
) -> Reply:
    """Ask once, and read the answer.

    Args:
        request: what is asked.
        ips: checked addresses of the host, tried in this order.
        deadline: when all must be over.
        connect: seconds to connect, and again to agree on TLS.
        limit: of the body.
        tls: whom to trust.

    Raises:
        WireError: kind "connect", "tls", "timeout", "broken", "large", "type", "cut short" or "stopped".
    """
    try:
        with _connected(request.address, ips, deadline, connect, tls or default_tls()) as sock:
            return _asked(request, sock, deadline, limit)
    except TimeoutError:
        deadline.left()
        raise WireError("timeout", f"no byte for {deadline.wait:g} s") from None
    except http.client.IncompleteRead:
        raise WireError("cut short", "the connection ended before the page did") from None
    except http.client.HTTPException as error:
        raise WireError("broken", f"no proper HTTP: {type(error).__name__}") from None
    except ssl.SSLError as error:
        raise WireError("tls", f"TLS failed: {_reason(error)}") from None
    except (OSError, ValueError) as error:
        raise WireError("connect", f"the connection broke: {_reason(error)}") from None


def _connected(address: Address, ips: Sequence[str], deadline: Deadline, connect: float, tls: ssl.SSLContext) -> socket.socket:
    """A connection to the first address that answers, with TLS where the scheme wants it."""
    failure: OSError | None = None
    for ip in ips:
        try:
            sock = socket.create_connection((ip, address.port), min(connect, deadline.left()))
        except OSError as error:
            failure = error
            continue
        if address.scheme == "http":
            return sock
        try:
            sock.settimeout(min(connect, deadline.left()))
            return tls.wrap_socket(sock, server_hostname=address.host)
        except TimeoutError:
            sock.close()
            raise WireError("timeout", f"no TLS within {connect:g} s") from None
        except ssl.SSLCertVerificationError as error:
            sock.close()
            raise WireError("tls", f"its certificate is not valid: {error.verify_message}; nothing was read") from None
        except BaseException:
            sock.close()
            raise
    if isinstance(failure, TimeoutError):
        raise WireError("timeout", f"no connection within {connect:g} s")
    raise WireError("connect", f"no connection: {_reason(failure) if failure else 'no address'}")


def _asked(request: Request, sock: socket.socket, deadline: Deadline, limit: Limit) -> Reply:
    connection = http.client.HTTPConnection(request.address.host, request.address.port)
    connection.sock = _Socket(sock, deadline)  # connected, checked and bounded already
    headers = {"Host": request.address.netloc, "Connection": "close", **request.headers}
    connection.request(request.method, request.address.target, request.body, headers)
    response = connection.getresponse()
    with response:
        names = {name.lower(): " ".join(value.split()) for name, value in reversed(response.getheaders())}
        if response.status in _REDIRECTS or response.status in _BODILESS:
            return Reply(response.status, names, b"")
        kind = names.get("content-type", "").partition(";")[0].strip().lower()
        ok = response.status < 300  # noqa: PLR2004 - successes; what errors look like does not matter
        if ok and kind and limit.types and not kind.startswith(limit.types):
            raise WireError("type", f"it is {kind}, which is not read")
        if not ok:
            return Reply(response.status, names, b"")
        body, cut = _body(response, limit)
        return Reply(response.status, names, body, cut)


def _body(response: http.client.HTTPResponse, limit: Limit) -> tuple[bytes, bool]:
    """The body, unpacked, and whether it goes on."""
    coding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise WireError("broken", f"packed as {coding}, which was not asked for")
    if response.length is not None and response.length > limit.size and not limit.cut:
        raise WireError("large", f"{response.length:,} bytes; at most {limit.size:,} are read")
    packed = coding not in ("identity", "")
    parts, size, unpack = [], 0, Unpacker(limit.size)
    while size <= limit.size:
        block = response.read(_BLOCK)
        if not block:
            if response.length:  # http.client is silent about a body shorter than announced
                raise WireError("cut short", f"ended {response.length:,} bytes before the announced length")
            break
        size += len(block)
        parts.append(unpack.feed(block, cut=limit.cut) if packed else block)
        if unpack.full:
            break
    if packed and not unpack.done and size <= limit.size and not unpack.full:
        raise WireError("cut short", "packed data end in the middle")
    body = b"".join(parts)
    over = size > limit.size or unpack.full
    if over and not limit.cut:
        raise WireError("large", f"more than {limit.size:,} bytes")
    return body[: limit.size], over


class Unpacker:
    """gzip and deflate, up to a number of bytes. What is packed far too well (a bomb) is never unpacked further than that."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._stream = zlib.decompressobj(_AUTO)
        self._begun = False
        self.full = False  # there is more than the limit

    @property
    def done(self) -> bool:
        """Whether the packed data have come to their end, or never began."""
        return not self._begun or self._stream.eof

    def feed(self, block: bytes, *, cut: bool = False) -> bytes:
        """Unpack the next block.

        Args:
            block: packed bytes.
            cut: stop at the limit without complaint.

        Raises:
            WireError: "large" beyond the limit, "broken" where the data are damaged.
        """
        out = []
        while block and not self.full:
            if self._stream.eof:
                if not block.startswith(_GZIP):  # padding after the end
                    break
                self._stream = zlib.decompressobj(_AUTO)  # a further member of a gzip file
            out.append(self._inflated(block))
            self._begun = True
            self._size += len(out[-1])
            if self._size > self._limit:
                self.full = True
                if not cut:
                    raise WireError("large", f"more than {self._limit:,} bytes when unpacked")
            block = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return b"".join(out)

    def _inflated(self, block: bytes) -> bytes:
        room = self._limit - self._size + 1
        try:
            return self._stream.decompress(block, room)
        except zlib.error as error:
            if not self._begun:
                self._stream = zlib.decompressobj(_RAW)
                try:
                    return self._stream.decompress(block, room)
                except zlib.error:
                    pass
            raise WireError("broken", f"packed data are damaged: {error}") from None


def _reason(error: BaseException) -> str:
    """What a socket complains of, in a few words."""
    if isinstance(error, ssl.SSLError):
        return (error.reason or str(error)).replace("_", " ").lower()
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split()) or type(error).__name__
