"""Tag scores of words in their company: a small feed-forward network over a window of five words.

As in Collobert et al. 2011 ("Natural Language Processing (Almost) from Scratch"): each word is a short vector, those of a word
and its two neighbours on either side go through one hidden layer, and a table of tag transitions joins the scores into a
sequence. A word's vector is the sum of learned vectors of its features (letters at its ends, clitics, lists, clusters) and of its
projected distributional vector (`vectors.bin`), so that a word that no training text holds has one too; what lists and grammar
say of a place in the text is added. A word's own vector depends on its type alone and is computed once.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from riwaya.arabic.clitics import cuts
from riwaya.mark.names.evidence import Positioned
from riwaya.mark.names.features import Lookups, word_features

Floats = npt.NDArray[np.float32]

REACH = 2  # words on either side
VECTOR = 200  # dimensions of a word's distributional vector
VECTOR_GAIN = 3.0  # unit vectors are small beside the sum of a word's features
_SLICE = 8  # rows multiplied at a time
_STEP = 300.0  # of a distributional vector's bytes
_VECTORS = Path(__file__).resolve().parents[2] / "data/vectors.bin"
_CACHED_TYPES = 1 << 16  # word types kept with their vectors (300 bytes each); beyond it the next text starts the cache afresh


@cache
def _distributional() -> npt.NDArray[np.int8]:
    """One row for each word of `clusters.txt`, in its order."""
    return np.fromfile(_VECTORS, np.int8).reshape(-1, VECTOR)


def distributional(types: list[str], known: Lookups) -> Floats:
    """The distributional vectors of folded words, and whether a proclitic was cut off to find one; zeros where none is known."""
    found = np.zeros((len(types), VECTOR + 1), np.float32)
    every = _distributional()
    for at, norm in enumerate(types):
        cut = next((c for c in cuts(norm) if c.rest in known.ranks), None)
        if cut is not None:
            found[at, :VECTOR] = every[known.ranks[cut.rest] - 1]
            found[at, VECTOR] = bool(cut.prefix)
    found[:, :VECTOR] *= VECTOR_GAIN / _STEP
    return found


def rounded_vectors(points: npt.NDArray[Any]) -> npt.NDArray[np.int8]:
    """Unit vectors in the bytes of `vectors.bin`."""
    return np.rint(np.clip(points * _STEP, -127, 127)).astype(np.int8)


class Spaced(NamedTuple):
    """Where words lie when empty places are put between lines: `at` each word's place, `size` of the whole."""

    at: npt.NDArray[np.int64]
    size: int


def spaced(breaks: list[bool]) -> Spaced:
    """`REACH` empty places before the first line, between lines and after the last, so that no window reaches across."""
    starts = np.array(breaks, np.int64)
    starts[0] = 1
    line = np.cumsum(starts)
    return Spaced(np.arange(len(breaks)) + REACH * line, len(breaks) + REACH * (int(line[-1]) + 1))


def windows(vectors: npt.NDArray[Any], place: Spaced) -> npt.NDArray[Any]:
    """For each word, the vectors of the words from `REACH` before it to `REACH` after it, side by side."""
    wide = np.zeros((place.size, vectors.shape[1]), vectors.dtype)
    wide[place.at] = vectors
    flat, width = wide.reshape(-1), vectors.shape[1]
    every = np.lib.stride_tricks.sliding_window_view(flat, (2 * REACH + 1) * width)[::width]  # one row for each place
    joined: npt.NDArray[Any] = every[place.at - REACH]
    return joined


def product(rows: Floats, table: Floats) -> Floats:
    """`rows @ table`, a few rows at a time.

    A product of a text's size would otherwise be spread over threads, which costs more than it gives and makes workers wait.
    """
    count, width = len(rows), table.shape[1]
    whole = count - count % _SLICE
    found = np.empty((count, width), np.float32)
    np.matmul(rows[:whole].reshape(-1, _SLICE, rows.shape[1]), table, out=found[:whole].reshape(-1, _SLICE, width))
    found[whole:] = rows[whole:] @ table
    return found


class Network:
    """The network's weights, and the vectors of the words seen so far.

    Args:
        parts: the arrays of a model file. `hashes`: of the features, sorted; `features`: for each its vector and, in the last
            columns, what it adds to each tag by itself; `vectors`: projects distributional vectors; `window`, `window_bias`: the
            hidden layer; `out`, `out_bias`: from it to the tags.
    """

    def __init__(self, parts: Mapping[str, npt.NDArray[Any]]) -> None:
        self._hashes = parts["hashes"]
        self._features = parts["features"]
        self._project: Floats = parts["vectors"]
        self._window: Floats = parts["window"]
        self._window_bias: Floats = parts["window_bias"]
        self._out: Floats = parts["out"]
        self._out_bias: Floats = parts["out_bias"]
        self._depth = self._project.shape[1]
        self._lookups = Lookups.shipped()
        self._row: dict[str, int] = {}
        self._cached = np.zeros((1024, self._features.shape[1]), np.float32)

    def _weights(self, features: list[int]) -> Floats:
        wanted = np.array(features, np.uint32)
        rows = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        values: Floats = self._features[rows]
        values[self._hashes[rows] != wanted] = 0
        return values

    def _learn(self, types: list[str]) -> None:
        """Give each of these words its vector."""
        at, need = len(self._row), len(self._row) + len(types)
        if need > len(self._cached):
            grown = np.zeros((max(need, 2 * len(self._cached)), self._cached.shape[1]), np.float32)
            grown[: len(self._cached)] = self._cached
            self._cached = grown
        flat: list[int] = []
        starts: list[int] = []
        for norm in types:
            starts.append(len(flat))
            flat += word_features(norm, self._lookups)
        self._cached[at:need] = np.add.reduceat(self._weights(flat), starts, axis=0)
        self._cached[at:need, : self._depth] += product(distributional(types, self._lookups), self._project)
        self._row.update(zip(types, range(at, need), strict=True))

    def scores(self, norms: list[str], breaks: list[bool], places: Positioned) -> Floats:
        """One row of tag scores for each word of a text; see `Model.tag`."""
        if len(self._row) > _CACHED_TYPES:
            self._row.clear()
        row = self._row
        rows = list(map(row.get, norms))
        if None in rows:
            self._learn(list(dict.fromkeys(n for n, known in zip(norms, rows, strict=True) if known is None)))
            rows = [row[n] if known is None else known for n, known in zip(norms, rows, strict=True)]
        own = self._cached[np.array(rows, np.intp)]
        if places.tokens:
            np.add.at(own, places.tokens, self._weights(places.features))
        seen = windows(own[:, : self._depth], spaced(breaks))
        hidden = product(seen, self._window)
        hidden += self._window_bias
        total = product(np.maximum(hidden, 0, out=hidden), self._out)
        total += self._out_bias
        total += own[:, self._depth :]
        return total
