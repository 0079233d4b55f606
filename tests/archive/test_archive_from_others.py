"""An archive that somebody else made: whatever it holds is told in one line, and nothing of it is run or unpacked without end."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from made_reports import articles as made

from riwaya.archive import Archive
from riwaya.archive.search import SearchQuery
from riwaya.archive.work import text_of, unpack_fingerprint
from riwaya.errors import ArchiveError, InputError, RiwayaError
from riwaya.serial import packed
from riwaya.settings.archive import ARCHIVE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of a few reports."""
    path = tmp_path / "a.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add(made(tmp_path, 8, seed=2), jobs=1)
    return path


def change(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()


def test_what_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zlib.compress(b"1" * 200_000)
    monkeypatch.setattr(packed, "ARCHIVE", replace(ARCHIVE, blob_bytes=100_000))
    for reading in (text_of, unpack_fingerprint, packed.inflate):
        with pytest.raises(ArchiveError, match="100,000 bytes"):
            reading(bomb)
        with pytest.raises(ArchiveError, match="damaged"):
            reading(bomb[:20])
    assert text_of(zlib.compress("نص".encode())) == "نص"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossier SET data = x''",
        "UPDATE dossier SET data = 'text'",
        "UPDATE dossier SET data = x'00010203'",
        "UPDATE dossier SET data = substr(data, 1, 40)",
        "UPDATE content SET text = x'00ff', article = x'01', marks = x'01'",
        "UPDATE meta SET value = '{' WHERE name LIKE 'layout%'",
        "UPDATE meta SET value = '[1]' WHERE name LIKE 'layout%'",
        "UPDATE meta SET name = 'layout x' WHERE name LIKE 'layout%'",
        "UPDATE meta SET value = 'many' WHERE name = 'generation'",
    ],
)
def test_parts_that_are_no_parts_are_one_line(path: Path, statement: str) -> None:
    change(path, statement)

    def read_all() -> None:
        with Archive.open(path) as archive:
            assert archive.generation >= 0
            for story in archive.stories().items:
                archive.dossier(story.id)

    with pytest.raises(RiwayaError) as caught:
        read_all()
    assert "\n" not in str(caught.value)


def test_an_unknown_layout_is_one_line(path: Path) -> None:
    change(path, "UPDATE dossier SET data = x'c8' || substr(data, 2)")
    change(path, "UPDATE dossier SET data = CAST(data AS BLOB)")
    with Archive.open(path) as archive, pytest.raises(ArchiveError, match="newer Riwaya"):
        archive.dossier(archive.stories().items[0].id)


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("trigger", "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM story; END"),
        ("view", "CREATE VIEW v AS SELECT * FROM story"),
    ],
)
def test_what_would_run_by_itself_is_refused(path: Path, kind: str, statement: str) -> None:
    change(path, statement)
    for read_only in (False, True):
        with pytest.raises(ArchiveError, match=f"holds a {kind}"):
            Archive.open(path, read_only=read_only)


def test_an_empty_file_is_made_an_archive_only_by_what_makes_one(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    with pytest.raises(InputError, match="no archive"):
        Archive.open(empty)
    assert empty.stat().st_size == 0
    Archive.open(empty, create=True).close()
    Archive.open(empty).close()


def test_a_check_names_every_part_that_cannot_be_read(path: Path) -> None:
    with Archive.open(path) as archive:
        assert archive.check() == []
        stories = [s.id for s in archive.stories().items]
        report = archive.dossier(stories[0]).articles[0].id
    assert len(stories) > 1
    change(path, "UPDATE dossier SET data = x''")
    change(path, f"UPDATE content SET marks = x'01' WHERE n = (SELECT n FROM article WHERE id = '{report}')")
    with Archive.open(path) as archive:
        faults = archive.check()
    assert sorted(f.partition(":")[0] for f in faults) == sorted([*stories, report])
    assert all("cannot be read" in fault and "\n" not in fault for fault in faults)


def test_a_title_that_is_no_text_is_one_line(path: Path) -> None:
    change(path, "UPDATE article SET title = x'ff', outlet = x'00'")
    with Archive.open(path) as archive:
        assert [f.partition(":")[0] for f in archive.check()] == ["reports whose title, outlet, link or date is no text"]
        with pytest.raises(ArchiveError, match="damaged"):
            archive.search(SearchQuery("حلب"))
        with pytest.raises(ArchiveError, match="damaged"):
            archive.reindex()
