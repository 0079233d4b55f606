"""Clauses: where they begin and end, what they hold, and that every one lies in its sentence."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from riwaya.model import Furniture, Related
from riwaya.weigh.units import Unit, find_units

from .reports import article, related


def clauses(text: str) -> list[tuple[Unit, str]]:
    story = related(article(text, "صحيفة", "2023-05-09", titled=False))
    return [(u, text[u.span.start : u.span.end]) for u in find_units(story)]


def test_a_sentence_is_cut_where_a_clause_opens() -> None:
    text = "أغلقت الشرطة الطريق الدولي أمام الشاحنات، فيما واصلت فرق الإنقاذ البحث عن المفقودين."
    assert [c for _, c in clauses(text)] == [
        "أغلقت الشرطة الطريق الدولي أمام الشاحنات",
        "فيما واصلت فرق الإنقاذ البحث عن المفقودين",
    ]


def test_who_speaks_is_the_lead_of_what_is_said() -> None:
    text = "أعلن وزير الصحة سامر الحموي أمس أن المستشفيات استقبلت عشرات المصابين."
    first = next(u for u, c in clauses(text) if "المستشفيات" in c and not u.is_figure)
    assert first.lead is not None and text[first.lead.start : first.lead.end].startswith("أعلن وزير الصحة")
    assert [t.value for t in first.lead_times] == ["2023-05-08"]
    assert text[first.whole.start : first.whole.end].startswith("أعلن")


def test_a_count_of_people_is_a_clause_of_its_own() -> None:
    text = "وأدى الحريق إلى مقتل سبعة أشخاص وإصابة العشرات بجروح."
    assert [c for u, c in clauses(text) if u.is_figure] == ["وأدى الحريق إلى مقتل سبعة أشخاص", "وإصابة العشرات"]


def test_negation_is_seen_but_a_bound_is_none() -> None:
    assert [u.negated for u, _ in clauses("لم تصل القافلة إلى المدينة المحاصرة.")] == [True]
    assert [u.negated for u, _ in clauses("لن تستغرق عملية الإخلاء أكثر من أربعة أيام.")] == [False]


def test_different_forms_of_one_concept_are_one_term() -> None:
    for text in ("انسحبت القوات من المدينة.", "بدأ انسحاب الكتيبة من مدن الشمال."):
        assert {"withdraw", "force", "city"} <= clauses(text)[0][0].terms.keys()


def test_background_is_left_out() -> None:
    text = "وصل الوفد إلى العاصمة صباحا للتفاوض.\nتأسست المنظمة الدولية في جنيف بعد الحرب."
    story = related(article(text, "صحيفة", "2023-05-09", titled=False))
    at = text.index("تأسست")
    report = replace(story.articles[0], furniture=(Furniture(at, len(text), "background"),))
    units = find_units(Related(story.story_id, (report,), story.marks))
    assert units and all(u.span.end <= at for u in units)


@given(st.text(alphabet="اأبتقلمنوهي ،.؛:\"“”«»\n0123٠١٢", max_size=200))
def test_clauses_of_any_text_lie_in_it(text: str) -> None:
    for unit, clause in clauses(text):
        assert 0 <= unit.span.start < unit.span.end <= len(text)
        assert clause.strip()
        assert unit.weight >= unit.content >= 0
