"""The grammar of numbers, form by form (`tests/cases/number_forms.tsv`), and every whole number as Arabic says it, read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.numerals import Numeral, find_numbers, find_ordinals, find_percents, find_ranges
from riwaya.arabic.words import Words, words

CASES = Path(__file__).parents[1] / "cases" / "number_forms.tsv"


def _numbers(text: Words) -> Iterator[Numeral]:
    return (n for n in find_numbers(text) if not n.ordinal and not n.vague)


READERS: dict[str, Callable[[Words], Iterator[Numeral]]] = {
    "number": _numbers,
    "ordinal": find_ordinals,
    "range": find_ranges,
    "percent": find_percents,
}


def _rows() -> list[tuple[str, str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(kind, text, values) for kind, text, values in rows]


def _ends(value: str) -> tuple[float | None, float | None]:
    low, dots, high = value.partition("..")
    return float(low) if low else None, float(high if dots else low) if high or not dots else None


@pytest.mark.parametrize(("kind", "text", "values"), _rows())
def test_form(kind: str, text: str, values: str) -> None:
    found = [(n.low, n.high) for n in READERS[kind](words(text))]
    wanted = [_ends(value) for value in values.split("|")] if values != "-" else []
    assert len(found) == len(wanted)
    for (low, high), (least, most) in zip(found, wanted, strict=True):
        assert low == (None if least is None else pytest.approx(least))
        assert high == (None if most is None else pytest.approx(most))


MALE = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
FEMALE = ["صفر", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
TENS = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
HUNDREDS = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
SCALES = [("مليار", "ملياران", "مليارات", 10**9), ("مليون", "مليونان", "ملايين", 10**6), ("ألف", "ألفان", "آلاف", 1000)]


def _below_hundred(n: int, units: list[str]) -> str:
    if n <= 10:
        return units[n]
    if n < 20:
        ten = "عشر" if units is MALE else "عشرة"
        first = {1: "أحد" if units is MALE else "إحدى", 2: "اثنا" if units is MALE else "اثنتا"}
        return f"{first.get(n - 10, units[n - 10])} {ten}"
    tens = TENS[n // 10 - 2]
    return f"{units[n % 10]} و{tens}" if n % 10 else tens


def _below_thousand(n: int, units: list[str]) -> str:
    parts = [HUNDREDS[n // 100 - 1]] if n >= 100 else []
    return " و".join([*parts, _below_hundred(n % 100, units)] if n % 100 else parts)


def said(n: int, units: list[str]) -> str:
    """A whole number in words, nominative: 2345 ألفان وثلاثمئة وخمسة وأربعون."""
    parts = []
    for one, two, many, scale in SCALES:
        count, n = divmod(n, scale)
        if count == 1:
            parts.append(one)
        elif count == 2:
            parts.append(two)
        elif count:
            parts.append(f"{_below_thousand(count, MALE)} {many if 3 <= count % 100 <= 10 else one}")
    if n:
        parts.append(_below_thousand(n, units))
    return " و".join(parts)


def _oblique(text: str) -> str:
    """In the genitive and accusative: ألفين، عشرين, اثني عشر."""
    endings = [("ألفان", "ألفين"), ("مليونان", "مليونين"), ("ملياران", "مليارين"), ("مئتان", "مئتين"), ("اثنان", "اثنين"),
               ("اثنتان", "اثنتين"), ("اثنا ", "اثني "), ("اثنتا ", "اثنتي ")]  # fmt: skip
    for nominative, oblique in [*endings, *((tens, tens[:-2] + "ين") for tens in TENS)]:
        text = text.replace(nominative, oblique)
    return text


WHOLE = st.one_of(st.integers(1, 2000), st.integers(1, 10**6), st.integers(1, 10**12 - 1))


@given(WHOLE, st.booleans(), st.booleans(), st.booleans())
def test_every_whole_number_as_it_is_said(n: int, female: bool, oblique: bool, apart: bool) -> None:
    text = said(n, FEMALE if female else MALE)
    text = _oblique(text) if oblique else text
    text = text.replace(" و", " و ") if apart else text
    if female and text in ("خمس", "سبع", "تسع", "عشر"):  # alone they are fractions too
        text += " سيارات"
    assert [found.low for found in find_numbers(words(text))] == [n], text
