"""Names: persons, places and organizations against newswire and Wikipedia text that others tagged.

The last tenth of ANERcorp's training part is held back from training; AQMAR (Wikipedia) was never trained on. A name is right
when its words and its kind are both those of the reference (as CoNLL's scorer counts); of names within names the outer one counts,
since the references are flat. Classes other than the three are passed over, on both sides. The sentences are read twenty at a
time as one report, a line each, for the references do not say where a report ends.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from riwaya.evaluate.base import Miss, Result, Source, Task, hashed, scores
from riwaya.evaluate.conll import Row, Stretch, Text, rows, running

DEVELOPMENT_SHARE = 10  # the last tenth of the training part is for development
_REPORT = 20  # sentences; ANERcorp has no marks between reports, and these are about the length of one
_SAMPLED = 10  # of the encyclopedia's articles, every so many is in the gate's sample
_AROUND = 4  # words shown on either side of a miss
_KINDS = ("person", "place", "organization")


@dataclass
class _Count:
    """Names right, found and wanted, with what differs."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)
    tokens: int = 0
    seconds: float = 0.0

    def add(self, where: str, text: Text, found: frozenset[Stretch]) -> None:
        """Count one report."""
        for counter, names in ((self.right, text.names & found), (self.found, found), (self.wanted, text.names)):
            counter.update(kind for _, _, kind in names)
        missed, invented = text.names - found, found - text.names
        at = {(a, b): kind for a, b, kind in invented}
        for first, last, kind in sorted(missed):
            said = at.pop((first, last), "")
            self.misses.append(_miss(where, text, (first, last, kind), kind, said))
        self.misses += [_miss(where, text, (a, b, kind), "", kind) for (a, b), kind in sorted(at.items())]

    def scores(self) -> dict[str, float]:
        """Precision, recall and F1 over the three kinds, and F1 of each."""
        every = scores(self.right.total(), self.found.total(), self.wanted.total())
        each = {f"{k}_f1": scores(self.right[k], self.found[k], self.wanted[k])["f1"] for k in _KINDS}
        return {**every, **each}


def _miss(where: str, text: Text, name: Stretch, expected: str, found: str) -> Miss:
    first, last, _ = name
    before, after = text.words[max(0, first - _AROUND) : first], text.words[last : last + _AROUND]
    around = f"{' '.join(before)} [{' '.join(text.words[first:last])}] {' '.join(after)}"
    return Miss(f"{where}:{first}-{last}", expected, found, around)


def _reports(sentences: Sequence[list[Row]]) -> Iterator[Text]:
    for first in range(0, len(sentences), _REPORT):
        yield running(sentences[first : first + _REPORT])


def _find(text: Text, count: _Count) -> frozenset[Stretch]:
    """The outermost names that Riwaya finds, timed."""
    from riwaya.mark.document import prepare
    from riwaya.mark.names import find_names
    from riwaya.model import Article

    doc = prepare(Article(id="-", path="", text=text.text))
    began = time.process_time()
    names = find_names(doc)
    count.seconds += time.process_time() - began
    count.tokens += len(text.words)
    found: set[Stretch] = set()
    end = 0
    for name in names:  # in text order, longer before nested
        if name.span.start >= end:
            found.add(text.stretch(name.span.start, name.span.end, name.kind))
            end = name.span.end
    return frozenset(found)


def measure(parts: Iterable[tuple[str, Sequence[list[Row]]]]) -> _Count:
    """Count over named parts (files) of sentences."""
    count = _Count()
    for where, sentences in parts:
        for number, text in enumerate(_reports(sentences)):
            count.add(f"{where}#{number}", text, _find(text, count))
    return count


def held_back(sentences: Sequence[list[Row]]) -> tuple[Sequence[list[Row]], Sequence[list[Row]]]:
    """The sentences of ANERcorp's training part that train, and the last tenth that does not."""
    cut = len(sentences) - len(sentences) // DEVELOPMENT_SHARE
    return sentences[:cut], sentences[cut:]


def _run(source: Source) -> Result:
    from riwaya.mark.names.tagger import model

    model()  # its loading is no part of the speed
    if source.file is not None:
        files = sorted(p for p in source.file.iterdir() if p.is_file()) if source.file.is_dir() else [source.file]
        return _result(measure([(path.name, list(rows(path))) for path in files]), hashed(files), {})
    newswire = source.path("names", "anercorp.train.conll")
    articles: list[Path] = sorted(source.path("names", "aqmar").glob("*.txt"))
    if source.sample:
        articles = articles[::_SAMPLED]
    count = measure([("anercorp", held_back(list(rows(newswire)))[1])])
    wiki = measure([(path.stem, list(rows(path))) for path in articles])
    further = {f"aqmar_{name}": value for name, value in wiki.scores().items()}
    count.misses += wiki.misses
    count.tokens += wiki.tokens
    count.seconds += wiki.seconds
    return _result(count, hashed([newswire, *articles]), further, aqmar_names=wiki.wanted.total())


def _result(count: _Count, data: str, further: dict[str, float], **counts: int) -> Result:
    speed = {"tokens_per_second": count.tokens / count.seconds if count.seconds else 0.0}
    metrics = {**count.scores(), **further, **speed}
    return Result(metrics, count.wanted.total(), data, count.misses, {"tokens": count.tokens, **counts})


TASK = Task(
    name="names",
    about="persons, places and organizations: the last tenth of ANERcorp's training part, and AQMAR (Wikipedia), exact spans",
    run=_run,
    targets={"f1": 0.77, "aqmar_f1": 0.60, "tokens_per_second": 40_000},
    published="ANERcorp's test part, four classes: CRF about .71, BiLSTM-CRF .817, CAMeLBERT .824, AraBERT .831 (CAMeL Tools' split)",
    form="CoNLL: a word and its tag (B-PERS, I-LOC, O ...) a line, an empty line between sentences; one tag column or more",
)
