"""Who may come in: users, sessions, the token, throttling."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import TOKEN, browser, empty_app, form_token, login
from starlette.testclient import TestClient

from riwaya.errors import OutputError, UsageError
from riwaya.settings.web import WEB
from riwaya.web.accounts import Accounts, TooManyLoginsError, accounts_path

PASSWORD = "نخلة على النهر"


class Clock:
    """Time that a test moves."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(tmp_path: Path, clock: Clock) -> Accounts:
    made = Accounts(tmp_path / "a.accounts", token=TOKEN, clock=clock)
    made.add("سلمى", PASSWORD)
    return made


@pytest.fixture
def client(accounts: Accounts) -> TestClient:
    return browser(empty_app(accounts))


def test_without_a_session_nothing_is_shown(client: TestClient) -> None:
    answer = client.get("/?order=size")
    assert answer.status_code == 303 and answer.headers["location"] == "/login?next=%2F%3Forder%3Dsize"
    assert client.get("/nothing").status_code == 303
    assert client.post("/probe", data={}).status_code == 401
    told = client.get("/api/v1/nothing")
    assert told.status_code == 401 and told.json()["error"]["code"] == "unknown_viewer"
    assert told.headers["www-authenticate"].startswith("Bearer")
    assert client.get("/static/desk.css").status_code == 200
    assert client.get("/login").status_code == 200
    assert client.get("/loginx").status_code == 303


def test_a_user_comes_in_works_under_his_name_and_leaves(client: TestClient) -> None:
    assert client.get("/login?next=/probe/form").status_code == 200
    answer = login(client, "سلمى", PASSWORD, next="/probe/form")
    assert answer.status_code == 303 and answer.headers["location"] == "/probe/form"
    cookie = next(c for c in answer.headers.get_list("set-cookie") if "session" in c)
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert client.get("/").status_code == 200
    client.post("/probe", data={"note": "n", "form_token": form_token(client)})
    assert "سلمى" in client.get("/").text
    secret = client.cookies["riwaya_session"]
    assert client.post("/logout", data={"form_token": form_token(client)}).status_code == 303
    assert client.get("/").status_code == 303
    stolen = browser(client.app)  # type: ignore[arg-type]
    stolen.cookies.set("riwaya_session", secret)
    assert stolen.get("/").status_code == 303


def test_with_tls_the_cookies_are_held_to_it(accounts: Accounts) -> None:
    client = browser(empty_app(accounts), base="https://127.0.0.1:8000")
    cookies = login(client, "سلمى", PASSWORD).headers.get_list("set-cookie")
    session = next(c for c in cookies if "session" in c)
    assert session.startswith("__Host-riwaya_session=") and "; Secure" in session and "Path=/" in session
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("name", "password"), [("سلمى", "wrong"), ("nobody", PASSWORD), ("", ""), ("سلمى", ""), ("\0", "\0")])
def test_who_does_not_know_the_password_stays_outside(client: TestClient, name: str, password: str) -> None:
    answer = login(client, name, password)
    assert answer.status_code == 401 and "غير صحيحين" in answer.text
    assert client.get("/").status_code == 303


def test_after_login_no_redirect_leads_elsewhere(client: TestClient) -> None:
    assert login(client, "سلمى", PASSWORD, next="//evil.example/").headers["location"] == "/"


def test_a_token_of_a_form_ends_with_the_session(client: TestClient) -> None:
    login(client, "سلمى", PASSWORD)
    token = form_token(client)
    client.post("/logout", data={"form_token": token})
    login(client, "سلمى", PASSWORD)
    assert client.post("/probe", data={"form_token": token}).status_code == 403


def test_failed_logins_are_throttled_by_account_and_address(accounts: Accounts) -> None:
    app = empty_app(accounts)
    client, elsewhere = browser(app), browser(app, address="127.0.0.9")
    statuses = [login(client, "سلمى", "wrong").status_code for _ in range(WEB.login_failures + 1)]
    assert statuses == [401] * WEB.login_failures + [429]
    answer = login(client, "سلمى", PASSWORD)  # not even with the right one
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    assert login(elsewhere, "سلمى", PASSWORD).status_code == 303


