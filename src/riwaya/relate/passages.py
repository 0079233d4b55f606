"""Passages that the reports of one story share: copied word for word, with small changes, or reworded.

Rare runs of three words, indexed over the whole story, say which pairs of reports to compare and where (as in passim: Smith,
Cordell and Mullen 2015); exact alignment gives the edges. Reworded sentences are looked for apart (`relate.paraphrase`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from riwaya.arabic.stems import rarity
from riwaya.ids import stable_id
from riwaya.model import Article, Entity, Marks, Passage, Reason, Span
from riwaya.relate.direction import Directions, carry_agencies
from riwaya.relate.match import Match, Place
from riwaya.relate.paraphrase import find_reworded
from riwaya.relate.reading import Reading, key, read
from riwaya.relate.units import Story
from riwaya.settings.passages import PASSAGES


def find_passages(
    articles: Sequence[Article],
    marks: Sequence[Marks],
    entities: Sequence[Entity] = (),
    apart: Callable[[Span, Span], bool] | None = None,
) -> list[Passage]:
    """Every passage that two of a story's reports share, sorted by place.

    Args:
        articles: of one story, dates settled, in any order.
        marks: of the same articles, in the same order.
        entities: of the same articles; without them a name is known by its own spelling only.
        apart: says of two stretches, in the order of their articles' ids, that they are no passage whatever they share.

    Returns:
        Passages of a sentence's length or more, with direction. `a` is of the report with the smaller id. In a story of more than
        `passage_partners` reports, each is compared with those it shares most with.
    """
    if len(articles) < 2:  # noqa: PLR2004 - a pair
        return []
    both = sorted(zip(articles, marks, strict=True), key=lambda x: x[0].id)
    readings = [read(article) for article, _ in both]
    story = Story(readings, [m for _, m in both], entities)
    copies = find_copies(readings, [m for _, m in both], story)
    said = [{key(name) for name in terms} for terms in story.words]
    reworded = find_reworded(story, set(pairs_to_compare(said)), copies)
    directions = Directions([a for a, _ in both], [r.words for r in readings])
    matches = [m for m in (*copies, *reworded) if apart is None or not apart(*_spans(readings, m))]
    found = [_passage(readings, story, m, directions) for m in matches]
    return carry_agencies(sorted(found, key=lambda p: (p.a, p.b)))


def _passage(readings: Sequence[Reading], story: Story, match: Match, directions: Directions) -> Passage:
    a, b = _spans(readings, match)
    verdict = directions.decide(match.a, a, match.b, b, match.kind == "copy")
    return Passage(
        stable_id("p", a.article_id, a.start, a.end, b.article_id, b.start, b.end),
        a,
        b,
        match.kind,
        match.similarity,
        verdict.direction,
        verdict.source,
        (_likeness(readings, story, match), *verdict.reasons),
    )


def _likeness(readings: Sequence[Reading], story: Story, match: Match) -> Reason:
    """Why the two stretches are one passage: how many words are equal, or which words of a say what b says."""
    one, two = range(*match.a_words), range(*match.b_words)
    if match.kind == "copy":
        equal = round(match.similarity * (len(one) + len(two)) / 2)
        return Reason("equal words", match.similarity, f"{equal} of {len(one)} and {len(two)}")
    theirs = {story.words[match.b][at] for at in two} - {""}
    reading = readings[match.a]
    said = [reading.text[reading.start[at] : reading.end[at]] for at in one if story.words[match.a][at] in theirs]
    return Reason("shared terms", match.similarity, "، ".join(said))


def _spans(readings: Sequence[Reading], match: Match) -> tuple[Span, Span]:
    return _span(readings[match.a], match.a_words), _span(readings[match.b], match.b_words)


def _span(reading: Reading, words: Place) -> Span:
    return Span(reading.article_id, reading.start[words[0]], reading.end[words[1] - 1])


# ------------------------------------------------------------------------------------------------------------------ copies


def find_copies(readings: Sequence[Reading], marks: Sequence[Marks], story: Story) -> list[Match]:
    """The stretches that two readings share in the same words and order. Readings and marks are parallel."""
    import numpy as np

    from riwaya.relate.align import alignments

    numbers: dict[str, int] = {}
    coded = [[numbers.setdefault(s, len(numbers)) for s in r.stems] for r in readings]
    codes = [np.array(c, np.int32) for c in coded]
    runs = [_rare_runs(r, c, len(numbers)) for r, c in zip(readings, coded, strict=True)]
    weights = [[story.weight[name] for name in words] for words in story.words]
    named = [_in_names(r, m) for r, m in zip(readings, marks, strict=True)]
    found: list[Match] = []
    for a, b in pairs_to_compare(runs):
        for one in alignments(codes[a], codes[b], _anchors(runs[a], runs[b]), weights[a]):
            if len(one.pairs) < PASSAGES.copy_words or one.similarity < PASSAGES.copy_similarity:
                continue
            weight = sum(weights[a][x] for x, _ in one.pairs)
            names = sum(named[a][x] for x, _ in one.pairs)
            mere_names = names > PASSAGES.copy_names * len(one.pairs) and len(one.pairs) < PASSAGES.names_words
            if weight >= 1000 * PASSAGES.copy_rarity and not mere_names:
                a_words, b_words = (one.a_first, one.a_last), (one.b_first, one.b_last)
                found.append(Match(a, b, a_words, b_words, "copy", round(one.similarity, 3)))
    return found


def _rare_runs(reading: Reading, codes: Sequence[int], count: int) -> dict[int, list[int]]:
    """The runs of words worth looking up, as numbers -> their places."""
    size = PASSAGES.passage_gram
    sums = list(accumulate(map(rarity, reading.stems), initial=0.0))
    numbers = list(codes)
    for shift in range(1, size):
        numbers = [number * count + code for number, code in zip(numbers, codes[shift:], strict=False)]
    found: dict[int, list[int]] = {}
    for at, (number, low, high) in enumerate(zip(numbers, sums, sums[size:], strict=False)):
        if high - low >= PASSAGES.passage_gram_rarity:
            places = found.setdefault(number, [])
            if len(places) < PASSAGES.passage_gram_repeats:
                places.append(at)
    return found


def _anchors(a: dict[int, list[int]], b: dict[int, list[int]]) -> list[Place]:
    return [(x, y) for number in a.keys() & b.keys() for x in a[number] for y in b[number]]


def _in_names(reading: Reading, marks: Marks) -> list[bool]:
    """For each word, whether it belongs to a name or the title beside it."""
    inside = [False] * len(reading)
    for name in marks.names:
        for span in (name.span, name.role):
            if span is not None:
                for at in range(bisect_left(reading.end, span.start + 1), bisect_left(reading.start, span.end)):
                    inside[at] = True
    return inside


def pairs_to_compare(features: Sequence[Iterable[int]]) -> list[Place]:
    """The pairs of reports that share features, first < second; in a large story each with the partners that share most.

    A pair is taken if either of the two is among the other's `passage_partners` closest (ties: the smaller number). In a very
    large story only a part of the features, chosen by their numbers, is counted.
    """
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for place, row in enumerate(features):
        for feature in row:
            holders[feature].append(place)
    shared = {f: places for f, places in holders.items() if len(places) > 1}
    if len(features) <= PASSAGES.passage_partners + 1:
        return sorted({(a, b) for places in shared.values() for n, b in enumerate(places) for a in places[:n]})
    return _closest(shared, len(features))


def _closest(shared: dict[int, list[int]], count: int) -> list[Place]:
    import numpy as np

    step = -(-len(shared) // PASSAGES.passage_features)
    kept = sorted(f for f in shared if f % step == 0)
    together = np.zeros((count, count), np.float32)  # whole numbers far below 2^24: exact
    for low in range(0, len(kept), 4096):
        block = np.zeros((count, min(4096, len(kept) - low)), np.float32)
        for column, feature in enumerate(kept[low : low + 4096]):
            block[shared[feature], column] = 1
        together += block @ block.T
    np.fill_diagonal(together, 0)
    closest = np.argsort(-together, axis=1, kind="stable")[:, : PASSAGES.passage_partners]
    rows = np.repeat(np.arange(count), closest.shape[1])
    pairs = zip(rows.tolist(), closest.ravel().tolist(), strict=True)
    return sorted({(min(a, b), max(a, b)) for a, b in pairs if together[a, b] > 0})
