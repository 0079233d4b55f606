"""One name of an archive, in full: how it is spelled, where it stands, what it said, with whom it appears."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import orjson

from riwaya.archive.listing import Page, StoryCard, cards
from riwaya.archive.names import EntityCard, card, iso, key_of, place_of, texts_of
from riwaya.archive.numbers import id_of
from riwaya.archive.reading import Reader
from riwaya.archive.work import text_of
from riwaya.errors import NotFoundError
from riwaya.model import Dossier, NameCount, Place, Quote, Span, Statement
from riwaya.settings.search import SEARCH

_AROUND = 80  # characters on either side of a mention, about a line together
_CARD = "key, kind, sure, spellings, mentions, reports, stories"


@dataclass(frozen=True, slots=True)
class Companion:
    """A name that appears in the same stories. `stories`: in how many of those that were looked at."""

    key: str
    kind: str
    name: str
    stories: int


@dataclass(frozen=True, slots=True)
class EntityAccount:
    """One name. `spellings` count mentions, `titles` stories; `companions` are of its newest stories (`looked_at` of them)."""

    card: EntityCard
    spellings: tuple[NameCount, ...]
    titles: tuple[NameCount, ...]
    place: Place | None
    quotes: int  # how often it speaks
    companions: tuple[Companion, ...]
    looked_at: int


@dataclass(frozen=True, slots=True)
class MentionedIn:
    """A report with every mention of one name. `texts` are the untouched words of `spans`; `day` is ISO or None.

    `before` and `after` are what stands around the first of them.
    """

    article_id: str
    story_id: str | None
    title: str
    outlet: str | None
    day: str | None
    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What a name said, in one report: the quote, its words, and the statements of the story that it belongs to."""

    quote: Quote
    text: str
    article_id: str
    story_id: str
    title: str
    outlet: str | None
    day: str | None
    statements: tuple[Statement, ...]


def account(connection: sqlite3.Connection, key: str) -> EntityAccount:
    """One name.

    Raises:
        NotFoundError: no name has this key.
    """
    number = key_of(key)
    row = connection.execute(f"SELECT {_CARD}, place FROM name WHERE key = ?", (number,)).fetchone()
    if row is None:
        raise NotFoundError(f"no name has the key {key!r}")
    (quotes,) = connection.execute("SELECT total(quotes) FROM name_story WHERE key = ?", (number,)).fetchone()
    newest = _newest_stories(connection, number)
    return EntityAccount(
        card(connection, row[:-1]), texts_of(connection, number, titles=False), texts_of(connection, number, titles=True),
        place_of(row[-1]), int(quotes), _companions(connection, number, newest), len(newest),
    )  # fmt: skip


def _newest_stories(connection: sqlite3.Connection, key: int) -> list[int]:
    rows = connection.execute(
        "SELECT DISTINCT story FROM (SELECT a.story FROM named AS d JOIN indexed AS i ON i.doc = d.doc"
        " JOIN article AS a ON a.n = i.n WHERE d.key = ? AND a.story NOT NULL ORDER BY d.doc DESC LIMIT ?)",
        (key, SEARCH.together),
    )
    return [story for (story,) in rows]


def _companions(connection: sqlite3.Connection, key: int, stories: list[int]) -> tuple[Companion, ...]:
    told = ", ".join(map(str, stories))
    rows = connection.execute(
        f"SELECT known, count(DISTINCT story) AS often FROM entity WHERE story IN ({told}) AND known != ?"
        " GROUP BY known ORDER BY often DESC, sum(mentions) DESC, known LIMIT ?",
        (key, SEARCH.companions),
    ).fetchall()
    found = []
    for other, often in rows:
        row = connection.execute(f"SELECT {_CARD} FROM name WHERE key = ?", (other,)).fetchone()
        if row is not None:
            one = card(connection, row)
            found.append(Companion(one.key, one.kind, one.name, often))
    return tuple(found)


