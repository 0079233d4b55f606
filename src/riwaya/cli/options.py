"""Values that several commands take."""

from __future__ import annotations

import re
from datetime import date

import click

_TIMED = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?")


class IsoDate(click.ParamType):
    """A day, YYYY-MM-DD; with `times`, also YYYY-MM-DDThh:mm."""

    name = "date"

    def __init__(self, *, times: bool = False) -> None:
        self._times = times

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The value itself, once it is known to be a date."""
        match = _TIMED.fullmatch(value)
        if match is None or (match.group(2) and not self._times):
            self.fail(f"{value!r} is not a date such as 2022-01-13", param, ctx)
        try:
            date.fromisoformat(match.group(1))
        except ValueError:
            self.fail(f"{value!r} is not a day of the calendar", param, ctx)
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
