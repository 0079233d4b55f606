"""What a search found, as JSON: for `riwaya search --json` and for whoever else tells it to a machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from riwaya.archive.search import Found
from riwaya.serial.json_ import clean


def as_dict(found: Found) -> dict[str, Any]:
    """Hits and how the query was understood, as plain values; spans as article id, start and end in code points."""
    plain: dict[str, Any] = clean(asdict(found))
    return plain


def as_json(found: Found) -> str:
    """The same as a text."""
    return json.dumps(as_dict(found), ensure_ascii=False, indent=2)
