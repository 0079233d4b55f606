"""Joining the mentions of places and tying them to GeoNames, the right one among namesakes."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import cuts
from riwaya.arabic.gazetteer import Candidate
from riwaya.arabic.lexicon.places import COMPASS, EPITHETS, FACILITIES, TRIGGERS
from riwaya.arabic.spelling import latin_skeletons, nearness, skeleton
from riwaya.model import Place, Reason
from riwaya.relate.mentions import Cluster, Countries, Joins, Mention, is_punctuation, pairs
from riwaya.settings.relate import RELATE

_FACILITIES = frozenset(FACILITIES)
_EPITHETS = frozenset(EPITHETS)
_LEAST_SKELETON = 3  # consonants from which on a place may be found by its consonants alone
_WITHIN = frozenset(("في", "،", ",", "-", "("))  # between a place and what it lies in: طرابلس في لبنان، طرابلس، لبنان

Key = tuple[object, ...]


def group(mentions: Sequence[Mention], countries: Countries) -> list[Cluster]:
    """The places of a story, each with its place on earth where it is known."""
    keyed: dict[Key, list[Mention]] = defaultdict(list)
    found: dict[Key, tuple[Candidate | None, bool]] = {}
    for mention in mentions:
        key, candidate, exact = _resolve(mention, countries)
        keyed[key].append(mention)
        found[key] = (candidate, exact)
    keys = sorted(keyed, key=lambda k: (keyed[k][0].span, repr(k)))
    joins = _join_spellings(keys, keyed, found)
    clusters = []
    for root, members in joins.sets().items():
        known = [found[keys[i]] for i in members if found[keys[i]][0]]
        candidate, exact = known[0] if known else (None, True)
        cluster = Cluster([m for i in members for m in keyed[keys[i]]], list(joins.reasons.get(root, [])), candidate, exact)
        cluster.reasons += _why(cluster)
        clusters.append(cluster)
    return clusters


def position(cluster: Cluster) -> Place | None:
    """Where a cluster's place is. Of what lies in a known place (an airport, the north of a country) that place's coordinates."""
    found = cluster.candidate
    if found is None:
        return None
    return Place(found.lat, found.lon, found.country, found.geonames_id if cluster.exact else None)


def _why(cluster: Cluster) -> list[Reason]:
    found = cluster.candidate
    if found is None:
        return []
    spelled = sorted({m.text for m in cluster.mentions})
    reasons = [Reason("gazetteer" if cluster.exact else "lies in", 1.0, f"{found.latin}, {found.country or '-'}")]
    if len(spelled) > 1:
        reasons.append(Reason("names of one place", 1.0, " = ".join(spelled)))
    return reasons


# ------------------------------------------------------------------------------------------------------- one mention


def _resolve(mention: Mention, countries: Countries) -> tuple[Key, Candidate | None, bool]:
    """What a mention names: a key that other mentions of it share, its candidate, and whether that is the place itself."""
    named = mention.words
    if len(named) > 1 and not gazetteer.lookup(" ".join(named)):
        head, rest = named[0].removeprefix("ال"), named[1:]
        if head in TRIGGERS and head not in _FACILITIES:
            candidate = _best(rest, mention, countries, TRIGGERS[head])
            return _key(rest, candidate), candidate, True
        if head in _FACILITIES or named[0] in COMPASS:
            rest = tuple(w for w in rest if w not in _EPITHETS) or rest
            candidate = _best(rest, mention, countries, None)
            return (COMPASS.get(named[0], head), *_key(rest, candidate)), candidate, False
    candidate = _best(named, mention, countries, _trigger(mention))
    return _key(named, candidate), candidate, True


def _key(named: tuple[str, ...], candidate: Candidate | None) -> Key:
    return ("row", candidate.row) if candidate else ("name", *named)


def _trigger(mention: Mention) -> str | None:
    """The kind of place that the word before a name says: مدينة, محافظة, دولة."""
    before = mention.before
    if len(before) > 1 and gazetteer.nationality(before[-1]):  # العاصمة الأردنية عمان
        before = before[:-1]
    for cut in cuts(before[-1]) if before else ():
        kind = TRIGGERS.get(cut.rest) or TRIGGERS.get(cut.rest.removeprefix("ال"))
        if kind:
            return kind
    return None


def _candidates(named: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The places of that name; with or without its article, and with the hamza of its end left out."""
    phrase = " ".join(named)
    found = gazetteer.lookup(phrase) or gazetteer.lookup("ال" + phrase) or gazetteer.lookup("".join(named))
    if not found and phrase.startswith("ال"):
        found = gazetteer.lookup(phrase[len("ال") :])
    if not found and len(named) > 1 and gazetteer.nationality(named[-1]):  # طرابلس اللبنانية
        found = _candidates(named[:-1])
    return found


