"""kill -9 at any moment loses at most the batch in flight; what is added again makes the archive whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from contents import content
from made_reports import rows, write

from riwaya.archive import Archive

KILLS = 50
REPORTS, BATCH = 60, 6


class Adder:
    """Adds reports in processes of their own."""

    def __init__(self, archive: Path, reports: Path) -> None:
        command = [sys.executable, str(Path(__file__).with_name("killed.py")), str(archive), str(reports), str(BATCH)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._line() == "ready"

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def begin(self) -> int:
        """Start adding; the number of the process."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._line())

    def ended(self) -> None:
        """Wait until it is gone."""
        assert self._line() == "gone"

    def close(self) -> None:
        """No more."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def adder(archive: Path, reports: Path) -> Iterator[Adder]:
    one = Adder(archive, reports)
    try:
        yield one
    finally:
        one.close()


def test_killed_at_fifty_random_moments(tmp_path: Path) -> None:
    reports = write(tmp_path / "reports.jsonl", rows(REPORTS, seed=5, happenings=9))
    archive = tmp_path / "a.riwaya"
    rng = random.Random(1)
    told = killed = 0
    with adder(archive, reports) as adding:
        start = time.monotonic()
        adding.begin()
        adding.ended()
        alone = time.monotonic() - start
        never_killed = content(archive)
        assert never_killed["check"] == []
        while killed < KILLS:
            for end in ("", "-wal", "-shm"):
                Path(f"{archive}{end}").unlink(missing_ok=True)
            for _ in range(rng.randint(1, 8)):  # kills on one archive, before it may come to its end
                process = adding.begin()
                time.sleep(rng.uniform(0, alone * 0.5))  # the moment is the point
                with suppress(ProcessLookupError):  # it had come to its end: not killed, then
                    os.kill(process, signal.SIGKILL)
                    killed += 1
                adding.ended()
                if archive.exists() and archive.stat().st_size:
                    with Archive.open(archive) as opened:
                        before = opened.info().articles
                        assert before % BATCH == 0
                        told += len(opened.cuts())
                        assert killed % 5 or opened.check() == []
            adding.begin()
            adding.ended()
            assert content(archive) == never_killed
            with Archive.open(archive) as opened:
                assert opened.cuts() == []
    assert told > KILLS // 3
