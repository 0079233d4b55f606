"""An article prepared for marking: its words, sentences and what is to be passed over, made once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from riwaya.arabic.sentences import sentences
from riwaya.arabic.words import Words, words
from riwaya.model import Article, Span


@dataclass(frozen=True, slots=True)
class Document:
    """What every marker reads. Offsets are code points into `article.text`.

    `sentences` are (start, end) pairs in order; `hidden` the furniture, sorted, in which nothing is marked.
    """

    article: Article
    words: Words
    sentences: tuple[tuple[int, int], ...]
    hidden: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """A span of this article."""
        return Span(self.article.id, start, end)

    def sentence_at(self, offset: int) -> int:
        """The index of the sentence that holds this offset (of the one before, between two)."""
        return max(0, bisect_right(self.sentences, (offset, len(self.article.text) + 1)) - 1)

    def is_hidden(self, start: int, end: int) -> bool:
        """Whether any of text[start:end] is furniture."""
        at = bisect_right(self.hidden, (start, len(self.article.text) + 1))
        return (at > 0 and self.hidden[at - 1][1] > start) or (at < len(self.hidden) and self.hidden[at][0] < end)


def prepare(article: Article) -> Document:
    """Cut an article into words and sentences. Background (`Furniture.kind`) is part of the report and stays visible."""
    hidden = tuple(sorted((f.start, f.end) for f in article.furniture if f.kind != "background"))
    return Document(article, words(article.text), tuple(sentences(article.text)), hidden)
