"""Settings of the room `mark`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting  # noqa: F401


@dataclass(frozen=True)
class MarkSettings:
    """Settings of the room `mark`."""


MARK = MarkSettings()
