"""Tagged text: what the lines mean, and how its words and Riwaya's spans come together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.errors import InputError
from riwaya.evaluate.conll import classes, rows, running, stretches

TEXT = "سافر\tO\nعمر B-PERS\nالشامي I-PERS\nإلى O\nبيروت B-LOC\n\n-DOCSTART- O\nزار O NN B-MISC\n$#$\nمدينة O B-GPE\n"


def file(tmp_path: Path, text: str = TEXT) -> Path:
    path = tmp_path / "x.conll"
    path.write_text(text, "utf-8")
    return path


def test_sentences_and_classes(tmp_path: Path) -> None:
    found = list(rows(file(tmp_path)))
    assert found[0] == [("سافر", "O"), ("عمر", "B-person"), ("الشامي", "I-person"), ("إلى", "O"), ("بيروت", "B-place")]
    assert found[1:] == [[("زار", "O")], [("مدينة", "B-place")]]  # a class passed over; a lost word; a second tag column
    assert classes(file(tmp_path)) == {"PERS", "LOC", "MISC", "GPE"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", "كلمة\n".encode()])
def test_what_is_no_tagged_text_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.conll"
    path.write_bytes(content)
    with pytest.raises(InputError):
        list(rows(path))


def test_a_name_may_begin_with_inside() -> None:
    assert stretches(["I-place", "B-place", "I-person"]) == {(0, 1, "place"), (1, 2, "place"), (2, 3, "person")}


def test_spans_become_words() -> None:
    text = running([[("زار", "O"), ("وبيروت", "B-place")], [("عمر", "B-person")]])
    assert text.text == "زار وبيروت\nعمر"
    assert text.names == {(1, 2, "place"), (2, 3, "person")}
    at = text.text.index("بيروت")  # without its proclitic it is still the word that is tagged
    assert text.stretch(at, at + 5, "place") == (1, 2, "place")


TAGS = st.lists(st.sampled_from(["O", "B-person", "I-person", "B-place", "I-place"]), min_size=1, max_size=9)


@given(TAGS)
def test_stretches_cover_the_tagged_words_once(tags: list[str]) -> None:
    covered = [i for first, last, _ in stretches(tags) for i in range(first, last)]
    assert sorted(covered) == [i for i, tag in enumerate(tags) if tag != "O"]


@given(TAGS)
def test_running_text_finds_its_own_names(tags: list[str]) -> None:
    text = running([[("كلمة", tag) for tag in tags]])
    for first, last, kind in text.names:
        assert text.stretch(text.begins[first], text.begins[last - 1] + 4, kind) == (first, last, kind)
