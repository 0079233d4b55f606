"""What readers hand in, on its way into the archive: one job after another, each in a process of its own, its progress known."""

from __future__ import annotations

import contextlib
import json
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


class Adding:
    """The jobs of one server. Its thread starts with the first, and ends with `close`."""

    def __init__(self, archive: Path, *, allow_private: bool = False, added: Callable[[], None] = lambda: None) -> None:
        self._archive, self._allow_private, self._added = archive, allow_private, added
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: queue.Queue[tuple[str, Path] | None] = queue.Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def take(self, handed: Handed) -> Job:
        """Keep what was handed in, to be added when its turn comes.

        Raises:
            BusyError: too much waits already.
            OSError: there is no room for it.
        """
        if self._waiting.qsize() >= WEB.jobs_waiting:
            raise BusyError
        folder = Path(tempfile.mkdtemp(prefix="riwaya-add-"))
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
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="adding", daemon=True)
                self._thread.start()
        self._waiting.put((job.id, folder))
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
        self._waiting.put(None)
        process = self._process
        if process is not None:
            process.terminate()
        if self._thread is not None:
            self._thread.join(WEB.drain_seconds)

    def _change(self, job_id: str, **values: Any) -> None:
        with self._lock:
            if job_id in self._jobs:
                self._jobs[job_id] = replace(self._jobs[job_id], **values)

    def _run(self) -> None:
        while (one := self._waiting.get()) is not None and not self._closed:
            job_id, folder = one
            try:
                self._work(job_id, folder)
            except OSError as error:
                self._change(job_id, state="failed", error=error.strerror or str(error))
            finally:
                shutil.rmtree(folder, ignore_errors=True)
                self._added()

    def _work(self, job_id: str, folder: Path) -> None:
        self._change(job_id, state="working")
        command = [sys.executable, "-m", "riwaya.web.adder", str(self._archive), str(folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                with contextlib.suppress(ValueError):  # what a library prints is no line of ours
                    self._hear(job_id, json.loads(line))
        self._process.wait()
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
