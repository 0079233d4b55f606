"""What a reporting verb in the text is, and whether a word that is written like one is one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from riwaya.arabic.lexicon import speech
from riwaya.arabic.words import NUMBER
from riwaya.mark.quotes.marks import Pair
from riwaya.mark.quotes.phrases import is_verbal_noun, vocabulary
from riwaya.mark.quotes.verbs import Form
from riwaya.mark.quotes.view import Phrase, View

How = Literal["that", "colon", "quote", "preposition", "object"]

COMMAS = frozenset("،,")
PRONOUNS = frozenset(("الذي", "التي", "الذين", "اللذان", "والذي", "والتي"))
RELATIVE = PRONOUNS | {"من", "ما", "وما"}
_WITH_PRONOUN = frozenset(
    ("فيه", "فيها", "له", "لها", "لهم", "به", "بها", "بهم", "اليه", "اليها", "عليه", "عليها", "عنه", "عنها", "معه", "معها")
)
_NO_NOUN_AFTER = RELATIVE | _WITH_PRONOUN | {"حتي"}  # prepositions after which a verb may stand: "حتى قال الخبراء إن"
_DAMMA = "\u064f"
_WHAT = frozenset(("ما", "مما", "بما"))
_WENT_ON = frozenset(("مضي", "راح", "اخذ", "عاد"))  # "ومضى يقول"
_MODAL = frozenset(("ان", "لن", "لم", "كي", "لكي", "الا", "قد", "سوف"))
_MAY_BE_SAID = frozenset(("يمكن", "يجب", "يمكننا", "نستطيع", "يصح", "استطيع"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb in the text and what was read after it. Content begins at token `first`, offset `start`."""

    token: int
    form: Form
    how: How
    first: int
    start: int
    pair: Pair | None = None  # the quotation marks that open the content
    subjects: tuple[Phrase, ...] = ()
    passed_on: tuple[Phrase, ...] = ()  # those between the reader and the speaker: نقلت وكالة X عن ...
    gap: tuple[int, int] = (0, 0)  # the tokens between the verb, or its subject, and the content
    last: int = 0  # the token where content must end at the latest; 0 where the sentence decides

    @property
    def opening(self) -> int:
        """The token at which the content, its marks included, begins."""
        return self.first if self.pair is None else self.pair.opening


@cache
def _sets() -> dict[str, frozenset[str]]:
    return {
        "not_bi": frozenset(speech.NOT_BI),
        "not_li": frozenset(speech.NOT_LI),
        "not_before_that": frozenset(speech.NOT_BEFORE_THAT),
        "breakers": frozenset(b for b in speech.BREAKERS if " " not in b),
        "noun_breakers": frozenset(speech.NOUN_BREAKERS),
        "negations": frozenset(speech.NEGATIONS),
        "name_heads": frozenset(speech.NAME_HEADS),
        "orders": frozenset(speech.ORDERS),
        "said": frozenset(speech.SAID_NOUNS),
        "statement": frozenset(speech.STATEMENT_NOUNS),
        "background": frozenset(speech.BACKGROUND_VERBS),
        "carriers": frozenset(speech.CARRIERS),
        "continuing": frozenset(speech.CONTINUING_VERBS),
        "coming_breakers": frozenset(speech.COMING_BREAKERS),
        "blames": frozenset(speech.BLAMES),
        "notices": frozenset(speech.NOTICES),
        "terms": frozenset(speech.TERMS),
        "proclaimed": frozenset(speech.PROCLAIMED),
        "crowds": frozenset(speech.CROWDS),
        "carrying": frozenset(speech.CARRYING),
        "people": frozenset(speech.PEOPLE),
        "not_many": frozenset(speech.NOT_MANY),
        "plain_objects": frozenset(speech.PLAIN_OBJECTS),
        "labels": frozenset(speech.LABELS),
        "purposes": frozenset(speech.PURPOSES),
        "titling": frozenset(speech.TITLING),
        "no_verb_after": frozenset(speech.NO_VERB_AFTER),
        "clauses": frozenset(speech.CLAUSES),
        "saying": frozenset(speech.CONTINUING_VERBS) | {"قال", "تساءل"},
        "slogans": frozenset(speech.SLOGANS),
    }


def known(name: str) -> frozenset[str]:
    """One of the lexicon's lists as a set."""
    return _sets()[name]


def is_action(view: View, token: int) -> bool:
    """Whether the word at a token reads as a verbal noun; أ at its head marks a broken plural (أعضاء) instead."""
    return is_verbal_noun(view.norm[token]) and view.doc.article.text[view.starts[token]] != "أ"


def can_be_verb(view: View, token: int, form: Form) -> bool:
    """Whether a word that is written like a verb of speech can be one here."""
    if view.inside[token] is not None:
        return False
    text = view.text(view.starts[token], view.ends[token])
    if _DAMMA in text[: form.prefix + 2] and form.tense != "participle":
        return False  # a passive (يُذكر); a participle has its damma by right (مُضيفا)
    opens = token == view.begins[token]
    before = "" if opens else view.norm[token - 1]
    if form.tense == "noun":
        return before not in _MAY_BE_SAID
    if form.tense == "present" and before in _MODAL:
        return False
    if before.lstrip("وف") in known("negations") and before != "ما":
        return False
    if form.tense == "participle":
        governed = before in vocabulary().prepositions - _WITH_PRONOUN
        return opens or (not governed and view.kinds[token - 1] != NUMBER)
    if form.prefix:
        return True
    if form.tense == "past" and form.person == "m" and "weak" in form.verb.takes and before in known("no_verb_after"):
        return False  # "طلب عدم ذكر اسمه", "أكثر من نقل البضائع"
    if form.tense == "present" and before in _WHAT and _no_subject(view, token):
        return False  # "ما يفيد أنها نسخة"
    return not (form.tense == "past" and form.person == "m" and before in vocabulary().prepositions - _NO_NOUN_AFTER)


def _no_subject(view: View, token: int) -> bool:
    """Whether what is said would follow a verb at once: أن, a preposition, a verbal noun."""
    words = vocabulary()
    follows = view.norm[token + 1] if token + 1 < view.limits[token] else ""
    return follows in words.complementisers or follows in words.prepositions or follows in words.verbal_nouns


def stands_free(view: View, token: int) -> bool:
    """Whether a clause can begin at this token: nothing before it, a mark, or a particle such as لكن, كما, أن."""
    if token == view.begins[token] or not view.is_word(token - 1):
        return True
    words = vocabulary()
    before = view.norm[token - 1]
    if before in PRONOUNS:
        return False
    if before in words.passing or before.removeprefix("و") in _WENT_ON or view.inside[token - 1] is not None:
        return True
    return before in words.stops and before not in words.prepositions


def is_background(view: View, token: int, form: Form) -> bool:
    """Whether this is "يُذكر أن", "يُشار إلى أن": the outlet recalls something, nobody says it."""
    if form.tense != "present" or form.verb.lemma not in known("background") or token + 1 >= view.limits[token]:
        return False
    follows = view.norm[token + 1] in vocabulary().complementisers or view.norm[token + 1] == "الي"
    return follows and (token == view.begins[token] or form.prefix > 0 or not view.is_word(token - 1))
