"""add, export and archive: what they print, what they leave, how they fail."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from riwaya.archive import Archive

REPORTS = Path(__file__).parent.parent.parent / "examples" / "reports"


def riwaya(*args: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "riwaya", *map(str, args)], input=stdin, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("commands") / "a.riwaya"
    done = riwaya("add", REPORTS, "--archive", path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert done.stdout.startswith("new: 9,")
    assert "known: 0; skipped: 0" in done.stdout
    assert "stories touched: 1\n      9  " in done.stdout
    return path


def test_what_is_known_is_passed_over(archive: Path) -> None:
    done = riwaya("add", REPORTS, "--archive", archive)
    assert (done.returncode, done.stdout) == (0, "new: 0; known: 9; skipped: 0\nstories touched: 0\n")
    assert riwaya("add", REPORTS, "--archive", archive, "--quiet").stdout == ""


def test_what_was_skipped_is_listed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/bad.json").write_text("{", "utf-8")
    (tmp_path / "in/good.txt").write_text("قُتل 7 أشخاص أمس في حريق في مدينة حلب.", "utf-8")
    archive = tmp_path / "a.riwaya"
    done = riwaya("add", tmp_path / "in", "--archive", archive, "--published", "2031-02-12", "--outlet", "الرؤية", "--strict")
    assert done.returncode == 1
    assert "skipped: 1" in done.stdout
    assert "skipped: bad.json" in done.stderr
    with Archive.open(archive) as opened:
        (skipped,) = opened.set_aside()
        assert skipped.path == "bad.json"
        (card,) = opened.stories().items
        assert card.outlets == ("الرؤية",)
        assert opened.dossier(card.id).articles[0].published.value == "2031-02-12"


def test_nothing_to_read_is_one_line(tmp_path: Path) -> None:
    done = riwaya("add", tmp_path / "none", "--archive", tmp_path / "a.riwaya")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("riwaya: ")
    assert "Traceback" not in done.stderr
    assert riwaya("add", REPORTS).returncode == 2


@pytest.mark.parametrize("command", [["export", "-o", "out"], ["archive", "info"], ["archive", "check"], ["archive", "compact"]])
def test_an_archive_that_is_not_there(command: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "riwaya", *command, "--archive", "none"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 1
    assert done.stderr.startswith("riwaya: none: no archive is there")
    assert not (tmp_path / "none").exists()


def test_export_is_what_build_writes(archive: Path, tmp_path: Path) -> None:
    assert riwaya("export", "-o", tmp_path / "exported", "--archive", archive).returncode == 0
    assert riwaya("build", REPORTS, "-o", tmp_path / "built").returncode == 0
    for name in ("dossier.json", "index.html"):
        assert (tmp_path / "exported" / name).read_bytes() == (tmp_path / "built" / name).read_bytes()


def test_export_of_a_story_by_its_id(archive: Path, tmp_path: Path) -> None:
    with Archive.open(archive, read_only=True) as opened:
        story = opened.stories().items[0].id
    done = riwaya("export", story, "-o", tmp_path / "out", "--archive", archive, "--formats", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out/dossier.json").read_text("utf-8"))["stories"][0]["id"] == story
    done = riwaya("export", "s-0000000000000000", "-o", tmp_path / "none", "--archive", archive)
    assert done.returncode == 2
    assert not (tmp_path / "none").exists()


def test_info_on_one_screen_and_as_json(archive: Path) -> None:
    told = riwaya("archive", "info", "--archive", archive).stdout
    assert "9 reports of 7 outlets, 2031-02-12 to 2031-02-12" in told
    assert "\n  1 story, 0 of them" in told
    assert len(told.splitlines()) < 20
    found = json.loads(riwaya("archive", "info", "--archive", archive, "--json").stdout)
    assert (found["articles"], found["stories"], found["stale"], found["unfinished"]) == (9, 1, 0, 0)


def test_check_compact_reindex(archive: Path) -> None:
    assert "no fault found" in riwaya("archive", "check", "--archive", archive).stdout
    done = riwaya("archive", "compact", "--archive", archive)
    assert done.returncode == 0
    assert "before" in done.stdout
    assert "9 reports" in riwaya("archive", "reindex", "--archive", archive).stdout
    with Archive.open(archive) as opened:
        opened.connection.execute("DELETE FROM content WHERE n = 3")
    done = riwaya("archive", "check", "--archive", archive)
    assert done.returncode == 3
    assert "fault: reports without a text" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_interrupted_adding_keeps_what_came_in_and_the_next_says_so(tmp_path: Path) -> None:
    row = json.dumps({"text": "اندلع حريق في مخزن في مدينة حمص وأصيب 12 عاملا.", "date": "2031-02-12"}, ensure_ascii=False)
    archive = tmp_path / "a.riwaya"
    command = [sys.executable, "-m", "riwaya", "add", "-", "--archive", str(archive), "--jobs", "1"]
    adding = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert adding.stdin is not None
    adding.stdin.write(row + "\n")
    adding.stdin.flush()
    deadline = time.monotonic() + 60
    while not (archive.exists() and begun(archive)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    adding.send_signal(signal.SIGINT)
    assert adding.stderr is not None
    told = adding.stderr.read()
    assert adding.wait() == 130
    assert "Traceback" not in told
    assert "interrupted" in told
    done = riwaya("add", REPORTS, "--archive", archive)
    assert done.returncode == 0
    assert "was cut after 0 reports" in done.stderr
    assert "was cut" not in riwaya("add", REPORTS, "--archive", archive).stderr


def begun(archive: Path) -> bool:
    """Whether adding has begun."""
    try:
        with Archive.open(archive, read_only=True) as opened:
            found: int = opened.connection.execute("SELECT count(*) FROM batch").fetchone()[0]
            return found > 0
    except Exception:
        return False
