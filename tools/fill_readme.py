"""Put real output of the sample into README.md, between its markers (its pictures: tools/take_pictures.py).

    python tools/fill_readme.py
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TEXT = "قُتل 7 أشخاص أمس الجمعة، وقال الوزير سالم الشريف إن الوضع مستقر."


def run(*args: str) -> str:
    """What a riwaya command prints."""
    command = [sys.executable, "-m", "riwaya", *args]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout


def block(shown: str, output: str, language: str = "") -> str:
    """A command and what it prints, as Markdown."""
    prompt = f"$ {shown}\n" if shown else ""
    return f"```{language}\n{prompt}{output.rstrip()}\n```"


def statement(dossier: dict[str, Any]) -> str:
    """A repeated statement, shortened to what shows its form."""
    by_weight = sorted(dossier["statements"], key=lambda s: (s["standing"] != "repeated", -len(s["spans"]), s["id"]))
    shown = ("id", "text", "spans", "origins", "independent", "standing")
    chosen = {k: v for k, v in by_weight[0].items() if k in shown}
    text = json.dumps(chosen, ensure_ascii=False, indent=1)
    return re.sub(r"\{\s+([^{}]*?)\s+\}", lambda m: "{" + " ".join(m[1].split()) + "}", text)


def fill(readme: str, name: str, content: str) -> str:
    """The text with what stands between two markers replaced."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
    if not pattern.search(readme):
        raise SystemExit(f"README.md has no marker <!-- {name} -->")
    return pattern.sub(lambda m: f"{m.group(1)}{content}\n{m.group(2)}", readme)


def main() -> None:
    """Build the sample, fill the text."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "demo"
        account = run("build", "examples/reports", "-o", str(out)).replace(str(out), "demo")
        dossier = json.loads((out / "dossier.json").read_text("utf-8"))
        inferred = next(a for a in dossier["articles"] if a["path"] == "05_marfa.txt")
        why = run("explain", str(out), inferred["id"])
    readme = (ROOT / "README.md").read_text("utf-8")
    readme = fill(readme, "demo", block("", account))
    readme = fill(readme, "statement", block("", statement(dossier), "json"))
    marks = run("mark", TEXT, "--published", "2022-01-08")
    readme = fill(readme, "mark", block(f'riwaya mark "{TEXT}" --published 2022-01-08', marks))
    readme = fill(readme, "explain", block(f"riwaya explain demo {inferred['id']}", why))
    (ROOT / "README.md").write_text(readme, "utf-8")


if __name__ == "__main__":
    main()
