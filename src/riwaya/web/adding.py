"""What readers hand in, on its way into the archive: one job after another, each in a process of its own, its progress known.

Jobs with links wait for other sites, so they have a queue of their own and hold up no files.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

from riwaya.settings.web import WEB
from riwaya.web.adder import FILES, ORDER

State = Literal["waiting", "working", "done", "failed"]
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_ID_BYTES = 9
_FOLDER = "riwaya-add-"  # and the number of the server's process


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is being added.

    what: the names of the files and links, as given.
    stage, done, total: where it is (total None while unknown).
    new, known, skipped, stories: what came of it; skipped as path and reason, stories as id and title.
    error: why it failed, in one line.
    """

    id: str
    what: tuple[str, ...]
    state: State = "waiting"
    stage: str = ""
    done: int = 0
    total: int | None = None
    new: int = 0
    known: int = 0
    skipped: tuple[tuple[str, str], ...] = ()
    stories: tuple[tuple[str, str], ...] = ()
    error: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more comes."""
        return self.state in ("done", "failed")


@dataclass
class Handed:
    """What a reader hands in. `files`: name and content; `texts`: fields of one report each; `links`: addresses of pages."""

    files: list[tuple[str, IO[bytes]]] = field(default_factory=list)
    texts: list[Mapping[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    outlet: str | None = None
    published: str | None = None

    def __bool__(self) -> bool:
        return bool(self.files or self.texts or self.links)


class BusyError(Exception):
    """Too much waits already."""


class _Lane:
    """A queue of jobs and the thread that does them. The thread starts with the first."""

    def __init__(self, name: str, work: Callable[[_Lane, str, Path], None]) -> None:
        self.waiting: queue.Queue[tuple[str, Path] | None] = queue.Queue()
        self.process: subprocess.Popen[bytes] | None = None
        self._name, self._work = name, work
        self._thread: threading.Thread | None = None

    def put(self, job_id: str, folder: Path) -> None:
        """One more."""
        self.waiting.put((job_id, folder))
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Cut what is being done, and drop the rest."""
        self.waiting.put(None)
        if self.process is not None:
            self.process.terminate()

    def join(self) -> None:
        """Wait until it has ended."""
        if self._thread is not None:
            self._thread.join(WEB.drain_seconds)

    def _run(self) -> None:
        while (one := self.waiting.get()) is not None:
            self._work(self, *one)


