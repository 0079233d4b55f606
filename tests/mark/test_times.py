"""Times: the hand-made cases, invariants on generated text, resolving later, growth."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.arabic.lexicon import months as month_lists
from riwaya.arabic.lexicon import times as time_lists
from riwaya.mark.document import prepare
from riwaya.mark.times import find_times, resolve, resolve_times
from riwaya.model import Article, Furniture, Published, Time, TimeExpression

CASES = Path(__file__).parents[1] / "cases/times.tsv"


def times_of(text: str, published: str | None = None, **more: object) -> list[Time]:
    known = Published(published, "stated") if published else Published()
    return find_times(prepare(Article("a", "a.txt", text, published=known, **more)))  # type: ignore[arg-type]


def cases() -> list[tuple[str, str, str, str, str]]:
    rows = []
    for line in CASES.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            text, published, words, kind, value = ([*line.split("\t"), "", ""])[:5]
            rows.append((text, published, words, kind, value))
    return rows


@pytest.mark.parametrize(("text", "published", "words", "kind", "value"), cases())
def test_case(text: str, published: str, words: str, kind: str, value: str) -> None:
    found = times_of(text, published or None)
    if words == "-":
        assert [t.text for t in found] == []
        return
    assert (words, kind, value or None) in [(t.text, t.type, t.value) for t in found]


def test_spans_resolve_with_marks_and_controls_in_the_text() -> None:
    text = "قالَ الوَزيرُ اليَوْمَ الأَرْبِعَاءَ\u200f إنّ العمل انتهى قبل ثـلاثة أيّام"
    found = times_of(text, "2022-01-12")
    assert [t.value for t in found] == ["2022-01-12", "2022-01-09"]
    assert all(text[t.span.start : t.span.end] == t.text for t in found)


def test_furniture_is_passed_over() -> None:
    text = "أعلن الوزير ذلك أمس\n12 يناير 2020"
    assert [t.text for t in times_of(text, "2022-01-12", furniture=(Furniture(20, 33, "share"),))] == ["أمس"]


def test_values_follow_when_the_date_becomes_known() -> None:
    found = times_of("أعلن الوزير أمس أن العمل انتهى في ثلاثة أسابيع")
    assert [t.value for t in found] == [None, "P3W"]
    assert [t.value for t in resolve_times(found, "2022-01-12T23:30+03:00")] == ["2022-01-11", "P3W"]
    assert resolve_times(found, None) == found


def test_an_hour_belongs_to_the_day_named_before_it() -> None:
    found = times_of("يزور الوفد المدينة غدا، ويلقي كلمة في الساعة السابعة مساء", "2022-01-12")
    assert [t.value for t in found] == ["2022-01-13", "2022-01-13T19:00"]


def test_hijri_calendar_is_named() -> None:
    assert [t.calendar for t in times_of("في 12 رمضان 1444هـ وفي 3 أبريل 2023")] == ["hijri", "gregorian"]


def test_last_and_next_month_across_the_turn_of_the_year() -> None:
    assert resolve(TimeExpression("deictic", unit="M", shift=-1), "2022-01-31") == "2021-12"
    assert resolve(TimeExpression("deictic", unit="M", shift=1), "2021-12-31") == "2022-01"
    assert resolve(TimeExpression("deictic", unit="W", shift=-1), "2021-01-05") == "2020-W53"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_the_calendar_give_null_not_a_crash(day: str) -> None:
    text = "غدا وأمس والأسبوع المقبل والشهر الماضي والعام الماضي والعام المقبل وقبل 99999999 سنة ويوم 5 رمضان والخميس المقبل"
    for found in times_of(text, day):
        assert found.value is None or isinstance(found.value, str)


# --------------------------------------------------------------------------------------------------------- generated input

WORDS = sorted(
    {
        *time_lists.UNITS, *time_lists.SHIFTS, *time_lists.WEEKDAYS, *time_lists.DEICTICS, *time_lists.PARTS, *time_lists.EDGES,
        *time_lists.HALVES, *time_lists.SEASONS, *time_lists.DECADES, *time_lists.HOLIDAYS, *month_lists.GREGORIAN,
        *month_lists.HIJRI, "الساعة", "من", "إلى", "بين", "و", "قبل", "منذ", "بعد", "كل", "هذا", "الخامس", "الثانية", "ثلاثة",
        "عشر", "12", "٢٠٢٢", "2022", "1444", "هـ", "/", "-", ":", "(", ")", "«", "»", "،", ".", "\n", "خلال", "العام", "للعام",
        "وال", "الـ",
    }
)  # fmt: skip
DAYS = st.dates().map(lambda d: d.isoformat())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from(["", " "]), st.none() | DAYS)
def test_any_row_of_time_words_is_read_without_a_crash(row: list[str], glue: str, day: str | None) -> None:
    text = (" " + glue).join(row)
    found = times_of(text, day)
    assert all(text[t.span.start : t.span.end] == t.text != "" for t in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert times_of(text, day) == found
    assert resolve_times([replace(t, value=None) for t in found], day) == found


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    assert all(text[t.span.start : t.span.end] == t.text for t in times_of(text, "2022-01-12"))


@pytest.mark.parametrize(
    "unit",
    ["12/", "12:", "من 1 إلى ", "بين 3 و ", "يوم ", "الساعة السابعة من صباح يوم ", "اليوم \"", "كانون الثاني/",
     "الخامس من ", "منذ نحو ", "1-", "و",
     "الأسبوع الأول من ", "نهاية ", "الأسبوع الأول من نهاية "],
)  # fmt: skip
def test_the_time_taken_grows_with_the_text_not_with_its_square(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        best = float("inf")
        for _ in range(3):
            begin = time.process_time()
            times_of(text, "2022-01-12")
            best = min(best, time.process_time() - begin)
        return best

    assert seconds(4000) < 8 * seconds(1000) + 0.05  # four times the text: under eight times the time
