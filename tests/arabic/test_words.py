from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.normalize import fold
from riwaya.arabic.words import PUNCTUATION, iter_norms, words
from riwaya.read.page.lines import lines

TEXT = st.text(alphabet="ابة_1٢.,،\n\r\u0651\u0640\u200f x½\u2028\t\x1c\ufdfa", max_size=40)


@given(TEXT)
def test_tokens_lie_in_order_and_leave_only_space_and_marks_between(text: str) -> None:
    held = words(text)
    at = 0
    for start, end, norm, newline in zip(held.start, held.end, held.norm, held.newline, strict=True):
        gap = text[at:start]
        assert at <= start < end
        assert not any(c.isalnum() for c in gap if c != "\u0640")
        assert norm == fold(text[start:end])
        assert newline == (at == 0 or "\n" in gap or "\r" in gap)
        at = end


@given(TEXT)
def test_norms_alone_are_those_of_the_words(text: str) -> None:
    held = words(text)
    assert list(iter_norms(text)) == [n for n, kind in zip(held.norm, held.kind, strict=True) if kind != PUNCTUATION]


@given(TEXT, st.integers(0, 8))
def test_a_line_has_the_words_of_its_own_text(text: str, start: int) -> None:
    for line in lines(text, min(start, len(text))):
        assert text[line.start : line.end] == line.text
        assert list(line.norms) == list(iter_norms(line.text))
