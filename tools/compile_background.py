"""Count in how many news reports each light stem stands, and write it as the fixed background of `riwaya.arabic.stems`.

    python tools/compile_background.py REPORTS_DIR     write src/riwaya/data/background.z

REPORTS_DIR holds `*.jsonl.gz` files with `title` and `text` in each line: those of ibraaaa/news-credibility (Apache-2.0;
13 outlets, February and March 2013). Only word frequencies are kept, of stems in REPORTS_LEAST reports or more. Two
rounds: the first counts words unsegmented, the second cuts proclitics by the first round's counts.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from riwaya.arabic.stems import light, segment
from riwaya.arabic.words import iter_norms

TARGET = Path(__file__).resolve().parent.parent / "src/riwaya/data/background.z"
REPORTS_LEAST = 6  # rarer stems are mostly misspellings; they count as unknown, which is rarer still
LEVELS = 8  # steps per unit of natural logarithm, as `riwaya.arabic.stems` reads them


def reports(directory: Path) -> Iterator[set[str]]:
    """The set of folded words of each report."""
    for path in sorted(directory.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                text = f"{record['title']}\n{record['text']}"
                yield {norm for norm in iter_norms(text) if norm and not norm[0].isdigit()}


def main() -> int:
    """Count twice, quantise, write."""
    directory = Path(sys.argv[1])
    whole: Counter[str] = Counter()
    forms: list[tuple[str, ...]] = []
    seen: dict[str, str] = {}
    for norms in reports(directory):
        forms.append(tuple(seen.setdefault(n, n) for n in norms))
        whole.update({light(n) for n in norms})
    total = len(forms)
    first = {stem: math.log(total / count) for stem, count in whole.items()}
    stems = {norm: segment(norm, first) for norm in seen}
    count: Counter[str] = Counter()
    for norms in forms:
        count.update({stems[n] for n in norms})
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for stem, reports_with in count.items():
        if reports_with >= REPORTS_LEAST:
            levels[round(LEVELS * math.log(total / reports_with))].append(stem)
    text = "\n".join(f"{level} {' '.join(sorted(levels[level]))}" for level in sorted(levels))
    TARGET.write_bytes(zlib.compress(text.encode("utf-8"), 9))
    kept = sum(map(len, levels.values()))
    print(f"{total} reports, {kept} stems kept of {len(count)}, {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
