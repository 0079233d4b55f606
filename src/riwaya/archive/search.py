"""Full-text search over an archive: reports by their words, in any spelling, with where and when and who.

`querying` reads what was typed, `terms` says under which forms a word may stand, `index` holds the reports' words. Of more
matches than a setting allows the newest are ranked by their words; the others follow by day, so that no word is too common.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from riwaya.arabic.memo import Memo
from riwaya.archive import names
from riwaya.archive.extracts import Extract, Matcher, as_indexed, extract, matches
from riwaya.archive.index import DAY, NUMBER, STANDINGS, Standing, said_in
from riwaya.archive.listing import Page
from riwaya.archive.numbers import id_of
from riwaya.archive.querying import Asked, Parsed, parse
from riwaya.archive.reading import Reader
from riwaya.archive.terms import beginnings, deciding, forms, outlet_token
from riwaya.errors import UsageError
from riwaya.model import Article, NameKind, Span
from riwaya.serial.packed import readable
from riwaya.settings.search import SEARCH

_LAST = chr(0x10FFFF)
_NOTHING = "0x"  # no token: words are letters or digits


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to search for.

    text: words, "phrases", -word, one OR two, begin*. Empty: all reports that fit the rest, the newest first.
    outlet: its name, in any spelling. since, until: ISO days, both included; a report without a day fits none.
    place, person: a name in any spelling, or the key of an `EntityCard`.
    standing: only reports with a statement that stands so. story: only reports of the story with this id.
    typing: the last word may be only the beginning of one.
    """

    text: str = ""
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    place: str | None = None
    person: str | None = None
    standing: Standing | None = None
    story: str | None = None
    typing: bool = False
    offset: int = 0
    limit: int = 20


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """A statement of a report's story that the report makes where the words were found. `text` stands at `span`."""

    id: str
    span: Span
    text: str
    standing: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found. `title_matches` are code points of `title`; `score` orders the hits of one search, no more."""

    article_id: str
    story_id: str | None
    title: str
    title_matches: tuple[tuple[int, int], ...]
    outlet: str | None
    published: str | None
    url: str | None
    extract: Extract
    matches: tuple[Span, ...]  # every word of the report that was asked for
    statements: tuple[FoundStatement, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Also:
    """Another spelling of a name that was searched for beside the word that was typed."""

    word: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found(Page[Hit]):
    """Hits, and how the query was understood: spellings that were added, words that the search passed over."""

    also: tuple[Also, ...] = ()
    ignored: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()  # words that no report has


# ------------------------------------------------------------------------------------------------------------------ query


@dataclass(slots=True)
class _Plan:
    """A query as the index takes it."""

    match: str = ""  # FTS5; empty: no words
    rows: tuple[tuple[frozenset[str], ...], ...] = ()  # for finding the words in a text
    also: tuple[Also, ...] = ()
    unknown: tuple[str, ...] = ()
    where: str = ""
    values: tuple[object, ...] = ()


class Search:
    """Searches one archive."""

    def __init__(self, connection: sqlite3.Connection, reader: Reader) -> None:
        self._db = connection
        self._reader = reader

    def search(self, query: SearchQuery) -> Found:
        """The reports that fit a query, the best first.

        Raises:
            UsageError: a day is none, a standing is none, or only words to leave out are given.
            NotFoundError: no story has the id.
        """
        parsed = parse(query.text, typing=query.typing)
        if parsed.unwanted and not parsed.wanted:
            raise UsageError("a search needs a word to look for beside those to leave out")
        plan = self._plan(parsed, query)
        offset, limit = max(0, query.offset), max(0, query.limit)
        table = "search" if plan.match else "indexed"
        scored, total = self._scored(plan, offset, limit)
        if total is None:
            (total,) = self._db.execute(f"SELECT count(*) FROM {table}{plan.where}", plan.values).fetchone()
        matcher = Matcher(plan.rows)
        with readable():
            hits = [hit for doc, score in scored if (hit := self._hit(doc, score, matcher, query.standing)) is not None]
        return Found(hits, total, offset, limit, plan.also, tuple(parsed.ignored), plan.unknown)

    def holding(self, text: str) -> tuple[str, tuple[object, ...]] | None:
        """SQL that gives the numbers of the stories whose reports hold these words, with its values; None for no words.

        Of very common words the newest reports are looked at. The last word may be only begun.

        Raises:
            UsageError: only words to leave out are given.
        """
        parsed = parse(text, typing=True)
        if parsed.unwanted and not parsed.wanted:
            raise UsageError("a search needs a word to look for beside those to leave out")
        plan = self._plan(parsed, SearchQuery())
        if not plan.match:
            return None
        docs = f"SELECT rowid FROM search{plan.where} ORDER BY rowid DESC LIMIT {SEARCH.window}"
        joined = "JOIN indexed AS i ON i.doc = d.rowid JOIN article AS a ON a.n = i.n"
        return f"SELECT a.story FROM ({docs}) AS d {joined}", plan.values

    def _scored(self, plan: _Plan, offset: int, limit: int) -> tuple[list[tuple[int, float]], int | None]:
        """The reports of one page with their scores; and how many there are in all, where that has come out."""
        if not plan.match:
            rows = self._db.execute(
                f"SELECT doc FROM indexed{plan.where} ORDER BY doc DESC LIMIT ? OFFSET ?", (*plan.values, limit, offset)
            )
            return [(doc, 0.0) for (doc,) in rows], None
        found: list[tuple[int, float]] = []
        total: int | None = None
        if offset < SEARCH.window:
            rank = f"bm25(search, {SEARCH.title_weight}, 1.0, 0.0)"
            ranked = self._db.execute(
                f"SELECT rowid, {rank} FROM search{plan.where} ORDER BY rowid DESC LIMIT ?", (*plan.values, SEARCH.window)
            ).fetchall()
            found = _newer_first(ranked)[offset : offset + limit]
            total = len(ranked) if len(ranked) < SEARCH.window else None
        if offset + limit > SEARCH.window:
            skip = max(offset, SEARCH.window)
            rows = self._db.execute(
                f"SELECT rowid FROM search{plan.where} ORDER BY rowid DESC LIMIT ? OFFSET ?",
                (*plan.values, offset + limit - skip, skip),
            )
            found += [(doc, 0.0) for (doc,) in rows]
        return found, total

    # -------------------------------------------------------------------------------------------------------- understanding

    def _plan(self, parsed: Parsed, query: SearchQuery) -> _Plan:
        plan = _Plan()
        wanted = [group for group in parsed.wanted if not _idle(group)] or parsed.wanted
        parts, rows, also, unknown = [], [], dict[str, Also](), list[str]()
        for group in wanted:
            alternatives = []
            for asked in group:
                row = self._row(asked, also, unknown)
                rows.append(tuple(frozenset(r) for r in row))
                alternatives.append(_expression(row))
            parts.append(f"({' OR '.join(alternatives)})")
        plan.rows, plan.also, plan.unknown = tuple(rows), tuple(also.values()), tuple(dict.fromkeys(unknown))
        if parts:
            plan.match = "{title body} : (" + " AND ".join(parts) + ")"
            without = [_expression(self._row(asked, {}, [])) for asked in parsed.unwanted]
            if without:
                plan.match = f"({plan.match}) NOT ({{title body}} : ({' OR '.join(without)}))"
            if query.outlet:
                plan.match = f'(outlet : "{outlet_token(query.outlet)}") AND ({plan.match})'
        elif query.outlet:
            plan.match = f'outlet : "{outlet_token(query.outlet)}"'
        self._filter(plan, query)
        return plan

    def _filter(self, plan: _Plan, query: SearchQuery) -> None:
        doc = "rowid" if plan.match else "doc"
        where, values = [], list[object]()
        if plan.match:
            where.append("search MATCH ?")
            values.append(plan.match)
        if query.since or query.until:
            where.append(f"{doc} BETWEEN ? AND ?")
            values += [_day(query.since, 1) << DAY, (_day(query.until, date.max.toordinal()) << DAY) | NUMBER]
        kinds: tuple[tuple[str | None, NameKind], ...] = ((query.person, "person"), (query.place, "place"))
        for text, kind in kinds:
            if text:
                keys = names.keys_for(self._db, text, kind)
                where.append(f"+{doc} IN (SELECT doc FROM named WHERE key IN ({', '.join(map(str, keys))}))")
        if query.story:
            where.append(f"+{doc} IN (SELECT i.doc FROM article AS a JOIN indexed AS i ON i.n = a.n WHERE a.story = ?)")
            values.append(self._reader.number(query.story))
        if query.standing:
            if query.standing not in STANDINGS:
                raise UsageError(f"no standing is called {query.standing!r}; there are: {', '.join(STANDINGS)}")
            held = "(SELECT standings FROM indexed WHERE indexed.doc = search.rowid)" if plan.match else "standings"
            where.append(f"{held} & {1 << STANDINGS.index(query.standing)}")
        plan.where, plan.values = (f" WHERE {' AND '.join(where)}" if where else ""), tuple(values)

    def _row(self, asked: Asked, also: dict[str, Also], unknown: list[str]) -> list[list[str]]:
        """For each of the words in a row the tokens that may stand for it."""
        row = []
        for number, word in enumerate(asked.words):
            known = self._known(forms(word)) or list(forms(word)[:1])
            last = asked.begins and number == len(asked.words) - 1
            if last:
                known = list(dict.fromkeys([*known, *self._completions(word)]))
            known += self._spellings(word, known, also)
            if not self._known(known):
                unknown.append(word)
            row.append(known or [_NOTHING])
        return row

    def _known(self, words_: Sequence[str]) -> list[str]:
        marks = ",".join("?" * len(words_))
        held = {w for (w,) in self._db.execute(f"SELECT word FROM term WHERE word IN ({marks})", words_)}
        return [w for w in words_ if w in held]

    def _completions(self, word: str) -> list[str]:
        for begin in beginnings(word):
            rows = self._db.execute(
                "SELECT word FROM term WHERE word >= ? AND word < ? ORDER BY reports DESC, word LIMIT ?",
                (begin, begin + _LAST, SEARCH.completions),
            ).fetchall()
            if rows:
                return [w for (w,) in rows if deciding(w)]
        return []

    def _spellings(self, word: str, known: Sequence[str], also: dict[str, Also]) -> list[str]:
        """The tokens of other spellings of a name, as the archive's reports have them."""
        others = names.spelled_like(self._db, word, known=bool(self._known(known)))
        added: dict[str, str] = {}
        for other in others:
            kept = token_of(other)
            if kept and kept not in known:
                added.setdefault(kept, other)
        stands = self._known(list(added))
        if stands:
            also[word] = Also(word, tuple(added[t] for t in stands))
        return stands

    # --------------------------------------------------------------------------------------------------------------- hits

    def _hit(self, doc: int, score: float, matcher: Matcher, standing: Standing | None) -> Hit | None:
        row = self._db.execute(
            "SELECT a.n, a.id, a.story, a.title, a.outlet, a.published, a.url, i.said"
            " FROM indexed AS i JOIN article AS a ON a.n = i.n WHERE i.doc = ?",
            (doc,),
        ).fetchone()
        if row is None:
            return None
        n, article_id, story, title, outlet, published, url, said = row
        article = as_indexed(self._reader.stored(n), self._reader.unpack)
        shown, spans = extract(article, matcher)
        head = " ".join((title or _first_line(article)).split())
        return Hit(
            article_id, None if story is None else id_of("s", story), head, tuple(matches(head, matcher)), outlet, published, url,
            shown, tuple(spans), _statements(article, said or b"", spans, standing), score,
        )  # fmt: skip


