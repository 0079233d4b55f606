"""Reports with names marked by hand: <p>person</p> <o>organization</o> <l>place</l>, <r>role</r> of the next or last person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from riwaya.arabic.sentences import sentences
from riwaya.model import Article, Entity, Marks, Name, NameKind, Span
from riwaya.relate.entities import resolve_entities

_TAG = re.compile(r"<(/?)([pol]|r)>")
_KINDS: dict[str, NameKind] = {"p": "person", "o": "organization", "l": "place"}


def report(article_id: str, marked: str) -> tuple[Article, Marks]:
    """An article and its marks from tagged text."""
    text, opened, found, roles, last = "", 0, [], [], 0
    for tag in _TAG.finditer(marked):
        text += marked[last : tag.start()]
        last = tag.end()
        if not tag.group(1):
            opened = len(text)
        elif tag.group(2) == "r":
            roles.append(Span(article_id, opened, len(text)))
        else:
            found.append((_KINDS[tag.group(2)], opened, len(text)))
    text += marked[last:]
    names = []
    for kind, start, end in found:
        role = next((r for r in roles if kind == "person" and (0 <= start - r.end <= 1 or 0 <= r.start - end <= 2)), None)
        names.append(Name(Span(article_id, start, end), text[start:end], kind, role))
    cut = tuple(Span(article_id, a, b) for a, b in sentences(text))
    return Article(article_id, article_id, text), Marks(article_id, cut, names=tuple(names))


def story(*texts: str) -> tuple[list[Article], list[Marks]]:
    """Reports a0, a1, ... of one story."""
    made = [report(f"a{i}", text) for i, text in enumerate(texts)]
    return [a for a, _ in made], [m for _, m in made]


def entities(*texts: str) -> list[Entity]:
    """The entities of one story."""
    return resolve_entities("s", *story(*texts))


def spellings(found: Sequence[Entity]) -> set[frozenset[str]]:
    """Which spellings are one entity."""
    return {frozenset(n.text for n in e.names) for e in found}


def together(found: Sequence[Entity], *names: str) -> bool:
    """Whether one entity bears all these names."""
    return any(set(names) <= {n.text for n in e.names} for e in found)
