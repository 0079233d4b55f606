"""`riwaya evaluate`: how accurate Riwaya is, on data that others made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riwaya.cli.progress import Bars

if TYPE_CHECKING:
    from riwaya.evaluate import Result, Source, Task

_BELOW = 1  # exit code when a figure lies below its floor


@click.command("evaluate")
@click.argument("tasks", metavar="[TASK]...", nargs=-1)
@click.option("--data", type=click.Path(path_type=Path), default=Path("../shared/data"), show_default=True,
              help="the folder with data by others")  # fmt: skip
@click.option("--file", "file", type=click.Path(path_type=Path), help="measure one task on a file of the same form instead")
@click.option("--json", "as_json", is_flag=True, help="print {TASK: {metrics: {NAME: number}, n, data}}")
@click.option("--misses", type=click.IntRange(min=0), default=0, metavar="N", help="show the first N misses of each task")
@click.option("--sample", is_flag=True, help="measure on fixed small samples (minutes, not an hour)")
@click.option("--floors", type=click.Path(path_type=Path), help="a TOML file of floors; exit 1 where a figure lies below its own")
@click.option("--table", is_flag=True, help="print the figures as a Markdown table")
def command(
    tasks: tuple[str, ...], data: Path, file: Path | None, as_json: bool, misses: int, sample: bool, floors: Path | None,
    table: bool,
) -> int:  # fmt: skip
    """Measure how accurate Riwaya is, on real data, with the code that ships.

    Without a TASK, all of them: names spellings times numbers passages agencies direction stories furniture quotes figures
    agreement statements seeds.
    """
    from riwaya.errors import InputError, UsageError
    from riwaya.evaluate import TASKS, Source, task
    from riwaya.evaluate.report import below, lines, plain, read_floors
    from riwaya.evaluate.report import table as as_table

    if file is not None and len(tasks) != 1:
        raise UsageError("--file measures one task: name it")
    for path in (file, None if file else data):
        if path is not None and not path.exists():
            raise InputError(str(path), "not there")
    wanted = read_floors(floors) if floors else {}
    chosen = [task(name) for name in dict.fromkeys(tasks or TASKS)]
    if file is not None and not chosen[0].form:
        raise UsageError(f"{chosen[0].name} is measured on collections; it reads no single file")
    results: dict[str, Result] = {}
    for one in chosen:
        results[one.name] = _measure(one, Source(data, file, sample), quiet=as_json)
        if not as_json and not table:
            click.echo("\n".join(lines(one, results[one.name], misses)))
    if as_json:
        click.echo(json.dumps(plain(results, misses), ensure_ascii=False, indent=1))
    if table:
        click.echo(as_table(chosen, results))
    complaints = below(wanted, results)
    for complaint in complaints:
        click.echo(f"riwaya: {complaint}", err=True)
    return _BELOW if complaints else 0


def _measure(one: Task, source: Source, *, quiet: bool) -> Result:
    from dataclasses import replace

    with Bars(quiet=quiet) as bars:
        return one.run(replace(source, progress=lambda done, total: bars(one.name, done, total)))
