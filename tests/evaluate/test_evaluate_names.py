"""The counting of names, on small invented text."""

from pathlib import Path

import pytest

from riwaya.evaluate.base import Source
from riwaya.evaluate.conll import Row
from riwaya.evaluate.names import TASK, convention_of, held_back, measure

SENTENCE: list[Row] = [
    ("زار", "O"), ("الرئيس", "O"), ("فلاديمير", "B-person"), ("بوتين", "I-person"), ("القاهرة", "B-place"),
    ("والتقى", "O"), ("وزير", "O"), ("الخارجية", "O"), ("في", "O"), ("شمال", "O"), ("سوريا", "B-place"), (".", "O"),
]  # fmt: skip
MARKS = {"person": "PERS", "place": "LOC"}


def written(sentences: list[list[Row]], extra: str = "") -> str:
    lines = (f"{w} {t if t == 'O' else t[:2] + MARKS[t[2:]]}\n" for s in sentences for w, t in s)
    return "".join(lines) + extra


def test_right_names_are_counted() -> None:
    found = measure([("x", [SENTENCE])], "conll")
    assert found.wanted.total() == 3 and found.scores()["f1"] == pytest.approx(1.0)
    assert not found.misses and found.tokens == len(SENTENCE)


def test_a_wrong_edge_is_a_miss_and_an_invention() -> None:
    wrong: list[Row] = [("الرئيس", "B-person") if w == "الرئيس" else (w, t.replace("B-person", "I-person")) for w, t in SENTENCE]
    found = measure([("x", [wrong])], "conll")
    assert found.right["person"] == 0 and found.wanted["person"] == found.found["person"] == 1
    assert {(m.expected, m.found) for m in found.misses} == {("person", ""), ("", "person")}
    assert "[الرئيس فلاديمير بوتين]" in found.misses[0].text


def test_a_wrong_kind_is_one_miss() -> None:
    wrong: list[Row] = [(w, "B-person" if w == "القاهرة" else t) for w, t in SENTENCE]
    found = measure([("x", [wrong])], "conll")
    assert [(m.expected, m.found) for m in found.misses] == [("person", "place")]
    assert found.scores()["precision"] == pytest.approx(2 / 3)


def test_conventions_differ_where_the_table_says() -> None:
    news, conll = (measure([("x", [SENTENCE])], convention) for convention in ("news", "conll"))  # type: ignore[arg-type]
    assert any("[شمال سوريا]" in m.text for m in news.misses) and not conll.misses


def test_a_file_is_read_by_its_tag_set(tmp_path: Path) -> None:
    plain, numbered = tmp_path / "a.conll", tmp_path / "b.conll"
    plain.write_text(written([SENTENCE], "\nقرص B-MISC\n"), "utf-8")
    numbered.write_text(written([SENTENCE], "\nقرص B-MIS1\n"), "utf-8")
    assert convention_of([plain]) == "conll" and convention_of([numbered]) == "news"
    result = TASK.run(Source(tmp_path, plain))
    assert result.metrics["f1"] == result.metrics["conll_f1"] == pytest.approx(1.0) and result.n == 3
    assert result.metrics["news_f1"] < 1
    other = TASK.run(Source(tmp_path, numbered))
    assert other.metrics["f1"] == other.metrics["news_f1"] and other.data != result.data


def test_a_folder_of_files_is_measured_whole(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(written([SENTENCE]), "utf-8")
    assert TASK.run(Source(tmp_path, tmp_path)).n == 6


def test_the_last_tenth_is_held_back() -> None:
    train, development = held_back([SENTENCE] * 25)
    assert (len(train), len(development)) == (23, 2)
