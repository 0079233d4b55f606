"""A record of any form -> Article: which field is which, and what makes an article's id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from riwaya.errors import UsageError
from riwaya.ids import stable_id
from riwaya.model import Article, Published, Reason, Skipped
from riwaya.read.decode import scrub
from riwaya.read.given_dates import given_date, url_date
from riwaya.settings.read import READ

# Names of fields, the first that holds something counts. news-please, trafilatura, schema.org, and plain names.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": ("maintext", "text", "content", "body", "articleBody"),
    "title": ("title", "headline"),
    "published": (
        "date_publish", "datePublished", "date_published", "published", "date", "pubDate", "published_at", "date_extracted",
    ),
    "outlet": ("outlet", "publisher", "sitename", "site_name", "source", "source_domain", "hostname"),
    "url": ("url", "link", "mainEntityOfPage", "source_url"),
    "byline": ("byline", "author", "authors", "creator"),
    "language": ("language", "lang", "inLanguage"),
}  # fmt: skip
_SYNONYMS = {"date": "published", "author": "byline"}
_INNER = ("name", "@id", "url", "@value")  # where an object stands for a value: {"publisher": {"name": ...}}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader found of one report, before it becomes an Article. `how` says where the date is from."""

    text: str
    title: str | None = None
    published: object = None
    outlet: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    how: str = "stated"


@dataclass(slots=True)
class Desk:
    """Where drafts become articles and what cannot be used is listed.

    `fields` maps an article's field (text, title, published, outlet, url, byline, language) to a record's; dots lead into
    objects. `published` and `outlet` stand in where a record gives none.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    published: str | None = None
    outlet: str | None = None
    skipped: list[Skipped] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fields = {_SYNONYMS.get(name, name): path for name, path in self.fields.items()}
        unknown = sorted(set(self.fields) - set(_NAMES))
        if unknown:
            raise UsageError(f"fields: {unknown[0]!r} is not one of {', '.join(_NAMES)}")

    def skip(self, path: str, reason: str) -> None:
        """List an input that cannot be used."""
        self.skipped.append(Skipped(scrub(path), scrub(reason)))

    def article(self, path: str, draft: Draft) -> Article | None:
        """The article, or None and a line among the skipped: no text, or far too long to be one report."""
        body, title = scrub(draft.text), _clean(draft.title)
        if not body.strip():
            self.skip(path, "no text")
            return None
        text = f"{title}\n\n{body}" if title else body
        if len(text) > READ.longest_text:
            self.skip(path, f"{len(text):,} characters are more than one report has (at most {READ.longest_text:,})")
            return None
        outlet = _clean(draft.outlet) or self.outlet
        url = _clean(draft.url)
        return Article(
            id=stable_id("a", outlet, url, title, text),
            path=scrub(path),
            text=text,
            url=url,
            outlet=outlet,
            title=title,
            byline=_clean(draft.byline),
            language=_clean(draft.language) or "ar",
            body_start=len(text) - len(body),
            published=self._published(draft, url),
        )

    def _published(self, draft: Draft, url: str | None) -> Published:
        value = given_date(draft.published)
        if value and draft.how == "inferred":
            by_url = url_date(url)
            if by_url:
                return Published(by_url, "stated")
            return Published(value, "inferred", reasons=(Reason("page", 1.0, "guessed by the extractor from the page"),))
        value = value or url_date(url) or self.published
        return Published(value, "stated") if value else Published()

    def draft(self, record: Mapping[str, Any]) -> Draft | None:
        """What a mapping of fields says, or None where it has no field for the text."""
        found = {name: self._value(record, name) for name in _NAMES}
        if found["text"] is None:
            return None
        language = _text(found["language"])
        return Draft(
            text=_text(found["text"]) or "",
            title=_text(found["title"]),
            published=found["published"],
            outlet=_text(found["outlet"]),
            url=_text(found["url"]),
            byline=_text(found["byline"]),
            language=language.replace("_", "-").split("-")[0].lower() if language else None,
        )

    def _value(self, record: Mapping[str, Any], name: str) -> object:
        given = self.fields.get(name)
        if given is not None:
            return _at(record, given)
        for candidate in _NAMES[name]:
            value = record.get(candidate)
            if value is None or value in ("", []):
                continue
            if name == "published" and given_date(value) is None:
                continue
            return value
        return "" if name == "text" and any(n in record for n in _NAMES["text"]) else None


def _at(record: Mapping[str, Any], path: str) -> object:
    """The value at a field's name, or at "a.b" inside objects."""
    if path in record:
        return record[path]
    value: object = record
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return None
        value = value[part]
    return value


def _text(value: object) -> str | None:
    """A value as text: an object by its name, a list joined."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return next((found for key in _INNER if (found := _text(value.get(key)))), None)
    if isinstance(value, (list, tuple)):
        return ", ".join(found for item in value if (found := _text(item))) or None
    if isinstance(value, (bool, float)):
        return None if value != value else str(value)  # noqa: PLR0124 - NaN, as tables write an empty cell
    return str(value)


def _clean(value: str | None) -> str | None:
    """Without the white space around it; None where nothing is left."""
    value = scrub(value).strip() if value else None
    return value or None


_CANONICAL = {name.lower(): name for names in _NAMES.values() for name in names}


def canonical(column: str, desk: Desk) -> str:
    """A table's column by the name that fields are known by: " Title" -> "title"; one named in `fields` keeps its own."""
    plain = column.strip().lstrip("\ufeff")
    return plain if plain in desk.fields.values() else _CANONICAL.get(plain.lower(), plain)


def records_of(document: object, desk: Desk) -> Iterable[object] | None:
    """The records of a parsed JSON document: itself (None), a list, a graph of JSON-LD, or the one list that an object wraps."""
    if isinstance(document, list):
        return document
    if not isinstance(document, Mapping):
        return None
    if isinstance(document.get("@graph"), list):
        return [item for item in document["@graph"] if isinstance(item, Mapping) and desk.draft(item) is not None]
    if desk.draft(document) is None:
        lists = [value for value in document.values() if isinstance(value, list) and value and isinstance(value[0], Mapping)]
        if len(lists) == 1:
            return lists[0]
    return None
