"""The record of a correction: what may be in it, as JSON and back, and as a table."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.errors import InputError, UsageError
from riwaya.model import Correction, Span
from riwaya.serial.corrections import (
    COLUMNS,
    correction_dict,
    correction_from,
    correction_rows,
    corrections_csv,
    in_order,
    make_correction,
)

A, B, C = Span("a-1", 0, 4), Span("a-2", 3, 9), Span("a-1", 10, 12)
EMPTY = Span("a-1", 0, 0)
NOON = "2031-03-02T12:00:00Z"

GOOD: list[tuple[str, list[Span], str | None]] = [
    ("merge", [A, B], None),
    ("merge", [A, B, C], None),
    ("split", [A, B], None),
    ("not-copy", [A, B], None),
    ("speaker", [A], "سالم الشريف"),
    ("speaker", [A, C], "سالم الشريف"),
    ("date", [EMPTY], "2031-03-02"),
    ("date", [EMPTY], "2031-03-02T08:30+03:00"),
    ("not-story", [EMPTY, B], None),
    ("same-story", [EMPTY, B], None),
    ("counts", [A], "killed"),
    ("counts", [A], "killed:عمال"),
]


def made(action: str, spans: list[Span], value: str | None = None, **more: Any) -> Correction:
    return make_correction(action, spans, value, **{"author": "هدى", "made": NOON, **more})


@pytest.mark.parametrize(("action", "spans", "value"), GOOD)
def test_it_comes_back_from_json_as_it_was(action: str, spans: list[Span], value: str | None) -> None:
    one = made(action, spans, value, reason="الاسمان لشخص واحد", undone="2031-03-03T00:00:00Z", undone_by="سامر")
    assert correction_from(correction_dict(one)) == one
    assert one.id.startswith("c-")


BAD: list[tuple[str, list[Span], str | None, str]] = [
    ("join", [A, B], None, "no correction is called 'join'; there are merge, split"),
    ("merge", [A], None, "merge cites 2 or more span(s), not 1"),
    ("not-copy", [A, B, C], None, "not-copy cites 2 span(s), not 3"),
    ("speaker", [], "سالم", "speaker cites 1 or 2 span(s), not 0"),
    ("merge", [A, EMPTY], None, "the span a-1:0:0 is empty"),
    ("merge", [A, Span("a-1", 9, 3)], None, "a-1:9:3 is no span"),
    ("merge", [A, Span("", 1, 3)], None, "?:1:3 is no span"),
    ("not-copy", [A, C], None, "not-copy speaks of two articles"),
    ("not-story", [A, C], None, "not-story speaks of two articles"),
    ("same-story", [A, B, C], None, "same-story cites each article once"),
    ("speaker", [A, B], "سالم", "stand in the article of what is said"),
    ("merge", [A, B], "سالم", "merge takes no value"),
    ("date", [A], None, "date needs a value: YYYY-MM-DD"),
    ("date", [A], "2031-02-30", "'2031-02-30' is no date"),
    ("date", [A], "02/03/2031", "'02/03/2031' is no date"),
    ("date", [A], "2031-W09-1", "'2031-W09-1' is no date"),
    ("counts", [A], "slain", "no figure counts 'slain'"),
    ("speaker", [A], "  ", "speaker needs a value: the speaker's name"),
]


@pytest.mark.parametrize(("action", "spans", "value", "line"), BAD)
def test_what_is_wrong_is_said_in_one_line(action: str, spans: list[Span], value: str | None, line: str) -> None:
    with pytest.raises(UsageError) as error:
        made(action, spans, value)
    assert line in str(error.value)
    assert "\n" not in str(error.value)


def test_an_author_and_a_time_are_needed() -> None:
    with pytest.raises(UsageError, match="author"):
        made("merge", [A, B], author=" ")
    with pytest.raises(UsageError, match="made: 'yesterday' is no time"):
        made("merge", [A, B], made="yesterday")


GOOD_DICT = {"action": "merge", "author": "هدى", "made": NOON, "spans": [{"article_id": "a-1", "start": 0, "end": 4}] * 2}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"action": None}, "has no action"),
        ({"spans": None}, "has no spans"),
        ({"spans": "a-1:0:4"}, "spans is a list"),
        ({"spans": [{"article_id": "a-1", "start": 0}]}, "a span is an object with article_id, start and end"),
        ({"spans": [{"article_id": "a-1", "start": "0", "end": 4}]}, "whole numbers"),
        ({"spans": [{"article_id": "a-1", "start": True, "end": 4}]}, "whole numbers"),
        ({"author": 7}, "author is text"),
        ({"colour": "red"}, "has no field 'colour'"),
        ({"made": "now"}, "is no time"),
        ({"id": "c-0000000000000000"}, "was changed by hand"),
        ({"action": "join"}, "no correction is called 'join'"),
    ],
)
def test_strange_json_is_refused(change: dict[str, Any], line: str) -> None:
    with pytest.raises(InputError) as error:
        correction_from({**GOOD_DICT, **change}, "table.json: line 3")
    assert line in str(error.value)
    assert str(error.value).startswith("table.json: line 3: ")


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(InputError, match="an object, not list"):
        correction_from([GOOD_DICT])


def test_the_id_follows_from_what_it_says_and_not_from_why() -> None:
    one = made("merge", [A, B])
    assert made("merge", [A, B], reason="لأن", undone=NOON).id == one.id
    others = [
        made("split", [A, B]), made("merge", [B, A]), made("merge", [A, C]), made("merge", [A, B], author="سامر"),
        made("merge", [A, B], made="2031-03-02T12:00:01Z"),
    ]  # fmt: skip
    assert len({one.id, *(o.id for o in others)}) == len(others) + 1


def test_instants_are_kept_in_utc() -> None:
    given = ["2031-03-02T15:00:00+03:00", "2031-03-02T12:00", datetime(2031, 3, 2, 12, tzinfo=UTC)]
    given.append(datetime(2031, 3, 2, 7, tzinfo=timezone(timedelta(hours=-5))))
    assert {made("merge", [A, B], made=one).made for one in given} == {NOON}


@given(st.lists(st.datetimes(datetime(2030, 1, 1), datetime(2030, 1, 1, 0, 0, 3)), max_size=6, unique=True), st.randoms())
def test_they_stand_in_the_order_of_their_instants(moments: list[datetime], chance: Any) -> None:
    expected = [made("merge", [A, B], made=m) for m in sorted(moments)]
    shuffled = chance.sample(expected, len(expected))
    assert in_order([*shuffled, *shuffled]) == expected


def test_the_table_holds_the_words_of_each_span() -> None:
    texts = {"a-1": 'قال "سالم"، ثم\nمضى'}
    late = made("merge", [A, B], reason='خطأ، في "الاسم"')
    early = made("counts", [C], "killed:عمال", made="2031-01-01T00:00:00Z")
    rows = correction_rows([late, early], texts.get)
    assert [(r["action"], r["span"], r["text"]) for r in rows] == [
        ("counts", 0, texts["a-1"][10:12]), ("merge", 0, texts["a-1"][:4]), ("merge", 1, ""),
    ]  # fmt: skip
    read = list(csv.DictReader(io.StringIO(corrections_csv([late, early], texts.get), newline="")))
    assert [{k: str(v) for k, v in row.items()} for row in rows] == read
    assert tuple(read[0]) == COLUMNS
