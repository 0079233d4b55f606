"""What a build wrote, read back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riwaya.errors import InputError
from riwaya.model import SCHEMA, Dossier, Duplicate, Marks, Skipped
from riwaya.serial.json_ import from_dict, loads
from riwaya.serial.unjson import article_from, story_from
from riwaya.tell.account import Tally
from riwaya.tell.parts import split


@dataclass(frozen=True, slots=True)
class Held:
    """A story's dossier that is already in memory."""

    dossier: Dossier

    def read(self) -> Dossier:
        """It."""
        return self.dossier


@dataclass(frozen=True, slots=True)
class Filed:
    """A story's dossier in a file of its own."""

    path: Path

    def read(self) -> Dossier:
        """Read it.

        Raises:
            InputError: it is not a dossier.
        """
        return from_dict(read_json(self.path))


@dataclass(frozen=True, slots=True)
class Lone:
    """A story of one article, which stands in index.json and articles.jsonl only: its marks are not on disk."""

    story: dict[str, Any]
    path: Path
    offset: int

    def read(self) -> Dossier:
        """Read its line."""
        with self.path.open("rb") as file:
            file.seek(self.offset)
            article = article_from(loads(file.readline()))
        return Dossier((article,), (story_from(self.story),), (Marks(article.id),))


@dataclass
class Loaded:
    """What `riwaya.collection.Collection` needs of a finished build."""

    slots: dict[str, Any] = field(default_factory=dict)
    same_as: dict[str, dict[str, str]] = field(default_factory=dict)
    tallies: list[Tally] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    articles: int = 0
    seconds: dict[str, float] = field(default_factory=dict)


def load_outcome(directory: Path) -> Loaded:
    """The stories of a directory that a build wrote.

    Raises:
        InputError: no dossier is there, or it is of another schema.
    """
    if (directory / "dossier.json").is_file():
        whole = from_dict(read_json(directory / "dossier.json"))
        return Loaded(
            {part.stories[0].id: Held(part) for part in split(whole)},
            skipped=list(whole.skipped),
            duplicates=list(whole.duplicates),
            articles=len(whole.articles),
        )
    if (directory / "index.json").is_file():
        return _from_index(directory)
    raise InputError(str(directory), "no dossier.json and no index.json: `riwaya build ... -o DIR` writes them")


def _from_index(directory: Path) -> Loaded:
    index = read_json(directory / "index.json")
    if index.get("schema") != SCHEMA:
        raise InputError(str(directory / "index.json"), f"schema {index.get('schema')!r}, not {SCHEMA!r}: build it again")
    lines = directory / "articles.jsonl"
    offsets = dict(_offsets(lines))
    slots: dict[str, Any] = {}
    for story in index["stories"]:
        filed = directory / "stories" / story["id"] / "dossier.json"
        slots[story["id"]] = Filed(filed) if filed.is_file() else Lone(story, lines, offsets[story["article_ids"][0]])
    return Loaded(
        slots,
        skipped=[Skipped(s["path"], s["reason"]) for s in index["skipped"]],
        duplicates=[Duplicate(d["path"], d["article_id"]) for d in index["duplicates"]],
        articles=len(offsets),
    )


def _offsets(path: Path) -> Iterator[tuple[str, int]]:
    """Each article's id and where its line begins."""
    offset = 0
    with path.open("rb") as file:
        for line in file:
            yield loads(line)["id"], offset
            offset += len(line)


def read_json(path: Path) -> Any:
    """One JSON file.

    Raises:
        InputError: it cannot be read or is not JSON.
    """
    try:
        return loads(path.read_bytes())
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error)) from error
    except json.JSONDecodeError as error:  # orjson's error is one of these
        raise InputError(str(path), f"not JSON ({error}): build it again") from error
