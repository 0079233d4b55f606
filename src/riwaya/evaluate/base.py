"""What a measurement is: a task reads data that others made, runs the shipped code path on it, and counts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from riwaya.errors import InputError

SAMPLES = Path(__file__).parent / "samples"
"""Hand-marked samples: ids and offsets of texts that stay where they are."""

_HASH_DIGITS = 12  # hexadecimal digits: enough to tell one version of the data from another


@dataclass(frozen=True, slots=True)
class Miss:
    """One case on which the output and the reference differ.

    Attributes:
        where: the file and the place in it, or the report and the offsets (code points).
        expected: what the reference says; empty where nothing should have been found.
        found: what Riwaya says; empty where nothing was found.
        text: the words around, for a reader.
    """

    where: str
    expected: str
    found: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a task is to be measured on.

    Attributes:
        data: the folder with data by others (`--data`).
        file: a file of the same form to measure on instead (`--file`); None for the task's own data.
        sample: measure on the fixed small sample that the gate uses; a task that is quick measures all of its data.
        progress: called with (done, total) on long work.
    """

    data: Path
    file: Path | None = None
    sample: bool = False
    progress: Callable[[int, int], None] = lambda done, total: None

    def path(self, *parts: str) -> Path:
        """A file or folder below `data`.

        Raises:
            InputError: it is not there.
        """
        found = self.data.joinpath(*parts)
        if not found.exists():
            raise InputError(str(found), "not there; --data names the folder with the data that docs/evaluation.md lists")
        return found


@dataclass(frozen=True, slots=True)
class Result:
    """What a task measured.

    Attributes:
        metrics: name -> number. The task's main measure carries the plain name (f1, precision, recall, accuracy, macro_f1); a
            further part of the task has its own prefix ("wikipedia_f1", "value_accuracy").
        n: how many cases the main measure was taken on.
        data: hash of what was measured on (`hashed`).
        misses: every case that differs, in the order of the data.
        counts: further numbers that explain the metrics (name -> count).
    """

    metrics: Mapping[str, float]
    n: int
    data: str
    misses: Sequence[Miss] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Task:
    """A measurement that `riwaya evaluate` knows.

    Attributes:
        name: as named on the command line.
        about: one line: the data and the protocol.
        run: measures.
        targets: metric -> what we want to reach.
        published: what others published for the same, with its source; empty where nobody did.
        form: the form of a file given with --file, in one line; empty where the task reads no single file.
    """

    name: str
    about: str
    run: Callable[[Source], Result]
    targets: Mapping[str, float] = field(default_factory=dict)
    published: str = ""
    form: str = ""


def hashed(paths: Iterable[Path]) -> str:
    """A short hash of some files' names and contents, so that a figure says which data it was taken on."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_HASH_DIGITS]


def ratio(part: float, whole: float) -> float:
    """`part / whole`, 0.0 where there is nothing."""
    return part / whole if whole else 0.0


def scores(right: float, found: float, wanted: float) -> dict[str, float]:
    """Precision, recall and their harmonic mean F1 (van Rijsbergen 1979) from counts.

    >>> scores(3, 4, 6)
    {'precision': 0.75, 'recall': 0.5, 'f1': 0.6}
    """
    precision, recall = ratio(right, found), ratio(right, wanted)
    return {"precision": precision, "recall": recall, "f1": ratio(2 * precision * recall, precision + recall)}


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """How many characters two spans share.

    >>> overlap((0, 5), (3, 9)), overlap((0, 5), (5, 9))
    (2, 0)
    """
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
