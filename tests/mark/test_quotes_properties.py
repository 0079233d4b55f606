"""What must hold of quotes in any text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.arabic.words import words
from riwaya.mark.document import prepare
from riwaya.mark.quotes import find_quotes
from riwaya.mark.quotes.marks import pairs
from riwaya.model import Article, Name, Span

PIECES = st.sampled_from([
    "قال", "وقال", "أعلن", "دعا", "إلى", "أن", "إن", "بأن", "عن", "الوزير", "وزارة الدفاع", "سامي", "ونقلت وكالة", "قولها",
    "في بيان", "بحسب", "وفقا لـ", "جاء في", "جاء ذلك في", "ما وصفه بـ", "مضيفا", "الذي", "أصدر تعليماته", "بصياغة", "إعلانه",
    "مناشدة", "انسحاب", "يُذكر أن", "فيما", "د.", "12", "،", ".", ":", "«", "»", "“", "”", '"', "''", "'", "(", ")",
    "\n", " ", "ل", "ب", "ـ", "\u200f", "َ", "😀", "",
])  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.data())
def test_spans_resolve_whatever_the_text(text: str, data: st.DataObject) -> None:
    names = []
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        names = [Name(Span("a", start, end), text[start:end], "person")]
    doc = prepare(Article("a", "a.txt", text))
    quotes = find_quotes(doc, names)
    assert quotes == find_quotes(doc, names)
    for quote in quotes:
        spans = [quote.content, quote.cue, quote.speaker.span if quote.speaker else None, *(link.span for link in quote.isnad)]
        for span in spans:
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert quote.isnad[0].role == "outlet"
        assert quote.isnad[-1].role == "speaker"
        if quote.speaker and quote.speaker.span:
            assert quote.speaker.text == text[quote.speaker.span.start : quote.speaker.span.end]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_quoted_stretches_lie_between_their_marks(text: str) -> None:
    tokens = words(text)
    for pair in pairs(tokens):
        assert 0 <= pair.opening < pair.first < pair.last <= pair.closing <= len(tokens)
        assert not any(tokens.newline[t] for t in range(pair.first, pair.last))
