"""Joining the mentions of persons: full names first, then shorter forms, then family names alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from riwaya.arabic.lexicon.spelling import BIND_NEXT, BIND_PREVIOUS, SKIPPED
from riwaya.arabic.spelling import is_native, nearness, same_word, skeleton, sounds
from riwaya.arabic.words import words
from riwaya.model import Reason
from riwaya.relate.mentions import Cluster, Joins, Mention, forms, pairs
from riwaya.settings.relate import RELATE


def parts(name: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a person's name: عبد, أبو bind the next word, الدين, الله the one before; بن joins two parts and is none.

    >>> parts(("محمد", "بن", "عبد", "الله"))
    ('محمد', 'عبدالله')
    """
    found: list[str] = []
    bound = ""
    for word in name:
        if word in BIND_NEXT:
            bound += word
        elif word in BIND_PREVIOUS and found and not bound:
            found[-1] += word
        elif word not in SKIPPED or len(name) == 1:
            found.append(bound + word)
            bound = ""
    if bound:
        found.append(bound)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Form:
    """One spelling: its parts, how often it stands, and the roles beside it."""

    words: tuple[str, ...]
    parts: tuple[str, ...]
    mentions: tuple[Mention, ...]
    roles: frozenset[str]


def group(mentions: Sequence[Mention]) -> list[Cluster]:
    """The persons of a story."""
    all_forms = [
        _Form(spelled, parts(spelled), tuple(found), frozenset(w for m in found for w in m.role_words))
        for spelled, found in forms(mentions).items()
    ]
    full = [f for f in all_forms if len(f.parts) > 1]
    single = [f for f in all_forms if len(f.parts) <= 1]
    joins = _join_full(full)
    sets = joins.sets().items()
    clusters = [Cluster([m for i in members for m in full[i].mentions], joins.reasons.get(root, [])) for root, members in sets]
    loose = _attach_short(clusters, single)
    return clusters + _join_loose(loose)


# ----------------------------------------------------------------------------------------------------------- full names


def _join_full(full: list[_Form]) -> Joins:
    joins = Joins(len(full))
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, form in enumerate(full):
        for key in _keys(form):
            blocks[key].append(number)
    judged: set[tuple[int, int]] = set()
    short: dict[int, set[int]] = defaultdict(set)  # a form with fewer parts -> those that hold it
    for key in sorted(blocks):
        for a, b in pairs(blocks[key]):
            if (a, b) in judged:
                continue
            judged.add((a, b))
            reason = same_person(full[a], full[b])
            if reason:
                joins.join(a, b, reason)
            elif len(full[a].parts) != len(full[b].parts) and _holds(full[a], full[b]):
                less, more = sorted((a, b), key=lambda i: (len(full[i].parts), i))
                short[less].add(more)
    # A shorter form belongs to a longer one that holds it when all that hold it are one person.
    for less in sorted(short, key=lambda i: (-len(full[i].parts), i)):
        homes = {joins.root(i) for i in short[less]} - {joins.root(less)}
        if len(homes) == 1:
            home = homes.pop()
            joins.join(less, home, Reason("part of a fuller name", 0.9, _both(full[less], full[home])))
    return joins


def _keys(form: _Form) -> list[tuple[str, str]]:
    """The blocks in which a form is compared: its whole skeleton or sounds, its family name, its foreign given name."""
    whole = "".join(form.parts)
    keys = [("whole", skeleton(whole)), ("family", skeleton(form.parts[-1])), ("sounds", sounds(whole))]
    if not is_native(form.parts[0]):
        keys.append(("given", skeleton("".join(form.parts[:-1]))))
    else:
        keys.append(("ends", form.parts[0] + " " + skeleton(form.parts[1])[:1]))
    return [(kind, key) for kind, key in keys if key]


def same_person(a: _Form, b: _Form) -> Reason | None:
    """Why two spellings of a full name are one person's, None where they are not; a shared role lets them differ more."""
    shared = len(a.roles & b.roles)
    least = RELATE.entity_nearness_with_role if shared else RELATE.entity_nearness
    found = spelled_alike(a.parts, b.parts, least)
    return Reason(found[0], found[1], _both(a, b)) if found is not None else None


def spelled_alike(a: tuple[str, ...], b: tuple[str, ...], least: float) -> tuple[str, float] | None:
    """How two names are spellings of one, and how near they are (0..1); None where they are two names.

    Parts (see `parts`) are compared one by one; where their number differs by a space (عليخان, علي خان) the whole is compared.
    After an Arabic given name the family name is likely Arabic too, where a letter makes another family: محمد فخري, محمد فكري.

    >>> spelled_alike(("قاسم", "توكاييف"), ("قاسم", "توكايف"), 0.8)
    ('spelling', 0.986)
    """
    if is_native(a[0]) and is_native(b[0]):
        least = max(least, RELATE.entity_nearness_native)
    joined_a, joined_b = "".join(a), "".join(b)
    if len(a) == len(b):
        if all(same_word(x, y, least) for x, y in zip(a, b, strict=True)):
            return "spelling", round(nearness(joined_a, joined_b), 3)
        return ("spelling", 1.0) if joined_a == joined_b else None
    if joined_a == joined_b:
        return "spelling", 1.0
    if skeleton(joined_a) != skeleton(joined_b):
        return None
    near = nearness(joined_a, joined_b)
    return ("spelling and spacing", round(near, 3)) if near >= least else None


