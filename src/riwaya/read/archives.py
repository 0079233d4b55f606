"""Archives and packed files: each member a source of its own, within limits; no bomb goes off and nothing leads outside."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from riwaya.errors import InputError
from riwaya.read.records import Desk
from riwaya.read.sources import Source
from riwaya.settings.read import READ

_PACKED = (".zip", ".tar.gz", ".tgz", ".tar")
_CLUTTER = ("__MACOSX",)


def is_archive(name: str) -> bool:
    """Whether a file's name says that it holds files."""
    return name.lower().endswith(_PACKED)


class Limited(io.RawIOBase):
    """A stream that stops a bomb: what comes out may not be far more than what went in.

    Args:
        stream: the unpacked bytes.
        packed: the packed size, or the packed stream, whose place says how much of it was read.
        label: for the error.
        budget: bytes that the whole archive may still give; one list of one number, shared by its members.
    """

    def __init__(self, stream: BinaryIO, packed: int | BinaryIO, label: str, budget: list[int]) -> None:
        self._stream, self._packed, self._label, self._budget = stream, packed, label, budget
        self._given = 0
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """As io.RawIOBase.readinto."""
        # read1 gives what could be unpacked before damage; read would lose it with the error
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        self._budget[0] -= len(data)
        packed = self._packed if isinstance(self._packed, int) else self._packed.tell()
        if self._given > READ.unpack_free and self._given > READ.unpack_ratio * max(1, packed):
            raise InputError(self._label, f"unpacks to more than {READ.unpack_ratio} times its size: not read further")
        if self._budget[0] < 0:
            raise InputError(self._label, f"unpacks to more than {READ.archive_bytes:,} bytes: not read further")
        return len(data)

    def close(self) -> None:
        """Close the stream below too."""
        self._stream.close()
        super().close()


def unpacked(source: Source) -> Source:
    """A .gz as the file that it holds; its label stays."""

    def open_() -> BinaryIO:
        packed = source.open()
        stream = cast(BinaryIO, gzip.GzipFile(fileobj=packed))
        return io.BufferedReader(Limited(stream, packed, source.label, [READ.archive_bytes]), 1 << 16)

    return replace(source, name=source.name[: -len(".gz")], open=open_)


def members(source: Source, desk: Desk) -> Iterator[Source]:
    """The files inside an archive, in the archive's order; what cannot be read is listed.

    Raises:
        InputError: archives inside archives, too deep.
    """
    if source.depth >= READ.archive_depth:
        raise InputError(source.label, f"archives more than {READ.archive_depth} deep")
    if source.name.lower().endswith(".zip"):
        yield from _zip_members(source, desk)
    else:
        yield from _tar_members(source, desk)


def seekable(source: Source) -> BinaryIO:
    """The bytes of a source as a file that can be read in any order."""
    stream = source.open()
    if stream.seekable() and isinstance(getattr(stream, "raw", None), io.FileIO):
        return stream
    stream.close()
    return io.BytesIO(source.whole())


def _zip_members(source: Source, desk: Desk) -> Iterator[Source]:
    budget = [READ.archive_bytes]
    with seekable(source) as file, zipfile.ZipFile(file) as archive:
        infos = archive.infolist()
        for number, info in enumerate(infos):
            if number >= READ.archive_members:
                desk.skip(source.label, f"more than {READ.archive_members:,} members; the rest is not read")
                return
            label = f"{source.label}!/{info.filename}"
            if info.is_dir() or not _fit(info.filename, label, desk):
                continue
            if info.flag_bits & 1:
                desk.skip(label, "encrypted")
                continue

            def open_(info: zipfile.ZipInfo = info, label: str = label) -> BinaryIO:
                stream = cast(BinaryIO, archive.open(info))
                return io.BufferedReader(Limited(stream, info.compress_size, label, budget), 1 << 16)

            yield Source(label, PurePosixPath(info.filename).name, open_, source.depth + 1)


def _tar_members(source: Source, desk: Desk) -> Iterator[Source]:
    """Streamed: a member is read when its turn comes, or not at all."""
    if not source.name.lower().endswith(".tar"):
        source = unpacked(replace(source, name=f"{source.name}.gz"))
    with source.open() as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for number, info in enumerate(archive):
            if number >= READ.archive_members:
                desk.skip(source.label, f"more than {READ.archive_members:,} members; the rest is not read")
                return
            label = f"{source.label}!/{info.name}"
            if info.isdir() or not _fit(info.name, label, desk):
                continue
            file = archive.extractfile(info) if info.isreg() else None
            if file is None:
                desk.skip(label, "a link or device, not a file")
                continue
            # What goes in was counted for the whole archive; the member itself is not packed again.
            member = cast(BinaryIO, file)
            opened = io.BufferedReader(Limited(member, max(1, info.size), label, [READ.archive_bytes]), 1 << 16)
            yield Source(label, PurePosixPath(info.name).name, lambda opened=opened: opened, source.depth + 1)  # type: ignore[misc]


def _fit(name: str, label: str, desk: Desk) -> bool:
    """Whether a member may be read; one whose name leads out of the archive is listed, clutter is not."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if any(part.startswith("._") or part in _CLUTTER for part in parts) or (parts and parts[-1] in (".DS_Store", "Thumbs.db")):
        return False
    if name.startswith(("/", "\\")) or ".." in parts or (parts and ":" in parts[0]):
        desk.skip(label, "its name leads out of the archive")
        return False
    return bool(parts)


