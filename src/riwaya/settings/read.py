"""Settings of the room `read`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting  # noqa: F401


@dataclass(frozen=True)
class ReadSettings:
    """Settings of the room `read`."""


READ = ReadSettings()
