"""Pairs of spellings: how they are drawn from a list of names, and how they are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from riwaya.errors import InputError
from riwaya.evaluate.base import Source
from riwaya.evaluate.spellings import checked_pairs, hard_pairs, labelled_pairs, measure, read_names, run, same_pairs

LIST = """ivanov\tايفانوف\tإيفانوف\tايفنوف
ivanova\tايفانوفا\tايفنوفا
ismail\tاسماعيل\tسماعيل
peter\tبيتر\tبطرس
petar\tبيتر\tبيطار
lonely\tلونلي
"""


@pytest.fixture
def names(tmp_path: Path) -> list[list[str]]:
    file = tmp_path / "names.tsv"
    file.write_text(LIST, "utf-8")
    return read_names(file)


def test_every_two_spellings_of_a_line_are_a_pair(names: list[list[str]]) -> None:
    pairs = list(same_pairs(names))
    assert len(pairs) == 3 + 1 + 1 + 1 + 1
    assert pairs[1].where == "1:1 1:3"
    assert (pairs[1].a, pairs[1].b, pairs[1].same) == ("ايفانوف", "ايفنوف", True)


def test_hard_pairs_are_the_nearest_other_names(names: list[list[str]]) -> None:
    pairs = list(hard_pairs(names))
    assert [p.where for p in pairs[:4]] == ["1:1 2:1", "1:1 2:1", "1:2 2:1", "2:1 1:1"]
    # Lines that share a spelling are one name to a reader of Arabic, and no other name begins with p.
    assert not [p for p in pairs if p.a == "بيتر"]
    assert not any(p.same for p in pairs)


def test_counts(names: list[list[str]]) -> None:
    metrics, misses = measure([*same_pairs(names)])
    assert metrics["precision"] == 1.0
    told = {m.text for m in misses}
    assert "بيتر / بطرس" in told
    assert "ايفانوف / ايفنوف" not in told
    assert metrics["recall"] == pytest.approx(1 - len(misses) / 7)


def test_a_sample_points_into_the_list(tmp_path: Path, names: list[list[str]]) -> None:
    sample = tmp_path / "sample.tsv"
    sample.write_text("# remark\n1\t1\t1\t3\tsame\n4\t1\t4\t2\tdifferent\n", "utf-8")
    one, other = checked_pairs(sample, names)
    assert (one.a, one.b, one.same) == ("ايفانوف", "ايفنوف", True)
    assert (other.a, other.b, other.same) == ("بيتر", "بطرس", False)
    sample.write_text("9\t1\t1\t3\tsame\n", "utf-8")
    with pytest.raises(InputError):
        checked_pairs(sample, names)


def test_a_file_of_labelled_pairs_is_measured_as_it_is(tmp_path: Path, names: list[list[str]]) -> None:
    assert labelled_pairs(names) == []
    file = tmp_path / "pairs.tsv"
    file.write_text("غورباتشوف\tجورباتشوف\tsame\nبوتين\tبوش\tdifferent\nسالم\tسليم\tdifferent\n", "utf-8")
    result = run(Source(tmp_path, file))
    assert result.n == 3
    assert result.metrics == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_a_file_of_names_is_measured_by_the_noisy_protocol(tmp_path: Path) -> None:
    file = tmp_path / "held.tsv"
    file.write_text(LIST, "utf-8")
    result = run(Source(tmp_path, file))
    assert set(result.metrics) == {"precision", "recall", "f1"}
    assert result.n == 7 + 5
