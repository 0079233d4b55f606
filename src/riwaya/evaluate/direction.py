"""Who took a passage from whom, when nobody says so: the credit and the times are withheld, and the rest must tell.

A case is a copy of 150 characters or more that two outlets' reports of one day share, where one of the two credits, for these
words, the other's outlet (it is then the copy) or an agency that the other does not name (then both have it from there). That
credit is cut out of the text, no report of the case keeps its time, and the two are read again together with the other reports of
the day that hold most of the same words, as they would be in their story.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from riwaya.arabic.words import words
from riwaya.evaluate.agencies import withhold
from riwaya.evaluate.base import Miss, Result, Source, Task, hashed, ratio
from riwaya.ids import stable_id
from riwaya.model import Article, Marks, Passage, Published

SEED = 2013
LONG = 150  # characters of a passage that makes a case
FILES = (
    "2013-02-05", "2013-02-08", "2013-02-11", "2013-02-14", "2013-02-17", "2013-02-20", "2013-02-23", "2013-03-02", "2013-03-05",
    "2013-03-08", "2013-03-11", "2013-03-14", "2013-03-17", "2013-03-20",
)  # fmt: skip
_SAMPLE = 1500  # reports of one day
_RUN = 8  # words in a row by which reports are found to share text
_SHARED = 6  # runs in common from which on two reports are looked at
_OTHERS = 8  # further reports of a case
_HOLDERS = 40  # reports that hold a run; more is a formula
_AGENCY_CASES = 25  # of a file, drawn at random: credits of agencies are twenty times as many as those of outlets
_CUE = 5  # words before an outlet's name that belong to its credit: "ونقلت صحيفة الوطن عن"


@dataclass(frozen=True, slots=True)
class Case:
    """A copied passage with a known direction. `source` is the agency where both have it from one."""

    a: Article
    b: Article
    passage: Passage
    truth: str
    source: str | None
    others: tuple[Article, ...]


class Day:
    """The reports of one file, indexed by the words that they share."""

    def __init__(self, articles: Sequence[Article]) -> None:
        from riwaya.relate.credits import Credits, own_name
        from riwaya.relate.reading import grams, read

        self.articles = {a.id: a for a in articles}
        self.names = {a.id: own_name(a) for a in articles}
        self.credits = Credits({n for n in self.names.values() if n})
        holders: defaultdict[int, list[str]] = defaultdict(list)
        self._runs: dict[str, list[int]] = {}
        for article in articles:
            self._runs[article.id] = sorted({int(g) for g in grams(read(article).stems, _RUN)[::2]})
            for run in self._runs[article.id]:
                holders[run].append(article.id)
        # Every second place of one report is compared with every place of another, so that shifted texts meet.
        self._holders = {run: ids for run, ids in holders.items() if len(ids) <= _HOLDERS}

    def partners(self, article: Article) -> list[str]:
        """The reports that share most words in a row with this one, the most first."""
        from riwaya.relate.reading import grams, read

        shared: Counter[str] = Counter()
        for run in {int(g) for g in grams(read(article).stems, _RUN)}:
            shared.update(self._holders.get(run, ()))
        del shared[article.id]
        return [i for i, n in sorted(shared.items(), key=lambda x: (-x[1], x[0])) if n >= _SHARED]

    def credited(self, article: Article) -> set[str]:
        """The names of outlets and agencies that a report credits."""
        return {m.name for m in self.credits.find(words(article.text))}


class Marked:
    """Articles settled and marked, each once."""

    def __init__(self) -> None:
        self._done: dict[str, tuple[Article, Marks]] = {}

    def __call__(self, article: Article) -> tuple[Article, Marks]:
        """The article without its time, and its marks."""
        from riwaya.mark import mark_article
        from riwaya.read.page import settle_page

        if article.id not in self._done:
            settled = replace(settle_page(article), published=Published())
            self._done[article.id] = settled, mark_article(settled)
        return self._done[article.id]

    def passages(self, articles: Sequence[Article]) -> list[Passage]:
        """What the shipped search finds between these reports."""
        from riwaya.relate.passages import find_passages

        both = [self(a) for a in articles]
        return find_passages([a for a, _ in both], [m for _, m in both])


def cases(day: Day, marked: Marked) -> Iterator[Case]:
    """Every case of a day in which an outlet is credited, and some of those with an agency."""
    agency: list[Case] = []
    seen: set[frozenset[str]] = set()
    for article in day.articles.values():
        credited = day.credited(article)
        if not credited:
            continue
        partners = [i for i in day.partners(article) if day.names[i] != day.names[article.id]]
        named = [i for i in partners if day.names[i] in credited][:2]
        for partner in named or partners[:1]:
            pair = frozenset((article.id, partner))
            if pair in seen:
                continue
            seen.add(pair)
            found = _case(day, article, day.articles[partner], marked)
            if found is not None and found.source is None:
                yield found
            elif found is not None:
                agency.append(found)
    yield from random.Random(SEED).sample(agency, min(_AGENCY_CASES, len(agency)))


def _case(day: Day, one: Article, two: Article, marked: Marked) -> Case | None:
    a, b = sorted((one, two), key=lambda x: x.id)
    for passage in marked.passages((a, b)):
        if passage.kind != "copy" or passage.a.end - passage.a.start < LONG:
            continue
        truth, source = known(passage)
        if truth is not None:
            ids = [i for i in dict.fromkeys((*day.partners(a), *day.partners(b))) if i not in (a.id, b.id)][:_OTHERS]
            return Case(a, b, passage, truth, source, tuple(day.articles[i] for i in ids))
    return None


def known(passage: Passage) -> tuple[str | None, str | None]:
    """The direction that a report itself gives away, and the agency; (None, None) where none or both do."""
    weights = {r.weight > 0 for r in passage.reasons if r.name == "credit"}
    if len(weights) == 1:
        return ("a_to_b" if weights.pop() else "b_to_a"), None
    if not weights and passage.source and any(r.name == "agency" and "credits" in r.detail for r in passage.reasons):
        return "common_source", passage.source
    return None, None


def without(article: Article, names: set[str | None], day: Day) -> Article:
    """The report without its credits of these names: agencies of dateline and byline, and "ونقلت صحيفة ... " in its sentences."""
    bare = withhold(article).article
    text = bare.text
    w = words(text)
    for mention in reversed(day.credits.find(w)):
        if mention.name in names:
            at = bisect_right(w.start, mention.start) - 1  # the name may stand behind a proclitic
            first = max(at - _CUE, 0)
            while any(w.newline[k] for k in range(first + 1, at + 1)) or any(w.norm[k] in ".؟!" for k in range(first, at)):
                first += 1
            text = text[: w.start[first]] + text[_end(text, mention.start) :]
    return replace(bare, id=stable_id("a", article.id, "bare"), text=text)


def _end(text: str, start: int) -> int:
    """Where the credited name ends: its words up to the next mark, at most three."""
    w = words(text[start : start + 60])
    last = next((k for k in range(min(3, len(w))) if w.norm[k] in "»”\"'،.:)" or w.norm[k] == ""), min(2, len(w)))
    return start + (w.end[last - 1] if last else 0)


def verdict(case: Case, day: Day, marked: Marked) -> tuple[str, str | None]:
    """The direction that is found without the credit, and the agency if it is named."""
    names: set[str | None] = {case.source} if case.source else {day.names[case.a.id], day.names[case.b.id]}
    a, b = without(case.a, names, day), without(case.b, names, day)
    pair = {a.id, b.id}
    first = a.id
    best: tuple[str, str | None] = ("unknown", None)
    longest = 0
    for passage in marked.passages((a, b, *case.others)):
        if {passage.a.article_id, passage.b.article_id} != pair or passage.kind != "copy":
            continue
        length = passage.a.end - passage.a.start
        if length > longest:
            longest, best = length, (_turned(passage, first), passage.source)
    return best


def _turned(passage: Passage, first: str) -> str:
    if passage.a.article_id != first:
        return {"a_to_b": "b_to_a", "b_to_a": "a_to_b"}.get(passage.direction, passage.direction)
    return passage.direction


def run(source: Source) -> Result:
    """Collect the cases, withhold, decide again."""
    from riwaya.read import read

    names = FILES[:1] if source.sample else FILES
    files = [source.file] if source.file else [source.path("egypt2013", f"{name}.jsonl.gz") for name in names]
    tally: Counter[str] = Counter()
    misses: list[Miss] = []
    for done, path in enumerate(files):
        articles = list(read(path))
        day, marked = Day(articles[:_SAMPLE] if source.sample else articles), Marked()
        for case in cases(day, marked):
            count(case, verdict(case, day, marked), tally, misses)
        source.progress(done + 1, len(files))
    return Result(_metrics(tally), tally["cases"], hashed(files), misses, {"outlet credited": tally["outlet cases"]})


def count(case: Case, verdict: tuple[str, str | None], tally: Counter[str], misses: list[Miss]) -> None:
    """Count one case, and what the two simple rules would have said. Whether an agency is named rightly is counted apart."""
    found, named = verdict
    truth = case.truth
    right = found == truth
    kind = "agency" if case.source else "outlet"
    for name in ("", f"{kind} "):
        tally[f"{name}cases"] += 1
        tally[f"{name}decided"] += found != "unknown"
        tally[f"{name}right"] += right
    if case.source is None:
        longer = "a_to_b" if len(case.a.text) > len(case.b.text) else "b_to_a"
        earlier = "a_to_b" if (case.a.published.value or "") < (case.b.published.value or "") else "b_to_a"
        tally["longer right"] += longer == truth
        tally["earlier right"] += earlier == truth
    if case.source and right and named:
        tally["agency named"] += 1
        tally["agency named right"] += named == case.source
    if not right:
        place = case.passage.a
        words_ = case.a.text[place.start : place.start + LONG]
        where = f"{case.a.path} {case.a.outlet} | {case.b.path} {case.b.outlet}"
        misses.append(Miss(where, f"{truth} {case.source or ''}", f"{found} {named or ''}", words_))


def _metrics(tally: Mapping[str, int]) -> dict[str, float]:
    out = {"accuracy": ratio(tally["right"], tally["decided"]), "decided": ratio(tally["decided"], tally["cases"])}
    for kind in ("outlet", "agency"):
        out[f"{kind}_accuracy"] = ratio(tally[f"{kind} right"], tally[f"{kind} decided"])
        out[f"{kind}_decided"] = ratio(tally[f"{kind} decided"], tally[f"{kind} cases"])
    out["agency_named"] = ratio(tally["agency named"], tally["agency cases"])
    out["agency_named_accuracy"] = ratio(tally["agency named right"], tally["agency named"])
    for rule in ("longer", "earlier"):
        out[f"outlet_{rule}_accuracy"] = ratio(tally[f"{rule} right"], tally["outlet cases"])
    return out


TASK = Task(
    name="direction",
    about="copies in Egyptian reports of which one credits the source, that credit and all times withheld: who took it from whom",
    run=run,
    targets={"accuracy": 0.90, "decided": 0.60},
    form="any file of reports that Riwaya reads, with outlets",
)
