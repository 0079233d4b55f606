"""Which lines of a page are not the report: menus, share bars, captions, related headlines, credits, newsletter boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from riwaya.arabic.lexicon import page as lexicon
from riwaya.arabic.words import iter_norms, words
from riwaya.model import Furniture
from riwaya.read.page.credits import credit_line
from riwaya.read.page.lines import Line
from riwaya.settings.page import PAGE

_PIECES = re.compile(r"[|/\\>»«<•·:،,–—_-]+")
_YEAR = re.compile(r"(?:19|20)\d\d|(?:١٩|٢٠)[٠-٩]{2}")
_HEADLINES = 3  # long lines, a headline and a second one at most, that may stand above the first paragraph
_MOST_LOOSE = 3  # lines below the report that are set aside only for being short; more of them are verse or a list
_GOES_ON = frozenset("،,؛.)»")
_SHORT = 3  # words: a line this short above the first paragraph is a menu entry or a reporter's name


@cache
def _begins() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, kind in lexicon.BEGINS.items():
        parts = tuple(phrase.split())
        table.setdefault(parts[0], []).append((parts, kind))
    for candidates in table.values():
        candidates.sort(key=lambda c: -len(c[0]))
    return table


@cache
def _lists() -> frozenset[str]:
    return frozenset(lexicon.OPENS_LIST)


def find_furniture(page: Sequence[Line]) -> list[Furniture]:
    """The furniture of a page, in text order, as whole lines or (a tail on the last line) parts of one.

    Args:
        page: the lines of the body.
    """
    kinds = [trigger(line) or _bar(line) for line in page]
    prose = [i for i, line in enumerate(page) if line.prose and kinds[i] is None]
    first = _first_paragraph(page, prose)
    _related_lists(page, kinds, first)
    prose = [i for i in prose if kinds[i] is None]
    last = prose[-1] if prose else -1
    for i, line in enumerate(page):
        if kinds[i] is None and not line.prose:
            kinds[i] = _edge_line(line, above=i < first, below=i > last)
    _head(page, kinds, first)
    _tail(page, kinds, last)
    found = [Furniture(line.start, line.end, kind) for line, kind in zip(page, kinds, strict=True) if kind]
    if page and kinds[-1] is None:
        found += _inline_tail(page[-1])
    return found


def _first_paragraph(page: Sequence[Line], prose: Sequence[int]) -> int:
    """The index of the first line of the report itself; a long headline above it does not end a sentence."""
    if not prose:
        return len(page)
    return next((i for i in prose[:_HEADLINES] if page[i].ends_sentence), prose[0])


def trigger(line: Line) -> str | None:
    """The kind of furniture that the line's first words announce."""
    if not line.norms:
        return None
    if line.norms[0] == "اعداد" and "للنشره" in line.norms and len(line.norms) <= PAGE.trigger_words:
        return "byline"  # (إعداد فلان للنشرة العربية - تحرير فلان)
    for parts, kind in _begins().get(line.norms[0], ()):
        if line.norms[: len(parts)] != parts:
            continue
        if len(parts) > 1:
            return kind if len(line.norms) <= PAGE.trigger_words else None
        alone = len(line.norms) == 1 or line.text[_first_word_end(line)] in ":|-–/،ـ"
        short = len(line.norms) <= PAGE.label_words and not line.ends_sentence
        return kind if short and alone else None
    return None


def _first_word_end(line: Line) -> int:
    tokens = words(line.text)
    at = tokens.end[tokens.norm.index(line.norms[0])]
    while at < len(line.text) - 1 and line.text[at].isspace():
        at += 1
    return min(at, len(line.text) - 1)


def _bar(line: Line) -> str | None:
    """A share bar: nothing but the names of networks and what one does with them. Or no word at all."""
    if not line.norms:
        return "navigation"
    if all(n.isdigit() for n in line.norms) and not line.ends_sentence:
        return "caption"
    return "share" if _made_of(line.norms, _share_words()) else None


@cache
def _share_words() -> frozenset[str]:
    return frozenset(lexicon.SHARE_WORDS)


@cache
def _sections() -> frozenset[str]:
    return frozenset(lexicon.SECTION_WORDS)


def _made_of(norms: Sequence[str], known: Iterable[str]) -> bool:
    """Whether the words are a row of known phrases of one or two words."""
    at = 0
    while at < len(norms):
        if " ".join(norms[at : at + 2]) in known:
            at += 2
        elif norms[at] in known or norms[at].removeprefix("و") in known:
            at += 1
        else:
            return False
    return True


