"""How an archive packs what it keeps, so that it can be read when the model has grown: each blob names its layout.

The first byte is the layout's number; the layouts stand in the table `meta`. A version of Riwaya whose model has other fields
adds a layout of its own and leaves what is there as it is.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from riwaya.errors import ArchiveError
from riwaya.serial import packed
from riwaya.serial.packed import Unpacker

T = TypeVar("T")

_NAME = "layout "  # in `meta`, before the number
_MOST = 255


@lru_cache
def _unpacker(layout: str) -> Unpacker:
    """Reads what was packed in a layout, given as JSON: made once, for making it takes longer than a dossier."""
    return Unpacker(_classes(layout))


def _classes(layout: str) -> dict[str, tuple[str, ...]]:
    """A layout, read: class name -> its fields."""
    with packed.readable():
        return {cls: tuple(fields) for cls, fields in json.loads(layout).items()}


class Packing(Unpacker):
    """Packs in the present layout, and reads whatever was packed in any of an archive's.

    Args:
        layouts: by number, as JSON.
        present: the number of the layout of this version.
    """

    def __init__(self, layouts: Mapping[int, str], present: int) -> None:
        self._layouts = dict(layouts)
        self._present = present
        self._unpackers = {number: _unpacker(layout) for number, layout in self._layouts.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        """As a call with its values: what it has made is made again where it is needed."""
        return Packing, (self._layouts, self._present)

    def pack(self, thing: Any) -> bytes:
        """A dataclass of the model (or a tuple of one kind) as bytes."""
        return bytes((self._present,)) + packed.pack(thing)

    def one(self, cls: type[T], data: bytes) -> T:
        """One thing of this class."""
        return self._of(data).one(cls, data[1:])

    def many(self, cls: type[T], data: bytes) -> tuple[T, ...]:
        """A tuple of things of this class."""
        return self._of(data).many(cls, data[1:])

    def _of(self, data: bytes) -> Unpacker:
        with packed.readable():
            found = self._unpackers.get(data[0])
        if found is None:
            raise ArchiveError("a newer Riwaya has written to this archive; end this program and install that version")
        return found


def packing_of(connection: sqlite3.Connection) -> Packing:
    """The packing of an archive. Without the layout of this version in it, it can be read only."""
    layouts = _layouts(connection)
    present = next((number for number, layout in layouts.items() if layout == _present()), 0)
    return Packing(layouts, present)


def note_layout(connection: sqlite3.Connection, path: Path) -> None:
    """Make sure that the layout of this version stands in an archive. Inside a transaction.

    Raises:
        ArchiveError: what the archive holds lacks what this version needs.
    """
    layouts = _layouts(connection)
    if _present() in layouts.values():
        return
    lost = sorted({name for layout in layouts.values() for name in packed.missing_defaults(_classes(layout))})
    if lost:
        what = ", ".join(lost)
        raise ArchiveError(f"{path}: made by another version of Riwaya, without {what}: add its reports to a new archive")
    number = max(layouts, default=0) + 1
    if number > _MOST:
        raise ArchiveError(f"{path}: too many versions of Riwaya have written to this archive: add its reports to a new one")
    connection.execute("INSERT INTO meta VALUES (?, ?)", (f"{_NAME}{number}", _present()))


def noted(connection: sqlite3.Connection) -> bool:
    """Whether the layout of this version stands in an archive."""
    return _present() in _layouts(connection).values()


@cache
def _present() -> str:
    """The layout of this version."""
    return json.dumps(packed.layout())


def _layouts(connection: sqlite3.Connection) -> dict[int, str]:
    rows = connection.execute("SELECT name, value FROM meta WHERE name LIKE ?", (f"{_NAME}%",)).fetchall()
    with packed.readable():
        return {int(name.removeprefix(_NAME)): value for name, value in rows}
