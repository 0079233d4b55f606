"""The commands: exit codes, one clear line for every error, nothing half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPORTS = Path(__file__).parent.parent.parent / "examples" / "reports"


def riwaya(*args: str | Path, stdin: str | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "riwaya", *map(str, args)], input=stdin, capture_output=True, text=True, check=False, cwd=cwd
    )


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The last line of standard error, which must be the only complaint and no traceback."""
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("riwaya: ")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_build_writes_the_dossier_and_says_what_it_found(tmp_path: Path) -> None:
    done = riwaya("build", REPORTS, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "9 reports" in done.stdout
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"dossier.json", "index.html"}
    assert json.loads((tmp_path / "out/dossier.json").read_text("utf-8"))["schema"] == "riwaya/1"


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    done = riwaya("build", REPORTS, "-o", tmp_path / "out", "--quiet", "--formats", "json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_standard_input_is_jsonl(tmp_path: Path) -> None:
    row = json.dumps({"text": "قُتل 7 أشخاص أمس في حريق.", "date": "2031-02-12", "outlet": "صحيفة"}, ensure_ascii=False)
    done = riwaya("build", "-", "-o", tmp_path / "out", "--formats", "json", stdin=row + "\n")
    assert done.returncode == 0, done.stderr
    (article,) = json.loads((tmp_path / "out/dossier.json").read_text("utf-8"))["articles"]
    assert article["outlet"] == "صحيفة"
    assert article["published"]["value"] == "2031-02-12"


def test_published_and_outlet_fill_what_the_input_lacks(tmp_path: Path) -> None:
    given = ("--published", "2031-02-12", "--outlet", "الرؤية", "--formats", "json")
    done = riwaya("build", REPORTS / "09_ruya.txt", "-o", tmp_path / "out", *given)
    assert done.returncode == 0, done.stderr
    (article,) = json.loads((tmp_path / "out/dossier.json").read_text("utf-8"))["articles"]
    assert (article["outlet"], article["published"]["value"], article["published"]["how"]) == ("الرؤية", "2031-02-12", "stated")


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["build", "nowhere.txt", "-o", "out"], 1, "no report could be read"),
        (["build", "empty.txt", "-o", "out"], 1, "no report could be read"),
        (["build", "-o", "out"], 2, "INPUT"),
        (["build", "empty.txt"], 2, "--output"),
        (["build", "empty.txt", "-o", "out", "--as-of", "yesterday"], 2, "is not a date"),
        (["build", "empty.txt", "-o", "out", "--as-of", "2022-02-30"], 2, "not a day of the calendar"),
        (["build", "empty.txt", "-o", "out", "--fields", "body"], 2, "NAME=FIELD"),
        (["build", "empty.txt", "-o", "out", "--formats", "docx"], 2, "docx"),
        (["build", "empty.txt", "-o", "/proc/none/out"], 3, "/proc/none/out"),
        (["nonsense"], 2, "nonsense"),
        (["explain", "out", "x"], 1, "out"),
    ],
)
def test_errors_are_one_line_with_their_exit_code(tmp_path: Path, args: list[str], code: int, says: str) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = riwaya(*args, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert says in one_line(done)
    assert not (tmp_path / "out").exists()


def test_strict_fails_when_something_was_skipped_and_still_writes(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    inputs = (REPORTS / "09_ruya.txt", tmp_path / "empty.txt")
    done = riwaya("build", *inputs, "-o", tmp_path / "out", "--strict", "--formats", "json")
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert (tmp_path / "out/dossier.json").exists()


def test_mark_prints_json_in_the_forms_of_the_dossier(tmp_path: Path) -> None:
    text = "قُتل 7 أشخاص أمس الجمعة، وقال الوزير سالم الشريف إن الوضع مستقر."
    done = riwaya("mark", text, "--published", "2022-01-08", "--json")
    assert done.returncode == 0, done.stderr
    marks = json.loads(done.stdout)
    assert set(marks) == {"sentences", "times", "figures", "names", "quotes"}
    assert marks["times"][0]["value"] == "2022-01-07"
    assert marks["figures"][0]["span"]["article_id"] == "-"
    assert marks["sentences"] == [{"start": 0, "end": len(text)}]
    (tmp_path / "t.txt").write_text(text, "utf-8")
    assert riwaya("mark", tmp_path / "t.txt", "--published", "2022-01-08", "--json").stdout == done.stdout
    assert riwaya("mark", "-", "--published", "2022-01-08", "--json", stdin=text).stdout == done.stdout
    assert "2022-01-07" in riwaya("mark", text, "--published", "2022-01-08").stdout


def test_formats_lists_what_is_read_and_written() -> None:
    done = riwaya("formats")
    assert done.returncode == 0
    for name in (".txt", ".html", ".jsonl", ".csv", ".parquet", ".warc", ".mhtml", "json", "html", "parquet", "csv"):
        assert name in done.stdout


def test_explain_gives_reasons(tmp_path: Path) -> None:
    riwaya("build", REPORTS, "-o", tmp_path / "out", "--formats", "json")
    dossier = json.loads((tmp_path / "out/dossier.json").read_text("utf-8"))
    inferred = next(a for a in dossier["articles"] if a["published"]["how"] == "inferred")
    joined = next(e for e in dossier["entities"] if len(e["names"]) > 1)
    firsts = [dossier[name][0] for name in ("passages", "statements", "disputes", "stories")]
    for thing in (inferred, joined, *firsts):
        done = riwaya("explain", tmp_path / "out", thing["id"])
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) > 1
    missing = riwaya("explain", tmp_path / "out", "e-none")
    assert missing.returncode != 0
    assert "e-none" in one_line(missing)


def test_an_interrupted_build_leaves_the_former_one(tmp_path: Path) -> None:
    out = tmp_path / "out"
    riwaya("build", REPORTS / "09_ruya.txt", "-o", out, "--formats", "json")
    before = (out / "dossier.json").read_bytes()
    many = tmp_path / "many.jsonl"
    texts = [p.read_text("utf-8") for p in sorted(REPORTS.glob("*.txt"))]
    rows = [json.dumps({"text": f"{t}\n{n}", "title": str(n)}, ensure_ascii=False) for n in range(300) for t in texts]
    many.write_text("\n".join(rows), "utf-8")
    command = [sys.executable, "-m", "riwaya", "build", str(many), "-o", str(out)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(2.5)
    os.killpg(child.pid, signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 130, errors
    assert "Traceback" not in errors
    assert "interrupted" in errors
    assert (out / "dossier.json").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["many.jsonl", "out"]
