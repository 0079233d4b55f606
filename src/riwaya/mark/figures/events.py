"""What happened to those counted: the words of killing, wounding, arresting before or after a figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.cardinals import number_word
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import figures as lexicon
from riwaya.arabic.phrases import Phrases
from riwaya.arabic.words import NUMBER, PUNCTUATION, Words
from riwaya.mark.figures.nouns import DUALS, SOLDIER, THING, Counted, category, is_person, lemma, noun_kind
from riwaya.settings.mark import MARK

_ONLY_OF_PEOPLE = frozenset(lexicon.ONLY_OF_PEOPLE)
_AMOUNTS = frozenset(lexicon.AMOUNTS)
_TOTALS = frozenset(lexicon.TOTALS)
_PARTS = frozenset(lexicon.PARTS)
OF_THEM = frozenset(("منهم", "منهن", "منهما", "منها"))  # after a number: some of those counted before
_HOSPITAL = frozenset(lexicon.HOSPITAL)
_LEAVING = frozenset(lexicon.LEAVING_HOSPITAL)
_BRINGING = frozenset(lexicon.BRINGING)
_STOPS = frozenset(".؟!?؛;:")
_CLAUSE_OPENERS = frozenset(
    ("ان", "بان", "وان", "لان", "انه", "انها", "بانه", "الذي", "التي", "الذين", "بينما", "فيما", "هناك", "فهناك", "وهناك")
)
_TO = "الي"
_STRENGTH = frozenset(("قوام", "قوامها", "قوامه"))  # a force's strength, also with no noun after the number
_RELEASE = "سبيل"
_THEIR_DEATH = frozenset(("مصرعهم", "حتفهم", "مصرعهما", "حتفهما", "مصرعهن", "حتفهن"))
_ONLY_BESIDE = frozenset(lexicon.ONLY_BESIDE)
_FORCES = frozenset(("قوات", "قوه", "كتيبه"))  # who does it, where the number does not follow: اعتقلت قوات الجيش 7 أشخاص
_FARTHEST = 40  # tokens looked at before a number, times and punctuation among them
_NEAR = 1  # words between an event and a number that it still governs whatever is counted: مقتل نحو 7, القبض على 7
_BARE = 2  # the same for a number with no noun: اصيب في الحادث 20
_PREDICATE = 5  # words after the counted phrase in which its verb stands: 100 شخص اعتقلوا
_DOING = frozenset(("قتلوا", "جرحوا", "اصابوا", "اعتقلوا", "احتجزوا", "اوقفوا"))  # of those who do it, or to whom it is done
_WITH_WOUNDS = frozenset(("لاصابات", "باصابات", "لاصابه", "بجروح", "لجروح", "بجراح"))  # تعرض 13 آخرون لإصابات
_SUBJECTS = frozenset(("مصابون", "مفقودون", "معتقلون", "محتجزون", "نازحون"))  # nouns that end like verbs of several
_BOUNDS = frozenset(("نحو", "حوالي", "قرابه", "زهاء", "اكثر", "اقل", "ما"))  # with which a number begins: نحو 15, ما لا يقل عن 5
_COMMAS = frozenset("،,")
_ASIDES = frozenset(("غالبيتهم", "معظمهم", "اغلبهم", "اغلبيتهم", "بينهم", "جميعهم", "كلهم", "بعضهم", "نصفهم"))
_ASIDE_REACH = 9  # words of an aside
_BOUND_REACH = 5  # words that a bound and its number take
_SUFFERED = frozenset(("قتل", "توفي", "مات"))  # said of one; قواته قتلت وأصابت نحو مئة is of those who do it
_ORGANIZING = frozenset(lexicon.ORGANIZING)
_PROTESTS = frozenset(lexicon.PROTESTS)
_PROTEST_REACH = 8  # words from the counted phrase to what they hold: العشرات من موظفي المجلس وقفة احتجاجية
_MIXED: Phrases[str] = Phrases(dict.fromkeys(lexicon.MIXED, "mixed"))
_UNTIL_NOW: Phrases[str] = Phrases(dict.fromkeys(lexicon.UNTIL_NOW, "until now"), clitics=False)


@lru_cache(maxsize=1 << 15)
def event(norm: str) -> tuple[str, str] | None:
    """(word without proclitics, kind) of a word of happening; None for any other word.

    >>> event("وبمقتل"), event("القتلي")
    (('مقتل', 'killed'), ('قتلي', 'killed'))
    """
    for cut in cuts(norm):
        for word in (cut.rest, cut.rest[2:] if cut.rest.startswith("ال") else ""):
            if word in lexicon.EVENTS:
                return word, lexicon.EVENTS[word]
    if norm[:2] in ("سي", "ست") and norm[1:] in lexicon.EVENTS:  # سيشارك
        return norm[1:], lexicon.EVENTS[norm[1:]]
    noun = lemma(norm)
    return (noun, lexicon.EVENTS[noun]) if noun in lexicon.EVENTS else None


@lru_cache(maxsize=1 << 15)
def any_cut(norm: str, group: frozenset[str]) -> bool:
    """Whether the word, or it without its proclitics, is one of the group."""
    return any(cut.rest in group for cut in cuts(norm))


@dataclass(frozen=True, slots=True)
class Ground:
    """The tokens that may say what happened: from `floor` (sentence or figure before) to `ceiling`, both in one sentence."""

    words: Words
    floor: int
    ceiling: int
    times: frozenset[int]  # tokens of time expressions, which do not count as distance


@dataclass(frozen=True, slots=True)
class Event:
    """An event found: its token, kind, and the words between it and the number."""

    token: int
    kind: str
    distance: int
    amount: bool  # a word such as بلغ, عدد stands between
    first: int = 0  # the same token, or the first of two joined: مقتل وإصابة


def before(ground: Ground, first: int, *, reach: int | None = None, joined: bool = False) -> Event | None:
    """The nearest event before a number that begins at token `first`, in its clause.

    Args:
        ground: what may say so.
        first: the number's first token, its bounds included.
        reach: words that may stand between, if not as set.
        joined: whether و is fused to the number, which then is no object of the verb beside it.
    """
    words, anaphoric, reach = ground.words, reach is not None, reach or MARK.figure_event_reach
    distance, amount = 0, False
    low = max(ground.floor, first - _FARTHEST)
    for token in range(first - 1, low - 1, -1):
        norm = words.norm[token]
        if norm in _STOPS or norm in _CLAUSE_OPENERS or distance >= reach:
            return None
        if token in ground.times or words.kind[token] == PUNCTUATION:
            continue
        found = event(norm)
        if found and token + 1 < first and words.norm[token + 1] == _RELEASE:  # إخلاء سبيل 12 متهما
            return None
        if found and norm.endswith("وا") and (distance or joined):  # "... قتلوا ومئات جرحوا": the verb has had its subject
            return None
        if found and token > low and any_cut(words.norm[token - 1], _AMOUNTS):  # بلغ عدد القتلى في المدينة 47
            amount = True
        if found and distance > _BARE and not amount and not anaphoric and category(norm):  # of others than these
            found = None
        forces = found is not None and found[0] in _FORCES and (distance > 0 or "ال" in norm[:3])
        if found and not (distance and found[0] in _ONLY_BESIDE) and not forces:
            pair = _joined_event(words, token, ground.floor, found[1]) if norm.startswith("و") else None
            amount = amount or any_cut(norm, _AMOUNTS)
            marching = found[0] in _STRENGTH and any(_protest(words.norm[t]) for t in range(max(low, token - _PREDICATE), token))
            kind = "mixed" if pair is not None else "participants" if marching else found[1]
            return Event(token, kind, distance, amount, token if pair is None else pair)
        amount = amount or any_cut(norm, _AMOUNTS)
        distance += 1
    return None


def _joined_event(words: Words, token: int, floor: int, kind: str) -> int | None:
    """The token before, where it is an event of another kind that has the same figure: مقتل وإصابة العشرات."""
    before = words.norm[token - 1] if token > floor else ""
    if not before or before.endswith(("وا", "هم", "هما")) or category(before):  # لقوا مصرعهم وأصيب 5, سقط قتيل وأصيب 5
        return None
    suffered = before in _SUFFERED and token - 2 >= floor
    if suffered and is_person(category(words.norm[token - 2])):  # إن شخصا قتل وأصيب اثنان
        return None
    other = event(before)
    return token - 1 if other and {other[1], kind} == {"killed", "injured"} else None


def governs(found: Event, counted: Counted | None, words: Words, *, crowd: bool) -> bool:
    """Whether an event before a number says what the number counts."""
    word = event(words.norm[found.token])
    weak = word is not None and word[0] in _ONLY_OF_PEOPLE
    if counted is None and found.kind == "troops":
        return word is not None and word[0] in _STRENGTH
    if counted is None and weak:
        return crowd or (found.kind in ("arrested", "injured") and found.distance == 0)
    if counted is None:
        return crowd or found.distance <= _NEAR or found.amount or found.distance <= _BARE
    if counted.category == THING:
        return False
    if found.kind == "troops":
        return counted.category == SOLDIER
    if weak and crowd and not counted.category and found.kind == "participants":  # شارك فيها عشرات من المجتمع المدني
        return True
    if weak or found.distance > _NEAR:
        return is_person(counted.category)
    return True


def after(ground: Ground, last: int) -> str | None:
    """The kind that a plural verb after the counted phrase gives: "... شخص اعتقلوا"; "mixed" for بين قتيل وجريح."""
    words = ground.words
    last = _past_aside(ground, last)
    left = _PREDICATE
    for token in range(last, min(ground.ceiling, last + 2 * _PREDICATE)):
        norm = words.norm[token]
        if words.kind[token] == PUNCTUATION:
            if norm not in "\"“”«»":
                return None
            continue
        left -= 1
        if left < 0:
            return None
        if _MIXED.match_at(words, token):
            return "mixed"
        found = event(norm)
        if norm in _WITH_WOUNDS:
            return "injured"
        if found and (norm.endswith(("وا", "ون")) or norm in _THEIR_DEATH) and norm not in _SUBJECTS:
            return None if found[0] in _DOING and _has_object(ground, token + 1) else found[1]
        if norm in lexicon.DUAL_VERBS:
            return lexicon.DUAL_VERBS[norm]
        befallen = _befallen(norm)
        if befallen:
            return befallen
        if norm[:1] == "و" and event(norm[1:]):
            return None
    return None


def _past_aside(ground: Ground, last: int) -> int:
    """The token after an aside on those counted: عشرة مدنيين، غالبيتهم نساء، قتلوا; the same token where there is none."""
    words = ground.words
    at = last + (last < ground.ceiling and words.norm[last] in _COMMAS)
    if at >= ground.ceiling or not any_cut(words.norm[at], _ASIDES):
        return last
    near = range(at + 1, min(ground.ceiling, at + _ASIDE_REACH))
    return next((t + 1 for t in near if words.norm[t] in _COMMAS), last)


def _has_object(ground: Ground, token: int) -> bool:
    """Whether a verb is of those who do it, since whom they do it to follows: مسلحون احتجزوا نحو 15 موظفا, قتلوا حارسا."""
    words = ground.words
    while token < ground.ceiling and token in ground.times:
        token += 1
    if token >= ground.ceiling or words.kind[token] == PUNCTUATION:
        return False
    norm = words.norm[token]
    if words.kind[token] == NUMBER or norm in DUALS or is_person(category(norm)):
        return True
    near = range(token, min(ground.ceiling, token + _BOUND_REACH) if norm in _BOUNDS else token + 1)
    return any(words.kind[t] == NUMBER or ((word := number_word(words.norm[t])) and not word.prefix) for t in near)


@lru_cache(maxsize=1 << 14)
def _protest(norm: str) -> bool:
    return any_cut(norm, _PROTESTS) or any(cut.rest.removeprefix("ال") in _PROTESTS for cut in cuts(norm))


def organized(ground: Ground, first: int, last: int) -> bool:
    """Whether those counted hold a protest: نظم العشرات من الموظفين وقفة احتجاجية, أعلن الآلاف العصيان المدني."""
    words = ground.words
    reach = range(last, min(ground.ceiling, last + _PROTEST_REACH))
    held = next((t for t in reach if _protest(words.norm[t])), None)
    if held is None or any(words.norm[t] in _STOPS for t in range(last, held)):
        return False
    near = (*range(max(ground.floor, first - 2), first), *range(last, held))
    return any(any_cut(words.norm[t], _ORGANIZING) for t in near)


def of_both(ground: Ground, counted: Counted | None, last: int) -> bool:
    """Whether the number is of dead and injured together: آلاف الضحايا بين قتيل وجريح, عشرات القتلى والجرحى."""
    words = ground.words
    if any(_MIXED.match_at(words, t) for t in range(last, min(ground.ceiling, last + 2))):
        return True
    if counted is None or counted.kind not in ("killed", "injured") or last >= ground.ceiling:
        return False
    norm = words.norm[last]
    if norm == "و" and last + 1 < ground.ceiling:
        norm = "و" + words.norm[last + 1]
    return norm[:1] == "و" and {noun_kind(norm[1:]), counted.kind} == {"killed", "injured"}


@lru_cache(maxsize=1 << 14)
def _befallen(norm: str) -> str | None:
    """The kind of an event with the pronoun of those counted: شخصا تم إيقافهم, جرت إصابتهم."""
    if not norm.endswith("هم") or norm[0] in "وب":
        return None
    base = norm[:-2]
    return lexicon.EVENTS.get(base[:-1] + "ه" if base.endswith("ت") else base)


def hospital(ground: Ground, first: int, last: int) -> str | None:
    """hospitalised or discharged, where a hospital stands right after the counted phrase and the verb fits."""
    words = ground.words
    near = range(last, min(ground.ceiling, last + 3))
    at = next((t for t in near if any_cut(words.norm[t], _HOSPITAL)), None)
    if at is None or any(words.kind[t] == PUNCTUATION for t in range(last, at)):
        return None
    left = range(max(ground.floor, first - MARK.figure_event_reach), first)
    around = [words.norm[t] for t in (*left, *range(last, at))]
    if any(any_cut(norm, _LEAVING) for norm in around):
        return "discharged"
    if words.norm[last] == _TO or any(any_cut(norm, _BRINGING) for norm in around):
        return "hospitalised"
    return None


def has_amount(ground: Ground, first: int) -> bool:
    """Whether a word of amount (عدد، بلغ) stands close before a number with no noun."""
    near = range(max(ground.floor, first - 3), first)
    return any(any_cut(ground.words.norm[t], _AMOUNTS) for t in near)


def amount_noun(ground: Ground, first: int) -> tuple[int, int] | None:
    """The tokens between عدد and the number's verb that say what is counted: عدد شهداء المدينة بلغ 47."""
    words = ground.words
    for token in range(first - 1, max(ground.floor, first - MARK.figure_event_reach) - 1, -1):
        if any_cut(words.norm[token], _TOTALS):
            nouns = [t for t in range(token + 1, first) if t not in ground.times and category(words.norm[t])]
            if nouns:
                return nouns[0], nouns[0] + 1
    return None


def is_part(ground: Ground, first: int, last: int, *, alone: bool) -> bool:
    """Whether بينهم stands before the figure, or منهم after a number with no noun (`alone`)."""
    words = ground.words
    left = any(any_cut(words.norm[t], _PARTS) for t in range(max(ground.floor, first - 3), first))
    return left or (alone and last < ground.ceiling and words.norm[last] in OF_THEM)


def is_total(ground: Ground, first: int, last: int, *, toll: bool) -> bool:
    """Whether إجمالي، حصيلة، عدد stand before the figure, or حتى الآن beside one of what happened to people (`toll`)."""
    words = ground.words
    reach = MARK.figure_event_reach
    left = range(max(ground.floor, first - reach), first)
    # A word right before the number introduces it ("ضبط عدد 10 قضايا") and says nothing of a whole.
    if any(any_cut(words.norm[t], _TOTALS) or _plain_total(words.norm[t]) for t in left[:-1]):
        return True
    around = (*left, *range(last, min(ground.ceiling, last + reach))) if toll else ()
    return any(_UNTIL_NOW.match_at(words, t) for t in around)


def _plain_total(norm: str) -> bool:
    return norm.startswith("ال") and norm[2:] in _TOTALS
