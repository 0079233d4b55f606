"""The JSON of the API, named and typed: what /api/v1/openapi.json shows to those who write programs against it.

The forms are those of dossier.json; offsets are code points into an article's `text`, the end exclusive. Lists come a page at a
time: `items`, `total` of the whole list, `offset`, `limit`, and `next`, the address of the page that follows, or null.
"""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import FailFast, Field
from typing_extensions import TypedDict  # pydantic takes that of `typing` from Python 3.12 only

from riwaya.settings.web import WEB


class Fault(TypedDict):
    """What went wrong: `code` for programs, `message` for people, in one line."""

    code: str
    message: str


class ErrorJson(TypedDict):
    """The one shape of every error."""

    error: Fault


class SpanJson(TypedDict):
    """A stretch of an article: code points into its text, the end exclusive."""

    article_id: str
    start: int
    end: int


class ReasonJson(TypedDict):
    """Why: a named feature, its weight, its detail in words."""

    name: str
    weight: float
    detail: str


class CreditJson(TypedDict):
    """An agency that an article credits."""

    name: str
    span: SpanJson | None
    how: str


class PublishedJson(TypedDict):
    """When an article appeared."""

    value: str | None
    how: Literal["stated", "inferred", "unknown"]
    evidence: list[SpanJson]
    reasons: list[ReasonJson]


class FurnitureJson(TypedDict):
    """Text of the page that is not the report."""

    start: int
    end: int
    kind: str


class ArticleJson(TypedDict):
    """One text published by one outlet, untouched."""

    id: str
    path: str
    url: str | None
    outlet: str | None
    title: str | None
    byline: str | None
    language: str
    text: str
    body_start: int
    version_of: str | None
    agencies: list[CreditJson]
    published: PublishedJson
    furniture: list[FurnitureJson]


class SkippedJson(TypedDict):
    """An input that could not be used, and why."""

    path: str
    reason: str


class DuplicateJson(TypedDict):
    """The same report again."""

    path: str
    article_id: str


class SentenceJson(TypedDict):
    """A sentence of the summary, quoted."""

    text: str
    spans: list[SpanJson]


class StoryJson(TypedDict):
    """The articles about one happening."""

    id: str
    title: str
    article_ids: list[str]
    first: str | None
    last: str | None
    outlets: list[str]
    origins: int
    parties: int
    place_ids: list[str]
    summary: list[SentenceJson]
    statement_ids: list[str]
    dispute_ids: list[str]
    reasons: list[ReasonJson]


class NameCountJson(TypedDict):
    """One spelling and how often it stands there."""

    text: str
    count: int


class PlaceJson(TypedDict):
    """Where a place is, in degrees."""

    lat: float
    lon: float
    country: str | None
    geonames_id: int | None


class EntityJson(TypedDict):
    """A person, organization or place of one story."""

    id: str
    kind: Literal["person", "organization", "place"]
    name: str
    names: list[NameCountJson]
    mentions: list[SpanJson]
    description: str | None
    same_as: str | None
    place: PlaceJson | None
    reasons: list[ReasonJson]


class SpeakerJson(TypedDict):
    """Who says it."""

    entity_id: str | None
    span: SpanJson | None
    text: str


class LinkJson(TypedDict):
    """One link of an isnad."""

    role: Literal["outlet", "agency", "office", "document", "relay", "speaker"]
    name: str | None
    entity_id: str | None
    span: SpanJson | None


class QuoteJson(TypedDict):
    """What is said, by whom, through whom."""

    id: str
    content: SpanJson
    cue: SpanJson | None
    direct: bool
    stance: Literal["affirms", "denies", "alleges", "demands", "plans"]
    speaker: SpeakerJson | None
    isnad: list[LinkJson]
    hedged: bool


class TimeJson(TypedDict):
    """A time expression, as in TimeML TIMEX3."""

    span: SpanJson
    text: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    calendar: Literal["gregorian", "hijri"]


class FigureJson(TypedDict):
    """A quantity with what it counts."""

    id: str
    span: SpanJson
    text: str
    low: float | None
    high: float | None
    approximate: bool
    kind: str
    unit: str | None
    counted: str
    scope: Literal["total", "part", "unknown"]
    as_of: str | None
    place_id: str | None
    quote_id: str | None


class PassageJson(TypedDict):
    """A stretch of text that two articles share."""

    id: str
    a: SpanJson
    b: SpanJson
    kind: Literal["copy", "paraphrase"]
    similarity: float
    direction: Literal["a_to_b", "b_to_a", "common_source", "unknown"]
    source: str | None
    reasons: list[ReasonJson]


class OriginJson(TypedDict):
    """Whoever first said it, as far as the text shows."""

    name: str
    kind: Literal["speaker", "office", "document", "agency", "outlet", "unknown"]
    entity_id: str | None
    named: bool
    party: str | None
    article_ids: list[str]


