"""Whose words a report carries without saying so: the agencies that supplied the passages which it shares with others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from riwaya.model import Passage
from riwaya.settings.passages import PASSAGES


def carried_agencies(article_id: str, passages: Iterable[Passage]) -> list[tuple[str, int]]:
    """The agencies of whose text a report carries copies, with the characters of it, the most first.

    Args:
        article_id: the report.
        passages: of its story, with their direction and source settled.

    Returns:
        Names and code points. Of several agencies those are left out whose share is small beside the first one's: they quote the
        same document, or another report mixes them.
    """
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for passage in passages:
        if passage.kind == "copy" and passage.source is not None:
            places[passage.source] += [(s.start, s.end) for s in (passage.a, passage.b) if s.article_id == article_id]
    sizes = {name: size for name, spans in places.items() if (size := _covered(spans)) >= PASSAGES.agency_characters}
    least = PASSAGES.agency_share * max(sizes.values(), default=0)
    return sorted(((name, size) for name, size in sizes.items() if size >= least), key=lambda x: (-x[1], x[0]))


def _covered(spans: list[tuple[int, int]]) -> int:
    """How many characters lie in one of the spans."""
    size = last = 0
    for start, end in sorted(spans):
        size += max(0, end - max(start, last))
        last = max(last, end)
    return size