def _related_lists(page: Sequence[Line], kinds: list[str | None], first: int) -> None:
    """What follows a heading such as "مواضيع ذات صلة" is its list, until the report visibly goes on.

    A heading of that kind with nothing else on its line owns at least the next line, in the middle of a report too.
    """
    i = 0
    while i < len(page):
        kind = kinds[i]
        opens = kind is not None and i >= first and len(page[i].norms) <= PAGE.label_words
        if not opens or kind not in ("related", "newsletter", "comments", "tags"):
            i += 1
            continue
        whole_list = " ".join(page[i].norms) in _lists()
        headline_follows = kind == "related" and len(page[i].norms) <= _SHORT
        i += 1
        owned = len(page) if whole_list else int(headline_follows)
        while owned and i < len(page) and not _report_goes_on(page[i]):
            kinds[i] = kinds[i] or kind
            owned -= 1
            i += 1


def _report_goes_on(line: Line) -> bool:
    return line.ends_sentence and len(line.norms) >= PAGE.long_prose_words


def _broken(page: Sequence[Line], i: int) -> bool:
    """Whether the line is a stretch of a sentence that a link has set on a line of its own: "،" opens it or what follows."""
    return page[i].text[0] in _GOES_ON or (i + 1 < len(page) and page[i + 1].text[0] in _GOES_ON)


def _edge_line(line: Line, *, above: bool, below: bool) -> str | None:
    """What only a line above the first paragraph or below the last one can be."""
    if not (above or below):
        return None
    if credit_line(line):
        return "credit"
    if above and _office(line):
        return "byline"
    if _made_of(line.norms, _sections()) or _pieces_are_sections(line):
        return "navigation"
    if _YEAR.search(line.text) and len(line.norms) <= PAGE.label_words and not line.ends_sentence:
        return "navigation"
    return None


def _office(line: Line) -> bool:
    """The outlet and its reporter's city above a report: "عين اليوم – مكة المكرمة / المدينة المنورة"."""
    if len(line.norms) > PAGE.label_words or line.ends_sentence:
        return False
    pieces = [list(iter_norms(p)) for p in _PIECES.split(line.text)]
    pieces = [p for p in pieces if p]
    named = len(pieces) > 1 and len(pieces[0]) > 1 and pieces[0][-1] in lexicon.OUTLET_TAILS
    return named and all(len(p) <= _SHORT for p in pieces)


def _pieces_are_sections(line: Line) -> bool:
    pieces = [p for p in _PIECES.split(line.text) if p.strip()]
    return len(pieces) > 1 and all(_made_of([n for n in words(p).norm if n.strip()], _sections()) for p in pieces)


def _head(page: Sequence[Line], kinds: list[str | None], first: int) -> None:
    """Above the first paragraph, a line of one to three words beside longer ones is a section's or a reporter's name."""
    if first >= len(page):
        return
    for i in range(first):
        if kinds[i] is None and len(page[i].norms) <= _SHORT and not page[i].ends_sentence:
            if _broken(page, i):
                continue
            before_title = any(len(page[j].norms) > _SHORT and kinds[j] is None for j in range(i + 1, first))
            kinds[i] = "navigation" if before_title else "byline"


def _tail(page: Sequence[Line], kinds: list[str | None], last: int) -> None:
    """Below the last paragraph, whatever follows a line of furniture is furniture; so is the outlet's bare name."""
    if last < 0:
        return
    seen = False
    loose = next((i for i in range(last + 1, len(page)) if kinds[i]), len(page)) - last - 1
    few = loose <= _MOST_LOOSE
    for i in range(last + 1, len(page)):
        if kinds[i] is not None:
            seen = True
        elif seen or (few and len(page[i].norms) <= _SHORT and not page[i].ends_sentence and not _broken(page, i)
                      and not _announces(page[i])):
            kinds[i] = _tail_kind(page, kinds, i)


def _announces(line: Line) -> bool:
    """Whether the line introduces words: "وقال في رسالته:"."""
    return len(line.norms) > 1 and line.text.rstrip().endswith(":")


def _tail_kind(page: Sequence[Line], kinds: Sequence[str | None], i: int) -> str:
    """A headline below related ones is related; anything else belongs to the site."""
    before = next((k for k in reversed(kinds[:i]) if k), None)
    return "related" if before == "related" and len(page[i].norms) > 1 else "navigation"


@cache
def _tails() -> list[tuple[list[str], str]]:
    return [(phrase.split(), kind) for phrase, kind in lexicon.INLINE_TAIL.items()]


def _inline_tail(line: Line) -> list[Furniture]:
    """A tail that begins after a sentence's end on the report's last line, where the page's line breaks were lost."""
    tokens = words(line.text)
    floor = max(0, len(tokens) - PAGE.inline_tail_words * 2 - 1)
    words_there = frozenset(tokens.norm[floor:])
    for parts, kind in _tails():
        if parts[0] not in words_there:
            continue
        for i in range(len(tokens) - len(parts), floor, -1):
            if tokens.norm[i : i + len(parts)] != parts:
                continue
            before = line.text[: tokens.start[i]].rstrip()
            if before[-1:] in ".!?؟…»”\")" and sum(k != "p" for k in tokens.kind[i:]) <= PAGE.inline_tail_words:
                return [Furniture(line.start + tokens.start[i], line.end, kind)]
    return []
