"""Estimate the weights of riwaya.weigh.agreement: src/riwaya/data/agreement.model from the training part of ANS.

    python tools/train_agreement.py --data DIR [--cross-validate]

DIR holds `agreement/ans.train.csv` (Khouja 2020, Apache-2.0). Only 63 of its pairs are "other", so for every second headline the
one most like it among those about something else joins as "other": real news has more neighbours than contradictions. Weights
are the minimum of the regularised cross-entropy (L-BFGS, Nocedal 1980), rounded to thousandths; the same data gives the same
file, byte for byte.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from riwaya.weigh.agreement import LABELS, MODEL, PARTS, features
from riwaya.weigh.alignment import slots

TARGET = Path(__file__).resolve().parent.parent / "src/riwaya/data" / MODEL
LEAST_SEEN = 2  # pairs that hold a feature, for it to be kept
PENALTY = 0.5  # of squared weights, per pair's cross-entropy of 1; cross-validated on ANS
NEIGHBOUR_STEP = 2  # every second headline gets a neighbour
NEIGHBOUR_WEIGHT = 0.5  # how much such a pair counts
NEIGHBOUR_MOST = 0.5  # share of the smaller headline; beyond it two headlines tell one event
MEMORY, ROUNDS = 10, 200
FOLDS = 8

Example = tuple[str, str, str, float]


def read(path: Path) -> list[Example]:
    """Pairs of a file of ANS: two headlines, the label, the weight 1."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [(row["s1"], row["s2"], row["stance"], 1.0) for row in csv.DictReader(lines)]


def neighbours(examples: Sequence[Example]) -> list[Example]:
    """Headlines beside the likest ones about something else, as "other"."""
    sides = sorted({e[1] for e in examples})
    terms = {text: {s.term: s.weight for s in slots(text)} for text in {*sides, *(e[0] for e in examples)}}
    holding: dict[str, list[str]] = defaultdict(list)
    for text in sides:
        for term in terms[text]:
            holding[term].append(text)
    partners: dict[str, set[str]] = defaultdict(set)
    for one, other, _, _ in examples:
        partners[one].add(other)
    found = []
    for a in sorted(partners)[::NEIGHBOUR_STEP]:
        shared: dict[str, float] = defaultdict(float)
        for term in sorted(terms[a]):
            for text in holding[term]:
                shared[text] += terms[a][term]
        size = sum(terms[a].values())
        apart = [
            (weight, text) for text, weight in shared.items()
            if text not in partners[a] and weight < NEIGHBOUR_MOST * min(size, sum(terms[text].values()))
        ]  # fmt: skip
        if apart:
            found.append((a, max(apart)[1], "other", NEIGHBOUR_WEIGHT))
    return found


class Problem:
    """The examples as arrays: for each value its example, its feature and itself."""

    def __init__(self, examples: Sequence[Example], names: dict[str, int] | None = None) -> None:
        held = [features(a, b) for a, b, _, _ in examples]
        if names is None:
            seen = Counter(name for one in held for name in one)
            names = {name: at for at, name in enumerate(sorted(n for n, c in seen.items() if c >= LEAST_SEEN))}
        self.names = names
        values = [(i, names[n], v) for i, one in enumerate(held) for n, v in one.items() if n in names]
        self.row = np.array([v[0] for v in values])
        self.column = np.array([v[1] for v in values])
        self.value = np.array([v[2] for v in values])
        self.size = len(examples)
        self.label = np.array([LABELS.index(e[2]) for e in examples])
        self.weight = np.array([e[3] for e in examples])

    def shares(self, weights: np.ndarray) -> np.ndarray:
        """The share of each label, one row an example."""
        scores = np.stack([np.bincount(self.row, self.value * w[self.column], self.size) for w in weights], axis=1)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        told: np.ndarray = odds / odds.sum(axis=1, keepdims=True)
        return told

    def loss(self, flat: np.ndarray) -> tuple[float, np.ndarray]:
        """Regularised cross-entropy and its slope."""
        weights = flat.reshape(len(LABELS), len(self.names))
        shares = self.shares(weights)
        own = shares[np.arange(self.size), self.label]
        loss = -(self.weight * np.log(np.maximum(own, 1e-12))).sum() + PENALTY * (flat**2).sum()
        shares[np.arange(self.size), self.label] -= 1
        shares *= self.weight[:, None]
        slope = [np.bincount(self.column, self.value * shares[self.row, k], len(self.names)) for k in range(len(LABELS))]
        return float(loss), np.concatenate(slope) + 2 * PENALTY * flat


