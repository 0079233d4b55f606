"""tell: from dossiers to what people and programs read: JSON, the page, tables.

    write_collection   a collection into a directory, in the formats asked for, all or nothing
    merge, split       several stories' dossiers as one, and back
    html               the page
    tables             Parquet and CSV
    exports            a dossier in the formats of other tools, and as downloads
    load, explain      what was written, read back
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from riwaya.tell.formats import check_formats
    from riwaya.tell.output import check_writable
    from riwaya.tell.parts import merge, split
    from riwaya.tell.write import write_collection

__all__ = ["check_formats", "check_writable", "merge", "split", "write_collection"]

_HOMES = {
    "check_formats": "formats",
    "check_writable": "output",
    "merge": "parts",
    "split": "parts",
    "write_collection": "write",
}

def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'riwaya.tell' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"riwaya.tell.{home}"), name)
