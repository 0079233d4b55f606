"""What lies in an archive, read back: reports, dossiers, and the ties between the entities of stories."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from riwaya.archive.database import snapshot
from riwaya.archive.numbers import id_of, number_of
from riwaya.archive.packing import Packing, packing_of
from riwaya.archive.work import StoredArticle, text_of
from riwaya.errors import NotFoundError
from riwaya.model import Article, Dossier, Marks
from riwaya.relate.versions import in_order
from riwaya.serial.json_ import generator
from riwaya.serial.packed import readable

_STORED = "c.text, c.article, c.marks, c.shared, a.path"  # the fields of a StoredArticle


@dataclass(frozen=True, slots=True)
class Held:
    """A report of the archive with its marks (before its story's dates and links), and where it stands."""

    article: Article
    marks: Marks
    story_id: str | None
    added: int  # seconds since 1970


class Reader:
    """Reads one archive. Knows nothing of writing."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @cached_property
    def unpack(self) -> Packing:
        """Packs and reads the archive's blobs."""
        return packing_of(self._db)

    def meta(self, name: str) -> str | None:
        """A value of the table `meta`."""
        row = self._db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    @property
    def generation(self) -> int:
        """Rises with every change that was written."""
        with readable():
            return int(self.meta("generation") or 0)

    def stale(self) -> int:
        """How many stories wait to be woven."""
        count: int = self._db.execute("SELECT count(*) FROM story WHERE stale").fetchone()[0]
        return count

    # ----------------------------------------------------------------------------------------------------------- reports

    def stored(self, n: int) -> StoredArticle:
        """One report by its number, packed."""
        return StoredArticle(
            *self._db.execute(f"SELECT {_STORED} FROM content AS c JOIN article AS a ON a.n = c.n WHERE c.n = ?", (n,)).fetchone()
        )

    def members(self, story: int) -> tuple[tuple[str, ...], list[StoredArticle]]:
        """The reports of a story: their ids, sorted, and the reports, packed."""
        rows = self._db.execute(
            f"SELECT a.id, {_STORED} FROM article AS a JOIN content AS c ON c.n = a.n WHERE a.story = ? ORDER BY a.id", (story,)
        ).fetchall()
        return tuple(row[0] for row in rows), [StoredArticle(*row[1:]) for row in rows]

    def article(self, article_id: str) -> Held:
        """One report.

        Raises:
            NotFoundError: none has this id.
        """
        row = self._db.execute(
            f"SELECT {_STORED}, a.story, a.added FROM article AS a JOIN content AS c ON c.n = a.n WHERE a.id = ?", (article_id,)
        ).fetchone()
        if row is None:
            raise NotFoundError(f"no report has the id {article_id!r}")
        article, marks = StoredArticle(*row[:5]).read(self.unpack)
        return Held(article, marks, None if row[5] is None else id_of("s", row[5]), row[6])

    def arrived(self, story: int) -> dict[str, int]:
        """In what order the reports of a story came: id -> number."""
        return dict(self._db.execute("SELECT id, n FROM article WHERE story = ?", (story,)))

    def arrivals(self, story_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
        """The numbers of the first and the last report that came to each story."""
        told = ", ".join(str(number_of(i)) for i in story_ids)
        rows = self._db.execute(f"SELECT story, min(n), max(n) FROM article WHERE story IN ({told}) GROUP BY story")
        return {id_of("s", story): (first, last) for story, first, last in rows}

    def outlets(self) -> list[str]:
        """The names of the outlets, sorted: from one to the next through the index, whatever the number of reports."""
        rows = self._db.execute(
            "WITH RECURSIVE one(site) AS (SELECT min(site) FROM article UNION ALL"
            " SELECT (SELECT min(site) FROM article WHERE site > one.site) FROM one WHERE one.site IS NOT NULL)"
            " SELECT (SELECT outlet FROM article WHERE article.site = one.site LIMIT 1) FROM one WHERE site IS NOT NULL"
        )
        return [outlet for (outlet,) in rows if outlet]

    @property
    def newest(self) -> int:
        """The number of the report that came last."""
        number: int = self._db.execute("SELECT coalesce(max(n), 0) FROM article").fetchone()[0]
        return number

    def versions(self, article_id: str) -> list[str]:
        """The ids of the reports at this one's address, in the order in which they were published.

        Raises:
            NotFoundError: no report has this id.
        """
        row = self._db.execute("SELECT address FROM article WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            raise NotFoundError(f"no report has the id {article_id!r}")
        if row[0] is None:
            return [article_id]
        rows = self._db.execute("SELECT id FROM article WHERE address = ?", row).fetchall()
        if len(rows) < 2:  # noqa: PLR2004 - one needs no order, and reading it takes milliseconds
            return [article_id]
        return [a.id for a in in_order(self.article(i).article for (i,) in rows)]

    def story_of(self, article_id: str) -> str:
        """The id of the story that a report stands in.

        Raises:
            NotFoundError: no report has this id, or it stands in none yet.
        """
        row = self._db.execute("SELECT story FROM article WHERE id = ?", (article_id,)).fetchone()
        if row is None or row[0] is None:
            raise NotFoundError(f"no report has the id {article_id!r}")
        return id_of("s", row[0])

    # ----------------------------------------------------------------------------------------------------------- stories

    def resolve(self, story_id: str) -> str | None:
        """The id under which a story stands now; None if it never stood here."""
        try:
            number = number_of(story_id)
        except ValueError:
            return None
        if self._db.execute("SELECT 1 FROM story WHERE n = ?", (number,)).fetchone():
            return story_id
        row = self._db.execute("SELECT new FROM redirect WHERE old = ?", (story_id,)).fetchone()
        return None if row is None else row[0]

    def number(self, story_id: str) -> int:
        """A story's number, redirects followed.

        Raises:
            NotFoundError: no story has this id.
        """
        found = self.resolve(story_id)
        if found is None:
            raise NotFoundError(f"no story has the id {story_id!r}")
        return number_of(found)

    def revision(self, story: int) -> tuple[int, bool]:
        """The generation at which a story's dossier was woven, and whether it is older than its members."""
        row = self._db.execute("SELECT revision, stale FROM story WHERE n = ?", (story,)).fetchone()
        return (0, True) if row is None else (row[0], bool(row[1]))

    def dossier(self, story: int) -> Dossier | None:
        """A story's dossier as it was woven last, with the ties of its entities; None if it never was."""
        with snapshot(self._db):
            row = self._db.execute("SELECT data FROM dossier WHERE story = ?", (story,)).fetchone()
            if row is None:
                return None
            bare = self.unpack.one(Dossier, row[0])
            texts = self._texts(a.id for a in bare.articles)
            ties = self.ties(story)
        return replace(
            bare,
            articles=tuple(replace(a, text=texts[a.id]) for a in bare.articles),
            entities=tuple(replace(e, same_as=ties.get(e.id)) for e in bare.entities),
            generator=generator(),
        )

    def _texts(self, ids: Iterable[str]) -> dict[str, str]:
        found = {}
        for article_id in ids:
            query = "SELECT c.text FROM article AS a JOIN content AS c ON c.n = a.n WHERE a.id = ?"
            row = self._db.execute(query, (article_id,)).fetchone()
            with readable():
                (text,) = row
                found[article_id] = text_of(text)
        return found

    def ties(self, story: int) -> dict[str, str]:
        """The entities of a story that stand in stories before it too: id -> the id in the first of them."""
        rows = self._db.execute(
            "SELECT own.id, (SELECT first.id FROM entity AS first WHERE first.key = own.key AND first.solo"
            " ORDER BY first.story, first.id LIMIT 1) FROM entity AS own WHERE own.story = ?1 AND own.solo"
            " AND own.story > (SELECT min(first.story) FROM entity AS first WHERE first.key = own.key AND first.solo)",
            (story,),
        )
        return {id_of("e", own): id_of("e", first) for own, first in rows}
