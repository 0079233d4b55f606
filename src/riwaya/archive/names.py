"""People, organizations and places across the stories of an archive.

A name is what `relate` knows an entity by across stories, or what people said by corrections. A person of whom a story knows one
word only stands under that word, for all stories, and is not `sure`: it may be several persons.

    named       in which reports (as the search numbers them: the newest last) a name stands, and how often
    name_story  where a name stands in a story: spellings, places in the texts, how often it speaks
    name        a name in numbers; name_text its spellings and titles; name_word the words by which it is found
    word_bones  the consonants of such words, for finding other spellings

All of it follows from the dossiers, and is written in the transaction that writes a dossier: what a story's former dossier said
is taken out, what the new one says is put in.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import orjson

from riwaya.arabic.spelling import same_word, skeleton
from riwaya.arabic.stems import rarity, stem
from riwaya.arabic.words import iter_norms
from riwaya.archive.index import DAY
from riwaya.archive.listing import Page
from riwaya.archive.numbers import key_number, number_of
from riwaya.archive.querying import cleaned
from riwaya.errors import NotFoundError, UsageError
from riwaya.model import Dossier, Entity, NameCount, NameKind, Place
from riwaya.relate.corrected_entities import Key
from riwaya.settings.search import SEARCH

KINDS: tuple[NameKind, ...] = ("person", "organization", "place")
_HALF = 1 << 63
_LAST = chr(0x10FFFF)
_LEAST_BONES = 2  # consonants; words with fewer are alike by chance
_DIGITS = 16  # of a key as text


@dataclass(frozen=True, slots=True)
class EntityCard:
    """What a list shows of a name. `key` stands for it in addresses; `sure`: all its mentions are of one and the same.

    `first` and `last` are ISO days of reports that name it.
    """

    key: str
    kind: NameKind
    name: str
    sure: bool
    spellings: int
    mentions: int
    reports: int
    stories: int
    first: str | None
    last: str | None


# ---------------------------------------------------------------------------------------------------------------- writing


class NameRow(NamedTuple):
    """One name in one story, as workers make it."""

    key: int
    kind: str
    sure: int
    quotes: int  # how often it speaks
    spellings: list[tuple[str, int]]
    chosen: list[str]  # the spelling that the story shows
    titles: list[str]
    spans: dict[str, list[int]]  # article id -> start, length, start, length, ...
    place: str | None  # JSON


def known_by(entity: Entity, key: Key | None) -> tuple[int, bool]:
    """The number under which an entity is listed, and whether it is sure that it is one and the same everywhere.

    Args:
        entity: of any story.
        key: what it is known by across stories; None where that is not clear.
    """
    return (unclear(entity), False) if key is None else (key_number(key), True)


def unclear(entity: Entity) -> int:
    """The number for an entity of which not enough is known: it stands for the bare word."""
    return key_number(("name", entity.kind, *iter_norms(entity.name)))


def rows_of(dossier: Dossier, known: Mapping[str, tuple[int, bool]]) -> list[NameRow]:
    """The names of a story. Made by the workers.

    Args:
        dossier: of one story.
        known: entity id -> what `known_by` says of it.
    """
    spoken = Counter(q.speaker.entity_id for m in dossier.marks for q in m.quotes if q.speaker and q.speaker.entity_id)
    together: dict[int, list[Entity]] = defaultdict(list)
    for entity in dossier.entities:
        together[known[entity.id][0]].append(entity)
    rows = []
    for key, entities in sorted(together.items()):
        spellings: Counter[str] = Counter()
        spans: dict[str, list[int]] = defaultdict(list)
        for e in entities:
            spellings.update({n.text: n.count for n in e.names})
            for m in e.mentions:
                spans[m.article_id] += (m.start, m.end - m.start)
        place = next((e.place for e in entities if e.place), None)
        rows.append(
            NameRow(
                key, entities[0].kind, int(all(known[e.id][1] for e in entities)), sum(spoken[e.id] for e in entities),
                sorted(spellings.items()), sorted({e.name for e in entities}),
                sorted({e.description for e in entities if e.description}), dict(spans),
                json.dumps([place.lat, place.lon, place.country, place.geonames_id]) if place else None,
            )
        )  # fmt: skip
    return rows


def enter(connection: sqlite3.Connection, story: int, rows: Sequence[NameRow]) -> None:
    """Put in the names of a story's dossier; those of its former one have left. Inside a transaction."""
    numbers: dict[str, int] = dict(connection.execute("SELECT id, n FROM article WHERE story = ?", (story,)))
    for row in rows:
        chosen = [at for at, (text, _) in enumerate(row.spellings) if text in row.chosen]
        places = sorted([numbers[i], *found] for i, found in row.spans.items() if i in numbers)
        parts: list[list[Any]] = [[list(one) for one in row.spellings], chosen, row.titles, places]
        mentions = sum(count for _, count in row.spellings)
        connection.execute(
            "INSERT INTO name_story VALUES (?, ?, ?, ?, ?)", (row.key, story, mentions, row.quotes, orjson.dumps(parts).decode())
        )
        connection.execute(
            "INSERT INTO name (key, kind, sure, place) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET place = coalesce(place, excluded.place)",
            (row.key, row.kind, row.sure, row.place),
        )
        _count(connection, row.key, parts, mentions, 1)


