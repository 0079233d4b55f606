"""The frame that every page stands in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from starlette.testclient import TestClient

from riwaya.web.app import create_app
from riwaya.web.words import LANGUAGES, tables


class NoStories:
    """An archive with nothing in it."""

    def stories(self, query: Any) -> Any:
        return SimpleNamespace(items=[], total=0, offset=query.offset, limit=query.limit)

    def close(self) -> None:
        pass


@pytest.fixture
def client() -> TestClient:
    return TestClient(create_app("none.riwaya", opener=lambda read_only: NoStories()), base_url="http://127.0.0.1:8000")  # type: ignore[arg-type]


def test_arabic_first_english_beside_it(client: TestClient) -> None:
    assert '<html lang="ar" dir="rtl" data-theme="auto">' in client.get("/").text
    assert '<html lang="en" dir="ltr"' in client.get("/?lang=en").text
    assert '<html lang="en" dir="ltr"' in client.get("/").text  # kept


def test_every_word_stands_in_both_languages() -> None:
    for key, pair in tables()["text"].items():
        assert len(pair) == len(LANGUAGES) and all(pair), key
