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
        0.25,
        unit="times",
        help="the same where the day stands in a sentence before",
        evidence="the same stories, one date kept: 0.25 better than 0.5 and 0.8",
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
        0.6,
        unit="natural logarithm per day",
        help="against each day between two reports that share a sentence word for word",
        evidence="stories of egypt2013 and saudinewsnet: of pairs that share a sentence .73 are of one day, .26 a day apart; 0.6 "
        "ranks right days before wrong ones best, against 0.3 and 1.2",
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
    near_share: float = setting(
        0.9,
        unit="share",
        help="how many reports of a story appear around the days of its others",
        evidence="stories of egypt2013 and saudinewsnet with one date kept: level between 0.8 and 0.95",
    )
    near_fall: float = setting(
        1.0,
        unit="natural logarithm per day",
        help="how fast it gets unlikely that two reports of a story lie so far apart",
        evidence="pairs of reports of one story there, over three days: .53 on the same day, .18 a day before, .05 two",
    )
    told_share: float = setting(
        0.6,
        unit="share",
        help="how many of the days that a report tells of are days that the story's others tell of",
        evidence="the same stories: level between 0.4 and 0.75",
    )
    told_weight: float = setting(
        0.35,
        unit="times",
        help="how much counts that a report and the others tell of one day",
        evidence="the same stories: level from 0 to 0.6; needed where \"on Saturday\" says which week a report is of",
    )
    told_below: float = setting(
        0.6,
        unit="times",
        help="how much a day counts that stands below the lead",
        evidence="convention: the lead tells of the happening; level between 0.3 and 1",
    )
    told_lead: int = setting(
        3,
        unit="sentences",
        help="down to which sentence, from 0, a day counts as one of the lead",
        evidence="convention: headline, dateline and the first sentences; level between 2 and 6",
    )
    page_published: float = setting(
        15.0,
        unit="natural logarithm",
        help="for the day that the page says it published the report on, and against the rest",
        evidence="convention: only several days named in the report can overrule it",
    )
    page_dated: float = setting(
        8.0,
        unit="natural logarithm",
        help="the same for a date that stands where a page's own date stands",
        evidence="convention: above a weekday called today; some pages head every report with the day of the visit",
    )
    line_words: int = setting(
        14,
        unit="words",
        help="a longer line is part of the report, not the page's date",
        evidence="convention",
    )
    line_other: int = setting(
        4,
        unit="words",
        help="how many words that are no time may stand beside a page's date",
        evidence="convention: an outlet's name, a place",
    )
    line_other_cued: int = setting(
        6,
        unit="words",
        help="the same where the line says that it is the date",
        evidence="convention: an author's name too",
    )
    head_lines: int = setting(
        6,
        unit="lines",
        help="how far down a page's date stands, above the first paragraph",
        evidence="convention",
    )
    foot_lines: int = setting(
        3,
        unit="lines",
        help="how far below the last paragraph",
        evidence="convention: boxes with other dates follow",
    )
    margin: float = setting(
        0.6,
        unit="natural logarithm",
        help="by how much a day must beat the next best to be given",
        evidence="stories of egypt2013 with one date kept: 67 % of the other reports are dated, 93 to 98 % of these within a day "
        "(70 to 75 % on it); at 1.0 58 %, 96 %; the five reports need 0.7",
    )
    date_repeated: float = setting(
        0.7,
        unit="exponent",
        help="a date that several undated reports of a story name counts for each by its number to the minus this",
        evidence="egypt2013, no date kept: 37 of 100 reports are dated before errors pile up, 31 at 0; a day that many reports "
        "announce must not become theirs",
    )
    date_crowd: float = setting(
        4.0,
        unit="dates",
        help="a report that names more dates than this is a programme or a history: they count together for this many",
        evidence="convention: a list of fixtures outweighed a kept date by its number; level between 3 and 6",
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
    weeks: int = setting(
        4,
        unit="weeks",
        help="in how many weeks a story is tried to lie, where no report of it carries a date",
        evidence="bounds the work",
    )
    week_reach: int = setting(
        3,
        unit="days",
        help="how far the reports of a story may lie from the middle of such a week, while weeks are chosen",
        evidence="bounds the work; a week more to either side is tried afterwards",
    )
    starts: int = setting(
        24,
        unit="days",
        help="from how many days the search starts, where no report of the story carries a date",
        evidence="saudinewsnet, no date kept: 76 % within a day, 61 % from 8 days",
    )
    starts_given: int = setting(
        8,
        unit="days",
        help="the same where one does",
        evidence="egypt2013 and saudinewsnet, one date kept: 24 give the same within 1 %, in twice the time",
    )
    rounds: int = setting(
        12,
        unit="rounds",
        help="how often all reports are placed anew at most",
        evidence="bounds the work",
    )


DATES = DateSettings()
