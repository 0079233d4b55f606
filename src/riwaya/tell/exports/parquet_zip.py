"""The tables in Parquet, as one download."""

from __future__ import annotations

from importlib.util import find_spec

from riwaya.errors import MissingExtraError
from riwaya.model import Dossier
from riwaya.tell.exports.csv_zip import zipped


def write(dossier: Dossier, lang: str) -> bytes:
    """A ZIP of NAME.parquet, one table for each list of the dossier.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError("writing Parquet", "parquet")
    return zipped(dossier, "parquet")
