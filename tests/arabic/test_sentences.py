"""Where sentences end: full stops, abbreviations, words whose vowels are written."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال د. علي ذلك. ثم غادر!", ["قال د. علي ذلك.", "ثم غادر!"]),
        ("غادر أيضًا. ثم عاد.", ["غادر أيضًا.", "ثم عاد."]),  # the ا after tanwin is no abbreviation
        ("وصل ماديًا ومعنويًا.\nوكان", ["وصل ماديًا ومعنويًا.", "وكان"]),
        ("نقلت أ.ف.ب. الخبر.", ["نقلت أ.ف.ب. الخبر."]),
        ("بلغ 3.5 درجة. انتهى", ["بلغ 3.5 درجة.", "انتهى"]),
        ("«لن نعود.» قال. لا؟", ["«لن نعود.»", "قال.", "لا؟"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@given(st.text(alphabet="ابجد ًٌ.!؟\n»\"", max_size=60))
def test_sentences_lie_in_order_and_lose_no_letter(text: str) -> None:
    found = sentences(text)
    assert all(a < b for a, b in found)
    assert all(x[1] <= y[0] for x, y in pairwise(found))
    inside = {i for a, b in found for i in range(a, b)}
    assert all(i in inside for i, ch in enumerate(text) if ch.isalpha())
