"""The way through the house: read -> mark -> relate -> weigh. Only this module knows the order of the rooms.

Between stages everything lies in spools on disk, so that memory holds the reports' ids and little more, and what a stage needs is
read by the worker that needs it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice
from typing import NamedTuple, TypeVar

from riwaya.engines import Engine
from riwaya.engines.spool import Slot, Spool, pack
from riwaya.mark import mark_article, without
from riwaya.model import Article, Correction, Dossier, Duplicate, Furniture, Marks, Skipped, Story
from riwaya.read.page import settle_page
from riwaya.relate.corrected_entities import Cited, Key, corrected_keys, joined_keys
from riwaya.relate.corrected_stories import groups_with
from riwaya.relate.corrections import Index, date_given, with_articles
from riwaya.relate.entities import cited_entities, keys_of, link_across
from riwaya.relate.fingerprints import Fingerprint, fingerprint
from riwaya.relate.shared_lines import Page, page_of, shared_furniture
from riwaya.relate.stories import StoryGroup, group_stories
from riwaya.relate.story import relate_story
from riwaya.settings.engine import ENGINE
from riwaya.tell.account import Tally, tally
from riwaya.weigh import weigh_story

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
"""Called with the stage's name, how many are done, and how many there are (None while unknown)."""

log = logging.getLogger("riwaya")

_NOT_ARABIC = {
    "fa": "the text is Persian; Riwaya reads Arabic",
    "ur": "the text is Urdu; Riwaya reads Arabic",
    "und": "the text is not Arabic",
}