class Adding:
    """The jobs of one server. They end with `close`."""

    def __init__(self, archive: Path, *, allow_private: bool = False, added: Callable[[], None] = lambda: None) -> None:
        self._archive, self._allow_private, self._added = archive, allow_private, added
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._files, self._links = _Lane("adding", self._do), _Lane("fetching", self._do)
        self._closed = False

    def take(self, handed: Handed) -> Job:
        """Keep what was handed in, to be added when its turn comes.

        Raises:
            BusyError: too much waits already.
            OSError: there is no room for it.
        """
        lane = self._links if handed.links else self._files
        if lane.waiting.qsize() >= WEB.jobs_waiting:
            raise BusyError
        folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))
        try:
            names = _store(folder, handed, self._allow_private)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        job = Job(secrets.token_urlsafe(_ID_BYTES), tuple(names))
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > WEB.jobs_kept:
                self._jobs.popitem(last=False)
            lane.put(job.id, folder)
        return job

    def job(self, job_id: str) -> Job | None:
        """A job by its id; None if it is not known, or was long ago."""
        with self._lock:
            return self._jobs.get(job_id)

    def jobs(self) -> list[Job]:
        """The last jobs, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """End; what is being added is in the archive batch by batch, and the rest is dropped."""
        self._closed = True
        for lane in (self._files, self._links):
            lane.stop()
        for lane in (self._files, self._links):
            lane.join()

    def _change(self, job_id: str, **values: Any) -> None:
        with self._lock:
            if job_id in self._jobs:
                self._jobs[job_id] = replace(self._jobs[job_id], **values)

    def _do(self, lane: _Lane, job_id: str, folder: Path) -> None:
        try:
            if not self._closed:
                self._work(lane, job_id, folder)
        except OSError as error:
            self._change(job_id, state="failed", error=error.strerror or str(error))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
            self._added()

    def _work(self, lane: _Lane, job_id: str, folder: Path) -> None:
        self._change(job_id, state="working")
        command = [sys.executable, "-m", "riwaya.web.adder", str(self._archive), str(folder)]
        lane.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        assert lane.process.stdout is not None
        with lane.process.stdout as lines:
            for line in lines:
                with contextlib.suppress(ValueError):  # what a library prints is no line of ours
                    self._hear(job_id, json.loads(line))
        lane.process.wait()
        job = self.job(job_id)
        if job is not None and not job.over:
            self._change(job_id, state="failed", error="it was cut short; what was added until then is in the archive")

    def _hear(self, job_id: str, line: dict[str, Any]) -> None:
        if "error" in line:
            self._change(job_id, state="failed", error=line["error"])
        elif "added" in line:
            told = line["added"]
            self._change(
                job_id, state="done", new=told["new"], known=told["known"],
                skipped=tuple((p, r) for p, r in told["skipped"]), stories=tuple((i, t) for i, t in told["stories"]),
            )  # fmt: skip
        elif "stage" in line:
            self._change(job_id, stage=line["stage"], done=line["done"], total=line["total"])


def clear_left(temporary: Path | None = None) -> int:
    """Remove what servers that were killed left in the folder of temporary files; how many folders.

    Only folders of this user are touched, and only when no process has the number of their server.
    """
    if os.name != "posix":  # elsewhere asking after a process may end it
        return 0
    removed = 0
    for place in (temporary or Path(tempfile.gettempdir())).glob(f"{_FOLDER}*-*"):
        number = place.name.removeprefix(_FOLDER).partition("-")[0]
        with contextlib.suppress(OSError):
            if number.isdecimal() and not place.is_symlink() and place.stat().st_uid == os.getuid() and not _lives(int(number)):
                shutil.rmtree(place)
                removed += 1
    return removed


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _store(folder: Path, handed: Handed, allow_private: bool) -> list[str]:
    """Write it into a folder as the adder reads it; the names under which it is shown."""
    files = folder / FILES
    files.mkdir()
    names: list[str] = []
    taken: dict[str, int] = {}
    for given, content in handed.files:
        name = safe_name(given)
        place = _free(files, name, taken)
        with place.open("wb") as target:
            shutil.copyfileobj(content, target)
        names.append(name)
    for text in handed.texts:
        place = _free(files, "pasted.json", taken)
        place.write_text(json.dumps(dict(text), ensure_ascii=False), "utf-8", "surrogatepass")
        names.append(_whole(text.get("title") or " ".join(text.get("text", "").split())[: WEB.shown_name]))
    links = [_whole(link) for link in handed.links]
    names += links
    order = {"links": links, "outlet": handed.outlet, "published": handed.published, "allow_private": allow_private}
    (folder / ORDER).write_text(json.dumps(order), "utf-8")
    return names


def _whole(given: str) -> str:
    """Words without the half characters (lone surrogates) that JSON may hold and no page or table can."""
    return given.encode("utf-8", "replace").decode()


def safe_name(given: str) -> str:
    """The last part of a file's name as a browser gave it, without what a file system or a shell would take amiss.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\x\\\\تقرير.txt"), safe_name("..")
    ('passwd', 'تقرير.txt', 'file.txt')
    """
    last = PurePosixPath(given.replace("\\", "/")).name
    kept = _UNSAFE.sub("_", last).lstrip(".")
    while len(kept.encode("utf-8", "replace")) > WEB.name_bytes:
        stem, dot, ending = kept.rpartition(".")
        kept = f"{stem[:-1]}{dot}{ending}" if stem else kept[:-1]
    return kept.encode("utf-8", "replace").decode() or "file.txt"


def _free(folder: Path, name: str, taken: dict[str, int]) -> Path:
    """A place of this name that is not taken: a second one goes into a folder of its own, so that its name stays.

    `taken`: the last folder with this name, so that thousands of one name take no look at each other's place.
    """
    number = taken.get(name, 0) + 1
    while (place := folder / str(number) / name).exists():
        number += 1
    taken[name] = number
    place.parent.mkdir(exist_ok=True)
    return place


def split_links(text: str) -> Sequence[str]:
    """The addresses in what was pasted, one a line or word, each once."""
    return list(dict.fromkeys(word for word in text.split() if word.lower().startswith(("http://", "https://"))))
