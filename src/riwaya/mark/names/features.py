"""What a word shows on its face: features of a word type, each hashed to 32 bits.

They depend on the folded word alone, so they are computed once per type, not once per token; what stands around a word is
added by the tagger, which reads the same features of the two neighbours on each side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from riwaya.arabic.clitics import bare, cuts

LONGEST_AFFIX = 4  # letters; longer affixes are nearly whole words and only add rows
_LONGEST_COUNTED = 9  # letters; beyond it words are simply long
_CLUSTERS = Path(__file__).resolve().parents[2] / "data/clusters.txt"


@dataclass(frozen=True, slots=True)
class Lookups:
    """What is known of words beforehand.

    flags: one letter per list that holds the word: T title, H honorific, R rank, M modifier of a title, B binder in a
        person's name, O head of an organization, G outlet or agency, N adjective of nationality.
    clusters: the clusters of a word, from coarse to fine; ranks: its place by frequency in news, 1 the most frequent.
    """

    flags: Mapping[str, str]
    clusters: Mapping[str, list[str]]
    ranks: Mapping[str, int]

    @staticmethod
    @cache
    def shipped() -> Lookups:
        """The lists and clusters that come with the package."""
        return Lookups(_list_flags(), *_read_clusters())


def _list_flags() -> dict[str, str]:
    from riwaya.arabic.lexicon import organizations, outlets, titles

    flags: dict[str, str] = {}
    lists = (
        ("T", titles.OFFICES), ("H", titles.HONORIFICS), ("R", titles.RANKS), ("M", titles.MODIFIERS), ("B", titles.BINDING),
        ("O", organizations.HEADS), ("G", outlets.AGENCIES), ("G", outlets.OUTLETS),
    )  # fmt: skip
    for letter, phrases in lists:
        for phrase in phrases:
            if " " not in phrase and letter not in flags.get(phrase, ""):
                flags[phrase] = flags.get(phrase, "") + letter
    return flags


def _read_clusters() -> tuple[dict[str, list[str]], dict[str, int]]:
    clusters: dict[str, list[str]] = {}
    ranks: dict[str, int] = {}
    for rank, line in enumerate(_CLUSTERS.read_text("utf-8").splitlines(), 1):
        word, *numbers = line.split(" ")
        clusters[word] = numbers
        ranks[word] = rank
    return clusters, ranks


def word_features(norm: str, known: Lookups) -> list[int]:
    """The features of one folded word, as hashes."""
    found = ["*", "w" + norm]  # the first is every word's: how likely each tag is at all
    size = len(norm)
    if not norm.isalpha():
        found.append("shape" + ("9" if norm[:1].isdigit() else "p"))
        return [crc32(f.encode("utf-8", "surrogatepass")) for f in found]
    if norm.isascii():
        found.append("latin")
    for n in range(1, min(LONGEST_AFFIX, size - 1) + 1):
        found.append("p" + norm[:n])
        found.append("s" + norm[-n:])
    found.append("b" + bare(norm))
    found.append("l" + str(min(size, _LONGEST_COUNTED)))
    if norm.startswith("ال"):
        found.append("al" + norm[-2:])
    for cut in cuts(norm):
        mark = cut.prefix[-1:] if cut.prefix else "-"
        if cut.prefix:
            found.append("r" + cut.rest)
        if (letters := known.flags.get(cut.rest)) is not None:
            found += ["f" + mark + letter for letter in letters]
        found += [f"c{level}{mark}{group}" for level, group in enumerate(known.clusters.get(cut.rest, ()))]
    return [crc32(f.encode("utf-8", "surrogatepass")) for f in found]
