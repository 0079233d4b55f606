"""Commands over an archive that get what they cannot use: one line, the right exit code, nothing left behind."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from riwaya.archive import Archive
from riwaya.cli import main
from riwaya.read import read

REPORTS = Path(__file__).parent.parent.parent / "examples" / "reports"


def riwaya(*args: str | Path) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in args])
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize("option", ["--limit", "--offset"])
def test_numbers_that_no_index_counts_to(tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str) -> None:
    Archive.open(tmp_path / "a.riwaya", create=True).close()
    assert riwaya("search", "x", option, "9" * 20, "--archive", tmp_path / "a.riwaya") == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("args", [["list"], ["remove", "ليلى"]])
def test_users_of_an_archive_that_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], args: list[str]) -> None:
    assert riwaya("users", *args, "--archive", tmp_path / "mistyped.riwaya") == 1
    assert "no users are kept here" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE dossier SET data = x'0102030405'",
        "UPDATE content SET text = x'00ff', article = x'0100', marks = x'01'",
        "UPDATE meta SET value = '{' WHERE name LIKE 'layout%'",
    ],
)
def test_an_archive_that_is_not_what_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str) -> None:
    path = tmp_path / "a.riwaya"
    with Archive.open(path, create=True) as opened:
        opened.add(read(str(REPORTS)), jobs=1)
    connection = sqlite3.connect(path)
    connection.execute(damage)
    connection.commit()
    connection.close()
    failed = 0
    for command in (["search", "قال"], ["export", "-o", tmp_path / "out"], ["archive", "reindex"], ["correct", "list"]):
        code = riwaya(*command, "--archive", path, *(["--quiet"] if command[0] in ("export", "archive") else []))
        err = capsys.readouterr().err
        assert code in (0, 3), err
        assert "Traceback" not in err
        if code:
            failed += 1
            assert "damaged" in err
            assert "archive check" in err
    assert failed
