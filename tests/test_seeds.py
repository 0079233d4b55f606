"""Five real reports on Kazakhstan in January 2022, scored against what a careful reader found in them, with floors per layer.

The reports and the scorer lie beside the checkout and are no part of it; without them these tests are skipped and say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import riwaya
from riwaya.evaluate import Source, seeds
from riwaya.evaluate.report import read_floors

FLOORS = read_floors(Path(__file__).parent / "floors.toml")["seeds"]


@pytest.fixture(scope="module")
def dossier(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = riwaya.build(riwaya.read(shared / "seeds/articles"), jobs=1).dossier().to_dict()
    return found


@pytest.fixture(scope="module")
def metrics(shared: Path) -> Mapping[str, float]:
    return seeds.run(Source(shared / "data")).metrics


@pytest.mark.parametrize("metric", FLOORS)
def test_no_layer_falls_below_its_floor(metrics: Mapping[str, float], metric: str) -> None:
    assert metrics[metric] >= FLOORS[metric]


class Reading:
    """The dossier, asked as an editor would."""

    def __init__(self, dossier: dict[str, Any]) -> None:
        self.d = dossier
        self.text = {a["id"]: a["text"] for a in dossier["articles"]}

    def words(self, span: dict[str, Any]) -> str:
        return self.text[span["article_id"]][span["start"] : span["end"]]

    def entity(self, name: str) -> dict[str, Any]:
        """The one entity that has this spelling."""
        (found,) = [e for e in self.d["entities"] if name in {n["text"] for n in e["names"]}]
        return found


@pytest.fixture(scope="module")
def reading(dossier: dict[str, Any]) -> Reading:
    return Reading(dossier)


def test_the_five_dates(reading: Reading) -> None:
    found = {a["path"][:3]: a["published"]["value"] for a in reading.d["articles"]}
    assert found == {"000": "2022-01-12", "001": "2022-01-13", "002": "2022-01-08", "003": "2022-01-12", "004": "2022-01-11"}


def test_one_prime_minister_with_four_spellings_and_one_almaty(reading: Reading) -> None:
    spellings = ("علي خان إسماعيلوف", "عليخان سمايلوف", "علي خان سميلوف", "إسماعيلوف", "سمايلوف")
    assert len({reading.entity(s)["id"] for s in spellings}) == 1
    assert len({reading.entity(s)["id"] for s in ("ألما آتا", "ألما-آتا", "ألماتي")}) == 1


def test_the_city_is_apart_from_the_man(reading: Reading) -> None:
    assert reading.entity("نور سلطان")["kind"] == "place"
    assert reading.entity("نور سلطان نزارباييف")["kind"] == "person"


@pytest.mark.parametrize("links", [("سبوتنيك", "الخدمة الصحفية"), ("سبوتنيك", "المكتب الصحفي"), ("سانا", "وسائل إعلام")])
def test_chains_of_transmission(reading: Reading, links: tuple[str, str]) -> None:
    chains = [[link["name"] or "" for link in q["isnad"]] for q in reading.d["quotes"]]
    assert any(all(any(part in name for name in chain) for part in links) for chain in chains)


def test_afp_told_of_the_arrest(reading: Reading) -> None:
    said = [q for q in reading.d["quotes"] if "السلطات في كازاخستان اعتقلت ماسيموف" in reading.words(q["content"])]
    assert any("فرانس برس" in reading.words(q["speaker"]["span"]) for q in said)


@pytest.mark.parametrize("amount", [2095, 376])
def test_the_evacuated(reading: Reading, amount: int) -> None:
    assert any((f["low"], f["high"], f["kind"]) == (amount, amount, "evacuated") for f in reading.d["figures"])


def sides(reading: Reading, *words: str) -> bool:
    """Whether some dispute has these words on different sides."""
    for dispute in reading.d["disputes"]:
        texts = [" ".join(reading.words(s) for s in side["spans"]) for side in dispute["sides"]]
        where = [{i for i, text in enumerate(texts) if word in text} for word in words]
        if all(where) and len(set.union(*where)) > 1:
            return True
    return False


def test_thousands_against_hundreds_injured(reading: Reading) -> None:
    assert sides(reading, "إصابة الآلاف", "جرح المئات")


def test_ten_days_against_when_the_situation_is_stable(reading: Reading) -> None:
    assert sides(reading, "يستقر الوضع", "يبدأ") or sides(reading, "يستقر الوضع", "من اليوم")


def test_paragraphs_that_three_outlets_share(reading: Reading) -> None:
    needle = "القدرة الدفاعية للجيش بشكل جذري"
    ends = {s["article_id"] for p in reading.d["passages"] for s in (p["a"], p["b"]) if needle in reading.words(s)}
    assert len(ends) == 3


@pytest.mark.parametrize("word", ["شنغهاي", "قائمتنا البريدية", "كاريكاتير"])
def test_nothing_of_the_page_or_of_another_matter_is_passed_off_as_the_event(reading: Reading, word: str) -> None:
    told = [s for kind in ("statements", "timeline") for x in reading.d[kind] for s in x["spans"]]
    told += [s for x in reading.d["disputes"] for side in x["sides"] for s in side["spans"]]
    told += [s for story in reading.d["stories"] for x in story["summary"] for s in x["spans"]]
    assert told
    assert not [reading.words(s) for s in told if word in reading.words(s)]
