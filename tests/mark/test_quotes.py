"""The quotes of whole reports, against the table of cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from riwaya.mark.document import prepare
from riwaya.mark.quotes import find_quotes
from riwaya.model import Article, Furniture, Name, Quote, Span

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/quotes.yaml").read_text("utf-8"))


def names_in(text: str, lines: list[str]) -> list[Name]:
    """Names as a case writes them: "name | kind | title"; each stands where it first occurs."""
    found = []
    for line in lines:
        name, kind, *title = (part.strip() for part in line.split("|"))
        start = text.index(name)
        role = None
        if title:
            at = text.rindex(title[0], 0, start)
            role = Span("a", at, at + len(title[0]))
        found.append(Name(Span("a", start, start + len(name)), name, kind, role))  # type: ignore[arg-type]
    return found


def quotes_of(text: str, names: list[str] | None = None, **fields: Any) -> list[Quote]:
    return find_quotes(prepare(Article("a", "a.txt", text, **fields)), names_in(text, names or []))


def shown(text: str, quote: Quote) -> dict[str, Any]:
    """A quote as the table writes it."""
    at = {"content": quote.content, "cue": quote.cue}
    words = {key: text[span.start : span.end] for key, span in at.items() if span is not None}
    speaker = quote.speaker.text if quote.speaker else None
    relays = [link.name for link in quote.isnad[1:-1]]
    return {**words, "speaker": speaker, "direct": quote.direct, "stance": quote.stance, "relays": relays, "hedged": quote.hedged}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['category']}: {case['text'][:40]}")
def test_case(case: dict[str, Any]) -> None:
    usual = {"direct": False, "stance": "affirms", "relays": [], "hedged": False}
    expected = [{**usual, **quote} for quote in case["quotes"]]
    found = [shown(case["text"], quote) for quote in quotes_of(case["text"], case["names"])]
    order = lambda quote: (quote["content"], quote["speaker"])  # noqa: E731 - a key, used twice
    assert sorted(found, key=order) == sorted(expected, key=order)


def test_isnad_begins_with_the_outlet_and_ends_with_the_speaker() -> None:
    text = "ونقلت وكالة رويترز عن الوزارة قولها إن الطريق مغلق."
    (quote,) = quotes_of(text, outlet="النهار")
    assert [(link.role, link.name) for link in quote.isnad] == [
        ("outlet", "النهار"), ("agency", "وكالة رويترز"), ("speaker", "الوزارة"),
    ]  # fmt: skip


def test_outlet_that_was_spoken_to_is_no_relay_of_itself() -> None:
    text = "وقال مصدر أمني لـ«النهار» إن القتال توقف."
    (own,) = quotes_of(text, outlet="صحيفة النهار")
    (other,) = quotes_of(text, outlet="الغد")
    assert [link.name for link in own.isnad[1:-1]] == []
    assert [(link.role, link.name) for link in other.isnad[1:-1]] == [("agency", "النهار")]


def test_nothing_is_found_in_furniture() -> None:
    text = "اقرأ أيضا: الوزير يدعو إلى الحوار\nقال الوزير إن الحوار مستمر."
    end = text.index("\n")
    (quote,) = quotes_of(text, furniture=(Furniture(0, end, "related"),))
    assert quote.content.start > end


def test_ids_are_stable_and_differ_by_speaker() -> None:
    text = "رامي وهاني أشادا بالتنسيق بين البلدين."
    names = ["رامي | person", "هاني | person"]
    first, second = quotes_of(text, names), quotes_of(text, names)
    assert first == second
    assert len({quote.id for quote in first}) == 2


def test_a_long_report_takes_work_in_proportion() -> None:
    """Calls are counted, not time: twice the text must not take much more than twice the calls."""
    sentence = (
        "وقال الرئيس إن البلاد بخير. جاء ذلك في بيان نشره. "
        'وأكد، بحسب وكالة رويترز، أن "الوضع" مستقر، مضيفا أن ذلك دائم. '
    )

    def steps(repeats: int) -> int:
        doc = prepare(Article("a", "a.txt", sentence * repeats))
        count = 0

        def trace(frame: Any, event: str, arg: Any) -> None:
            nonlocal count
            count += event == "call"

        find_quotes(doc, [])
        sys.setprofile(trace)
        try:
            find_quotes(doc, [])
        finally:
            sys.setprofile(None)
        return count

    assert steps(80) < 2.5 * steps(40)
