"""`riwaya serve`: the web application over an archive."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from riwaya.cli.options import archive_file
from riwaya.cli.progress import tell_cuts
from riwaya.errors import MissingExtraError, UsageError
from riwaya.settings.web import WEB
from riwaya.web.security import is_loopback

if TYPE_CHECKING:
    from fastapi import FastAPI

    from riwaya.web.accounts import Accounts

_TOKEN = "RIWAYA_TOKEN"
_INTERRUPTED = 130


class _Serve(click.Command):
    """Takes several sources after one --watch, as `riwaya watch` takes them."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(_spread(args)))


def _spread(args: Sequence[str]) -> Iterator[str]:
    """`--watch a b` as `--watch a --watch b`."""
    watching = first = False
    for arg in args:
        if arg == "--watch":
            watching = first = True
            yield arg
        elif arg.startswith("-") and arg != "-":
            watching = False
            yield arg
        else:
            if watching and not first:
                yield "--watch"
            first = False
            yield arg


@click.command("serve", cls=_Serve)
@archive_file
@click.option("--host", default="127.0.0.1", show_default=True, help="what to listen on; elsewhere than here it needs accounts")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free")
@click.option("--watch", "sources", metavar="SOURCE...", multiple=True, help="feeds, sitemaps, folders, - to add from meanwhile")
@click.option("--token-file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help=f"file with a token that lets in whoever has it; or the variable {_TOKEN}")  # fmt: skip
@click.option("--allow-host", "names", metavar="NAME", multiple=True, help="a further name of this server, as a proxy has it")
@click.option("--tls-cert", metavar="FILE", type=click.Path(exists=True, dir_okay=False), help="certificate, for https")
@click.option("--tls-key", metavar="FILE", type=click.Path(exists=True, dir_okay=False), help="its key")
def command(
    archive: str, host: str, port: int, sources: tuple[str, ...], token_file: Path | None, names: tuple[str, ...],
    tls_cert: str | None, tls_key: str | None,
) -> int:  # fmt: skip
    """Serve the archive as pages to work in, and as JSON under /api/v1, until stopped.

    On this machine alone (127.0.0.1, the default) there are no accounts. Elsewhere there must be a token or users: `riwaya users
    add NAME --archive FILE`.
    """
    _check_extra()
    path = Path(archive)
    _check_tls(tls_cert, tls_key)
    for source in sources:
        _check_source(source)
    accounts = _accounts(path, host, names, _token(token_file))
    listener = _listen(host, port)
    with contextlib.closing(listener):
        _make(path)
        from riwaya.web.app import create_app
        from riwaya.web.background import Background

        with Background(path, sources) as background:
            app = create_app(path, accounts=accounts, background=background, host=host, names=names)
            scheme = "https" if tls_cert else "http"
            _announce(scheme, host, listener.getsockname()[1], path, accounts)
            return _run(app, listener, tls_cert, tls_key, behind_proxy=bool(names))


def _check_extra() -> None:
    try:
        import argon2  # noqa: F401
        import fastapi  # noqa: F401
        import python_multipart  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError:
        raise MissingExtraError("riwaya serve", "serve") from None


def _check_tls(cert: str | None, key: str | None) -> None:
    if bool(cert) != bool(key):
        raise UsageError("https needs both --tls-cert and --tls-key")
    if cert:
        import ssl

        try:
            ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key, password="")
        except (ssl.SSLError, OSError) as error:
            raise UsageError(f"{cert}, {key}: not a certificate and its unlocked key, in PEM ({error})") from None


def _check_source(source: str) -> None:
    from riwaya.watch.loop import check_source

    check_source(source)


def _token(file: Path | None) -> str | None:
    if file is None:
        return os.environ.get(_TOKEN) or None
    try:
        token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: the token cannot be read ({error})") from None
    if not token:
        raise UsageError(f"{file}: there is no token in it; make one with: openssl rand -hex 32 > {file}")
    return token


def _accounts(path: Path, host: str, names: Sequence[str], token: str | None) -> Accounts | None:
    """Who may come in; None on loopback, where everybody may.

    Raises:
        UsageError: the server could be reached from elsewhere by everybody.
    """
    from riwaya.web.accounts import Accounts, accounts_path

    file = accounts_path(path)
    if is_loopback(host) and not names and token is None:
        return None
    if token is None and not file.exists():
        raise UsageError(_OPEN.format(where=f"--host {host}" if not is_loopback(host) else "--allow-host", path=path))
    accounts = Accounts(file, token=token)
    if token is None and not accounts.users():
        accounts.close()
        raise UsageError(_OPEN.format(where=f"--host {host}" if not is_loopback(host) else "--allow-host", path=path))
    return accounts


_OPEN = (
    "with {where} others reach this server, so it needs users or a token: riwaya users add NAME --archive {path}, "
    f"or --token-file FILE, or {_TOKEN}"
)


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        UsageError: the port is taken or not for us, or the host is not this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise UsageError(f"--host {host}: {error.strerror or error}; name an address of this machine, or 127.0.0.1") from None
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise UsageError(
            f"{host}:{port} cannot be listened on ({error.strerror or error}); another program may be there: try another --port"
        ) from None
    return listener


def _make(path: Path) -> None:
    """See that the archive can be opened, make it if it is not there, bring it to this version."""
    from riwaya.archive import Archive

    with Archive.open(path, create=True) as archive:
        tell_cuts(archive)


def _announce(scheme: str, host: str, port: int, path: Path, accounts: Accounts | None) -> None:
    shown = f"[{host}]" if ":" in host else "127.0.0.1" if host in ("0.0.0.0", "") else host
    click.echo(f"{path}: {scheme}://{shown}:{port}/ (Ctrl-C stops)")
    if accounts is not None and scheme == "http" and not is_loopback(host):
        click.echo("riwaya: passwords and reports travel in the clear: use --tls-cert and --tls-key, or a proxy", err=True)
    sys.stdout.flush()


def _run(app: FastAPI, listener: socket.socket, cert: str | None, key: str | None, *, behind_proxy: bool) -> int:
    """Serve until stopped. X-Forwarded-For and -Proto are believed only of a proxy on this machine, where there is one."""
    import uvicorn

    logging.basicConfig(level=logging.WARNING, format="riwaya: %(message)s")
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, date_header=True, ws="none", lifespan="on",
        proxy_headers=behind_proxy, limit_concurrency=WEB.connections, timeout_keep_alive=WEB.keep_alive_seconds,
        timeout_graceful_shutdown=WEB.drain_seconds, ssl_certfile=cert, ssl_keyfile=key, log_config=None,
    )  # fmt: skip
    signal.signal(signal.SIGTERM, _stopped)  # uvicorn raises the signal again when it has shut down
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0


def _stopped(number: int, frame: object) -> None:
    raise SystemExit(0)
