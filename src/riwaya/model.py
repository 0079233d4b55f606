"""What flows through the house: articles, spans, marks, passages, entities, statements, disputes, dossiers.

Every class is a frozen dataclass. Offsets are code points into `Article.text`, the end exclusive, everywhere. The field names
are those of dossier.json; where a class carries more than the contract names, the field's comment says what for.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from operator import attrgetter
from typing import Any, Literal

SCHEMA = "riwaya/1"

NameKind = Literal["person", "organization", "place"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Stance = Literal["affirms", "denies", "alleges", "demands", "plans"]
LinkRole = Literal["outlet", "agency", "office", "document", "relay", "speaker"]
OriginKind = Literal["speaker", "office", "document", "agency", "outlet", "unknown"]
Standing = Literal["corroborated", "repeated", "single"]
DisputeKind = Literal["contradiction", "revision", "precision"]
AlertKind = Literal["story", "revision", "contradiction", "confirmation"]
Direction = Literal["a_to_b", "b_to_a", "common_source", "unknown"]
CorrectionAction = Literal["merge", "split", "not-copy", "speaker", "date", "not-story", "same-story", "counts"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one article: code-point offsets into its untouched text, the end exclusive."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two things were joined or a finding was made: a named feature, its weight, and its detail in words."""

    name: str
    weight: float
    detail: str = ""


