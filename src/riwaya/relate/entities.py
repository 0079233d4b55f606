"""From the mentions of a story to its persons, organizations and places; and from story to story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from riwaya.arabic.spelling import native_letters, skeleton
from riwaya.arabic.words import iter_norms
from riwaya.ids import stable_id
from riwaya.model import Article, Correction, Entity, Marks, NameCount, NameKind, Reason
from riwaya.relate import organizations, people, places
from riwaya.relate.corrected_entities import Cited, Key, cited_spans, correct_clusters
from riwaya.relate.corrections import Replay
from riwaya.relate.mentions import Cluster, Mention, collect

_LEAST_PARTS = 2  # of a person's name, for the same name in two stories to mean the same person
_KINDS: tuple[NameKind, ...] = ("person", "organization", "place")


def resolve_entities(
    story_id: str, articles: Sequence[Article], marks: Sequence[Marks], replay: Replay | None = None
) -> list[Entity]:
    """The entities of one story.

    Args:
        story_id: part of every entity's id.
        articles: the story's reports, in any order; `marks` is parallel.
        replay: the corrections that merge and split.

    Returns:
        Every entity with all spellings and mentions, sorted by its first mention. Each name mention stands in exactly one.
    """
    mentions, countries = collect(articles, marks)
    of_kind: dict[NameKind, list[Mention]] = defaultdict(list)
    for mention in mentions:
        of_kind[mention.kind].append(mention)
    clusters: list[tuple[NameKind, Cluster]] = []
    clusters += [("person", c) for c in people.group(of_kind["person"])]
    clusters += [("organization", c) for c in organizations.group(of_kind["organization"], countries)]
    clusters += [("place", c) for c in places.group(of_kind["place"], countries)]
    if replay is not None:
        clusters = correct_clusters(clusters, countries, replay)
    made = [_entity(story_id, kind, cluster) for kind, cluster in clusters]
    return sorted(made, key=lambda e: (e.mentions[0], e.kind, e.id))


def _entity(story_id: str, kind: NameKind, cluster: Cluster) -> Entity:
    mentions = sorted(cluster.mentions, key=lambda m: m.span)
    counts = Counter(m.text for m in mentions)
    first = mentions[0].span
    reasons = set(cluster.reasons)
    if len(counts) > 1 and not reasons:
        reasons.add(Reason("one normal form", 1.0, " = ".join(sorted(counts))))
    return Entity(
        id=stable_id("e", story_id, kind, first.article_id, first.start, first.end),
        kind=kind,
        name=_best_name(kind, mentions),
        names=tuple(NameCount(text, n) for text, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))),
        mentions=tuple(m.span for m in mentions),
        description=_description(mentions),
        place=places.position(cluster) if kind == "place" else None,
        reasons=tuple(sorted(reasons, key=lambda r: (r.name, r.detail, r.weight))),
    )


def _best_name(kind: NameKind, mentions: Sequence[Mention]) -> str:
    """The spelling to show: of a person or an organization the commonest of those with most to say, of a place the commonest."""
    counts = Counter(m.text for m in mentions)
    size = {m.text: len(people.parts(m.words)) if kind == "person" else len(m.words) for m in mentions}
    if kind == "place":
        return min(counts, key=lambda t: (-counts[t], t))
    # Two words say who is meant; beyond that the commonest wins, so that one long variant does not.
    return min(counts, key=lambda t: (-min(size[t], _LEAST_PARTS), not _arabic(t), -counts[t], -size[t], t))


def _arabic(text: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in text)


def _description(mentions: Sequence[Mention]) -> str | None:
    """The title or role that stands beside the name most often; of equals the longest."""
    roles = Counter(m.role for m in mentions if m.role)
    return min(roles, key=lambda r: (-roles[r], -len(r), r)) if roles else None


# ------------------------------------------------------------------------------------------------------- across stories


def keys_of(entities: Iterable[Entity]) -> list[tuple[str, Key]]:
    """The ids of entities that other stories may know too, each with what it is known by.

    Persons by the consonants of a full name and the letters of what is Arabic in it (محمد is not محمود), organizations by their
    normal form, places by GeoNames id (else by name and country).
    """
    return [(entity.id, key) for entity in entities if (key := _key(entity))]


def cited_entities(entities: Iterable[Entity], corrections: Sequence[Correction]) -> list[Cited]:
    """The entities that merges and splits cite, with what they are known by; for `corrected_entities.corrected_keys`."""
    if not any(c.action in ("merge", "split") for c in corrections):
        return []
    return [Cited(e.id, _key(e), spans) for e in entities if (spans := cited_spans(e, corrections))]


def link_across(
    stories: Iterable[tuple[str, Iterable[tuple[str, Key]]]], by_hand: Container[str] = frozenset()
) -> Mapping[str, str]:
    """Which entities of different stories are the same: entity id -> the id of that entity in the first story that has it.

    Takes each story's id with what `keys_of` gives for it, or `corrected_keys` where people said otherwise: those are named in
    `by_hand`. An index, never all pairs. A key that two entities of one story share decides nothing, unless it was given by hand.
    """
    index: dict[Key, list[tuple[str, str]]] = defaultdict(list)
    for story_id, entities in stories:
        for entity_id, key in entities:
            index[key].append((story_id, entity_id))
    same: dict[str, str] = {}
    for found in index.values():
        in_story = Counter(story_id for story_id, _ in found)
        told = {story_id for story_id, entity_id in found if entity_id in by_hand}
        known = sorted(
            (story_id, entity_id)
            for story_id, entity_id in found
            if entity_id in by_hand or (in_story[story_id] == 1 and story_id not in told)
        )
        for story_id, entity_id in known[1:]:
            if story_id != known[0][0]:
                same[entity_id] = known[0][1]
    return same


def _key(entity: Entity) -> Key | None:
    words = tuple(iter_norms(entity.name))
    if entity.kind == "person":
        named = people.parts(words)
        if len(named) < _LEAST_PARTS:
            return None
        return ("person", skeleton("".join(named)), skeleton(named[-1]), *native_letters(named))
    if entity.kind == "place":
        if entity.place and entity.place.geonames_id:
            return "place", str(entity.place.geonames_id)
        country = entity.place.country if entity.place else None
        return ("place", *words, country or "")
    form = organizations.normal(words)
    return ("organization", form.head, *form.rest, form.country or "")


