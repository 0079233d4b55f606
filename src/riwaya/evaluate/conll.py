"""Tagged text in CoNLL's form: one word a line with its tag, an empty line after each sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from riwaya.errors import InputError

KINDS = {
    **dict.fromkeys(("PER", "PERS", "PERSON"), "person"),
    **dict.fromkeys(("LOC", "GPE", "FAC", "LOCATION"), "place"),
    **dict.fromkeys(("ORG", "ORGANIZATION"), "organization"),
}
"""The classes of tagged text and what they are here; every other class (MISC, MIS, DATE ...) is passed over."""

Row = tuple[str, str]  # a word and its tag: "O", "B-person", "I-place" ...
Stretch = tuple[int, int, str]  # words [first:last) and the kind of name


def rows(path: Path) -> Iterator[list[Row]]:
    """The sentences of a file as (word, tag) pairs. Of nested tags the outermost of the three kinds is taken.

    Raises:
        InputError: the file is no text, or holds no tag at all.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "is not read as CoNLL: one word and its tag a line, in UTF-8") from error
    sentence: list[Row] = []
    tagged = False
    for line in lines:
        parts = line.split()
        if len(parts) <= 1 or parts[0] == "-DOCSTART-":  # a lone tag stands where the word was lost
            if sentence:
                yield sentence
            sentence = []
            continue
        tagged = True
        sentence.append((parts[0], _tag(parts[1:])))
    if sentence:
        yield sentence
    if not tagged:
        raise InputError(str(path), "holds no line with a word and its tag")


def classes(path: Path) -> set[str]:
    """The classes of a file's tags, as it writes them: PERS, LOC, MISC ..."""
    tags = {tag for line in path.read_text("utf-8-sig").splitlines() for tag in line.split()[1:]}
    return {tag[2:].upper() for tag in tags if tag[:2] in ("B-", "I-")}


def _tag(tags: Sequence[str]) -> str:
    for tag in tags:
        mark, _, kind = tag.partition("-")
        if mark in ("B", "I") and kind.upper() in KINDS:
            return f"{mark}-{KINDS[kind.upper()]}"
    return "O"


def stretches(tags: Sequence[str]) -> set[Stretch]:
    """The names that a sequence of tags spells. I- with no name before it begins one, as CoNLL's own scorer has it.

    >>> sorted(stretches(["B-person", "I-person", "O", "I-place"]))
    [(0, 2, 'person'), (3, 4, 'place')]
    """
    found: set[Stretch] = set()
    first, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            found.add((first, at, kind))
            kind = ""
        if tag != "O" and not kind:
            first, kind = at, tag[2:]
    return found


@dataclass(frozen=True, slots=True)
class Text:
    """Sentences as one running text, a line each, with the names that were tagged in it.

    Attributes:
        text: the words, a space between them, a line break after each sentence.
        words: the words as the file has them.
        begins: where each of them begins in `text`.
        names: the tagged names, over `words`.
    """

    text: str
    words: tuple[str, ...]
    begins: tuple[int, ...]
    names: frozenset[Stretch]

    def stretch(self, start: int, end: int, kind: str) -> Stretch:
        """The words that text[start:end] lies in: a name within a word (وموسكو) is that whole word's, as the tags have it."""
        return bisect_right(self.begins, start) - 1, bisect_right(self.begins, end - 1), kind


def running(sentences: Iterable[list[Row]]) -> Text:
    """Sentences joined into one text."""
    lines: list[str] = []
    words: list[str] = []
    begins: list[int] = []
    names: set[Stretch] = set()
    at = 0
    for sentence in sentences:
        names |= {(a + len(words), b + len(words), kind) for a, b, kind in stretches([tag for _, tag in sentence])}
        for word, _ in sentence:
            begins.append(at)
            at += len(word) + 1  # the space or line break after it
            words.append(word)
        lines.append(" ".join(word for word, _ in sentence))
    return Text("\n".join(lines), tuple(words), tuple(begins), frozenset(names))