def same_name(a: str, b: str) -> bool:
    """Whether two names as they are written may be spellings of one name, by their letters alone.

    >>> same_name("غورباتشوف", "جورباتشوف"), same_name("عبد الله صالح", "عبدالله صالح"), same_name("محمد", "محمود")
    (True, True, False)
    """
    return spelled_alike(parts(tuple(words(a).norm)), parts(tuple(words(b).norm)), RELATE.entity_nearness) is not None


def _both(a: _Form, b: _Form) -> str:
    return f"{a.mentions[0].text} = {b.mentions[0].text}"


def _holds(a: _Form, b: _Form) -> bool:
    """Whether the shorter name's parts stand in the longer in order, beginning with its first or ending with its last."""
    less, more = sorted((a.parts, b.parts), key=len)
    near = RELATE.entity_nearness
    if not (same_word(less[0], more[0], near) or same_word(less[-1], more[-1], near)):
        return False
    rest = iter(more)
    return all(any(same_word(part, other, near) for other in rest) for part in less)


# ---------------------------------------------------------------------------------------------------- names of one part


def _attach_short(clusters: list[Cluster], single: list[_Form]) -> list[Mention]:
    """Give each mention by one word to the person whose full name ends in it; what fits nobody, or several, is handed back."""
    by_skeleton: dict[str, set[tuple[str, int, bool]]] = defaultdict(set)
    for number, cluster in enumerate(clusters):
        for mention in cluster.mentions:
            named = parts(mention.words)
            for part in named:
                by_skeleton[skeleton(part)].add((part, number, part == named[-1]))
    places = [_Places(cluster) for cluster in clusters]
    loose: list[Mention] = []
    for form in single:
        word = form.parts[0] if form.parts else ""
        near = [
            (number, last) for part, number, last in sorted(by_skeleton.get(skeleton(word), ()))
            if same_word(word, part, RELATE.entity_nearness_family)
        ]  # fmt: skip
        family = {number for number, last in near if last}
        given = {number for number, _ in near} - family
        joined: Counter[int] = Counter()
        for mention in form.mentions:
            home = _home(mention, word, family, given, places)
            if home is None:
                loose.append(mention)
            else:
                clusters[home].mentions.append(mention)
                joined[home] += 1
        for home in sorted(joined):
            full = clusters[home].mentions[0].text
            certainty = round(1 / max(1, len(family)), 3)
            clusters[home].reasons.append(Reason("family name alone", certainty, f"{form.mentions[0].text} = {full}"))
    return loose


class _Places:
    """Where a person's full name stands (article -> the first offset), how often, and beside which titles."""

    def __init__(self, cluster: Cluster) -> None:
        self.first: dict[str, int] = {}
        self.size = len(cluster.mentions)
        self.roles = frozenset(w for m in cluster.mentions for w in m.role_words)
        for mention in cluster.mentions:
            at = self.first.get(mention.span.article_id, mention.span.start)
            self.first[mention.span.article_id] = min(at, mention.span.start)


def _home(mention: Mention, word: str, family: set[int], given: set[int], places: list[_Places]) -> int | None:
    """The person whom one word means: the one of that family name in the report, else in the story; given names in the report."""
    article = mention.span.article_id
    here = [n for n in sorted(family) if article in places[n].first]
    if len(here) == 1:
        return here[0]
    if here:  # the one named in full last before it
        before = [n for n in here if places[n].first[article] < mention.span.start]
        return max(before, key=lambda n: (places[n].first[article], n)) if before else None
    if is_native(word) and not word.startswith("ال"):
        family = set()
    if len(family) == 1:
        return next(iter(family))
    if family:
        return _standing_out(mention, family, places)
    here = [n for n in sorted(given) if article in places[n].first and places[n].first[article] < mention.span.start]
    return here[0] if len(here) == 1 else None


def _standing_out(mention: Mention, family: set[int], places: list[_Places]) -> int | None:
    """Of several persons of one family name the only one of that role, else the one who is named far more often."""
    role = frozenset(mention.role_words)
    fitting = [n for n in sorted(family) if role and role <= places[n].roles]
    if len(fitting) == 1:
        return fitting[0]
    most = max(sorted(family), key=lambda n: places[n].size)
    others = sum(places[n].size for n in family) - places[most].size
    return most if places[most].size >= RELATE.person_dominance * others else None


def _join_loose(mentions: list[Mention]) -> list[Cluster]:
    """Persons who are never named in full: one for each spelling, near spellings joined."""
    loose = list(forms(mentions).items())
    joins = Joins(len(loose))
    blocks: dict[str, list[int]] = defaultdict(list)
    for number, (spelled, _) in enumerate(loose):
        blocks[skeleton("".join(spelled))].append(number)
    for key in sorted(blocks):
        for a, b in pairs(blocks[key]):
            one, other = "".join(loose[a][0]), "".join(loose[b][0])
            if same_word(one, other, RELATE.entity_nearness_family):
                detail = f"{loose[a][1][0].text} = {loose[b][1][0].text}"
                joins.join(a, b, Reason("spelling", round(nearness(one, other), 3), detail))
    return [
        Cluster([m for i in members for m in loose[i][1]], joins.reasons.get(root, [])) for root, members in joins.sets().items()
    ]
