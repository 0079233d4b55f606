"""How figures are counted: value and kind, what is not found, what is found where nothing is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya.errors import InputError
from riwaya.evaluate import Source, task
from riwaya.evaluate.figures import SAMPLE, Case, Count, Marked, read_cases, run
from riwaya.model import Article, Figure, Span

TEXT = "أعلنت الشرطة مقتل 12 شخصا وإصابة نحو 30 آخرين في رهاف عام 2013."


def figure(words: str, low: float | None, high: float | None, kind: str, *, approximate: bool = False) -> Figure:
    start = TEXT.index(words)
    counted = words.rsplit(maxsplit=1)[-1]
    return Figure("f", Span("a", start, start + len(words)), words, low, high, approximate, kind, None, counted)


def case(words: str, *marked: Marked) -> Case:
    start = TEXT.index(words)
    return Case(1, "here:1", Article("a", "", TEXT), (start, start + len(words)), marked)


def mark(words: str, low: float | None, high: float | None, kind: str, *, approximate: bool = False, counted: str = "") -> Marked:
    start = TEXT.index(words)
    return Marked((start, start + len(words)), low, high, approximate, kind, counted)


@pytest.mark.parametrize(
    ("found", "right", "value", "kind", "misses"),
    [
        ([figure("مقتل 12 شخصا", 12, 12, "killed")], 1, 1, 1, 0),
        ([figure("12 شخصا", 12, 12, "injured")], 0, 1, 0, 1),
        ([figure("12 شخصا", 13, None, "killed")], 0, 0, 1, 1),
        ([], 0, 0, 0, 1),
        ([figure("نحو 30 آخرين", 30, 30, "injured")], 0, 0, 0, 1),  # elsewhere
    ],
)
def test_a_mention(found: list[Figure], right: int, value: int, kind: int, misses: int) -> None:
    count = Count()
    count.add(case("12", mark("12", 12, 12, "killed", counted="شخصا")), found)
    assert (count.wanted, count.right, count.value, count.kind, len(count.misses)) == (1, right, value, kind, misses)
    assert count.people == right


def test_count_and_other_are_one_kind() -> None:
    count = Count()
    count.add(case("12", mark("12", 12, 12, "other")), [figure("12 شخصا", 12, 12, "count")])
    assert count.right == 1
    assert count.people_wanted == 0


def test_what_is_found_where_nothing_is_counts_against_precision() -> None:
    count = Count()
    count.add(case("2013"), [figure("2013", 2013, 2013, "count")])
    count.add(case("12", mark("12", 12, 12, "killed")), [figure("مقتل 12 شخصا", 12, 12, "killed")])
    assert count.measures()["precision"] == 0.5
    assert count.measures("kept_")["kept_accuracy"] == 1.0
    assert [(m.expected, m.found) for m in count.misses] == [("", "2013 count")]


def test_a_figure_that_holds_the_place_in_its_noun_is_told_from_its_neighbour() -> None:
    count = Count()
    found = [figure("مقتل 12 شخصا", 12, 12, "killed"), figure("إصابة نحو 30 آخرين", 30, 30, "injured", approximate=True)]
    count.add(case("آخرين", mark("30", 30, 30, "injured", approximate=True, counted="آخرين")), found)
    assert (count.right, count.found, count.approximate, count.counted) == (1, 1, 1, 1)


def test_a_file_of_texts_is_measured_by_the_shipped_way(tmp_path: Path) -> None:
    marked = [
        {"text": "12", "low": 12, "high": 12, "kind": "killed"},
        {"text": "30", "low": 30, "high": 30, "kind": "injured", "approx": True},
    ]
    path = tmp_path / "held.jsonl"
    records = [{"text": TEXT, "figures": marked}, {"text": "لا شيء هنا.", "figures": []}]
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    result = run(Source(tmp_path, file=path))
    assert result.n == 2
    assert (result.metrics["accuracy"], result.metrics["precision"], result.metrics["approximate_accuracy"]) == (1.0, 1.0, 1.0)
    assert "kept_accuracy" not in result.metrics


@pytest.mark.parametrize(
    "line",
    ["[1]", '{"text": "قتل 3"}', '{"text": "قتل 3", "figures": [{"span": [4, 90], "low": 3, "high": 3, "kind": "killed"}]}', "{"],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "held.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(InputError, match=r"held\.jsonl"):
        read_cases(Source(tmp_path, file=path))


def test_the_sample_holds_offsets_and_no_text() -> None:
    records = [json.loads(line) for line in SAMPLE.read_text("utf-8").splitlines()]
    assert sum(len(r["figures"]) for r in records) >= 400
    assert not any("ا" in line for line in SAMPLE.read_text("utf-8").splitlines())
    assert {k for r in records for k in r} == {"article", "stratum", "candidate", "figures"}


def test_the_task_is_known() -> None:
    assert task("figures").targets == {"accuracy": 0.92}
