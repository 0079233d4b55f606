"""Train the name tagger: src/riwaya/data/names.model from tagged text, the same bytes from the same data and lists.

    python tools/train_names.py --data DIR [--out FILE] [--epochs N]

DIR holds `names/anercorp.train.conll` and `names/wojood-sample.train.conll`. The last tenth of ANERcorp's training part and all
of AQMAR are left out, so that `riwaya evaluate names` measures what is shipped on text that it has not seen.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from riwaya.arabic.words import words
from riwaya.mark.names.evidence import gather, positioned
from riwaya.mark.names.features import Lookups, word_features
from riwaya.mark.names.tagger import CENTRE, FORBIDDEN, OFFSETS, TAGS, Model, allowed

TARGET = Path(__file__).resolve().parent.parent / "src/riwaya/data/names.model"
KINDS = {"PER": "person", "PERS": "person", "LOC": "place", "GPE": "place", "FAC": "place", "ORG": "organization"}
DEVELOPMENT_SHARE = 10  # the last tenth
RAREST = 2  # a feature seen on fewer word tokens is left out
EPOCHS = 10
DROPPED = 0.3  # share of a word's features left out at each training step, so that none is leaned on alone (+2 F1 on development)
SEEDS = (1, 2, 3, 4, 5)  # runs whose averages are added: one run differs from the next by 1.5 F1 on development


class Sentence(NamedTuple):
    """Folded words, their tags, and the features that lists and grammar give to each."""

    norms: list[str]
    tags: list[int]
    extras: list[list[int]]


def rows(path: Path) -> Iterator[list[tuple[str, str]]]:
    """The sentences of a CoNLL file as (word, tag) pairs. Of nested tags the outermost of the three kinds is taken."""
    sentence: list[tuple[str, str]] = []
    for line in path.read_text("utf-8").splitlines():
        parts = line.split()
        if len(parts) == 1 or not parts:  # a lone tag stands where the word was lost
            if sentence:
                yield sentence
            sentence = []
            continue
        known = [t for t in parts[1:] if t[:2] in ("B-", "I-") and t[2:] in KINDS]
        sentence.append((parts[0], f"{known[0][:2]}{KINDS[known[0][2:]]}" if known else "O"))
    if sentence:
        yield sentence


def retokenized(pairs: list[tuple[str, str]]) -> Sentence:
    """The same sentence cut as Riwaya cuts words, its tags spread over the pieces; punctuation at the edges is no name's."""
    read = words(" ".join(word for word, _ in pairs))
    bounds: list[int] = []
    at = 0
    for word, _ in pairs:
        bounds.append(at)
        at += len(word) + 1
    tags: list[int] = []
    before, owner_before = "O", -1
    for start, norm, sort in zip(read.start, read.norm, read.kind, strict=True):
        owner = bisect_right(bounds, start) - 1
        tag = pairs[owner][1]
        begins = tag[:1] == "B" and owner != owner_before
        if tag == "O" or (sort == "p" and (begins or before == "O" or norm in "().,،؛:\"'")):
            tags.append(0)
            before = "O"
            continue
        begins = begins or before[2:] != tag[2:]
        tags.append(TAGS.index(("B-" if begins else "I-") + tag[2:]))
        before, owner_before = tag, owner
    places = positioned(gather(read))
    extras: list[list[int]] = [[] for _ in tags]
    for token, feature in zip(places.tokens, places.features, strict=True):
        extras[token].append(feature)
    return Sentence(read.norm, tags, extras)


def anercorp(path: Path) -> tuple[list[Sentence], list[list[tuple[str, str]]]]:
    """Training sentences of the first nine tenths, and the raw development sentences of the last."""
    every = list(rows(path))
    cut = len(every) - len(every) // DEVELOPMENT_SHARE
    return [retokenized(s) for s in every[:cut]], every[cut:]


