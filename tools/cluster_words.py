"""Group words by the company they keep: src/riwaya/data/clusters.txt and vectors.bin from news text.

    python tools/cluster_words.py --data DIR

DIR holds `egypt2013/*.jsonl.gz` and `tunisia/`. Only word statistics are taken: how often a word stands beside each of the most
frequent words, weighed by positive pointwise mutual information, reduced by a singular value decomposition, grouped by k-means
(Schütze 1995; Levy and Goldberg 2014 for the weighting). Words of one cluster are alike to the name tagger,
so that a family name that no training text holds is still seen to be one.

`clusters.txt` has one word a line, the most frequent first, with its cluster in each clustering from coarse to fine;
`vectors.bin` the words' reduced vectors, 200 bytes each, in the same order.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from riwaya.arabic.words import words
from riwaya.mark.names.network import VECTOR, rounded_vectors

TARGET = Path(__file__).resolve().parent.parent / "src/riwaya/data/clusters.txt"
VECTORS = TARGET.with_name("vectors.bin")
SMALLEST_COUNT = 12
VOCABULARY = 60_000
CONTEXTS = 1_000
DIMENSIONS = VECTOR
GROUPS = (64, 250, 1_000, 4_000)  # clusterings, from coarse to fine
ROUNDS = 25
BREAK = "\n"


def texts(data: Path) -> Iterator[str]:
    """Headline and body of every report, in the order of the files."""
    files = [*sorted((data / "egypt2013").glob("*.jsonl.gz")), *sorted((data / "tunisia").glob("*.jsonl*"))]
    for file in files:
        opener = gzip.open if file.suffix == ".gz" else open
        with opener(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                report = json.loads(line)
                yield f"{report.get('title') or ''}\n{report.get('text') or ''}"


def tokens(data: Path) -> Iterator[str]:
    """Folded words and punctuation, numbers as one, with a mark where a line ends."""
    for text in texts(data):
        read = words(text)
        for norm, kind, newline in zip(read.norm, read.kind, read.newline, strict=True):
            if newline:
                yield BREAK
            yield "0" if kind == "n" else norm


def vectors(sequence: np.ndarray, vocabulary: int) -> np.ndarray:
    """Reduced vectors of positive mutual information with the word before and the word after."""
    blocks = []
    for shift in (-2, -1, 1, 2):
        here, there = (sequence[-shift:], sequence[:shift]) if shift < 0 else (sequence[:-shift], sequence[shift:])
        mask = (here < vocabulary) & (there < CONTEXTS)
        codes, counts = np.unique(here[mask].astype(np.int64) * CONTEXTS + there[mask], return_counts=True)
        block = np.zeros((vocabulary, CONTEXTS), np.float32)
        block.reshape(-1)[codes] = counts
        total = block.sum()
        rows = block.sum(1, keepdims=True) + 1
        columns = block.sum(0, keepdims=True) ** 0.75
        columns *= total / columns.sum()
        blocks.append(np.log(np.maximum(block * total / (rows * columns), 1.0)))
    matrix = np.hstack(blocks)
    values, basis = np.linalg.eigh(matrix.T @ matrix)
    top = basis[:, -DIMENSIONS:] / np.sqrt(np.sqrt(values[-DIMENSIONS:]))  # the square root of the singular values is kept
    reduced = matrix @ top
    return reduced / np.maximum(np.linalg.norm(reduced, axis=1, keepdims=True), 1e-6)


def k_means(points: np.ndarray, groups: int, seed: int) -> np.ndarray:
    """Spherical k-means; the start is drawn from the frequent words."""
    rng = np.random.default_rng(seed)
    centres = points[rng.choice(min(len(points), groups * 8), groups, replace=False)].copy()
    label = np.zeros(len(points), np.int64)
    for _ in range(ROUNDS):
        label = np.concatenate([(part @ centres.T).argmax(1) for part in np.array_split(points, 16)])
        for group in range(groups):
            members = points[label == group]
            if len(members):
                mean = members.mean(0)
                centres[group] = mean / max(float(np.linalg.norm(mean)), 1e-6)
    return label


def main() -> None:
    """Count, reduce, group, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    counts: Counter[str] = Counter()
    numbers: dict[str, int] = {}
    stream = np.fromiter((numbers.setdefault(t, len(numbers)) for t in tokens(data)), np.int32)
    names = list(numbers)
    found = np.bincount(stream, minlength=len(names))
    counts.update({n: int(c) for n, c in zip(names, found, strict=True) if c >= SMALLEST_COUNT})
    ranked = sorted(counts, key=lambda n: (-counts[n], n))[:VOCABULARY]
    rank = np.full(len(names), len(names), np.int32)
    for place, name in enumerate(ranked):
        rank[numbers[name]] = place
    points = vectors(rank[stream], len(ranked))
    labels = np.stack([k_means(points, groups, seed) for seed, groups in enumerate(GROUPS)], axis=1)
    lines = [f"{name} {' '.join(map(str, row))}\n" for name, row in zip(ranked, labels, strict=True) if name.isalpha()]
    TARGET.write_text("".join(lines), "utf-8")
    rounded_vectors(points[[name.isalpha() for name in ranked]]).tofile(VECTORS)
    print(f"{len(lines)} words -> {TARGET}")


if __name__ == "__main__":
    main()
