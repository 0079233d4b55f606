"""The verbs of speech with all their written forms, compiled from the lexicon on first use.

Forms are folded. From the past (أعلن) come أعلنت أعلنوا أعلنا, from the present (يعلن) تعلن يعلنون, from the participle in the
accusative (معلنا) معلنة معلنين, each also with و or ف before it. Weak endings follow their own rule: دعا دعت دعوا, نفى نفت نفوا.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from riwaya.arabic.lexicon import speech
from riwaya.arabic.normalize import fold
from riwaya.model import Stance

Tense = Literal["past", "present", "participle", "noun"]
Person = Literal["m", "f", "mp", "md", "any"]  # the speaker that a form agrees with; "any" for nouns

UNUSED = "-"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of speech: its complements (see the lexicon's own notes) and the stance that it gives to what is said."""

    lemma: str
    takes: frozenset[str]
    stance: Stance

    @property
    def prepositions(self) -> frozenset[str]:
        """The prepositions that open the content after this verb."""
        return self.takes & {"ila", "an", "ala", "min", "bi", "li"}


@dataclass(frozen=True, slots=True)
class Form:
    """One written form: which verb, tense and person, and how many letters of و or ف stand before it."""

    verb: Verb
    tense: Tense
    person: Person
    prefix: int = 0


def _past(base: str) -> Iterator[tuple[str, Person]]:
    stem = base[:-1] if base[-1] in "اي" else base
    yield base, "m"
    yield stem + "ت", "f"
    yield stem + "وا", "mp"
    yield (base + "ا" if stem is base or base[-1] == "ي" else stem + "وا"), "md"
    yield stem + "تا", "md"


def _present(base: str) -> Iterator[tuple[str, Person]]:
    stem = base[:-1] if base[-1] in "وي" else base
    yield base, "m"
    yield "ت" + base[1:], "f"
    yield stem + "ون", "mp"
    yield base + "ان", "md"


def _participle(base: str) -> Iterator[tuple[str, Person]]:
    yield base, "m"
    stem = base[:-1]
    yield stem + "ه", "f"
    yield (stem[:-1] if stem.endswith("ي") else stem) + "ين", "mp"


def parse_verb(lemma: str, line: str) -> tuple[Verb, str, str, str]:
    """One line of the lexicon: the verb, and its present, participle and verbal noun (folded, "-" where unused)."""
    present, participle, noun, takes, stance = (part.strip() for part in line.split("|"))
    known: dict[str, Stance] = {
        "affirms": "affirms", "denies": "denies", "alleges": "alleges", "demands": "demands", "plans": "plans",
    }  # fmt: skip
    return Verb(lemma, frozenset(takes.split()), known[stance]), fold(present), fold(participle), fold(noun)


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Every folded form -> its readings, in the order of the lexicon."""
    table: dict[str, list[Form]] = {}
    other = frozenset(speech.NOT_VERBS)

    def add(written: str, verb: Verb, tense: Tense, person: Person) -> None:
        for prefix in ("", "و", "ف"):
            if prefix + written in other:
                continue
            readings = table.setdefault(prefix + written, [])
            form = Form(verb, tense, person, len(prefix))
            if form not in readings:
                readings.append(form)

    for lemma, line in speech.VERBS.items():
        verb, present, participle, noun = parse_verb(lemma, line)
        if noun != UNUSED:
            add(noun, verb, "noun", "any")
        told = Verb(lemma, verb.takes | {"any"}, verb.stance) if "told" in verb.takes else verb
        for written, person in _past(lemma):
            if person != "md" or "weak" not in verb.takes:  # ذكرا, طالبا, عدا are other words
                add(written, told, "past", person)
        if present != UNUSED:
            for written, person in _present(present):
                add(written, verb, "present", person)
        if participle != UNUSED:
            for written, person in _participle(participle):
                add(written, verb, "participle", person)
    for written, takes in speech.OWN_NOUNS.items():
        add(written, Verb(written, frozenset(takes.split()), "affirms"), "noun", "f" if written.endswith("ها") else "m")
    for written, takes in speech.CALL_NOUNS.items():
        stance: Stance = "demands" if "ila" in takes or "bi" in takes else "affirms"
        add(written, Verb("دعا" if "li" in takes else written, frozenset(takes.split()), stance), "noun", "any")
    for written, takes in speech.PURPOSES.items():
        add(written, Verb(written, frozenset(takes.split()), "demands"), "noun", "m")
    for lemma in speech.RELATIVE_VERBS:
        verb = Verb(lemma, frozenset(("that", "relative")), "affirms")
        told = Verb(lemma, verb.takes | {"any"}, verb.stance) if "told" in verb.takes else verb
        for written, person in _past(lemma):
            if person in ("m", "f"):
                add(written.removesuffix("ي") + ("اه" if written.endswith("ي") else "ه"), verb, "past", person)
    for written in speech.IMPERSONAL:
        for prefix in ("", "و", "ف"):
            form = Form(Verb(written, frozenset(("that", "impersonal")), "alleges"), "past", "m", len(prefix))
            table.setdefault(prefix + written, []).append(form)
    # وعدت is وعد before it is و + عدت
    return {written: tuple(sorted(readings, key=lambda form: form.prefix)) for written, readings in table.items()}


@cache
def order_forms() -> dict[str, Form]:
    """The forms of the verbs that give an order only with its noun after them (أصدر تعليماته بـ)."""
    verb = Verb("تعليمات", frozenset(("bi", "that")), "demands")
    table: dict[str, Form] = {}
    for past, present in speech.ORDER_VERBS.items():
        written: list[tuple[str, Tense, Person]] = [(form, "past", person) for form, person in _past(past)]
        if present != UNUSED:
            written += [(form, "present", person) for form, person in _present(fold(present))]
        for form, tense, person in written:
            for prefix in ("", "و", "ف"):
                table[prefix + form] = Form(verb, tense, person, len(prefix))
    return table
