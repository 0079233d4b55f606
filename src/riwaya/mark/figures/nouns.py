"""What a number counts: the noun phrase after it, its kind of thing, its currency or unit of measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from riwaya.arabic.cardinals import number_word
from riwaya.arabic.clitics import cuts
from riwaya.arabic.lexicon import figures as lexicon
from riwaya.arabic.numerals import Numeral
from riwaya.arabic.words import WORD, Words

PERSON, SOLDIER, THING, TIME_UNIT, NAMED_KIND = "person", "soldier", "thing", "time_unit", "named_kind"

_CLASSES: dict[str, str] = {
    **dict.fromkeys(lexicon.THINGS, THING),
    **dict.fromkeys(lexicon.PEOPLE, PERSON),
    **dict.fromkeys(lexicon.SOLDIERS, SOLDIER),
    **dict.fromkeys(lexicon.NOUNS, NAMED_KIND),
    **dict.fromkeys(lexicon.TIME_UNITS, TIME_UNIT),
}
_NOT_COUNTED = frozenset(lexicon.NOT_COUNTED)


def _dual(singular: str, ending: str) -> str:
    return (singular[:-1] + "ت" if singular.endswith("ه") else singular) + ending


DUALS: dict[str, str] = {
    **{_dual(noun, ending): "thing" for noun in lexicon.DUAL_THINGS for ending in ("ان", "ين")},
    **{_dual(noun, ending): "person" for noun in lexicon.DUAL_PEOPLE for ending in ("ان", "ين")},
    **{_dual(noun, "ان"): "person" for noun in lexicon.DUAL_NOMINATIVE},
    **lexicon.DUALS,
}
"""Two in one word (فيلمان, وزيرين): person, thing, or the kind that the noun alone makes the figure."""
_FROM = "من"
_LONGEST_TAIL = 3  # words of adjectives and genitives after the counted noun
_SHORTEST_ADJECTIVE = 4  # letters
_PLURAL_ENDINGS = ("ين", "ون", "ات")
_ADJECTIVE_ENDINGS = ("ي", "يه", "ين", "ون", "ات", "ه")
_SINGULAR = ("ا", "ه")  # endings of what a number from 11 on counts: فرعا, وثيقة
_PRONOUNS = ("ها", "هم", "هن", "نا", "ه")
_CASES = frozenset(("حاله", "حالات"))
_THEIRS = ("يه", "يها", "يهم")  # a plural with whose it is: من مرافقيه, من زملائها
_BROKEN = 5  # letters of the shortest of the broken plurals told by their shape: أفعال, مفاعل
_FUSED_VERBAL = ("لت", "لي", "بت", "لاست")  # لتشكيل, لينتهي, لاستقبال
_FUSED = ("بال", "لل", "كال", "فال", "وال", "ول", "وب")
_PARTICLE_LIKE = frozenset(lexicon.BEGIN_WITH_PARTICLE_LETTER)


@dataclass(frozen=True, slots=True)
class Counted:
    """The noun phrase: tokens [first:last), its class (person, soldier, thing, time_unit, named_kind or ""), and more.

    `kind` is what the noun alone makes the figure (قتيل: killed), "" if nothing. `partitive`: written with من. `part`: of a whole
    that a pronoun names (من أفرادها). `start` leaves a leading من out.
    """

    first: int
    last: int
    noun: str
    category: str
    kind: str = ""
    unit: str | None = None
    partitive: bool = False
    part: bool = False


BRACKETS = {")": "(", "»": "«", "”": "“", '"': '"'}  # closing -> opening, around a number: (18) فرعا, «1200» سجل


def past_bracket(words: Words, numeral: Numeral) -> int:
    """The token after a number, and after the bracket that closes around it alone."""
    at = numeral.last
    if at < len(words) and numeral.first and not words.newline[at] and words.norm[at] in BRACKETS:
        at += words.norm[numeral.first - 1] == BRACKETS[words.norm[at]]
    return at


@lru_cache(maxsize=1 << 15)
def lemma(norm: str) -> str | None:
    """The lexicon's form of a counted noun, without ال, the accusative, a pronoun, or the nominative plural; None if unknown.

    >>> lemma("الاشخاص"), lemma("جنديا"), lemma("مسلحون"), lemma("افرادها"), lemma("مقاتلي")
    ('اشخاص', 'جندي', 'مسلحين', 'افراد', 'مقاتلين')
    """
    base = norm[2:] if norm.startswith("ال") and norm not in _CLASSES else norm
    forms = [norm, base]
    if base.endswith("ا"):
        forms.append(base[:-1])
    if base.endswith("ون"):
        forms.append(base[:-2] + "ين")
    if base.endswith("ي"):
        forms.append(base + "ن")
    if base.endswith("ين"):
        forms.append(base[:-2])  # عاملين: عامل
    if base.endswith("ات"):
        forms += [base[:-2] + "ه", base[:-2]]  # ناشطات: ناشط
    if base == norm:  # no pronoun stands after ال: الشرطة has none
        forms.extend(base[: -len(p)] for p in _PRONOUNS if base.endswith(p) and len(base) > len(p) + 2)
    return next((f for f in forms if f in _CLASSES), None)


def category(norm: str) -> str:
    """The class of a counted noun: person, soldier, thing, time_unit, named_kind; "" if the lexicon has none."""
    found = lemma(norm)
    return _CLASSES[found] if found else ""


def noun_kind(norm: str) -> str:
    """What the noun alone makes a figure: القتلى -> killed; "" for most."""
    found = lemma(norm)
    return lexicon.NOUNS.get(found, "") if found else ""


def is_person(category: str) -> bool:
    """Whether a class of nouns is of people."""
    return category in (PERSON, SOLDIER, NAMED_KIND)


def _takes_singular(numeral: Numeral) -> bool:
    """Whether grammar asks for the accusative singular: after 11 to 99."""
    return numeral.high is not None and numeral.high % 100 > 10  # noqa: PLR2004


class Phrase:
    """Finds the counted noun phrase after a number."""

    def __init__(self, words: Words, stops: Callable[[int], bool]) -> None:
        self.words = words
        self.size = len(words)
        self.stops = stops  # whether a token cannot be part of one (a time expression, furniture)

    def usable(self, token: int) -> bool:
        """Whether a token is a word on the same line that may belong to a counted phrase."""
        words = self.words
        return (
            token < self.size
            and words.kind[token] == WORD
            and not words.newline[token]
            and words.norm[token] not in _NOT_COUNTED
            and not words.norm[token].isascii()
            and not self.stops(token)
        )

    def after(self, numeral: Numeral) -> Counted | None:
        """The phrase that this number counts, or None."""
        words, at = self.words, past_bracket(self.words, numeral)
        if at < self.size and words.norm[at] == _FROM and not words.newline[at]:
            return self._partitive(at + 1, numeral)
        if not self.usable(at):
            return None
        norm = words.norm[at]
        if norm.startswith("ال") and category(norm) != NAMED_KIND and not (numeral.vague or numeral.scaled or numeral.fraction):
            return None
        known = category(norm)
        if self._is_joined(norm) or (norm.endswith("وا") and not known) or (
            norm in lexicon.EVENTS and not noun_kind(norm) and known != SOLDIER
        ):
            return None
        verbal = at > numeral.last or (_takes_singular(numeral) and norm[0] in "يت")
        if not known and verbal and not norm.endswith((*_SINGULAR, "ات")):
            return None  # (1500) تزول, في الدقيقة 86 تقدم: a verb
        if norm in _CASES and self.usable(at + 1) and words.norm[at + 1] in lexicon.EVENTS:  # 11 حالة وفاة
            return Counted(at, at + 2, norm, NAMED_KIND, lexicon.EVENTS[words.norm[at + 1]])
        last = self._tail(at, definite=norm.startswith("ال"), possessed=False)
        return Counted(at, last, norm, known, noun_kind(norm))

    def _partitive(self, at: int, numeral: Numeral) -> Counted | None:
        """من and what follows: من أفرادها، من المدنيين ورجال الأمن."""
        if not self.usable(at) or number_word(self.words.norm[at]):
            return None
        norm = self.words.norm[at]
        known = category(norm)
        definite = norm.startswith("ال")
        pronoun = known and not definite and any(norm.endswith(p) for p in _PRONOUNS) and lemma(norm) != norm
        plural = (definite and norm.endswith(_PLURAL_ENDINGS)) or norm.endswith(_THEIRS)
        whole = numeral.vague and self.usable(at + 1) and self.words.norm[at + 1].startswith("ال")  # الآلاف من أنصار المعارضة
        construct = not numeral.vague and not definite and self._in_construct(at)
        if not (known or plural or whole or construct or numeral.percent or (numeral.vague and definite)) or known == TIME_UNIT:
            return None
        return Counted(at, self._tail(at, definite=definite, possessed=True), norm, known, noun_kind(norm),
                       partitive=True, part=bool(pronoun))

    def _in_construct(self, at: int) -> bool:
        """Whether a noun has a genitive: ستة من صناديق التحوط, سبعة من أبرز قادة الحزب."""
        norm, after = self.words.norm[at], at + 1
        if self._is_joined(norm) or norm in lexicon.EVENTS or not self.usable(after):
            return False
        following = self.words.norm[after]
        shape = len(norm) >= _BROKEN and (norm[2] == "ا" or (norm[0] == "ا" and norm[3] == "ا"))  # صناديق, أبراج
        return (following.startswith("ال") and (shape or norm.endswith(("ي", "ات")))) or is_person(category(following))

    @staticmethod
    @lru_cache(maxsize=1 << 14)
    def _is_joined(norm: str) -> bool:
        """Whether the word begins with a fused particle and so opens something else (وأصيب، بجروح)."""
        if norm in _PARTICLE_LIKE:
            return False
        if norm.startswith(_FUSED) or norm[0] == "و":
            return True
        if lemma(norm) is not None:
            return False
        if norm.startswith(_FUSED_VERBAL) or (norm[0] == "ب" and norm.endswith(_PRONOUNS[:2])):  # لتشكيل، لينتهي، بحوزتهم
            return True
        return any(cut.rest in lexicon.EVENTS or cut.rest in _NOT_COUNTED or lemma(cut.rest) for cut in cuts(norm)[1:])

    def _tail(self, head: int, *, definite: bool, possessed: bool) -> int:
        """The token after the noun's adjectives and genitives."""
        words, at = self.words, head + 1
        norm = words.norm[head]
        accusative = norm.endswith("ا") and not definite
        while at <= head + _LONGEST_TAIL and self.usable(at):
            word = words.norm[at]
            if word in lexicon.EVENTS or category(word) == TIME_UNIT or number_word(word):
                break  # الجرحى التسعة: the nine are another figure
            if accusative:
                fits = word.endswith("ا") and not word.endswith("وا") and len(word) >= _SHORTEST_ADJECTIVE
            elif definite or possessed:
                fits = at == head + 1 and not self._is_joined(word) and (
                    word.startswith("ال") or (possessed and word.endswith(_PRONOUNS)))
            else:
                fits = word.endswith(_ADJECTIVE_ENDINGS) and not word.startswith("ال") and not self._is_joined(word)
                fits = fits and len(word) >= _SHORTEST_ADJECTIVE and at == head + 1
                fits = fits and not (word[0] in "يت" and word.endswith("ون"))  # لصوص يقودون: a verb
            if not fits:
                break
            at += 1
        return self._among(at)

    def _among(self, at: int) -> int:
        """With من and the groups that are counted together: من المدنيين ورجال الأمن."""
        words = self.words
        if at + 1 < self.size and words.norm[at] == _FROM and self.usable(at + 1):
            norm = words.norm[at + 1]
            if norm.startswith("ال") and (is_person(category(norm)) or norm.endswith(_PLURAL_ENDINGS)):
                at += 2
                while self.usable(at) and words.norm[at].startswith("و") and category(words.norm[at][1:]) in (PERSON, SOLDIER):
                    at += 1
                    if self.usable(at) and words.norm[at].startswith("ال"):
                        at += 1
        return at


