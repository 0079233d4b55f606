"""`riwaya correct`: the corrections that the page offers, by the same names."""

from __future__ import annotations

import getpass
import re
from typing import TYPE_CHECKING

import click

from riwaya.cli.options import archive_file
from riwaya.cli.progress import tell_cuts
from riwaya.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from riwaya.archive import Archive
    from riwaya.model import Correction, Span

_SPAN = re.compile(r"([^:\s]+)(?::(\d{1,9})-(\d{1,9}))?", re.ASCII)
_SHOWN = 60  # characters of what is no span, in the error
_CITED = {  # what each of `model.CorrectionAction` cites, and what it does
    "merge": ("SPAN SPAN...", "The names that stand at the spans are one, also across stories, of the kind of the first."),
    "split": ("SPAN SPAN...", "The names spelled as those at the second span and on are another than the one at the first."),
    "not-copy": ("SPAN SPAN", "What two reports share at these spans is no copy, nor a paraphrase."),
    "speaker": ("SPAN [SPAN]", "What is said at the first span is said by VALUE; the second span holds the words that name him."),
    "date": ("ARTICLE", "The report is from VALUE."),
    "not-story": ("ARTICLE ARTICLE", "The first report is not of the story of the second."),
    "same-story": ("ARTICLE ARTICLE...", "The reports are one story."),
    "counts": ("SPAN", "The figure at the span counts VALUE."),
}
_VALUE = {
    "speaker": "the speaker's name",
    "date": "YYYY-MM-DD, or YYYY-MM-DDThh:mm with an offset where known",
    "counts": "a kind such as killed, or killed:عمال",
}
_OF_REPORTS = frozenset(("date", "not-story", "same-story"))  # a report is meant: its id is enough


@click.group("correct")
def command() -> None:
    """Overrule what Riwaya found: kept with author, date and reason, undone by one command; no report is ever edited.

    A SPAN is ARTICLE:START-END: a report's id, and code points into its text, the end left out. Where a whole report is meant,
    its id alone will do.
    """


def _offer(action: str) -> None:
    """Make the command of an action."""
    metavar, told = _CITED[action]
    valued = action in _VALUE

    @command.command(action, help=told, short_help=told)
    @click.argument("cited", metavar=metavar, nargs=-1, required=True)
    @archive_file
    @click.option("--value", metavar="VALUE", required=valued, hidden=not valued, help=_VALUE.get(action))
    @click.option("--reason", metavar="TEXT", default="", help="why, in your own words")
    @click.option("--author", metavar="NAME", help="who says so  [default: your login name]")
    @click.option("--quiet", is_flag=True, help="print nothing but errors")
    def make(
        cited: tuple[str, ...], archive: str, value: str | None, reason: str, author: str | None, quiet: bool
    ) -> None:
        from datetime import UTC, datetime

        from riwaya.archive import Archive
        from riwaya.serial.corrections import make_correction

        spans = [_span(action, one) for one in cited]
        one = make_correction(action, spans, value, author=author or _login(), made=datetime.now(UTC), reason=reason)
        with Archive.open(archive) as opened:
            tell_cuts(opened)
            former = _stories(opened, one)
            opened.correct(one)
            _settle(opened, one, former)
            for aside in opened.set_aside():
                if aside.path == f"correction {one.id}":
                    click.echo(f"riwaya: {one.id} is kept, but {_line(aside.reason)}", err=True)
        if not quiet:
            click.echo(f"{one.id}; to take it back: riwaya correct undo {one.id} --archive {archive}")


for _action in _CITED:
    _offer(_action)


