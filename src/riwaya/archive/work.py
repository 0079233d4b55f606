"""What workers do for the archive: mark reports, weave stories, each into rows that are ready to be written."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

import orjson

from riwaya.archive import index, names
from riwaya.archive.keys import CitedRow, cited_row, keys_in
from riwaya.archive.numbers import number_of
from riwaya.archive.packing import Packing
from riwaya.archive.pages import PageRow, row_of
from riwaya.model import Article, Correction, Dossier, Furniture, Marks, Skipped
from riwaya.pipeline import read_and_mark, settle_furniture, weave_story
from riwaya.relate.entities import cited_entities, keys_of
from riwaya.relate.fingerprints import Fingerprint, fingerprint
from riwaya.relate.shared_lines import page_of
from riwaya.relate.stories import StoryGroup
from riwaya.relate.versions import canonical_url
from riwaya.serial.packed import Unpacker, decompressed, readable

_LEVEL = 6  # of zlib, for texts: read often, written once


class NewArticle(NamedTuple):
    """One report, marked: what is written of it."""

    id: str
    outlet: str | None
    site: str | None
    url: str | None
    address: str | None
    title: str | None
    path: str
    published: str | None
    day: int | None
    text: bytes
    length: int
    article: bytes
    marks: bytes
    page: PageRow | None
    fingerprint: bytes
    words: index.Indexed  # for the search


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """A report as it lies in the archive, for the worker that needs it."""

    text: bytes
    article: bytes
    marks: bytes
    shared: bytes | None
    path: str

    def read(self, unpack: Unpacker) -> tuple[Article, Marks]:
        """The report and its marks, the furniture that its outlet's other pages showed left out of them."""
        return self._settled(unpack, unpack.one(Marks, self.marks))

    def report(self, unpack: Unpacker) -> Article:
        """The report alone, which costs a fifth."""
        return self._settled(unpack, Marks(""))[0]

    def _settled(self, unpack: Unpacker, marks: Marks) -> tuple[Article, Marks]:
        article = replace(unpack.one(Article, self.article), text=text_of(self.text), path=self.path)
        return settle_furniture(article, marks, unpack.many(Furniture, self.shared) if self.shared else ())


class Card(NamedTuple):
    """What a list of stories shows of one: columns of `story`."""

    title: str
    first: str | None
    last: str | None
    articles: int
    outlets: int
    outlet_names: str
    origins: int
    parties: int
    corroborated: int
    repeated: int
    single: int
    disputes: int
    contradictions: int
    revisions: int


@dataclass(frozen=True, slots=True)
class WovenStory:
    """A story's dossier and the rows that go with it."""

    story: int
    changed: int  # the generation of the members that it was woven from
    dossier: bytes
    card: Card
    entities: list[tuple[int, int | None, int, int, int]]  # id, key, solo, mentions, known
    statements: list[tuple[int, str, int, int, int]]  # id, standing, disputed, independent, articles
    aside: list[tuple[str, str]]  # what could not be done: path, reason
    cited: list[CitedRow]
    names: list[names.NameRow]
    said: list[tuple[str, bytes]]  # what its reports state: `index.said_by`


@dataclass(frozen=True, slots=True)
class Task:
    """A story to be woven."""

    group: StoryGroup
    changed: int
    members: Sequence[StoredArticle]
    corrections: Sequence[Correction] = ()


def mark_rows(articles: Sequence[Article], *, packing: Packing) -> list[NewArticle | Skipped]:
    """Settle and mark some reports; what cannot be read, or defeated a marker, is told of beside."""
    rows: list[NewArticle | Skipped] = []
    for raw in articles:
        article, marks, skipped = read_and_mark(raw)
        if skipped is not None:
            rows.append(skipped)
        if article is not None:
            rows.append(_row(article, marks, packing))
    return rows


def _row(article: Article, marks: Marks, packing: Packing) -> NewArticle:
    page = page_of(article)
    own = fingerprint(article, marks)
    text = article.text.encode("utf-8", "surrogatepass")
    return NewArticle(
        article.id, article.outlet, page.outlet if page else None, article.url, canonical_url(article.url), article.title,
        article.path, article.published.value if article.published.how == "stated" else None, own.day,
        zlib.compress(text, _LEVEL), len(text), packing.pack(replace(article, text="")), packing.pack(marks),
        row_of(page) if page else None, pack_fingerprint(own), index.words_of(article),
    )  # fmt: skip


def text_of(data: bytes) -> str:
    """A report's text as it was."""
    with readable():
        return decompressed(data).decode("utf-8", "surrogatepass")


def pack_fingerprint(one: Fingerprint) -> bytes:
    """A fingerprint: a header with the numbers and the lengths, then the parts; compressed, though they are dense already."""
    parts: list[bytes] = []
    header: list[Any] = []
    for f in fields(one):
        value = getattr(one, f.name)
        if isinstance(value, str | bytes):
            parts.append(value.encode() if isinstance(value, str) else value)
            header.append([isinstance(value, str), len(parts[-1])])
        else:
            header.append(value)
    head = orjson.dumps(header)
    return zlib.compress(b"".join([len(head).to_bytes(2, "little"), head, *parts]), 1)


def unpack_fingerprint(data: bytes) -> Fingerprint:
    """A fingerprint again."""
    with readable():
        data = decompressed(data)
        at = 2 + int.from_bytes(data[:2], "little")
        values: list[Any] = []
        for value in orjson.loads(data[2:at]):
            if isinstance(value, list):
                part = data[at : at + value[1]]
                values.append(part.decode() if value[0] else part)
                at += value[1]
            else:
                values.append(value)
        return Fingerprint(*values)


def weave_rows(tasks: Sequence[Task], *, as_of: str | None, packing: Packing) -> list[WovenStory]:
    """Relate and weigh some stories."""
    return [_weave(task, as_of, packing) for task in tasks]


def _weave(task: Task, as_of: str | None, packing: Packing) -> WovenStory:
    members = [stored.read(packing) for stored in task.members]
    dossier, failed = weave_story(task.group, members, as_of, task.corrections)
    natural = dict(keys_of(dossier.entities))
    known = {e.id: names.known_by(e, natural.get(e.id)) for e in dossier.entities}
    keys = keys_in(dossier, {})
    return WovenStory(
        number_of(task.group.id),
        task.changed,
        packing.pack(replace(dossier, articles=tuple(replace(a, text="") for a in dossier.articles))),
        card_of(dossier),
        [(number_of(e.id), *keys[e.id], len(e.mentions), known[e.id][0]) for e in dossier.entities],
        [(number_of(s.id), s.standing, int(s.disputed), s.independent, len(s.article_ids)) for s in dossier.statements],
        [(s.path, s.reason) for s in (*dossier.skipped, *((failed,) if failed else ()))],
        [cited_row(one) for one in cited_entities(dossier.entities, task.corrections)],
        names.rows_of(dossier, known),
        index.said_by(dossier),
    )


def card_of(dossier: Dossier) -> Card:
    """What a list shows of a story. As at the head of its page, a disputed statement counts under no other standing."""
    story = dossier.stories[0]
    standings = Counter(s.standing for s in dossier.statements if not s.disputed)
    kinds = Counter(d.kind for d in dossier.disputes)
    return Card(
        " ".join(story.title.split()), story.first, story.last, len(story.article_ids), len(story.outlets),
        "\x1f".join(story.outlets), story.origins, story.parties, standings["corroborated"], standings["repeated"],
        standings["single"], len(dossier.disputes), kinds["contradiction"], kinds["revision"],
    )  # fmt: skip
