"""One report vaguer than another: in time, in place, in what it names."""

from __future__ import annotations

from riwaya.weigh.story import weigh_story

from .reports import article, related

MONTH = "أسفرت سلسلة تفجيرات هزت مدينة حلب في يناير الماضي عن مقتل العشرات من سكان الحي القديم."
DAY = "وكان معظم سكان الحي القديم قد قتلوا في تفجيرات مدينة حلب يوم 10 يناير الماضي."
BARE = "أكد وزير التجارة أن الشارع غاضب من ارتفاع أسعار القمح في الأسواق المحلية."
SHARP = "أكد وزير التجارة أن الشارع غاضب من ارتفاع حاد في أسعار القمح في الأسواق المحلية."
WEST = "وانطلقت الاحتجاجات على رفع أسعار القمح في غرب البلاد."
TOWNS = "وانطلقت الاحتجاجات على رفع أسعار القمح من حلب ودمشق."
OUTLETS = "وانطلقت الاحتجاجات على رفع أسعار القمح كما ذكرت وسائل إعلام غربية."


def found(one: str, other: str) -> set[str]:
    """Why two reports differ in precision."""
    story = related(
        article(one, "صحيفة النهر", "2023-05-09", titled=False), article(other, "موقع الضفة", "2023-05-09", titled=False)
    )
    return {d.reasons[0].name for d in weigh_story(story).disputes if d.kind == "precision"}


def test_a_month_is_vaguer_than_a_day_in_it() -> None:
    assert "a longer stretch of time and a shorter one in it" in found(MONTH, DAY)
    assert "a longer stretch of time and a shorter one in it" not in found(MONTH, DAY.replace("يناير", "فبراير"))


def test_a_bare_noun_is_vaguer_than_a_qualified_one() -> None:
    assert "a word qualified" in found(BARE, SHARP)
    assert "a word qualified" not in found(SHARP, SHARP)


def test_a_preposition_qualifies_nothing() -> None:
    assert "a word qualified" not in found(BARE, BARE.replace("ارتفاع أسعار", "ارتفاع في أسعار"))


def test_a_quarter_is_vaguer_than_towns() -> None:
    assert "a quarter of the country, or towns by name" in found(WEST, TOWNS)
    assert "a quarter of the country, or towns by name" not in found(OUTLETS, TOWNS)


def test_another_word_of_one_family_is_another_thing() -> None:
    verb = "هاجم مسلحون قصر المؤتمرات في مدينة حلب صباح الأحد وفروا من المكان."
    noun = "فر مسلحون بعد هجوم انتحاري على قصر المؤتمرات في مدينة حلب صباح الأحد."
    assert "a word qualified" not in found(verb, noun)


def test_what_has_gone_on_since_a_day_is_not_of_that_day() -> None:
    assert "a longer stretch of time and a shorter one in it" not in found(MONTH, DAY.replace("يوم 10", "منذ يوم 10"))