def token_of(norm: str) -> str:
    """The token of a folded word."""
    found = forms(norm)
    return found[0] if found else ""


def _newer_first(ranked: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """By the score of the words and the day; of equals the newest, then the one that came last."""
    newest = max((doc >> DAY for doc, _ in ranked), default=0)
    worth: Memo[int, float] = Memo(
        lambda day: 1 + SEARCH.recency_weight * 0.5 ** ((newest - day) / SEARCH.recency_half_life), len(ranked) + 1
    )
    scored = sorted([(-rank * worth[doc >> DAY], doc) for doc, rank in ranked], reverse=True)
    return [(doc, score) for score, doc in scored]


def _idle(group: Sequence[Asked]) -> bool:
    """Whether a word decides nothing beside others."""
    return all(len(a.words) == 1 and not a.begins and not any(map(deciding, forms(a.words[0])[:1])) for a in group)


def _expression(row: Sequence[Sequence[str]]) -> str:
    """FTS5's words for a row of words, each any of several."""
    if len(row) == 1:
        told = [f'"{t}"' for t in row[0]]
    else:
        told = [f'"{" ".join(one)}"' for one in list(product(*(r[: SEARCH.phrase_forms] for r in row)))[: SEARCH.phrases]]
    return told[0] if len(told) == 1 else f"({' OR '.join(told)})"


def _statements(article: Article, packed: bytes, found: Sequence[Span], standing: Standing | None) -> tuple[FoundStatement, ...]:
    """The statements of a report in which words were found, those with most of them first."""
    wanted = 1 << STANDINGS.index(standing) if standing else -1
    kept = []
    for start, end, number, bits in said_in(packed):
        if not bits & wanted:
            continue
        inside = sum(start <= s.start and s.end <= end for s in found)
        if inside or (standing and not found):
            kept.append((-inside, start, end, number, bits))
    return tuple(
        FoundStatement(
            id_of("st", number), Span(article.id, start, end), article.text[start:end],
            next(name for at, name in enumerate(STANDINGS) if bits >> at & 1), bool(bits >> 3 & 1),
        )
        for _, start, end, number, bits in sorted(kept)[: SEARCH.statements]
    )  # fmt: skip


def _first_line(article: Article) -> str:
    return next((line for line in article.text[article.body_start :].splitlines() if line.strip()), "")


def _day(value: str | None, default: int) -> int:
    if not value:
        return default
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        raise UsageError(f"{value!r} is not a day such as 2022-01-13") from None
