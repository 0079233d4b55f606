"""Which readings stand: overlaps settled, nested names kept, repeated names found, titles put beside their persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import titles
from riwaya.arabic.words import WORD, Words
from riwaya.mark.names.candidates import GAZETTEER, GRAMMAR, LIST, TAGGER
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.grammar import Phrase
from riwaya.mark.names.mention import Mention
from riwaya.settings.mark import MARK

_BINDING = frozenset(titles.BINDING)
_SHORTEST_FAMILY_NAME = 3  # letters


def settle(candidates: Iterable[Mention]) -> list[Mention]:
    """One reading for the same words; a place may lie inside an organization or a longer place, nothing inside a person.

    Heavier readings are placed first; a lighter one stays out where it crosses one that is placed.
    """
    chosen: list[Mention] = []
    for mention in sorted(candidates, key=_rank):
        if all(_together(mention, other) for other in chosen if mention.overlaps(other)):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: (m.start, -m.end))


def _rank(mention: Mention) -> tuple[bool, int, int, int]:
    person = mention.kind == "person" and mention.last - mention.first > 1 and mention.weight == TAGGER
    return (not person, -(mention.last - mention.first), -mention.weight, mention.first)


def _together(mention: Mention, other: Mention) -> bool:
    """Whether a mention may stand beside a longer or heavier one that shares words with it."""
    if not mention.inside(other) or (mention.first, mention.last) == (other.first, other.last):
        return False
    if other.kind == "person":
        return False
    if mention.kind == "place":
        return mention.weight >= GAZETTEER and not (other.kind == "place" and "gazetteer" in other.reasons)
    if mention.kind == "organization":
        return mention.weight >= LIST or (mention.weight == GRAMMAR and mention.first > other.first)
    return False


def repeated(chosen: list[Mention], words: Words) -> Iterator[Mention]:
    """Further mentions of names that this text has shown: a person's family name, and any name's exact words again."""
    taken = {i for m in chosen for i in range(m.first, m.last)}
    families = _family_names(chosen, words)
    whole: dict[tuple[str, ...], Mention] = {}
    for mention in chosen:
        if mention.last - mention.first > 1 and (mention.weight > TAGGER or mention.score > 0.5):
            norms = _norms(words, mention)
            whole.setdefault(norms, mention)
    starts = {norms[0]: [] for norms in whole}  # type: dict[str, list[tuple[tuple[str, ...], Mention]]]
    for norms, mention in sorted(whole.items(), key=lambda x: -len(x[0])):
        starts[norms[0]].append((norms, mention))
    for token, norm in enumerate(words.norm):
        if token in taken or words.kind[token] != WORD:
            continue
        for cut in cuts(norm):
            start = words.start[token] if cut.fused or not cut.prefix else words.offset(token, len(cut.prefix))
            again = next((x for x in starts.get(cut.rest, ()) if _follows(words, token, x[0], taken)), None)
            if again is not None:
                last = token + len(again[0])
                yield replace(again[1], first=token, last=last, start=start, end=words.end[last - 1], reasons=("repeated",))
                break
            if cut.rest in families:
                yield Mention(token, token + 1, start, words.end[token], "person", GAZETTEER, 0.8, ("family name",))
                break


def _norms(words: Words, mention: Mention) -> tuple[str, ...]:
    first = words.norm[mention.first]
    if mention.start > words.start[mention.first]:
        first = next((c.rest for c in cuts(first) if c.prefix and words.offset(mention.first, len(c.prefix)) == mention.start), first)
    return (first, *words.norm[mention.first + 1 : mention.last])


def _follows(words: Words, token: int, norms: tuple[str, ...], taken: set[int]) -> bool:
    last = token + len(norms)
    return tuple(words.norm[token + 1 : last]) == norms[1:] and not any(i in taken for i in range(token, last))


def _family_names(chosen: list[Mention], words: Words) -> frozenset[str]:
    """The last words of full names that are no ordinary words."""
    ranks = Lookups.shipped().ranks
    found = set()
    for mention in chosen:
        if mention.kind != "person" or mention.last - mention.first < 2:  # noqa: PLR2004 - given name and family name
            continue
        family, before = words.norm[mention.last - 1], words.norm[mention.last - 2]
        if before in _BINDING or len(family) < _SHORTEST_FAMILY_NAME or gazetteer.lookup(family):
            continue
        if ranks.get(family, MARK.family_name_rank + 1) > MARK.family_name_rank:
            found.add(family)
    return frozenset(found)


def with_roles(chosen: list[Mention], title_phrases: list[Phrase], words: Words) -> list[Mention]:
    """Each person with the title beside it: before it, or after it and a comma (فلان، وزير الصناعة)."""
    ends = {t.last: t for t in title_phrases}
    starts = {t.first: t for t in title_phrases}
    done = []
    for mention in chosen:
        role = None
        if mention.kind == "person" and mention.start == words.start[mention.first]:
            before = mention.first
            if before and words.norm[before - 1] in "،,:":
                before -= 1
            title = ends.get(mention.first) or ends.get(before)
            if title is not None:
                role = (title.start, words.end[title.last - 1])
            elif mention.last + 1 < len(words) and words.norm[mention.last] in "،,":
                after = starts.get(mention.last + 1)
                if after is not None and after.last - after.first > 1 and after.kind == "office":
                    role = (after.start, words.end[after.last - 1])
        done.append(replace(mention, role=role) if role else mention)
    return done
