"""A place on disk for what stages hand on, so that memory does not grow with the collection."""

from __future__ import annotations

import contextlib
import os
import pickle
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from riwaya.errors import OutputError

_FASTEST = 1  # zlib level: 5 times smaller at about the cost of the copy


def pack(thing: object) -> bytes:
    """A picklable thing as bytes, compressed."""
    return zlib.compress(pickle.dumps(thing, protocol=pickle.HIGHEST_PROTOCOL), _FASTEST)


class Slot(NamedTuple):
    """Where one thing lies: any process that sees the file can read it."""

    path: str
    offset: int
    size: int

    def read(self) -> Any:
        """The thing itself."""
        with Path(self.path).open("rb") as file:
            file.seek(self.offset)
            return pickle.loads(zlib.decompress(file.read(self.size)))  # our own file, made in this run


class Spool:
    """An append-only temporary file of packed things. Removed when closed or collected."""

    def __init__(self) -> None:
        handle, self.path = tempfile.mkstemp(prefix="riwaya-", suffix=".spool")
        self._file = os.fdopen(handle, "wb", buffering=1 << 20)
        self._end = 0

    def put(self, packed: bytes) -> Slot:
        """Append what `pack` made.

        Raises:
            OutputError: the temporary folder is full.
        """
        slot = Slot(self.path, self._end, len(packed))
        with self._no_room():
            self._file.write(packed)
        self._end += len(packed)
        return slot

    def flush(self) -> None:
        """Make all of it visible to other processes."""
        with self._no_room():
            self._file.flush()

    @contextlib.contextmanager
    def _no_room(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            where = Path(self.path).parent
            raise OutputError(f"{where}: {error.strerror or error}: make room there, or set TMPDIR to another folder") from error

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        with contextlib.suppress(OSError):
            Path(self.path).unlink()

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self.close()
