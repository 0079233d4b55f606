"""Settings of the room `mark`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class MarkSettings:
    """Settings of the room `mark`."""

    figure_event_reach: int = setting(
        8,
        unit="words",
        help="how far before a figure the word may stand that says what happened to those counted",
        evidence="read on 200 sentences with figures of egypt2013 and saudinewsnet: the verb stands within 8 words in nearly all",
    )
    tense_window: int = setting(
        10,
        unit="words",
        help="how far before a weekday or a month with no year the verb is looked for that says past or future",
        evidence="the five reports and 100 weekdays of saudinewsnet read by eye: a cue farther off belongs to another clause",
    )
    tense_window_after: int = setting(
        3,
        unit="words",
        help="how far after it, where nothing stands before",
        evidence="the five reports: الثلاثاء comes before its verb only in headlines, and at once",
    )
    months_ahead: int = setting(
        3,
        unit="months",
        help="a month with no year and no verb near is taken as ahead up to this far, else as past",
        evidence="convention, not measured: announced events are mostly a quarter ahead",
    )
    months_ahead_future: int = setting(
        11,
        unit="months",
        help="the same beside a verb of the future",
        evidence="a month said with a verb of the future and no year is the next of that name",
    )
    days_late: int = setting(
        3,
        unit="days",
        help="how far a Hijri day may lie on the wrong side of its verb's tense before another year is taken",
        evidence="pages are dated up to three days after or before the text was written (egypt2013)",
    )
    days_near: int = setting(
        45,
        unit="days",
        help="a day of a month this near to the report is the one meant, whatever the tense of the verb",
        evidence="convention: news names a day without its year when it is weeks away; set wide of a month, not measured",
    )


MARK = MarkSettings()
