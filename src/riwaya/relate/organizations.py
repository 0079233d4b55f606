"""Joining the mentions of organizations: short forms to long ones, organs of different states apart, forces by their master."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from riwaya.arabic import gazetteer
from riwaya.arabic.clitics import bare
from riwaya.arabic.lexicon import outlets
from riwaya.arabic.lexicon.affiliations import ALIASES, BELONGING, GENERIC, HEAD_CLASSES, INTERNATIONAL, OF_ANOTHER, STATE_HEADS
from riwaya.arabic.lexicon.organizations import HEADS
from riwaya.arabic.spelling import same_word, skeleton
from riwaya.arabic.words import iter_norms
from riwaya.model import Reason
from riwaya.relate.mentions import Cluster, Countries, Joins, Mention, is_punctuation, pairs
from riwaya.settings.relate import RELATE

_STATE = frozenset(STATE_HEADS)
_BELONGING = frozenset(BELONGING)
_GENERIC = frozenset(GENERIC)
_OF_ANOTHER = frozenset(OF_ANOTHER)
_INTERNATIONAL = frozenset(INTERNATIONAL)
_IN = frozenset(("في", "ب"))
FORCES = "قوات"
OUTLET = "@outlet"
_AGENCY = "وكاله"
_LONGEST_MASTER = 6  # words after التابعة that are tried as a name


@dataclass(frozen=True, slots=True)
class Normal:
    """An organization's name as it is compared: the class of its head ("" without one), the other words, the country in it."""

    head: str
    rest: tuple[str, ...]
    country: str | None

    @property
    def name(self) -> tuple[str, tuple[str, ...]]:
        """Head and rest."""
        return self.head, self.rest


@lru_cache(maxsize=1 << 14)
def normal(words: tuple[str, ...]) -> Normal:
    """The form in which an organization's name is compared.

    >>> normal(("الخدمه", "الصحفيه", "للرييس", "الكازاخستاني")) == normal(("المكتب", "الصحفي", "لرييس", "كازاخستان"))
    True
    """
    if canonical := _outlet(words):
        return Normal(OUTLET, _stems(tuple(iter_norms(canonical))), None)
    alias = ALIASES.get(" ".join(words))
    if alias is not None:
        words = tuple(iter_norms(alias))
    left, country = _without_country(words)
    for size in (2, 1):
        head = HEAD_CLASSES.get(" ".join(left[:size]))
        if head is not None and len(left) >= size:
            kind, _, implied = head.partition(" + ")
            return Normal(kind, (*((implied,) if implied else ()), *_stems(left[size:])), country)
    if left and left[0] in HEADS and (len(left) > 1 or left[0] in _STATE):
        return Normal(bare(left[0]), _stems(left[1:]), country)
    return Normal("", _stems(left), country)


def _outlet(words: tuple[str, ...]) -> str | None:
    """The name under which an outlet or agency is counted."""
    for phrase in (" ".join(words), " ".join(words[1:]) if words and words[0].removeprefix("ال") in _GENERIC else ""):
        found = outlets.AGENCIES.get(phrase) or outlets.OUTLETS.get(phrase)
        if found:
            return found
    return None


def _without_country(words: tuple[str, ...]) -> tuple[tuple[str, ...], str | None]:
    """The words but for those that name a country, and that country; a name that is nothing but a country keeps its words."""
    kept: list[str] = []
    country = None
    at = 0
    while at < len(words):
        pair = gazetteer.lookup(" ".join(words[at : at + 2])) if at + 1 < len(words) else ()
        if at and pair and pair[0].kind == "country":
            country, at = pair[0].country, at + 2
            continue
        word = words[at]
        found = gazetteer.lookup_word(word) if at else None
        if at and (iso := gazetteer.nationality(word)):
            country = country or iso
        elif found and not found.ambiguous and found.candidates[0].kind == "country":
            country = country or found.candidates[0].country
        else:
            kept.append(word)
        at += 1
    if kept and kept[-1] in _IN:
        kept.pop()
    return (tuple(kept), country) if kept else (words, None)


