"""Measure everything and write the table of docs/accuracy.md.

    python tools/document_accuracy.py [--data DIR] [TASK ...]

With tasks, only their rows are made anew; the others stay as they were measured.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from riwaya.evaluate import TASKS, Result, Source, task
from riwaya.evaluate.report import lines, plain, table
from riwaya.version import __version__

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/accuracy.md"
KEPT = ROOT / "docs/accuracy.json"
BEGIN, END = "<!-- riwaya evaluate -->", "<!-- /riwaya evaluate -->"


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
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    known = [name for name in TASKS if name in kept]
    results = {name: Result(kept[name]["metrics"], kept[name]["n"], kept[name]["data"]) for name in known}
    days = sorted({kept[name]["measured"] for name in known})
    when = " to ".join(dict.fromkeys((days[0], days[-1])))
    said = f"Measured {when} with `riwaya evaluate` (`make evaluate`), version {__version__}."
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    made = table([task(name) for name in known], results)
    PAGE.write_text(f"{before}{BEGIN}\n{said}\n\n{made}\n{END}{after}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
