"""Who published a report, when no field says so: from the page's own lines and from what the report says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import page
from riwaya.arabic.words import words
from riwaya.model import Article
from riwaya.read.page.credits import _agencies, outlet_phrases, source_name, undotted
from riwaya.read.page.lines import Line

_PIECES = re.compile(r"[|/\\_:()\[\]–—-]+")
_OWN = re.compile(r"(\w+)\s+ل(?:ـ+\s*)?[\"«“'‘]([^\"»”'’\n]{2,30})[\"»”'’]")
_LONGEST_NAME = 4  # words of an outlet's name
_LONGEST_LINKED = 3  # words from صحيفة to the end of the piece
_TIMES_TOLD = 1  # one "صرّح لـ«الوطن»" names the outlet that was told; other papers' scoops are told with نقلت عن


def find_outlet(article: Article, furniture: Sequence[Line]) -> str | None:
    """The outlet's name as the page gives it, or None.

    In this order: the line of the source ("المصدر: عربي 21", unless it is an agency), a line of furniture that is the name of an
    outlet ("صحيفة الوطن") or begins with one ("نجمة نيوز _ TASS"), what was told to this outlet alone, the host of the address.
    """
    below = list(reversed(furniture))
    for line in below:
        if name := source_name(line):
            return name
    for line in below:
        if name := _named_line(line):
            return name
    return _told_to(article) or _host(article.url)


def _named_line(line: Line) -> str | None:
    for piece in _PIECES.split(line.text):
        text = piece.strip(" .\"«»“”'•·")
        norms = words(text).norm
        if not text or len(norms) > _LONGEST_NAME or _agencies(text):
            continue
        tokens = undotted(text)
        match = outlet_phrases().match_at(tokens, 0) if len(tokens) else None
        if match is not None and match.last == len(tokens):
            return text
        if len(norms) > 1 and norms[0] in _heads() and norms[1] not in _heads():
            return text
        if named := _after_preposition(text):
            return named
        if len(norms) > 1 and norms[-1] in _tails():
            return text
    return None


def _after_preposition(text: str) -> str | None:
    """رابط الخبر بصحيفة الوئام -> صحيفة الوئام: the link's text names the outlet after a fused preposition."""
    tokens = words(text)
    for token in range(1, len(tokens) - 1):
        for cut in cuts(tokens.norm[token])[1:]:
            if cut.rest in _heads() and len(tokens) - token <= _LONGEST_LINKED:
                return text[tokens.offset(token, len(cut.prefix)) :]
    return None


@cache
def _heads() -> frozenset[str]:
    return frozenset(page.OUTLET_HEADS)


@cache
def _tails() -> frozenset[str]:
    return frozenset(page.OUTLET_TAILS)


@cache
def _told() -> frozenset[str]:
    return frozenset(page.TOLD_TO)


def _told_to(article: Article) -> str | None:
    """The outlet to which the report says that its sources spoke: "في تصريحات خاصة لـ«المصري اليوم»"."""
    names: Counter[str] = Counter()
    for match in _OWN.finditer(article.text):
        before = words(match.group(1)).norm
        name = words(match.group(2))
        known = outlet_phrases().match_at(name, 0) if len(name) else None
        if before and known is not None and known.last == len(name) and any(c.rest in _told() for c in cuts(before[0])):
            names[known.value] += 1
    if not names:
        return None
    best, count = min(names.items(), key=lambda item: (-item[1], item[0]))
    return best if count >= _TIMES_TOLD else None


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:  # brackets that are no IPv6 address
        return None
    return host.removeprefix("www.") if host else None
