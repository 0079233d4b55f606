"""Corrections through the whole of a build: on the sample and on real reports, with the invariants of test_invariants.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import riwaya
from riwaya.model import Article, Correction, Dossier, Published, Span
from riwaya.relate.corrections import cause
from riwaya.serial.corrections import make_correction
from test_invariants import REPORTS, as_bytes, assert_ids_lead_somewhere, assert_resolves


def say(action: str, *spans: Span, value: str | None = None, second: int = 0) -> Correction:
    return make_correction(action, spans, value, author="هدى", made=f"2031-04-01T00:00:{second:02}Z", reason="كما في السجل")


def one_of_each(dossier: Dossier) -> list[Correction]:
    """A correction of every action on things that a dossier of one story holds."""
    people = sorted((e for e in dossier.entities if e.kind == "person"), key=lambda e: (-len(e.mentions), e.id))
    spelled = next(e for e in people if len(e.names) > 1)
    texts = {a.id: a.text for a in dossier.articles}
    by_name = {texts[m.article_id][m.start : m.end]: m for m in spelled.mentions}
    copy = next(p for p in dossier.passages if p.kind == "copy")
    quote = next(q for m in dossier.marks for q in m.quotes if q.speaker)
    figure = next(f for m in dossier.marks for f in m.figures if f.kind == "killed")
    first, second = (Span(a.id, 0, 0) for a in dossier.articles[:2])
    return [
        say("merge", people[0].mentions[0], people[1].mentions[0], second=1),
        say("split", *list(by_name.values())[:2], second=2),
        say("not-copy", copy.a, copy.b, second=3),
        say("speaker", quote.content, value=people[0].name, second=4),
        say("date", second, value="2022-01-20", second=5),
        say("counts", figure.span, value="injured:عمال", second=6),
        say("not-story", first, second, second=7),
        say("same-story", first, Span(dossier.articles[2].id, 0, 0), second=8),
        say("merge", Span("a-nowhere", 0, 4), people[0].mentions[0], second=9),
    ]


def check(articles: Sequence[Article]) -> None:
    """Any of them and all together: invariants hold, nothing depends on order or workers, what is undone leaves nothing."""
    plain = riwaya.build(articles, stories="one", jobs=1)
    said = one_of_each(plain.dossier())
    undone = [replace(c, undone="2031-05-01T00:00:00Z") for c in said]
    assert as_bytes(riwaya.build(articles, stories="one", jobs=1, corrections=undone)) == as_bytes(plain)
    whole = riwaya.build(articles, stories="one", jobs=1, corrections=said)
    found = whole.dossier().to_dict()
    assert_resolves(found)
    assert_ids_lead_somewhere(found)
    assert as_bytes(riwaya.build(articles[::-1], stories="one", jobs=2, corrections=said[::-1])) == as_bytes(whole)
    held = {r["detail"] for kind in ("stories", "entities", "statements") for x in found[kind] for r in x["reasons"]}
    held |= {r["detail"] for a in found["articles"] for r in a["published"]["reasons"]}
    aside = {s.path for s in whole.skipped}
    for one in said:
        assert (cause(one).detail in held) != (f"correction {one.id}" in aside), one
    assert f"correction {said[-1].id}" in aside


def test_every_action_on_the_sample() -> None:
    check(list(riwaya.read(REPORTS)))


def test_every_action_on_real_reports(shared: Path) -> None:
    check(list(riwaya.read(shared / "seeds/articles")))


@pytest.fixture(scope="module")
def seeds(shared: Path) -> Iterator[tuple[list[Article], Dossier]]:
    articles = list(riwaya.read(shared / "seeds/articles"))
    yield articles, riwaya.build(articles, jobs=1).dossier()


def test_merging_two_origins_of_real_reports_leaves_one_less(seeds: tuple[list[Article], Dossier]) -> None:
    articles, plain = seeds
    known = {e.name: e for e in plain.entities}
    president, council = known["قاسم جومارت توكاييف"], known["ستانيسلاف زاس"]
    statement = next(s for s in plain.statements if {president.id, council.id} <= {o.entity_id for o in s.origins})
    merge = say("merge", president.mentions[0], council.mentions[0])
    found = riwaya.build(articles, jobs=1, corrections=[merge]).dossier()
    (again,) = [s for s in found.statements if s.spans == statement.spans]
    assert again.independent == statement.independent - 1
    assert cause(merge) in again.reasons
    (whole,) = [e for e in found.entities if cause(merge) in e.reasons]
    assert set(whole.mentions) == {*president.mentions, *council.mentions}
    assert {o.entity_id for o in again.origins} == {whole.id}


def test_a_report_taken_out_of_a_story_takes_its_statements_along(seeds: tuple[list[Article], Dossier]) -> None:
    articles, plain = seeds
    out, kept = (Span(a.id, 0, 0) for a in plain.articles[:2])
    collection = riwaya.build(articles, jobs=1, corrections=[say("not-story", out, kept)])
    alone, rest = sorted(collection, key=lambda d: len(d.articles))
    assert [a.id for a in alone.articles] == [out.article_id]
    assert len(rest.articles) == len(articles) - 1
    assert not [s for s in rest.statements if out.article_id in s.article_ids]
    assert all(any(r.name == "correction" for r in d.stories[0].reasons) for d in collection)


def test_names_in_two_stories_are_tied_and_untied() -> None:
    texts = (
        "قال محافظ ميرانة سامر الحلواني إن جسر وادي السدر انهار بعد أمطار غزيرة. وزار سامر الحلواني موقع الجسر في وادي السدر.",
        "انهار جسر وادي السدر في ميرانة بعد أمطار غزيرة. وقال سامر الحلواني محافظ ميرانة إن جسر وادي السدر قديم.",
        "افتتح وزير الثقافة طارق البستاني مهرجان الفخار في دلمونة. وقال طارق البستاني إن المهرجان يستقبل زوارا من عشرين بلدا.",
        "يستقبل مهرجان الفخار في دلمونة زوارا من عشرين بلدا. وشكر وزير الثقافة طارق البستاني زوار مهرجان الفخار.",
    )
    articles = [Article(f"a-{n}", f"{n}.txt", text, outlet=f"صحيفة {n}") for n, text in enumerate(texts)]
    together = [say("same-story", Span(f"a-{n}", 0, 0), Span(f"a-{n + 1}", 0, 0)) for n in (0, 2)]

    def at(n: int, words: str) -> Span:
        start = texts[n].index(words)
        return Span(f"a-{n}", start, start + len(words))

    def tied(*more: Correction) -> bool:
        collection = riwaya.build(articles, jobs=1, corrections=[*together, *more])
        assert len(collection) == 2
        same = {e.id: e.same_as for d in collection for e in d.entities}
        one, other = (next(e.id for d in collection for e in d.entities if s in e.mentions) for s in spots)
        return one != other and (same[one] == other or same[other] == one)

    spots = at(0, "سامر الحلواني"), at(2, "طارق البستاني")
    merge = say("merge", *spots, second=1)
    assert not tied()
    assert tied(merge)
    assert not tied(merge, say("split", *spots, second=2))
    assert not tied(replace(merge, undone="2031-05-01T00:00:00Z"))


def test_a_report_of_another_day_is_of_another_story() -> None:
    """The date holds before stories are made, not only inside them."""
    text = (
        "انهار جسر وادي السدر في محافظة ميرانة بعد أمطار غزيرة استمرت يومين. وقال المحافظ سامر الحلواني إن فرق الإنقاذ "
        "انتشلت أربع مركبات من مجرى الوادي، وإن الجسر لم يخضع لأي صيانة منذ تسع سنوات{}."
    )
    articles = [
        Article(f"a-{n}", f"{n}.txt", text.format(end), outlet=f"صحيفة {n}", published=Published("2031-03-02", "stated"))
        for n, end in enumerate(("", " رغم تحذيرات المهندسين"))
    ]
    assert len(riwaya.build(articles, jobs=1)) == 1
    assert len(riwaya.build(articles, jobs=1, corrections=[say("date", Span("a-1", 0, 0), value="2031-11-20")])) == 2
