"""The tagger: its fast search against a plain one, its file, and the training script's determinism."""

import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from riwaya.arabic.words import words
from riwaya.mark.names.evidence import gather, positioned
from riwaya.mark.names.tagger import TAGS, Model, Tagged, model
from riwaya.settings.mark import MARK

tagger = import_module("riwaya.mark.names.tagger")  # riwaya.mark is also a function
ROOT = Path(__file__).parents[2]
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
    scores = shipped.scores(read.norm)
    shipped._add_positions(scores, places)
    found = plain(shipped.tag(read.norm, [False] * len(read), places))
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
    monkeypatch.setattr(tagger, "_CACHED_TYPES", 12)
    for text in (*TEXTS, TEXTS[0]):
        other = words(text)
        found = plain(small.tag(other.norm, other.newline, positioned(gather(other))))
    assert found == before


def test_wrong_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.model"
    file.write_bytes(b'{"magic": "other"}\n')
    with pytest.raises(ValueError, match="not a name model"):
        Model.load(file)


CONLL = """قال O
فلاديمير B-PER
بوتين I-PER
في O
موسكو B-LOC
. O

زار O
الوفد O
موسكو B-LOC
مع O
شركة O
توتال B-ORG
. O

"""


def test_training_gives_the_same_bytes(tmp_path: Path) -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import train_names
    finally:
        sys.path.pop(0)
    (tmp_path / "x.conll").write_text(CONLL * 3, "utf-8")
    made = []
    for name in ("a", "b"):
        trainer = train_names.Trainer([train_names.retokenized(s) for s in train_names.rows(tmp_path / "x.conll")])
        trainer.run(2)
        trainer.save(tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    learned = Model.load(tmp_path / "a")
    read = words("زار فلاديمير بوتين موسكو .")
    assert plain(learned.tag(read.norm, read.newline, positioned(gather(read)))) == [(1, 3, "person"), (3, 4, "place")]


def test_tags_follow_riwayas_words() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import train_names
    finally:
        sys.path.pop(0)
    sentence = train_names.retokenized([("(ألما-آتا)", "B-place"), ("اليوم", "O")])
    assert sentence.norms == ["(", "الما", "-", "اتا", ")", "اليوم"]
    assert [TAGS[t] for t in sentence.tags] == ["O", "B-place", "I-place", "I-place", "O", "O"]
