"""An averaged structured perceptron (Collins 2002) over hashed features: what each word leans to by itself.

Its weights change by whole steps, so that they come out the same, to the last bit, on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from riwaya.mark.names.tagger import FORBIDDEN, TAGS, allowed
from riwaya.train.sentences import Sentence, features_of_types, frequent

OFFSETS = (-2, -1, 0, 1, 2)  # of the neighbour whose features speak about a word
CENTRE = 2  # place of offset 0
RAREST = 2  # a feature seen on fewer word tokens is left out
DROPPED = 0.3  # share of a word's features left out at each training step, so that none is leaned on alone (+2 F1 on development)
SEEDS = (1, 2, 3, 4, 5)  # runs whose averages are added: one run differs from the next by 1.5 F1 on development


class Perceptron:
    """The perceptron while it is trained.

    Args:
        sentences: folded words with their tags.
        say: called with a line for each epoch.
    """

    def __init__(self, sentences: Sequence[Sentence], say: Callable[[str], None]) -> None:
        self._sentences = sentences
        self._say = say
        types = features_of_types(sentences)
        self.hashes = np.array(frequent(sentences, types, RAREST), np.uint32)
        number = {int(h): i for i, h in enumerate(self.hashes)}
        self._number = number
        self._rows = {n: np.array([number[f] for f in features if f in number], np.int64) for n, features in types.items()}
        width = len(TAGS)
        self._weights = np.zeros((len(self.hashes) * len(OFFSETS), width))
        self._weights_sum = np.zeros_like(self._weights)
        self._moves = np.zeros((width, width))
        self._moves_sum = np.zeros_like(self._moves)
        self._mean = np.zeros_like(self._weights)
        self._barred = np.where(allowed(), 0.0, FORBIDDEN)
        self._time = 1

    def run(self, epochs: int) -> None:
        """Train once for each seed and add up the averaged weights."""
        indices = [self._index(sentence) for sentence in self._sentences]
        for seed in SEEDS:
            for table in (self._weights, self._weights_sum, self._moves, self._moves_sum):
                table[:] = 0
            self._time = 1
            self._run(indices, epochs, seed)
            self._mean += self._weights - self._weights_sum / self._time

    def own(self) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float64]]:
        """The features of words and what each says of the word itself, those that say nothing left out."""
        mean = (self._mean / len(SEEDS)).reshape(len(self.hashes), len(OFFSETS), len(TAGS))
        kept = mean.any(axis=(1, 2))
        return self.hashes[kept], mean[kept, CENTRE]

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
        moves = self._moves + self._barred
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
                scores = np.stack([self._weights[i].sum(0) for i in index])
                said = self._decode(scores)
                if said != gold:
                    wrong += 1
                    self._correct(index, gold, said)
                self._time += 1
            self._say(f"perceptron {seed}, epoch {epoch + 1}: {wrong} of {len(order)} sentences wrong")

    def _correct(self, index: list[npt.NDArray[np.int64]], gold: list[int], said: list[int]) -> None:
        width = len(TAGS)
        weights, weights_sum = self._weights.reshape(-1), self._weights_sum.reshape(-1)  # views; a feature may occur twice
        for i, right, wrong in zip(index, gold, said, strict=True):
            if right != wrong:
                for tag, step in ((right, 1), (wrong, -1)):
                    np.add.at(weights, i * width + tag, step)
                    np.add.at(weights_sum, i * width + tag, step * self._time)
        for path, step in ((gold, 1), (said, -1)):
            for before, after in zip([0, *path], [*path, 0], strict=True):
                self._moves[before, after] += step
                self._moves_sum[before, after] += step * self._time
