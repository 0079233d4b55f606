"""What works beside the pages, each in a process of its own: weaving takes the interpreter for itself, and pages would wait."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from riwaya.settings.web import WEB


class Background:
    """The weaver of stale stories and, if sources are given, the watcher of them. A context manager: they end with it.

    Args:
        archive: the file.
        sources: feeds, sitemaps, folders, as `riwaya watch` takes them.
    """

    def __init__(self, archive: Path, sources: Sequence[str] = ()) -> None:
        self._archive, self._sources = archive, tuple(sources)
        self._weaver: subprocess.Popen[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Background:
        self._weaver = _child(["weave", str(self._archive)], stdin=subprocess.PIPE)
        if self._sources:
            self._watcher = _child(["watch", *self._sources, "--archive", str(self._archive)], stdin=None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for process in (self._watcher, self._weaver):
            if process is not None:
                process.terminate()
        for process in (self._watcher, self._weaver):
            if process is not None:
                with contextlib.suppress(OSError):
                    if process.stdin is not None:
                        process.stdin.close()
                _end(process)

    def wake(self, story_id: str = "") -> None:
        """Let the weaver look now; a story that is named goes first. Never waits; nothing happens if the weaver is gone."""
        pipe: IO[bytes] | None = self._weaver.stdin if self._weaver is not None else None
        if pipe is None:
            return
        with self._lock, contextlib.suppress(OSError, ValueError):
            pipe.write(f"{story_id}\n".encode())
            pipe.flush()

    @property
    def watching(self) -> bool:
        """Whether the watcher runs."""
        return self._watcher is not None and self._watcher.poll() is None


def _child(args: list[str], stdin: int | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "riwaya.web.child", *args], stdin=stdin)


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(WEB.drain_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
