"""Merge and split: what corrections change among the entities of a story, and among those of different stories."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from riwaya.model import Correction, Entity, NameKind, Reason, Span
from riwaya.relate import places
from riwaya.relate.corrections import Replay, overlap
from riwaya.relate.mentions import Cluster, Countries, Mention
from riwaya.serial.corrections import in_order

Key = tuple[str, ...]
Sorted = tuple[NameKind, Cluster]
_SPLIT = "split"  # begins the key of what was split off


def correct_clusters(clusters: Sequence[Sorted], countries: Countries, replay: Replay) -> list[Sorted]:
    """The entities of one story, merged and split as corrections say.

    Args:
        clusters: as found, each with its kind.
        countries: what the story speaks of, for places that a split leaves to be found again.
        replay: of the story; those that name no mention are set aside.
    """
    held = list(clusters)
    for one in replay.of("merge", "split"):
        cited = [_mention_at(s, held) for s in one.spans if replay.here(s)]
        found = [m for m in cited if m is not None]
        if len(found) < len(cited):
            empty = next(s for s, m in zip(filter(replay.here, one.spans), cited, strict=True) if m is None)
            replay.set_aside(one, f"no name stands at {empty.article_id}:{empty.start}:{empty.end}")
        elif one.action == "merge":
            held = _merge(held, found, replay.apply(one))
        else:
            first = found[0] if replay.here(one.spans[0]) else None
            held = _split(held, first, found[1:] if first else found, countries, replay.apply(one))
    return held


def _mention_at(cited: Span, clusters: Iterable[Sorted]) -> Mention | None:
    """The name that fits a span best."""
    held = [m for _, c in clusters for m in c.mentions if overlap(cited, m.span)]
    return max(held, key=lambda m: (overlap(cited, m.span), m.span.start - m.span.end, m.span), default=None)


def _merge(clusters: list[Sorted], cited: Sequence[Mention], why: Reason) -> list[Sorted]:
    """One entity of all that these mentions name: of the first one's kind, at the place of the first that has one."""
    names = {m.span for m in cited}
    joined = [(k, c) for k, c in clusters if any(m.span in names for m in c.mentions)]
    rest = [(k, c) for k, c in clusters if not any(m.span in names for m in c.mentions)]
    if not joined:
        return clusters
    rank = {m.span: i for i, m in enumerate(cited)}
    joined.sort(key=lambda one: min(rank[m.span] for m in one[1].mentions if m.span in rank))
    home = next((c for k, c in joined if c.candidate is not None), joined[0][1])
    reasons = [r for _, c in joined for r in c.reasons]
    whole = Cluster([m for _, c in joined for m in c.mentions], [*reasons, why], home.candidate, home.exact)
    return [*rest, (joined[0][0], whole)]


def _split(
    clusters: list[Sorted], first: Mention | None, others: Sequence[Mention], countries: Countries, why: Reason
) -> list[Sorted]:
    """What is spelled as the others leaves the entity of the first and is one of its own."""
    made: list[Sorted] = []
    for kind, cluster in clusters:
        spans = {m.span for m in cluster.mentions}
        named = [m for m in others if m.span in spans]
        whole = (kind, replace(cluster, reasons=[*cluster.reasons, why]))
        if first is None or first.span not in spans:
            made.append(whole if named else (kind, cluster))
            continue
        away = _meant(cluster.mentions, first, named)
        if not away:
            made.append(whole)  # they are apart already, or of other stories
            continue
        left = [m for m in cluster.mentions if m not in away]
        made += [(kind, _half(kind, half, cluster.reasons, countries, why)) for half in (left, away)]
    return made


def _meant(mentions: Sequence[Mention], first: Mention, others: Sequence[Mention]) -> list[Mention]:
    """The mentions spelled as the others.

    What is spelled as the first one too can only be told apart by its report: in those of the others all such mentions leave, in
    the report of the first only those cited.
    """
    spelled = {m.words for m in others} - {first.words}
    cited = {m.span for m in others} - {first.span}
    alike = {m.span.article_id for m in others if m.words == first.words} - {first.span.article_id}
    return [
        m for m in mentions
        if m.span in cited or m.words in spelled or (m.words == first.words and m.span.article_id in alike)
    ]  # fmt: skip


def _half(
    kind: NameKind, mentions: list[Mention], reasons: Sequence[Reason], countries: Countries, why: Reason
) -> Cluster:
    """One of the two that a split leaves; of a place, where it is, is asked again."""
    if kind != "place":
        return Cluster(mentions, [*reasons, why])
    again = places.group(mentions, countries)
    home = next((c for c in again if c.candidate is not None), again[0])
    return Cluster(mentions, [*(r for c in again for r in c.reasons), why], home.candidate, home.exact)


# --------------------------------------------------------------------------------------------------------- across stories


