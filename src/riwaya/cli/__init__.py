"""The command line: one module a command, each loaded when it is used."""

from __future__ import annotations

import importlib
import os
import sys

import click

from riwaya.errors import ArchiveError, RiwayaError
from riwaya.version import __version__

_COMMANDS = {
    "build": "read, reconstruct, write the dossier; print a short account of what was found",
    "add": "add reports to an archive; say what was new, known, skipped",
    "search": "find reports of an archive by their words, in any spelling",
    "export": "stories of an archive, written as build writes them",
    "correct": "overrule what was found, list what was overruled, undo it",
    "archive": "look after an archive: info, check, compact, reindex",
    "watch": "feeds, sitemaps and folders into an archive, until stopped",
    "mark": "what Riwaya sees in one text: sentences, times, figures, names, quotes",
    "serve": "the archive as pages to work in and as JSON, until stopped",
    "users": "who may come into an archive that is served to others",
    "formats": "what it reads and writes",
    "evaluate": "how accurate it is, measured on data that others made",
    "train": "make a shipped model again from its data, byte for byte",
    "explain": "why: the reasons and weights behind an entity, passage, statement, dispute or date",
}
_UNREADABLE = frozenset(("sqlite3", "zlib", "json", "orjson", "struct"))  # whose errors mean that stored bytes are not ours
_INTERRUPTED = 130  # 128 + SIGINT, as shells report it


class _Commands(click.Group):
    """Finds a command's module only when the command is named, so that `riwaya --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"riwaya.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="riwaya", message="%(prog)s %(version)s")
def cli() -> None:
    """Riwaya reads what many outlets published about an event, in Arabic, and reconstructs the event.

    What happened, who said it, through whom it reached each outlet, who copied whom, where the accounts agree, where they
    differ and what each leaves out. Offline; every line leads back to the exact words of the reports.
    """


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0, 1, 2, 3 or 130; an error is one line on standard error."""
    # Before numpy is loaded: its matrices here are small, and a second thread beside workers costs 5 % of marking.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = cli.main(args, prog_name="riwaya", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        code = 2
    except click.ClickException as error:
        _complain(error.format_message())
        code = 2
    except RiwayaError as error:
        _complain(str(error))
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted; nothing was written")
        code = _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (`riwaya mark … | head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in _UNREADABLE:
            raise
        _complain(f"the archive is damaged, or holds what no Riwaya wrote ({error}); `riwaya archive check` looks closer")
        code = ArchiveError.exit_code
    sys.exit(code if isinstance(code, int) else 0)


def _complain(message: str) -> None:
    click.echo(f"riwaya: {' '.join(message.split())}", err=True)
