"""Furniture that is only a part of a line, where a page's line breaks were lost: tails, code, captions stuck to a word."""

from __future__ import annotations

import re
from functools import cache

from riwaya.arabic.lexicon import page as lexicon
from riwaya.arabic.words import iter_norms, words
from riwaya.model import Furniture
from riwaya.read.page.lines import Line
from riwaya.settings.page import PAGE

_WORD = re.compile(r"\S+")
_ENDED = re.compile(r"[ةى](?=[ء-ي]{3})|(?<=\w\w\w)(?=[أ][ء-ي]{2})")  # no word goes on after ة or ى, few do so with أ
_STYLE = re.compile(r"\{\s*[a-zA-Z-]{2,30}\s*:\s*[^{}\n]{1,200}[;}]")  # "{ margin: 0; }"
_SCRIPT = re.compile(r"\bfunction\s*\(|\bjQuery\b|\bdocument\.\w|\bwindow\.\w")
_CODE_LINE = re.compile(r"^(?=.*[{};])[\x20-\x7e]*[{};]$")  # one line of code that runs over several
_LATIN = re.compile(r"[\x20-\x7e\xa0]*$")


def inline_tail(line: Line) -> list[Furniture]:
    """A tail that begins after a sentence's end on the report's last line: "… أمس. سمات النصر الهلال"; tags may fill the line."""
    if _tail_openers().isdisjoint(line.norms[-PAGE.inline_tail_words * 2 - 1 :]):
        return []
    tokens = words(line.text)
    floor = max(-1, len(tokens) - PAGE.inline_tail_words * 2 - 1)
    words_there = frozenset(tokens.norm[max(0, floor) :])
    for parts, kind in _tails():
        if parts[0] not in words_there:
            continue
        for i in range(len(tokens) - len(parts), floor, -1):
            if tokens.norm[i : i + len(parts)] != parts:
                continue
            before = line.text[: tokens.start[i]].rstrip()
            starts = before[-1:] in ".!?؟…»”\")" if before else kind == "tags" and not line.ends_sentence
            if starts and sum(k != "p" for k in tokens.kind[i:]) <= PAGE.inline_tail_words:
                return [Furniture(line.start + tokens.start[i], line.end, kind)]
    return []


@cache
def _tails() -> list[tuple[list[str], str]]:
    return [(phrase.split(), kind) for phrase, kind in lexicon.INLINE_TAIL.items()]


@cache
def _tail_openers() -> frozenset[str]:
    return frozenset(parts[0] for parts, _ in _tails())


def code(line: Line) -> Furniture | None:
    """The page's own code (style sheets, scripts) on a line, with the few words behind it: the poll or box that it drives.

    "… أيهما أهم؟ #vote { margin: 0; } jQuery(…); هل توافق؟ نعم لا": all from "#vote" on.
    """
    text = line.text
    if "{" not in text and ";" not in text:
        return None
    first = _STYLE.search(text) or _SCRIPT.search(text)
    if first is None:
        return Furniture(line.start, line.end, "code") if _CODE_LINE.match(text) else None
    before = _LATIN.search(text[: first.start()])
    start = before.start() if before else first.start()
    start += len(text[start:]) - len(text[start:].lstrip(" .!?\"')\xa0"))
    end = max(text.rfind("}"), text.rfind(";")) + 1
    if sum(1 for _ in iter_norms(text[end:])) <= PAGE.inline_tail_words:
        end = len(text)
    return Furniture(line.start + start, line.start + end, "code") if start < end else None


def stuck_caption(line: Line) -> Furniture | None:
    """A caption stuck to a report's first word, the verb: "جانب من الحفلةنظمت البلدية …" gives جانب من الحفلة."""
    for number, match in enumerate(_WORD.finditer(line.text)):
        if number >= PAGE.caption_words or match.group()[-1] in ".!?؟":
            return None
        for seam in _ENDED.finditer(match.group()):
            verb = next(iter_norms(match.group()[seam.end() :]), "")
            known = opening_verbs() if seam.group() else _hamza_verbs()
            if verb in known:
                return Furniture(line.start, line.start + match.start() + seam.end(), "caption")
    return None


@cache
def opening_verbs() -> frozenset[str]:
    """Past verbs with which reports begin, folded."""
    return frozenset(lexicon.OPENING_VERBS) | _hamza_verbs()


@cache
def carrying_verbs() -> frozenset[str]:
    """Past verbs that with و before them carry a report on, folded."""
    return opening_verbs() | frozenset(lexicon.CONTINUING_VERBS)


@cache
def _hamza_verbs() -> frozenset[str]:
    return frozenset(lexicon.OPENING_VERBS_HAMZA)
