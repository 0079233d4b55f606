"""What a clause says, as terms: concepts, roots and entities, so that two clauses in different words can be compared."""

from __future__ import annotations

from functools import cache, lru_cache

from riwaya.arabic.lexicon.concepts import CONCEPTS, EMPTY, NEGATIONS, OPPOSITES, ROLES
from riwaya.arabic.normalize import fold
from riwaya.arabic.stems import rarity, root, stem
from riwaya.settings.weigh import WEIGH

ENTITY = "@"  # begins a term that is an entity's id
TIME = "^"  # begins a term that is a resolved time
FIGURE = "#"  # begins a term that is a quantity
NAMING = frozenset((ENTITY, TIME))  # terms that say who and when, not what
_SHORTEST = 2  # letters; a single letter says nothing


@cache
def _concepts() -> dict[str, str]:
    """Stem or written form -> concept. The first concept that lists a stem keeps it."""
    table: dict[str, str] = {}
    for concept, forms in CONCEPTS.items():
        for form in forms.split():
            written = fold(form)
            table.setdefault(written, concept)
            table.setdefault(stem(written), concept)
    return table


@cache
def _empty() -> frozenset[str]:
    return frozenset(EMPTY) | frozenset("و" + word for word in EMPTY) | frozenset("ف" + word for word in EMPTY)


@cache
def _roles() -> frozenset[str]:
    return frozenset(ROLES)


@cache
def _negations() -> frozenset[str]:
    return frozenset(p + word for word in NEGATIONS for p in ("", "و", "ف"))


def negates(norm: str) -> bool:
    """Whether a folded word denies what follows: لم، لن، نفى."""
    return norm in _negations()


@cache
def opposites() -> dict[str, str]:
    """Concept -> the concept that excludes it: "begin" and "end"."""
    return OPPOSITES | {b: a for a, b in OPPOSITES.items()}


@lru_cache(maxsize=1 << 17)
def term(norm: str) -> tuple[str, float] | None:
    """A folded word's term and its weight (a natural logarithm, how rare it is in news); None for a word that says nothing.

    >>> term(fold("مقتل"))[0] == term(fold("قتلى"))[0]
    True
    """
    if norm in _empty() or len(norm) < _SHORTEST:
        return None
    table = _concepts()
    cut = stem(norm)
    # The accusative of an indefinite noun ends in alef: حريقا.
    concept = table.get(norm) or table.get(cut) or (table.get(stem(norm[:-1])) if norm.endswith("ا") else None)
    if concept:
        return concept, rarity(cut) * (WEIGH.role_share if concept in _roles() else 1.0)
    if cut in _empty() or len(cut) < _SHORTEST:
        return None
    return ("~" + root(cut) if not cut[0].isdigit() else cut), min(WEIGH.rarest_word, rarity(cut))
