"""Which readings stand: overlaps settled, nested names kept, repeated names found, titles put beside their persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import cuts, written
from riwaya.arabic.lexicon import name_heads, titles
from riwaya.arabic.words import WORD, Words
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.grammar import Phrase
from riwaya.mark.names.mention import GAZETTEER, GRAMMAR, GUESS, NAMED, TAGGER, Mention, offset_after
from riwaya.mark.names.tagger import model
from riwaya.model import NameKind
from riwaya.settings.mark import MARK

_BINDING = frozenset(titles.BINDING)
_MOVEMENTS = frozenset(name_heads.MOVEMENTS)
_SHORTEST_FAMILY_NAME = 3  # letters
_LONGEST_JOINED = 4  # words of two persons that are taken as one
_SURE = 0.7  # score from which the tagger's name is looked for again in the text


def settle(candidates: Iterable[Mention]) -> list[Mention]:
    """One reading for the same words; what may lie inside what, `_nests` says.

    Readings are placed by rank; a later one stays out where it crosses one that is placed, or may not nest with it.
    """
    chosen: list[Mention] = []
    for mention in sorted(candidates, key=_rank):
        if all(_nests(mention, other) for other in chosen if mention.overlaps(other)):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: (m.start, -m.end))


def _rank(mention: Mention) -> tuple[bool, int, int, int]:
    full_name = mention.kind == "person" and mention.last - mention.first > 1
    late = mention.weight != NAMED and not (full_name and mention.weight == TAGGER)
    return (late, -mention.weight, mention.first - mention.last, mention.first)


def _nests(a: Mention, b: Mention) -> bool:
    """Whether two readings that share words may both stand.

    A place or an organization may lie inside a longer organization, a place inside a longer place that its own words show (مطار
    ألما آتا).
    """
    if a.first == b.first and a.last == b.last:
        return False
    inner, outer = (a, b) if a.inside(b) else (b, a)
    if not inner.inside(outer) or outer.kind == "person" or inner.kind == "person":
        return False
    if inner.kind == "place":
        if outer.kind == "place" and inner.first == outer.first:
            return False
        return inner.weight >= GAZETTEER and outer.weight != GAZETTEER and "outlet" not in outer.reasons
    return outer.kind == "organization" and inner.weight >= GRAMMAR and inner.first > outer.first


def agreed(mentions: list[Mention], words: Words) -> list[Mention]:
    """The tagger's mentions with one kind for the same words: the one with the most behind it in this text."""
    votes: dict[tuple[str, ...], dict[NameKind, float]] = {}
    for mention in mentions:
        if mention.weight == TAGGER:
            kinds = votes.setdefault(_norms(words, mention), {})
            kinds[mention.kind] = kinds.get(mention.kind, 0.0) + mention.score
    done = []
    for mention in mentions:
        if mention.weight == TAGGER:
            kinds = votes[_norms(words, mention)]
            if len(kinds) > 1:
                best = max(sorted(kinds), key=lambda k: kinds[k])
                mention = replace(mention, kind=best)  # noqa: PLW2901 - the same mention, its kind settled
        done.append(mention)
    return done


def joined(mentions: list[Mention], words: Words) -> list[Mention]:
    """The persons of tagger and titles that stand side by side with nothing between made one: شي + جين بينغ."""
    persons = [m for m in mentions if m.kind == "person" and m.weight <= GUESS]
    done = [m for m in mentions if m.kind != "person" or m.weight > GUESS]
    for mention in sorted(persons, key=lambda m: m.first):
        last = done[-1] if done else None
        if last is not None and last.kind == "person" and last.weight <= GUESS and last.last == mention.first:
            whole = mention.start == words.start[mention.first] and not words.newline[mention.first]
            if whole and mention.last - last.first <= _LONGEST_JOINED:
                done[-1] = replace(last, last=mention.last, end=mention.end, weight=TAGGER, score=min(last.score, mention.score))
                continue
        done.append(mention)
    return done


