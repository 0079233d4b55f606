"""Settings of the search and of the names across stories."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class SearchSettings:
    """Settings of the search and of the names across stories."""

    title_weight: float = setting(
        4.0,
        unit="times a word of the text",
        help="what a word in the headline counts in the ranking (BM25F)",
        evidence="not measured: no judged queries; headlines hold a dozen words, texts some 200",
    )
    window: int = setting(
        1500,
        unit="reports",
        help="of more reports that match, the newest this many are ranked by words; older ones follow by day",
        evidence="in 100,000 reports مصر matches 37,000: the newest 1,500 are ranked in 3 ms, 3,000 in 5, all in 52",
    )
    recency_weight: float = setting(
        0.5,
        unit="share of the score of the words",
        help="what a report of the newest day gains in the ranking; half of it a half-life earlier",
        evidence="not measured: of two equal matches the newer comes first, a much better old match stays before it",
    )
    recency_half_life: float = setting(
        14.0,
        unit="days",
        help="after how long the gain of the new has halved",
        evidence="not measured: about the life of a story",
    )
    longest_query: int = setting(
        1000, unit="characters", help="of a longer query the rest is passed over", evidence="a whole headline has under 200"
    )
    most_words: int = setting(
        24, unit="words", help="of a query with more the rest is passed over, and named", evidence="a whole headline has under 20"
    )
    spellings: int = setting(
        64, unit="spellings", help="how many ways to write the hamzas of one word are tried", evidence="رؤساء has forty"
    )
    completions: int = setting(
        12,
        unit="words",
        help="with how many words of the archive, the commonest first, a word is completed while it is typed",
        evidence="in 100,000 reports مر takes 9 ms with 12 words and 11 with 32, the one letter م 25 and 39",
    )
    phrase_forms: int = setting(
        4, unit="forms", help="how many forms of each word of a phrase are tried", evidence="a word with one hamza has three"
    )
    phrases: int = setting(
        64, unit="phrases", help="how many combinations of such forms are tried", evidence="three words of four forms each"
    )
    statements: int = setting(
        5, unit="statements", help="how many statements are shown with a report that was found", evidence="fits beside a hit"
    )
    common: float = setting(
        0.65,
        unit="natural logarithm of reports / reports with the word",
        help="words commoner than this decide nothing beside others: في, من, على, عن, التي",
        evidence="half of all news reports hold such a word; مصر has 1.0 in the background, الرئيس 0.75",
    )
    name_rarity: float = setting(
        4.0,
        unit="natural logarithm of reports / reports with the word",
        help="a word this rare that is part of a name is looked for in the name's other spellings too",
        evidence="السيسي has 4.25 in the background, البرادعي 4.4, unknown names 10; common nouns 1 to 3",
    )
    name_nearness: float = setting(
        0.88,
        unit="nearness 0..1",
        help="how near two spellings of a word of a name must be for the search to take either for the other",
        evidence="as relate.entity_nearness_native, stricter than within a story; the reader sees which spellings were added",
    )
    snippet: int = setting(32, unit="words", help="how long the extract under a hit is", evidence="two to three lines of a page")
    keys: int = setting(
        50, unit="names", help="how many names a filter by a name takes in, those with most mentions first",
        evidence="a first name alone is part of hundreds; nobody reads their reports together",
    )
    together: int = setting(
        300,
        unit="stories",
        help="in how many of a name's stories, the newest first, those who appear with it are counted",
        evidence="about 10 ms; who appears with a name changes slowly",
    )
    tied_stories: int = setting(
        50,
        unit="stories",
        help="in how many of a name's stories a merge or split of it cites a mention, where one does not stand for all",
        evidence="not measured: keeps a correction readable; what is left over stands in the list of names for the next one",
    )
    companions: int = setting(24, unit="names", help="how many names that appear with one are shown", evidence="fits a screen")


SEARCH = SearchSettings()
"""The settings in use."""
