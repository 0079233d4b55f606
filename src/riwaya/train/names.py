"""`riwaya train names`: src/riwaya/data/names.model from tagged text, the same bytes from the same data and lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from riwaya.evaluate.base import Source, hashed
from riwaya.evaluate.conll import rows
from riwaya.evaluate.names import held_back
from riwaya.mark.names.tagger import Model
from riwaya.train.network import NetworkTrainer
from riwaya.train.perceptron import Perceptron
from riwaya.train.sentences import retokenized

SHIPPED = Path(__file__).resolve().parents[1] / "data/names.model"
PERCEPTRON_EPOCHS = 10
NETWORK_EPOCHS = 8


def train(data: Path, out: Path, say: Callable[[str], None] = lambda line: None, *, quick: bool = False) -> None:
    """Train and write the name tagger.

    The network learns from the first nine tenths of ANERcorp's training part alone: with Wojood's sample beside it, whose names
    are marked by another convention, it found fewer (-2.4 F1 in folds of the training part). What words lean to is learned from
    both. The last tenth and all of AQMAR are left out, so that `riwaya evaluate names` measures what is shipped on text that it
    has not seen.

    Args:
        data: holds `names/anercorp.train.conll` and `names/wojood-sample.train.conll`.
        out: the file to write.
        say: called with each line of progress.
        quick: one epoch of each, for tests.

    Raises:
        InputError: the data is not there.
    """
    source = Source(data)
    files = [source.path("names", name) for name in ("anercorp.train.conll", "wojood-sample.train.conll")]
    say(f"data {hashed(files)}: {', '.join(path.name for path in files)}")
    newswire = [retokenized(s) for s in held_back(list(rows(files[0])))[0]]
    further = [retokenized(s) for s in rows(files[1])]
    network = NetworkTrainer(newswire, say)
    network.run(1 if quick else NETWORK_EPOCHS)
    perceptron = Perceptron([*newswire, *further], say)
    perceptron.run(1 if quick else PERCEPTRON_EPOCHS)
    own_hashes, own = perceptron.own()
    Model.save(out, {"own_hashes": own_hashes, "own": own, **network.trained()})
    say(f"{out.stat().st_size / 1e6:.1f} MB -> {out}")
