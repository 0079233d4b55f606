"""Month names and the Hijri calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.calendars import MONTHS, gregorian, hijri_month, hijri_to_gregorian, hijri_year_of, parse_iso
from riwaya.arabic.normalize import fold


def test_every_region_names_the_same_twelve_months() -> None:
    egypt = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
    levant = [
        *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول"),
        *("تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ]
    tunisia = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
    morocco = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]
    for names in (egypt, levant, tunisia, morocco):
        assert [MONTHS[fold(n)].number for n in names] == list(range(1, 13))


def test_hijri_dates_by_umm_al_qura() -> None:
    assert hijri_to_gregorian(1444, 9, 12) == date(2023, 4, 3)
    assert hijri_to_gregorian(1436, 10, 13) == date(2015, 7, 29)
    assert hijri_month(1436, 9) == (date(2015, 6, 18), date(2015, 7, 16))


def test_outside_the_tables_there_is_no_date() -> None:
    assert hijri_to_gregorian(1200, 1, 1) is None
    assert hijri_to_gregorian(1600, 1, 1) is None
    assert hijri_to_gregorian(1444, 13, 1) is None
    assert hijri_month(1600, 1) is None
    assert hijri_year_of(date(1800, 1, 1)) is None
    assert hijri_month(1500, 12) is not None


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2070, 1, 1)))
def test_the_hijri_year_of_a_day_holds_it(day: date) -> None:
    year = hijri_year_of(day)
    assert year is not None
    first, last = hijri_month(year, 1), hijri_month(year, 12)
    assert first is not None and last is not None
    assert first[0] <= day <= last[1] + timedelta(days=0)


def test_gregorian_and_iso_refuse_what_is_no_day() -> None:
    assert gregorian(2022, 2, 30) is None
    assert parse_iso("2022-02-30") is None
    assert parse_iso("soon") is None
    assert parse_iso(None) is None
    assert parse_iso("2022-01-12T23:30+03:00") == date(2022, 1, 12)
