"""Which reports of an archive are one story: settled around what changed, exactly as one run over all reports would.

Reports are joined to clusters by their graph (`relate.regroup`); stories are the clusters as people corrected them. A story whose
id goes leaves a redirect to the story that holds the report which gave it its id.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from riwaya.archive import names
from riwaya.archive.graph import Graph
from riwaya.archive.numbers import id_of, number_of
from riwaya.archive.packing import Packing
from riwaya.model import Correction, Reason
from riwaya.relate.corrected_stories import groups_with
from riwaya.relate.regroup import Regrown, regroup
from riwaya.relate.stories import StoryGroup, grouped

_CARD = (
    "title, first, last, articles, outlets, outlet_names, origins, parties, corroborated, repeated, single, disputes,"
    " contradictions, revisions"
)


class Grouping:
    """Settles the clusters and stories of one archive. To be used inside transactions."""

    def __init__(self, connection: sqlite3.Connection, graph: Graph, unpack: Packing) -> None:
        self._db = connection
        self._graph = graph
        self._unpack = unpack

    def settle(self, changed: Mapping[int, str], corrections: Sequence[Correction], generation: int) -> set[int]:
        """Settle what follows from reports that are new, or whose edges, marks or furniture are others.

        Args:
            changed: number of report -> its id.
            corrections: not-story and same-story, those that stand.
            generation: of the change.

        Returns:
            The numbers of the stories that are not what they were: they are stale.
        """
        found = regroup(self._graph, changed)
        made = [self._put_cluster(one) for one in found.made]
        kept = {number_of(group.id) for group in made}
        self._db.executemany("DELETE FROM cluster WHERE n = ?", [(n,) for n in found.gone - kept])
        return self.apply(made, corrections, generation, set(changed.values()))

    def _put_cluster(self, one: Regrown) -> StoryGroup:
        group = grouped(list(self._graph.prints(one.members).values()), one.weight, one.copies)
        number = number_of(group.id)
        self._db.executemany(
            "UPDATE article SET cluster = ?1 WHERE n = ?2 AND cluster IS NOT ?1", [(number, n) for n in one.members]
        )
        if len(one.members) > 1:
            reasons = self._unpack.pack(group.reasons) if group.reasons else None
            self._db.execute("INSERT OR REPLACE INTO cluster VALUES (?, ?, ?)", (number, one.merges, reasons))
        else:
            self._db.execute("DELETE FROM cluster WHERE n = ?", (number,))
        return group

    # -- from clusters to stories

    def apply(
        self, groups: Iterable[StoryGroup], corrections: Sequence[Correction], generation: int, changed: Iterable[str] = ()
    ) -> set[int]:
        """Make stories of clusters, and of those that corrections tie to them; the numbers of those that are others now."""
        given = {group.id: group for group in groups}
        if corrections:
            cited = {span.article_id for one in corrections for span in one.spans}
            given |= {group.id: group for group in clusters_of(self._db, self._unpack, cited) if group.id not in given}
        stories = groups_with(given.values(), corrections).groups if corrections else tuple(given.values())
        return self._put_stories(stories, set(changed), generation)

    def _put_stories(self, groups: Sequence[StoryGroup], changed: set[str], generation: int) -> set[int]:
        """Write stories over those that held their reports before."""
        ids = json.dumps([i for group in groups for i in group.article_ids])
        was: dict[str, tuple[int, int | None]] = {
            i: (n, story)
            for i, n, story in self._db.execute(
                "SELECT id, n, story FROM article WHERE id IN (SELECT value FROM json_each(?))", (ids,)
            )
        }
        numbers = {number_of(group.id) for group in groups}
        left = self._dissolving({story for _, story in was.values() if story is not None} - numbers)
        touched: set[int] = set()
        for group in groups:
            story = number_of(group.id)
            homes = Counter(was[i][1] for i in group.article_ids)
            if homes[story] == len(group.article_ids) and changed.isdisjoint(group.article_ids) and self._same(story, group):
                continue
            touched.add(story)
            former = [home for home, _ in homes.most_common() if home in left]
            self._put_story(story, group, was[group.article_ids[0]][0], former, generation)
            moved = [(story, was[i][0]) for i in group.article_ids if was[i][1] != story]
            self._db.executemany("UPDATE article SET story = ? WHERE n = ?", moved)
            self._db.executemany("UPDATE redirect SET new = ? WHERE founder = ?", [(group.id, n) for _, n in moved])
        for story, founder in left.items():
            self._dissolve(story, founder)
        return touched

    def _same(self, story: int, group: StoryGroup) -> bool:
        row = self._db.execute("SELECT articles, reasons FROM story WHERE n = ?", (story,)).fetchone()
        packed = self._unpack.pack(group.reasons) if group.reasons else None
        return row is not None and row[0] == len(group.article_ids) and row[1] == packed

    def _put_story(self, story: int, group: StoryGroup, founder: int, former: Sequence[int | None], generation: int) -> None:
        """Write a story. One that is new shows what its nearest former self showed until it is woven, and is as old."""
        now = int(time.time())
        known = self._db.execute("SELECT 1 FROM story WHERE n = ?", (story,)).fetchone()
        if not known and former:
            self._db.execute(
                f"INSERT INTO story (n, founder, changed, made, touched, {_CARD}) SELECT ?, ?, ?, made, ?, {_CARD} FROM story"
                " WHERE n = ?",
                (story, founder, generation, now, former[0]),
            )
        reasons = self._unpack.pack(group.reasons) if group.reasons else None
        self._db.execute(
            "INSERT INTO story (n, founder, reasons, changed, made, touched, articles) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (n) DO UPDATE SET reasons = excluded.reasons, changed = excluded.changed, stale = 1,"
            " touched = excluded.touched, articles = excluded.articles",
            (story, founder, reasons, generation, now, now, len(group.article_ids)),
        )
        self._db.execute("DELETE FROM redirect WHERE old = ?", (group.id,))

    def _dissolving(self, stories: Iterable[int]) -> dict[int, int]:
        """Stories that will be no more, each with the report that gave it its id."""
        rows = self._db.execute(
            "SELECT n, founder FROM story WHERE n IN (SELECT value FROM json_each(?))", (json.dumps(sorted(stories)),)
        )
        return dict(rows.fetchall())

    def _dissolve(self, story: int, founder: int) -> None:
        """A story that is no more: its id leads to the story that holds now the report which gave it its id."""
        names.leave(self._db, story)
        for table in ("entity", "statement", "dossier", "cited", "aside"):
            self._db.execute(f"DELETE FROM {table} WHERE story = ?", (story,))
        self._db.execute("DELETE FROM story WHERE n = ?", (story,))
        (home,) = self._db.execute("SELECT story FROM article WHERE n = ?", (founder,)).fetchone()
        redirect = (id_of("s", story), id_of("s", home), founder, int(time.time()))
        self._db.execute("INSERT OR REPLACE INTO redirect VALUES (?, ?, ?, ?)", redirect)


def clusters_of(connection: sqlite3.Connection, unpack: Packing, article_ids: Iterable[str]) -> list[StoryGroup]:
    """The clusters that hold these reports."""
    rows = connection.execute(
        "SELECT a.cluster, a.id, c.reasons FROM article AS a LEFT JOIN cluster AS c ON c.n = a.cluster WHERE a.cluster IN"
        " (SELECT cluster FROM article WHERE id IN (SELECT value FROM json_each(?))) ORDER BY a.cluster, a.id",
        (json.dumps(sorted(article_ids)),),
    )
    members: dict[int, list[str]] = {}
    reasons: dict[int, tuple[Reason, ...]] = {}
    for cluster, article_id, packed in rows:
        members.setdefault(cluster, []).append(article_id)
        reasons[cluster] = unpack.many(Reason, packed) if packed else ()
    return [StoryGroup(id_of("s", n), tuple(ids), reasons[n]) for n, ids in members.items()]
