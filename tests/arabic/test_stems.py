"""Light stems, roots and how rare words are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.normalize import fold
from riwaya.arabic.stems import light, rarest, rarity, root, stem

CASES = [
    line.split("\t")
    for line in (Path(__file__).parent.parent / "cases/stems.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("word", "expected", "why"), CASES)
def test_stem(word: str, expected: str, why: str) -> None:
    assert stem(fold(word)) == expected, why


@pytest.mark.parametrize(
    ("one", "other"), [("إرسال", "أرسلت"), ("مقتل", "قتل"), ("انسحاب", "تنسحب"), ("اعتقال", "اعتقلت")]
)
def test_derived_forms_share_a_root(one: str, other: str) -> None:
    assert root(stem(fold(one))) == root(stem(fold(other)))


@pytest.mark.parametrize(("one", "other"), [("قتل", "نقل"), ("وزير", "وزن"), ("حكم", "حلم")])
def test_other_roots_stay_apart(one: str, other: str) -> None:
    assert root(stem(fold(one))) != root(stem(fold(other)))


def test_common_words_weigh_less() -> None:
    assert rarity("قال") < rarity("اقتصاد") < rarity("كزبره") <= rarest()
    assert rarity("7") < rarity("2095") <= rarest()


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويء0123456789 ", max_size=12))
def test_any_word_has_a_stem(word: str) -> None:
    found = stem(word)
    assert len(found) <= len(word) + 1  # لل gives back the article's alef
    assert " " not in found
    assert stem(word) == found
    if word and not word[0].isdigit():
        assert root(found) or not found
    assert len(light(word)) >= min(3, len(word))
