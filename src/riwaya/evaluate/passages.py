"""Copied passages: the fast aligner against a slow exact one, on pairs of real reports that share a sentence's opening.

The pairs are drawn without looking at what Riwaya finds: two reports of one day in which some sentence begins with the same four
words. What is counted are characters of both reports: of those that the exact aligner puts into passages of 150 characters or
more, the share that Riwaya puts into a copy (recall); of those that Riwaya puts into copies of that length, the share that the
exact aligner has in a passage (precision); and the same by length.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from riwaya.arabic.sentences import sentences
from riwaya.evaluate.base import Miss, Result, Source, Task, hashed, ratio
from riwaya.evaluate.oracle import Place
from riwaya.evaluate.oracle import passages as exact_passages
from riwaya.model import Article
from riwaya.settings.passages import PASSAGES

SEED = 20150721
LONG = 150  # characters of a passage from which on the main measure counts
_EDGES = (60, 150, 300, 600, 1_000_000)  # characters: the classes of length told apart
_OPENING = 4  # words by which two sentences begin alike
_LENGTH = (300, 6000)  # characters of a report: the exact aligner takes time by the square
_PAIRS, _SAMPLE_PAIRS = 1000, 60  # of each collection
_SHARED_BY = 6  # reports that begin a sentence alike, at most; more is a formula (of prayers, of weather), not a copy
_DAYS = {
    "saudinewsnet": ("2015-07-22", "2015-07-24", "2015-07-26", "2015-07-31", "2015-08-02"),
    "egypt2013": ("2013-02-06", "2013-02-15", "2013-02-22", "2013-03-02", "2013-03-15"),
}
FILES = {
    folder: tuple(f"{day}{'.zip' if folder == 'saudinewsnet' else '.jsonl.gz'}" for day in days) for folder, days in _DAYS.items()
}
Spans = list[tuple[Place, Place]]
Characters = set[tuple[int, int]]


@dataclass
class _Count:
    """Characters: wanted and found by the length of the exact passage, said and true by the length of Riwaya's."""

    wanted: dict[int, int] = field(default_factory=lambda: dict.fromkeys(_EDGES, 0))
    found: dict[int, int] = field(default_factory=lambda: dict.fromkeys(_EDGES, 0))
    said: dict[int, int] = field(default_factory=lambda: dict.fromkeys(_EDGES, 0))
    true: dict[int, int] = field(default_factory=lambda: dict.fromkeys(_EDGES, 0))
    misses: list[Miss] = field(default_factory=list)

    def add(self, a: Article, b: Article, exact: Spans, fast: Spans) -> None:
        """Count one pair."""
        in_exact, in_fast = characters(exact), characters(fast)
        for spans, whole, hit, other in ((exact, self.wanted, self.found, in_fast), (fast, self.said, self.true, in_exact)):
            for span in spans:
                here = characters([span])
                size = _class(span)
                whole[size] += len(here)
                hit[size] += len(here & other)
                if len(here & other) < len(here) / 2 and span[0][1] - span[0][0] >= LONG:
                    words = a.text[slice(*span[0])]
                    kind = ("a copy", "") if spans is exact else ("", "a copy")
                    where = (f"{r.path}:{start}-{stop}" for r, (start, stop) in zip((a, b), span, strict=True))
                    self.misses.append(Miss(" ".join(where), *kind, words))


def characters(spans: Sequence[tuple[Place, Place]]) -> Characters:
    """Every character of both sides, as (side, offset)."""
    return {(side, at) for span in spans for side in (0, 1) for at in range(*span[side])}


def _class(span: tuple[Place, Place]) -> int:
    return next(edge for edge in _EDGES if span[0][1] - span[0][0] < edge)


def draw(reports: Sequence[Article], count: int, seed: int) -> list[tuple[Article, Article]]:
    """Pairs of reports in which a sentence begins alike, drawn at random."""
    heads: dict[str, dict[str, Article]] = {}
    for report in reports:
        if _LENGTH[0] <= len(report.text) <= _LENGTH[1]:
            for start, end in sentences(report.text):
                words = report.text[start:end].split()[:_OPENING]
                if len(words) == _OPENING:
                    heads.setdefault(" ".join(words), {})[report.id] = report
    pairs = {
        tuple(sorted(pair)) for holders in heads.values() if len(holders) <= _SHARED_BY for pair in combinations(holders, 2)
    }
    by_id = {r.id: r for r in reports}
    drawn = random.Random(seed).sample(sorted(pairs), min(count, len(pairs)))
    return [(by_id[a], by_id[b]) for a, b in drawn]


def compare(pairs: Sequence[tuple[Article, Article]], count: _Count, source: Source) -> None:
    """Align every pair both ways and count."""
    from riwaya.mark import mark_article
    from riwaya.read.page import settle_page
    from riwaya.relate.passages import find_passages
    from riwaya.relate.reading import read

    for done, (one, two) in enumerate(pairs):
        a, b = settle_page(one), settle_page(two)
        exact = exact_passages(read(a), read(b), PASSAGES.copy_words)
        found = find_passages([a, b], [mark_article(a), mark_article(b)])
        fast = [((p.a.start, p.a.end), (p.b.start, p.b.end)) for p in found if p.kind == "copy"]
        count.add(a, b, exact, fast)
        source.progress(done + 1, len(pairs))


def _collections(source: Source) -> Iterator[list[Article]]:
    from riwaya.read import read

    if source.file is not None:
        yield list(read(source.file))
        return
    for folder, files in FILES.items():
        for name in files[:1] if source.sample else files:
            yield list(read(source.path(folder, name)))


def run(source: Source) -> Result:
    """Draw the pairs, align them both ways, count characters."""
    days = list(_collections(source))
    wanted = _SAMPLE_PAIRS if source.sample else _PAIRS
    each = wanted if source.file or source.sample else -(-wanted * len(FILES) // len(days))
    pairs = [pair for day in days for pair in draw(day, each, SEED)]
    count = _Count()
    compare(pairs, count, source)
    files = [source.file] if source.file else [source.path(f, n) for f, names in FILES.items() for n in names]
    long = [edge for edge in _EDGES if edge > LONG]
    metrics = {
        "recall": ratio(sum(count.found[e] for e in long), sum(count.wanted[e] for e in long)),
        "precision": ratio(sum(count.true[e] for e in long), sum(count.said[e] for e in long)),
    }
    for low, edge in zip((0, *_EDGES), _EDGES, strict=False):
        name = f"{low}_to_{edge - 1}" if edge != _EDGES[-1] else f"from_{low}"
        metrics[f"recall_{name}"] = ratio(count.found[edge], count.wanted[edge])
        metrics[f"precision_{name}"] = ratio(count.true[edge], count.said[edge])
    counts = {"characters wanted from 150 on": sum(count.wanted[e] for e in long)}
    return Result(metrics, len(pairs), hashed(files), count.misses, counts)


TASK = Task(
    name="passages",
    about="2,000 pairs of Saudi and Egyptian reports that begin a sentence alike: characters of copies, against exact alignment",
    run=run,
    targets={"recall": 0.99, "precision": 0.97},
    published="none for these pairs; passim 2 takes 907 seconds on two cores for 4,691 of the Saudi reports",
    form="any file of reports that Riwaya reads",
)
