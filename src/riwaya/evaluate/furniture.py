"""Furniture measured character by character on whole reports that were marked by hand (`samples/furniture.md` says how).

Every report is settled as the pipeline settles it: its page alone, then beside all pages that its outlet has in the same file (of
one day), for the lines that they share. Counted as `score.py` of the seeds counts: characters inside and outside furniture, white
space ignored, all reports together. One long stretch weighs as much as a hundred bylines there; `stretches_recall` therefore says
how many of the marked stretches were found by more than half, and `clean_accuracy` in how many reports without furniture nothing
at all was set aside: text of a report must not be lost.

The sample's odd lines were read for causes while rules were written, its even lines never: `kept_…` is the even half, and misses
are listed of the odd half only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from riwaya.errors import InputError
from riwaya.evaluate.base import SAMPLES, Miss, Result, Source, Task, hashed, ratio, scores
from riwaya.evaluate.corpora import reports
from riwaya.evaluate.handmarked import Halves, Offsets, offsets, records
from riwaya.model import Article
from riwaya.read.page import settle_page
from riwaya.relate.shared_lines import page_of, shared_furniture

SAMPLE = SAMPLES / "furniture.jsonl"
FORM = (
    'JSONL or a JSON array: {"article": "FOLDER/FILE#ID" or "text": "…" (with "outlet" and "body_start" where known),'
    ' "furniture": [[start, end], …]}; the exact words of a line may stand for a [start, end]'
)
_ENOUGH = 0.5  # of a stretch's characters
_LONGEST = 80  # characters of a miss that are shown


@dataclass(frozen=True, slots=True)
class Case:
    """A report and the stretches of it that a reader took for furniture."""

    line: int
    where: str
    article: Article
    furniture: tuple[Offsets, ...]


@dataclass(slots=True)
class Count:
    """What is counted over reports."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    stretches: int = 0
    stretches_found: int = 0
    clean: int = 0
    left_clean: int = 0
    misses: list[Miss] = field(default_factory=list)

    def measures(self, prefix: str = "") -> dict[str, float]:
        """f1, precision, recall of characters, recall of stretches, share of the clean reports in which nothing was set aside."""
        out = scores(self.right, self.found, self.wanted)
        out["stretches_recall"] = ratio(self.stretches_found, self.stretches)
        out["clean_accuracy"] = ratio(self.left_clean, self.clean)
        return {f"{prefix}{name}": value for name, value in out.items()}

    def add(self, case: Case, found: Iterable[Offsets]) -> None:
        """Count one report."""
        text = case.article.text
        wanted, said = _characters(text, case.furniture), _characters(text, found)
        self.wanted += len(wanted)
        self.found += len(said)
        self.right += len(wanted & said)
        for stretch in case.furniture:
            own = _characters(text, [stretch])
            self.stretches += 1
            self.stretches_found += len(own & said) > _ENOUGH * len(own)
        self.clean += not case.furniture
        self.left_clean += not case.furniture and not said
        self.misses += [_miss(case, run, "furniture", "") for run in _runs(text, wanted - said)]
        self.misses += [_miss(case, run, "", "furniture") for run in _runs(text, said - wanted)]


def _characters(text: str, spans: Iterable[Offsets]) -> set[int]:
    """The offsets inside spans at which a character stands that is not white space."""
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def _runs(text: str, offsets: Iterable[int]) -> list[Offsets]:
    """Offsets joined to stretches, across white space.

    >>> _runs("ab cd ef", {0, 1, 3, 4, 7})
    [(0, 5), (7, 8)]
    """
    solid = [i for i, char in enumerate(text) if not char.isspace()]
    rank = {offset: number for number, offset in enumerate(solid)}
    runs = [list(run) for _, run in groupby(enumerate(sorted(offsets)), key=lambda x: rank[x[1]] - x[0])]
    return [(run[0][1], run[-1][1] + 1) for run in runs]


