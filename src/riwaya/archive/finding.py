"""What an archive answers about words and names: the part of `Archive` that searches."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from riwaya.archive import entity_pages, names, reindexing
from riwaya.archive.database import explained
from riwaya.archive.listing import Page, StoryCard
from riwaya.archive.reading import Reader
from riwaya.archive.search import Found, Search, SearchQuery
from riwaya.errors import ArchiveError
from riwaya.model import NameKind, Span
from riwaya.pipeline import Progress, no_progress


class Finding:
    """Searches an archive; `Archive` is one."""

    path: Path
    read_only: bool
    reader: Reader
    _db: sqlite3.Connection

    def search(self, query: SearchQuery) -> Found:
        """The reports that fit a query, the best first, and how the query was understood.

        Raises:
            UsageError: a day or a standing is none, or only words to leave out are given.
            NotFoundError: no story has the id.
        """
        with explained(self.path):
            return Search(self._db, self.reader).search(query)

    def entities(
        self, kind: NameKind | None = None, prefix: str = "", offset: int = 0, limit: int = 50
    ) -> Page[names.EntityCard]:
        """People, organizations or places (or all), those with most mentions first.

        Args:
            kind: or None for all.
            prefix: words of the name in any spelling; the last may be only begun. Where no report spells it so, names that sound
                alike.
            offset: how many to pass over.
            limit: how many to give.

        Raises:
            UsageError: no kind has this name.
        """
        with explained(self.path):
            return names.entities(self._db, kind, prefix, offset, limit)

    def entity(self, key: str) -> entity_pages.EntityAccount:
        """One name across all stories. What else there is of it comes in pages: mentions, sayings, stories.

        Raises:
            NotFoundError: no name has this key.
        """
        with explained(self.path):
            return entity_pages.account(self._db, key)

    def entity_key(self, story_id: str, entity_id: str) -> str | None:
        """The key under which an entity of a story stands among the names; None before the story is woven."""
        return names.key_in(self._db, self.reader.number(story_id), entity_id)

    def entity_mentions(self, key: str, offset: int = 0, limit: int = 20) -> Page[entity_pages.MentionedIn]:
        """The reports that mention a name, each with every mention, the newest first."""
        with explained(self.path):
            return entity_pages.mentions(self._db, self.reader, key, offset, limit)

    def entity_standing_for(self, key: str) -> tuple[Span, ...]:
        """What a merge of a name with another one cites. See `entity_pages.standing_for`."""
        with explained(self.path):
            return entity_pages.standing_for(self._db, key)

    def entity_corrected(self, key: str) -> frozenset[Span]:
        """The spans by which merges and splits cite what is listed under a name."""
        with explained(self.path):
            return entity_pages.corrected(self._db, key)

    def entity_apart(self, key: str, spelling: str) -> tuple[Span, ...]:
        """What a split of a spelling from a name cites; nothing where there is nothing to split. See `entity_pages.apart`."""
        with explained(self.path):
            return entity_pages.apart(self._db, self.reader, key, spelling)

    def entity_sayings(self, key: str, offset: int = 0, limit: int = 20) -> Page[entity_pages.Saying]:
        """What a name said, with the statements that it belongs to, that of the newest stories first."""
        with explained(self.path):
            return entity_pages.sayings(self._db, self.reader, key, offset, limit)

    def entity_stories(self, key: str, offset: int = 0, limit: int = 20) -> Page[StoryCard]:
        """The stories that a name stands in, the newest first."""
        with explained(self.path):
            return entity_pages.stories(self._db, key, offset, limit)

    def out_of_step(self) -> list[str]:
        """What the search index and the names lack of the archive, one line each; nothing where all is well."""
        with explained(self.path):
            return reindexing.problems(self._db)

    def reindex(self, *, progress: Progress | None = None) -> int:
        """Make the search index and the names again from the reports and dossiers; how many reports there are.

        Raises:
            ArchiveError: it is open for reading only, busy, or cannot be written.
        """
        if self.read_only:
            raise ArchiveError(f"{self.path}: opened for reading only")
        with explained(self.path):
            return reindexing.reindex(self._db, self.reader, progress or no_progress)
