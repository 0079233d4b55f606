"""Write docs/settings.md from the settings themselves.

    python tools/document_settings.py            write it
    python tools/document_settings.py --check    exit 1 if it differs
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from dataclasses import is_dataclass
from pathlib import Path

import riwaya.settings
from riwaya.settings import describe

TARGET = Path(__file__).resolve().parent.parent / "docs/settings.md"


def rooms() -> list[tuple[str, object]]:
    """Every settings object, by its module's name."""
    found = []
    for info in pkgutil.iter_modules(riwaya.settings.__path__):
        module = importlib.import_module(f"riwaya.settings.{info.name}")
        for name, value in sorted(vars(module).items()):
            if name.isupper() and is_dataclass(value) and not isinstance(value, type):
                found.append((info.name, value))
    return found


def page() -> str:
    """The whole page."""
    parts = [
        "# Settings\n",
        "Every number that decides anything: its default, its unit, what it decides, and the evidence for its value. They",
        "live in `src/riwaya/settings/`; this page is written from there by `tools/document_settings.py`.\n",
    ]
    for room, settings in rooms():
        parts.append(f"## {room}\n")
        parts.append("| setting | default | unit | decides | evidence |\n|---|---|---|---|---|")
        for s in describe(settings):
            cells = (f"`{s.name}`", f"`{s.default}`", s.unit, s.help, s.evidence)
            parts.append("| " + " | ".join(str(c).replace("|", "\\|") for c in cells) + " |")
        parts.append("")
    return "\n".join(parts)


def main() -> int:
    """Write or check."""
    source = page()
    stale = not TARGET.exists() or TARGET.read_text("utf-8") != source
    if stale and "--check" not in sys.argv[1:]:
        TARGET.write_text(source, "utf-8")
    print(f"docs/settings.md: {'stale' if stale else 'as it should be'}")
    return int(stale and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
