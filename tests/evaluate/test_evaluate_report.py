"""The gate and the ways of telling: a figure under its floor must be caught."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from riwaya.cli import cli, evaluate
from riwaya.errors import InputError, UsageError
from riwaya.evaluate import TASKS, Miss, Result, Source, Task, task
from riwaya.evaluate.base import hashed, scores
from riwaya.evaluate.report import below, lines, plain, read_floors, table

RESULT = Result({"f1": 0.65, "tokens_per_second": 41234.0}, 10, "abc", [Miss("here", "قال", "قالت", "قال\nالوزير")])
TASK = Task("names", "what", lambda source: RESULT, {"f1": 0.7, "tokens_per_second": 40000}, "CRF .71", form="conll")


@pytest.mark.parametrize(
    ("floors", "complaints"),
    [
        ({"names": {"f1": 0.65}}, 0),
        ({"names": {"f1": 0.6500001}}, 1),
        ({"names": {"f1": 0.7, "tokens_per_second": 50000}}, 2),
        ({"names": {"recall": 0.1}}, 1),  # a floor of what nobody measures is no floor
        ({"quotes": {"f1": 0.9}}, 0),  # not asked for in this run
        ({}, 0),
    ],
)
def test_a_figure_under_its_floor_is_named(floors: dict[str, dict[str, float]], complaints: int) -> None:
    assert len(below(floors, {"names": RESULT})) == complaints


@pytest.mark.parametrize("content", ["[names]\nf1 = 'high'", "names = 1", "[names", "\xff"])
def test_floors_that_are_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(InputError, match=r"floors\.toml"):
        read_floors(path)


def test_the_command_fails_below_a_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riwaya.evaluate.task", lambda name: TASK)
    floors = tmp_path / "floors.toml"
    for floor, code in ((0.66, 1), (0.64, 0)):
        floors.write_text(f"[names]\nf1 = {floor}\n", "utf-8")
        arguments = ["evaluate", "names", "--data", str(tmp_path), "--floors", str(floors)]
        done = CliRunner().invoke(cli, arguments, standalone_mode=False)
        assert done.return_value == code, done.output
        assert ("below its floor" in done.output) == bool(code)


def test_json_has_the_promised_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("riwaya.evaluate.task", lambda name: TASK)
    done = CliRunner().invoke(cli, ["evaluate", "names", "--data", str(tmp_path), "--json"], standalone_mode=False)
    assert json.loads(done.output) == {
        "names": {"metrics": {"f1": 0.65, "tokens_per_second": 41234.0}, "n": 10, "data": "abc"}
    }
    assert "misses" in plain({"names": RESULT}, 1)["names"]


def test_a_reader_is_told_whether_the_target_is_reached() -> None:
    told = "\n".join(lines(TASK, RESULT, 1))
    assert "not reached" in told
    assert "قال الوزير" in told
    made = table([TASK], {"names": RESULT})
    assert "| names | f1 | 0.650 | 0.700 (missed) | 10 | `abc` |" in made
    assert "- names: CRF .71" in made
    aside = Result({"f1": 0.65, "kept_f1": 0.6}, 10, "abc")
    assert "|  | *also* | kept_f1 0.600 | |  |  |" in table([TASK], {"names": aside})


@pytest.mark.parametrize("arguments", [["--file", "x"], ["names", "quotes", "--file", "x"], ["nothing"]])
def test_wrong_arguments(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(UsageError):
        CliRunner().invoke(
            evaluate.command, [*arguments, "--data", str(tmp_path)], standalone_mode=False, catch_exceptions=False
        )


def test_data_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Source(tmp_path).path("names", "anercorp.train.conll")
    with pytest.raises(InputError):
        CliRunner().invoke(
            evaluate.command, ["names", "--data", str(tmp_path / "no")], standalone_mode=False, catch_exceptions=False
        )


@pytest.mark.parametrize("name", TASKS)
def test_every_task_says_what_it_is(name: str) -> None:
    found = task(name)
    assert found.name == name
    assert found.about
    assert found.targets


def test_scores_and_hashes(tmp_path: Path) -> None:
    assert scores(0, 0, 0) == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert scores(1, 1, 2)["f1"] == pytest.approx(2 / 3)
    (tmp_path / "a").write_text("1", "utf-8")
    before = hashed([tmp_path / "a"])
    (tmp_path / "a").write_text("2", "utf-8")
    assert hashed([tmp_path / "a"]) != before