def mentions(connection: sqlite3.Connection, reader: Reader, key: str, offset: int = 0, limit: int = 20) -> Page[MentionedIn]:
    """The reports that mention a name, the newest first, each with all its mentions.

    Raises:
        NotFoundError: no name has this key.
    """
    number = _held(connection, key)
    (total,) = connection.execute("SELECT count(*) FROM named WHERE key = ?", (number,)).fetchone()
    rows = connection.execute(
        "SELECT d.doc, a.n, a.id, a.story, a.title, a.outlet FROM named AS d JOIN indexed AS i ON i.doc = d.doc"
        " JOIN article AS a ON a.n = i.n WHERE d.key = ? ORDER BY d.doc DESC LIMIT ? OFFSET ?",
        (number, max(0, limit), max(0, offset)),
    ).fetchall()
    found = []
    for doc, n, article_id, story, title, outlet in rows:
        spans = _spans(connection, number, story, n, article_id)
        text = text_of(reader.stored(n).text)
        found.append(
            MentionedIn(
                article_id, None if story is None else id_of("s", story), " ".join((title or "").split()), outlet, iso(doc),
                spans, tuple(text[s.start : s.end] for s in spans), *(around(text, spans[0]) if spans else ("", "")),
            )
        )  # fmt: skip
    return Page(found, total, max(0, offset), max(0, limit))


