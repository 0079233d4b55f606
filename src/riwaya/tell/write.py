"""A collection written into a directory, as the contract lays it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from riwaya.engines import engine
from riwaya.model import SCHEMA, Dossier, Duplicate, Skipped, Story
from riwaya.serial import json_
from riwaya.settings.tell import TELL
from riwaya.tell.exports import EXPORTS, export
from riwaya.tell.formats import check_formats
from riwaya.tell.output import replacing
from riwaya.tell.parts import merge

if TYPE_CHECKING:
    from riwaya.tell.tables import Tables

Progress = Callable[[str, int, int | None], None]


class Stored(Protocol):
    """A dossier somewhere; picklable, so that a worker can read it."""

    def read(self) -> Dossier:
        """It."""


class Stories(Protocol):
    """What is written: the dossiers of the stories, one each, and what was set aside."""

    skipped: list[Skipped]
    duplicates: list[Duplicate]

    @property
    def article_count(self) -> int:
        """How many articles there are."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Dossier]: ...

    def stored(self) -> Iterator[Stored]:
        """The dossiers where they lie, in the same order."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the index of several stories says of one."""

    story: Story  # without what the index does not show
    articles: int
    statements: int
    corroborated: int
    repeated: int
    disputes: int
    path: str | None  # of its page, from the index


@dataclass(frozen=True, slots=True)
class Written:
    """What a worker wrote of some stories: their cards, and the lines of their articles by id, which the parent puts in order."""

    cards: list[Card]
    lines: list[tuple[str, bytes]]


