"""The file of an archive: every failure is one line that says what to do, and what was written before stays."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from contents import assert_equal
from made_reports import articles as made
from made_reports import rows, write

import riwaya
from riwaya.archive import Archive, database, growth, packing, schema
from riwaya.archive.sessions import begin
from riwaya.errors import ArchiveError, InputError, RiwayaError
from riwaya.settings.archive import ARCHIVE


def line(failing: Callable[[], object], kind: type[RiwayaError] = ArchiveError) -> str:
    with pytest.raises(kind) as caught:
        failing()
    told = str(caught.value)
    assert "\n" not in told
    return told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An archive of a few reports."""
    path = tmp_path / "a.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add(made(tmp_path, 8, seed=2), jobs=1)
    return path


def test_what_is_not_there_or_no_archive(tmp_path: Path) -> None:
    assert "riwaya add" in line(lambda: Archive.open(tmp_path / "none"), InputError)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    connection.close()
    text = tmp_path / "text"
    text.write_text("هذا نص وليس قاعدة بيانات " * 50, "utf-8")
    for wrong in (other, text):
        for create in (False, True):
            assert "no archive" in line(lambda wrong=wrong, create=create: Archive.open(wrong, create=create), InputError)
    (tmp_path / "empty").touch()
    assert "no archive" in line(lambda: Archive.open(tmp_path / "empty", read_only=True), InputError)
    assert "cannot be opened" in line(lambda: Archive.open(tmp_path / "no" / "folder", create=True))


def test_a_newer_version_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    connection.close()
    assert "newer Riwaya" in line(lambda: Archive.open(path))
    assert "newer Riwaya" in line(lambda: Archive.open(path, read_only=True))


