"""Settings of the room `relate`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class RelateSettings:
    """Settings of the room `relate`."""

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
        0.385,
        unit="share 0..1",
        help="the least share of weight that two reworded sentences have in common (Dice)",
        evidence="three marked events, all reused passages: precision 0.81 and rewordings 0.58 found; at 0.37 0.77 and 0.60",
    )
    reworded_weight: float = setting(
        1.5,
        unit="times the weight of a term in one sentence of the story",
        help="the least weight that two reworded sentences have in common",
        evidence="the seeds' gold: at 1.3 precision 0.82, at 1.8 rewordings 0.47 found",
    )
    reworded_plain: float = setting(
        1.0,
        unit="times the weight of a term in one sentence of the story",
        help="the least weight that they have in common outside names",
        evidence="sentences that name the same people and places need not say the same of them",
    )
    reworded_terms: int = setting(
        3,
        unit="terms",
        help="the fewest terms that two reworded sentences have in common",
        evidence="two terms, a name and a verb, return in most sentences of a story",
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

    # -- entities: when two spellings are one name
    entity_nearness: float = setting(
        0.8,
        unit="nearness 0..1",
        help="from how near on two spellings of a part of a foreign name are one",
        evidence="300 pairs checked by hand (riwaya evaluate spellings): F1 0.896 at 0.78, 0.903 at 0.80, 0.897 at 0.84",
    )
    entity_nearness_with_role: float = setting(
        0.7,
        unit="nearness 0..1",
        help="the same where a title or office beside the names is shared",
        evidence="93 % of the same spellings lie above it; the shared role keeps other persons out",
    )
    entity_nearness_native: float = setting(
        0.88,
        unit="nearness 0..1",
        help="the same for the rest of a name that begins with an Arabic given name",
        evidence="Saudi reports: at 0.8 شبلي joins سيلفي; foreign names after an Arabic one differ by vowels and stay above",
    )
    entity_nearness_family: float = setting(
        0.8,
        unit="nearness 0..1",
        help="from how near on a family name alone is that of a full name in the story; the consonants must be the same too",
        evidence="at 0.75 Saudi reports join verbs that were taken for names; 84 % of the same spellings lie above 0.8",
    )
    entity_block: int = setting(
        200,
        unit="spellings",
        help="up to how many spellings of one skeleton are compared all with all",
        evidence="600 Saudi reports as one story have a largest block of 44; beyond it only neighbours in order are compared",
    )
    entity_neighbours: int = setting(
        20,
        unit="spellings",
        help="with how many of the next in order a spelling of a larger block is compared",
        evidence="spellings of one name stand close together in the order of the alphabet; bounds the cost on hostile input",
    )
    person_dominance: float = setting(
        5.0,
        unit="times",
        help="how much more often than all namesakes together the one must be named in full that a family name alone is given to",
        evidence="Egyptian reports: مرسي is محمد مرسي (40) and not عمر مرسي (1), in a report that names neither in full",
    )
    organization_nearness: float = setting(
        0.9,
        unit="nearness 0..1",
        help="from how near on two words in the names of organizations are one",
        evidence="these are mostly Arabic words: at 0.8 الخميس joins حماس in the Saudi reports",
    )

    # -- places: which of its namesakes a name means; inhabitants count by their logarithm to the base 10
    place_context: float = setting(
        1.5,
        unit="tenfold inhabitants",
        help="what it is worth that report or story speak of a candidate's country and not of the other candidates'",
        evidence="طرابلس is the Lebanese one (229,000) in a report on Lebanon, against 1.3 million; "
        "باريس stays in France beside an American town",
    )
    place_within: float = setting(
        6.0,
        unit="tenfold inhabitants",
        help="what it is worth that the candidate's country stands right after the name",
        evidence="outweighs any difference in size: طرابلس اللبنانية",
    )
    place_kind: float = setting(
        3.0,
        unit="tenfold inhabitants",
        help="what it is worth that the word before the name asks for a candidate's kind (مدينة, محافظة)",
        evidence="outweighs the difference between a country and its capital of the same name: مدينة تونس",
    )
    place_country: float = setting(
        0.5,
        unit="tenfold inhabitants",
        help="what it is worth to be a country where nothing says which kind is meant",
        evidence="الجزائر, تونس, الكويت are mostly the states; عمان is decided by the context",
    )
    place_well_known: int = setting(
        300_000,
        unit="inhabitants",
        help="from what size on a city's name stays a place's in a report that also has a person of that name",
        evidence="نيد برايس and Price, Utah (700) against سعود الرياض and Riyadh",
    )
    place_countries: int = setting(
        3,
        unit="countries",
        help="in how many of a report's countries a place with no Arabic name in the lists is looked for by its consonants",
        evidence="a report seldom tells of more",
    )
    # -- organizations
    bracket_distance: int = setting(
        30,
        unit="characters",
        help="how far before a short name in brackets the name may end that it stands for",
        evidence="room for التابع للمنظمة between the two",
    )
    organ_memory: int = setting(
        1,
        unit="sentences",
        help="for how many sentences a bare وزارة الدفاع is still the one that was last named with its country",
        evidence="read on the seeds: after that the report's own country is meant",
    )
    organization_dominance: float = setting(
        2.0,
        unit="times",
        help="how much more often than all others together the one must be named that a short form is given to",
        evidence="read on the seeds: الأمن الجماعي is the organization, not its council",
    )

    # -- links
    figure_place_distance: int = setting(
        120,
        unit="characters",
        help="how far from a figure in its sentence a place may stand that it is said of",
        evidence="about 20 words; further away in long sentences another clause is meant",
    )


RELATE = RelateSettings()
