"""A whole story, weighed: what stands, what is disputed, what is left out, when it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.model import Dossier, Marks, Related, Span, Statement
from riwaya.weigh import weigh_story

from .reports import FIRST, SECOND, THIRD, accident, article, related


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return weigh_story(accident())


def text_of(dossier: Dossier, span: Span) -> str:
    return next(a.text for a in dossier.articles if a.id == span.article_id)[span.start : span.end]


def statement(dossier: Dossier, words: str, reports: int = 1) -> Statement:
    """The first statement of at least so many reports, all of whose spans hold these words."""
    for one in dossier.statements:
        if len(one.article_ids) >= reports and all(words in text_of(dossier, s) for s in one.spans):
            return one
    raise AssertionError(f"no statement says {words!r}")


def test_the_same_speaker_in_two_reports_is_repeated(dossier: Dossier) -> None:
    said = statement(dossier, "مصنع النسيج", 2)
    assert said.standing == "repeated"
    assert [o.name for o in said.origins] == ["سامر الحموي"]
    assert said.independent == 1


def test_every_report_has_statements(dossier: Dossier) -> None:
    assert {i for s in dossier.statements for i in s.article_ids} == {a.id for a in dossier.articles}


def test_who_leaves_a_statement_out(dossier: Dossier) -> None:
    assert statement(dossier, "أغلقت الشرطة").missing_from == ("صحيفة الجبل",)


def test_a_denial_disputes_what_it_denies(dossier: Dossier) -> None:
    denial, claim = statement(dossier, "نفت إدارة"), statement(dossier, "خزن مواد")
    assert denial.id != claim.id
    assert denial.disputed and claim.disputed
    found = [d for d in dossier.disputes if {denial.id, claim.id} <= set(d.statement_ids)]
    assert [d.kind for d in found] == ["contradiction"]


def test_a_toll_that_grows_with_the_days_is_a_revision(dossier: Dossier) -> None:
    tolls = [d for d in dossier.disputes if d.about.startswith("killed")]
    assert [d.kind for d in tolls] == ["revision"]
    assert ["12" in s.says for s in tolls[0].sides] == [True, False]
    assert not statement(dossier, "مقتل 12").disputed


def test_an_anonymous_source_is_not_named(dossier: Dossier) -> None:
    origins = statement(dossier, "خزن مواد").origins
    assert [(o.name, o.named, o.party) for o in origins] == [("مصدر أمني", False, None)]


def test_a_ministry_speaks_for_its_state(dossier: Dossier) -> None:
    assert [o.party for o in statement(dossier, "التبرع بالدم").origins] == ["سوريا"]


def test_one_event_of_two_reports_is_one_entry_of_the_timeline(dossier: Dossier) -> None:
    fire = [t for t in dossier.timeline if any("اندلع" in text_of(dossier, s) for s in t.spans)]
    assert [(t.start, len({s.article_id for s in t.spans})) for t in fire] == [("2023-05-09", 2)]


def test_the_summary_is_quoted_and_its_spans_carry_it(dossier: Dossier) -> None:
    summary = dossier.stories[0].summary
    assert summary
    for sentence in summary:
        assert sentence.text in {text_of(dossier, s) for s in sentence.spans}


def test_the_title_is_a_headline(dossier: Dossier) -> None:
    assert dossier.stories[0].title in {a.title for a in dossier.articles}


def test_order_does_not_matter() -> None:
    story = accident()
    turned = replace(
        story,
        entities=tuple(reversed(story.entities)),
        passages=tuple(reversed(story.passages)),
        marks=tuple(replace(m, quotes=tuple(reversed(m.quotes)), figures=m.figures) for m in story.marks),
    )
    assert weigh_story(turned).statements == weigh_story(story).statements
    again = related(article(THIRD, "صحيفة الجبل", "2023-05-10"), article(SECOND, "موقع الضفة", "2023-05-10"),
                    article(FIRST, "صحيفة النهر", "2023-05-09"))
    assert weigh_story(again) == weigh_story(story)


def test_a_report_with_no_marks_is_kept() -> None:
    bare = article("", None, None, titled=False)
    story = Related("s-empty", (bare,), (Marks(bare.id),))
    dossier = weigh_story(story)
    assert dossier.articles == (bare,)
    assert dossier.statements == ()
    assert dossier.stories[0].outlets == (bare.id,)


@given(st.lists(st.text(max_size=120), min_size=1, max_size=3, unique=True))
def test_any_text_gives_spans_that_resolve(texts: list[str]) -> None:
    dossier = weigh_story(related(*(article(t, "صحيفة", "2023-05-09", titled=False) for t in texts)))
    for one in dossier.statements:
        assert one.text in {text_of(dossier, s) for s in one.spans}
        assert all(0 <= s.start < s.end <= len(next(a.text for a in dossier.articles if a.id == s.article_id)) for s in one.spans)
