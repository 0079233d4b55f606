"""Passages between the reports of one story: copies to the character, rewordings, and what is neither."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import BRIDGE, BRIDGE_AGAIN, FESTIVAL, TEAM, article, blank

from riwaya.arabic.sentences import sentences
from riwaya.evaluate import oracle
from riwaya.model import Article, Furniture, Marks, Name, Passage, Span
from riwaya.relate.match import Match, overlap, same_place
from riwaya.relate.passages import find_passages, pairs_to_compare
from riwaya.relate.reading import read


def passages(*articles: Article) -> list[Passage]:
    return find_passages(articles, blank(*articles))


def words_of(articles: list[Article], span: Span) -> str:
    return next(a for a in articles if a.id == span.article_id).text[span.start : span.end]


def test_a_pasted_paragraph_is_found_to_the_character() -> None:
    pasted = BRIDGE.split(". ")[1]
    one, two = article(BRIDGE), article(f"{FESTIVAL} {pasted}. {TEAM}")
    (found,) = passages(one, two)
    assert found.kind == "copy"
    assert found.similarity == 1.0
    assert {words_of([one, two], found.a), words_of([one, two], found.b)} == {pasted}
    assert found.a.article_id < found.b.article_id


def test_changed_words_stay_inside_the_passage() -> None:
    changed = BRIDGE.replace("صباح اليوم", "فجر الأربعاء").replace("انتشلت", "رفعت")
    one, two = article(BRIDGE), article(changed)
    (found,) = passages(one, two)
    assert found.kind == "copy"
    assert 0.9 < found.similarity < 1
    assert (found.a.start, found.b.start) == (0, 0)
    assert words_of([one, two], found.a).endswith("المهندسين المتكررة")


def test_diacritics_clitics_and_digits_do_not_hide_a_copy() -> None:
    other = BRIDGE.replace("انهار", "اِنْهَارَ").replace("وقال محافظ", "قال محافظ")
    other = other.replace("ميرانة", "ميرانه").replace("سبعة", "سبـعة")
    (found,) = passages(article(BRIDGE), article(other))
    assert found.similarity > 0.98


def test_furniture_is_no_passage() -> None:
    box = BRIDGE.split(". ")[0]
    texts = [f"{box}\n{FESTIVAL}", f"{TEAM}\n{box}"]
    assert len(passages(*map(article, texts))) == 1
    hidden = [article(t, furniture=(Furniture(t.index(box), t.index(box) + len(box), "related"),)) for t in texts]
    assert passages(*hidden) == []


def test_a_title_shared_by_two_reports_is_no_passage() -> None:
    style = "صاحب السعادة الشيخ نوار بن هلال بن سيف الميراني رئيس المجلس الأعلى للجسور والأودية"
    one = article(f"افتتح {style} معرض الكتاب في دلمونة أمس.")
    two = article(f"غادر إلى الخارج {style} لحضور مؤتمر المياه.")
    marks = []
    for a in (one, two):
        start = a.text.index("الشيخ نوار")
        name = Span(a.id, start, start + len("الشيخ نوار بن هلال بن سيف الميراني"))
        role = Span(a.id, a.text.index("رئيس المجلس"), a.text.index(style) + len(style))
        marks.append(Marks(a.id, names=(Name(name, "", "person", role),)))
    assert "copy" not in [p.kind for p in find_passages([one, two], marks)]
    assert "copy" in [p.kind for p in passages(one, two)]  # with no names known, equal words are all there is


def test_reworded_sentences_meet() -> None:
    one, two = article(BRIDGE), article(BRIDGE_AGAIN)
    found = [p for p in passages(one, two) if p.kind == "paraphrase"]
    texts = [words_of([one, two], p.a) + " / " + words_of([one, two], p.b) for p in found]
    (reason,) = next(p for p in found if "أودى" in words_of([one, two], p.a) + words_of([one, two], p.b)).reasons
    assert reason.name == "shared terms"
    assert "أشخاص" in reason.detail
    assert any("أودى بحياة سبعة أشخاص" in t and "مقتل سبعة أشخاص" in t for t in texts)


def test_other_news_shares_nothing() -> None:
    assert passages(article(BRIDGE), article(FESTIVAL), article(TEAM)) == []


def test_nothing_within_one_report() -> None:
    assert passages(article(f"{BRIDGE}\n{BRIDGE}")) == []


@given(st.permutations([BRIDGE, BRIDGE_AGAIN, BRIDGE.replace("سبعة", "ثمانية"), f"{TEAM} {BRIDGE}"]))
def test_order_does_not_matter(texts: list[str]) -> None:
    texts_in_order = sorted(texts)
    assert passages(*map(article, texts)) == passages(*map(article, texts_in_order))


@given(st.lists(st.sampled_from([s for t in (BRIDGE, FESTIVAL, TEAM) for s in t.split(". ")]), min_size=1, max_size=6), st.data())
def test_spans_resolve_whatever_is_pasted(sentences_: list[str], data: st.DataObject) -> None:
    noise = data.draw(st.text(alphabet="ابت ١٢، .\n\u064e\u200c😀«»", max_size=20))
    one, two = article(". ".join(sentences_)), article(noise + ". ".join(reversed(sentences_)), key="2")
    by_id = {one.id: one, two.id: two}
    for p in passages(one, two):
        for span in (p.a, p.b):
            quoted = by_id[span.article_id].text[span.start : span.end]
            assert quoted and quoted == quoted.strip()
        assert 0 < p.similarity <= 1
        assert p.a.article_id < p.b.article_id


def test_a_large_story_compares_each_with_its_closest_only() -> None:
    features = [{n // 10, 1000 + n} for n in range(400)]
    assert len(pairs_to_compare(features)) == 40 * 45  # ten share one feature; no pair across
    together = [{1, 2, 3, 10 + n % 7} for n in range(300)]
    assert len(pairs_to_compare(together)) <= 300 * 24


def test_work_grows_with_the_story_not_with_its_square() -> None:
    rng = random.Random(5)
    vocabulary = [w for t in (BRIDGE, FESTIVAL, TEAM, BRIDGE_AGAIN) for w in t.split()]

    def seconds(count: int) -> float:
        texts = [" ".join(rng.choices(vocabulary, k=60)) + " " + BRIDGE for _ in range(count)]
        reports = [article(t) for t in texts]
        start = time.process_time()
        find_passages(reports, blank(*reports))
        return time.process_time() - start

    seconds(10)
    assert seconds(120) < 6 * seconds(40) + 0.2  # the square would be 9 times


def test_matches_in_one_place() -> None:
    one = Match(0, 1, (0, 10), (5, 15), "copy", 1.0)
    assert same_place(one, Match(0, 1, (2, 8), (7, 30), "paraphrase", 0.5))
    assert not same_place(one, Match(0, 1, (2, 8), (14, 30), "paraphrase", 0.5))
    assert overlap((0, 10), (20, 30)) == 0


def _characters(spans: list[tuple[tuple[int, int], tuple[int, int]]]) -> set[tuple[int, int]]:
    return {(side, at) for span in spans for side in (0, 1) for at in range(*span[side])}


def _compared(a: Article, b: Article) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Characters that the exact aligner and the fast one find, in alignments of 150 characters and more."""
    a, b = sorted((a, b), key=lambda x: x.id)
    exact = [p for p in oracle.passages(read(a), read(b), 8) if p[0][1] - p[0][0] >= 150]
    fast = [((p.a.start, p.a.end), (p.b.start, p.b.end)) for p in passages(a, b) if p.kind == "copy"]
    return _characters(exact), _characters([p for p in fast if p[0][1] - p[0][0] >= 100])


