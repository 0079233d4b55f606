"""Numbers in the notations of sums: the bare reader on each, and what a report's reader leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.numerals import find_numbers, numerals
from riwaya.arabic.words import words

CASES = {
    "نصف دزينة من البيض": [6],
    "ثلاثمئة ودزينتين": [324],
    "خمس دزينات": [60],
    "عشرون وثلاثة أخماس": [20.6],
    "سالب خمسة": [-5],
    "-١٢": [-12],
    "٣/٤ الكأس": [0.75],
    "١/٤ ٢": [2.25],
    "2 1/4": [2.25],
    "واحد على عشرين": [0.05],
    "جزء من مئة": [0.01],
    "واحد من ثلاثة": [1 / 3],
    "ثلاثة فاصلة خمسة": [3.5],
    "عشرة فاصلة صفر خمسة": [10.05],
    "2^10 و1e3": [1024, 1000],
    "2^-1": [0.5],
    "يوم ٥/١٧/٢٠١٨": [5, 17, 2018],
    "أكثر من 100 وأقل من 200": [100, 200],
    "شارع ٢٩ك": [],
    ",٢٥": [0.25],
    "صفر": [0],
    "صفر فاصلة خمسة": [0.5],
    "دزينة ونصف": [18],
    "ثلاث وخمس": [3.2],
    "واحد وعشرون خمس": [4.2],
    "مئتين فاصلة ثلاثة من مئة": [200.03],
    "٤ آلاف ٣ مئة و٢١": [4321],
    "٢-^٥": [0.04],
    "الكتاب الثلاثون غير جيد": [30],
    "https://a.example/q?x=20%25 ثم 7": [7],
}


@pytest.mark.parametrize(("text", "values"), CASES.items())
def test_bare_numbers(text: str, values: list[float]) -> None:
    found = [n.low for n in find_numbers(words(text))]
    assert found == pytest.approx(values) and len(found) == len(values)


def test_reports_keep_scores_and_dates_apart() -> None:
    assert [(n.low, n.high) for n in numerals(words("قتل ثلاثة من 10 متهمين في 5/3"))] == [(3, 3), (10, 10), (5, 5), (3, 3)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("انخفض -0.5% أمس", -0.5, -0.5),
        ("أكبر من عشرة وأقل من خمسة عشر", 11, 14),
        ("أكثر من 50 أو يساوي", 50, None),
        ("أقل من أو يساوي 50", 0, 50),
        (">10", 11, None),
        ("<= -30", None, -30),
    ],
)
def test_bounds(text: str, low: float | None, high: float | None) -> None:
    found = next(iter(numerals(words(text))))
    assert (found.low, found.high) == (low, high)


@given(st.text(alphabet="٠١5-/^e%،. سالبعلىجزءمندزينةفاصلة", max_size=40))
def test_never_fails_and_spans_lie_in_the_text(text: str) -> None:
    for number in find_numbers(words(text)):
        assert 0 <= number.start < number.end <= len(text)


def test_chains_of_signs_end() -> None:
    assert [n.low for n in find_numbers(words("سالب " * 5000 + "خمسة"))] == [-5]
