"""Where a report's text credits an outlet or agency: ونقلت وكالة ...، بحسب صحيفة ...، في تصريحات لـ«...»، المصدر: ..."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from riwaya.arabic.lexicon.credits import CUES, HEADS, SITES
from riwaya.arabic.lexicon.outlets import AGENCIES, DOUBTFUL, OUTLETS
from riwaya.arabic.normalize import fold
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.stems import stem
from riwaya.arabic.words import PUNCTUATION, Words, iter_norms
from riwaya.model import Article

_CUE_REACH = 4  # words before the name (or its head noun) in which a cue counts
_QUOTES = frozenset("«\"“‘'„")
_LATIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """An outlet or agency credited at `start` of the text, under the name by which it is counted.

    `told`: the words were said to that outlet (في تصريحات لـ«...»), so that it is where they first stood.
    """

    name: str
    start: int
    agency: bool
    told: bool


@cache
def _cues() -> frozenset[str]:
    return frozenset(stem(word) for word in CUES)


@cache
def _heads() -> frozenset[str]:
    return frozenset(stem(word) for word in HEADS)


@cache
def agency_names() -> frozenset[str]:
    """The main names of all agencies that are known."""
    return frozenset(AGENCIES.values())


def own_name(article: Article) -> str | None:
    """The name under which the article's outlet is counted when others credit it; None if unknown.

    >>> own_name(Article("a-1", "", "", outlet="جريدة الخبر اليومي"))
    'الخبر اليومي'
    """
    if article.outlet:
        return _canonical(article.outlet)
    return next(filter(None, map(_site, urlsplit(article.url or "").netloc.lower().split("."))), None)


def _site(latin: str) -> str | None:
    """The Arabic name of an outlet by its Latin one; the lexicon's keys are cut into words and numbers."""
    return SITES.get(" ".join(iter_norms(_LATIN.sub("", latin.lower()))))


@cache
def _canonical(outlet: str) -> str:
    site = _site(outlet)
    if site:
        return site
    norms = list(iter_norms(outlet))
    for known in (AGENCIES, OUTLETS):
        name = known.get(" ".join(norms))
        if name:
            return name
    pieces = outlet.split()
    while len(pieces) > 1 and stem(fold(pieces[0])) in _heads():
        pieces = pieces[1:]
    return " ".join(pieces)


class Credits:
    """Finds credits of agencies, well-known outlets and the given ones."""

    def __init__(self, outlets: Iterable[str]) -> None:
        names: dict[str, str] = {**OUTLETS, **AGENCIES}
        for outlet in sorted(outlets):
            folded = " ".join(iter_norms(outlet))
            if folded:
                names[folded] = outlet
        self._phrases = Phrases(names)
        self._sure = (OUTLETS.keys() | AGENCIES.keys()) - set(DOUBTFUL)

    def find(self, w: Words) -> list[Mention]:
        """The credits in the words of a text, in order."""
        found = []
        for match in self._phrases.find(w):
            if match.prefix not in ("", "ل", "ب"):
                continue
            before = match.first - 1
            quoted = before >= 0 and w.text[w.start[before]] in _QUOTES
            before -= quoted
            headed = before >= 0 and stem(w.norm[before]) in _heads()
            sure = " ".join(w.norm[match.first : match.last]) in self._sure and not match.prefix
            told = match.prefix == "ل" or (quoted and before >= 0 and w.norm[before] == "ل")
            if (sure or quoted or headed) and (told or _cued(w, before - headed)):
                found.append(Mention(match.value, match.start, match.value in agency_names(), told))
        return found


def _cued(w: Words, last: int) -> bool:
    """Whether a cue stands among the few words up to token `last`, with no line break between."""
    seen = 0
    for at in range(last, -1, -1):
        if w.newline[at + 1] or seen == _CUE_REACH:
            return False
        if w.kind[at] != PUNCTUATION:
            seen += 1
            if stem(w.norm[at]) in _cues():
                return True
        elif w.norm[at] in ".؟!":
            return False
    return False
