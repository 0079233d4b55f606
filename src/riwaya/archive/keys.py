"""What the entities of a story are known by in other stories."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping

from riwaya.archive.numbers import key_number, number_of
from riwaya.model import Dossier
from riwaya.relate.corrected_entities import Cited, Key
from riwaya.relate.entities import keys_of

CitedRow = tuple[int, str | None, str]
"""A cited entity as it is kept: its number, its own key and the spans, both as JSON."""


def cited_row(one: Cited) -> CitedRow:
    """A cited entity, ready to be written."""
    key = None if one.key is None else json.dumps(one.key, ensure_ascii=False)
    return number_of(one.entity_id), key, json.dumps([[s.article_id, s.start, s.end] for s in one.spans])


def keys_in(dossier: Dossier, by_hand: Mapping[str, Key]) -> dict[str, tuple[int | None, int]]:
    """Of every entity of a dossier what it is known by in other stories, as a number, and whether that is clear: 1 or 0.

    As `relate.entities.link_across` has it: a key that several share decides nothing, unless it was given by hand; the entities
    of a story of one report are known by nothing else.
    """
    natural = dict(keys_of(dossier.entities)) if len(dossier.articles) > 1 else {}
    keys = {e.id: key for e in dossier.entities if (key := by_hand.get(e.id, natural.get(e.id))) is not None}
    told = {key for i, key in keys.items() if i in by_hand}
    often = Counter(keys.values())
    found: dict[str, tuple[int | None, int]] = {e.id: (None, 0) for e in dossier.entities}
    for i, key in keys.items():
        found[i] = key_number(key), int(i in by_hand or (often[key] == 1 and key not in told))
    return found
