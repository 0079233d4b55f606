"""`riwaya explain`: why a finding is as it is."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("directory", metavar="DIR")
@click.argument("thing", metavar="ID")
def command(directory: str, thing: str) -> None:
    """Print the reasons and weights behind an entity, passage, statement, dispute, story or date.

    DIR is what `riwaya build` wrote; ID stands in its dossier (an article's id explains its date).
    """
    from riwaya.tell.explain import explain

    for line in explain(directory, thing):
        click.echo(line)
