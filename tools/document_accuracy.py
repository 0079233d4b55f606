"""Measure everything and write the table of docs/accuracy.md.

    python tools/document_accuracy.py [--data DIR] [TASK ...]

With tasks, only their rows are made anew; the others stay as they were measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from riwaya.evaluate import TASKS, Result, Source, task
from riwaya.evaluate.report import lines, plain, table
from riwaya.version import __version__

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/accuracy.md"
KEPT = ROOT / "docs/accuracy.json"
BEGIN, END = "<!-- riwaya evaluate -->", "<!-- /riwaya evaluate -->"
SURE_BEGIN, SURE_END = "<!-- reliability -->", "<!-- /reliability -->"


def main() -> int:
    """Measure, keep the numbers, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("tasks", nargs="*", metavar="TASK")
    arguments = parser.parse_args()
    kept = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    for name in arguments.tasks or TASKS:
        result = task(name).run(Source(arguments.data))
        print("\n".join(lines(task(name), result, 0)), flush=True)
        measured = plain({name: result}, 0)[name]
        kept[name] = {**measured, "measured": datetime.now(UTC).date().isoformat(), "version": __version__}
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    known = [name for name in TASKS if name in kept]
    results = {name: Result(kept[name]["metrics"], kept[name]["n"], kept[name]["data"]) for name in known}
    days = sorted({kept[name]["measured"] for name in known})
    when = " to ".join(dict.fromkeys((days[0], days[-1])))
    said = f"Measured {when} with `riwaya evaluate` (`make evaluate`), version {__version__}."
    made = table([task(name) for name in known], results)
    page = between(PAGE.read_text("utf-8"), (BEGIN, END), f"{said}\n\n{made}")
    if "statements" in kept:
        page = between(page, (SURE_BEGIN, SURE_END), reliability(kept["statements"]["counts"]))
    PAGE.write_text(page, "utf-8")
    return 0


def between(page: str, marks: tuple[str, str], made: str) -> str:
    """The page with what stands between two marks made anew; as it is where it has no such marks."""
    before, mark, rest = page.partition(marks[0])
    return f"{before}{mark}\n{made}\n{marks[1]}{rest.partition(marks[1])[2]}" if mark else page


def reliability(counts: Mapping[str, int]) -> str:
    """What confidence a join was given, and how many such joins are right, as a Markdown table."""
    rows = ["| confidence given | joins | right | | kept half: joins | right | |", "|---|---|---|---|---|---|---|"]
    for name in (n for n in counts if n.startswith("given ") and not n.endswith("right")):
        cells = [name.removeprefix("given ")]
        for half in ("", "kept "):
            held, right = counts[half + name], counts[f"{half}{name}, right"]
            cells += [str(held), str(right), f"{100 * right / held:.0f} %" if held else ""]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
