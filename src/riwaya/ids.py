"""Stable ids: the same input gives the same id, on every machine."""

from __future__ import annotations

import hashlib

ID_DIGITS = 16  # hexadecimal digits; 64 bits keep collisions under 1 in 10^8 up to 600,000 things of one kind


def whole(number: float | None) -> float | None:
    """The same number, an `int` where it is whole: `7.0` and `7` are one figure, and are written alike."""
    return int(number) if number is not None and float(number).is_integer() else number


def stable_id(prefix: str, *parts: object) -> str:
    """An id such as "q-1f0c…" from the parts that make the thing what it is.

    Parts are joined with an unused separator, so ("ab", "c") and ("a", "bc") differ. None counts as the empty part.
    """
    joined = "\x1f".join("" if p is None else str(p) for p in parts)
    digest = hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=ID_DIGITS // 2).hexdigest()
    return f"{prefix}-{digest}"
