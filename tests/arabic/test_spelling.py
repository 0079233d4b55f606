"""Spellings of names: consonants, nearness, and what keeps Arabic names apart."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.normalize import fold
from riwaya.arabic.spelling import latin_skeletons, nearness, same_word, skeleton
from riwaya.settings.relate import RELATE

CASES = Path(__file__).parents[1] / "cases/spelling.tsv"
WORDS = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآؤئ", max_size=12).map(fold)


def cases() -> list[list[str]]:
    return [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("verdict", "a", "b"), cases())
def test_cases(verdict: str, a: str, b: str) -> None:
    assert same_word(fold(a), fold(b), RELATE.entity_nearness) == (verdict == "same")
    if verdict == "same" and not a.startswith("ال"):
        assert skeleton(fold(a)) == skeleton(fold(b)), "one block"


@given(WORDS, WORDS)
def test_nearness_is_a_symmetric_share(a: str, b: str) -> None:
    assert 0.0 <= nearness(a, b) <= 1.0
    assert nearness(a, a) == 1.0
    assert nearness(a, b) == pytest.approx(nearness(b, a))


@given(WORDS)
def test_skeleton_passes_over_spaces_and_is_stable(word: str) -> None:
    assert skeleton(word[:2] + " " + word[2:]) == skeleton(word)
    assert not set(skeleton(word)) & set("اويعطصغجق")


def test_foreign_names_spelled_by_others(shared: Path) -> None:
    """Spellings of one foreign name against other names with the same first consonants; the list is for measuring only."""
    table = shared / "data/variants/spellings.tsv"
    if not table.exists():
        pytest.skip(f"{table} is absent")
    rows = [[fold(name) for name in line.split("\t")] for line in table.read_text("utf-8").splitlines()]
    same = [(row[1], other) for row in rows for other in row[2:] if other]
    blocks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        for name in row[1:]:
            blocks[skeleton(name)[:2]].append((row[0], name))
    apart = [
        (a, b) for block in blocks.values() for (latin, a), (other, b) in pairwise(block) if latin[:2] != other[:2] and a != b
    ]
    hits = sum(same_word(a, b, RELATE.entity_nearness) for a, b in same)
    wrong = sum(same_word(a, b, RELATE.entity_nearness) for a, b in apart)
    assert hits / len(same) > 0.75, "recall"
    assert wrong / len(apart) < 0.12, "false joins among names that sound alike"


def test_latin_names_are_heard() -> None:
    for latin, arabic in (("Zhanaozen", "جاناوزين"), ("Grozny", "غروزني"), ("Kherson", "خيرسون"), ("Pavlodar", "بافلودار")):
        assert skeleton(fold(arabic)) in latin_skeletons(latin)
    assert skeleton(fold("موسكو")) not in latin_skeletons("Minsk")
