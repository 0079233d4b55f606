"""Words that hold a number by themselves: duals (شخصان، طنين), decades of life (خمسيني), one of a measure (نحو طن)."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import figures as lexicon
from riwaya.arabic.numerals import Numeral, one_at
from riwaya.arabic.openers import opener, where
from riwaya.arabic.words import Words
from riwaya.mark.figures import ages
from riwaya.mark.figures.nouns import DUALS, dual_measure, is_measure


@lru_cache(maxsize=1 << 16)
def single(norm: str) -> str | None:
    """How a word that holds a number by itself is read: dual (شخصان، طنين), decade (خمسيني), one (طن, after نحو), or None."""
    for cut in cuts(norm):
        if cut.rest in DUALS or dual_measure(cut.rest):
            return None if cut.fused else "dual"
        if cut.rest.removeprefix("ال") in lexicon.DECADES:
            return "decade"
    return "one" if is_measure(norm) else None


_SINGLE = opener(single)


def singles(words: Words, timed: Set[int]) -> Iterator[tuple[Numeral, str]]:
    """Every such word outside the times of a text, as a number, with how it is read (`single`)."""
    for token in where(words, _SINGLE):
        norm = words.norm[token]
        reading = single(norm)
        if reading is None or token in timed:
            continue
        found: Numeral | None
        if reading == "dual":
            cut = next(c for c in cuts(norm) if c.rest in DUALS or dual_measure(c.rest))
            start = words.offset(token, len(cut.prefix)) if cut.prefix else words.start[token]
            found = Numeral(token, token + 1, start, words.end[token], token, token + 1, start, 2, 2, prefix=cut.prefix)
        elif reading == "one":
            found = one_at(words, token, 0)
        else:
            found = ages.decade(words, token)
        if found is not None:
            yield found, reading
