"""The exact aligner, and the counting of characters against it."""

from __future__ import annotations

from pathlib import Path

import plain_aligner as plain
import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.evaluate import oracle
from riwaya.evaluate.passages import _Count, characters, draw
from riwaya.model import Article

WORDS = st.lists(st.integers(0, 5), max_size=12)


@given(WORDS, WORDS)
def test_rows_at_once_give_what_cells_one_by_one_give(a: list[int], b: list[int]) -> None:
    top, pairs = oracle.best(a, b)
    assert top == plain.best([str(x) for x in a], [str(y) for y in b])[0]
    assert all(a[x] == b[y] for x, y in pairs)
    assert pairs == sorted(pairs)


def _article(name: str, text: str) -> Article:
    return Article(name, name, text)


def test_characters_are_counted_by_the_length_of_their_passage() -> None:
    a, b = _article("a", "م" * 1000), _article("b", "م" * 1000)
    count = _Count()
    count.add(a, b, [((0, 200), (0, 200)), ((500, 900), (500, 900))], [((0, 100), (0, 100)), ((600, 900), (600, 900))])
    assert count.wanted[300] == 400
    assert count.found[300] == 200
    assert count.wanted[600] == 800
    assert count.found[600] == 600
    assert count.said[150] == count.true[150] == 200
    assert not count.misses
    count.add(a, b, [((0, 200), (0, 200))], [])
    assert [m.expected for m in count.misses] == ["a copy"]
    assert len(characters([((0, 5), (1, 3))])) == 7


def test_pairs_are_drawn_by_their_sentences_openings() -> None:
    tail = " ".join(f"كلمة{i}" for i in range(60))
    same = [_article(f"a{i}", f"أعلن الناطق باسم البلدية أن {i} {tail}") for i in range(3)]
    other = [_article("b", f"قال رئيس النادي إن الموسم {tail}")]
    drawn = draw([*same, *other], 10, 1)
    assert {(x.id, y.id) for x, y in drawn} == {("a0", "a1"), ("a0", "a2"), ("a1", "a2")}
    assert len(draw(same, 2, 1)) == 2
    assert draw(same, 2, 1) == draw(same[::-1], 2, 1)


@pytest.mark.shared
def test_the_sample_can_be_drawn(shared: Path) -> None:
    from riwaya.evaluate.passages import FILES

    assert all((shared / "data" / folder / name).is_file() for folder, names in FILES.items() for name in names)
