"""What every request passes before a page sees it: names, origins, tokens, sizes, rates; and the headers of every answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import BASE, browser, empty_app, form_token
from starlette.testclient import TestClient

from riwaya.settings.web import WEB
from riwaya.web import security
from riwaya.web.limits import Limit


@pytest.fixture
def client() -> TestClient:
    return browser(empty_app())


# --------------------------------------------------------------------------------------------------------------- headers


@pytest.mark.parametrize("path", ["/", "/nothing", "/static/desk.css", "/api/v1/nothing", "/probe/fails"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers


def test_refusals_have_the_headers_too(client: TestClient) -> None:
    for answer in (client.get("/", headers={"host": "evil.example"}), client.post("/probe")):
        assert answer.status_code in (403, 421) and "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_page_of_its_own_rules_is_admitted_by_their_hash() -> None:
    assert "style-src 'self' 'sha256-" in security.policy(".a{width:1%}")


# ------------------------------------------------------------------------------------------------------------------ host


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:8000", 200), ("localhost:8000", 200), ("[::1]:8000", 200), ("LOCALHOST", 200),
     ("evil.example", 421), ("evil.example:8000", 421), ("127.0.0.1.evil.example", 421), ("192.168.1.7", 421),
     ("localhost@evil.example", 421), ("", 421)],
)  # fmt: skip
def test_on_loopback_only_its_own_names_are_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/", headers={"host": host}).status_code == status


def test_another_number_of_this_machine_is_a_name_of_its_own() -> None:
    client = browser(empty_app(host="127.0.0.2"))
    assert client.get("/static/desk.css", headers={"host": "127.0.0.2:8000"}).status_code == 200
    assert client.get("/static/desk.css", headers={"host": "127.0.0.3:8000"}).status_code == 421


def test_elsewhere_numbers_and_given_names_are_answered() -> None:
    client = browser(empty_app(host="0.0.0.0", names=["desk.example.org"]))
    assert client.get("/", headers={"host": "192.168.1.7:8000"}).status_code == 200
    assert client.get("/", headers={"host": "Desk.Example.org"}).status_code == 200
    assert client.get("/", headers={"host": "other.example.org"}).status_code == 421


# ---------------------------------------------------------------------------------------------------------- other sites


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9000"}, {"sec-fetch-site": "cross-site"},
     {"sec-fetch-site": "same-site"}, {"origin": "http://127.0.0.1:8000.evil.example"}, {"origin": "http://evil@127.0.0.1:8000"},
     {"origin": "http://["}, {"origin": ""}],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/probe", "/api/v1/probe"])
def test_other_sites_change_nothing(client: TestClient, headers: dict[str, str], path: str) -> None:
    body = {"data": {"form_token": form_token(client)}} if path == "/probe" else {"json": {}}
    answer = client.post(path, headers=headers, **body)
    assert answer.status_code == 403


def test_our_own_page_may(client: TestClient) -> None:
    headers = {"origin": BASE, "sec-fetch-site": "same-origin"}
    assert client.post("/probe", data={"form_token": form_token(client)}, headers=headers).status_code == 303


@pytest.mark.parametrize("token", [None, "", "0" * 64, "é", "\udc80".encode("utf-8", "surrogatepass").hex()])
def test_a_form_without_its_token_changes_nothing(client: TestClient, token: str | None) -> None:
    form_token(client)
    answer = client.post("/probe", data={} if token is None else {"form_token": token})
    assert answer.status_code == 403 and "هذا النموذج" in answer.text


def test_a_token_belongs_to_one_browser(client: TestClient) -> None:
    other = browser(client.app)  # type: ignore[arg-type]
    token = form_token(client)
    form_token(other)
    assert other.post("/probe", data={"form_token": token}).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""])
def test_what_any_page_may_send_does_not_reach_the_api(client: TestClient, kind: str) -> None:
    answer = client.post("/api/v1/probe", content=b'{"a": 1}', headers={"content-type": kind})
    assert answer.status_code in (400, 403)
    assert answer.json()["error"]["code"] in ("form_token", "bad_request")


def test_json_reaches_the_api(client: TestClient) -> None:
    assert client.post("/api/v1/probe", json={"a": 1}).json()["got"] == {"a": 1}


# ------------------------------------------------------------------------------------------------------------------ size


def test_a_body_that_declares_too_much_is_not_read(client: TestClient) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError("it was read")
        yield b""

    answer = client.post("/api/v1/probe", content=never(), headers={"content-length": str(WEB.body_bytes + 1)})
    assert answer.status_code == 413 and answer.json()["error"]["code"] == "too_large"


@pytest.mark.parametrize("declared", ["-1", "1e3", "٣", "0x10", "1, 1"])
def test_a_length_that_is_none_is_refused(client: TestClient, declared: str) -> None:
    headers = [(b"content-length", declared.encode())]
    assert client.post("/api/v1/probe", content=iter([b"{}"]), headers=headers).status_code == 413  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_body_that_declares_nothing_is_cut(client: TestClient, kind: str) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"a" * 100_000

    answer = client.post("/api/v1/probe", content=endless(), headers={"content-type": kind})
    assert answer.status_code == 413 and answer.json()["error"]["code"] == "too_large"


def test_where_files_are_taken_there_is_more_room(client: TestClient) -> None:
    size = WEB.body_bytes * 2
    token = form_token(client)
    answer = client.post("/add/probe", data={"form_token": token}, files={"file": ("a.txt", b"a" * size)})
    assert answer.json() == {"bytes": size}
    assert client.post("/probe", data={"form_token": token}, files={"file": ("a.txt", b"a" * size)}).status_code == 413


# ------------------------------------------------------------------------------------------------------------------ rate


def test_writes_are_limited_by_address() -> None:
    app = empty_app()
    client, other = browser(app), browser(app, address="127.0.0.2")
    statuses = [client.post("/api/v1/probe", json={}).status_code for _ in range(WEB.writes + 1)]
    assert statuses == [200] * WEB.writes + [429]
    answer = client.post("/api/v1/probe", json={})
    assert 0 < int(answer.headers["retry-after"]) <= WEB.writes_window + 1
    assert answer.json()["error"]["code"] == "too_many"
    assert client.get("/").status_code == 200
    assert other.post("/api/v1/probe", json={}).status_code == 200


def test_a_limit_forgets_with_time_and_is_bounded() -> None:
    now = [0.0]
    limit = Limit(2, 10, keys=3, clock=lambda: now[0])
    for _ in range(2):
        assert limit.wait("a") == 0
        limit.count("a")
    assert limit.wait("a") == 10
    now[0] = 10
    assert limit.wait("a") == 0
    for key in "bcdef":
        limit.count(key)
    assert len(limit._events) == 3
    limit.count("f")
    limit.forget("f")
    assert limit.wait("f") == 0


# -------------------------------------------------------------------------------------------------------------- redirects


@pytest.mark.parametrize(
    ("where", "leads"),
    [("/story/1?x=2#y", "/story/1?x=2#y"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"),
     ("\\\\evil.example", "/"), ("/a\r\nset-cookie: x=1", "/"), ("javascript:alert(1)", "/"), ("", "/"), ("story", "/"),
     ("/\t/evil.example", "/"), ("http://[", "/")],
)  # fmt: skip
def test_redirects_stay_inside(where: str, leads: str) -> None:
    assert security.inside(where) == leads


def test_websockets_are_closed(client: TestClient) -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/"):
        pass


def test_cookies_of_others_do_not_break_a_page(client: TestClient) -> None:
    headers: Any = {"cookie": b'a="b; ;=; riwaya_lang=en; \xff=\xfe; x' + b"y" * 3000}
    assert client.get("/", headers=headers).status_code == 200
