"""Settings of the engines: how work is spread."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class EngineSettings:
    """How work is spread over processes."""

    parallel_from: int = setting(
        48,
        unit="articles",
        help="from how many articles on worker processes are started",
        evidence="starting two workers costs about as long as marking 40 average reports in one process (make bench)",
    )
    chunk: int = setting(
        32,
        unit="articles",
        help="how many articles a worker takes at a time",
        evidence="on the Saudi reports 16 to 64 differ by under 2 %; larger chunks make the last one wait",
    )
    in_flight: int = setting(
        4,
        unit="chunks per worker",
        help="how many chunks are handed out ahead of the results",
        evidence="bounds memory: the reader waits when the workers are behind",
    )


ENGINE = EngineSettings()
