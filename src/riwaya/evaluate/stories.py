"""Whether the right reports are taken for one story: related headlines, judged pairs, and days sorted by hand.

ElWatanNews closes some reports with a list of related headlines, which its editors chose: evidence that two reports belong
together. The lists are cut off before anything is read. Against them stand as many pairs drawn at random, and as many of one
outlet and day (the readers keep no section). Such a list may also join what only shares a subject, and two chance pairs may be of
one story, so that neither figure can be perfect; the pairs and days that a reader judged count what is asked for: one happening.
"""

from __future__ import annotations

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from riwaya.arabic.normalize import fold
from riwaya.errors import InputError
from riwaya.evaluate.base import SAMPLES, Miss, Result, Source, Task, hashed, ratio, scores
from riwaya.evaluate.corpora import reports
from riwaya.model import Article, Marks

Pair = tuple[str, str]  # ids of two reports

PAIRS = SAMPLES / "stories.tsv"
DAYS = SAMPLES / "story_days.tsv"
RELATED = tuple(f"egypt2013/2013-02-{day}.jsonl.gz" for day in (22, 23, 24, 25))
_SEED = 7
_SAMPLE_PAIRS = 150  # of the judged ones, for the gate
_SAMPLE_OUTLET = "ElWatanNews"  # whose reports of the last of RELATED the gate groups
_LISTED = re.compile(r"\n\s*(?:ال)?[أا]خبار (?:ال)?متعلقة[^\n]*")
_MARKS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Judged:
    """Two reports as a reader judged them; `line` is the line of the table, the header not counted."""

    line: int
    first: str
    second: str
    same: bool


def run(source: Source) -> Result:
    """Group the reports and count: `precision`, `recall`, `f1` of pairs.

    The plain names are those of related headlines; with a table of judged pairs as the file, of those. `judged_…` are the 300
    pairs, `kept_…` every second of them, which nobody develops on, `bcubed_…` the days sorted by hand (Bagga and Baldwin 1998).
    """
    if source.file is not None:
        return _of_file(source, source.file)
    pairs, days = judged(PAIRS), sorted_days(DAYS)
    if source.sample:
        pairs = pairs[:_SAMPLE_PAIRS]
    articles = list(_articles(source, pairs, days))
    lists = related(articles)
    label = grouped([a for a, _ in articles], source)
    metrics, misses, counts = _related_measures(articles, lists, label)
    found, wrong = _judged_measures(pairs, label, articles)
    halves = _judged_measures([p for p in pairs if p.line % 2 == 0], label, articles)[0]
    metrics |= {f"judged_{k}": v for k, v in found.items()} | {f"kept_{k}": v for k, v in halves.items()}
    metrics |= {f"bcubed_{k}": v for k, v in bcubed(days, label).items()}
    counts |= {"judged pairs": len(pairs), "reports sorted by hand": sum(map(len, days.values()))}
    counts["reports grouped"] = len(articles)
    files = {source.path(*name.split("/")) for name in _files(pairs, days, sample=source.sample)}
    return Result(metrics, counts["related pairs"], hashed([PAIRS, DAYS, *files]), [*wrong, *misses], counts)


def _of_file(source: Source, file: Path) -> Result:
    """A table of judged pairs, or a collection whose reports list related headlines."""
    if file.suffix in (".tsv", ".csv", ".txt"):
        pairs = judged(file)
        articles = [(a, ()) for name in sorted({_file(p.first) for p in pairs} | {_file(p.second) for p in pairs})
                    for a in reports(source, name)]  # fmt: skip
        found, misses = _judged_measures(pairs, grouped([a for a, _ in articles], source), articles, every=True)
        return Result(found, len(pairs), hashed([file]), misses, {"reports grouped": len(articles)})
    from riwaya.read import read

    listed = [withhold(a) for a in _once(read(file))]
    metrics, misses, counts = _related_measures(listed, related(listed), grouped([a for a, _ in listed], source))
    return Result(metrics, counts["related pairs"], hashed([file]), misses, counts)


# ------------------------------------------------------------------------------------------------------------------ data