def _stems(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without article and preposition; what only says that one belongs to another is left out."""
    found = []
    for word in words:
        stem = bare(word)
        if stem == word and word.startswith("ل") and len(word) > 4:  # noqa: PLR2004 - ل and a root: لرئيس
            stem = word[1:]
        if word not in _BELONGING:
            found.append(stem)
    return tuple(found)


# ------------------------------------------------------------------------------------------------------------- joining


@dataclass(slots=True)
class _Group:
    """Mentions of one normal form and one country."""

    form: Normal
    mentions: list[Mention]

    def articles(self) -> set[str]:
        return {m.span.article_id for m in self.mentions}


def group(mentions: Sequence[Mention], countries: Countries) -> list[Cluster]:
    """The organizations of a story."""
    by_form: dict[tuple[str, tuple[str, ...], str], list[Mention]] = defaultdict(list)
    for mention, form in _with_countries(mentions, countries):
        by_form[(form.head, form.rest, form.country or "")].append(mention)
    groups = [_Group(Normal(head, rest, country or None), found) for (head, rest, country), found in sorted(by_form.items())]
    joins = Joins(len(groups))
    _join_bare(groups, joins)
    _join_brackets(groups, joins)
    _join_spellings(groups, joins)
    _join_shorter(groups, joins)
    _join_headless(groups, joins)
    _join_forces(groups, joins)
    sets = joins.sets().items()
    return [Cluster([m for i in members for m in groups[i].mentions], joins.reasons.get(root, [])) for root, members in sets]


def _with_countries(mentions: Sequence[Mention], countries: Countries) -> list[tuple[Mention, Normal]]:
    """Each mention with its normal form; an organ of a state gets the country that its name, its words or its report speak of."""
    last: dict[tuple[str, str, tuple[str, ...]], tuple[int, str]] = {}  # article, name -> where last said in full, and whose
    found = []
    for mention in sorted(mentions, key=lambda m: m.span):
        form = normal(mention.words)
        key = (mention.span.article_id, *form.name)
        country = form.country or _country_after(mention)
        if country:
            last[key] = (mention.sentence, country)
        elif form.head in _STATE and not _INTERNATIONAL & set(form.rest):
            sentence, said = last.get(key, (-RELATE.organ_memory - 1, ""))
            near = mention.sentence - sentence <= RELATE.organ_memory
            country = said if near else countries.main(mention.span.article_id) or countries.main()
        found.append((mention, Normal(form.head, form.rest, country if form.head in _STATE else form.country or country)))
    return found


def _country_after(mention: Mention) -> str | None:
    """The country that stands right after a name: وزارة الداخلية في كازاخستان، وزارة الدفاع الروسية."""
    after = mention.after
    if not after:
        return None
    if iso := gazetteer.nationality(after[0]):
        return iso if after[0].startswith("ال") else None
    at = 1 if after[0] in _IN or after[0] in _BELONGING else 0
    if at >= len(after):
        return None
    if not at and not after[0].startswith(("ب", "ل")):
        return None
    place = gazetteer.lookup_word(after[at])
    return place.candidates[0].country if place and not place.ambiguous and place.candidates[0].kind == "country" else None


def _detail(a: _Group, b: _Group) -> str:
    return f"{a.mentions[0].text} = {b.mentions[0].text}"


def _join_bare(groups: list[_Group], joins: Joins) -> None:
    """A name that says no country is the only organization of that name that the story has."""
    named: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for number, one in enumerate(groups):
        named[one.form.name].append(number)
    for numbers in named.values():
        bare_ones = [n for n in numbers if groups[n].form.country is None]
        others = [n for n in numbers if groups[n].form.country is not None]
        if bare_ones and len(others) == 1:
            detail = _detail(groups[bare_ones[0]], groups[others[0]])
            joins.join(bare_ones[0], others[0], Reason("the only one of that name", 0.8, detail))


def _join_brackets(groups: list[_Group], joins: Joins) -> None:
    """A short name in brackets after a name is the same: منظمة معاهدة الأمن الجماعي (CSTO), الهيكل التابع للمنظمة (RATS).

    It must be all that the brackets hold; an Arabic one must be a single word and stand right after the name.
    """
    found = sorted(((m.span, number, m) for number, one in enumerate(groups) for m in one.mentions), key=lambda x: x[0])
    for (before, a, _), (after, b, short) in pairwise(found):
        gap = after.start - before.end
        if before.article_id != after.article_id or short.before[-1:] != ("(",) or short.after[:1] != (")",):
            continue
        if groups[b].form.head == OUTLET and groups[a].form.head not in (OUTLET, _AGENCY):
            continue  # the agency of a dateline: في بيروت (رويترز)
        latin = short.text.isascii() and gap <= RELATE.bracket_distance
        if latin or (len(short.words) == 1 and gap <= len(" (")):
            joins.join(a, b, Reason("in brackets beside it", 0.95, _detail(groups[a], groups[b])))


def _join_spellings(groups: list[_Group], joins: Joins) -> None:
    """The same words, spelled nearly alike."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(groups):
        blocks[(one.form.head, skeleton("".join(one.form.rest)))].append(number)
    for key in sorted(blocks):
        for a, b in pairs(blocks[key]):
            x, y = groups[a].form, groups[b].form
            alike = len(x.rest) == len(y.rest) and x.rest != y.rest and key[1] and _same_state(x, y)
            if alike and all(same_word(p, q, RELATE.organization_nearness) for p, q in zip(x.rest, y.rest, strict=True)):
                joins.join(a, b, Reason("spelling", 0.9, _detail(groups[a], groups[b])))


def _same_state(a: Normal, b: Normal) -> bool:
    return a.country == b.country or a.country is None or b.country is None


def _join_shorter(groups: list[_Group], joins: Joins) -> None:
    """A name is the longer one that begins with all of it, where the story has one such: منظمة شنغهاي, منظمة شنغهاي للتعاون.

    Not where the longer one is an organ named after another organization: مجلس الأمن is not مجلس [منظمة معاهدة] الأمن الجماعي.
    """
    ends: dict[tuple[str, ...], set[str]] = defaultdict(set)  # last words -> heads of names that end in them
    by_head: dict[str, list[int]] = defaultdict(list)
    by_first: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, one in enumerate(groups):
        by_head[one.form.head].append(number)
        for size in (2, 3):
            if one.form.head and len(one.form.rest) >= size:
                ends[one.form.rest[-size:]].add(one.form.head)
        if one.form.rest:
            by_first[(one.form.head, one.form.rest[0])].append(number)
    for number, one in enumerate(groups):
        rest = one.form.rest
        if not rest or not one.form.head or one.form.head == OUTLET:
            continue
        longer = [
            n for n in by_first[(one.form.head, rest[0])]
            if len(groups[n].form.rest) > len(rest) and groups[n].form.rest[: len(rest)] == rest
            and _same_state(groups[n].form, one.form) and not len(ends[groups[n].form.rest[-2:]]) > 1
        ]  # fmt: skip
        _join_only(number, longer, groups, joins, "shorter form")


class _Words:
    """Which names hold a word: an index for finding the longer name of which some words are a part."""

    def __init__(self, groups: list[_Group]) -> None:
        self._groups = groups
        self._holding: dict[str, set[int]] = defaultdict(set)
        for number, one in enumerate(groups):
            for word in one.form.rest:
                self._holding[word].add(number)

    def longer(self, rest: tuple[str, ...], country: str | None) -> list[int]:
        """The names in which these words stand side by side, but for offices and forces, which only belong to what they name."""
        asked = Normal("", rest, country)
        found = sorted(set.intersection(*(self._holding.get(w, set()) for w in rest))) if rest else []
        return [n for n in found if _within(rest, self._groups[n].form) and _same_state(self._groups[n].form, asked)]


def _within(rest: tuple[str, ...], longer: Normal) -> bool:
    """Whether words stand side by side in a longer name that has a head or other words."""
    size = len(rest)
    if longer.head in _OF_ANOTHER or len(longer.rest) < size or (len(longer.rest) == size and not longer.head):
        return False
    return any(longer.rest[i : i + size] == rest for i in range(len(longer.rest) - size + 1))


def _join_headless(groups: list[_Group], joins: Joins) -> None:
    """Words that are part of one longer name: «الأمن الجماعي», معاهدة الأمن. Of several the one that is named far more often."""
    index = _Words(groups)
    for number, one in enumerate(groups):
        if not one.form.head and one.form.rest:
            longer = [n for n in index.longer(one.form.rest, one.form.country) if n != number]
            _join_only(number, longer, groups, joins, "part of a longer name")


def _join_only(number: int, longer: list[int], groups: list[_Group], joins: Joins, why: str) -> None:
    """Join to the one of the longer names that is meant, if it is clear which."""
    longer = [n for n in longer if joins.root(n) != joins.root(number)]
    home, share = _meant(longer, groups[number].articles(), groups, joins)
    if home is not None:
        joins.join(number, home, Reason(why, share, _detail(groups[number], groups[home])))


def _meant(longer: list[int], articles: set[str], groups: list[_Group], joins: Joins) -> tuple[int | None, float]:
    """Of several organizations the only one, else the one that stands out in the story, else the only one in these reports.

    Returns it (a group's number) and its share of all mentions of the several.
    """
    counts: Counter[int] = Counter()
    here: set[int] = set()
    for n in longer:
        counts[joins.root(n)] += len(groups[n].mentions)
        if articles & groups[n].articles():
            here.add(joins.root(n))
    if not counts:
        return None, 0.0
    home = min(counts, key=lambda n: (-counts[n], n))
    if len(counts) > 1 and counts[home] < RELATE.organization_dominance * (counts.total() - counts[home]):
        if len(here) != 1:
            return None, 0.0
        home = next(iter(here))
    return home, round(counts[home] / counts.total(), 3)


def _join_forces(groups: list[_Group], joins: Joins) -> None:
    """Forces are one with the other forces of their master: قوات حفظ السلام التابعة لمنظمة س = قوات منظمة س = قوات «س»."""
    index = _Words(groups)
    names: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for number, one in enumerate(groups):
        names[one.form.name].append(number)
    of: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(groups):
        if one.form.head != FORCES:
            continue
        for own in _masters(one):
            found = names.get(own.name) or index.longer(own.rest, None)
            master, _ = _meant([n for n in found if groups[n].form.head != FORCES], one.articles(), groups, joins)
            if master is not None:
                of[joins.root(master)].append(number)
                break
    for master, numbers in sorted(of.items()):
        for a, b in pairwise(sorted(numbers)):
            joins.join(a, b, Reason("forces of " + groups[master].mentions[0].text, 0.85, _detail(groups[a], groups[b])))


def _masters(forces: _Group) -> list[Normal]:
    """The names of what forces may belong to: the rest of their own name, and what stands after التابعة, the longest first."""
    found = [normal(forces.form.rest)] if forces.form.rest else []
    for mention in forces.mentions:
        after = mention.after
        if len(after) > 1 and after[0] in _BELONGING and after[1].startswith("ل"):
            words = ("ا" + after[1][1:] if after[1].startswith("لل") else after[1][1:], *after[2:])
            stop = next((i for i, w in enumerate(words) if is_punctuation(w)), len(words))
            found += [normal(words[:size]) for size in range(min(stop, _LONGEST_MASTER), 0, -1)]
    return found
