"""Do two headlines agree or contradict each other (ANS), and does one follow from the other (ArEntail)?

ANS (Khouja 2020): pairs of headlines that agree, disagree, or speak of other things; the measure is the mean F1 of agree and
disagree over all pairs, as in the paper. ArEntail (Obeidat): the second headline is entailed by the first or not; a pair counts
as entailed where `follows` says so (slots enough in common, none against another; the "agree" of ANS asks for more). The model
was trained on the training part of ANS alone, and how many slots are enough was counted there; no parameter comes from ArEntail,
though its misses were read while the alignment was made. Its sheet is read as what it is, zipped XML (ECMA-376), so that no
package for spreadsheets is needed.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from riwaya.errors import InputError
from riwaya.evaluate.base import Miss, Result, Source, Task, hashed, ratio, scores
from riwaya.weigh.agreement import follows, judge

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile(r"[A-Z]+")
ENTAILED, NOT_ENTAILED = "entails", "not entail"
_MEASURED = ("agree", "disagree")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two headlines and what the data says of them."""

    where: str
    a: str
    b: str
    label: str


def read_ans(path: Path) -> list[Pair]:
    """The pairs of a file of ANS: columns s1, s2, stance.

    Raises:
        InputError: a column is missing.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or not {"s1", "s2", "stance"} <= rows[0].keys():
        raise InputError(path.name, "has no columns s1, s2, stance")
    return [Pair(f"{path.name}:{at}", r["s1"], r["s2"], r["stance"]) for at, r in enumerate(rows, 2)]


def read_sheet(path: Path) -> list[list[str]]:
    """The cells of a workbook's first sheet, row by row; empty ones are ""."""
    from lxml import etree

    plain = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(path) as book:
        sheet = min(name for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
        shared = etree.fromstring(book.read("xl/sharedStrings.xml"), plain) if "xl/sharedStrings.xml" in book.namelist() else ()
        strings = ["".join(t.text or "" for t in one.iter(f"{_SHEET}t")) for one in shared]
        rows = etree.fromstring(book.read(sheet), plain).iter(f"{_SHEET}row")
        return [_cells(row, strings) for row in rows]


def _cells(row: object, strings: Sequence[str]) -> list[str]:
    found: list[str] = []
    for cell in row.iter(f"{_SHEET}c"):  # type: ignore[attr-defined]
        letters = _COLUMN.match(cell.get("r") or "")
        at = len(found)
        if letters:
            at = 0
            for letter in letters.group():
                at = at * 26 + ord(letter) - ord("A") + 1
            at -= 1
        text = "".join(t.text or "" for t in cell.iter(f"{_SHEET}v", f"{_SHEET}t"))
        found += [""] * (at - len(found))
        found.append(strings[int(text)] if cell.get("t") == "s" and text else text)
    return found


def read_arentail(path: Path) -> list[Pair]:
    """The pairs of a workbook of ArEntail: premise, hypothesis, label in the first row.

    Raises:
        InputError: a column is missing.
    """
    head, *rows = read_sheet(path) or [[]]
    names = [name.strip().lower() for name in head]
    try:
        a, b, label = (names.index(name) for name in ("premise", "hypothesis", "label"))
    except ValueError:
        raise InputError(path.name, "has no columns premise, hypothesis, label") from None
    wide = [r for r in rows if len(r) > max(a, b, label)]
    return [Pair(f"{path.name}:{at}", r[a], r[b], r[label].strip()) for at, r in enumerate(wide, 2)]


def stances(pairs: Sequence[Pair]) -> tuple[dict[str, float], list[Miss]]:
    """Macro-F1 over agree and disagree, F1 of each, and the share of all pairs told rightly."""
    told: list[str] = [judge(p.a, p.b).label for p in pairs]
    both = list(zip(pairs, told, strict=True))
    measures: dict[str, float] = {}
    for label in _MEASURED:
        right = sum(p.label == t == label for p, t in both)
        held = scores(right, told.count(label), sum(p.label == label for p in pairs))
        measures |= {f"{label}_{name}": value for name, value in held.items()}
    found = {"macro_f1": sum(measures[f"{label}_f1"] for label in _MEASURED) / len(_MEASURED)}
    found["accuracy"] = ratio(sum(p.label == t for p, t in both), len(pairs))
    return found | measures, [Miss(p.where, p.label, t, f"{p.a} || {p.b}") for p, t in both if p.label != t]


def entailment(pairs: Sequence[Pair]) -> tuple[dict[str, float], list[Miss]]:
    """The share of pairs told rightly as entailed or not."""
    told = [ENTAILED if follows(p.a, p.b) else NOT_ENTAILED for p in pairs]
    misses = [Miss(p.where, p.label, t, f"{p.a} || {p.b}") for p, t in zip(pairs, told, strict=True) if p.label != t]
    return {"accuracy": ratio(len(pairs) - len(misses), len(pairs))}, misses


def run(source: Source) -> Result:
    """Measure on the development part of ANS and the training part of ArEntail, or on a file of either."""
    if source.file is not None:
        if zipfile.is_zipfile(source.file):
            pairs = read_arentail(source.file)
            metrics, misses = entailment(pairs)
        else:
            pairs = read_ans(source.file)
            metrics, misses = stances(pairs)
        return Result(metrics, len(pairs), hashed([source.file]), misses)
    dev, sheet = source.path("agreement", "ans.dev.csv"), source.path("agreement", "arentail.train.xlsx")
    pairs = read_ans(dev)
    metrics, misses = stances(pairs)
    entailed = read_arentail(sheet)[:: _EVERY if source.sample else 1]
    further, more = entailment(entailed)
    metrics["arentail_accuracy"] = further["accuracy"]
    return Result(metrics, len(pairs), hashed([dev, sheet]), [*misses, *more], {"pairs of ArEntail": len(entailed)})


_EVERY = 7  # pair of ArEntail in the gate's sample; labels alternate in the file, so an odd step

TASK = Task(
    name="agreement",
    about="pairs of headlines that agree, disagree or neither (ANS, dev), and entailed ones (ArEntail)",
    run=run,
    targets={"macro_f1": 0.74, "arentail_accuracy": 0.80},
    published="BERT on ANS: 0.767 F1 (Khouja 2020)",
    form="csv of ANS (s1, s2, stance) or xlsx of ArEntail (premise, hypothesis, label)",
)
