"""Reworded sentences: what counts as saying the same, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import article

from riwaya.arabic.lexicon.concepts import CONCEPTS
from riwaya.arabic.lexicon.wordings import FORMS
from riwaya.arabic.normalize import fold
from riwaya.arabic.stems import stem
from riwaya.model import Article, Entity, Figure, Marks, Name, Span, Time
from riwaya.relate.paraphrase import find_reworded, strength
from riwaya.relate.reading import read
from riwaya.relate.units import NAME, Story, fixed_phrases, term
from riwaya.relate.wordings import day_terms, figure_levels, fixed_wordings

SAME = [
    ("أرسلت المنظمة قوات إلى ميرانة لحماية السدود", "قررت المنظمة إرسال قوة إلى ميرانة لحماية السد"),
    ("قُتل سبعة عمال وأصيب تسعة في انفجار منجم الملح", "انفجار في منجم الملح يودي بحياة سبعة عمال ويخلف تسعة جرحى"),
    ("اعتقلت الشرطة مدير المصرف بتهمة اختلاس أموال المودعين", "توقيف مدير المصرف للاشتباه في اختلاسه أموال المودعين"),
]
OTHER = [
    ("قُتل سبعة عمال وأصيب تسعة في انفجار منجم الملح", "افتتح الوزير سوق الملح القديم بعد ترميمه"),
    ("اعتقلت الشرطة مدير المصرف بتهمة اختلاس أموال المودعين", "رفع المصرف سعر الفائدة على أموال المودعين ربع نقطة"),
]


def reworded(*articles: Article, marks: list[Marks] | None = None) -> int:
    articles_ = sorted(articles, key=lambda a: a.id)
    story = Story([read(a) for a in articles_], sorted(marks or [Marks(a.id) for a in articles], key=lambda m: m.article_id))
    return len(find_reworded(story, {(0, 1)}, []))


@pytest.mark.parametrize(("one", "two"), SAME)
def test_the_same_in_other_words(one: str, two: str) -> None:
    assert reworded(article(one), article(two)) == 1


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_other_things_about_the_same_place(one: str, two: str) -> None:
    assert reworded(article(one), article(two)) == 0


def test_a_name_counts_once_however_long() -> None:
    """Two sentences that share a long name and little else do not say the same."""
    name = "منظمة تنمية أودية ميرانة ودلمونة الكبرى"
    one = article(f"أعلنت {name} تأجيل مؤتمرها السنوي")
    two = article(f"انتقد الخبير تقارير {name} ووصفها بالقاصرة")
    assert reworded(one, two) == 1
    marks = [
        Marks(a.id, names=(Name(Span(a.id, at, at + len(name)), name, "organization"),))
        for a in (one, two)
        for at in [a.text.index(name)]
    ]
    assert reworded(one, two, marks=marks) == 0


def test_a_person_is_known_by_the_last_name_in_any_spelling() -> None:
    one, two = article("وصل سمير إسماعيلوف"), article("وصل إسمعيلوف")
    marks = [Marks(a.id, names=(Name(Span(a.id, 4, len(a.text)), a.text[4:], "person"),)) for a in (one, two)]
    story = Story([read(one), read(two)], marks)
    names = [[t for t in words if t.startswith(NAME)] for words in story.words]
    assert len(names[0]) == 1
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("one", "two"), [("اعتقال", "توقيف"), ("مظاهرات", "احتجاجات"), ("أرسلت", "إرسال"), ("قتلى", "مصرع"), ("انسحاب", "تنسحب")]
)
def test_terms_meet(one: str, two: str) -> None:
    assert term(stem(fold(one))) == term(stem(fold(two))) != ""


@pytest.mark.parametrize("word", ["في", "قال", "الذي", "كان"])
def test_empty_words_are_no_terms(word: str) -> None:
    assert term(stem(fold(word))) == ""


def test_a_phrase_in_many_contexts_is_fixed_a_copied_sentence_is_not() -> None:
    said = [[f"س{n}", "حفظ", "سلم", f"ص{n}"] for n in range(6)]
    assert fixed_phrases(said) == {("حفظ", "سلم")}
    assert fixed_phrases([["جسر", "قديم", "نهر", "وادي"]] * 40) == set()
    apart = said + [[f"ع{n}", "حفظ", f"غ{n}", "سلم"] for n in range(6)]
    assert fixed_phrases(apart) == set()


def test_what_every_sentence_says_weighs_little() -> None:
    texts = [f"الجسر {word} كثيرا عند المدخل" for word in ("تصدع", "ترنح", "تشقق", "تهاوى", "تمايل", "تداعى")]
    story = Story([read(article(". ".join(texts)))], [Marks("a")])
    assert story.weight[term(stem("الجسر"))] < story.weight[term(stem("تصدع"))]


def test_reports_of_one_hour_count_alike() -> None:
    """81 and 83 killed are one term, 63 another; other quantities are compared exactly."""
    texts = [f"قتل {n} عاملا في المنجم" for n in (81, 83, 63)]
    marks = [
        Marks(a.id, figures=(Figure("f", Span(a.id, 4, 6), a.text[4:6], float(a.text[4:6]), None, False, kind, None, ""),))
        for a in map(article, texts)
        for kind in ["killed"]
    ]
    levels = figure_levels(marks)
    assert levels["killed", 81.0] == levels["killed", 83.0] != levels["killed", 63.0]
    other = figure_levels([replace(m, figures=tuple(replace(f, kind="percent") for f in m.figures)) for m in marks])
    assert len(set(other.values())) == 3


def test_fixed_wordings_are_one_term() -> None:
    texts = ("فتح المسلح باب السيارة", "ثم فتح النار عليهم")
    said = [fixed_wordings([stem(fold(word)) for word in text.split()]) for text in texts]
    assert said == [{}, {1: "=shoot", 2: ""}]


def test_days_meet_whatever_they_are_called() -> None:
    one, two = article("انهار الجسر أمس"), article("الجسر الذي انهار مساء السبت")
    times = [(one, one.text.index("أمس"), "2031-04-05"), (two, two.text.index("مساء"), "2031-04-05TEV")]
    terms = [
        day_terms(read(a), Marks(a.id, times=(Time(Span(a.id, at, len(a.text)), a.text[at:], "DATE", value, "gregorian"),)))
        for a, at, value in times
    ]
    assert terms == [{2: "%2031-04-05"}, {3: "%2031-04-05", 4: ""}]


def test_one_entity_under_two_names() -> None:
    """What is known to be one entity is one term, whatever the names have in common."""
    one, two = article("وقعت ميرانة على معاهدة المياه مع دلمونة"), article("وقعت جمهورية الأودية على معاهدة المياه مع دلمونة")
    spans = [
        Span(a.id, at, at + len(name)) for a, name in ((one, "ميرانة"), (two, "جمهورية الأودية")) for at in [a.text.index(name)]
    ]
    marks = [Marks(s.article_id, names=(Name(s, "", "place"),)) for s in spans]
    readings = [read(one), read(two)]
    apart = Story(readings, marks)
    assert len({next(n for n in words if n.startswith(NAME)) for words in apart.words}) == 2
    entity = Entity("e-1", "place", "ميرانة", (), tuple(spans))
    together = Story(readings, marks, [entity])
    assert [next(n for n in words if n.startswith(NAME)) for words in together.words] == [f"{NAME}e-1"] * 2


def test_a_title_shared_is_nothing_said() -> None:
    """Two sentences that share the style of one office holder say different things of him."""
    style = "مستشار الرئيس لشؤون الأودية والجسور في الخارج"
    name = "سمير الميراني"
    one = article(f"أبدى {style} {name} تخوفه من الفيضان")
    two = article(f"غادر {style} {name} إلى دلمونة أمس")
    marks = [
        Marks(a.id, names=(Name(Span(a.id, at, at + len(name)), name, "person"),))
        for a in (one, two)
        for at in [a.text.index(name)]
    ]
    assert reworded(one, two, marks=marks) == 0


def test_figures_that_differ_tell_against_it() -> None:
    one = article("ضبطت الشرطة 40 صندوقا من الأدوية المهربة في ميناء دلمونة")
    two = article("ضبط 900 صندوق من الأدوية المهربة في الميناء نفسه")
    figures = [
        Marks(a.id, figures=(Figure("f", Span(a.id, at, at + len(n)), n, float(n), float(n), False, "other", None, ""),))
        for a, n in ((one, "40"), (two, "900"))
        for at in [a.text.index(n)]
    ]
    assert _strength(one, two, figures) < _strength(one, two, [Marks(one.id), Marks(two.id)])


def _strength(one: Article, two: Article, marks: list[Marks]) -> float:
    readings = sorted([read(one), read(two)], key=lambda r: r.article_id)
    story = Story(readings, sorted(marks, key=lambda m: m.article_id))
    x, y = (next(u for u in story.units if u.report == report) for report in (0, 1))
    shared = x.terms & y.terms
    both, weight = story.total(x.terms) + story.total(y.terms), story.total(shared)
    return strength(story, x, y, shared, 2 * weight / both, weight)


def test_no_form_stands_for_two_concepts() -> None:
    """Forms with one stem, such as فاعل and إعلان, would make two concepts one; wordings may only take over a concept's form."""
    for table in (FORMS, CONCEPTS):
        owner: dict[str, str] = {}
        for concept, forms in table.items():
            for form in forms.split():
                assert owner.setdefault(stem(fold(form)), concept) == concept, form


def test_a_word_that_says_nothing_is_no_concept() -> None:
    """أنه has the stem of أنهى, قد that of فقد."""
    assert term(stem(fold("أنه"))) == ""
    assert term(stem(fold("قد"))) == ""
