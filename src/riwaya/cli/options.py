"""Values that several commands take."""

from __future__ import annotations

import re
from datetime import date

import click

_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?")


def iso_day(value: str) -> str:
    """A day, YYYY-MM-DD.

    Raises:
        click.BadParameter: it is not one.
    """
    return _iso(value, times=False)


def iso_time(value: str) -> str:
    """A day, YYYY-MM-DD, or a minute of it, YYYY-MM-DDThh:mm[offset].

    Raises:
        click.BadParameter: it is neither.
    """
    return _iso(value, times=True)


def _iso(value: str, *, times: bool) -> str:
    match = _TIMED.fullmatch(value)
    if match is None or (match.group(2) and not times):
        raise click.BadParameter(f"{value!r} is not a date such as 2022-01-13")
    try:
        date.fromisoformat(match.group(1))
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day of the calendar") from None
    return value


def parse_fields(given: str | None) -> dict[str, str] | None:
    """`text=body,title=head` as a mapping.

    Raises:
        click.BadParameter: a part is not NAME=FIELD, or the name is not one of an article's.
    """
    if given is None:
        return None
    known = ("text", "title", "published", "date", "outlet", "url", "byline", "author", "language")
    fields: dict[str, str] = {}
    for part in given.split(","):
        name, equals, field = part.partition("=")
        if not equals or not field.strip():
            raise click.BadParameter(f"{part!r} is not NAME=FIELD", param_hint="--fields")
        if name.strip() not in known:
            raise click.BadParameter(f"{name.strip()!r} is not one of {', '.join(known)}", param_hint="--fields")
        fields[name.strip()] = field.strip()
    return fields


archive_file = click.option("--archive", metavar="FILE", required=True, help="the archive")
"""The option that every command over an archive takes."""
