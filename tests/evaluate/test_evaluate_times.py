"""The counting of times: which cases and mentions count, how spans and values are held equal, the months sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya.errors import InputError
from riwaya.evaluate.base import Source
from riwaya.evaluate.recognizers import Case, core, files_in, read_cases, supported
from riwaya.evaluate.times import MONTHS, TASK, Marked, count_cases, count_months, measure, read_sample
from riwaya.evaluate.timex import fits, same_length, same_value, stretch_of
from riwaya.mark.document import prepare
from riwaya.mark.times import find_times
from riwaya.model import Article, Published, Time


def result(text: str, start: int, timex: str, day: str) -> dict[str, object]:
    resolution = {"date": day}
    return {"Text": text, "Start": start, "Length": len(text), "Type": "date",
            "Value": {"Timex": timex, "FutureResolution": resolution, "PastResolution": resolution}}  # fmt: skip


def case(text: str, results: list[dict[str, object]], **more: object) -> dict[str, object]:
    return {"Input": text, "Context": {"ReferenceDateTime": "2016-11-07T00:00:00"}, "Results": results, **more}


def written(tmp_path: Path, cases: list[dict[str, object]], name: str = "DateParser.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(cases, ensure_ascii=False), encoding="utf-8")
    return path


def times(text: str, day: str = "2016-11-07") -> list[Time]:
    return find_times(prepare(Article("a", "a", text, published=Published(day, "stated"))))


def test_spans_and_values_are_counted_apart(tmp_path: Path) -> None:
    path = written(tmp_path, [
        case("سافرنا أمس", [result("أمس", 7, "2016-11-06", "2016-11-06")]),
        case("سافرنا غدا", [result("غدا", 7, "2016-11-09", "2016-11-09")]),  # a wrong value
        case("وصل الضيوف", [result("الضيوف", 4, "2016-11-07", "2016-11-07")]),  # a span that nobody finds
        case("وصلوا أمس", []),  # a time that nobody asked for
    ])  # fmt: skip
    found = measure(Source(tmp_path, file=path))
    assert found.n == 3
    assert found.metrics["precision"] == pytest.approx(2 / 3) and found.metrics["recall"] == pytest.approx(2 / 3)
    assert found.metrics["value_accuracy"] == 0.5 and found.metrics["value_recall"] == pytest.approx(1 / 3)
    assert [(m.expected, m.found) for m in found.misses] == [("2016-11-09", "2016-11-08"), ("الضيوف", ""), ("", "أمس")]


def test_values_that_their_authors_pass_over_are_not_asked(tmp_path: Path) -> None:
    wrong = case("سافرنا غدا", [result("غدا", 7, "2016-11-09", "2016-11-09")], IgnoreResolution="true")
    found = measure(Source(tmp_path, file=written(tmp_path, [wrong])))
    assert found.counts["values"] == 0 and found.metrics["f1"] == 1.0 and found.metrics["all_values_accuracy"] == 0.0


def test_unsupported_cases_are_left_out_unless_all_are(tmp_path: Path) -> None:
    good = case("سافرنا أمس", [result("أمس", 7, "2016-11-06", "2016-11-06")], NotSupported="python")
    bad = case("وصل الضيوف", [result("الضيوف", 4, "x", "x")], NotSupported="dotnet")
    assert [c.number for c in supported(read_cases(written(tmp_path, [bad, good])))] == [1]
    assert [c.number for c in supported(read_cases(written(tmp_path, [bad])))] == [0]


def test_a_file_of_one_kind_does_not_ask_for_the_others(tmp_path: Path) -> None:
    text = "اجتماع مدته 25 دقيقة أمس"
    asked = [case(text, [result("أمس", text.index("أمس"), "2016-11-06", "2016-11-06")])]
    one, all_kinds = written(tmp_path, asked), written(tmp_path, asked, "MergedParser.json")
    assert count_cases(read_cases(one)).measures()["precision"] == 1.0
    assert count_cases(read_cases(all_kinds)).measures()["precision"] == 0.5


def test_places_are_found_where_the_file_has_none(tmp_path: Path) -> None:
    raw = case("سافرنا أمس", [{"Text": " أمس", "Start": -1, "TypeName": "date", "Resolution": {}}])
    (one,) = read_cases(written(tmp_path, [raw]))
    assert [(m.start, m.end) for m in one.mentions] == [(7, 10)]


def test_edges_do_not_count() -> None:
    text = "من يوم الجمعة."
    assert core(text, 0, len(text)) == core(text, 3, 13) == (7, 13)
    assert core("بالأمس", 0, 6) == (1, 6)
    assert core("طوال يوم", 0, 8) == core("طوال يوم", 5, 8)


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        files_in(tmp_path, ("DateParser",))
    with pytest.raises(InputError):
        read_cases(written(tmp_path, [{"no": "input"}]))  # type: ignore[dict-item]


RANGE = {"startDate": "2016-11-04", "endDate": "2016-11-22"}


@pytest.mark.parametrize(
    ("text", "timex", "resolution", "same"),
    [
        ("وصلوا أمس", "2016-11-06", {"date": "2016-11-06"}, True),
        ("وصلوا أمس", "2016-11-05", {"date": "2016-11-05"}, False),
        ("يصلون في 2 أكتوبر", "XXXX-10-02", {"date": "2016-10-02"}, True),
        ("يصلون في 2 أكتوبر", "XXXX-10-02", {"date": "2013-10-02"}, False),
        ("وصلوا قبل شهر", "2016-10-07", {"date": "2016-10-07"}, True),
        ("من 4 إلى 22 نوفمبر 2016", "(2016-11-04,2016-11-22,P18D)", RANGE, True),
        ("من 4 إلى 21 نوفمبر 2016", "(2016-11-04,2016-11-22,P18D)", RANGE, True),  # their end may be exclusive
        ("من 4 إلى 20 نوفمبر 2016", "(2016-11-04,2016-11-22,P18D)", RANGE, False),
        ("الربع الثالث من عام 2016", "(2016-07-01,2016-10-01,P3M)", {"startDate": "2016-07-01", "endDate": "2016-10-01"}, True),
        ("خلال الأيام الثلاثة القادمة", "(2016-11-08,2016-11-11,P3D)", {}, True),
        ("لمدة بضعة أيام", "P3D", {}, True),
        ("نصف ساعة", "PT30M", {}, True),
        ("الساعة 7 مساء", "T19", {}, True),
        ("الساعة 7 مساء", "T07", {}, False),
        ("من 5 إلى 6 مساء", "(T17,T18,PT1H)", {}, True),
        ("في السبعينيات", "(XX70-01-01,XX80-01-01,P10Y)", {"startDate": "2070-01-01", "endDate": "2080-01-01"}, True),
        ("في الصيف", "SU", {}, True),
    ],
)
def test_the_mapping_holds(text: str, timex: str, resolution: dict[str, str], same: bool) -> None:
    (found,) = times(text)
    assert same_value(found, timex, resolution, resolution) is same, found.value


def test_patterns_lengths_and_stretches() -> None:
    assert fits("2017-10-02", "XXXX-10-02") and not fits("2017-10-03", "XXXX-10-02")
    assert same_length("P1Y6M", "P6M1Y") is False and same_length("P2W", "P14D") and not same_length("P2W", "P13D")
    assert stretch_of("2016-W45-WE") is not None and stretch_of("PAST_REF") is None


def test_months_are_counted_in_their_sentences_only() -> None:
    text = "وصلوا في تموز 2012. ثم وصل رمضان في آب 2013."
    found = times(text)
    word, name, second = text.index("تموز"), text.index("رمضان"), text.index("آب")
    first = Marked("r", 0, 19, ((word, word + 4),), ((word, word + 9, "2012-07"),))
    other = Marked("r", 20, len(text), ((name, name + 5), (second, second + 2)), ((second, second + 7, "2013-09|2013-10"),))
    counted = count_months([(first, found, text), (other, found, text)])
    assert (counted.wanted, counted.found, counted.right, counted.well) == (2, 2, 2, 1)


def test_the_sample_is_whole() -> None:
    sample = read_sample()
    assert sum(len(line.times) for line in sample) >= 300
    for line in sample:
        assert all(line.start <= a < b <= line.end for a, b, _ in line.times)
        assert all(any(a < d and c < b for c, d in line.words) for a, b, _ in line.times)
    assert not any("\u0600" <= char <= "\u06ff" for char in MONTHS.read_text("utf-8"))  # no text of the reports


def test_the_task_names_what_it_is_to_reach() -> None:
    assert TASK.targets == {"f1": 0.92, "value_accuracy": 0.92, "months_f1": 0.92, "months_value_accuracy": 0.92}
    assert isinstance(Case("f", 0, "t", None, True, True).where, str)
