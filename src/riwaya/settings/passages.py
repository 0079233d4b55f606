"""Settings of copied and reworded passages, and of their direction."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class PassagesSettings:
    """Copied and reworded passages, and which of two reports was first."""

    # -- copied text across the collection
    copy_gram: int = setting(
        5,
        unit="words",
        help="the length of the runs of words by which copied text is found across the collection",
        evidence="shorter runs are common phrases; longer ones break at every changed word",
    )
    copy_window: int = setting(
        12,
        unit="runs",
        help="one run in every so many neighbours is kept (winnowing)",
        evidence="any shared stretch of copy_gram + copy_window - 1 = 16 words is then found for certain",
    )
    copy_gram_rarity: float = setting(
        9.0,
        unit="natural logarithm",
        help="the least sum of the rarities of a run's words; commoner runs are formulas that anyone writes",
        evidence="drops خلال الفترة من 3 إلى 7 and its like",
    )
    # -- passages: copies
    passage_gram: int = setting(
        3,
        unit="words",
        help="the length of the runs of words that say where two reports of a story may share a passage",
        evidence="a copied sentence with every fifth word changed still holds such a run",
    )
    passage_gram_rarity: float = setting(
        6.0,
        unit="natural logarithm",
        help="the least sum of the rarities of such a run's words",
        evidence="drops runs of function words; a run with one word in 400 reports passes",
    )
    passage_gram_repeats: int = setting(
        4,
        unit="places",
        help="how often one run is looked up within a report",
        evidence="bounds work on texts that repeat one line; news repeats a run of three words rarely more than twice",
    )
    passage_partners: int = setting(
        24,
        unit="reports",
        help="in larger stories, with how many of those it shares most a report is compared",
        evidence="bounds work and output in a story of hundreds of copies; what all share is still reached through others",
    )
    passage_features: int = setting(
        20000,
        unit="runs",
        help="how many shared runs at most decide who is compared with whom in a large story",
        evidence="a sample this large orders partners as all runs do; keeps the counting under a second",
    )
    passage_hole: int = setting(
        15,
        unit="words",
        help="a passage that leaves out more words in a row, on either side, is two passages",
        evidence="half a sentence (30 words on average); a whole sentence inserted makes two passages",
    )
    window_gap: int = setting(
        40,
        unit="words",
        help="shared runs that lie no further apart are aligned together",
        evidence="larger windows change under 1 % of the characters found and cost more (tests/relate/oracle.py)",
    )
    window_slack: int = setting(
        8,
        unit="words",
        help="how far the other text may step back between neighbouring shared runs of one window",
        evidence="words of a clause change places; whole clauses get windows of their own",
    )
    window_margin: int = setting(
        25,
        unit="words",
        help="how far around the shared runs is aligned",
        evidence="edges further than a sentence from any shared run are no longer the same passage",
    )
    window_words: int = setting(
        4,
        unit="words",
        help="shared runs that cover fewer words open no window",
        evidence="of alignments of 150 characters or more, under 1 % hold no run of four equal words",
    )
    window_weight: float = setting(
        6.0,
        unit="natural logarithm",
        help="shared runs whose words weigh less in this story open no window",
        evidence="a third of copy_rarity: a copy of which only a third lies in runs of three is hardly one",
    )
    copy_words: int = setting(
        8,
        unit="words",
        help="the fewest equal words of a copy",
        evidence="a short sentence; the shortest copies marked in the gold have 6 to 8",
    )
    copy_similarity: float = setting(
        0.55,
        unit="share 0..1",
        help="the least share of equal words in a copied passage",
        evidence="'mostly the same words in the same order' in the gold's words",
    )
    copy_rarity: float = setting(
        14.0,
        unit="natural logarithm",
        help="the least sum of the rarities of a copy's equal words outside names and titles",
        evidence="drops formulas such as على هامش اجتماع الجمعية العامة للأمم المتحدة",
    )
    copy_names: float = setting(
        0.7,
        unit="share 0..1",
        help="a stretch in which names and their titles are more than this is a name, not a passage",
        evidence="a royal's full style has 20 words and more, alike in every report",
    )
    # -- passages: reworded sentences
    unit_term_rarity: float = setting(
        1.6,
        unit="natural logarithm",
        help="commoner stems (more than one report in five) say nothing about a sentence",
        evidence="verbs of saying, months of the year, قد, كان and the like",
    )
    unit_words: int = setting(
        5,
        unit="words",
        help="a shorter clause belongs to its neighbour",
        evidence="the shortest reworded clauses marked in the gold have 6 words",
    )
    unit_longest: int = setting(
        60,
        unit="words",
        help="a longer sentence is compared by its clauses only",
        evidence="longer sentences report several things, each of which other reports tell apart",
    )
    unit_smoothing: float = setting(
        24.0,
        unit="sentences",
        help="added to a story's sentences when terms are weighed, so that short stories keep their weights",
        evidence="about the sentences of two reports",
    )
    unit_phrase_least: int = setting(
        4,
        unit="contexts",
        help="in how many different contexts two words must stand together in a story to be a fixed phrase",
        evidence="three may be one sentence in three wordings",
    )
    unit_phrase_share: float = setting(
        0.7,
        unit="share 0..1",
        help="the share of the contexts of one of the words in which the other stands beside it",
        evidence="the seeds' gold: fixed phrases counted once raise the precision of all passages from 0.79 to 0.84",
    )
    unit_role_weight: float = setting(
        0.4,
        unit="times",
        help="the weight of a term that names who speaks or acts (president, government)",
        evidence="on the seeds' gold between 0.3 and 0.6 alike",
    )
    unit_name_weight: float = setting(
        0.7,
        unit="times",
        help="the weight of a name, which counts as one term however many words it has",
        evidence="on the seeds' gold 0.4 and 0.7 alike, 1.0 less precise; who is spoken of says less than what happened",
    )
    reworded_similarity: float = setting(
        0.3,
        unit="share 0..1",
        help="the least share of weight that two reworded sentences have in common (Dice)",
        evidence="three marked events: at 0.28 precision 0.76, at 0.34 the recall on one falls from 0.62 to 0.46",
    )
    reworded_strength: float = setting(
        0.9,
        unit="times the weight of a term in one sentence of the story",
        help="the least product of the share and of the weight in common, with the factors below",
        evidence="three marked events: at 0.9 precision 0.83 and 0.65 found, at 0.7 0.79 and 0.69; of 90 pairs read in 304 "
        "stories of two days 5 of 13 below 0.9 say the same, 60 of 77 above; of 80 read in 312 stories of two other days 67",
    )
    reworded_lead: float = setting(
        1.5,
        unit="times",
        help="what the product counts between headlines and first sentences",
        evidence="fitted to 200 pairs read in these stories and to three marked events (logistic regression): e^(0.9 / 2.2)",
    )
    reworded_other_figure: float = setting(
        0.6,
        unit="times",
        help="what the product counts where both have figures that the other does not have",
        evidence="the same fit gives 0.72; at 0.6 the toll of an hour ago is less often taken for the newer one",
    )
    reworded_concepts: float = setting(
        0.4,
        unit="times",
        help="how much more the product counts if all that is in common are words of the lexicon",
        evidence="the same fit: e^(0.7 / 2.2); at 0 of rewordings 0.61 are found at the same precision, at 0.4 0.65",
    )
    reworded_plain: float = setting(
        1.0,
        unit="times the weight of a term in one sentence of the story",
        help="the least weight that they have in common outside names",
        evidence="sentences that name the same people and places need not say the same of them",
    )
    reworded_beyond_styles: float = setting(
        0.2,
        unit="times the weight of a term in one sentence of the story",
        help="the least weight that they have in common outside names and titles, with the words that go with these in both",
        evidence="of 200 pairs read, 7 of the 11 below it share only a title; a fifth of a telling word",
    )
    reworded_terms: int = setting(
        3,
        unit="terms",
        help="the fewest terms that two reworded sentences have in common",
        evidence="two terms, a name and a verb, return in most sentences of a story",
    )
    reworded_few: float = setting(
        0.5,
        unit="share 0..1",
        help="the least share of weight in common of two sentences that have no more terms in common than these",
        evidence="of 293 pairs read or marked, of those with three terms 10 of 13 below say different things, 9 of 20 above",
    )
    # -- passages: direction
    direction_least: float = setting(
        1.5,
        unit="weight",
        help="the sum of weights from which a direction is given; below, it is unknown",
        evidence="one credit, or stated times, decide alone; an inferred day or words said to an outlet do not",
    )
    direction_credit: float = setting(
        4.0,
        unit="weight",
        help="the weight of one report crediting the other's outlet, or both one agency, for the passage",
        evidence="the report says so itself; outweighs times, which sites set anew when they edit",
    )
    direction_supplier: float = setting(
        2.0,
        unit="weight",
        help="the weight of an agency that only one of two equal texts credits",
        evidence="agency text is printed without its credit more often than it is copied from a subscriber",
    )
    direction_told: float = setting(
        1.0,
        unit="weight",
        help="the weight of words said to one of the two outlets (في تصريحات لـ«...»)",
        evidence="two days of egypt2013: the outlet that was told is the earlier one in 56 % of 85 copies: too little to decide",
    )
    direction_time: float = setting(
        1.6,
        unit="weight",
        help="the weight of having appeared earlier, by stated times",
        evidence="decides alone, since a copy does not come before its source",
    )
    direction_time_inferred: float = setting(
        0.8,
        unit="weight",
        help="the weight of having appeared earlier, where a date is inferred",
        evidence="half of a stated one: does not decide alone",
    )
    direction_minutes: int = setting(
        15,
        unit="minutes",
        help="reports closer in time than this are as good as simultaneous",
        evidence="clocks of sites differ, and one agency report appears on several within minutes",
    )
    direction_reworded: float = setting(
        0.5,
        unit="times",
        help="what evidence counts for a rewording, which may also be two accounts of one event",
        evidence="only a credit then decides",
    )
    # -- lists of names in copies, agencies, figures and days in rewordings, headlines and first sentences
    names_words: int = setting(
        30,
        unit="words",
        help="from this many equal words on, a stretch made of names is a copy all the same",
        evidence="2,000 drawn pairs: lists of those who saw a king off, 1,000 characters and more, were a third of what was "
        "missed; one person's full style with offices has up to 28 words",
    )
    direction_apart: float = setting(
        2.0,
        unit="weight",
        help="the weight that evidence needs to outweigh that two outlets which share words mostly have them from a third",
        evidence="13 days of egypt2013: where one of two outlets says where its words are from, 19 of 20 name an agency and 1 "
        "the other outlet; the hour alone (1.6) tells little against that, a credit decides even against the hour (2.4)",
    )
    agency_characters: int = setting(
        150,
        unit="characters",
        help="the least text in common with an agency's copies by which a report is said to carry the agency's words",
        evidence="two or three sentences; shorter ones are a statement that all quote",
    )
    agency_share: float = setting(
        0.8,
        unit="share 0..1",
        help="of several agencies whose words a report seems to carry, the least share of the first one's characters",
        evidence="Saudi reports of 25 July 2015 with their credits withheld: most credit one agency, a few two",
    )
    figure_slack: float = setting(
        0.05,
        unit="share 0..1",
        help="counts of killed, injured, missing or arrested that differ by less are one term",
        evidence="reports of one hour give 81, 82 and 83 killed for one explosion, 178 and 180 injured",
    )
    figure_weight: float = setting(
        0.6,
        unit="times",
        help="the weight of a figure",
        evidence="figures of one event change from report to report: that two differ says little",
    )
    day_weight: float = setting(
        0.5,
        unit="times",
        help="the weight of a day",
        evidence="most sentences of a story that name a day name the same one",
    )


PASSAGES = PassagesSettings()
