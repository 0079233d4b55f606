"""Numbers measured on the cases of Recognizers-Text, through a published mapping of their models to what Riwaya reads.

Each of their models looks for one thing, and each file is held against that part of what `riwaya.arabic.numerals` reads:

    NumberModel        find_numbers: bare numbers, ordinals and vague counts (عشرات) apart
    NumberRangeModel   find_ranges: a bound or a range; (30,) is "more than 30", [30,) "at least 30", (,30) less, (,30] at most,
                       [20,30) from 20 to 30 as said, (20,30) 21 to 29; [20,20], "equals 20", is the number itself, as
                       `find_numbers` reads it
    OrdinalModel       find_ordinals; relative ones (الأخير، التالي) are no numbers and are left out of their side
    PercentModel       find_percents: each percentage alone, of "1% or 2%" both

A span is right when its words are the same without the prepositions and punctuation at its edges. A value is right when it
differs from theirs by less than a millionth of it. `f1` counts what is right in both, `span_f1` the spans; where
`IgnoreResolution` is true their authors compare no values, and the span decides; `all_values_f1` compares every value all the
same (some of those are wrong: "322 thousand" = 32200).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from riwaya.arabic.numerals import Numeral, find_numbers, find_ordinals, find_percents, find_ranges
from riwaya.arabic.words import words
from riwaya.evaluate.base import Miss, Result, Source, Task, hashed, overlap, scores
from riwaya.evaluate.recognizers import EDGES, Case, Mention, core, files_in, read_cases, supported

FILES = ("NumberModel", "NumberRangeModel", "OrdinalModel", "OrdinalModelSuppressExtendedTypes", "PercentModel")
_RELATIVE = "ordinal.relative"
_CLOSE = 1e-6  # of a value: theirs are rounded to 15 digits

_EDGES = EDGES - {"-"} | {"يساوي", "تساوي", "نسبه", "بنسبه", "=", "مساو", "مساوي"}
"""A sign belongs to its number; "equals" and "a rate of" stand before it."""

Bounds = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Found:
    """A number found: its span without edges, and its value (a range as its two ends)."""

    start: int
    end: int
    text: str
    value: Bounds


def _numbers(text: str) -> list[Numeral]:
    return [n for n in find_numbers(words(text)) if not n.ordinal and not n.vague]


def _ranges(text: str) -> list[Numeral]:
    return list(find_ranges(words(text)))


def _ordinals(text: str) -> list[Numeral]:
    return list(find_ordinals(words(text)))


def _percents(text: str) -> list[Numeral]:
    return list(find_percents(words(text)))


_READERS: dict[str, Callable[[str], list[Numeral]]] = {
    "number": _numbers,
    "range": _ranges,
    "ordinal": _ordinals,
    "percent": _percents,
}
_KINDS = {"numberrange": "range", "number": "number", "ordinal": "ordinal", "percentage": "percent", _RELATIVE: "ordinal"}


def kind_of(cases: Sequence[Case]) -> str:
    """What the cases of a file look for: by the type of their mentions, else by the file's name."""
    types = Counter(_KINDS[m.kind] for c in cases for m in c.mentions if m.kind in _KINDS)
    if types:
        return min(types, key=lambda kind: (-types[kind], kind))
    name = cases[0].file.lower() if cases else ""
    return next((kind for kind in ("range", "ordinal", "percent") if kind in name), "number")


def find(kind: str, text: str) -> list[Found]:
    """What Riwaya reads of one kind in a text."""
    found = []
    for numeral in _READERS[kind](text):
        start, end = core(text, numeral.start, numeral.end, _EDGES)
        found.append(Found(start, end, text[start:end], (numeral.low, numeral.high)))
    return found


def value_of(mention: Mention) -> Bounds | None:
    """Their value as the two ends of what Riwaya would say; None where they give none."""
    given = str(mention.value.get("value", "")).removesuffix("%")
    if not given or given[0] not in "([":
        return _float(given, given) if given else None
    low, _, high = given[1:-1].partition(",")
    ends = _float(low, high)
    if ends is None or low == high:
        return ends
    first, last = ends
    if last is None and given[0] == "(":  # more than 30 men are 31; more than 0.5 is what it says
        return (first + 1 if first is not None and first == int(first) else first), None
    if first is None and last is not None:
        return (0.0 if last >= 0 else None), last - 1 if given[-1] == ")" and last == int(last) and last > 0 else last
    if given[0] == "(" and first is not None and last is not None:  # more than 10 and less than 20
        return (first + 1 if first == int(first) else first), (last - 1 if given[-1] == ")" and last == int(last) else last)
    return ends


