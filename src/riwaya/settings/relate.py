"""Settings of the room `relate`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class RelateSettings:
    """Settings of the room `relate`."""

    # -- stories: what an article is compared by
    story_terms: int = setting(
        48,
        unit="stems",
        help="how many of an article's weightiest stems stand for it when reports are grouped",
        evidence="an average report has about 70 stems rare enough; the rest weigh too little to change a grouping",
    )
    story_term_rarity: float = setting(
        2.5,
        unit="natural logarithm",
        help="stems in more than one report of exp(this) say nothing about the story",
        evidence="one in twelve reports: words such as رئيس, اجتماع, مصر in the background",
    )
    story_rarity_cap: float = setting(
        8.0,
        unit="natural logarithm",
        help="stems rarer than this count no more than this",
        evidence="beyond one report in 3,000 rarity is mostly misspelling or a name's spelling",
    )
    story_lead: int = setting(
        40,
        unit="words",
        help="how many words after the headline count as the lead",
        evidence="news says what it is about in its first sentence, about 35 words in the Saudi and Egyptian reports",
    )
    story_headline_weight: float = setting(
        3.0,
        unit="times",
        help="how much a word of the headline counts",
        evidence="tried 1 to 4",
    )
    story_lead_weight: float = setting(
        1.5,
        unit="times",
        help="how much a word of the lead counts",
        evidence="tried 1 to 2",
    )
    story_name_weight: float = setting(
        1.5,
        unit="times",
        help="how much more a word inside a name weighs",
        evidence="tried 1 to 2",
    )
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
    # -- stories: which are joined
    story_days: int = setting(
        3,
        unit="days",
        help="reports further apart are never tied directly (through others they may be)",
        evidence="97 % of the related headlines that ElWatanNews lists are of the same day, all but 5 of 1842 within one day",
    )
    story_edge: float = setting(
        0.12,
        unit="cosine",
        help="the least similarity of two reports of one day that may be of one story",
        evidence="five days of egypt2013: with story_cohesion 0.06, 55 % of related headlines together, 0.5 % of chance pairs",
    )
    story_edge_per_day: float = setting(
        0.02,
        unit="cosine per day",
        help="how much more alike reports must be for each day between them",
        evidence="keeps the second day's reports of a story, drops recurring ones such as weather and prices",
    )
    story_undated_days: float = setting(
        1.0,
        unit="days",
        help="a report with no date is compared as if it lay so many days apart",
        evidence="undated reports are given together because they belong together more often than chance reports do",
    )
    story_copied_least: int = setting(
        3,
        unit="runs",
        help="fewer shared runs of words do not count as copying between reports",
        evidence="one or two are a title, a formula or a shared quotation; three are about 40 words",
    )
    story_near_copy: float = setting(
        0.5,
        unit="share 0..1",
        help="the share of the shorter report's runs from which two reports are called near copies in a story's reasons",
        evidence="half of a text and more is one text in two places",
    )
    # -- lines that an outlet's pages share
    shared_days: int = setting(
        30,
        unit="days",
        help="pages further apart than this say nothing about each other's furniture",
        evidence="the design's closed neighbourhood; sites change their furniture more slowly",
    )
    shared_edge: int = setting(
        4,
        unit="lines",
        help="how many lines at each end of a page are its edge",
        evidence="share bars, bylines and newsletter boxes stand there",
    )
    shared_words: int = setting(
        12,
        unit="words",
        help="a longer line inside a page is news, however often it returns",
        evidence="subheadings and menu entries are shorter, sentences longer",
    )
    shared_edge_words: int = setting(
        40,
        unit="words",
        help="a longer line at an edge is news, however often it returns",
        evidence="legal notices and calls to subscribe are shorter",
    )
    shared_least: int = setting(
        6,
        unit="texts",
        help="in how many different texts a line inside a page must stand to be furniture",
        evidence="with shared_share: keeps subheadings such as الشوط الثاني, which few of an outlet's pages have",
    )
    shared_edge_least: int = setting(
        4,
        unit="texts",
        help="in how many different texts a line at an edge must stand to be furniture",
        evidence="three texts may be one story told three times",
    )
    shared_share: float = setting(
        0.05,
        unit="share 0..1",
        help="the share of the outlet's texts of these weeks that a line inside a page must stand in",
        evidence="furniture stands on all pages of a section, and a section is rarely under a twentieth of an outlet",
    )
    shared_edge_share: float = setting(
        0.005,
        unit="share 0..1",
        help="the share of the outlet's texts of these weeks that a line at an edge must stand in",
        evidence="a writer's byline or a column's name is rarer than a section, still no news",
    )
    story_cohesion: float = setting(
        0.06,
        unit="mean cosine",
        help="two groups of reports are one story if their pairs reach this mean",
        evidence="with story_edge: below 0.04 a day's sport or film news is one story, above 0.08 stories fall apart by angle",
    )

RELATE = RelateSettings()
