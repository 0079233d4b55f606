"""The words of a report as the search keeps them, and every form under which a word that is asked for may stand there.

Text and query go through the same folding and stemming (`arabic.normalize`, `arabic.words`, `arabic.stems`). What folding cannot
undo is asked for in all its forms: a hamza on another seat or none (مسؤول, مسئول, مسوول), and particles that the stemmer left on
a name that it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from riwaya.arabic.clitics import cuts, written
from riwaya.arabic.memo import Memo
from riwaya.arabic.normalize import IGNORED, fold
from riwaya.arabic.stems import STEMS, light, rarest, rarity
from riwaya.arabic.words import Words
from riwaya.ids import stable_id
from riwaya.model import Article
from riwaya.settings.search import SEARCH

_UNSAFE = re.compile(r"[\x00-\x2f\x3a-\x60\x7b-\x7f\s]+")  # what the index's tokenizer would cut at
_ROOT_LETTERS = 3
_OF_THE_PAGE = frozenset(("related", "navigation", "share", "comments", "newsletter", "code"))  # kinds of furniture
_DECIMAL = "٫"  # not a mark to the tokenizer, as the point is

_SEATS = {"ؤ": "ويء", "ئ": "يوء", "ء": "ءوي", "أ": "اء"}  # a written hamza -> how else it may stand, folded
_SEATS_AT_END = {"ئ": "ا", "أ": "ي"}  # before a last ta marbuta too: هيئة, هيأة; not elsewhere, for رئيس is no رأس
_BARE = (("وو", ("يو", "ءو")), ("يي", ("ءي",)), ("يو", ("وو", "ءو")))  # a seat without its hamza, beside a long vowel


def token(stem: str) -> str:
    """A stem as the index keeps it: one token to its tokenizer."""
    return _UNSAFE.sub("", stem.replace(".", _DECIMAL))


TOKENS: Memo[str, str] = Memo(lambda norm: token(STEMS[norm]) if norm[:1].isalnum() else "", 1 << 18)
"""Folded word -> the token under which it is kept; "" for punctuation, of which none is."""


def tokens(words_: Words) -> list[str]:
    """The token of each word of a text, "" for punctuation."""
    return list(map(TOKENS.__getitem__, words_.norm))


def reported(article: Article, words_: Words) -> list[int]:
    """The words of an article's text that say something of its report: all but those of the page around it."""
    aside = [(f.start, f.end) for f in article.furniture if f.kind in _OF_THE_PAGE]
    if not aside:
        return list(range(len(words_)))
    out = {i for start, end in aside for i in words_.within(start, end)}
    return [i for i in range(len(words_)) if i not in out]


def outlet_token(outlet: str) -> str:
    """An outlet as one token, however its name is spelled."""
    return "o" + stable_id("o", " ".join(fold(outlet).split())).partition("-")[2]


# ------------------------------------------------------------------------------------------------------------- in a query


@lru_cache(maxsize=1 << 12)
def forms(surface: str) -> tuple[str, ...]:
    """The tokens under which a word of a query may stand in the index, the likeliest first.

    >>> forms("والحكومةِ")[0], forms("مسئول")[0] in forms("مسؤول")
    ('حكوم', True)
    """
    found: dict[str, None] = {}
    plain, *others = spellings(surface)
    for stem in _readings(plain):
        if kept := token(stem):
            found.setdefault(kept)
    for norm in others:
        # A hamza is never at the beginning here: what begins otherwise has lost a letter as if it were a particle.
        kept = token(STEMS[norm])
        if any(kept[:1] == one[:1] for one in found):
            found.setdefault(kept)
    return tuple(found)


def spellings(surface: str) -> list[str]:
    """A word folded, then as it would be folded with its hamzas written otherwise.

    >>> spellings("شئون")
    ['شيون', 'شوون', 'شءون']
    """
    letters = [c for c in surface if ord(c) not in IGNORED]
    plain = "".join(fold(c) for c in letters)
    found = {plain: None}
    made = [""]
    for at, letter in enumerate(letters):
        end = "".join(letters[at + 1 :])
        seats = _SEATS.get(letter, "") if at and (end or letter != "ء") else ""
        if end in ("ة", "ه"):
            seats += _SEATS_AT_END.get(letter, "")
        choices = dict.fromkeys([fold(letter), *seats])
        if letter == "ء" and (len(letters) > _ROOT_LETTERS or letters[at - 1] in "يو"):
            choices[""] = None
        made = [m + c for m in made for c in choices][: SEARCH.spellings]
    found.update(dict.fromkeys(made))
    for bare, seats_ in _BARE:
        found.update(dict.fromkeys(plain.replace(bare, seat, 1) for seat in seats_ if bare in plain[1:]))
    if (len(plain) >= _ROOT_LETTERS and plain[-1] == "ا") or (len(plain) > 1 and plain[-1] == "ي"):
        found[plain + "ء"] = None
    return list(found)[: SEARCH.spellings]


def _readings(norm: str) -> Iterable[str]:
    """The stems that a folded word may have, in a text where other particles are written onto it."""
    chosen = STEMS[norm]
    yield chosen
    rest = norm[2:] if norm.startswith("ال") else norm
    if len(rest) < _ROOT_LETTERS:  # too short for the stemmer to part from its article
        yield rest
        yield "ال" + rest
    if chosen[:1].isdigit() or rarity(chosen) < rarest():
        return
    # News does not know the word, so the stemmer may have left particles on it, here or in the texts.
    bases = {c.rest.removeprefix("ال") for c in cuts(norm) if len(c.rest.removeprefix("ال")) >= _ROOT_LETTERS}
    for base in sorted(bases):
        yield light(base)
    for base in sorted(bases):
        for form in (*written(base), *written("ال" + base)):
            if rarity(stem := STEMS[form]) >= rarest():
                yield stem


def beginnings(surface: str) -> list[str]:
    """What tokens may begin with, for a word that is still being typed: as it stands, then without its particles.

    >>> beginnings("والحكو")
    ['حكو', 'والحكو']
    """
    norm = fold("".join(c for c in surface if ord(c) not in IGNORED))
    bare = [c.rest[2:] for c in cuts(norm) if c.rest.startswith("ال") and len(c.rest) > 2]  # noqa: PLR2004 - the article
    return [t for t in map(token, dict.fromkeys([*bare, norm])) if t]


def deciding(stem: str) -> bool:
    """Whether a word says what a report is about; في and من stand in all of them."""
    return rarity(stem.replace(_DECIMAL, ".")) >= SEARCH.common
