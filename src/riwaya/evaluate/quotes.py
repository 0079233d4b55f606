"""Quotes measured on sentences of real reports, marked by hand (`samples/quotes.md` says how).

The whole report is marked as the pipeline marks it; what is judged are the quotes whose content reaches into the drawn sentence.
Spans are paired as `score.py` of the seeds pairs them: greedily, best first, from half of the union of their characters on. Of
the pairs found, the speaker is right when all words of the shorter name stand in the longer (and one of them has three letters),
the relays are counted one by one, and direct speech is right when both say the same. Words that name the speaker elsewhere in the
report ("also" in the sample) count as the name does.

The sample's odd lines were read for causes while rules were written, its even lines never: `kept_…` is the even half, and misses
are listed of the odd half only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from riwaya.errors import InputError
from riwaya.evaluate.base import SAMPLES, Miss, Result, Source, Task, hashed, overlap, ratio, scores
from riwaya.evaluate.corpora import lookup
from riwaya.evaluate.handmarked import Halves, Offsets, offsets, records, references
from riwaya.mark import mark_article
from riwaya.model import Article, Quote
from riwaya.read.page import settle_page

SAMPLE = SAMPLES / "quotes.jsonl"
FORM = (
    'JSONL or a JSON array: {"article": "FOLDER/FILE#ID" or "text": "…", "sentence": [start, end], "quotes": [{"content": [start,'
    ' end], "direct": bool, "speaker": [start, end] or null, "also": [[start, end]], "relays": [[start, end]]}]}; exact words may'
    ' stand for any [start, end] ("text", "n" and "speaker_text" as in the seeds\' gold), and without "sentence" all is judged'
)
_ENOUGH = 0.5  # of the union of two spans' characters, as in score.py
_LETTERS = 3  # of one word at least that two names share, as in score.py
_BARE = dict.fromkeys([*range(0x064B, 0x0653), 0x0670, 0x0640, 0x200C, 0x200D, 0x200E, 0x200F, 0xFEFF])  # as in score.py
_WORD = re.compile(r"\w+")
_AROUND = 60  # characters of text before a miss, for a reader


@dataclass(frozen=True, slots=True)
class Said:
    """One quote, marked by hand or found: where its content lies, and in words who says it and through whom."""

    content: Offsets
    direct: bool
    speaker: tuple[str, ...]  # every name that is right; empty where nobody is named
    relays: tuple[tuple[str, ...], ...]  # for each link all its names


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence to judge, with the quotes that a reader found in it."""

    line: int
    where: str
    article: Article
    sentence: Offsets
    quotes: tuple[Said, ...]


