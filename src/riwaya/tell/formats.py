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
    "print": "print.html: for paper, and for PDF by the browser; sources as numbered notes (1)",
    "timelinejs": "timeline.json: what happened when, for TimelineJS (1)",
    "geojson": "places.geojson: the places with their mentions, for maps (1)",
    "graphml": "transmission.graphml: who told whom and who shares text, as a graph for yEd, networkx, igraph (1)",
    "gexf": "transmission.gexf: the same graph for Gephi, GEXF 1.3 (1)",
    "annotations": "annotations.jsonld: statements, quotes, figures, times and names as W3C Web Annotations (1)",
    "schemaorg": "schemaorg.jsonld: articles, claims, quotations, events and who is named, in schema.org's words (1)",
    "ftm": "entities.ftm.json: FollowTheMoney entities, a line each, for OpenAleph (1)",
}
"""Each format's name, as `--formats` takes it, and what it gives; (1) is explained in `NOTE`."""

NOTE = "(1) Over 200 reports: a file for each story of two reports or more, in stories/ID/."


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
