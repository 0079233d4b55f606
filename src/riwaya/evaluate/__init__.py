"""Measuring: every task reads data that others made, runs the code that ships, and counts (`riwaya evaluate`)."""

from __future__ import annotations

import importlib

from riwaya.errors import UsageError
from riwaya.evaluate.base import Miss, Result, Source, Task

__all__ = ["TASKS", "Miss", "Result", "Source", "Task", "task"]

TASKS = (
    "names", "spellings", "times", "numbers", "passages", "agencies", "direction", "stories", "furniture", "quotes", "figures",
    "agreement", "statements", "seeds",
)  # fmt: skip
"""Every task, in the order of the table."""


def task(name: str) -> Task:
    """The task of that name; its module is loaded now.

    Raises:
        UsageError: there is none.
    """
    if name not in TASKS:
        raise UsageError(f"there is no task {name!r}; the tasks are {', '.join(TASKS)}")
    found: Task = importlib.import_module(f"riwaya.evaluate.{name}").TASK
    return found
