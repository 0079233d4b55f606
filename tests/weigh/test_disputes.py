"""Disputes between invented reports: figures, days, conditions, wordings; and what is no dispute."""

from __future__ import annotations

from riwaya.model import Dispute
from riwaya.weigh import weigh_story

from .reports import article, related


def disputes(*reports: tuple[str, str]) -> list[Dispute]:
    """The disputes of a story of these reports: (day, text)."""
    made = [article(text, f"صحيفة {i}", day, titled=False) for i, (day, text) in enumerate(reports)]
    return list(weigh_story(related(*made)).disputes)


def kinds(*reports: tuple[str, str]) -> list[str]:
    return sorted(d.kind for d in disputes(*reports))


CRASH = "اصطدمت حافلة ركاب بشاحنة على طريق المطار السريع، وأدى الحادث إلى "


def test_two_tolls_of_one_day_contradict() -> None:
    assert kinds(("2023-05-09", CRASH + "مقتل 12 شخصا."), ("2023-05-09", CRASH + "مقتل 17 شخصا.")) == ["contradiction"]


def test_a_vaguer_toll_is_a_matter_of_precision() -> None:
    assert kinds(("2023-05-09", CRASH + "إصابة العشرات."), ("2023-05-09", CRASH + "إصابة 35 شخصا.")) == ["precision"]


def test_the_same_toll_is_no_dispute() -> None:
    assert kinds(("2023-05-09", CRASH + "مقتل 12 شخصا."), ("2023-05-10", CRASH + "مقتل اثني عشر شخصا.")) == []


def test_a_part_is_no_dispute_with_the_whole() -> None:
    assert kinds(("2023-05-09", CRASH + "مقتل 12 شخصا."), ("2023-05-09", CRASH + "مقتل ثلاثة أطفال.")) == []


def test_figures_of_different_happenings_are_not_compared() -> None:
    other = "غرق قارب صيد قبالة الساحل الشمالي خلال العاصفة، مما أسفر عن مقتل 17 شخصا."
    assert kinds(("2023-05-09", CRASH + "مقتل 12 شخصا."), ("2023-05-09", other)) == []


def test_one_announcement_on_two_days_contradicts() -> None:
    found = disputes(
        ("2023-05-10", "أعلن وزير النقل كمال الراوي أمس أن مطار المدينة سيغلق أمام الرحلات الدولية."),
        ("2023-05-10", "أعلن وزير النقل كمال الراوي اليوم أن مطار المدينة سيغلق أمام الرحلات الدولية."),
    )
    assert [d.kind for d in found] == ["contradiction"]
    assert "2023-05-09" in found[0].about and "2023-05-10" in found[0].about


def test_a_date_against_a_condition_contradicts() -> None:
    found = disputes(
        ("2023-05-10", "قال وزير النقل كمال الراوي إن انسحاب القوات سيبدأ في غضون أسبوع."),
        ("2023-05-10", "وأعلن وزير الدفاع سليم الخوري أن انسحاب القوات سيتم بمجرد أن يستقر الوضع في البلاد."),
    )
    assert "contradiction" in {d.kind for d in found}


def test_another_word_in_one_quotation_contradicts() -> None:
    said = "قال وزير النقل كمال الراوي: \"على الشركات أن تقدم خططا لتحديث القطارات {} وتسليمها إلى اللجنة المختصة\"."
    found = disputes(("2023-05-10", said.format("والحافلات")), ("2023-05-10", said.format("والموانئ")))
    assert [d.reasons[0].name for d in found] == ["wording of one quotation"]


def test_a_spelling_in_one_quotation_does_not() -> None:
    said = "قال وزير النقل كمال الراوي: \"على الشركات أن تقدم خططا لتحديث القطارات بشكل {} وتسليمها إلى اللجنة المختصة\"."
    assert kinds(("2023-05-10", said.format("جذري")), ("2023-05-10", said.format("جذرى"))) == []


