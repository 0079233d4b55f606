"""Weaving beside the pages: stories that wait, that are asked for, and a weaver that dies."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from desk_client import browser
from served import PATIENCE, REPORTS

import riwaya
from riwaya.archive import Archive
from riwaya.settings.web import WEB
from riwaya.web import background as beside
from riwaya.web import request as requests
from riwaya.web.app import create_app
from riwaya.web.background import Background


class Weaver:
    """Stands where the background would; weaves what it is asked for, if it is willing."""

    def __init__(self, archive: Path, willing: bool) -> None:
        self.archive, self.willing = archive, willing
        self.asked: list[str] = []

    def wake(self, story_id: str = "") -> None:
        self.asked.append(story_id)
        if self.willing and len(self.asked) > 1:
            with Archive.open(self.archive) as archive:
                archive.refresh(story_id=story_id or None, jobs=1)


@pytest.fixture
def unwoven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    """An archive whose one story was never woven, and its id."""
    monkeypatch.setattr(requests, "WEB", replace(WEB, fresh_seconds=0.3))
    path = tmp_path / "desk.riwaya"
    with Archive.open(path, create=True) as archive:
        archive.add(riwaya.read(REPORTS), refresh=False)
        return path, archive.stories().items[0].id


def app(path: Path, weaver: Weaver) -> Any:
    return create_app(path, background=weaver)  # type: ignore[arg-type]


def test_a_page_says_when_a_story_is_being_prepared(unwoven: tuple[Path, str]) -> None:
    path, story_id = unwoven
    weaver = Weaver(path, willing=False)
    answer = browser(app(path, weaver)).get(f"/story/{story_id}")
    assert answer.status_code == 503 and answer.headers["retry-after"] == "2" and "يُعدّ" in answer.text
    assert weaver.asked and set(weaver.asked) == {story_id}


def test_a_page_waits_a_little_for_a_story_that_was_never_woven(unwoven: tuple[Path, str]) -> None:
    path, story_id = unwoven
    assert browser(app(path, Weaver(path, willing=True))).get(f"/story/{story_id}").status_code == 200


def test_without_a_weaver_the_page_weaves(unwoven: tuple[Path, str]) -> None:
    path, story_id = unwoven
    assert browser(create_app(path)).get(f"/story/{story_id}").status_code == 200


def test_a_weaver_that_died_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "WEB", replace(WEB, retry_seconds=0.1))
    path = tmp_path / "desk.riwaya"
    Archive.open(path, create=True).close()
    with Background(path) as background:
        first = background._weaver
        assert first is not None
        os.kill(first.pid, signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        until(lambda: background._weaver is not first)
        with Archive.open(path) as archive:
            archive.add(riwaya.read(REPORTS), refresh=False)
            background.wake()
            until(lambda: not archive.info().stale)
    assert background._weaver is not None and background._weaver.poll() is not None
    background.wake("s-1")  # too late: nothing happens


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.02)