class Trainer:
    """An averaged structured perceptron over hashed word-type features.

    Args:
        sentences: folded words with their tags.
    """

    def __init__(self, sentences: list[Sentence]) -> None:
        self._sentences = sentences
        known = Lookups.shipped()
        types = {n: word_features(n, known) for sentence in sentences for n in sentence.norms}
        counts: Counter[int] = Counter()
        for sentence in sentences:
            for norm, extra in zip(sentence.norms, sentence.extras, strict=True):
                counts.update(types[norm])
                counts.update(extra)
        self.hashes = np.array(sorted(f for f, c in counts.items() if c >= RAREST), np.uint32)
        number = {int(h): i for i, h in enumerate(self.hashes)}
        self._number = number
        self._rows = {n: np.array([number[f] for f in features if f in number], np.int64) for n, features in types.items()}
        width = len(TAGS)
        self.weights = np.zeros((len(self.hashes) * len(OFFSETS), width))
        self._weights_sum = np.zeros_like(self.weights)
        self.moves = np.zeros((width, width))
        self._moves_sum = np.zeros_like(self.moves)
        self.mean, self.mean_moves = np.zeros_like(self.weights), np.zeros_like(self.moves)
        self._barred = np.where(allowed(), 0.0, FORBIDDEN)
        self._time = 1

    def _index(self, sentence: Sentence) -> list[npt.NDArray[np.int64]]:
        norms = sentence.norms
        found = []
        for at in range(len(norms)):
            parts = []
            for place, offset in enumerate(OFFSETS):
                other = at + offset
                if 0 <= other < len(norms):
                    parts.append(self._rows[norms[other]] * len(OFFSETS) + place)
            extra = [self._number[f] * len(OFFSETS) + CENTRE for f in sentence.extras[at] if f in self._number]
            found.append(np.concatenate([*parts, np.array(extra, np.int64)]))
        return found

    def _decode(self, scores: npt.NDArray[np.float64]) -> list[int]:
        moves = self.moves + self._barred
        best = scores[0] + moves[0]
        back = []
        for row in scores[1:]:
            options = best[:, None] + moves
            came = options.argmax(0)
            back.append(came)
            best = row + options[came, np.arange(len(TAGS))]
        tag = int((best + moves[:, 0]).argmax())
        path = [tag]
        for came in reversed(back):
            tag = int(came[tag])
            path.append(tag)
        return path[::-1]

    def run(self, epochs: int) -> None:
        """Train once for each seed and add up the averaged weights."""
        indices = [self._index(sentence) for sentence in self._sentences]
        for seed in SEEDS:
            for table in (self.weights, self._weights_sum, self.moves, self._moves_sum):
                table[:] = 0
            self._time = 1
            self._run(indices, epochs, seed)
            self.mean += self.weights - self._weights_sum / self._time
            self.mean_moves += self.moves - self._moves_sum / self._time

    def _run(self, indices: list[list[npt.NDArray[np.int64]]], epochs: int, seed: int) -> None:
        """Go over the sentences in a seeded order, correcting what is wrong."""
        order = list(range(len(self._sentences)))
        shuffle = random.Random(seed)
        drop = np.random.default_rng(seed)
        for epoch in range(epochs):
            shuffle.shuffle(order)
            wrong = 0
            for at in order:
                gold = self._sentences[at].tags
                index = [i[drop.random(len(i)) >= DROPPED] for i in indices[at]]
                scores = np.stack([self.weights[i].sum(0) for i in index])
                said = self._decode(scores)
                if said != gold:
                    wrong += 1
                    self._correct(index, gold, said)
                self._time += 1
            print(f"run {seed}, epoch {epoch + 1}: {wrong} of {len(order)} sentences wrong", flush=True)

    def _correct(self, index: list[npt.NDArray[np.int64]], gold: list[int], said: list[int]) -> None:
        for i, right, wrong in zip(index, gold, said, strict=True):
            if right != wrong:
                np.add.at(self.weights, (i, right), 1)
                np.add.at(self.weights, (i, wrong), -1)
                np.add.at(self._weights_sum, (i, right), self._time)
                np.add.at(self._weights_sum, (i, wrong), -self._time)
        for path, step in ((gold, 1), (said, -1)):
            for before, after in zip([0, *path], [*path, 0], strict=True):
                self.moves[before, after] += step
                self._moves_sum[before, after] += step * self._time

    def save(self, path: Path) -> None:
        """Average, round to sixteen bits and write. Rows in which nothing is left are dropped."""
        mean, moves = self.mean / len(SEEDS), self.mean_moves / len(SEEDS)
        scale = float(np.abs(mean).max()) / np.iinfo(np.int16).max
        rounded = np.rint(mean / scale).astype(np.int16).reshape(len(self.hashes), len(OFFSETS), len(TAGS))
        kept = rounded.any(axis=(1, 2))
        Model.save(path, self.hashes[kept], rounded[kept], moves.astype(np.float32), scale)
        print(f"{int(kept.sum())} of {len(kept)} features, {path.stat().st_size / 1e6:.1f} MB -> {path}")


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    sentences, _ = anercorp(args.data / "names/anercorp.train.conll")
    sentences += [retokenized(s) for s in rows(args.data / "names/wojood-sample.train.conll")]
    trainer = Trainer(sentences)
    trainer.run(args.epochs)
    trainer.save(args.out)


if __name__ == "__main__":
    main()