def write_collection(
    collection: Stories,
    directory: Path,
    formats: Sequence[str] = ("json", "html"),
    lang: str = "ar",
    *,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Write `collection` into `directory`; what stood there stays as it was until all is written.

    Args:
        collection: iterated once or twice.
        directory: made if absent.
        formats: see `riwaya.tell.formats.WRITE_FORMATS`.
        lang: "ar" or "en": the language in which the page opens.
        jobs: worker processes; None means one a core.
        progress: told of the stories written.

    Raises:
        OutputError: it cannot be written.
        UsageError: a format is not known.
        MissingExtraError: a format needs an extra that is not installed.
    """
    wanted = check_formats(formats)
    small = len(collection) <= 1 or collection.article_count <= TELL.one_file_articles
    with replacing(directory) as folder:
        if small:
            _write_small(collection, folder, wanted, lang)
        else:
            _write_large(collection, folder, wanted, lang, jobs=jobs, progress=progress)


def _write_small(collection: Stories, folder: Path, formats: Sequence[str], lang: str) -> None:
    parts = list(collection)
    whole = merge(parts, collection.skipped, collection.duplicates)
    if "json" in formats:
        (folder / "dossier.json").write_bytes(json_.dumps(json_.to_dict(whole)))
    if "html" in formats:
        from riwaya.tell.html import render, render_index

        if len(parts) == 1:
            (folder / "index.html").write_bytes(_utf8(render(whole, lang)))
        else:
            cards = [write_story(part, folder=folder, formats=("html",), lang=lang) for part in parts]
            page = render_index(cards, collection.skipped, collection.duplicates, len(whole.articles), lang)
            (folder / "index.html").write_bytes(_utf8(page))
    _write_exports(whole, folder, formats, lang)
    _write_tables([whole], folder, formats)


def _write_large(
    collection: Stories, folder: Path, formats: Sequence[str], lang: str, *, jobs: int | None, progress: Progress | None
) -> None:
    cards: list[Card] = []
    tables = _tables(folder, formats)
    write = partial(write_stories, folder=folder, formats=formats, lang=lang)
    with engine("local", jobs) as workers, _ArticleLines(folder / "articles.jsonl", "json" in formats) as lines:

        def parts() -> Iterator[list[Stored]]:
            waiting = collection.stored()
            while batch := list(islice(waiting, TELL.stories_at_a_time)):
                if tables:
                    for part in batch:
                        tables.add(part.read())
                yield batch

        for done in workers.map(write, parts()):
            cards += done.cards
            lines.add(done.lines)
            if progress:
                progress("write", len(cards), len(collection))
    if tables:
        tables.add(Dossier((), (), skipped=tuple(collection.skipped), duplicates=tuple(collection.duplicates)))
        tables.close()
    if "json" in formats:
        (folder / "index.json").write_bytes(json_.dumps(_index(cards, collection)))
    if "html" in formats:
        from riwaya.tell.html import render_index

        page = render_index(cards, collection.skipped, collection.duplicates, collection.article_count, lang)
        (folder / "index.html").write_bytes(_utf8(page))


def write_stories(stored: Sequence[Stored], *, folder: Path, formats: Sequence[str], lang: str) -> Written:
    """Some stories, each in a folder of its own where it has two articles or more; what the index says of them."""
    cards: list[Card] = []
    lines: list[tuple[str, bytes]] = []
    for part in (one.read() for one in stored):
        cards.append(write_story(part, folder=folder, formats=formats if len(part.articles) > 1 else (), lang=lang))
        if "json" in formats:
            lines += [(a.id, json_.dumps(json_.article_dict(a)) + b"\n") for a in part.articles]
    return Written(cards, lines)


def write_story(part: Dossier, *, folder: Path, formats: Sequence[str], lang: str) -> Card:
    """One story's files under `stories/ID/`."""
    story = part.stories[0]
    own = folder / "stories" / story.id
    if not {"csv", "parquet"}.issuperset(formats):  # tables hold all stories
        own.mkdir(parents=True, exist_ok=True)
    if "json" in formats:
        (own / "dossier.json").write_bytes(json_.dumps(json_.to_dict(part)))
    if "html" in formats:
        from riwaya.tell.html import render

        (own / "index.html").write_bytes(_utf8(render(part, lang, index="../../index.html")))
    _write_exports(part, own, formats, lang)
    standings = [s.standing for s in part.statements]
    return Card(
        story=replace(story, summary=(), statement_ids=(), dispute_ids=(), reasons=()),
        articles=len(part.articles),
        statements=len(standings),
        corroborated=standings.count("corroborated"),
        repeated=standings.count("repeated"),
        disputes=len(part.disputes),
        path=f"stories/{story.id}/index.html" if "html" in formats else None,
    )


def _write_exports(part: Dossier, folder: Path, formats: Sequence[str], lang: str) -> None:
    """Its files in the formats of other tools."""
    for name in formats:
        if name in EXPORTS:
            (folder / EXPORTS[name].file).write_bytes(export(part, name, lang))


def _utf8(page: str) -> bytes:
    try:
        return page.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return str(json_.clean(page)).encode()


def _index(cards: Iterable[Card], collection: Stories) -> dict[str, Any]:
    """index.json: the stories without their details."""
    details = ("summary", "statement_ids", "dispute_ids", "reasons")
    stories = []
    for card in sorted(cards, key=lambda c: c.story.id):
        story = {k: v for k, v in json_.story_dict(card.story).items() if k not in details}
        stories.append({**story, "statements": card.statements, "disputes": card.disputes})
    return {
        "schema": SCHEMA,
        "generator": json_.generator(),
        "stories": stories,
        "skipped": [json_.skipped_dict(s) for s in sorted(collection.skipped)],
        "duplicates": [json_.duplicate_dict(d) for d in sorted(collection.duplicates)],
    }


class _ArticleLines:
    """articles.jsonl, in the order of the articles' ids, though they come story by story: lines are put in order at the end."""

    def __init__(self, path: Path, wanted: bool) -> None:
        self._path = path
        self._wanted = wanted
        self._unsorted = path.with_suffix(".unsorted")
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._file: BinaryIO | None = None

    def __enter__(self) -> _ArticleLines:
        if self._wanted:
            self._file = self._unsorted.open("wb")
        return self

    def add(self, lines: Iterable[tuple[str, bytes]]) -> None:
        """Lines with the ids of their articles."""
        for article_id, line in lines:
            if self._file is not None and article_id not in self._places:
                self._places[article_id] = (self._end, len(line))
                self._file.write(line)
                self._end += len(line)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._file is None:
            return
        self._file.close()
        if kind is None:
            with self._unsorted.open("rb") as source, self._path.open("wb") as target:
                for _, (offset, size) in sorted(self._places.items()):
                    source.seek(offset)
                    target.write(source.read(size))
        self._unsorted.unlink()


def _tables(folder: Path, formats: Sequence[str]) -> Tables | None:
    if not {"csv", "parquet"}.intersection(formats):
        return None
    from riwaya.tell.tables import Tables

    return Tables(folder / "tables", formats)


def _write_tables(parts: Iterable[Dossier], folder: Path, formats: Sequence[str]) -> None:
    tables = _tables(folder, formats)
    if tables is not None:
        for part in parts:
            tables.add(part)
        tables.close()
