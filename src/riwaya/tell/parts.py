"""Several stories' dossiers as one, and one dossier as several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from riwaya.model import Dossier, Duplicate, Marks, Skipped


def merge(
    dossiers: Iterable[Dossier], skipped: Iterable[Skipped] = (), duplicates: Iterable[Duplicate] = ()
) -> Dossier:
    """One dossier of all these stories. An article that stands in several is kept once; `marks` stay parallel to `articles`."""
    parts = list(dossiers)
    articles = {a.id: a for d in parts for a in d.articles}
    marks = {m.article_id: m for d in parts for m in d.marks}
    ids = sorted(articles)
    return Dossier(
        articles=tuple(articles[i] for i in ids),
        stories=tuple(sorted((s for d in parts for s in d.stories), key=lambda s: s.id)),
        marks=tuple(marks.get(i) or Marks(i) for i in ids),
        entities=tuple(_once(e for d in parts for e in d.entities)),
        passages=tuple(_once(p for d in parts for p in d.passages)),
        statements=tuple(_once(s for d in parts for s in d.statements)),
        disputes=tuple(_once(x for d in parts for x in d.disputes)),
        timeline=tuple(t for d in parts for t in d.timeline),
        skipped=tuple(sorted({*skipped, *(s for d in parts for s in d.skipped)})),
        duplicates=tuple(sorted({*duplicates, *(x for d in parts for x in d.duplicates)})),
        generator=next((d.generator for d in parts if d.generator), ""),
    )


class _WithId(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_WithId)


def _once(things: Iterable[T]) -> list[T]:
    by_id = {thing.id: thing for thing in things}
    return [by_id[i] for i in sorted(by_id)]


def split(dossier: Dossier) -> list[Dossier]:
    """One dossier for each story, in the order of their ids. What was skipped belongs to none of them and is left out."""
    if len(dossier.stories) == 1:
        return [dossier]
    return [_story_part(dossier, story.id, story.article_ids) for story in sorted(dossier.stories, key=lambda s: s.id)]


def _story_part(dossier: Dossier, story_id: str, article_ids: Sequence[str]) -> Dossier:
    own = frozenset(article_ids)
    return Dossier(
        articles=tuple(a for a in dossier.articles if a.id in own),
        stories=tuple(s for s in dossier.stories if s.id == story_id),
        marks=tuple(m for m in dossier.marks if m.article_id in own),
        entities=tuple(e for e in dossier.entities if any(s.article_id in own for s in e.mentions)),
        passages=tuple(p for p in dossier.passages if p.a.article_id in own and p.b.article_id in own),
        statements=tuple(s for s in dossier.statements if s.story_id == story_id),
        disputes=tuple(x for x in dossier.disputes if x.story_id == story_id),
        timeline=tuple(t for t in dossier.timeline if t.story_id == story_id),
        generator=dossier.generator,
    )
