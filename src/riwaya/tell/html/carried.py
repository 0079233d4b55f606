"""Who leaves out what: statements by outlets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from riwaya.model import Span
from riwaya.tell.html.desk import Desk, Outlet
from riwaya.tell.html.stands import Line


@dataclass(frozen=True, slots=True)
class Cell:
    """What an outlet does with a statement: carries it, says otherwise, or neither."""

    state: str  # yes, other, no
    href: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One statement."""

    line: Line
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Carried:
    """The table. `others` is how many outlets had no column of their own."""

    outlets: list[Outlet]
    shown: list[Row]
    folded: list[Row]
    others: int
    more: int  # statements beyond the longest table


def carried(desk: Desk, lines: Iterable[Line], *, rows: int, most: int, columns: int) -> Carried | None:
    """The section; None where there is one outlet only.

    Args:
        desk: the story.
        lines: the statements.
        rows: how many stand before the rest folds away.
        most: how many rows in all.
        columns: how many outlets have a column: those that carry most.
    """
    if len(desk.outlets) < 2:  # noqa: PLR2004 - one outlet leaves out nothing that another has
        return None
    otherwise = _otherwise(desk)
    table = []
    for line in lines:
        places: dict[str, str] = {}
        for chip in line.chips:
            places.setdefault(chip.report.outlet, chip.href)
        table.append((line, places, otherwise.get(line.id, {})))
    load = {o.key: sum(o.key in places for _, places, _ in table) for o in desk.outlets}
    heaviest = sorted(desk.outlets, key=lambda o: (-load[o.key], desk.outlets.index(o)))[:columns]
    outlets = [o for o in desk.outlets if o in heaviest]
    table.sort(key=lambda r: (-len(r[1]), [o.key not in r[1] for o in outlets], r[0].weight))
    all_rows = [Row(line, [_cell(o, places, other) for o in outlets]) for line, places, other in table]
    others, more = len(desk.outlets) - len(outlets), max(0, len(all_rows) - most)
    return Carried(outlets, all_rows[:rows], all_rows[rows:most], others, more)


def _cell(outlet: Outlet, places: dict[str, str], other: dict[str, str]) -> Cell:
    if outlet.key in places:
        return Cell("yes", places[outlet.key])
    if outlet.key in other:
        return Cell("other", other[outlet.key])
    return Cell("no", None)


def _otherwise(desk: Desk) -> dict[str, dict[str, str]]:
    """For each disputed statement, the outlets on another side of its dispute and where they say so."""
    found: dict[str, dict[str, str]] = {}
    for dispute in desk.dossier.disputes:
        for statement_id in dispute.statement_ids:
            statement = desk.statements.get(statement_id)
            if statement is None:
                continue
            for side in dispute.sides:
                if any(_meet(a, b) for a in side.spans for b in statement.spans):
                    continue
                for chip in desk.chips(side.spans):
                    found.setdefault(statement_id, {}).setdefault(chip.report.outlet, chip.href)
    return found


def _meet(a: Span, b: Span) -> bool:
    return a.article_id == b.article_id and a.start < b.end and b.start < a.end
