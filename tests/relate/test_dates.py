"""Dates for undated reports: alone, with the others of the story, and where nothing fixes them."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.mark.document import prepare
from riwaya.mark.times import find_times
from riwaya.model import Article, Furniture, Marks, Published
from riwaya.relate.date_evidence import mentions_of, score
from riwaya.relate.dates import solve_dates

MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]


def report(name: str, text: str, published: str | None = None, **more: object) -> tuple[Article, Marks]:
    known = Published(published, "stated") if published else Published()
    article = Article(name, f"{name}.txt", text, published=known, **more)  # type: ignore[arg-type]
    doc = prepare(article)
    return article, Marks(name, tuple(doc.span(*s) for s in doc.sentences), tuple(find_times(doc)))


def solved(*reports: tuple[Article, Marks], as_of: str | None = None) -> dict[str, Published]:
    return solve_dates([a for a, _ in reports], [m for _, m in reports], as_of)


def test_a_report_with_its_weekday_and_full_date_is_dated_alone() -> None:
    article, marks = report("a", "انطلقت اليوم الجمعة 12 ماي 2017 أعمال المؤتمر في المدينة.")
    answer = solved((article, marks))["a"]
    assert (answer.value, answer.how) == ("2017-05-12", "inferred")
    assert [article.text[s.start : s.end] for s in answer.evidence] == ["اليوم الجمعة 12 ماي 2017"]
    assert answer.reasons


def test_a_report_alone_from_weekday_running_month_and_this_year() -> None:
    text = (
        "أعلن وزير الري في بلدة السرو، اليوم السبت، انتهاء أعمال السد.\n"
        "وقال إن خطة عام 2022 تنفذ هذا العام.\nوكان السد قد تصدع في 6 يناير الجاري، وزاره الوزير أمس الجمعة 7 يناير."
    )
    assert solved(report("a", text))["a"].value == "2022-01-08"


def test_yesterday_with_its_date_puts_the_report_on_the_day_after() -> None:
    text = "وقع الحادث أمس الثلاثاء 11 يناير 2022 في بلدة السرو."
    assert solved(report("a", text))["a"].value == "2022-01-12"


def test_a_weekday_alone_leaves_the_date_open() -> None:
    answer = solved(report("a", "أعلن الوزير اليوم السبت انتهاء أعمال السد."))["a"]
    assert (answer.value, answer.how, answer.evidence) == (None, "unknown", ())


def test_a_year_long_past_is_not_the_report_s() -> None:
    text = "أعلن الوزير اليوم الجمعة أن أهداف ثورة 14 يناير 2011 لم تتحقق، وأن قانون 3 مارس 2008 باق."
    assert solved(report("a", text))["a"].value is None


def test_one_stray_date_does_not_fix_the_week() -> None:
    text = "أعلن الوزير اليوم السبت خطة عام 2022 التي تنفذ هذا العام.\nويقام المعرض 16 فبراير."
    assert solved(report("a", text))["a"].value is None


LEAD = "أعلنت هيئة السدود في بلدة السرو انهيار الجسر الحجري فوق وادي الزيتون بعد سيول جارفة"


def test_the_same_event_today_in_one_and_yesterday_in_the_other() -> None:
    dated = report("a", f"{LEAD}، اليوم الأربعاء، ونقل عشرات السكان.", "2022-01-12")
    other = report("b", f"{LEAD} أمس، ونقل عشرات السكان إلى مدرسة مجاورة.\nوأكدت الهيئة اليوم الخميس أن الجسر أغلق.")
    answer = solved(dated, other)["b"]
    assert answer.value == "2022-01-13"
    assert {s.article_id for s in answer.evidence} == {"a", "b"}


def test_a_copied_sentence_keeps_a_report_from_before_what_it_tells() -> None:
    copied = "وقال المهندس سالم العوفي إن الجسر الحجري سيرمم بحجارة الوادي نفسها."
    dated = report("a", f"{LEAD} اليوم الأربعاء.\n{copied}", "2022-01-12")
    text = f"زار الوزير البلدة الثلاثاء.\n{copied}"
    answer = solved(dated, report("b", text))["b"]
    assert answer.value is None or answer.value >= "2022-01-12"


def test_dates_in_furniture_and_in_passages_on_other_matters_do_not_count() -> None:
    body = "انطلقت اليوم الجمعة 12 ماي 2017 أعمال المؤتمر."
    aside = "اليوم السبت 7 يناير 2012 معرض الصور"
    text = f"{body}\n{aside}\nDecember 19, 2024"
    place = len(body) + 1
    furniture = (Furniture(place, place + len(aside), "background"),)
    assert solved(report("a", text, furniture=furniture))["a"].value == "2017-05-12"


def test_no_report_is_from_after_the_bound() -> None:
    text = "انطلقت اليوم الجمعة 12 ماي 2017 أعمال المؤتمر."
    assert solved(report("a", text), as_of="2017-05-12")["a"].value == "2017-05-12"
    assert solved(report("a", text), as_of="2017-05-11")["a"].value is None


def test_the_bound_alone_never_dates() -> None:
    assert solved(report("a", "أعلن الوزير اليوم السبت انتهاء الأعمال."), as_of="2022-01-08")["a"].value is None


def test_stated_dates_are_left_alone() -> None:
    assert solved(report("a", "اليوم الجمعة 12 ماي 2017", "2020-01-01")) == {}


def test_running_month_counts_days_from_two_before() -> None:
    (mention,) = mentions_of(*report("a", "فتح التحقيق في 6 يناير الجاري."))
    near, far, wrong = (score(mention, date(2022, 1, d)) for d in (8, 20, 5))
    other = score(mention, date(2022, 2, 8))
    assert near and far and wrong and other
    assert near[0] > far[0] > 0 >= wrong[0] > other[0]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_the_reports_does_not_matter(order: tuple[int, ...]) -> None:
    reports = [
        report("a", f"{LEAD}، اليوم الأربعاء 12 يناير 2022."),
        report("b", f"{LEAD} أمس.\nوأكدت الهيئة اليوم الخميس أن الجسر أغلق."),
        report("c", f"{LEAD} الأربعاء."),
    ]
    assert solved(*(reports[i] for i in order)) == solved(*reports)
    assert solved(*reports)["a"].value == "2022-01-12"
    assert solved(*reports)["b"].value == "2022-01-13"


def test_the_time_taken_grows_with_the_story_not_with_its_square() -> None:
    def seconds(size: int) -> float:
        reports = [report(f"r{i}", f"وقع الحادث رقم {i} في حي {i * 7} اليوم الأربعاء 12 يناير 2022.") for i in range(size)]
        begin = time.process_time()
        assert solved(*reports)["r0"].value == "2022-01-12"
        return time.process_time() - begin

    assert seconds(120) < 8 * seconds(30) + 0.1  # four times the reports: under eight times the time


@settings(max_examples=60, deadline=None)
@given(st.dates(min_value=date(1990, 1, 10), max_value=date(2060, 1, 1)), st.integers(0, 2))
def test_a_named_day_is_found_on_any_date(day: date, back: int) -> None:
    word = ("اليوم", "أمس", "أول أمس")[back]
    named = day - timedelta(days=back)
    written = f"{named.day} {MONTHS[named.month - 1]} {named.year}"
    text = f"أعلن الوزير {word} {WEEKDAYS[named.weekday()]} {written} انتهاء الأعمال في السد."
    assert solved(report("a", text))["a"].value == day.isoformat()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="اليوم السبت 0123456789/يناير.\n", max_size=60), min_size=1, max_size=4))
def test_any_reports_are_solved_without_a_crash(texts: list[str]) -> None:
    reports = [report(f"r{i}", t) for i, t in enumerate(texts)]
    answers = solved(*reports)
    assert set(answers) == {a.id for a, _ in reports}
    for answer in answers.values():
        assert (answer.value is None) == (answer.how == "unknown")
