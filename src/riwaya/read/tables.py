"""CSV (streamed) and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, TextIO

from riwaya.errors import InputError, MissingExtraError
from riwaya.read.archives import seekable
from riwaya.read.decode import decode
from riwaya.read.records import Desk, Draft, canonical
from riwaya.read.sources import Source, why
from riwaya.settings.read import READ

Numbered = tuple[int | None, Draft]
_DELIMITERS = ",;\t|"
_SAMPLE = 65536  # bytes that decide the encoding; a stream in UTF-8 is then not held whole
_BATCH = 500  # rows of Parquet that are held at a time


def read_csv(source: Source, desk: Desk) -> Iterator[Numbered]:
    """A table with a header line, separated by comma, semicolon, tab or bar.

    Raises:
        InputError: no column for the text.
    """
    csv.field_size_limit(READ.line_bytes)
    with source.open() as stream:
        text = _text_stream(stream)
        first = text.readline()
        if not first.strip():
            raise InputError(source.label, "empty")
        delimiter = max(_DELIMITERS, key=first.count)
        header = [canonical(name, desk) for name in next(csv.reader([first], delimiter=delimiter))]
        _check_columns(source, header, desk)
        rows = csv.reader(text, delimiter=delimiter)
        number = 0
        while True:
            number += 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                desk.skip(f"{source.label}#{number}", f"broken row: {why(error)}")
                continue
            draft = desk.draft(dict(zip(header, row, strict=False))) if row else None
            if draft is not None:
                yield number, draft


def _text_stream(stream: BinaryIO) -> TextIO:
    peek = getattr(stream, "peek", None)
    sample = peek(_SAMPLE)[:_SAMPLE] if peek else b""
    try:
        sample[: sample.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        sample = b""
    if sample and b"\0" not in sample:
        return io.TextIOWrapper(stream, "utf-8-sig", "replace", newline="")
    return io.StringIO(decode(stream.read()), newline="")


def _check_columns(source: Source, header: list[str], desk: Desk) -> None:
    if desk.draft(dict.fromkeys(header, "")) is None:
        columns = ", ".join(header)[:200]
        raise InputError(source.label, f"no column for the text among {columns}; name it with --fields text=COLUMN")


def read_parquet(source: Source, desk: Desk) -> Iterator[Numbered]:
    """A Parquet table, a few hundred rows at a time.

    Raises:
        MissingExtraError: pyarrow is not installed.
        InputError: no column for the text.
    """
    try:
        from pyarrow import parquet
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None

    with seekable(source) as stream:
        file = parquet.ParquetFile(stream)
        names = {name: canonical(name, desk) for name in file.schema_arrow.names}
        _check_columns(source, list(names.values()), desk)
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in batch.to_pylist():
                number += 1
                draft = desk.draft({names[name]: value for name, value in row.items()})
                if draft is not None:
                    yield number, draft
