"""Settings of the room `weigh`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting  # noqa: F401


@dataclass(frozen=True)
class WeighSettings:
    """Settings of the room `weigh`."""


WEIGH = WeighSettings()
