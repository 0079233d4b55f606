"""The model's dataclasses as small bytes and back: what the archive keeps.

A thing becomes nested JSON arrays of its fields in order, compressed; no class is named in the bytes, so that reading an archive
that came from someone else builds nothing but the model. What reads them knows the class and the layout (the fields of each
class when they were written): a field that has come since gets its default, one that has gone is passed over.
"""

from __future__ import annotations

import struct
import types
import typing
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import orjson

from riwaya import model
from riwaya.errors import ArchiveError
from riwaya.serial.json_ import clean
from riwaya.settings.archive import ARCHIVE

T = TypeVar("T")
Layout = Mapping[str, tuple[str, ...]]
"""Class name -> its fields, in the order in which they are written."""

_LEVEL = 6  # of zlib: 18 % less than the fastest of a dossier, for 0.2 ms; most are read more often than written
_Code = Callable[[Any], Any] | None  # None: as it is


def _known() -> dict[str, type[Any]]:
    return {name: c for name, c in vars(model).items() if isinstance(c, type) and is_dataclass(c)}


@cache
def layout() -> dict[str, tuple[str, ...]]:
    """The layout that this version writes."""
    return {name: tuple(f.name for f in fields(c)) for name, c in sorted(_known().items())}


def pack(thing: Any) -> bytes:
    """A dataclass of the model (or a tuple of one kind) as bytes."""
    plain = [_encoder(type(t))(t) for t in thing] if isinstance(thing, tuple) else _encoder(type(thing))(thing)
    return deflate(plain)


def deflate(plain: object) -> bytes:
    """Plain values as compressed JSON."""
    try:
        data = orjson.dumps(plain)
    except TypeError:  # a lone surrogate
        data = orjson.dumps(clean(plain))
    return zlib.compress(data, _LEVEL)


def inflate(data: bytes) -> Any:
    """Plain values from compressed JSON."""
    return orjson.loads(decompressed(data))


def decompressed(data: bytes) -> bytes:
    """What zlib packed; never more of it than `ARCHIVE.blob_bytes`.

    Raises:
        ArchiveError: it is larger, cut, or nothing that zlib packed.
    """
    with readable():
        stream = zlib.decompressobj()
        found = stream.decompress(data, ARCHIVE.blob_bytes)
        if stream.unconsumed_tail:
            most = f"{ARCHIVE.blob_bytes:,} bytes"
            raise ArchiveError(f"the archive holds a part of over {most}, more than the setting blob_bytes allows")
        if not stream.eof:
            raise ValueError("a part is cut short")
    return found


@contextmanager
def readable() -> Iterator[None]:
    """Stored bytes are read within: whatever they defeat is told in one line.

    Raises:
        ArchiveError: what was met is nothing that Riwaya wrote.
    """
    try:
        yield
    except (zlib.error, struct.error, ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise ArchiveError(
            f"the archive is damaged, or holds what no Riwaya wrote ({error}); `riwaya archive check` looks closer"
        ) from error


class Unpacker:
    """Reads what was packed under a layout."""

    def __init__(self, written: Layout | None = None) -> None:
        self._written = dict(written or layout())
        self._decoders: dict[type[Any], Callable[[Any], Any]] = {}

    def one(self, cls: type[T], data: bytes) -> T:
        """One thing of this class."""
        with readable():
            made: T = self._decoder(cls)(inflate(data))
        return made

    def many(self, cls: type[T], data: bytes) -> tuple[T, ...]:
        """A tuple of things of this class."""
        with readable():
            decode = self._decoder(cls)
            return tuple([decode(values) for values in inflate(data)])

    def _decoder(self, cls: type[Any]) -> Callable[[Any], Any]:
        found = self._decoders.get(cls)
        if found is None:
            # Classes refer to themselves (a time's far end): the name stands before the function is made.
            self._decoders[cls] = lambda values: self._decoders[cls](values)  # noqa: PLW0108 - what stands there later
            found = self._decoders[cls] = self._make(cls)
        return found

    def _make(self, cls: type[Any]) -> Callable[[Any], Any]:
        hints = typing.get_type_hints(cls, vars(model))
        names = {f.name for f in fields(cls)}
        written = self._written.get(cls.__name__, layout()[cls.__name__])
        codes: list[_Code] = [_code(hints[n], self._decoder) if n in names else None for n in written]
        if written == layout()[cls.__name__]:
            plan = [(at, code) for at, code in enumerate(codes) if code is not None]

            def same(values: list[Any]) -> Any:
                for at, code in plan:
                    value = values[at]
                    if value is not None:
                        values[at] = code(value)
                return cls(*values)

            return same

        def other(values: list[Any]) -> Any:
            given = {
                name: value if code is None or value is None else code(value)
                for name, code, value in zip(written, codes, values, strict=True)
                if name in names
            }
            return cls(**given)

        return other


_ENCODERS: dict[type[Any], Callable[[Any], list[Any]]] = {}


def _encoder(cls: type[Any]) -> Callable[[Any], list[Any]]:
    found = _ENCODERS.get(cls)
    if found is None:
        found = _ENCODERS[cls] = _make_encoder(cls)
    return found


def _make_encoder(cls: type[Any]) -> Callable[[Any], list[Any]]:
    hints = typing.get_type_hints(cls, vars(model))
    names = [f.name for f in fields(cls)]
    read = attrgetter(*names)
    plan = [(at, code) for at, name in enumerate(names) if (code := _code(hints[name], _late)) is not None]

    def encode(thing: Any) -> list[Any]:
        values = list(read(thing))
        for at, code in plan:
            value = values[at]
            if value is not None:
                values[at] = code(value)
        return values

    return encode


def _late(cls: type[Any]) -> Callable[[Any], Any]:
    return lambda thing: _encoder(cls)(thing)  # noqa: PLW0108 - made when first used


def _code(hint: Any, nested: Callable[[type[Any]], Callable[[Any], Any]]) -> _Code:
    """How a field's value is turned: into arrays by an encoder, back by a decoder, which `nested` gives for each class."""
    if isinstance(hint, type) and is_dataclass(hint):
        return nested(hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return next((code for part in inner if (code := _code(part, nested)) is not None), None)
    if origin is tuple:
        codes = [_code(part, nested) for part in inner if part is not Ellipsis]
        if codes == [None] or Ellipsis not in inner:
            return tuple
        code = codes[0]
        assert code is not None
        return lambda values: tuple([code(v) for v in values])
    return None


def missing_defaults(written: Layout) -> list[str]:
    """Fields that this version needs and a layout does not have: what only a migration can supply."""
    lost = []
    for name, cls in _known().items():
        had = written.get(name)
        for f in fields(cls):
            if had is not None and f.name not in had and f.default is MISSING and f.default_factory is MISSING:
                lost.append(f"{name}.{f.name}")
    return lost
