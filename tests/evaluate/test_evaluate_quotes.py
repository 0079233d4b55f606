"""Counting quotes: what is judged, how spans pair, and the forms of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from riwaya.errors import InputError
from riwaya.evaluate.base import Source
from riwaya.evaluate.quotes import SAMPLE, Case, Count, Said, match, read_cases, run, same_name
from riwaya.model import Article

TEXT = "وقال وزير الصناعة كمال حداد في بيان إن المصنع سيفتح أبوابه غدا. وأضاف أن العمال عادوا."
ARTICLE = Article("a", "a.txt", TEXT)


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


FIRST = Said(span("المصنع سيفتح أبوابه غدا"), False, ("وزير الصناعة كمال حداد",), (("بيان",),))
SECOND = Said(span("العمال عادوا"), False, ("وزير الصناعة كمال حداد", "حداد"), ())


OPENING = "وقال وزير الصناعة كمال حداد في بيان إن المصنع سيفتح أبوابه غدا."


def counted(*found: Said, wanted: tuple[Said, ...] = (FIRST,), sentence: str = OPENING) -> Count:
    count = Count()
    count.add(Case(1, "here:1", ARTICLE, span(sentence), wanted), found)
    return count


def test_the_same_is_right_in_everything() -> None:
    measures = counted(FIRST).measures()
    assert measures["f1"] == measures["speaker_accuracy"] == measures["relays_f1"] == measures["direct_accuracy"] == 1


def test_only_what_reaches_into_the_sentence_is_judged() -> None:
    count = counted(FIRST, SECOND)
    assert (count.wanted, count.found, count.right) == (1, 1, 1)


@pytest.mark.parametrize(
    ("content", "right"),
    [("المصنع سيفتح", 1), ("المصنع", 0), ("كمال حداد في بيان إن المصنع سيفتح أبوابه غدا. وأضاف أن العمال عادوا", 0)],
)
def test_half_of_the_union_decides(content: str, right: int) -> None:
    count = counted(Said(span(content), False, (), ()))
    assert (count.right, count.found, len(count.misses) > 0) == (right, 1, True)


@pytest.mark.parametrize(
    ("found", "speaker", "direct", "relays"),
    [
        (Said(FIRST.content, False, ("حداد",), (("بيان",),)), 1, 1, 1.0),
        (Said(FIRST.content, True, ("نجار",), ()), 0, 0, 0.0),
        (Said(FIRST.content, False, (), (("بيان",), ("رويترز",))), 0, 1, 2 / 3),
    ],
)
def test_speaker_directness_and_relays_of_the_found(found: Said, speaker: float, direct: float, relays: float) -> None:
    measures = counted(found).measures()
    assert (measures["speaker_accuracy"], measures["direct_accuracy"]) == (speaker, direct)
    assert measures["relays_f1"] == pytest.approx(relays)


def test_a_negative_costs_precision_only() -> None:
    measures = counted(SECOND, FIRST, wanted=(SECOND,), sentence="وأضاف أن العمال عادوا.").measures()
    assert (measures["precision"], measures["recall"]) == (1, 1)
    count = counted(SECOND, wanted=(), sentence="وأضاف أن العمال عادوا.")
    assert (count.found, count.wanted, [m.found for m in count.misses]) == (1, 0, ["a quote"])


def test_pairs_are_made_best_first_and_once() -> None:
    assert match([(0, 10), (0, 8)], [(0, 9)]) == [(0, 0)]
    assert match([(0, 10), (20, 30)], [(21, 30), (0, 10)]) == [(0, 1), (1, 0)]
    assert match([(0, 10)], [(6, 16)]) == []


def test_names_are_the_same_by_their_words() -> None:
    assert same_name("الوَزير سامي", "سامي")
    assert not same_name("في", "في")  # no word of three letters
    assert not same_name("", "سامي")


FORMS = [
    [{"text": TEXT, "quotes": [{"content": list(FIRST.content), "direct": False, "speaker": [5, 27], "relays": []}]}],
    [
        {
            "text": TEXT,
            "quotes": [{"text": "المصنع سيفتح أبوابه غدا", "direct": False, "speaker_text": "كمال حداد", "relays": ["بيان"]}],
        }
    ],
    [{"sentence": TEXT, "quotes": [{"content": "العمال عادوا", "n": 1, "direct": False, "speaker": None}]}],
]


@pytest.mark.parametrize("records", FORMS)
@pytest.mark.parametrize("as_lines", [True, False])
def test_every_form_of_a_file_is_measured(tmp_path: Path, records: list[dict[str, object]], as_lines: bool) -> None:
    path = tmp_path / "quotes.json"
    path.write_text("\n".join(map(json.dumps, records)) if as_lines else json.dumps(records), "utf-8")
    result = run(Source(tmp_path, path))
    assert result.n == 1
    assert result.metrics["recall"] == 1
    assert not any(name.startswith("kept_") for name in result.metrics)


@pytest.mark.parametrize(
    "content",
    [
        '{"text": "نص", "quotes": [{"content": [0, 9], "direct": false}]}',
        '{"text": "نص", "quotes": [{"content": "غيره", "direct": true}]}',
        '{"text": "نص"}',
        "[1]",
        "{",
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "quotes.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"quotes\.jsonl"):
        read_cases(Source(tmp_path, path))


def test_the_sample_holds_places_and_no_words() -> None:
    lines = SAMPLE.read_text("utf-8").splitlines()
    assert len(lines) == 300
    for line in lines:
        record = json.loads(line)
        assert set(record) == {"article", "sentence", "quotes"}
        assert line.isascii()
        assert all(set(q) <= {"content", "direct", "speaker", "also", "relays"} for q in record["quotes"])


def test_the_sample_is_measured_where_the_data_is() -> None:
    data = Path(__file__).parents[3] / "shared" / "data"
    if not data.exists():
        pytest.skip("the collections are not here")
    result = run(Source(data))
    assert result.n == 173
    assert result.metrics["f1"] > 0.8
    assert result.metrics["kept_f1"] > 0.8
    assert all(int(m.where.split(":")[1].split()[0]) % 2 for m in result.misses)
