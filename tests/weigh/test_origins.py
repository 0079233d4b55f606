"""Origins: who first said it, and when two count as one."""

from __future__ import annotations

from riwaya.model import Origin, Related, Statement
from riwaya.weigh import weigh_story
from riwaya.weigh.origins import Origins, _Found, is_anonymous
from riwaya.weigh.standing import standing

from .reports import article, related

FACT = "مطار المدينة جاهز لاستئناف الرحلات الدولية"


def joined(*reports: tuple[str, str]) -> Statement:
    """The statement of most reports in a story of these: (outlet, text)."""
    made = [article(text, outlet, "2023-05-10", titled=False) for outlet, text in reports]
    return max(weigh_story(related(*made)).statements, key=lambda s: (len(s.article_ids), s.id))


def test_two_outlets_that_quote_one_man_are_one_origin() -> None:
    said = joined(
        ("أولى", f"قال وزير النقل كمال الراوي إن {FACT}."),
        ("ثانية", f"وأكد الوزير الراوي أن {FACT}، بعد توقفه أياما."),
    )
    assert len(said.article_ids) == 2
    assert (said.independent, said.standing) == (1, "repeated")


def test_two_men_are_two_origins() -> None:
    said = joined(
        ("أولى", f"قال وزير النقل كمال الراوي إن {FACT}."),
        ("ثانية", f"أكد مدير المطار سليم الخوري أن {FACT} قريبا."),
    )
    assert (said.independent, said.standing) == (2, "corroborated")


def test_a_man_and_who_passes_his_words_on_are_one() -> None:
    said = joined(
        ("أولى", f"قال وزير النقل كمال الراوي إن {FACT}."),
        ("ثانية", f"قال وزير النقل كمال الراوي إن الرئيس سليم الخوري أكد أن {FACT}."),
    )
    assert said.independent == 1


def test_anonymous_sources_count_as_one() -> None:
    said = joined(
        ("أولى", f"قال مصدر أمني إن {FACT}."),
        ("ثانية", f"أكد شهود عيان أن {FACT} قريبا."),
    )
    assert said.independent == 1
    assert not said.origins[0].named


def test_standing() -> None:
    one = Origin("الراوي", "speaker", None, named=True, party=None, article_ids=("a-1",))
    other = Origin("الخوري", "speaker", None, named=True, party=None, article_ids=("a-2",))
    assert standing((one, other), ("a-1",)) == "single"
    assert standing((one,), ("a-1", "a-2")) == "repeated"
    assert standing((one, other), ("a-1", "a-2")) == "corroborated"


def test_who_has_no_name() -> None:
    assert is_anonymous("مصدر أمني") and is_anonymous("شهود عيان") and is_anonymous("المصادر")
    assert not is_anonymous("كمال الراوي")


def test_one_body_named_in_full_and_in_short_is_one_origin() -> None:
    names = {"الشرطة": "a-1", "شرطة مدينة النخيل": "a-2", "السلطات": "a-3", "السلطات المعنية": "a-4", "الجيش": "a-5"}
    merged = {("speaker", n): _Found(("speaker", n), n, "speaker", articles={a}) for n, a in names.items()}
    Origins(Related("s-1", (), ()))._join_bodies(merged)
    assert sorted(sorted(f.articles) for f in merged.values()) == [["a-1", "a-2"], ["a-3", "a-4"], ["a-5"]]
