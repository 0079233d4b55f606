"""Settings for reading a page: what is furniture, what is the report."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class PageSettings:
    """How lines of a page are told apart."""

    prose_words: int = setting(
        12,
        unit="words",
        help="a line of so many words is taken for prose even without a full stop",
        evidence="in 2,905 Egyptian reports of one day, headlines of related reports have a median of 10 words, paragraphs of 38",
    )
    sentence_words: int = setting(
        6,
        unit="words",
        help="a line of so many words that ends a sentence is prose",
        evidence="the shortest closing sentences of the same reports have 6 to 8 words; menu lines seldom end with a stop",
    )
    long_prose_words: int = setting(
        20,
        unit="words",
        help="inside a list of related reports, a line so long that ends a sentence is the report going on",
        evidence="headlines in related lists of the same reports never reach 20 words and a full stop",
    )
    label_words: int = setting(
        8,
        unit="words",
        help="the longest line that a one-word trigger (كتب، تصوير، المصدر) may make furniture",
        evidence="bylines and captions in Saudi and Egyptian pages have up to 8 words; sentences that begin with كتب have more",
    )
    trigger_words: int = setting(
        24,
        unit="words",
        help="the longest line that a trigger of several words (اقرأ المزيد) may make furniture",
        evidence="'read also' lines carry one headline, at most 20 words in the Egyptian reports, beside the trigger",
    )
    title_words: int = setting(
        4,
        unit="words",
        help="the shortest first line that is taken for the headline",
        evidence="99 % of the headlines given apart in the Saudi reports have 4 words or more; section names have 1 to 3",
    )
    longest_title_words: int = setting(
        45,
        unit="words",
        help="the longest first line that is taken for the headline",
        evidence="two-part headlines (… و…) of Gulf and Levantine papers reach 40 words",
    )
    dateline_words: int = setting(
        9,
        unit="words",
        help="how far into the body a dateline (القاهرة - رويترز:) may reach",
        evidence="datelines with two cities and a reporter in the Saudi reports reach 9 words",
    )
    inline_tail_words: int = setting(
        30,
        unit="words",
        help="the longest tail (سمات …) on the report's last line that is set aside",
        evidence="tag lists at the end of one-line Saudi pages have 2 to 20 words, related links up to 28",
    )
    caption_words: int = setting(
        14,
        unit="words",
        help="the longest caption that may be stuck to a report's first word",
        evidence="20 captions found stuck to the first verb in eight days of Saudi pages have 1 to 11 words",
    )
    headline_words: int = setting(
        20,
        unit="words",
        help="below a bare heading such as اقرأ أيضا, a longer line is the report, not a headline",
        evidence="508 headlines in such lists of two Egyptian days have 5 to 16 words, paragraphs a median of 38",
    )
    headlines: int = setting(
        6,
        unit="lines",
        help="how many headlines a bare heading such as اقرأ أيضا may own, as long as none ends a sentence",
        evidence="165 lists inside Egyptian reports of two days have 2 or 3 headlines; other sites put more",
    )
    desk_words: int = setting(
        45,
        unit="words",
        help="the longest line in brackets that may be an agency's editors (إعداد فلان للنشرة العربية - تحرير فلان)",
        evidence="33 such lines in two Egyptian days have up to 27 words; contributors from more cities make them longer",
    )
    arabic_share: float = setting(
        0.5,
        unit="share of letters 0..1",
        help="below this share of Arabic letters a text is not Arabic",
        evidence="Arabic reports with many Latin names stay over 0.8; translations beside an English text fall under 0.5",
    )
    foreign_letters: float = setting(
        0.015,
        unit="share of letters 0..1",
        help="above this share of letters that only Persian or Urdu use, the text is Persian or Urdu",
        evidence="these letters make 4 to 9 % of Persian and Urdu news, under 0.2 % of Arabic reports with foreign names",
    )


PAGE = PageSettings()
