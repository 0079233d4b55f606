"""Withholding credits, and counting whose words a report is said to carry."""

from __future__ import annotations

from collections import Counter

from riwaya.evaluate.agencies import count, split, withhold
from riwaya.evaluate.base import Miss
from riwaya.model import Article

TEXT = "افتتاح الجسر\nصفاقس (رويترز) - أعلنت البلدية أن الجسر الجديد افتتح أمس بحضور المئات.\nوقالت إن العمل دام سنة."


def test_every_credit_is_withheld() -> None:
    held = withhold(Article("a-1", "x", TEXT, byline="رويترز - صفاقس"))
    assert held.agencies == {"رويترز"}
    assert "رويترز" not in held.article.text
    assert held.article.byline is None
    assert not held.signed
    assert withhold(Article("a-1", "x", TEXT.replace("رويترز", "تونس"), byline="سالم القابسي")).signed


def test_half_of_the_reports_keep_their_credits() -> None:
    articles = [Article(f"a-{n:x}", "x", TEXT) for n in range(16)]
    shown, hidden = split(articles)
    assert len(shown) == 16
    assert len(hidden) == 8
    assert sum("رويترز" in a.text for a in shown) == 8


def test_counting() -> None:
    held = withhold(Article("a-1", "x", TEXT))
    tally: Counter[str] = Counter()
    misses: list[Miss] = []
    for names in (frozenset({"رويترز"}), frozenset({"واس", "رويترز"}), frozenset[str]()):
        count(held, names, tally, misses)
    assert (tally["cases"], tally["right"], tally["said"], tally["wanted"], tally["agreed"]) == (3, 2, 3, 3, 1)
    assert len(misses) == 2
    count(withhold(Article("a-1", "x", "نص بلا توقيع")), frozenset({"واس"}), tally, misses)
    assert tally["cases"] == 3
    assert tally["unsigned, said to carry an agency"] == 1
