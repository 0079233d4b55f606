"""What the grouping into stories needs to know of an article, small enough to keep for every article of a run."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from datetime import date

from riwaya.arabic.stems import rarity
from riwaya.model import Article, Marks
from riwaya.relate.reading import Reading, grams, read
from riwaya.settings.relate import RELATE

_COMMON = (1 << 64) - 1  # the number of every run of common words
SCALE = 1000  # weights are whole numbers, so that sums of products are exact whatever their order


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One article for the grouping.

    terms       its weightiest stems, joined by spaces, sorted
    weights     their weights, parallel: 16-bit whole numbers; the squares sum to about SCALE squared
    grams       numbers of selected runs of words (winnowing, Schleimer et al. 2003), sorted: 64-bit
    day         of publication, days since 1 January of the year 1; None if unknown
    words       how many visible words it has
    """

    article_id: str
    terms: str
    weights: bytes
    grams: bytes
    day: int | None
    words: int


def fingerprint(article: Article, marks: Marks) -> Fingerprint:
    """The fingerprint of one article; names count more, and the headline and the first lines.

    Takes the article with its furniture settled and its marks; looks at nothing else.
    """
    reading = read(article)
    terms = _terms(reading, marks)
    selected = array("Q", sorted(_winnow(reading)))
    return Fingerprint(
        article.id,
        " ".join(t for t, _ in terms),
        array("H", [w for _, w in terms]).tobytes(),
        selected.tobytes(),
        _day(article.published.value),
        len(reading),
    )


def _day(value: str | None) -> int | None:
    try:
        return date.fromisoformat((value or "")[:10]).toordinal()
    except ValueError:
        return None


def _terms(reading: Reading, marks: Marks) -> list[tuple[str, int]]:
    """The weightiest stems with their weights, scaled to a vector of length SCALE, sorted by stem."""
    counts: Counter[str] = Counter(reading.stems)
    lead = min(len(reading), reading.head + RELATE.story_lead)
    extra: dict[str, float] = {}  # what the headline and the lead count beyond one each
    for at in range(lead):
        place = RELATE.story_headline_weight if at < reading.head else RELATE.story_lead_weight
        extra[reading.stems[at]] = extra.get(reading.stems[at], 0.0) + place - 1.0
    named = _named(reading, marks)
    weights: dict[str, float] = {}
    for stem, times in counts.items():
        rare = rarity(stem)
        if rare < RELATE.story_term_rarity or len(stem) < 2 or stem[0].isdigit():  # noqa: PLR2004 - one letter is no word
            continue
        weight = min(rare, RELATE.story_rarity_cap) * (1.0 + math.log(times + extra.get(stem, 0.0)))
        weights[stem] = weight * (RELATE.story_name_weight if stem in named else 1.0)
    best = sorted(weights.items(), key=lambda t: (-round(t[1], 6), t[0]))[: RELATE.story_terms]
    length = math.sqrt(math.fsum(w * w for _, w in best)) or 1.0
    return sorted((stem, round(SCALE * weight / length)) for stem, weight in best)


def _named(reading: Reading, marks: Marks) -> set[str]:
    found: set[str] = set()
    for name in marks.names:
        first = bisect_left(reading.end, name.span.start + 1)  # the word that holds the name's start, clitics and all
        last = bisect_left(reading.start, name.span.end)
        found.update(reading.stems[first:last])
    return found


def _winnow(reading: Reading) -> set[int]:
    """Of every `copy_window` neighbouring runs of words the one with the smallest number, common phrases left out."""
    import numpy as np

    size, window = RELATE.copy_gram, RELATE.copy_window
    numbers = grams(reading.stems, size)
    if len(numbers) < window:
        return set()
    sums = np.cumsum([0.0, *map(rarity, reading.stems)])
    rare = sums[size:] - sums[:-size] >= RELATE.copy_gram_rarity
    # The largest number stands for a common run; that a rare run has it too is as unlikely as any collision.
    smallest = np.lib.stride_tricks.sliding_window_view(np.where(rare, numbers, np.uint64(_COMMON)), window).min(axis=1)
    return set(smallest[smallest != np.uint64(_COMMON)].tolist())
