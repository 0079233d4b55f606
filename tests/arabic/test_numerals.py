"""Numbers in words and digits, against the hand-edited table and with generated text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.cardinals import digits_value, tidy
from riwaya.arabic.lexicon import numerals as lexicon
from riwaya.arabic.numerals import Numeral, cardinal_at, numerals, ordinal_at
from riwaya.arabic.words import words

CASES = Path(__file__).parents[1] / "cases/numerals.tsv"


def rows() -> list[tuple[str, str]]:
    lines = CASES.read_text("utf-8").splitlines()
    parts = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(p[0], p[1] if len(p) > 1 else "") for p in parts]


def shown(text: str, n: Numeral) -> str:
    low, high = ("*" if v is None else f"{v}" for v in (n.low, n.high))
    marks = "~" * n.approximate + "%" * n.percent + "#" * n.ordinal
    return f"{text[n.start : n.end]}={low}..{high}{marks}"


@pytest.mark.parametrize(("text", "expected"), rows())
def test_table(text: str, expected: str) -> None:
    assert "; ".join(shown(text, n) for n in numerals(words(text))) == expected


def test_vocalised_and_presentation_forms_read_alike() -> None:
    for text in ("ثَلاثةَ عشَرَ", "ثـلاثة عشر", "ﺛﻼﺛﺔ ﻋﺸﺮ"):
        assert [(n.low, n.high) for n in numerals(words(text))] == [(13, 13)], text


def test_bare_number_leaves_modifiers_out() -> None:
    w = words("أكثر من مئة وعشرين في المئة")
    found = cardinal_at(w, 2)
    assert found is not None
    assert (found.low, found.high, found.first, found.last) == (120, 120, 2, 4)
    assert cardinal_at(w, 0) is None


def test_definite_and_digits_are_told() -> None:
    seven = next(numerals(words("القتلى السبعة")))
    assert seven.definite and not seven.digits
    twenty = next(numerals(words("قمة الـ20")))
    assert twenty.definite and twenty.digits


@pytest.mark.parametrize(("word", "value"), sorted(lexicon.ORDINALS.items()))
def test_every_ordinal(word: str, value: int) -> None:
    found = ordinal_at(words("ال" + word), 0)
    assert found is not None and found.ordinal and found.low == value


@pytest.mark.parametrize("section", ["ONES", "TENS", "HUNDREDS", "SCALES", "TEENS", "TEN"])
def test_every_number_word_reads_as_its_value(section: str) -> None:
    for word, value in getattr(lexicon, section).items():
        found = cardinal_at(words(word), 0)
        assert found is not None and found.low == value == found.high, word


@pytest.mark.parametrize(("word", "value"), sorted(lexicon.SCALES_TWO.items()))
def test_duals_of_scales_are_two(word: str, value: int) -> None:
    found = cardinal_at(words(word), 0)
    assert found is not None and found.low == 2 * value


@pytest.mark.parametrize(("phrase", "bound"), sorted(lexicon.BOUNDS_BEFORE.items()))
def test_every_bound_before(phrase: str, bound: str) -> None:
    found = list(numerals(words(f"{phrase} 50 رجلا")))
    assert len(found) == 1
    n = found[0]
    expected = {"more": (51, None), "at_least": (50, None), "less": (0, 49), "at_most": (0, 50), "about": (50, 50)}[bound]
    assert (n.low, n.high) == expected
    assert n.first == 0 and n.approximate == (bound == "about")


def test_digits_value_of_separators() -> None:
    assert digits_value("1,234,567") == 1234567
    assert digits_value("1,234.5") == 1234.5
    assert digits_value("0.125") == 0.125
    assert digits_value("1.234", before_scale=True) == 1.234
    assert digits_value("9" * 16) is None
    assert digits_value("1.2.3.4") is None
    assert tidy(2.3 * 10**6) == 2300000


def test_words_of_every_number_below_thousand() -> None:
    wrong = {value: spelled(value) for value in range(1, 1000) if [n.low for n in numerals(words(spelled(value)))] != [value]}
    assert not wrong


def spelled(value: int) -> str:
    """A number in words, as a grammar would write it: the oracle for the parser."""
    ones = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة"]
    tens = ["عشرة", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
    hundreds = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
    parts = [hundreds[value // 100 - 1]] if value >= 100 else []
    rest = value % 100
    if 11 <= rest <= 19:
        first = {1: "أحد", 2: "اثنا"}.get(rest - 10, ones[rest - 11])
        parts.append(f"{first} عشر")
    elif rest:
        if rest % 10:
            parts.append(ones[rest % 10 - 1])
        if rest >= 10:
            parts.append(tens[rest // 10 - 1])
    return " و".join(parts)


PIECES = st.sampled_from([*lexicon.ONES, *lexicon.TENS, *lexicon.SCALES, *lexicon.DOZENS, *lexicon.BOUNDS_BEFORE, "و",
                          "عشر", "إلى", "بين", "من", "الآلاف", "12", "3.5", "٪", "،", "-", "عدة", "بضع", "نصف", "\n",
                          "قتيلا"])  # fmt: skip


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_any_sequence_of_number_words_gives_ordered_spans(text: str) -> None:
    w = words(text)
    last = 0
    for n in numerals(w):
        assert last <= n.start < n.end <= len(text)
        assert n.first <= n.core_first < n.core_last <= n.last
        assert n.low is None or n.high is None or n.low <= n.high
        last = n.end


@given(st.text(alphabet="0123456789٠١٢٣٤.,٫٬،%٪ -/وبمائةألفن\n", max_size=80))
def test_any_text_is_survived(text: str) -> None:
    for n in numerals(words(text)):
        assert text[n.start : n.end].strip()


def test_growth_is_linear() -> None:
    """Calls of the number reader per token do not grow with the text: counted, not timed."""
    from riwaya.arabic import cardinals

    def calls(text: str) -> int:
        count = 0
        original = cardinals.Cardinals.entry

        def counted(self: cardinals.Cardinals, token: int) -> cardinals.NumberWord | None:
            nonlocal count
            count += 1
            return original(self, token)

        cardinals.Cardinals.entry = counted  # type: ignore[method-assign]
        try:
            list(numerals(words(text)))
        finally:
            cardinals.Cardinals.entry = original  # type: ignore[method-assign]
        return count

    for piece in ("ألف و", "مئة وخمسة وعشرون ألفا و", "1 ", "بين 1 و", "عدة ", "مليون "):
        small, large = calls(piece * 200), calls(piece * 2000)
        assert large <= 11 * max(small, 20), piece
