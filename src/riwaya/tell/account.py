"""The short account that `riwaya build` prints of what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from riwaya.model import Dossier, Duplicate, Skipped

_NAMED = 10  # stories named on the terminal, the largest first


@dataclass(frozen=True, slots=True)
class Tally:
    """What the account counts of one story."""

    story_id: str
    title: str
    articles: int
    outlets: tuple[str, ...]
    standings: Mapping[str, int]
    disputes: Mapping[str, int]


def tally(dossier: Dossier) -> Tally:
    """Count the dossier of one story."""
    story = dossier.stories[0]
    standings = Counter[str](s.standing for s in dossier.statements)
    disputes = Counter[str](d.kind for d in dossier.disputes)
    return Tally(story.id, story.title, len(story.article_ids), story.outlets, dict(standings), dict(disputes))


class Counted(Protocol):
    """What is told of: stories that were counted when they were made, and what was set aside."""

    skipped: list[Skipped]
    duplicates: list[Duplicate]

    @property
    def article_count(self) -> int:
        """How many articles there are."""

    def tallies(self) -> Iterable[Tally]:
        """One a story."""


def short_account(collection: Counted, directory: str | Path) -> Iterator[str]:
    """A few lines for the terminal: what was found, and where to look."""
    standings: Counter[str] = Counter()
    disputes: Counter[str] = Counter()
    sizes: list[tuple[int, str, str]] = []
    outlets: set[str] = set()
    for story in collection.tallies():
        standings.update(story.standings)
        disputes.update(story.disputes)
        outlets.update(story.outlets)
        sizes.append((story.articles, story.story_id, _one_line(story.title)))
    reports = f"{counted(collection.article_count, 'report')} by {counted(len(outlets), 'outlet')}"
    yield f"{reports}: {counted(len(sizes), 'story', 'stories')}"
    yield (
        f"{counted(sum(standings.values()), 'statement')}: {standings['corroborated']} corroborated, "
        f"{standings['repeated']} repeated from one origin, {standings['single']} single"
    )
    if disputes:
        yield counted(disputes.total(), "dispute") + ": " + ", ".join(f"{counted(n, k)}" for k, n in sorted(disputes.items()))
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
        yield f"set aside: {counted(lost, 'input')} that could not be used, {counted(again, 'report')} that came twice"


def counted(number: int, one: str, many: str = "") -> str:
    """A number of things in English: `1 report`, `1,200 stories`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
