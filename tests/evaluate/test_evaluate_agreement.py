"""Pairs of headlines: reading both forms of file, and counting."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from riwaya.errors import InputError
from riwaya.evaluate.agreement import Pair, entailment, read_ans, read_arentail, read_sheet, run, stances
from riwaya.evaluate.base import Source

NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
UP, DOWN, ELSEWHERE = "ارتفاع أسعار القمح في تونس", "انخفاض أسعار القمح في تونس", "الأهلي يتأهل إلى نهائي دوري أبطال أفريقيا"
UP_TOO = "أسعار القمح ترتفع في تونس"


def workbook(path: Path, rows: list[list[str]]) -> Path:
    """A workbook as spreadsheets write it: some strings shared, some inline, empty cells left out."""
    strings = sorted({cell for row in rows for cell in row})
    shared = "".join(f"<si><r><t>{s[:2]}</t></r><r><t>{s[2:]}</t></r></si>" for s in strings)
    lines = []
    for at, row in enumerate(rows, 1):
        cells = [
            f'<c r="{"ABC"[i]}{at}" t="s"><v>{strings.index(cell)}</v></c>' if i != 1
            else f'<c r="B{at}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for i, cell in enumerate(row) if cell
        ]  # fmt: skip
        lines.append(f'<row r="{at}">{"".join(cells)}</row>')
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/sharedStrings.xml", f"<sst {NS}>{shared}</sst>")
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet {NS}><sheetData>{''.join(lines)}</sheetData></worksheet>")
    return path


def test_a_sheet_is_read_cell_by_cell(tmp_path: Path) -> None:
    rows = [["premise", "hypothesis", "label"], [UP, UP_TOO, "entails"], [UP, "", "not entail"]]
    assert read_sheet(workbook(tmp_path / "x.xlsx", rows)) == rows


def test_entailment_is_counted_over_all_pairs(tmp_path: Path) -> None:
    head = ["premise", "hypothesis", "label"]
    rows = [head, [UP, UP_TOO, "entails"], [UP, ELSEWHERE, "not entail"], [UP, ELSEWHERE, "entails"]]
    result = run(Source(tmp_path, workbook(tmp_path / "x.xlsx", rows)))
    assert result.n == 3
    assert result.metrics == {"accuracy": pytest.approx(2 / 3)}
    assert [m.where for m in result.misses] == ["x.xlsx:4"]
    assert entailment(read_arentail(tmp_path / "x.xlsx"))[0] == dict(result.metrics)


def test_stances_are_the_mean_f1_of_agree_and_disagree() -> None:
    pairs = [
        Pair("1", UP, UP_TOO, "agree"),
        Pair("2", UP, DOWN, "disagree"),
        Pair("3", UP, DOWN, "agree"),  # told otherwise
        Pair("4", UP, ELSEWHERE, "other"),
    ]
    metrics, misses = stances(pairs)
    assert metrics["agree_f1"] == pytest.approx(2 / 3)
    assert metrics["disagree_f1"] == pytest.approx(2 / 3)
    assert metrics["macro_f1"] == pytest.approx(2 / 3)
    assert metrics["accuracy"] == 0.75
    assert [(m.where, m.expected, m.found) for m in misses] == [("3", "agree", "disagree")]


def test_a_csv_of_ans_is_measured_under_the_plain_names(tmp_path: Path) -> None:
    file = tmp_path / "held.csv"
    file.write_text(f"\ufeffs1,s2,stance\n{UP},{UP_TOO},agree\n{UP},{DOWN},disagree\n", "utf-8")
    result = run(Source(tmp_path, file))
    assert result.metrics["macro_f1"] == 1.0
    assert result.n == 2


def test_files_of_another_form_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(InputError):
        read_ans(tmp_path / "x.csv")
    with pytest.raises(InputError):
        read_arentail(workbook(tmp_path / "x.xlsx", [["a", "b", "c"]]))