def minimise(loss: Callable[[np.ndarray], tuple[float, np.ndarray]], at: np.ndarray) -> np.ndarray:
    """L-BFGS with halved steps."""
    steps: list[tuple[np.ndarray, np.ndarray]] = []
    value, slope = loss(at)
    for _ in range(ROUNDS):
        way, alphas = slope.copy(), []
        for step, change in reversed(steps):
            alphas.append((step * way).sum() / (step * change).sum())
            way -= alphas[-1] * change
        if steps:
            step, change = steps[-1]
            way *= (step * change).sum() / (change * change).sum()
        else:
            way /= max(1.0, float(np.abs(slope).sum()))
        for (step, change), alpha in zip(steps, reversed(alphas), strict=True):
            way += step * (alpha - (change * way).sum() / (step * change).sum())
        size = 1.0
        while True:
            new, new_slope = loss(at - size * way)
            if new <= value - 1e-4 * size * float((way * slope).sum()) or size < 1e-8:  # noqa: PLR2004 - Armijo
                break
            size /= 2
        step, change = -size * way, new_slope - slope
        at = at + step
        done = value - new < 1e-6 * abs(value)
        value, slope = new, new_slope
        if done:
            break
        steps = [*steps[1 - MEMORY :], (step, change)]
    return at


def train(examples: Sequence[Example]) -> tuple[dict[str, int], np.ndarray]:
    """Features and their weights, one row a label."""
    problem = Problem(examples)
    flat = minimise(problem.loss, np.zeros(len(LABELS) * len(problem.names)))
    return problem.names, flat.reshape(len(LABELS), -1)


def macro_f1(wanted: Sequence[str], told: Sequence[str]) -> float:
    """Mean F1 of agree and disagree."""
    found = []
    for label in ("agree", "disagree"):
        right = sum(w == t == label for w, t in zip(wanted, told, strict=True))
        found.append(2 * right / max(1, sum(w == label for w in wanted) + sum(t == label for t in told)))
    return sum(found) / len(found)


def cross_validate(examples: Sequence[Example]) -> float:
    """Macro-F1 over folds that keep pairs of one headline together; neighbours are drawn within the training folds."""
    place = {text: at % FOLDS for at, text in enumerate(sorted({e[0] for e in examples}))}
    wanted, told = [], []
    for fold in range(FOLDS):
        learn = [e for e in examples if place[e[0]] != fold]
        test = [e for e in examples if place[e[0]] == fold]
        names, weights = train([*learn, *neighbours(learn)])
        best = Problem(test, names).shares(weights).argmax(axis=1)
        wanted += [e[2] for e in test]
        told += [LABELS[i] for i in best]
    return macro_f1(wanted, told)


def made(data: Path) -> str:
    """The model's file: a feature and its weight for each label a line."""
    examples = read(data / "agreement/ans.train.csv")
    names, weights = train([*examples, *neighbours(examples)])
    rounded = np.rint(weights * PARTS).astype(int)
    return "".join(f"{name}\t" + "\t".join(map(str, rounded[:, at])) + "\n" for name, at in names.items() if rounded[:, at].any())


def main() -> None:
    """Train and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cross-validate", action="store_true")
    asked = parser.parse_args()
    if asked.cross_validate:
        print(f"macro-F1 over {FOLDS} folds: {cross_validate(read(asked.data / 'agreement/ans.train.csv')):.4f}")
        return
    model = made(asked.data)
    TARGET.write_text(model, "utf-8")
    print(f"{model.count(chr(10))} features -> {TARGET}")


if __name__ == "__main__":
    main()