@given(st.randoms(use_true_random=False))
def test_against_the_exact_aligner(rng: random.Random) -> None:
    parts = [s for t in (BRIDGE, FESTIVAL, TEAM, BRIDGE_AGAIN) for s in t.split(". ")]
    vocabulary = " ".join(parts).split()
    one = rng.sample(parts, 5)
    two = [" ".join(rng.choice(vocabulary) if rng.random() < 0.08 else w for w in s.split()) for s in rng.sample(one, 3)]
    exact, fast = _compared(article(". ".join(one)), article(". ".join(two + rng.sample(parts, 1)), key="2"))
    assert len(exact & fast) >= 0.9 * len(exact)


@pytest.mark.shared
def test_against_the_exact_aligner_on_real_pairs(shared: Path) -> None:
    import json
    import zipfile

    with zipfile.ZipFile(shared / "data/saudinewsnet/2015-07-25.zip") as archive:
        records = json.loads(archive.read(archive.namelist()[0]))[:500]
    reports = {a.id: a for a in (article(r["content"], outlet=r["source"]) for r in records) if 300 < len(a.text) < 1800}
    heads: dict[str, list[Article]] = {}
    for a in reports.values():
        for start, end in sentences(a.text):
            heads.setdefault(" ".join(a.text[start:end].split()[:4]), []).append(a)
    pairs = sorted({tuple(sorted((x[0].id, x[1].id))) for x in heads.values() if len({a.id for a in x[:2]}) == 2})[:25]
    assert len(pairs) >= 10
    found = [_compared(reports[x], reports[y]) for x, y in pairs]
    want, both, said = (sum(map(len, s)) for s in zip(*((e, e & f, f) for e, f in found), strict=True))
    assert want > 3000
    assert both / want >= 0.97
    assert both / said >= 0.9  # what is said may also lie in alignments just under 150 characters
