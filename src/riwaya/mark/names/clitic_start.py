"""Whether the first letter of a name belongs to it: وباشينيان is و + باشينيان, وائل is a name."""

from __future__ import annotations

from collections.abc import Collection

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import Cut, cuts
from riwaya.mark.names.features import Lookups
from riwaya.mark.names.tagger import model
from riwaya.settings.mark import MARK

_UNKNOWN_RANK = 1 << 17  # of a word that is in no list: rarer than all that are


def reading(norm: str, kind: str, bare_in_text: Collection[str]) -> Cut:
    """The reading of a name's first word: with or without a proclitic.

    Args:
        norm: the folded word.
        kind: what the name is; places are looked up in the gazetteer.
        bare_in_text: words that begin or make up names elsewhere in the text.
    """
    every = cuts(norm)
    whole = every[0]
    if len(every) == 1 or norm in bare_in_text:
        return whole
    if kind == "place":
        for cut in every:
            if gazetteer.lookup(cut.rest) and not (cut is whole and gazetteer.is_ambiguous(cut.rest)):
                return cut
    ranks = Lookups.shipped().ranks
    rank = ranks.get(norm, _UNKNOWN_RANK)
    for cut in every[1:]:
        if cut.rest in bare_in_text or cut.fused or (cut.rest.startswith("ال") and not norm.startswith("ال")):
            return cut
        rest = ranks.get(cut.rest, _UNKNOWN_RANK)
        if cut.prefix == "و" and rest == rank == _UNKNOWN_RANK:
            return cut
        if rest < rank and model().lean(cut.rest, kind) > 0 and (cut.prefix == "و" or rest * MARK.clitic_rank_ratio < rank):
            return cut
    return whole