def leave(connection: sqlite3.Connection, story: int) -> None:
    """Take out the names of a story's dossier, before its entities are forgotten. Inside a transaction."""
    keys = [k for (k,) in connection.execute("SELECT DISTINCT known FROM entity WHERE story = ?", (story,))]
    for key in keys:
        row = connection.execute("SELECT mentions, parts FROM name_story WHERE key = ? AND story = ?", (key, story)).fetchone()
        if row is None:
            continue
        connection.execute("DELETE FROM name_story WHERE key = ? AND story = ?", (key, story))
        _count(connection, key, orjson.loads(row[1]), row[0], -1)


def _count(connection: sqlite3.Connection, key: int, parts: Sequence[list[Any]], mentions: int, sign: int) -> None:
    """Add (or take away) what one story says of a name. Every number here is a sum over stories."""
    spellings, chosen, titles, places = parts
    reports = texts = 0
    for n, *spans in places:
        (doc,) = connection.execute("SELECT doc FROM indexed WHERE n = ?", (n,)).fetchone()
        reports += _add(connection, "named", "key, doc", (key, doc), {"count": sign * len(spans) // 2})
    for at, (text, count) in enumerate(spellings):
        change = {"count": sign * count, "chosen": sign * (at in chosen)}
        more = _add(connection, "name_text", "key, title, text", (key, 0, text), change)
        texts += more
        if more:
            _words(connection, key, text, more)
    for text in titles:
        _add(connection, "name_text", "key, title, text", (key, 1, text), {"count": sign, "chosen": 0})
    connection.execute(
        "UPDATE name SET mentions = mentions + ?, stories = stories + ?, reports = reports + ?, spellings = spellings + ?"
        " WHERE key = ?",
        (sign * mentions, sign, reports, texts, key),
    )
    if sign < 0:
        connection.execute("DELETE FROM name WHERE key = ? AND stories <= 0", (key,))


def _add(
    connection: sqlite3.Connection, table: str, keys: str, at: tuple[object, ...], change: Mapping[str, int]
) -> int:
    """Add to the counts of a row; the change in the number of rows: 1, 0 or -1."""
    where = " AND ".join(f"{k} = ?" for k in keys.split(", "))
    sums = ", ".join(f"{c} = {c} + ?" for c in change)
    done = connection.execute(f"UPDATE {table} SET {sums} WHERE {where} RETURNING count", (*change.values(), *at)).fetchall()
    if not done:
        marks = ", ".join("?" * (len(at) + len(change)))
        connection.execute(f"INSERT INTO {table} ({keys}, {', '.join(change)}) VALUES ({marks})", (*at, *change.values()))
        return 1
    if done[0][0] <= 0:
        connection.execute(f"DELETE FROM {table} WHERE {where}", at)
        return -1
    return 0


def _words(connection: sqlite3.Connection, key: int, text: str, change: int) -> None:
    """The words of a spelling that came or went."""
    for word in set(_parts(text)):
        _add(connection, "name_word", "word, key", (word, key), {"count": change})
        if change > 0 and len(bones := skeleton(word)) >= _LEAST_BONES:
            connection.execute("INSERT OR IGNORE INTO word_bones VALUES (?, ?)", (bones, word))


def _parts(text: str) -> list[str]:
    return [w.removeprefix("ال") if len(w) > len("ال") + 1 else w for w in iter_norms(text)]


def _asked(text: str) -> list[str]:
    """The words of a name that someone typed; anything may have been."""
    return _parts(cleaned(text)[: SEARCH.longest_query])[: SEARCH.most_words]


def clear(connection: sqlite3.Connection) -> None:
    """Forget all names, to be filled again. Inside a transaction."""
    for table in ("named", "name_story", "name", "name_text", "name_word", "word_bones"):
        connection.execute(f"DELETE FROM {table}")


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the names, one line each; `riwaya archive reindex` mends it."""
    found = []
    (told,) = connection.execute("SELECT total(mentions) FROM entity").fetchone()
    (held,) = connection.execute("SELECT total(mentions) FROM name").fetchone()
    (listed,) = connection.execute("SELECT total(mentions) FROM name_story").fetchone()
    if not told == held == listed:
        found.append(f"the names hold {held:.0f} mentions, {listed:.0f} by story, of {told:.0f}")
    return found


# ---------------------------------------------------------------------------------------------------------------- finding


def key_text(key: int) -> str:
    """A key as it stands in addresses."""
    return f"{key + _HALF:0{_DIGITS}x}"


def key_of(text: str) -> int:
    """The key again.

    Raises:
        NotFoundError: it is none.
    """
    try:
        if len(text) != _DIGITS:
            raise ValueError
        return int(text, 16) - _HALF
    except ValueError:
        raise NotFoundError(f"no name has the key {text!r}") from None


def key_in(connection: sqlite3.Connection, story: int, entity_id: str) -> str | None:
    """The key of a story's entity, as text; None where the story is not woven so."""
    try:
        number = number_of(entity_id)
    except ValueError:
        return None
    row = connection.execute("SELECT known FROM entity WHERE story = ? AND id = ?", (story, number)).fetchone()
    return None if row is None else key_text(row[0])


def entities(
    connection: sqlite3.Connection, kind: NameKind | None = None, prefix: str = "", offset: int = 0, limit: int = 50
) -> Page[EntityCard]:
    """The names of a kind, or of all, those with most mentions first.

    Args:
        connection: of the archive.
        kind: or None.
        prefix: words of the name, in any spelling that stands in a report; the last may be only begun. What no report spells so
            is looked for among spellings that sound alike.
        offset: how many to pass over.
        limit: how many to give.

    Raises:
        UsageError: no kind has this name.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"no names are called {kind!r}; there are: {', '.join(KINDS)}")
    offset, limit = max(0, offset), max(0, limit)
    told, values = ("kind = ?", [str(kind)]) if kind else ("1", [])
    asked = _asked(prefix)
    if prefix.strip() and not asked:
        return Page([], 0, offset, limit)
    ways = list(_choices(connection, asked)) if asked else [("SELECT key FROM name", [])]
    for way, words in ways:
        where = f"{told} AND key IN ({way})" if asked else told
        bound = [*values, *words]
        (total,) = connection.execute(f"SELECT count(*) FROM name WHERE {where}", bound).fetchone()
        if total:
            break
    rows = connection.execute(
        f"SELECT key, kind, sure, spellings, mentions, reports, stories FROM name WHERE {where}"
        " ORDER BY mentions DESC, key LIMIT ? OFFSET ?",
        (*bound, limit, offset),
    ).fetchall()
    return Page([card(connection, row) for row in rows], total, offset, limit)


def _choices(connection: sqlite3.Connection, asked: Sequence[str]) -> Iterable[tuple[str, list[str]]]:
    """Ways to find the keys of a name by its words, the strictest first: as spelled, then as heard."""
    if not asked:
        return
    whole = "SELECT key FROM name_word WHERE word = ?"
    begun = "SELECT key FROM name_word WHERE word >= ? AND word < ?"
    yield (
        " INTERSECT ".join([whole] * (len(asked) - 1) + [begun]),
        [*asked[:-1], asked[-1], asked[-1] + _LAST],
    )
    alike = [[w, *_alike(connection, w)] for w in asked]
    told = [f"SELECT key FROM name_word WHERE word IN ({', '.join('?' * len(words))})" for words in alike]
    yield " INTERSECT ".join(told), [w for words in alike for w in words]


def _alike(connection: sqlite3.Connection, word: str) -> list[str]:
    """Words of names that may be another spelling of a folded word."""
    rows = connection.execute("SELECT word FROM word_bones WHERE bones = ?", (skeleton(word),))
    rare = (w for (w,) in rows if w != word and rarity(stem(w)) >= SEARCH.name_rarity)
    return sorted(w for w in rare if same_word(word, w, SEARCH.name_nearness))


def spelled_like(connection: sqlite3.Connection, word: str, *, known: bool) -> list[str]:
    """Other spellings of a word of a query: folded words of names in the archive.

    Args:
        connection: of the archive.
        word: as typed.
        known: reports have it. Then only what stands for it in the same names is its spelling, so that سعر is not taken for ساره.
    """
    norms = _parts(word)
    if len(norms) != 1 or len(skeleton(norms[0])) < _LEAST_BONES or rarity(stem(norms[0])) < SEARCH.name_rarity:
        return []
    alike = _alike(connection, norms[0])
    if not known or not alike:
        return alike
    rows = connection.execute(
        "SELECT DISTINCT other.word FROM name_word AS own JOIN name_word AS other ON other.key = own.key"
        f" WHERE own.word = ? AND other.word IN ({', '.join('?' * len(alike))})",
        (norms[0], *alike),
    )
    return sorted(w for (w,) in rows)


def keys_for(connection: sqlite3.Connection, text: str, kind: NameKind) -> list[int]:
    """The keys of the names that are spelled so, or that have this key; where none is, of those that hold all its words."""
    if len(text) == _DIGITS and all(c in "0123456789abcdef" for c in text):
        return [key_of(text)]
    asked = _asked(text)
    if not asked:
        return []
    for told, bound in _choices(connection, asked):
        found = connection.execute(
            f"SELECT key FROM name WHERE kind = ? AND key IN ({told}) ORDER BY mentions DESC LIMIT ?", (kind, *bound, SEARCH.keys)
        ).fetchall()
        exact = [k for (k,) in found if any(_parts(t) == asked for t in _texts(connection, k))]
        if found:
            return exact or [k for (k,) in found]
    return []


def _texts(connection: sqlite3.Connection, key: int) -> list[str]:
    rows = connection.execute(
        "SELECT text FROM name_text WHERE key = ? AND title = 0 ORDER BY chosen DESC, count DESC, text", (key,)
    )
    return [text for (text,) in rows]


def card(connection: sqlite3.Connection, row: Sequence[Any]) -> EntityCard:
    """A row of `name` (key, kind, sure, spellings, mentions, reports, stories) as a card."""
    key, kind, sure, spellings, mentions, reports, stories = row
    texts = _texts(connection, key)
    (last,) = connection.execute("SELECT max(doc) FROM named WHERE key = ?", (key,)).fetchone()
    (first,) = connection.execute("SELECT min(doc) FROM named WHERE key = ? AND doc >= ?", (key, 1 << DAY)).fetchone()
    return EntityCard(
        key_text(key), kind, texts[0] if texts else "", bool(sure), spellings, mentions, reports, stories, iso(first), iso(last)
    )


def iso(doc: int | None) -> str | None:
    """The day of a report by its number in the index; None where it has none."""
    return date.fromordinal(doc >> DAY).isoformat() if doc and doc >> DAY else None


def texts_of(connection: sqlite3.Connection, key: int, *, titles: bool) -> tuple[NameCount, ...]:
    """The spellings of a name with how often each stands; or its titles, with in how many stories."""
    rows = connection.execute(
        "SELECT text, count FROM name_text WHERE key = ? AND title = ? ORDER BY count DESC, text", (key, int(titles))
    )
    return tuple(NameCount(*row) for row in rows)


def place_of(stored: str | None) -> Place | None:
    """A place as it lies in `name`."""
    return Place(*json.loads(stored)) if stored else None
