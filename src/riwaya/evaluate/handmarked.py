"""Samples marked by hand, one JSON object a line: how they are read, and how their two halves are counted.

Odd lines may be read for causes while rules are written, even lines never: of a sample of ours `kept_…` is the even half, and
misses are listed of the odd half only. A file given instead is measured whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from riwaya.errors import InputError
from riwaya.evaluate.base import Miss, Source

Offsets = tuple[int, int]


class Counted(Protocol):
    """What adds up cases: its measures, and the cases that differ."""

    misses: list[Miss]

    def measures(self, prefix: str = "") -> dict[str, float]:
        """Name -> number, the names with this prefix."""


C = TypeVar("C", bound=Counted)


class Halves(Generic[C]):
    """The same count over all lines, over the odd and over the even ones. Takes three empty counts."""

    def __init__(self, total: C, odd: C, kept: C) -> None:
        self.total, self.odd, self.kept = total, odd, kept

    def of(self, line: int) -> tuple[C, C]:
        """The counts that a line of this number belongs to."""
        return self.total, self.kept if line % 2 == 0 else self.odd

    def measures(self, source: Source) -> dict[str, float]:
        """Those of all lines, and of a sample of ours those of the kept half."""
        return self.total.measures() | (self.kept.measures("kept_") if source.file is None else {})

    def misses(self, source: Source) -> Sequence[Miss]:
        """Those that may be read."""
        return self.odd.misses if source.file is None else self.total.misses


def records(path: Path, what: str) -> list[dict[str, Any]]:
    """The objects of a JSONL file, or of a JSON array; `what` names them in an error ("figures").

    Raises:
        InputError: the file cannot be read, or holds something else.
    """
    try:
        text = path.read_text("utf-8-sig")
        found = json.loads(text) if text.lstrip().startswith("[") else [json.loads(x) for x in text.splitlines() if x.strip()]
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"no {what} can be read from it: {error}") from None
    if not all(isinstance(record, dict) for record in found):
        raise InputError(str(path), "every line has to be an object")
    return list(found)


def offsets(text: str, value: Any, n: int = 1) -> Offsets:
    """[start, end] in code points, or the n-th place where exact words stand.

    Raises:
        ValueError: it does not lie in the text, or is no such pair.
    """
    if not isinstance(value, str):
        start, end = value
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{start}-{end} does not lie in the text")
        return int(start), int(end)
    at = -1
    for _ in range(n):
        at = text.index(value, at + 1)
    return at, at + len(value)


def references(found: Iterable[dict[str, Any]]) -> list[str]:
    """The reports that records point to, each once, sorted."""
    return sorted({str(record["article"]) for record in found if "article" in record})
