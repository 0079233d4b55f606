"""The dossier's lists as tables, in CSV and Parquet.

One table for each list of the contract. A span that a thing has once becomes columns (`article_id, start, end`; with the
name of the span before them where a thing has two: `a_start`, `cue_start`). What a thing has many of stays a list in
Parquet, and is JSON in a CSV cell. Spans that things have many of also stand one a row in tables of their own
(`entities_mentions`, `statements_spans`, ...).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from riwaya.model import Dossier
from riwaya.serial import json_
from riwaya.serial.cells import no_formula
from riwaya.settings.tell import TELL

Row = dict[str, Any]

# Types of columns: str int float bool; "[...]" a list of records of those.
_SPAN = "article_id:str start:int end:int"
_PLACE = "lat:float lon:float country:str geonames_id:int"


def _span(prefix: str = "") -> str:
    return f"{prefix}article_id:str {prefix}start:int {prefix}end:int"


COLUMNS: dict[str, str] = {
    "articles": (
        "id:str path:str url:str outlet:str title:str byline:str language:str text:str body_start:int version_of:str "
        "published:str published_how:str agencies:json furniture:json published_evidence:json"
    ),
    "skipped": "path:str reason:str",
    "duplicates": "path:str article_id:str",
    "stories": (
        "id:str title:str article_ids:strs first:str last:str outlets:strs origins:int parties:int place_ids:strs "
        "summary:json statement_ids:strs dispute_ids:strs"
    ),
    "entities": f"id:str kind:str name:str names:json mentions:spans description:str same_as:str {_PLACE}",
    "quotes": (
        f"id:str {_span()} {_span('cue_')} direct:bool stance:str speaker_entity_id:str speaker_text:str {_span('speaker_')} "
        "isnad:json hedged:bool"
    ),
    "times": f"{_span()} text:str type:str value:str calendar:str",
    "figures": (
        f"id:str {_span()} text:str low:float high:float approximate:bool kind:str unit:str counted:str scope:str as_of:str "
        "place_id:str quote_id:str"
    ),
    "passages": f"id:str {_span('a_')} {_span('b_')} kind:str similarity:float direction:str source:str",
    "statements": (
        "id:str story_id:str text:str spans:spans article_ids:strs outlets:strs quote_ids:strs figure_ids:strs origins:json "
        "independent:int standing:str disputed:bool confidence:float missing_from:strs missing_from_articles:strs"
    ),
    "disputes": "id:str story_id:str kind:str about:str sides:json statement_ids:strs",
    "timeline": "story_id:str start:str end:str precision:str spans:spans statement_ids:strs",
    "entities_mentions": f"entity_id:str {_SPAN}",
    "statements_spans": f"statement_id:str {_SPAN}",
    "statements_origins": "statement_id:str name:str kind:str entity_id:str named:bool party:str article_ids:strs",
    "disputes_sides": "dispute_id:str side:int says:str as_of:str article_id:str start:int end:int",
    "quotes_isnad": f"quote_id:str position:int role:str name:str entity_id:str {_SPAN}",
}
"""Every table's columns, `name:type`. Types: str int float bool; strs: a list of text; spans: of spans; json: JSON text."""


def columns(table: str) -> list[tuple[str, str]]:
    """The names and types of a table's columns."""
    return [(name, kind) for name, _, kind in (c.partition(":") for c in COLUMNS[table].split())]


def rows(dossier: Dossier) -> Iterator[tuple[str, Row]]:
    """Every row of every table, with the table's name."""
    for name, things in json_.to_dict(dossier).items():
        if name not in json_.LISTS:
            continue
        for thing in things:
            yield name, _flat(name, thing)
            yield from _apart(name, thing)


def _prefixed(span: Row | None, prefix: str) -> Row:
    return {f"{prefix}{k}": v for k, v in (span or {}).items()}


def _flat(name: str, thing: Row) -> Row:
    match name:
        case "articles":
            published = thing["published"]
            return {
                **thing,
                "published": published["value"],
                "published_how": published["how"],
                "published_evidence": published["evidence"],
            }
        case "entities":
            return {**thing, **(thing["place"] or {})}
        case "quotes":
            speaker = thing["speaker"] or {}
            return {
                **thing,
                **thing["content"],
                **_prefixed(thing["cue"], "cue_"),
                **_prefixed(speaker.get("span"), "speaker_"),
                "speaker_entity_id": speaker.get("entity_id"),
                "speaker_text": speaker.get("text"),
            }
        case "times" | "figures":
            return {**thing, **thing["span"]}
        case "passages":
            return {**thing, **_prefixed(thing["a"], "a_"), **_prefixed(thing["b"], "b_")}
        case _:
            return thing


