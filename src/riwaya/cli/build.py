"""`riwaya build`: from reports to a dossier."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from riwaya.cli.options import iso_day, iso_time, parse_fields
from riwaya.cli.progress import Bars

if TYPE_CHECKING:
    from riwaya.collection import Collection

_LISTED = 20  # skipped inputs named on the terminal; all are in the dossier


@click.command("build")
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
@click.option("-o", "--output", "directory", metavar="DIR", required=True, help="where the dossier goes")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True, help="who does the work")
@click.option("--jobs", type=click.IntRange(1), help="worker processes  [default: the cores]")
@click.option("--as-of", type=iso_day, metavar="DATE", help="no report is from after this day")
@click.option("--published", type=iso_time, metavar="DATE", help="when, for input that does not say")
@click.option("--outlet", metavar="NAME", help="who published it, for input that does not say")
@click.option("--fields", metavar="text=body,...", help="names of the fields of JSON, JSONL, CSV, Parquet input")
@click.option("--stories", type=click.Choice(["one", "auto"]), default="auto", show_default=True, help="one: all is one story")
@click.option("--formats", default="json,html", show_default=True, metavar="json,html,...", help="see `riwaya formats`")
@click.option("--lang", type=click.Choice(["ar", "en"]), default="ar", show_default=True, help="language of the page")
@click.option("--quiet", is_flag=True, help="print nothing but errors")
@click.option("--strict", is_flag=True, help="exit 1 if anything was skipped")
def command(
    inputs: tuple[str, ...], directory: str, engine: str, jobs: int | None, as_of: str | None, published: str | None,
    outlet: str | None, fields: str | None, stories: str, formats: str, lang: str, quiet: bool, strict: bool,
) -> int:  # fmt: skip
    """Read reports, reconstruct what they tell, write the dossier into DIR.

    INPUT: files, folders, globs, or - for JSONL on standard input. `riwaya formats` lists what can be read.
    """
    from riwaya.collection import build
    from riwaya.errors import InputError
    from riwaya.read import read
    from riwaya.tell import check_formats, check_writable

    wanted = check_formats(formats.split(","))
    check_writable(directory)
    reading = read(*inputs, fields=parse_fields(fields), published=published, outlet=outlet)
    with Bars(quiet=quiet) as bars:
        collection = build(reading, as_of=as_of, stories=stories, jobs=jobs, engine=engine, progress=bars)
        if not collection.article_count:
            _list_skipped(collection)
            raise InputError(" ".join(inputs), "no report could be read; `riwaya formats` lists what can be")
        collection.write(directory, wanted, lang, jobs=jobs, progress=bars)
    if not quiet:
        _tell(collection, directory)
    return 1 if strict and collection.skipped else 0


def _tell(collection: Collection, directory: str) -> None:
    from riwaya.tell.account import short_account

    for line in short_account(collection, directory):
        click.echo(line)
    _list_skipped(collection)


def _list_skipped(collection: Collection) -> None:
    for item in collection.skipped[:_LISTED]:
        click.echo(f"skipped: {item.path}: {item.reason}", err=True)
    if len(collection.skipped) > _LISTED:
        click.echo(f"skipped: and {len(collection.skipped) - _LISTED} more; all are listed in the dossier", err=True)
