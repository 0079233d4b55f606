"""Training of the name tagger's network (`riwaya.mark.names.network`) as a conditional random field, in numpy alone.

Adam (Kingma and Ba 2015) with decoupled weight decay; features, vectors and hidden units are dropped at random (Srivastava et al.
2014). Sums run in double precision and every weight is rounded to a coarse grid after each step, so that machines that add in
another order arrive at the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from riwaya.mark.names.features import Lookups
from riwaya.mark.names.network import REACH, VECTOR, Spaced, distributional, spaced, windows
from riwaya.mark.names.tagger import FORBIDDEN, TAGS, allowed
from riwaya.train.field import gradient
from riwaya.train.sentences import Sentence, features_of_types, frequent

DEPTH = 64  # of a word's vector
HIDDEN = 128  # units; 200 with 100 deep: 1.3 F1 less, in folds of the training part
RAREST = 2  # a feature seen on fewer word tokens is left out
BATCH = 16  # sentences
RATE = 2e-3  # of learning at the start; it falls to nothing in a straight line
DECAY = 1e-3  # share of a weight, times the rate, lost at each step
DROPPED_FEATURES = 0.3
DROPPED_VECTOR = 0.2
DROPPED_HIDDEN = 0.4
_MOMENTS = (0.9, 0.999)  # Adam's own
_TINY = 1e-8
_GRID = 2.0**22  # weights are multiples of its inverse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Batch(NamedTuple):
    """Some sentences one after another: each word's features (flat, with where each word's begin), type, tag; their sizes."""

    flat: Ints
    starts: Ints
    types: Ints
    tags: Ints
    sizes: Ints
    place: Spaced


class Steps(NamedTuple):
    """What the forward pass leaves for the backward pass."""

    dropped: Floats
    words: Floats
    seen: Floats
    keep_vector: Floats
    keep_hidden: Floats
    hidden: Floats


def _ints(values: list[int]) -> Ints:
    return np.array(values, np.int64)


class NetworkTrainer:
    """The network while it is trained.

    Args:
        sentences: folded words with their tags.
        say: called with a line for each epoch.
        seed: of everything drawn at random.
    """

    def __init__(self, sentences: Sequence[Sentence], say: Callable[[str], None], seed: int = 1) -> None:
        self._sentences = sentences
        self._say = say
        self._draw = np.random.default_rng(seed)
        types = features_of_types(sentences)
        self.hashes = np.array(frequent(sentences, types, RAREST), np.uint32)
        self._number = {int(h): i for i, h in enumerate(self.hashes)}
        self._bags = [[self._number[f] for f in features if f in self._number] for features in types.values()]
        self._type = {norm: at for at, norm in enumerate(types)}
        self._known = distributional(list(types), Lookups.shipped()).astype(np.float64)
        width, seen = len(TAGS), (2 * REACH + 1) * DEPTH
        normal = self._draw.standard_normal
        self.parts: dict[str, Floats] = {
            "features": np.hstack([normal((len(self.hashes), DEPTH)) * 0.1, np.zeros((len(self.hashes), width))]),
            "vectors": normal((VECTOR + 1, DEPTH)) / np.sqrt(VECTOR),
            "window": normal((seen, HIDDEN)) * np.sqrt(2 / seen),
            "window_bias": np.zeros(HIDDEN),
            "out": normal((HIDDEN, width)) / np.sqrt(HIDDEN),
            "out_bias": np.zeros(width),
            "moves": np.zeros((width, width)),
        }
        self._moments = {name: (np.zeros_like(part), np.zeros_like(part)) for name, part in self.parts.items()}
        self._barred = np.where(allowed(), 0.0, FORBIDDEN)
        self._step = 0

    def run(self, epochs: int) -> None:
        """Go over the sentences in a drawn order, so many times."""
        size = len(self._sentences)
        steps = epochs * -(-size // BATCH)
        for epoch in range(epochs):
            order = self._draw.permutation(size)
            loss = 0.0
            for first in range(0, size, BATCH):
                sentences = [self._sentences[i] for i in order[first : first + BATCH]]
                loss += self._learn(self._batch(sentences), RATE * (1 - self._step / steps))
            self._say(f"network, epoch {epoch + 1}: loss {loss / size:.3f} a sentence")

    def _batch(self, sentences: Sequence[Sentence]) -> Batch:
        flat: list[int] = []
        starts: list[int] = []
        for sentence in sentences:
            for norm, extra in zip(sentence.norms, sentence.extras, strict=True):
                starts.append(len(flat))
                flat += self._bags[self._type[norm]]
                flat += [self._number[f] for f in extra if f in self._number]
        breaks = [not at for sentence in sentences for at in range(len(sentence.norms))]
        types = [self._type[norm] for sentence in sentences for norm in sentence.norms]
        tags = [tag for sentence in sentences for tag in sentence.tags]
        sizes = [len(sentence.norms) for sentence in sentences]
        return Batch(_ints(flat), _ints(starts), _ints(types), _ints(tags), _ints(sizes), spaced(breaks))

    def _kept(self, shape: tuple[int, ...], dropped: float) -> Floats:
        return (self._draw.random(shape) >= dropped) / (1 - dropped)

    def _forward(self, batch: Batch) -> tuple[Floats, Steps]:
        parts = self.parts
        dropped = self._kept(batch.flat.shape, DROPPED_FEATURES)
        own = np.add.reduceat(parts["features"][batch.flat] * dropped[:, None], batch.starts, axis=0)
        words = self._known[batch.types]
        vector = own[:, :DEPTH] + words @ parts["vectors"]
        keep_vector = self._kept(vector.shape, DROPPED_VECTOR)
        seen = windows(vector * keep_vector, batch.place)
        active = seen @ parts["window"] + parts["window_bias"]
        keep_hidden = self._kept(active.shape, DROPPED_HIDDEN) * (active > 0)
        hidden = active * keep_hidden
        scores = hidden @ parts["out"] + parts["out_bias"] + own[:, DEPTH:]
        return scores, Steps(dropped, words, seen, keep_vector, keep_hidden, hidden)

    def _learn(self, batch: Batch, rate: float) -> float:
        scores, steps = self._forward(batch)
        loss, by_score, by_move = gradient(scores, batch.tags, batch.sizes, self.parts["moves"] + self._barred)
        by_hidden = by_score @ self.parts["out"].T * steps.keep_hidden
        by_seen = (by_hidden @ self.parts["window"].T).reshape(len(scores), 2 * REACH + 1, DEPTH)
        wide = np.zeros((batch.place.size, DEPTH))
        for number in range(2 * REACH + 1):
            wide[batch.place.at + number - REACH] += by_seen[:, number]
        by_vector = wide[batch.place.at] * steps.keep_vector
        rows, by_row = self._by_feature(batch, np.hstack([by_vector, by_score]), steps.dropped)
        self._step += 1
        self._move("features", by_row, len(batch.sizes), rate, rows)
        for name, by_part in (
            ("vectors", steps.words.T @ by_vector), ("window", steps.seen.T @ by_hidden), ("window_bias", by_hidden.sum(0)),
            ("out", steps.hidden.T @ by_score), ("out_bias", by_score.sum(0)), ("moves", by_move),
        ):  # fmt: skip
            self._move(name, by_part, len(batch.sizes), rate)
        return loss

    @staticmethod
    def _by_feature(batch: Batch, by_word: Floats, dropped: Floats) -> tuple[Ints, Floats]:
        """The derivatives by the features that occur: their numbers, and a row for each."""
        owner = np.repeat(np.arange(len(batch.starts)), np.diff(np.append(batch.starts, len(batch.flat))))
        order = np.argsort(batch.flat, kind="stable")
        rows, starts = np.unique(batch.flat[order], return_index=True)
        return rows, np.add.reduceat(by_word[owner[order]] * dropped[order, None], starts, axis=0)

    def _move(self, name: str, by_part: Floats, sentences: int, rate: float, rows: Ints | slice = slice(None)) -> None:
        """One step of Adam on these rows of a part."""
        first, second = self._moments[name]
        slow, slower = _MOMENTS
        mean = first[rows] * slow + by_part * ((1 - slow) / sentences)
        spread = second[rows] * slower + by_part**2 * ((1 - slower) / sentences**2)
        first[rows], second[rows] = mean, spread
        part = self.parts[name]
        step = mean / (1 - slow**self._step) / (np.sqrt(spread / (1 - slower**self._step)) + _TINY)
        part[rows] = np.rint((part[rows] - rate * (step + DECAY * part[rows])) * _GRID) / _GRID

    def trained(self) -> dict[str, npt.NDArray[Any]]:
        """The arrays of a model file (see `Network`)."""
        return {"hashes": self.hashes, **self.parts}