def judged(path: Path) -> list[Judged]:
    """The pairs of a table with the columns first, second (references) and judgement (same or different).

    Raises:
        InputError: a column or a judgement is missing.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="," if path.suffix == ".csv" else "\t"))
    try:
        found = [(r["first"], r["second"], ("different", "same").index(r["judgement"])) for r in rows]
    except (KeyError, ValueError) as error:
        raise InputError(str(path), "needs columns first, second and judgement (same or different)") from error
    return [Judged(line, first, second, bool(same)) for line, (first, second, same) in enumerate(found, 1)]


def sorted_days(path: Path) -> dict[str, dict[str, str]]:
    """Per file the references of its reports, each with the number of its group."""
    days: dict[str, dict[str, str]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            days[_file(row["report"])][row["report"]] = row["group"]
    return dict(days)


def _file(reference: str) -> str:
    return reference.partition("#")[0]


def _id(reference: str) -> str:
    return reference.partition("#")[2]


def _files(pairs: Sequence[Judged], days: Mapping[str, Mapping[str, str]], *, sample: bool) -> set[str]:
    named = {_file(r) for p in pairs for r in (p.first, p.second)} | set(days)
    return named | set(RELATED[-1:] if sample else RELATED)


def _articles(
    source: Source, pairs: Sequence[Judged], days: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Article, tuple[str, ...]]]:
    """The reports to be grouped, each with the related headlines that were cut off: whole days, or the few of the gate."""
    wanted = {_id(r) for p in pairs for r in (p.first, p.second)} | {_id(r) for day in days.values() for r in day}
    read = (
        article
        for name in sorted(_files(pairs, days, sample=source.sample))
        for article in reports(source, name)
        if not source.sample or article.id in wanted or (name == RELATED[-1] and article.outlet == _SAMPLE_OUTLET)
    )
    yield from map(withhold, _once(read))


def _once(articles: Iterable[Article]) -> Iterator[Article]:
    seen: set[str] = set()
    for article in articles:
        if article.id not in seen:
            seen.add(article.id)
            yield article


def withhold(article: Article) -> tuple[Article, tuple[str, ...]]:
    """A report without its list of related headlines, and the headlines. The report keeps its id."""
    heading = _LISTED.search(article.text)
    if heading is None:
        return article, ()
    listed = tuple(line.strip() for line in article.text[heading.end() :].split("\n") if line.strip())
    return replace(article, text=article.text[: heading.start()]), listed


def related(articles: Sequence[tuple[Article, Sequence[str]]]) -> list[Pair]:
    """Pairs of a report and one that its list names, by headline, within the outlet."""
    titled: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for article, _ in articles:
        titled[article.outlet, _plain(article.title or "")].append(article.id)
    return sorted(
        {
            (min(article.id, other), max(article.id, other))
            for article, listed in articles
            for headline in listed
            for other in titled.get((article.outlet, _plain(headline)), ())
            if other != article.id
        }
    )


def _plain(headline: str) -> str:
    return _MARKS.sub(" ", fold(headline)).strip()


def chance(articles: Sequence[tuple[Article, Sequence[str]]], count: int) -> list[Pair]:
    """`count` pairs drawn at random and `count` of one outlet and day, the outlet one that lists related headlines."""
    rng = random.Random(_SEED)
    everyone = sorted(a.id for a, _ in articles)
    lists = {a.outlet for a, listed in articles if listed}
    shelves: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article, _ in sorted(articles, key=lambda x: x[0].id):
        if article.outlet in lists:
            shelves[article.outlet or "", (article.published.value or "")[:10]].append(article.id)
    full = [ids for _, ids in sorted(shelves.items()) if len(ids) > 1]
    pairs = [rng.sample(everyone, 2) for _ in range(count)] + [rng.sample(rng.choice(full), 2) for _ in range(count)]
    return [(a, b) for a, b in pairs]


# ---------------------------------------------------------------------------------------------------------------- grouping


def grouped(articles: Sequence[Article], source: Source) -> dict[str, str]:
    """Every report's story, by the way that the pipeline goes: page, names, furniture that pages share, fingerprint, stories."""
    from riwaya.mark import prepare, without
    from riwaya.mark.names import find_names  # of all marks the fingerprint looks at names only
    from riwaya.read.page import settle_page
    from riwaya.relate.fingerprints import fingerprint
    from riwaya.relate.shared_lines import page_of, shared_furniture
    from riwaya.relate.stories import group_stories

    settled = [settle_page(a) for a in articles]
    shared = shared_furniture(page for a in settled if (page := page_of(a)))
    prints = []
    for done, article in enumerate(settled):
        marks = Marks(article.id, names=tuple(find_names(prepare(article))))
        more = shared.get(article.id, ())
        furniture = tuple(sorted({*article.furniture, *more}, key=lambda f: (f.start, f.end, f.kind)))
        prints.append(fingerprint(replace(article, furniture=furniture), without(marks, more)))
        source.progress(done + 1, len(settled))
    return {article_id: group.id for group in group_stories(prints) for article_id in group.article_ids}


