"""What the grouping into stories needs to know of an article, small enough to keep for every article of a run."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import reduce

from riwaya.arabic.stems import RARITIES, rarity
from riwaya.model import Article, Marks
from riwaya.relate.reading import KEYS, Reading, grams, key, read
from riwaya.settings.passages import PASSAGES
from riwaya.settings.stories import STORIES

_COMMON = (1 << 64) - 1  # the number of every run of common words
SCALE = 1000  # weights are whole numbers, so that sums of products are exact whatever their order
UNIT = SCALE * SCALE  # the product of a term vector with itself: what weighs this much is the same report
_DIGITS, _SAME = 6, 1e-6  # weights are ranked by so many digits: sums in another order must not change the ranks
_SHORT = (1 << 32) - 1  # stems of the headline, of names and of the whole text are kept as the low half of their numbers


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One article for the grouping.

    terms       its weightiest stems, joined by spaces, sorted
    weights     their weights, parallel: 16-bit whole numbers; the squares sum to about SCALE squared
    grams       numbers of selected runs of words (winnowing, Schleimer et al. 2003), sorted: 64-bit
    headline    numbers of the headline's stems (of the first words, where there is none), sorted: 32-bit
    shares      their shares of the headline's weight, parallel: 16-bit whole numbers; they sum to about SCALE
    names       numbers of the stems of names in the headline and the lead, sorted: 32-bit
    sizes       their weights, parallel: 16-bit; the squares sum to about SCALE squared
    stems       numbers of all stems of the text that are not too common, sorted: 32-bit
    label       number of what the headline says before its colon (أوسكار 2013: …); 0 where it says nothing rare there
    day         of publication, days since 1 January of the year 1; None if unknown
    words       how many visible words it has
    """

    article_id: str
    terms: str
    weights: bytes
    grams: bytes
    headline: bytes
    shares: bytes
    names: bytes
    sizes: bytes
    stems: bytes
    label: int
    day: int | None
    words: int

    def __reduce__(self) -> tuple[type[Fingerprint], tuple[object, ...]]:
        """As a call with its values: compiled, a frozen class cannot be filled afterwards."""
        return Fingerprint, tuple(getattr(self, f.name) for f in fields(self))


def fingerprint(article: Article, marks: Marks) -> Fingerprint:
    """The fingerprint of one article; names count more, and the headline and the first lines.

    Takes the article with its furniture settled and its marks; looks at nothing else.
    """
    reading = read(article)
    named = _named(reading, marks)
    counts = Counter(reading.stems)
    terms = _terms(reading, counts, named)
    headline, shares = _numbers(_weights(reading.stems[: reading.head or STORIES.head_words]), squares=True)
    lead = _weights([s for s in reading.stems[: reading.head + STORIES.lead] if s in named])
    names, sizes = _numbers(lead, squares=False)
    told = [s for s in counts if RARITIES[s] >= STORIES.head_rarity]
    return Fingerprint(
        article.id,
        " ".join(t for t, _ in terms),
        array("H", [w for _, w in terms]).tobytes(),
        array("Q", sorted(_winnow(reading))).tobytes(),
        headline,
        shares,
        names,
        sizes,
        array("I", sorted({KEYS[s] & _SHORT for s in told})).tobytes(),
        _label(reading),
        _day(article.published.value),
        len(reading),
    )


def _label(reading: Reading) -> int:
    """What stands before the colon of a headline, as a number: the speaker, or the name of a series of reports."""
    end = reading.text.find(":", 0, reading.end[reading.head - 1]) if reading.head else -1
    before = reading.stems[: bisect_left(reading.start, end)] if end > 0 else []
    told = sorted({s for s in before if rarity(s) >= STORIES.label_rarity and _tells(s)})
    return key(" ".join(told)) & _SHORT if told and len(before) <= STORIES.label_words else 0


def _weights(stems: Iterable[str]) -> dict[str, float]:
    """What each of a few words weighs among them: its rarity, more where it returns."""
    return {
        stem: min(rarity(stem), STORIES.rarity_cap) * (1.0 + math.log(times))
        for stem, times in Counter(stems).items()
        if rarity(stem) >= STORIES.head_rarity and _tells(stem)
    }


def _numbers(weights: dict[str, float], *, squares: bool) -> tuple[bytes, bytes]:
    """Stems as numbers, and their weights as a vector of length SCALE, or as the squares' shares of SCALE."""
    total = math.fsum(w * w for w in weights.values()) or 1.0
    unit = {s: w * w / total if squares else w / math.sqrt(total) for s, w in weights.items()}
    rows = sorted((key(s) & _SHORT, round(SCALE * w)) for s, w in unit.items())
    return array("I", [n for n, _ in rows]).tobytes(), array("H", [w for _, w in rows]).tobytes()


def _tells(stem: str) -> bool:
    return len(stem) > 1 and not stem[0].isdigit()


def _day(value: str | None) -> int | None:
    try:
        return date.fromisoformat((value or "")[:10]).toordinal()
    except ValueError:
        return None


def _terms(reading: Reading, counts: Counter[str], named: set[str]) -> list[tuple[str, int]]:
    """The weightiest stems with their weights, scaled to a vector of length SCALE, sorted by stem."""
    lead = min(len(reading), reading.head + STORIES.lead)
    extra: dict[str, float] = {}  # what the headline and the lead count beyond one each
    for at in range(lead):
        place = STORIES.headline_weight if at < reading.head else STORIES.lead_weight
        extra[reading.stems[at]] = extra.get(reading.stems[at], 0.0) + place - 1.0
    weighed: list[tuple[float, str]] = []
    least, cap, gain = STORIES.term_rarity, STORIES.rarity_cap, STORIES.name_weight
    for stem, times in counts.items():
        rare = RARITIES[stem]
        if rare < least or not stem[1:] or stem[0].isdigit():  # as `_tells`, without a call for each stem
            continue
        weight = rare if rare < cap else cap
        if times > 1 or stem in extra:
            weight *= 1.0 + math.log(times + extra.get(stem, 0.0))
        weighed.append((weight * gain if stem in named else weight, stem))
    if len(weighed) > STORIES.terms:  # rounding is slow: only what may be among the best
        enough = sorted((w for w, _ in weighed), reverse=True)[STORIES.terms - 1] - 2 * _SAME
        weighed = [one for one in weighed if one[0] >= enough]
    best = sorted((-round(weight, _DIGITS), stem, weight) for weight, stem in weighed)[: STORIES.terms]
    length = math.sqrt(math.fsum(w * w for _, _, w in best)) or 1.0
    return sorted((stem, round(SCALE * weight / length)) for _, stem, weight in best)


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

    size, window = PASSAGES.copy_gram, PASSAGES.copy_window
    numbers = grams(reading.stems, size)
    if len(numbers) < window:
        return set()
    sums = np.cumsum([0.0, *map(RARITIES.__getitem__, reading.stems)])
    rare = sums[size:] - sums[:-size] >= PASSAGES.copy_gram_rarity
    # The largest number stands for a common run; that a rare run has it too is as unlikely as any collision.
    numbers = np.where(rare, numbers, np.uint64(_COMMON))
    count = len(numbers) - window + 1
    smallest = reduce(np.minimum, (numbers[at : at + count] for at in range(window)))
    return set(smallest[smallest != np.uint64(_COMMON)].tolist())