# ------------------------------------------------------------------------------------------------- money and measures

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₪": "ILS", "₺": "TRY"}
_SHARED: dict[str, dict[str, str]] = {
    "riyal": lexicon.RIYAL,
    "pound": lexicon.POUND,
    "dinar": lexicon.DINAR,
    "dirham": lexicon.DIRHAM,
    "lira": lexicon.LIRA,
    "rupee": lexicon.RUPEE,
    "franc": lexicon.FRANC,
    "krone": {},  # and what no word of a report tells apart: krones, pesos, shillings, and the hundredths of a currency
    "peso": {},
    "shilling": {},
    "minor": {},
}
_LONGEST_UNIT = 3  # words: كيلو متر مربع


def _plain(norm: str) -> str:
    return norm[2:] if norm.startswith("ال") else norm


def money(words: Words, numeral: Numeral) -> Counted | None:
    """The currency after a number or the sign beside it; `unit` is ISO 4217, None where the report leaves it open."""
    at, size = numeral.last, len(words)
    first = numeral.first
    for token in (at, first - 1):
        if 0 <= token < size and words.norm[token] in _SIGNS and not words.newline[max(token, first)]:
            return Counted(token, token + 1, words.norm[token], THING, "money", _SIGNS[words.norm[token]])
    at = past_bracket(words, numeral)
    partitive = at < size and words.norm[at] == _FROM
    at += partitive
    if at >= size or words.newline[at]:
        return None
    code = lexicon.CURRENCIES.get(_plain(words.norm[at]))
    if code is None:
        return None
    last = at + 1
    adjective = lexicon.CURRENCY_ADJECTIVES.get(_adjective(words.norm[last])) if last < size else None
    if adjective and not words.newline[last]:
        return Counted(at, last + 1, words.norm[at], THING, "money", adjective, partitive=partitive)
    return Counted(at, last, words.norm[at], THING, "money", code if code.isupper() else _by_country(words, code),
                   partitive=partitive)


