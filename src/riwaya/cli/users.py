"""`riwaya users`: who may come into an archive that is served to others."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riwaya.cli.options import archive_file
from riwaya.errors import InputError

if TYPE_CHECKING:
    from riwaya.web.accounts import Accounts


@contextmanager
def _open(archive: str, *, create: bool = False) -> Iterator[Accounts]:
    from riwaya.web.accounts import Accounts, accounts_path

    path = accounts_path(Path(archive))
    if not create and not path.is_file():
        raise InputError(str(path), "no users are kept here; `riwaya users add NAME --archive FILE` adds the first")
    accounts = Accounts(path)
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
@archive_file
def add(name: str, archive: str) -> None:
    """Add a user; the password is asked for, or read from standard input."""
    with _open(archive, create=True) as accounts:
        accounts.add(name, _password())


@command.command("list")
@archive_file
def list_(archive: str) -> None:
    """Name all users."""
    with _open(archive) as accounts:
        for name in accounts.users():
            click.echo(name)


@command.command("remove")
@click.argument("name")
@archive_file
def remove(name: str, archive: str) -> None:
    """Remove a user and end his sessions; his corrections stay."""
    with _open(archive) as accounts:
        accounts.remove(name)


@command.command("password")
@click.argument("name")
@archive_file
def password(name: str, archive: str) -> None:
    """Give a user another password and end his sessions."""
    with _open(archive) as accounts:
        accounts.change(name, _password())
