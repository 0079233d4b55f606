"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

_RUN = ("=", "+", "@", "\t", "\r")


def no_formula(text: str) -> str:
    """A cell that a spreadsheet would run as a formula, with a quote mark before it (OWASP, "CSV injection")."""
    return f"'{text}" if text[:1] in _RUN else text
