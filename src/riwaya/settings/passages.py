"""Settings for lists of names in copies, and for what reworded sentences are compared by."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class PassagesSettings:
    """Lists of names in copies, and what reworded sentences are compared by."""

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
        evidence="13 days of egypt2013: where one of two outlets says where its words are from, 19 of 20 name an agency and 1 the "
        "other outlet; the hour alone (1.6) tells little against that, a credit decides even against the hour (2.4)",
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
    lead_similarity: float = setting(
        0.28,
        unit="share 0..1",
        help="the least share of weight in common of two reports' headlines or first sentences",
        evidence="three marked events together: 0.28 finds 0.56 of the rewordings at precision 0.81; at 0.25 0.58, but more "
        "pairs that are only alike in large stories of egypt2013; a report tells the same event first, with other details",
    )
    lead_terms: int = setting(
        4,
        unit="terms",
        help="the fewest terms that such two have in common where other sentences would be too unlike",
        evidence="who, where and one more return in reports of other events; what happened, to whom and how many do not",
    )


PASSAGES = PassagesSettings()
