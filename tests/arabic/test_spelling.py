"""Spellings of names: consonants, nearness, and what keeps Arabic names apart."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.normalize import fold
from riwaya.arabic.spelling import latin_skeletons, nearness, same_word, skeleton, sounds
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


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        (("روبير", "روبيرت"), ("روبير", "روبيرس")),  # a French t is silent, an s is not
        (("ماتيتش", "ماتيك"), ("ماتيتش", "ماتيل")),  # Slavic ć
        (("شميتز", "شميتس"), ("شميتز", "شميتر")),
        (("بوسمان", "بوصمان"), ("بوسمان", "بوكمان")),
        (("جورجيو", "جيورجيو"), ("جورجيو", "جورجيا")),  # the last vowel tells a man from a woman or a country
        (("ستيوارت", "ستيورات"), ("ستيوارت", "ستيوانت")),  # two letters swapped by a slip
        (("داوود", "داود"), ("داوود", "داوند")),
        (("عمروف", "امروف"), ("عمروف", "بمروف")),
        (("يوهان", "جوهان"), ("يوهان", "روهان")),
        (("كاسيو", "كايسو"), ("كاسيو", "كاريو")),
    ],
)
def test_what_is_heard_alike_is_nearer(nearer: tuple[str, str], farther: tuple[str, str]) -> None:
    assert nearness(*nearer) > nearness(*farther)


def test_a_cluster_at_the_beginning_is_no_ending() -> None:
    """A cluster is compared where it stands; nothing wraps around to the end of the word."""
    assert nearness("ش", "تش") > 0.9
    assert nearness("شت", "ت") < 0.5


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [("هاني", "هانئ", True), ("داود", "داوود", True), ("ناصر", "ناصري", False), ("جميل", "جميلة", False), ("كرم", "كريم", False)],
)
def test_arabic_names_differ_by_every_letter_but_hamza_and_doubling(a: str, b: str, same: bool) -> None:
    assert same_word(fold(a), fold(b), RELATE.entity_nearness) == same


@given(WORDS)
def test_sounds_are_coarser_than_the_skeleton(word: str) -> None:
    assert len(sounds(word)) <= len(skeleton(word))
    assert not set(sounds(word)) & set("شزفه")


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
