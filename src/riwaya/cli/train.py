"""`riwaya train`: a shipped model made again from its data."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("train")
@click.argument("what", metavar="names", type=click.Choice(["names"]))
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), required=True, help="the folder with names/*.conll")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="the file to write; default: the shipped one")
@click.option("--quiet", is_flag=True, help="no progress")
def command(what: str, data: Path, out: Path | None, quiet: bool) -> None:
    """Make a shipped model again from tagged text; the same data gives the same bytes.

    `names`: the name tagger, from the first nine tenths of ANERcorp's training part and Wojood's sample.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded: sums in one order; the matrices are small
    from riwaya.train.names import SHIPPED, train

    train(data, out or SHIPPED, (lambda line: None) if quiet else click.echo)
