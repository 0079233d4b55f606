"""Names: what is found, where it begins and ends, and what is left alone."""

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

from riwaya.mark.document import prepare
from riwaya.mark.names import find_names
from riwaya.model import Article, Furniture, Name

CASES = Path(__file__).parents[1] / "cases/names.tsv"


def names_in(text: str) -> list[Name]:
    return find_names(prepare(Article("a-1", "-", text)))


def cases() -> list[ParameterSet]:
    lines = [line for line in CASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    made = []
    for category, strength, text, wanted in (line.split("\t") for line in lines):
        marks = [pytest.mark.xfail(reason="a weak case", strict=False)] if strength == "weak" else []
        made.append(pytest.param(category, text, wanted, marks=marks))
    return made


@pytest.mark.parametrize(("category", "text", "wanted"), cases())
def test_case_table(category: str, text: str, wanted: str) -> None:
    found = {f"{n.kind}:{n.text}" for n in names_in(text)}
    for want in wanted.split("|"):
        if want.startswith("!"):
            assert want[1:] not in found, category
        else:
            assert want in found, (category, sorted(found))


def role_of(text: str, name: str) -> str | None:
    found = next(n for n in names_in(text) if n.text == name)
    return text[found.role.start : found.role.end] if found.role else None


def test_role_is_the_title_with_its_complement() -> None:
    text = "قال رئيس وزراء كازاخستان علي خان إسماعيلوف ذلك."
    assert role_of(text, "علي خان إسماعيلوف") == "رئيس وزراء كازاخستان"


def test_role_across_a_comma() -> None:
    assert role_of("وقال وزير الصناعة، كايربيك أوسكينباييف، إن العمل بدأ.", "كايربيك أوسكينباييف") == "وزير الصناعة"


def test_role_after_the_name() -> None:
    assert role_of("وقال كايربيك أوسكينباييف، وزير الصناعة الجديد، إن العمل بدأ.", "كايربيك أوسكينباييف") == "وزير الصناعة الجديد"


def test_nothing_inside_furniture() -> None:
    text = "وصل الوفد إلى القاهرة.\nاقرأ أيضا: زيارة إلى بغداد"
    at = text.index("اقرأ")
    article = Article("a-1", "-", text, furniture=(Furniture(at, len(text), "related"),))
    assert [n.text for n in find_names(prepare(article))] == ["القاهرة"]


def test_spans_survive_diacritics_and_tatweel() -> None:
    text = "وَصَلَ الوَفْدُ إِلى القـاهِـرَةِ وبَغْـدادَ."
    assert [n.text for n in names_in(text) if n.kind == "place"] == ["القـاهِـرَةِ", "بَغْـدادَ"]


def test_long_text_grows_linearly_in_mentions() -> None:
    sentence = "وصل وزير الصناعة كايربيك أوسكينباييف إلى القاهرة.\n"
    one, many = names_in(sentence), names_in(sentence * 50)
    assert len(many) == 50 * len(one)


def test_empty_and_nameless() -> None:
    assert names_in("") == []
    assert names_in(" \n\t") == []
    assert names_in("...؟!") == []


HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ ال و ب ل ك \n\r،.\"«»“”()-:ًٌٍَُِّْـ\u200c\u200f\u202e🙂A1٣"),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)
WORDS = (
    "الرئيس وزير وزارة وزارات قناة « » \" ( ) ، عبد بن علي بوتين وباشينيان القاهرة للكرملين منظمة مطار شارع الملك نور سلطان CSTO"
    " أ ش ف ب 24 . لـ ال و الله"
)
PIECES = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=25)


@settings(max_examples=150, deadline=None)
@given(st.one_of(HOSTILE, PIECES.map(" ".join), PIECES.map("".join)))
def test_any_text_gives_resolvable_spans_in_order(text: str) -> None:
    found = names_in(text)
    assert found == names_in(text)
    assert [(n.span.start, -n.span.end) for n in found] == sorted((n.span.start, -n.span.end) for n in found)
    for name in found:
        assert 0 <= name.span.start < name.span.end <= len(text)
        assert text[name.span.start : name.span.end] == name.text
        assert 0.0 <= name.score <= 1.0
        assert name.role is None or 0 <= name.role.start < name.role.end <= len(text)
    assert len({(n.span, n.kind) for n in found}) == len(found)
