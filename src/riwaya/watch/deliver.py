"""Alerts on their way out: to a webhook, to a command.

A webhook gets `POST` with the alert as JSON (`as_dict`), and with it
    X-Riwaya-Alert      the alert's id, the same at every attempt, by which a receiver knows a repetition
    X-Riwaya-Signature  "sha256=" and the HMAC-SHA256 of the body in hexadecimal digits, if a secret is set
A command gets the same JSON on its standard input; it is started as a list of arguments, never through a shell.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import logging
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

import orjson

from riwaya.model import Alert
from riwaya.settings.watch import WATCH, WatchSettings
from riwaya.watch.fetch import Fetcher, FetchError

log = logging.getLogger("riwaya")
_LINE = 200  # characters of what a failing command says that are passed on


def as_dict(alert: Alert) -> dict[str, Any]:
    """An alert as JSON has it."""
    spans = [{"article_id": s.article_id, "start": s.start, "end": s.end} for s in alert.spans]
    return {
        "id": alert.id, "kind": alert.kind, "story_id": alert.story_id, "title": alert.title,
        "text": {"ar": alert.ar, "en": alert.en}, "spans": spans, "made": alert.made,
    }  # fmt: skip


def signature(secret: str, body: bytes) -> str:
    """The value of X-Riwaya-Signature."""
    return "sha256=" + hmac.new(secret.encode("utf-8"), body, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Webhook:
    """A URL that alerts are sent to.

    Args:
        url: http or https; a private address only if the client's guard opens it.
        fetcher: the client.
        secret: shared with the receiver, who can then tell that a message is ours.
        wait: waits some seconds; true where it was stopped meanwhile.
    """

    url: str
    fetcher: Fetcher
    secret: str | None = None
    wait: Callable[[float], bool] = field(default_factory=lambda: threading.Event().wait)

    def deliver(self, alert: Alert) -> str | None:
        """Send an alert, again after a while where that may help; what went wrong, None if it was taken."""
        body = orjson.dumps(as_dict(alert))
        headers = {"Content-Type": "application/json", "X-Riwaya-Alert": alert.id}
        if self.secret:
            headers["X-Riwaya-Signature"] = signature(self.secret, body)
        settings = self.fetcher.settings
        for attempt in range(1, settings.deliver_attempts + 1):
            try:
                self.fetcher.post(self.url, body, headers)
            except FetchError as error:
                pause = max(settings.deliver_pause * 2.0 ** (attempt - 1), error.retry_after or 0.0)
                if error.lasting or attempt == settings.deliver_attempts or self.wait(min(pause, settings.backoff_first)):
                    return f"webhook {error}"
            else:
                return None
        return None


@dataclass(frozen=True, slots=True)
class Command:
    """A program that takes alerts: its name and arguments."""

    argv: Sequence[str]
    settings: WatchSettings = WATCH

    def deliver(self, alert: Alert) -> str | None:
        """Start the program with an alert on its standard input; what went wrong, None if it ended well."""
        name = self.argv[0]
        try:
            process = subprocess.Popen(
                list(self.argv), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
            )
        except OSError as error:
            return f"command {name}: {(error.strerror or str(error)).lower()}"
        with process:
            try:
                _, complaint = process.communicate(orjson.dumps(as_dict(alert)) + b"\n", self.settings.command_timeout)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)  # with whatever it started
                return f"command {name}: not done after {self.settings.command_timeout:g} s"
        if process.returncode:
            said = complaint.decode("utf-8", "replace").strip().splitlines()
            return f"command {name}: exit {process.returncode}{f': {said[-1][:_LINE]}' if said else ''}"
        return None


class Dispatch:
    """Delivers alerts in a thread of its own, one after another, so that a slow receiver holds up nothing else.

    Args:
        receivers: what each alert is handed to.
        complain: told of each alert that could not be delivered.
    """

    def __init__(self, receivers: Sequence[Webhook | Command], complain: Callable[[str], None]) -> None:
        self._receivers = receivers
        self._complain = complain
        self._queue: SimpleQueue[Alert | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="riwaya alerts", daemon=True)
        if receivers:
            self._thread.start()

    def give(self, alerts: Sequence[Alert]) -> None:
        """Take alerts to be delivered."""
        if self._receivers:
            for alert in alerts:
                self._queue.put(alert)

    def close(self, timeout: float) -> bool:
        """Deliver what is left, for at most `timeout` seconds; whether all of it was."""
        if not self._receivers:
            return True
        self._queue.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (alert := self._queue.get()) is not None:
            for receiver in self._receivers:
                try:
                    complaint = receiver.deliver(alert)
                except Exception as error:  # one alert must not end the delivery of the others
                    log.debug("delivering %s failed", alert.id, exc_info=True)
                    complaint = f"{type(receiver).__name__.lower()}: {type(error).__name__}: {error}"
                if complaint:
                    self._complain(f"alert {alert.id} was not delivered: {complaint}")