def test_a_damaged_file(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(4096 * 3, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    path.write_bytes(data)

    def look() -> None:
        with Archive.open(path) as archive:
            assert archive.check() != []
            archive.collection()

    assert "damaged" in line(look)


def test_a_locked_archive(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "ARCHIVE", replace(ARCHIVE, wait=0.05))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Archive.open(path) as archive:
        assert "another program" in line(lambda: archive.add(made(tmp_path, 2, seed=9), jobs=1))
        assert archive.info().articles == 8  # reading is never held up
        other.execute("ROLLBACK")
        other.close()
        assert archive.add(made(tmp_path, 2, seed=9), jobs=1).new == 2


def test_a_full_disk(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fits comes in whole, the rest not at all; with room again the same command finishes the work."""
    monkeypatch.setattr(growth, "ARCHIVE", replace(ARCHIVE, batch=10))
    reports = made(tmp_path, 80, seed=3)
    with Archive.open(path) as archive:
        (pages,) = archive.connection.execute("PRAGMA page_count").fetchone()
        archive.connection.execute(f"PRAGMA max_page_count = {pages + 20}")
        assert "disk is full" in line(lambda: archive.add(reports, jobs=1))
        held = archive.info().articles
        assert 8 <= held < 88
        assert (held - 8) % 10 == 0
        assert archive.check() == []
        archive.connection.execute("PRAGMA max_page_count = 1000000")
        archive.add(reports, jobs=1)
        assert_equal(archive, riwaya.build([*made(tmp_path, 8, seed=2), *reports], jobs=1))
        assert archive.check() == []


@pytest.mark.skipif(os.name != "posix", reason="limits of processes")
def test_a_file_that_may_not_grow(path: Path, tmp_path: Path) -> None:
    reports = write(tmp_path / "more.jsonl", rows(80, seed=4))
    limit = path.stat().st_size // 512 + 200
    command = f"ulimit -f {limit}; exec {sys.executable} -m riwaya add {reports} --archive {path} --jobs 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert str(path) in done.stderr
    with Archive.open(path) as archive:
        assert archive.check() == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(path: Path, tmp_path: Path) -> None:
    path.parent.chmod(0o500)
    path.chmod(0o400)
    try:
        with Archive.open(path, read_only=True) as archive:
            assert archive.info().articles == 8
        assert "permissions" in line(lambda: Archive.open(path))
    finally:
        path.parent.chmod(0o700)


def test_what_a_cut_left_in_the_log_is_taken_up(path: Path, tmp_path: Path) -> None:
    """A copy of the file with its log, as a crash leaves them."""
    with Archive.open(path) as archive:
        archive.add(made(tmp_path, 5, seed=6), jobs=1)
        assert archive.info().articles == 13
        copy = tmp_path / "copy.riwaya"
        copy.write_bytes(path.read_bytes())
        log = Path(f"{path}-wal")
        assert log.stat().st_size
        Path(f"{copy}-wal").write_bytes(log.read_bytes())
    for read_only in (True, False):
        with Archive.open(copy, read_only=read_only) as archive:
            assert archive.info().articles == 13


def test_reading_only_writes_nothing(path: Path, tmp_path: Path) -> None:
    with Archive.open(path) as archive:
        archive.add(made(tmp_path, 4, seed=8), jobs=1, refresh=False)
    with Archive.open(path, read_only=True) as archive:
        for failing in (
            lambda: archive.add([], jobs=1), lambda: archive.refresh(jobs=1), archive.compact, archive.reindex,
            lambda: archive.undo("c-1", "هند"),
        ):  # fmt: skip
            assert "reading only" in line(failing)  # type: ignore[arg-type]
        assert archive.info().stale > 0


# -------------------------------------------------------------------------------------------------------------- migrations


def test_an_empty_file_becomes_an_archive_of_this_version(tmp_path: Path) -> None:
    path = tmp_path / "a.riwaya"
    path.touch()
    with Archive.open(path, create=True) as archive:
        assert archive.info().schema == schema.VERSION
        assert archive.check() == []


def test_an_older_archive_is_migrated_with_all_that_it_holds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def further(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE article ADD COLUMN further TEXT")
        connection.execute("UPDATE article SET further = id")

    monkeypatch.setattr(database, "MIGRATIONS", [*schema.MIGRATIONS, further])
    monkeypatch.setattr(database, "VERSION", schema.VERSION + 1)
    assert "older Riwaya" in line(lambda: Archive.open(path, read_only=True))
    with Archive.open(path) as archive:
        assert archive.connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION + 1,)
        assert archive.connection.execute("SELECT count(*) FROM article WHERE further = id").fetchone() == (8,)
        assert archive.check() == []
    with Archive.open(path) as archive:  # once is enough
        assert archive.info().articles == 8


def test_a_migration_that_fails_leaves_the_older_archive(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def further(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE article ADD COLUMN further TEXT")

    def failing(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM article")
        connection.execute("INSERT INTO nowhere VALUES (1)")

    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", [*schema.MIGRATIONS, further, failing])
        patch.setattr(database, "VERSION", schema.VERSION + 2)
        line(lambda: Archive.open(path))
    with Archive.open(path) as archive:
        columns = {row[1] for row in archive.connection.execute("PRAGMA table_info(article)")}
        assert "further" not in columns
        assert archive.info().articles == 8
        assert archive.check() == []


def test_a_model_with_another_layout_reads_and_adds(path: Path, tmp_path: Path) -> None:
    """An older version called a field otherwise; what it wrote is read beside what is written now."""
    with Archive.open(path) as archive:
        before = archive.collection().dossier(archive.collection().story_ids[0]).to_dict()
        (name,) = [n for (n,) in archive.connection.execute("SELECT name FROM meta WHERE name LIKE 'layout %'")]
        fields = packing.packed.layout()["Entity"]
        old = {**packing.packed.layout(), "Entity": tuple("gone" if f == "description" else f for f in fields)}
        text = packing.json.dumps(old)
        archive.connection.execute("UPDATE meta SET value = ? WHERE name = ?", (text, name))
    with Archive.open(path) as archive:
        assert archive.add(made(tmp_path, 6, seed=12, happenings=1), jobs=1).new == 6
        assert archive.connection.execute("SELECT count(*) FROM meta WHERE name LIKE 'layout %'").fetchone() == (2,)
        story = before["stories"][0]["id"]
        for entity in before["entities"]:
            entity["description"] = None
        assert archive.dossier(story).to_dict() == before
        assert archive.check() == []


def test_a_layout_without_what_is_needed_is_said(path: Path) -> None:
    with Archive.open(path) as archive:
        lacking = {**packing.packed.layout(), "Article": ("id", "path")}
        archive.connection.execute(
            "UPDATE meta SET value = ? WHERE name LIKE 'layout %'", (packing.json.dumps(lacking),)
        )
    assert "another version" in line(lambda: Archive.open(path))


# ------------------------------------------------------------------------------------------------------------- two writers


def _add(path: Path, reports: Path) -> None:
    with Archive.open(path, create=True) as archive:
        archive.add(riwaya.read(reports), jobs=1)


def test_two_writers_at_once_give_the_union(tmp_path: Path) -> None:
    """They share some reports; each drops what it keeps in memory when the other has written."""
    path = tmp_path / "a.riwaya"
    every = rows(60, seed=11, happenings=10)
    files = [write(tmp_path / "one.jsonl", every[:36]), write(tmp_path / "two.jsonl", every[24:])]
    context = get_context("spawn")
    processes = [context.Process(target=_add, args=(path, file)) for file in files]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    whole = riwaya.build([a for file in files for a in riwaya.read(file)], jobs=1)
    with Archive.open(path) as archive:
        assert_equal(archive, whole)
        assert archive.check() == []
        assert archive.cuts() == []


def test_writers_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two in one process, a batch each in turn: neither trusts what it remembers."""
    monkeypatch.setattr(growth, "ARCHIVE", replace(ARCHIVE, batch=5))
    path = tmp_path / "a.riwaya"
    reports = made(tmp_path, 50, seed=13, happenings=8)
    with Archive.open(path, create=True) as one, Archive.open(path) as two:
        for at in range(0, 50, 5):
            (one if at % 10 else two).add(reports[at : at + 5], jobs=1, refresh=at == 25)
        assert_equal(two, riwaya.build(reports, jobs=1))


def test_readers_see_whole_batches_while_one_writes(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growth, "ARCHIVE", replace(ARCHIVE, batch=10))
    reports = made(tmp_path, 60, seed=14)
    seen: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        with Archive.open(path, read_only=True) as archive:
            while not done.is_set():
                seen.add(archive.info().articles)

    reader = threading.Thread(target=watch)
    reader.start()
    with Archive.open(path) as archive:
        archive.add(reports, jobs=1, refresh=False)
    done.set()
    reader.join()
    assert {n % 10 for n in seen} == {8}


def test_a_cut_is_told_until_the_next_adding(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive.open(path) as archive:
        begin(archive.connection)
        assert archive.cuts() == []  # this process is alive
        archive.connection.execute("UPDATE batch SET born = 'earlier', articles = 40")
    with Archive.open(path) as archive:
        (cut,) = archive.cuts()
        assert cut.articles == 40
        assert "40 reports" in cut.line()
        assert archive.info().unfinished == 1
        archive.add(made(tmp_path, 2, seed=15), jobs=1)
        assert archive.cuts() == []
