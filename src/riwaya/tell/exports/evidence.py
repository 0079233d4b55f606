"""What every export asks of a dossier: the words of a span, the outlet of a report, addresses that can be trusted, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from riwaya.model import Article, Dossier, Entity, Span
from riwaya.serial.json_ import clean
from riwaya.settings.tell import TELL
from riwaya.tell.html.words import LANGUAGES, plain
from riwaya.tell.lookup import Lookup

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?$")
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]")  # RFC 3987: what no IRI may hold


def one_line(text: str) -> str:
    """The text on one line, without lone surrogates."""
    return " ".join(str(clean(text)).split())


def xml_text(text: str) -> str:
    """The text on one line, with U+FFFD in place of each character that XML 1.0 forbids."""
    return _NOT_IN_XML.sub("\ufffd", one_line(text))


def headline(text: str, most: int | None = None) -> str:
    """The beginning of a text, cut between words: "قال الوزير إن السيول …"."""
    line = one_line(text)
    most = most or TELL.headline
    if len(line) <= most:
        return line
    return line[: most + 1].rsplit(" ", 1)[0][:most].rstrip("،,؛:.") + " …"


def web_address(url: str | None) -> str | None:
    """The address if it leads to the web (http or https, with a host); None for all others, such as `javascript:`."""
    if not url or _NOT_IN_ADDRESS.search(url):
        return None
    try:
        parts = urlsplit(clean(url))
        return str(clean(url)) if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def iso_date(value: str | None) -> str | None:
    """An ISO date that is one: year, month, day, or a moment; None for all others, such as the 31st of February.

    >>> iso_date("2022-01-12T07:30"), iso_date("2022-02-31"), iso_date("PAST_REF")
    ('2022-01-12T07:30', None, None)
    """
    return value if value and date_parts(value) else None


def date_parts(value: str) -> tuple[int, ...]:
    """Year, month, day, hour and minute as far as an ISO date gives them; nothing where it is no date."""
    found = _DATE.match(value)
    if found is None:
        return ()
    parts = tuple(int(part) for part in found.groups()[:5] if part is not None)
    try:
        datetime(*(parts + (1, 1, 1)[len(parts) :]))  # type: ignore[arg-type]
    except ValueError:
        return ()
    return parts


class Evidence(Lookup):
    """A dossier of one story or several, looked up by what exports cite.

    Args:
        dossier: it.
        lang: "ar" or "en": the language of what the export itself says; what reports say stays as it is.
    """

    def __init__(self, dossier: Dossier, lang: str = "ar") -> None:
        super().__init__(dossier)
        self.lang = lang if lang in LANGUAGES else "ar"
        self.articles: dict[str, Article] = {a.id: a for a in dossier.articles}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Article id -> its number among `ordered`, from 1."""
        return {a.id: n for n, a in enumerate(self.ordered, 1)}

    @cached_property
    def _outlets(self) -> dict[str, str]:
        """Article id -> the name of its outlet; those without one are told apart by day, else by number."""
        unnamed = self.say("unnamed")
        nameless = [a for a in self.ordered if not (a.outlet or "").strip()]
        days = [(a.published.value or "")[:10] for a in nameless]
        names = {a.id: one_line(a.outlet or "") for a in self.ordered}
        for article, day in zip(nameless, days, strict=True):
            told = day if day and days.count(day) == 1 else str(self.numbers[article.id])
            names[article.id] = unnamed if len(nameless) == 1 else f"{unnamed} ({told})"
        return names

    def say(self, key: str) -> str:
        """A string of `tell/html/strings.toml` in the language of the export."""
        return plain(key, self.lang)

    def outlet(self, article_id: str) -> str:
        """The name of the outlet that published an article."""
        return self._outlets[article_id]

    def title(self, article: Article) -> str:
        """The headline, or how the text begins."""
        return one_line(article.title or "") or headline(article.text) or article.id

    def known(self, spans: Iterable[Span]) -> list[Span]:
        """Those that hold words of an article of the dossier, the earliest report first."""
        return sorted(filter(self._holds_words, spans), key=lambda s: (self.numbers[s.article_id], s.start, s.end))

    def _holds_words(self, span: Span) -> bool:
        article = self.articles.get(span.article_id)
        if article is None or span.start < 0 or span.end > len(article.text):
            return False
        return bool(article.text[span.start : span.end].strip())

    @cached_property
    def _mentions(self) -> dict[str, list[tuple[Span, Entity]]]:
        """Article id -> its mentions, each with whom it names."""
        mentions: dict[str, list[tuple[Span, Entity]]] = {}
        for entity in self.dossier.entities:
            for span in entity.mentions:
                mentions.setdefault(span.article_id, []).append((span, entity))
        return mentions

    def named_in(self, spans: Iterable[Span]) -> list[Entity]:
        """Who and what is named within one of the spans, in the order of their ids."""
        found = {
            entity.id: entity
            for span in spans
            for mention, entity in self._mentions.get(span.article_id, ())
            if span.start <= mention.start and mention.end <= span.end
        }
        return [found[i] for i in sorted(found)]

    def exact(self, span: Span) -> str:
        """The very characters of a span."""
        return str(clean(self.articles[span.article_id].text[span.start : span.end]))

    def words(self, span: Span) -> str:
        """The words of a span, on one line."""
        return one_line(self.exact(span))

    def sentence(self, span: Span) -> str:
        """A span with what stands before and after it in its line of the report, cut between words."""
        text = self.articles[span.article_id].text
        before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        after = text[span.end :].partition("\n")[0]
        if len(before) > TELL.context:
            before = "… " + before[-TELL.context :].partition(" ")[2]
        if len(after) > TELL.context:
            after = after[: TELL.context].rpartition(" ")[0] + " …"
        return one_line(before + text[span.start : span.end] + after)

    def address(self, article_id: str) -> str | None:
        """Where the report stands on the web, if it says so."""
        return web_address(self.articles[article_id].url)

    def published(self, article_id: str) -> str | None:
        """When the report appeared, as an ISO date."""
        return iso_date(self.articles[article_id].published.value)

    def cite(self, span: Span) -> str:
        """A span in one word: `a-1f3c:10-25`."""
        return f"{span.article_id}:{span.start}-{span.end}"
