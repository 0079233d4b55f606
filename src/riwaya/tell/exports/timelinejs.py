"""TimelineJS 3: what happened when, each entry with its words in every report.

The format: https://timeline.knightlab.com/docs/json-format.html. TimelineJS writes headlines and texts into the page as HTML, so
all that reports say is escaped here.
"""

from __future__ import annotations

from html import escape
from typing import Any

from riwaya.model import Dossier, Span, Statement, TimelineEntry
from riwaya.serial.json_ import clean, dumps, timeline_key
from riwaya.settings.tell import TELL
from riwaya.tell.exports.evidence import Evidence, date_parts, headline
from riwaya.tell.html.words import day, plural

Json = dict[str, Any]

_NAMES = ("year", "month", "day", "hour", "minute")
_DEPTH = {"year": 1, "month": 2, "day": 3, "hour": 5}  # how many of the names a precision vouches for


def write(dossier: Dossier, lang: str) -> bytes:
    """The timeline of a dossier, as TimelineJS reads it.

    Args:
        dossier: one story, or several merged: then each is a row of its own.
        lang: "ar" or "en": the language of dates and of what the timeline itself says.
    """
    evidence = Evidence(dossier, lang)
    entries = sorted(dossier.timeline, key=timeline_key)
    events = [slide for number, entry in enumerate(entries) if (slide := _slide(evidence, entry, number))]
    return dumps(clean({"title": _title(evidence), "events": events, "scale": "human"}))


def _title(evidence: Evidence) -> Json:
    stories = sorted(evidence.dossier.stories, key=lambda s: s.id)
    reports = plural("reports", len(evidence.articles))
    outlets = plural("outlets", len({a.outlet or a.id for a in evidence.dossier.articles}))
    index = 0 if evidence.lang == "ar" else 1
    name = headline(stories[0].title) or stories[0].id if len(stories) == 1 else evidence.say("index.title")
    return {
        "unique_id": "title",
        "text": {"headline": escape(name), "text": f'<p dir="auto">{escape(reports[index])} · {escape(outlets[index])}</p>'},
    }


def _slide(evidence: Evidence, entry: TimelineEntry, number: int) -> Json | None:
    depth = _DEPTH.get(entry.precision, 3)  # to the day
    start, end = date_parts(entry.start)[:depth], date_parts(entry.end or "")[:depth]
    spans = evidence.known(entry.spans)
    if not start or not spans:
        return None
    statement = next((evidence.statements[i] for i in entry.statement_ids if i in evidence.statements), None)
    slide: Json = {"unique_id": f"event-{number + 1}", "start_date": _date(evidence, start)}
    if end > start:
        slide["end_date"] = _date(evidence, end)
    told = min(spans, key=lambda s: (s.end - s.start, evidence.numbers[s.article_id], s.start))
    slide["text"] = {
        "headline": escape(headline(evidence.words(told))),
        "text": _standing(evidence, statement) + _quotations(evidence, spans, statement),
    }
    slide["group"] = _group(evidence, entry, statement)
    slide["autolink"] = False  # what looks like an address in a report is no link of ours
    return slide


def _date(evidence: Evidence, parts: tuple[int, ...]) -> Json:
    iso = "-".join(f"{part:04d}" if i == 0 else f"{part:02d}" for i, part in enumerate(parts[:3]))
    clock = f"T{parts[3]:02d}:{parts[4]:02d}" if len(parts) == len(_NAMES) else ""
    shown = day(iso + clock)
    words = (shown.ar if evidence.lang == "ar" else shown.en) if shown else iso
    return {**dict(zip(_NAMES, parts, strict=False)), "display_date": words}


def _standing(evidence: Evidence, statement: Statement | None) -> str:
    if statement is None:
        return ""
    keys = [statement.standing, *(["disputed"] if statement.disputed else [])]
    return f'<p dir="auto">{escape(" · ".join(evidence.say(key) for key in keys))}</p>'


def _quotations(evidence: Evidence, spans: list[Span], statement: Statement | None) -> str:
    """The words of each report that dates the event; then the other reports that tell it, by name."""
    same: dict[str, list[str]] = {}  # words -> the reports that carry them so
    for span in spans[: TELL.timeline_reports]:
        same.setdefault(evidence.words(span), []).append(span.article_id)
    between = escape(evidence.say("and"))
    parts = []
    for words, ids in same.items():
        names = between.join(_report(evidence, i) for i in dict.fromkeys(ids))
        parts.append(f'<blockquote dir="auto">{escape(words)}<br><cite>{names}</cite></blockquote>')
    told = {i for ids in same.values() for i in ids}
    others = {s.article_id for s in evidence.known((*spans, *(statement.spans if statement else ())))} - told
    if others:
        names = between.join(_report(evidence, i) for i in sorted(others, key=evidence.numbers.__getitem__))
        parts.append(f'<p dir="auto">{escape(evidence.say("export.also"))} {names}</p>')
    return "".join(parts)


def _report(evidence: Evidence, article_id: str) -> str:
    """A report by its outlet and day, as a link where it has an address."""
    outlet, date = evidence.outlet(article_id), (evidence.published(article_id) or "")[:10]
    name = escape(f"{outlet} ({date})" if date and date not in outlet else outlet)
    address = evidence.address(article_id)
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{name}</a>' if address else name


def _group(evidence: Evidence, entry: TimelineEntry, statement: Statement | None) -> str:
    """The row: the story where there are several, else how solid it is. TimelineJS shows it as text, not as HTML."""
    if len(evidence.dossier.stories) > 1:
        return next((headline(s.title) for s in evidence.dossier.stories if s.id == entry.story_id), entry.story_id)
    return evidence.say(statement.standing if statement else "timeline.title")
