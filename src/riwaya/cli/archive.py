"""`riwaya archive`: look after an archive."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from riwaya.cli.options import archive_file
from riwaya.cli.progress import Bars, tell_cuts

_FAULTY = 3  # exit code: the archive cannot be relied on


@click.group("archive")
def command() -> None:
    """Look after an archive."""


@command.command("info")
@archive_file
@click.option("--json", "as_json", is_flag=True, help="print it as JSON")
def info(archive: str, as_json: bool) -> None:
    """What the archive holds, in numbers."""
    from riwaya.archive import Archive
    from riwaya.tell.account import counted

    with Archive.open(archive, read_only=True) as opened:
        found = opened.info()
        cuts = opened.cuts()
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    share = f", {found.bytes / found.text_bytes:.1f} times the text" if found.text_bytes else ""
    click.echo(f"{found.path}: {found.bytes:,} bytes{share}; schema {found.schema}, {found.generator}")
    days = f", {found.first[:10]} to {found.last[:10]}" if found.first and found.last else ""
    reports, outlets = counted(found.articles, "report"), counted(found.outlets, "outlet")
    click.echo(f"  {reports} of {outlets}{days}; {counted(found.skipped, 'input')} skipped")
    stories, statements = counted(found.stories, "story", "stories"), counted(found.statements, "statement")
    click.echo(f"  {stories}, {found.stale:,} of them to be woven; {statements}")
    click.echo(f"  {counted(found.corrections, 'correction')}")
    for cut in cuts:
        click.echo(f"  {cut.line()}")


@command.command("check")
@archive_file
@click.option("--quiet", is_flag=True, help="print nothing but faults")
def check(archive: str, quiet: bool) -> int:
    """Whether the archive is whole and consistent; exit 3 if it is not."""
    from riwaya.archive import Archive
    from riwaya.tell.account import counted

    with Archive.open(archive) as opened, Bars(quiet=quiet) as bars:
        faults = opened.check(progress=bars)
        bars.close()
        tell_cuts(opened)
        articles, stories = opened.info().articles, opened.info().stories
    for fault in faults:
        click.echo(f"fault: {fault}", err=True)
    if not faults and not quiet:
        click.echo(f"{archive}: {counted(articles, 'report')}, {counted(stories, 'story', 'stories')}, no fault found")
    return _FAULTY if faults else 0


@command.command("compact")
@archive_file
@click.option("--quiet", is_flag=True, help="print nothing but errors")
def compact(archive: str, quiet: bool) -> None:
    """Drop what nothing refers to, and give the room back to the disk."""
    from riwaya.archive import Archive

    with Archive.open(archive) as opened:
        tell_cuts(opened)
        before, after = opened.compact()
    if not quiet:
        click.echo(f"{archive}: {before:,} bytes before, {after:,} after")


@command.command("reindex")
@archive_file
@click.option("--quiet", is_flag=True, help="print nothing but errors")
def reindex(archive: str, quiet: bool) -> None:
    """Make the search index and the list of names again."""
    from riwaya.archive import Archive
    from riwaya.tell.account import counted

    with Archive.open(archive) as opened, Bars(quiet=quiet) as bars:
        tell_cuts(opened)
        count = opened.reindex(progress=bars)
    if not quiet:
        click.echo(f"{archive}: {counted(count, 'report')} indexed")
