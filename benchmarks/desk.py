"""What an archive of 100,000 reports costs: made, opened, added to.

    python benchmarks/desk.py --data ../shared/data [--reports 100000] [--archive FILE]

Adds the Egyptian reports in the order of their days in one process, as `riwaya add` does: reports per second, each 10,000 and in
all; then what 100 further reports cost in a process of their own, from the command to the prompt, and how soon a story that one
touches is fresh; what opening costs; how large the file is beside the texts, and of what it is made. The archive stays (in the
folder for temporary files, where no name is given), for the benchmark of serving. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import psutil

import riwaya
from riwaya.archive import Archive
from riwaya.model import Article

REPORTS = 100_000
FURTHER = 100
_STEP = 10_000
_SHOWN = 12  # tables
_LARGE = 1 << 20  # bytes


def records(data: Path) -> Iterator[bytes]:
    """The reports as they lie, a line each, in the order of days."""
    for day in sorted((data / "egypt2013").glob("*.jsonl.gz")):
        with gzip.open(day, "rb") as lines:
            yield from lines


def articles(data: Path, count: int) -> Iterator[Article]:
    """The first so many, read."""
    days = (riwaya.read(day) for day in sorted((data / "egypt2013").glob("*.jsonl.gz")))
    return islice((article for day in days for article in day), count)


def grow(archive: Path, data: Path, count: int, step: int) -> None:
    """Make the archive; print reports a second as it grows."""
    start = last = time.perf_counter()
    counted = 0

    def progress(stage: str, done: int, total: int | None) -> None:
        nonlocal last, counted
        if stage == "add" and done - counted >= step:
            now = time.perf_counter()
            print(f"  {done:>8,} reports  {(done - counted) / (now - last):6.0f} a second", flush=True)
            last, counted = now, done

    with Archive.open(archive, create=True) as opened:
        added = opened.add(articles(data, count), progress=progress)
    wall = time.perf_counter() - start
    print(f"  in all {added.new:,} new, {added.known:,} known, {len(added.skipped):,} skipped, {wall:.0f} s with all weaving:"
          f" {added.new / wall:.0f} reports a second on {os.cpu_count()} cores")  # fmt: skip
    memory = psutil.Process().memory_info().rss / _LARGE
    print(f"  memory of the adding process at the end: {memory:.0f} MiB, without the workers")


def further(archive: Path, data: Path, count: int) -> None:
    """Add 100 more by the command."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "further.jsonl"
        file.write_bytes(b"".join(islice(records(data), count, count + FURTHER)))
        start = time.perf_counter()
        command = [sys.executable, "-m", "riwaya", "add", str(file), "--archive", str(archive)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    print(f"adding {FURTHER} more, command to prompt: {seconds:.1f} s; {done.stdout.splitlines()[0]}")
    with Archive.open(archive, read_only=True) as opened:
        print(f"  stories that wait to be woven afterwards: {opened.info().stale}")


def one_by_one(archive: Path, data: Path, count: int) -> None:
    """One report at a time, by a process that stays, as `riwaya watch` and the page add."""
    waits = []
    lines = list(islice(records(data), count + FURTHER, count + FURTHER + 10))
    with Archive.open(archive) as opened, tempfile.TemporaryDirectory() as folder:
        for number, line in enumerate(lines):
            file = Path(folder) / f"{number}.jsonl"
            file.write_bytes(line)
            start = time.perf_counter()
            opened.add(riwaya.read(file), jobs=1)
            waits.append(time.perf_counter() - start)
    print(f"one report at a time, until its story is fresh: first {waits[0]:.2f} s, then {max(waits[1:]):.2f} s at most")


def opening(archive: Path) -> None:
    """Open it and read one dossier, in a process of its own."""
    code = (
        "import sys, time; t = time.perf_counter(); from riwaya.archive import Archive, StoryQuery\n"
        "with Archive.open(sys.argv[1], read_only=True) as a:\n"
        "    s = a.stories(StoryQuery(order='size', limit=20)); o = time.perf_counter()\n"
        "    d = a.dossier(s.items[0].id); e = time.perf_counter()\n"
        "print(f'{o - t:.2f} s to the first list, {e - o:.2f} s for the dossier of {len(d.articles)} reports')"
    )
    done = subprocess.run([sys.executable, "-c", code, str(archive)], capture_output=True, text=True, check=True)
    print(f"opening: {done.stdout.strip()}")


def sizes(archive: Path) -> None:
    """How large the file is, and of what."""
    with Archive.open(archive) as opened:
        opened.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        info = opened.info()
    times, text = info.bytes / info.text_bytes, info.text_bytes / _LARGE
    print(f"file: {info.bytes / _LARGE:,.0f} MiB, {times:.2f} times the {text:,.0f} MiB of text; {info.articles:,} reports,"
          f" {info.stories:,} stories, {info.statements:,} statements")  # fmt: skip
    connection = sqlite3.connect(archive)
    try:
        rows = connection.execute(
            "SELECT name, sum(pgsize) AS size FROM dbstat GROUP BY name ORDER BY size DESC LIMIT ?", (_SHOWN,)
        ).fetchall()
    except sqlite3.OperationalError:  # this SQLite was built without it
        return
    finally:
        connection.close()
    for name, size in rows:
        print(f"  {name:<24} {size / _LARGE:8,.0f} MiB  {size / info.text_bytes:5.2f} times the text")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--archive", type=Path, default=Path(tempfile.gettempdir()) / "riwaya-desk.riwaya")
    args = parser.parse_args()
    if not (args.data / "egypt2013").is_dir():
        print(f"{args.data / 'egypt2013'} is absent: nothing is measured")
        return
    for end in ("", "-wal", "-shm"):
        Path(f"{args.archive}{end}").unlink(missing_ok=True)
    print(json.dumps({"archive": str(args.archive), "reports": args.reports}))
    grow(args.archive, args.data, args.reports, min(_STEP, max(1, args.reports // 5)))
    further(args.archive, args.data, args.reports)
    one_by_one(args.archive, args.data, args.reports)
    opening(args.archive)
    sizes(args.archive)


if __name__ == "__main__":
    main()
