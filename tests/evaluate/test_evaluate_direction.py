"""Who took a passage from whom: what counts as known, what is withheld, what is counted."""

from __future__ import annotations

from collections import Counter

from riwaya.evaluate.base import Miss
from riwaya.evaluate.direction import Case, Day, Marked, _metrics, cases, count, known, verdict, without
from riwaya.model import Article, Passage, Published, Reason, Span

BODY = (
    "انهار جزء من جسر ميرانة القديم صباح الثلاثاء فسقطت شاحنة محملة بالقمح في النهر دون أن يصاب سائقها بأذى. "
    "وأغلقت الشرطة الطريق الساحلي أمام السيارات حتى إشعار آخر، وبدأ مهندسون من الوزارة فحص الأعمدة الستة الباقية."
)


def report(name: str, outlet: str, text: str, at: str) -> Article:
    return Article(f"a-{name}", f"{name}.txt", text, outlet=outlet, published=Published(at, "stated"))


def passage(*reasons: Reason, source: str | None = None) -> Passage:
    return Passage("p", Span("a", 0, 9), Span("b", 0, 9), "copy", 1.0, "unknown", source, reasons)


def test_what_a_report_gives_away() -> None:
    assert known(passage(Reason("credit", 4.0))) == ("a_to_b", None)
    assert known(passage(Reason("credit", -4.0))) == ("b_to_a", None)
    assert known(passage(Reason("credit", 4.0), Reason("credit", -4.0))) == (None, None)
    assert known(passage(Reason("agency", 2.0, "a credits واس for the report"), source="واس")) == ("common_source", "واس")
    assert known(passage(Reason("same agency", 4.0, "both credit واس"), source="واس")) == (None, None)
    assert known(passage(Reason("time", 1.6))) == (None, None)


def test_a_case_is_found_and_its_credit_withheld() -> None:
    source = report("1", "صحيفة المنارة", BODY, "2021-03-05T08:00")
    text = f"الجسر ينهار\nونقلت صحيفة «المنارة» أن الجسر أغلق. وبحسب صحيفة «المنارة» {BODY}"
    copy = report("2", "الشاهد", text, "2021-03-05T09:00")
    day, marked = Day([source, copy]), Marked()
    (case,) = cases(day, marked)
    assert (case.truth, case.source) == ("a_to_b", None)
    bare = without(copy, {"المنارة"}, day)
    assert "المنارة" not in bare.text
    assert "جسر ميرانة القديم" in bare.text
    assert verdict(case, day, marked)[0] != "a_to_b"  # nothing tells it any more: two outlets, no credit, no time


def test_counting() -> None:
    a, b = report("1", "أ", BODY * 2, "2021-03-05T08:00"), report("2", "ب", BODY, "2021-03-05T09:00")
    tally: Counter[str] = Counter()
    misses: list[Miss] = []
    outlet = Case(a, b, passage(), "a_to_b", None, ())
    agency = Case(a, b, passage(), "common_source", "واس", ())
    for case, found in (
        (outlet, ("a_to_b", None)),
        (outlet, ("unknown", None)),
        (agency, ("common_source", None)),
        (agency, ("common_source", "واس")),
        (agency, ("common_source", "سانا")),
    ):
        count(case, found, tally, misses)
    metrics = _metrics(tally)
    assert metrics["accuracy"] == 1.0
    assert metrics["decided"] == 4 / 5
    assert metrics["outlet_longer_accuracy"] == metrics["outlet_earlier_accuracy"] == 1.0
    assert metrics["agency_named"] == 2 / 3
    assert metrics["agency_named_accuracy"] == 1 / 2
    assert len(misses) == 1
