"""How clauses are quoted to a reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.weigh.reading import Readings, conjunction
from riwaya.weigh.story import weigh_story
from riwaya.weigh.units import find_units

from .reports import article, related


def readings_of(text: str) -> list[str]:
    """The reading of every clause of one report."""
    story = related(article(text, "صحيفة النهر", "2023-05-09", titled=False))
    units = find_units(story)
    found = Readings(story, units)
    spans = [found.of(u).span for u in units]
    return [story.articles[0].text[s.start : s.end] for s in spans]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("واعلنت", True), ("وقال", True), ("ووصل", True), ("وزير", False), ("وصل", False), ("ولايه", False), ("وفد", False)],
)
def test_conjunction(word: str, expected: bool) -> None:
    assert conjunction(word) is expected


def test_a_count_reads_with_its_sentence() -> None:
    text = "اندلعت اشتباكات مسلحة واسعة في مدينة حلب أدت إلى مقتل عشرات الأشخاص وإصابة الآلاف."
    assert all(r.startswith("اندلعت اشتباكات") for r in readings_of(text) if "وإصابة الآلاف" in r)


def test_and_is_left_out_but_not_the_letter_of_a_word() -> None:
    assert readings_of("وأغلقت الشرطة الطريق الدولي أمام حركة الشاحنات.") == ["أغلقت الشرطة الطريق الدولي أمام حركة الشاحنات"]
    assert readings_of("وزير الدفاع سامر الحموي زار مدينة حلب صباح اليوم.")[0].startswith("وزير")


def test_what_an_unnamed_speaker_adds_stands_without_the_cue() -> None:
    text = "قال محافظ حلب سامر الحموي إن الحريق اندلع في المصنع. وأضاف أن فرق الإطفاء سيطرت على النيران بعد ثلاث ساعات."
    assert any(r.startswith("فرق الإطفاء سيطرت") for r in readings_of(text))
    assert not any(r.startswith("أضاف أن") for r in readings_of(text))


def test_no_clause_ends_with_a_word_that_begins_the_next() -> None:
    text = "أعلنت وزارة الصحة السورية مقتل 13 شخصا في حريق مصنع النسيج بمدينة حلب، في حين قال مصدر طبي إن القتلى عشرون شخصا."
    assert not any(r.endswith(("في حين", "،", "إلى", "أن")) for r in readings_of(text))


def test_a_dateline_is_left_out() -> None:
    assert readings_of("حلب (سانا) - أغلقت الشرطة الطريق الدولي أمام حركة الشاحنات.")[0].startswith("أغلقت الشرطة")


WORDS = ["وقال", "الوزير", "،", "“", "”", "إن", "الحريق", "اندلع", "في", "13", "قتيلا", ".", "كما", "\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_give_readings_inside_their_text(words: list[str]) -> None:
    story = related(article(" ".join(words), "صحيفة النهر", "2023-05-09", titled=False))
    dossier = weigh_story(story)
    for statement in dossier.statements:
        assert any(story.articles[0].text[s.start : s.end] == statement.text for s in statement.spans)
