"""Which way a passage went: credits, times, agencies, and the cases in which nothing is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import BRIDGE, FESTIVAL, TEAM, article, blank

from riwaya.arabic.words import words
from riwaya.model import Article, Passage
from riwaya.relate.credits import Credits, own_name
from riwaya.relate.passages import find_passages

PASTED = BRIDGE.split(". ")[1]


def only(*articles: Article) -> Passage:
    found = [p for p in find_passages(articles, blank(*articles)) if p.kind == "copy"]
    assert len(found) == 1
    return found[0]


def taker(passage: Passage) -> str | None:
    """The id of the report that took the passage from the other."""
    return {"a_to_b": passage.b.article_id, "b_to_a": passage.a.article_id}.get(passage.direction)


def test_the_later_took_it() -> None:
    early = article(BRIDGE, published="2021-03-05T08:00")
    late = article(f"{FESTIVAL} {PASTED}.", published="2021-03-05T11:30")
    found = only(early, late)
    assert taker(found) == late.id
    assert [r.name for r in found.reasons] == ["equal words", "time"]
    assert "210 minutes" in found.reasons[1].detail


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2021-03-05T08:00", "2021-03-05T08:05"),
        ("2021-03-05", "2021-03-05T23:00"),
        (None, "2021-03-05"),
        (None, None),
        ("9999", None),
    ],
)
def test_near_or_missing_times_decide_nothing(first: str | None, second: str | None) -> None:
    found = only(article(BRIDGE, published=first), article(f"{FESTIVAL} {PASTED}.", published=second))
    assert (found.direction, found.source) == ("unknown", None)


def test_an_inferred_date_does_not_decide_alone() -> None:
    early = article(BRIDGE, published="2021-03-05")
    late = article(f"{FESTIVAL} {PASTED}.", published="2021-03-07")
    assert taker(only(early, late)) == late.id
    inferred = replace(early, published=replace(early.published, how="inferred"))
    assert only(inferred, late).direction == "unknown"


def test_a_credit_outweighs_the_clock() -> None:
    source = article(BRIDGE, outlet="صحيفة منارة ميرانة", published="2021-03-05T12:00")
    other = article(f"{TEAM} وبحسب صحيفة «منارة ميرانة»، {PASTED}.", outlet="الشاهد", published="2021-03-05T08:00")
    found = only(source, other)
    assert taker(found) == other.id
    assert {r.name for r in found.reasons} == {"equal words", "credit", "time"}


def test_a_credit_elsewhere_in_the_report_is_not_for_this_passage() -> None:
    source = article(BRIDGE, outlet="منارة ميرانة")
    other = article(f"ذكرت صحيفة «منارة ميرانة» أن السوق أغلق. {FESTIVAL} {PASTED}.", outlet="الشاهد")
    found = only(source, other)
    assert (found.direction, found.source) == ("common_source", None)


def test_two_outlets_without_a_credit_have_it_from_a_third_whoever_was_first() -> None:
    one = article(BRIDGE, outlet="منارة ميرانة", published="2021-03-05T08:00")
    two = article(f"{FESTIVAL} {PASTED}.", outlet="الشاهد", published="2021-03-05T18:00")
    found = only(one, two)
    assert (found.direction, found.source) == ("common_source", None)
    assert found.reasons[-1].name == "no credit"


def test_the_text_of_a_newsroom_that_others_reprint_may_be_its_own() -> None:
    one = article(BRIDGE, outlet="بي بي سي", published="2021-03-05T08:00")
    two = article(f"{FESTIVAL} {PASTED}.", outlet="الشاهد", published="2021-03-05T18:00")
    assert taker(only(one, two)) == two.id
    assert only(article(BRIDGE, outlet="بي بي سي"), article(f"{FESTIVAL} {PASTED}.", outlet="الشاهد")).direction == "unknown"


def test_both_credit_one_agency() -> None:
    one = article(BRIDGE, agencies=("رويترز",), published="2021-03-05T08:00")
    two = article(f"{FESTIVAL} {PASTED}.", agencies=("رويترز",), published="2021-03-05T18:00")
    found = only(one, two)
    assert (found.direction, found.source) == ("common_source", "رويترز")


def test_one_credits_an_agency_for_equal_words() -> None:
    one = article(BRIDGE, published="2021-03-05T08:00")
    two = article(f"{FESTIVAL} {PASTED}.", agencies=("واس",), published="2021-03-05T18:00")
    assert (only(one, two).direction, only(one, two).source) == ("common_source", "واس")


def test_different_agencies_settle_nothing() -> None:
    found = only(article(BRIDGE, agencies=("رويترز",)), article(f"{FESTIVAL} {PASTED}.", agencies=("واس",)))
    assert (found.direction, found.source) == ("unknown", None)


def test_an_agency_credited_in_the_sentence_goes_before_that_of_the_report() -> None:
    one = article(f"{TEAM} ونقلت وكالة رويترز أن الجسر انهار وأن {PASTED}.", agencies=("واس",))
    two = article(f"{FESTIVAL} وذكرت وكالة رويترز أن الطريق أغلق وأن {PASTED}.", agencies=("أ ش أ",))
    assert only(one, two).source == "رويترز"


def test_the_agency_itself_is_the_source() -> None:
    agency = article(BRIDGE, outlet="واس")
    paper = article(f"{FESTIVAL} {PASTED}.", outlet="الشاهد", agencies=("واس",))
    found = only(agency, paper)
    assert taker(found) == paper.id
    assert found.source == "واس"


def test_a_third_report_names_the_agency_of_two() -> None:
    one = article(BRIDGE, published="2021-03-05T08:00")
    two = article(f"{FESTIVAL} {PASTED}.", published="2021-03-05T10:00")
    three = article(f"{TEAM} {PASTED}.", agencies=("واس",))
    found = find_passages([one, two, three], blank(one, two, three))
    assert len(found) == 3
    assert {(p.direction, p.source) for p in found} == {("common_source", "واس")}


def test_rewordings_need_a_credit() -> None:
    early = article("قُتل سبعة أشخاص في انهيار جسر وادي السدر بمحافظة ميرانة بعد أمطار غزيرة.", published="2021-03-05T08:00")
    late = article("أمطار غزيرة أودت بجسر وادي السدر في ميرانة وبحياة سبعة أشخاص.", published="2021-03-05T18:00")
    (found,) = find_passages([early, late], blank(early, late))
    assert (found.kind, found.direction) == ("paraphrase", "unknown")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ونقلت وكالة «سبوتنيك» عن مصدر قوله", ["سبوتنيك"]),
        ("قال المحافظ في تصريحات لـ«الشاهد» إن الجسر قديم", ["الشاهد"]),
        ("المصدر: عربي 21", ["عربي 21"]),
        ("بحسب صحيفة الشاهد", ["الشاهد"]),
        ("قال الشاهد إنه رأى الجسر", []),  # the ordinary word
        ("زار الوزير مقر وكالة رويترز", []),  # no cue of crediting
        ("أغلق الطريق. رويترز", []),
    ],
)
def test_credits_in_text(text: str, names: list[str]) -> None:
    assert [m.name for m in Credits(["الشاهد"]).find(words(text))] == names


def test_told_is_told_apart() -> None:
    (mention,) = Credits(["الشاهد"]).find(words("وأضاف في حوار لـ«الشاهد» أن العمل مستمر"))
    assert mention.told
    assert not mention.agency


@pytest.mark.parametrize(
    ("outlet", "url", "name"),
    [
        ("صحيفة الشاهد", None, "الشاهد"),
        ("ElWatanNews", None, "الوطن"),
        (None, "https://www.youm7.com/story/1", "اليوم السابع"),
        (None, "https://example.org/1", None),
        ("Reuters", None, "رويترز"),
        (None, None, None),
    ],
)
def test_own_name(outlet: str | None, url: str | None, name: str | None) -> None:
    assert own_name(Article("a-1", "", "", outlet=outlet, url=url)) == name
