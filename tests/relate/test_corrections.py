"""Corrections inside one story: each action, its undoing, their order, and those that cite what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.mark import mark_article
from riwaya.model import Article, Correction, Dossier, Entity, Marks, Published, Related, Span
from riwaya.relate.corrections import Index, cause, corrections_for, date_given, is_cause, with_articles
from riwaya.relate.story import relate_story
from riwaya.serial.corrections import make_correction
from riwaya.serial.json_ import dumps, to_dict
from riwaya.weigh import weigh_story

TEXTS = {
    "a-1": (
        "قالت وزيرة الصحة هالة العياري اليوم إن الحريق أدى إلى مقتل سبعة عمال في مصنع النسيج في مدينة ميرانة. "
        "وقال محافظ ميرانة سامر الحلواني إن رجال الإطفاء سيطروا على الحريق فجر اليوم بعد عشر ساعات. "
        "وأضافت هالة العياري أن المصابين نقلوا إلى مستشفى الواحة في حافلات المصنع."
    ),
    "a-2": (
        "أدى الحريق إلى مقتل سبعة عمال في مصنع النسيج في مدينة ميرانة بحسب هالة العياري. "
        "وقال محافظ ميرانة سامر الحلواني إن رجال الإطفاء سيطروا على الحريق فجر اليوم بعد عشر ساعات. "
        "ونفت إدارة المصنع أن تكون الأبواب مغلقة وقت اندلاع النيران."
    ),
    "a-3": (
        "أعلنت الوزيرة العيارى أن الحريق في مصنع النسيج في ميرانة أودى بحياة سبعة عمال. "
        "وذكر المحافظ سامر الحلوانى أن رجال الإطفاء أخمدوا الحريق بعد عشر ساعات من العمل."
    ),
}
OUTLETS = {"a-1": "صحيفة الوادي", "a-2": "صحيفة الواحة", "a-3": "إذاعة ميرانة"}
ARTICLES = [
    Article(i, f"{i}.txt", text, outlet=OUTLETS[i], published=Published(f"2031-03-0{n}", "stated"))
    for n, (i, text) in enumerate(TEXTS.items(), 2)
]
MARKS = [mark_article(a) for a in ARTICLES]
SECONDS = count()


def at(article_id: str, words: str, nth: int = 0) -> Span:
    """Where words stand in a report."""
    start = -1
    for _ in range(nth + 1):
        start = TEXTS[article_id].index(words, start + 1)
    return Span(article_id, start, start + len(words))


def say(action: str, *spans: Span, value: str | None = None, when: int | None = None, author: str = "هدى") -> Correction:
    """A correction, later than those before it unless told when."""
    moment = next(SECONDS) if when is None else when
    made = f"2031-04-01T{moment // 3600:02}:{moment // 60 % 60:02}:{moment % 60:02}Z"
    return make_correction(action, spans, value, author=author, made=made, reason="كما في السجل")


def related(
    corrections: Iterable[Correction] = (), articles: Sequence[Article] = ARTICLES, marks: Sequence[Marks] = MARKS
) -> Related:
    return relate_story("s-1", articles, marks, corrections=corrections)


def woven(*corrections: Correction) -> Dossier:
    return weigh_story(related(corrections))


def as_bytes(dossier: Dossier) -> bytes:
    return dumps(to_dict(dossier))


def named_at(found: Related | Dossier, span: Span) -> Entity:
    return next(e for e in found.entities if span in e.mentions)


def left(thing: Any, correction: Correction) -> bool:
    """Whether a correction left its reason there."""
    return cause(correction) in thing.reasons and any(is_cause(r, correction) for r in thing.reasons)


WITHOUT = woven()
MINISTER, GOVERNOR = at("a-1", "هالة العياري"), at("a-1", "سامر الحلواني")


# ------------------------------------------------------------------------------------------------------------ one by one


def test_merged_mentions_are_one_entity_and_one_origin() -> None:
    one = say("merge", MINISTER, GOVERNOR)
    found = woven(one)
    assert named_at(WITHOUT, MINISTER).id != named_at(WITHOUT, GOVERNOR).id
    whole = named_at(found, MINISTER)
    assert whole == named_at(found, GOVERNOR)
    assert set(whole.mentions) == {*named_at(WITHOUT, MINISTER).mentions, *named_at(WITHOUT, GOVERNOR).mentions}
    assert left(whole, one)
    assert left(found.stories[0], one)
    resting = [s for s in found.statements if any(o.entity_id == whole.id for o in s.origins)]
    assert resting
    assert all(left(s, one) for s in resting)
    gone = {named_at(WITHOUT, MINISTER).id, named_at(WITHOUT, GOVERNOR).id} - {whole.id}
    assert not gone & {o.entity_id for s in found.statements for o in s.origins}


def test_a_merge_of_two_kinds_is_of_the_first_ones() -> None:
    town = at("a-1", "ميرانة")
    for spans, kind in (((town, MINISTER), "place"), ((MINISTER, town), "person")):
        whole = named_at(related([say("merge", *spans)]), town)
        assert whole.kind == kind
        assert MINISTER in whole.mentions


def test_split_takes_a_spelling_out_wherever_it_stands() -> None:
    merged = say("merge", MINISTER, GOVERNOR)
    one = say("split", MINISTER, GOVERNOR)
    found = related([merged, one])
    minister, governor = named_at(found, MINISTER), named_at(found, GOVERNOR)
    assert minister.id != governor.id
    assert at("a-2", "سامر الحلواني") in governor.mentions
    assert left(minister, one)
    assert left(governor, one)


def test_namesakes_are_told_apart_by_their_reports() -> None:
    one = say("split", at("a-1", "سامر الحلواني"), at("a-2", "سامر الحلواني"))
    found = related([one])
    first, second = named_at(found, at("a-1", "سامر الحلواني")), named_at(found, at("a-2", "سامر الحلواني"))
    assert first.id != second.id
    assert {s.article_id for s in second.mentions} == {"a-2"}


def test_a_split_place_is_found_again() -> None:
    town = [at("a-1", "ميرانة"), at("a-2", "ميرانة")]
    found = related([say("split", *town)])
    assert named_at(found, town[0]).id != named_at(found, town[1]).id
    assert named_at(found, town[0]).kind == named_at(found, town[1]).kind == "place"


def test_what_is_not_copied_is_no_passage() -> None:
    passage = next(p for p in WITHOUT.passages if p.kind == "copy")
    one = say("not-copy", passage.b, passage.a)
    found = woven(one)
    assert not [p for p in found.passages if (p.a.article_id, p.b.article_id) == (passage.a.article_id, passage.b.article_id)]
    assert left(found.stories[0], one)
    both = [s for s in found.statements if {passage.a.article_id, passage.b.article_id} <= set(s.article_ids)]
    assert any(left(s, one) for s in both)


def test_other_passages_of_the_two_stay() -> None:
    passage = next(p for p in WITHOUT.passages if p.kind == "copy")
    assert min(passage.a.start, passage.b.start) > 3
    for spans in ((replace(passage.a, start=0, end=3), passage.b), (passage.a, replace(passage.b, start=0, end=3))):
        assert passage.id in {p.id for p in related([say("not-copy", *spans)]).passages}


def quoted(found: Related | Dossier, span: Span) -> Any:
    return next(q for m in found.marks for q in m.quotes if q.content.article_id == span.article_id
                and q.content.start <= span.start < q.content.end)  # fmt: skip


def test_the_speaker_is_whom_people_name() -> None:
    said = at("a-1", "رجال الإطفاء سيطروا")
    one = say("speaker", said, value="هالة العياري")
    found = woven(one)
    assert quoted(WITHOUT, said).speaker.entity_id == named_at(WITHOUT, GOVERNOR).id
    quote = quoted(found, said)
    assert quote.speaker.entity_id == named_at(found, MINISTER).id
    assert (quote.isnad[-1].role, quote.isnad[-1].entity_id) == ("speaker", quote.speaker.entity_id)
    assert quote.isnad[:-1] == quoted(WITHOUT, said).isnad[:-1]
    statements = [s for s in found.statements if quote.id in s.quote_ids]
    assert statements
    assert all(left(s, one) for s in statements)
    assert any(o.entity_id == quote.speaker.entity_id for s in statements for o in s.origins)


def test_a_speaker_of_whom_no_report_knows_is_named_as_told() -> None:
    said = at("a-1", "رجال الإطفاء سيطروا")
    found = woven(say("speaker", said, value="رامي البستاني"))
    speaker = quoted(found, said).speaker
    assert (speaker.entity_id, speaker.span, speaker.text) == (None, None, "رامي البستاني")
    assert "رامي البستاني" in {o.name for s in found.statements for o in s.origins}


def test_the_words_that_name_the_speaker_are_kept_as_evidence() -> None:
    said, words = at("a-1", "رجال الإطفاء سيطروا"), at("a-1", "وزيرة الصحة هالة العياري")
    quote = quoted(woven(say("speaker", said, words, value="وزيرة الصحة")), said)
    assert (quote.speaker.span, quote.speaker.text) == (words, TEXTS["a-1"][words.start : words.end])
    assert quote.isnad[-1].span == words


def test_a_figure_counts_what_people_say() -> None:
    seven = at("a-1", "سبعة عمال")
    one = say("counts", seven, value="injured:عمال المناوبة")
    found = woven(one)
    (figure,) = [f for f in found.marks[0].figures if f.span.start <= seven.start < f.span.end]
    assert (figure.kind, figure.counted, figure.low) == ("injured", "عمال المناوبة", 7)
    statements = [s for s in found.statements if figure.id in s.figure_ids]
    assert statements
    assert all(left(s, one) for s in statements)


def test_the_date_is_stated_and_moves_the_times() -> None:
    one = say("date", at("a-1", "اليوم"), value="2031-05-09")
    found = woven(one)
    article = found.articles[0]
    assert (article.published.value, article.published.how) == ("2031-05-09", "stated")
    assert left(article.published, one)
    assert "2031-05-09" in {t.value for t in found.marks[0].times}
    assert found.stories[0].last == "2031-05-09"


# ------------------------------------------------------------------------------------------- undone, in any order, in conflict


ALL = [
    say("merge", MINISTER, GOVERNOR, when=1),
    say("split", MINISTER, at("a-2", "سامر الحلواني"), when=2),
    say("merge", GOVERNOR, at("a-1", "ميرانة"), when=3),
    say("not-copy", Span("a-1", 0, len(TEXTS["a-1"])), Span("a-2", 0, len(TEXTS["a-2"])), when=4),
    say("speaker", at("a-1", "رجال الإطفاء سيطروا"), value="هالة العياري", when=5),
    say("speaker", at("a-1", "رجال الإطفاء سيطروا"), value="رامي البستاني", when=6),
    say("speaker", at("a-1", "رجال الإطفاء سيطروا"), value="إدارة المصنع", when=6, author="سامر"),
    say("date", at("a-2", "اليوم"), value="2031-05-09", when=7),
    say("date", Span("a-2", 0, 0), value="2031-05-11", when=8),
    say("counts", at("a-1", "سبعة عمال"), value="injured", when=9),
    say("counts", at("a-1", "سبعة"), value="missing:عمال", when=10),
    say("merge", Span("a-9", 0, 3), MINISTER, when=11),
    say("counts", at("a-1", "المصابين"), value="injured", when=12),
]


@pytest.mark.parametrize("one", ALL, ids=lambda c: f"{c.action} {c.made[-3:-1]}")
def test_what_is_undone_leaves_nothing(one: Correction) -> None:
    assert as_bytes(woven(replace(one, undone="2031-04-02T00:00:00Z", undone_by="سامر"))) == as_bytes(WITHOUT)


@given(st.randoms(), st.sets(st.sampled_from(ALL), min_size=1))
def test_their_order_does_not_matter(chance: Any, chosen: set[Correction]) -> None:
    ordered = sorted(chosen, key=ALL.index)
    shuffled = chance.sample(ordered, len(ordered))
    articles = chance.sample(list(zip(ARTICLES, MARKS, strict=True)), len(ARTICLES))
    again = related([*shuffled, shuffled[0]], [a for a, _ in articles], [m for _, m in articles])
    assert again == related(ordered)


def test_the_later_one_wins() -> None:
    found = related(ALL)
    said = at("a-1", "رجال الإطفاء سيطروا")
    last = max(ALL[5:7], key=lambda c: c.id)  # of one instant
    assert quoted(found, said).speaker.text == last.value
    assert found.articles[1].published.value == "2031-05-11"
    (figure,) = [f for f in found.marks[0].figures if f.span.start <= at("a-1", "سبعة").start < f.span.end]
    assert (figure.kind, figure.counted) == ("missing", "عمال")
    aside = {s.path: s.reason for s in found.set_aside}
    assert f"the later {ALL[8].id} says otherwise" in aside[f"correction {ALL[7].id}"]
    assert f"the later {ALL[10].id} says otherwise" in aside[f"correction {ALL[9].id}"]
    assert ALL[8] in found.corrections
    assert ALL[7] not in found.corrections


def test_every_span_lies_in_its_text_whatever_was_corrected() -> None:
    found = woven(*ALL)
    for entity in found.entities:
        assert sum(n.count for n in entity.names) == len(entity.mentions)
    names = [m for e in found.entities for m in e.mentions]
    assert sorted(names) == sorted(n.span for m in MARKS for n in m.names)  # each in one entity
    for marks in found.marks:
        for quote in marks.quotes:
            if quote.speaker and quote.speaker.span:
                span = quote.speaker.span
                assert TEXTS[span.article_id][span.start : span.end] == quote.speaker.text


# ---------------------------------------------------------------------------------------------------------- what is not there


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (say("merge", MINISTER, Span("a-1", 9, 9000)), "a-1 has no characters 9..9000"),
        (say("merge", MINISTER, at("a-1", "حافلات")), "no name stands at a-1"),
        (say("counts", at("a-1", "المصابين"), value="injured"), "no figure stands there"),
        (say("speaker", Span("a-1", 0, 2), value="سامر"), "nothing that is said stands there"),
    ],
)
def test_what_cites_nothing_is_set_aside_with_its_reason(one: Correction, reason: str) -> None:
    found = woven(one)
    (aside,) = found.skipped
    assert aside.path == f"correction {one.id}"
    assert aside.reason.startswith(f"{one.action} is not applied: ")
    assert reason in aside.reason
    assert as_bytes(replace(found, skipped=())) == as_bytes(WITHOUT)


def test_those_of_other_stories_are_left_out() -> None:
    here, there = say("merge", MINISTER, Span("a-9", 0, 4)), say("merge", Span("a-8", 0, 4), Span("a-9", 0, 4))
    undone = replace(here, undone="2031-04-02T00:00:00Z")
    assert corrections_for([there, here, undone], set(TEXTS)) == [here]
    assert Index([there, here, undone]).of(TEXTS) == [here]
    kept, aside = with_articles([there, here, undone], {*TEXTS, "a-9"})
    assert kept == [here]
    assert [s.path for s in aside] == [f"correction {there.id}"]
    assert "the article a-8 is not here" in aside[0].reason


def test_a_date_holds_before_reports_are_measured() -> None:
    early, late = (say("date", Span("a-1", 0, 0), value=v) for v in ("2031-01-01", "2031-01-02T07:00"))
    assert date_given(ARTICLES[0], [late, early]).published.value == "2031-01-02T07:00"
    assert date_given(ARTICLES[1], [late, early]) is ARTICLES[1]
