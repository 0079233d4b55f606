"""Lists of what an archive holds: stories, with what each list shows of one, a page at a time."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from riwaya.archive.numbers import id_of
from riwaya.errors import UsageError
from riwaya.ids import ID_DIGITS

T = TypeVar("T")
Order = Literal["movement", "size", "disputes", "newest"]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list: `total` is the length of all of it."""

    items: list[T]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class StoryQuery:
    """Which stories, in which order.

    text: words that stand in one of the story's reports, as a search takes them; the last may be only begun.
    since, until: ISO days; a story fits if it was in the news between them. `least_reports`: stories of fewer are left out.
    order: "movement" (those that changed last), "size" (most reports), "disputes" (most), "newest" (those that began last).
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    disputed: bool = False
    standing: Literal["corroborated", "repeated", "single"] | None = None
    least_reports: int = 1
    order: Order = "movement"
    offset: int = 0
    limit: int = 50
    text: str = ""


@dataclass(frozen=True, slots=True)
class StoryCard:
    """What a list shows of a story. `touched`: seconds since 1970 when its reports last changed; `stale`: not woven since."""

    id: str
    title: str
    first: str | None
    last: str | None
    articles: int
    outlets: tuple[str, ...]
    origins: int
    parties: int
    corroborated: int
    repeated: int
    single: int
    disputes: int
    contradictions: int
    revisions: int
    made: int
    touched: int
    stale: bool

    @property
    def named_outlets(self) -> tuple[str, ...]:
        """The outlets that have a name; a report that names none counts as an outlet too, by its id."""
        return tuple(name for name in self.outlets if not _ARTICLE_ID.fullmatch(name))


_ARTICLE_ID = re.compile(rf"a-[0-9a-f]{{{ID_DIGITS}}}")
_ORDERS: dict[str, str] = {
    "movement": "touched DESC, n",
    "size": "articles DESC, n",
    "disputes": "disputes DESC, articles DESC, n",
    "newest": "made DESC, n",
}
_COLUMNS = (
    "n, coalesce(title, (SELECT article.title FROM article WHERE article.n = founder), ''), first, last, articles, outlet_names,"
    " origins, parties, corroborated, repeated, single, disputes, contradictions, revisions, made, touched, stale"
)


def stories(
    connection: sqlite3.Connection, query: StoryQuery, holding: tuple[str, Sequence[object]] | None = None
) -> Page[StoryCard]:
    """The stories that fit a query.

    Args:
        connection: to the archive.
        query: which.
        holding: SQL that gives the numbers of the stories that hold the query's text, with its values; None where it has none.

    Raises:
        UsageError: no order has this name.
    """
    if query.order not in _ORDERS:
        raise UsageError(f"no order is called {query.order!r}; there are: {', '.join(_ORDERS)}")
    where: list[str] = []
    values: list[object] = []
    if query.outlet:
        where.append("(char(31) || outlet_names || char(31)) LIKE ('%' || char(31) || ? || char(31) || '%')")
        values.append(query.outlet)
    if query.since:
        where.append("last >= ?")
        values.append(query.since)
    if query.until:
        where.append("first <= ?")
        values.append(query.until + "T99")
    if query.disputed:
        where.append("disputes > 0")
    if query.standing:
        where.append(f"{query.standing} > 0")
    if query.least_reports > 1:
        where.append("articles >= ?")
        values.append(query.least_reports)
    if holding is not None:
        where.append(f"n IN ({holding[0]})")
        values += holding[1]
    told = f" WHERE {' AND '.join(where)}" if where else ""
    (total,) = connection.execute(f"SELECT count(*) FROM story{told}", values).fetchone()
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM story{told} ORDER BY {_ORDERS[query.order]} LIMIT ? OFFSET ?",
        (*values, query.limit, query.offset),
    )
    return Page([card(row) for row in rows], total, query.offset, query.limit)


def cards(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[StoryCard]:
    """The stories with these numbers, in this order; those that are no more are left out."""
    told = ", ".join(str(int(n)) for n in numbers)
    rows = {row[0]: row for row in connection.execute(f"SELECT {_COLUMNS} FROM story WHERE n IN ({told})")}
    return [card(rows[n]) for n in numbers if n in rows]


def card(row: Sequence[Any]) -> StoryCard:
    """A row of `_COLUMNS`."""
    values = list(row)
    values[0], values[5] = id_of("s", values[0]), tuple(values[5].split("\x1f")) if values[5] else ()
    values[-1] = bool(values[-1])
    return StoryCard(*values)


def moved(connection: sqlite3.Connection, reports: Sequence[int], limit: int) -> list[StoryCard]:
    """The stories of two reports or more that hold most of these reports (by number), those first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM story JOIN (SELECT story AS of, count(*) AS came FROM article WHERE n IN"
        " (SELECT value FROM json_each(?)) GROUP BY story) ON n = of"
        " WHERE articles > 1 ORDER BY came DESC, articles DESC, n LIMIT ?",
        (json.dumps(list(reports)), limit),
    )
    return [card(row) for row in rows]
