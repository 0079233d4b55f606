"""Names: persons, places and organizations against newswire and Wikipedia text that others tagged.

The last tenth of ANERcorp's training part is held back from training; AQMAR (Wikipedia) was never trained on. A name is right
when its words and its kind are both those of the reference (as CoNLL's scorer counts); of names within names the outer one
counts, since the references are flat. Classes other than the three are passed over, on both sides. The sentences are read twenty
at a time as one report, a line each, for the references do not say where a report ends.

**Conventions.** References differ in what they call a name, so both readings that Riwaya offers (`riwaya.mark(text, names=...)`)
are measured, always, and reported side by side: `news_*`, the default, and `conll_*`, whose table stands in
`riwaya.mark.names.flat`. Tagger and rules are the same. The plain figures are those of the reading that fits the reference's own
tag set, and nothing else decides:

| reference | its classes | plain figures |
|---|---|---|
| ANERcorp, CoNLL | PERS or PER, LOC, ORG, MISC | conll: ministries and armies are no names there, heads stay outside |
| AQMAR | PER, LOC, ORG, MIS0, MIS1 ... | news: national teams, clubs and associations are whole names there, as here |
| any other | | conll |

`aqmar_f1` is the plain figure on AQMAR; `aqmar_conll_f1` the other.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from riwaya.evaluate.base import Miss, Result, Source, Task, hashed, scores
from riwaya.evaluate.conll import Row, Stretch, Text, classes, rows, running

if TYPE_CHECKING:
    from riwaya.mark.names import NameConvention

DEVELOPMENT_SHARE = 10  # the last tenth of the training part is for development
_REPORT = 20  # sentences; ANERcorp has no marks between reports, and these are about the length of one
_SAMPLED = 10  # of the encyclopedia's articles, every so many is in the gate's sample
_AROUND = 4  # words shown on either side of a miss
_KINDS = ("person", "place", "organization")
_NEWS, _CONLL = "news", "conll"


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


def _find(text: Text, count: _Count, convention: NameConvention) -> frozenset[Stretch]:
    """The outermost names that Riwaya finds, timed."""
    from riwaya.mark.document import prepare
    from riwaya.mark.names import find_names
    from riwaya.model import Article

    doc = prepare(Article(id="-", path="", text=text.text))
    began = time.process_time()
    names = find_names(doc, convention)
    count.seconds += time.process_time() - began
    count.tokens += len(text.words)
    found: set[Stretch] = set()
    end = 0
    for name in names:  # in text order, longer before nested
        if name.span.start >= end:
            found.add(text.stretch(name.span.start, name.span.end, name.kind))
            end = name.span.end
    return frozenset(found)


Part = tuple[str, Sequence[list[Row]]]  # a file's name and its sentences


def measure(parts: Iterable[Part], convention: NameConvention = "news") -> _Count:
    """Count over files of sentences."""
    count = _Count()
    for where, sentences in parts:
        for number, text in enumerate(_reports(sentences)):
            count.add(f"{where}#{number}", text, _find(text, count, convention))
    return count


def convention_of(files: Iterable[Path]) -> NameConvention:
    """Which reading fits the tag set of these files: the default where they have AQMAR's numbered classes, else conll."""
    return "news" if any(c.startswith("MIS") and c != "MISC" for path in files for c in classes(path)) else "conll"


def _both(parts: Sequence[Part], plain: NameConvention) -> tuple[_Count, dict[str, float]]:
    """The count of the plain reading, and the main measures of both."""
    counts = {_NEWS: measure(parts, "news"), _CONLL: measure(parts, "conll")}
    further = {f"{name}_{k}": v for name, count in counts.items() for k, v in count.scores().items() if k in _MAIN}
    return counts[plain], further


_MAIN = ("f1", "precision", "recall")


def held_back(sentences: Sequence[list[Row]]) -> tuple[Sequence[list[Row]], Sequence[list[Row]]]:
    """The sentences of ANERcorp's training part that train, and the last tenth that does not."""
    cut = len(sentences) - len(sentences) // DEVELOPMENT_SHARE
    return sentences[:cut], sentences[cut:]


def _run(source: Source) -> Result:
    from riwaya.mark.names.tagger import model

    model()  # its loading is no part of the speed
    if source.file is not None:
        files = sorted(p for p in source.file.iterdir() if p.is_file()) if source.file.is_dir() else [source.file]
        count, both = _both([(path.name, list(rows(path))) for path in files], convention_of(files))
        return _result(count, hashed(files), both)
    newswire = source.path("names", "anercorp.train.conll")
    articles: list[Path] = sorted(source.path("names", "aqmar").glob("*.txt"))
    if source.sample:
        articles = articles[::_SAMPLED]
    count, further = _both([("anercorp", held_back(list(rows(newswire)))[1])], convention_of([newswire]))
    wiki, both = _both([(path.stem, list(rows(path))) for path in articles], convention_of(articles))
    further |= {f"aqmar_{name}": value for name, value in {**wiki.scores(), **both}.items()}
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
    published="ANERcorp's test part, four classes: CRF about .71, BiLSTM-CRF .817, CAMeLBERT .824, AraBERT .831 (Obeid 2020)",
    form="CoNLL: a word and its tag (B-PERS, I-LOC, O ...) a line, an empty line between sentences; one tag column or more",
)
