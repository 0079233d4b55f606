"""Judged pairs of clauses: reading, finding the statement that joins them, counting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from riwaya.errors import InputError
from riwaya.evaluate import task
from riwaya.evaluate.base import Source
from riwaya.evaluate.statements import SAMPLE, Judged, Pair, joining, measures, read, reliability, run
from riwaya.model import Span, Statement

DATA = Path(__file__).parents[2].parent / "shared/data"
A, B, C = Span("a", 0, 20), Span("b", 10, 40), Span("c", 0, 30)


def statement(name: str, *spans: Span, confidence: float | None = 0.9) -> Statement:
    ids = tuple(sorted({s.article_id for s in spans}))
    return Statement(name, "s", "", spans, ids, ids, (), (), (), 1, "repeated", confidence=confidence)


def judged(same: bool, confidence: float | None, line: int = 1) -> Judged:
    held = None if confidence is None else statement("st", A, B, confidence=confidence)
    return Judged(Pair(line, ("x#a", "x#b"), A, B, same), held)


def test_a_statement_joins_two_places_if_it_has_a_span_over_both() -> None:
    both = statement("st-2", A, B)
    assert joining([statement("st-1", A, C), both], A, B) is both
    assert joining([statement("st-1", A, C)], A, B) is None


@pytest.mark.parametrize(("end", "joins"), [(14, False), (26, True), (200, True)])
def test_a_span_must_hold_most_of_the_shorter_one(end: int, joins: bool) -> None:
    moved = replace(B, start=6, end=end)
    assert (joining([statement("st", A, moved)], A, B) is not None) == joins


def test_of_several_statements_the_best_fit_counts() -> None:
    wide, near = statement("st-1", A, replace(B, end=90)), statement("st-2", A, replace(B, end=42))
    assert joining([wide, near], A, B) is near


def test_counting() -> None:
    found = measures([judged(True, 0.8), judged(False, 0.4), judged(True, None), judged(False, None)])
    assert found["accuracy"] == found["precision"] == 0.5
    assert found["recall"] == 0.5
    assert found["sure_accuracy"] == 0
    assert measures([judged(True, 0.9), judged(True, 0.88), judged(False, 0.8)])["sure_accuracy"] == 1
    assert found["brier"] == pytest.approx((0.2**2 + 0.4**2) / 2)
    assert found["calibration_error"] == pytest.approx((0.2 + 0.4) / 2)


def test_a_calibrated_bin_has_no_error() -> None:
    four = [judged(True, 0.75), judged(True, 0.75), judged(True, 0.75), judged(False, 0.75)]
    assert measures(four)["calibration_error"] == 0
    counts = reliability(four)
    assert (counts["given 0.7 to 0.85"], counts["given 0.7 to 0.85, right"]) == (4, 3)
    assert sum(n for name, n in counts.items() if not name.endswith("right")) == 4


def test_nothing_joined() -> None:
    assert measures([judged(True, None)])["accuracy"] == 0


@pytest.mark.parametrize("line", ["", "[]", '{"reports": ["x#a"], "first": [0, 1, 2], "second": [1, 1, 2], "same": true}'])
def test_a_line_that_is_no_pair(tmp_path: Path, line: str) -> None:
    (tmp_path / "pairs.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(InputError, match=r"pairs\.jsonl:1"):
        read(tmp_path / "pairs.jsonl")


def test_the_sample_names_two_reports_of_a_story() -> None:
    pairs = read(SAMPLE)
    assert len(pairs) == 360
    for pair in pairs:
        ids = {r.partition("#")[2] for r in pair.reports}
        assert pair.first.article_id != pair.second.article_id
        assert {pair.first.article_id, pair.second.article_id} <= ids


def test_the_task_runs_on_a_file(tmp_path: Path) -> None:
    if not DATA.exists():
        pytest.skip("the reports that the sample points into are not beside the repository")
    held = SAMPLE.read_text("utf-8").splitlines()
    day = [line for line in held if "egypt2013/2013-02-21" in line][:4]
    (tmp_path / "pairs.jsonl").write_text("\n".join(day) + "\n", "utf-8")
    result = run(Source(DATA, tmp_path / "pairs.jsonl"))
    assert result.n == 4
    assert result.metrics["recall"] > 0.5
    assert task("statements").name == "statements"
