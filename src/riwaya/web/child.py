"""A process beside the server: `python -m riwaya.web.child weave ARCHIVE`, or `watch SOURCE... --archive ARCHIVE`.

It ends when the server does, whatever way the server ends.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path

from riwaya.errors import NotFoundError, RiwayaError
from riwaya.settings.web import WEB

_NICENESS = 5  # pages go first


def weave(path: Path, asked: queue.Queue[str]) -> None:
    """Weave the stories of an archive that are stale, those that changed last first; never returns.

    Args:
        path: the archive.
        asked: ids of stories that somebody waits for; "" only means: look now.
    """
    from riwaya.archive import Archive

    while True:
        try:
            with Archive.open(path) as archive:
                _weave(archive, asked)
        except RiwayaError as error:
            print(f"riwaya: weaving waits: {error}", file=sys.stderr, flush=True)  # noqa: T201 - this process's own output
            time.sleep(WEB.retry_seconds)


def _weave(archive: object, asked: queue.Queue[str]) -> None:
    from riwaya.archive import Archive

    assert isinstance(archive, Archive)
    while True:
        while not asked.empty():
            if story_id := asked.get():
                with contextlib.suppress(NotFoundError):
                    archive.refresh(story_id=story_id, jobs=1)
        if archive.refresh(limit=WEB.refresh_stories, jobs=1):
            continue
        with contextlib.suppress(queue.Empty):
            asked.queue.appendleft(asked.get(timeout=WEB.refresh_seconds))


def _listen(asked: queue.Queue[str]) -> None:
    """Hear the server's wishes, one a line; its end is ours."""
    for line in sys.stdin.buffer:
        asked.put(line.decode("utf-8", "replace").strip())
    os._exit(0)


def _follow(parent: int) -> None:
    """End as if interrupted when the server is gone."""
    while os.getppid() == parent:
        time.sleep(WEB.refresh_seconds)
    signal.raise_signal(signal.SIGINT)


def main(args: list[str]) -> None:
    """Do what the arguments say."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    if args[0] == "weave":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C reaches this process too; the server says when
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a batch is whole or not there
        asked: queue.Queue[str] = queue.Queue()
        threading.Thread(target=_listen, args=(asked,), daemon=True).start()
        weave(Path(args[1]), asked)
    else:
        from riwaya.cli import main as command

        threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
        command(args)


if __name__ == "__main__":
    main(sys.argv[1:])
