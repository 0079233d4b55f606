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
from riwaya.relate.date_lines import page_date
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


# ---------------------------------------------------------------------------------------------------- the page's own date

STORY = "انهار الجسر الحجري في بلدة السرو مساء السبت وجرف السيل عشر سيارات كانت تعبره، بحسب هيئة السدود."


@pytest.mark.parametrize(
    "line",
    [
        "نشر في: الاثنين 3 مارس 2031",
        "تاريخ النشر: 03/03/2031",
        "تم النشر في 2031-03-03 الساعة 14:20",
        "آخر تحديث: 3 مارس 2031",
        "نُشر بتاريخ 3 آذار/مارس 2031 بقلم سالم العوفي",
        "الاثنين 3 مارس 2031",
    ],
)
def test_the_line_of_the_page_at_its_head_dates_the_report(line: str) -> None:
    text = f"انهيار الجسر الحجري في السرو\n{line}\n{STORY}\nوزار الوزير اليوم الاثنين موقع الحادث."
    furniture = (Furniture(text.index(line), text.index(line) + len(line), "navigation"),)
    for article, marks in (report("a", text), report("a", text, furniture=furniture)):
        answer = solved((article, marks))["a"]
        assert (answer.value, answer.how) == ("2031-03-03", "inferred")
        assert any(article.text[s.start : s.end] in line for s in answer.evidence)


def test_the_closing_line_of_the_outlet_dates_the_report() -> None:
    text = f"انهيار الجسر\n{STORY}\nصحيفة الوادي - الأحد 2 مارس 2031"
    assert solved(report("a", text))["a"].value == "2031-03-02"


def test_a_date_beside_the_report_is_not_the_page_s() -> None:
    aside = "الأكثر قراءة\nمعرض الكتاب\nموعد المباراة\nالسبت 7 يناير 2012\nنتائج القرعة"
    for text in (f"{STORY}\n{aside}", f"{STORY}\n7 يناير 2012", f"{STORY}\nكأس 2012\n{aside}"):
        article, _ = report("a", text)
        assert page_date(article) is None


def test_published_goes_before_updated_and_before_the_day_of_the_visit() -> None:
    text = f"الخميس 6 مايو 2032\nآخر تحديث: الثلاثاء 4 مارس 2031\nنشر في: الاثنين 3 مارس 2031\n{STORY}"
    found = page_date(report("a", text)[0])
    assert found is not None
    assert (found.text, found.sure) == ("الاثنين 3 مارس 2031", True)


# ------------------------------------------------------------------------------------------------- one anchor for a story


def test_the_page_of_one_report_dates_the_others() -> None:
    reports = [
        report("a", f"تظاهرات بعد انهيار الجسر\nنشر في: الاثنين 3 مارس 2031\nتظاهر المئات اليوم الاثنين.\n{STORY}"),
        report("b", f"{STORY}\nوأعلن الوزير اليوم الأحد فتح تحقيق في الحادث."),
        report("c", "ارتفاع حصيلة انهيار الجسر أمس إلى تسعة قتلى\nقال مسؤول في الهيئة الأحد إن الحصيلة ارتفعت.\n" + STORY),
    ]
    answers = solved(*reports)
    assert {i: a.value for i, a in answers.items()} == {"a": "2031-03-03", "b": "2031-03-02", "c": "2031-03-02"}
    assert all(a.evidence and a.reasons for a in answers.values())


def test_the_happening_of_the_story_tells_the_week_of_a_today() -> None:
    dated = report("a", f"{LEAD} مساء الثلاثاء.", "2031-02-12")
    text = "أوقفت النيابة، اليوم السبت، ثلاثة مهندسين بسبب انهيار الجسر يوم الثلاثاء الماضي.\nوشيع السكان أمس الجمعة الضحايا."
    assert solved(dated, report("b", text))["b"].value == "2031-02-15"


def test_a_report_that_names_no_day_and_copies_nothing_stays_open() -> None:
    dated = report("a", f"{LEAD} مساء الثلاثاء.", "2031-02-12")
    answer = solved(dated, report("b", "يبلغ طول الجسر الحجري أربعين مترا، وشيد من حجارة الوادي قبل قرنين."))["b"]
    assert (answer.value, answer.evidence) == (None, ())


def test_a_list_of_coming_dates_does_not_outweigh_the_story() -> None:
    dated = report("a", f"{LEAD} مساء الثلاثاء.", "2031-02-12")
    fixtures = "، و".join(f"{day} فبراير" for day in range(16, 24))
    answer = solved(dated, report("b", f"{LEAD} مساء الثلاثاء.\nويستأنف الدوري بعد الحداد بمباريات {fixtures}."))["b"]
    assert answer.value in (None, "2031-02-11", "2031-02-12")


def test_a_story_of_300_reports_takes_seconds() -> None:
    days = [date(2031, 3, 3) + timedelta(days=i % 3) for i in range(300)]
    reports = [report("r000", f"{STORY}\nوزار الوزير الموقع.", "2031-03-03")]
    reports += [
        report(f"r{i:03d}", f"أعلنت اللجنة رقم {i} اليوم {WEEKDAYS[day.weekday()]} نتائج فحص الجسر {i * 7}.\n{STORY}")
        for i, day in enumerate(days[1:], 1)
    ]
    begin = time.process_time()
    answers = solved(*reports)
    assert time.process_time() - begin < 30
    assert all(answers[f"r{i:03d}"].value == days[i].isoformat() for i in range(1, 300))