@command.command("list")
@archive_file
@click.option("--standing", is_flag=True, help="leave out those that were undone")
@click.option("--json", "form", flag_value="json", help="print them as JSON")
@click.option("--csv", "form", flag_value="csv", help="print them as a table: a row a span, with the words that stand there")
def list_(archive: str, standing: bool, form: str | None) -> None:
    """All corrections, in the order in which they were made."""
    from riwaya.archive import Archive

    with Archive.open(archive, read_only=True) as opened:
        found = opened.corrections(active_only=standing)
        if form == "csv":
            from riwaya.serial.corrections import corrections_csv

            click.echo(corrections_csv(found, lambda article_id: _text(opened, article_id)), nl=False)
        elif form == "json":
            _as_json(found)
        else:
            for one in found:
                click.echo(_told(opened, one))


@command.command("undo")
@click.argument("correction", metavar="ID")
@archive_file
@click.option("--author", metavar="NAME", help="who says so  [default: your login name]")
@click.option("--quiet", is_flag=True, help="print nothing but errors")
def undo(correction: str, archive: str, author: str | None, quiet: bool) -> None:
    """Take a correction back; it stays on record."""
    from riwaya.archive import Archive

    with Archive.open(archive) as opened:
        tell_cuts(opened)
        one = next((c for c in opened.corrections() if c.id == correction), None)
        former = _stories(opened, one) if one is not None else set()
        done = opened.undo(correction, author or _login())
        if one is not None:
            _settle(opened, one, former)
    if not quiet:
        click.echo(f"{correction} is undone" if done else f"{correction} was undone before")


def _span(action: str, given: str) -> Span:
    """What is cited: ARTICLE:START-END, or ARTICLE alone where a whole report is meant.

    Raises:
        UsageError: it is neither.
    """
    from riwaya.model import Span

    found = _SPAN.fullmatch(given)
    if found is None or (found[2] is None and action not in _OF_REPORTS):
        raise UsageError(f"{action}: {given[:_SHOWN]!r} is no span; it is written ARTICLE:START-END")
    return Span(found[1], int(found[2] or 0), int(found[3] or 0))


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, as containers have them
        raise UsageError("who says so? your login has no name here: add --author NAME") from None


def _stories(opened: Archive, one: Correction) -> set[str]:
    """The stories of the reports that a correction cites."""
    found = set()
    for article_id in {s.article_id for s in one.spans}:
        try:
            found.add(opened.reader.story_of(article_id))
        except NotFoundError:  # whoever makes the correction is told by the archive
            continue
    return found


def _settle(opened: Archive, one: Correction, former: Iterable[str]) -> None:
    """Weave the stories that a correction touched, so that what is read next knows of it."""
    for story_id in sorted({now for was in former if (now := opened.resolve(was))} | _stories(opened, one)):
        opened.refresh(story_id=story_id, jobs=1)


def _as_json(found: Iterable[Correction]) -> None:
    import json

    from riwaya.serial.corrections import correction_dict
    from riwaya.serial.json_ import clean

    click.echo(json.dumps(clean([correction_dict(one) for one in found]), ensure_ascii=False, indent=2))


def _told(opened: Archive, one: Correction) -> str:
    """A correction in some lines: what it says, who says so, and the words that it cites."""
    undone = f"; undone {one.undone[:10]} by {one.undone_by or '?'}" if one.undone else ""
    value = f" {one.value!r}" if one.value else ""
    why = f": {one.reason}" if one.reason else ""
    lines = [f"{one.id}  {one.action}{value}  {one.author}, {one.made[:10]}{why}{undone}"]
    for span in one.spans:
        text = _text(opened, span.article_id)
        words = "(not in this archive)" if text is None else text[span.start : span.end]
        lines.append(f"    {span.article_id}:{span.start}-{span.end}  {words}")
    return "\n".join(_line(line, indent=line[:4].isspace()) for line in lines)


def _line(told: str, *, indent: bool = False) -> str:
    """On one line, without what a terminal would obey: words of strangers may hold it."""
    shown = "".join(c if c.isprintable() else " " for c in told)
    return f"{'    ' if indent else ''}{' '.join(shown.split())}"


def _text(opened: Archive, article_id: str) -> str | None:
    try:
        return opened.article(article_id).article.text
    except NotFoundError:
        return None
