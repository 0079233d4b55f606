"""Dates as fields and URLs give them."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.read.given_dates import given_date, url_date

EVENING = datetime(2015, 7, 21, 20, 5, tzinfo=timezone(timedelta(hours=3)))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2015-07-21", "2015-07-21"),
        ("2015-7-1", "2015-07-01"),
        ("2015-07-21 02:51:32", "2015-07-21T02:51"),
        ("2015-07-21T02:51:32Z", "2015-07-21T02:51Z"),
        ("2015-07-21T02:51:32.123+0300", "2015-07-21T02:51+03:00"),
        ("2015-07-21 02:51:32 UTC", "2015-07-21T02:51Z"),
        ("2015/07/21 08:15", "2015-07-21T08:15"),
        ("21/7/2015", "2015-07-21"),
        ("21.07.2015", "2015-07-21"),
        ("7/21/2015", "2015-07-21"),
        ("07/07/2015", "2015-07-07"),
        ("٢١/٧/٢٠١٥", "2015-07-21"),
        ("20150721", "2015-07-21"),
        ("20150721T0815", "2015-07-21T08:15"),
        ("Tue, 21 Jul 2015 10:00:00 +0300", "2015-07-21T10:00+03:00"),
        ("Tue, 21 Jul 2015 10:00:00 GMT", "2015-07-21T10:00Z"),
        (1437472800, "2015-07-21T10:00Z"),
        (1437472800000, "2015-07-21T10:00Z"),
        ("1437472800", "2015-07-21T10:00Z"),
        (date(2015, 7, 21), "2015-07-21"),
        (datetime(2015, 7, 21), "2015-07-21"),
        (datetime(2015, 7, 21, 3, 4), "2015-07-21T03:04"),
        (EVENING, "2015-07-21T20:05+03:00"),
        (datetime(2015, 7, 21, tzinfo=UTC), "2015-07-21T00:00Z"),
        (time.struct_time((2015, 7, 21, 1, 2, 3, 0, 0, 0)), "2015-07-21T01:02Z"),
        # not one day, or no day
        ("07/08/2015", None),
        ("2015-07", None),
        ("2015", None),
        ("2015-02-30", None),
        ("9999-12-31", None),
        ("0001-01-01", None),
        ("1899-12-31", None),
        ("yesterday", None),
        ("", None),
        ("2015-07-21" * 50, None),
        (0, None),
        (-5, None),
        (1e300, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_forms(value: object, expected: str | None) -> None:
    assert given_date(value) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.example/2015/07/21/title", "2015-07-21"),
        ("https://x.example/2015-7-1/title", "2015-07-01"),
        ("https://x.example/2015/world_news/7/21/title.html", "2015-07-21"),
        ("https://x.example/a/20150721/b", "2015-07-21"),
        ("https://x.example/a/20151399/b", None),
        ("https://x.example/article/410826/1", None),
        ("https://x.example/1234-56-78901", None),
        ("", None),
        (None, None),
    ],
)
def test_urls(url: str | None, expected: str | None) -> None:
    assert url_date(url) == expected


@given(st.one_of(st.text(alphabet="0123456789-/:T Z+.٠١٢", max_size=40), st.floats(), st.integers(), st.dates(), st.datetimes()))
def test_anything_gives_a_date_or_none(value: object) -> None:
    found = given_date(value)
    if found is not None:
        date.fromisoformat(found[:10])
        assert "1900" <= found[:4] <= "2100"
