"""Spellings of foreign names: is it one name, on pairs checked by hand and on all pairs of a noisy list.

The list has one name a line: the Latin name, then two or more Arabic spellings. Every two spellings of a line are a pair of one
name. As many hard pairs stand against them: the line's spelling and the first one of the nearest other Latin name (edit
distance of Levenshtein 1966, the same first letter; ties go to the earlier line), lines that share a spelling left out, since
Arabic does not tell those names apart. Both halves are noisy: some lines join different names (a family name beside a given
one), and some of the nearest names are heard alike. So the main figure is taken on 300 of the pairs, read one by one; that on
all of them is reported beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from riwaya.errors import InputError
from riwaya.evaluate.base import SAMPLES, Miss, Result, Source, Task, hashed, scores
from riwaya.relate.people import same_name

SAMPLE = SAMPLES / "spellings.tsv"
SAME, DIFFERENT = "same", "different"
_SPELLINGS = 2  # a line has at least two


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spellings, where they stand, and whether they are of one name."""

    where: str
    a: str
    b: str
    same: bool


def read_names(path: Path) -> list[list[str]]:
    """The columns of each line; a line without two spellings is kept, so that line numbers hold, and joins no pair."""
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()]


def same_pairs(names: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """Every two spellings of a line."""
    for at, (_, *spellings) in enumerate(names, 1):
        for (i, a), (j, b) in combinations(enumerate(spellings, 1), 2):
            yield Pair(f"{at}:{i} {at}:{j}", a, b, True)


def hard_pairs(names: Sequence[Sequence[str]]) -> Iterator[Pair]:
    """For every pair of a line its first spelling beside the first one of the nearest other name."""
    initial: dict[str, list[int]] = defaultdict(list)
    holders: dict[str, set[int]] = defaultdict(set)
    for at, (latin, *spellings) in enumerate(names):
        if spellings:
            initial[latin[:1]].append(at)
        for spelling in spellings:
            holders[spelling].add(at)
    for at, (latin, *spellings) in enumerate(names):
        kin = {other for spelling in spellings for other in holders[spelling]}
        others = [o for o in initial[latin[:1]] if o not in kin]
        if len(spellings) < _SPELLINGS or not others:
            continue
        nearest = min(others, key=lambda o: (Levenshtein.distance(latin, names[o][0]), o))
        for (i, a), _ in combinations(enumerate(spellings, 1), 2):
            yield Pair(f"{at + 1}:{i} {nearest + 1}:1", a, names[nearest][1], False)


def checked_pairs(sample: Path, names: Sequence[Sequence[str]]) -> list[Pair]:
    """The pairs of a hand-marked sample: line, column, line, column, label; lines with # are remarks.

    Raises:
        InputError: the list has no such line or column.
    """
    found = []
    for line in sample.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        *places, label = line.split("\t")
        one, i, other, j = map(int, places)
        try:
            a, b = names[one - 1][i], names[other - 1][j]
        except IndexError:
            raise InputError(sample.name, f"{one}:{i} {other}:{j} is not in this version of the list of spellings") from None
        found.append(Pair(f"{one}:{i} {other}:{j}", a, b, label == SAME))
    return found


def labelled_pairs(names: Sequence[Sequence[str]]) -> list[Pair]:
    """The pairs of a file whose lines are two spellings and "same" or "different"; none where it is a list of names."""
    if not all(columns[-1] in (SAME, DIFFERENT) for columns in names if len(columns) > 1):
        return []
    return [Pair(str(at), c[0], c[1], c[2] == SAME) for at, c in enumerate(names, 1) if len(c) > _SPELLINGS]


def measure(pairs: Sequence[Pair]) -> tuple[dict[str, float], list[Miss]]:
    """F1, precision and recall of "one name", and the pairs that are told otherwise."""
    right = found = 0
    misses = []
    for pair in pairs:
        told = same_name(pair.a, pair.b)
        found += told
        right += told and pair.same
        if told != pair.same:
            said = [SAME if one else DIFFERENT for one in (pair.same, told)]
            misses.append(Miss(pair.where, said[0], said[1], f"{pair.a} / {pair.b}"))
    return scores(right, found, sum(p.same for p in pairs)), misses


def run(source: Source) -> Result:
    """Measure on the checked pairs and on all, or on the pairs of a file."""
    if source.file is not None:
        names = read_names(source.file)
        pairs = labelled_pairs(names) or [*same_pairs(names), *hard_pairs(names)]
        metrics, misses = measure(pairs)
        return Result(metrics, len(pairs), hashed([source.file]), misses)
    path = source.path("variants", "spellings.tsv")
    names = read_names(path)
    checked = checked_pairs(SAMPLE, names)
    metrics, misses = measure(checked)
    kept, _ = measure(checked[1::2])
    noisy = [*same_pairs(names), *hard_pairs(names)]
    noisy_metrics, _ = measure(noisy)
    metrics |= {f"kept_{name}": value for name, value in kept.items()}
    metrics |= {f"noisy_{name}": value for name, value in noisy_metrics.items()}
    counts = {"pairs checked by hand": len(checked), "of them one name": sum(p.same for p in checked), "all pairs": len(noisy)}
    # The even pairs are kept for measuring: their misses are not listed.
    held = {p.where for p in checked[1::2]}
    return Result(metrics, len(checked), hashed([path, SAMPLE]), [m for m in misses if m.where not in held], counts)


TASK = Task(
    name="spellings",
    about="whether two Arabic spellings are of one foreign name: 300 pairs checked by hand; noisy_: all pairs of the list",
    run=run,
    targets={"f1": 0.90},
    form="tsv: a Latin name and its Arabic spellings a line; or two spellings and same/different a line",
)