# ---------------------------------------------------------------------------------------------------------------- counting


def _related_measures(
    articles: Sequence[tuple[Article, Sequence[str]]], pairs: Sequence[Pair], label: Mapping[str, str]
) -> tuple[dict[str, float], list[Miss], dict[str, int]]:
    by_id = {a.id: a for a, _ in articles}
    against = chance(articles, len(pairs)) if pairs else []
    right = [p for p in pairs if label[p[0]] == label[p[1]]]
    wrong = [p for p in against if label[p[0]] == label[p[1]]]
    misses = [_miss(by_id, p, "together", "apart") for p in pairs if label[p[0]] != label[p[1]]]
    misses += [_miss(by_id, p, "apart", "together") for p in wrong]
    counts = {"related pairs": len(pairs), "chance pairs": len(against), "chance pairs joined": len(wrong)}
    return scores(len(right), len(right) + len(wrong), len(pairs)), misses, counts


def _judged_measures(
    pairs: Sequence[Judged], label: Mapping[str, str], articles: Sequence[tuple[Article, Sequence[str]]], *, every: bool = False
) -> tuple[dict[str, float], list[Miss]]:
    """Counts, and the misses of the odd lines: the even ones are for measuring only."""
    by_id = {a.id: a for a, _ in articles}
    if missing := [r for p in pairs for r in (p.first, p.second) if _id(r) not in label]:
        raise InputError(missing[0], "there is no such report")
    together = {p.line: label[_id(p.first)] == label[_id(p.second)] for p in pairs}
    misses = [
        _miss(by_id, (_id(p.first), _id(p.second)), *(("together", "apart") if p.same else ("apart", "together")))
        for p in pairs
        if together[p.line] != p.same and (every or p.line % 2)
    ]
    right = sum(p.same and together[p.line] for p in pairs)
    return scores(right, sum(together.values()), sum(p.same for p in pairs)), misses


def _miss(by_id: Mapping[str, Article], pair: Pair, expected: str, found: str) -> Miss:
    first, second = by_id[pair[0]], by_id[pair[1]]
    return Miss(f"{first.path} {second.path}", expected, found, f"{first.title} | {second.title}")


def bcubed(days: Mapping[str, Mapping[str, str]], label: Mapping[str, str]) -> dict[str, float]:
    """B-cubed precision, recall and F1: per report, the share of its story that is of its group, and the reverse, on average."""
    precision = recall = 0.0
    count = 0
    for groups in days.values():
        stories: dict[str, set[str]] = defaultdict(set)
        sets: dict[str, set[str]] = defaultdict(set)
        for report, group in groups.items():
            stories[label[_id(report)]].add(report)
            sets[group].add(report)
        for report, group in groups.items():
            mine, theirs = stories[label[_id(report)]], sets[group]
            precision += len(mine & theirs) / len(mine)
            recall += len(mine & theirs) / len(theirs)
            count += 1
    p, r = ratio(precision, count), ratio(recall, count)
    return {"precision": p, "recall": r, "f1": ratio(2 * p * r, p + r)}


TASK = Task(
    name="stories",
    about="related headlines of an Egyptian paper against chance pairs; 300 pairs and two days of reports judged by hand",
    run=run,
    targets={"precision": 0.95, "recall": 0.85, "judged_precision": 0.95, "judged_recall": 0.85},
    form="a table of pairs (first, second, judgement: same or different), or a collection whose reports list related headlines",
)
