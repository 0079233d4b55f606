"""Attacks that got through once: what they were stays tried."""

from __future__ import annotations

import base64
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import browser, empty_app, form_token, login
from served import Server
from starlette.testclient import TestClient

from riwaya.settings.web import WEB
from riwaya.web import security
from riwaya.web.accounts import Accounts, TooManyLoginsError
from riwaya.web.adding import Handed, _store
from riwaya.web.limits import holder

FORM = {"content-type": "application/x-www-form-urlencoded"}
SOON = 5.0  # seconds; what was quadratic took 28 and more


@pytest.fixture
def client() -> TestClient:
    return browser(empty_app())


def test_a_cookie_of_backslashes_holds_up_nobody(client: TestClient) -> None:
    start = time.perf_counter()
    for name in ("a", "riwaya_seen", "riwaya_flash", "riwaya_lang"):
        assert client.get("/alerts", headers={"cookie": f'{name}="' + "\\" * 60_000 + '"'}).status_code == 200
    assert time.perf_counter() - start < SOON


def test_our_cookies_are_read_beside_those_of_others(client: TestClient) -> None:
    headers = {"cookie": 'x="a;b"; session=1; riwaya_lang=en; riwaya_theme=dark; y=\\'}
    page = client.get("/", headers=headers).text
    assert '<html lang="en"' in page and 'data-theme="dark"' in page


def test_a_message_nested_too_deep_is_none(client: TestClient) -> None:
    packed = base64.urlsafe_b64encode(b"[" * 1100).decode()
    assert client.get("/", headers={"cookie": f"riwaya_flash={packed}"}).status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/search", "///evil.example"])
def test_no_path_makes_links_to_another_site(client: TestClient, path: str) -> None:
    page = client.get(f"http://127.0.0.1:8000{path}")
    assert page.status_code == 404
    assert 'href="//' not in page.text and 'href="/evil.example' in page.text


@pytest.mark.parametrize(
    ("kind", "plain"),
    [("multipart/form-data; boundary=x", True), ("multipart/form-data; boundary=x; charset=UTF-8", True),
     ("multipart/form-data; boundary=x; charset=punycode", False),
     ("Multipart/form-data; boundary=x; CHARSET=unicode_escape", False),
     ("multipart/form-data; boundary=x; charset*0=puny; charset*1=code", False),
     ("multipart/form-data; charset=utf-8; boundary=x; charset=punycode", False),
     ("application/json; charset=latin-1", True), ("", True)],
)  # fmt: skip
def test_a_form_comes_in_utf_8(kind: str, plain: bool) -> None:
    assert security.plain_letters(kind) is plain


def test_a_codec_of_quadratic_time_is_not_used(client: TestClient) -> None:
    part = b"--x\r\ncontent-disposition: form-data; name=name\r\n\r\n-" + b"abcdefgh9" * 1500 + b"\r\n--x--\r\n"
    answer = client.post("/login", content=part, headers={"content-type": "multipart/form-data; boundary=x; charset=punycode"})
    assert answer.status_code == 400


def test_who_has_not_logged_in_sends_little(client: TestClient) -> None:
    assert client.post("/login", content=b"&" * (WEB.login_bytes + 1), headers=FORM).status_code == 413
    assert client.post("/login", content=b"&" * WEB.login_bytes, headers=FORM).status_code == 403


def test_room_for_files_is_for_files(client: TestClient) -> None:
    assert client.post("/add", content=b"&" * (WEB.body_bytes + 1), headers=FORM).status_code == 413
    large = b'{"links": []}' + b" " * WEB.json_bytes
    assert client.post("/api/v1/add", content=large, headers={"content-type": "application/json"}).status_code == 413


@pytest.mark.parametrize("field", ["reports", "links"])
def test_the_first_fault_of_a_list_is_told_and_not_a_million(client: TestClient, field: str) -> None:
    answer = client.post("/api/v1/add", content=b'{"%s": [%s1]}' % (field.encode(), b"1," * 300_000),
                         headers={"content-type": "application/json"})  # fmt: skip
    assert answer.status_code == 422
    assert answer.json()["error"]["message"].count(field) == 1


def test_reports_are_handed_in_up_to_a_number(client: TestClient) -> None:
    assert client.post("/api/v1/add", json={"reports": [{"text": ""}] * (WEB.reports_most + 1)}).status_code == 422


def test_thousands_of_one_name_are_stored_in_linear_time(tmp_path: Path) -> None:
    start = time.perf_counter()
    _store(tmp_path, Handed(texts=[{"text": "نص"}] * 3000), allow_private=False)
    assert time.perf_counter() - start < SOON
    assert len(list(tmp_path.glob("files/*/pasted.json"))) == 3000


def test_logins_at_the_same_time_are_counted(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "a.accounts", token="a-token-of-enough-letters")

    def guess(number: int) -> bool:
        try:
            return accounts.login("amal", f"wrong {number}", "192.0.2.1") is None
        except TooManyLoginsError:
            return False

    with ThreadPoolExecutor(12) as threads:
        answered = sum(threads.map(guess, range(12)))
    assert answered == WEB.login_failures
    accounts.close()


def test_half_a_character_breaks_no_page(client: TestClient) -> None:
    body = b'{"links": ["http://127.0.0.1:1/\\ud800"], "reports": [{"text": "x", "title": "\\udc00"}]}'
    assert client.post("/api/v1/add", content=body, headers={"content-type": "application/json"}).status_code == 202
    assert client.get("/add").status_code == 200


def test_an_ipv6_network_is_one_guesser(tmp_path: Path) -> None:
    assert holder("2001:db8:1:2::1") == holder("2001:db8:1:2:ffff::") != holder("2001:db8:1:3::1")
    accounts = Accounts(tmp_path / "a.accounts", token="a-token-of-enough-letters")
    for number in range(WEB.login_failures):
        assert accounts.login("amal", "wrong", f"2001:db8::{number + 1:x}") is None
    with pytest.raises(TooManyLoginsError):
        accounts.login("amal", "wrong", "2001:db8::ffff")
    accounts.close()


def test_another_token_ends_the_sessions_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.accounts"
    old = Accounts(path, token="a-token-of-enough-letters")
    secret = old.login("amal", "a-token-of-enough-letters", "192.0.2.1")
    assert secret is not None and old.session(secret) == "amal"
    old.close()
    for token, name in (("a-token-of-enough-letters", "amal"), ("another-token-of-letters", None), (None, None)):
        again = Accounts(path, token=token)
        assert again.session(secret) == name
        again.close()


def test_leaving_empties_the_browsers_cache(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "a.accounts", token="a-token-of-enough-letters")
    client = browser(empty_app(accounts))
    assert login(client, "amal", "a-token-of-enough-letters").status_code == 303
    answer = client.post("/logout", data={"form_token": form_token(client)})
    assert answer.status_code == 303 and answer.headers["clear-site-data"] == '"cache"'


def test_without_a_proxy_nobody_says_for_whom_he_comes(tmp_path: Path) -> None:
    server = Server("--archive", str(tmp_path / "desk.riwaya"), RIWAYA_TOKEN="a-token-of-enough-letters")
    try:
        _, _, headers = server.get("/login", **{"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.1"})
        assert headers["set-cookie"].startswith("riwaya_form=")  # of a connection without TLS, as it is
    finally:
        server.stop()
