"""Pages and feeds of strangers are taken apart in a process of their own, which is ended when one takes too long.

A page of a few megabytes can be made such that a parser works on it for hours, and nothing inside a process can stop that.
`python -m riwaya.watch.extract` is that process: it reads tasks from its standard input and answers on its standard output, each
as the length of its JSON in eight bytes, and the JSON.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import subprocess
import sys
import threading
from dataclasses import asdict, replace
from typing import Any, BinaryIO, Literal

import orjson

from riwaya.errors import InputError, RiwayaError
from riwaya.model import Skipped
from riwaya.read.decode import scrub
from riwaya.read.given_dates import given_date
from riwaya.read.records import Draft
from riwaya.settings.watch import WATCH

Task = Literal["page", "feed"]
_LENGTH = 8  # bytes of a message's length


class Extractor:
    """Takes pages and feeds apart. Used by several threads, one task at a time; the process starts with the first one.

    Args:
        timeout: seconds for one task.
        memory: bytes that the process may use.
    """

    def __init__(self, timeout: float = WATCH.extract_timeout, memory: int = WATCH.extract_bytes) -> None:
        self._timeout = timeout
        self._memory = memory
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def page(self, html: str, label: str, url: str | None = None) -> Draft:
        """The report on a page, as `riwaya.read.webpages.page` finds it.

        Raises:
            InputError: there is none, or finding it took too long or too much memory.
        """
        drafts, _ = self._asked("page", html, label, url)
        return drafts[0]

    def feed(self, xml: str, label: str) -> tuple[list[Draft], list[Skipped]]:
        """The entries of a feed, as `riwaya.read.feeds.read_feed` finds them, and what was wrong.

        Raises:
            InputError: it is none, or reading it took too long or too much memory.
        """
        return self._asked("feed", xml, label, None)

    def close(self) -> None:
        """End the process; the next task starts another."""
        process = self._process
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()
            process.wait()

    def _asked(self, task: Task, text: str, label: str, url: str | None) -> tuple[list[Draft], list[Skipped]]:
        message = orjson.dumps({"task": task, "text": scrub(text), "label": scrub(label), "url": url and scrub(url)})
        with self._lock:
            answer, late = self._exchanged(message)
        if answer is None:
            why = f"reading it took more than {self._timeout:g} s" if late else "reading it broke the reader"
            raise InputError(label, why)
        if "reason" in answer:
            raise InputError(label, answer["reason"])
        return [Draft(**d) for d in answer["drafts"]], [Skipped(*s) for s in answer["skipped"]]

    def _exchanged(self, message: bytes) -> tuple[Any, bool]:
        """The answer, None where the process ended instead; and whether it was ended for being late."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._timeout, end)
        timer.start()
        try:
            process.stdin.write(len(message).to_bytes(_LENGTH, "big") + message)
            process.stdin.flush()
            answer = _read(process.stdout)
        except OSError:  # it has ended
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self._ended(process)
        return answer, late.is_set()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "riwaya.watch.extract", str(self._memory)]
            # Its own session: Ctrl-C is for us to answer.
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
            )
        return self._process

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        process.wait()
        self._process = None


EXTRACTOR = Extractor()
"""The one that all share."""
atexit.register(EXTRACTOR.close)


# ------------------------------------------------------------------------------------------------------- in the process


def serve(asked: BinaryIO, answered: BinaryIO) -> None:
    """Answer tasks until there are no more."""
    while (task := _read(asked)) is not None:
        message = orjson.dumps(answer(task))
        answered.write(len(message).to_bytes(_LENGTH, "big") + message)
        answered.flush()


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """What one task gives: `drafts` and `skipped`, or the `reason` why there is nothing."""
    try:
        drafts, skipped = _done(task)
    except InputError as error:
        return {"reason": scrub(error.reason)}
    except RiwayaError as error:
        return {"reason": scrub(str(error))}
    except MemoryError:
        return {"reason": "too large for the memory that it may take"}
    except Exception as error:  # any fault of a parser is that page's
        return {"reason": scrub(f"{type(error).__name__}: {' '.join(str(error).split())}")}
    return {"drafts": [_plain(d) for d in drafts], "skipped": [[s.path, s.reason] for s in skipped]}


def _done(task: dict[str, Any]) -> tuple[list[Draft], list[Skipped]]:
    if task["task"] == "page":
        from riwaya.read.webpages import page

        return [page(task["text"], task["label"], task["url"])], []
    from riwaya.read.feeds import read_feed
    from riwaya.read.records import Desk
    from riwaya.read.sources import Source

    desk, data = Desk(), task["text"].encode("utf-8")
    drafts = [draft for _, draft in read_feed(Source(task["label"], "feed.xml", lambda: io.BytesIO(data)), desk)]
    return drafts, desk.skipped


def _plain(draft: Draft) -> dict[str, Any]:
    """A draft as JSON has it: its date in ISO form, its texts without lone surrogates."""
    plain = asdict(replace(draft, published=given_date(draft.published)))
    return {name: scrub(value) if isinstance(value, str) else value for name, value in plain.items()}


def _read(stream: BinaryIO | io.BufferedIOBase | Any) -> Any:
    """The next message; None at the end, also where it comes in the middle of one."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    body = stream.read(length)
    return orjson.loads(body) if len(body) == length else None


def _bounded(memory: int) -> None:
    """Let this process use no more than so much memory, where the system can be told."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


if __name__ == "__main__":
    _bounded(int(sys.argv[1]))
    serve(sys.stdin.buffer, sys.stdout.buffer)
