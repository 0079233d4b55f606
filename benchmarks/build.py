"""How fast, and in how much memory, a large collection becomes dossiers.

    python benchmarks/build.py --data ../shared/data --seeds ../shared/seeds

Builds the Saudi reports (20,329 of 14 outlets) and the first 2,000 of them, each in a process of its own; prints articles per
second, seconds per stage, and the peak memory of the whole process tree; then times the five seeds from the command to the
page. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import psutil

import riwaya

_SAMPLE_EVERY = 0.2  # seconds between two looks at the memory
_SMALL = 2_000


def tree_memory(process: psutil.Process) -> int:
    """Bytes of memory of a process and all below it; shared pages count once a process that maps them (PSS where known)."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            info = one.memory_full_info()
            total += getattr(info, "pss", info.uss)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total


def watched(command: list[str]) -> tuple[float, int]:
    """Run a command; seconds it took and the peak memory of its process tree."""
    peak = 0
    start = time.perf_counter()
    child = subprocess.Popen(command)
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        process = psutil.Process(child.pid)
        while not done.wait(_SAMPLE_EVERY):
            try:
                peak = max(peak, tree_memory(process))
            except psutil.NoSuchProcess:
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = child.wait()
    done.set()
    watcher.join()
    if code:
        raise SystemExit(f"{' '.join(command)} left with {code}")
    return time.perf_counter() - start, peak


def build_once(source: str, out: str, formats: str) -> None:
    """In the child process: build and print the seconds of each stage as JSON."""
    start = time.perf_counter()
    collection = riwaya.build(riwaya.read(source))
    built = time.perf_counter()
    collection.write(out, tuple(formats.split(",")))
    seconds = {**collection.seconds, "tell (write)": time.perf_counter() - built}
    print(json.dumps({"articles": collection.article_count, "stories": len(collection), "seconds": seconds,
                      "total": time.perf_counter() - start}))  # fmt: skip


def small_sample(data: Path, target: Path) -> Path:
    """The first 2,000 reports in the order of days, so that stories are as dense as in the whole."""
    reports: list[object] = []
    for archive in sorted((data / "saudinewsnet").glob("*.zip")):
        with zipfile.ZipFile(archive) as opened:
            for name in sorted(opened.namelist()):
                reports += json.loads(opened.read(name))
        if len(reports) >= _SMALL:
            break
    target.write_text(json.dumps(reports[:_SMALL], ensure_ascii=False), "utf-8")
    return target


def measure(label: str, source: Path, formats: str) -> float:
    """Build one collection in a process of its own, print its figures, give its seconds."""
    with tempfile.TemporaryDirectory() as out:
        report = Path(out) / "report.json"
        command = [sys.executable, __file__, "--child", str(source), "--out", f"{out}/dossier", "--formats", formats]
        with report.open("w") as stream:
            sys.stdout.flush()
            saved = os.dup(1)
            os.dup2(stream.fileno(), 1)
            try:
                wall, peak = watched(command)
            finally:
                os.dup2(saved, 1)
                os.close(saved)
        found = json.loads(report.read_text())
    print(f"\n{label}: {found['articles']} articles, {found['stories']} stories")
    print(f"  {found['articles'] / wall:.1f} articles per second ({wall:.1f} s, {os.cpu_count()} cores)")
    print(f"  peak memory of the process tree: {peak / 2**30:.2f} GiB")
    for stage, seconds in found["seconds"].items():
        print(f"  {stage:<32} {seconds:8.2f} s")
    return wall / found["articles"]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--seeds", type=Path, default=Path("../shared/seeds"))
    parser.add_argument("--formats", default="json,html")
    parser.add_argument("--only", choices=["small", "large", "seeds"])
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--out", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        build_once(args.child, args.out, args.formats)
        return
    per_article: dict[str, float] = {}
    if (args.data / "saudinewsnet").is_dir():
        with tempfile.TemporaryDirectory() as folder:
            if args.only in (None, "small"):
                small = small_sample(args.data, Path(folder) / "small.json")
                per_article["small"] = measure(f"The first {_SMALL:,}", small, args.formats)
            if args.only in (None, "large"):
                per_article["large"] = measure("All Saudi reports", args.data / "saudinewsnet", args.formats)
        if len(per_article) > 1:
            allowed = math.log(20_329) / math.log(_SMALL)
            ratio = per_article["large"] / per_article["small"]
            print(f"\nseconds per article, large against small: {ratio:.2f} (n log n allows {allowed:.2f})")
    else:
        print(f"{args.data / 'saudinewsnet'} is absent: the large builds are not measured")
    if args.only in (None, "seeds"):
        seeds(args.seeds / "articles")


def seeds(folder: Path, runs: int = 5) -> None:
    """The five seeds from the command to the page, interpreter start included: the median of some runs."""
    if not folder.is_dir():
        print(f"{folder} is absent: the seeds are not timed")
        return
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "riwaya", "build", str(folder), "-o", f"{out}/dossier", "--quiet"]
        times = sorted(watched(command)[0] for _ in range(runs))
    print(f"\nthe five seeds, command to page: median {times[runs // 2]:.2f} s, worst {times[-1]:.2f} s of {runs}")


if __name__ == "__main__":
    main()
