"""Pairing quotation marks."""

from __future__ import annotations

import pytest

from riwaya.arabic.words import words
from riwaya.mark.quotes.marks import pairs


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("قال «نعم» ثم «لا»", ["نعم", "لا"]),
        ("قال “نعم” و”لا”", ["نعم", "لا"]),
        ("قال ”نعم“ وذهب", ["نعم"]),
        ('قال "نعم". ثم "لا".', ["نعم", "لا"]),
        ("قال ''نعم'' وذهب", ["نعم"]),
        ("قال '' نعم '' وذهب", ["نعم"]),
        ("قال «إن “نعم” كافية»", ["إن “نعم” كافية", "نعم"]),
        ("لـ«الوطن» وبـ\"الغد\"", ["الوطن", "الغد"]),
        ("قال “نعم\nثم ذهب", ["نعم"]),
        ("شركة O'Neil هنا", []),
        ("كلمة» بلا بداية", []),
    ],
)
def test_pairs(text: str, inside: list[str]) -> None:
    tokens = words(text)
    assert [tokens.surface(pair.first, pair.last) for pair in pairs(tokens)] == inside


def test_a_mark_of_the_same_kind_ends_what_was_never_closed() -> None:
    tokens = words("أن “الشرطة دخلت، وأن “القوات باقية”")
    first, second = pairs(tokens)
    assert (first.closed, second.closed) == (False, True)
    assert tokens.surface(second.first, second.last) == "القوات باقية"
