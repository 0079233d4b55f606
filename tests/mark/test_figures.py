"""Figures against the hand-edited table, what overlaps times, and generated text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic.lexicon import figures as lexicon
from riwaya.mark.document import Document, prepare
from riwaya.mark.figures import find_figures
from riwaya.mark.figures.nouns import lemma
from riwaya.model import Article, Figure, Furniture, Span, Time

CASES = Path(__file__).parents[1] / "cases/figures.tsv"
KINDS = {
    "killed", "injured", "missing", "arrested", "displaced", "evacuated", "hospitalised", "discharged", "troops", "participants",
    "money", "percent", "age", "count", "other",
}  # fmt: skip


def rows() -> list[tuple[str, str]]:
    lines = CASES.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")[:2]) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def document(text: str, **more: object) -> Document:
    return prepare(Article("a", "a.txt", text, **more))  # type: ignore[arg-type]


def shown(f: Figure) -> str:
    low, high = ("*" if v is None else f"{v}" for v in (f.low, f.high))
    return f"{f.text}|{low}..{high}|{f.kind}|{f.counted}|{f.scope[0]}|{f.unit or ''}"


@pytest.mark.parametrize(("text", "expected"), rows())
def test_table(text: str, expected: str) -> None:
    assert ("; ".join(map(shown, find_figures(document(text), []))) or "-") == expected


@pytest.mark.parametrize("word", sorted(w for w, kind in lexicon.NOUNS.items() if " " not in w))
def test_every_noun_with_a_kind_gives_it(word: str) -> None:
    assert [f.kind for f in find_figures(document(f"أحصى التقرير 14 {word}."), [])] == [lexicon.NOUNS[word]]


@pytest.mark.parametrize(("word", "code"), sorted(lexicon.CURRENCIES.items()))
def test_every_currency(word: str, code: str) -> None:
    (figure,) = find_figures(document(f"دفع 14 {word}."), [])
    assert figure.kind == "money"
    assert figure.unit == (code if code.isupper() else None)


@pytest.mark.parametrize(("words", "unit"), sorted(lexicon.UNITS.items()))
def test_every_unit(words: str, unit: str) -> None:
    (figure,) = find_figures(document(f"قاس 14 {words}."), [])
    assert (figure.kind, figure.unit) == ("other", unit)


@pytest.mark.parametrize("word", sorted(lexicon.DUALS))
def test_every_dual_counts_two(word: str) -> None:
    (figure,) = find_figures(document(f"رأى الشاهد {word}."), [])
    assert (figure.low, figure.high) == (2, 2)


def time(doc: Document, words: str, value: str | None = None) -> Time:
    start = doc.article.text.index(words)
    return Time(Span("a", start, start + len(words)), words, "DATE", value, "gregorian")


def test_what_times_cover_is_no_figure() -> None:
    doc = document("استمر القتال 33 ساعة وقتل 20 جنديا.")
    assert [f.low for f in find_figures(doc, [time(doc, "33 ساعة")])] == [20]


def test_an_age_stays_a_figure_inside_a_time() -> None:
    doc = document("الرجل البالغ 81 عاما حضر.")
    assert [f.kind for f in find_figures(doc, [time(doc, "81 عاما")])] == ["age"]


def test_as_of_is_the_time_after_hatta() -> None:
    doc = document("بلغ عدد القتلى 20 حتى مساء الجمعة.")
    (figure,) = find_figures(doc, [time(doc, "مساء الجمعة", "2015-07-24TEV")])
    assert (figure.as_of, figure.scope) == ("2015-07-24TEV", "total")
    (figure,) = find_figures(doc, [])
    assert figure.as_of is None


def test_the_country_that_the_report_names_settles_the_currency() -> None:
    doc = document("في مصر ارتفع الراتب. وأعلنت القاهرة زيادة 100 جنيه، لا 100 جنيه إسترليني.")
    assert [f.unit for f in find_figures(doc, [])] == ["EGP", "GBP"]


def test_furniture_holds_no_figures() -> None:
    text = "اقرأ أيضا: مقتل 5 أشخاص\nقتل 6 أشخاص."
    doc = document(text, furniture=(Furniture(0, text.index("\n"), "related"),))
    assert [f.low for f in find_figures(doc, [])] == [6]


def test_sentences_do_not_lend_their_verbs() -> None:
    doc = document("وقع مقتل القائد. 3 أشخاص حضروا الجنازة.")
    assert [f.kind for f in find_figures(doc, [])] == ["count"]


def test_lemma_undoes_endings() -> None:
    assert lemma("الاشخاص") == "اشخاص"
    assert lemma("جنديا") == "جندي"
    assert lemma("مسلحون") == "مسلحين"
    assert lemma("افرادها") == "افراد"
    assert lemma("كلام") is None


def test_ids_are_stable_and_differ() -> None:
    text = "قتل 5 أشخاص وجرح 5 أشخاص."
    one, two = (find_figures(document(text), []) for _ in range(2))
    assert one == two
    assert len({f.id for f in one}) == 2


PIECES = st.sampled_from([
    "مقتل", "وإصابة", "5", "1,200", "عشرات", "الآلاف", "من", "أفرادها", "شخصا", "شخص", "قتلوا", "إلى", "المستشفى",
    "دولار", "عاما", "(", ")", "%", "،", ".", "\n", "أكثر", "قتيلان", "واحد", "السبعة", "بينهم", "عدد", "بلغ", "رقم",
    "متر", "مربع", "حتى", "الآن", "2013", "البالغ", "و", "$", "-", "/", ":", "بين", "قتيل", "وجريح", "G20",
])  # fmt: skip


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_any_text_gives_sound_figures(text: str) -> None:
    doc = document(text)
    last = 0
    for f in find_figures(doc, []):
        assert text[f.span.start : f.span.end] == f.text
        assert f.kind in KINDS
        assert f.low is None or f.high is None or f.low <= f.high
        assert f.span.end > last, "figures follow each other"
        last = f.span.end


@given(st.text(max_size=120))
def test_arbitrary_text_is_survived(text: str) -> None:
    for f in find_figures(document(text), []):
        assert text[f.span.start : f.span.end] == f.text


def test_growth_is_linear() -> None:
    """Events looked at per figure stay bounded, however long the text is: counted, not timed."""
    from riwaya.mark.figures import events

    def calls(text: str) -> int:
        events.event.cache_clear()
        find_figures(document(text), [])
        info = events.event.cache_info()
        return info.hits + info.misses

    for piece in ("مقتل 5 أشخاص ", "5 ", "عشرات و", "كلمة 7 كلمات أخرى هنا ", "بين قتيل وجريح 5 "):
        assert calls(piece * 1000) <= 11 * max(calls(piece * 100), 50), piece
