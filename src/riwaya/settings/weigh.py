"""Settings of the room `weigh`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class WeighSettings:
    """Settings of the room `weigh`."""

    # ------------------------------------------------------------------------------------------------------- clauses
    clause_words: int = setting(
        4, unit="words", help="a quote of fewer words does not make a clause of its own", evidence="read on five reports"
    )
    clause_terms: int = setting(
        3, unit="terms", help="a stretch with fewer terms joins the clause before it", evidence="read on five reports"
    )
    entity_weight: float = setting(
        4.0, unit="natural log", help="weight of an entity among a clause's terms", evidence="as rare as a name in news"
    )
    rarest_word: float = setting(
        5.0, unit="natural log", help="a word's weight at most, so that one unknown word decides nothing", evidence="five reports"
    )
    role_share: float = setting(
        0.5, unit="share 0..1", help="of its weight that a word for a role keeps (رئيس، وزير)", evidence="read on five reports"
    )
    figure_weight: float = setting(
        4.0, unit="natural log", help="weight of a quantity among a clause's terms", evidence="as rare as a name in news"
    )
    figure_reach: int = setting(
        3, unit="words", help="how far before a count the word stands that says what befell those counted", evidence="usage"
    )
    quote_share: float = setting(
        0.4, unit="share 0..1", help="of a clause that a quote must hold for the clause to be its content", evidence="five reports"
    )
    story_floor: float = setting(
        0.3, unit="share 0..1", help="of its weight that a term keeps when every clause of the story holds it", evidence="five reports"
    )

    # ---------------------------------------------------------------------------------------------------- statements
    enough_weight: float = setting(
        12.0, unit="natural log", help="weight of shared terms from which a likeness counts in full", evidence="five reports"
    )
    copy_bonus: float = setting(
        0.25, unit="score", help="added where two clauses lie in one copied passage", evidence="five reports"
    )
    paraphrase_bonus: float = setting(
        0.15, unit="score", help="added where two clauses lie in one reworded passage", evidence="five reports"
    )
    negation_penalty: float = setting(
        0.25, unit="score", help="taken off where one clause denies and the other does not", evidence="five reports"
    )
    figure_penalty: float = setting(
        0.4, unit="score", help="taken off where two clauses give different quantities of one kind", evidence="five reports"
    )
    same_clause: float = setting(
        0.8, unit="score", help="likeness from which two clauses are the same clause, copied", evidence="five reports"
    )
    same_statement: float = setting(
        0.2, unit="score", help="likeness from which two clauses may be one statement", evidence="five reports: .94 of pairs right"
    )
    average_link: float = setting(
        0.2, unit="score", help="mean likeness of all pairs from which two groups are one statement", evidence="five reports"
    )
    linked_members: int = setting(
        6, unit="clauses", help="of each group that are compared when two groups meet", evidence="keeps the cost linear"
    )
    index_terms: int = setting(
        8, unit="terms", help="of a clause by which clauses like it are looked for, the rarest", evidence="keeps the cost linear"
    )
    longest_posting: int = setting(
        250, unit="clauses", help="a term that more clauses hold proposes none of them", evidence="keeps the cost linear"
    )
    candidates: int = setting(
        24, unit="clauses", help="that a clause is compared with", evidence="keeps the cost linear"
    )
    reasons: int = setting(
        8, unit="reasons", help="kept for one statement", evidence="what a reader can take in"
    )
    least_content: float = setting(
        2.5, unit="natural log", help="weight beside its names from which a clause is a statement", evidence="read on five reports"
    )
    longest_clause: int = setting(
        260, unit="characters", help="up to which a clause is shown with the words that say who speaks", evidence="reads as one line"
    )

    # ------------------------------------------------------------------------------------------------------- origins
    copied_share: float = setting(
        0.6, unit="share 0..1", help="of a clause that a copied passage must hold for it to be copied", evidence="usage"
    )
    copy_steps: int = setting(
        4, unit="copies", help="followed back to where a clause came from", evidence="keeps rings of copies finite"
    )


WEIGH = WeighSettings()
