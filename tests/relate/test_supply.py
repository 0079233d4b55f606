"""Whose words a report carries."""

from __future__ import annotations

from riwaya.model import Passage, Span
from riwaya.relate.supply import carried_agencies


def passage(start: int, end: int, source: str | None, kind: str = "copy") -> Passage:
    return Passage("p", Span("a", start, end), Span("b", start, end), kind, 1.0, "common_source", source)  # type: ignore[arg-type]


def test_the_agency_with_most_of_the_text_comes_first_and_small_shares_are_left_out() -> None:
    found = [passage(0, 400, "واس"), passage(300, 700, "واس"), passage(0, 600, "رويترز"), passage(0, 200, "سانا")]
    assert carried_agencies("a", found) == [("واس", 700), ("رويترز", 600)]
    assert carried_agencies("c", found) == []


def test_short_stretches_rewordings_and_unknown_sources_do_not_count() -> None:
    assert carried_agencies("a", [passage(0, 100, "واس")]) == []
    assert carried_agencies("a", [passage(0, 400, "واس", "paraphrase"), passage(0, 400, None)]) == []
    assert carried_agencies("b", [passage(0, 100, "واس"), passage(500, 600, "واس")]) == [("واس", 200)]
