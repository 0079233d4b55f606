"""Invented fingerprints of few features, so that many pairs share some."""

from __future__ import annotations

import random
from array import array

from riwaya.relate.fingerprints import SCALE, Fingerprint

FIRST = 734_900
"""The first of the days from which they are."""


def invented(rng: random.Random, number: int) -> Fingerprint:
    """A fingerprint at random, of one of nine days or undated; the number makes its id unlike others."""

    def some(most: int, of: int) -> list[int]:
        return sorted(rng.sample(range(1, of), rng.randint(0, most)))

    terms = sorted(f"t{n}" for n in some(10, 16))
    headline, names = some(4, 12), some(3, 8)
    return Fingerprint(
        f"a-{rng.getrandbits(40):010x}-{number}",
        " ".join(terms),
        array("H", [rng.randint(100, 500) for _ in terms]).tobytes(),
        array("Q", some(6, 14)).tobytes(),
        array("I", headline).tobytes(),
        array("H", [SCALE // len(headline) for _ in headline]).tobytes(),
        array("I", names).tobytes(),
        array("H", [rng.randint(200, 800) for _ in names]).tobytes(),
        array("I", some(9, 12)).tobytes(),
        rng.choice([0, 0, 0, 7, 8]),
        rng.choice([None, *range(FIRST, FIRST + 9)]),
        100,
    )
