"""What a build gives: the dossiers of its stories, kept on disk until they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from riwaya.errors import UsageError
from riwaya.model import Article, Correction, Dossier, Duplicate, Skipped

if TYPE_CHECKING:
    from riwaya.pipeline import Progress
    from riwaya.tell.account import Tally


class Stored(Protocol):
    """A dossier somewhere: packed in a spool, in a file, in memory."""

    def read(self) -> Dossier:
        """It."""


class Built(Protocol):
    """What a collection needs of a build, made now (`pipeline.Outcome`) or read back (`tell.load.Loaded`)."""

    @property
    def slots(self) -> Mapping[str, Stored]:
        """Story id -> its dossier."""

    @property
    def same_as(self) -> Mapping[str, Mapping[str, str]]:
        """Story id -> the id of an entity of that story -> the same entity's id in another story."""

    @property
    def tallies(self) -> Sequence[Tally]:
        """What each story holds, counted; none where they were read back."""

    @property
    def skipped(self) -> list[Skipped]:
        """What could not be used."""

    @property
    def duplicates(self) -> list[Duplicate]:
        """Reports that were there twice."""

    @property
    def articles(self) -> int:
        """How many different articles."""

    @property
    def seconds(self) -> Mapping[str, float]:
        """Seconds a stage."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A stored dossier whose entities are tied to the same ones in other stories when it is read."""

    stored: Stored
    same_as: Mapping[str, str]

    def read(self) -> Dossier:
        """It."""
        dossier, same_as = self.stored.read(), self.same_as
        return replace(dossier, entities=tuple(replace(e, same_as=same_as.get(e.id, e.same_as)) for e in dossier.entities))


class Collection:
    """The dossiers of a set of articles, one a story.

    Iterating gives them in the order of their stories' ids. `skipped` and `duplicates` list what was set aside.
    """

    def __init__(self, outcome: Built, skipped: Iterable[Skipped] = ()) -> None:
        self._outcome = outcome
        self.skipped: list[Skipped] = sorted({*outcome.skipped, *skipped})
        self.duplicates: list[Duplicate] = outcome.duplicates
        self.story_ids: tuple[str, ...] = tuple(sorted(outcome.slots))

    def __len__(self) -> int:
        return len(self.story_ids)

    def __iter__(self) -> Iterator[Dossier]:
        for story_id in self.story_ids:
            yield self.dossier(story_id)

    def dossier(self, story_id: str | None = None) -> Dossier:
        """One story's dossier; with no id, one dossier of all stories together.

        Raises:
            UsageError: no story has this id.
        """
        if story_id is not None:
            if story_id not in self._outcome.slots:
                raise UsageError(f"no story has the id {story_id!r}; there are {len(self)}")
            return self._stored(story_id).read()
        from riwaya.tell import merge

        return merge(list(self), self.skipped, self.duplicates)

    def stored(self) -> Iterator[Stored]:
        """The dossiers where they lie, in the order of their stories' ids, for those who read them elsewhere."""
        return map(self._stored, self.story_ids)

    def _stored(self, story_id: str) -> Stored:
        stored, same_as = self._outcome.slots[story_id], self._outcome.same_as.get(story_id)
        return Tied(stored, same_as) if same_as else stored

    def tallies(self) -> Iterable[Tally]:
        """What each story holds, counted."""
        from riwaya.tell.account import tally

        return self._outcome.tallies or map(tally, self)

    @property
    def article_count(self) -> int:
        """How many different articles were read."""
        return self._outcome.articles

    @property
    def seconds(self) -> Mapping[str, float]:
        """Seconds that each stage took, for benchmarks."""
        return self._outcome.seconds

    def write(
        self,
        directory: str | Path,
        formats: Sequence[str] = ("json", "html"),
        lang: str = "ar",
        *,
        jobs: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Write the dossier, or one a story with an index, as the contract lays it out.

        What stood in `directory` stays as it was until all is written.

        Raises:
            OutputError: it cannot be written.
            UsageError: a format is not known.
            MissingExtraError: a format needs an extra that is not installed.
        """
        from riwaya.tell import write_collection

        write_collection(self, Path(directory), tuple(formats), lang, jobs=jobs, progress=progress)


def build(
    articles: Iterable[Article],
    as_of: str | None = None,
    stories: str = "auto",
    jobs: int | None = None,
    engine: str = "local",
    *,
    progress: Progress | None = None,
    corrections: Iterable[Correction] = (),
) -> Collection:
    """Reconstruct the events that these articles report.

    Args:
        articles: from `riwaya.read`, or made by hand.
        as_of: ISO date; no report is from after this day (a bound for dates that are inferred, never a date itself).
        stories: "auto" groups the articles into stories; "one" takes all of them as one.
        jobs: worker processes; None means one a core.
        engine: "local" or "spark".
        progress: called with the stage's name, how many are done, and how many there are.
        corrections: what people overruled, replayed in the order in which they were made; those that cite what is not there are
            listed in `skipped`.

    Raises:
        UsageError: a value is not known.
        MissingExtraError: the engine's extra is not installed.
    """
    from riwaya.engines import engine as named_engine
    from riwaya.pipeline import Pipeline, no_progress

    if stories not in ("one", "auto"):
        raise UsageError(f"stories is 'one' or 'auto', not {stories!r}")
    with named_engine(engine, jobs) as workers:
        pipeline = Pipeline(
            workers, as_of=as_of, stories=stories, progress=progress or no_progress, corrections=corrections
        )
        outcome = pipeline.run(articles)
    return Collection(outcome, getattr(articles, "skipped", ()))
