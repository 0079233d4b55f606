"""What every engine offers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(ABC):
    """Applies functions to items. A context manager: workers live from the first `map` to the end of the block."""

    @abstractmethod
    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item], *, parallel: bool = True
    ) -> Iterator[Result]:
        """Apply `function` (importable, so that it can be sent) to each item; results come in the order of the items.

        Args:
            function: a module-level function or a functools.partial of one.
            items: picklable; consumed lazily, a bounded number ahead.
            parallel: False runs in this process, for work too small to share out.
        """

    @abstractmethod
    def close(self) -> None:
        """End the workers."""

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
