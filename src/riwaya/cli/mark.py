"""`riwaya mark`: what Riwaya sees in one text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riwaya.cli.options import iso_time

if TYPE_CHECKING:
    from riwaya.mark.names import NameConvention


@click.command("mark")
@click.argument("source", metavar="TEXT_OR_FILE|-")
@click.option("--published", type=iso_time, metavar="DATE", help="the day that أمس is counted from")
@click.option("--names", type=click.Choice(["news", "conll"]), default="news", help="conll: names as tagged newswire marks them")
@click.option("--json", "as_json", is_flag=True, help="print the marks as JSON, in the forms of dossier.json")
def command(source: str, published: str | None, names: NameConvention, as_json: bool) -> None:
    """Print what Riwaya sees in one text: sentences, times, figures, names, quotes.

    The text is given on the command line, as the name of a file, or - for standard input.
    """
    from riwaya.api import mark
    from riwaya.tell.marks import marks_as_json, marks_as_lines

    text = _text(source)
    marks = mark(text, published, names=names)
    if as_json:
        click.echo(marks_as_json(marks))
    else:
        for line in marks_as_lines(text, marks):
            click.echo(line)


def _text(source: str) -> str:
    from riwaya.read.decode import decode

    if source == "-":
        return decode(sys.stdin.buffer.read())
    try:
        path = Path(source)
        if path.is_file():
            return decode(path.read_bytes())
    except (OSError, ValueError):  # a text is too long for a file's name, or holds a NUL
        pass
    return source
