"""The phrases around a number that bound it or make it a percentage: أكثر من، ما لا يقل عن، على الأقل، في المئة."""

from __future__ import annotations

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import numerals as lexicon
from riwaya.arabic.words import Words


class Around:
    """Phrases before or after a number, found from the word next to it."""

    def __init__(self, phrases: dict[str, str], *, backwards: bool) -> None:
        self._by_word: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in phrases.items():
            parts = tuple(phrase.split(" "))
            self._by_word.setdefault(parts[-1] if backwards else parts[0], []).append((parts, value))
        for candidates in self._by_word.values():
            candidates.sort(key=lambda c: (-len(c[0]), c[0]))

    def before(self, words: Words, last: int, floor: int) -> tuple[int, int, str] | None:
        """(first token, start offset, value) of the longest phrase that ends with token `last` and begins at `floor` or later."""
        norm = words.norm
        for rest in cuts(norm[last]):
            for parts, value in self._by_word.get(rest.rest, ()):
                first = last - len(parts) + 1
                if first < floor or (len(parts) > 1 and (rest.prefix or tuple(norm[first + 1 : last + 1]) != parts[1:])):
                    continue
                for cut in cuts(norm[first]):
                    if cut.rest == parts[0]:
                        return first, words.offset(first, len(cut.prefix)) if cut.prefix else words.start[first], value
        return None

    def after(self, words: Words, first: int) -> tuple[int, str] | None:
        """(token after, value) of the longest phrase that begins with token `first`."""
        if first < len(words):
            for parts, value in self._by_word.get(words.norm[first], ()):
                if tuple(words.norm[first : first + len(parts)]) == parts:
                    return first + len(parts), value
        return None


_SIGNS = {">": "more", "> =": "at_least", "<": "less", "< =": "at_most", "≥": "at_least", "≤": "at_most"}
BEFORE = Around({**lexicon.BOUNDS_BEFORE, **_SIGNS}, backwards=True)
LOOSE = Around({**lexicon.BOUNDS_BEFORE, **_SIGNS, **lexicon.BOUNDS_LOOSE}, backwards=True)
AFTER = Around(lexicon.BOUNDS_AFTER, backwards=False)
PERCENT_BEFORE = Around(dict.fromkeys(lexicon.PERCENT_BEFORE, "percent"), backwards=True)
PERCENT = Around(dict.fromkeys(lexicon.PERCENT_AFTER, "percent"), backwards=False)


def bound_after(words: Words, token: int) -> tuple[int, str] | None:
    """A bound that begins at this token (على الأقل، أو أكثر): the token after it, and what it makes of the number."""
    return AFTER.after(words, token)
