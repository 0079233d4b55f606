"""The process that takes pages apart: what it finds, and that no page holds it up."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

import pytest

from riwaya.errors import InputError
from riwaya.read.webpages import page
from riwaya.watch.extract import Extractor, answer, serve

TEXT = "أعلنت وزارة الأشغال اليوم افتتاح جسر جديد فوق نهر الوادي الكبير بعد ثلاث سنوات من العمل المتواصل."
PAGE = f"<html><head><title>جسر</title></head><body><article><h1>جسر</h1>{f'<p>{TEXT}</p>' * 3}</article></body></html>"
FEED = "<rss version='2.0'><channel><title>الأفق</title><item><title>خبر</title><link>/1</link></item></channel></rss>"


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    one = Extractor()
    yield one
    one.close()


def test_it_finds_what_the_reader_finds(extractor: Extractor) -> None:
    assert extractor.page(PAGE, "x", "https://ofuq.example/2031/02/13/x") == page(PAGE, "x", "https://ofuq.example/2031/02/13/x")
    drafts, skipped = extractor.feed(FEED, "x")
    assert ([d.title for d in drafts], [d.outlet for d in drafts], skipped) == (["خبر"], ["الأفق"], [])


def test_what_cannot_be_read_is_said(extractor: Extractor) -> None:
    with pytest.raises(InputError, match="no report found on the page"):
        extractor.page("<html><body></body></html>", "x")
    with pytest.raises(InputError, match="declares XML entities"):
        extractor.feed('<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "x")
    assert extractor.page(PAGE, "lone \ud800").title == "جسر"


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_read() -> None:
    extractor = Extractor(timeout=0.5)  # less than it takes to start
    begun = time.monotonic()
    with pytest.raises(InputError, match=r"more than 0\.5 s"):
        extractor.page("<html><body><article><p>" + "<b>خ</b>" * 200_000, "x")
    assert time.monotonic() - begun < 15
    extractor = Extractor()
    extractor.page(PAGE, "x")
    extractor.close()
    assert extractor.page(PAGE, "x").title == "جسر"
    extractor.close()


def test_a_page_that_takes_too_much_memory_is_given_up() -> None:
    extractor = Extractor(memory=300_000_000)
    with pytest.raises(InputError, match=r"memory|broke the reader"):
        extractor.page(PAGE + f"<p>{TEXT}</p>" * 300_000, "x")
    assert extractor.page(PAGE, "x").title == "جسر"
    extractor.close()


def test_the_process_ends_with_its_input() -> None:
    answered = io.BytesIO()
    serve(io.BytesIO(b"\0\0\0\0\0\0\0\x40{"), answered)
    assert answered.getvalue() == b""


def test_a_fault_of_a_parser_is_that_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object) -> None:
        raise RecursionError("too\ndeep")

    monkeypatch.setattr("riwaya.read.webpages.page", broken)
    assert answer({"task": "page", "text": "", "label": "x", "url": None}) == {"reason": "RecursionError: too deep"}
