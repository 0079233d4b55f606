"""What users meet first: imports, names, help, the promise to load what is heavy only when it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import riwaya
from riwaya.cli import _COMMANDS

ROOT = Path(__file__).parent.parent
HEAVY = {"numpy", "lxml", "trafilatura", "feedparser", "warcio", "pyarrow", "jinja2", "hijridate", "multiprocessing", "tqdm"}


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *args], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("code", ["import riwaya", "import riwaya.cli; riwaya.cli.cli.list_commands(None)"])
def test_nothing_heavy_is_loaded_before_it_is_used(code: str) -> None:
    done = run("-c", f"{code}; import sys; print(*sorted({{m.split('.')[0] for m in sys.modules}}))")
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stdout.split())


def test_public_names() -> None:
    assert len([n for n in riwaya.__all__ if not n.startswith("_")]) < 10
    for name in riwaya.__all__:
        assert getattr(riwaya, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        _ = riwaya.nonsense  # type: ignore[attr-defined]


def test_help_names_every_command() -> None:
    done = run("-m", "riwaya", "--help")
    assert done.returncode == 0
    for name in _COMMANDS:
        assert f"  {name} " in done.stdout
        assert run("-m", "riwaya", name, "--help").returncode == 0


def test_version_is_said_once() -> None:
    assert run("-m", "riwaya", "--version").stdout.strip() == f"riwaya {riwaya.__version__}"
    assert f"version: {riwaya.__version__}" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_readme_documents_every_command_and_opens_with_the_two() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in _COMMANDS:
        assert f"riwaya {name}" in readme
    assert readme.index("make demo") < readme.index("make test") < readme.index("## ")


@pytest.mark.parametrize("first", ["", "import riwaya.mark.times as t, riwaya.read.page as p; from riwaya import mark, read; "])
def test_functions_and_rooms_of_one_name_live_together(first: str) -> None:
    called = "riwaya.mark('قُتل 7 أمس.', published='2022-01-08').times[0].value, list(riwaya.read()), riwaya.mark.mark_article"
    done = run("-c", f"import riwaya; {first}print({called})")
    assert done.stdout.startswith("2022-01-07 [] <function mark_article"), done.stderr
