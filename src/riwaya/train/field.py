"""The loss of a linear-chain conditional random field (Lafferty et al. 2001) over a batch of sentences, and its gradient."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Gradient(NamedTuple):
    """What one batch gives: the loss (nats, over all sentences), and its derivatives by tag scores and by transitions."""

    loss: float
    scores: Floats
    moves: Floats


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis, keepdims=True)
    total: Floats = (top + np.log(np.exp(values - top).sum(axis, keepdims=True))).squeeze(axis)
    return total


def gradient(scores: Floats, tags: Ints, sizes: Ints, moves: Floats) -> Gradient:
    """Forward and backward sums over every tag sequence.

    Args:
        scores: one row of tag scores a word, the sentences one after another.
        tags: the right tag of each word.
        sizes: how many words each sentence has.
        moves: score of each tag after each other; a sentence begins after tag 0 and ends before it.
    """
    count, longest, width = len(sizes), int(sizes.max()), scores.shape[1]
    inside = np.arange(longest) < sizes[:, None]
    padded = np.zeros((count, longest, width))
    padded[inside] = scores
    every = np.arange(count)
    ahead = np.zeros_like(padded)
    ahead[:, 0] = padded[:, 0] + moves[0]
    for at in range(1, longest):
        ahead[:, at] = _log_sum(ahead[:, at - 1, :, None] + moves, 1) + padded[:, at]
    behind = np.zeros_like(padded)
    behind[:, longest - 1] = moves[:, 0]
    for at in range(longest - 2, -1, -1):
        onward = _log_sum(moves + (padded[:, at + 1] + behind[:, at + 1])[:, None, :], 2)
        behind[:, at] = np.where((sizes - 1 == at)[:, None], moves[:, 0], onward)
    whole = _log_sum(ahead[every, sizes - 1] + moves[:, 0], 1)
    share = np.exp(np.minimum(ahead + behind - whole[:, None, None], 0.0))
    by_move = np.zeros_like(moves)
    for at in range(1, longest):
        going = inside[:, at]
        after = (padded[going, at] + behind[going, at])[:, None, :]
        by_move += np.exp(ahead[going, at - 1][:, :, None] + moves + after - whole[going][:, None, None]).sum(0)
    by_move[0] += share[:, 0].sum(0)
    by_move[:, 0] += share[every, sizes - 1].sum(0)
    by_score = share[inside]
    by_score[np.arange(len(tags)), tags] -= 1
    ends = np.cumsum(sizes) - 1
    first = np.zeros(len(tags), np.bool_)
    first[ends - sizes + 1] = True
    before = np.where(first, 0, np.roll(tags, 1))
    right = scores[np.arange(len(tags)), tags].sum() + moves[before, tags].sum() + moves[tags[ends], 0].sum()
    steps = np.concatenate([before * width + tags, tags[ends] * width])
    by_move -= np.bincount(steps, minlength=width * width).reshape(width, width)
    return Gradient(float(whole.sum() - right), by_score, by_move)
