"""Places by their Arabic names."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.arabic import gazetteer
from riwaya.arabic.normalize import fold
from riwaya.arabic.words import words

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("name", "latin", "kind", "country"),
    [
        ("ألما آتا", "Almaty", "city", "KZ"),
        ("ألماتي", "Almaty", "city", "KZ"),
        ("نور سلطان", "Astana", "city", "KZ"),
        ("كازاخستان", "Kazakhstan", "country", "KZ"),
        ("الشرق الأوسط", "Middle East", "area", None),
        ("محافظة حلب", "Aleppo Governorate", "region", "SY"),
        ("القرم", "Crimea", "region", "UA"),
        ("باريس", "Paris", "city", "FR"),
        ("الولايات المتحدة", "United States", "country", "US"),
    ],
)
def test_first_candidate(name: str, latin: str, kind: str, country: str | None) -> None:
    first = gazetteer.lookup(fold(name))[0]
    assert (first.latin, first.kind, first.country) == (latin, kind, country)
    assert -90 <= first.lat <= 90 and -180 <= first.lon <= 180


def test_namesakes_come_by_size() -> None:
    found = gazetteer.lookup("طرابلس")
    assert [c.country for c in found[:2]] == ["LY", "LB"]
    assert [c.population for c in found] == sorted((c.population for c in found), reverse=True)


def test_every_spelling_of_a_place_joins_the_others() -> None:
    almaty = gazetteer.lookup("الماتي")[0]
    assert {"الماتي", "الما اتا", "Almaty"} <= set(gazetteer.other_names(almaty))


@pytest.mark.parametrize(
    ("word", "iso"),
    [("الروسية", "RU"), ("والمصريين", "EG"), ("أمريكيان", "US"), ("للأتراك", "TR"), ("الكازاخي", "KZ"), ("السعوديون", "SA"),
     ("أميركية", "US"), ("وزير", None), ("الوطني", None), ("البحر", None)],
)  # fmt: skip
def test_nationality(word: str, iso: str | None) -> None:
    assert gazetteer.nationality(fold(word)) == iso


def found(text: str) -> list[str]:
    return [text[m.start : m.end] for m in gazetteer.find(words(text)) if not gazetteer.is_ambiguous(m.value)]


def test_finder_takes_the_longest_name_and_leaves_proclitics() -> None:
    assert found("وصل إلى ألما-آتا وبالقاهرة ثم للولايات المتحدة.") == ["ألما-آتا", "القاهرة", "لولايات المتحدة"]
    assert found("قالت فرانس برس ذلك") == []
    assert found("في مدينة الضفة\nالغربية") == []


@pytest.mark.parametrize("word", ["المدينة", "ميدان", "الحكومة", "اليوم", "مالي", "سالم", "الثورة"])
def test_ordinary_words_are_marked(word: str) -> None:
    assert gazetteer.is_ambiguous(fold(word)) or not gazetteer.lookup(fold(word))


@pytest.mark.parametrize("word", ["القاهرة", "جنيف", "مصر", "حلب", "الدوحة"])
def test_places_are_not_taken_for_ordinary_words(word: str) -> None:
    assert not gazetteer.is_ambiguous(fold(word))


def test_countries() -> None:
    kazakhstan = gazetteer.country("KZ")
    assert kazakhstan is not None and kazakhstan.geonames_id == 1522867
    assert abs(kazakhstan.lat - 48) < 2 and abs(kazakhstan.lon - 67) < 3
    assert gazetteer.country("??") is None
    assert "Zhanaozen" in {c.latin for c in gazetteer.cities_of("KZ")}


@given(st.text(max_size=200))
def test_finder_never_fails_and_spans_resolve(text: str) -> None:
    tokens = words(text)
    matches = list(gazetteer.find(tokens))
    assert all(0 <= m.start < m.end <= len(text) for m in matches)
    assert all(a.end <= b.start for a, b in pairwise(matches))


def test_nothing_is_loaded_on_import() -> None:
    code = "import riwaya.arabic.gazetteer as g, sys; sys.exit(bool(g._table.cache_info().currsize))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_broken_file_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="compile_gazetteer"):
        gazetteer._Table(b"no gazetteer")


def test_compiled_file_is_small_and_credited() -> None:
    assert (ROOT / "src/riwaya/data/gazetteer.bin").stat().st_size < 6_000_000
    for file in ("NOTICE", "src/riwaya/data/README.md"):
        assert "GeoNames" in (ROOT / file).read_text("utf-8")
        assert "creativecommons.org/licenses/by/4.0" in (ROOT / file).read_text("utf-8")
