"""Tolls between invented reports: which count one thing, which replace each other, and which are of something else."""

from __future__ import annotations

import pytest

from riwaya.model import Dispute
from riwaya.weigh import weigh_story

from .reports import article, related

BLAST = "هز انفجار عنيف سوق الخضار وسط مدينة حلب صباح الأحد، وأدى الانفجار إلى "


def disputes(*reports: tuple[str, str]) -> list[Dispute]:
    """The disputes over figures of a story of these reports: (day or hour, text)."""
    made = [article(text, f"صحيفة {i}", day, titled=False) for i, (day, text) in enumerate(reports)]
    return [d for d in weigh_story(related(*made)).disputes if any(r.name.startswith("figures") for r in d.reasons)]


def kinds(*reports: tuple[str, str]) -> list[str]:
    return sorted(d.kind for d in disputes(*reports))


def test_a_toll_that_grows_within_a_day_is_a_revision_by_the_hour() -> None:
    found = disputes(
        ("2023-05-07T09:10", BLAST + "مقتل 12 شخصا."),
        ("2023-05-07T11:30", BLAST + "مقتل 15 شخصا."),
        ("2023-05-07T14:00", BLAST + "مقتل 19 شخصا."),
    )
    assert [d.kind for d in found] == ["revision"]
    assert [s.says.split("مقتل ")[1][:2] for s in found[0].sides] == ["12", "15", "19"]


def test_a_slow_report_that_repeats_an_old_toll_makes_no_contradiction() -> None:
    reports = (
        ("2023-05-07T09:10", BLAST + "مقتل 12 شخصا."),
        ("2023-05-07T11:30", BLAST + "مقتل 15 شخصا."),
        ("2023-05-07T12:00", BLAST + "مقتل 12 شخصا."),
        ("2023-05-08T10:00", BLAST + "مقتل 15 شخصا."),
    )
    assert kinds(*reports) == ["revision"]


def test_a_toll_that_a_report_calls_an_earlier_one_is_replaced_in_that_report() -> None:
    text = BLAST + "مقتل 15 شخصا. وكانت حصيلة سابقة أشارت إلى مقتل تسعة أشخاص."
    found = disputes(("2023-05-07", text), ("2023-05-07", "أفاد شهود بأن الدخان غطى المدينة."))
    assert [d.kind for d in found] == ["revision"]
    assert "تسعة" in found[0].sides[0].says and "15" in found[0].sides[1].says


@pytest.mark.parametrize(
    "other",
    [
        BLAST + "مقتل وإصابة 15 شخصا.",  # dead and hurt in one number
        BLAST + "مقتل 15 شخصا خلال 24 ساعة.",
        BLAST + "سقوط ضحايا بعد أيام على مقتل 15 شخصا في السوق.",
        BLAST + "سقوط ضحايا، ليرتفع عدد القتلى إلى 15 شخصا منذ بداية العام.",
    ],
)
def test_a_number_that_is_no_toll_of_this_happening_is_not_compared(other: str) -> None:
    assert kinds(("2023-05-07", BLAST + "مقتل 12 شخصا."), ("2023-05-07", other)) == []


def test_two_numbers_that_a_third_report_counts_apart_are_of_two_things() -> None:
    both = BLAST + "مقتل 12 شخصا. كما أدى انفجار آخر في سوق الخضار وسط مدينة حلب صباح الأحد إلى مقتل 9 أشخاص."
    assert kinds(("2023-05-07", both), ("2023-05-07", BLAST + "مقتل 9 أشخاص.")) == []


def test_exact_tolls_far_apart_are_of_two_happenings() -> None:
    assert kinds(("2023-05-07", BLAST + "مقتل 8 أشخاص."), ("2023-05-07", BLAST + "مقتل 50 شخصا.")) == []


def test_parts_of_one_name_are_compared() -> None:
    children = BLAST + "مقتل 30 شخصا بينهم {} أطفال."
    found = disputes(("2023-05-07", children.format("سبعة")), ("2023-05-07", children.format("تسعة")))
    assert [d.kind for d in found] == ["contradiction"]


def test_the_age_of_a_culprit_without_a_name_differs() -> None:
    first = "قال قائد الشرطة إن المسلح (48 عاما) أطلق النار على الحافلة ثم سلم نفسه."
    second = "سلم المشتبه به (49 عاما) نفسه بعد إطلاق النار على الحافلة."
    assert kinds(("2023-05-07", first), ("2023-05-08", second)) == ["contradiction"]


def test_the_ages_of_two_people_are_not_compared() -> None:
    first = "قتل في الحادث التاجر سالم الخوري (48 عاما) قرب الجسر."
    second = "أصيب في الحادث السائق كمال الراوي (49 عاما) قرب الجسر."
    assert kinds(("2023-05-07", first), ("2023-05-07", second)) == []


def test_two_sources_of_one_sentence_contradict() -> None:
    text = "أكد مصدر طبي في المستشفى أن عدد القتلى تجاوز 20 قتيلا، في حين أعلنت وزارة الصحة مقتل 13 شخصا."
    found = disputes(("2023-05-07", text), ("2023-05-07", "أفاد شهود بأن الدخان غطى المدينة."))
    assert [d.kind for d in found] == ["contradiction"]


def test_tolls_of_days_apart_are_of_two_happenings() -> None:
    text = "أدى هجوم مسلح على نقطة تفتيش قرب مدينة حلب {} إلى مقتل {} جنود."
    assert kinds(("2023-05-07", text.format("الجمعة", "ستة")), ("2023-05-11", text.format("الأربعاء", "ثمانية"))) == []
    same = ("2023-05-11", text.format("الأربعاء", "ستة")), ("2023-05-12", text.format("الأربعاء", "ثمانية"))
    assert kinds(*same) == ["revision"]


def test_dead_and_hurt_together_are_no_toll_of_the_dead() -> None:
    parts = BLAST + "مقتل ثلاثة أشخاص وإصابة 30 آخرين."
    whole = "ارتفعت حصيلة انفجار سوق الخضار بمدينة حلب إلى 33 ضحية. " + parts
    found = disputes(("2023-05-07", whole), ("2023-05-07", BLAST + "مقتل 35 شخصا."))
    assert all("33" not in s.says for d in found for s in d.sides)


def test_a_value_told_again_later_is_no_growth() -> None:
    reports = (
        ("2023-05-07T09:10", BLAST + "مقتل 16 شخصا."),
        ("2023-05-07T11:30", BLAST + "مقتل 14 شخصا."),
        ("2023-05-07T14:00", BLAST + "مقتل 16 شخصا."),
    )
    assert kinds(*reports) == ["contradiction"]


def test_things_of_one_day_are_compared_where_the_clauses_say_the_same() -> None:
    quake = "ضرب زلزال بقوة {} درجات على مقياس ريختر جزر القمر صباح الأحد."
    assert kinds(("2023-05-07T08:00", quake.format("6.1")), ("2023-05-07T10:00", quake.format("6.8"))) == ["contradiction"]
    assert kinds(("2023-05-07T08:00", quake.format("6.1")), ("2023-05-09T10:00", quake.format("6.8"))) == []