def _best(named: tuple[str, ...], mention: Mention, countries: Countries, wanted: str | None) -> Candidate | None:
    found = _candidates(named) or _by_consonants(named, mention, countries)
    within = _within(mention, named)
    article = mention.span.article_id
    if wanted is None and within is None and gazetteer.is_ambiguous(" ".join(named)):
        # An ordinary word (المنطقة الشرقية) is the place of that name only where its country is spoken of.
        found = tuple(c for c in found if c.country is None or countries.story[c.country])
    if not found:
        return None
    rivals = {c.country for c in found}

    def score(candidate: Candidate) -> float:
        context = max(countries.share(candidate.country, rivals, article), countries.share(candidate.country, rivals))
        return _score(candidate, context, wanted, within)

    return max(found, key=lambda c: (score(c), -c.row))


def _score(candidate: Candidate, context: float, wanted: str | None, within: str | None) -> float:
    """How likely a candidate is meant: its size, how much its country is spoken of (0..1), the words around the name."""
    score = math.log10(1 + candidate.population) + RELATE.place_context * context
    if within and candidate.country == within:
        score += RELATE.place_within
    if wanted:
        score += RELATE.place_kind * (candidate.kind == wanted)
    elif candidate.kind == "country":
        score += RELATE.place_country
    return score


def _within(mention: Mention, named: tuple[str, ...]) -> str | None:
    """The country that stands right after a place: طرابلس اللبنانية, طرابلس في لبنان, طرابلس (لبنان)."""
    if len(named) > 1 and (iso := gazetteer.nationality(named[-1])):
        return iso
    after = [t for t in mention.after[:3] if t not in _WITHIN]
    if not after or is_punctuation(after[0]):
        return None
    if iso := gazetteer.nationality(after[0]):
        return iso if after[0] == mention.after[0] else None
    found = gazetteer.lookup_word(after[0])
    country = found.candidates[0] if found and after[0] != mention.after[0] else None
    return country.country if country and country.kind == "country" else None


def _by_consonants(named: tuple[str, ...], mention: Mention, countries: Countries) -> tuple[Candidate, ...]:
    """Cities of the report's countries whose Latin name sounds like the Arabic one: جاناوزين is Zhanaozen."""
    wanted = skeleton("".join(named))
    if len(wanted) < _LEAST_SKELETON:
        return ()
    counts = countries.by_article.get(mention.span.article_id) or countries.story
    most = sorted(counts, key=lambda iso: (-counts[iso], iso))[: RELATE.place_countries]
    return tuple(c for iso in most for c in _heard_in(iso).get(wanted, ()))[:1]


@cache
def _heard_in(iso: str) -> dict[str, tuple[Candidate, ...]]:
    """The cities of a country by how their Latin names sound, the largest first."""
    made: dict[str, tuple[Candidate, ...]] = {}
    for city in gazetteer.cities_of(iso):
        for heard in sorted(latin_skeletons(city.latin)):
            made[heard] = (*made.get(heard, ()), city)
    return made


# --------------------------------------------------------------------------------------------------------- spellings


def _join_spellings(keys: list[Key], keyed: dict[Key, list[Mention]], found: dict[Key, tuple[Candidate | None, bool]]) -> Joins:
    """Names that no list holds are joined to near spellings of the same consonants, in the lists or not."""
    joins = Joins(len(keys))
    blocks: dict[tuple[Key, str], list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        kind = key[:1] if key[0] not in ("row", "name") else ("place",)
        heard = {skeleton("".join(m.words)) for m in keyed[key]}
        for consonants in sorted(h for h in heard if len(h) >= _LEAST_SKELETON):
            blocks[(kind, consonants)].append(number)
    for block in sorted(blocks, key=repr):
        for a, b in pairs(blocks[block]):
            if found[keys[a]][0] and found[keys[b]][0]:
                continue
            near = max(
                nearness("".join(x.words), "".join(y.words)) for x in keyed[keys[a]][:1] for y in keyed[keys[b]][:1]
            )
            if near >= RELATE.entity_nearness:
                detail = f"{keyed[keys[a]][0].text} = {keyed[keys[b]][0].text}"
                joins.join(a, b, Reason("spelling", round(near, 3), detail))
    return joins
