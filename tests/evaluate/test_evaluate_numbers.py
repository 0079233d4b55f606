"""The counting of numbers: spans, values, kinds of files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya.evaluate.base import Source
from riwaya.evaluate.numbers import find, kind_of, measure, same, value_of
from riwaya.evaluate.recognizers import Mention, read_cases


def result(text: str, start: int, value: str, kind: str = "number") -> dict[str, object]:
    return {"Text": text, "Start": start, "End": start + len(text) - 1, "TypeName": kind, "Resolution": {"value": value}}


def written(tmp_path: Path, cases: list[dict[str, object]], name: str = "NumberModel.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(cases, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_number_is_right_when_span_and_value_are(tmp_path: Path) -> None:
    path = written(tmp_path, [
        {"Input": "وصل ثلاثة رجال", "Results": [result("ثلاثة", 4, "3")]},
        {"Input": "وصل أربعة رجال", "Results": [result("أربعة", 4, "5")]},
        {"Input": "وصل الرجال", "Results": [result("الرجال", 4, "7")]},
        {"Input": "وصل ستة رجال", "Results": []},
    ])  # fmt: skip
    found = measure(Source(tmp_path, file=path))
    assert found.n == 3 and found.metrics["precision"] == found.metrics["recall"] == pytest.approx(1 / 3)
    assert found.metrics["span_f1"] == pytest.approx(2 / 3)
    assert [(m.expected, m.found) for m in found.misses] == [("5", "(4, 4)"), ("الرجال", ""), ("", "ستة")]


def test_values_that_their_authors_pass_over_count_by_their_span(tmp_path: Path) -> None:
    case = {"Input": "وصل أربعة رجال", "IgnoreResolution": True, "Results": [result("أربعة", 4, "5")]}
    found = measure(Source(tmp_path, file=written(tmp_path, [case])))
    assert found.metrics["f1"] == 1.0 and found.metrics["all_values_f1"] == 0.0


def test_relative_ordinals_are_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, [
        {"Input": "الصفحة الأخيرة", "Results": [result("الأخيرة", 7, "end+0", "ordinal.relative")]},
        {"Input": "الصفحة الخامسة", "Results": [result("الخامسة", 7, "5", "ordinal")]},
    ], "OrdinalModel.json")  # fmt: skip
    found = measure(Source(tmp_path, file=path))
    assert found.n == 1 and found.metrics["f1"] == 1.0


def test_kinds_are_told_by_content_then_by_name(tmp_path: Path) -> None:
    percent = [{"Input": "5%", "Results": [result("5%", 0, "5%", "percentage")]}]
    assert kind_of(read_cases(written(tmp_path, percent, "x.json"))) == "percent"
    assert kind_of(read_cases(written(tmp_path, [{"Input": "x", "Results": []}], "NumberRangeModel.json"))) == "range"


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ("7", (7.0, 7.0)),
        ("-5%", (-5.0, -5.0)),
        ("(30,)", (31.0, None)),
        ("[30,)", (30.0, None)),
        ("(0.5,)", (0.5, None)),
        ("(,30)", (0.0, 29.0)),
        ("(,30]", (0.0, 30.0)),
        ("(,-30]", (None, -30.0)),
        ("[20,30)", (20.0, 30.0)),
        ("(20,30)", (21.0, 29.0)),
        ("", None),
    ],
)
def test_their_values_read_as_ours(given: str, ends: tuple[float | None, float | None] | None) -> None:
    assert value_of(Mention(0, 1, "number", {"value": given})) == ends


def test_a_sign_belongs_to_its_number_and_equality_does_not() -> None:
    assert [(f.start, f.end, f.value) for f in find("number", "الناتج -5")] == [(7, 9, (-5, -5))]
    assert [f.text for f in find("range", "أكثر من 20")] == ["أكثر من 20"]


def test_values_may_be_rounded() -> None:
    assert same((1 / 3, 1 / 3), (0.333333333333333, 0.333333333333333)) and not same((3, None), (3, 3))
