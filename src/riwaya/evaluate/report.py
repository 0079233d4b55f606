"""How measurements are told: as lines for a reader, as plain values, as the table of the documentation, and against floors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from riwaya.errors import InputError
from riwaya.evaluate.base import Result, Task

_EPSILON = 1e-9  # of a share: a figure equal to its floor does not fall below it by rounding


def lines(task: Task, result: Result, misses: int) -> list[str]:
    """A task's figures for a reader, with as many of its misses as asked for."""
    out = [f"{task.name}: {task.about}", f"  {result.n:,} cases; data {result.data}"]
    width = max(map(len, result.metrics), default=0)
    for name, value in result.metrics.items():
        target = task.targets.get(name)
        aim = "" if target is None else f"  to reach {number(target)}  {'reached' if value >= target else 'not reached'}"
        out.append(f"  {name:<{width}}  {number(value):>9}{aim}")
    for name, count in result.counts.items():
        out.append(f"  {name}: {count:,}")
    if task.published:
        out.append(f"  published: {task.published}")
    for miss in result.misses[:misses]:
        out.append(f"  miss  {miss.where}")
        out += [f"        {what}: {said}" for what, said in _parts(miss.expected, miss.found, miss.text) if said]
    return out


def _parts(expected: str, found: str, text: str) -> tuple[tuple[str, str], ...]:
    one_line = [" ".join(part.split()) for part in (expected, found, text)]
    return ("expected", one_line[0]), ("found", one_line[1]), ("text", one_line[2])


def number(value: float) -> str:
    """A share as three digits after the point, a count or a rate as a whole number."""
    return f"{value:.3f}" if value <= 1 else f"{value:,.0f}"


def plain(results: Mapping[str, Result], misses: int) -> dict[str, Any]:
    """`{TASK: {metrics, n, data}}`, with the misses where they are asked for."""
    out: dict[str, Any] = {}
    for name, result in results.items():
        out[name] = {"metrics": dict(result.metrics), "n": result.n, "data": result.data}
        if result.counts:
            out[name]["counts"] = dict(result.counts)
        if misses:
            out[name]["misses"] = [
                {"where": m.where, "expected": m.expected, "found": m.found, "text": m.text} for m in result.misses[:misses]
            ]
    return out


def table(tasks: Sequence[Task], results: Mapping[str, Result]) -> str:
    """The figures as a Markdown table: a row for every measure that has a target, the others of a task together below them."""
    rows = ["| task | measure | result | to reach | cases | data |", "|---|---|---|---|---|---|"]
    for task in tasks:
        result = results[task.name]
        first = (task.name, f"{result.n:,}", f"`{result.data}`")
        for name, target in task.targets.items():
            if name in result.metrics:
                value = result.metrics[name]
                aim = number(target) + ("" if value >= target else " (missed)")
                rows.append(f"| {first[0]} | {name} | {number(value)} | {aim} | {first[1]} | {first[2]} |")
                first = ("", "", "")
        others = [f"{name} {number(value)}" for name, value in result.metrics.items() if name not in task.targets]
        if others and len(others) <= _MANY:
            rows.append(f"| {first[0]} | *also* | {'; '.join(others)} | | {first[1]} | {first[2]} |")
    published = [f"- {task.name}: {task.published}" for task in tasks if task.published]
    return "\n".join([*rows, "", "Published for the same or the like:", "", *published]) if published else "\n".join(rows)


_MANY = 24  # further measures of one task that the table still lists


def read_floors(path: Path) -> dict[str, dict[str, float]]:
    """Task -> metric -> floor, from a TOML file.

    Raises:
        InputError: it cannot be read, or is no such table.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(str(path), f"no floors can be read from it: {error}") from None
    for task, floors in found.items():
        if not isinstance(floors, dict) or not all(isinstance(v, int | float) for v in floors.values()):
            raise InputError(str(path), f"[{task}] is not a table of numbers")
    return found


def below(floors: Mapping[str, Mapping[str, float]], results: Mapping[str, Result]) -> list[str]:
    """One line for every figure that lies under its floor, or that has a floor and was not measured.

    >>> below({"names": {"f1": 0.7}}, {"names": Result({"f1": 0.65}, 10, "")})
    ['names f1: 0.650 is below its floor, 0.700']
    """
    out = []
    for task, wanted in floors.items():
        if task not in results:
            continue
        for name, floor in wanted.items():
            value = results[task].metrics.get(name)
            if value is None:
                out.append(f"{task} {name}: has a floor and is not measured")
            elif value < floor - _EPSILON:
                out.append(f"{task} {name}: {number(value)} is below its floor, {number(floor)}")
    return out
