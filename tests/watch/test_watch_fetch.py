"""The client against a server that misbehaves in every way that servers do."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
import trustme
from misbehaving import HOST, QUICK, Act, Site, Visit, fetcher, serving

from riwaya.watch.address import Guard
from riwaya.watch.fetch import USER_AGENT, Fetched, Fetcher, FetchError, Validators
from riwaya.watch.manners import Pace


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def failure(site: Site, path: str = "/page", client: Fetcher | None = None) -> FetchError:
    with pytest.raises(FetchError) as caught:
        (client or fetcher()).page(site.url + path)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_page_as_it_is(site: Site) -> None:
    site.paths["/page"] = lambda v: v.answer(200, "<p>خبر", ETag='"1"', Last_Modified="Mon, 02 Feb 2032 10:00:00 GMT")
    got = fetcher().page(site.url + "/page")
    assert (got.status, got.body.decode(), got.charset, got.etag) == (200, "<p>خبر", "utf-8", '"1"')
    asked = dict(site.visits)["/page"]
    assert asked["user-agent"] == USER_AGENT
    assert asked["host"] == f"{HOST}:{site.port}"


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    def act(visit: Visit) -> None:
        visit.answer(304 if visit.headers.get("If-None-Match") == '"1"' else 200, "<p>خبر", ETag='"1"')

    site.paths["/page"] = act
    client = fetcher()
    first = client.page(site.url + "/page")
    again = client.page(site.url + "/page", Validators(first.etag, first.last_modified))
    assert again.not_modified
    assert again.body == b""
    site.paths["/page"] = lambda v: v.answer(304)
    assert failure(site).status == 304  # nobody asked whether it had changed


def test_a_validator_cannot_smuggle_a_header(site: Site) -> None:
    site.paths["/page"] = b"x"
    fetcher().page(site.url + "/page", Validators('"a"\r\nX-Evil: 1', "\n"))
    assert "x-evil" not in site.visits[-1][1]
    assert "if-none-match" not in site.visits[-1][1]


def test_arabic_paths_are_quoted(site: Site) -> None:
    site.paths["/%D8%AE%D8%A8%D8%B1"] = b"x"
    assert fetcher().page(site.url + "/خبر?ق=١#top").body == b"x"
    assert site.visits[-1][0] == "/%D8%AE%D8%A8%D8%B1?%D9%82=%D9%A1"


# ------------------------------------------------------------------------------------------------------------ time


def silent(visit: Visit) -> None:
    visit.ended.wait(30)


def drip_body(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while not visit.ended.wait(0.05):
        visit.raw(b"x")


def drip_headers(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not visit.ended.wait(0.05):
        visit.raw(b"y")


def drip_hundred(visit: Visit) -> None:
    while not visit.ended.wait(0.05):
        visit.raw(b"HTTP/1.1 100 Continue\r\n\r\n")


@pytest.mark.parametrize("act", [silent, drip_body, drip_headers, drip_hundred])
def test_a_slow_server_is_given_up_in_time(site: Site, act: Act) -> None:
    site.paths["/page"] = act
    begun = time.monotonic()
    error = failure(site, client=fetcher(replace(QUICK, read_timeout=0.3, total_timeout=0.5)))
    assert not error.lasting
    assert error.kind == "timeout"
    assert time.monotonic() - begun < 10.0  # of a request that is to end after 0.5 s, on a machine that is busy


def test_a_server_that_never_agrees_on_tls_is_given_up() -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
        error = failure(Site(url=f"https://{HOST}:{port}"), client=fetcher(replace(QUICK, connect_timeout=0.2)))
    assert "no TLS within" in error.reason


def test_a_resolver_that_hangs_is_given_up() -> None:
    gate = threading.Event()

    def hang(host: str, port: int) -> list[str]:
        gate.wait(5)
        return []

    client = Fetcher(Guard(resolve=hang), replace(QUICK, connect_timeout=0.1))
    error = failure(Site(url="http://slow.example"), client=client)
    gate.set()
    assert "its host's name" in error.reason


def test_nobody_listens() -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
    error = failure(Site(url=f"http://{HOST}:{port}"))
    assert "refused" in error.reason
    assert not error.lasting


# ------------------------------------------------------------------------------------------------------------ size


def endless(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not visit.ended.is_set():
        visit.raw(b"<p>" * 20_000)


def endless_chunks(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not visit.ended.is_set():
        visit.raw(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")


def announced(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\nx")


GZIP_BOMB, BOMB = gzip.compress(b"\0" * 20_000_000), zlib.compress(b"\0" * 20_000_000)


def gzip_bomb(visit: Visit) -> None:
    visit.answer(200, GZIP_BOMB, Content_Encoding="gzip")


def deflate_bomb(visit: Visit) -> None:
    visit.answer(200, BOMB[2:-4], Content_Encoding="deflate")


@pytest.mark.parametrize("act", [endless, endless_chunks, announced, gzip_bomb, deflate_bomb])
def test_what_is_too_large_is_not_read(site: Site, act: Act) -> None:
    site.paths["/page"] = act
    error = failure(site, client=fetcher())
    assert error.kind == "large"
    assert error.lasting


def endless_headers(visit: Visit) -> None:
    visit.raw(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        visit.raw(f"X-{number}: y\r\n".encode())


@pytest.mark.parametrize("act", [endless_headers, lambda v: v.raw(b"SSH-2.0-OpenSSH\r\n\r\n"), lambda v: v.raw(b"\0" * 200_000)])
def test_what_is_no_http_is_said_to_be_none(site: Site, act: Act) -> None:
    site.paths["/page"] = act
    assert failure(site).kind in ("broken", "connect")


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", lambda d: zlib.compress(d)[2:-4]),
     ("x-gzip", lambda d: gzip.compress(d[:500]) + gzip.compress(d[500:]) + b"\0\0\0")],
)  # fmt: skip
def test_packed_pages_are_unpacked(site: Site, coding: str, pack: object) -> None:
    page = "<p>خبر طويل</p>".encode() * 1000
    site.paths["/page"] = lambda v: v.answer(200, pack(page), Content_Encoding=coding)  # type: ignore[operator]
    assert fetcher().page(site.url + "/page").body == page


# ----------------------------------------------------------------------------------------------------------- damage


def test_a_body_that_is_cut_short_is_not_taken(site: Site) -> None:
    site.paths["/length"] = lambda v: v.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 900\r\n\r\n<p>half")
    site.paths["/chunks"] = lambda v: v.raw(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>h\r\n5\r\nal"
    )
    site.paths["/packed"] = lambda v: v.answer(200, gzip.compress(b"<p>" * 999)[:-9], Content_Encoding="gzip")
    for path in ("/length", "/chunks", "/packed"):
        error = failure(site, path)
        assert error.kind == "cut short", path
        assert not error.lasting


def test_a_length_announced_too_small_ends_the_body(site: Site) -> None:
    site.paths["/page"] = lambda v: v.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>half")
    assert fetcher().page(site.url + "/page").body == b"<p>"


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_packing_that_is_damaged_or_unknown(site: Site, coding: str) -> None:
    site.paths["/page"] = lambda v: v.answer(200, b"plainly not packed", Content_Encoding=coding)
    assert failure(site).kind == "broken"


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/pdf", "application/octet-stream"])
def test_what_is_no_page_is_not_read(site: Site, kind: str) -> None:
    site.paths["/page"] = lambda v: v.answer(200, b"x", kind)
    error = failure(site)
    assert kind in error.reason
    assert error.lasting


# -------------------------------------------------------------------------------------------------------- redirects


def to(url: str, status: int = 302) -> Act:
    return lambda v: v.answer(status, Location=url)


def test_redirects_are_followed(site: Site) -> None:
    site.paths |= {"/a": to("/b", 301), "/b": to(f"{site.url}/c?d=1", 307), "/c": b"x"}
    assert fetcher().page(site.url + "/a").url == f"{site.url}/c?d=1"


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "ftp://example.com/x", "gopher://127.0.0.1:70/", "javascript:alert(1)", "data:text/html,x",
     "http://user:secret@example.com/", "http://[::1", "http://example.com:22/", "//exa mple.com/"],
)  # fmt: skip
def test_redirects_lead_only_to_the_web(site: Site, target: str) -> None:
    site.paths["/page"] = to(target)
    error = failure(site)
    assert error.kind == "blocked"
    assert error.lasting


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "[::1]", "[::ffff:10.0.0.1]",
     "[fe80::1]", "[fd00::1]", "[64:ff9b::a00:1]", "[64:ff9b:1:a00:1::808:808]", "[2002:a00:1::]", "224.0.0.1", "255.255.255.255",
     "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "127.0.0.2"],
)  # fmt: skip
def test_redirects_never_lead_to_a_private_address(site: Site, host: str) -> None:
    site.paths["/page"] = to(f"http://{host}:8080/")
    error = failure(site)
    assert error.kind == "blocked"
    assert site.asked("/") == 0


def test_a_loop_ends(site: Site) -> None:
    site.paths |= {"/page": to("/other"), "/other": to("/page")}
    error = failure(site)
    assert error.kind == "redirect"
    assert site.asked("/page") + site.asked("/other") == QUICK.redirects + 1


def test_a_redirect_to_nowhere(site: Site) -> None:
    site.paths["/page"] = lambda v: v.answer(302)
    assert failure(site).kind == "redirect"


# ----------------------------------------------------------------------------------------------------------- guard


def test_this_machine_is_closed_unless_opened(site: Site) -> None:
    site.paths["/page"] = b"x"
    for client in (fetcher(allowed=()), fetcher(allowed=("localhost",)), fetcher(allowed=(f"{HOST}:1",))):
        error = failure(site, client=client)
        assert error.kind == "blocked"
        assert "loopback" in error.reason
    assert site.visits == []
    assert fetcher(allowed=(f"{HOST}:{site.port}",)).page(site.url + "/page").body == b"x"
    assert Fetcher(Guard(allow_private=True), QUICK).page(site.url + "/page").body == b"x"


def test_a_name_that_answers_differently_a_moment_later_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: a name is looked up once for a request, and what is connected to is what was checked."""
    answers = iter([["93.184.216.34"], [HOST]])
    connected = []

    def connect(where: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(where[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    client = Fetcher(Guard(resolve=lambda host, port: next(answers)), QUICK)
    for kind in ("connect", "blocked"):
        with pytest.raises(FetchError) as caught:
            client.post("http://news.example/hook", b"", {})
        assert caught.value.kind == kind
    assert connected == ["93.184.216.34"]


def test_one_private_address_among_public_ones_blocks_all(site: Site) -> None:
    client = Fetcher(Guard(resolve=lambda host, port: ["93.184.216.34", "10.0.0.7"]), QUICK)
    assert "10.0.0.7" in failure(Site(url="http://news.example"), client=client).reason


def test_the_name_is_sent_and_the_checked_address_connected_to(site: Site) -> None:
    site.paths["/page"] = b"x"
    client = Fetcher(Guard(allowed=("news.example",), resolve=lambda host, port: [HOST]), QUICK)
    assert client.page(f"http://news.example:{site.port}/page").body == b"x"
    assert site.visits[-1][1]["host"] == f"news.example:{site.port}"


# ------------------------------------------------------------------------------------------------------------- TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def serving_tls(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def test_tls_is_verified(authority: trustme.CA) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with serving({"/page": b"x"}, serving_tls(authority, HOST)) as site:
        assert fetcher(tls=trusting).page(site.url + "/page").body == b"x"
        error = failure(site)
        assert error.kind == "robots"
        assert "certificate" in error.reason
        with pytest.raises(FetchError, match=r"certificate is not valid: .*nothing was read"):
            fetcher().post(site.url + "/page", b"", {})
    with serving({"/page": b"x"}, serving_tls(authority, "other.example")) as site, pytest.raises(FetchError, match="mismatch"):
        fetcher(tls=trusting).post(site.url + "/page", b"", {})


def test_the_certificate_is_checked_against_the_name_not_the_address(authority: trustme.CA) -> None:
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    guard = Guard(allowed=("news.example",), resolve=lambda host, port: [HOST])
    with serving({"/page": b"x"}, serving_tls(authority, "news.example")) as site:
        assert Fetcher(guard, QUICK, tls=trusting).page(f"https://news.example:{site.port}/page").body == b"x"


def test_plain_http_where_tls_is_expected(site: Site) -> None:
    with pytest.raises(FetchError, match="TLS failed") as caught:
        fetcher().post(site.url.replace("http", "https") + "/page", b"", {})
    assert caught.value.kind == "tls"


# ---------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(("status", "lasting"), [(403, True), (404, True), (410, True), (408, False), (500, False), (502, False)])
def test_errors_of_the_server(site: Site, status: int, lasting: bool) -> None:
    site.paths["/page"] = lambda v: v.answer(status, "x")
    error = failure(site)
    assert (error.status, error.lasting) == (status, lasting)


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_wait_is_left_alone(site: Site, status: int) -> None:
    site.paths |= {"/page": lambda v: v.answer(status, Retry_After="120"), "/other": b"x"}
    client = fetcher()
    error = failure(site, client=client)
    assert (error.status, error.retry_after, error.lasting) == (status, 120.0, False)
    held = failure(site, "/other", client)
    assert held.kind == "held"
    assert 0 < (held.retry_after or 0) <= 120
    assert site.asked("/other") == 0


# ---------------------------------------------------------------------------------------------------------- manners


def test_robots_are_obeyed_and_asked_once(site: Site) -> None:
    site.paths |= {
        "/robots.txt": "User-agent: *\nDisallow: /\n\nUser-agent: Riwaya\nDisallow: /private\nAllow: /private/open$\n",
        "/page": b"x", "/private": b"x", "/private/open": b"x",
    }  # fmt: skip
    client = fetcher()
    assert client.page(site.url + "/page").body == b"x"
    assert client.page(site.url + "/private/open").body == b"x"
    error = failure(site, "/private/x", client)
    assert (error.kind, error.lasting) == ("disallowed", True)
    assert (site.asked("/robots.txt"), site.asked("/private/x")) == (1, 0)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_where_robots_cannot_be_had_nothing_is_fetched(site: Site, status: int) -> None:
    site.paths |= {"/robots.txt": lambda v: v.answer(status), "/page": b"x"}
    client = fetcher()
    assert failure(site, client=client).kind == "robots"
    assert not failure(site, client=client).lasting
    assert (site.asked("/robots.txt"), site.asked("/page")) == (1, 0)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_where_there_are_no_robots_all_is_allowed(site: Site, status: int) -> None:
    site.paths |= {"/robots.txt": lambda v: v.answer(status), "/page": b"x"}
    assert fetcher().page(site.url + "/page").body == b"x"


def test_robots_of_a_redirect_are_obeyed_too(site: Site) -> None:
    site.paths |= {"/robots.txt": "User-agent: *\nDisallow: /closed\n", "/page": to("/closed"), "/closed": b"x"}
    assert failure(site).kind == "disallowed"
    assert site.asked("/closed") == 0


def test_hostile_robots(site: Site) -> None:
    wild = "Disallow: /" + "*a" * 50 + "*b$\n"
    site.paths |= {"/robots.txt": "User-agent: *\n" + wild * 20_000, "/" + "a" * 1000: b"x"}
    begun = time.monotonic()
    assert fetcher().page(f"{site.url}/{'a' * 1000}").body == b"x"
    assert time.monotonic() - begun < 15.0
    site.paths["/robots.txt"] = lambda v: v.answer(200, b"\xff\xfe\0\0" * 1000, "image/png")
    assert fetcher().page(f"{site.url}/{'a' * 1000}").body == b"x"
    site.paths["/robots.txt"] = to("http://169.254.169.254/latest/meta-data/")
    assert failure(site).kind == "robots"


def test_requests_to_one_host_are_paced(site: Site) -> None:
    site.paths |= {"/robots.txt": "User-agent: *\nCrawl-delay: 7\n", "/page": b"x"}
    clock = [0.0]
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock[0] += seconds

    client = Fetcher(Guard(allowed=(HOST,)), QUICK, Pace(2.0, lambda: clock[0], sleep))
    for _ in range(3):
        client.page(site.url + "/page")
    assert waits == [2.0, 7.0, 7.0]  # after robots.txt, whose delay was not known yet; then as it says
    assert client.host_wait(site.url) == 7.0
    assert client.host_wait("http://elsewhere.example/") == 0.0


def test_a_stopped_client_asks_nothing(site: Site) -> None:
    client = fetcher()
    client.stop.set()
    assert failure(site, client=client).kind == "stopped"
    assert site.visits == []


# ---------------------------------------------------------------------------------------------------------- sending


def test_post_sends_and_does_not_follow(site: Site) -> None:
    site.paths |= {"/hook": lambda v: v.answer(204), "/moved": to("/hook"), "/down": lambda v: v.answer(500)}
    client = fetcher()
    assert client.post(site.url + "/hook", b"{}", {"Content-Type": "application/json"}) == 204
    assert site.bodies[-1] == b"{}"
    for path, kind in (("/moved", "redirect"), ("/down", "status")):
        with pytest.raises(FetchError) as caught:
            client.post(site.url + path, b"{}", {})
        assert caught.value.kind == kind
    assert site.asked("/robots.txt") == 0


def test_the_charset_of_a_header() -> None:
    def charset(kind: str) -> str | None:
        return Fetched("", 200, {"content-type": kind}, b"").charset

    assert charset('text/html; charset="windows-1256"') == "windows-1256"
    assert charset("text/html;charset=") is None
    assert charset("text/html") is None
