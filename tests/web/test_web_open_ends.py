"""What a review of the server's safety left open, and is closed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import browser, empty_app, empty_archive, form_token, login
from markupsafe import escape
from served import PATIENCE

import riwaya
from riwaya.archive import Archive, StoryQuery
from riwaya.errors import ArchiveError
from riwaya.pipeline import _NOT_ARABIC
from riwaya.settings.web import WEB
from riwaya.web import adder, exporting
from riwaya.web.accounts import Accounts
from riwaya.web.adding import Adding, Handed, Job, _Lane, _store, clear_left
from riwaya.web.app import create_app
from riwaya.web.reasons import Told, told
from riwaya.web.spans import plain


def _over(adding: Adding, job: Job) -> Job:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        now = adding.job(job.id)
        assert now is not None
        if now.over:
            return now
        time.sleep(0.02)
    raise AssertionError(f"{job.what} does not end")


@pytest.fixture
def adding() -> Iterator[Adding]:
    jobs = Adding(empty_archive())
    yield jobs
    jobs.close()


def test_links_that_wait_hold_up_no_files(adding: Adding, monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    def work(self: Adding, lane: _Lane, job_id: str, folder: Path) -> None:
        if lane is self._links:
            assert answered.wait(PATIENCE)
        self._change(job_id, state="done")

    monkeypatch.setattr(Adding, "_work", work)
    slow = adding.take(Handed(links=["https://example.org/1"]))
    assert _over(adding, adding.take(Handed(texts=[{"text": "نص"}]))).state == "done"
    waiting = adding.job(slow.id)
    assert waiting is not None and not waiting.over
    answered.set()
    assert _over(adding, slow).state == "done"


def test_what_a_killed_server_left_is_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, own, other = (tmp_path / f"riwaya-add-{name}" for name in (f"{gone.pid}-x", f"{os.getpid()}-x", "notours"))
    for folder in (left, own, other):
        (folder / "files").mkdir(parents=True)
    link = tmp_path / f"riwaya-add-{gone.pid}-link"
    link.symlink_to(own)
    assert clear_left(tmp_path) == 1
    assert not left.exists() and own.is_dir() and other.is_dir() and link.is_symlink()


def test_an_export_waits_only_so_long_for_its_turn(sample_archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(sample_archive, read_only=True) as held:
        story = held.stories(StoryQuery()).items[0].id
    client = browser(create_app(sample_archive))
    turn = threading.Semaphore(0)
    monkeypatch.setattr(exporting, "_TURN", turn)
    monkeypatch.setattr(exporting, "WEB", replace(WEB, export_wait=0.01))
    refused = client.get(f"/export/csv?story={story}")
    assert refused.status_code == 503 and int(refused.headers["retry-after"]) > 0
    turn.release()
    assert client.get(f"/export/csv?story={story}").status_code == 200
    assert client.get(f"/export/csv?story={story}&language=en").status_code == 200, "the turn was given back"


@pytest.mark.parametrize("path", ["/", "/api/v1/stories"])
def test_readers_are_not_told_where_the_archive_lies(path: str, caplog: pytest.LogCaptureFixture) -> None:
    def broken(read_only: bool) -> Archive:
        raise ArchiveError("/home/desk/secret/desk.riwaya: damaged; restore it from a copy")

    answer = browser(create_app("desk.riwaya", opener=broken)).get(path)
    assert answer.status_code == 503
    assert "secret" not in answer.text and "/home/desk/secret/desk.riwaya" in caplog.text

def test_a_job_that_fails_does_not_tell_either(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "desk.riwaya"
    path.write_text("no archive, but text that is long enough to be looked at")
    _store(tmp_path, Handed(texts=[{"text": "نص"}]), allow_private=False)
    adder.main([str(path), str(tmp_path)])
    told = json.loads(capsys.readouterr().out)["error"]
    assert told.startswith("desk.riwaya") and str(tmp_path) not in told


@pytest.mark.parametrize(
    ("site", "mode", "dest", "status"),
    [
        ("cross-site", "no-cors", "image", 403), ("cross-site", "cors", "empty", 403), ("cross-site", "navigate", "iframe", 403),
        ("same-site", "no-cors", "script", 403), ("cross-site", "navigate", "document", 200),
        ("none", "navigate", "document", 200), ("same-origin", "cors", "empty", 200),
    ],
)  # fmt: skip
def test_pages_of_other_sites_take_nothing_but_links_work(site: str, mode: str, dest: str, status: int) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    client = browser(empty_app())
    for path in ("/", "/api/v1/stories"):
        assert client.get(path, headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/names/person", "/names/x", "/export/nope", "/report/x", "/story/s-0000000000000000/x"])
def test_a_mistyped_address_is_a_page_that_is_not_there(path: str) -> None:
    answer = browser(empty_app()).get(path)
    assert answer.status_code == 404 and answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v9/stories"])
def test_errors_of_the_api_have_one_shape(path: str) -> None:
    answer = browser(empty_app()).get(path)
    assert answer.status_code == 404 and answer.json()["error"]["code"] == "not_found"


def test_a_server_holds_only_so_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    import uvicorn

    from riwaya.cli import serve

    made: list[uvicorn.Config] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: made.append(self.config))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with socket.socket() as listener:
        assert serve._run(empty_app(), listener, None, None, behind_proxy=False) == 0
    assert made[0].limit_concurrency == WEB.connections and made[0].timeout_keep_alive == WEB.keep_alive_seconds


@pytest.mark.parametrize(("more", "status"), [(0, 404), (1, 422)])
def test_a_correction_cites_as_many_stretches_on_the_page_as_in_the_api(more: int, status: int) -> None:
    client = browser(empty_app())
    spans = [f"a-0000000000000000:{at}-{at + 1}" for at in range(WEB.correction_spans + more)]
    asked = client.get("/corrections/new", params={"action": "merge", "span": spans})
    assert asked.status_code == (200 if not more else 422)
    sent = client.post("/corrections", data={"action": "merge", "span": spans, "form_token": form_token(client)})
    assert sent.status_code == status


def test_what_is_typed_turns_no_line_around() -> None:
    turning = "".join(map(chr, (0, 7, 0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    assert plain(f"قال{turning} الوزير\n13") == "قال الوزير\n13"


def test_a_correction_is_kept_without_what_turns_lines(sample_archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "desk.riwaya"
    shutil.copyfile(sample_archive, path)
    with Archive.open(path, read_only=True) as held:
        article = held.dossier(held.stories(StoryQuery()).items[0].id).articles[0].id
    client = browser(create_app(path))
    turn = chr(0x202E)
    span = {"article_id": article, "start": 0, "end": 1}
    given = {"action": "date", "spans": [span], "value": f"2031{turn}-05-02", "reason": f"{turn}a\0b"}
    made = client.post("/api/v1/corrections", json=given).json()
    assert (made["value"], made["reason"]) == ("2031-05-02", "ab")


@pytest.mark.parametrize("link", ["http://10.1.2.3/x", "http://localhost/x"])
def test_a_link_into_our_network_tells_nothing_of_it(tmp_path: Path, link: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "desk.riwaya"
    _store(tmp_path, Handed(links=[link]), allow_private=False)
    adder.main([str(path), str(tmp_path)])
    ((shown, reason),) = json.loads(capsys.readouterr().out.splitlines()[-1])["added"]["skipped"]
    assert shown == link
    assert "not fetched" in reason and "--allow-private" not in reason and "127.0.0.1" not in reason and "10.1.2.3" not in reason


def test_a_card_counts_statements_as_the_head_of_its_story(sample_archive: Path) -> None:
    counted = disputed = 0
    with Archive.open(sample_archive, read_only=True) as held:
        for card in held.stories(StoryQuery()).items:
            statements = held.dossier(card.id).statements
            disputed += sum(s.disputed for s in statements)
            for standing in ("corroborated", "repeated", "single"):
                counted += getattr(card, standing)
                assert getattr(card, standing) == sum(s.standing == standing and not s.disputed for s in statements)
    assert counted and disputed, "the sample has both"


@pytest.mark.parametrize(
    ("reason", "arabic"),
    [
        *((reason, "النص") for reason in _NOT_ARABIC.values()),
        ("no field for the text; name it with --fields text=NAME", "لا حقل"),
        ("larger than 1,000 bytes", "<bdi>1,000</bdi> بايت"),
        ("line 3: broken JSON: <b>expected: value", "(<bdi>&lt;b&gt;expected: value</bdi>)"),
        ("no form that is read: '.docx'", "<bdi>&#39;.docx&#39;</bdi>"),
    ],
)
def test_why_something_was_skipped_is_said_in_arabic(reason: str, arabic: str) -> None:
    said = told(reason, "ar")
    assert said.lang == "ar" and arabic in said.words
    assert told(reason, "en").words == escape(reason)


def test_reasons_without_words_and_those_read_from_files(tmp_path: Path) -> None:
    assert told("<i>odd", "ar") == Told(escape("<i>odd"), "en")
    files = {"a.docx": "x", "b.txt": " ", "c.jsonl": "{", "d.csv": "a,b\n1,2\n", "e.html": "", "f.json": "[1]"}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    reading = riwaya.read(tmp_path)
    assert not list(reading) and reading.skipped
    assert {s.reason for s in reading.skipped if told(s.reason, "ar").lang == "en"} == set()


def test_guesses_from_everywhere_slow_an_account_down_and_lock_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts = Accounts(tmp_path / "accounts")
    accounts.add("سلمى", "a long password")
    waits = [accounts.delay(" سلمى ") for _ in range(WEB.login_account_free + 50)]
    assert not any(waits[: WEB.login_account_free]) and waits[WEB.login_account_free] == WEB.login_delay_step
    assert waits == sorted(waits) and waits[-1] == WEB.login_delay_most
    assert accounts.delay("مراد") == 0
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr("riwaya.web.pages.login.anyio.sleep", sleep)
    answer = login(browser(empty_app(accounts), address="192.0.2.9"), "سلمى", "a long password")
    assert answer.status_code == 303 and slept == [WEB.login_delay_most]
    accounts.close()
