"""What works beside the pages, each in a process of its own: weaving takes the interpreter for itself, and pages would wait."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from riwaya.settings.web import WEB

_USAGE = 2  # the exit code of a command that was told nonsense


class Background:
    """The weaver of stale stories and, if sources are given, the watcher of them. A context manager: they end with it.

    One that has died is started again; the watcher not if it had read all there was, or was told nonsense.

    Args:
        archive: the file.
        sources: feeds, sitemaps, folders, as `riwaya watch` takes them.
    """

    def __init__(self, archive: Path, sources: Sequence[str] = ()) -> None:
        self._archive, self._sources = archive, tuple(sources)
        self._weaver: subprocess.Popen[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def __enter__(self) -> Background:
        self._start()
        self._keeper.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ending.set()
        self._keeper.join()
        for process in (self._watcher, self._weaver):
            if process is not None:
                process.terminate()
        for process in (self._watcher, self._weaver):
            if process is not None:
                _end(process)

    def _start(self) -> None:
        """Start what does not run."""
        with self._lock:
            if self._weaver is None or self._weaver.poll() is not None:
                self._weaver = _child(["weave", str(self._archive)], stdin=subprocess.PIPE)
            if self._sources and (self._watcher is None or self._watcher.poll() not in (None, 0, _USAGE)):
                self._watcher = _child(["watch", *self._sources, "--archive", str(self._archive)], stdin=None)

    def _keep(self) -> None:
        while not self._ending.wait(WEB.retry_seconds):
            self._start()

    def wake(self, story_id: str = "") -> None:
        """Let the weaver look now; a story that is named goes first. Never waits; nothing happens if the weaver is gone."""
        with self._lock, contextlib.suppress(OSError, ValueError):
            if self._weaver is not None and self._weaver.stdin is not None:
                self._weaver.stdin.write(f"{story_id}\n".encode())
                self._weaver.stdin.flush()

    @property
    def watching(self) -> bool:
        """Whether the watcher runs."""
        return self._watcher is not None and self._watcher.poll() is None


def _child(args: list[str], stdin: int | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "riwaya.web.child", *args], stdin=stdin)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    try:
        process.wait(WEB.drain_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
