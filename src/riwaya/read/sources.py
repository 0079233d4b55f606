"""Inputs as sources: files, folders, globs, standard input; each a name and a way to open it."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from riwaya.errors import InputError
from riwaya.read.records import Desk
from riwaya.settings.read import READ

STDIN = "-"
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or one member of an archive.

    `label` is what articles and the skipped are listed under; `name` the file's own name, whose ending says the form; `open`
    gives its bytes from the start. `depth` counts the archives around it.
    """

    label: str
    name: str
    open: Callable[[], BinaryIO]
    depth: int = 0

    def whole(self, limit: int = READ.file_bytes) -> bytes:
        """All of its bytes.

        Raises:
            InputError: none, or more than `limit`.
        """
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise InputError(self.label, f"larger than {limit:,} bytes")
        if not data:
            raise InputError(self.label, "empty")
        return data


def find_sources(path: str | Path, desk: Desk) -> Iterator[Source]:
    """The files that one INPUT names, in the order of their names; what cannot be opened is listed at the desk."""
    given = str(path)
    if given == STDIN:
        yield Source(STDIN, "-.jsonl", lambda: sys.stdin.buffer)
    elif os.path.lexists(given):
        yield from _below(Path(given), desk)
    elif _MAGIC & set(given):
        yield from _matches(given, desk)
    else:
        desk.skip(given, "no such file or folder")


def _matches(pattern: str, desk: Desk) -> Iterator[Source]:
    base = _plain_part(pattern)
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
    if not found:
        desk.skip(pattern, "no file fits this pattern")
    listed: set[str] = set()
    for match in found:
        path = Path(match)
        label = os.path.relpath(match, base) if base else match
        prefix = "" if label == os.curdir else f"{label}/"
        for source in _folder(path, prefix, desk) if path.is_dir() else _file(path, label, desk):
            if source.label not in listed:  # "**" names a folder and the files below it
                listed.add(source.label)
                yield source


def _plain_part(pattern: str) -> str:
    """The folder before the first wildcard."""
    parts = Path(pattern).parts
    plain = next((i for i, part in enumerate(parts) if _MAGIC & set(part)), len(parts))
    return str(Path(*parts[:plain])) if plain else ""


def _below(path: Path, desk: Desk) -> Iterator[Source]:
    if path.is_dir():
        yield from _folder(path, "", desk)
    else:
        yield from _file(path, path.name, desk)


def _folder(root: Path, prefix: str, desk: Desk) -> Iterator[Source]:
    """Every file below a folder, sorted; a link back to a folder above is listed, not followed."""
    todo: list[tuple[Path, str, frozenset[tuple[int, int]]]] = [(root, prefix, frozenset())]
    while todo:
        folder, label, above = todo.pop()
        try:
            here = folder.stat()
            key = (here.st_dev, here.st_ino)
            if key in above:
                desk.skip(label.rstrip("/"), "a link back to a folder that holds it")
                continue
            names = sorted(entry.name for entry in os.scandir(folder))
        except OSError as error:
            desk.skip(label.rstrip("/") or str(folder), _why(error))
            continue
        deeper = []
        for name in names:
            if name.startswith("."):
                continue
            path = folder / name
            if path.is_dir():
                deeper.append((path, f"{label}{name}/", above | {key}))
            else:
                yield from _file(path, label + name, desk)
        todo.extend(reversed(deeper))


def _file(path: Path, label: str, desk: Desk) -> Iterator[Source]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        desk.skip(label, _why(error))
        return
    if not stat.S_ISREG(mode):  # a pipe or a device would be waited for without end
        desk.skip(label, "not a regular file")
        return
    yield Source(label, path.name, lambda: path.open("rb"))


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def why(error: BaseException) -> str:
    """What went wrong, in one line without the path, which stands beside it."""
    if isinstance(error, InputError):
        return error.reason
    if isinstance(error, OSError) and error.strerror:
        return _why(error)
    text = " ".join(str(error).split())
    return text or type(error).__name__