def _miss(case: Case, stretch: Offsets, expected: str, found: str) -> Miss:
    start, end = stretch
    return Miss(f"{case.where} {start}-{end}", expected, found, case.article.text[start : min(end, start + _LONGEST)])


def found_in(pages: Sequence[Article]) -> dict[str, list[Offsets]]:
    """The furniture of pages that the pipeline would see together, by article id; what is only off the story's matter is not."""
    settled = [settle_page(page) for page in pages]
    shared = shared_furniture(page for article in settled if (page := page_of(article)))
    found = {}
    for article in settled:
        every = (*article.furniture, *shared.get(article.id, ()))
        found[article.id] = sorted((f.start, f.end) for f in every if f.kind != "background")
    return found


def _measured(source: Source) -> list[tuple[Case, list[Offsets]]]:
    """The reports of the sample, or of the file given instead, in their order, each with the furniture found in it."""
    path = source.file or SAMPLE
    files: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for number, record in enumerate(records(path, "marked reports"), 1):
        files[str(record.get("article", "")).partition("#")[0]].append((number, record))
    out = []
    for done, name in enumerate(sorted(files)):
        pages = _pages(source, path, name, files[name])
        found = found_in(list(pages.values()))
        for number, record in files[name]:
            article = pages[_id(number, record)]
            out.append((_case(path, number, record, article), found[article.id]))
        source.progress(done + 1, len(files))
    return sorted(out, key=lambda one: one[0].line)


def _pages(source: Source, path: Path, name: str, records: Iterable[tuple[int, dict[str, Any]]]) -> dict[str, Article]:
    """All pages of a file by the outlets of the reports named; the texts themselves where no file is named."""
    if not name:
        return {_id(number, record): _given(path, number, record) for number, record in records}
    ids = {_id(number, record) for number, record in records}
    here = list(reports(source, name))
    if missing := ids - {a.id for a in here}:
        raise InputError(name, f"holds no report {min(missing)}; the sample was made from another version of it")
    outlets = {a.outlet for a in here if a.id in ids}
    return {a.id: a for a in here if a.id in ids or (a.outlet and a.outlet in outlets)}


def _id(number: int, record: Mapping[str, Any]) -> str:
    return str(record["article"]).partition("#")[2] if "article" in record else f"a-{number}"


def _given(path: Path, number: int, record: Mapping[str, Any]) -> Article:
    where = f"{path.name}:{number}"
    try:
        text, start = str(record["text"]), int(record.get("body_start", 0))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(where, f"not of the form {FORM}: {error}") from None
    return Article(f"a-{number}", where, text, body_start=start, outlet=record.get("outlet"))


def _case(path: Path, number: int, record: Mapping[str, Any], article: Article) -> Case:
    where = f"{path.name}:{number}"
    try:
        spans = tuple(_offsets(article.text, value) for value in record["furniture"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(where, f"not of the form {FORM}: {error}") from None
    return Case(number, where, article, spans)


def _offsets(text: str, value: Any) -> Offsets:
    """[start, end], or where exact words stand, last of all places: furniture is rather below a report than above it."""
    if isinstance(value, str):
        start = text.rindex(value)
        return start, start + len(value)
    return offsets(text, value)


def run(source: Source) -> Result:
    """Measure on the sample, or on a file of its form."""
    halves = Halves(Count(), Count(), Count())
    measured = _measured(source)
    for case, found in measured:
        for count in halves.of(case.line):
            count.add(case, found)
    total = halves.total
    counts = {"reports": len(measured), "without furniture": total.clean, "stretches": total.stretches, "found": total.found}
    data = hashed([source.file or SAMPLE])
    return Result(halves.measures(source), total.wanted, data, halves.misses(source), counts)


TASK = Task(
    "furniture",
    "200 reports of 10 outlets marked by hand: characters of the page that are not the report",
    run,
    targets={"f1": 0.95},
    form=FORM,
)
