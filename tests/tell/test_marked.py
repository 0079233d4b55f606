from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from riwaya.tell.html.marked import Wrap, paragraphs, wrapped


def bare(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


class Covered(HTMLParser):
    """Which classes lie over each character."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.over: list[frozenset[str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack.append(dict(attrs)["class"] or "")

    def handle_endtag(self, tag: str) -> None:
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.over += [frozenset(self.stack)] * len(data)


TEXT = "قال الوزير <سالم> & 13 شخصا قتلوا أمس"
stretches = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)


@given(st.lists(stretches, max_size=8), stretches)
def test_marks_cover_exactly_their_characters_whatever_overlaps(marks: list[list[int]], part: list[int]) -> None:
    start, end = part
    wraps = [Wrap(a, b, f"k{i}", f"id{i}") for i, (a, b) in enumerate(marks) if a < b]
    html = str(wrapped(TEXT, start, end, wraps))
    assert bare(html) == TEXT[start:end]
    covered = Covered(html)
    assert covered.stack == [], "what opens closes, also what goes on beyond the part"
    over = covered.over
    assert len(over) == end - start
    for at, classes in enumerate(over, start):
        assert classes == {w.classes for w in wraps if w.start <= at < w.end}
    ids = re.findall(r' id="(\w+)"', html)
    assert sorted(ids) == sorted(w.anchor for w in wraps if start <= w.start < end and w.anchor)


@given(st.text(alphabet="ab \n\r\u2028\t\u202e\u200f", max_size=40))
def test_paragraphs_hold_all_that_is_not_space(text: str) -> None:
    found = [text[a:b] for a, b in paragraphs(text)]
    assert "".join("".join(p.split()) for p in found) == "".join(text.split())
    assert all(p == p.strip() and p for p in found)
