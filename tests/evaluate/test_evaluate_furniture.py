"""Furniture: characters are counted as score.py counts them, on the path that ships."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya.errors import InputError
from riwaya.evaluate.base import Source
from riwaya.evaluate.furniture import TASK, Case, Count, _runs
from riwaya.model import Article

REPORT = "قال متحدث باسم الشركة إن المصنع سيعود إلى العمل خلال أسبوع واحد فقط."


def counted(text: str, wanted: list[tuple[int, int]], found: list[tuple[int, int]]) -> Count:
    count = Count()
    count.add(Case(1, "x:1", Article("a-1", "x", text), tuple(wanted)), found)
    return count


def test_white_space_does_not_count() -> None:
    count = counted("أب جد\nهو", [(0, 5)], [(0, 2), (5, 8)])
    assert (count.wanted, count.found, count.right) == (4, 4, 2)
    assert count.measures()["f1"] == 0.5
    assert [(m.expected, m.found, m.text) for m in count.misses] == [("furniture", "", "جد"), ("", "furniture", "هو")]


def test_a_stretch_is_found_by_more_than_half() -> None:
    assert counted("أبجد", [(0, 4)], [(0, 2)]).stretches_found == 0
    assert counted("أبجد", [(0, 4)], [(0, 3)]).stretches_found == 1


def test_a_clean_report_is_left_clean() -> None:
    assert counted("أبجد", [], []).measures()["clean_accuracy"] == 1
    assert counted("أبجد", [], [(0, 1)]).measures()["clean_accuracy"] == 0


def test_stretches_go_on_over_white_space() -> None:
    assert _runs("ab \n cd ef", {0, 1, 5, 6}) == [(0, 7)]
    assert _runs("ab", set()) == []


def test_a_file_of_texts_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    text = f"{REPORT}\nالمصدر: شبكة الأفق"
    records = [{"text": text, "furniture": ["المصدر: شبكة الأفق"]}, {"text": REPORT, "furniture": [[0, 3]]}]
    path.write_text("\n".join(json.dumps(r) for r in records), "utf-8")
    result = TASK.run(Source(tmp_path, file=path))
    assert result.metrics["precision"] == 1
    assert result.metrics["recall"] == pytest.approx(16 / 19)
    assert [m.where for m in result.misses] == ["own.jsonl:2 0-3"]
    assert "kept_f1" not in result.metrics


def test_lines_that_an_outlets_pages_share_are_found(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    bar = "صور حصرية من أرشيف الصحيفة على مدى عقود"
    texts = [f"{bar}\n{n} {REPORT}\nوأضاف أن {'ال' * n}عمل جار هناك منذ أيام طويلة." for n in range(1, 8)]
    path.write_text(json.dumps([{"text": t, "outlet": "الأفق", "furniture": [bar]} for t in texts]), "utf-8")
    assert TASK.run(Source(tmp_path, file=path)).metrics["f1"] == 1


@pytest.mark.parametrize("line", ["[1]", "{", '{"furniture": []}', '{"text": "اب", "furniture": [[0, 9]]}', '{"text": "اب"}'])
def test_what_is_not_of_the_form_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(InputError):
        TASK.run(Source(tmp_path, file=path))


def test_a_report_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text(REPORT, "utf-8")
    path = tmp_path / "own.jsonl"
    path.write_text('{"article": "news/one.txt#a-0", "furniture": []}', "utf-8")
    with pytest.raises(InputError):
        TASK.run(Source(tmp_path, file=path))
