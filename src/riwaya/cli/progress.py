"""What is told on standard error: progress bars (over two seconds of work, and only on a terminal), adding that was cut."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from riwaya.archive import Archive

_DELAY = 2.0  # seconds before a bar appears: shorter work needs none


def tell_cuts(archive: Archive) -> None:
    """Say on standard error when adding to this archive was cut: every command that writes begins with it."""
    for cut in archive.cuts():
        click.echo(f"riwaya: {cut.line()}", err=True)


class Bars:
    """One bar a stage, made as the stages report."""

    def __init__(self, *, quiet: bool) -> None:
        self._off = quiet or not sys.stderr.isatty()
        self._stage: str | None = None
        self._bar: Any = None

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Take a report of the pipeline."""
        if self._off:
            return
        if stage != self._stage:
            self.close()
            from tqdm import tqdm

            self._stage = stage
            self._bar = tqdm(total=total, desc=stage, delay=_DELAY, leave=False, file=sys.stderr, dynamic_ncols=True)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the present bar."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def __enter__(self) -> Bars:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
