"""Reading the cases of Microsoft's Recognizers-Text, and comparing what is found with what their authors expect.

A case is one text with the mentions in it. Which cases count: those that their authors' own reading of Arabic passes. Only
their .NET implementation reads Arabic, so that `NotSupported` with "dotnet" in it marks a case unsupported; "java, javascript,
python" there or in `NotSupportedByDesign` says only that those implementations have no Arabic, as of nearly all cases. Where
`IgnoreResolution` is true, their tests compare spans and no values, and so do we (metrics named `all_values_...` compare every
value all the same).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riwaya.arabic.words import words
from riwaya.errors import InputError

PLATFORM = "dotnet"

_EDGE_WORDS = """
في من الي عند علي بين ما حتي منذ خلال لمده مده طوال طيله قبل بعد نحو حوالي قرابه غضون يوم تاريخ بتاريخ الموافق هذا هذه
و ب ل ف ك ال - – , ، . ؟ ! : ( ) ؛ « » "
"""
EDGES = frozenset(_EDGE_WORDS.split())
"""Words at the edges of a span that do not count: prepositions (the issue asks for it), "day", "date" and "this" (their authors
have them in some spans and not in others: "الجمعة" beside "يوم 27"), particles written apart, punctuation."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What their authors expect in a text: code-point offsets, end exclusive, and the value as given."""

    start: int
    end: int
    kind: str
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One text. `number` counts the cases of its file from 0. `checked`: their tests compare the value too."""

    file: str
    number: int
    text: str
    reference: str | None
    supported: bool
    checked: bool
    mentions: Sequence[Mention] = field(default_factory=tuple)

    @property
    def where(self) -> str:
        """"DateParser.json 12"."""
        return f"{self.file} {self.number}"


def files_in(path: Path, names: Iterable[str]) -> list[Path]:
    """A file itself, or of a folder the files with these names (without ".json"); all its files where it has none of them.

    Raises:
        InputError: the folder holds no JSON file.
    """
    if path.is_file():
        return [path]
    found = [p for name in names if (p := path / f"{name}.json").is_file()] or sorted(path.glob("*.json"))
    if not found:
        raise InputError(str(path), "no .json file of Recognizers-Text in it")
    return found


def read_cases(path: Path) -> list[Case]:
    """The cases of one file of Recognizers-Text, extractor, parser or model.

    Raises:
        InputError: it is no such file.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
        return [_case(path.name, i, one) for i, one in enumerate(raw)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(str(path), f"no file of Recognizers-Text cases ({error})") from None


def _case(file: str, number: int, raw: Mapping[str, Any]) -> Case:
    text = raw["Input"]
    mentions, floor = [], 0
    for result in raw.get("Results") or ():
        mention = _mention(text, result, floor)
        if mention:
            mentions.append(mention)
            floor = mention.end
    reference = (raw.get("Context") or {}).get("ReferenceDateTime")
    checked = str(raw.get("IgnoreResolution", "")).lower() != "true"
    supported = PLATFORM not in str(raw.get("NotSupported", "")).lower()
    return Case(file, number, text, reference, supported, checked, tuple(mentions))


def _mention(text: str, result: Mapping[str, Any], floor: int) -> Mention | None:
    said = result["Text"].strip()
    start = result.get("Start", -1)
    while 0 <= start < len(text) and text[start].isspace():
        start += 1
    if start < 0 or not text.startswith(said, start):  # some places are -1, some count other characters
        start = text.find(said, floor)
        if start < 0:
            start = text.find(said)
    if start < 0 or not said:
        return None
    value = result.get("Value") or result.get("Resolution")
    kind = str(result.get("TypeName") or result.get("Type") or "").removeprefix("datetimeV2.")
    return Mention(start, start + len(said), kind, value if isinstance(value, dict) else {})


def supported(cases: Sequence[Case]) -> list[Case]:
    """The cases that their authors support; all, where they support none of these."""
    return [c for c in cases if c.supported] or list(cases)


def core(text: str, start: int, end: int, edges: frozenset[str] = EDGES) -> tuple[int, int]:
    """A span without the words at its edges that do not count, one word at least.

    >>> core("من يوم الجمعة.", 0, 14)
    (7, 13)
    """
    here = words(text[start:end])
    first, last = 0, len(here)
    if not last:
        return start, end
    while first < last - 1 and here.norm[first] in edges:
        first += 1
    while last > first + 1 and here.norm[last - 1] in edges:
        last -= 1
    begin = start + here.start[first]
    return begin + _fused(text, begin), start + here.end[last - 1]


def _fused(text: str, at: int) -> int:
    """Letters of a preposition written onto the first word: بالأمس, but not باب."""
    return 1 if text[at : at + 3] in ("بال", "وال", "كال") or text[at : at + 2] == "لل" else 0
