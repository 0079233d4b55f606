"""`riwaya search`: reports of an archive by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from riwaya.cli.options import archive_file, iso_day

if TYPE_CHECKING:
    from riwaya.archive import Found, Hit

_MOST = 2**31 - 1  # the index counts no further
_STANDINGS = ["corroborated", "repeated", "single", "disputed"]


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@archive_file
@click.option("--outlet", metavar="NAME", help="only what it published")
@click.option("--from", "since", type=iso_day, metavar="DATE", help="only from this day on")
@click.option("--to", "until", type=iso_day, metavar="DATE", help="only until this day")
@click.option("--person", metavar="NAME", help="only reports that name this person, however spelled")
@click.option("--place", metavar="NAME", help="only reports that name this place, however spelled")
@click.option("--standing", type=click.Choice(_STANDINGS), help="only reports with a statement that stands so")
@click.option("--limit", type=click.IntRange(1, _MOST), default=10, show_default=True, help="how many to show")
@click.option("--offset", type=click.IntRange(0, _MOST), default=0, help="how many to pass over")
@click.option("--json", "as_json", is_flag=True, help="print the hits as JSON")
def command(
    query: tuple[str, ...], archive: str, outlet: str | None, since: str | None, until: str | None, person: str | None,
    place: str | None, standing: Any, limit: int, offset: int, as_json: bool,
) -> None:  # fmt: skip
    """Find reports by their words, in any spelling: hamza, ta marbuta, diacritics and particles make no difference.

    All the words must stand in a report. "words in a row", one OR two, -without (after --, or inside quotes), begin*.
    """
    from riwaya.archive import Archive, SearchQuery

    asked = SearchQuery(
        " ".join(query), outlet, since, until, place, person, standing, offset=offset, limit=limit
    )
    with Archive.open(archive, read_only=True) as opened:
        found = opened.search(asked)
    if as_json:
        from riwaya.archive.found_json import as_json as told

        click.echo(told(found))
    else:
        _tell(found)


def _tell(found: Found) -> None:
    for also in found.also:
        click.echo(f"also searched for: {also.word} → {'، '.join(also.spellings)}", err=True)
    if found.ignored:
        click.echo(f"passed over: {' '.join(found.ignored)}", err=True)
    if found.unknown:
        click.echo(f"in no report: {'، '.join(found.unknown)}", err=True)
    for hit in found.items:
        click.echo(click.style(hit.title, bold=True))
        where = (hit.outlet, (hit.published or "")[:10], hit.story_id, hit.article_id)
        click.echo("  " + " · ".join(part for part in where if part))
        click.echo(f"  {_extract(hit)}")
        for statement in hit.statements[:1]:
            click.echo(f"  [{statement.standing}{', disputed' if statement.disputed else ''}] {' '.join(statement.text.split())}")
        click.echo()
    last = found.offset + len(found.items)
    click.echo(f"{found.offset + 1 if found.items else 0}-{last} of {found.total}" if found.total else "nothing was found")


def _extract(hit: Hit) -> str:
    """The extract on one line, what was found underlined where the terminal can."""
    start, text, parts, at = hit.extract.span.start, hit.extract.text, list[str](), 0
    for match in hit.extract.matches:
        parts += [text[at : match.start - start], click.style(text[match.start - start : match.end - start], underline=True)]
        at = match.end - start
    told = " ".join("".join([*parts, text[at:]]).split())
    return f"{'… ' if hit.extract.before else ''}{told}{' …' if hit.extract.after else ''}"