def repeated(chosen: list[Mention], words: Words) -> Iterator[Mention]:
    """Further mentions of names that this text has shown: a person's family name, and any name's exact words again."""
    taken = {i for m in chosen for i in range(m.first, m.last)}
    families = _family_names(chosen, words)
    whole: dict[tuple[str, ...], Mention] = {}
    for mention in chosen:
        if mention.last - mention.first > 1 and (mention.weight > TAGGER or mention.score > _SURE):
            norms = _norms(words, mention)
            whole.setdefault(norms, mention)
    starts: dict[str, list[tuple[tuple[str, ...], Mention]]] = {}
    for norms, mention in sorted(whole.items(), key=lambda x: -len(x[0])):
        starts.setdefault(norms[0], []).append((norms, mention))
    wanted = families.union(starts)
    if not wanted:
        return
    as_written = {w for word in wanted for w in written(word)}
    for token, norm in enumerate(words.norm):
        if norm not in as_written or token in taken or words.kind[token] != WORD:
            continue
        for cut in cuts(norm):
            if cut.rest not in wanted:
                continue
            start = offset_after(words, token, cut.prefix)
            again = next((x for x in starts.get(cut.rest, ()) if _follows(words, token, x[0], taken)), None)
            if again is not None:
                last = token + len(again[0])
                yield replace(again[1], first=token, last=last, start=start, end=words.end[last - 1], reasons=("repeated",))
                break
            if cut.rest in families:
                yield Mention(token, token + 1, start, words.end[token], "person", GAZETTEER, 0.8, ("family name",))
                break


def inner_names(found: list[Mention], words: Words) -> Iterator[Mention]:
    """The names of movements that the text once gives with a head, wherever they stand without it: بوكو حرام."""
    inner: dict[tuple[str, ...], Mention] = {}
    for mention in found:
        if mention.weight >= GRAMMAR and (norms := _inner(_norms(words, mention), mention)):
            inner.setdefault(norms, mention)
    for norms, mention in inner.items():
        for token, norm in enumerate(words.norm):
            cut = next((c for c in cuts(norm) if c.rest == norms[0]), None)
            last = token + len(norms)
            if cut is not None and tuple(words.norm[token + 1 : last]) == norms[1:] and not mention.first < token < mention.last:
                start = offset_after(words, token, cut.prefix)
                end = words.end[last - 1]
                yield replace(mention, first=token, last=last, start=start, end=end, weight=NAMED, reasons=("repeated",))


def _norms(words: Words, mention: Mention) -> tuple[str, ...]:
    first = words.norm[mention.first]
    if mention.start > words.start[mention.first]:
        cut_there = (c.rest for c in cuts(first) if c.prefix and words.offset(mention.first, len(c.prefix)) == mention.start)
        first = next(cut_there, first)
    return (first, *words.norm[mention.first + 1 : mention.last])


def _follows(words: Words, token: int, norms: tuple[str, ...], taken: set[int]) -> bool:
    last = token + len(norms)
    return tuple(words.norm[token + 1 : last]) == norms[1:] and not any(i in taken for i in range(token, last))


def _family_names(chosen: list[Mention], words: Words) -> frozenset[str]:
    """The last words of full names that are no ordinary words."""
    ranks = Lookups.shipped().ranks
    found = set()
    for mention in chosen:
        if mention.kind == "person" and mention.last - mention.first == 1 and _stands_alone(_norms(words, mention)[0], mention):
            found.add(_norms(words, mention)[0])
        if mention.kind != "person" or mention.last - mention.first < 2:  # noqa: PLR2004 - given name and family name
            continue
        family, before = words.norm[mention.last - 1], words.norm[mention.last - 2]
        if before in _BINDING or len(family) < _SHORTEST_FAMILY_NAME or _rather_place(family):
            continue
        rare = ranks.get(family, MARK.family_name_rank + 1) > MARK.family_name_rank
        if rare or model().lean(family, "person") > MARK.person_lean:
            found.add(family)
    return frozenset(found)


def _stands_alone(norm: str, mention: Mention) -> bool:
    """Whether one word names a person wherever it stands again: ميركل, known from the news, or a strange word after a title."""
    ranks = Lookups.shipped().ranks
    if len(norm) < _SHORTEST_FAMILY_NAME or gazetteer.lookup(norm):
        return False
    if norm not in ranks:
        return mention.weight == GUESS
    return mention.score > _SURE and ranks[norm] > MARK.family_name_rank and model().lean(norm, "person") > MARK.name_lean


def _inner(norms: tuple[str, ...], mention: Mention) -> tuple[str, ...]:
    """The name of a movement without its head and quotation marks: بوكو حرام of جماعة «بوكو حرام»."""
    headed = mention.kind == "organization" and any(r == "quoted" or r.startswith("head ") for r in mention.reasons)
    if not headed or norms[0] not in _MOVEMENTS:
        return ()
    inside = tuple(n for n in norms[1:] if n.isalpha())
    return inside if len(inside) > 1 and not any(n.startswith("ال") for n in inside) else ()


def _rather_place(norm: str) -> bool:
    """Whether a family name is better known as a place; أوباما, a town too, is not."""
    return bool(gazetteer.lookup(norm)) and model().lean(norm, "person") < max(MARK.name_lean, model().lean(norm, "place"))


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