# ---------------------------------------------------------------------------------------------------------------- read


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency that the article credits (dateline, byline, "المصدر:", "وكالات"). `how` says where the credit stands."""

    name: str
    span: Span | None
    how: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text of the page that is not the report, or (`kind` "background") part of the report about something else."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Published:
    """When the article appeared. `value` is "YYYY-MM-DD", "YYYY-MM-DDThh:mm[offset]" or None."""

    value: str | None = None
    how: Literal["stated", "inferred", "unknown"] = "unknown"
    evidence: tuple[Span, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One text published by one outlet. `text` is what the source gives, untouched."""

    id: str
    path: str
    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    language: str = "ar"
    body_start: int = 0
    version_of: str | None = None
    agencies: tuple[Credit, ...] = ()
    published: Published = Published()
    furniture: tuple[Furniture, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """An input that could not be used, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Duplicate:
    """The same report again; `article_id` is the one that was kept."""

    path: str
    article_id: str


# ---------------------------------------------------------------------------------------------------------------- mark


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """What the words of a time say, before the article's date is known. `mark.times.resolve` turns it into a value.

    form        calendar   year/month/day as far as given (الخامس من الشهر الجاري: day 5, unit M, shift 0; beside اليوم
                           or أمس: `today`, unit D and its shift)
                weekday    `weekday` (0 = Monday), `shift` -1 الماضي / 0 / +1 المقبل; `today` when beside اليوم, أمس, غدا
                deictic    `shift` units from the anchor: أمس = D -1, هذا العام = Y 0, الأسبوع الماضي = W -1
                duration   `count` units: ثلاثة أسابيع = 3 W; count None: أيام = PXD
                set        كل يوم, أسبوعيا
                reference  PAST_REF, PRESENT_REF, FUTURE_REF in `reference`
    """

    form: Literal["calendar", "weekday", "deictic", "duration", "set", "reference"]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    hijri: bool = False
    weekday: int | None = None
    unit: str | None = None  # ISO letters: Y M W D, and TH TM TS for hours, minutes, seconds; DE decade, CE century
    count: float | None = None
    shift: int | None = None
    today: bool = False  # the words tie the anchor's own day (or, with shift -1/+1, its neighbour) to a weekday or date
    tense: Literal["past", "future"] | None = None  # of the verb nearby; decides a bare weekday or month
    hour: int | None = None
    minute: int | None = None
    part: str | None = None  # TIMEX3 parts of the day: MO MI AF EV NI
    season: str | None = None  # SP SU FA WI, quarters Q1-Q4, halves H1 H2, the weekend WE
    mod: str | None = None  # TIMEX3 START MID END: مطلع، منتصف، نهاية
    zone: str | None = None  # of a clock time: Z for بتوقيت غرينتش
    reference: str | None = None
    end: TimeExpression | None = None  # the far end of a range
    second: int | None = None  # of a clock time
    more: tuple[tuple[float, str], ...] = ()  # of a length: further counts and units, سنة وستة أشهر = 1 Y and (6, M)


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression, as in TimeML TIMEX3. `value` is None where nothing anchors it."""

    span: Span
    text: str
    type: TimeType
    value: str | None
    calendar: Literal["gregorian", "hijri"]
    expression: TimeExpression | None = None  # kept so that the value can be found once the article's date is known


@dataclass(frozen=True, slots=True)
class Name:
    """A mention by name. `role` covers the title beside it (رئيس وزراء كازاخستان); `score` is 0..1; `reasons` say why."""

    span: Span
    text: str
    kind: NameKind
    role: Span | None = None
    score: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it: the entity if known, the words that name the speaker, and their text."""

    entity_id: str | None
    span: Span | None
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an isnad."""

    role: LinkRole
    name: str | None
    entity_id: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What is said, asked or ordered, without the cue. `isnad[0]` is the outlet, `isnad[-1]` the speaker."""

    id: str
    content: Span
    cue: Span | None
    direct: bool
    stance: Stance
    speaker: Speaker | None
    isnad: tuple[Link, ...]
    hedged: bool = False  # أنباء عن، لم يتسن التأكد


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity with what it counts. `low`/`high` are inclusive, None where open; money and measures in plain units."""

    id: str
    span: Span
    text: str
    low: float | None
    high: float | None
    approximate: bool
    kind: str
    unit: str | None
    counted: str
    scope: Literal["total", "part", "unknown"] = "unknown"
    as_of: str | None = None
    place_id: str | None = None
    quote_id: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """All that was found inside one article, each list in text order."""

    article_id: str
    sentences: tuple[Span, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    names: tuple[Name, ...] = ()
    quotes: tuple[Quote, ...] = ()


# -------------------------------------------------------------------------------------------------------------- relate


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that two articles share, word for word or reworded. `a` < `b` by article id."""

    id: str
    a: Span
    b: Span
    kind: Literal["copy", "paraphrase"]
    similarity: float
    direction: Direction = "unknown"
    source: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class NameCount:
    """One spelling of an entity's name and how often it stands in the reports."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a place is. Degrees (WGS 84); `country` is ISO 3166 alpha-2; `geonames_id` credits GeoNames (CC BY 4.0)."""

    lat: float
    lon: float
    country: str | None
    geonames_id: int | None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organization or place of one story, with every spelling and mention."""

    id: str
    kind: NameKind
    name: str
    names: tuple[NameCount, ...]
    mentions: tuple[Span, ...]
    description: str | None = None
    same_as: str | None = None
    place: Place | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person overruled: a dated record that cites evidence, can be undone, and is replayed on every run. By action:

        merge       the names that stand at the spans are one entity, of the kind of the first, also across stories
        split       the names spelled as those at spans[1:] are another entity than the one at spans[0]
        not-copy    spans[0] and spans[1], of two articles, are no passage, nor is anything that overlaps both
        speaker     what is said at spans[0] is said by `value`; spans[1], if given, are the words that name the speaker
        date        the article of spans[0] is from `value`, an ISO date, with an hour where known
        not-story   the article of spans[0] is not of the story of the article of spans[1]
        same-story  the articles of the spans are one story
        counts      the figure at spans[0] counts `value`: a kind ("killed"), or a kind and what is counted ("killed:عمال")

    Where whole articles are meant a span may be empty. `made` and `undone` (an undone one stays on record) are ISO instants in
    UTC. The id follows from action, spans, value, author and made: `serial.corrections.make_correction` gives it, all checked.
    """

    id: str
    action: CorrectionAction
    spans: tuple[Span, ...]
    value: str | None
    author: str
    made: str
    reason: str = ""
    undone: str | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """One story after `relate`: dates settled, times resolved, quotes and figures linked to entities, passages found.

    `articles` and `marks` are parallel, sorted by article id.
    """

    story_id: str
    articles: tuple[Article, ...]
    marks: tuple[Marks, ...]
    passages: tuple[Passage, ...] = ()
    entities: tuple[Entity, ...] = ()
    reasons: tuple[Reason, ...] = ()  # why these articles are one story
    corrections: tuple[Correction, ...] = ()  # those that changed something here, in the order in which they were made
    set_aside: tuple[Skipped, ...] = ()  # those that could not be applied here, and why; `path` names the correction


# --------------------------------------------------------------------------------------------------------------- weigh


@dataclass(frozen=True, slots=True)
class Origin:
    """The far end of an isnad: whoever first said it, as far as the text shows."""

    name: str
    kind: OriginKind
    entity_id: str | None
    named: bool
    party: str | None
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that is asserted, with every span that asserts it. `confidence` is 0..1, or None where nothing sets it."""

    id: str
    story_id: str
    text: str
    spans: tuple[Span, ...]
    article_ids: tuple[str, ...]
    outlets: tuple[str, ...]
    quote_ids: tuple[str, ...]
    figure_ids: tuple[str, ...]
    origins: tuple[Origin, ...]
    independent: int
    standing: Standing
    disputed: bool = False
    confidence: float | None = None
    missing_from: tuple[str, ...] = ()
    missing_from_articles: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a dispute."""

    says: str
    spans: tuple[Span, ...]
    article_ids: tuple[str, ...]
    outlets: tuple[str, ...]
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """Statements that cannot both hold, one that replaces another, or one vaguer than the other."""

    id: str
    story_id: str
    kind: DisputeKind
    about: str
    sides: tuple[Side, ...]
    statement_ids: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened when. `start` and `end` are full ISO dates (with hours where known)."""

    story_id: str
    start: str
    end: str | None
    precision: Literal["hour", "day", "month", "year"]
    spans: tuple[Span, ...]
    statement_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence quoted from a report, with all spans that carry it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """The articles about one happening."""

    id: str
    title: str
    article_ids: tuple[str, ...]
    first: str | None
    last: str | None
    outlets: tuple[str, ...]
    origins: int
    parties: int
    place_ids: tuple[str, ...] = ()
    summary: tuple[SummarySentence, ...] = ()
    statement_ids: tuple[str, ...] = ()
    dispute_ids: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of it for one story (or for a small collection of several), ready to read."""

    articles: tuple[Article, ...]
    stories: tuple[Story, ...]
    marks: tuple[Marks, ...] = ()  # parallel to `articles`
    entities: tuple[Entity, ...] = ()
    passages: tuple[Passage, ...] = ()
    statements: tuple[Statement, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    generator: str = field(default="")

    def to_dict(self) -> dict[str, Any]:
        """This dossier as dossier.json holds it: plain dicts, lists, strings and numbers."""
        from riwaya.serial.json_ import to_dict

        return to_dict(self)


# --------------------------------------------------------------------------------------------------------------- watch


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that an editor wants to know at once. The same thing has the same id, so that it is told once.

    kind: a story that has become worth telling of; a figure's revision; a contradiction of figures; a confirmation by a second
    independent origin. `story_id` and `title` are the story's when the alert was made (the id is redirected); `ar` and `en`
    say in a line each what happened; `spans` show it, the new words last. An archive numbers what it keeps (`number` rises) and
    notes when (`made`, seconds since 1970); both are 0 before.
    """

    id: str
    kind: AlertKind
    story_id: str
    title: str
    ar: str
    en: str
    spans: tuple[Span, ...]
    number: int = 0
    made: int = 0


# ------------------------------------------------------------------------------------------------------------- pickling


def _reducer(cls: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    values = attrgetter(*(f.name for f in fields(cls)))
    return lambda thing: (cls, values(thing))


# As a call of the class with its values: what frozen dataclasses with slots do by themselves asks each object for its fields,
# five times slower, and a dossier goes through pickle several times.
for _class in [c for c in globals().values() if isinstance(c, type) and is_dataclass(c)]:
    copyreg.pickle(_class, _reducer(_class))
