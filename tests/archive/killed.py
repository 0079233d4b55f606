"""Adds reports to an archive in processes that a test kills: for every line on standard input one is forked and its number told.

    python killed.py ARCHIVE REPORTS BATCH
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import riwaya
from riwaya.archive import Archive, growth, weaving
from riwaya.settings.archive import ARCHIVE


def tell(what: object) -> None:
    """A line to the test."""
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def add(archive: Path, reports: Path) -> None:
    """Add all of it."""
    with Archive.open(archive, create=True) as opened:
        opened.add(riwaya.read(reports), jobs=1)


def main(archive: Path, reports: Path, batch: int) -> None:
    """Fork when told to."""
    growth.ARCHIVE = weaving.ARCHIVE = replace(ARCHIVE, batch=batch, weave_batch=batch)
    add(archive.with_suffix(".warm"), reports)  # lexicons are loaded once, for all that are forked
    tell("ready")
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            add(archive, reports)
            os._exit(0)
        tell(child)
        os.waitpid(child, 0)
        tell("gone")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
