"""Which encoding some bytes are in."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from riwaya.read.decode import NotTextError, decode, scrub

TEXT = "قال الوزير إن الحكومة ستعقد اجتماعا يوم الخميس المقبل في المدينة، وأضاف أن الأمر عاجل.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256", "iso-8859-6"])
def test_every_encoding_of_the_contract(encoding: str) -> None:
    text = TEXT if encoding != "iso-8859-6" else TEXT.replace("\u200f", "")
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["cp1256", "iso-8859-6"])
def test_a_short_line_in_an_old_code_page(encoding: str) -> None:
    assert decode("أعلن الوزير ذلك في المدينة".encode(encoding)) == "أعلن الوزير ذلك في المدينة"


def test_a_declared_encoding_counts_where_the_bytes_leave_it_open() -> None:
    data = "قمر".encode("iso-8859-6")
    assert decode(data, "ISO-8859-6") == "قمر"
    assert decode("قمر".encode(), "iso-8859-6") == "قمر", "valid UTF-8 is believed before a header"
    assert decode("أعلن الوزير".encode("cp1256"), "no-such-charset") == "أعلن الوزير"


def test_other_languages() -> None:
    text = "L'été à Genève, le président a déclaré qu'il était là."
    assert decode(text.encode("latin-1")) == text
    assert decode(text.encode()) == text


def test_some_broken_bytes_do_not_turn_utf8_into_something_else() -> None:
    data = TEXT.encode() * 5 + b"\xff" + TEXT.encode() * 5
    assert decode(data) == TEXT * 5 + "\ufffd" + TEXT * 5


def test_lone_surrogates_one_for_one() -> None:
    assert scrub("a\ud800b\udfffc") == "a\ufffdb\ufffdc"
    assert decode("a\ud800b".encode("utf-8", "surrogatepass") + TEXT.encode()).startswith("a\ufffdb")
    assert decode(b"\xff\xfe" + "a\ud800b".encode("utf-16-le", "surrogatepass")) == "a\ufffdb"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n" + bytes(range(256)), b"\0\0\0\1" * 50, bytes(range(1, 32)) * 9])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(NotTextError):
        decode(data)


def test_random_bytes_are_no_text() -> None:
    with pytest.raises(NotTextError):
        decode(os.urandom(4000))


@given(st.binary(max_size=300), st.sampled_from([None, "cp1256", "utf-8", "x"]))
def test_any_bytes_give_clean_text_or_the_error(data: bytes, declared: str | None) -> None:
    try:
        text = decode(data, declared)
    except NotTextError:
        return
    text.encode("utf-8")


@given(st.text())
def test_utf8_is_untouched(text: str) -> None:
    if "\0" in text or text.startswith("\ufeff"):
        return
    try:
        assert decode(text.encode("utf-8")) == text
    except NotTextError:
        assert any(ord(c) < 32 for c in text)
