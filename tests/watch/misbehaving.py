"""A web server on this machine that does what each path is told to do, also what no server should."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from riwaya.settings.watch import WatchSettings
from riwaya.watch.address import Guard
from riwaya.watch.fetch import Fetcher

HOST = "127.0.0.1"
QUICK = WatchSettings(
    connect_timeout=10.0, read_timeout=10.0, total_timeout=20.0, host_pause=0.0, page_bytes=200_000, listing_bytes=3_000_000,
    backoff_first=60.0,
)  # fmt: skip


class Visit(BaseHTTPRequestHandler):
    """One request; `server.site` says what to do."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.close_connection = True
        site = self.server.site
        site.visits.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        length = int(self.headers.get("Content-Length") or 0)
        site.bodies.append(self.rfile.read(length))
        act = site.paths.get(self.path.partition("?")[0])
        try:
            if act is None:
                self.answer(404)
            elif callable(act):
                act(self)
            else:
                self.answer(200, act)
        except OSError:  # the client has gone, as it should
            pass

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def answer(self, status: int, body: bytes | str = b"", kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        """A proper answer; header names with "_" for "-"."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        given = {"Content-Type": kind, "Content-Length": str(len(data)), **{n.replace("_", "-"): v for n, v in headers.items()}}
        for name, value in given.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(data)

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self.wfile.write(data)
        self.wfile.flush()

    @property
    def ended(self) -> threading.Event:
        """Set when the server goes down: what waits must wait on it."""
        return self.server.site.ended

    def log_message(self, *args: object) -> None:
        """Nothing."""


Act = Callable[[Visit], None] | bytes | str


@dataclass
class Site:
    """What a server does and what it was asked. `paths`: a body, or what to do."""

    paths: dict[str, Act] = field(default_factory=dict)
    visits: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    port: int = 0

    def asked(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(one.partition("?")[0] == path for one, _ in self.visits)


class Server(ThreadingHTTPServer):
    """As it is, but silent about clients that leave."""

    daemon_threads = True
    block_on_close = False
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing."""


@contextmanager
def serving(paths: dict[str, Act] | None = None, tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site that is up inside the `with`."""
    server = Server((HOST, 0), Visit)
    site = server.site = Site(paths or {})
    site.port = server.server_port
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    site.url = f"{'https' if tls else 'http'}://{HOST}:{site.port}"
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.ended.set()
        server.shutdown()
        server.server_close()


def fetcher(settings: WatchSettings = QUICK, tls: ssl.SSLContext | None = None, allowed: tuple[str, ...] = (HOST,)) -> Fetcher:
    """A client that may talk to this machine."""
    return Fetcher(Guard(allowed=allowed), settings, tls=tls)
