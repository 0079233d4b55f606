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
        5.0, unit="natural log", help="a word's weight at most, so that one unknown word decides nothing",
        evidence="five reports",
    )
    role_share: float = setting(
        0.5, unit="share 0..1", help="of its weight that a word for a role keeps (رئيس، وزير)",
        evidence="read on five reports",
    )
    figure_weight: float = setting(
        4.0, unit="natural log", help="weight of a quantity among a clause's terms", evidence="as rare as a name in news"
    )
    figure_reach: int = setting(
        3, unit="words", help="how far before a count the word stands that says what befell those counted", evidence="usage"
    )
    quote_share: float = setting(
        0.4, unit="share 0..1", help="of a clause that a quote must hold for the clause to be its content",
        evidence="five reports",
    )
    story_floor: float = setting(
        0.3, unit="share 0..1", help="of its weight that a term keeps when every clause of the story holds it",
        evidence="five reports",
    )

    # ---------------------------------------------------------------------------------------------------- statements
    enough_weight: float = setting(
        12.0, unit="natural log", help="weight of shared terms from which a likeness counts in full", evidence="five reports"
    )
    content_share: float = setting(
        0.35, unit="share 0..1", help="of what the shorter clause says beside names and times that both must say",
        evidence="read on 120 stories of 2013 and 2015: names and titles alone joined unlike clauses",
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
    opposite_penalty: float = setting(
        0.2, unit="score", help="taken off where one clause has begin and the other end, or the like", evidence="five reports"
    )
    time_weight: float = setting(
        1.5, unit="natural log", help="weight of a resolved time among a clause's terms",
        evidence="less than a name: many clauses share a day",
    )
    figure_penalty: float = setting(
        0.4, unit="score", help="taken off where two clauses give different quantities of one kind", evidence="five reports"
    )
    same_clause: float = setting(
        0.8, unit="score", help="likeness from which two clauses are the same clause, copied", evidence="five reports"
    )
    told_share: float = setting(
        0.5,
        unit="share 0..1",
        help="a clause stands for a statement that another clause already tells only if the others share so much of its weight",
        evidence="in the sample, condolences that mention the explosion share 0.2 with it, other wordings 0.6 and more",
    )
    same_statement: float = setting(
        0.17, unit="score", help="likeness from which two clauses may be one statement",
        evidence="five reports: .94 of pairs right",
    )
    average_link: float = setting(
        0.17, unit="score", help="mean likeness of all pairs from which two groups are one statement", evidence="five reports"
    )
    linked_members: int = setting(
        6, unit="clauses", help="of each group that are compared when two groups meet", evidence="keeps the cost linear"
    )
    index_terms: int = setting(
        8, unit="terms", help="of a clause by which clauses like it are looked for, the rarest",
        evidence="keeps the cost linear",
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
        2.5, unit="natural log", help="weight beside its names from which a clause is a statement",
        evidence="read on five reports",
    )
    longest_clause: int = setting(
        260, unit="characters", help="up to which a clause is shown with the words that say who speaks",
        evidence="reads as one line",
    )

    # ------------------------------------------------------------------------------------------------------- readings
    reading_words: int = setting(
        45, unit="words", help="of a clause as it is quoted to a reader, at most", evidence="reads in one breath on the page"
    )
    subject_reach: int = setting(
        5, unit="words", help="after a verb in which its subject is named, for the clause to stand alone", evidence="usage"
    )
    speaker_reach: int = setting(
        80, unit="characters", help="from a word of speech to the name of its speaker in one sentence",
        evidence="a name with its title",
    )
    quoted_words: int = setting(
        4, unit="words", help="a quotation of fewer is no clause that stands alone", evidence="read on five reports"
    )
    cue_reach: int = setting(
        4, unit="words", help="from a word of speech to the quotation that it opens", evidence="قال في مؤتمر صحفي"
    )
    dateline_words: int = setting(
        14, unit="words", help="of a dateline at most", evidence="two places and two agencies"
    )
    rest_words: int = setting(
        3, unit="words", help="left of a sentence after a clause that are shown with it", evidence="they complete it"
    )

    # ------------------------------------------------------------------------------------------------------- origins
    copied_share: float = setting(
        0.6, unit="share 0..1", help="of a clause that a copied passage must hold for it to be copied", evidence="usage"
    )
    compiled_words: int = setting(
        2, unit="words", help="beside an agency in a line of credits from which the outlet compiled the text", evidence="usage"
    )
    copied_terms: int = setting(
        5, unit="terms", help="from which two equal clauses are copies, not chance", evidence="shorter ones recur in any report"
    )
    copy_steps: int = setting(
        4, unit="copies", help="followed back to where a clause came from", evidence="keeps rings of copies finite"
    )

    # ------------------------------------------------------------------------------------------------------ disputes
    figure_context: float = setting(
        6.0, unit="natural log", help="weight that the sentences of two figures share to count one thing",
        evidence="read on 580 stories of 2013 and 2015: less joined happenings of one kind",
    )
    figure_share: float = setting(
        0.4, unit="share 0..1", help="of the shorter sentence that two figures' sentences share to count one thing",
        evidence="read on 580 stories of 2013 and 2015: right pairs share 0.4 to 1, attacks of one group 0.2 to 0.35",
    )
    agreed_context: float = setting(
        6.0, unit="natural log", help="weight that they share where their reports agree on another toll", evidence="five reports"
    )
    agreed_share: float = setting(
        0.12, unit="share 0..1", help="of the shorter sentence, where their reports agree on another toll",
        evidence="five reports: dozens killed in both, hundreds or thousands hurt",
    )
    own_values: int = setting(
        3, unit="values", help="of one kind in a report; one that gives more tells of many happenings",
        evidence="read on 580 stories of 2013 and 2015",
    )
    thing_context: float = setting(
        14.0, unit="natural log", help="weight that two clauses share to count the same things",
        evidence="read on 580 stories of 2013 and 2015: below it half of the pairs were of two happenings",
    )
    thing_share: float = setting(
        0.75, unit="share 0..1", help="of the shorter clause that two share to count the same things",
        evidence="read on 580 stories of 2013 and 2015: below it half of the pairs were of two happenings",
    )
    least_sum: int = setting(
        10, unit="people", help="from which a toll that is the dead and the hurt together is their sum, not chance",
        evidence="small numbers add up to each other by chance",
    )
    exact_ratio: float = setting(
        3.0, unit="ratio", help="of two exact tolls from which they count different things",
        evidence="read on 580 stories of 2013 and 2015: one step of a growing toll is less, 8 and 50 hurt were two accidents",
    )
    age_reach: int = setting(
        40, unit="characters", help="from a name to the age of its bearer", evidence="a title and a place stand between"
    )
    figure_ratio: float = setting(
        12.0, unit="ratio", help="of two figures from which they count different things",
        evidence="hundreds and thousands are 10 apart",
    )
    figure_distance: float = setting(
        30.0, unit="km", help="between the places of two figures from which they count different things",
        evidence="a town and what lies around it; towns of one front are 45 apart",
    )
    falling_context: float = setting(
        12.0, unit="natural log", help="weight that two sentences share to dispute a toll that falls with the days",
        evidence="read on 60 stories of 2013: each day's clashes have their own toll",
    )
    about_share: float = setting(
        0.03, unit="share 0..1", help="of a rounded quantity (about 180) that it may be off", evidence="178 is called about 180"
    )
    past_days: int = setting(
        10, unit="days", help="before the report from which a happening is another one than the report's own",
        evidence="a week's reports tell of one happening",
    )
    age_gap: int = setting(
        2, unit="years", help="between two ages given to one person", evidence="58 or 59; more are two people"
    )
    agreed_ratio: float = setting(
        3.0, unit="ratio", help="of two tolls of reports that agree on another toll, at most",
        evidence="7 or 9 hurt, 2 dead in both"
    )
    open_ratio: float = setting(
        1.5, unit="ratio", help="by which a quantity may exceed another's lower bound and be what that one means",
        evidence="read on stories of 2013: more than 49 is not 90",
    )
    falling_ratio: float = setting(
        2.0, unit="ratio", help="by which a later toll may fall short and still be the whole", evidence="less is a part of it"
    )
    figure_clause: int = setting(
        160, unit="characters", help="of a clause that is shown with its figure; of a longer one only the figure",
        evidence="read on five reports",
    )
    figure_values: int = setting(
        12, unit="values", help="different values of one kind that are compared, the smallest first",
        evidence="keeps the cost linear",
    )
    longest_event: int = setting(
        31, unit="days", help="longer stretches are no day of an event",
        evidence="a month is the vaguest date that news gives",
    )
    date_likeness: float = setting(
        0.3, unit="score", help="likeness of two clauses from which different days are about one event", evidence="five reports"
    )
    date_gap: int = setting(
        14, unit="days", help="days further apart are two events", evidence="read on 120 stories of 2013 and 2015"
    )
    date_weight: float = setting(
        10.0, unit="natural log", help="weight of two days that differ for one event, when disputes are ranked",
        evidence="order only",
    )
    wording_weight: float = setting(
        8.0, unit="natural log", help="weight of a differing word in one quotation, when disputes are ranked",
        evidence="order only",
    )
    denied_content: float = setting(
        5.0, unit="natural log", help="weight beside names that a denial and what it denies share", evidence="stories of 2013"
    )
    denied_share: float = setting(
        0.5, unit="share 0..1", help="of what the denial says beside names", evidence="stories of 2013"
    )
    denial_overlap: float = setting(
        0.3, unit="share 0..1", help="of their words that a denial and what it denies share",
        evidence="read on stories of 2013",
    )
    sure_denial: float = setting(
        0.55, unit="share 0..1", help="from which it need not begin with the same thing (تخزين / خزن)", evidence="stories of 2013"
    )
    negation_overlap: float = setting(
        0.65, unit="share 0..1", help="of their words that two clauses share of which one is negated",
        evidence="stories of 2013",
    )
    elapsed_content: float = setting(
        4.0, unit="natural log", help="weight beside names that two clauses share to tell how long after one thing",
        evidence="read on three events",
    )
    open_content: float = setting(
        4.0, unit="natural log", help="weight beside names that what is not known and what is told share",
        evidence="read on three events",
    )
    open_share: float = setting(
        0.7, unit="share 0..1", help="of what a clause says is not known that another must tell", evidence="read on three events"
    )
    manner_context: float = setting(
        6.0, unit="natural log", help="weight that two sentences share to tell of one act", evidence="read on three events"
    )
    manner_share: float = setting(
        0.2, unit="share 0..1", help="of the shorter sentence that two share to tell of one act",
        evidence="read on stories of 2015"
    )
    precision_weight: float = setting(
        8.0, unit="natural log", help="weight that two clauses share of which one dates an event more closely",
        evidence="three events",
    )
    precision_share: float = setting(
        0.4, unit="share 0..1", help="of what the shorter of them says beside names", evidence="three events"
    )
    event_share: float = setting(
        0.4, unit="share 0..1", help="of the lighter clause's weight that two clauses on one event share",
        evidence="five reports",
    )
    topic_weight: float = setting(
        1.5, unit="natural log", help="from which a clause's first word names its event",
        evidence="lighter ones are auxiliaries",
    )
    worded_clauses: int = setting(
        12, unit="clauses", help="of one statement whose wording is compared", evidence="keeps the cost linear"
    )
    same_wording: float = setting(
        0.7, unit="share 0..1", help="of their words in order from which two clauses are one quotation",
        evidence="five reports",
    )
    replaced_rarity: float = setting(
        2.5, unit="natural log", help="of a word in the slot, on either side, to change what is said",
        evidence="commoner ones vary freely: الوقت / الوضع",
    )
    replaced_words: int = setting(
        2, unit="words", help="in one slot that two versions of a quotation may differ in", evidence="longer is a rewrite"
    )
    alike_spelling: float = setting(
        0.55, unit="share 0..1", help="from which two words are forms of one", evidence="عال/عالي, اختصاصي/أخصائي, ضرر/مضار"
    )
    most_disputes: int = setting(
        60, unit="disputes", help="shown for one story, contradictions first", evidence="what a reader can take in"
    )

    # ------------------------------------------------------------------------------------------------------- summary
    summary_sentences: int = setting(
        7, unit="sentences", help="of a summary at most", evidence="five to eight read in a minute"
    )
    summary_shortest: int = setting(
        40, unit="characters", help="shorter sentences are not summed up", evidence="they lack who or what"
    )
    summary_longest: int = setting(
        420, unit="characters", help="longer sentences are not summed up", evidence="they fill the page"
    )
    summary_entity: float = setting(
        0.2, unit="share", help="weight that each entity adds to a sentence", evidence="read on five stories"
    )
    summary_redundancy: float = setting(
        0.35, unit="share 0..1", help="of a sentence that must be new beside those already chosen",
        evidence="read on five stories",
    )
    summary_goes_on: float = setting(
        0.25, unit="share", help="of its weight that a sentence keeps that goes on from the one before it (وأضاف، كما)",
        evidence="read on five stories",
    )
    summary_position: float = setting(
        0.08, unit="share", help="weight lost with each sentence that stands before it", evidence="the lead tells the most"
    )
    summary_depth: int = setting(
        8, unit="sentences", help="after which the place in the report counts no more", evidence="usage"
    )

    # ------------------------------------------------------------------------- agreement: two clauses slot by slot
    slot_number_weight: float = setting(
        3.0, unit="natural logarithm", help="what a number or a country weighs beside content words",
        evidence="the middle of content words in headlines; other weights change the figure on ANS by less than a point",
    )
    slot_least_weight: float = setting(
        0.5, unit="natural logarithm", help="what the commonest content word weighs at least",
        evidence="words such as رئيس still fill a slot of a headline",
    )
    slot_spelled_letters: int = setting(
        4, unit="letters", help="of a stem from which on a slip of the hand is forgiven",
        evidence="shorter stems are alike by chance",
    )
    slot_alike: float = setting(
        0.8, unit="share of letters", help="from which on two stems are one word, derived or misspelled",
        evidence="headlines of ANS: يصادق, صدق; انتحاري, إنتحاري",
    )
    slot_nearness: float = setting(
        0.85, unit="nearness 0..1", help="from which on two foreign words are one name (see arabic.spelling)",
        evidence="0.8 of `entity_nearness`, and a step more because here nothing says that the words are names",
    )
    slots_of_one_event: int = setting(
        4, unit="slots", help="that two headlines have in common from which on they tell one event",
        evidence="training part of ANS, agreeing headlines against the likest others: 81 % right at 3, 88 % at 4, 82 % at 5",
    )


WEIGH = WeighSettings()
