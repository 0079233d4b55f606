"""Versions of one report: what an outlet published again at the same address, and what it changed."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from riwaya.model import Article, Span
from riwaya.relate.reading import Reading, read

_DAY = len("2022-01-12")
_TRACKING = frozenset((
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "igsh", "mc_cid", "mc_eid", "ocid",
    "cmpid", "ref", "ref_src", "ref_url", "referrer", "share", "shared", "spm", "amp", "_ga", "_gl",
))  # fmt: skip
_TRACKING_PREFIXES = ("utm_", "at_", "pk_", "mtm_", "hsa_", "_hs")
_PORTS = {"http": 80, "https": 443}
_EXACT = 40_000  # pairs of words up to which a stretch is compared word by word: some milliseconds


def canonical_url(url: str | None) -> str | None:
    """The address of a report without what does not tell it from another: scheme, www, fragment, tracking, a slash at the end.

    None where there is none, or where it is only that of a site's front page, which many reports share.

    >>> canonical_url("https://www.example.org/a/1/?utm_source=x#top") == canonical_url("http://example.org/a/1")
    True
    """
    try:
        parts = urlsplit((url or "").strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:  # a port that is no number, brackets that do not close
        return None
    path = unquote(parts.path).rstrip("/")
    asked = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _tracks(k.lower()))
    if parts.scheme not in _PORTS or not host or not (path or asked):
        return None
    place = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    return place + path + (f"?{urlencode(asked)}" if asked else "")


def _tracks(name: str) -> bool:
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def settle_versions(articles: Sequence[Article]) -> list[Article]:
    """The articles with `version_of` set: of those at one address each is a version of the one before it.

    They are ordered by when they were published (those of no known day first), then by id. A function of the set: the order in
    which they are given does not matter, and is kept.
    """
    at: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if address := canonical_url(article.url):
            at[address].append(article)
    before: dict[str, str] = {}
    for same in at.values():
        ordered = in_order({a.id: a for a in same}.values())
        before |= {later.id: earlier.id for earlier, later in pairwise(ordered)}
    return [a if a.version_of == before.get(a.id) else replace(a, version_of=before.get(a.id)) for a in articles]


def in_order(articles: Iterable[Article]) -> list[Article]:
    """Versions of one report, the earliest first."""
    return sorted(articles, key=lambda a: (_moment(a.published.value), a.id))


def _moment(value: str | None) -> tuple[str, str]:
    """A date for sorting: the day, then the hour where it is known; with an offset as UTC."""
    if not value or len(value) <= _DAY:
        return value or "", ""
    try:
        when = datetime.fromisoformat(value)
    except ValueError:
        return value[:_DAY], value[_DAY:]
    return value[:_DAY], when.astimezone(UTC).isoformat() if when.tzinfo else when.isoformat()


def reports(articles: Iterable[Article]) -> dict[str, str]:
    """Article id -> the id of the first version of its report; its own where there is none before it."""
    before = {a.id: a.version_of for a in articles}

    def first(article_id: str) -> str:
        seen = {article_id}
        while (earlier := before.get(article_id)) is not None and earlier in before and earlier not in seen:
            seen.add(earlier)
            article_id = earlier
        return article_id

    return {i: first(i) for i in before}


def of_one_report(articles: Iterable[Article]) -> Callable[[Span, Span], bool]:
    """Whether two stretches are of versions of one report: what they share was not copied by anybody."""
    report = reports(articles)
    return lambda a, b: report[a.article_id] == report[b.article_id]


# ------------------------------------------------------------------------------------------------------------ differences


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch that changed between two versions of a report.

    Both spans run from the first word that changed to the end of the last one. That of the side which lacks the words is empty
    (start = end) and says where they would stand: in `old` for an insertion, in `new` for a deletion.
    """

    kind: Literal["insert", "delete", "replace"]
    old: Span
    new: Span


def differences(old: Article, new: Article) -> list[Difference]:
    """What changed from one version to the next, word by word, in the order of the text.

    Words are compared as they are spelled; furniture, punctuation and the space between words are left out.
    """
    one, other = read(old), read(new)
    a, b = (_words(r) for r in (one, other))
    found = []
    for a_first, a_last, b_first, b_last in _told_as_one(_changed(a, b)):
        kind: Literal["insert", "delete", "replace"] = "replace"
        if a_first == a_last:
            kind = "insert"
        elif b_first == b_last:
            kind = "delete"
        found.append(Difference(kind, _stretch(one, a_first, a_last), _stretch(other, b_first, b_last)))
    return found


