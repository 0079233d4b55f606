"""What a review of the server's safety left open, and is closed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import empty_archive
from served import PATIENCE

from riwaya.web.adding import Adding, Handed, Job, _Lane, clear_left


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
