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
        evidence="convention: a verb farther off belongs to another clause; some 300 times of three corpora read by eye",
    )
    tense_window_after: int = setting(
        3,
        unit="words",
        help="how far after it, where nothing stands before",
        evidence="convention: after a weekday the verb follows at once, as in headlines",
    )
    months_ahead: int = setting(
        3,
        unit="months",
        help="a month with no year and no verb near is taken as ahead up to this far, else as past",
        evidence="convention, not measured: announced events are mostly a quarter ahead",
    )
    months_ahead_future: int = setting(
        6,
        unit="months",
        help="the same beside a verb of the future",
        evidence="convention: announced events are within half a year",
    )
    days_late: int = setting(
        3,
        unit="days",
        help="how far a Hijri day may lie on the wrong side of its verb's tense before another year is taken",
        evidence="in 14 of 100 egypt2013 reports the page's date is a day off the weekday that the text calls today",
    )
    days_near: int = setting(
        45,
        unit="days",
        help="a day of a month this near to the report is the one meant, whatever the tense of the verb",
        evidence="convention: news names a day without its year when it is weeks away; set wide of a month, not measured",
    )
    quote_gap_words: int = setting(
        40,
        unit="words",
        help="how far after a reporting verb أن, a colon or its preposition is looked for",
        evidence="300 reports of egypt2013: in 99 of 100 quotes found the verb and its content lie at most 28 words apart",
    )
    quote_phrase_words: int = setting(
        12,
        unit="words",
        help="the longest noun phrase taken for a speaker, and how far a participle's content may be",
        evidence="300 reports of egypt2013: 99 of 100 speakers found have at most 8 words",
    )
    quote_preposition_words: int = setting(
        8,
        unit="words",
        help="how far from the verb, with no comma between, its preposition may stand",
        evidence="saudinewsnet, read by eye: one farther off belongs to another word (أكد ... وقعت على اتفاقية)",
    )
    quote_stretch_words: int = setting(
        5,
        unit="words",
        help="how many unknown words between a subject and أن still belong to the subject",
        evidence="convention, not measured: a name in full has up to five words",
    )
    quote_name_words: int = setting(
        4,
        unit="words",
        help="quotation marks with no more words than this may hold a name on the way to what is said",
        evidence="60 reports of egypt2013 and saudinewsnet read by eye, not counted: marked names have up to four words",
    )
    quote_scare_words: int = setting(
        2,
        unit="words",
        help="marked words inside indirect speech: up to this many may be a name or a word held at a distance",
        evidence="40 reports of egypt2013 read by eye, not counted: one and two marked words are mostly names",
    )
    quote_scare_marks: int = setting(
        5,
        unit="stretches",
        help="a report with more short marked stretches than this sets names in quotation marks, so short ones count as names",
        evidence="40 reports of egypt2013 read by eye, not counted: outlets that mark names do so throughout",
    )
    quote_orphan_words: int = setting(
        6,
        unit="words",
        help="marked words that no verb introduces are a quote from this length on",
        evidence="40 reports of egypt2013 read by eye, not counted: shorter ones are titles, slogans and names",
    )
    quote_longest_words: int = setting(
        250,
        unit="words",
        help="the longest indirect content; text without a full stop is cut here",
        evidence="bounds the work on hostile text; the longest of 300 reports of egypt2013 has 150 words",
    )
    quote_depth: int = setting(
        3,
        unit="levels",
        help="how deep speech inside speech is followed",
        evidence="bounds the work on hostile text; the five reports go two levels deep",
    )
    quote_memory: int = setting(
        20,
        unit="quotes",
        help="how many quotes back the last speaker of the right gender is looked for",
        evidence="bounds the work on hostile text; nobody reads a pronoun farther back",
    )
    quote_headline_words: int = setting(
        25,
        unit="words",
        help="the longest line that is read as a headline of the form speaker, colon, words",
        evidence="2,891 titles of egypt2013 (20 February): 99 in 100 have at most 16 words, the longest 29",
    )
    quote_shortest_attributed: int = setting(
        3,
        unit="words",
        help="the shortest content of بحسب and of a headline's colon",
        evidence="less than three words state nothing",
    )
    clitic_rank_ratio: int = setting(
        4,
        unit="times",
        help="a first letter of a name is taken as و ف ب ل ك when the rest is this much more frequent than the whole word",
        evidence="names of egypt2013 read by eye: كريم stands above ريم, وليد has no rest, ومرسي lies far below مرسي",
    )
    name_search_lead: float = setting(
        5.0,
        unit="nats",
        help="a word at which 'no name' leads by this much is left out of the search over tag sequences",
        evidence="300 Saudi reports: of 5,722 names none differs from a lead of 20 (4: two, 3: ten), a tenth quicker than 8",
    )
    name_certain: float = setting(
        2.0,
        unit="nats",
        help="how far the tagger's lead over 'no name' counts: a name's score is the logistic function of their quotient",
        evidence="last tenth of ANERcorp's training part: of names scored .78, .85, .98 were right .72, .85, .96",
    )
    place_lean: float = setting(
        25.0,
        unit="tagger score",
        help="a place of the gazetteer that news uses as a word is doubtful unless the word by itself leans this far to places",
        evidence="80 such words read: القاهرة 110, النيل 95, السويس 51 against المنشأة -17, المدينة 19, القائم -75",
    )
    stray_lean: float = setting(
        -12.0,
        unit="tagger score",
        help="a word at the edge of a person or place that leans this far away from names is cut off",
        evidence="80 words read: يسيطر -16, رحمه -14, عليه -73 against فتح 4, العلي -19 (a name of God), persons above 30",
    )
    name_lean: float = setting(
        60.0,
        unit="tagger score",
        help="from what lean to persons on a frequent word goes on with a name that stands right before it",
        evidence="80 words read: given and family names lie above (محمد 166, هاريس 111, كمال 46), ordinary words below 20",
    )
    definite_lean: float = setting(
        45.0,
        unit="score of the tagger",
        help="from how much a word with the article leans to persons it is a family name right after a title, not its adjective",
        evidence="29 words: الراوي, المرزوقي, الشرقاوي, الجبوري and the like have 50 to 101, adjectives of offices at most 34",
    )
    person_lean: float = setting(
        12.0,
        unit="tagger score",
        help="from what lean to persons on a frequent word is a family name anywhere, once the report has the full name",
        evidence="80 such words read: مرسي 55, صالح 180, بركات 89 against غضب -20, المديد 3, عودة 13",
    )
    family_name_rank: int = setting(
        2500,
        unit="place by frequency",
        help="a family name more frequent than this as a word is taken as a name only where the tagger says so too",
        evidence="words of egypt2013 up to here are mostly ordinary ones (الشريف, صالح lie beyond, محمد before)",
    )
    strange_rank: int = setting(
        20000,
        unit="place by frequency",
        help="a word rarer than this may be a name that only the head before it shows (بلدة, حركة)",
        evidence="words after such heads in 20 reports read by eye, not counted: most adjectives and verbs lie above",
    )
    rare_rank: int = setting(
        5000,
        unit="place by frequency",
        help="a word rarer than this may begin such a name, or stand between a title and a name, where a surer part follows",
        evidence="convention: ordinary nouns of the news lie above; not measured",
    )


MARK = MarkSettings()
