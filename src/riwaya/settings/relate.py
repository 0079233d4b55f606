"""Settings of the room `relate`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting  # noqa: F401


@dataclass(frozen=True)
class RelateSettings:
    """Settings of the room `relate`."""


RELATE = RelateSettings()