@dataclass(frozen=True, slots=True)
class Cited:
    """An entity that merges or splits cite.

    `key` is what it is known by in other stories, as `entities.keys_of` has it (None: by nothing); `spans` are those cited that
    lie in its mentions, as `cited_spans` gives them.
    """

    entity_id: str
    key: Key | None
    spans: tuple[Span, ...]


def cited_spans(entity: Entity, corrections: Iterable[Correction]) -> tuple[Span, ...]:
    """The spans of merges and splits that overlap an entity's mentions, sorted."""
    spans = {s for c in corrections if c.action in ("merge", "split") for s in c.spans}
    return tuple(sorted(s for s in spans if any(overlap(s, m) for m in entity.mentions)))


@dataclass(eq=False, slots=True)
class _Group:
    """Entities that people joined, in the order in which they were cited, and the first of the corrections that joined them."""

    members: list[str]
    joined_by: str | None = None


def corrected_keys(cited: Iterable[Cited], corrections: Iterable[Correction]) -> dict[str, Key]:
    """What entities are known by in other stories, where people said otherwise.

    Entities merged by hand share one key: that of the first cited that has one, so that whatever bears it in further stories is
    the same too. An entity split off that would be known by the same as what it was split from gets a key of its own.

    Args:
        cited: every entity of any story that a merge or a split cites.
        corrections: any; the merges and splits that stand are replayed in the order in which they were made.

    Returns:
        Entity id -> its key, for those that were merged and those that do not keep their own.
    """
    group, natural, parted = _replayed(cited, corrections)
    made = _keys(group, natural, parted)
    return {i: key for i, key in made.items() if key is not None and (key != natural[i] or len(group[i].members) > 1)}


def joined_keys(cited: Iterable[Cited], corrections: Iterable[Correction]) -> dict[Key, Key]:
    """What names are known by since people merged them, in stories that no correction cites: own key -> key of what they joined.

    Who merges two names means them wherever they stand. A key whose entities went different ways, by a split or by merges with
    several others, leads nowhere.

    Args:
        cited, corrections: as for `corrected_keys`.
    """
    group, natural, parted = _replayed(cited, corrections)
    ways: dict[Key, set[Key | None]] = {}
    for i, key in _keys(group, natural, parted).items():
        if (own := natural[i]) is not None:
            ways.setdefault(own, set()).add(key)
    single = {own: next(iter(found)) for own, found in ways.items() if len(found) == 1}
    return {own: key for own, key in single.items() if key is not None and key != own and key[0] != _SPLIT}


_Replayed = tuple[dict[str, _Group], dict[str, Key | None], list[tuple[Correction, str, list[str]]]]


def _replayed(cited: Iterable[Cited], corrections: Iterable[Correction]) -> _Replayed:
    """The entities in groups, their own keys, and the splits with whom they left and who left."""
    held = sorted(cited, key=lambda c: c.entity_id)
    natural = {c.entity_id: c.key for c in held}
    at = {span: c.entity_id for c in held for span in c.spans}
    group = {i: _Group([i]) for i in natural}
    parted: list[tuple[Correction, str, list[str]]] = []
    for one in in_order(c for c in corrections if c.undone is None):
        named = list(dict.fromkeys(at[s] for s in one.spans if s in at))
        if one.action == "merge" and len(named) > 1:
            _join(group, named, one.id)
        elif one.action == "split" and one.spans[0] in at:
            away = [i for i in named if i != at[one.spans[0]]]
            _leave(group, at[one.spans[0]], away)
            parted.append((one, at[one.spans[0]], away))
    return group, natural, parted


def _join(group: dict[str, _Group], named: Sequence[str], correction_id: str) -> None:
    joined = list({id(group[i]): group[i] for i in named}.values())
    first = next((g.joined_by for g in joined if g.joined_by is not None), correction_id)
    whole = _Group([i for g in joined for i in g.members], first)
    group |= dict.fromkeys(whole.members, whole)


def _leave(group: dict[str, _Group], first: str, away: Sequence[str]) -> None:
    old = group[first]
    leaving = [i for i in away if group[i] is old]
    old.members = [i for i in old.members if i not in leaving]
    group |= dict.fromkeys(leaving, _Group(leaving, old.joined_by))


def _keys(
    group: dict[str, _Group], natural: dict[str, Key | None], parted: Sequence[tuple[Correction, str, list[str]]]
) -> dict[str, Key | None]:
    keys: dict[int, Key | None] = {}
    for one in group.values():
        own = next((natural[i] for i in one.members if natural[i] is not None), None)
        keys[id(one)] = own or (("merge", one.joined_by) if one.joined_by and len(one.members) > 1 else None)
    for correction, first, away in parted:
        for other in (group[i] for i in away):
            if other is not group[first] and keys[id(other)] is not None and keys[id(other)] == keys[id(group[first])]:
                keys[id(other)] = (_SPLIT, correction.id)
    return {i: keys[id(one)] for i, one in group.items()}
