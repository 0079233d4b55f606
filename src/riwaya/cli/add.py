"""`riwaya add`: reports into an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from riwaya.cli.options import archive_file, iso_time, parse_fields
from riwaya.cli.progress import Bars, tell_cuts

if TYPE_CHECKING:
    from riwaya.archive import Added, Archive

_LISTED = 20  # skipped inputs named on the terminal
_INTERRUPTED = 130  # exit code: 128 + SIGINT, as shells report it
_MOVED = 5  # stories named, those that most reports came to first


@click.command("add")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@archive_file
@click.option("--jobs", type=click.IntRange(1), help="worker processes  [default: the cores]")
@click.option("--published", type=iso_time, metavar="DATE", help="when, for input that does not say")
@click.option("--outlet", metavar="NAME", help="who published it, for input that does not say")
@click.option("--fields", metavar="text=body,...", help="names of the fields of JSON, JSONL, CSV, Parquet input")
@click.option("--quiet", is_flag=True, help="print nothing but errors")
@click.option("--strict", is_flag=True, help="exit 1 if anything was skipped")
def command(
    inputs: tuple[str, ...], archive: str, jobs: int | None, published: str | None, outlet: str | None, fields: str | None,
    quiet: bool, strict: bool,
) -> int:  # fmt: skip
    """Add reports to the archive FILE, which is made if it is not there; those that it knows are passed over.

    INPUT: files, folders, globs, or - for JSONL on standard input. `riwaya formats` lists what can be read.
    """
    from riwaya.archive import Archive
    from riwaya.errors import InputError
    from riwaya.read import read

    reading = read(*inputs, fields=parse_fields(fields), published=published, outlet=outlet)
    with Archive.open(archive, create=True) as opened, Bars(quiet=quiet) as bars:
        tell_cuts(opened)
        try:
            added = opened.add(reading, jobs=jobs, progress=bars)
        except KeyboardInterrupt:
            bars.close()
            click.echo("riwaya: interrupted; what had come in stays, the same input can be added again", err=True)
            return _INTERRUPTED
        bars.close()
        if not added.new and not added.known:
            _list_skipped(added)
            raise InputError(" ".join(inputs), "no report could be read; `riwaya formats` lists what can be")
        if not quiet:
            _tell(opened, added)
    return 1 if strict and added.skipped else 0


def _tell(archive: Archive, added: Added) -> None:
    rate = f", {added.new / added.seconds:.0f} a second" if added.new and added.seconds else ""
    click.echo(f"new: {added.new}{rate}; known: {added.known}; skipped: {len(added.skipped)}")
    click.echo(f"stories touched: {len(added.stories)}")
    for one in archive.moved(added, _MOVED):
        click.echo(f"  {one.articles:>5}  {one.title}")
    _list_skipped(added)


def _list_skipped(added: Added) -> None:
    for item in added.skipped[:_LISTED]:
        click.echo(f"skipped: {item.path}: {item.reason}", err=True)
    if len(added.skipped) > _LISTED:
        click.echo(f"skipped: and {len(added.skipped) - _LISTED} more; the archive lists all", err=True)
