"""The particles that Arabic writes onto the next word: و ف (and), ب ل ك (in, to, like), ال (the), س (will)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

_SHORTEST_STEM = 2  # letters that must remain; shorter rests are particles of their own (له، به)


class Cut(NamedTuple):
    """One way to read a written word: the letters of its prefix, and what remains, both folded.

    `fused` marks لل, where the article has lost its alef: "للكرملين" = ل + الكرملين; the rest is then not a slice of the word.
    """

    prefix: str
    rest: str
    fused: bool


@lru_cache(maxsize=1 << 17)  # word types of a large run
def cuts(norm: str) -> tuple[Cut, ...]:
    """Every reading of a folded word with 0 to 2 proclitics before it, the whole word first. ال stays with the rest.

    >>> [c.rest for c in cuts("وبالقاهره")]
    ['وبالقاهره', 'بالقاهره', 'القاهره']
    >>> [c.rest for c in cuts("للكرملين")]
    ['للكرملين', 'لكرملين', 'الكرملين']
    """
    found = [Cut("", norm, False)]
    rests = [("", norm)]
    if norm[:1] in ("و", "ف") and len(norm) > _SHORTEST_STEM:
        rests.append((norm[0], norm[1:]))
        found.append(Cut(norm[0], norm[1:], False))
    for prefix, rest in rests:
        if rest[:1] in ("ب", "ل", "ك") and len(rest) > _SHORTEST_STEM:
            found.append(Cut(prefix + rest[0], rest[1:], False))
            if rest.startswith("لل"):
                found.append(Cut(prefix + "ل", "ا" + rest[1:], True))
    return tuple(found)


_BEFORE = tuple(c + p for c in ("", "و", "ف") for p in ("", "ب", "ل", "ك"))


def written(rest: str) -> list[str]:
    """Every folded word of which `cuts` may give this rest (and some of which it does not, for being too short).

    >>> "وبالقاهره" in written("القاهره"), "للكرملين" in written("الكرملين")
    (True, True)
    """
    found = [before + rest for before in _BEFORE]
    if rest.startswith("ال"):
        found += [c + "ل" + rest[1:] for c in ("", "و", "ف")]
    return found


@lru_cache(maxsize=1 << 17)
def bare(norm: str) -> str:
    """A light stem for comparing content words: one conjunction, one preposition and the article removed.

    Cuts only where at least three letters remain, so that وزير and بلاد keep their first letter only by chance of length; use
    it where both sides are treated alike, never to look a word up in a lexicon (use `cuts` there).

    >>> bare("والحكومه"), bare("للحكومه"), bare("حكومه")
    ('حكومه', 'حكومه', 'حكومه')
    """
    rest = norm
    for prefix in ("وال", "فال", "بال", "كال", "ولل", "ال", "لل"):
        if rest.startswith(prefix) and len(rest) - len(prefix) >= 3:  # noqa: PLR2004 - three letters make a root
            return rest[len(prefix) :]
    return rest
