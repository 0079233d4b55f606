"""`riwaya export`: stories of an archive, written as `riwaya build` writes them."""

from __future__ import annotations

import click

from riwaya.cli.options import archive_file
from riwaya.cli.progress import Bars, tell_cuts


@click.command("export")
@click.argument("stories", metavar="[STORY]...", nargs=-1)
@click.option("-o", "--output", "directory", metavar="DIR", required=True, help="where the dossier goes")
@archive_file
@click.option("--formats", default="json,html", show_default=True, metavar="json,html,...", help="see `riwaya formats`")
@click.option("--lang", type=click.Choice(["ar", "en"]), default="ar", show_default=True, help="language of the page")
@click.option("--jobs", type=click.IntRange(1), help="worker processes  [default: the cores]")
@click.option("--quiet", is_flag=True, help="print nothing but errors")
def command(
    stories: tuple[str, ...], directory: str, archive: str, formats: str, lang: str, jobs: int | None, quiet: bool
) -> None:
    """Write the dossiers of stories, by their ids (former ones too), into DIR; of every story when none is named."""
    from riwaya.archive import Archive
    from riwaya.errors import InputError
    from riwaya.tell import check_formats, check_writable
    from riwaya.tell.account import counted

    wanted = check_formats(formats.split(","))
    check_writable(directory)
    with Archive.open(archive) as opened, Bars(quiet=quiet) as bars:
        tell_cuts(opened)
        collection = opened.collection(stories or None, jobs=jobs, progress=bars)
        if not collection.article_count:
            raise InputError(archive, "the archive holds no report; `riwaya add INPUT... --archive FILE` adds some")
        collection.write(directory, wanted, lang, jobs=jobs, progress=bars)
        if not quiet:
            bars.close()
            what = f"{counted(len(collection), 'story', 'stories')} of {counted(collection.article_count, 'report')}"
            click.echo(f"{what} written to {directory}")
