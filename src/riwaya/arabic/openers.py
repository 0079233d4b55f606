"""What each word of a text may open, asked once for all who read it.

Every reader of a text looks for the few words with which its own rules begin, and is alone in its question: a look into a table
of its own for every word, a dozen readers, and most of the time goes into reaching those tables. Here each reader names its
question once (`opener`), the answers of a word type are kept together in one number, and a text's words are looked up once.
"""

from __future__ import annotations

from collections.abc import Callable

from riwaya.arabic.memo import Memo
from riwaya.arabic.words import Words

_CACHED_TYPES = 1 << 18  # about the word types of 20,000 reports

_questions: list[tuple[int, Callable[[str], object]]] = []
_every: dict[int, int] = {}  # one object for each number: nearly all words share a few


def _answers(norm: str) -> int:
    found = sum(mask for mask, question in _questions if question(norm))
    return _every.setdefault(found, found)


_types = Memo(_answers, _CACHED_TYPES)


def opener(question: Callable[[str], object]) -> int:
    """Name a question about folded words, at import; gives the bit that stands for yes in `bits`.

    The answer must depend on the word alone.
    """
    mask = 1 << len(_questions)
    _questions.append((mask, question))
    _types.clear()
    return mask


def bits(words: Words) -> list[int]:
    """For each token the answers to all questions, as bits. The same text gives the same list: do not change it."""
    asked: int
    found: list[int]
    asked, found = words.memo.get(bits, (0, []))
    if asked != len(_questions):
        found = list(map(_types.__getitem__, words.norm))
        words.memo[bits] = (len(_questions), found)
    return found


def where(words: Words, mask: int) -> list[int]:
    """The tokens of which a question with one of these bits is true, in order.

    >>> from riwaya.arabic.words import words
    >>> doubled = opener(lambda norm: norm[:1] == norm[-1:])
    >>> where(words("قال مهندس من باب المدينة"), doubled)
    [3]
    """
    return [token for token, found in enumerate(bits(words)) if found & mask]
