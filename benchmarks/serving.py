"""How the web application holds under readers while a writer adds, over an archive that `benchmarks/desk.py` made.

    python benchmarks/serving.py ARCHIVE --locust PATH [--seconds 60] [--readers 20] [--more reports.jsonl.gz ...]

Starts `riwaya serve`, measures the time until it answers, then has locust's readers open stories and search while `riwaya add`
adds the files of --more to the same archive. Prints requests, errors and percentiles for readers who look a second at each answer
and for readers who never pause, and the peak memory of the server with all its processes. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import csv
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
from pathlib import Path

import psutil

from build import tree_memory

_HERE = Path(__file__).parent
_SAMPLE_EVERY = 0.5  # seconds between two looks at the memory
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("archive", type=Path)
    parser.add_argument("--locust", default="locust", help="the program")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--more", type=Path, nargs="*", default=[], help="reports that are added meanwhile")
    given = parser.parse_args()
    with Server(given.archive) as server:
        print(f"first answer after {server.started:.2f} s")
        for pause in (1.0, 0.0):
            writer = None
            if given.more:
                command = [sys.executable, "-m", "riwaya", "add", "--quiet", "--archive", str(given.archive)]
                command += map(str, given.more)
                writer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            rows = load(given.locust, server.url, given.readers, given.seconds, pause)
            busy = writer is not None and writer.poll() is None
            if writer is not None:
                writer.send_signal(signal.SIGINT)
                writer.wait()
            told = "one writer to the end" if busy else "a writer that finished before" if writer else "no writer"
            print(f"\n{given.readers} readers, pause {pause:g} s, {given.seconds} s, {told}")
            for row in rows:
                print("  " + "  ".join(f"{name} {row[name]}" for name in _SHOWN))
        print(f"\npeak memory of the server: {server.peak / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
