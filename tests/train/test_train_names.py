"""Training of the name tagger: the same bytes again, gradients that are right, and what is learned is found."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from riwaya.arabic.words import words
from riwaya.cli.train import command
from riwaya.errors import InputError
from riwaya.evaluate.conll import rows
from riwaya.mark.names.evidence import gather, positioned
from riwaya.mark.names.tagger import TAGS, Model
from riwaya.train.field import gradient
from riwaya.train.names import train
from riwaya.train.network import NetworkTrainer
from riwaya.train.perceptron import Perceptron
from riwaya.train.sentences import retokenized

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


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "names").mkdir()
    for name in ("anercorp.train.conll", "wojood-sample.train.conll"):
        (tmp_path / "names" / name).write_text(CONLL * 12, "utf-8")
    return tmp_path


def test_training_gives_the_same_bytes(data: Path) -> None:
    said: list[str] = []
    for name in ("a", "b"):
        train(data, data / name, said.append, quick=True)
    assert (data / "a").read_bytes() == (data / "b").read_bytes()
    assert said[0].startswith("data ") and "anercorp.train.conll" in said[0]


def test_missing_data_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        train(tmp_path, tmp_path / "x")


def test_the_command_needs_its_data() -> None:
    assert CliRunner().invoke(command, ["names"]).exit_code == 2


def test_what_is_taught_is_found(data: Path) -> None:
    sentences = [retokenized(s) for s in rows(data / "names/anercorp.train.conll")]
    said: list[str] = []
    network, perceptron = NetworkTrainer(sentences, said.append), Perceptron(sentences, said.append)
    network.run(40)
    perceptron.run(2)
    hashes, own = perceptron.own()
    Model.save(data / "x", {"own_hashes": hashes, "own": own, **network.trained()})
    learned = Model.load(data / "x")
    read = words("قال الوفد مع فلاديمير بوتين في موسكو .")
    found = learned.tag(read.norm, read.newline, positioned(gather(read)))
    assert [(t.first, t.last, t.kind) for t in found] == [(3, 5, "person"), (6, 7, "place")]
    assert len(said) == 40 + 2 * 5 and learned.lean("بوتين", "person") > 0 > learned.lean("زار", "person")


def test_tags_follow_riwayas_words() -> None:
    sentence = retokenized([("(ألما-آتا)", "B-place"), ("اليوم", "O")])
    assert sentence.norms == ["(", "الما", "-", "اتا", ")", "اليوم"]
    assert [TAGS[t] for t in sentence.tags] == ["O", "B-place", "I-place", "I-place", "O", "O"]


def brute(scores: np.ndarray, tags: np.ndarray, sizes: np.ndarray, moves: np.ndarray) -> float:
    """The loss by going through every sequence of tags."""
    total, at = 0.0, 0
    for size in sizes:
        mine, right = scores[at : at + size], tags[at : at + size]
        values = []
        for path in np.ndindex(*[scores.shape[1]] * size):
            steps = sum(moves[a, b] for a, b in zip((0, *path), (*path, 0), strict=True))
            values.append(mine[np.arange(size), list(path)].sum() + steps)
            if list(path) == right.tolist():
                own = values[-1]
        total += np.log(np.exp(values).sum()) - own
        at += size
    return total


def test_the_gradient_is_that_of_the_loss() -> None:
    draw = np.random.default_rng(3)
    scores, moves = draw.normal(size=(6, 3)), draw.normal(size=(3, 3))
    tags, sizes = np.array([0, 2, 1, 1, 0, 2]), np.array([3, 1, 2])
    loss, by_score, by_move = gradient(scores, tags, sizes, moves)
    assert loss == pytest.approx(brute(scores, tags, sizes, moves))
    for table, by in ((scores, by_score), (moves, by_move)):
        for place in np.ndindex(*table.shape):
            table[place] += 1e-6
            above = brute(scores, tags, sizes, moves)
            table[place] -= 2e-6
            below = brute(scores, tags, sizes, moves)
            table[place] += 1e-6
            assert by[place] == pytest.approx((above - below) / 2e-6, abs=1e-5)