def _float(low: str, high: str) -> Bounds | None:
    try:
        return (float(low) if low.strip() else None), (float(high) if high.strip() else None)
    except ValueError:
        return None


def same(found: Bounds, wanted: Bounds) -> bool:
    """Whether both ends are the same but for rounding."""
    return all(
        (a is None) == (b is None) and (a is None or b is None or math.isclose(a, b, rel_tol=_CLOSE, abs_tol=1e-15))
        for a, b in zip(found, wanted, strict=True)
    )


def _covered(one: Found, others: Sequence[Found]) -> bool:
    return any(overlap((one.start, one.end), (other.start, other.end)) for other in others)


@dataclass(slots=True)
class Count:
    """What is counted over cases."""

    wanted: int = 0
    found: int = 0
    spans: int = 0
    right: int = 0
    all_right: int = 0
    misses: list[Miss] = field(default_factory=list)


def count_cases(cases: Iterable[tuple[str, Case]]) -> Count:
    """Spans, and spans with values, of cases of known kinds."""
    total = Count()
    for kind, case in cases:
        wanted = [m for m in case.mentions if m.kind != _RELATIVE]
        found = find(kind, case.text)
        if kind == "range":
            exact = [v[0] for m in wanted if (v := value_of(m)) and v[0] == v[1]]
            found += [f for f in find("number", case.text) if f.value[0] in exact and not _covered(f, found)]
        total.wanted += len(wanted)
        total.found += len(found)
        for mention in wanted:
            place = core(case.text, mention.start, mention.end, _EDGES)
            here = next((f for f in found if (f.start, f.end) == place), None)
            value = value_of(mention)
            if here is None:
                near = next((f.text for f in found if overlap((f.start, f.end), place)), "")
                total.misses.append(Miss(case.where, case.text[place[0] : place[1]], near, case.text))
                continue
            well = value is None or same(here.value, value)
            total.spans += 1
            total.all_right += well
            total.right += well or not case.checked
            if not well and case.checked:
                total.misses.append(Miss(case.where, str(mention.value.get("value")), str(here.value), case.text))
        places = [(m.start, m.end) for m in wanted]
        total.misses += [Miss(case.where, "", f.text, case.text) for f in found
                         if not any(overlap((f.start, f.end), p) for p in places)]  # fmt: skip
    return total


def measure(source: Source) -> Result:
    """The recognizers' cases of numbers, ranges, ordinals and percentages."""
    files = files_in(source.file or source.path("times", "recognizers", "Number", "Arabic"), FILES)
    read = {path: read_cases(path) for path in files}
    kinds = {path: kind_of(cases) for path, cases in read.items()}
    counted = [(kinds[path], case) for path, cases in read.items() for case in supported(cases)]
    whole = count_cases(counted)
    kept = count_cases((k, c) for k, c in counted if c.number % 2)  # of odd number: kept for measuring
    metrics = scores(whole.right, whole.found, whole.wanted)
    metrics["span_f1"] = scores(whole.spans, whole.found, whole.wanted)["f1"]
    metrics["all_values_f1"] = scores(whole.all_right, whole.found, whole.wanted)["f1"]
    metrics["kept_f1"] = scores(kept.right, kept.found, kept.wanted)["f1"]
    for kind in sorted(set(kinds.values())):
        of_kind = count_cases((k, c) for k, c in counted if k == kind)
        metrics[f"{kind}_f1"] = scores(of_kind.right, of_kind.found, of_kind.wanted)["f1"]
    cases = sum(map(len, read.values()))
    counts = {"cases": len(counted), "mentions": whole.wanted, "left_out": cases - len(counted)}
    return Result(metrics, whole.wanted, hashed(files), whole.misses, counts)


TASK = Task(
    name="numbers",
    about="Recognizers-Text: cases of numbers, ranges, ordinals and percentages that its authors support; span and value right",
    run=measure,
    targets={"f1": 0.95, "span_f1": 0.95},
    form="one JSON file of Recognizers-Text Number cases (number, range, ordinal or percent model), or a folder of them",
)
