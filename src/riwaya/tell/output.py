"""Writing a directory all at once: everything is made aside, then renamed into place; a failure leaves what was there."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from riwaya.errors import OutputError
from riwaya.tell.exports import EXPORTS
from riwaya.tell.tables import COLUMNS

OWN_NAMES = (
    "articles.jsonl", "dossier.json", "index.html", "index.json", "stories", "tables", *(e.file for e in EXPORTS.values())
)  # fmt: skip
"""What a build writes into its directory, and so what a later build replaces."""

_GUARDED = ("articles.jsonl", "stories", "tables")  # may be somebody's own where no dossier stands beside them
_ASIDE = ".riwaya-building-"
_HEAD = 4096  # bytes; the schema and the generator stand in the first lines of what we write


def check_writable(directory: str | Path) -> None:
    """Find out before the work begins whether `directory` can be made and written.

    Raises:
        OutputError: it cannot.
    """
    path = Path(directory)
    with _told_as_output_error(path):
        place = path.absolute()
        while not place.exists() and place != place.parent:
            place = place.parent
        with tempfile.TemporaryDirectory(prefix=_ASIDE, dir=place):
            pass


@contextmanager
def replacing(directory: str | Path) -> Iterator[Path]:
    """A folder to write into; on leaving the block its content takes the place of what a former build left in `directory`.

    Files in `directory` that are not a build's are kept. If the block fails or is interrupted, `directory` is as it was.

    Raises:
        OutputError: the directory cannot be written, or holds something of another origin under one of our names.
    """
    path = Path(directory)
    with _told_as_output_error(path):
        made = _make(path)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=path))
        done = False
        try:
            fresh = aside / "new"
            fresh.mkdir()
            yield fresh
            _swap(path, fresh, aside / "old")
            done = True
        finally:
            shutil.rmtree(aside, ignore_errors=True)
            if not done:
                for folder in made:
                    with contextlib.suppress(OSError):
                        folder.rmdir()


def _make(path: Path) -> list[Path]:
    """Make `path`; what was made, innermost first, so that it can be taken back."""
    missing = []
    place = path.absolute()
    while not place.exists() and place != place.parent:
        missing.append(place)
        place = place.parent
    path.mkdir(parents=True, exist_ok=True)
    return missing


def _swap(path: Path, fresh: Path, old: Path) -> None:
    """Rename a former build's entries away and the new ones in; undone if anything fails half-way."""
    coming = {entry.name for entry in fresh.iterdir()}
    if _is_build(path):
        going = {name for name in OWN_NAMES if _exists(path / name)}
    else:
        going = {name for name in coming if _exists(path / name)}
        for name in sorted(going.intersection(_GUARDED)):
            raise OutputError(f"{path / name}: stands there and is not Riwaya's: choose another folder")
    old.mkdir()
    moved: list[tuple[Path, Path]] = []
    try:
        for name in sorted(going):
            moved.append((path / name, old / name))
            os.replace(path / name, old / name)  # noqa: PTH105 - the pair of renames reads as one thing
        for name in sorted(coming):
            moved.append((fresh / name, path / name))
            os.replace(fresh / name, path / name)  # noqa: PTH105
    except BaseException:
        for source, target in reversed(moved):
            with contextlib.suppress(OSError):
                os.replace(target, source)  # noqa: PTH105
        raise


def _exists(path: Path) -> bool:
    return os.path.lexists(path)


def _is_build(path: Path) -> bool:
    """Whether a former build wrote this folder: its schema or its page's generator says so; else all that could be ours is."""
    for name, sign in (("dossier.json", b'"riwaya/'), ("index.json", b'"riwaya/'), ("index.html", b'content="riwaya ')):
        with contextlib.suppress(OSError), (path / name).open("rb") as file:
            if sign in file.read(_HEAD):
                return True
    return (_exists(path / "tables") or _exists(path / "stories")) and _all_ours(path)  # written with neither of those formats


def _all_ours(path: Path) -> bool:
    """Whether `tables` and `stories`, as far as they are there, hold what builds write and nothing else."""
    tables = {f"{name}.{kind}" for name in COLUMNS for kind in ("csv", "parquet")}
    exports = {export.file for export in EXPORTS.values()}
    with contextlib.suppress(OSError):
        held = {e.name for e in (path / "tables").iterdir()} if _exists(path / "tables") else set()
        folders = list((path / "stories").iterdir()) if _exists(path / "stories") else []
        return held <= tables and all({e.name for e in folder.iterdir()} <= exports for folder in folders)
    return False


@contextmanager
def _told_as_output_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}): choose another folder") from error
