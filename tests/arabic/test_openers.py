"""Questions about words asked once for all readers."""

from riwaya.arabic import openers
from riwaya.arabic.words import words


def test_each_question_has_its_own_bit() -> None:
    long, definite = openers.opener(lambda norm: len(norm) > 5), openers.opener(lambda norm: norm.startswith("ال"))
    w = words("وصل المهندسون إلى الميناء باكرا صباحا")
    assert openers.where(w, long) == [1, 3]
    assert openers.where(w, definite) == [1, 2, 3]
    assert openers.where(w, long | definite) == [1, 2, 3]


def test_a_question_named_later_is_answered_for_texts_looked_up_before() -> None:
    w = words("سافر الوفد إلى مسقط")
    openers.bits(w)
    asked: list[str] = []
    later = openers.opener(lambda norm: (asked.append(norm), norm == "مسقط")[1])
    assert openers.where(w, later) == [3]
    assert openers.where(w, later) == [3]
    assert sorted(asked) == sorted(set(w.norm))  # once for each word type
