"""Opening the file of an archive: its version, its locks, and every failure of it as one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from riwaya.archive.schema import APPLICATION_ID, MIGRATIONS, VERSION
from riwaya.errors import ArchiveError, InputError
from riwaya.settings.archive import ARCHIVE

_PAGE = 8192  # bytes: two or three reports fit one, where SQLite's 4096 leave a quarter empty
_LOG = 1 << 26  # bytes that the log may keep when it is empty


def connect(path: Path, *, create: bool, read_only: bool) -> sqlite3.Connection:
    """A connection to the archive at `path`, brought to this version's schema unless read only.

    Raises:
        InputError: it is not there, or no archive.
        ArchiveError: it is of a newer version, busy, or cannot be written.
    """
    if not create and not path.is_file():
        raise InputError(str(path), "no archive is there; `riwaya add INPUT... --archive FILE` makes one")
    with explained(path):
        mode = "ro" if read_only else "rwc" if create else "rw"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=ARCHIVE.wait,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA trusted_schema = OFF")  # an archive may come from somebody else
            connection.execute(f"PRAGMA cache_size = -{ARCHIVE.cache_kib}")
            _check(connection, path, empty=create and not read_only)
            _prepare(connection, path, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _check(connection: sqlite3.Connection, path: Path, *, empty: bool) -> None:
    """Whether this is an archive, and holds nothing that would run by itself; or, where that will do, an `empty` file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (tables or version or not empty):
        raise InputError(str(path), "this is no archive of Riwaya; name another file")
    row = connection.execute("SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone()
    if row is not None:
        raise ArchiveError(f"{path}: holds a {row[0]} ({row[1]}), which no Riwaya makes: add its reports to a new archive")


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if version > VERSION:
        raise ArchiveError(f"{path}: made by a newer Riwaya (schema {version}, this one knows {VERSION}); install that version")
    if read_only:
        if version < VERSION:
            raise ArchiveError(f"{path}: of an older Riwaya (schema {version}); open it once for writing: riwaya archive check")
        return
    if not tables:
        connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(f"PRAGMA journal_size_limit = {_LOG}")
    connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last batches, never the file
    connection.execute("PRAGMA secure_delete = FAST")  # what was deleted is overwritten where that costs no more writing
    if version < VERSION:
        _migrate(connection)


def _migrate(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()  # another process may have been first
        for step in MIGRATIONS[version:]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; others that write wait, those that read do not."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """What is read within is of one state, whatever others write meanwhile."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")  # nothing was written


def checkpoint(connection: sqlite3.Connection) -> None:
    """Bring the log into the file and empty it, as far as those who read allow it; nobody is waited for."""
    connection.execute("PRAGMA busy_timeout = 0")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute(f"PRAGMA busy_timeout = {int(ARCHIVE.wait * 1000)}")


def next_generation(connection: sqlite3.Connection) -> int:
    """Count a change of the archive. Inside its transaction."""
    (value,) = connection.execute(
        "INSERT INTO meta VALUES ('generation', '1') ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"
    ).fetchone()
    return int(value)


_TOLD = {  # what SQLite calls it, or how the name begins -> what to say and do
    "SQLITE_CORRUPT": "the file is damaged; `riwaya archive check` says where, a copy or the reports themselves help",
    "SQLITE_BUSY": "another program has been writing for {wait:g} seconds; try again",
    "SQLITE_LOCKED": "another program has been writing for {wait:g} seconds; try again",
    "SQLITE_FULL": "the disk is full; make room and run the command again, what was added before is there",
    "SQLITE_READONLY": "cannot be written; check the file, its folder and their permissions",
    "SQLITE_CANTOPEN": "cannot be opened; check the file, its folder and their permissions",
    "SQLITE_IOERR": "the disk does not take it or give it ({error}); check for room and for faults, then run the command again",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """What SQLite and the disk complain of, as one line."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name == "SQLITE_NOTADB":
            raise InputError(str(path), "this is no archive of Riwaya; name another file") from error
        told = next((line for start, line in _TOLD.items() if name.startswith(start)), "{error}")
        raise ArchiveError(f"{path}: {told.format(wait=ARCHIVE.wait, error=error)}") from error
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror or error}") from error
