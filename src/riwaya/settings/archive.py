"""Settings of the archive."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class ArchiveSettings:
    """Settings of the archive."""

    batch: int = setting(
        512,
        unit="articles",
        help="how many reports are added in one transaction: what a cut may lose",
        evidence="about three seconds of work on two cores; smaller batches weave a growing story more often",
    )
    quiet: int = setting(
        6,
        unit="batches",
        help="while reports keep coming, a story that no report has touched for so many batches is woven",
        evidence="18 days of egypt2013, ms of weaving a report: each story once 6.8; after 4 and 12 batches 8.6, 6 and 24 7.4",
    )
    patience: int = setting(
        24,
        unit="batches",
        help="while reports keep coming, a stale story waits no longer than so many batches, even if it still grows",
        evidence="see quiet; two minutes of a large import. What is read is woven at once, and all when the input ends",
    )
    near: int = setting(
        40_000,
        unit="articles",
        help="how many reports an adding process holds in memory to find their neighbours; beyond, only the days around a batch",
        evidence="two weeks of egypt2013; about 8 KB each",
    )
    weave_batch: int = setting(
        128,
        unit="stories",
        help="how many stories are woven before they are written",
        evidence="a writer holds the lock for some 50 ms; readers are never held",
    )
    checked: int = setting(
        64,
        unit="stories",
        help="how many stories `riwaya archive check` looks at closely: half of them the largest, half by chance",
        evidence="under ten seconds; tables are compared in full",
    )
    checked_size: int = setting(
        400,
        unit="reports",
        help="a larger story's edges are not computed anew by the check",
        evidence="all pairs of 400 reports take about a second",
    )
    wait: float = setting(
        30.0,
        unit="seconds",
        help="how long a writer waits for another before it says that the archive is busy",
        evidence="a batch holds the lock for under two seconds",
    )
    blob_bytes: int = setting(
        268_435_456,
        unit="bytes",
        help="a stored text, report or dossier that unpacks to more is refused: an archive may come from somebody else",
        evidence="guard: of 15,209 reports of egypt2013 the largest dossier (a story of 207 reports) has 5.8 MB",
    )
    cache_kib: int = setting(
        32768,
        unit="KiB",
        help="memory that one connection keeps of the file's pages",
        evidence="twenty readers' connections stay under 1 GB; the rest is the system's own cache",
    )


ARCHIVE = ArchiveSettings()
