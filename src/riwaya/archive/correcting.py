"""What people overruled, kept in an archive: written, taken back, and what follows from either for reports, stories and names.

Evidence is never edited. What a correction changes within a story is done when that story is woven; what it changes in the
grouping of reports, and in what entities of several stories are known by, is done here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from riwaya.archive import names
from riwaya.archive.grouping import clusters_of
from riwaya.archive.keys import CitedRow, keys_in
from riwaya.archive.numbers import id_of, key_number, number_of
from riwaya.archive.reading import Reader
from riwaya.errors import NotFoundError, UsageError
from riwaya.model import Correction, Skipped, Span
from riwaya.relate.corrected_entities import Cited, Key, corrected_keys, joined_keys
from riwaya.relate.corrected_stories import ACTIONS as OF_STORIES
from riwaya.relate.corrected_stories import groups_with
from riwaya.relate.entities import keys_of
from riwaya.serial.corrections import correction_dict, correction_from, in_order

_TIES = frozenset(("merge", "split"))
_COLUMNS = "id, action, spans, value, author, made, reason, undone, undone_by"

class Corrections:
    """The corrections of one archive."""

    def __init__(self, connection: sqlite3.Connection, reader: Reader) -> None:
        self._db = connection
        self._reader = reader

    # -- reading

    def all(self) -> list[Correction]:
        """Every one, those undone too, in the order in which they were made."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM correction").fetchall()
        names_ = _COLUMNS.split(", ")
        given = (dict(zip(names_, row, strict=True)) for row in rows)
        return in_order(correction_from(one | {"spans": json.loads(one["spans"])}) for one in given)

    def standing(self, *actions: str) -> list[Correction]:
        """Those that stand, of these actions (of all when none is named), in the order in which they were made."""
        told = " AND action IN (SELECT value FROM json_each(?))" if actions else ""
        found = self._db.execute(
            f"SELECT 1 FROM correction WHERE undone IS NULL{told} LIMIT 1", [json.dumps(actions)] if actions else []
        ).fetchone()
        return [c for c in self.all() if c.undone is None and (not actions or c.action in actions)] if found else []

    def of_stories(self) -> list[Correction]:
        """Those that stand and say which reports are one story."""
        return self.standing(*OF_STORIES)

    def set_aside(self) -> list[Skipped]:
        """Those that could not be applied, and why: within each story, and among stories."""
        rows = self._db.execute("SELECT path, reason FROM aside").fetchall()
        among = self.of_stories()
        clusters = clusters_of(self._db, self._reader.unpack, {s.article_id for c in among for s in c.spans})
        return [*(Skipped(*row) for row in rows), *groups_with(clusters, among).set_aside]

    # -- writing, inside a transaction

    def enter(self, one: Correction) -> bool:
        """Write a correction; False if it is known.

        Raises:
            NotFoundError: an article that it cites is not here.
            UsageError: a span reaches beyond its article's text.
        """
        for span in one.spans:
            row = self._db.execute("SELECT n FROM article WHERE id = ?", (span.article_id,)).fetchone()
            if row is None:
                raise NotFoundError(f"{one.action}: no report has the id {span.article_id!r}")
            size = len(self._reader.stored(row[0]).report(self._reader.unpack).text)
            if span.end > size:
                raise UsageError(f"{one.action}: {span.article_id} has {size} characters, none at {span.start}..{span.end}")
        plain = correction_dict(one)
        values = [json.dumps(plain[name]) if name == "spans" else plain[name] for name in _COLUMNS.split(", ")]
        done = self._db.execute(f"INSERT OR IGNORE INTO correction ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
        return done.rowcount > 0

    def take_back(self, correction_id: str, author: str) -> Correction | None:
        """Undo a correction; it stays on record. None if it was undone before.

        Raises:
            NotFoundError: none has this id.
        """
        found = next((c for c in self.all() if c.id == correction_id), None)
        if found is None:
            raise NotFoundError(f"no correction has the id {correction_id!r}")
        now = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        done = self._db.execute(
            "UPDATE correction SET undone = ?, undone_by = ? WHERE id = ? AND undone IS NULL", (now, author, correction_id)
        )
        return found if done.rowcount else None

    # -- what entities are known by in other stories

    def note_cited(self, story: int, cited: Sequence[CitedRow]) -> None:
        """Keep which entities of a story merges and splits cite; those of its former dossier go."""
        self._db.execute("DELETE FROM cited WHERE story = ?", (story,))
        rows = [(story, *row) for row in cited]
        self._db.executemany("INSERT INTO cited (story, entity, key, spans) VALUES (?, ?, ?, ?)", rows)

    def tie(self) -> None:
        """Bring what entities are known by in step with the merges and splits that stand."""
        rows = self._db.execute("SELECT story, entity, key, spans, given FROM cited").fetchall()
        former = self._joined()
        if not rows and not former:
            return
        cited = [
            Cited(id_of("e", entity), tuple(json.loads(key)) if key else None, tuple(Span(*s) for s in json.loads(spans)))
            for _, entity, key, spans, _ in rows
        ]
        standing = self.standing(*_TIES)
        by_hand, joined = corrected_keys(cited, standing), joined_keys(cited, standing)
        touched = self._under(former, {key_number(own): key_number(key) for own, key in joined.items()})
        for story, entity, _, _, given in rows:
            key = by_hand.get(id_of("e", entity))
            number = None if key is None else key_number(key)
            if number != given:
                self._db.execute("UPDATE cited SET given = ? WHERE story = ? AND entity = ?", (number, story, entity))
                touched.add(story)
        for story in sorted(touched):
            self._tie_story(story, by_hand, joined)

    def _joined(self) -> dict[int, int]:
        """The names that were joined to others when this was last asked."""
        stored = self._reader.meta("joined")
        return dict(json.loads(stored)) if stored else {}

    def _under(self, former: Mapping[int, int], joined: Mapping[int, int]) -> set[int]:
        """The stories that have a name which is joined to another now, or was and is so no more; what is joined is kept."""
        if former != joined:
            told = json.dumps(sorted(joined.items()))
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('joined', ?)", (told,))
        keys = {*joined, *(key for own, key in former.items() if joined.get(own) != key)}
        return {s for key in keys for (s,) in self._db.execute("SELECT story FROM name_story WHERE key = ?", (key,))}

    def _tie_story(self, story: int, by_hand: Mapping[str, Key], joined: Mapping[Key, Key]) -> None:
        """Write anew what the entities of a story are known by."""
        dossier = self._reader.dossier(story)
        if dossier is None:
            return
        natural = dict(keys_of(dossier.entities))
        given = {i: joined[key] for i, key in natural.items() if key in joined} | dict(by_hand)
        known = {e.id: names.known_by(e, given.get(e.id, natural.get(e.id))) for e in dossier.entities}
        names.leave(self._db, story)
        keys = keys_in(dossier, given if len(dossier.articles) > 1 else by_hand)
        rows = [(*key, known[i][0], story, number_of(i)) for i, key in keys.items()]
        self._db.executemany("UPDATE entity SET key = ?, solo = ?, known = ? WHERE story = ? AND id = ?", rows)
        names.enter(self._db, story, names.rows_of(dossier, known))
