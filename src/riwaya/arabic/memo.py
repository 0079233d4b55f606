"""What a function says of a word or a character, kept for the next time: for loops over all of a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V]):
    """A table that asks the function for what it does not hold. A full table starts afresh.

    Beside `functools.lru_cache`, which keeps its entries in the order of their use and so touches three more places in memory at
    every look, a look costs a third where the table outgrows the processor's cache. Read it with `map(memo.__getitem__, words)`.
    """

    def __init__(self, function: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._function(key)
        return value