def around(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after some words, cut at the ends of words and paragraphs."""
    before = text[max(0, span.start - _AROUND) : span.start].rsplit("\n", 1)[-1]
    after = text[span.end : span.end + _AROUND].split("\n", 1)[0]
    if len(before) == _AROUND:
        before = before.partition(" ")[2]
    if len(after) == _AROUND:
        after = after.rpartition(" ")[0]
    return before, after


def _held(connection: sqlite3.Connection, key: str) -> int:
    number = key_of(key)
    if connection.execute("SELECT 1 FROM name WHERE key = ?", (number,)).fetchone() is None:
        raise NotFoundError(f"no name has the key {key!r}")
    return number


def _spans(connection: sqlite3.Connection, key: int, story: int | None, n: int, article_id: str) -> tuple[Span, ...]:
    """Where a name stands in a report; nowhere where the report has changed its story and that is not woven yet."""
    row = connection.execute("SELECT parts FROM name_story WHERE key = ? AND story = ?", (key, story)).fetchone()
    places: list[int] = next((rest for at, *rest in orjson.loads(row[0])[3] if at == n), []) if row else []
    pairs = zip(places[::2], places[1::2], strict=True)
    return tuple(Span(article_id, start, start + length) for start, length in pairs)


def standing_for(connection: sqlite3.Connection, key: str) -> tuple[Span, ...]:
    """What a merge of a name with another one cites: a mention of it; of one that is not sure, a mention in each of its stories.

    Nothing, where no story of it is woven as its reports are now.

    Raises:
        NotFoundError: no name has this key.
    """
    number = _held(connection, key)
    (sure,) = connection.execute("SELECT sure FROM name WHERE key = ?", (number,)).fetchone()
    most = 1 if sure else SEARCH.tied_stories
    found: list[Span] = []
    for story, parts in connection.execute("SELECT story, parts FROM name_story WHERE key = ? ORDER BY story", (number,)):
        article_id, places = next(_places(connection, story, parts), (None, []))
        if article_id is not None:
            found.append(Span(article_id, places[0], places[0] + places[1]))
        if len(found) == most:
            break
    return tuple(found)


def apart(connection: sqlite3.Connection, reader: Reader, key: str, spelling: str) -> tuple[Span, ...]:
    """What a split of a spelling from a name cites: a mention that is spelled otherwise, then mentions spelled so.

    The first two are of one story, if one has both spellings; what follows is of stories that have this spelling alone, one each.
    Nothing, where the name has no other spelling, or not this one.

    Raises:
        NotFoundError: no name has this key.
    """
    number = _held(connection, key)
    both: tuple[Span, Span] | None = None
    other: Span | None = None
    alone: list[Span] = []
    for story, parts in connection.execute("SELECT story, parts FROM name_story WHERE key = ? ORDER BY story", (number,)):
        texts = [text for text, _ in orjson.loads(parts)[0]]
        mixed = spelling in texts and len(texts) > 1
        if (mixed and both is not None) or (spelling in texts and not mixed and len(alone) >= SEARCH.tied_stories):
            continue
        if spelling not in texts and other is not None:
            continue
        like, unlike = _first_of_each(connection, reader, story, parts, spelling)
        other = other or unlike
        if mixed and like and unlike:
            both = (unlike, like)
        elif like and not mixed:
            alone.append(like)
    if both is not None:
        return (*both, *alone)
    return (other, *alone) if other and alone else ()


def corrected(connection: sqlite3.Connection, key: str) -> frozenset[Span]:
    """The spans by which merges and splits cite the entities that are listed under a name.

    Raises:
        NotFoundError: it is no key.
    """
    rows = connection.execute(  # from the few that are cited to what they are listed under, in this order
        "SELECT c.spans FROM cited AS c CROSS JOIN entity AS e ON e.story = c.story AND e.id = c.entity WHERE e.known = ?",
        (key_of(key),),
    )
    return frozenset(Span(*span) for (spans,) in rows for span in orjson.loads(spans))


def _places(connection: sqlite3.Connection, story: int, parts: str) -> Iterator[tuple[str, list[int]]]:
    """Where a name stands in the reports of a story: article id, then start, length, start, length ..."""
    for n, *places in orjson.loads(parts)[3]:
        row = connection.execute("SELECT id FROM article WHERE n = ? AND story = ?", (n, story)).fetchone()
        if row is not None:
            yield row[0], places


def _first_of_each(
    connection: sqlite3.Connection, reader: Reader, story: int, parts: str, spelling: str
) -> tuple[Span | None, Span | None]:
    """In one story the first mention spelled so, and the first spelled otherwise."""
    like: Span | None = None
    unlike: Span | None = None
    for article_id, places in _places(connection, story, parts):
        (n,) = connection.execute("SELECT n FROM article WHERE id = ?", (article_id,)).fetchone()
        text = text_of(reader.stored(n).text)
        for start, length in zip(places[::2], places[1::2], strict=True):
            span = Span(article_id, start, start + length)
            if text[start : start + length] == spelling:
                like = like or span
            else:
                unlike = unlike or span
        if like and unlike:
            break
    return like, unlike


def stories(connection: sqlite3.Connection, key: str, offset: int = 0, limit: int = 20) -> Page[StoryCard]:
    """The stories that a name stands in, the newest first.

    Raises:
        NotFoundError: no name has this key.
    """
    number = _held(connection, key)
    (total,) = connection.execute("SELECT count(*) FROM name_story WHERE key = ?", (number,)).fetchone()
    rows = connection.execute(
        "SELECT k.story FROM name_story AS k JOIN story AS s ON s.n = k.story WHERE k.key = ?"
        " ORDER BY s.last DESC, k.story LIMIT ? OFFSET ?",
        (number, max(0, limit), max(0, offset)),
    )
    return Page(cards(connection, [n for (n,) in rows]), total, max(0, offset), max(0, limit))


def sayings(connection: sqlite3.Connection, reader: Reader, key: str, offset: int = 0, limit: int = 20) -> Page[Saying]:
    """What a name said, that of the newest stories first.

    Raises:
        NotFoundError: no name has this key.
    """
    number = _held(connection, key)
    offset, limit = max(0, offset), max(0, limit)
    rows = connection.execute(
        "SELECT k.story, k.quotes FROM name_story AS k JOIN story AS s ON s.n = k.story WHERE k.key = ? AND k.quotes"
        " ORDER BY s.last DESC, k.story",
        (number,),
    ).fetchall()
    total, found, before = sum(quotes for _, quotes in rows), list[Saying](), 0
    for story, quotes in rows:
        if before + quotes > offset and before < offset + limit:
            said = list(_said(connection, reader, number, story))
            found += said[max(0, offset - before) : offset + limit - before]
        before += quotes
    return Page(found, total, offset, limit)


def _said(connection: sqlite3.Connection, reader: Reader, key: int, story: int) -> Iterator[Saying]:
    dossier = reader.dossier(story)
    if dossier is None:
        return
    own = {id_of("e", n) for (n,) in connection.execute("SELECT id FROM entity WHERE story = ? AND known = ?", (story, key))}
    of_quote = _statements(dossier)
    for article, marks in zip(dossier.articles, dossier.marks, strict=True):
        for quote in marks.quotes:
            if quote.speaker and quote.speaker.entity_id in own:
                yield Saying(
                    quote, article.text[quote.content.start : quote.content.end], article.id, id_of("s", story),
                    " ".join((article.title or "").split()), article.outlet, (article.published.value or "")[:10] or None,
                    of_quote.get(quote.id, ()),
                )  # fmt: skip


def _statements(dossier: Dossier) -> dict[str, tuple[Statement, ...]]:
    found: dict[str, tuple[Statement, ...]] = {}
    for statement in dossier.statements:
        for quote_id in statement.quote_ids:
            found[quote_id] = (*found.get(quote_id, ()), statement)
    return found
