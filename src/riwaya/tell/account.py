"""The short account that `riwaya build` prints of what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from riwaya.model import Duplicate, Skipped
from riwaya.tell.write import Stories

_NAMED = 10  # stories named on the terminal, the largest first


def short_account(collection: Stories, directory: str | Path) -> Iterator[str]:
    """A few lines for the terminal: what was found, and where to look."""
    standings: Counter[str] = Counter()
    disputes: Counter[str] = Counter()
    sizes: list[tuple[int, str, str]] = []
    outlets: set[str] = set()
    for dossier in collection:
        story = dossier.stories[0]
        standings.update(s.standing for s in dossier.statements)
        disputes.update(d.kind for d in dossier.disputes)
        outlets.update(story.outlets)
        sizes.append((len(story.article_ids), story.id, _one_line(story.title)))
    reports = f"{_count(collection.article_count, 'report')} by {_count(len(outlets), 'outlet')}"
    yield f"{reports}: {_count(len(sizes), 'story', 'stories')}"
    yield (
        f"{_count(sum(standings.values()), 'statement')}: {standings['corroborated']} corroborated, "
        f"{standings['repeated']} repeated from one origin, {standings['single']} single"
    )
    if disputes:
        yield _count(disputes.total(), "dispute") + ": " + ", ".join(f"{_count(n, k)}" for k, n in sorted(disputes.items()))
    if len(sizes) > 1:
        sizes.sort(key=lambda s: (-s[0], s[1]))
        yield from (f"  {size:>5}  {title}" for size, _, title in sizes[:_NAMED] if size > 1)
    yield from _set_aside(collection.skipped, collection.duplicates)
    page = Path(directory) / "index.html"
    yield f"open {page}" if page.exists() else f"written to {directory}"


def _one_line(title: str) -> str:
    return " ".join(title.split())


def _set_aside(skipped: Iterable[Skipped], duplicates: Iterable[Duplicate]) -> Iterator[str]:
    lost, again = len(list(skipped)), len(list(duplicates))
    if lost or again:
        yield f"set aside: {_count(lost, 'input')} that could not be used, {_count(again, 'report')} that came twice"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
