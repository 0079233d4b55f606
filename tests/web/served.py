"""A server in a process of its own, for tests."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
PATIENCE = 30  # seconds: this machine may be busy


class Server:
    """A server that runs."""

    def __init__(self, *args: str, **env: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "riwaya", "serve", "--port", "0", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, env=os.environ | {"RIWAYA_TOKEN": ""} | env,
        )  # fmt: skip
        assert self.process.stdout
        self.line = self.process.stdout.readline()
        found = re.search(r"https?://[^:]+:(\d+)/", self.line)
        assert found, self.process.communicate()[1]
        self.port = int(found[1])

    def get(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of an answer; the path goes out as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest("GET", path, skip_host="host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.status, text, {k.lower(): v for k, v in answer.getheaders()}

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """The exit code and what was said on standard error."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said
