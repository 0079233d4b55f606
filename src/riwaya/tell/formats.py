"""What Riwaya writes."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from riwaya.errors import MissingExtraError, UsageError

WRITE_FORMATS: dict[str, str] = {
    "json": "dossier.json: everything, with the place of every word (over 200 reports: index.json, articles.jsonl, stories/)",
    "html": "index.html: the page for a reader, one file, no network",
    "csv": "tables/NAME.csv: one table for each list of the dossier",
    "parquet": "tables/NAME.parquet: the same tables, typed (needs the extra 'parquet')",
}
"""Each format's name, as `--formats` takes it, and what it gives."""


def check_formats(formats: Iterable[str]) -> tuple[str, ...]:
    """The formats, tidied and each once, in the order of `WRITE_FORMATS`.

    Raises:
        UsageError: one is not known, or none is named.
        MissingExtraError: one needs an extra that is not installed.
    """
    wanted = {f.strip().lower() for f in formats if f.strip()}
    unknown = sorted(wanted - WRITE_FORMATS.keys())
    if unknown or not wanted:
        raise UsageError(f"no format is called {', '.join(unknown) or 'nothing'}; there are: {', '.join(WRITE_FORMATS)}")
    if "parquet" in wanted and find_spec("pyarrow") is None:
        raise MissingExtraError("writing Parquet", "parquet")
    return tuple(f for f in WRITE_FORMATS if f in wanted)
