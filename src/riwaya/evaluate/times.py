"""Times measured on the cases of Recognizers-Text and on a hand-marked sample of month names in real reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from riwaya.evaluate.base import SAMPLES, Miss, Result, Source, Task, hashed, overlap, ratio, scores
from riwaya.evaluate.corpora import lookup
from riwaya.evaluate.recognizers import Case, Mention, core, files_in, read_cases, supported
from riwaya.evaluate.timex import same_value
from riwaya.mark.document import prepare
from riwaya.mark.times import find_times
from riwaya.model import Article, Published, Time

KINDS = ("Date", "DatePeriod", "DateTime", "DateTimePeriod", "Duration", "Time", "TimePeriod", "Set")
"""What news needs. Holidays are left out (theirs are Thanksgiving, Father's Day, Ash Monday). A file of one kind lists the
mentions of that kind only: a time of another kind that overlaps none of them is no error there."""
FILES = (*(f"{kind}{form}" for kind in (*KINDS, "Merged") for form in ("Extractor", "Parser")), "DateTimeModel")
MONTHS = SAMPLES / "times.tsv"
_WHOLE_DATE = 10  # characters of YYYY-MM-DD
_DEFAULT_DAY = "2016-11-07T00:00:00"  # the reference date of nearly all cases, for those that give none


@dataclass(slots=True)
class Count:
    """What is counted over cases; `right` spans, `valued` of them with a value to compare, `well` of those valued as expected."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    valued: int = 0
    well: int = 0
    asked: int = 0  # values to compare, found or not
    misses: list[Miss] = field(default_factory=list)

    def measures(self, prefix: str = "") -> dict[str, float]:
        """f1, precision, recall of spans; value_accuracy of the values of spans found; value_recall over all values asked."""
        named = {f"{prefix}{name}": value for name, value in scores(self.right, self.found, self.wanted).items()}
        named[f"{prefix}value_accuracy"] = ratio(self.well, self.valued)
        named[f"{prefix}value_recall"] = ratio(self.well, self.asked)
        return named


def found_in(case: Case) -> list[Time]:
    """What Riwaya marks in the text of a case, as of its reference date."""
    published = Published((case.reference or _DEFAULT_DAY)[:10], "stated")
    return find_times(prepare(Article("a", case.file, case.text, published=published)))


def count_cases(cases: Iterable[Case], *, all_values: bool = False) -> Count:
    """Spans and values of some cases."""
    total = Count()
    for case in cases:
        _count(total, case, found_in(case), checked=all_values or case.checked)
    return total


def _count(total: Count, case: Case, times: Sequence[Time], *, checked: bool) -> None:
    spans, kind = [core(case.text, t.span.start, t.span.end) for t in times], _kind_asked(case)
    total.wanted += len(case.mentions)
    total.found += len(times)
    taken: set[int] = set()
    for mention in case.mentions:
        place = core(case.text, mention.start, mention.end)
        timex = str(mention.value.get("Timex") or "") or _first_timex(mention)
        asked = checked and bool(timex)
        total.asked += asked
        at = next((i for i, s in enumerate(spans) if s == place and i not in taken), None)
        if at is None:
            near = next((times[i].text for i, s in enumerate(spans) if overlap(s, place)), "")
            total.misses.append(Miss(case.where, case.text[place[0] : place[1]], near, case.text))
            continue
        taken.add(at)
        total.right += 1
        total.valued += asked
        if asked and _well(times[at], mention, timex):
            total.well += 1
        elif asked:
            total.misses.append(Miss(case.where, timex, times[at].value or "", case.text))
    for i, time in enumerate(times):
        if i in taken or any(overlap(spans[i], (m.start, m.end)) for m in case.mentions):
            continue
        if kind and kind_of(time) != kind:
            total.found -= 1
        else:
            total.misses.append(Miss(case.where, "", time.text, case.text))


def kind_of(time: Time) -> str:
    """The kind under which the recognizers' authors would list a time: date, daterange, time, timerange, duration or set."""
    said = time.expression
    if time.type in ("DURATION", "SET") or said is None:
        return time.type.lower()
    ranged = said.end is not None
    if time.type == "TIME":
        return "timerange" if ranged or said.part else "time"
    return "date" if not ranged and len(time.value or "") == _WHOLE_DATE else "daterange"


def _kind_asked(case: Case) -> str:
    """The one kind that an extractor or parser looks for, by its file's name; "" for those that look for all."""
    name = case.file.removesuffix(".json").removesuffix("Extractor").removesuffix("Parser")
    return name.lower().replace("period", "range") if name in KINDS and not name.startswith("DateTime") else ""


def _first_timex(mention: Mention) -> str:
    values = mention.value.get("values")
    return str(values[0].get("timex") or "") if isinstance(values, list) and values else ""


def _well(time: Time, mention: Mention, timex: str) -> bool:
    past, future = mention.value.get("PastResolution") or {}, mention.value.get("FutureResolution") or {}
    if isinstance(listed := mention.value.get("values"), list):
        readings = [({"date": v["value"][:10], "dateTime": v["value"][:10]} if "value" in v and v["value"][:4].isdigit() else
                     {"startDate": v.get("start", "")[:10], "endDate": v.get("end", "")[:10]}) for v in listed]  # fmt: skip
        return any(same_value(time, str(v.get("timex") or timex), r, r) for v, r in zip(listed, readings, strict=True))
    return same_value(time, timex, past, future)


# ------------------------------------------------------------------------------------------------------------ months in reports


@dataclass(frozen=True, slots=True)
class Marked:
    """A line of the sample: a sentence of a report, and the times with a month's name that a reader sees in it.

    `times` are (start, end, value): code points into the report's text; the value as TIMEX3, several readings parted by "|".
    `words` are the places of the month words by which the sentence was drawn, times or not.
    """

    report: str
    start: int
    end: int
    words: tuple[tuple[int, int], ...]
    times: tuple[tuple[int, int, str], ...]


def read_sample(path: Path = MONTHS) -> list[Marked]:
    """The lines of the sample."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        report, span, words, times = [*line.split("\t"), ""][:4]
        start, end = map(int, span.split("-"))
        places = tuple((int(a), int(b)) for a, b in (w.split("-") for w in words.split()))
        marked = tuple((int(a), int(b), value) for a, b, value in (t.split(":", 2) for t in times.split()))
        out.append(Marked(report, start, end, places, marked))
    return out


def count_months(lines: Iterable[tuple[Marked, Sequence[Time], str]]) -> Count:
    """Spans and values of the times that hold a month word, in the sentences of the sample.

    Args:
        lines: the line, the times of its report, the report's text.
    """
    total = Count()
    for line, times, text in lines:
        here = [t for t in times if any(overlap((t.span.start, t.span.end), w) for w in line.words)]
        spans, sentence = [core(text, t.span.start, t.span.end) for t in here], text[line.start : line.end]
        total.wanted += len(line.times)
        total.asked += len(line.times)
        total.found += len(here)
        taken: set[int] = set()
        for start, end, value in line.times:
            place = core(text, start, end)
            at = next((i for i, s in enumerate(spans) if s == place), None)
            if at is None:
                near = next((here[i].text for i, s in enumerate(spans) if overlap(s, place)), "")
                total.misses.append(Miss(line.report, text[start:end], near, sentence))
                continue
            taken.add(at)
            total.right += 1
            total.valued += 1
            if here[at].value in value.split("|"):
                total.well += 1
            else:
                total.misses.append(Miss(line.report, f"{text[start:end]} = {value}", here[at].value or "", sentence))
        total.misses += [Miss(line.report, "", t.text, sentence) for i, t in enumerate(here)
                         if i not in taken and not any(overlap(spans[i], m[:2]) for m in line.times)]  # fmt: skip
    return total


def _months(source: Source) -> tuple[dict[str, float], list[Miss], int]:
    sample = read_sample()
    articles = lookup(source, [line.report for line in sample])
    times = {name: find_times(prepare(article)) for name, article in articles.items()}
    lines = [(line, times[line.report], articles[line.report].text) for line in sample]
    whole, kept = count_months(lines), count_months(lines[1::2])
    return whole.measures("months_") | kept.measures("kept_months_"), count_months(lines[::2]).misses, whole.wanted


# ------------------------------------------------------------------------------------------------------------------- the task


def measure(source: Source) -> Result:
    """The recognizers' cases, and (but for `--file`) the months of real reports."""
    root = source.file or source.path("times", "recognizers", "DateTime", "Arabic")
    files = files_in(root, FILES)
    cases = [case for path in files for case in read_cases(path)]
    counted = supported(cases)
    whole = count_cases(counted)
    metrics = whole.measures()
    metrics["all_values_accuracy"] = count_cases(counted, all_values=True).measures()["value_accuracy"]
    metrics |= count_cases(c for c in counted if c.number % 2).measures("kept_")  # of odd number: kept for measuring
    misses = list(whole.misses)
    left_out = len(cases) - len(counted)
    counts = Counter({"cases": len(counted), "mentions": whole.wanted, "values": whole.asked, "left_out": left_out})
    if source.file is None:
        metrics["unsupported_f1"] = count_cases(c for c in cases if not c.supported).measures()["f1"]
        files = [*files, MONTHS]
        months, more, counts["months_mentions"] = _months(source)
        metrics |= months
        misses += more
    return Result(metrics, whole.wanted, hashed(files), misses, counts)


TASK = Task(
    name="times",
    about="Recognizers-Text: dates, periods, clock times, lengths, sets that its authors support; months in real reports",
    run=measure,
    targets={"f1": 0.92, "value_accuracy": 0.92, "months_f1": 0.92, "months_value_accuracy": 0.92},
    published="HeidelTime, Arabic news (Strötgen and Gertz): F1 about 0.93 for detection",
    form="one JSON file of Recognizers-Text DateTime cases (extractor, parser or model), or a folder of them",
)
