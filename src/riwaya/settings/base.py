"""How a setting is declared."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as documentation shows it."""

    name: str
    default: object
    unit: str
    help: str
    evidence: str


def setting(default: Any, *, unit: str, help: str, evidence: str) -> Any:  # noqa: A002 - the field's term
    """Declare a field of a settings dataclass.

    Args:
        default: the value.
        unit: of the value ("characters", "days", "share 0..1", ...).
        help: one line: what it decides.
        evidence: on which data the value was set, what was measured, or why it needs no measuring.
    """
    return field(default=default, metadata={"unit": unit, "help": help, "evidence": evidence})


def describe(settings: Any) -> list[Setting]:
    """The settings of one room, for the documentation."""
    return [
        Setting(f.name, getattr(settings, f.name), f.metadata["unit"], f.metadata["help"], f.metadata["evidence"])
        for f in fields(settings)
    ]
