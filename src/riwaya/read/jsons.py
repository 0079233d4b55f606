"""JSON (one report or an array) and JSONL (one report a line, streamed)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import orjson

from riwaya.errors import InputError
from riwaya.read.decode import NotTextError, decode
from riwaya.read.records import Desk, Draft, records_of
from riwaya.read.sources import Source, why
from riwaya.settings.read import READ

Numbered = tuple[int | None, Draft]
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # marks of UTF-16, in which a line does not end with one byte
_NO_TEXT_FIELD = "no field for the text; name it with --fields text=NAME"


def read_json(source: Source, desk: Desk) -> Iterator[Numbered]:
    """One report, an array of reports, or lines of JSON in a file named .json."""
    data = source.whole()
    try:
        document = _parsed(data)
    except ValueError:
        lines = data.strip().splitlines()
        if len(lines) > 1 and _is_object(lines[0]):
            for number, line in enumerate(lines, 1):
                yield from _line(source.label, number, number, line, desk)
            return
        raise
    records = records_of(document, desk)
    if records is not None:
        for number, record in enumerate(records, 1):
            yield from _record(f"{source.label}#{number}", number, record, desk)
    else:
        yield from _record(source.label, None, document, desk)


def read_jsonl(source: Source, desk: Desk) -> Iterator[Numbered]:
    """A report a line. A broken line is listed with its number, the others are kept.

    Raises:
        InputError: no line in it.
    """
    number = 0
    with source.open() as stream:
        peek = getattr(stream, "peek", None)
        if peek is not None and peek(2)[:2] in _WIDE:
            text = decode(stream.read())
            lines: Iterator[bytes | None] = (line.encode("utf-8") for line in text.splitlines())
        else:
            lines = _lines(stream)
        for at, line in enumerate(lines, 1):
            if line is not None and not line.strip():
                continue
            number += 1
            yield from _line(source.label, number, at, line, desk)
    if not number:
        raise InputError(source.label, "empty")


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too long to be held."""
    limit = READ.line_bytes
    while line := stream.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
            pass
        yield None


def _line(label: str, number: int, at: int, line: bytes | None, desk: Desk) -> Iterator[Numbered]:
    path = f"{label}#{number}"
    if line is None:
        desk.skip(path, f"line {at}: longer than {READ.line_bytes:,} bytes")
        return
    try:
        record = _parsed(line)
    except ValueError as error:
        desk.skip(path, f"line {at}: broken JSON: {why(error)}")
        return
    yield from _record(path, number, record, desk)


def _record(path: str, number: int | None, record: object, desk: Desk) -> Iterator[Numbered]:
    if not isinstance(record, Mapping):
        desk.skip(path, "not an object with fields")
        return
    draft = desk.draft(record)
    if draft is None:
        desk.skip(path, _NO_TEXT_FIELD)
        return
    yield number, draft


def _parsed(data: bytes) -> Any:
    """Parse JSON; what orjson refuses (lone surrogates, NaN, other encodings) is tried once more with the standard library.

    Raises:
        ValueError: it is no JSON, or nests too deep.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as first:
        try:
            return json.loads(decode(data))
        except RecursionError:
            raise ValueError("nested too deep") from None
        except NotTextError as error:
            raise ValueError(str(error)) from None
        except json.JSONDecodeError:
            raise ValueError(str(first)) from None


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(_parsed(line), Mapping)
    except ValueError:
        return False


def read_text(source: Source, desk: Desk) -> Iterator[Numbered]:
    """A plain text file: the whole of it is the report.

    Raises:
        InputError: it is empty.
    """
    text = decode(source.whole())
    if not text.strip():
        raise InputError(source.label, "empty")
    yield None, Draft(text)
