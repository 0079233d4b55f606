"""The tagger: its fast search against a plain one, its windows, and its file."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riwaya.arabic.words import words
from riwaya.mark.names.evidence import gather, positioned
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.network import REACH, distributional, product, spaced, windows
from riwaya.mark.names.tagger import TAGS, Model, Tagged, model
from riwaya.settings.mark import MARK

tagger = import_module("riwaya.mark.names.tagger")  # riwaya.mark is also a function
network = import_module("riwaya.mark.names.network")
TEXTS = (
    "قال وزير الصناعة كايربيك أوسكينباييف إن مطار ألما آتا جاهز، وأكد فلاديمير بوتين ذلك في موسكو.",
    "التقى نيكول باشينيان وفد نادي الزمالك في القاهرة ثم سافر إلى بغداد وبيروت",
    "أعلنت شركة توتال الفرنسية أمس أن أرباحها زادت",
)


def slow_search(scores: np.ndarray, transitions: np.ndarray) -> list[int]:
    """Viterbi over the whole text, cell by cell."""
    best = scores[0] + transitions[0]
    back = []
    for row in scores[1:]:
        options = best[:, None] + transitions
        back.append(options.argmax(0))
        best = row + options.max(0)
    tag = int((best + transitions[:, 0]).argmax())
    path = [tag]
    for came in reversed(back):
        tag = int(came[tag])
        path.append(tag)
    return path[::-1]


def spelled(path: list[int]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for at, tag in enumerate(path):
        if TAGS[tag].startswith("B"):
            found.append((at, at + 1, TAGS[tag][2:]))
        elif TAGS[tag].startswith("I"):
            found[-1] = (found[-1][0], at + 1, found[-1][2])
    return found


def plain(tagged: list[Tagged]) -> list[tuple[int, int, str]]:
    return [(t.first, t.last, t.kind) for t in tagged]


VOCABULARY = " ".join(TEXTS).split()


@pytest.fixture
def search_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "MARK", replace(MARK, name_search_lead=200.0))


@pytest.mark.usefixtures("search_everywhere")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=40))
def test_search_in_islands_equals_search_over_all(pieces: list[str]) -> None:
    read = words(" ".join(pieces))
    places = positioned(gather(read))
    shipped = model()
    breaks = [False] * len(read)
    scores = shipped.scores(read.norm, breaks, places)
    found = plain(shipped.tag(read.norm, breaks, places))
    assert found == spelled(slow_search(scores.astype(np.float64), shipped.transitions.astype(np.float64)))


@pytest.mark.parametrize("text", TEXTS)
def test_words_left_out_of_the_search_change_nothing_here(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = words(text)
    places = positioned(gather(read))
    quick = plain(model().tag(read.norm, read.newline, places))
    monkeypatch.setattr(tagger, "MARK", replace(MARK, name_search_lead=200.0))
    assert quick == plain(model().tag(read.norm, read.newline, places))
    assert quick


def test_a_line_break_ends_a_name() -> None:
    read = words("فلاديمير\nبوتين")
    assert all(t.last - t.first == 1 for t in model().tag(read.norm, read.newline, positioned(gather(read))))


def test_words_lean_to_what_they_are() -> None:
    shipped = model()
    assert shipped.lean("محمد", "person") > 50 and shipped.lean("قال", "person") < 0
    assert shipped.lean("القاهره", "place") > 50 and shipped.lean("الرييس", "place") < 0


def test_cache_starts_afresh_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    read = words(TEXTS[0])
    places = positioned(gather(read))
    small = Model.load()
    before = plain(small.tag(read.norm, read.newline, places))
    monkeypatch.setattr(network, "_CACHED_TYPES", 12)
    monkeypatch.setattr(tagger, "_CACHED_LEANS", 1)
    for text in (*TEXTS, TEXTS[0]):
        other = words(text)
        found = plain(small.tag(other.norm, other.newline, positioned(gather(other))))
    assert found == before


def test_wrong_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.model"
    file.write_bytes(b'{"magic": "other"}\n')
    with pytest.raises(ValueError, match="not a name model"):
        Model.load(file)


def test_windows_do_not_reach_across_lines() -> None:
    rows = np.arange(1.0, 7.0, dtype=np.float32)[:, None]
    seen = windows(rows, spaced([True, False, False, True, False, True]))
    assert seen.tolist() == [
        [0, 0, 1, 2, 3], [0, 1, 2, 3, 0], [1, 2, 3, 0, 0], [0, 0, 4, 5, 0], [0, 4, 5, 0, 0], [0, 0, 6, 0, 0],
    ]  # fmt: skip
    assert seen.shape[1] == 2 * REACH + 1


@given(st.integers(1, 40))
def test_products_by_slices_are_products(count: int) -> None:
    draw = np.random.default_rng(count)
    rows, table = (draw.normal(size=size).astype(np.float32) for size in ((count, 12), (12, 5)))
    assert np.allclose(product(rows, table), rows @ table, atol=1e-5)


def test_a_word_with_a_proclitic_has_the_vector_of_the_word() -> None:
    known = Lookups.shipped()
    bare, joined, unknown = distributional(["القاهره", "فكالقاهره", "ظظظظظ"], known)
    assert (bare[:-1] == joined[:-1]).all() and bare[-1] == 0 and joined[-1] == 1
    assert not unknown.any() and np.linalg.norm(bare[:-1]) > 2
