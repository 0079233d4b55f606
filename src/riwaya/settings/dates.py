"""Settings of the dates of undated reports (a part of the room `relate`).

Scores are natural logarithms of how much likelier a mention is on the right day than by chance.
"""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class DateSettings:
    """Settings of the dates of undated reports."""

    lead_weekday: tuple[float, ...] = setting(
        (0.55, 0.31, 0.05, 0.02, 0.02, 0.02, 0.03),
        unit="share by days since",
        help="a bare weekday in the headline or the first sentence: how many days before the report it lies",
        evidence="2,400 reports each of egypt2013 (online, 64 such weekdays: .72 .20 .03) and saudinewsnet (print, "
        "26: .27 .62 .12)",
    )
    past_weekday: tuple[float, ...] = setting(
        (0.34, 0.34, 0.14, 0.08, 0.04, 0.03, 0.03),
        unit="share by days since",
        help="a bare weekday further down, with a verb of the past",
        evidence="the same reports: egypt2013 (102) .47 .34 .07 .07, saudinewsnet (67) .09 .31 .28 .09",
    )
    weekday: tuple[float, ...] = setting(
        (0.29, 0.28, 0.15, 0.09, 0.09, 0.05, 0.05),
        unit="share by days since",
        help="a bare weekday further down, with no verb near",
        evidence="the same reports: egypt2013 (128) .37 .28 .12 .08, saudinewsnet (82) .18 .28 .18 .09",
    )
    weekday_part: tuple[float, ...] = setting(
        (0.25, 0.44, 0.20, 0.05, 0.03, 0.02, 0.01),
        unit="share by days since",
        help="a weekday with its hour or part of the day (مساء الأربعاء)",
        evidence="the same reports (211 such weekdays): .23 .44 .22 .05",
    )
    yawm_weekday: tuple[float, ...] = setting(
        (0.14, 0.20, 0.28, 0.17, 0.09, 0.07, 0.05),
        unit="share by days since",
        help="a weekday after يوم",
        evidence="the same reports (99 such weekdays): .13 .18 .28 .18 .11 .08 .04",
    )
    future_weekday: tuple[float, ...] = setting(
        (0.31, 0.07, 0.10, 0.08, 0.12, 0.11, 0.21),
        unit="share by days since",
        help="a weekday beside a verb of the future",
        evidence="the same reports (48 such weekdays): .33 .04 .06 .11 .14 .11 .21",
    )
    last_weekday: tuple[float, ...] = setting(
        (0.04, 0.27, 0.19, 0.18, 0.14, 0.13, 0.05),
        unit="share by days since, from 1",
        help="a weekday with الماضي: how many days before the report it lies",
        evidence="95 such weekdays in the same reports: .02 .27 .19 .19 .14 .15 .04",
    )
    next_weekday: tuple[float, ...] = setting(
        (0.05, 0.27, 0.24, 0.14, 0.12, 0.06, 0.12),
        unit="share by days ahead, from 1",
        help="a weekday with المقبل: how many days after the report it lies",
        evidence="113 such weekdays in the same reports: .04 .27 .24 .14 .12 .06 .12",
    )
    today: float = setting(
        6.0,
        unit="natural logarithm",
        help="a weekday or date that the report calls its today (or yesterday, tomorrow), for the days that fit "
        "and against the rest",
        evidence="in 85 to 90 of 100 named days of the same reports it fits; more than two other mentions can overrule it",
    )
    near: float = setting(
        2.6,
        unit="natural logarithm",
        help="a day named with its month, when it is the report's own day or the one before",
        evidence="the same reports: about a quarter of those with no verb of the future lie there",
    )
    ahead: float = setting(
        1.9,
        unit="natural logarithm",
        help="the same for a day just ahead",
        evidence="the same reports: a third of those with no verb near lie ahead, against half behind",
    )
    decay: float = setting(
        1.0,
        unit="natural logarithm per logarithm of days",
        help="how fast the score of a named day falls with its distance",
        evidence="the same reports: shares fall about as one over the distance",
    )
    floor: float = setting(
        -0.8,
        unit="natural logarithm",
        help="a day named far from the report says no less than this",
        evidence="background dates must not pull a report to themselves; a stray one costs less than one weekday",
    )
    wrong_tense: float = setting(
        2.5,
        unit="natural logarithm",
        help="against a day that would lie after the report although its verb is of the past",
        evidence="the same reports: 1 in 8 lies there, mostly because the verb belongs to another clause",
    )
    month: float = setting(
        1.2,
        unit="natural logarithm",
        help="a month named, when it is the report's",
        evidence="convention, below one weekday; not measured",
    )
    year: float = setting(
        1.5,
        unit="natural logarithm",
        help="a year named, when it is the report's; against it where it would lie ahead",
        evidence="convention, about one weekday; not measured",
    )
    year_today: float = setting(
        3.0,
        unit="points",
        help="a year speaks for being the report's own when it stands in the date of its today",
        evidence="convention; two points are enough",
    )
    year_current: float = setting(
        2.0,
        unit="points",
        help="the same when this year or this month is named beside it; half of it when the day is to come or has its weekday",
        evidence="the five reports: عام 2022 ... هذا العام",
    )
    year_plain: float = setting(
        0.3,
        unit="points",
        help="the same for any other year",
        evidence="egypt2013 with dates withheld: when a bare year sufficed, 56 of 62 dates given were years too early",
    )
    year_weekday: float = setting(
        1.7,
        unit="points",
        help="the same when a weekday and date with no year (الجمعة 8 فبراير) fit it; taken off twice when they do not",
        evidence="by chance one year in seven fits",
    )
    year_month: float = setting(
        1.7,
        unit="points",
        help="for the last year named, when the month of its date is also named with another day and no year",
        evidence="reports of egypt2013, saudinewsnet and tunisia with dates withheld: no further one was set in a wrong year",
    )
    year_repeated: float = setting(
        0.5,
        unit="points",
        help="for each further report of the story that speaks for it by more than naming it",
        evidence="convention; not measured",
    )
    year_enough: float = setting(
        2.0,
        unit="points",
        help="what a year needs to be taken for the story's",
        evidence="egypt2013 with withheld dates: below it most years named are past ones",
    )
    tie: float = setting(
        3.0,
        unit="natural logarithm",
        help="two reports that tell one sentence of one day, by the share of words they have in common",
        evidence="set by hand on the five reports: half of what a report says of its own today",
    )
    told: float = setting(
        0.5,
        unit="times",
        help="the same where the day stands in a sentence before",
        evidence="convention: a sentence with no day of its own mostly goes on about the last one; not measured",
    )
    near_miss: float = setting(
        0.7,
        unit="times",
        help="how much of a tie counts against two days that are one day apart",
        evidence="convention: one event is dated a day apart by some outlets; not measured",
    )
    alike: float = setting(
        0.35,
        unit="share of the shorter sentence's weight",
        help="from where on two sentences that name the same weekday are taken to tell the same",
        evidence="the five reports: the arrest told by two of them on Saturday shares 0.4",
    )
    reworded: float = setting(
        0.5,
        unit="share of the shorter sentence's weight",
        help="the same where they name the day in other words (أمس، الأربعاء)",
        evidence="set by hand on the five reports; below it sentences mostly tell different things",
    )
    copied: float = setting(
        0.75,
        unit="share of the shorter sentence's weight",
        help="from where on a sentence counts as taken over word for word",
        evidence="the sentences that three of the five reports share have 0.75 and more",
    )
    copy_apart: float = setting(
        0.3,
        unit="natural logarithm per day",
        help="against each day between two reports that share a sentence word for word",
        evidence="convention: a sentence is taken over on the same or the next day; not measured",
    )
    running: float = setting(
        0.9,
        unit="natural logarithm",
        help="a day with الجاري or من الشهر الجاري two days or more before the report",
        evidence="79 such days in 3,200 reports: next to none on the day itself or the day before, level from there on",
    )
    running_decay: float = setting(
        0.25,
        unit="natural logarithm per logarithm of days",
        help="how fast that falls with the distance",
        evidence="the same days",
    )
    stem_spread: int = setting(
        24,
        unit="sentences",
        help="stems in more sentences of the story than this do not lead from one sentence to another",
        evidence="keeps the search linear in the story; a story's names stand in far more sentences",
    )
    apart: float = setting(
        0.25,
        unit="natural logarithm per day",
        help="against each day between a report and the others of its story, on average",
        evidence="convention: tips between equal weeks, never against the report's own words; not measured",
    )
    margin: float = setting(
        1.0,
        unit="natural logarithm",
        help="by how much a day must beat the next best to be given",
        evidence="near copies of egypt2013, every other date withheld: 97.1 % within a day at 1.0 (174 given), 95.9 % "
        "at 0.7 (193)",
    )
    anchored: float = setting(
        2.0,
        unit="dates",
        help="how many different dates near the solution must tie a story without dated reports to those weeks",
        evidence="egypt2013, dates withheld, year given: 61 % of dates given within a day with no such bound, 86 % with it",
    )
    anchor_firm: float = setting(
        2.0,
        unit="dates",
        help="for how many a date counts that the report calls today's, this month's, or names with its weekday "
        "and a verb of the past",
        evidence="convention: such a date is the report's own or of its month",
    )
    anchor_loose: float = setting(
        0.7,
        unit="dates",
        help="for how many a date with no verb of the past counts, which may as well be to come; one to come counts for none",
        evidence="3,200 reports: of 245 such days about a third lie ahead; with it 90 % in place of 86 % are within a day",
    )
    reach: int = setting(
        12,
        unit="days",
        help="how far from the story's dated reports an undated one may lie",
        evidence="convention: a story runs for days, not weeks; not measured",
    )
    years: int = setting(
        2,
        unit="years",
        help="how many named years are tried",
        evidence="bounds the work",
    )
    years_back: int = setting(
        5,
        unit="years",
        help="how far before the bound a weekday and a date with no year may lie",
        evidence="a weekday and date return after five years at the earliest, so the year is the only one",
    )
    months: int = setting(
        4,
        unit="months",
        help="how many named months are tried",
        evidence="bounds the work",
    )
    before_month: int = setting(
        7,
        unit="days",
        help="days tried before a named month",
        evidence="convention; not measured",
    )
    after_month: int = setting(
        21,
        unit="days",
        help="days tried after a named month",
        evidence="convention; not measured",
    )
    options: int = setting(
        40,
        unit="days",
        help="how many days are weighed for each report",
        evidence="bounds the work; all days of a month and more",
    )
    starts: int = setting(
        24,
        unit="days",
        help="from how many days the search starts",
        evidence="bounds the work; the five reports settle in the same solution from most starts",
    )
    rounds: int = setting(
        12,
        unit="rounds",
        help="how often all reports are placed anew at most",
        evidence="bounds the work",
    )


DATES = DateSettings()