def no_progress(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


@dataclass
class Outcome:
    """What the pipeline hands to the collection: the stories' dossiers, packed on disk, and what was set aside."""

    spool: Spool
    slots: dict[str, Slot] = field(default_factory=dict)  # story id -> its packed Dossier
    tallies: list[Tally] = field(default_factory=list)  # of every story
    same_as: dict[str, dict[str, str]] = field(default_factory=dict)  # story id -> entity id -> its id in another story
    skipped: list[Skipped] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    articles: int = 0
    seconds: dict[str, float] = field(default_factory=dict)  # per stage, for benchmarks; never part of a result


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch


# ------------------------------------------------------------------------------------------------------ stages, per worker


@dataclass(frozen=True, slots=True)
class Marked:
    """One article after `mark`: packed with its marks, and what the parent needs to know of it."""

    article_id: str
    packed: bytes | None  # None where there is nothing that Riwaya can read
    page: Page | None = None  # its lines, to be laid beside those of other pages of its outlet
    fingerprint: Fingerprint | None = None  # as long as no further furniture is found
    skipped: Skipped | None = None


def mark_chunk(articles: Sequence[Article], corrections: Sequence[Correction] = ()) -> list[Marked]:
    """Settle the page and mark each article, and measure it while it is at hand, as of the day that corrections give it.

    An article that defeats a marker is kept without marks, and listed. What is packed is untouched by corrections.
    """
    known = Index(corrections)
    return [_mark_one(article, known.of((article.id,))) for article in articles]


def _mark_one(raw: Article, corrections: Sequence[Correction]) -> Marked:
    article, marks, skipped = read_and_mark(raw)
    if article is None:
        return Marked(raw.id, None, skipped=skipped)
    measured = fingerprint(date_given(article, corrections), marks)
    return Marked(raw.id, pack((article, marks)), page_of(article), measured, skipped)


def read_and_mark(raw: Article) -> tuple[Article | None, Marks, Skipped | None]:
    """One article with its page settled, and its marks; None where there is nothing that Riwaya can read.

    An article that defeats a marker is given back without marks; the third part says what was skipped and why.
    """
    try:
        article = settle_page(raw)
        if article.language != "ar":
            return None, Marks(raw.id), Skipped(raw.path, _NOT_ARABIC[article.language])
        return article, mark_article(article), None
    except ImportError:
        raise  # a broken installation is no fault of a report
    except Exception as error:  # one report must not spoil the rest; it is listed, with what went wrong
        log.debug("marking %s failed", raw.path, exc_info=True)
        return raw, Marks(raw.id), Skipped(raw.path, f"kept without marks: {type(error).__name__}: {error}")


def _load(slot: Slot, shared: Sequence[Furniture]) -> tuple[Article, Marks]:
    article, marks = slot.read()
    return settle_furniture(article, marks, shared)


def settle_furniture(article: Article, marks: Marks, shared: Sequence[Furniture]) -> tuple[Article, Marks]:
    """An article with the furniture that its outlet's other pages showed, and its marks without what stands in there."""
    if not shared:
        return article, marks
    furniture = tuple(sorted({*article.furniture, *shared}, key=lambda f: (f.start, f.end, f.kind)))
    return replace(article, furniture=furniture), without(marks, shared)


Stored = tuple[Slot, tuple[Furniture, ...]]


def fingerprint_chunk(stored: Sequence[Stored], corrections: Sequence[Correction] = ()) -> list[Fingerprint]:
    """The fingerprints of some articles, as of the days that corrections give them."""
    known = Index(corrections)
    loaded = (_load(slot, shared) for slot, shared in stored)
    return [fingerprint(date_given(article, known.of((article.id,))), marks) for article, marks in loaded]


@dataclass(frozen=True, slots=True)
class Woven:
    """One story after `weigh`, packed, with what its entities are known by for joining them across stories."""

    story_id: str
    packed: bytes
    tally: Tally
    entities: Sequence[tuple[str, Key]] = ()  # as `keys_of` gives them
    skipped: Sequence[Skipped] = ()
    cited: Sequence[Cited] = ()  # the entities that corrections cite


def weave_stories(
    groups: Sequence[tuple[StoryGroup, Sequence[Stored]]], *, as_of: str | None, corrections: Sequence[Correction] = ()
) -> list[Woven]:
    """Relate and weigh some stories, each from its stored articles and the corrections that cite them."""
    known = Index(corrections)
    return [
        _weave(group, [_load(slot, shared) for slot, shared in stored], as_of, known.of(group.article_ids))
        for group, stored in groups
    ]


def _weave(
    group: StoryGroup, members: Sequence[tuple[Article, Marks]], as_of: str | None, corrections: Sequence[Correction]
) -> Woven:
    dossier, failed = weave_story(group, members, as_of, corrections)
    known = keys_of(dossier.entities) if len(members) > 1 and failed is None else ()
    skipped = (*dossier.skipped, *((failed,) if failed else ()))
    return Woven(group.id, pack(dossier), tally(dossier), known, skipped, cited_entities(dossier.entities, corrections))


def weave_story(
    group: StoryGroup,
    members: Sequence[tuple[Article, Marks]],
    as_of: str | None,
    corrections: Iterable[Correction] = (),
) -> tuple[Dossier, Skipped | None]:
    """The dossier of one story. One that defeats a room is kept as its reports with their marks; the second part says so.

    Of the corrections, those that stand and cite its articles are applied; `Dossier.skipped` lists those that could not be.
    """
    articles, marks = [a for a, _ in members], [m for _, m in members]
    try:
        return weigh_story(relate_story(group.id, articles, marks, as_of, group.reasons, corrections)), None
    except ImportError:
        raise  # a broken installation is no fault of a report
    except Exception as error:  # one story must not spoil the rest
        log.debug("the story %s failed", group.id, exc_info=True)
        reason = f"the story of {len(members)} reports is kept without relations: {type(error).__name__}: {error}"
        ids = tuple(a.id for a in articles)
        bare = Story(group.id, articles[0].title or "", ids, None, None, (), 0, 0)
        return Dossier(tuple(articles), (bare,), tuple(marks)), Skipped(articles[0].path, reason)


# ------------------------------------------------------------------------------------------------------------ the pipeline


class _Kept(NamedTuple):
    """What the parent keeps of a marked article."""

    slot: Slot
    page: Page | None
    fingerprint: Fingerprint


@contextmanager
def _timed(outcome: Outcome, stage: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    outcome.seconds[stage] = outcome.seconds.get(stage, 0.0) + time.perf_counter() - start


class Pipeline:
    """One run over a set of articles.

    Args:
        engine: where the work is done.
        as_of: ISO date; no report is from after this day (a bound for inferred dates).
        stories: "one" or "auto".
        progress: told of each stage's advance.
        corrections: what people overruled; those that cannot be applied are listed among what was set aside.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        as_of: str | None = None,
        stories: str = "auto",
        progress: Progress = no_progress,
        corrections: Iterable[Correction] = (),
    ) -> None:
        self._engine = engine
        self._corrections = tuple(corrections)
        self._as_of = as_of
        self._stories = stories
        self._progress = progress

    def run(self, articles: Iterable[Article]) -> Outcome:
        """From articles to dossiers. The result is a function of the set of articles, whatever their order."""
        outcome = Outcome(Spool())
        spool = Spool()
        try:
            with _timed(outcome, "mark"):
                marked = self._mark(articles, outcome, spool)
            parallel = len(marked) >= ENGINE.parallel_from
            standing, aside = with_articles(self._corrections, marked.keys())
            outcome.skipped += aside
            with _timed(outcome, "relate: shared lines"):
                shared = shared_furniture(one.page for one in marked.values() if one.page is not None)
            stored: dict[str, Stored] = {i: (one.slot, shared.get(i, ())) for i, one in sorted(marked.items())}
            with _timed(outcome, "relate: fingerprints"):
                prints = [one.fingerprint for i, one in marked.items() if i not in shared]
                prints += self._fingerprints([stored[i] for i in shared], parallel, standing)
            del marked
            with _timed(outcome, "relate: stories"):
                regrouped = groups_with(group_stories(prints, self._stories), standing)
                outcome.skipped += regrouped.set_aside
            with _timed(outcome, "relate and weigh each story"):
                self._weave(regrouped.groups, stored, outcome, parallel, standing)
        finally:
            spool.close()
        outcome.spool.flush()
        outcome.skipped.sort()
        outcome.duplicates.sort()
        return outcome

    def _mark(self, articles: Iterable[Article], outcome: Outcome, spool: Spool) -> dict[str, _Kept]:
        paths: dict[str, str] = {}  # article id -> the smallest path that holds it
        again: list[tuple[str, str]] = []

        def once() -> Iterator[Article]:
            for article in articles:
                if article.id in paths:
                    again.append((article.path, article.id))
                else:
                    paths[article.id] = article.path
                    yield article

        first, rest = _peek(batched(once(), ENGINE.chunk), ENGINE.parallel_from // ENGINE.chunk + 1)
        parallel = sum(map(len, first)) >= ENGINE.parallel_from
        kept: dict[str, _Kept] = {}
        dated = [c for c in self._corrections if c.action == "date"]
        for chunk in self._engine.map(partial(mark_chunk, corrections=dated), chain(first, rest), parallel=parallel):
            for one in chunk:
                if one.packed is not None and one.fingerprint is not None:
                    kept[one.article_id] = _Kept(spool.put(one.packed), one.page, one.fingerprint)
                if one.skipped:
                    outcome.skipped.append(one.skipped)
            self._progress("mark", len(kept), None)
        spool.flush()
        outcome.articles = len(kept)
        self._settle_duplicates(paths, again, kept, spool, outcome)
        return kept

    def _settle_duplicates(
        self, paths: dict[str, str], again: list[tuple[str, str]], kept: dict[str, _Kept], spool: Spool, outcome: Outcome
    ) -> None:
        """The smallest path of a report is the one kept, whichever came first."""
        for path, article_id in again:
            first = paths[article_id]
            paths[article_id] = min(first, path)
            outcome.duplicates.append(Duplicate(max(first, path), article_id))
        for article_id in sorted({i for _, i in again} & kept.keys()):
            article, marks = kept[article_id].slot.read()
            if article.path != paths[article_id]:
                slot = spool.put(pack((replace(article, path=paths[article_id]), marks)))
                kept[article_id] = kept[article_id]._replace(slot=slot)
        spool.flush()

    def _fingerprints(
        self, stored: Sequence[Stored], parallel: bool, corrections: Sequence[Correction]
    ) -> list[Fingerprint]:
        prints: list[Fingerprint] = []
        work = partial(fingerprint_chunk, corrections=[c for c in corrections if c.action == "date"])
        for chunk in self._engine.map(work, batched(stored, ENGINE.chunk), parallel=parallel):
            prints += chunk
            self._progress("fingerprint", len(prints), len(stored))
        return prints

    def _weave(
        self,
        groups: Sequence[StoryGroup],
        stored: dict[str, Stored],
        outcome: Outcome,
        parallel: bool,
        corrections: Sequence[Correction],
    ) -> None:
        sized = ((group, len(group.article_ids), group.id) for group in groups)
        batches = ([(g, [stored[i] for i in g.article_ids]) for g in batch] for batch in even_batches(sized))
        entities: list[tuple[str, Sequence[tuple[str, Key]]]] = []
        cited: list[tuple[str, Cited]] = []
        done = 0
        work = partial(weave_stories, as_of=self._as_of, corrections=corrections)
        for chunk in self._engine.map(work, batches, parallel=parallel):
            for one in chunk:
                outcome.slots[one.story_id] = outcome.spool.put(one.packed)
                outcome.tallies.append(one.tally)
                if one.entities:
                    entities.append((one.story_id, one.entities))
                cited += [(one.story_id, entity) for entity in one.cited]
                outcome.skipped += one.skipped
            done += len(chunk)
            self._progress("relate and weigh", done, len(groups))
        by_hand = corrected_keys([entity for _, entity in cited], corrections)
        keyed = [(story_id, [(e.entity_id, by_hand[e.entity_id])]) for story_id, e in cited if e.entity_id in by_hand]
        joined = joined_keys([entity for _, entity in cited], corrections)
        for story_id, known in entities:
            keyed.append((story_id, [(i, joined.get(key, key)) for i, key in known if i not in by_hand]))
        by_hand |= {i: joined[key] for _, known in entities for i, key in known if i not in by_hand and key in joined}
        same = link_across(keyed, by_hand)
        for story_id, held in keyed:
            if own := {i: same[i] for i, _ in held if i in same}:
                outcome.same_as.setdefault(story_id, {}).update(own)


def even_batches(stories: Iterable[tuple[T, int, str]]) -> Iterator[list[T]]:
    """Stories in batches of about one chunk's articles; the largest first, so that none is waited for at the end.

    Takes each with how many articles it has, and its id.
    """
    batch: list[T] = []
    size = 0
    for story, articles, _ in sorted(stories, key=lambda s: (-s[1], s[2])):
        batch.append(story)
        size += articles
        if size >= ENGINE.chunk:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _peek(items: Iterator[T], count: int) -> tuple[list[T], Iterator[T]]:
    first = list(islice(items, count))
    return first, items
