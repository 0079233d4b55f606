"""Do two clauses agree: the slots and how they are aligned, what differs, the judgement and its reasons."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.weigh.agreement import LABELS, _differing, features, follows, judge
from riwaya.weigh.alignment import COUNTRY, NEGATION, NUMBER, align, pole, slots

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests/cases/agreement.tsv"
WORDS = st.lists(
    st.sampled_from(["ارتفع", "انخفض", "سعر", "النفط", "مصر", "سوريا", "لم", "12", "مئة", "وزير", "ا", "،", "x"]), max_size=12
).map(" ".join)


def cases() -> list[list[str]]:
    return [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("label", "a", "b"), cases())
def test_cases(label: str, a: str, b: str) -> None:
    assert judge(a, b).label == label


def test_slots_are_words_numbers_countries_and_negations() -> None:
    kinds = {s.norm: s.kind for s in slots("لم تتسلم الحكومة السورية 12 سفينة")}
    assert kinds["لم"] == NEGATION
    assert kinds["السوريه"] == COUNTRY
    assert kinds["12"] == NUMBER
    assert {s.term for s in slots("سوريا السوريين")} == {"@SY"}


def test_number_words_are_numbers() -> None:
    assert [s.term for s in slots("ثلاثة وعشرون جريحا") if s.kind == NUMBER] == ["#23"]


def test_derived_and_misspelled_words_are_aligned_and_each_slot_once() -> None:
    held = align("البرلمان يصادق على الموازنة والموازنة", "مصادقة البرلمان على الموازنه")
    assert [(held.a[i].norm, held.b[j].norm) for i, j in held.pairs] == [
        ("البرلمان", "البرلمان"), ("يصادق", "مصادقه"), ("الموازنه", "الموازنه"),
    ]  # fmt: skip
    assert [held.a[i].norm for i in held.only_a] == ["والموازنه"]


def test_a_state_is_aligned_with_its_seat_and_words_of_one_end_with_each_other() -> None:
    held = align("موسكو ترحب بصعود العملة", "ارتفاع العملة يرضي روسيا")
    pairs = {(held.a[i].norm, held.b[j].norm) for i, j in held.pairs}
    assert pairs == {("موسكو", "روسيا"), ("بصعود", "ارتفاع"), ("العمله", "العمله")}


def test_what_differs() -> None:
    def told(a: str, b: str) -> set[str]:
        return {name for name, value in _differing(align(a, b)).items() if value}

    assert "numbers differ" in told("سقوط 12 قتيلا", "سقوط 13 قتيلا")
    assert "numbers same" in told("سقوط 12 قتيلا", "سقوط اثني عشر قتيلا")
    assert "places differ" in told("قمة في قطر", "قمة في الكويت")
    assert "negated" in told("لم يوقع الاتفاق", "توقيع الاتفاق")
    assert {"other ends", "other end:level"} <= told("صعود الليرة", "الليرة تهبط")
    assert "same ends" in told("صعود الليرة", "الليرة سترتفع")


def test_poles_are_found_under_particles() -> None:
    assert pole("وبالارتفاع") == ("level", "up")
    assert pole("سفينه") is None


def test_follows_asks_for_slots_enough_and_nothing_against() -> None:
    a = "وصل وزير الخارجية المصري إلى موسكو صباحا في زيارة تستمر يومين"
    assert follows(a, "وزير خارجية مصر يصل موسكو")
    assert not follows(a, "وزير الزراعة يفتتح معرضا")
    assert not follows("بدء مفاوضات سد النهر في الخرطوم", "انتهاء مفاوضات سد النهر في الخرطوم")


def test_reasons_name_what_stands_against_what() -> None:
    reasons = judge("ارتفاع أسعار القمح في تونس", "انخفاض أسعار القمح في تونس").reasons
    assert reasons
    assert all(r.weight > 0 for r in reasons)
    assert [r.weight for r in reasons] == sorted((r.weight for r in reasons), reverse=True)


@settings(max_examples=60)
@given(WORDS, WORDS)
def test_a_judgement_is_a_share_of_one_for_any_text(a: str, b: str) -> None:
    told = judge(a, b)
    assert sum(told.shares.values()) == pytest.approx(1)
    assert told.label in LABELS
    assert told.confidence == max(told.shares.values())
    assert told == judge(a, b)


@given(WORDS, WORDS)
def test_every_slot_is_aligned_once_or_left_over(a: str, b: str) -> None:
    held = align(a, b)
    assert sorted([i for i, _ in held.pairs] + list(held.only_a)) == list(range(len(held.a)))
    assert sorted([j for _, j in held.pairs] + list(held.only_b)) == list(range(len(held.b)))


def test_training_finds_the_words_that_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    sys.modules.pop("train_agreement", None)
    import train_agreement

    examples = [
        (f"الشركة {i} تعلن أرباحها", f"الشركة {i} {'تكتم' if i % 2 else 'تعلن'} أرباحها", "disagree" if i % 2 else "agree", 1.0)
        for i in range(20)
    ]
    names, weights = train_agreement.train(examples)
    again = train_agreement.train(examples)[1]
    assert np.array_equal(weights, again)
    told = train_agreement.Problem(examples, names).shares(weights).argmax(axis=1)
    assert [LABELS[i] for i in told] == [e[2] for e in examples]
    assert any(name.startswith("b only:") for name in names)


def test_neighbours_are_about_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import train_agreement

    examples = [
        ("ارتفاع أسعار القمح في تونس", "صعود أسعار القمح في تونس", "agree", 1.0),
        ("مهرجان السينما يفتتح في تونس", "افتتاح مهرجان السينما في تونس", "agree", 1.0),
    ]
    found = train_agreement.neighbours(examples)
    assert found == [("ارتفاع أسعار القمح في تونس", "افتتاح مهرجان السينما في تونس", "other", train_agreement.NEIGHBOUR_WEIGHT)]


def test_features_that_do_not_hold_are_left_out() -> None:
    held = features("مصر", "مصر")
    assert all(held.values())
    assert held["all of a"] == 1.0
