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


def missing(articles: Sequence[Article], carried: Sequence[str]) -> Absent:
    """Who leaves a statement out: reports of the first day it appeared or later, and outlets all of whose such reports do.

    Reports with no known day are counted: they are not known to be earlier. An article with no outlet stands for itself.
    """
    held = set(carried)
    days = [day for a in articles if a.id in held and (day := (a.published.value or "")[:10])]
    first = min(days, default="")
    late = [a for a in articles if a.id not in held and ((a.published.value or "")[:10] or "9999") >= first]
    carriers = {a.outlet or a.id for a in articles if a.id in held}
    outlets = {a.outlet or a.id for a in late} - carriers
    return Absent(tuple(sorted(outlets)), tuple(sorted(a.id for a in late)))
