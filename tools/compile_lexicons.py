"""Turn the hand-edited word lists (src/riwaya/arabic/lexicons/*.yaml) into modules, normalised as the input is.

    python tools/compile_lexicons.py            write src/riwaya/arabic/lexicon/*.py
    python tools/compile_lexicons.py --check    exit 1 if a module differs from its list

A list file is a YAML mapping of sections. A section is a list of phrases (it becomes a tuple of folded phrases) or a mapping of
phrase to value (it becomes a dict). `_doc` is the module's docstring. A phrase that folds to one already seen with another
value is an error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from riwaya.arabic.words import iter_norms

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/riwaya/arabic/lexicons"
TARGET = ROOT / "src/riwaya/arabic/lexicon"


def folded(phrase: object) -> str:
    """A phrase as it will be looked up: folded words with one space between, punctuation dropped."""
    return " ".join(iter_norms(str(phrase)))


def annotation(values: list[Any]) -> str:
    """The type of a dict's values, as narrow as it can be written."""
    kinds = {type(v).__name__ for v in values}
    if len(kinds) == 1 and kinds <= {"str", "int", "float", "bool"}:
        return kinds.pop()
    return "Any"


def section(name: str, content: object, file: str) -> str:
    """One section as source text."""
    constant = name.upper()
    if isinstance(content, list):
        phrases = list(dict.fromkeys(folded(p) for p in content))
        body = "".join(f"    {p!r},\n" for p in phrases)
        return f"{constant}: tuple[str, ...] = (\n{body})\n"
    if not isinstance(content, dict):
        raise SystemExit(f"{file}: section {name} is neither a list nor a mapping")
    entries: dict[str, Any] = {}
    for phrase, value in content.items():
        key = folded(phrase)
        if entries.setdefault(key, value) != value:
            raise SystemExit(f"{file}: {phrase!r} in {name} folds to {key!r}, which already has another value")
    body = "".join(f"    {k!r}: {v!r},\n" for k, v in entries.items())
    return f"{constant}: dict[str, {annotation(list(entries.values()))}] = {{\n{body}}}\n"


def module(path: Path) -> str:
    """The whole generated module for one list file."""
    data = yaml.safe_load(path.read_text("utf-8"))
    doc = data.pop("_doc", path.stem)
    parts = [section(name, content, path.name) for name, content in data.items()]
    head = f'"""{doc}\n\nGenerated from lexicons/{path.name} by tools/compile_lexicons.py; edit the list, not this.\n"""\n\n'
    imports = "from typing import Any\n\n" if any(", Any]" in p for p in parts) else ""
    return head + imports + "\n".join(parts)


def main() -> int:
    """Write or check every module."""
    check = "--check" in sys.argv[1:]
    stale = []
    for path in sorted(SOURCE.glob("*.yaml")):
        target = TARGET / f"{path.stem}.py"
        source = module(path)
        if not target.exists() or target.read_text("utf-8") != source:
            stale.append(target.name)
            if not check:
                target.write_text(source, "utf-8")
    print(f"{'stale' if check else 'written'}: {', '.join(stale) or 'none'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
