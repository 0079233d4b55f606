"""`riwaya watch`: feeds, sitemaps and folders into an archive, until stopped."""

from __future__ import annotations

import os
import shlex
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

import click

from riwaya.cli.options import archive_file

if TYPE_CHECKING:
    from riwaya.watch.address import Guard
    from riwaya.watch.deliver import Command, Webhook
    from riwaya.watch.loop import Watch

_SECRET = "RIWAYA_WEBHOOK_SECRET"  # in the environment, where other users of the machine do not see it
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_INTERRUPTED = 130  # 128 + SIGINT, as shells report it


@click.command("watch")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@archive_file
@click.option("--once", is_flag=True, help="visit each source once, then end")
@click.option("--every", type=click.FloatRange(min=0, min_open=True), metavar="MINUTES",
              help="between two visits to a feed or sitemap  [default: 10]")  # fmt: skip
@click.option("--webhook", metavar="URL", help=f"POST each alert there as JSON; signed if {_SECRET} is set")
@click.option("--command", "program", metavar="CMD", help="start a program for each alert, JSON on its standard input")
@click.option("--allow-private", is_flag=True, help="also fetch from this machine and the local network")
@click.option("--quiet", is_flag=True, help="print nothing but errors")
def command(
    sources: tuple[str, ...], archive: str, once: bool, every: float | None, webhook: str | None, program: str | None,
    allow_private: bool, quiet: bool,
) -> int:  # fmt: skip
    """Watch sources, and add what they publish to the archive FILE, which is made if it is not there.

    SOURCE: the URL of a feed (RSS, Atom) or of a sitemap; a folder; or - for JSONL on standard input. Pages are asked for
    politely (robots.txt, a pause between two requests to one host) and again later, so that silent edits show as versions.
    """
    from pathlib import Path

    from riwaya.errors import InputError
    from riwaya.watch.address import Guard
    from riwaya.watch.loop import Watch

    def tell(line: str) -> None:
        if not quiet:
            click.echo(f"{time.strftime('%H:%M:%S')} {_harmless(line)}")

    def complain(line: str) -> None:
        click.echo(f"{time.strftime('%H:%M:%S')} {_harmless(line)}", err=True)

    guard = Guard(allow_private=allow_private)
    watch = Watch(sources, Path(archive), every=every, guard=guard, receivers=_receivers(webhook, program, guard), tell=tell,
                  complain=complain)  # fmt: skip
    _mind_proxies(sources, complain)
    signals = _stop_on_signals(watch)
    tell(f"{len(watch.sources)} source{'s' * (len(watch.sources) != 1)} into {archive}" + ("" if once else "; Ctrl-C ends it"))
    status = watch.run(once=once)
    tell(f"new: {status.reports}; changed: {status.versions}; alerts: {status.alerts}")
    failed = [s for s in status.sources if s.errors]
    if once and len(failed) == len(status.sources):
        raise InputError(" ".join(sources), "no source could be read")
    return _INTERRUPTED if signal.SIGINT in signals else 0


def _harmless(line: str) -> str:
    """A line that may hold words of strangers, without what a terminal would obey."""
    return "".join(c for c in line if c.isprintable())


def _receivers(webhook: str | None, program: str | None, guard: Guard) -> list[Webhook | Command]:
    """What alerts are handed to.

    Raises:
        click.BadParameter: the URL is none, or the command is empty or its quotes do not close.
    """
    from riwaya.errors import InputError
    from riwaya.watch.address import parse_url
    from riwaya.watch.deliver import Command, Webhook
    from riwaya.watch.fetch import Fetcher

    found: list[Webhook | Command] = []
    if webhook is not None:
        try:
            parse_url(webhook)
        except InputError as error:
            raise click.BadParameter(str(error), param_hint="--webhook") from None
        found.append(Webhook(webhook, Fetcher(guard), os.environ.get(_SECRET)))
    if program is not None:
        try:
            argv = shlex.split(program)
        except ValueError as error:
            raise click.BadParameter(f"{program!r}: {error}", param_hint="--command") from None
        if not argv:
            raise click.BadParameter("no program in it", param_hint="--command")
        found.append(Command(argv))
    return found


def _mind_proxies(sources: tuple[str, ...], complain: Callable[[str], None]) -> None:
    """Say that a proxy of the environment is not used, where somebody may count on it."""
    named = [name for name in _PROXIES if os.environ.get(name) or os.environ.get(name.upper())]
    if named and any("://" in s for s in sources):
        complain(f"{named[0]} is set but not used: sources are fetched directly, so that their addresses can be checked")


def _stop_on_signals(watch: Watch) -> list[int]:
    """End the watch on SIGINT and SIGTERM with what it has fetched in the archive; a second signal ends it at once.

    Returns:
        The signals that came, filled as they do.
    """
    came: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        if came:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        came.append(number)
        watch.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    return came
