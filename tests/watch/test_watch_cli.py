"""`riwaya watch` as a program: what it prints, how it ends, and with which exit code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving import Site, serving

from riwaya.cli import main

BODY = "أعلنت وزارة الأشغال اليوم افتتاح جسر جديد فوق نهر الوادي الكبير بعد ثلاث سنوات من العمل المتواصل. " * 4


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")} | more


def riwaya(*args: str | Path, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "riwaya", "watch", *map(str, args)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, env=environment(**env), timeout=60)


def feed(site: Site) -> str:
    item = f"<item><title>خبر</title><link>/1</link><description>{BODY * 2}</description></item>"
    site.paths["/feed"] = f"<rss version='2.0'><channel><title>الأفق</title>{item}</channel></rss>"
    return site.url + "/feed"


def test_once(site: Site, tmp_path: Path) -> None:
    done = riwaya(feed(site), "--archive", tmp_path / "a", "--once", "--allow-private")
    assert (done.returncode, done.stderr) == (0, "")
    assert "new: 1; changed: 0; alerts: 0" in done.stdout


def test_quiet_prints_nothing(site: Site, tmp_path: Path) -> None:
    done = riwaya(feed(site), "--archive", tmp_path / "a", "--once", "--allow-private", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_private_addresses_need_leave_and_proxies_are_not_used(site: Site, tmp_path: Path) -> None:
    done = riwaya(feed(site), "--archive", tmp_path / "a", "--once", HTTP_PROXY="http://127.0.0.1:9")
    assert done.returncode == 1
    assert "loopback" in done.stderr
    assert "http_proxy is set but not used" in done.stderr
    assert site.visits == []
    assert "Traceback" not in done.stderr


def test_standard_input_ends_with_its_end(tmp_path: Path) -> None:
    rows = [{"text": BODY + str(n), "outlet": "الأفق", "date": "2031-02-13"} for n in range(3)]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    done = riwaya("-", "--archive", tmp_path / "a", stdin=f"{lines}\n{{broken\n")
    assert done.returncode == 0, done.stderr
    assert "new: 3;" in done.stdout


@pytest.mark.parametrize(
    "args", [("ftp://x.example/",), ("/nowhere",), ("-", "--webhook", "ftp://x"), ("-", "--command", "'"), ("-", "--command", ""),
             ("-", "--every", "0"), ()],
)  # fmt: skip
def test_wrong_usage(args: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["watch", *args, "--archive", str(tmp_path / "a"), "--once"])
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert len([line for line in said.splitlines() if line.startswith("riwaya: ")]) == 1, said


def test_an_archive_that_cannot_be_made(tmp_path: Path) -> None:
    done = riwaya("-", "--archive", tmp_path / "no" / "folder" / "a", stdin="")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_with_what_came_in_the_archive(number: int, code: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "riwaya", "watch", "-", "--archive", str(tmp_path / "a")]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    running = subprocess.Popen(command, text=True, env=environment(), **pipes)
    assert running.stdin is not None
    assert running.stdout is not None
    try:
        assert "1 source into" in running.stdout.readline()
        running.stdin.write(json.dumps({"text": BODY, "outlet": "الأفق"}) + "\n")
        running.stdin.flush()
        assert "1 new" in running.stdout.readline()
        begun = time.monotonic()
        running.send_signal(number)
        assert running.wait(30) == code
        assert time.monotonic() - begun < 15
        assert "Traceback" not in (running.stderr.read() if running.stderr else "")
    finally:
        running.kill()
        running.communicate()
