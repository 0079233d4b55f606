"""Reports of days far apart in one batch: what lies between is not read, and what comes of it is as in one run."""

from __future__ import annotations

from pathlib import Path

from contents import assert_equal
from made_reports import rows, write

import riwaya
from riwaya.archive import Archive


def dated(seed: int, year: int) -> list[dict[str, str]]:
    """Reports of March of a year."""
    return [row | {"date": row["date"].replace("2021", str(year))} for row in rows(12, seed)]


def test_only_the_days_around_each_are_held(tmp_path: Path) -> None:
    between = riwaya.read(write(tmp_path / "between.jsonl", [*dated(1, 2010), *dated(2, 2015)]))
    apart = list(riwaya.read(write(tmp_path / "apart.jsonl", [*dated(3, 2001), *dated(4, 2025)])))
    with Archive.open(tmp_path / "a.riwaya", create=True) as archive:
        archive.add(between, jobs=1)
    with Archive.open(tmp_path / "a.riwaya") as archive:
        archive.add(apart, jobs=1)
        assert len(archive._growth(1)._graph._near) == len(apart)
        assert archive.check() == []
        every = riwaya.read(*(tmp_path / f"{name}.jsonl" for name in ("between", "apart")))
        assert_equal(archive, riwaya.build(every, jobs=1))
