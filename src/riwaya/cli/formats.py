"""`riwaya formats`: what it reads and writes."""

from __future__ import annotations

import click


@click.command("formats")
def command() -> None:
    """List what Riwaya reads and what it writes."""
    from riwaya.read.formats import READ_FORMATS
    from riwaya.tell.formats import NOTE, WRITE_FORMATS

    click.echo("Reads (each also as .gz, and inside .zip and .tar.gz):")
    for name, what in READ_FORMATS.items():
        click.echo(f"  {name:<20} {what}")
    click.echo("Writes (--formats):")
    for name, what in WRITE_FORMATS.items():
        click.echo(f"  {name:<20} {what}")
    click.echo(f"  {NOTE}")
