"""`riwaya serve` and `riwaya users`, as processes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import TOKEN
from served import PATIENCE, REPORTS, Server

import riwaya
from riwaya.archive import Archive
from riwaya.cli.serve import _spread
from riwaya.web.background import Background

posix = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


def until(condition: Callable[[], Any]) -> Any:
    """What a condition gives once it holds."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come to pass")


def run(*args: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    """A command, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "riwaya", *args], input=stdin, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env=os.environ | {"RIWAYA_TOKEN": ""} | env,
    )  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "desk.riwaya"
    with Archive.open(path, create=True) as made:
        made.add(riwaya.read(REPORTS))
    return path


@pytest.fixture(scope="module")
def server(archive: Path) -> Iterator[Server]:
    started = Server("--archive", str(archive))
    yield started
    started.stop()


def test_it_says_where_it_is_and_shows_the_stories(server: Server, archive: Path) -> None:
    assert server.line.startswith(f"{archive}: http://127.0.0.1:{server.port}/")
    status, text, headers = server.get("/")
    assert status == 200 and 'href="/story/' in text and "server" not in headers


def test_path_tricks_over_the_wire(server: Server) -> None:
    tricks = ["//evil.example/%2e%2e", "/static/../../version.py", "/static/%2e%2e/version.py", "/static/..%5cversion.py",
              "/a%00b", "/%2e%2e/%2e%2e/etc/passwd", "/static//etc/passwd", "/" + "a" * 8000]  # fmt: skip
    for path in tricks:
        status, text, headers = server.get(path)
        assert status in (307, 404), path
        assert "root:" not in text and "__version__" not in text
        assert not headers.get("location", "/").startswith("//")
    assert server.get("/", host="evil.example")[0] == 421
    assert server.get("/" + "a" * 100_000)[0] >= 400
    assert server.get("/")[0] == 200


def test_a_body_in_pieces_is_cut(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as wire:
        wire.sendall(b"POST /api/v1/x HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        wire.sendall(b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
        piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
        answer = b""
        wire.settimeout(0.05)
        for _ in range(200):
            try:
                wire.sendall(piece)
                answer = wire.recv(1000)
            except TimeoutError:
                continue
            except OSError:
                break
            break
    assert not answer or re.match(rb"HTTP/1.1 (404|405|413)", answer)
    assert server.get("/")[0] == 200


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_stops_cleanly(archive: Path, number: int, code: int) -> None:
    server = Server("--archive", str(archive))
    children = _children(server.process.pid)
    assert server.get("/")[0] == 200
    ended, said = server.stop(number)
    assert (ended, said) == (code, "")
    assert not any(map(_lives, children))


@posix
def test_when_it_is_killed_nothing_stays_behind(archive: Path) -> None:
    server = Server("--archive", str(archive))
    children = until(lambda: _children(server.process.pid))
    server.stop(signal.SIGKILL)
    until(lambda: not any(map(_lives, children)))


def _children(parent: int) -> list[int]:
    psutil = pytest.importorskip("psutil")
    return [child.pid for child in psutil.Process(parent).children(recursive=True)]


def _lives(process: int) -> bool:
    psutil = pytest.importorskip("psutil")
    return psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE


def test_a_taken_port_is_said_in_one_line(server: Server, archive: Path) -> None:
    done = run("serve", "--archive", str(archive), "--port", str(server.port))
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and f":{server.port}" in done.stderr and "--port" in done.stderr


@pytest.mark.parametrize("args", [["--host", "0.0.0.0"], ["--host", "::"], ["--host", ""], ["--allow-host", "desk.example.org"]])
def test_it_does_not_start_open_to_others(archive: Path, args: list[str]) -> None:
    done = run("serve", "--archive", str(archive), "--port", "0", *args)
    assert done.returncode == 2 and done.stdout == "" and done.stderr.count("\n") == 1
    assert "riwaya users add" in done.stderr and "--token-file" in done.stderr


@pytest.mark.parametrize(
    ("args", "env", "code", "told"),
    [
        (["--host", "0.0.0.0"], {"RIWAYA_TOKEN": "short"}, 2, "token"),
        (["--token-file", "nowhere"], {}, 2, "nowhere"),
        (["--host", "no-such-host.invalid"], {"RIWAYA_TOKEN": TOKEN}, 2, "no-such-host.invalid"),
        (["--tls-cert", __file__], {}, 2, "--tls-key"),
        (["--tls-cert", __file__, "--tls-key", __file__], {}, 2, "PEM"),
        (["--port", "70000"], {}, 2, "70000"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    archive: Path, args: list[str], env: dict[str, str], code: int, told: str
) -> None:
    done = run("serve", "--archive", str(archive), "--port", "0", *args, **env)
    assert done.returncode == code and told in done.stderr and done.stderr.count("\n") == 1


def test_what_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("notes that are no archive " * 100)
    done = run("serve", "--archive", str(path), "--port", "0")
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "notes.txt" in done.stderr
    assert path.read_text().startswith("notes that")
    missing = run("serve", "--archive", str(tmp_path / "no" / "folder.riwaya"), "--port", "0")
    assert missing.returncode == 3 and missing.stderr.count("\n") == 1


def test_with_a_token_it_serves_others(archive: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text(TOKEN + "\n")
    server = Server("--archive", str(archive), "--host", "0.0.0.0", "--token-file", str(token))
    try:
        assert server.get("/")[0] == 303
        assert server.get("/", authorization=f"Bearer {TOKEN}")[0] == 200
        assert server.get("/api/v1/stories")[0] == 401
    finally:
        _, said = server.stop()
    assert "in the clear" in said


def test_users_come_and_go(tmp_path: Path) -> None:
    where = ["--archive", str(tmp_path / "desk.riwaya")]
    assert run("users", "add", "سلمى", *where, stdin="a long password\n").returncode == 0
    assert run("users", "list", *where).stdout == "سلمى\n"
    assert run("users", "password", "سلمى", *where, stdin="another password\n").returncode == 0
    again = run("users", "add", "سلمى", *where, stdin="a long password\n")
    assert again.returncode == 2 and again.stderr.count("\n") == 1
    assert run("users", "add", "مازن", *where, stdin="short\n").returncode == 2
    assert run("users", "remove", "سلمى", *where).returncode == 0
    gone = run("users", "remove", "سلمى", *where)
    assert gone.returncode == 2 and gone.stderr.count("\n") == 1


def test_several_sources_after_one_watch() -> None:
    args = ["--watch", "a", "b", "--port", "1", "--watch", "-", "--host", "h"]
    assert list(_spread(args)) == ["--watch", "a", "--watch", "b", "--port", "1", "--watch", "-", "--host", "h"]


def test_it_watches_a_folder_meanwhile(tmp_path: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    server = Server("--archive", str(tmp_path / "desk.riwaya"), "--watch", str(folder))
    assert "/story/" not in server.get("/")[1]
    for report in REPORTS.glob("*.txt"):
        shutil.copy(report, folder)
    until(lambda: 'href="/story/' in server.get("/")[1])
    assert server.stop()[0] == 0


def test_a_source_that_is_none_is_refused(tmp_path: Path) -> None:
    done = run("serve", "--archive", str(tmp_path / "desk.riwaya"), "--port", "0", "--watch", str(tmp_path / "nowhere"))
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "nowhere" in done.stderr


def test_stale_stories_are_woven_beside_the_pages(tmp_path: Path) -> None:
    path = tmp_path / "desk.riwaya"
    with Archive.open(path, create=True) as archive, Background(path) as background:
        archive.add(riwaya.read(REPORTS), refresh=False)
        assert archive.info().stale
        background.wake()
        until(lambda: not archive.info().stale)
