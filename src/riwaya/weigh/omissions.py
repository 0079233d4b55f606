"""What a report leaves out that others carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from riwaya.model import Article


@dataclass(frozen=True, slots=True)
class Absent:
    """Articles and outlets that could have carried a statement and do not."""

    outlets: tuple[str, ...]
    articles: tuple[str, ...]


class Omissions:
    """Finds who leaves a statement of a story out. An article with no outlet stands for itself."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._reports = [(a.id, (a.published.value or "")[:10], a.outlet or a.id) for a in articles]
        self._known: dict[tuple[str, ...], Absent] = {}

    def of(self, carried: tuple[str, ...]) -> Absent:
        """Who leaves out what these reports carry: reports of the first day it appeared or later, and outlets all of whose such
        reports do. Reports with no known day are counted: they are not known to be earlier.
        """
        known = self._known.get(carried)
        if known is None:
            known = self._known[carried] = self._find(frozenset(carried))
        return known

    def _find(self, held: frozenset[str]) -> Absent:
        first = min((day for i, day, _ in self._reports if i in held and day), default="")
        late = [(i, outlet) for i, day, outlet in self._reports if i not in held and (day or "9999") >= first]
        outlets = {outlet for _, outlet in late} - {outlet for i, _, outlet in self._reports if i in held}
        return Absent(tuple(sorted(outlets)), tuple(sorted(i for i, _ in late)))
