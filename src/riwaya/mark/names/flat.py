"""The same names as tagged newswire marks them: the convention of ANERcorp and CoNLL instead of the news desk's.

| | news (default) | conll |
|---|---|---|
| names within names | kept: مطار ألما آتا holds ألما آتا | the tagger's span alone: ألما آتا |
| ministries, governments, armies, councils | organizations, in full | names only where the tagger says so: mostly not |
| heads (شركة، نادي، قناة، حزب) | belong to the name where their own words show it | outside, but for الاتحاد، منظمة، جامعة ... |
| compass and landforms (شمال، جنوب، نهر، مطار، شارع) | belong to the place | outside |
| proclitics (وبغداد) | outside the span | inside, for a word is tagged whole |
| persons | as found by tagger, titles and repetition | the same |
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from riwaya.arabic.words import Words
from riwaya.mark.names.mention import TAGGER, Mention
from riwaya.mark.names.settle import agreed
from riwaya.mark.names.tagger import Tagged
from riwaya.model import NameKind
from riwaya.settings.mark import MARK


def flat(tagged: Sequence[Tagged], mended: Sequence[Mention], chosen: Sequence[Mention], words: Words) -> list[Mention]:
    """The tagger's names with one kind for the same words, and the persons that the whole reading finds.

    Args:
        tagged: what the tagger says.
        mended: its names that stood the checks (`from_tagger`); a person that none of them touches is left out.
        chosen: the names by the news convention, of which persons are taken where the tagger sees nothing else.
        words: the text's words.
    """
    stood = _covered(mended)
    said = [_mention(t, words) for t in tagged if t.kind != "person" or not stood.isdisjoint(range(t.first, t.last))]
    said = agreed(said, words)
    others = _covered([m for m in said if m.kind != "person"])
    persons = [m for m in chosen if m.kind == "person" and others.isdisjoint(range(m.first, m.last))]
    taken = _covered(persons)
    said = [m for m in said if m.kind != "person" or taken.isdisjoint(range(m.first, m.last))]
    return sorted([*said, *persons], key=lambda m: (m.start, -m.end))


def _covered(mentions: Sequence[Mention]) -> set[int]:
    return {i for m in mentions for i in range(m.first, m.last)}


def _mention(tag: Tagged, words: Words) -> Mention:
    kind: NameKind = tag.kind
    score = 1 / (1 + exp(-tag.margin / MARK.name_certain))
    return Mention(tag.first, tag.last, words.start[tag.first], words.end[tag.last - 1], kind, TAGGER, score, ("tagger",))