@dataclass(slots=True)
class Count:
    """What is counted over cases."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    named: int = 0  # of the found, those with a speaker to find
    speaker: int = 0
    direct: int = 0
    relays_wanted: int = 0
    relays_found: int = 0
    relays_hit: int = 0
    relays_true: int = 0
    misses: list[Miss] = field(default_factory=list)

    def measures(self, prefix: str = "") -> dict[str, float]:
        """f1, precision, recall of content; speaker_accuracy and direct_accuracy of what was found; relays_f1."""
        out = {f"{prefix}{name}": value for name, value in scores(self.right, self.found, self.wanted).items()}
        out[f"{prefix}speaker_accuracy"] = ratio(self.speaker, self.named)
        precision, recall = ratio(self.relays_true, self.relays_found), ratio(self.relays_hit, self.relays_wanted)
        out[f"{prefix}relays_f1"] = ratio(2 * precision * recall, precision + recall)
        out[f"{prefix}direct_accuracy"] = ratio(self.direct, self.right)
        return out

    def add(self, case: Case, found: Sequence[Said]) -> None:
        """Count one sentence; only what reaches into it is judged."""
        here = [q for q in found if q.content[0] < case.sentence[1] and q.content[1] > case.sentence[0]]
        pairs = match([q.content for q in case.quotes], [q.content for q in here])
        self.wanted += len(case.quotes)
        self.found += len(here)
        self.right += len(pairs)
        for i, j in pairs:
            self._judge(case, case.quotes[i], here[j])
        lost = set(range(len(case.quotes))) - {i for i, _ in pairs}
        extra = set(range(len(here))) - {j for _, j in pairs}
        self.misses += [self._miss(case, case.quotes[i].content, "a quote", "") for i in sorted(lost)]
        self.misses += [self._miss(case, here[j].content, "", "a quote") for j in sorted(extra)]

    def _judge(self, case: Case, wanted: Said, found: Said) -> None:
        """Speaker, directness and relays of a pair."""
        if wanted.speaker:
            ok = any(same_name(a, b) for a in found.speaker for b in wanted.speaker)
            self.named += 1
            self.speaker += ok
            if not ok:
                expected, said = (f"speaker {' = '.join(q.speaker)}" for q in (wanted, found))
                self.misses.append(self._miss(case, wanted.content, expected, said))
        if wanted.direct != found.direct:
            expected, said = ("direct" if q.direct else "indirect" for q in (wanted, found))
            self.misses.append(self._miss(case, wanted.content, expected, said))
        self.direct += wanted.direct == found.direct
        hit = sum(any(_same(g, s) for s in found.relays) for g in wanted.relays)
        true = sum(any(_same(g, s) for g in wanted.relays) for s in found.relays)
        if (hit, true) != (len(wanted.relays), len(found.relays)):
            expected, said = (f"relays {', '.join(r[0] for r in q.relays)}" for q in (wanted, found))
            self.misses.append(self._miss(case, wanted.content, expected, said))
        self.relays_wanted += len(wanted.relays)
        self.relays_found += len(found.relays)
        self.relays_hit += hit
        self.relays_true += true

    @staticmethod
    def _miss(case: Case, content: Offsets, expected: str, found: str) -> Miss:
        start, end = content
        text = case.article.text
        return Miss(f"{case.where} {start}-{end}", expected, found, f"{text[max(0, start - _AROUND) : start]}[{text[start:end]}]")


def same_name(a: str, b: str) -> bool:
    """Whether all words of the shorter name stand in the longer, one of them of three letters; the rule of score.py.

    >>> same_name("الوزير سامي حداد", "حداد"), same_name("حداد", "نجار")
    (True, False)
    """
    x, y = (set(_WORD.findall(name.translate(_BARE))) for name in (a, b))
    both, longer = sorted((x, y), key=len)
    return any(len(word) >= _LETTERS for word in both) and both <= longer


def _same(link: Iterable[str], other: Iterable[str]) -> bool:
    return any(same_name(a, b) for a in link for b in other)


def iou(a: Offsets, b: Offsets) -> float:
    """The shared characters of two spans by those of both.

    >>> iou((0, 10), (5, 15))
    0.3333333333333333
    """
    joint = overlap(a, b)
    return joint / (a[1] - a[0] + b[1] - b[0] - joint) if joint else 0.0


def match(wanted: Sequence[Offsets], found: Sequence[Offsets]) -> list[tuple[int, int]]:
    """Greedy one-to-one pairs (index wanted, index found), best first, as score.py makes them."""
    close = [(-iou(w, f), i, j) for i, w in enumerate(wanted) for j, f in enumerate(found) if iou(w, f) >= _ENOUGH]
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(close):
        if all(i != x and j != y for x, y in pairs):
            pairs.append((i, j))
    return pairs


def found_in(article: Article) -> list[Said]:
    """The quotes that Riwaya finds in a report as given, by the way that the pipeline takes."""
    settled = settle_page(article)
    return [_said(settled, quote) for quote in mark_article(settled).quotes]


def _said(article: Article, quote: Quote) -> Said:
    relays = []
    for link in quote.isnad[1:-1]:
        written = article.text[link.span.start : link.span.end] if link.span is not None else ""
        relays.append(tuple(name for name in (link.name, written) if name))
    name = quote.speaker.text if quote.speaker is not None else ""
    return Said((quote.content.start, quote.content.end), quote.direct, (name,) if name else (), tuple(relays))


def read_cases(source: Source) -> list[Case]:
    """The marked sentences of the sample, or of the file given instead.

    Raises:
        InputError: a line is not of the form, or what it points to is not there.
    """
    path = source.file or SAMPLE
    found = records(path, "quotes")
    articles = lookup(source, references(found))
    return [_case(path, number, record, articles) for number, record in enumerate(found, 1)]


def _case(path: Path, number: int, record: Mapping[str, Any], articles: Mapping[str, Article]) -> Case:
    where = f"{path.name}:{number}"
    try:
        if "article" in record:
            article = articles[str(record["article"])]
        else:
            text = record["text"] if "text" in record else record["sentence"]
            article = Article(f"a-{number}", where, str(text), outlet=record.get("outlet"))
        sentence = (0, len(article.text)) if "sentence" not in record else offsets(article.text, record["sentence"])
        quotes = tuple(_marked(article.text, quote) for quote in record["quotes"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(where, f"not of the form {FORM}: {error}") from None
    return Case(number, where, article, sentence, quotes)


def _marked(text: str, quote: Mapping[str, Any]) -> Said:
    content = offsets(text, quote.get("content", quote.get("text")), quote.get("n", 1))
    first = quote.get("speaker_text") or quote.get("speaker")
    names = [_words(text, name) for name in (first, *quote.get("also", ())) if name]
    relays = tuple((_words(text, relay),) for relay in quote.get("relays") or ())
    return Said(content, bool(quote["direct"]), tuple(names), relays)


def _words(text: str, value: Any) -> str:
    """The words at [start, end], or the words given."""
    if isinstance(value, str):
        return value
    start, end = offsets(text, value)
    return text[start:end]


def run(source: Source) -> Result:
    """Measure on the sample, or on a file of its form."""
    cases = read_cases(source)
    halves = Halves(Count(), Count(), Count())
    for done, case in enumerate(cases):
        found = found_in(case.article)
        for count in halves.of(case.line):
            count.add(case, found)
        source.progress(done + 1, len(cases))
    total = halves.total
    counts = {"sentences": len(cases), "found": total.found, "relays": total.relays_wanted}
    data = hashed([source.file or SAMPLE])
    return Result(halves.measures(source), total.wanted, data, halves.misses(source), counts)


TASK = Task(
    "quotes",
    "sentences of Egyptian and Saudi reports marked by hand: content, speaker, relays",
    run,
    targets={"f1": 0.88, "speaker_accuracy": 0.90},
    published="rules for Arabic newspapers, their own data (Alrahabi): precision .93, recall .88",
    form=FORM,
)
