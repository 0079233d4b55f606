"""What is kept for the next reader stays bounded, and is made once."""

from __future__ import annotations

import threading

import pytest

pytest.importorskip("fastapi", reason="needs the extra 'serve'")
from riwaya.web.keep import Keep


def test_what_was_unused_longest_goes_first() -> None:
    keep: Keep[str] = Keep(most=10)
    for key in "abc":
        keep.get(key, lambda key=key: key * 4, len)  # type: ignore[misc]
        keep.get("a", lambda: "aaaa", len)
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key * 4

    keep.get("a", lambda: make("a"), len)
    keep.get("c", lambda: make("c"), len)
    assert made == [] and len(keep) == 2
    keep.get("b", lambda: make("b"), len)
    assert made == ["b"] and len(keep) == 2


def test_what_is_too_large_is_given_but_not_kept() -> None:
    keep: Keep[str] = Keep(most=3)
    assert keep.get("long", lambda: "xxxx", len) == "xxxx"
    assert len(keep) == 0


def test_of_many_that_ask_at_once_one_makes_it() -> None:
    keep: Keep[int] = Keep(most=100)
    made = []
    ready = threading.Barrier(8)

    def make() -> int:
        made.append(1)
        return len(made)

    def ask() -> None:
        ready.wait()
        assert keep.get("one", make, lambda _: 1) == 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_what_fails_is_tried_again() -> None:
    keep: Keep[int] = Keep(most=100)

    def fail() -> int:
        raise ValueError("not yet")

    with pytest.raises(ValueError, match="not yet"):
        keep.get("one", fail, lambda _: 1)
    assert keep.get("one", lambda: 7, lambda _: 1) == 7
