"""A token-level tagger of persons, places and organizations: a network with Viterbi search over BIO tags.

The scores of words are those of a small network (`network.py`) trained as a conditional random field (Lafferty et al. 2001);
the search is made only where "no name" does not win by far. What a word leans to by itself (`Model.lean`) comes from the
weights of an averaged structured perceptron (Collins 2002) over the same features.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from math import prod
from operator import add
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from riwaya.mark.names.evidence import Positioned
from riwaya.mark.names.features import Lookups, word_features
from riwaya.mark.names.network import Network
from riwaya.model import NameKind
from riwaya.settings.mark import MARK

TAGS = ("O", "B-person", "I-person", "B-organization", "I-organization", "B-place", "I-place")
FORBIDDEN = -1e6  # score of a tag sequence that cannot be: I- after another kind
_MODEL = Path(__file__).resolve().parents[2] / "data/names.model"
_MAGIC = "riwaya-names/2"
_SHORT = 4  # words of an island up to which all of a text are searched at once; of a hundred, 95 are no longer
_CACHED_LEANS = 1 << 16  # word types kept with what they lean to; beyond it the next text starts the cache afresh
_ROUNDED = ("own", "features")

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
    kind: NameKind
    margin: float


class Model:
    """The tagger as its file has it: the network, the tag transitions, and a linear model of words by themselves.

    Args:
        parts: the arrays of a model file: those of `Network`; `moves`, the transitions; `own_hashes` and `own`, by how much each
            feature of a word speaks for each tag whatever stands around the word.
    """

    def __init__(self, parts: Mapping[str, npt.NDArray[Any]]) -> None:
        self._network = Network(parts)
        self._own_hashes = parts["own_hashes"]
        self._own = parts["own"]
        self.transitions: Floats = np.where(allowed(), parts["moves"], np.float32(FORBIDDEN)).astype(np.float32)
        self._exact = self.transitions.astype(np.float64)
        self._moves: list[list[float]] = self.transitions.tolist()
        self._into: list[list[float]] = self.transitions.T.tolist()
        self._leans: dict[str, dict[str, float]] = {}

    @classmethod
    def load(cls, path: Path = _MODEL) -> Model:
        """Read a model file: one line of JSON that lists the arrays, then each of them, in little-endian order."""
        parts: dict[str, npt.NDArray[Any]] = {}
        with path.open("rb") as file:
            head: dict[str, Any] = json.loads(file.readline())
            if head.get("magic") != _MAGIC:
                raise ValueError(f"{path}: not a name model of this version")
            for part in head["parts"]:
                shape, kind = part["shape"], np.dtype(part["type"])
                array = np.frombuffer(file.read(prod(shape) * kind.itemsize), kind).reshape(shape)
                parts[part["name"]] = array * np.float32(part["scale"]) if part["scale"] else array
        return cls(parts)

    @staticmethod
    def save(path: Path, parts: Mapping[str, npt.NDArray[Any]]) -> None:
        """Write a model file; the same arrays give the same bytes. Large tables of weights are rounded to sixteen bits."""
        listed = []
        stored = []
        for name, array in parts.items():
            scale = 0.0
            if name in _ROUNDED:
                scale = float(np.abs(array).max()) / np.iinfo(np.int16).max
                array = np.rint(array / scale).astype("<i2")  # noqa: PLW2901 - the same table, rounded
            elif array.dtype.kind == "f":
                array = array.astype("<f4")  # noqa: PLW2901 - the same table, in four bytes
            listed.append({"name": name, "shape": array.shape, "type": array.dtype.str, "scale": scale})
            stored.append(array.tobytes())
        head = {"magic": _MAGIC, "tags": TAGS, "parts": listed}
        with path.open("wb") as file:
            file.write(json.dumps(head, sort_keys=True).encode() + b"\n" + b"".join(stored))

    def scores(self, norms: list[str], breaks: list[bool], places: Positioned) -> Floats:
        """One row of tag scores for each word of a text."""
        return self._network.scores(norms, breaks, places)

    def lean(self, norm: str, kind: str) -> float:
        """How far a word by itself, whatever stands around it, is rather part of such a name than of none."""
        leans = self._leans.get(norm)
        if leans is None:
            if len(self._leans) > _CACHED_LEANS:
                self._leans.clear()
            wanted = np.array(word_features(norm, Lookups.shipped()), np.uint32)
            rows = np.minimum(np.searchsorted(self._own_hashes, wanted), len(self._own_hashes) - 1)
            own = self._own[rows[self._own_hashes[rows] == wanted]].sum(0).tolist()
            leans = self._leans[norm] = {t[2:]: max(own[i], own[i + 1]) - own[0] for i, t in enumerate(TAGS) if t[0] == "B"}
        return leans[kind]

    def tag(self, norms: list[str], breaks: list[bool], places: Positioned) -> list[Tagged]:
        """The names in a text.

        Args:
            norms: its folded words.
            breaks: True at i where no name can go on from word i - 1 to word i.
            places: what lists and grammar say of single words.
        """
        if not norms:
            return []
        scores = self.scores(norms, breaks, places)
        lead = scores[:, 0] - reduce(np.maximum, scores.T[1:])  # a maximum along short rows takes ten times as long
        # Islands of words where a name is possible, each with a sure "no name" before and after.
        firsts: list[int] = []
        lasts: list[int] = []
        for token in (lead < MARK.name_search_lead).nonzero()[0].tolist():
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
        moves, exact = self._exact, scores.astype(np.float64)
        best = exact[start] + moves[0]
        back: list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]] = []
        for step in range(1, _SHORT):
            going = (sizes > step).nonzero()[0]
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


_KINDS = cast("tuple[NameKind, ...]", tuple(t[2:] for t in TAGS))
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
        found.append(Tagged(offset + at, offset + end, _KINDS[tag], margin))
        at = end
    return found


@cache
def model() -> Model:
    """The shipped model, read on first use."""
    return Model.load()
