"""Quotes and figures tied to the entities of their story."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked import report

from riwaya.model import Article, Entity, Figure, Link, Marks, Published, Quote, Span, Speaker, Time
from riwaya.relate.entities import resolve_entities
from riwaya.relate.link import canonical_role, link_marks


def span_of(article: Article, text: str) -> Span:
    start = article.text.index(text)
    return Span(article.id, start, start + len(text))


def quote(article: Article, speaker: str, content: str, *relays: tuple[str, str]) -> Quote:
    """A quote of `content` by `speaker`, both as they stand in the article; relays are (role, text)."""
    said = span_of(article, speaker)
    links = tuple(Link(role, text, None, span_of(article, text)) for role, text in relays)  # type: ignore[arg-type]
    chain = (Link("outlet", None), *links, Link("speaker", speaker, None, said))
    return Quote("q", span_of(article, content), None, False, "affirms", Speaker(None, said, speaker), chain)


def figure(article: Article, text: str) -> Figure:
    return Figure("f", span_of(article, text), text, 2, 2, False, "killed", None, "")


def link(*made: tuple[Article, Marks]) -> tuple[list[Marks], dict[str, Entity]]:
    """The linked marks, and the entities by name."""
    articles, marks = [a for a, _ in made], [m for _, m in made]
    found = resolve_entities("s", articles, marks)
    linked = link_marks(articles, marks, found, {a.id: a.published for a in articles})
    return linked, {n.text: e for e in found for n in e.names}


def speaker_of(text: str, who: str, content: str, *others: str) -> tuple[str | None, dict[str, Entity]]:
    article, marks = report("a", text)
    marks = replace(marks, quotes=(quote(article, who, content),))
    linked, named = link((article, marks), *(report(f"b{i}", other) for i, other in enumerate(others)))
    said = linked[0].quotes[0]
    assert said.speaker is not None
    assert said.isnad[-1].entity_id == said.speaker.entity_id
    return said.speaker.entity_id, named


def test_a_speaker_named_is_that_person_and_not_the_ministry_of_his_title() -> None:
    text = "قال <r>وزير</r> <o>وزارة الصحة</o> <p>سامي رائد</p> إن الوضع هادئ."
    found, named = speaker_of(text, "وزير وزارة الصحة سامي رائد", "الوضع هادئ")
    assert found == named["سامي رائد"].id


@pytest.mark.parametrize(
    "title", ["الرئيس", "رئيس الجمهورية", "رئيس الدولة", "الرئيس الكازاخستاني", "رئيس كازاخستان", "رئيس البلاد"]
)
def test_a_bare_title_is_its_bearer(title: str) -> None:
    first = "قال <r>الرئيس الكازاخستاني</r> <p>قاسم جومارت توكاييف</p> ذلك. "
    found, named = speaker_of(first + f"وأكد {title} أن الوضع هادئ.", f"{title} أن".removesuffix(" أن"), "الوضع هادئ")
    assert found == named["قاسم جومارت توكاييف"].id


def test_the_bearer_may_be_named_in_another_report() -> None:
    found, named = speaker_of(
        "وأكد رئيس الحكومة أن الوضع هادئ.", "رئيس الحكومة", "الوضع هادئ", "قال <r>رئيس الوزراء</r> <p>سليم الخالدي</p> ذلك."
    )
    assert found == named["سليم الخالدي"].id


def test_of_two_bearers_neither() -> None:
    two = "قال <r>الرئيس</r> <p>سليم الخالدي</p> و<r>الرئيس</r> <p>ناصر الراوي</p> ذلك. "
    assert speaker_of(two + "وأكد رئيس الدولة أن الوضع هادئ.", "رئيس الدولة", "الوضع هادئ")[0] is None


def test_a_title_of_another_state_is_somebody_else() -> None:
    first = "قال <r>الرئيس الكازاخستاني</r> <p>قاسم جومارت توكاييف</p> ذلك. "
    assert speaker_of(first + "وأكد الرئيس الروسي أن الوضع هادئ.", "الرئيس الروسي", "الوضع هادئ")[0] is None


def test_a_spokesman_speaks_for_his_office_and_another_official_does_not() -> None:
    text = "قال {} <o>وزارة الدفاع</o> إن الوضع هادئ."
    found, named = speaker_of(text.format("المتحدث باسم"), "المتحدث باسم وزارة الدفاع", "الوضع هادئ")
    assert found == named["وزارة الدفاع"].id
    assert speaker_of(text.format("مستشار"), "مستشار وزارة الدفاع", "الوضع هادئ")[0] is None


def test_links_of_the_isnad_are_tied() -> None:
    article, marks = report("a", "نقلت <o>رويترز</o> عن <o>وزارة الصحة</o> قول <p>سامي رائد</p> إن الوضع هادئ.")
    said = quote(article, "سامي رائد", "الوضع هادئ", ("agency", "رويترز"), ("office", "وزارة الصحة"))
    said = replace(said, isnad=(*said.isnad[:1], Link("agency", "وكالة رويترز"), *said.isnad[1:]))
    linked, named = link((article, replace(marks, quotes=(said,))))
    ids = [x.entity_id for x in linked[0].quotes[0].isnad]
    assert ids == [None, named["رويترز"].id, named["رويترز"].id, named["وزارة الصحة"].id, named["سامي رائد"].id]


def test_a_figure_gets_its_place_quote_and_day() -> None:
    text = "قال <p>سامي رائد</p> إن قتيلين سقطا في <l>حلب</l> الاثنين بعد زيارة <l>دمشق</l>. وسقط جريحان."
    article, marks = report("a", text)
    article = replace(article, published=Published("2022-01-12T08:00", "stated"))
    monday = Time(span_of(article, "الاثنين"), "الاثنين", "DATE", "2022-01-10", "gregorian")
    said = quote(article, "سامي رائد", "قتيلين سقطا في حلب الاثنين")
    marks = replace(marks, times=(monday,), quotes=(said,), figures=(figure(article, "قتيلين"), figure(article, "جريحان")))
    (linked,), named = link((article, marks))
    first, second = linked.figures
    assert (first.place_id, first.quote_id, first.as_of) == (named["حلب"].id, "q", "2022-01-10")
    assert (second.place_id, second.quote_id, second.as_of) == (None, None, "2022-01-12")


def test_a_day_after_the_report_is_no_day_of_a_figure() -> None:
    article, marks = report("a", "سقط قتيلان، وتنعقد الجلسة الخميس.")
    article = replace(article, published=Published("2022-01-12", "stated"))
    thursday = Time(span_of(article, "الخميس"), "الخميس", "DATE", "2022-01-13", "gregorian")
    (linked,), _ = link((article, replace(marks, times=(thursday,), figures=(figure(article, "قتيلان"),))))
    assert linked.figures[0].as_of == "2022-01-12"


def test_what_the_markers_set_is_kept() -> None:
    article, marks = report("a", "سقط قتيلان في <l>حلب</l>.")
    own = replace(figure(article, "قتيلان"), place_id="e-1", quote_id="q-1", as_of="2022-01-01")
    (linked,), _ = link((article, replace(marks, figures=(own,))))
    assert linked.figures == (own,)


def test_titles_are_compared_by_what_they_mean() -> None:
    assert canonical_role(("رييس", "الحكومه", "الكازاخيه")) == (("رييس", "وزراء"), "KZ")
    assert canonical_role(("رييس", "وزراء", "كازاخستان")) == (("رييس", "وزراء"), "KZ")
    assert canonical_role(("الرييس", "السابق")) != canonical_role(("الرييس",))


def test_one_word_is_the_organization_named_last_before() -> None:
    first = "رحب <o>الاتحاد العالمي للبحارة</o> و<o>منظمة الصيادين</o> بذلك. "
    found, named = speaker_of(first + "وأكد الاتحاد أن الوضع هادئ.", "الاتحاد أن", "الوضع هادئ")
    assert found is None, "more than the one word"
    article, marks = report("a", first + "وأكدت المنظمة أن الوضع هادئ.")
    marks = replace(marks, quotes=(quote(article, "المنظمة", "الوضع هادئ"),))
    linked, named = link((article, marks))
    assert linked[0].quotes[0].isnad[-1].entity_id == named["منظمة الصيادين"].id


def test_an_office_is_not_the_man_named_after_it() -> None:
    text = "قالت <o>الخدمة الصحفية للرئيس</o> <p>سليم الخالدي</p> إن الوضع هادئ."
    found, named = speaker_of(text, "الخدمة الصحفية للرئيس سليم الخالدي", "الوضع هادئ")
    assert found == named["الخدمة الصحفية للرئيس"].id


def test_the_authorities_of_a_state_are_that_state() -> None:
    text = "في <l>كازاخستان</l> و<l>ألماتي</l> قالت السلطات الكازاخستانية إن الوضع هادئ."
    found, named = speaker_of(text, "السلطات الكازاخستانية", "الوضع هادئ")
    assert found == named["كازاخستان"].id
