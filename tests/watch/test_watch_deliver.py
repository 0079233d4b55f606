"""Alerts on their way out: to a webhook that may be down, to a program that may hang."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from misbehaving import QUICK, Site, Visit, fetcher, serving

from riwaya.model import Alert, Span
from riwaya.watch.deliver import Command, Dispatch, Webhook, as_dict

ALERT = Alert("al-1", "revision", "s-1", "حريق", "تغيّر رقم", "A figure was revised", (Span("a-1", 0, 4),), 7, 1_900_000_000)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def webhook(site: Site, secret: str | None = None, waits: list[float] | None = None) -> Webhook:
    def wait(seconds: float) -> bool:
        if waits is not None:
            waits.append(seconds)
        return False

    return Webhook(site.url + "/hook", fetcher(), secret, wait)


def test_a_webhook_gets_the_alert_signed(site: Site) -> None:
    site.paths["/hook"] = lambda v: v.answer(204)
    assert webhook(site, "سر").deliver(ALERT) is None
    body, headers = site.bodies[-1], site.visits[-1][1]
    assert json.loads(body) == as_dict(ALERT)
    assert json.loads(body)["text"] == {"ar": "تغيّر رقم", "en": "A figure was revised"}
    assert headers["x-riwaya-signature"] == "sha256=" + hmac.new("سر".encode(), body, hashlib.sha256).hexdigest()
    assert (headers["x-riwaya-alert"], headers["content-type"]) == ("al-1", "application/json")


def test_without_a_secret_nothing_is_signed(site: Site) -> None:
    site.paths["/hook"] = b"ok"
    assert webhook(site).deliver(ALERT) is None
    assert "x-riwaya-signature" not in site.visits[-1][1]


def test_a_webhook_that_comes_back_gets_it(site: Site) -> None:
    def act(visit: Visit) -> None:
        visit.answer(503 if site.asked("/hook") < 3 else 200)

    site.paths["/hook"] = act
    waits: list[float] = []
    assert webhook(site, waits=waits).deliver(ALERT) is None
    assert waits == [2.0, 4.0]


@pytest.mark.parametrize(("status", "attempts"), [(500, 4), (404, 1), (302, 1)])
def test_a_webhook_that_does_not_take_it(site: Site, status: int, attempts: int) -> None:
    site.paths["/hook"] = lambda v: v.answer(status, Location="http://169.254.169.254/")
    complaint = webhook(site).deliver(ALERT)
    assert complaint is not None
    assert str(status) in complaint
    assert site.asked("/hook") == attempts


def test_a_private_webhook_needs_leave(site: Site) -> None:
    complaint = Webhook(site.url + "/hook", fetcher(allowed=())).deliver(ALERT)
    assert complaint is not None
    assert "--allow-private" in complaint
    assert site.visits == []


def program(text: str) -> list[str]:
    return [sys.executable, "-c", text]


def test_a_command_gets_the_alert(tmp_path: Path) -> None:
    out = tmp_path / "out; touch x"  # an argument, never a shell's
    code = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    assert Command([*program(code), str(out)]).deliver(ALERT) is None
    assert json.loads(out.read_text("utf-8")) == as_dict(ALERT)
    assert [p.name for p in tmp_path.iterdir()] == ["out; touch x"]


def test_a_command_that_fails_says_why() -> None:
    assert Command(program("import sys; sys.exit('no disk')")).deliver(ALERT) == f"command {sys.executable}: exit 1: no disk"
    assert "no such file" in (Command(["/nowhere/at-all"]).deliver(ALERT) or "")


def test_a_command_that_hangs_is_ended() -> None:
    begun = time.monotonic()
    child = "import subprocess, time; subprocess.Popen(['sleep', '60']); time.sleep(60)"
    complaint = Command(program(child), replace(QUICK, command_timeout=0.3)).deliver(ALERT)
    assert "not done after 0.3 s" in (complaint or "")
    assert time.monotonic() - begun < 20


def test_a_command_that_does_not_read(tmp_path: Path) -> None:
    large = replace(ALERT, ar="م" * 500_000)
    assert Command(program("import sys; sys.stdin.close()")).deliver(large) is None


def test_one_failure_does_not_hold_up_the_others() -> None:
    class Broken(Command):
        def deliver(self, alert: Alert) -> str | None:
            raise RuntimeError("bug")

    got: list[str] = []

    class Good(Command):
        def deliver(self, alert: Alert) -> str | None:
            got.append(alert.id)
            return None

    told: list[str] = []
    dispatch = Dispatch([Broken(["x"]), Good(["x"])], told.append)
    dispatch.give([ALERT, replace(ALERT, id="al-2")])
    assert dispatch.close(10)
    assert got == ["al-1", "al-2"]
    assert len(told) == 2
    assert "RuntimeError" in told[0]
    assert Dispatch([], told.append).close(0)
