"""Entities of a story: who is one, who is not, whatever the order of the reports."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import entities, spellings, story, together

from riwaya.model import Entity
from riwaya.relate.entities import keys_of, link_across, resolve_entities
from riwaya.relate.mentions import Mention, collect

CASES = Path(__file__).parents[1] / "cases"


def cases(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("verdict", "names"), cases("people.tsv"))
def test_people(verdict: str, names: str) -> None:
    told = [n.strip() for n in names.split("|")]
    found = entities(*(f"قال <p>{n}</p> ذلك أمس." for n in told))
    assert len(found) == (1 if verdict == "same" else len(told))


@pytest.mark.parametrize(("verdict", "texts"), cases("organizations.tsv"))
def test_organizations(verdict: str, texts: str) -> None:
    found = [e for e in entities(*texts.split("|")) if e.kind == "organization"]
    assert (len(found) == 1) == (verdict == "same"), [[n.text for n in e.names] for e in found]


def test_a_shared_role_joins_spellings_that_differ_more() -> None:
    role = "<r>رئيس وزراء كازاخستان</r>"
    names = ("علي خان إسماعيلوف", "علي خان سميلوف", "عليخان سمايلوف")
    found = entities(*(f"قال {role} <p>{name}</p> ذلك." for name in names))
    assert len(found) == 1
    assert found[0].description == "رئيس وزراء كازاخستان"
    assert found[0].reasons


def test_a_family_name_goes_to_the_one_of_its_report() -> None:
    found = entities(
        "قال <p>سليم الخالدي</p> ذلك. وأضاف <p>الخالدي</p> أنه موافق.",
        "رد <p>ناصر الخالدي</p> على ذلك. ورفض <p>الخالدي</p> الطلب.",
        "قال <p>الخالدي</p> إنه لا يعلم.",
    )
    by_name = {e.name: e for e in found}
    assert {s.article_id for s in by_name["سليم الخالدي"].mentions} == {"a0"}
    assert {s.article_id for s in by_name["ناصر الخالدي"].mentions} == {"a1"}
    assert [s.article_id for s in by_name["الخالدي"].mentions] == ["a2"], "of two it could be either, so it is neither"


def test_a_shorter_name_that_two_hold_joins_neither() -> None:
    found = entities("<p>محمد حسن علي</p> و<p>محمد سعد علي</p>.", "قال <p>محمد علي</p>.")
    assert len(found) == 3


def test_city_and_man_of_one_name_stay_apart() -> None:
    found = entities("في <l>نور سلطان</l> أمس قال <p>نور سلطان نزارباييف</p> ذلك في كازاخستان.")
    assert {(e.kind, e.name) for e in found} == {("place", "نور سلطان"), ("person", "نور سلطان نزارباييف")}
    misread = entities("في <p>نور سلطان</p> أمس قال <p>نور سلطان نزارباييف</p> ذلك في كازاخستان.")
    assert {(e.kind, e.name) for e in misread} == {("place", "نور سلطان"), ("person", "نور سلطان نزارباييف")}


def test_a_lone_family_name_taken_for_a_town_is_the_person() -> None:
    found = entities("قال المتحدث <p>نيد برايس</p> ذلك. وأضاف <l>برايس</l> أن الوضع هادئ.")
    assert together(found, "نيد برايس", "برايس")


def test_kinds_are_settled_by_the_majority() -> None:
    found = entities("قال <o>الكرملين</o> ذلك.", "رفض <o>الكرملين</o> ذلك.", "في <l>الكرملين</l> أمس.")
    assert [(e.kind, len(e.mentions)) for e in found] == [("organization", 3)]


def test_bare_ministry_is_that_of_the_report_s_country_unless_just_named() -> None:
    found = entities(
        "في كازاخستان قالت <o>وزارة الدفاع</o> ذلك في كازاخستان. وفي كازاخستان أيضا أعلنت السلطات ذلك.",
        "قالت <o>وزارة الدفاع الروسية</o> إنها أرسلت قوات إلى كازاخستان. وأضافت <o>وزارة الدفاع</o> أن القوات وصلت كازاخستان. "
        "وفي كازاخستان هدأ الوضع. وشكر الكازاخستانيون جيرانهم. وقالت <o>وزارة الدفاع</o> إن الوضع في كازاخستان هادئ.",
    )
    sizes = {e.name: len(e.mentions) for e in found}
    assert sizes == {"وزارة الدفاع": 2, "وزارة الدفاع الروسية": 2}


def test_forces_of_one_organization_are_one() -> None:
    found = entities(
        "وصلت <o>قوات حفظ السلام</o> التابعة لمنظمة معاهدة الأمن الجماعي، وقالت <o>منظمة معاهدة الأمن الجماعي</o> ذلك.",
        "عادت <o>قوات «معاهدة الأمن»</o> وبقيت <o>وحدة حفظ السلام</o>. قالت <o>منظمة معاهدة الأمن الجماعي</o>.",
    )
    assert together(found, "قوات حفظ السلام", "قوات «معاهدة الأمن»", "وحدة حفظ السلام")
    assert spellings(found) >= {frozenset({"منظمة معاهدة الأمن الجماعي"})}


STORY = (
    "قال <r>الرئيس</r> <p>قاسم جومارت توكاييف</p> في <l>ألما آتا</l> إن <o>وزارة الدفاع</o> في كازاخستان جاهزة.",
    "وأضاف <p>توكايف</p> أن <o>وزارة الدفاع الروسية</o> أرسلت <o>قوات حفظ السلام</o>. وصل <p>سليم الخالدي</p> إلى <l>ألماتي</l>.",
    "في <l>ألما-آتا</l> قال <p>الخالدي</p> لوكالة <o>رويترز</o> إن <p>جومرت توكاييف</p> وافق.",
    "زار <p>ناصر الخالدي</p> <l>طرابلس</l>، وقالت <o>وكالة رويترز</o> ذلك في لبنان.",
)


def test_order_of_reports_does_not_matter() -> None:
    articles, marks = story(*STORY)
    expected = resolve_entities("s", articles, marks)
    for seed in range(6):
        order = list(range(len(articles)))
        random.Random(seed).shuffle(order)
        assert resolve_entities("s", [articles[i] for i in order], [marks[i] for i in order]) == expected


@given(st.lists(st.sampled_from(STORY), max_size=5), st.randoms(use_true_random=False))
def test_every_mention_stands_in_exactly_one_entity(texts: list[str], rng: random.Random) -> None:
    articles, marks = story(*texts)
    found = resolve_entities("s", articles, marks)
    spans = sorted(s for e in found for s in e.mentions)
    assert spans == sorted(n.span for m in marks for n in m.names)
    texts_of = {a.id: a.text for a in articles}
    for entity in found:
        assert {texts_of[s.article_id][s.start : s.end] for s in entity.mentions} == {n.text for n in entity.names}
        assert entity.name in {n.text for n in entity.names}
    assert len({e.id for e in found}) == len(found)
    rng.shuffle(articles)
    marks.sort(key=lambda m: [a.id for a in articles].index(m.article_id))
    assert resolve_entities("s", articles, marks) == found


@given(st.lists(st.text(alphabet="اليوفسمد عبن", min_size=1, max_size=14), min_size=1, max_size=8))
def test_any_names_are_taken(names: list[str]) -> None:
    kinds = "pol"
    told = [f"قال <{kinds[i % 3]}>{n}</{kinds[i % 3]}>." for i, n in enumerate(names)]
    assert sum(len(e.mentions) for e in entities(" ".join(told))) == len(names)


def across(*stories: str) -> tuple[list[list[Entity]], dict[str, str]]:
    found = [resolve_entities(f"s{i}", *story(text)) for i, text in enumerate(stories)]
    return found, dict(link_across((f"s{i}", keys_of(one)) for i, one in enumerate(found)))


def test_full_names_places_and_organizations_join_across_stories() -> None:
    found, same = across(
        "قال <p>قاسم جومارت توكاييف</p> في <l>ألماتي</l> لوكالة <o>رويترز</o>.",
        "قال <p>قاسم جومرت توكايف</p> في <l>ألما آتا</l> لـ<o>وكالة رويترز</o>.",
    )
    first = {e.kind: e.id for e in found[0]}
    assert {same[e.id] for e in found[1]} == set(first.values())


def test_a_family_name_alone_joins_nobody_across_stories() -> None:
    _, same = across("قال <p>الخالدي</p> ذلك.", "قال <p>الخالدي</p> ذلك.")
    assert same == {}


def test_stories_in_any_order_link_alike() -> None:
    found = [resolve_entities(f"s{i}", *story(text)) for i, text in enumerate(STORY)]
    named = [(f"s{i}", keys_of(one)) for i, one in enumerate(found)]
    assert dict(link_across(named)) == dict(link_across(reversed(named)))


def test_of_namesakes_the_role_decides_else_the_one_who_stands_out() -> None:
    full = "قال <r>الرئيس</r> <p>محمد العوضي</p> ذلك. "
    other = "وقال <r>المدرب</r> <p>عمر العوضي</p> ذلك."
    found = entities(*[full] * 6, other, "قال <r>المدرب</r> <p>العوضي</p> ذلك.", "رفض <p>العوضي</p> ذلك.")
    sizes = {e.name: len(e.mentions) for e in found}
    assert sizes == {"محمد العوضي": 7, "عمر العوضي": 2}


def test_cost_stays_near_linear_when_all_bear_one_family_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from riwaya.relate import people

    compared = 0

    def counted(a: object, b: object) -> None:
        nonlocal compared
        compared += 1

    monkeypatch.setattr(people, "same_person", counted)
    letters = "بتجدرسشفكلمن"
    names = [f"{x}ا{y}و{z} العوضي" for x in letters for y in letters for z in letters[:8]]
    people.group(_mentions(names))
    assert compared < 60 * len(names)


def _mentions(names: list[str]) -> list[Mention]:
    articles, marks = story(" ".join(f"قال <p>{name}</p>." for name in names))
    return collect(articles, marks)[0]
