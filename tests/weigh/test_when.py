"""Time values as days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.model import Span, Time, TimeType
from riwaya.weigh.when import When, day_of, interval

from .reports import article


def value(text: str, words: str, given_value: str, kind: TimeType = "DATE") -> When | None:
    report = article(text, "صحيفة", "2023-05-09", titled=False)
    start = text.index(words)
    return interval(Time(Span(report.id, start, start + len(words)), words, kind, given_value, "gregorian"), report)


@pytest.mark.parametrize(
    ("said", "start", "end", "precision"),
    [
        (("وصل الوفد أمس", "أمس", "2023-05-08", "DATE"), "2023-05-08", "2023-05-08", "day"),
        (("وصل الوفد الأسبوع الماضي", "الأسبوع الماضي", "2023-W18", "DATE"), "2023-05-01", "2023-05-07", "day"),
        (("وصل في مطلع أيار", "أيار", "2023-05", "DATE"), "2023-05-01", "2023-05-10", "day"),
        (("وصل في منتصف شباط", "شباط", "2023-02", "DATE"), "2023-02-11", "2023-02-20", "day"),
        (("وصل أواخر شباط", "شباط", "2023-02", "DATE"), "2023-02-21", "2023-02-28", "day"),
        (("وصل في أيار", "أيار", "2023-05", "DATE"), "2023-05-01", "2023-05-31", "month"),
        (("استقل البلد عام 1991", "عام 1991", "1991", "DATE"), "1991-01-01", "1991-12-31", "year"),
        (("اجتمعوا الساعة السابعة", "الساعة السابعة", "2023-05-09T07:00", "TIME"), "2023-05-09", "2023-05-09", "hour"),
        (("سيغادر في غضون يومين", "يومين", "P2D", "DURATION"), "2023-05-09", "2023-05-11", "day"),
    ],
)
def test_days(said: tuple[str, str, str, TimeType], start: str, end: str, precision: str) -> None:
    found = value(*said)
    assert found is not None
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (start, end, precision)


def test_a_duration_without_a_bound_has_no_days() -> None:
    assert value("دام الاجتماع يومين", "يومين", "P2D", "DURATION") is None


def test_how_long_a_thing_takes_is_no_deadline() -> None:
    found = value("لن يستغرق الانسحاب أكثر من عشرة أيام", "عشرة أيام", "P10D", "DURATION")
    assert found is not None and found.lasting and not found.deadline


def test_an_article_without_a_date_has_no_day() -> None:
    assert day_of(article("نص", "صحيفة", None)) is None


@given(st.text(max_size=20), st.sampled_from(["DATE", "TIME", "DURATION", "SET"]))
def test_any_value_gives_days_in_order_or_none(given_value: str, kind: TimeType) -> None:
    found = value("في غضون يومين", "يومين", given_value, kind)
    assert found is None or found.start <= found.end


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_gap_is_symmetric(a: dt.date, b: dt.date) -> None:
    one, other = When(a, a, "day"), When(b, b, "day")
    assert one.gap(other) == other.gap(one) == abs((a - b).days)
    assert one.apart(other) == (a != b)


def test_a_date_in_a_name_is_no_day() -> None:
    assert value("تعويض مصابي ثورة 25 يناير", "25 يناير", "2023-01-25") is None
    assert value("أصيبوا في 25 يناير", "25 يناير", "2023-01-25") is not None
