"""Versions of one report: how they are found, how they are weighed, and what changed between them."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import riwaya
from riwaya.ids import stable_id
from riwaya.model import Article, Dossier, Furniture, Published, Span
from riwaya.relate.versions import canonical_url, differences, reports, settle_versions

URL = "https://www.wadi.example/news/12"
TOLD = (
    "انهار جسر وادي السدر في محافظة ميرانة صباح اليوم بعد أمطار غزيرة استمرت يومين، "
    "ما أدى إلى مقتل {} أشخاص وإصابة تسعة عشر آخرين. "
    "وقال محافظ ميرانة سامر الحلواني إن فرق الإنقاذ انتشلت أربع مركبات من مجرى الوادي، وإن البحث عن مفقودين مستمر حتى مساء الغد. "
    "وأوضحت هيئة الطرق أن الجسر شُيّد قبل أربعين عاما ولم يخضع لأي صيانة منذ تسع سنوات رغم تحذيرات المهندسين المتكررة."
)


def report(text: str, when: str | None, url: str | None = URL, outlet: str | None = "صحيفة الوادي") -> Article:
    given_day = Published(when, "stated") if when else Published()
    return Article(stable_id("a", outlet, url, None, text), f"{when}.txt", text, url=url, outlet=outlet, published=given_day)


# ---------------------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://wadi.example/news/12", "https://www.wadi.example/news/12/", "https://WWW.wadi.example:443/news/12#comments",
        "https://wadi.example/news/12?utm_source=feed&fbclid=1",
    ],
)  # fmt: skip
def test_one_address_is_written_in_many_ways(url: str) -> None:
    assert canonical_url(url) == canonical_url(URL)


def test_arabic_addresses_are_one_whether_encoded_or_not() -> None:
    assert canonical_url("https://wadi.example/%D8%AC%D8%B3%D8%B1") == canonical_url("https://wadi.example/جسر/")


@pytest.mark.parametrize("url", ["http://wadi.example/news/13", "http://wadi.example/news/12?page=2", "http://news.wadi.example/news/12"])
def test_other_addresses_are_others(url: str) -> None:
    assert canonical_url(url) != canonical_url(URL)


@pytest.mark.parametrize("url", [None, "", "wadi.example/news/12", "https://wadi.example/", "https://wadi.example:x/1", "http://[::1/1",
                                 "https://wadi.example/?utm_source=feed", "file:///news/12"])  # fmt: skip
def test_what_leads_to_no_report_is_no_address(url: str | None) -> None:
    assert canonical_url(url) is None


# ---------------------------------------------------------------------------------------------------------------- versions


def test_each_is_a_version_of_the_one_before() -> None:
    first, second = report("أ", "2031-03-02"), report("ب", "2031-03-02T09:00+03:00")
    third, other = report("ج", "2031-03-02T08:00+00:00", URL + "/?utm_medium=x"), report("د", "2031-03-01", URL + "4")
    undated = report("ه", None)
    expected = {undated.id: None, first.id: undated.id, second.id: first.id, third.id: second.id, other.id: None}
    made = [first, second, third, other, undated]
    for seed in range(5):
        settled = settle_versions(random.Random(seed).sample(made, len(made)))
        assert {a.id: a.version_of for a in settled} == expected
    assert set(reports(settle_versions(made)).values()) == {undated.id, other.id}


def test_of_one_day_the_id_decides() -> None:
    pair = sorted((report("أ", "2031-03-02"), report("ب", "2031-03-02")), key=lambda a: a.id)
    assert [a.version_of for a in settle_versions(pair)] == [None, pair[0].id]


def test_without_addresses_nothing_is_a_version() -> None:
    plain = [report("أ", "2031-03-02", None), report("ب", "2031-03-03", "")]
    settled = settle_versions(plain)
    assert all(a is b for a, b in zip(settled, plain, strict=True))


def built(articles: Sequence[Article]) -> Dossier:
    return riwaya.build(articles, stories="one", jobs=1).dossier()


def test_two_versions_are_one_report_in_standing_and_copying() -> None:
    former = report(TOLD.format("سبعة"), "2031-03-02T08:00")
    later = report(former.text + " وأعلن الحداد.", "2031-03-02T10:00")
    found = built([later, former])
    assert {a.id: a.version_of for a in found.articles} == {former.id: None, later.id: former.id}
    assert not found.passages
    assert any(len(s.article_ids) > 1 for s in found.statements)
    assert {s.standing for s in found.statements} == {"single"}
    apart = built([later, report(former.text, "2031-03-02T08:00", URL + "3")])  # two reports of the outlet
    assert "repeated" in {s.standing for s in apart.statements}
    assert apart.passages


def test_versions_are_one_origin_whatever_the_page_calls_its_outlet() -> None:
    former = report(TOLD.format("سبعة"), "2031-03-02T08:00")
    later = report(former.text + " انتهى.", "2031-03-02T10:00", outlet="الوادي نيوز")
    assert any(len(s.article_ids) > 1 for s in built([former, later]).statements)
    assert {len(s.origins) for s in built([former, later]).statements} == {1}


def test_with_another_report_they_are_two() -> None:
    former, later = report(TOLD.format("سبعة"), "2031-03-02T08:00"), report(TOLD.format("سبعة") + " انتهى.", "2031-03-02T10:00")
    other = report(TOLD.format("سبعة"), "2031-03-02T12:00", "https://oasis.example/1", "صحيفة الواحة")
    held = [s for s in built([former, later, other]).statements if len(s.article_ids) == 3]
    assert held
    assert "single" not in {s.standing for s in held}
    pairs = {(p.a.article_id, p.b.article_id) for p in built([former, later, other]).passages}
    assert pairs == {tuple(sorted((other.id, v.id))) for v in (former, later)}


@pytest.mark.parametrize(("before", "after"), [("سبعة", "تسعة"), ("تسعة", "سبعة")])
def test_a_number_that_was_changed_is_a_revision(before: str, after: str) -> None:
    former, later = report(TOLD.format(before), "2031-03-02T08:00"), report(TOLD.format(after), "2031-03-02T10:00")
    (dispute,) = built([former, later]).disputes
    assert dispute.kind == "revision"
    assert [side.article_ids for side in dispute.sides] == [(former.id,), (later.id,)]
    assert all(side.spans for side in dispute.sides)


def test_a_day_that_was_changed_is_a_revision_too() -> None:
    text = "انهار جسر وادي السدر في محافظة ميرانة يوم {} بعد أمطار غزيرة استمرت يومين، ما أدى إلى مقتل سبعة أشخاص."
    former, later = report(text.format("الاثنين"), "2031-03-05T08:00"), report(text.format("الأحد"), "2031-03-05T10:00")
    (dispute,) = built([former, later]).disputes
    assert (dispute.kind, [side.article_ids for side in dispute.sides]) == ("revision", [(former.id,), (later.id,)])
    elsewhere = report(later.text, "2031-03-05T10:00", "https://oasis.example/1", "صحيفة الواحة")
    (dispute,) = built([former, elsewhere]).disputes
    assert dispute.kind == "contradiction"


def test_a_silent_edit_downwards_shows_beside_others_that_keep_the_number() -> None:
    former, later = report(TOLD.format("تسعة"), "2031-03-02T08:00"), report(TOLD.format("سبعة"), "2031-03-02T10:00")
    other = report(TOLD.format("تسعة"), "2031-03-02T09:00", "https://oasis.example/1", "صحيفة الواحة")
    revised = [d for d in built([former, later, other]).disputes if d.kind == "revision"]
    assert any({former.id, later.id} <= {i for side in d.sides for i in side.article_ids} for d in revised)


# -------------------------------------------------------------------------------------------------------------- differences


def changes(old: Article, new: Article) -> list[tuple[str, str, str]]:
    return [
        (d.kind, old.text[d.old.start : d.old.end], new.text[d.new.start : d.new.end]) for d in differences(old, new)
    ]


def test_words_that_were_changed_added_and_struck_out() -> None:
    old = report("قُتل سبعة عمال في مصنع النسيج، وقال المدير إن الأبواب كانت مفتوحة.", None)
    new = report("قُتل تسعة عمال في مصنع النسيج القديم. وقال المدير إن الأبواب مفتوحة!", None)
    assert changes(old, new) == [("replace", "سبعة", "تسعة"), ("insert", "", "القديم"), ("delete", "كانت", "")]
    insertion, deletion = differences(old, new)[1:]
    assert old.text[: insertion.old.start].endswith("النسيج")
    assert new.text[: deletion.new.start].endswith("الأبواب")


def test_a_word_in_common_by_chance_does_not_cut_a_sentence() -> None:
    old, new = report("بدأ. أغلقت المدارس أبوابها في ميرانة أمس بسبب المطر. انتهى", None), report(
        "بدأ. ألغى النادي مباراة فريقه في البطولة الوطنية للناشئين هذا العام. انتهى", None)  # fmt: skip
    assert [kind for kind, _, _ in changes(old, new)] == ["replace"]


def test_furniture_is_no_change() -> None:
    text = "قُتل سبعة عمال. شارك الخبر 12"
    one = Article("a-1", "", text, furniture=(Furniture(16, len(text), "share"),))
    assert differences(one, Article("a-2", "", "قُتل سبعة عمال.")) == []


def test_at_the_ends() -> None:
    old, new = Article("a-1", "", "  سبعة عمال"), Article("a-2", "", "  قُتل سبعة عمال هنا")
    assert changes(old, new) == [("insert", "", "قُتل"), ("insert", "", "هنا")]
    assert [d.old for d in differences(old, new)] == [Span("a-1", 2, 2), Span("a-1", 11, 11)]
    assert differences(Article("a-1", "", ""), Article("a-2", "", "")) == []
    assert [d.old for d in differences(Article("a-1", "", ""), new)] == [Span("a-1", 0, 0)]


WORDS = st.lists(st.sampled_from(["سبعة", "عمال", "في", "مصنع", "من", "قال", "إن", "الحريق", "و"]), max_size=40)


@given(WORDS, WORDS)
def test_the_changes_make_one_version_of_the_other(a: list[str], b: list[str]) -> None:
    old, new = Article("a-1", "", " ".join(a)), Article("a-2", "", " ".join(b))
    rebuilt, last = [], 0
    for one in differences(old, new):
        assert one.old.start >= last
        rebuilt += [old.text[last : one.old.start], new.text[one.new.start : one.new.end]]
        last = one.old.end
        empty = one.old.start == one.old.end, one.new.start == one.new.end
        assert one.kind == {(True, False): "insert", (False, True): "delete", (False, False): "replace"}[empty]
    assert " ".join([*rebuilt, old.text[last:]]).split() == b


def test_long_texts_take_no_time() -> None:
    chance = random.Random(7)
    words = [f"كلمة{chance.randrange(2000)}" for _ in range(20_000)]
    changed = [w if chance.random() > 0.02 else "أخرى" for w in words]
    old, new = Article("a-1", "", " ".join(words)), Article("a-2", "", " ".join(["مقدمة", *changed[:9000], *changed[9500:]]))
    start = time.perf_counter()
    found = differences(old, new)
    assert time.perf_counter() - start < 5
    assert 300 < len(found) < 500
