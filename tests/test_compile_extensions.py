"""The compiled rooms are an offer: what is made, and what is said where they cannot be made."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "compile_extensions.py"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("compile_extensions", TOOL)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    source = tmp_path / "src" / "riwaya"
    (source / "arabic" / "lexicon").mkdir(parents=True)
    (source / "arabic" / "words.py").write_text("SIZE = 1\n")
    (source / "arabic" / "lexicon" / "months.py").write_text("MONTHS = {}\n")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "SOURCE", source)
    monkeypatch.setattr(module, "TARGET", tmp_path / "build")
    monkeypatch.setattr(module, "STAMP", tmp_path / "build" / "stamp")
    monkeypatch.setattr(sys, "argv", ["compile_extensions.py"])
    return module


def test_rooms_are_compiled_and_their_tables_are_not(tool: ModuleType) -> None:
    assert tool.modules() == ["riwaya/arabic/words.py"]


def test_without_a_c_compiler_one_line_says_so_and_no_old_copy_is_left(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    tool.TARGET.mkdir()
    tool.STAMP.write_text("of older sources")
    tool.main()
    assert capsys.readouterr().out.count("\n") == 1
    assert not tool.TARGET.exists()


def test_a_copy_of_these_very_sources_is_kept_and_any_edit_makes_it_old(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    tool.TARGET.mkdir()
    tool.STAMP.write_text(tool.digest())
    tool.main()
    assert "up to date" in capsys.readouterr().out
    (tool.SOURCE / "arabic" / "words.py").write_text("SIZE = 2\n")
    tool.main()
    assert not tool.TARGET.exists()


def test_a_copy_that_writes_otherwise_is_not_kept(
    tool: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "compiler", lambda: "cc")
    (tool.ROOT / "examples" / "reports").mkdir(parents=True)
    (tool.ROOT / "examples" / "reports" / "one.txt").write_text("a")
    monkeypatch.setattr(tool, "compile_all", lambda: None)
    monkeypatch.setattr(tool, "build", lambda reports, root, out: (out.mkdir(), (out / "dossier.json").write_text(str(root))))
    tool.main()
    assert "dossier.json" in capsys.readouterr().out
    assert not tool.TARGET.exists()