def test_a_headline_that_runs_ahead_of_its_report() -> None:
    text = "القوات ستغادر المدينة خلال يومين\nأعلن وزير الدفاع سليم الخوري أن القوات ستبدأ مغادرة المدينة في غضون يومين."
    made = article(text, "صحيفة", "2023-05-10")
    found = weigh_story(related(made)).disputes
    assert [d.reasons[0].name for d in found] == ["begun by then, or done by then"]


def _tolls(*texts: tuple[str, str]) -> list[tuple[str, int]]:
    """Kind and number of sides of the disputes about figures between reports of these days."""
    story = related(*(article(text, f"صحيفة {i}", day, titled=False) for i, (day, text) in enumerate(texts)))
    found = weigh_story(story).disputes
    return sorted((d.kind, len(d.sides)) for d in found if d.about.startswith(("killed", "injured")))


_BLAST = "ارتفعت حصيلة الانفجار الذي هز سوق الخضار في مدينة حلب إلى {} قتيلا"


def test_tolls_that_grow_are_one_revision_by_days() -> None:
    days = ("2023-05-09", "2023-05-10", "2023-05-12")
    assert _tolls(*((d, _BLAST.format(n) + ".") for d, n in zip(days, (63, 81, 89), strict=True))) == [("revision", 3)]


def test_three_tolls_of_one_day_are_one_contradiction() -> None:
    assert _tolls(*(("2023-05-09", _BLAST.format(n) + ".") for n in (81, 82, 83))) == [("contradiction", 3)]


def test_about_180_and_more_than_180_are_no_dispute() -> None:
    blast = "أسفر الانفجار الذي هز سوق الخضار في مدينة حلب عن إصابة {} شخصا بجروح."
    assert _tolls(("2023-05-09", blast.format("نحو 180")), ("2023-05-09", blast.format("أكثر من 180"))) == []


def test_a_toll_of_a_former_year_is_not_compared() -> None:
    one = "قتل شخصان في إطلاق نار داخل صالة سينما في مدينة حلب."
    other = "وكان مسلح قتل 12 شخصا في إطلاق نار داخل صالة سينما في مدينة حلب في 2012."
    assert _tolls(("2023-05-09", one), ("2023-05-09", other)) == []


def test_about_a_number_and_more_is_read() -> None:
    blast = "أسفر الانفجار الذي هز سوق الخضار في مدينة حلب عن إصابة {} شخصا بجروح."
    assert _tolls(("2023-05-09", blast.format("أكثر من نحو 180")), ("2023-05-09", blast.format("حوالي 20"))) != []


def test_daily_announcements_do_not_contradict_each_other() -> None:
    first = "أعلنت وزارة الصحة اليوم الخميس تسجيل حالات جديدة من الحمى في مدينة الرباط."
    second = "أعلنت وزارة الصحة اليوم الجمعة تسجيل حالات جديدة من الحمى في مدينة الرباط."
    assert kinds(("2023-05-11", first), ("2023-05-12", second)) == []


def test_today_in_a_report_of_the_night_may_be_the_day_before() -> None:
    text = "أعلن وزير النقل كمال الراوي {} أن مطار المدينة سيغلق أمام الرحلات الدولية."
    assert kinds(("2023-05-11T01:20", text.format("اليوم")), ("2023-05-11T11:00", text.format("أمس"))) == []


def test_two_hours_of_two_days_are_two_happenings() -> None:
    text = "قال متحدث باسم الدفاع المدني إن مقذوفا سقط {} على أرض زراعية في قرية الجسر دون إصابات."
    first = text.format("في السابعة من مساء الخميس 11 مايو 2023")
    second = text.format("في التاسعة من صباح الجمعة 12 مايو 2023")
    assert kinds(("2023-05-13", first), ("2023-05-13", second)) == []


def test_one_difference_is_shown_once() -> None:
    month = "قتل 16 جنديا من حرس الحدود في هجوم على نقطة تفتيش قرب مدينة رفح في شهر أغسطس الماضي."
    found = disputes(("2023-09-10", month), ("2023-09-10", month.replace("شهر أغسطس", "5 أغسطس")))
    assert [d.kind for d in found] == ["precision"]
