"""A token-level tagger of persons, places and organizations: a linear model with Viterbi search over BIO tags.

The weights are those of an averaged structured perceptron (Collins 2002), rounded to sixteen bits. A word's features depend
on its type alone, so the sum of their weights, for the word itself and its two neighbours on either side, is one cached vector
per type. Tagging a text is then a gather over its words, and a search only where "no name" does not win by far.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from riwaya.mark.names.evidence import Positioned
from riwaya.mark.names.features import Lookups, word_features
from riwaya.settings.mark import MARK

TAGS = ("O", "B-person", "I-person", "B-organization", "I-organization", "B-place", "I-place")
OFFSETS = (-2, -1, 0, 1, 2)  # of the neighbour whose features speak about a word
CENTRE = 2  # place of offset 0
FORBIDDEN = -1e6  # score of a tag sequence that cannot be: I- after another kind
_MODEL = Path(__file__).resolve().parents[2] / "data/names.model"
_MAGIC = "riwaya-names/1"
_SHORT = 4  # words of an island up to which all of a text are searched at once; of a hundred, 95 are no longer
_CACHED_TYPES = 1 << 16  # word types kept with their vectors (140 bytes each); beyond it the next text starts the cache afresh

Floats = npt.NDArray[np.float32]


def allowed() -> npt.NDArray[np.bool_]:
    """Which tag may follow which: I- only after B- or I- of its kind."""
    size = len(TAGS)
    table = np.ones((size, size), np.bool_)
    for before in range(size):
        for after in range(size):
            if TAGS[after][0] == "I":
                table[before, after] = TAGS[before][2:] == TAGS[after][2:]
    return table


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch that the tagger calls a name: tokens [first:last), its kind, and by how much it beats "no name", per token."""

    first: int
    last: int
    kind: str
    margin: float


