"""More of the JSON of the API: search, names, corrections, alerts, sources, versions. The rest stands in `schemas`."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import FailFast, Field
from typing_extensions import TypedDict  # pydantic takes that of `typing` from Python 3.12 only

from riwaya.settings.web import WEB
from riwaya.web.schemas import NameCountJson, PassageJson, PlaceJson, QuoteJson, SpanJson

_LONGEST = 1_000_000_000  # no report is longer
Kind = Literal["person", "organization", "place"]
Offset = Annotated[int, Field(ge=0, le=_LONGEST)]


class ExtractJson(TypedDict):
    """A stretch of a report with the words that were asked for; `before`, `after`: the report goes on there."""

    span: SpanJson
    text: str
    matches: list[SpanJson]
    before: bool
    after: bool


class FoundStatementJson(TypedDict):
    """A statement that the report makes where the words were found."""

    id: str
    span: SpanJson
    text: str
    standing: Literal["corroborated", "repeated", "single"]
    disputed: bool


class HitJson(TypedDict):
    """A report that was found; `title_matches` are code points of `title`, `matches` every word that was asked for."""

    article_id: str
    story_id: str | None
    title: str
    title_matches: list[tuple[int, int]]
    outlet: str | None
    published: str | None
    url: str | None
    extract: ExtractJson
    matches: list[SpanJson]
    statements: list[FoundStatementJson]
    score: float


class AlsoJson(TypedDict):
    """Other spellings of a name that were searched for beside the word that was typed."""

    word: str
    spellings: list[str]


class FoundJson(TypedDict):
    """Hits, and how the query was understood: words passed over (`ignored`), words that no report has (`unknown`)."""

    items: list[HitJson]
    total: int
    offset: int
    limit: int
    next: str | None
    also: list[AlsoJson]
    ignored: list[str]
    unknown: list[str]


class NameCardJson(TypedDict):
    """A name in numbers. `key` stands for it in addresses; `sure`: all its mentions are of one and the same; days are ISO."""

    key: str
    kind: Kind
    name: str
    sure: bool
    spellings: int
    mentions: int
    reports: int
    stories: int
    first: str | None
    last: str | None


class ListOfNames(TypedDict):
    """Some of the names."""

    items: list[NameCardJson]
    total: int
    offset: int
    limit: int
    next: str | None


class NameAtJson(TypedDict):
    """The key of a name."""

    key: str


class KeysJson(TypedDict):
    """The names of a story's entities: entity id -> key."""

    story_id: str
    keys: dict[str, str]


class CompanionJson(TypedDict):
    """A name that appears in the same stories, and in how many."""

    key: str
    kind: Kind
    name: str
    stories: int


class NameAccountJson(TypedDict):
    """One name: spellings count mentions, titles count stories; companions are of its `looked_at` newest stories."""

    card: NameCardJson
    spellings: list[NameCountJson]
    titles: list[NameCountJson]
    place: PlaceJson | None
    quotes: int
    companions: list[CompanionJson]
    looked_at: int


class MentionJson(TypedDict):
    """A report with every mention of one name; `texts` are the words of `spans`, `before` and `after` stand around the first."""

    article_id: str
    story_id: str | None
    title: str
    outlet: str | None
    day: str | None
    spans: list[SpanJson]
    texts: list[str]
    before: str
    after: str


class ListOfMentions(TypedDict):
    """Some of the reports that mention a name."""

    items: list[MentionJson]
    total: int
    offset: int
    limit: int
    next: str | None


class StandsJson(TypedDict):
    """How a statement stands."""

    id: str
    standing: Literal["corroborated", "repeated", "single"]
    disputed: bool


class SayingJson(TypedDict):
    """What a name said in a report, and the statements that it belongs to."""

    quote: QuoteJson
    text: str
    article_id: str
    story_id: str
    title: str
    outlet: str | None
    day: str | None
    statements: list[StandsJson]


class ListOfSayings(TypedDict):
    """Some of what a name said."""

    items: list[SayingJson]
    total: int
    offset: int
    limit: int
    next: str | None


class GivenSpan(TypedDict):
    """A stretch of an article, as a correction cites it: code points into its text, the end exclusive."""

    article_id: Annotated[str, Field(pattern="^a-[0-9a-f]{16}$")]
    start: Offset
    end: Offset


class NewCorrection(TypedDict):
    """A correction to be made. By action:

    merge: the names at the spans are one. split: the names spelled as at spans[1:] are another than at spans[0]. not-copy:
    spans[0] and spans[1], of two articles, are no passage. speaker: what stands at spans[0] is said by `value`. date: the
    article of spans[0] is from `value`. not-story: the article of spans[0] is not of the story of that of spans[1].
    same-story: the articles of the spans are one story. counts: the figure at spans[0] counts `value`, as in "killed" or
    "killed:عمال".
    """

    action: Literal["merge", "split", "not-copy", "speaker", "date", "not-story", "same-story", "counts"]
    spans: Annotated[list[GivenSpan], Field(min_length=1, max_length=WEB.correction_spans), FailFast()]
    value: NotRequired[Annotated[str, Field(max_length=500)] | None]
    reason: NotRequired[Annotated[str, Field(max_length=2000)] | None]


class Nothing(TypedDict):
    """An empty object: it tells a program's request from one that any page may send."""


class AlertJson(TypedDict):
    """What happened: `ar` and `en` say it in a line, `spans` show it; `made` in seconds since 1970."""

    id: str
    kind: Literal["story", "revision", "contradiction", "confirmation"]
    story_id: str
    title: str
    ar: str
    en: str
    spans: list[SpanJson]
    number: int
    made: int


class ListOfAlerts(TypedDict):
    """Some of the alerts."""

    items: list[AlertJson]
    total: int
    offset: int
    limit: int
    next: str | None


class SourceJson(TypedDict):
    """A watched source after its last visit; times in seconds since 1970."""

    source: str
    kind: Literal["feed", "sitemap", "folder", "stdin"] | None
    health: Literal["good", "failing", "waiting"]
    next_due: float
    last_try: float | None
    last_success: float | None
    errors: int
    error: str | None
    reports: int
    versions: int


class ListOfSources(TypedDict):
    """Some of the sources."""

    items: list[SourceJson]
    total: int
    offset: int
    limit: int
    next: str | None


class DifferenceJson(TypedDict):
    """A stretch that changed; the span of the side that lacks the words is empty."""

    kind: Literal["insert", "delete", "replace"]
    old: SpanJson
    new: SpanJson


class VersionJson(TypedDict):
    """A version of a report, and what it changed in the one before."""

    article_id: str
    title: str | None
    published: str | None
    changes: list[DifferenceJson]


class VersionsJson(TypedDict):
    """The versions of a report, the earliest first."""

    versions: list[VersionJson]


class ComparedJson(TypedDict):
    """Two reports: the passages that they share, and what differs word by word."""

    passages: list[PassageJson]
    differences: list[DifferenceJson]
