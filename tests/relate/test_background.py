"""What is history or another matter beside the news of the story, and what is not."""

from __future__ import annotations

from datetime import date

import pytest

from riwaya.mark import mark_article
from riwaya.model import Article, Published
from riwaya.relate.background import _last_day, set_background_aside

NEWS = (
    "انهار جسر وادي السدر في محافظة ميرانة صباح اليوم الاثنين بعد أمطار غزيرة، ما أدى إلى مقتل سبعة أشخاص وإصابة تسعة آخرين.\n"
    "وقال محافظ ميرانة سامر الحلواني إن فرق الإنقاذ انتشلت أربع مركبات من مجرى الوادي تحت الجسر المنهار."
)
OTHER = (
    "لقي سبعة أشخاص مصرعهم في انهيار جسر وادي السدر بمحافظة ميرانة اليوم الاثنين بعد أمطار غزيرة وسيول جرفت مركبات.\n"
    "وأكد محافظ ميرانة سامر الحلواني أن فرق الإنقاذ انتشلت أربع مركبات من مجرى الوادي."
)
HISTORY = (
    "تأسست منظمة التعاون العمراني عام 2004 لتشجيع تبادل خبرات المهندسين، وعقدت مؤتمرها الأول في مسقط في مارس 2006 بمشاركة وفود."
)
NEIGHBOUR = "تركز منظمة التعاون العمراني على تدريب المهندسين الشباب ومنح جوائز سنوية لأفضل التصاميم الحديثة في بلدانها."


def aside(*texts: str) -> list[list[str]]:
    """The background paragraphs of each report, all of Monday 5 March 2012."""
    articles = [Article(f"a-{i}", f"{i}", t, published=Published("2012-03-05", "stated")) for i, t in enumerate(texts)]
    settled = set_background_aside(articles, [mark_article(a) for a in articles])
    return [[a.text[f.start : f.end] for f in a.furniture if f.kind == "background"] for a in settled]


def test_history_of_another_matter_is_background() -> None:
    assert aside(f"{NEWS}\n{HISTORY}", OTHER) == [[HISTORY], []]


def test_its_neighbour_goes_with_it() -> None:
    assert aside(f"{NEWS}\n{NEIGHBOUR}\n{HISTORY}", OTHER) == [[NEIGHBOUR, HISTORY], []]
    assert aside(f"{NEWS}\n{NEIGHBOUR}", OTHER) == [[], []]  # nothing dates it: it stays


def test_what_other_reports_tell_too_is_not_background() -> None:
    assert aside(f"{NEWS}\n{HISTORY}", f"{OTHER}\n{HISTORY}") == [[], []]


@pytest.mark.parametrize(
    "paragraph",
    [
        "وكان الجسر قد بني عام 2004 وخضع أمس لفحص أجراه مهندسون من هيئة الطرق بعد شكاوى متكررة من سكان القرى المجاورة.",
        'وقال المهندس وليد الجابري: "شُيد الجسر عام 2004 بلا دراسة كافية للتربة، وحذرنا مرارا من ضعف أعمدته أمام السيول القوية".',
        "وكان خبراء قد فحصوا أعمدة جسور كثيرة في سبتمبر الماضي وأوصوا بتجديد عشرات منها قبل موسم الشتاء المقبل في أنحاء البلاد.",
    ],
    ids=["a date of these days", "somebody speaks", "less than a year ago"],
)
def test_what_ties_a_paragraph_to_the_news(paragraph: str) -> None:
    assert aside(f"{NEWS}\n{paragraph}", OTHER) == [[], []]


def test_the_news_itself_and_a_report_alone_are_left() -> None:
    assert aside(f"{HISTORY}\n{NEWS}", OTHER) == [[], []]
    assert aside(f"{NEWS}\n{HISTORY}") == [[]]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2012", date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 29)),
        ("2012-02-03T10:00", date(2012, 2, 3)),
        ("2004-06-16/2004-06-17", date(2004, 6, 16)),
        ("2012-W05", None),
        ("199X", None),
        ("PAST_REF", None),
        ("9999-13", None),
        ("0000", None),
        (None, None),
    ],
)
def test_the_last_day_that_a_value_may_mean(value: str | None, day: date | None) -> None:
    assert _last_day(value) == day
