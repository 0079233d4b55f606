"""Settings of the room `relate`."""

from __future__ import annotations

from dataclasses import dataclass

from riwaya.settings.base import setting


@dataclass(frozen=True)
class RelateSettings:
    """Settings of the room `relate`."""

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
