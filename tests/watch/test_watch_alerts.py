"""Alerts: what is new in a story against what it was, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import riwaya
from riwaya.model import Alert, Article, Dispute, Dossier, Figure, Marks, Origin, Passage, Side, Span, Statement, Story
from riwaya.watch.alerts import alerts

REPORTS = Path(__file__).parent.parent.parent / "examples" / "reports"


def article(name: str, outlet: str, version_of: str | None = None) -> Article:
    return Article(name, f"{name}.txt", "قتل 13 شخصا في الحريق. " * 5, outlet=outlet, version_of=version_of)


def span(name: str, start: int = 0, end: int = 20) -> Span:
    return Span(name, start, end)


def origin(name: str, *articles: str) -> Origin:
    return Origin(name, "office", None, True, None, articles)


def statement(spans: list[Span], *origins: Origin, id: str = "st-1") -> Statement:  # noqa: A002 - as in the model
    ids = tuple(sorted({s.article_id for s in spans}))
    standing = "corroborated" if len(origins) > 1 else "single"
    return Statement(id, "s-1", "قتل 13 شخصا في حريق الميناء", tuple(spans), ids, ids, (), (), origins, len(origins), standing)


def dispute(*sides: list[Span], kind: str = "revision", about: str = "killed: 13 / 15") -> Dispute:
    made = tuple(Side(f"قتل {13 + n} شخصا", tuple(s), tuple({x.article_id for x in s}), ("الأفق",)) for n, s in enumerate(sides))
    return Dispute("d-1", "s-1", kind, about, made)  # type: ignore[arg-type]


def dossier(*articles: Article, statements: tuple[Statement, ...] = (), disputes: tuple[Dispute, ...] = ()) -> Dossier:
    ids = tuple(a.id for a in articles)
    story = Story("s-1", "حريق الميناء", ids, None, None, tuple(sorted({a.outlet or "" for a in articles})), 1, 1)
    marks = tuple(Marks(i, figures=(Figure("f-1", Span(i, 4, 6), "13", 13, 13, False, "killed", None, "شخص"),)) for i in ids)
    return Dossier(articles, (story,), marks, statements=statements, disputes=disputes)


A, B, C = article("a-1", "الأفق"), article("a-2", "الساحل"), article("a-3", "الأفق")


def kinds(found: list[Alert]) -> list[str]:
    return [a.kind for a in found]


def test_a_story_is_told_of_once_it_is_large_enough() -> None:
    small, large = dossier(A, B), dossier(A, B, C)
    assert alerts(None, small) == []
    (told,) = alerts(small, large)
    assert (told.kind, told.story_id, told.title) == ("story", "s-1", "حريق الميناء")
    assert told.ar == "حدث جديد: حريق الميناء (3 تقارير، ناشران)"
    assert told.en == "A new story: حريق الميناء (3 reports, 2 outlets)"
    assert kinds(alerts(None, large)) == ["story"]
    assert alerts(large, dossier(A, B, C, article("a-4", "المرفأ"))) == []


def test_one_outlet_or_later_versions_make_no_story() -> None:
    assert alerts(None, dossier(A, C, article("a-4", "الأفق"))) == []
    assert alerts(None, dossier(A, B, article("a-4", "الأفق", version_of="a-1"))) == []
    assert alerts(dossier(), replace(dossier(A, B, C), stories=())) == []


def test_a_revised_figure() -> None:
    before, after = dossier(A), dossier(A, B, disputes=(dispute([span("a-1")], [span("a-2")]),))
    (told,) = alerts(before, after)
    assert told.kind == "revision"
    assert told.spans == (span("a-1"), span("a-2"))
    assert "«قتل 13 شخصا» (الأفق)، ثم «قتل 14 شخصا»" in told.ar
    assert alerts(after, after) == []


def test_a_third_value_is_told_and_a_further_voice_is_not() -> None:
    two = dossier(A, B, disputes=(dispute([span("a-1")], [span("a-2")]),))
    voice = dossier(A, B, C, disputes=(dispute([span("a-1")], [span("a-2"), span("a-3")]),))
    third = dossier(A, B, C, disputes=(dispute([span("a-1")], [span("a-2")], [span("a-3")]),))
    assert kinds(alerts(two, voice)) == ["story"]
    assert [(a.kind, a.spans[-1]) for a in alerts(two, third) if a.kind != "story"] == [("revision", span("a-3"))]


def test_only_figures_and_only_what_new_reports_bring() -> None:
    sides = ([span("a-1")], [span("a-2")])
    assert alerts(dossier(A), dossier(A, B, disputes=(dispute(*sides, kind="precision"),))) == []
    days = dispute(*sides, kind="contradiction", about="day of the event: 1 / 2")
    assert alerts(dossier(A), dossier(A, B, disputes=(days,))) == []
    assert kinds(alerts(dossier(A), dossier(A, B, disputes=(dispute(*sides, kind="contradiction"),)))) == ["contradiction"]
    assert alerts(dossier(A, B), dossier(A, B, disputes=(dispute(*sides),))) == []  # the same reports, read otherwise
    assert alerts(None, dossier(A, B, disputes=(dispute(*sides),))) == []


def test_a_second_independent_origin() -> None:
    before = dossier(A, statements=(statement([span("a-1")], origin("وزارة الصحة", "a-1")),))
    both = (origin("الدفاع المدني", "a-2"), origin("وزارة الصحة", "a-1"))
    after = dossier(A, B, statements=(statement([span("a-1", 2, 18), span("a-2")], *both, id="st-9"),))
    (told,) = alerts(before, after)
    assert told.kind == "confirmation"
    assert "الدفاع المدني، بعد وزارة الصحة" in told.ar
    assert told.spans == (span("a-1"), span("a-2"))
    assert alerts(after, after) == []


NOTHING = [
    "corroborated before", "other words", "no new report", "the same name", "nobody by name", "an outlet without a source",
    "a name only", "one speaker, copied", "an outlet, reworded",
]  # fmt: skip


@pytest.mark.parametrize("case", NOTHING)
def test_what_confirms_nothing(case: str) -> None:
    one, two = origin("وزارة الصحة", "a-1"), origin("الدفاع المدني", "a-2")
    had = [origin("بلدية", "a-1"), one] if case == "corroborated before" else [one]
    at = span("a-1", 50, 60) if case == "other words" else span("a-1")
    known = (A, B) if case == "no new report" else (A,)
    before = dossier(*known, statements=(statement([at], *had),))
    second = replace(two, name="وزارة الصحة" if case == "the same name" else two.name, named=case != "nobody by name")
    if "outlet" in case:
        second = replace(second, kind="outlet")
    if "speaker" in case:
        second = replace(second, kind="speaker")
    said = statement([span("a-1"), span("a-2")], one, second)
    after = dossier(A, B, statements=(replace(said, text="حريق الميناء") if case == "a name only" else said,))
    if case.endswith(("copied", "reworded")):
        kind = "copy" if case.endswith("copied") else "paraphrase"
        after = replace(after, passages=(Passage("p-1", span("a-1"), span("a-2", 2, 19), kind, 0.8),))
    assert alerts(before, after) == []


@pytest.mark.parametrize(("kind", "who"), [("copy", "office"), ("paraphrase", "speaker"), ("paraphrase", "office")])
def test_two_offices_may_issue_one_sentence_and_two_speakers_say_the_same(kind: str, who: str) -> None:
    one, two = replace(origin("وزارة الصحة", "a-1"), kind=who), replace(origin("الدفاع المدني", "a-2"), kind=who)  # type: ignore[arg-type]
    before = dossier(A, statements=(statement([span("a-1")], one),))
    after = dossier(A, B, statements=(statement([span("a-1"), span("a-2")], one, two),))
    after = replace(after, passages=(Passage("p-1", span("a-1"), span("a-2"), kind, 0.8),))  # type: ignore[arg-type]
    assert kinds(alerts(before, after)) == ["confirmation"]


def test_another_outlet_confirms_what_an_outlet_alone_had_said() -> None:
    one, two = (replace(origin(name, i), kind="outlet") for name, i in (("الأفق", "a-1"), ("الساحل", "a-2")))
    before = dossier(A, statements=(statement([span("a-1")], one),))
    after = dossier(A, B, statements=(statement([span("a-1"), span("a-2")], one, two),))
    elsewhere = replace(after, passages=(Passage("p-1", span("a-1", 50, 60), span("a-2", 50, 60), "copy", 1.0),))
    assert kinds(alerts(before, after)) == kinds(alerts(before, elsewhere)) == ["confirmation"]


def test_the_better_match_counts_where_a_sentence_stands_in_several_statements() -> None:
    one, two = origin("وزارة الصحة", "a-1"), origin("الدفاع المدني", "a-2")
    known = statement([span("a-1", 0, 40), span("a-1", 60, 80)], one, origin("بلدية", "a-1"), id="st-1")
    single = statement([span("a-1", 0, 20)], one, id="st-2")
    after = dossier(A, B, statements=(statement([span("a-1", 0, 20), span("a-2")], one, two),))
    assert kinds(alerts(dossier(A, statements=(known, single)), after)) == ["confirmation"]


def test_the_same_thing_has_the_same_id() -> None:
    before, after = dossier(A), dossier(A, B, disputes=(dispute([span("a-1")], [span("a-2")]),))
    moved = replace(after, stories=(replace(after.stories[0], id="s-2"),))
    assert [a.id for a in alerts(before, after)] == [a.id for a in alerts(before, moved)]


def test_the_sample_as_it_came() -> None:
    """The first reports say 13 dead, a later one 15; a doctor says more than 20; the ministry is not alone in the end."""
    articles = sorted(riwaya.read(REPORTS), key=lambda a: a.path)
    half = riwaya.build(articles[:5], jobs=1, stories="one").dossier()
    whole = riwaya.build(articles, jobs=1, stories="one").dossier()
    told = alerts(half, whole)
    texts = {a.id: a.text for a in whole.articles}
    assert {"revision"} <= set(kinds(told))
    for alert in told:
        assert all(texts[s.article_id][s.start : s.end].strip() for s in alert.spans), alert
    assert alerts(whole, whole) == []
