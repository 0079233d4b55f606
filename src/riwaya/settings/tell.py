"""Settings of the room `tell`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting  # noqa: F401


@dataclass(frozen=True)
class TellSettings:
    """Settings of the room `tell`."""


TELL = TellSettings()
