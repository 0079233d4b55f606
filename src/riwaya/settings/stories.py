"""Settings for the grouping of reports into stories."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class StoriesSettings:
    """Settings for the grouping of reports into stories."""

    # -- what a report is compared by
    terms: int = setting(
        48,
        unit="stems",
        help="how many of an article's weightiest stems stand for it when reports are grouped",
        evidence="an average report has about 70 stems rare enough; the rest weigh too little to change a grouping",
    )
    term_rarity: float = setting(
        2.5,
        unit="natural logarithm",
        help="stems in more than one report of exp(this) say nothing about the story",
        evidence="one in twelve reports: words such as رئيس, اجتماع, مصر in the background",
    )
    rarity_cap: float = setting(
        8.0,
        unit="natural logarithm",
        help="stems rarer than this count no more than this",
        evidence="beyond one report in 3,000 rarity is mostly misspelling or a name's spelling",
    )
    lead: int = setting(
        40,
        unit="words",
        help="how many words after the headline count as the lead",
        evidence="news says what it is about in its first sentence, about 35 words in the Saudi and Egyptian reports",
    )
    headline_weight: float = setting(
        3.0,
        unit="times",
        help="how much a word of the headline counts",
        evidence="egypt2013: 2 to 4 alike on related headlines",
    )
    lead_weight: float = setting(
        1.5,
        unit="times",
        help="how much a word of the lead counts",
        evidence="egypt2013: 1 joins half as many chance pairs again at equal recall",
    )
    name_weight: float = setting(
        1.1,
        unit="times",
        help="how much more a word inside a name weighs",
        evidence="two days of egypt2013: 1.5 doubles the chance pairs joined (0.3 to 0.65 %) at equal recall",
    )
    head_words: int = setting(
        12,
        unit="words",
        help="how many of the first words stand for the headline where there is none",
        evidence="headlines in egypt2013 and the Saudi reports have 6 to 14 words",
    )
    head_rarity: float = setting(
        2.0,
        unit="natural logarithm",
        help="commoner stems of a headline or a name say nothing",
        evidence="one in seven reports: قال, مصر, يوم",
    )
    label_rarity: float = setting(
        5.0,
        unit="natural logarithm",
        help="commoner words before a headline's colon are no label",
        evidence="leaves أوسكار 2013: and speakers, drops عاجل:, اليمن:, الصحة:",
    )
    label_words: int = setting(
        4,
        unit="words",
        help="more words before a headline's colon are a sentence, not a label",
        evidence="a name with a title; read on 02-25 of egypt2013",
    )
    # -- which pairs are looked at
    days: int = setting(
        3,
        unit="days",
        help="reports further apart are never tied directly (through others they may be)",
        evidence="97 % of the related headlines that ElWatanNews lists are of the same day, all but 5 of 1842 within one day",
    )
    edge: float = setting(
        0.12,
        unit="cosine",
        help="reports of one day whose terms are less alike are not looked at further",
        evidence="from 0.07 to 0.12 the judged pairs are joined alike; at 0.07 three times as many are looked at",
    )
    edge_per_day: float = setting(
        0.02,
        unit="cosine per day",
        help="how much more alike reports must be for each day between them",
        evidence="keeps the second day's reports of a story, drops recurring ones such as weather and prices",
    )
    undated_days: float = setting(
        1.0,
        unit="days",
        help="a report with no date is compared as if it lay so many days apart",
        evidence="undated reports are given together because they belong together more often than chance reports do",
    )
    shared_terms: int = setting(
        4,
        unit="terms",
        help="reports that share fewer of their weightiest terms are not tied, however much those weigh",
        evidence="one name that few reports have, and two words, tie what has nothing else in common",
    )
    copied_least: int = setting(
        3,
        unit="runs",
        help="fewer shared runs of words do not count as copying between reports",
        evidence="one or two are a title, a formula or a shared quotation; three are about 40 words",
    )
    near_copy: float = setting(
        0.5,
        unit="share 0..1",
        help="the share of the shorter report's runs from which two reports are called near copies in a story's reasons",
        evidence="half of a text and more is one text in two places",
    )
    # -- how alike a pair is
    tie: float = setting(
        0.15,
        unit="share 0..1",
        help="the least likeness (terms, names and headlines together) of two reports that may be of one story",
        evidence="pairs below say nothing for a join; dropping them halves the time of the grouping",
    )
    tie_names: float = setting(
        0.25,
        unit="share 0..1",
        help="how much of a pair's likeness lies in the names of headline and lead; left out where a report has none there",
        evidence="300 judged pairs: with tie_headline precision 0.66 to 0.85 at recall 0.84 to 0.79; one kind of event "
        "in two places differs in its names",
    )
    tie_headline: float = setting(
        0.4,
        unit="share 0..1",
        help="how much of it lies in what the other report's text holds of the headline's weight, on average of both ways",
        evidence="a headline says what is new, and a report of the same event says it too: logistic regression on judged pairs",
    )
    tie_label: float = setting(
        0.3,
        unit="share 0..1",
        help="how much more two reports are alike whose headlines begin with the same rare words before a colon",
        evidence="472 of 883 pairs of related headlines do, 2 of 883 chance pairs of the outlet and day; no judged pair changes",
    )
    tie_per_day: float = setting(
        0.03,
        unit="share per day",
        help="how much less two reports are alike for each day between them",
        evidence="between 0.02 and 0.05 alike on the judged pairs; drops the next day's weather and prices",
    )
    tie_undated: float = setting(
        0.1,
        unit="share 0..1",
        help="how much more alike a pair with an undated report is taken to be",
        evidence="undated reports are given together because they belong together more often than chance reports do",
    )
    # -- which groups are joined
    cohesion: float = setting(
        0.34,
        unit="likeness",
        help="two groups of reports are one story if the tie between them (mean and strongest pair) reaches this",
        evidence="300 judged pairs, with best_pair 0.3: precision 0.83, recall 0.76; 0.32 and 0.25: 0.81, 0.76",
    )
    best_pair: float = setting(
        0.3,
        unit="share 0..1",
        help="how much of the tie between two groups is their strongest pair, the rest being the mean of all pairs",
        evidence="mean alone at equal precision: recall 0.69 of judged pairs; at 0.4 and 0.5 subjects run together again",
    )


STORIES = StoriesSettings()
