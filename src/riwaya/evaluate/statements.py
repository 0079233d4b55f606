"""Whether reports that are joined in one statement say the same thing, and whether the confidence of it means what it says.

Two places of two reports that were joined once were judged by a reader (samples/statements.md). Their stories are related and
weighed anew: a pair is joined if one statement has a span over both. The joined ones measure precision and, with the statement's
confidence, calibration: the Brier score (Brier 1950), and the mean distance between what was given and what was right, in bins
weighted by their size (expected calibration error; Naeini et al. 2015). What was never joined is not in the sample, so that
`recall` says only how many true joins are left.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from riwaya.errors import InputError
from riwaya.evaluate.base import SAMPLES, Miss, Result, Source, Task, hashed, ratio, scores
from riwaya.evaluate.corpora import lookup
from riwaya.model import Article, Dossier, Span, Statement

SAMPLE = SAMPLES / "statements.jsonl"
BINS = (0.0, 0.3, 0.5, 0.7, 0.85, 1.0)
_SAMPLE_FILES = ("egypt2013/2013-02-21.jsonl.gz", "saudinewsnet/2015-07-25.zip")  # whose stories the gate weighs
_HALF = 0.5  # of the shorter of two spans that both cover, for them to be one place


@dataclass(frozen=True, slots=True)
class Pair:
    """Two places in a story's reports, as a reader judged them; `line` is the line of the sample."""

    line: int
    reports: tuple[str, ...]  # references of the story's reports
    first: Span
    second: Span
    same: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair and the statement that joins it now, if one does."""

    pair: Pair
    statement: Statement | None


def read(path: Path) -> list[Pair]:
    """The pairs of a sample.

    Raises:
        InputError: a line has not the form that samples/statements.md describes.
    """
    pairs = []
    for line, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = json.loads(text)
            reports = tuple(row["reports"])
            first, second = (Span(_id(reports[at]), start, end) for at, start, end in (row["first"], row["second"]))
            pairs.append(Pair(line, reports, first, second, bool(row["same"])))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise InputError(f"{path}:{line}", f"is no judged pair: {error}") from None
    return pairs


def run(source: Source) -> Result:
    """Relate and weigh the stories and count: `accuracy` is the share of the joined pairs that are right."""
    pairs = read(source.file or SAMPLE)
    if source.sample:
        pairs = [p for p in pairs if p.reports[0].partition("#")[0] in _SAMPLE_FILES]
    articles = lookup(source, sorted({r for p in pairs for r in p.reports}))
    stories: dict[tuple[str, ...], Dossier] = {}
    for pair in pairs:
        if pair.reports not in stories:
            stories[pair.reports] = _weighed([articles[r] for r in pair.reports])
    judged = [Judged(p, joining(stories[p.reports].statements, p.first, p.second)) for p in pairs]
    kept = [j for j in judged if j.pair.line % 2 == 0]
    metrics = measures(judged) | {f"kept_{name}": value for name, value in measures(kept).items()}
    told = judged if source.file is not None else [j for j in judged if j.pair.line % 2]  # the kept half is not read
    misses = [_miss(j, stories[j.pair.reports]) for j in told if (j.statement is not None) != j.pair.same]
    counts = {"stories": len(stories), **reliability(judged), **{f"kept {k}": v for k, v in reliability(kept).items()}}
    files = {source.path(*r.partition("#")[0].split("/")) for p in pairs for r in p.reports}
    return Result(metrics, len(judged), hashed([source.file or SAMPLE, *files]), misses, counts)


def _weighed(articles: Sequence[Article]) -> Dossier:
    """One story, as the pipeline makes it from these reports."""
    from riwaya.mark import mark_article
    from riwaya.read.page import settle_page
    from riwaya.relate.story import relate_story
    from riwaya.weigh import weigh_story

    settled = [settle_page(a) for a in articles]
    return weigh_story(relate_story("s-measured", settled, [mark_article(a) for a in settled]))


def _id(reference: str) -> str:
    return reference.partition("#")[2]


# ---------------------------------------------------------------------------------------------------------------- counting


def joining(statements: Iterable[Statement], first: Span, second: Span) -> Statement | None:
    """The statement that has a span over both places; of several the one whose spans fit them best."""
    best: tuple[float, str] | None = None
    found: Statement | None = None
    for statement in statements:
        fits = [max((_fit(s, place) for s in statement.spans), default=0.0) for place in (first, second)]
        if min(fits) > 0 and (best is None or (-sum(fits), statement.id) < best):
            best, found = (-sum(fits), statement.id), statement
    return found


def _fit(a: Span, b: Span) -> float:
    """The share of what two spans cover that both do; 0 where it is not most of the shorter one."""
    if a.article_id != b.article_id:
        return 0.0
    both = min(a.end, b.end) - max(a.start, b.start)
    if both <= _HALF * min(a.end - a.start, b.end - b.start):
        return 0.0
    return both / (max(a.end, b.end) - min(a.start, b.start))


def measures(judged: Sequence[Judged]) -> dict[str, float]:
    """How many of the joined pairs are right, how many right ones are joined, and how true the confidence is.

    `sure_accuracy` is the share of right ones among those that are given about 0.9, that is in the last bin.
    """
    joined = [j for j in judged if j.statement is not None]
    right, wanted = sum(j.pair.same for j in joined), sum(j.pair.same for j in judged)
    given = [(_given(j), j.pair.same) for j in joined]
    sure = [same for p, same in given if p >= BINS[-2]]
    off = sum(abs(sum(p for p, _ in held) - sum(same for _, same in held)) for held in _binned(given).values())
    return {
        "accuracy": ratio(right, len(joined)),
        **scores(right, len(joined), wanted),
        "sure_accuracy": ratio(sum(sure), len(sure)),
        "brier": ratio(sum((p - same) ** 2 for p, same in given), len(given)),
        "calibration_error": ratio(off, len(given)),
    }


def reliability(judged: Sequence[Judged]) -> dict[str, int]:
    """For every bin of confidence how many joins were given it, and how many of them are right."""
    counts: dict[str, int] = {}
    for name, held in _binned([(_given(j), j.pair.same) for j in judged if j.statement is not None]).items():
        counts[f"given {name}"] = len(held)
        counts[f"given {name}, right"] = sum(same for _, same in held)
    return counts


def _given(one: Judged) -> float:
    return (one.statement.confidence or 0.0) if one.statement is not None else 0.0


def _binned(given: Iterable[tuple[float, bool]]) -> Mapping[str, list[tuple[float, bool]]]:
    bins: dict[str, list[tuple[float, bool]]] = {f"{a:g} to {b:g}": [] for a, b in pairwise(BINS)}
    names = list(bins)
    for one in given:
        at = sum(one[0] >= edge for edge in BINS[1:-1])
        bins[names[at]].append(one)
    return bins


def _miss(one: Judged, story: Dossier) -> Miss:
    texts = {a.id: a.text for a in story.articles}
    first, second = (texts[s.article_id][s.start : s.end] for s in (one.pair.first, one.pair.second))
    found = "not joined" if one.statement is None else f"joined, confidence {_given(one):.3f}"
    where = f"{SAMPLE.name}:{one.pair.line}"
    return Miss(where, "the same" if one.pair.same else "not the same", found, f"{first} ⟷ {second}")


TASK = Task(
    name="statements",
    about="360 pairs of clauses of two reports that were joined in one statement, each judged by reading; how true confidence is",
    run=run,
    targets={"sure_accuracy": 0.9},
    form="JSON lines with reports (references), first and second (index of the report, start, end) and same",
)
