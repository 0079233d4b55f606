"""Places of a story tied to GeoNames, the right one among namesakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import entities, together

CASES = Path(__file__).parents[1] / "cases/places.tsv"


def cases() -> list[list[str]]:
    return [line.split("\t") for line in CASES.read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("text", "latin", "country", "exact"), cases())
def test_cases(text: str, latin: str, country: str, exact: str) -> None:
    (place,) = (e for e in entities(text) if e.kind == "place")
    if exact == "none":
        assert place.place is None
        return
    assert place.place is not None
    reason = {"yes": "gazetteer", "no": "lies in"}[exact]
    assert {(r.name, r.detail) for r in place.reasons} >= {(reason, f"{latin}, {country}")}
    assert place.place.country == (None if country == "-" else country)
    if exact == "no":
        assert place.place.geonames_id is None


def test_all_names_of_a_city_are_one_place() -> None:
    airports = "و<l>مطار ألما آتا</l> و<l>مطار ألماتي الدولي</l>"
    found = entities("في <l>ألما آتا</l> أمس.", "في <l>ألماتي</l>.", f"في <l>ألما-آتا</l> {airports}.")
    assert together(found, "ألما آتا", "ألماتي", "ألما-آتا")
    assert together(found, "مطار ألما آتا", "مطار ألماتي الدولي")
    assert len(found) == 2


def test_country_and_its_capital_of_one_name_are_two() -> None:
    found = entities("قالت <l>تونس</l> ذلك.", "في مدينة <l>تونس</l> أمس.")
    assert len(found) == 2


def test_unknown_places_join_by_spelling() -> None:
    found = entities("في <l>زرافشانوفكا</l> أمس.", "في <l>زرفشانوفكا</l> أمس.", "في <l>بلدة أم الحصى</l>.")
    assert together(found, "زرافشانوفكا", "زرفشانوفكا")
    assert len(found) == 2