class Model:
    """The weights and the vectors of the words seen so far."""

    def __init__(self, hashes: npt.NDArray[np.uint32], weights: npt.NDArray[np.int16], transitions: Floats, scale: float) -> None:
        self._hashes = hashes
        self._weights = weights
        self.scale = scale
        self.transitions = np.where(allowed(), transitions, np.float32(FORBIDDEN)).astype(np.float32)
        self._moves: list[list[float]] = self.transitions.tolist()
        self._into: list[list[float]] = self.transitions.T.tolist()
        self._lookups = Lookups.shipped()
        self._row: dict[str, int] = {}
        self._vectors = np.zeros((1024, len(OFFSETS), len(TAGS)), np.float32)

    @classmethod
    def load(cls, path: Path = _MODEL) -> Model:
        """Read a model file: one line of JSON, then hashes, weights and transitions in little-endian order."""
        with path.open("rb") as file:
            head: dict[str, Any] = json.loads(file.readline())
            if head.get("magic") != _MAGIC:
                raise ValueError(f"{path}: not a name model of this version")
            rows = int(head["rows"])
            hashes = np.frombuffer(file.read(4 * rows), "<u4")
            width = len(OFFSETS) * len(TAGS)
            weights = np.frombuffer(file.read(2 * rows * width), "<i2").reshape(rows, len(OFFSETS), len(TAGS))
            transitions = np.frombuffer(file.read(4 * len(TAGS) ** 2), "<f4").reshape(len(TAGS), len(TAGS))
        return cls(hashes, weights, transitions, float(head["scale"]))

    @staticmethod
    def save(
        path: Path, hashes: npt.NDArray[np.uint32], weights: npt.NDArray[np.int16], transitions: Floats, scale: float
    ) -> None:
        """Write a model file; the same arrays give the same bytes."""
        head = {"magic": _MAGIC, "rows": len(hashes), "scale": scale, "tags": TAGS}
        with path.open("wb") as file:
            file.write(json.dumps(head, sort_keys=True).encode() + b"\n")
            file.write(hashes.astype("<u4").tobytes() + weights.astype("<i2").tobytes() + transitions.astype("<f4").tobytes())

    def _learn(self, types: list[str]) -> None:
        """Give each of these words its vector."""
        need = len(self._row) + len(types)
        if need > len(self._vectors):
            grown = np.zeros((max(need, 2 * len(self._vectors)), len(OFFSETS), len(TAGS)), np.float32)
            grown[: len(self._vectors)] = self._vectors
            self._vectors = grown
        flat: list[int] = []
        ends: list[int] = []
        for norm in types:
            flat += word_features(norm, self._lookups)
            ends.append(len(flat))
        wanted = np.array(flat, np.uint32)
        rows = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        values = self._weights[rows].astype(np.int32)
        values[self._hashes[rows] != wanted] = 0
        sums = np.add.reduceat(values, [0, *ends[:-1]], axis=0)
        at = len(self._row)
        self._vectors[at:need] = sums * np.float32(self.scale)
        for number, norm in enumerate(types, at):
            self._row[norm] = number

    def scores(self, norms: list[str]) -> Floats:
        """One row of tag scores for each word of a text."""
        if len(self._row) > _CACHED_TYPES:
            self._row.clear()
        new = list(dict.fromkeys(n for n in norms if n not in self._row))
        if new:
            self._learn(new)
        row = self._row
        vectors = self._vectors[[row[n] for n in norms]]
        total: Floats = vectors[:, CENTRE].copy()
        for place, offset in enumerate(OFFSETS):
            if offset < 0:
                total[-offset:] += vectors[:offset, place]
            elif offset > 0:
                total[:-offset] += vectors[offset:, place]
        return total

    def lean(self, norm: str, kind: str) -> float:
        """How far a word by itself, whatever stands around it, is rather part of such a name than of none."""
        if norm not in self._row:
            self._learn([norm])
        own = self._vectors[self._row[norm], CENTRE]
        begin = TAGS.index("B-" + kind)
        return float(max(own[begin], own[begin + 1]) - own[0])

    def _add_positions(self, scores: Floats, places: Positioned) -> None:
        if not places.tokens:
            return
        wanted = np.array(places.features, np.uint32)
        rows = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        values = self._weights[rows, CENTRE] * np.float32(self.scale)
        values[self._hashes[rows] != wanted] = 0
        np.add.at(scores, places.tokens, values)

    def tag(self, norms: list[str], breaks: list[bool], places: Positioned) -> list[Tagged]:
        """The names in a text.

        Args:
            norms: its folded words.
            breaks: True at i where no name can go on from word i - 1 to word i.
            places: what lists and grammar say of single words.
        """
        if not norms:
            return []
        scores = self.scores(norms)
        self._add_positions(scores, places)
        lead = scores[:, 0] - scores[:, 1:].max(1)
        # Islands of words where a name is possible, each with a sure "no name" before and after.
        firsts: list[int] = []
        lasts: list[int] = []
        for token in np.flatnonzero(lead < MARK.name_search_lead).tolist():
            if lasts and lasts[-1] == token and not breaks[token]:
                lasts[-1] = token + 1
            else:
                firsts.append(token)
                lasts.append(token + 1)
        paths = self._search_short(scores, firsts, lasts) if firsts else {}
        found: list[Tagged] = []
        for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
            if last - first > _SHORT:
                rows = scores[first:last].tolist()
                found += _stretches(self._search(rows), rows, first)
            elif number in paths:
                found += _stretches(paths[number], scores[first:last].tolist(), first)
        return found

    def _search_short(self, scores: Floats, firsts: list[int], lasts: list[int]) -> dict[int, list[int]]:
        """What `_search` finds for the islands of up to `_SHORT` words, for all at once; those without a name are left out."""
        sizes = np.array(lasts) - np.array(firsts)
        numbers = np.flatnonzero(sizes <= _SHORT)
        sizes, start = sizes[numbers], np.array(firsts)[numbers]
        moves, exact = self.transitions.astype(np.float64), scores.astype(np.float64)
        best = exact[start] + moves[0]
        back: list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]] = []
        for step in range(1, _SHORT):
            going = np.flatnonzero(sizes > step)
            options = best[going][:, :, None] + moves
            back.append((going, options.argmax(1)))
            best[going] = exact[start[going] + step] + options.max(1)
        tags = np.zeros((len(numbers), _SHORT), np.intp)
        now = (best + moves[:, 0]).argmax(1)
        for step, (going, came) in zip(range(_SHORT - 1, 0, -1), reversed(back), strict=True):
            tags[going, step] = now[going]
            now[going] = came[np.arange(len(going)), now[going]]
        tags[:, 0] = now
        named = np.flatnonzero(tags.any(1))
        return {
            number: path[:size]
            for number, size, path in zip(numbers[named].tolist(), sizes[named].tolist(), tags[named].tolist(), strict=True)
        }

    def _search(self, rows: list[list[float]]) -> list[int]:
        moves, into, size = self._moves, self._into, len(TAGS)
        best = [s + m for s, m in zip(rows[0], moves[0], strict=True)]
        back: list[list[int]] = []
        for row in rows[1:]:
            came: list[int] = []
            score: list[float] = []
            for tag in range(size):
                if tag in _INSIDE:  # only from B- or I- of its kind
                    a, b = best[tag - 1] + moves[tag - 1][tag], best[tag] + moves[tag][tag]
                    came.append(tag - 1 if a >= b else tag)
                    score.append(row[tag] + max(a, b))
                else:
                    options = list(map(add, best, into[tag]))
                    top = max(options)
                    came.append(options.index(top))
                    score.append(row[tag] + top)
            best = score
            back.append(came)
        final = [b + m for b, m in zip(best, (moves[t][0] for t in range(size)), strict=True)]
        tag = final.index(max(final))
        path = [tag]
        for came in reversed(back):
            tag = came[tag]
            path.append(tag)
        return path[::-1]


_INSIDE = frozenset(i for i, t in enumerate(TAGS) if t[0] == "I")


def _stretches(path: list[int], rows: list[list[float]], offset: int) -> list[Tagged]:
    """The names that a tag sequence spells."""
    found: list[Tagged] = []
    at = 0
    while at < len(path):
        tag = path[at]
        if tag == 0:
            at += 1
            continue
        end = at + 1
        while end < len(path) and path[end] in _INSIDE:
            end += 1
        margin = sum(rows[i][path[i]] - rows[i][0] for i in range(at, end)) / (end - at)
        found.append(Tagged(offset + at, offset + end, TAGS[tag][2:], margin))
        at = end
    return found


@cache
def model() -> Model:
    """The shipped model, read on first use."""
    return Model.load()