def test_one_address_does_not_try_many_names(accounts: Accounts) -> None:
    for number in range(WEB.login_address_failures):
        assert accounts.login(f"name{number}", "wrong password", "10.0.0.1") is None
    with pytest.raises(TooManyLoginsError):
        accounts.login("سلمى", PASSWORD, "10.0.0.1")
    assert accounts.login("سلمى", PASSWORD, "10.0.0.2")


def test_sessions_end(accounts: Accounts, clock: Clock) -> None:
    secret = accounts.login("سلمى", PASSWORD, "::1")
    assert secret and accounts.session(secret) == "سلمى"
    clock.now += WEB.session_hours * 3600 - 1
    assert accounts.session(secret) == "سلمى"
    clock.now += 1
    assert accounts.session(secret) is None


def test_sessions_end_with_the_password_and_with_the_user(accounts: Accounts) -> None:
    first = accounts.login("سلمى", PASSWORD, "::1")
    accounts.change("سلمى", "another password")
    assert first and accounts.session(first) is None
    second = accounts.login("سلمى", "another password", "::1")
    assert second and accounts.session(second)
    accounts.remove("سلمى")
    assert accounts.session(second) is None and accounts.users() == []


def test_the_token_lets_programs_in(client: TestClient) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    answer = client.post("/api/v1/probe", json={"a": 1}, headers=headers)
    assert answer.json() == {"author": "api", "got": {"a": 1}}
    for wrong in ("Bearer nope", f"Basic {TOKEN}", TOKEN, "Bearer ", "Bearer \xff"):
        assert client.get("/api/v1/nothing", headers={"authorization": wrong.encode("latin-1")}).status_code == 401


def test_the_token_lets_people_in_under_names_of_their_own(client: TestClient, accounts: Accounts, tmp_path: Path) -> None:
    assert login(client, "سلمى", TOKEN).status_code == 401  # not under the name of a user
    assert login(client, "<b>", TOKEN).status_code == 401
    assert login(client, "مازن", TOKEN).status_code == 303
    assert "مازن" in client.get("/").text
    without = Accounts(tmp_path / "a.accounts")
    assert without.session(client.cookies["riwaya_session"]) is None


def test_the_file_is_the_owners_and_tells_no_secrets(accounts: Accounts, tmp_path: Path) -> None:
    secret = accounts.login("سلمى", PASSWORD, "::1")
    assert secret
    assert stat.S_IMODE(accounts.path.stat().st_mode) == 0o600
    content = accounts.path.read_bytes()
    for told in (PASSWORD, TOKEN, secret):
        assert told.encode() not in content
    (stored,) = sqlite3.connect(accounts.path).execute("SELECT hash FROM user").fetchone()
    assert stored.startswith("$argon2id$")
    assert accounts_path(tmp_path / "desk.riwaya") == tmp_path / "desk.riwaya.accounts"


@pytest.mark.parametrize(
    ("name", "password"),
    [("سلمى", PASSWORD), ("a b", "short"), ("<script>", PASSWORD), ("", PASSWORD), ("a" * 70, PASSWORD)],
)
def test_what_will_not_do_is_said_in_one_line(accounts: Accounts, name: str, password: str) -> None:
    with pytest.raises(UsageError) as told:
        accounts.add(name, password)
    assert "\n" not in str(told.value)


def test_a_file_that_is_none_of_ours_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "a.accounts"
    path.write_text("no database at all, only words" * 40)
    with pytest.raises(OutputError):
        Accounts(path)
    with pytest.raises(UsageError):
        Accounts(tmp_path / "b.accounts", token="short")


def test_without_accounts_there_is_no_login() -> None:
    client = browser(empty_app())
    assert client.get("/login").status_code == 404
    assert client.get("/").status_code == 200