def _apart(name: str, thing: Row) -> Iterator[tuple[str, Row]]:
    match name:
        case "entities":
            for span in thing["mentions"]:
                yield "entities_mentions", {"entity_id": thing["id"], **span}
        case "statements":
            for span in thing["spans"]:
                yield "statements_spans", {"statement_id": thing["id"], **span}
            for origin in thing["origins"]:
                yield "statements_origins", {"statement_id": thing["id"], **origin}
        case "disputes":
            for number, side in enumerate(thing["sides"]):
                for span in side["spans"]:
                    yield "disputes_sides", {"dispute_id": thing["id"], "side": number, **side, **span}
        case "quotes":
            for position, link in enumerate(thing["isnad"]):
                yield "quotes_isnad", {"quote_id": thing["id"], "position": position, **link, **(link["span"] or {})}


class Tables:
    """All tables of a collection, written as its dossiers come.

    Args:
        folder: made if absent; gets NAME.csv and NAME.parquet for every table, also the empty ones.
        formats: "csv", "parquet" or both.
    """

    def __init__(self, folder: Path, formats: Sequence[str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._held: dict[str, list[Row]] = {name: [] for name in COLUMNS}
        self._writers: list[_CsvTables | _ParquetTables] = []
        if "csv" in formats:
            self._writers.append(_CsvTables(folder))
        if "parquet" in formats:
            self._writers.append(_ParquetTables(folder))

    def add(self, dossier: Dossier) -> None:
        """The rows of one dossier."""
        for name, row in rows(dossier):
            held = self._held[name]
            held.append(row)
            if len(held) >= TELL.table_rows:
                self._flush(name)

    def close(self) -> None:
        """Write what is held and finish the files."""
        for name in COLUMNS:
            self._flush(name)
        for writer in self._writers:
            writer.close()

    def _flush(self, name: str) -> None:
        for writer in self._writers:
            writer.write(name, self._held[name])
        self._held[name] = []


class _CsvTables:
    def __init__(self, folder: Path) -> None:
        self._files: dict[str, TextIO] = {}
        for name in COLUMNS:
            # The BOM lets spreadsheets see that it is UTF-8; without it they garble Arabic.
            self._files[name] = (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="")
            csv.writer(self._files[name]).writerow([column for column, _ in columns(name)])

    def write(self, name: str, held: Sequence[Row]) -> None:
        writer = csv.writer(self._files[name])
        for row in held:
            writer.writerow([_cell(row.get(column), kind) for column, kind in columns(name)])

    def close(self) -> None:
        for file in self._files.values():
            file.close()


def _cell(value: Any, kind: str) -> Any:
    if value is None:
        return ""
    if kind in ("strs", "spans", "json"):
        return json_.dumps(value).decode()
    if kind == "bool":
        return "true" if value else "false"
    if isinstance(value, str):
        return no_formula(json_.clean(value))
    return value


class _ParquetTables:
    def __init__(self, folder: Path) -> None:
        import pyarrow
        from pyarrow import parquet

        self._arrow = pyarrow
        self._writers: dict[str, Any] = {}
        self._schemas: dict[str, Any] = {}
        span = pyarrow.struct([("article_id", pyarrow.string()), ("start", pyarrow.int64()), ("end", pyarrow.int64())])
        types = {
            "str": pyarrow.string(),
            "int": pyarrow.int64(),
            "float": pyarrow.float64(),
            "bool": pyarrow.bool_(),
            "strs": pyarrow.list_(pyarrow.string()),
            "spans": pyarrow.list_(span),
            "json": pyarrow.string(),
        }
        for name in COLUMNS:
            self._schemas[name] = pyarrow.schema([(column, types[kind]) for column, kind in columns(name)])
            self._writers[name] = parquet.ParquetWriter(
                folder / f"{name}.parquet", self._schemas[name], compression="zstd"
            )

    def write(self, name: str, held: Sequence[Row]) -> None:
        if not held:
            return
        arrays = [
            self._arrow.array([_value(row.get(column), kind) for row in held], type=self._schemas[name].field(column).type)
            for column, kind in columns(name)
        ]
        self._writers[name].write_table(self._arrow.Table.from_arrays(arrays, schema=self._schemas[name]))

    def close(self) -> None:
        for writer in self._writers.values():
            writer.close()


def _value(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "json":
        return json_.dumps(value).decode()
    return json_.clean(value)
