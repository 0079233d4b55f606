from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.clitics import cuts, written
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.words import words

LETTERS = st.text(alphabet="وفبلكاقم", min_size=1, max_size=7)


@given(LETTERS)
def test_whatever_is_cut_from_a_word_leads_back_to_it(word: str) -> None:
    for cut in cuts(word):
        assert word in written(cut.rest)


@given(st.lists(LETTERS, max_size=8), st.lists(LETTERS, min_size=1, max_size=4, unique=True))
def test_phrases_are_found_as_by_asking_at_every_word(text: list[str], entries: list[str]) -> None:
    known = Phrases({entry: entry for entry in entries})
    held = words(" ".join(text))
    found, at = [], 0
    while at < len(held):
        first = next((c for c in cuts(held.norm[at]) if c.rest in entries), None)
        if first is not None:
            found.append((at, first.rest))
        at += 1
    assert [(m.first, m.value) for m in known.find(held)] == found
