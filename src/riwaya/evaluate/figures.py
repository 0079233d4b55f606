"""Figures measured on places in real reports, marked by hand (`samples/figures.md` says how).

The whole report is marked as the pipeline marks it; what is judged is one drawn place in it (a digit, a number word, a dual,
عشرات) and the figure that a reader found there, or that there is none. A figure of ours answers a marked one when its span
reaches into the words of the marked quantity. A mention is right when low, high and kind are (not found is wrong); `count` and
`other` are one kind here, since they only say that a figure is none of the others, as in the scorer of the seeds.

The sample's odd lines were read for causes while rules were written, its even lines never: `kept_…` is the even half, and misses
are listed of the odd half only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riwaya.errors import InputError
from riwaya.evaluate.base import SAMPLES, Miss, Result, Source, Task, hashed, overlap, ratio
from riwaya.evaluate.corpora import lookup
from riwaya.evaluate.handmarked import Halves, Offsets, offsets, records, references
from riwaya.mark import mark_article
from riwaya.model import Article, Figure
from riwaya.read.page import settle_page

SAMPLE = SAMPLES / "figures.jsonl"
FORM = (
    'JSONL or a JSON array: {"article": "FOLDER/FILE#ID" or "text": "…", "candidate": [start, end], "figures": [{"span": [start,'
    ' end], "low": number, "high": number or null, "approximate": bool, "kind": "…", "counted": [start, end] or null}]}; exact'
    ' words may stand for any [start, end] ("text" and "n" as in the seeds\' gold), and without "candidate" all of the text is'
    " judged"
)
_AS_OTHER = {"count": "other"}
_HAPPENED = frozenset(
    ("killed", "injured", "missing", "arrested", "displaced", "evacuated", "hospitalised", "discharged", "troops", "participants")
)
_GATE = 3  # every third place is enough for the gate
_AROUND = 90  # characters of text around a miss, for a reader


@dataclass(frozen=True, slots=True)
class Marked:
    """A figure that a reader found: where its quantity stands, what it says, and the words of what is counted ("" if none)."""

    span: Offsets
    low: float | None
    high: float | None
    approximate: bool
    kind: str
    counted: str


@dataclass(frozen=True, slots=True)
class Case:
    """A place to judge, with the figures that a reader found there (none: it only looks like one)."""

    line: int
    where: str
    article: Article
    candidate: Offsets
    figures: tuple[Marked, ...]


@dataclass(slots=True)
class Count:
    """What is counted over cases."""

    wanted: int = 0
    answered: int = 0
    found: int = 0
    value: int = 0
    kind: int = 0
    right: int = 0
    approximate: int = 0
    counted_wanted: int = 0
    counted: int = 0
    people_wanted: int = 0
    people: int = 0
    misses: list[Miss] = field(default_factory=list)

    def measures(self, prefix: str = "") -> dict[str, float]:
        """accuracy (value and kind), value_accuracy, kind_accuracy, precision, recall, and of the answered ones the rest."""
        return {
            f"{prefix}accuracy": ratio(self.right, self.wanted),
            f"{prefix}value_accuracy": ratio(self.value, self.wanted),
            f"{prefix}kind_accuracy": ratio(self.kind, self.wanted),
            f"{prefix}people_accuracy": ratio(self.people, self.people_wanted),
            f"{prefix}precision": ratio(self.answered, self.found),
            f"{prefix}recall": ratio(self.answered, self.wanted),
            f"{prefix}approximate_accuracy": ratio(self.approximate, self.answered),
            f"{prefix}counted_accuracy": ratio(self.counted, self.counted_wanted),
        }

    def add(self, case: Case, figures: Sequence[Figure]) -> None:
        """Count one place; only what stands there is judged."""
        places = [case.candidate, *(m.span for m in case.figures)]
        here = [f for f in figures if any(overlap((f.span.start, f.span.end), place) for place in places)]
        pairs = match([m.span for m in case.figures], [(f.span.start, f.span.end) for f in here])
        self.wanted += len(case.figures)
        self.found += len(here)
        self.answered += len(pairs)
        for i, marked in enumerate(case.figures):
            self._judge(case, marked, here[pairs[i]] if i in pairs else None)
        for j, extra in enumerate(here):
            if j not in pairs.values():
                self.misses.append(_miss(case, (extra.span.start, extra.span.end), "", said(extra)))

    def _judge(self, case: Case, marked: Marked, found: Figure | None) -> None:
        value = found is not None and (found.low, found.high) == (marked.low, marked.high)
        kind = found is not None and same_kind(found.kind, marked.kind)
        self.value += value
        self.kind += kind
        self.right += value and kind
        if marked.kind in _HAPPENED:
            self.people_wanted += 1
            self.people += value and kind
        if found is not None:
            self.approximate += found.approximate == marked.approximate
            if marked.counted:
                self.counted_wanted += 1
                self.counted += marked.counted in found.counted
        if not (value and kind):
            self.misses.append(_miss(case, marked.span, said(marked), said(found) if found else ""))


def match(wanted: Sequence[Offsets], found: Sequence[Offsets]) -> dict[int, int]:
    """Greedy one-to-one pairs of overlapping spans (index wanted -> index found), the longest overlap first, as score.py does.

    >>> match([(0, 2), (5, 9)], [(4, 9), (0, 6)])
    {1: 0, 0: 1}
    """
    close = sorted((-overlap(w, f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found) if overlap(w, f))
    pairs: dict[int, int] = {}
    for _, i, j in close:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def same_kind(a: str, b: str) -> bool:
    """Whether two kinds are one; count and other only say "none of the rest".

    >>> same_kind("count", "other"), same_kind("killed", "injured")
    (True, False)
    """
    return _AS_OTHER.get(a, a) == _AS_OTHER.get(b, b)


def said(figure: Marked | Figure) -> str:
    """A figure in one line: "21.. killed"."""
    low, high = ("" if x is None else f"{x:.15g}" for x in (figure.low, figure.high))
    return f"{low if low == high else f'{low}..{high}'} {figure.kind}"


def _miss(case: Case, span: Offsets, expected: str, found: str) -> Miss:
    text, (start, end) = case.article.text, span
    around = f"{text[max(0, start - _AROUND) : start]}[{text[start:end]}]{text[end : end + _AROUND]}"
    return Miss(f"{case.where} {start}-{end}", expected, found, around)


# ------------------------------------------------------------------------------------------------------ the sample


def read_cases(source: Source) -> list[Case]:
    """The marked places of the sample, or of the file given instead.

    Raises:
        InputError: a line is not of the form, or what it points to is not there.
    """
    path = source.file or SAMPLE
    numbered = list(enumerate(records(path, "figures"), 1))
    if source.sample and source.file is None:
        numbered = numbered[::_GATE]
    articles = lookup(source, references(r for _, r in numbered))
    return [_case(path, number, record, articles) for number, record in numbered]


def _case(path: Path, number: int, record: Mapping[str, Any], articles: Mapping[str, Article]) -> Case:
    where = f"{path.name}:{number}"
    try:
        if "article" in record:
            article = articles[str(record["article"])]
        else:
            article = Article(f"a-{number}", where, str(record["text"]), outlet=record.get("outlet"))
        place = record.get("candidate", record.get("sentence"))
        candidate = (0, len(article.text)) if place is None else offsets(article.text, place)
        figures = tuple(_marked(article.text, figure) for figure in record["figures"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(where, f"not of the form {FORM}: {error}") from None
    return Case(number, where, article, candidate, figures)


def _marked(text: str, figure: Mapping[str, Any]) -> Marked:
    span = offsets(text, figure["span"] if "span" in figure else figure["text"], int(figure.get("n", 1)))
    counted = figure.get("counted") or ""
    if counted and not isinstance(counted, str):
        start, end = offsets(text, counted)
        counted = text[start:end]
    low, high = (None if figure[side] is None else float(figure[side]) for side in ("low", "high"))
    approximate = bool(figure.get("approximate", figure.get("approx", False)))
    return Marked(span, low, high, approximate, str(figure["kind"]), str(counted))


def run(source: Source) -> Result:
    """Measure on the sample, or on a file of its form."""
    cases = read_cases(source)
    halves = Halves(Count(), Count(), Count())
    figures: dict[str, Sequence[Figure]] = {}
    for done, case in enumerate(cases):
        if case.article.id not in figures:
            figures[case.article.id] = mark_article(settle_page(case.article)).figures
        for count in halves.of(case.line):
            count.add(case, figures[case.article.id])
        source.progress(done + 1, len(cases))
    total = halves.total
    counts = {"places": len(cases), "found": total.found, "people": total.people_wanted, "kept": halves.kept.wanted}
    data = hashed([source.file or SAMPLE])
    return Result(halves.measures(source), total.wanted, data, halves.misses(source), counts)


TASK = Task(
    "figures",
    "places with numbers in Egyptian and Saudi reports marked by hand: value and kind, or that it is no figure",
    run,
    targets={"accuracy": 0.92},
    form=FORM,
)
