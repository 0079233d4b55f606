"""The tables in CSV, as one download."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from riwaya.model import Dossier
from riwaya.tell.tables import Tables

_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP can say: the same dossier gives the same bytes


def write(dossier: Dossier, lang: str) -> bytes:
    """A ZIP of NAME.csv, one table for each list of the dossier."""
    return zipped(dossier, "csv")


def zipped(dossier: Dossier, kind: str) -> bytes:
    """A ZIP of the tables of a dossier.

    Args:
        dossier: one story, or several merged.
        kind: "csv" or "parquet".
    """
    held = io.BytesIO()
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(held, "w") as archive:
        folder = Path(name)
        tables = Tables(folder, (kind,))
        tables.add(dossier)
        tables.close()
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(path.name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_STORED if kind == "parquet" else zipfile.ZIP_DEFLATED  # Parquet is packed already
            archive.writestr(entry, path.read_bytes())
    return held.getvalue()
