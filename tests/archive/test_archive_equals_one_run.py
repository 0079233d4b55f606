"""An archive grown in any order and any batches holds what one run over all its reports gives, to the byte."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from contents import assert_equal
from made_reports import articles as made

import riwaya
from riwaya import pipeline
from riwaya.archive import Archive, graph, growth, work
from riwaya.model import Article, Marks, Published, Skipped
from riwaya.relate.stories import StoryGroup
from riwaya.settings.archive import ARCHIVE

REAL = 2_000


@pytest.fixture(scope="module")
def remembered() -> Iterator[None]:
    """What is a function of a report alone, or of a story's reports alone, is worked out once for all orders."""
    patch = pytest.MonkeyPatch()
    marked = cache(pipeline.read_and_mark)
    woven: dict[Any, Any] = {}
    weave = pipeline.weave_story

    def weave_once(group: StoryGroup, members: list[tuple[Article, Marks]], as_of: str | None, corrections: Any = ()) -> Any:
        key = (group, as_of, tuple(corrections), tuple((a.id, a.path, a.furniture) for a, _ in members))
        if key not in woven:
            woven[key] = weave(group, members, as_of, corrections)
        return woven[key]

    def mark_once(raw: Article) -> tuple[Article | None, Marks, Skipped | None]:
        return marked(raw)

    for module in (pipeline, work):
        patch.setattr(module, "read_and_mark", mark_once)
        patch.setattr(module, "weave_story", weave_once)
    yield
    patch.undo()


def real_reports(shared: Path) -> list[Article]:
    """Two thousand real reports: two nights of Egypt, so that stories go on over midnight; every fiftieth without its date."""
    days = [shared / "data" / "egypt2013" / f"2013-02-0{d}.jsonl.gz" for d in (4, 5)]
    late = list(riwaya.read(days[0]))[-REAL // 2 :]
    found = [*late, *islice(riwaya.read(days[1]), REAL - len(late) - 5), *riwaya.read(shared / "seeds" / "articles")]
    return [replace(a, published=Published()) if n % 50 == 7 else a for n, a in enumerate(found)]


def grow(path: Path, reports: list[Article], sizes: list[int], refreshed: int) -> Archive:
    """An archive that got these reports in calls of these sizes, in turn; woven after the first calls, so that stories change."""
    archive = Archive.open(path, create=True)
    at = call = 0
    while at < len(reports):
        size = sizes[call % len(sizes)]
        archive.add(reports[at : at + size], jobs=1, refresh=call < refreshed)
        at, call = at + size, call + 1
    return archive


@pytest.mark.shared
@pytest.mark.usefixtures("remembered")
def test_real_reports_in_three_orders(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = real_reports(shared)
    whole = riwaya.build(reports, jobs=1)
    monkeypatch.setattr(growth, "ARCHIVE", replace(ARCHIVE, batch=200))
    monkeypatch.setattr(graph, "ARCHIVE", replace(ARCHIVE, near=1_000))  # what lies further back is dropped and read again
    mixed = random.Random(7).sample(reports, len(reports))
    orders = ((reports, [len(reports)], 0), (reports[::-1], [1, 300, 7, 450], 2), (mixed, [400], 0))
    for number, (given, sizes, refreshed) in enumerate(orders):
        with grow(tmp_path / f"{number}.riwaya", given, sizes, refreshed) as archive:
            assert_equal(archive, whole)
            assert refreshed or archive.check() == []


@pytest.mark.usefixtures("remembered")
@pytest.mark.parametrize("seed", range(2))
def test_made_reports_one_by_one_and_in_batches(seed: int, tmp_path: Path) -> None:
    reports = made(tmp_path, 40, seed, happenings=6)
    undated = [replace(a, published=Published()) if n % 9 == 0 else a for n, a in enumerate(reports)]
    whole = riwaya.build(undated, jobs=1)
    random.Random(seed).shuffle(undated)
    with grow(tmp_path / "a.riwaya", undated, [1, 2, 1, 9], refreshed=60) as archive:
        assert_equal(archive, whole)
        assert archive.check() == []