class StatementJson(TypedDict):
    """One thing that is asserted, with every span that asserts it."""

    id: str
    story_id: str
    text: str
    spans: list[SpanJson]
    article_ids: list[str]
    outlets: list[str]
    quote_ids: list[str]
    figure_ids: list[str]
    origins: list[OriginJson]
    independent: int
    standing: Literal["corroborated", "repeated", "single"]
    disputed: bool
    confidence: float | None
    missing_from: list[str]
    missing_from_articles: list[str]
    reasons: list[ReasonJson]


class SideJson(TypedDict):
    """One side of a dispute."""

    says: str
    spans: list[SpanJson]
    article_ids: list[str]
    outlets: list[str]
    as_of: str | None


class DisputeJson(TypedDict):
    """Accounts that differ."""

    id: str
    story_id: str
    kind: Literal["contradiction", "revision", "precision"]
    about: str
    sides: list[SideJson]
    statement_ids: list[str]
    reasons: list[ReasonJson]


class TimelineJson(TypedDict):
    """What happened when."""

    story_id: str
    start: str
    end: str | None
    precision: Literal["hour", "day", "month", "year"]
    spans: list[SpanJson]
    statement_ids: list[str]


class DossierJson(TypedDict):
    """All of a story: dossier.json."""

    schema: Literal["riwaya/1"]
    generator: str
    articles: list[ArticleJson]
    skipped: list[SkippedJson]
    duplicates: list[DuplicateJson]
    stories: list[StoryJson]
    entities: list[EntityJson]
    quotes: list[QuoteJson]
    times: list[TimeJson]
    figures: list[FigureJson]
    passages: list[PassageJson]
    statements: list[StatementJson]
    disputes: list[DisputeJson]
    timeline: list[TimelineJson]


class StoryCardJson(TypedDict):
    """What a list shows of a story; `made` and `touched` in seconds since 1970.

    `corroborated`, `repeated` and `single` count the statements of that standing that are not disputed.
    """

    id: str
    title: str
    first: str | None
    last: str | None
    articles: int
    outlets: list[str]
    origins: int
    parties: int
    corroborated: int
    repeated: int
    single: int
    disputes: int
    contradictions: int
    revisions: int
    made: int
    touched: int
    stale: bool


class ListOfStories(TypedDict):
    """Some of the stories."""

    items: list[StoryCardJson]
    total: int
    offset: int
    limit: int
    next: str | None


class NameJson(TypedDict):
    """A name in a report, before it is tied to an entity."""

    span: SpanJson
    text: str
    kind: Literal["person", "organization", "place"]


class ReportJson(TypedDict):
    """A report with what was found in it, its story, and its other versions."""

    article: ArticleJson
    story_id: str | None
    added: int
    times: list[TimeJson]
    figures: list[FigureJson]
    names: list[NameJson]
    quotes: list[QuoteJson]
    versions: list[str]


class NewReport(TypedDict):
    """A report that is handed in; `date` is an ISO date, with an hour where known."""

    text: str
    title: NotRequired[str | None]
    outlet: NotRequired[str | None]
    date: NotRequired[str | None]
    url: NotRequired[str | None]
    byline: NotRequired[str | None]


class NewReports(TypedDict):
    """What is handed in: reports, and addresses of pages to be fetched."""

    reports: NotRequired[Annotated[list[NewReport], Field(max_length=WEB.reports_most), FailFast()]]
    links: NotRequired[Annotated[list[str], FailFast()]]  # a fault a link would take 200 times the memory of the request


class TouchedJson(TypedDict):
    """A story that something was added to."""

    id: str
    title: str


class JobJson(TypedDict):
    """How far something is on its way into the archive, and what came of it."""

    id: str
    what: list[str]
    state: Literal["waiting", "working", "done", "failed"]
    stage: str
    done: int
    total: int | None
    new: int
    known: int
    skipped: list[SkippedJson]
    stories: list[TouchedJson]
    error: str | None


class InfoJson(TypedDict):
    """The archive in numbers."""

    generator: str
    generation: int
    articles: int
    stories: int
    stale: int
    statements: int
    outlets: int
    first: str | None
    last: str | None
    corrections: int
    skipped: int
    bytes: int


class CorrectionJson(TypedDict):
    """What a person overruled; instants in ISO 8601, UTC."""

    id: str
    action: str
    spans: list[SpanJson]
    value: str | None
    author: str
    made: str
    reason: str
    undone: str | None
    undone_by: str | None


class ListOfCorrections(TypedDict):
    """Some of the corrections, the latest first."""

    items: list[CorrectionJson]
    total: int
    offset: int
    limit: int
    next: str | None
