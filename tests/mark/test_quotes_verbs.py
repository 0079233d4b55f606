"""The written forms of the verbs of speech."""

from __future__ import annotations

import pytest

from riwaya.arabic.lexicon import speech
from riwaya.arabic.normalize import fold
from riwaya.mark.quotes.verbs import forms, order_forms, parse_verb


@pytest.mark.parametrize(
    ("written", "lemma", "tense", "person"),
    [
        ("أعلنت", "أعلن", "past", "f"),
        ("وأعلنوا", "أعلن", "past", "mp"),
        ("أشادا", "أشاد", "past", "md"),
        ("دعت", "دعا", "past", "f"),
        ("دعوا", "دعا", "past", "mp"),
        ("نفت", "نفى", "past", "f"),
        ("تدعو", "دعا", "present", "f"),
        ("يدعون", "دعا", "present", "mp"),
        ("ينفون", "نفى", "present", "mp"),
        ("داعية", "دعا", "participle", "f"),
        ("داعين", "دعا", "participle", "mp"),
        ("مؤكّدين", "أكد", "participle", "mp"),
        ("نشرته", "نشر", "past", "f"),
    ],
)
def test_form(written: str, lemma: str, tense: str, person: str) -> None:
    readings = forms()[fold(written)]
    assert (fold(lemma), tense, person) in {(fold(form.verb.lemma), form.tense, form.person) for form in readings}


def test_prefix_is_counted() -> None:
    assert {form.prefix for form in forms()[fold("فقال")]} == {1}
    assert {form.prefix for form in forms()[fold("قال")]} == {0}


def test_forms_that_are_other_words_are_left_out() -> None:
    assert "عدا" not in forms()  # "except", not the dual of عدّ
    assert "تبين" not in forms()  # "it turned out"


def test_every_line_of_the_lexicon_reads() -> None:
    known = {"that", "ila", "an", "ala", "min", "bi", "li", "bare", "any", "told", "to", "weak", "silent"}
    known |= {"late", "term", "claim", "clause", "blame", "told_by", "near", "named", "agent"}
    for lemma, line in speech.VERBS.items():
        verb, *_ = parse_verb(lemma, line)
        assert verb.takes <= known, lemma


def test_orders_have_forms() -> None:
    assert fold("وأصدرت") in order_forms()
