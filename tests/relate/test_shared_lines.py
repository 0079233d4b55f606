"""Lines that the pages of one outlet repeat."""

from __future__ import annotations

import random
import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from invented import BRIDGE, FESTIVAL, TEAM, article

from riwaya.model import Article, Furniture
from riwaya.relate.shared_lines import page_of, shared_furniture

MENU = "الرئيسية | سياسة | رياضة | ثقافة"
SENTENCES = [s for t in (BRIDGE, FESTIVAL, TEAM) for s in t.split(". ")]


def pages(lines: list[str], count: int = 8, outlet: str | None = "الشاهد", day: str | None = "2021-03-05") -> list[Article]:
    """Pages with different news between the same lines: the first before it, the others after."""
    bodies = [f"الخبر رقم {'ا' * (n + 1)} عن الجسر. {SENTENCES[n % len(SENTENCES)]}." for n in range(count)]
    texts = ["\n".join([lines[0], body, *lines[1:]]) for body in bodies]
    return [article(t, outlet=outlet, published=day, key=str(n)) for n, t in enumerate(texts)]


def shared(articles: list[Article]) -> dict[str, tuple[Furniture, ...]]:
    return shared_furniture(page for a in articles if (page := page_of(a)))


def found(articles: list[Article]) -> dict[str, list[str]]:
    by_id = {a.id: a for a in articles}
    return {i: [by_id[i].text[f.start : f.end] for f in fs] for i, fs in shared(articles).items()}


def test_lines_on_every_page_are_furniture() -> None:
    footer = "جميع الحقوق محفوظة لصحيفة الشاهد"
    articles = pages([MENU, f"  {footer}\t"])
    assert found(articles) == {a.id: [MENU, footer] for a in articles}


def test_numbers_and_diacritics_may_differ() -> None:
    articles = [
        article(f"شاهده {n} زائرا يوم {n}\nالخبر {'ب' * (n + 1)}. {BRIDGE}", outlet="الشاهد", published="2021-03-05")
        for n in range(8)
    ]
    assert len(found(articles)) == 8


def test_too_few_pages_show_nothing() -> None:
    assert found(pages([MENU], count=3)) == {}


def test_a_copied_report_is_not_furniture() -> None:
    """One report printed eight times repeats every line, in one text."""
    articles = [article(f"{MENU}\n{BRIDGE}\n{'.' * n}", outlet="الشاهد", published="2021-03-05") for n in range(8)]
    assert found(articles) == {}


def test_a_paragraph_of_news_is_not_furniture() -> None:
    paragraph = BRIDGE.replace(". ", "، ")
    assert found(pages([MENU, paragraph])) == {a.id: [MENU] for a in pages([MENU, paragraph])}


def test_other_outlets_do_not_count() -> None:
    articles = [p for n in range(8) for p in pages([MENU], count=1, outlet=f"صحيفة {n}")]
    assert found(articles) == {}
    assert found(pages([MENU], outlet=None)) == {}


def test_the_host_tells_outlets_without_a_name_apart() -> None:
    articles = [replace(a, url=f"https://www.shahid.example/{n}") for n, a in enumerate(pages([MENU], outlet=None))]
    assert len(found(articles)) == 8


def test_pages_of_other_months_do_not_count() -> None:
    articles = [p for n in range(8) for p in pages([MENU], count=9, day=f"2021-0{1 + n}-01")[n : n + 1]]
    assert found(articles) == {}


def test_what_goes_on_a_broken_sentence_is_no_furniture() -> None:
    """Extractors break lines at links; the link's words are part of the sentence."""
    texts = [
        f"الخبر {'ت' * (n + 1)}. {SENTENCES[n]}.\nوقال {'ث' * (n + 2)} في كلمة ألقاها اليوم أمام أعضاء\nمجلس الشورى\n"
        f"إن {'ج' * (n + 2)} قريب."
        for n in range(8)
    ]
    assert found([article(t, outlet="الشاهد", published="2021-03-05") for t in texts]) == {}


def test_a_link_that_the_next_line_goes_on_from_is_no_furniture() -> None:
    texts = [
        f"الخبر {'ت' * (n + 1)}. {SENTENCES[n]}.\nوقال {'ح' * (n + 2)}، في\nحسابه على «تويتر»\n، {'ج' * (n + 2)} أمس."
        for n in range(8)
    ]
    assert found([article(t, outlet="الشاهد", published="2021-03-05") for t in texts]) == {}


def test_known_furniture_and_headlines_are_left_alone() -> None:
    known = [replace(a, furniture=(Furniture(0, len(MENU), "tags"),)) for a in pages([MENU])]
    assert found(known) == {}
    headed = [replace(a, body_start=len(MENU) + 1) for a in pages([MENU])]
    assert found(headed) == {}


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(rng: random.Random) -> None:
    articles = pages([MENU, "اقرأ أيضا"]) + pages([MENU], outlet="المنارة")
    assert shared(rng.sample(articles, len(articles))) == shared(articles)


@given(st.lists(st.text(alphabet="اب \n\r\u2028.1٢\u064e", max_size=30), max_size=12))
def test_any_text_gives_lines_that_resolve(texts: list[str]) -> None:
    articles = [article(t, outlet="الشاهد", key=str(n)) for n, t in enumerate(texts)]
    for lines in found(articles).values():
        assert all(line == line.strip() != "" and "\n" not in line for line in lines)


def test_one_long_line_of_blanks_is_read_in_linear_time() -> None:
    def seconds(size: int) -> float:
        articles = [article("ا" + " " * size + "1\n" + BRIDGE, outlet="الشاهد", key=str(n)) for n in range(4)]
        start = time.process_time()
        shared(articles)
        return time.process_time() - start

    seconds(1000)
    assert seconds(400_000) < 16 * seconds(50_000) + 0.1  # eight times as long; the square would be 64
