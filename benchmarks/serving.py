"""How the web application holds under readers while a writer adds, over an archive that `benchmarks/desk.py` made.

    python benchmarks/serving.py ARCHIVE --locust PATH [--seconds 60] [--readers 20] [--more reports.jsonl.gz ...]

Starts `riwaya serve`, measures the time until it answers, then has locust's readers open stories and search while a writer hands
in the reports of --more through the API, a hundred at a time. Prints requests, errors and percentiles for readers who look a
second at each answer and for readers who never pause, and the peak memory of the server with all its processes. Nothing here
passes or fails.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

from build import tree_memory

_HERE = Path(__file__).parent
_SAMPLE_EVERY = 0.5  # seconds between two looks at the memory
_LOOK_EVERY = 0.3  # seconds between two questions of the writer
_COLD = 20  # seconds after the start that are told of apart: nothing is in memory yet
_LOT = 100  # reports handed in at once
_PATIENCE = 60.0  # seconds until the server must answer
_SHOWN = ("Name", "Request Count", "Failure Count", "50%", "95%", "99%", "Requests/s")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


class Server:
    """`riwaya serve` on an archive. A context manager; `started` is the seconds until it answered, `peak` its most bytes."""

    def __init__(self, archive: Path) -> None:
        self.port = free_port()
        self.peak = 0
        start = time.perf_counter()
        self._child = subprocess.Popen(
            [sys.executable, "-m", "riwaya", "serve", "--archive", str(archive), "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
        )
        self.url = f"http://127.0.0.1:{self.port}"
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/", timeout=_PATIENCE).read()
                break
            except urllib.error.HTTPError:
                self._child.kill()
                raise
            except OSError:
                if time.perf_counter() - start > _PATIENCE:
                    raise
                time.sleep(0.02)
        self.started = time.perf_counter() - start
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _watch(self) -> None:
        process = psutil.Process(self._child.pid)
        while not self._over.wait(_SAMPLE_EVERY):
            self.peak = max(self.peak, tree_memory(process))

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watcher.join()
        self._child.send_signal(signal.SIGINT)
        self._child.wait()


def load(locust: str, url: str, readers: int, seconds: int, pause: float) -> list[dict[str, str]]:
    """Let readers loose on the server; the rows of locust's statistics."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                locust, "-f", str(_HERE / "locustfile.py"), "--headless", "-u", str(readers), "-r", str(readers),
                "-t", f"{seconds}s", "--host", url, "--csv", f"{folder}/run", "--only-summary", "--loglevel", "ERROR",
            ],
            env={**os.environ, "PAUSE": str(pause)}, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        with Path(folder, "run_stats.csv").open(newline="", encoding="utf-8") as file:
            return [row for row in csv.DictReader(file) if row["Name"] in ("story", "search", "Aggregated")]


class Writer(threading.Thread):
    """Somebody who hands in reports through the API, a hundred at a time, each lot when the one before is in the archive."""

    def __init__(self, url: str, reports: Iterator[list[dict[str, str]]]) -> None:
        super().__init__(daemon=True)
        self._url, self._reports = url, reports
        self._over = threading.Event()
        self.added = 0
        self.seconds: list[float] = []  # of each lot, from handing it in until its stories were fresh

    def run(self) -> None:
        """Hand in until told to stop."""
        for lot in self._reports:
            start = time.perf_counter()
            job = self._ask("/api/v1/add", json.dumps({"reports": lot}).encode())
            while job["state"] not in ("done", "failed") and not self._over.wait(_LOOK_EVERY):
                job = self._ask(f"/api/v1/add/{job['id']}")
            if self._over.is_set():
                return
            self.added += job["new"]
            self.seconds.append(time.perf_counter() - start)

    def _ask(self, path: str, body: bytes | None = None) -> dict[str, Any]:
        request = urllib.request.Request(self._url + path, body, {"content-type": "application/json"})
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def stop(self) -> None:
        """Hand in no more."""
        self._over.set()
        self.join()


def lots(paths: Sequence[Path]) -> Iterator[list[dict[str, str]]]:
    """The reports of some files, as the API takes them."""
    fields = {"text": "text", "title": "title", "outlet": "outlet", "date": "date"}
    waiting: list[dict[str, str]] = []
    for path in paths:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                report = json.loads(line)
                waiting.append({name: report[field] for name, field in fields.items() if report.get(field)})
                if len(waiting) == _LOT:
                    yield waiting
                    waiting = []


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--locust", default="locust", help="the program")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="reports that are added meanwhile")
    given = parser.parse_args()
    reports = lots(given.more)
    with Server(given.archive) as server:
        print(f"first answer after {server.started:.2f} s")
        for pause, seconds in ((1.0, _COLD), (1.0, given.seconds), (0.0, given.seconds)):
            writer = Writer(server.url, reports)
            writer.start()
            rows = load(given.locust, server.url, given.readers, seconds, pause)
            writer.stop()
            print(f"\n{given.readers} readers, pause {pause:g} s, {seconds} s; {writer.added} reports added meanwhile")
            if writer.seconds:
                print(f"  a lot of {_LOT} and its stories fresh after {max(writer.seconds):.1f} s at most")
            for row in rows:
                print("  " + "  ".join(f"{name} {row[name]}" for name in _SHOWN))
        print(f"\npeak memory of the server: {server.peak / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
