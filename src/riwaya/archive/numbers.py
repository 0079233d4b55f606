"""Ids as whole numbers: what the archive stores many of takes half the room, and sorts as the ids do."""

from __future__ import annotations

from riwaya.ids import stable_id

_HALF = 1 << 63  # SQLite's whole numbers have a sign


def number_of(stable: str) -> int:
    """An id such as "s-1f0c…" as a number, in the order of ids of one kind.

    Raises:
        ValueError: it is no such id.
    """
    return int(stable.partition("-")[2], 16) - _HALF


def id_of(prefix: str, number: int) -> str:
    """The id again."""
    return f"{prefix}-{number + _HALF:016x}"


def key_number(key: tuple[str, ...]) -> int:
    """A number for what an entity is known by across stories."""
    return number_of(stable_id("k", *key))
