"""engines: how work is spread. This machine by default; a cluster when outgrown.

An engine knows one thing: to apply a function to items, wherever that happens, and to give the results back in order.
"""

from __future__ import annotations

from riwaya.engines.base import Engine
from riwaya.errors import UsageError

__all__ = ["Engine", "engine"]

NAMES = ("local", "spark")


def engine(name: str = "local", jobs: int | None = None) -> Engine:
    """The engine of this name.

    Args:
        name: "local" or "spark".
        jobs: worker processes; None means one a core.

    Raises:
        UsageError: no engine has this name.
        MissingExtraError: the engine needs an extra that is not installed.
    """
    if name == "local":
        from riwaya.engines.local import LocalEngine

        return LocalEngine(jobs)
    if name == "spark":
        from riwaya.engines.spark import SparkEngine

        return SparkEngine(jobs)
    raise UsageError(f"no engine is called {name!r}; there are: {', '.join(NAMES)}")
