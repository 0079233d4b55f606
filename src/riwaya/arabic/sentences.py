"""Where sentences begin and end."""

from __future__ import annotations

import re

from riwaya.arabic.normalize import fold

# A full stop ends a sentence unless a digit follows at once or it closes a one- or two-letter abbreviation (د. أ.ف.ب).
# Closing quotes and brackets after it belong to the sentence. A line break always ends one.
_END = re.compile(r"[.!?؟۔…]+[\"”“»’'\)\]]*(?=\s|$|[^\W\d_])|[\r\n\u2028\u2029]+")
_LONGEST_ABBREVIATION = 2  # letters: "د."، "أ.ف.ب."، "م."
_REACH = 12  # characters before a stop, more than any abbreviation has
_LAST_WORD = re.compile(r"[^\W\d_]+$")


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end), without the white space around them.

    >>> text = "قال د. علي ذلك. ثم غادر!"
    >>> [text[a:b] for a, b in sentences(text)]
    ['قال د. علي ذلك.', 'ثم غادر!']
    """
    found: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] == "." and _is_abbreviation(text, match.start()):
            continue
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return found


def _is_abbreviation(text: str, stop: int) -> bool:
    before = _LAST_WORD.search(fold(text[max(0, stop - _REACH) : stop]))  # folded: a vowel sign would cut "أيضًا" in two
    if before is None:
        return False
    letters = before.group()
    if len(letters) > _LONGEST_ABBREVIATION:
        return False
    # One Arabic letter, or one Latin capital; "في." and "هو." end sentences, "أ." and "د." do not.
    return len(letters) == 1


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
