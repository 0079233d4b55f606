"""Exports: a dossier of one story, or of a selection merged, as bytes in the format of another tool.

    EXPORTS      every format: its file, its media type, what it gives
    export       a dossier in one of them
    file_name    what to call it when somebody downloads it

Each format is a module with `write(dossier, lang) -> bytes`, imported when it is asked for. The same dossier gives the same
bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module

from riwaya.errors import UsageError
from riwaya.model import Dossier

_PLAIN = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Export:
    """A format.

    file          the name of its file where a collection is written
    media_type    as HTTP names it
    module        below this package; has `write(dossier, lang) -> bytes`
    """

    file: str
    media_type: str
    module: str


EXPORTS: dict[str, Export] = {
    "print": Export("print.html", "text/html; charset=utf-8", "printed"),
    "timelinejs": Export("timeline.json", "application/json", "timelinejs"),
    "geojson": Export("places.geojson", "application/geo+json", "geojson"),
    "graphml": Export("transmission.graphml", "application/graphml+xml", "graphml"),
    "gexf": Export("transmission.gexf", "application/gexf+xml", "gexf"),
    "annotations": Export(
        "annotations.jsonld", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"', "annotations"
    ),
    "schemaorg": Export("schemaorg.jsonld", "application/ld+json", "schemaorg"),
    "ftm": Export("entities.ftm.json", "application/x-ndjson", "ftm"),
}
"""The formats that are one file a story, by the names that `--formats` takes."""

DOWNLOADS: dict[str, Export] = {
    "json": Export("dossier.json", "application/json", "plain"),
    "csv": Export("tables-csv.zip", "application/zip", "csv_zip"),
    "parquet": Export("tables-parquet.zip", "application/zip", "parquet_zip"),
    **EXPORTS,
}
"""All that `export` gives: a build writes the first three in a layout of its own, a download is one file."""


def export(dossier: Dossier, name: str, lang: str = "ar") -> bytes:
    """A dossier in a format.

    Args:
        dossier: one story, or several merged (`riwaya.tell.merge`).
        name: a key of `DOWNLOADS`.
        lang: "ar" or "en": the language of what the file itself says; what reports say stays as it is.

    Raises:
        UsageError: no format is called so.
        MissingExtraError: it needs an extra that is not installed.
    """
    if name not in DOWNLOADS:
        raise UsageError(f"no export is called {name}; there are: {', '.join(DOWNLOADS)}")
    written: bytes = import_module(f"riwaya.tell.exports.{DOWNLOADS[name].module}").write(dossier, lang)
    return written


def file_name(dossier: Dossier, name: str) -> str:
    """What to call the file: the id of the story, or "riwaya" for several, then what it holds: `s-1f3c.places.geojson`."""
    own = dossier.stories[0].id if len(dossier.stories) == 1 else "riwaya"
    return f"{own if _PLAIN.fullmatch(own) else 'riwaya'}.{DOWNLOADS[name].file}"