def _words(reading: Reading) -> list[str]:
    return [reading.text[start:end] for start, end in zip(reading.start, reading.end, strict=True)]


def _stretch(reading: Reading, first: int, last: int) -> Span:
    """The words of a range; of an empty one the place after the word before it."""
    if first < last:
        return Span(reading.article_id, reading.start[first], reading.end[last - 1])
    at = reading.end[first - 1] if first else reading.start[0] if len(reading) else 0
    return Span(reading.article_id, at, at)


Block = tuple[int, int, int, int]  # words of one side, and of the other; the ends exclusive


def _changed(a: Sequence[str], b: Sequence[str]) -> Iterator[Block]:
    """The stretches between those that both hold, joined where nothing lies between them."""
    at_a = at_b = 0
    for x, y, size in (*_equal(a, b, 0, len(a), 0, len(b)), (len(a), len(b), 0)):
        if x > at_a or y > at_b:
            yield at_a, x, at_b, y
        at_a, at_b = x + size, y + size


def _told_as_one(blocks: Iterable[Block]) -> list[Block]:
    """Changes with less between them than either changed are one: a word that both hold by chance cuts no sentence."""
    kept: list[Block] = []
    for block in blocks:
        if kept and block[0] - kept[-1][1] < min(_size(kept[-1]), _size(block)):
            kept[-1] = kept[-1][0], block[1], kept[-1][2], block[3]
        else:
            kept.append(block)
    return kept


def _size(block: Block) -> int:
    return max(block[1] - block[0], block[3] - block[2])


def _equal(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> Iterator[tuple[int, int, int]]:
    """Runs that both hold, in order: patience diff (Cohen 2003), word by word where stretches are short.

    Ends that are equal are taken off; words that stand once on either side, in their longest common order, cut the rest.
    """
    work = [(a0, a1, b0, b1)]
    while work:
        a0, a1, b0, b1 = work.pop()
        start = a0
        while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
            a0, b0 = a0 + 1, b0 + 1
        if a0 > start:
            yield start, b0 - (a0 - start), a0 - start
        if a0 == a1 or b0 == b1:
            continue
        tail = 0
        while a0 < a1 - tail and b0 < b1 - tail and a[a1 - tail - 1] == b[b1 - tail - 1]:
            tail += 1
        if tail:
            work.append((a1 - tail, a1, b1 - tail, b1))
            work.append((a0, a1 - tail, b0, b1 - tail))
        elif (a1 - a0) * (b1 - b0) <= _EXACT:
            matcher = SequenceMatcher(None, a[a0:a1], b[b0:b1], autojunk=False)
            yield from ((a0 + m.a, b0 + m.b, m.size) for m in matcher.get_matching_blocks() if m.size)
        else:
            cuts = [(a0, b0), *_anchors(a, b, a0, a1, b0, b1), (a1, b1)]
            if len(cuts) > 2:  # noqa: PLR2004 - beside the two ends; without any, all of it was written anew
                work += [(x, u, y, v) for (x, y), (u, v) in reversed(list(pairwise(cuts)))]


def _anchors(a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int) -> list[tuple[int, int]]:
    """Places of words that stand once in either stretch, in the longest run that rises on both sides."""
    once_a, once_b = (_once(w, low, high) for w, low, high in ((a, a0, a1), (b, b0, b1)))
    pairs = [(x, once_b[word]) for word, x in once_a.items() if word in once_b]
    tops: list[int] = []  # the smallest end of a rising run of each length (Schensted 1961)
    chain: list[tuple[int, int]] = []
    for number, (_, y) in enumerate(pairs):
        length = bisect_left(tops, y)
        tops[length : length + 1] = [y]
        chain.append((length, number))
    run: list[tuple[int, int]] = []
    wanted = len(tops) - 1
    for length, number in reversed(chain):
        if length == wanted and (not run or pairs[number][1] < run[-1][1]):
            run.append(pairs[number])
            wanted -= 1
    return [pair for pair in reversed(run) if pair != (a0, b0)]


def _once(words: Sequence[str], low: int, high: int) -> Mapping[str, int]:
    counts = Counter(words[low:high])
    return {words[at]: at for at in range(low, high) if counts[words[at]] == 1}
