"""`riwaya users`: who may come into an archive that is served to others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from riwaya.web.accounts import Accounts

_archive = click.option(
    "--archive", "path", metavar="FILE", required=True, type=click.Path(dir_okay=False, path_type=Path), help="the archive"
)


@contextmanager
def _open(path: Path) -> Iterator[Accounts]:
    from riwaya.web.accounts import Accounts, accounts_path

    accounts = Accounts(accounts_path(path))
    try:
        yield accounts
    finally:
        accounts.close()


def _password() -> str:
    """Typed twice on a terminal, else the first line of standard input."""
    if sys.stdin.isatty():
        typed: str = click.prompt("password", hide_input=True, confirmation_prompt=True, err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


@click.group("users")
def command() -> None:
    """Users of `riwaya serve`. They stand in FILE.accounts, beside the archive, never in it; passwords are hashed."""


@command.command("add")
@click.argument("name")
@_archive
def add(name: str, path: Path) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    with _open(path) as accounts:
        accounts.add(name, _password())


@command.command("list")
@_archive
def list_(path: Path) -> None:
    """Name all users."""
    with _open(path) as accounts:
        for name in accounts.users():
            click.echo(name)


@command.command("remove")
@click.argument("name")
@_archive
def remove(name: str, path: Path) -> None:
    """Remove a user and end his sessions; his corrections stay."""
    with _open(path) as accounts:
        accounts.remove(name)


@command.command("password")
@click.argument("name")
@_archive
def password(name: str, path: Path) -> None:
    """Give a user another password and end his sessions."""
    with _open(path) as accounts:
        accounts.change(name, _password())