def _adjective(norm: str) -> str:
    base = _plain(norm)
    return base[:-1] if base.endswith("ا") and base not in lexicon.CURRENCY_ADJECTIVES else base


def _by_country(words: Words, shared: str) -> str | None:
    """Whose currency it is, by the countries that the whole report names; None if it names none, or two as often."""
    speaks = _SHARED[shared]
    votes: dict[str, int] = {}
    for norm in words.norm:
        code = speaks.get(norm) or (speaks.get(norm[1:]) if norm[:1] in "وبل" else None)
        if code:
            votes[code] = votes.get(code, 0) + 1
    ranked = sorted(votes.items(), key=lambda v: (-v[1], v[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def measure(words: Words, numeral: Numeral) -> Counted | None:
    """The unit of measure after a number: كيلو متر مربع -> km2."""
    at = past_bracket(words, numeral)
    if at >= len(words) or words.newline[at]:
        return None
    for length in range(_LONGEST_UNIT, 0, -1):
        tokens = words.norm[at : at + length]
        if len(tokens) < length:
            continue
        unit = lexicon.UNITS.get(" ".join([_plain(tokens[0]), *tokens[1:]]))
        if unit:
            return Counted(at, at + length, words.norm[at], THING, "other", unit)
    return None


@lru_cache(maxsize=1 << 15)
def dual_measure(norm: str) -> tuple[str, str | None] | None:
    """(kind, unit) of two of a measure or a currency in one word: طنين -> other, t; دولارين -> money, USD; None for others.

    A currency that several countries share is left open.
    """
    base, ending = norm[:-2], norm[-2:]
    if ending not in ("ين", "ان") or norm in lexicon.NO_DUALS or (len(base) < 3 and base != "طن"):  # noqa: PLR2004 - كمين is an ambush
        return None
    if base in lexicon.UNITS:
        return "other", lexicon.UNITS[base]
    code = lexicon.CURRENCIES.get(base)
    return ("money", code if code.isupper() else None) if code else None


def is_measure(norm: str) -> bool:
    """Whether a bare noun after a bound stands for one of a measure or a currency: نحو طن, أقل من دولار."""
    return norm in lexicon.ONE_ALONE
